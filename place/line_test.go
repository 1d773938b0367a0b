package place

import (
	"math"
	"testing"

	"github.com/truceline/truceline/truth"
)

func TestPlaceNearLine(t *testing.T) {
	l, err := ParseLine("line", []byte(`{"type":"MultiLineString","coordinates":[[[10,50],[12,50]],[[14,50],[14,52],[14,52]]]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		p      Place
		metres float64
		want   truth.Value
	}{
		{"well within", disc(t, 11, 50.01, 500), 5000, truth.Yes},
		{"well beyond", disc(t, 11, 50.2, 500), 5000, truth.No},
		{"partly", disc(t, 11, 50.045, 500), 5000, truth.Maybe},
		{"on the line", disc(t, 11, 50, 0), 0, truth.Yes},
		{"by the second part", disc(t, 14.01, 51, 100), 1000, truth.Yes},
		{"beyond an end", disc(t, 9.9, 50, 100), 7000, truth.No},
		{"sector towards it", sector(t, 11, 49.9, 0, 0, 3000), 20_000, truth.Yes},
		{"sector away from it", sector(t, 11, 49.9, 180, 0, 3000), 5_000, truth.No},
		{"somewhere far away", Within(square(t, "", 20, 40, 21, 41)), 100_000, truth.No},
		{"somewhere around it", Within(square(t, "", 9, 49, 13, 51)), 10_000, truth.Maybe},
		{"unknown", Unknown(), 1e9, truth.Maybe},
		{"no number", disc(t, 11, 50, 0), math.NaN(), truth.Maybe},
	} {
		if got := c.p.Near(l, c.metres); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := disc(t, 11, 50, 0).Near(nil, 1); got != truth.Maybe {
		t.Errorf("near no line: %v", got)
	}
}

func TestDistanceToLineFollowsTheParallel(t *testing.T) {
	l, err := ParseLine("line", []byte(`{"type":"LineString","coordinates":[[10,50],[15,50]]}`))
	if err != nil {
		t.Fatal(err)
	}
	// The great circle between the ends bulges north by some 3 km; the line does not.
	at, s := l.Nearest(Point{12.5, 50.02})
	if math.Abs(s-Distance(Point{12.5, 50}, Point{12.5, 50.02})) > 0.01 || at.Lat != 50 {
		t.Errorf("nearest is %v at %v m", at, s)
	}
	if d := l.DistanceTo(at); d > 1e-6 {
		t.Errorf("the nearest point is %v m off the line", d)
	}
}

func TestLineEntersArea(t *testing.T) {
	l, err := ParseLine("line", []byte(`{"type":"LineString","coordinates":[[10,50],[12,50]]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		a    *Area
		want bool
	}{
		{"across it", square(t, "", 10.5, 49.5, 11.5, 50.5), true},
		{"away from it", square(t, "", 20, 40, 21, 41), false},
		{"along its edge", square(t, "", 9, 49, 13, 50), false},
	} {
		if got := l.Enters(c.a, 1); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
