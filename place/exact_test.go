package place

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

var nan, inf = math.NaN(), math.Inf(1)

// turn is held to rationals where rounding would decide otherwise.
func TestTurnIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Point{rapid.Float64Range(-180, 180).Draw(t, "a"), rapid.Float64Range(-90, 90).Draw(t, "a")}
		b := Point{rapid.Float64Range(-180, 180).Draw(t, "b"), rapid.Float64Range(-90, 90).Draw(t, "b")}
		at := rapid.Float64Range(0, 1).Draw(t, "at")
		p := Point{a.Lon + at*(b.Lon-a.Lon), a.Lat + at*(b.Lat-a.Lat)} // on the line, but for rounding
		if got, want := turn(a, b, p), turnRational(a, b, p); got != want {
			t.Fatalf("turn(%v, %v, %v) = %d, want %d", a, b, p, got, want)
		}
		if turn(a, b, p) != -turn(b, a, p) {
			t.Fatalf("turn(%v, %v, %v) depends on the direction", a, b, p)
		}
	})
}

func TestTurnOfTinyNumbers(t *testing.T) {
	tiny := math.SmallestNonzeroFloat64
	if got := turn(Point{0, 0}, Point{tiny, tiny}, Point{0, tiny}); got != 1 {
		t.Errorf("turn of the tiniest triangle = %d, want 1", got)
	}
	if got := turn(Point{0, 0}, Point{tiny, tiny}, Point{2 * tiny, 2 * tiny}); got != 0 {
		t.Errorf("turn of tiny points in line = %d, want 0", got)
	}
}

func TestEdgesMeet(t *testing.T) {
	e := edge{Point{0, 0}, Point{4, 4}}
	for _, c := range []struct {
		f    edge
		want meeting
	}{
		{edge{Point{0, 4}, Point{4, 0}}, cross},
		{edge{Point{4, 4}, Point{8, 0}}, touch},
		{edge{Point{2, 2}, Point{8, 0}}, touch},
		{edge{Point{0, 4}, Point{2, 2}}, touch},
		{edge{Point{2, 2}, Point{8, 8}}, overlap},
		{edge{Point{1, 1}, Point{2, 2}}, overlap},
		{edge{Point{4, 4}, Point{0, 0}}, overlap},
		{edge{Point{5, 5}, Point{6, 6}}, apart},
		{edge{Point{4, 4}, Point{6, 6}}, touch},
		{edge{Point{1, 0}, Point{5, 4}}, apart},
		{edge{Point{3, 0}, Point{4, 3}}, apart},
	} {
		if got, _ := e.meet(c.f); got != c.want {
			t.Errorf("%v meets %v: %v, want %v", e, c.f, got, c.want)
		}
		if got, _ := c.f.meet(e); got != c.want {
			t.Errorf("%v meets %v: %v, want %v", c.f, e, got, c.want)
		}
	}
}
