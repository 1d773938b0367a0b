package place_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/golang/geo/s2"
	"github.com/truceline/truceline/place"
)

// s2 knows areas in another way, with great circles for edges. On areas whose edges are short it
// says the same of every point that is not within a few metres of an edge.
func TestContainsAgreesWithS2(t *testing.T) {
	areas := caseAreas(t)
	random := rand.New(rand.NewPCG(1, 2))
	for _, id := range []string{"donetsk-oblast", "kherson-oblast", "crimea", "odesa-oblast", "krasnodar-krai-ru"} {
		a := areas[id]
		var loops []*s2.Loop
		for _, ring := range a.Rings() {
			var points []s2.Point
			for _, q := range ring {
				points = append(points, s2.PointFromLatLng(s2.LatLngFromDegrees(q.Lat, q.Lon)))
			}
			loop := s2.LoopFromPoints(points)
			loop.Normalize()
			loops = append(loops, loop)
		}
		peer := s2.PolygonFromLoops(loops)
		southWest, northEast := a.Bounds()
		differ := 0
		for range 4000 {
			q := place.Point{
				Lon: southWest.Lon + random.Float64()*(northEast.Lon-southWest.Lon),
				Lat: southWest.Lat + random.Float64()*(northEast.Lat-southWest.Lat),
			}
			if a.Contains(q) == peer.ContainsPoint(s2.PointFromLatLng(s2.LatLngFromDegrees(q.Lat, q.Lon))) {
				continue
			}
			differ++
			if _, edge := a.NearestEdge(q); edge > 100 {
				t.Errorf("%s: %v is on another side for s2, %v m from the edge", id, q, edge)
			}
		}
		if differ > 8 {
			t.Errorf("%s: %d of 4000 points differ", id, differ)
		}
		// s2 measures on a sphere of the same surface to a fraction of a percent.
		if sphere := peer.Area() * 6371007.2 * 6371007.2; math.Abs(sphere-a.Size()) > 0.005*sphere {
			t.Errorf("%s: %v m², on the sphere %v", id, a.Size(), sphere)
		}
	}
}

func BenchmarkParseArea(b *testing.B) {
	data := caseFile(b, "donetsk-oblast")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := place.ParseArea("donetsk-oblast", data); err != nil {
			b.Fatal(err)
		}
	}
}

// An area of about 900 corners, and discs that are far from its edge, near it, and on it.
func BenchmarkIn(b *testing.B) {
	a := caseAreas(b)["donetsk-oblast"]
	for _, c := range []struct {
		name             string
		lon, lat, radius float64
	}{
		{"inside", 37.8, 48.0, 2000},
		{"outside", 30.5, 50.5, 2000},
		{"edge", 38.2, 48.6, 12_000},
		{"close", 38.05, 48.5, 2000},
		{"point", 37.8, 48.0, 0},
		{"point-near-edge", 38.2, 48.58, 0},
	} {
		p, err := place.Disc(place.Point{Lon: c.lon, Lat: c.lat}, c.radius)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.In(a)
			}
		})
	}
	p, err := place.Sector(place.Point{Lon: 37.9, Lat: 48.2}, 45, 1000, 9000)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("sector", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.In(a)
		}
	})
}

// Random discs over all areas of the case, half of them points, by way of the index.
func BenchmarkRandomPlacesInAllAreas(b *testing.B) {
	var areas []*place.Area
	for _, a := range caseAreas(b) {
		areas = append(areas, a)
	}
	x := place.NewIndex(areas...)
	random := rand.New(rand.NewPCG(3, 4))
	places := make([]place.Place, 4096)
	for i := range places {
		radius := 2000.0 * float64(i%2)
		p, err := place.Disc(place.Point{Lon: 22 + 18*random.Float64(), Lat: 44 + 8*random.Float64()}, radius)
		if err != nil {
			b.Fatal(err)
		}
		places[i] = p
	}
	var found []*place.Area
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		p := places[i%len(places)]
		i++
		found = x.Candidates(found[:0], p)
		for _, a := range found {
			p.In(a)
		}
	}
}

func BenchmarkInAnyAcrossABorder(b *testing.B) {
	areas := caseAreas(b)
	p, err := place.Disc(place.Point{Lon: 38.2, Lat: 48.6}, 12_000)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		p.InAny(areas["donetsk-oblast"], areas["luhansk-oblast"])
	}
}

func BenchmarkMargin(b *testing.B) {
	a := caseAreas(b)["donetsk-oblast"]
	p, err := place.Disc(place.Point{Lon: 38.2, Lat: 48.6}, 12_000)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		p.Margin(a)
	}
}
