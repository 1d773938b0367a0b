package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// Bounds of a signed checkpoint.
const (
	MaxNote       = 64 << 10 // bytes
	maxSignatures = 64
)

// OriginID gives the hexadecimal identifier of an origin under which distributors of
// checkpoints file those of many logs: SHA-256("o:" ‖ origin).
func OriginID(origin string) string {
	sum := sha256.Sum256([]byte("o:" + origin))
	return hex.EncodeToString(sum[:])
}

// Checkpoint is what a log says of its tree (C2SP tlog-checkpoint).
type Checkpoint struct {
	Origin     string
	Size       int64 // leaves
	Root       Hash
	Extensions []string // further lines; Truceline writes none
}

// Marshal gives the text of a checkpoint, which is what is signed.
func (c Checkpoint) Marshal() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
	for _, line := range c.Extensions {
		b.WriteString(line + "\n")
	}
	return b.String()
}

// ParseCheckpoint reads the text of a checkpoint as Marshal writes it, and nothing else:
// UTF-8 without control characters, no empty line, the size without leading zeros, the
// root 32 bytes (C2SP tlog-checkpoint, Note text).
func ParseCheckpoint(text string) (Checkpoint, error) {
	if err := clean([]byte(text)); err != nil {
		return Checkpoint{}, err
	}
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[len(lines)-1] != "" {
		return Checkpoint{}, errors.New("a checkpoint has three lines, each ended: origin, size, root")
	}
	lines = lines[:len(lines)-1]
	c := Checkpoint{Origin: lines[0]}
	if c.Origin == "" {
		return Checkpoint{}, errors.New("the checkpoint names no origin")
	}
	var ok bool
	if c.Size, ok = parseDecimal(lines[1]); !ok {
		return Checkpoint{}, fmt.Errorf("the size of the checkpoint is %.40q", lines[1])
	}
	if c.Root, ok = parseHash(lines[2]); !ok {
		return Checkpoint{}, errors.New("the root of the checkpoint is not the base64 of 32 bytes")
	}
	for _, line := range lines[3:] {
		if line == "" {
			return Checkpoint{}, errors.New("the checkpoint has an empty line")
		}
		c.Extensions = append(c.Extensions, line)
	}
	return c, nil
}

// parseDecimal reads a number as it is written without sign or leading zeros.
func parseDecimal(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0 && strconv.FormatInt(n, 10) == s
}

// parseHash reads the base64 of a hash.
func parseHash(s string) (Hash, bool) {
	raw, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(raw) != HashSize || strings.ContainsAny(s, "\r\n") {
		return Hash{}, false
	}
	return Hash(raw), true
}

// SignCheckpoint gives a checkpoint as a note signed by a log, with each of the keys given.
// What ParseCheckpoint would not read is not signed.
func SignCheckpoint(c Checkpoint, log ...note.Signer) ([]byte, error) {
	text := c.Marshal()
	if again, err := ParseCheckpoint(text); err != nil {
		return nil, err
	} else if again.Marshal() != text || len(again.Extensions) != len(c.Extensions) {
		return nil, errors.New("the origin or an extension has a line feed")
	}
	if len(log) == 0 {
		return nil, errors.New("nobody signs the checkpoint")
	}
	return note.Sign(&note.Note{Text: text}, log...)
}

// Cosignature is one that was verified.
type Cosignature struct {
	Key  *Verifier
	Time time.Time // UTC, whole seconds; as the cosigner tells it
}

// SignatureLine is one that was not verified, for its key was not given.
type SignatureLine struct {
	Name    string
	KeyHash uint32
	Line    string // as it stands in the note, with its line feed
}

// Time gives the time that the line claims if it has the form of a cosignature.
func (s SignatureLine) Time() (time.Time, bool) {
	_, encoded, _ := strings.Cut(strings.TrimPrefix(strings.TrimSuffix(s.Line, "\n"), "— "), " ")
	raw, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || len(raw) < 4 {
		return time.Time{}, false
	}
	return cosignedAt(raw[4:])
}

// Opened is a checkpoint whose log signed it.
type Opened struct {
	Checkpoint
	Text         string
	Cosignatures []Cosignature // of the cosigners that were given, each key once, the latest
	Unverified   []SignatureLine
}

// OpenCheckpoint reads a signed checkpoint (C2SP signed-note, Signatures). The log's
// signature must be there and right, and so must every signature that claims to be of one
// of the cosigners given; those of other keys are listed and passed over. The origin must
// be the name of the log's key. At most MaxNote bytes and 64 signatures are read.
func OpenCheckpoint(data []byte, log *Verifier, cosigners ...*Verifier) (*Opened, error) {
	for _, v := range cosigners {
		if v.alg != Cosigner {
			return nil, fmt.Errorf("the key %s signs texts: a cosigner's has algorithm 4", v.name)
		}
	}
	text, sigs, err := splitNote(data)
	if err != nil {
		return nil, err
	}
	o := &Opened{Text: string(text)}
	signed := false
	at := map[*Verifier]int{}
	for _, s := range sigs {
		v := pick(s, log, cosigners)
		switch {
		case v == nil:
			o.Unverified = append(o.Unverified, SignatureLine{s.name, s.hash, s.line})
		case !v.Verify(text, s.raw):
			return nil, fmt.Errorf("the signature of %s is false", s.name)
		case v == log:
			signed = true
		default:
			when, _ := v.cosigned(text, s.raw)
			if i, twice := at[v]; !twice {
				at[v] = len(o.Cosignatures)
				o.Cosignatures = append(o.Cosignatures, Cosignature{v, when})
			} else if when.After(o.Cosignatures[i].Time) {
				o.Cosignatures[i].Time = when
			}
		}
	}
	if !signed {
		return nil, fmt.Errorf("%s has not signed it", log.Name())
	}
	if o.Checkpoint, err = ParseCheckpoint(string(text)); err != nil {
		return nil, err
	}
	if o.Origin != log.Name() {
		return nil, fmt.Errorf("it is of %s and signed by the key of %s", o.Origin, log.Name())
	}
	return o, nil
}

// pick gives the key that a signature claims to be of, if it is among those given.
func pick(s signature, log *Verifier, cosigners []*Verifier) *Verifier {
	if log != nil && s.name == log.name && s.hash == log.hash {
		return log
	}
	for _, v := range cosigners {
		if s.name == v.name && s.hash == v.hash {
			return v
		}
	}
	return nil
}

// signature is a signature line of a note.
type signature struct {
	name string
	hash uint32
	raw  []byte // after the hash of the key
	line string // with its line feed
}

// splitNote takes a signed note apart (C2SP signed-note): its text with the last line
// feed, and its signatures.
func splitNote(data []byte) (text []byte, sigs []signature, err error) {
	if len(data) > MaxNote {
		return nil, nil, fmt.Errorf("the note has %d bytes (at most %d)", len(data), MaxNote)
	}
	if err := clean(data); err != nil {
		return nil, nil, err
	}
	i := bytes.LastIndex(data, []byte("\n\n"))
	if i < 0 {
		return nil, nil, errors.New("it is not a signed note: no empty line stands before its signatures")
	}
	text = data[:i+1]
	rest := string(data[i+2:])
	if rest == "" || !strings.HasSuffix(rest, "\n") {
		return nil, nil, errors.New("the signatures of the note are cut short")
	}
	for line := range strings.Lines(rest) {
		if len(sigs) == maxSignatures {
			return nil, nil, fmt.Errorf("the note has more than %d signatures", maxSignatures)
		}
		body, ok := strings.CutPrefix(line, "— ")
		name, encoded, ok2 := strings.Cut(strings.TrimSuffix(body, "\n"), " ")
		raw, err := base64.StdEncoding.DecodeString(encoded) // others' signers may leave bits after the end
		if !ok || !ok2 || err != nil || len(raw) < 5 || !validName(name) {
			return nil, nil, fmt.Errorf("%.60q is not a signature line", line)
		}
		sigs = append(sigs, signature{name, binary.BigEndian.Uint32(raw), raw[4:], line})
	}
	return text, sigs, nil
}

// clean tells what may not stand in a note.
func clean(data []byte) error {
	if !utf8.Valid(data) {
		return errors.New("the note is not UTF-8")
	}
	if i := bytes.IndexFunc(data, func(r rune) bool { return r < ' ' && r != '\n' }); i >= 0 {
		return fmt.Errorf("the note has a control character at byte %d", i+1)
	}
	return nil
}

// AddSignatures adds signature lines, or those of other notes of the same text, to a
// signed note. Of two by one key (name and hash) the later cosignature stays, else the
// first. None of them is verified: who takes them from strangers opens them first, for a
// false one would take the place of a true one. The note keeps the bounds of OpenCheckpoint.
func AddSignatures(note []byte, others ...[]byte) ([]byte, error) {
	text, sigs, err := splitNote(note)
	if err != nil {
		return nil, err
	}
	for _, other := range others {
		if bytes.HasPrefix(other, []byte("— ")) {
			other = append(append(bytes.Clone(text), '\n'), other...)
		}
		same, more, err := splitNote(other)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(text, same) {
			return nil, errors.New("the signatures are of another checkpoint")
		}
		for _, s := range more {
			sigs = merge(sigs, s)
		}
	}
	out := append(bytes.Clone(text), '\n')
	for _, s := range sigs {
		out = append(out, s.line...)
	}
	if len(sigs) > maxSignatures || len(out) > MaxNote {
		return nil, errors.New("the note would have too many signatures")
	}
	return out, nil
}

func merge(sigs []signature, s signature) []signature {
	for i, have := range sigs {
		if have.name != s.name || have.hash != s.hash {
			continue
		}
		if len(s.raw) == 72 && len(have.raw) == 72 && bytes.Compare(s.raw[:8], have.raw[:8]) > 0 {
			sigs[i] = s
		}
		return sigs
	}
	return append(sigs, s)
}
