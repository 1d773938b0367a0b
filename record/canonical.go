package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/gowebpki/jcs"
)

// ID is the identity of an entry: SHA-256 of its canonical bytes, 64 hexadecimal
// digits, as in "9f2c…".
type ID string

// Canonical gives the canonical bytes of an entry: RFC 8785 of its JSON with
// absent fields left out. The entry must have a body.
func Canonical(e Entry) ([]byte, error) {
	if e.Body == nil {
		return nil, fmt.Errorf("entry %s has no body", e.Ref)
	}
	plain, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("entry %s: %w", e.Ref, err)
	}
	return CanonicalJSON(plain)
}

// CanonicalJSON gives the canonical form (RFC 8785) of any JSON value.
func CanonicalJSON(data []byte) ([]byte, error) {
	out, err := jcs.Transform(data)
	if err != nil {
		return nil, fmt.Errorf("canonical JSON: %w", err)
	}
	return out, nil
}

// IDOf gives the identity of an entry.
func IDOf(e Entry) (ID, error) {
	b, err := Canonical(e)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return ID(hex.EncodeToString(sum[:])), nil
}
