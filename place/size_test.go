package place

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"
)

// geodesicSize is the size within edges that are geodesics: each is cut into n pieces along the
// geodesic, and the error, which falls with the square of n, is taken out by comparison with n/2
// (Richardson).
func geodesicSize(points []Point, n int) float64 {
	cut := func(n int) float64 {
		flat := []float64{points[0].Lon, points[0].Lat}
		lon := points[0].Lon
		for i, p := range points {
			next := points[(i+1)%len(points)]
			if p == next {
				continue
			}
			length, bearing := Distance(p, next), Bearing(p, next)
			for k := 1; k <= n; k++ {
				q := next
				if k < n {
					q = direct(p, bearing, length*float64(k)/float64(n))
				}
				// Longitudes run on across the antimeridian.
				lon += math.Remainder(q.Lon-lon, 360)
				flat = append(flat, lon, q.Lat)
			}
		}
		return -ringSize(geom.NewSequence(flat, geom.DimXY))
	}
	fine, rough := cut(n), cut(n/2)
	return fine + (fine-rough)/3
}

func TestSizeAgreesWithPlanimeter(t *testing.T) {
	f, err := os.Open("testdata/geodesic/rings.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rings := 0
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var r struct {
			Name      string
			Perimeter float64      `json:"perimeter_m"`
			Area      float64      `json:"signed_area_m2"`
			Points    [][2]float64 `json:"points_lon_lat"`
		}
		if err := json.Unmarshal(scan.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		rings++
		var points []Point
		perimeter := 0.0
		for i, p := range r.Points {
			points = append(points, Point{p[0], p[1]})
			if i > 0 {
				perimeter += Distance(points[i-1], points[i])
			}
		}
		if math.Abs(perimeter-r.Perimeter) > 2e-3 { // rounded to a millimetre
			t.Errorf("%s: perimeter %.4f, want %.3f", r.Name, perimeter, r.Perimeter)
		}
		got := geodesicSize(points[:len(points)-1], 8)
		if rel := math.Abs(got-r.Area) / math.Abs(r.Area); rel > 1e-9 {
			t.Errorf("%s: size %.1f, want %.1f (relative %.2g)", r.Name, got, r.Area, rel)
		}
	}
	if rings < 5 {
		t.Errorf("only %d rings", rings)
	}
}

// The polygons of GeographicLib that do not go around a pole. Those with edges of many degrees need
// many pieces.
func TestSizeAgreesWithGeographicLib(t *testing.T) {
	f, err := os.Open("testdata/geodesic/geographiclib_polygons.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tried := 0
	scan := bufio.NewScanner(f)
	for scan.Scan() {
		var r struct {
			Name      string
			Points    [][2]float64 `json:"points_lat_lon"`
			Area      *float64     `json:"area_m2"`
			Tolerance float64      `json:"area_tolerance_m2"`
		}
		if err := json.Unmarshal(scan.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		var points []Point
		turns, high := 0.0, 0.0
		for i, p := range r.Points {
			points = append(points, Point{p[1], p[0]})
			next := r.Points[(i+1)%len(r.Points)]
			turns += math.Remainder(next[1]-p[1], 360)
			high = max(high, math.Abs(p[0]))
		}
		if len(points) < 3 || r.Area == nil || math.Abs(turns) > 1 || high == 90 {
			continue // around a pole, or none at all
		}
		tried++
		if got := geodesicSize(points, 256); math.Abs(got-*r.Area) > max(r.Tolerance, 1e-9*math.Abs(*r.Area)) {
			t.Errorf("%s: size %.2f, want %.2f", r.Name, got, *r.Area)
		}
	}
	if tried < 2 {
		t.Errorf("only %d polygons", tried)
	}
}

// A rectangle of longitude and latitude has a size in closed form, that of its strip; and it is the
// sum of its parts.
func TestSizeOfRectangleIsThatOfItsParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.Float64Range(-179, 170).Draw(t, "west")
		e := rapid.Float64Range(w+1e-6, math.Min(w+179, 180)).Draw(t, "east")
		s := rapid.Float64Range(-89, 88).Draw(t, "south")
		n := rapid.Float64Range(s+1e-6, 89.5).Draw(t, "north")
		at := rapid.Float64Range(0, 1).Draw(t, "cut")
		m := s + (n-s)*at
		size := func(s, n float64) float64 {
			return ringSize(geom.NewSequence([]float64{w, s, w, n, e, n, e, s, w, s}, geom.DimXY))
		}
		whole, parts := size(s, n), size(s, m)+size(m, n)
		if math.Abs(whole-parts) > 1e-9*whole+1e-4 {
			t.Fatalf("whole %v, parts %v", whole, parts)
		}
		if closed := (e - w) * degree * strip(s, n); math.Abs(whole-closed) > 1e-9*whole+1e-4 {
			t.Fatalf("size %v, in closed form %v", whole, closed)
		}
	})
}

// The whole ellipsoid has 510,065,621,724,088 m² (NIMA TR8350.2: 5.10065621724E14).
func TestStripOfTheWholeEllipsoid(t *testing.T) {
	if got := 2 * math.Pi * strip(-90, 90); math.Abs(got-510065621724088.44) > 1e3 {
		t.Errorf("the ellipsoid has %.0f m²", got)
	}
}
