package place

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// geodesicCase is one line of the reference sets.
type geodesicCase struct {
	name       string
	a, b       Point
	out, in, s float64
}

// number reads a float of a reference file.
func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func rows(t testing.TB, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func geodesicCases(t testing.TB) []geodesicCase {
	t.Helper()
	var all []geodesicCase
	for _, r := range rows(t, "testdata/geodesic/geodsolve_pairs_ukraine.csv") {
		n := func(i int) float64 { return number(t, r[i]) }
		all = append(all, geodesicCase{r[0], Point{n(2), n(1)}, Point{n(4), n(3)}, n(6), n(7), n(5)})
	}
	for _, r := range rows(t, "testdata/geodesic/geographiclib_testcases.csv") {
		n := func(i int) float64 { return number(t, r[i]) }
		all = append(all, geodesicCase{"testcase", Point{n(1), n(0)}, Point{n(4), n(3)}, n(2), n(5), n(6)})
	}
	data, err := os.ReadFile("testdata/geodesic/GeodTest-100.dat")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		r := strings.Fields(line)
		n := func(i int) float64 { return number(t, r[i]) }
		all = append(all, geodesicCase{"geodtest", Point{n(1), n(0)}, Point{n(4), n(3)}, n(2), n(5), n(6)})
	}
	return all
}

// micro is the accuracy to which lengths are held, in metres. The references are rounded to 0.1 µm
// and the coordinates of the longest to about as much.
const micro = 1e-6

func TestDistanceAgreesWithReferences(t *testing.T) {
	cases := geodesicCases(t)
	if len(cases) != 720 {
		t.Fatalf("%d reference geodesics, want 720", len(cases))
	}
	worst := 0.0
	for _, c := range cases {
		s := Distance(c.a, c.b)
		miss := math.Abs(s - c.s)
		worst = max(worst, miss)
		if !(miss <= micro) {
			t.Errorf("%s: Distance(%v, %v) = %.7f, want %.7f (off %.3g m)", c.name, c.a, c.b, s, c.s, miss)
		}
	}
	t.Logf("worst miss %.3g m", worst)
}

// angleMiss is the difference of two directions in degrees, 0 to 180.
func angleMiss(a, b float64) float64 { return math.Abs(math.Remainder(a-b, 360)) }

func TestBearingAgreesWithReferences(t *testing.T) {
	for _, c := range geodesicCases(t) {
		// Directions are ill determined by close points and by nearly antipodal ones.
		if c.s < 100 || c.s > 19_900_000 {
			continue
		}
		if got := Bearing(c.a, c.b); angleMiss(got, c.out) > 1e-7+1e-5/c.s/degree {
			t.Errorf("%s: Bearing(%v, %v) = %.9f, want %.9f", c.name, c.a, c.b, got, c.out)
		}
		if got := math.Mod(Bearing(c.b, c.a)+180, 360); angleMiss(got, c.in) > 1e-7+1e-5/c.s/degree {
			t.Errorf("%s: bearing at the end of (%v, %v) = %.9f, want %.9f", c.name, c.a, c.b, got, c.in)
		}
	}
}

func TestDirectAgreesWithReferences(t *testing.T) {
	for _, c := range geodesicCases(t) {
		if c.name == "equal" {
			continue
		}
		got := direct(c.a, c.out, c.s)
		// The azimuths of the references carry 12 decimals: 0.2 µm at half way around.
		if miss := Distance(got, c.b); !(miss <= 2*micro) {
			t.Errorf("%s: direct(%v, %v, %v) misses %v by %.3g m", c.name, c.a, c.out, c.s, c.b, miss)
		}
	}
}

// anyPoint draws points of the whole ellipsoid, with poles, meridians and the equator likely.
func anyPoint(t *rapid.T, label string) Point {
	lon := rapid.OneOf(rapid.Float64Range(-180, 180), rapid.SampledFrom([]float64{-180, -90, 0, 90, 180})).Draw(t, label+" lon")
	lat := rapid.OneOf(rapid.Float64Range(-90, 90), rapid.SampledFrom([]float64{-90, -30, 0, 30, 90})).Draw(t, label+" lat")
	return Point{lon, lat}
}

func TestDistanceIsAMetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyPoint(t, "a"), anyPoint(t, "b"), anyPoint(t, "c")
		ab, ba := Distance(a, b), Distance(b, a)
		if !(math.Abs(ab-ba) <= 1e-8) {
			t.Fatalf("Distance(%v, %v) = %v but back %v", a, b, ab, ba)
		}
		if d := Distance(a, a); d != 0 {
			t.Fatalf("Distance(%v, itself) = %v", a, d)
		}
		if ab < 0 || ab > math.Pi*equatorial {
			t.Fatalf("Distance(%v, %v) = %v is out of range", a, b, ab)
		}
		if over := ab - Distance(a, c) - Distance(c, b); over > 1e-7 {
			t.Fatalf("by way of %v it is %v m shorter from %v to %v", c, over, a, b)
		}
	})
}

func TestDirectUndoesInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-89, 89).Draw(t, "lat")}
		bearing := rapid.Float64Range(0, 360).Draw(t, "bearing")
		metres := rapid.Float64Range(0, MaxReach).Draw(t, "metres")
		if got := Distance(a, direct(a, bearing, metres)); math.Abs(got-metres) > 1e-7 {
			t.Fatalf("went %v m from %v at %v°, distance back %v", metres, a, bearing, got)
		}
	})
}

func TestNearlyAntipodalPointsConverge(t *testing.T) {
	for _, lat := range []float64{0, 1e-15, 1e-9, 1e-3, 0.2, 10, 30, 60, 89.9} {
		for _, dLat := range []float64{0, 1e-14, 1e-9, 1e-4, 0.1, 0.3, 0.7} {
			for _, dLon := range []float64{0, 1e-14, 1e-9, 1e-4, 0.1, 0.5, 0.603, 0.604, 0.7} {
				a, b := Point{0, -lat}, Point{180 - dLon, lat + dLat}
				if b.Lat > 90 {
					continue
				}
				s, out, _ := inverse(a, b)
				bearing := math.Atan2(out.s, out.c) / degree
				if miss := Distance(direct(a, bearing, s), b); !(miss <= micro) {
					t.Errorf("from %v to %v: going %.6f m at %.9f° misses by %.3g m", a, b, s, bearing, miss)
				}
			}
		}
	}
}

func BenchmarkDistance(b *testing.B) {
	p, q := Point{37.8029, 48.0159}, Point{37.9, 48.1}
	b.ReportAllocs()
	for b.Loop() {
		Distance(p, q)
	}
}
