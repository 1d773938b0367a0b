package record

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/truceline/truceline/proof"
)

// MaxSealed is the most bytes that a sealed value may have.
const MaxSealed = 64 << 10

// Opening is what opens a commitment: the value of a field, and the salt.
type Opening struct {
	Field string
	Salt  [32]byte
	Value json.RawMessage // canonical JSON
}

// Seal makes the commitment to a value, which is put into its canonical form. The salt
// is 32 random bytes of which nobody else may learn.
func Seal(field string, value []byte, salt [32]byte) (Sealed, Opening, error) {
	canonical, err := CanonicalJSON(value)
	switch {
	case err != nil:
		return Sealed{}, Opening{}, err
	case len(canonical) > MaxSealed:
		return Sealed{}, Opening{}, fmt.Errorf("the value has %d bytes (at most %d: seal the hash of an attachment instead)", len(canonical), MaxSealed)
	case !sealable(field):
		return Sealed{}, Opening{}, fmt.Errorf("%q cannot be sealed (give a path within the entry, such as said_by.name)", field)
	}
	o := Opening{Field: field, Salt: salt, Value: canonical}
	return Sealed{Field: field, Commitment: o.commitment()}, o, nil
}

// commitment is the hash that stands in the entry (spec/record.md §5).
func (o Opening) commitment() string {
	h := sha256.New()
	h.Write([]byte("truceline/v1 sealed\n"))
	h.Write(o.Salt[:])
	h.Write([]byte(o.Field + "\n"))
	h.Write(o.Value)
	return hex.EncodeToString(h.Sum(nil))
}

// Opens tells whether an opening is of one of an entry's sealed fields.
func (o Opening) Opens(e *Entry) bool {
	for _, s := range e.Sealed {
		if s.Field == o.Field && s.Commitment == o.commitment() {
			return true
		}
	}
	return false
}

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

// Marshal writes a disclosure as canonical JSON.
func (d *Disclosure) Marshal() ([]byte, error) {
	b64 := base64.StdEncoding.EncodeToString
	w := disclosed{
		Checkpoint: string(d.Checkpoint), Field: d.Field, Leaf: b64(d.Leaf), Position: d.Position, Proof: []string{},
		Salt: b64(d.Salt[:]), Value: d.Value, Version: 1,
	}
	for _, h := range d.Proof {
		w.Proof = append(w.Proof, b64(h[:]))
	}
	data, err := json.Marshal(w)
	if err != nil {
		return nil, err
	}
	return CanonicalJSON(data)
}

// ParseDisclosure reads what Marshal writes. It checks nothing but the form.
func ParseDisclosure(data []byte) (*Disclosure, error) {
	const most = 4 << 20
	if len(data) > most {
		return nil, fmt.Errorf("the disclosure has %d bytes (at most %d)", len(data), most)
	}
	canonical, err := CanonicalJSON(data)
	if err != nil {
		return nil, fmt.Errorf("the disclosure is no JSON: %w", err)
	}
	var w disclosed
	if err := json.Unmarshal(canonical, &w); err != nil || w.Version != 1 {
		return nil, errors.New("it is not a disclosure of version 1")
	}
	d := &Disclosure{Opening: Opening{Field: w.Field, Value: w.Value}, Position: w.Position, Checkpoint: []byte(w.Checkpoint)}
	strict := base64.StdEncoding.Strict()
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
