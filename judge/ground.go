package judge

import (
	"maps"
	"slices"
	"sync"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// Ground is what a case knows, whatever moment is asked about: the entries recorded up
// to a position and public by a moment, corrections applied. Questions that differ only
// in their moment share one. It is read-only after [Know] and may be used from several
// goroutines.
type Ground struct {
	Case *casefile.Case
	// HourUnknown lists entries that are used though only the day of their
	// becoming public is known, and that day is the day of KnownBy.
	HourUnknown []record.Ref

	knownBy  moment.Instant
	position int // the last that is used; 0: the newest

	whole    *Ground                     // of which this is a part ([Ground.Know]); nil: made alone
	entries  []*known                    // by position less one; nil: not known
	words    []*known                    // all but reports, in the order of the record
	kinds    map[record.Kind][]*known    // of words, in the order of the record
	reports  func() []*known             // in the order of the record
	own      []*known                    // that stand otherwise than in whole, in the order of the record
	changed  map[int]*record.Held        // what is changed and what changes it, by position
	versions map[string]casefile.Version // the latest known version of each agreement
	editions map[string][]string         // versions of an agreement to whose acts the latest succeeds, itself included
	readings map[string][]casefile.Reading

	onReport map[record.Ref][]*known // findings, rulings, replies and links that bear on a report
	unlinked map[record.Ref]bool     // links that were undone

	ordersLock sync.Mutex // guards orders
	orders     map[record.Kind]func() []*known

	spansLock sync.Mutex // guards spans
	spans     map[record.Kind]func() *spans

	showed sync.Once
	shows  []showing // see [Ground.showings]

	read sync.Map // of reading: the terms as it has them; kept by the whole for its parts

	mentioned sync.Once
	mentions  map[record.Ref][]*known
}

// known is an entry that the question may use, as corrected.
type known struct {
	*record.Entry
	position int
	happened moment.Time // cut at what the question can know; see spec/entry.md §6
	public   moment.Time
	retract  bool // retracted: shown, never used
}

// Know gathers what is recorded up to a position (0: all) and known by a moment
// (moment.Future: whenever).
func Know(c *casefile.Case, knownBy moment.Instant, position int) *Ground {
	g := newGround(c, knownBy, position)
	g.gather()
	g.finish()
	return g
}

func newGround(c *casefile.Case, knownBy moment.Instant, position int) *Ground {
	return &Ground{
		Case: c, knownBy: knownBy, position: position,
		kinds:    map[record.Kind][]*known{},
		versions: map[string]casefile.Version{},
		editions: map[string][]string{},
		readings: map[string][]casefile.Reading{},
		onReport: map[record.Ref][]*known{}, unlinked: map[record.Ref]bool{},
		orders: map[record.Kind]func() []*known{}, spans: map[record.Kind]func() *spans{},
	}
}

// finish finds what is looked up in what was gathered.
func (g *Ground) finish() {
	for _, k := range g.words {
		g.kinds[k.Kind] = append(g.kinds[k.Kind], k)
	}
	g.index()
	g.chooseVersions()
}

// gather keeps what is recorded by the position and known by the moment, corrections
// applied.
func (g *Ground) gather() {
	entries := g.Case.Entries[:g.asOf()]
	g.changed = g.changesOf(entries)
	g.entries = make([]*known, len(entries))
	room := make([]known, 0, len(entries))
	var reports []*known
	for i := range entries {
		k, ok := g.known(&entries[i])
		if !ok {
			continue
		}
		room = append(room, k)
		x := &room[len(room)-1]
		g.entries[i] = x
		if x.Kind == record.KindReport {
			reports = append(reports, x)
		} else {
			g.words = append(g.words, x)
		}
	}
	g.reports = func() []*known { return reports }
}

// known gives an entry as the ground knows it, or false.
func (g *Ground) known(original *casefile.Entry) (known, bool) {
	k := known{Entry: &original.Envelope.Entry, position: original.Position, happened: original.Happened, public: original.Public}
	never := original.Never
	if changes(original) && !g.knownChange(original) {
		return k, false
	}
	if h := g.changed[original.Position]; h != nil {
		k.retract = len(h.RetractedBy) > 0
		if len(h.CorrectedBy) > 0 {
			k.Entry, never = &h.Entry, false
			k.happened, k.public = g.times(&h.Entry)
		}
	}
	if !g.knows(&k, never) {
		return k, false
	}
	g.cut(&k)
	return k, true
}

// changesOf holds the known changes to what they name, and gives both by position: few
// entries of a record are ever changed.
func (g *Ground) changesOf(entries []casefile.Entry) map[int]*record.Held {
	touched := map[int]bool{}
	for _, i := range g.changing(entries) {
		e := &entries[i]
		if !g.knownChange(e) {
			continue
		}
		touched[e.Position] = true
		for _, ref := range record.Mentions(e.Envelope.Entry.Body) {
			if of := g.Case.Entry(ref); of != nil && of.Position < e.Position && (!changes(of) || g.knownChange(of)) {
				touched[of.Position] = true
			}
		}
	}
	envs := make([]record.Envelope, 0, len(touched))
	for _, position := range slices.Sorted(maps.Keys(touched)) {
		envs = append(envs, entries[position-1].Envelope)
	}
	held := map[int]*record.Held{}
	list := record.Hold(envs, 0)
	for i := range list {
		held[list[i].Position] = &list[i]
	}
	return held
}

// changing lists the entries that change others, by their indexes.
func (g *Ground) changing(entries []casefile.Entry) []int {
	var list []int
	if g.whole != nil {
		for _, k := range g.whole.words { // the whole knows every change
			if k.position <= len(entries) && changes(&entries[k.position-1]) {
				list = append(list, k.position-1)
			}
		}
		return list
	}
	for i := range entries {
		if changes(&entries[i]) {
			list = append(list, i)
		}
	}
	return list
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
func (g *Ground) knownChange(e *casefile.Entry) bool {
	switch by := g.knownBy; {
	case by == moment.Future:
		return true
	case e.Never || e.Public.IsZero():
		return !e.Never && e.Happened.IsZero()
	default:
		return e.Public.Earliest() <= by
	}
}

// index finds what bears on each report, in the order of the record.
func (g *Ground) index() {
	for _, k := range g.words {
		if k.retract {
			continue
		}
		switch body := k.Body.(type) {
		case *record.Finding:
			g.onReport[body.Of] = append(g.onReport[body.Of], k)
		case *record.Ruling:
			g.onReport[body.Of] = append(g.onReport[body.Of], k)
		case *record.Reply:
			g.onReport[body.To] = append(g.onReport[body.To], k)
		case *record.Request:
			g.onReport[body.On] = append(g.onReport[body.On], k)
		case *record.Link:
			g.onReport[body.From] = append(g.onReport[body.From], k)
			if body.To != body.From {
				g.onReport[body.To] = append(g.onReport[body.To], k)
			}
		case *record.Unlink:
			g.unlinked[body.Link] = true
		}
	}
}

// times parses the times of a corrected entry; the case was checked, so a time
// that does not parse is absent.
func (g *Ground) times(e *record.Entry) (happened, public moment.Time) {
	if e.Happened != "" {
		happened, _ = moment.Parse(e.Happened, g.Case.Zone)
	}
	switch e.Public {
	case "":
		public = happened
	case "never":
	default:
		public, _ = moment.Parse(e.Public, g.Case.Zone)
	}
	return happened, public
}

// knows tells whether an entry is known by the question's moment, and notes the
// ones of which only the day is known.
func (g *Ground) knows(k *known, never bool) bool {
	by := g.knownBy
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
		g.HourUnknown = append(g.HourUnknown, k.Ref)
	}
	return true
}

// cut shortens the time of something said or done: it was over when it became
// known. A time that lies wholly later (an announcement of what is to come) is
// left as it is.
func (g *Ground) cut(k *known) {
	switch k.Kind {
	case record.KindStatement, record.KindAct, record.KindReply, record.KindReport, record.KindTally:
	default:
		return
	}
	if k.happened.IsZero() {
		return
	}
	limit := g.knownBy
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
func (g *Ground) chooseVersions() {
	change := map[int]string{}
	for _, k := range g.kinds[record.KindAgreement] {
		if body, ok := k.Body.(*record.Agreement); ok && !k.retract {
			change[k.position] = body.Change
		}
	}
	for _, v := range g.Case.Versions {
		how, known := change[v.Entry]
		if !known {
			continue
		}
		g.versions[v.ID] = v
		if how != "editorial" {
			g.editions[v.ID] = nil
		}
		g.editions[v.ID] = append(g.editions[v.ID], v.Version)
	}
	for _, r := range g.Case.Readings {
		if k := g.at(r.Entry); k != nil && !k.retract {
			list := slices.DeleteFunc(g.readings[r.Agreement], func(o casefile.Reading) bool { return o.Holder == r.Holder })
			g.readings[r.Agreement] = append(list, r)
		}
	}
	for _, list := range g.readings {
		slices.SortFunc(list, func(x, y casefile.Reading) int { return compare(x.Holder, y.Holder) })
	}
}

// at gives the known entry of a position, or nil.
func (g *Ground) at(position int) *known {
	if position < 1 || position > len(g.entries) {
		return nil
	}
	return g.entries[position-1]
}

// of gives the known entry of a reference, or nil. What corrects an entry keeps its
// reference, so that the record's own finds it.
func (g *Ground) of(ref record.Ref) *known {
	if e := g.Case.Entry(ref); e != nil {
		return g.at(e.Position)
	}
	return nil
}
