package verify

import (
	"encoding/json"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Disclosed is a sealed value that was shown, and the entry in which it was sealed.
type Disclosed struct {
	Origin   string          `json:"origin"`
	Size     int64           `json:"size"` // of the tree by whose checkpoint it is proved
	Position int64           `json:"position"`
	Ref      record.Ref      `json:"ref"`
	Author   string          `json:"author"`
	Recorded string          `json:"recorded"`
	Field    string          `json:"field"`
	Value    json.RawMessage `json:"value"`
}

// Disclosure checks that the value in a disclosure (spec/record.md §5) is what was sealed
// at its position of the record of a log. That the entry's author signed it, and that
// others are shown the same record, is what Mirror checks. The findings say what does
// not fit; then nothing is disclosed.
func Disclosure(data []byte, logKey string) (Disclosed, []Finding) {
	const file = "disclosure"
	log, err := proof.ParseVerifier(logKey)
	if err != nil {
		return Disclosed{}, []Finding{{"bad-key", "", 0, "the log key that was given cannot be read: " + err.Error(), "give a note verifier key: name+hash+base64"}}
	}
	d, err := record.ParseDisclosure(data)
	if err != nil {
		return Disclosed{}, []Finding{{"bad-disclosure", file, 0, err.Error(), "ask for the file again"}}
	}
	l, err := d.Check(log)
	if err != nil {
		var list problem.List
		list.Take(err)
		var found []Finding
		for _, p := range list {
			if p.Code == "error" {
				p.Code, p.Mend = "not-disclosed", "the value is not shown to be what was sealed"
			}
			found = append(found, told(p, file, d.Position))
		}
		return Disclosed{}, found
	}
	c, err := proof.OpenCheckpoint(d.Checkpoint, log)
	if err != nil {
		return Disclosed{}, []Finding{{"bad-checkpoint", file, d.Position, err.Error(), ""}}
	}
	return Disclosed{
		Origin: c.Origin, Size: c.Size, Position: d.Position, Ref: l.Entry.Ref, Author: l.Entry.Author, Recorded: l.Recorded, Field: d.Field, Value: d.Value,
	}, nil
}
