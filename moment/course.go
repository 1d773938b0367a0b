package moment

import (
	"cmp"
	"slices"
	"sort"

	"github.com/truceline/truceline/truth"
)

// Course is a value of truth over all time: it holds one value from the open past on and changes it
// at finitely many instants. The zero Course is maybe at all times. A Course is never changed.
type Course struct {
	first   truth.Value
	changes []Change // sorted by At; each differs in value from the one before
}

// Change says that a course has the value from the instant At on, At included.
type Change struct {
	At    Instant
	Value truth.Value
}

// Step is one stretch in which a course keeps one value.
type Step struct {
	Span  Span
	Value truth.Value
}

// Constant is v at all times.
func Constant(v truth.Value) Course { return Course{first: v} }

// Since is the course of what begins at t: no before the earliest instant that t may be, maybe
// from there, yes from the latest on. It is maybe at all times if t is absent, and no at all times
// if no instant can be t.
func Since(t Time) Course {
	switch {
	case t.IsZero():
		return Constant(truth.Maybe)
	case t.Impossible():
		return Constant(truth.No)
	}
	return build(truth.No, []Change{{t.Earliest(), truth.Maybe}, {t.Latest(), truth.Yes}})
}

// Until is the course of what ends at t: yes before the earliest instant that t may be, maybe from
// there, no from the latest on. It is the opposite of [Since].
func Until(t Time) Course { return Since(t).Not() }

// Inside is the course of a window: yes in its certain part, maybe in the rest of its possible
// part, no elsewhere.
func Inside(w Window) Course {
	edges := make([]Instant, 0, 2*len(w.Certain)+2*len(w.Possible))
	for _, set := range [...]Set{w.Certain, w.Possible} {
		for _, p := range set {
			edges = append(edges, p.From, p.Until)
		}
	}
	value := func(i Instant) truth.Value {
		switch {
		case w.Certain.Contains(i):
			return truth.Yes
		case w.Possible.Contains(i):
			return truth.Maybe
		}
		return truth.No
	}
	return sample(edges, value)
}

// build makes a course in canonical form from changes sorted by time; of changes at one instant
// the last holds. A change at Past sets the first value; one at Future never comes.
func build(first truth.Value, changes []Change) Course {
	c := Course{first: first}
	for k, ch := range changes {
		if k+1 < len(changes) && changes[k+1].At == ch.At || ch.At == Future {
			continue
		}
		if ch.At == Past {
			c.first = ch.Value
			continue
		}
		before := c.first
		if n := len(c.changes); n > 0 {
			before = c.changes[n-1].Value
		}
		if ch.Value != before {
			c.changes = append(c.changes, ch)
		}
	}
	return c
}

// sample makes a course from a value that can change at the edges only.
func sample(edges []Instant, value func(Instant) truth.Value) Course {
	slices.Sort(edges)
	edges = slices.Compact(edges)
	changes := make([]Change, len(edges))
	for k, e := range edges {
		changes[k] = Change{e, value(e)}
	}
	return build(value(Past), changes)
}

// At gives the value at i. At(Past) is the value before the first change, At(Future) the one after
// the last.
func (c Course) At(i Instant) truth.Value {
	k := sort.Search(len(c.changes), func(k int) bool { return c.changes[k].At > i })
	if k == 0 {
		return c.first
	}
	return c.changes[k-1].Value
}

// Not is the opposite at every instant.
func (c Course) Not() Course {
	n := Course{first: c.first.Not(), changes: slices.Clone(c.changes)}
	for k := range n.changes {
		n.changes[k].Value = n.changes[k].Value.Not()
	}
	return n
}

// AllOf is, at every instant, Kleene's "and" of the courses. AllOf() is always yes.
func AllOf(courses ...Course) Course { return fold(truth.Yes, truth.And, courses) }

// AnyOf is, at every instant, Kleene's "or" of the courses. AnyOf() is always no.
func AnyOf(courses ...Course) Course { return fold(truth.No, truth.Or, courses) }

// fold joins courses pointwise, walking the changes of all of them once in order of time.
func fold(neutral truth.Value, join func(...truth.Value) truth.Value, courses []Course) Course {
	switch len(courses) {
	case 0:
		return Constant(neutral)
	case 1:
		return courses[0]
	}
	type turn struct {
		Change
		course int
	}
	var turns []turn
	now := make([]truth.Value, len(courses))
	for k, c := range courses {
		now[k] = c.first
		for _, ch := range c.changes {
			turns = append(turns, turn{ch, k})
		}
	}
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Compare(a.At, b.At) })
	first := join(now...)
	changes := make([]Change, len(turns))
	for k, t := range turns {
		now[t.course] = t.Value
		changes[k] = Change{t.At, join(now...)}
	}
	return build(first, changes)
}

// FirstPossible gives the first instant at which c is not no; Past if it has been so always. The
// second result is false if c is always no.
func (c Course) FirstPossible() (Instant, bool) { return c.reaches(truth.Maybe) }

// FirstCertain gives the first instant at which c is yes; Past if it has been so always. The
// second result is false if c is never yes.
func (c Course) FirstCertain() (Instant, bool) { return c.reaches(truth.Yes) }

// reaches gives the first instant at which c is least or more.
func (c Course) reaches(least truth.Value) (Instant, bool) {
	if c.first >= least {
		return Past, true
	}
	for _, ch := range c.changes {
		if ch.Value >= least {
			return ch.At, true
		}
	}
	return 0, false
}

// Changes lists the finite instants at which the value changes, in order, each with the new value.
// The value before the first is At(Past). The list is the caller's own.
func (c Course) Changes() []Change { return slices.Clone(c.changes) }

// Steps lists the stretches of one value each, in order; together they are all time.
func (c Course) Steps() []Step {
	steps := make([]Step, 0, len(c.changes)+1)
	step := Step{Always(), c.first}
	for _, ch := range c.changes {
		step.Span.Until = ch.At
		steps = append(steps, step)
		step = Step{Span{ch.At, Future}, ch.Value}
	}
	return append(steps, step)
}

// During tells whether c holds throughout s: yes if it is yes at every instant of s, no if it is no
// at every one, maybe otherwise. For the empty span it is maybe.
func (c Course) During(s Span) truth.Value {
	if s.Empty() {
		return truth.Maybe
	}
	v := c.At(s.From)
	k := sort.Search(len(c.changes), func(k int) bool { return c.changes[k].At > s.From })
	if k < len(c.changes) && c.changes[k].At < s.Until {
		return truth.Maybe
	}
	return v
}

// Window gives the instants at which c is yes as the certain part, and those at which it is not no
// as the possible part. [Within] of an imprecise time and this window is the value of c at that time.
func (c Course) Window() Window {
	var certain, possible []Span
	for _, s := range c.Steps() {
		if s.Value == truth.Yes {
			certain = append(certain, s.Span)
		}
		if s.Value != truth.No {
			possible = append(possible, s.Span)
		}
	}
	return Window{NewSet(certain...), NewSet(possible...)}
}

// Over is the value of c at an imprecise time: [Within] of t and the window of c.
func (c Course) Over(t Time) truth.Value { return Within(t, c.Window()) }

// Equal tells whether both have the same value at every instant.
func (c Course) Equal(d Course) bool {
	return c.first == d.first && slices.Equal(c.changes, d.changes)
}
