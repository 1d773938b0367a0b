package proof

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// Algorithm is what a key signs with and what (C2SP signed-note, tlog-cosignature).
type Algorithm byte

// The algorithms, both Ed25519.
const (
	Signing  Algorithm = 1 // texts: checkpoints by a log, entries by authors
	Cosigner Algorithm = 4 // checkpoints by witnesses, with a time
)

// Verifier is a public key as a note verifier key names it. It implements
// note.Verifier; a cosigner's takes signatures of 8 bytes of time and 64 of Ed25519.
type Verifier struct {
	name string
	hash uint32
	alg  Algorithm
	key  ed25519.PublicKey
	text string
}

// ParseVerifier reads a note verifier key: name+hash+base64.
// It gives none of other algorithms.
func ParseVerifier(text string) (*Verifier, error) {
	name, rest, ok := strings.Cut(text, "+")
	hash, encoded, ok2 := strings.Cut(rest, "+")
	if !ok || !ok2 || !validName(name) || len(text) > 4096 {
		return nil, errors.New("it has not the form name+hash+base64")
	}
	sum, err := strconv.ParseUint(hash, 16, 32)
	if err != nil || len(hash) != 8 || strings.ToLower(hash) != hash {
		return nil, errors.New("its hash is not 8 hexadecimal digits")
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || len(raw) < 1 || base64.StdEncoding.EncodeToString(raw) != encoded {
		return nil, errors.New("its last part is not base64")
	}
	v := &Verifier{name: name, hash: uint32(sum), alg: Algorithm(raw[0]), key: raw[1:], text: text}
	switch {
	case v.alg != Signing && v.alg != Cosigner:
		return nil, fmt.Errorf("its algorithm is %d (1 signs texts, 4 cosigns checkpoints)", raw[0])
	case len(v.key) != ed25519.PublicKeySize:
		return nil, fmt.Errorf("it has %d bytes of key, not %d", len(v.key), ed25519.PublicKeySize)
	case keyHash(name, raw) != v.hash:
		return nil, errors.New("its hash is not that of its name and key")
	}
	return v, nil
}

// validName tells whether a name may stand in a note: something, without spaces and +.
func validName(name string) bool {
	return name != "" && utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return r == '+' || unicode.IsSpace(r) || unicode.IsControl(r)
	})
}

func keyHash(name string, key []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	return binary.BigEndian.Uint32(sum[:])
}

// Name gives the name of the key: of a log's, the origin.
func (v *Verifier) Name() string { return v.name }

// KeyHash gives the first bytes of the key's hash, as they stand in signatures.
func (v *Verifier) KeyHash() uint32 { return v.hash }

// Algorithm tells what the key signs.
func (v *Verifier) Algorithm() Algorithm { return v.alg }

// String gives the note verifier key.
func (v *Verifier) String() string { return v.text }

// Verify tells whether a signature is one of the key over a text.
func (v *Verifier) Verify(text, signature []byte) bool {
	if v.alg == Signing {
		return len(signature) == ed25519.SignatureSize && ed25519.Verify(v.key, text, signature)
	}
	_, ok := v.cosigned(text, signature)
	return ok
}

// lastSecond is the last of the year 9999: what has no date of four digits is no time.
const lastSecond = 253_402_300_799

// cosignedAt gives the time in a cosignature, if it has the form of one.
func cosignedAt(signature []byte) (time.Time, bool) {
	if len(signature) != 8+ed25519.SignatureSize {
		return time.Time{}, false
	}
	seconds := binary.BigEndian.Uint64(signature)
	if seconds > lastSecond {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), 0).UTC(), true
}

// cosigned checks a cosignature and gives its time.
func (v *Verifier) cosigned(text, signature []byte) (time.Time, bool) {
	at, ok := cosignedAt(signature)
	return at, ok && ed25519.Verify(v.key, cosignedText(binary.BigEndian.Uint64(signature), text), signature[8:])
}

// cosignedText is what a witness signs (C2SP tlog-cosignature, cosignature/v1).
func cosignedText(seconds uint64, checkpoint []byte) []byte {
	return fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", seconds, checkpoint)
}

// Signer is a private key. It implements note.Signer; a cosigner's signs through
// Cosign. It is never printed.
type Signer struct {
	v   *Verifier
	key ed25519.PrivateKey
}

// GenerateKey makes a key of 32 random bytes: skey is the private half (C2SP signed-note has
// no form for it; this is that of golang.org/x/mod/sumdb/note), vkey the note verifier key.
func GenerateKey(random io.Reader, name string, algorithm Algorithm) (skey, vkey string, err error) {
	switch {
	case !validName(name):
		return "", "", fmt.Errorf("%q cannot be the name of a key: it has no spaces and no +", name)
	case algorithm != Signing && algorithm != Cosigner:
		return "", "", fmt.Errorf("there are no keys of algorithm %d (1 signs texts, 4 cosigns checkpoints)", algorithm)
	}
	seed := make([]byte, 1+ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed[1:]); err != nil {
		return "", "", err
	}
	seed[0] = byte(algorithm)
	pub := append([]byte{seed[0]}, ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)...)
	hash := fmt.Sprintf("%08x", keyHash(name, pub))
	return "PRIVATE+KEY+" + name + "+" + hash + "+" + base64.StdEncoding.EncodeToString(seed), name + "+" + hash + "+" + base64.StdEncoding.EncodeToString(pub), nil
}

// ParseSigner reads a private key as GenerateKey gives it. No error holds any of it.
func ParseSigner(skey string) (*Signer, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(skey), "PRIVATE+KEY+")
	parts := strings.SplitN(rest, "+", 3)
	if !ok || len(parts) != 3 || !validName(parts[0]) {
		return nil, errors.New("it has not the form of a private note key")
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return nil, errors.New("the private note key is damaged")
	}
	key := ed25519.NewKeyFromSeed(raw[1:])
	public := append([]byte{raw[0]}, key.Public().(ed25519.PublicKey)...)
	v, err := ParseVerifier(parts[0] + "+" + hex.EncodeToString(binary.BigEndian.AppendUint32(nil, keyHash(parts[0], public))) + "+" + base64.StdEncoding.EncodeToString(public))
	if err != nil || fmt.Sprintf("%08x", v.hash) != parts[1] {
		return nil, errors.New("the private note key is damaged")
	}
	return &Signer{v, key}, nil
}

// Verifier gives the public half.
func (s *Signer) Verifier() *Verifier { return s.v }

// Name gives the name of the key.
func (s *Signer) Name() string { return s.v.name }

// KeyHash gives the first bytes of the key's hash.
func (s *Signer) KeyHash() uint32 { return s.v.hash }

// String names the key and hides it.
func (s *Signer) String() string { return "private key of " + s.v.name }

// GoString hides the key from %#v.
func (s *Signer) GoString() string { return s.String() }

// Format hides the key from every verb.
func (s *Signer) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// Sign signs a text. A cosigner's key signs checkpoints only: see Cosign.
func (s *Signer) Sign(text []byte) ([]byte, error) {
	if s.v.alg != Signing {
		return nil, fmt.Errorf("the key %s cosigns checkpoints and signs nothing else", s.v.name)
	}
	return ed25519.Sign(s.key, text), nil
}

// Cosign adds a cosignature at a time to a checkpoint that the log signed. The caller
// has checked that the tree continues what was cosigned before.
func (s *Signer) Cosign(checkpoint []byte, at time.Time) ([]byte, error) {
	line, err := s.CosignatureLine(checkpoint, at)
	if err != nil {
		return nil, err
	}
	return AddSignatures(checkpoint, line)
}

// CosignatureLine gives the line of a cosignature, with its line feed.
func (s *Signer) CosignatureLine(checkpoint []byte, at time.Time) ([]byte, error) {
	text, _, err := splitNote(checkpoint)
	switch {
	case err != nil:
		return nil, err
	case s.v.alg != Cosigner:
		return nil, fmt.Errorf("the key %s signs texts: a cosigner's key (algorithm 4) cosigns", s.v.name)
	case at.Unix() < 0 || at.Unix() > lastSecond:
		return nil, errors.New("the time does not lie in the years 1970 to 9999")
	}
	seconds := uint64(at.Unix()) //nolint:gosec // not below 0
	out := binary.BigEndian.AppendUint32(nil, s.v.hash)
	out = binary.BigEndian.AppendUint64(out, seconds)
	out = append(out, ed25519.Sign(s.key, cosignedText(seconds, text))...)
	return []byte("— " + s.v.name + " " + base64.StdEncoding.EncodeToString(out) + "\n"), nil
}

var (
	_ note.Verifier = (*Verifier)(nil)
	_ note.Signer   = (*Signer)(nil)
)
