package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/truceline/truceline/proof"
)

// MaxSealed is the most bytes that a sealed value may have.
const MaxSealed = 64 << 10

// maxSealedFields is how many fields of an entry may be sealed.
const maxSealedFields = 16

// Opening is what opens a commitment: the value of a field, and the salt.
type Opening struct {
	Field string
	Salt  [32]byte
	Value json.RawMessage // canonical JSON
}

// Seal makes the commitment to a value of an entry, which is put into its canonical form.
// The salt is 32 random bytes of which nobody else may learn.
func Seal(ref Ref, field string, value []byte, salt [32]byte) (Sealed, Opening, error) {
	canonical, err := CanonicalJSON(value)
	switch {
	case err != nil:
		return Sealed{}, Opening{}, errors.New("the value is no JSON in which every name stands once") // the parser's words may quote it
	case len(canonical) > MaxSealed:
		return Sealed{}, Opening{}, fmt.Errorf("the value has %d bytes (at most %d: seal the hash of an attachment instead)", len(canonical), MaxSealed)
	case !Sealable(field):
		return Sealed{}, Opening{}, fmt.Errorf("%q cannot be sealed (give a path within the entry, such as said_by.name)", field)
	}
	o := Opening{Field: field, Salt: salt, Value: canonical}
	return o.Sealed(ref), o, nil
}

// Commitment is the hash that stands in the entry for a value in its canonical form
// (spec/record.md §5).
func Commitment(ref Ref, field string, salt [32]byte, canonical []byte) string {
	h := sha256.New()
	h.Write([]byte("truceline/v1 sealed\n" + string(ref) + "\n" + field + "\n"))
	h.Write(salt[:])
	h.Write(canonical)
	return hex.EncodeToString(h.Sum(nil))
}

// Sealed gives the commitment to what is opened, in the entry with a reference.
func (o Opening) Sealed(ref Ref) Sealed {
	return Sealed{Field: o.Field, Commitment: Commitment(ref, o.Field, o.Salt, o.Value)}
}

// Opens tells whether an opening is of one of an entry's sealed fields.
func (o Opening) Opens(e *Entry) bool { return slices.Contains(e.Sealed, o.Sealed(e.Ref)) }

// String names the field and hides the value.
func (o Opening) String() string { return "sealed value of " + o.Field }

// Format hides the value from every verb.
func (o Opening) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, o.String()) }

// MarshalJSON hides the value from whatever writes openings as JSON without meaning to
// disclose them, such as a log: a Disclosure is written by its Marshal.
func (o Opening) MarshalJSON() ([]byte, error) { return json.Marshal(o.String()) }

// Disclosure shows one sealed value to somebody who does not have to believe anything:
// the leaf that holds the commitment, its proof, and the signed checkpoint.
type Disclosure struct {
	Opening
	Position   int64
	Leaf       []byte
	Proof      []proof.Hash
	Checkpoint []byte
}

// disclosed is how a disclosure is written (spec/record.md §5).
type disclosed struct {
	Checkpoint string          `json:"checkpoint"`
	Field      string          `json:"field"`
	Leaf       string          `json:"leaf"`
	Position   int64           `json:"position"`
	Proof      []string        `json:"proof"`
	Salt       string          `json:"salt"`
	Value      json.RawMessage `json:"value"`
	Version    int             `json:"version"`
}

// maxDisclosure is the most bytes of a disclosure: a value, a leaf and a checkpoint, each
// written with escapes.
const maxDisclosure = 4 << 20

// maxPath is the most hashes that a proof of inclusion may have.
const maxPath = 63

// Marshal writes a disclosure as canonical JSON. One whose parts have not their form is
// refused: what Marshal writes, ParseDisclosure reads.
func (d *Disclosure) Marshal() ([]byte, error) {
	b64 := base64.StdEncoding.EncodeToString
	w := disclosed{
		Checkpoint: string(d.Checkpoint), Field: d.Field, Leaf: b64(d.Leaf), Position: d.Position, Proof: []string{},
		Salt: b64(d.Salt[:]), Value: d.Value, Version: 1,
	}
	for _, h := range d.Proof {
		w.Proof = append(w.Proof, b64(h[:]))
	}
	if err := d.form(); err != nil {
		return nil, err
	}
	data, err := json.Marshal(w)
	if err != nil {
		return nil, errors.New("the value of the disclosure is no JSON")
	}
	if data, err = CanonicalJSON(data); err == nil && len(data) > maxDisclosure {
		err = fmt.Errorf("the disclosure has %d bytes (at most %d)", len(data), maxDisclosure)
	}
	return data, err
}

// form checks what a disclosure must be before anything of it is believed.
func (d *Disclosure) form() error {
	canonical, err := CanonicalJSON(d.Value)
	switch {
	case !Sealable(d.Field):
		return fmt.Errorf("%.80q is not a field that can be sealed", d.Field)
	case err != nil || !bytes.Equal(canonical, d.Value) || len(d.Value) > MaxSealed:
		return fmt.Errorf("the value of the disclosure is not canonical JSON of at most %d bytes", MaxSealed)
	case d.Position < 1 || d.Position >= 1<<53:
		return fmt.Errorf("the position of the disclosure is %d", d.Position)
	case len(d.Leaf) == 0 || len(d.Leaf) > MaxLine:
		return fmt.Errorf("the leaf of the disclosure has %d bytes (1 to %d)", len(d.Leaf), MaxLine)
	case len(d.Proof) > maxPath:
		return fmt.Errorf("the proof of the disclosure has %d hashes (at most %d)", len(d.Proof), maxPath)
	case len(d.Checkpoint) > proof.MaxNote || !utf8.Valid(d.Checkpoint):
		return errors.New("the checkpoint of the disclosure is not a note")
	}
	return nil
}

// ParseDisclosure reads what Marshal writes, with or without a line feed after it. It
// checks nothing but the form, and no error quotes the value.
func ParseDisclosure(data []byte) (*Disclosure, error) {
	if len(data) > maxDisclosure+1 {
		return nil, fmt.Errorf("the disclosure has %d bytes (at most %d)", len(data), maxDisclosure)
	}
	data = bytes.TrimSuffix(data, []byte("\n"))
	var w disclosed
	if err := json.Unmarshal(data, &w); err != nil || w.Version != 1 {
		return nil, errors.New("it is not a disclosure of version 1")
	}
	d := &Disclosure{Opening: Opening{Field: w.Field, Value: w.Value}, Position: w.Position, Checkpoint: []byte(w.Checkpoint)}
	strict := base64.StdEncoding.Strict()
	var err error
	if d.Leaf, err = strict.DecodeString(w.Leaf); err != nil {
		return nil, errors.New("the leaf of the disclosure is not base64")
	}
	salt, err := strict.DecodeString(w.Salt)
	if err != nil || len(salt) != len(d.Salt) {
		return nil, errors.New("the salt of the disclosure is not the base64 of 32 bytes")
	}
	copy(d.Salt[:], salt)
	for _, s := range w.Proof {
		h, err := strict.DecodeString(s)
		if err != nil || len(h) != proof.HashSize {
			return nil, errors.New("the proof of the disclosure holds what is not the base64 of 32 bytes")
		}
		d.Proof = append(d.Proof, proof.Hash(h))
	}
	right, err := d.Marshal()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(right, data) {
		return nil, errors.New("the disclosure is not as one is written: canonical JSON of checkpoint, field, leaf, position, proof, salt, value and version, each once and nothing beside them")
	}
	return d, nil
}

// Check tells whether the value is what was sealed at that position of the log's record:
// the entry in which it was, or why not.
func (d *Disclosure) Check(log *proof.Verifier) (*Leaf, error) {
	c, err := proof.OpenCheckpoint(d.Checkpoint, log)
	if err != nil {
		return nil, fmt.Errorf("the checkpoint: %w", err)
	}
	if err := proof.CheckInclusion(d.Proof, c.Size, c.Root, d.Position-1, proof.LeafHash(d.Leaf)); err != nil {
		return nil, err
	}
	l, err := ReadLeaf("disclosure", int(d.Position), d.Leaf)
	if err != nil {
		return nil, err
	}
	if !d.Opens(&l.Entry) {
		return nil, fmt.Errorf("the value and salt do not open the commitment to %s in the entry %s", d.Field, l.Entry.Ref)
	}
	return &l, nil
}
