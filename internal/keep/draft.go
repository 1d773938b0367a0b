package keep

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/truceline/truceline/record"
)

// Draft is an entry as an author writes it: the entry, and beside it values that are to
// be sealed, by their fields:
//
//	{"entry":{…},"protected":{"said_by.name":{"en":"…"},"body.place":{…}}}
type Draft struct {
	Entry     json.RawMessage            `json:"entry"`
	Protected map[string]json.RawMessage `json:"protected,omitempty"`
}

// Read makes a draft an entry whose protected fields are sealed, and gives what opens
// them. random gives the salts: crypto/rand.Reader when nil. A draft may also be a bare
// entry. Faults are a problem.List.
func (d *Draft) Read(random io.Reader) (record.Entry, []record.Opening, error) {
	if random == nil {
		random = rand.Reader
	}
	var e record.Entry
	if err := json.Unmarshal(d.Entry, &e); err != nil {
		return e, nil, err
	}
	var openings []record.Opening
	for _, field := range slices.Sorted(maps.Keys(d.Protected)) {
		var salt [32]byte
		if _, err := io.ReadFull(random, salt[:]); err != nil {
			return e, nil, err
		}
		s, o, err := record.Seal(field, d.Protected[field], salt)
		if err != nil {
			return e, nil, fmt.Errorf("protected %s: %w", field, err)
		}
		e.Sealed, openings = append(e.Sealed, s), append(openings, o)
	}
	return e, openings, nil
}
