package draw_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/internal/draw"
	"github.com/truceline/truceline/place"
)

func TestASheetAndTheEarthAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		west := rapid.Float64Range(-170, 160).Draw(t, "west")
		south := rapid.Float64Range(-75, 70).Draw(t, "south")
		s := draw.NewSheet(west, south, west+rapid.Float64Range(0, 10).Draw(t, "wide"), south+rapid.Float64Range(0, 5).Draw(t, "high"))
		w, so, e, n := s.Window()
		if w > west+1e-9 || so > south+1e-9 || s.Height < 450 || s.Height > 1301 {
			t.Fatalf("the window %v %v %v %v, height %v", w, so, e, n, s.Height)
		}
		at := draw.XY{X: rapid.Float64Range(0, draw.Width).Draw(t, "x"), Y: rapid.Float64Range(0, s.Height).Draw(t, "y")}
		back := s.XY(s.Point(at))
		if math.Hypot(back.X-at.X, back.Y-at.Y) > 1e-6 {
			t.Fatalf("%v came back as %v", at, back)
		}
	})
}

// TestADiscIsAsWideAsItIs holds what is drawn to the distances of package place.
func TestADiscIsAsWideAsItIs(t *testing.T) {
	s := draw.NewSheet(21.8, 43.7, 42.6, 54.4)
	for _, lat := range []float64{44, 49, 54} {
		centre := place.Point{Lon: 32, Lat: lat}
		disc, err := place.Disc(centre, 30_000)
		if err != nil {
			t.Fatal(err)
		}
		middle := s.XY(centre)
		for _, p := range disc.Outline()[0] {
			if d := place.Distance(centre, p); math.Abs(d-30_000) > 0.001 {
				t.Errorf("a corner lies %v m from the centre", d)
			}
			at := s.XY(p)
			got := math.Hypot(at.X-middle.X, at.Y-middle.Y)
			if want := 30_000 * s.Metre(middle.Y); math.Abs(got-want) > want*0.01 {
				t.Errorf("at %v°: %v units, want %v", lat, got, want)
			}
		}
	}
}

func TestPathsAreThinnedAndShort(t *testing.T) {
	s := draw.NewSheet(0, 0, 10, 10)
	straight := make([]place.Point, 0, 1000)
	for i := range 1000 {
		straight = append(straight, place.Point{Lon: 1 + float64(i)/200, Lat: 5})
	}
	if d := s.Lines([][]place.Point{straight}); d != "M200 1009l999 0" {
		t.Errorf("a straight line is drawn as %q", d)
	}
	square := []place.Point{{Lon: 1, Lat: 1}, {Lon: 3, Lat: 1}, {Lon: 3, Lat: 3}, {Lon: 1, Lat: 3}, {Lon: 1, Lat: 1}}
	d := s.Rings([][]place.Point{square, {{Lon: 50, Lat: 1}, {Lon: 51, Lat: 1}, {Lon: 51, Lat: 2}, {Lon: 50, Lat: 1}}})
	if strings.Count(d, "M") != 1 || !strings.HasSuffix(d, "z") || strings.ContainsAny(d, "eNI") {
		t.Errorf("a square is drawn as %q", d)
	}
	tiny := []place.Point{{Lon: 1, Lat: 1}, {Lon: 1.0001, Lat: 1}, {Lon: 1, Lat: 1.0001}, {Lon: 1, Lat: 1}}
	if d := s.Rings([][]place.Point{tiny}); d == "" {
		t.Error("a small place is not drawn at all")
	}
	if d := s.Rings([][]place.Point{square, tiny}); strings.Count(d, "M") != 1 {
		t.Errorf("an islet is drawn: %q", d)
	}
	if thin := draw.Thin([][]place.Point{straight}, 0.001, false); len(thin[0]) != 2 {
		t.Errorf("%d corners are left of a straight line", len(thin[0]))
	}
}

func TestLabelsDoNotLieOnEachOther(t *testing.T) {
	s := draw.NewSheet(0, 0, 10, 10)
	room := draw.NewRoom(s)
	at := draw.XY{X: 500, Y: 500}
	anchors := ""
	for range 4 {
		l, ok := room.Beside(at, 5, 60, 8)
		if !ok {
			t.Fatal("there is room on four sides")
		}
		anchors += l.Anchor + " "
	}
	if anchors != "start end middle middle " {
		t.Errorf("anchored at %s", anchors)
	}
	if _, ok := room.Beside(at, 5, 60, 8); ok {
		t.Error("a fifth label found room")
	}
	if room.Ask(draw.Box{Left: -5, Top: 10, Right: 20, Bottom: 20}) {
		t.Error("a label hangs over the edge")
	}
}

func TestTheMiddleOfAnAreaLiesInIt(t *testing.T) {
	s := draw.NewSheet(0, 0, 10, 10)
	// A bow, whose centroid lies outside of it.
	bow := []place.Point{{Lon: 1, Lat: 1}, {Lon: 9, Lat: 1}, {Lon: 9, Lat: 9}, {Lon: 8, Lat: 9}, {Lon: 8, Lat: 2}, {Lon: 1, Lat: 2}, {Lon: 1, Lat: 1}}
	at, ok := s.Middle([][]place.Point{bow})
	if p := s.Point(at); !ok || p.Lon > 8 && p.Lat > 9 || p.Lon < 8 && p.Lat > 2 {
		t.Errorf("the middle is %v", p)
	}
	if _, ok := s.Middle([][]place.Point{{{Lon: 50, Lat: 50}, {Lon: 51, Lat: 50}, {Lon: 51, Lat: 51}, {Lon: 50, Lat: 50}}}); ok {
		t.Error("an area beside the sheet has a middle on it")
	}
}

func TestCellsCountEverythingOnce(t *testing.T) {
	s := draw.NewSheet(0, 0, 10, 10)
	at := []draw.XY{{X: 1, Y: 1}, {X: 39, Y: 39}, {X: 41, Y: 1}, {X: 1000, Y: 10}, {X: -1, Y: 5}}
	cells, beside := s.Cells(at)
	n := 0
	for _, c := range cells {
		n += c.N
	}
	if n != 4 || beside != 1 || len(cells) != 3 || cells[0].N != 2 {
		t.Errorf("%v, %d beside", cells, beside)
	}
}

func TestTheBarOfScaleIsRound(t *testing.T) {
	for _, degrees := range []float64{0.05, 1, 20, 90} {
		s := draw.NewSheet(10, 40, 10+degrees, 40+degrees/2)
		metres, units, lat := s.Bar(160)
		first := strings.TrimRight(string(rune('0'+metres/int(math.Pow10(int(math.Log10(float64(metres))+1e-9))))), "0")
		if units > 160 || units < 60 || first != "1" && first != "2" && first != "5" || lat < 39 || lat > 75 {
			t.Errorf("%v degrees: %d m, %v units at %v", degrees, metres, units, lat)
		}
	}
}
