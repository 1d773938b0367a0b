package moment

import "github.com/truceline/truceline/truth"

// Window is a stretch of time, or several, with imprecise edges. Certain holds the instants that
// surely lie in it, Possible those that may; Certain must lie within Possible.
type Window struct{ Certain, Possible Set }

// Exactly is the window that is s, with sharp edges.
func Exactly(s Set) Window { return Window{Certain: s, Possible: s} }

// Unite joins windows into one. Windows must be united before an imprecise time is tested against
// them, so that a time that spreads over two adjoining windows is within: tested one by one, each
// would answer maybe. Unite() is the empty window, in which nothing lies.
func Unite(windows ...Window) Window {
	var certain, possible []Span
	for _, w := range windows {
		certain = append(certain, w.Certain...)
		possible = append(possible, w.Possible...)
	}
	return Window{Certain: NewSet(certain...), Possible: NewSet(possible...)}
}

// Within tells whether t lies in w: yes if every instant that t may be lies in w for certain, no
// if none of them possibly does, maybe otherwise. An absent t is maybe, whatever w is: nothing is
// known of it. A t that no instant can be (see [Time.Impossible]) is no.
func Within(t Time, w Window) truth.Value {
	switch {
	case t.IsZero():
		return truth.Maybe
	case !t.set.Overlaps(w.Possible):
		return truth.No
	case w.Certain.Covers(t.set):
		return truth.Yes
	}
	return truth.Maybe
}

// Before tells whether a was earlier than b: yes if every instant of a is before every one of b, no
// if none of a is before any of b, maybe otherwise and where a or b is absent. A time that no
// instant can be is before nothing, and nothing is before it.
func Before(a, b Time) truth.Value {
	switch {
	case a.IsZero() || b.IsZero():
		return truth.Maybe
	case a.Impossible() || b.Impossible():
		return truth.No
	case a.Latest() < b.Earliest():
		return truth.Yes
	case a.Earliest() >= b.Latest():
		return truth.No
	}
	return truth.Maybe
}
