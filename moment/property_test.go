package moment

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/truth"
)

// The properties are tried on few instants, so that spans often meet, and on both open ends.
var instants = rapid.Custom(func(t *rapid.T) Instant {
	switch n := rapid.Int64Range(-1, 21).Draw(t, "instant"); n {
	case -1:
		return Past
	case 21:
		return Future
	default:
		return Instant(n)
	}
})

var sets = rapid.Custom(func(t *rapid.T) Set {
	var spans []Span
	for range rapid.IntRange(0, 4).Draw(t, "spans") {
		spans = append(spans, Span{instants.Draw(t, "from"), instants.Draw(t, "until")})
	}
	return NewSet(spans...)
})

// probes are enough instants to tell apart all sets above.
func probes() []Instant {
	all := []Instant{-1000, 1000}
	for i := Instant(-2); i <= 23; i++ {
		all = append(all, i)
	}
	return all
}

func wellFormed(s Set) bool {
	for k, p := range s {
		if p.Empty() || k > 0 && s[k-1].Until >= p.From {
			return false
		}
	}
	return true
}

func TestSetAlgebra(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := sets.Draw(t, "a"), sets.Draw(t, "b")
		union, both, rest, minus := a.Union(b), a.Intersect(b), a.Complement(), a.Minus(b)
		covers, overlaps := true, false
		for _, i := range probes() {
			in, bin := a.Contains(i), b.Contains(i)
			if union.Contains(i) != (in || bin) || both.Contains(i) != (in && bin) ||
				rest.Contains(i) == in || minus.Contains(i) != (in && !bin) {
				t.Fatalf("at %v: %v, %v: union %v, both %v, complement %v, minus %v", i, a, b, union, both, rest, minus)
			}
			covers = covers && (in || !bin)
			overlaps = overlaps || in && bin
			if in && !a.Hull().Contains(i) {
				t.Fatalf("hull %v of %v lacks %v", a.Hull(), a, i)
			}
		}
		if a.Covers(b) != covers || a.Overlaps(b) != overlaps || b.Overlaps(a) != overlaps {
			t.Fatalf("%v covers %v: %v, overlaps %v", a, b, a.Covers(b), a.Overlaps(b))
		}
		for _, s := range []Set{a, union, both, rest, minus} {
			if !wellFormed(s) {
				t.Fatalf("%v is not in canonical form", s)
			}
		}
		if !rest.Complement().Equal(a) {
			t.Fatalf("the complement of %v is %v", rest, rest.Complement())
		}
	})
}

var courses = rapid.Custom(func(t *rapid.T) Course {
	switch rapid.IntRange(0, 3).Draw(t, "course") {
	case 0:
		return Constant(truth.Value(rapid.Int8Range(-1, 1).Draw(t, "value")))
	case 1:
		return Since(Of(sets.Draw(t, "since"), "t", nil))
	case 2:
		return Until(Of(sets.Draw(t, "until"), "t", nil))
	}
	return Inside(windows.Draw(t, "window"))
})

var windows = rapid.Custom(func(t *rapid.T) Window {
	possible := sets.Draw(t, "possible")
	return Window{Certain: possible.Intersect(sets.Draw(t, "certain")), Possible: possible}
})

func TestCoursesAreJoinedPointByPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(courses, 0, 4).Draw(t, "courses")
		all, anyOf := AllOf(list...), AnyOf(list...)
		var opposite []Course
		for _, c := range list {
			opposite = append(opposite, c.Not())
		}
		for _, i := range append(probes(), Past, Future) {
			var values []truth.Value
			for _, c := range list {
				values = append(values, c.At(i))
			}
			if all.At(i) != truth.And(values...) || anyOf.At(i) != truth.Or(values...) {
				t.Fatalf("at %v: %v: all %v, any %v", i, values, all.At(i), anyOf.At(i))
			}
		}
		if !all.Not().Equal(AnyOf(opposite...)) {
			t.Fatalf("De Morgan fails for %v", list)
		}
	})
}

func TestACourseAgreesWithItsOwnAccounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := courses.Draw(t, "course")
		if !Inside(c.Window()).Equal(c) {
			t.Fatalf("%v has the window %v", c, c.Window())
		}
		for _, s := range c.Steps() {
			if s.Span.Empty() || c.At(s.Span.From) != s.Value || c.During(s.Span) != s.Value {
				t.Fatalf("%v has the step %v", c, s)
			}
		}
		before := c.At(Past)
		for _, ch := range c.Changes() {
			if c.At(ch.At) != ch.Value || c.At(ch.At-1) != before || ch.Value == before || !ch.At.Finite() {
				t.Fatalf("%v has the change %v", c, ch)
			}
			before = ch.Value
		}
		possible, ever := c.FirstPossible()
		certain, surely := c.FirstCertain()
		for _, i := range append([]Instant{Past}, probes()...) {
			v := c.At(i)
			if v != truth.No && (!ever || i < possible) || v == truth.Yes && (!surely || i < certain) {
				t.Fatalf("%v at %v is %v, possible from %v, certain from %v", c, i, v, possible, certain)
			}
		}
		if ever && c.At(possible) == truth.No || surely && c.At(certain) != truth.Yes {
			t.Fatalf("%v: possible from %v, certain from %v", c, possible, certain)
		}
	})
}

// Within and Before answer for an imprecise time what they answer for every instant that it may be.
func TestImpreciseTimesAnswerForEveryInstant(t *testing.T) {
	agree := func(t *rapid.T, what string, got truth.Value, seen map[truth.Value]bool) {
		want := truth.Maybe
		if len(seen) == 1 {
			for want = range seen {
			}
		}
		if got != want {
			t.Fatalf("%s: %v, want %v", what, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		finite := Set{{0, 21}}
		sa, sb := sets.Draw(t, "a").Intersect(finite), sets.Draw(t, "b").Intersect(finite)
		w := windows.Draw(t, "window")
		if sa.Empty() || sb.Empty() {
			return
		}
		a, b := Of(sa, "a", nil), Of(sb, "b", nil)
		within, before := map[truth.Value]bool{}, map[truth.Value]bool{}
		for _, i := range probes() {
			if !sa.Contains(i) {
				continue
			}
			within[Within(At(i), w)] = true
			for _, j := range probes() {
				if sb.Contains(j) {
					before[Before(At(i), At(j))] = true
				}
			}
		}
		agree(t, "within", Within(a, w), within)
		agree(t, "before", Before(a, b), before)
	})
}

func TestEndsNeverGoBackWhenTheStartGoesForward(t *testing.T) {
	zones := []*Zone{UTC(), zone(t, "Europe/Kyiv"), zone(t, "America/St_Johns")}
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.SampledFrom(zones).Draw(t, "zone")
		a := Instant(rapid.Int64Range(0, 3e9).Draw(t, "start"))
		b := a.Add(rapid.Int64Range(0, 3e6).Draw(t, "later"))
		d := Duration{
			Months: rapid.IntRange(0, 3).Draw(t, "months"), Days: rapid.IntRange(0, 70).Draw(t, "days"),
			Weeks: rapid.IntRange(0, 2).Draw(t, "weeks"),
		}
		c := rapid.SampledFrom(Countings()).Draw(t, "counting")
		if d.IsZero() {
			d.Days = 1
		}
		first, err1 := End(At(a), d, c, z)
		second, err2 := End(At(b), d, c, z)
		whole, err3 := End(Of(Set{{a, b + 1}}, "start", z), d, c, z)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		if !first.Exact() || first.Earliest() <= a {
			t.Fatalf("%v %s from %v ends %v", d, c, a, first)
		}
		if second.Earliest() < first.Earliest() && (c != CountHours || d.Months == 0) {
			t.Fatalf("%v %s from %v ends %v, from %v ends %v", d, c, a, first, b, second)
		}
		between := a.Add(rapid.Int64Range(0, int64(b-a)).Draw(t, "between"))
		third, err := End(At(between), d, c, z)
		if err != nil || !whole.Set().Covers(third.Set()) {
			t.Fatalf("%v %s from %v to %v ends %v, but from %v %v (%v)", d, c, a, b, whole.Set(), between, third.Set(), err)
		}
	})
}

// A difference lies within the range of the imprecise times of which it is one.
func TestDifferencesLieWithinTheRange(t *testing.T) {
	kyiv := zone(t, "Europe/Kyiv")
	less := func(p, q Period) bool { return p.Months < q.Months || p.Months == q.Months && p.Days < q.Days }
	rapid.Check(t, func(t *rapid.T) {
		span := func(name string) Span {
			from := Instant(rapid.Int64Range(1.6e9, 1.7e9).Draw(t, name))
			return Span{from, from.Add(1 + rapid.Int64Range(0, 1e7).Draw(t, name+" length"))}
		}
		inside := func(s Span, name string) Instant {
			return s.From.Add(rapid.Int64Range(0, int64(s.Until-s.From)-1).Draw(t, name))
		}
		a, b := span("from"), span("to")
		r := Difference(Of(Set{a}, "a", nil), Of(Set{b}, "b", nil), kyiv)
		one := Difference(At(inside(a, "one from")), At(inside(b, "one to")), kyiv)
		if !one.Single() || one.Least != one.Most {
			t.Fatalf("two instants differ by %+v", one)
		}
		if less(one.Least, r.Least) || less(r.Most, one.Least) || one.LeastDays < r.LeastDays || one.MostDays > r.MostDays {
			t.Fatalf("%+v is not within %+v", one, r)
		}
	})
}
