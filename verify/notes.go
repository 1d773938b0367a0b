package verify

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/truceline/truceline/proof"
)

// signature is a signature line of a note.
type signature struct {
	name  string
	hash  uint32
	raw   []byte
	loose bool // its base64 has bits after the end, which some signers leave there
}

func (s signature) by(v *proof.Verifier) bool { return s.name == v.Name() && s.hash == v.KeyHash() }

// splitNote takes a signed note apart, as far as it can be; proof.OpenCheckpoint is
// what checks its form.
func splitNote(data []byte) (text string, sigs []signature) {
	i := bytes.LastIndex(data, []byte("\n\n"))
	if i < 0 {
		return string(data), nil
	}
	for l := range strings.Lines(string(data[i+2:])) {
		name, encoded, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(l, "— "), "\n"), " ")
		raw, err := base64.StdEncoding.DecodeString(encoded)
		if ok && err == nil && len(raw) > 4 {
			loose := base64.StdEncoding.EncodeToString(raw) != encoded
			sigs = append(sigs, signature{name, binary.BigEndian.Uint32(raw), raw[4:], loose})
		}
	}
	return string(data[:i+1]), sigs
}

// older is a checkpoint of a size that the tree has passed.
type older struct {
	proof.Checkpoint
	file string
	kept bool // the user's own; else of the mirror
	root proof.Hash
	done bool // root is that of the mirror's tree at that size
}

// gatherOlder reads the checkpoints that the user kept and those of the mirror, and
// sorts them by size.
func (v *run) gatherOlder() {
	defer func() {
		slices.SortStableFunc(v.old, func(a, b older) int { return cmp.Compare(a.Size, b.Size) })
	}()
	for _, k := range v.o.Kept {
		v.addOlder(k.Name, k.Note, true)
	}
	list, err := fs.ReadDir(v.fsys, checkpointsDir)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			v.r.skipped("not-listed", checkpointsDir, 0, "older checkpoints cannot be listed here, so they were not looked at")
		}
		return
	}
	for _, e := range list {
		name := path.Join(checkpointsDir, e.Name())
		size, err := strconv.ParseInt(e.Name(), 10, 64)
		if err != nil || e.IsDir() || strconv.FormatInt(size, 10) != e.Name() {
			v.r.bad("bad-name", name, 0, "a file here is named by the size of its checkpoint", "take it away")
			continue
		}
		data, err := readFile(v.fsys, name, proof.MaxNote)
		if err != nil {
			v.lacks(name, 0, err)
			continue
		}
		if c := v.addOlder(name, data, false); c != nil && c.Size != size {
			v.r.bad("bad-name", name, 0, fmt.Sprintf("the checkpoint is of size %d", c.Size), "name it by its size")
		}
	}
}

// addOlder opens one and tells what is wrong with it; nil when it cannot be used.
func (v *run) addOlder(name string, data []byte, kept bool) *proof.Checkpoint {
	text, sigs := splitNote(data)
	c, err := proof.ParseCheckpoint(text)
	var code, what string
	mend := "take it from where you have it again"
	switch {
	case err != nil:
		code, what = "bad-checkpoint", err.Error()
	case c.Origin != v.head.Origin:
		code, what, mend = "other-record", fmt.Sprintf("it is of the record %s and the mirror of %s", c.Origin, v.head.Origin), "give the checkpoints of this record"
	default:
		code, what = v.unsigned(data, sigs)
	}
	if code != "" {
		v.r.bad(code, name, 0, what, mend)
		return nil
	}
	v.old = append(v.old, older{Checkpoint: c, file: name, kept: kept})
	v.state.notes = append(v.state.notes, cosignable{file: name, size: c.Size, text: text, sigs: sigs, kept: kept})
	return &c
}

// unsigned tells, by a code, why a checkpoint is not one that the log signed; "" when it
// is, or when no log key is known.
func (v *run) unsigned(data []byte, sigs []signature) (code, what string) {
	if v.log == nil {
		return "", ""
	}
	own := slices.IndexFunc(sigs, func(s signature) bool { return s.by(v.log) })
	_, err := proof.OpenCheckpoint(data, v.log)
	switch {
	case err == nil && own >= 0 && sigs[own].loose:
		return "forged-checkpoint", "the signature of the log key is not written as the log writes it: its base64 has bits after the end"
	case err == nil:
		return "", ""
	case own >= 0:
		return "forged-checkpoint", fmt.Sprintf("the signature of the log key %s is false, or the note is damaged: %s", v.log.Name(), err)
	}
	return "other-log", err.Error()
}

// compareOlder holds the older checkpoints to the tree.
func (v *run) compareOlder() {
	for _, o := range v.old {
		if o.Size == v.head.Size { // the signed roots themselves are compared
			o.root, o.done = v.head.Root, true
		}
		switch {
		case o.Size > v.head.Size:
			v.r.bad("behind", o.file, 0, fmt.Sprintf("it is of %d entries and the mirror ends at %d", o.Size, v.head.Size), "the mirror is older than this checkpoint, or was cut: ask for a newer one")
		case !v.rooted && o.Size < v.head.Size:
			v.r.skipped("consistency", o.file, 0, "the entries that are there do not give the root of the mirror's own checkpoint, so nothing can be said of an older one")
		case !o.done:
			v.r.skipped("consistency", o.file, 0, fmt.Sprintf("the tree of the first %d entries cannot be computed from what is there", o.Size))
		case o.root != o.Root:
			v.r.bad("two-histories", o.file, 0, fmt.Sprintf("two histories: of the first %d entries this checkpoint has the root %x and the mirror, of %d entries, %x", o.Size, o.Root[:], v.head.Size, o.root[:]),
				"both are signed by the log: keep both, they prove that it showed different records")
		}
	}
}

// cosignable is a checkpoint whose cosignatures are to be checked.
type cosignable struct {
	file string
	size int64
	text string
	sigs []signature
	kept bool
}

// cosigner is what a name of a cosigner stood for from a position until another.
type cosigner struct {
	key         *proof.Verifier
	from, until int64 // until is 0 while it holds
}

// cosignatures checks every cosignature on the checkpoint and on older ones.
func (v *run) cosignatures() {
	var given []*proof.Verifier
	for _, w := range v.o.Witnesses {
		key, err := proof.ParseVerifier(w)
		if err != nil || key.Algorithm() != proof.Cosigner {
			v.r.bad("bad-key", "", 0, fmt.Sprintf("%.80q is no verifier key of a witness", w), "give name+hash+base64 of a cosigner (algorithm 0x04)")
			continue
		}
		given = append(given, key)
	}
	text, sigs := splitNote(v.note)
	all := append([]cosignable{{file: checkpointFile, size: v.head.Size, text: text, sigs: sigs}}, v.state.notes...)
	seen := map[string]bool{}
	for _, n := range all {
		for _, s := range n.sigs {
			if v.log != nil && s.by(v.log) {
				continue
			}
			v.cosignature(n, s, given, seen)
		}
	}
}

func (v *run) cosignature(n cosignable, s signature, given []*proof.Verifier, seen map[string]bool) {
	var key *proof.Verifier
	named, then := false, true // some cosigner bears the name or the hash; the key held at that size
	for _, c := range v.state.cosigners {
		if s.by(c.key) {
			key, then = c.key, n.size >= c.from && (c.until == 0 || n.size < c.until)
			if then {
				break
			}
		}
		named = named || s.name == c.key.Name() || s.hash == c.key.KeyHash()
	}
	for _, g := range given {
		if s.by(g) {
			key, then = g, true
		}
		named = named || s.name == g.Name() || s.hash == g.KeyHash()
	}
	const mend = "compare with a checkpoint that you have from the witness itself"
	switch {
	case key == nil && named && !v.state.gap:
		v.r.bad("unknown-cosigner", n.file, 0, fmt.Sprintf("%s has cosigned the checkpoint of %d entries with a key that is not its own", s.name, n.size), mend)
	case key == nil:
		v.r.skipped("cosignature", n.file, 0, fmt.Sprintf("the signature of %s: no key of it was admitted or given", s.name))
	case !key.Verify([]byte(n.text), s.raw):
		v.r.bad("forged-cosignature", n.file, 0, fmt.Sprintf("the cosignature of %s on the checkpoint of %d entries is false", s.name, n.size), mend)
	case !then:
		v.r.bad("unknown-cosigner", n.file, 0, fmt.Sprintf("the key of %s that has cosigned the checkpoint of %d entries was not admitted at that size", s.name, n.size), mend)
	default:
		at := time.Unix(int64(binary.BigEndian.Uint64(s.raw)), 0).UTC().Format(time.RFC3339) //nolint:gosec // verified, below 1<<62
		c := Cosigned{s.name, n.size, at}
		if id := fmt.Sprint(c, s.hash); !seen[id] {
			seen[id] = true
			v.r.Cosignatures++
			v.r.Cosigned = append(v.r.Cosigned, c)
		}
	}
}
