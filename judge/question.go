// Package judge owns the answers: from a case and a question (at, known by, as of)
// to states, positions, preconditions, contacts and rulings on incidents. It is a
// function from data to data: no clock, no I/O. Every answer comes with all its
// reasons, each as a code with arguments, the clause's place in its file and the
// entries used; package explain makes sentences of them.
package judge

import (
	"slices"
	"sync"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Rules is the version of the rules by which this package judges. Published
// figures name it.
const Rules = "truceline-rules/1"

// Text is the name of the reading that nobody holds: the words themselves.
const Text = "text"

// Question fixes the three times of an answer.
type Question struct {
	// At is the moment of the world that is asked about. It selects states and
	// positions; incidents are judged at their own time and left out after it.
	At moment.Instant
	// KnownBy: nothing that became public later is used. moment.Future: no limit.
	KnownBy moment.Instant
	// AsOf is the last position of the record that is used; 0: the newest.
	AsOf int
	// Suppose gives an agreement a start that nobody's acts gave it; nil: none.
	Suppose *Supposition
}

// Supposition asks what if: an agreement had begun to bind at a time, its
// conditions met.
type Supposition struct {
	Agreement string
	Start     moment.Time
}

// Step is one reason: a test that was tried, how it came out, and on what.
type Step struct {
	Test    string       `json:"test"`             // "time", "actor", "act", "weapon", "object", "domain", "area", "exception", …
	Outcome truth.Value  `json:"outcome"`          // yes: the test is fulfilled
	Detail  string       `json:"detail"`           // a message code of package explain
	Args    truth.Args   `json:"args,omitempty"`   // its arguments
	Settle  []truth.Gap  `json:"settle,omitempty"` // for a maybe: what would settle it
	Entries []record.Ref `json:"entries"`          // never nil
	// Position is the place of the clause in its file; nil where no clause bears on it.
	Position *agreement.Pos `json:"position"`
}

// Bench is a case as one question sees it: what was recorded and known, and how it
// stands at the question's moment. It is read-only after it was made and may be used
// from several goroutines.
type Bench struct {
	*Ground
	Question Question

	lives     map[string][]*life // by agreement, one a reading
	ids       []string           // of the agreements, sorted
	regions   map[string]*region
	windows   int // how many windows the clauses have
	decisions *sync.Pool
}

// New prepares the answers to a question. A bench of an empty or fully hidden
// record is valid and answers that nothing is known.
func New(c *casefile.Case, q Question) *Bench { return Know(c, q.KnownBy, q.AsOf).Ask(q) }

// Ask prepares the answers to a question on what the ground knows: its KnownBy and
// AsOf are the ground's.
func (g *Ground) Ask(q Question) *Bench {
	b := g.bench(q)
	for _, id := range b.ids {
		b.live(id, nil)
	}
	return b
}

// bench makes a bench that has looked at no agreement yet.
func (g *Ground) bench(q Question) *Bench {
	q.KnownBy, q.AsOf = g.knownBy, g.position
	b := &Bench{
		Ground: g, Question: q,
		lives: map[string][]*life{}, regions: map[string]*region{},
		decisions: &sync.Pool{New: func() any { return &Decision{} }},
	}
	b.ids = b.Agreements()
	return b
}

// live computes the lives of an agreement after those of the agreements that
// supersede it. Agreements that supersede each other in a circle end nothing.
func (b *Bench) live(id string, within []string) {
	if b.lives[id] != nil || slices.Contains(within, id) {
		return
	}
	for _, by := range b.superseding(id) {
		b.live(by, append(within, id))
	}
	b.lives[id] = b.livesOf(id)
}

// superseding lists the known agreements whose header says that they supersede one.
func (b *Bench) superseding(id string) []string {
	var list []string
	for _, by := range b.ids {
		if by != id && slices.Contains(b.versions[by].Supersedes, id) {
			list = append(list, by)
		}
	}
	return list
}

// Agreements lists the known agreements by id.
func (b *Bench) Agreements() []string {
	ids := make([]string, 0, len(b.versions))
	for id := range b.versions {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// Version gives the version of an agreement that the question sees.
func (b *Bench) Version(id string) (casefile.Version, bool) {
	v, ok := b.versions[id]
	return v, ok
}

// Readings gives the readings of an agreement that the question sees, by holder.
func (b *Bench) Readings(id string) []casefile.Reading { return b.readings[id] }

// concerns tells whether a statement or act bears on the version that the
// question sees: it names that version or one whose acts carry over, or it means
// the agreement as described by an entry that the version names as its source.
// A bearing that names neither concerns the agreement as a whole.
func (b *Bench) concerns(id string, on record.Bearing) bool {
	if on.Agreement != id {
		return false
	}
	switch {
	case on.Version != "":
		return slices.Contains(b.editions[id], on.Version)
	case on.AsDescribedBy != "":
		return slices.Contains(b.versions[id].Sources, on.AsDescribedBy)
	}
	return true
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
