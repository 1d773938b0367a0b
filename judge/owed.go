package judge

import (
	"slices"
	"strconv"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// tally is what a view shows to be done.
type tally struct {
	least, most int
	whole       truth.Value // whether it is said to be done whole
	some        truth.Value // whether anything was done
	latest      told        // of those that count, the one that began last
}

// add counts an event that counts, certainly or perhaps.
func (t *tally) add(e told, counts truth.Value) {
	if counts == truth.No {
		return
	}
	t.most = plus(t.most, e.most)
	if counts == truth.Yes {
		t.least = plus(t.least, e.least)
	}
	if e.whole {
		t.whole = truth.Or(t.whole, counts)
	}
	t.some = truth.Or(t.some, counts) // who tells of fewer than so many tells of some
	if t.latest.when == (bounds{}) || e.when.possible > t.latest.when.possible {
		t.latest = e
	}
}

// text writes a figure: "300", "300–350", "≥ 300".
func amountText(least, most int) string {
	switch {
	case most >= unlimited:
		return "≥ " + strconv.Itoa(least)
	case least == most:
		return strconv.Itoa(least)
	}
	return strconv.Itoa(least) + "–" + strconv.Itoa(most)
}

// by sums up what a view shows to be done by an instant.
func (o *owing) by(v view, at moment.Instant) tally {
	t := tally{whole: truth.No, some: truth.No}
	for i := range o.events {
		e := o.see(&o.events[i], v)
		t.add(e, truth.And(e.counts, e.when.reachedAt(at)))
	}
	return t
}

// within sums up what a view shows to be done in a stretch with imprecise ends.
func (o *owing) within(v view, from, until bounds) tally {
	t := tally{whole: truth.No, some: truth.No}
	for i := range o.events {
		e := o.see(&o.events[i], v)
		t.add(e, truth.And(e.counts, notBefore(e.when, from), notBefore(e.when, until).Not()))
	}
	return t
}

// enough tells whether what was done is all that is owed, times over.
func (o *owing) enough(t tally, times int) truth.Value {
	n := o.measure.N * times
	switch {
	case t.whole == truth.Yes:
		return truth.Yes
	case o.measure.Sign == agreement.AtMost || o.measure.Sign == agreement.LessThan:
		return o.cap(t)
	}
	var v truth.Value
	switch {
	case o.measure.Sign == agreement.MoreThan:
		v = reaches(t, n+1)
	case o.measure.Sign != "":
		v = reaches(t, n)
	case o.measure.All || countable(o.does) || o.ratio != nil:
		v = truth.And(t.some, truth.Maybe) // how much that would be is not said
	default:
		v = t.some
	}
	if o.measure.All && v == truth.Yes {
		v = truth.Maybe
	}
	return truth.Or(v, t.whole)
}

func reaches(t tally, n int) truth.Value {
	switch {
	case t.least >= n:
		return truth.Yes
	case t.most < n:
		return truth.No
	}
	return truth.Maybe
}

// cap holds the latest figure to a measure that must not be exceeded.
func (o *owing) cap(t tally) truth.Value {
	n := o.measure.N
	if o.measure.Sign == agreement.LessThan {
		n--
	}
	switch {
	case t.some == truth.No && t.latest.when == (bounds{}):
		return truth.No
	case t.latest.most <= n:
		return truth.Yes
	case t.latest.least > n:
		return truth.No
	}
	return truth.Maybe
}

// countable tells that a deed is of so many things or persons.
func countable(does string) bool {
	return slices.Contains([]string{"release", "exchange", "return-remains", "deliver", "admit", "hand-over/arms"}, does)
}

// deadline is when something must be done: the first moment that is too late.
type deadline struct {
	bounds
	known bool   // it is stated and can be computed
	words string // as written
	open  bool   // what it counts from has not occurred
}

// passed tells whether it is too late at an instant; a deadline that no words fix
// may have passed.
func (d deadline) passed(at moment.Instant) truth.Value {
	switch {
	case d.open:
		return truth.No
	case !d.known:
		return truth.Maybe
	}
	return d.reachedAt(at)
}

// deadline computes the due moment. A date means until its end; an event without a
// length, that very moment; what is counted, up to the end of the count.
func (l *life) deadline(m *agreement.Moment, counting []moment.Counting) deadline {
	switch {
	case m == nil:
		return deadline{}
	case !m.Computable():
		return deadline{words: m.Text}
	case m.Anchor == "":
		last := m.Time.Latest()
		if last == moment.Future {
			return deadline{words: m.Text}
		}
		return deadline{bounds: bounds{last + 1, last + 1}, known: true, words: m.Text}
	}
	x, ok := l.when(m, counting)
	if !ok || x.possible == moment.Future {
		return deadline{open: true, words: m.Text}
	}
	if m.Offset.IsZero() && m.Anchor != agreement.AnchorEnd && m.Anchor != agreement.AnchorPhaseEnd {
		x = bounds{x.possible.Add(1), x.certain.Add(1)}
	}
	return deadline{bounds: x, known: true, words: m.Text}
}

// starts and stops bound the beginning and the end of the window in which it binds.
func (o *owing) starts() bounds { return firstOf(o.began, bounds{moment.Past, moment.Past}) }

func (o *owing) stops() bounds {
	x := bounds{moment.Future, moment.Future}
	if len(o.began.Possible) > 0 {
		x.certain = o.began.Possible.Hull().Until
		x.possible = o.began.Possible.Hull().From
	}
	if len(o.began.Certain) > 0 {
		x.possible = o.began.Certain.Hull().Until
	}
	return x
}

// once lists the states in which something owed once may be, by a view.
func (o *owing) once(v view, due deadline, at moment.Instant) []DutyState {
	done := o.by(v, at)
	return onceStates(o.starts().reachedAt(at), o.enough(done, 1), o.part(done), o.late(v, due), due.passed(at))
}

// part tells whether a part is done, of what can be done in parts.
func (o *owing) part(t tally) truth.Value {
	if o.measure.IsZero() && !countable(o.does) && o.ratio == nil {
		return truth.No
	}
	return t.some
}

// onceStates lists the states that five answers leave open, best first.
func onceStates(started, enough, some, late, passed truth.Value) []DutyState {
	var list []DutyState
	add := func(s DutyState, v ...truth.Value) {
		if truth.And(v...) != truth.No {
			list = append(list, s)
		}
	}
	add(DutyNotStarted, started.Not(), enough.Not())
	add(DutyRunning, started, enough.Not(), passed.Not())
	add(DutyMet, enough, late.Not())
	add(DutyMetLate, enough, late)
	add(DutyPartlyMet, started, enough.Not(), passed, some)
	add(DutyOverdue, started, enough.Not(), passed, some.Not())
	return list
}

// late tells whether it was not yet done when it was due.
func (o *owing) late(v view, due deadline) truth.Value {
	if !due.known {
		return truth.No
	}
	switch {
	case !o.afterwards(v, due), o.enough(o.by(v, due.possible.Add(-1)), 1) == truth.Yes:
		return truth.No
	case o.enough(o.by(v, due.certain.Add(-1)), 1) == truth.No:
		return truth.Yes
	}
	return truth.Maybe
}

// afterwards tells whether anything that may count may have been done only when it
// was too late.
func (o *owing) afterwards(v view, due deadline) bool {
	for i := range o.events {
		e := o.see(&o.events[i], v)
		if e.counts != truth.No && e.when.certain >= due.possible && e.when.possible <= o.life.b.Question.At {
			return true
		}
	}
	return false
}

// doneAt is when something owed was done, by every view.
func (o *owing) doneAt() bounds {
	done := bounds{moment.Future, moment.Past}
	points := o.points()
	for _, v := range o.views() {
		first := never
		for _, at := range points {
			switch o.enough(o.by(v, at), 1) {
			case truth.Yes:
				first = bounds{min(first.possible, at), at}
			case truth.Maybe:
				first.possible = min(first.possible, at)
				continue
			default:
				continue
			}
			break
		}
		done = bounds{min(done.possible, first.possible), max(done.certain, first.certain)}
	}
	return done
}

// points are the edges of the times of its events, sorted.
func (o *owing) points() []moment.Instant {
	var list []moment.Instant
	for _, e := range o.events {
		for _, d := range e.deeds {
			list = append(list, d.when.possible, d.when.certain)
		}
	}
	if o.since != never {
		list = append(list, o.since.possible, o.since.certain)
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(at moment.Instant) bool { return !at.Finite() })
}

// agreed makes one answer of the states that each view allows: theirs where they are
// the same, disputed where two views exclude each other, else all of them.
func agreed(views [][]DutyState) (DutyState, []DutyState) {
	var all []DutyState
	for _, list := range views {
		for _, s := range list {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(x, y DutyState) int { return slices.Index(DutyStates, x) - slices.Index(DutyStates, y) })
	for i, x := range views {
		for _, y := range views[:i] {
			if !slices.ContainsFunc(x, func(s DutyState) bool { return slices.Contains(y, s) }) {
				return DutyDisputed, all
			}
		}
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return DutyUndetermined, all
}

// waived tells whether those to whom it is owed waived it by the question's moment;
// where the words name nobody, whether somebody else than the bound did.
func (o *owing) waived() (truth.Value, []record.Ref) {
	b := o.life.b
	at := b.Question.At
	var refs []record.Ref
	by := map[string]truth.Value{}
	for _, a := range b.acts(o.life.id, record.ActConditionWaived) {
		if a.Clause != o.label && !slices.Contains(a.Clauses, o.label) && a.Condition != o.label || a.Party == o.party ||
			len(o.to) > 0 && !slices.Contains(o.to, a.Party) {
			continue
		}
		refs = append(refs, a.ref)
		one := bounds{a.when.Earliest(), a.when.Latest()}.reachedAt(at)
		if old, before := by[a.Party]; before {
			one = truth.Or(old, one)
		}
		by[a.Party] = one
	}
	if len(by) == 0 {
		return truth.No, nil
	}
	v := truth.No
	if len(o.to) == 0 {
		for _, one := range by {
			v = truth.Or(v, one)
		}
		return v, refs
	}
	v = truth.Yes
	for _, p := range o.to {
		one, said := by[p]
		if !said {
			one = truth.No
		}
		v = truth.And(v, one)
	}
	if v == truth.No {
		refs = nil
	}
	return v, refs
}
