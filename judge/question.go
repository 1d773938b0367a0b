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

// Bench is a case as one question sees it: what was recorded and known. It is
// read-only after New and may be used from several goroutines.
type Bench struct {
	Case     *casefile.Case
	Question Question
	// HourUnknown lists entries that are used though only the day of their
	// becoming public is known, and that day is the day of KnownBy.
	HourUnknown []record.Ref

	entries  []known
	byRef    map[record.Ref]*known
	versions map[string]casefile.Version // the latest known version of each agreement
	editions map[string][]string         // versions of an agreement to whose acts the latest succeeds, itself included
	readings map[string][]casefile.Reading
	lives    map[string][]*life // by agreement, one a reading, computed at New
	ids      []string           // of the agreements, sorted

	onReport  map[record.Ref][]*known // findings, rulings, replies and links that bear on a report
	unlinked  map[record.Ref]bool     // links that were undone
	regions   map[string]*region
	windows   int // how many windows the clauses have
	decisions *sync.Pool
}

// known is an entry that the question may use, as corrected.
type known struct {
	record.Entry
	position int
	happened moment.Time // cut at what the question can know; see spec/entry.md §6
	public   moment.Time
	retract  bool // retracted: shown, never used
}

// New prepares the answers to a question. A bench of an empty or fully hidden
// record is valid and answers that nothing is known.
func New(c *casefile.Case, q Question) *Bench {
	b := &Bench{
		Case: c, Question: q,
		byRef:    map[record.Ref]*known{},
		versions: map[string]casefile.Version{},
		editions: map[string][]string{},
		readings: map[string][]casefile.Reading{},
		lives:    map[string][]*life{},
		onReport: map[record.Ref][]*known{}, unlinked: map[record.Ref]bool{},
		regions:   map[string]*region{},
		decisions: &sync.Pool{New: func() any { return &Decision{} }},
	}
	b.gather()
	b.index()
	b.chooseVersions()
	b.ids = b.Agreements()
	for _, id := range b.ids {
		b.live(id, nil)
	}
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

// gather keeps what is recorded by AsOf and known by KnownBy, corrections applied.
func (b *Bench) gather() {
	entries := b.Case.Entries[:b.asOf()]
	envs := make([]record.Envelope, 0, len(entries))
	for i := range entries {
		if e := &entries[i]; !changes(e) || b.knownChange(e) {
			envs = append(envs, e.Envelope)
		}
	}
	for _, h := range record.Hold(envs, 0) {
		original := b.Case.Entries[h.Position-1]
		k := known{Entry: h.Entry, position: h.Position, happened: original.Happened, public: original.Public, retract: len(h.RetractedBy) > 0}
		if len(h.CorrectedBy) > 0 {
			k.happened, k.public = b.times(h.Entry)
		}
		if !b.knows(&k, original.Never && len(h.CorrectedBy) == 0) {
			continue
		}
		b.cut(&k)
		b.entries = append(b.entries, k)
	}
	for i := range b.entries {
		b.byRef[b.entries[i].Ref] = &b.entries[i]
	}
}

// changes tells that an entry changes what another one says or is worth.
func changes(e *casefile.Entry) bool {
	switch e.Envelope.Entry.Body.(type) {
	case *record.Correction, *record.Retraction, *record.Unlink:
		return true
	}
	return false
}

// knownChange tells whether a correction, retraction or unlink was known by the
// question's moment: one that became public later changes nothing yet.
func (b *Bench) knownChange(e *casefile.Entry) bool {
	switch by := b.Question.KnownBy; {
	case by == moment.Future:
		return true
	case e.Never || e.Public.IsZero():
		return !e.Never && e.Happened.IsZero()
	default:
		return e.Public.Earliest() <= by
	}
}

// index finds what bears on each report, in the order of the record.
func (b *Bench) index() {
	for i := range b.entries {
		k := &b.entries[i]
		if k.retract {
			continue
		}
		switch body := k.Body.(type) {
		case *record.Finding:
			b.onReport[body.Of] = append(b.onReport[body.Of], k)
		case *record.Ruling:
			b.onReport[body.Of] = append(b.onReport[body.Of], k)
		case *record.Reply:
			b.onReport[body.To] = append(b.onReport[body.To], k)
		case *record.Request:
			b.onReport[body.On] = append(b.onReport[body.On], k)
		case *record.Link:
			b.onReport[body.From] = append(b.onReport[body.From], k)
			if body.To != body.From {
				b.onReport[body.To] = append(b.onReport[body.To], k)
			}
		case *record.Unlink:
			b.unlinked[body.Link] = true
		}
	}
}

// times parses the times of a corrected entry; the case was checked, so a time
// that does not parse is absent.
func (b *Bench) times(e record.Entry) (happened, public moment.Time) {
	if e.Happened != "" {
		happened, _ = moment.Parse(e.Happened, b.Case.Zone)
	}
	switch e.Public {
	case "":
		public = happened
	case "never":
	default:
		public, _ = moment.Parse(e.Public, b.Case.Zone)
	}
	return happened, public
}

// knows tells whether an entry is known by the question's moment, and notes the
// ones of which only the day is known.
func (b *Bench) knows(k *known, never bool) bool {
	by := b.Question.KnownBy
	if by == moment.Future {
		return true
	}
	if never || k.public.IsZero() {
		return !never && k.happened.IsZero()
	}
	if k.public.Earliest() > by {
		return false
	}
	if k.public.Latest() > by {
		b.HourUnknown = append(b.HourUnknown, k.Ref)
	}
	return true
}

// cut shortens the time of something said or done: it was over when it became
// known. A time that lies wholly later (an announcement of what is to come) is
// left as it is.
func (b *Bench) cut(k *known) {
	switch k.Kind {
	case record.KindStatement, record.KindAct, record.KindReply, record.KindReport, record.KindTally:
	default:
		return
	}
	if k.happened.IsZero() {
		return
	}
	limit := b.Question.KnownBy
	if !k.public.IsZero() {
		limit = min(limit, k.public.Latest())
	}
	if limit == moment.Future || k.happened.Latest() <= limit || k.happened.Earliest() > limit {
		return
	}
	k.happened = k.happened.Clip(moment.Span{From: moment.Past, Until: limit + 1})
}

// chooseVersions finds the latest known version of each agreement, the earlier
// ones whose acts carry over to it, and the readings of it.
func (b *Bench) chooseVersions() {
	change := map[int]string{}
	for i := range b.entries {
		if body, ok := b.entries[i].Body.(*record.Agreement); ok && !b.entries[i].retract {
			change[b.entries[i].position] = body.Change
		}
	}
	for _, v := range b.Case.Versions {
		how, known := change[v.Entry]
		if !known {
			continue
		}
		b.versions[v.ID] = v
		if how != "editorial" {
			b.editions[v.ID] = nil
		}
		b.editions[v.ID] = append(b.editions[v.ID], v.Version)
	}
	for _, r := range b.Case.Readings {
		if k := b.at(r.Entry); k != nil && !k.retract {
			list := slices.DeleteFunc(b.readings[r.Agreement], func(o casefile.Reading) bool { return o.Holder == r.Holder })
			b.readings[r.Agreement] = append(list, r)
		}
	}
	for _, list := range b.readings {
		slices.SortFunc(list, func(x, y casefile.Reading) int { return compare(x.Holder, y.Holder) })
	}
}

// at gives the known entry of a position, or nil.
func (b *Bench) at(position int) *known {
	i, ok := slices.BinarySearchFunc(b.entries, position, func(k known, p int) int { return k.position - p })
	if !ok {
		return nil
	}
	return &b.entries[i]
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
