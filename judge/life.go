package judge

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// life is one agreement under one reading: when it begins and ends to bind, as
// far as the acts done by the question's moment tell.
type life struct {
	b       *Bench
	id      string
	by      string // Text or the holder of the reading
	version casefile.Version
	reading *casefile.Reading
	terms   *agreement.Terms
	noText  bool // the text of an agreement whose sides never agreed on one
	zone    *moment.Zone

	points []moment.Instant // the instants at which anything may change, sorted
	start  bounds
	ends   []ending
	end    bounds         // the hull of ends; never reached where no end is stated
	same   *moment.Window // when any clause binds, where nothing tells clauses apart; nil: not found, or something does

	phases   map[string]phase    // found so far
	shown    map[string][]*owing // of the duties on which something hangs, with what shows them
	releases []release
	clauses  []*clause
	windows  []*window // of its clauses
}

// bounds is an imprecise instant that may also never come: first possible and
// first certain; moment.Future stands for never.
type bounds struct{ possible, certain moment.Instant }

var never = bounds{moment.Future, moment.Future}

// reachedAt tells whether it has come by an instant.
func (x bounds) reachedAt(at moment.Instant) truth.Value {
	switch {
	case at >= x.certain && x.certain != moment.Future:
		return truth.Yes
	case at >= x.possible && x.possible != moment.Future:
		return truth.Maybe
	}
	return truth.No
}

// ending is the end by one rule of counting.
type ending struct {
	counting moment.Counting
	at       bounds
}

// livesOf computes the lives of an agreement: the text's, then one a reading.
func (b *Bench) livesOf(id string) []*life {
	v := b.versions[id]
	list := []*life{b.newLife(id, v, nil)}
	for i := range b.readings[id] {
		list = append(list, b.newLife(id, v, &b.readings[id][i]))
	}
	b.sharePlaceholders(list)
	return list
}

func (b *Bench) newLife(id string, v casefile.Version, r *casefile.Reading) *life {
	l := &life{b: b, id: id, by: Text, version: v, reading: r, zone: b.Case.Zone, start: never, end: never}
	if r != nil {
		l.by = r.Holder
	}
	l.noText = r == nil && !v.CommonText
	var reading *agreement.Reading
	if r != nil {
		reading = r.Reading
	}
	terms, err := b.Under(v, reading)
	if err != nil || l.noText {
		terms = &agreement.Terms{}
	}
	if s := b.Question.Suppose; s != nil && s.Agreement == id && !l.noText {
		terms = suppose(terms, s.Start)
	}
	l.terms = terms
	if terms.Length != nil && terms.Length.Zone != nil {
		l.zone = terms.Length.Zone
	}
	l.points = l.turningPoints()
	l.begin()
	l.finish()
	l.findSame()
	for _, p := range l.terms.Phases {
		l.phaseOf(p.Label)
	}
	l.releases = l.findReleases()
	l.clauses = l.compile()
	return l
}

// suppose gives terms a start in place of their own.
func suppose(t *agreement.Terms, start moment.Time) *agreement.Terms {
	with := *t
	with.Start = &agreement.EntryIntoForce{Start: start, WholeDay: true}
	if t.Start != nil {
		with.Start.Label, with.Start.Pos = t.Start.Label, t.Start.Pos
	}
	return &with
}

// turningPoints are the edges of the times of everything said and done about the
// agreement: between two of them no test of a precondition changes.
func (l *life) turningPoints() []moment.Instant {
	var points []moment.Instant
	add := func(t moment.Time) { points = append(points, t.Earliest(), t.Latest()) }
	for _, k := range l.b.words {
		if !l.b.done(k) {
			continue
		}
		switch body := k.Body.(type) {
		case *record.Statement:
			if slices.ContainsFunc(body.Stances, func(s record.Stance) bool { return l.b.concerns(l.id, s.Bearing) }) {
				add(k.happened)
			}
		case *record.Act:
			if l.b.concerns(l.id, body.Bearing) {
				add(l.b.effective(k, body))
			}
		}
	}
	if s := l.terms.Start; s != nil {
		if !s.Start.IsZero() {
			add(s.Start)
		}
		if x, ok := l.when(s.After, nil); ok {
			points = append(points, x.possible, x.certain)
		}
	}
	points = append(points, l.keepEvidence()...)
	for _, a := range l.b.acts(l.id, record.ActDenounced) {
		if p := l.powerOf(a.Party); p != nil {
			x := l.afterNotice(p, a)
			points = append(points, x.possible, x.certain)
		}
	}
	for _, x := range l.supersededAt() {
		points = append(points, x.possible, x.certain)
	}
	slices.Sort(points)
	return slices.Compact(points)
}

// begin finds the start: the first moment at which every precondition holds and,
// where a start is stated, not before that.
func (l *life) begin() {
	s := l.terms.Start
	if s == nil {
		return
	}
	l.start = l.firstHolding(func(at moment.Instant) truth.Value {
		all := truth.And(l.statedStartAt(at), l.afterAt(at))
		for _, p := range s.Requires {
			v, _ := l.conditionAt(p, at)
			all = truth.And(all, v)
		}
		return all
	})
}

// gates lists every precondition of the terms.
func (l *life) gates() []agreement.Precondition {
	list := l.terms.Gates()
	if l.terms.Start != nil {
		list = append(list, l.terms.Start.Requires...)
	}
	for _, p := range l.terms.Phases {
		list = append(list, p.Requires...)
	}
	return list
}

// afterAt tells whether the moment before which it does not begin has come; yes
// where there is none.
func (l *life) afterAt(at moment.Instant) truth.Value {
	m := l.terms.Start.After
	if m == nil {
		return truth.Yes
	}
	x, ok := l.when(m, nil)
	switch {
	case ok:
		return x.reachedAt(at)
	case m.Computable():
		return truth.No // what it counts from has not occurred
	}
	return truth.Maybe // words that nobody can compute
}

// statedStartAt tells whether a stated start has come; yes where none is stated.
func (l *life) statedStartAt(at moment.Instant) truth.Value {
	s := l.terms.Start
	switch {
	case s.Start.IsZero():
		return truth.Yes
	case s.WholeDay && at >= s.Start.Earliest():
		return truth.Yes
	}
	return bounds{s.Start.Earliest(), s.Start.Latest()}.reachedAt(at)
}

// firstHolding finds when a test first may hold and when it first does.
func (l *life) firstHolding(test func(moment.Instant) truth.Value) bounds {
	first := never
	for _, at := range l.points {
		switch test(at) {
		case truth.Yes:
			first.possible = min(first.possible, at)
			first.certain = at
			return first
		case truth.Maybe:
			first.possible = min(first.possible, at)
		}
	}
	return first
}

// finish finds the end by each rule of counting, and what consents make of it.
func (l *life) finish() {
	d := l.terms.Length
	if d == nil || l.start == never {
		return
	}
	switch {
	case !d.Until.IsZero():
		l.ends = []ending{{at: bounds{d.Until.Earliest(), d.Until.Latest()}}}
	case d.Length != (moment.Duration{}):
		for _, c := range d.Counting {
			at := bounds{l.after(l.start.possible, d.Length, c), l.after(l.start.certain, d.Length, c)}
			l.ends = append(l.ends, ending{c, at})
		}
	default:
		return
	}
	l.extend()
	for i, e := range l.ends {
		if i == 0 {
			l.end = e.at
			continue
		}
		l.end = bounds{min(l.end.possible, e.at.possible), max(l.end.certain, e.at.certain)}
	}
}

// after adds a length to an instant by a rule of counting.
func (l *life) after(from moment.Instant, d moment.Duration, c moment.Counting) moment.Instant {
	if from == moment.Future || d.IsZero() {
		return from
	}
	end, err := moment.End(moment.At(from), d, c, l.zone)
	if err != nil {
		return moment.Future
	}
	return end.Earliest()
}

// extend prolongs the term while every party named has consented before the end.
// Consents to different lengths are no agreement on the difference: each end stays.
func (l *life) extend() {
	x := l.terms.Length.Extension
	if x != nil && x.Tacit != (moment.Duration{}) {
		l.renew(x)
	}
	if x == nil || len(x.Mutual) == 0 {
		return
	}
	consents := l.b.acts(l.id, record.ActConsented, record.ActExtensionProposed)
	for range len(consents) {
		var chosen []act
		for _, party := range x.Mutual {
			i := slices.IndexFunc(consents, func(a act) bool {
				return a.Party == party && a.when.Earliest() < l.hullEnd().certain
			})
			if i < 0 {
				return
			}
			chosen = append(chosen, consents[i])
			consents = slices.Delete(slices.Clone(consents), i, i+1)
		}
		l.prolong(chosen)
	}
}

func (l *life) hullEnd() bounds {
	h := l.ends[0].at
	for _, e := range l.ends[1:] {
		h = bounds{min(h.possible, e.at.possible), max(h.certain, e.at.certain)}
	}
	return h
}

// prolong moves the ends by the lengths consented to. A consent that may have
// come too late leaves the earlier end possible.
func (l *life) prolong(consents []act) {
	var ends []ending
	for _, e := range l.ends {
		late := slices.ContainsFunc(consents, func(a act) bool { return a.when.Latest() >= e.at.possible })
		counting := e.counting
		if counting != moment.CountHours {
			counting = moment.CountDayOne // the first day after the old end is day one of the new term
		}
		for _, a := range consents {
			d, err := moment.ParseDuration(a.Length)
			if err != nil {
				continue
			}
			longer := ending{e.counting, bounds{l.after(e.at.possible, d, counting), l.after(e.at.certain, d, counting)}}
			if late {
				longer.at.possible = e.at.possible
			}
			if !slices.Contains(ends, longer) {
				ends = append(ends, longer)
			}
		}
	}
	if len(ends) > 0 {
		l.ends = ends
	}
}

// interrupted tells whether the whole agreement (clause "") or a clause is
// suspended at an instant. A party that suspends alone, with no clause that lets it,
// only asserts it.
func (l *life) interrupted(clause string, at moment.Instant) truth.Value {
	var stands []stand
	mayBe := map[record.Ref]bool{}
	by := map[string]bool{}
	for _, a := range l.b.acts(l.id, record.ActSuspended, record.ActResumed) {
		if len(a.Clauses) > 0 && (clause == "" || !slices.Contains(a.Clauses, clause)) {
			continue
		}
		stands = append(stands, stand{when: a.when, position: record.Position(a.Act.Act), entry: a.ref})
		if a.Act.Act == record.ActSuspended && l.version.Roles[a.Party] == agreement.RoleParty && !l.maySuspend(a) {
			mayBe[a.ref] = true
		}
		if a.Act.Act == record.ActSuspended && a.when.Latest() <= at {
			by[a.Party] = true
		}
	}
	o := optionsAt(stands, at)
	all := o.positions()
	asserted := !slices.ContainsFunc(o.latest, func(s stand) bool { return !mayBe[s.entry] }) &&
		slices.ContainsFunc(l.parties(), func(p string) bool { return !by[p] })
	switch {
	case !slices.Contains(all, record.Position(record.ActSuspended)):
		return truth.No
	case len(all) == 1 && !asserted:
		return truth.Yes
	}
	return truth.Maybe
}

// maySuspend tells whether the terms let the party of an act suspend what it
// suspends.
func (l *life) maySuspend(a act) bool {
	return slices.ContainsFunc(l.terms.Powers, func(p *agreement.Power) bool {
		return p.Effect == agreement.EffectSuspend && slices.Contains(p.Holder, a.Party) &&
			(len(p.Clauses) == 0 || len(a.Clauses) > 0 && !slices.ContainsFunc(a.Clauses, func(c string) bool { return !slices.Contains(p.Clauses, c) }))
	})
}

// over tells whether acts of a kind have ended the agreement by an instant.
func (l *life) over(kind record.ActKind, at moment.Instant) (truth.Value, []record.Ref) {
	v := truth.No
	var refs []record.Ref
	for _, a := range l.b.acts(l.id, kind) {
		x := bounds{a.when.Earliest(), a.when.Latest()}
		power := l.powerOf(a.Party)
		if kind == record.ActDenounced && power != nil {
			x = l.afterNotice(power, a)
		}
		reached := x.reachedAt(at)
		if reached == truth.No {
			continue
		}
		if kind == record.ActDenounced && power == nil {
			reached = truth.Maybe // asserted: no clause of this reading allows it
		}
		v, refs = truth.Or(v, reached), append(refs, a.ref)
	}
	if kind == record.ActSuperseded {
		for _, x := range l.supersededAt() {
			v = truth.Or(v, x.reachedAt(at))
		}
	}
	return v, refs
}

// supersededAt is when agreements that supersede this one entered into force, by
// the same reader's word where there is one, else by the text.
func (l *life) supersededAt() []bounds {
	var list []bounds
	for _, id := range l.b.superseding(l.id) {
		lives := l.b.lives[id]
		if len(lives) == 0 {
			continue
		}
		by := lives[0]
		for _, o := range lives[1:] {
			if o.by == l.by {
				by = o
			}
		}
		if by.start != never {
			list = append(list, by.start)
		}
	}
	return list
}

// powerOf gives the power of a party to leave, or nil.
func (l *life) powerOf(party string) *agreement.Power {
	for _, p := range l.terms.Powers {
		if (p.Effect == agreement.EffectDenounce || p.Effect == agreement.EffectTerminate) && slices.Contains(p.Holder, party) {
			return p
		}
	}
	return nil
}

// inForceAt tells whether a clause binds at an instant; clause "" is the whole.
func (l *life) inForceAt(clause string, at moment.Instant) truth.Value {
	v := truth.And(l.start.reachedAt(at), l.end.reachedAt(at).Not(), l.interrupted(clause, at).Not())
	for _, kind := range []record.ActKind{record.ActDenounced, record.ActSuperseded, record.ActLapsed} {
		gone, _ := l.over(kind, at)
		v = truth.And(v, gone.Not())
	}
	return v
}

// findSame finds when any clause binds, if no act suspends or resumes some clauses alone:
// nothing else in [life.inForceAt] asks which clause it is.
func (l *life) findSame() {
	for _, a := range l.b.acts(l.id, record.ActSuspended, record.ActResumed) {
		if len(a.Clauses) > 0 {
			return
		}
	}
	w := l.window("")
	l.same = &w
}

// window is when a clause binds, certainly and possibly.
func (l *life) window(clause string) moment.Window {
	if l.same != nil {
		return *l.same
	}
	points := slices.Clone(l.points)
	for _, e := range []bounds{l.start, l.end} {
		points = append(points, e.possible, e.certain)
	}
	slices.Sort(points)
	points = slices.Compact(points)
	var w moment.Window
	for i, from := range points {
		if from == moment.Future || from == moment.Past {
			continue
		}
		until := moment.Future
		if i+1 < len(points) {
			until = points[i+1]
		}
		span := moment.Set{{From: from, Until: until}}
		switch l.inForceAt(clause, from) {
		case truth.Yes:
			w.Certain = w.Certain.Union(span)
			w.Possible = w.Possible.Union(span)
		case truth.Maybe:
			w.Possible = w.Possible.Union(span)
		}
	}
	return w
}
