package place

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/truceline/truceline/problem"
)

func TestEveryFaultIsNamedWithItsPlace(t *testing.T) {
	many := `{"type":"Polygon","coordinates":[[` + strings.Repeat("[200,0],", 60) + `[0,0]]]}`
	for _, c := range []struct {
		name, text string
		want       []string // code, position and path of each problem, in the order of the file
	}{
		{"no JSON", "{\n  \"type\": Polygon\n}", []string{"not-json 2:11 "}},
		{"cut short", `{"type":"Polygon","coordinates":[[[0,0],`, []string{"not-json 1:41 "}},
		{"nothing", "", []string{"not-json 1:1 "}},
		{"two values", `{} {}`, []string{"not-json 1:4 "}},
		{"a comma too many", `{},`, []string{"not-json 1:3 "}},
		{"a comma too many in an array", `[1,]`, []string{"not-json 1:4 "}},
		{"a wrong bracket", `{"type":[1}`, []string{"not-json 1:11 "}},
		{"a name twice", `{"type":"Polygon","type":"Polygon"}`, []string{"not-json 1:19 "}},
		{"too deep", strings.Repeat("[", 100), []string{"too-large 1:66 "}},
		{"a number", `7`, []string{"wrong-type 1:1 "}},
		{"an unknown type", `{"type":"Polyhedron"}`, []string{`wrong-type 1:9 `}},
		{"a point", `{"type":"Point","coordinates":[0,0]}`, []string{"wrong-type 1:9 "}},
		{"a line where an area is due", `{"type":"LineString","coordinates":[[0,0],[1,1]]}`, []string{"wrong-type 1:9 "}},
		{"another system", `{"type":"Polygon","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`, []string{"wrong-crs 1:25 crs"}},
		{"null geometry", `{"type":"Feature","geometry":null}`, []string{"empty 1:30 geometry"}},
		{"empty collection", `{"type":"FeatureCollection","features":[]}`, []string{"empty 1:40 features"}},
		{"empty polygon", `{"type":"Polygon","coordinates":[]}`, []string{"empty 1:33 coordinates"}},
		{"empty ring", `{"type":"Polygon","coordinates":[[]]}`, []string{"empty 1:34 coordinates[0]"}},
		{"not closed", `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}`, []string{"not-closed 1:34 coordinates[0]"}},
		{"too few", `{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}`, []string{"too-short 1:34 coordinates[0]"}},
		{"corners repeated", `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,0],[0,0],[0,0]]]}`, []string{"too-short 1:34 coordinates[0]"}},
		{"no numbers", `{"type":"Polygon","coordinates":[[[0,"0"],[1,0],[1,1],[0,0]]]}`, []string{"position 1:35 coordinates[0][0]"}},
		{"one number", `{"type":"Polygon","coordinates":[[[0],[1,0],[1,1],[0,0]]]}`, []string{"position 1:35 coordinates[0][0]"}},
		{"a number beyond doubles", `{"type":"Polygon","coordinates":[[[1e999,0],[1,0],[1,1],[0,0]]]}`, []string{"out-of-range 1:35 coordinates[0][0]"}},
		{
			"two out of range", "{\"type\":\"Polygon\",\"coordinates\":[[\n[0,0],\n[1,91],\n[-181,1],\n[0,0]]]}",
			[]string{"out-of-range 3:1 coordinates[0][1]", "out-of-range 4:1 coordinates[0][2]"},
		},
		{"hourglass", `{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}`, []string{"crosses 1:47 coordinates[0][2]"}},
		{"figure of eight", `{"type":"Polygon","coordinates":[[[0,0],[1,1],[2,0],[2,2],[1,1],[0,2],[0,0]]]}`, []string{"crosses 1:53 coordinates[0][3]"}},
		{"spike", `{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[2,4],[2,2],[0,2],[0,0]]]}`, []string{"crosses 1:53 coordinates[0][3]", "crosses 1:53 coordinates[0][3]"}},
		{"hole outside", `{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[20,0],[21,0],[21,1],[20,0]]]}`, []string{"hole-outside 1:66 coordinates[1]"}},
		{
			"hole across", `{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[8,1],[12,1],[12,2],[8,1]]]}`,
			[]string{"crosses 1:67 coordinates[1][0]", "crosses 1:80 coordinates[1][2]"},
		},
		{"hole in a hole", `{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[8,1],[8,8],[1,8],[1,1]],[[2,2],[3,2],[3,3],[2,2]]]}`, []string{"hole-outside 1:98 coordinates[2]"}},
		{"hole that fills its shell", `{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[9,9],[9,0],[0,0],[9,9]]]}`, []string{"duplicate 1:60 coordinates[1]"}},
		{"same part twice", `{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,0]]],[[[9,0],[9,9],[0,0],[9,0]]]]}`, []string{"duplicate 1:68 coordinates[1][0]"}},
		{"parts that overlap", `{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,0]]],[[[5,0],[9,0],[9,10],[5,0]]]]}`, []string{"overlap 1:67 coordinates[1]"}},
		{"cut by holes", `{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[0,0],[5,4],[9,9],[4,5],[0,0]]]}`, []string{"disconnected 1:33 coordinates"}},
		{
			"across the antimeridian", `{"type":"Polygon","coordinates":[[[170,0],[-170,0],[-170,10],[170,10],[170,0]]]}`,
			[]string{"antimeridian 1:43 coordinates[0][1]", "antimeridian 1:62 coordinates[0][3]"},
		},
		{"the pole", `{"type":"Polygon","coordinates":[[[0,80],[90,90],[90,80],[0,80]]]}`, []string{"pole 1:42 coordinates[0][1]"}},
		{
			"faults of two features", `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]}},{"type":"Feature","geometry":null}]}`,
			[]string{"empty 1:102 features[0].geometry.coordinates", "empty 1:136 features[1].geometry"},
		},
		{"byte-order mark", "\xef\xbb\xbf7", []string{"wrong-type 1:4 "}},
		{"more than fifty", many, nil},
	} {
		_, err := ParseArea("a", []byte(c.text))
		var parse *ParseError
		if !errors.As(err, &parse) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		checkPositions(t, c.name, []byte(c.text), err)
		if c.name == "more than fifty" {
			if len(parse.Problems) != 50 || !parse.More {
				t.Errorf("%s: %d problems, more %v", c.name, len(parse.Problems), parse.More)
			}
			continue
		}
		var got []string
		for _, p := range parse.Problems {
			where, _, _ := strings.Cut(Problem{Line: p.Line, Column: p.Column}.String(), ": ")
			got = append(got, string(p.Code)+" "+where+" "+p.Path)
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n got %q\nwant %q\n%v", c.name, got, c.want, err)
		}
	}
}

func TestCrossingIsNamedWithItsPoint(t *testing.T) {
	_, err := ParseArea("a", []byte(`{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}`))
	if want := "coordinates[0][0] at 1 1"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v does not say %q", err, want)
	}
}

func TestGoodAreasAreRead(t *testing.T) {
	for name, text := range map[string]string{
		"either winding":           `{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[1,0],[0,0]],[[0.2,0.2],[0.2,0.4],[0.4,0.4],[0.2,0.2]]]}`,
		"heights":                  `{"type":"Polygon","coordinates":[[[0,0,5],[0,1,6],[1,1,7],[0,0,8]]]}`,
		"WGS84 by name":            `{"type":"Polygon","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`,
		"repeated corners":         `{"type":"Polygon","coordinates":[[[0,0],[0,0],[1,0],[1,1],[1,1],[0,0]]]}`,
		"hole that touches":        `{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[0,0],[5,4],[4,5],[0,0]]]}`,
		"collection of geometries": `{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]},{"type":"MultiPolygon","coordinates":[[[[5,5],[6,5],[6,6],[5,5]]]]}]}`,
		"byte-order mark":          "\xef\xbb\xbf" + `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`,
		"very small":               `{"type":"Polygon","coordinates":[[[0,0],[1e-11,0],[1e-11,1e-11],[0,0]]]}`,
	} {
		if _, err := ParseArea("a", []byte(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLinesAreReadAndRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{"type":"LineString","coordinates":[[0,0],[1,1],[1,0],[0,1]]}`:                                     "ok",
		`{"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[0,0],[1,1]]]}}`:            "ok",
		`{"type":"LineString","coordinates":[[0,0]]}`:                                                       "too-short",
		`{"type":"LineString","coordinates":[[0,0],[0,0]]}`:                                                 "too-short",
		`{"type":"LineString","coordinates":[[-179,0],[179,0]]}`:                                            "antimeridian",
		`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`:                                      "wrong-type",
		`{"type":"MultiLineString","coordinates":[]}`:                                                       "empty",
		`{"type":"FeatureCollection","features":[{"type":"LineString","coordinates":[[0,0],[1,1]]}]}`:       "wrong-type",
		`{"type":"Feature","geometry":{"type":"Feature","geometry":{"type":"LineString","coordinates":0}}}`: "wrong-type",
	} {
		_, err := ParseLine("l", []byte(text))
		if got := verdict(err); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		checkPositions(t, text, []byte(text), err)
	}
}

func TestPlacesThatCannotBeAreRefused(t *testing.T) {
	ok := Point{10, 50}
	for _, bad := range []Point{{181, 0}, {-181, 0}, {0, 91}, {0, -91}, {nan, 0}, {0, nan}, {-inf, 0}} {
		if _, err := NewPoint(bad.Lon, bad.Lat); err == nil {
			t.Errorf("NewPoint(%v) is taken", bad)
		}
		if _, err := Disc(bad, 1); err == nil {
			t.Errorf("Disc(%v) is taken", bad)
		}
		if _, err := Sector(bad, 0, 0, 1); err == nil {
			t.Errorf("Sector(%v) is taken", bad)
		}
	}
	for _, r := range []float64{-1, nan, inf, MaxReach + 1} {
		if _, err := Disc(ok, r); err == nil {
			t.Errorf("Disc of %v m is taken", r)
		}
	}
	for _, s := range [][3]float64{{nan, 0, 1}, {361, 0, 1}, {0, -1, 1}, {0, 2, 1}, {0, 0, 0}, {0, 0, MaxReach + 1}, {0, nan, 1}, {0, 0, nan}} {
		if _, err := Sector(ok, s[0], s[1], s[2]); err == nil {
			t.Errorf("Sector%v is taken", s)
		}
	}
	if _, err := Unite("none", nil); err == nil {
		t.Error("Unite makes an area of nothing")
	}
	if (Place{}).Sort() != SortUnknown || Within(nil).Sort() != SortUnknown {
		t.Error("the zero place is not unknown")
	}
}

func TestProblemsAreGatheredWithThoseOfOtherFiles(t *testing.T) {
	_, err := ParseArea("zone", []byte(`{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]],[]]}`))
	var list problem.List
	list.Take(err)
	if len(list) != 2 || list[0].Code != "crosses" && list[0].Code != "empty" || list[0].File != "zone" || list[0].Line != 1 {
		t.Errorf("gathered %+v", list)
	}
}

// Whatever the bytes, there is an area whose figures make sense, or a list of problems with places.
func FuzzParseArea(f *testing.F) {
	for _, path := range fixtures(f) {
		if data, err := os.ReadFile(path); err == nil && len(data) < 4000 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if l, err := ParseLine("fuzz", data); err != nil {
			checkPositions(t, "line", data, err)
		} else if _, s := l.Nearest(Point{}); !(s >= 0 && s < 2.1e7) {
			t.Errorf("the line is %v m away", s)
		}
		a, err := ParseArea("fuzz", data)
		if err != nil {
			checkPositions(t, "area", data, err)
			return
		}
		if !(a.Size() >= 0 && a.Size() < 5.2e14) {
			t.Errorf("size %v", a.Size())
		}
		southWest, _ := a.Bounds()
		if _, s := a.NearestEdge(southWest); !(s >= 0 && s < 2.1e7) {
			t.Errorf("the edge is %v m away", s)
		}
		for i := range a.grid().edges {
			if i < 50 && !a.Contains(a.grid().edges[i].a) {
				t.Errorf("the corner %v is outside", a.grid().edges[i].a)
			}
		}
	})
}
