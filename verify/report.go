package verify

import (
	"cmp"
	"fmt"
	"slices"
)

// Options say what the user brings along.
type Options struct {
	LogKey    string   // the log's verifier key, if the user has it from elsewhere; empty: the mirror's own word is taken
	Kept      []Kept   // checkpoints of this record that the user kept
	Witnesses []string // verifier keys of further cosigners that the user trusts
	Judge     bool     // compute published rulings again

	Each     Each                    // does work in parallel; nil: in turn
	Progress func(done, total int64) // is told entries; may be nil
}

// Kept is a checkpoint that the user kept, by a name of the user's.
type Kept struct {
	Name string
	Note []byte
}

// Finding is one thing that does not fit, or that could not be checked.
type Finding struct {
	Code     string `json:"code"`               // stable, kebab case: "forged"
	File     string `json:"file,omitempty"`     // in the mirror, or the name of a kept checkpoint
	Position int64  `json:"position,omitempty"` // of the entry that it is about
	What     string `json:"what"`
	Mend     string `json:"mend,omitempty"`
}

func (f Finding) String() string {
	s := f.What
	if f.Position > 0 {
		s = fmt.Sprintf("position %d: %s", f.Position, s)
	}
	if f.File != "" {
		s = f.File + ": " + s
	}
	return s
}

// Cosigned is a cosignature that was verified.
type Cosigned struct {
	Name string `json:"name"` // of the key
	Size int64  `json:"size"`
	Time string `json:"time"` // when the witness says that it saw the tree; RFC 3339
}

// most is how many findings are told in full.
const most = 200

// Report is what came out of a verification.
type Report struct {
	Origin   string `json:"origin"`
	Key      string `json:"key"` // the log key that was used
	Size     int64  `json:"size"`
	Root     string `json:"root"`     // as the checkpoint gives it, hexadecimal
	Recorded string `json:"recorded"` // when the last entry was recorded

	Entries      int64 `json:"entries"` // that were read and are part of the tree
	Bytes        int64 `json:"bytes"`   // of their leaves
	Signatures   int64 `json:"signatures"`
	Sheets       int64 `json:"sheets"`
	Keys         int64 `json:"keys"` // names that were admitted
	Cosignatures int64 `json:"cosignatures"`
	Files        int64 `json:"files"` // of the case, that fit their hashes
	Blobs        int64 `json:"blobs"`
	Lacking      int64 `json:"lacking"`      // blobs that are not there
	Publications int64 `json:"publications"` // all of them
	Judged       int64 `json:"judged"`       // that were computed again and are the same

	Cosigned []Cosigned `json:"cosigned,omitempty"`

	Trust     []Finding `json:"trust,omitempty"`     // what was taken on trust
	Unchecked []Finding `json:"unchecked,omitempty"` // what could not be checked, and why
	Findings  []Finding `json:"findings"`            // what does not fit, at most 200
	More      int64     `json:"more,omitempty"`      // findings beyond those
}

// Whole tells whether everything that could be checked fits.
func (r *Report) Whole() bool { return len(r.Findings) == 0 }

func (r *Report) find(f Finding) {
	if len(r.Findings) >= most {
		r.More++
		return
	}
	r.Findings = append(r.Findings, f)
}

func (r *Report) bad(code, file string, position int64, what, mend string) {
	r.find(Finding{code, file, position, what, mend})
}

// skipped notes what could not be checked; of very many the first are enough.
func (r *Report) skipped(code, file string, position int64, what string) {
	if len(r.Unchecked) < most {
		r.Unchecked = append(r.Unchecked, Finding{Code: code, File: file, Position: position, What: what})
	}
}

func (r *Report) trusted(code, file, what, mend string) {
	r.Trust = append(r.Trust, Finding{Code: code, File: file, What: what, Mend: mend})
}

// sortFrom orders the findings after the first n by position.
func (r *Report) sortFrom(n int) {
	slices.SortStableFunc(r.Findings[n:], func(a, b Finding) int { return cmp.Compare(a.Position, b.Position) })
}
