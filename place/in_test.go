package place

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/truceline/truceline/truth"
	"pgregory.net/rapid"
)

// square is the area of longitudes w to e and latitudes s to n, with an optional hole.
func square(t testing.TB, id string, w, s, e, n float64, hole ...float64) *Area {
	t.Helper()
	ring := func(w, s, e, n float64) string {
		return fmt.Sprintf("[[%v,%v],[%v,%v],[%v,%v],[%v,%v],[%v,%v]]", w, s, e, s, e, n, w, n, w, s)
	}
	rings := ring(w, s, e, n)
	if len(hole) == 4 {
		rings += "," + ring(hole[0], hole[1], hole[2], hole[3])
	}
	return parse(t, id, `{"type":"Polygon","coordinates":[`+rings+`]}`)
}

func parse(t testing.TB, id, text string) *Area {
	t.Helper()
	a, err := ParseArea(id, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func disc(t testing.TB, lon, lat, radius float64) Place {
	t.Helper()
	p, err := Disc(Point{lon, lat}, radius)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func sector(t testing.TB, lon, lat, bearing, nearest, farthest float64) Place {
	t.Helper()
	p, err := Sector(Point{lon, lat}, bearing, nearest, farthest)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPlaceInArea(t *testing.T) {
	// One degree of latitude is 111.2 km here, of longitude 71.7 km at 50°.
	north := square(t, "north", 10, 50, 12, 52)
	south := square(t, "south", 10, 48, 12, 50)
	ring := square(t, "ring", 10, 48, 12, 50, 10.5, 48.5, 11.5, 49.5)
	inner := square(t, "inner", 10.5, 48.5, 11.5, 49.5)
	twoParts := parse(t, "two", `{"type":"FeatureCollection","features":[
		{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[10,48],[12,48],[12,50],[10,50],[10,48]]]}},
		{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[10,50],[12,50],[12,52],[10,52],[10,50]]]}}]}`)
	for _, c := range []struct {
		name string
		p    Place
		a    *Area
		want truth.Value
	}{
		{"disc well inside", disc(t, 11, 51, 1000), north, truth.Yes},
		{"disc well outside", disc(t, 15, 51, 1000), north, truth.No},
		{"disc over the edge, centre inside", disc(t, 11, 50.01, 2000), north, truth.Maybe},
		{"disc over the edge, centre outside", disc(t, 11, 49.99, 2000), north, truth.Maybe},
		{"disc close to the edge", disc(t, 11, 50.01, 1000), north, truth.Yes},
		{"disc close to the edge outside", disc(t, 11, 49.99, 1000), north, truth.No},
		{"disc that holds the area", disc(t, 11, 51, 500_000), north, truth.Maybe},
		{"point on the edge", disc(t, 11, 50, 0), north, truth.Yes},
		{"point on a corner", disc(t, 10, 50, 0), north, truth.Yes},
		{"point beside the edge", disc(t, 11, math.Nextafter(50, 0), 0), north, truth.No},
		{"point on the edge of a hole", disc(t, 10.5, 49, 0), ring, truth.Yes},
		{"disc in a hole", disc(t, 11, 49, 10_000), ring, truth.No},
		{"disc around a hole", disc(t, 11, 49, 70_000), ring, truth.Maybe},
		{"disc across the border of joined parts", disc(t, 11, 50, 5000), twoParts, truth.Yes},
		{"unknown place", Unknown(), north, truth.Maybe},
		{"unknown area", disc(t, 11, 51, 1000), nil, truth.Maybe},
		{"sector inside", sector(t, 11, 51, 90, 1000, 10_000), north, truth.Yes},
		{"sector outside", sector(t, 11, 49, 180, 1000, 10_000), north, truth.No},
		{"sector over the edge", sector(t, 11, 49.95, 0, 0, 10_000), north, truth.Maybe},
		{"sector turned away from the edge", sector(t, 11, 49.95, 180, 0, 10_000), north, truth.No},
		{"sector beyond the edge", sector(t, 11, 49.95, 0, 7000, 20_000), north, truth.Yes},
		{"sector around a hole", sector(t, 11, 47, 0, 80_000, 400_000), ring, truth.Maybe},
		{"sector with a small area inside it", sector(t, 11, 47, 0, 0, 400_000), square(t, "dot", 11, 49, 11.01, 49.01), truth.Maybe},
		{"somewhere in the area itself", Within(north), north, truth.Yes},
		{"somewhere in a part", Within(square(t, "", 10.1, 50.1, 10.2, 50.2)), north, truth.Yes},
		{"somewhere in more", Within(twoParts), north, truth.Maybe},
		{"somewhere in a neighbour", Within(south), north, truth.No},
		{"somewhere in a hole", Within(inner), ring, truth.No},
		{"somewhere in one of two, one inside", Within(north, south), north, truth.Maybe},
		{"somewhere in one of two, both inside", Within(north, south), twoParts, truth.Yes},
		{"somewhere far away", Within(square(t, "", 100, 0, 101, 1)), north, truth.No},
	} {
		if got := c.p.In(c.a); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestPlaceInAnyOfSeveralAreas(t *testing.T) {
	north := square(t, "north", 10, 50, 12, 52)
	south := square(t, "south", 10, 48, 12, 50)
	far := square(t, "far", 100, 48, 102, 50)
	border := disc(t, 11, 50, 5000)
	for _, c := range []struct {
		name  string
		p     Place
		areas []*Area
		want  truth.Value
	}{
		{"disc across a shared border", border, []*Area{north, south}, truth.Yes},
		{"the same with one side only", border, []*Area{north, far}, truth.Maybe},
		{"the corner of both", disc(t, 10, 50, 5000), []*Area{north, south}, truth.Maybe},
		{"in neither", disc(t, 50, 50, 5000), []*Area{north, south}, truth.No},
		{"no area", border, nil, truth.No},
		{"one that is not drawn", disc(t, 50, 50, 5000), []*Area{north, nil}, truth.Maybe},
		{"one that is not drawn, in the other", disc(t, 11, 51, 5000), []*Area{nil, north}, truth.Yes},
		{"sector across a shared border", sector(t, 11, 49.95, 0, 0, 10_000), []*Area{north, south}, truth.Yes},
		{"somewhere in either", Within(north, south), []*Area{north, south}, truth.Yes},
		{"unknown", Unknown(), []*Area{north, south}, truth.Maybe},
	} {
		if got := c.p.InAny(c.areas...); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Where an area is cut at the antimeridian the answer may be Maybe, but never wrong.
func TestDiscsAtTheAntimeridian(t *testing.T) {
	a := parse(t, "islands", `{"type":"MultiPolygon","coordinates":[
		[[[170,0],[180,0],[180,10],[170,10],[170,0]]],[[[-180,0],[-170,0],[-170,10],[-180,10],[-180,0]]]]}`)
	for _, c := range []struct {
		p    Place
		want truth.Value
	}{
		{disc(t, 180, 5, 0), truth.Yes},
		{disc(t, -180, 5, 0), truth.Yes},
		{disc(t, 179.9, 5, 50_000), truth.Maybe},
		{disc(t, 179, 5, 50_000), truth.Yes},
		{disc(t, 169.9, 5, 5_000), truth.No},
	} {
		if got := c.p.In(a); got != c.want {
			t.Errorf("%v in %s: %v, want %v", c.p.at, a.ID, got, c.want)
		}
	}
	west := square(t, "west", -180, 0, -170, 10)
	if got := disc(t, 179.99, 5, 50_000).In(west); got != truth.Maybe {
		t.Errorf("a disc that reaches across is %v in what lies beyond, want maybe", got)
	}
	if got := disc(t, 179, 5, 50_000).In(west); got != truth.No {
		t.Errorf("a disc that does not reach across is %v in what lies beyond, want no", got)
	}
}

func TestMarginGivesTheFiguresOfAMaybe(t *testing.T) {
	a := square(t, "a", 10, 50, 12, 52)
	m, ok := disc(t, 11, 49.9775, 4000).Margin(a)
	if !ok || m.Known != 4000 || m.Inside || math.Abs(m.Edge-2502.6) > 1 || math.Abs(m.At.Lat-50) > 1e-9 || math.Abs(m.At.Lon-11) > 1e-4 {
		t.Errorf("Margin = %+v, %v", m, ok)
	}
	m, ok = sector(t, 11, 49.95, 0, 0, 10_000).Margin(a)
	if !ok || !(m.Known >= 5000 && m.Known < 5600) || math.Abs(m.Edge-562) > 3 || m.Inside {
		t.Errorf("of a sector: %+v, %v", m, ok)
	}
	for _, p := range []Place{Unknown(), Within(a)} {
		if _, ok := p.Margin(a); ok {
			t.Errorf("a place that is %q has a margin", p.Sort())
		}
	}
	if _, ok := disc(t, 1, 1, 1).Margin(nil); ok {
		t.Error("there is a margin to no area")
	}
}

// star draws an area with a jagged outline around a centre.
func star(t *rapid.T, label string, lon, lat float64) *Area {
	n := rapid.IntRange(3, 40).Draw(t, label+" corners")
	var ring [][2]float64
	for i := range n {
		r := rapid.Float64Range(0.05, 0.5).Draw(t, label+" reach")
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		ring = append(ring, [2]float64{lon + r*c*1.5, lat + r*s})
	}
	ring = append(ring, ring[0])
	data, err := json.Marshal(map[string]any{"type": "Polygon", "coordinates": [][][2]float64{ring}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := ParseArea(label, data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// near draws a point around 30 50, where the stars of the tests are.
func near(t *rapid.T) Point {
	return Point{rapid.Float64Range(28.5, 31.5).Draw(t, "lon"), rapid.Float64Range(49, 51).Draw(t, "lat")}
}

func TestSmallerDiscIsNoLessIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, q := star(t, "a", 30, 50), near(t)
		r := rapid.Float64Range(0, 80_000).Draw(t, "radius")
		less := rapid.Float64Range(0, r).Draw(t, "less")
		big, _ := Disc(q, r)
		small, _ := Disc(q, less)
		if v := big.In(a); v != truth.Maybe && small.In(a) != v {
			t.Fatalf("the disc of %v m is %v in, that of %v m %v", r, v, less, small.In(a))
		}
	})
}

// The answer agrees with points of the disc: all, none or some of them are in.
func TestDiscAgreesWithItsPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, q := star(t, "a", 30, 50), near(t)
		r := rapid.Float64Range(1, 40_000).Draw(t, "radius")
		p, _ := Disc(q, r)
		v := p.In(a)
		for i := range 32 {
			b := direct(q, float64(i)*11.25, r*(1-1e-9)*float64(1+i%4)/4)
			if in := a.Contains(b); v == truth.Yes && !in || v == truth.No && in {
				t.Fatalf("the disc is %v in, its point %v says %v", v, b, in)
			}
		}
		m, _ := p.Margin(a)
		if v == truth.Maybe && m.Edge > r+1e-6 || v != truth.Maybe && m.Edge < r-1e-6 {
			t.Fatalf("the disc of %v m is %v in with the edge %v m away", r, v, m.Edge)
		}
	})
}

func TestSectorAgreesWithItsPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, q := star(t, "a", 30, 50), near(t)
		bearing := rapid.Float64Range(0, 360).Draw(t, "bearing")
		far := rapid.Float64Range(10, 60_000).Draw(t, "farthest")
		nearest := rapid.Float64Range(0, far).Draw(t, "nearest")
		p, _ := Sector(q, bearing, nearest, far)
		v := p.In(a)
		if v == truth.Maybe {
			return
		}
		for i := range 5 {
			for k := range 5 {
				b := direct(q, bearing+SectorHalfWidth*(float64(i)/2-1)*0.999, nearest+(far-nearest)*float64(k)/4)
				if _, edge := a.NearestEdge(b); a.Contains(b) != (v == truth.Yes) && edge > 1 {
					t.Fatalf("the sector is %v in, its point %v not, by %v m", v, b, edge)
				}
			}
		}
	})
}

func TestUnionHoldsWhatItsPartsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, q := star(t, "a", 30, 50), star(t, "b", 30.4, 50.2), near(t)
		p, _ := Disc(q, rapid.Float64Range(0, 20_000).Draw(t, "radius"))
		va, vb, v := p.In(a), p.In(b), p.InAny(a, b)
		if (va == truth.Yes || vb == truth.Yes) && v != truth.Yes {
			t.Fatalf("%v in one, %v in the other, %v in either", va, vb, v)
		}
		if (v == truth.No) != (va == truth.No && vb == truth.No) {
			t.Fatalf("%v in one, %v in the other, %v in either", va, vb, v)
		}
		u, err := Unite("u", a, b)
		if err != nil {
			t.Fatal(err)
		}
		if most := a.Size() + b.Size(); u.Size() > most*(1+1e-9) || u.Size() < max(a.Size(), b.Size())*(1-1e-9) {
			t.Fatalf("union %v m² of %v and %v", u.Size(), a.Size(), b.Size())
		}
		both, err := a.Overlap(b)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := u.Size(), a.Size()+b.Size()*(1-both); math.Abs(got-want) > 1e-6*want {
			t.Fatalf("union %v m², parts less the overlap %v", got, want)
		}
		if u.Covers(a) != truth.Yes || Within(a, b).In(u) != truth.Yes {
			t.Fatal("the union does not cover its parts")
		}
	})
}

// What is in an area with a hole, and what is in the hole, make up what is in the area without it.
func TestHolesAreTheComplement(t *testing.T) {
	full := square(t, "full", 29, 49, 31, 51)
	pierced := square(t, "pierced", 29, 49, 31, 51, 29.5, 49.5, 30.5, 50.5)
	hole := square(t, "hole", 29.5, 49.5, 30.5, 50.5)
	if got := pierced.Size() + hole.Size(); math.Abs(got-full.Size()) > 1e-9*got {
		t.Errorf("pierced and hole have %v m², the whole %v", got, full.Size())
	}
	rapid.Check(t, func(t *rapid.T) {
		p, _ := Disc(near(t), rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(1e-3, 60_000)).Draw(t, "radius"))
		f, h, w := p.In(full), p.In(hole), p.In(pierced)
		switch {
		case h == truth.Yes && p.far > 0 && w == truth.Yes, h == truth.Yes && f != truth.Yes, w == truth.Yes && f != truth.Yes,
			h == truth.No && w != f, p.InAny(pierced, hole) != f:
			t.Fatalf("whole %v, hole %v, pierced %v, either %v", f, h, w, p.InAny(pierced, hole))
		}
	})
}

// NearestEdge is held to a fine search along the outline.
func TestNearestEdgeIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, q := star(t, "a", 30, 50), near(t)
		at, got := a.NearestEdge(q)
		if d := Distance(q, at); math.Abs(d-got) > 1e-6 {
			t.Fatalf("the nearest point is %v m away, said to be %v", d, got)
		}
		best := math.Inf(1)
		for i := range a.chain {
			for k := range 21 {
				best = min(best, Distance(q, a.chain[i].at(float64(k)/20)))
			}
		}
		if got > best+1e-6 {
			t.Fatalf("nearest is %v m, but a point is %v m away", got, best)
		}
		v := q.vec()
		for i := range a.chain {
			least, most := a.chain[i].bracket(v)
			if _, s := a.chain[i].nearest(q); s < least || s > most {
				t.Fatalf("piece %v: %v m is outside its bracket %v to %v", a.chain[i].edge, s, least, most)
			}
		}
	})
}

func TestIndexFindsEveryArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, q := star(t, "a", 30, 50), star(t, "b", 31, 50.5), near(t)
		x := NewIndex(a, nil, b)
		p, _ := Disc(q, rapid.Float64Range(0, 90_000).Draw(t, "radius"))
		found := map[*Area]bool{}
		for _, c := range x.Candidates(nil, p) {
			found[c] = true
		}
		for _, c := range []*Area{a, b} {
			if !found[c] && p.In(c) != truth.No {
				t.Fatalf("%s is not found, though the disc is %v in it", c.ID, p.In(c))
			}
		}
		if len(x.Candidates(nil, Unknown())) != 2 {
			t.Fatal("an unknown place may be anywhere")
		}
	})
}
