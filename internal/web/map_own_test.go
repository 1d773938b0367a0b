package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/web"
)

// ownCase is an invented case without a base map, with hostile names.
func ownCase(t *testing.T, release string) *casefile.Case {
	t.Helper()
	c, err := casefile.Load(ownFiles(release))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func ownFiles(release string) fstest.MapFS {
	const area = `{"type":"Feature","properties":{"id":"hills","name":{"en":"<b>Hills</b>\"'&"}},"geometry":{"type":"Polygon","coordinates":[[[10,50],[11,50],[11,51],[10,51],[10,50]]]}}`
	return fstest.MapFS{
		"case.hcl": {Data: []byte(`case "own" {
  title = { en = "Own <i>case</i>" }
  zone = "UTC"
  begins = "2040-01-01"
  ends = "2040-12-31"
  release = "` + release + `"
}
party "A" { 
  name = { en = "A" } 
  short = { en = "A<script>" } 
}
`)},
		"areas/hills.geojson": {Data: []byte(area)},
		"record.jsonl": {Data: []byte(`{"entry":{"kind":"area","ref":"hills","author":"desk","public":"2040-01-01","body":{"area":"hills","path":"areas/hills.geojson","hash":"` + hash(area) + `"}},"recorded":"2040-01-02T00:00:00Z"}
{"entry":{"kind":"report","ref":"r1","author":"desk","happened":"2040-02-01","said_by":{"party":"A","institution":{"en":"Post"}},"summary":{"en":"A <svg onload=x> shot."},"body":{"act":"attack","place":{"name":{"en":"The </title><script>x</script> farm"},"lon":"10.5","lat":"50.5","radius_m":3000}}},"recorded":"2040-02-02T00:00:00Z"}
{"entry":{"kind":"report","ref":"r2","author":"desk","happened":"2040-02-01","said_by":{"party":"A","institution":{"en":"Post"}},"summary":{"en":"A shot seen."},"body":{"act":"attack","place":{"lon":"10.9","lat":"50.9","bearing":"45","nearest_m":1000,"farthest_m":30000}}},"recorded":"2040-02-02T00:00:00Z"}
{"entry":{"kind":"report","ref":"r3","author":"desk","happened":"2040-02-01","said_by":{"party":"A","institution":{"en":"Post"}},"summary":{"en":"A shot far away."},"body":{"act":"attack","place":{"lon":"20.5","lat":"50.5","radius_m":3000}}},"recorded":"2040-02-02T00:00:00Z"}
`)},
	}
}

func TestACaseWithoutABaseMapDrawsItsOwn(t *testing.T) {
	h, err := web.New(ownCase(t, "full"), web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	body := checkPage(t, h, "en", "/en/map?at=2040-03-01")
	for _, markup := range []string{"<script>x", "<b>Hills", "<i>case", "<svg onload", "A<script>"} {
		if strings.Contains(body, markup) {
			t.Errorf("the page holds %q as markup", markup)
		}
	}
	doc := parse(t, body)
	if len(classed(doc, "grid")) == 0 || len(classed(doc, "administrative")) == 0 {
		t.Error("the map has no grid or no area")
	}
	if paths := all(classed(doc, "disc")[0], "path"); len(paths) != 3 {
		t.Errorf("%d places are drawn", len(paths))
	}
	if n := len(classed(doc, "sector")); n != 1 {
		t.Errorf("%d sectors", n)
	}
	svg := get(t, h, "/en/map.svg?at=2040-03-01").Body.String()
	if strings.Contains(svg, "<script") || xml.Unmarshal([]byte(svg), new(struct{})) != nil {
		t.Error("the drawing is no good XML")
	}
}

// TestALineIsDrawnAsWhatItsLayerSays: a line of the record, of its own and as a layer.
func TestALineIsDrawnAsWhatItsLayerSays(t *testing.T) {
	const line = `{"type":"Feature","properties":{"id":"front","name":{"en":"Front"}},"geometry":{"type":"LineString","coordinates":[[10,50.2],[11,50.7]]}}`
	files := ownFiles("full")
	files["areas/front.geojson"] = &fstest.MapFile{Data: []byte(line)}
	files["record.jsonl"].Data = append(files["record.jsonl"].Data, `{"entry":{"kind":"area","ref":"front","author":"desk","public":"2040-01-01","body":{"area":"front","path":"areas/front.geojson","hash":"`+hash(line)+`"}},"recorded":"2040-02-03T00:00:00Z"}
`...)
	for _, tt := range []struct{ layer, class string }{
		{"", "line"},
		{`layer "held" {
  areas = ["front"]
  name = { en = "Held" }
  source = "a survey"
  licence = "public domain"
  status = "line-of-control"
  default = "shown"
  why = { en = "It was surveyed." }
}
`, "control-line"},
	} {
		with := maps.Clone(files)
		with["case.hcl"] = &fstest.MapFile{Data: []byte(string(files["case.hcl"].Data) + tt.layer)}
		c, err := casefile.Load(with)
		if err != nil {
			t.Fatal(err)
		}
		h, err := web.New(c, web.Options{})
		if err != nil {
			t.Fatal(err)
		}
		doc := parse(t, checkPage(t, h, "en", "/en/map?at=2040-03-01"))
		found := false
		for _, p := range all(doc, "path") {
			if area, _ := attr(p, "data-area"); area == "front" {
				class, _ := attr(p.Parent, "class")
				found = class == tt.class
			}
		}
		if !found {
			t.Errorf("the line is not drawn as %s", tt.class)
		}
		if data := get(t, h, "/api/map/layers.geojson?at=2040-03-01").Body.String(); !strings.Contains(data, `"area":"front"`) || !strings.Contains(data, "MultiLineString") {
			t.Errorf("the data lack the line: %s", data)
		}
	}
}

func TestPlacesAreShownByAreaUnlessTheCaseReleasesThem(t *testing.T) {
	h, err := web.New(ownCase(t, "area"), web.Options{Now: clock(t, "2040-03-01T00:00:00Z")})
	if err != nil {
		t.Fatal(err)
	}
	body := checkPage(t, h, "en", "/en/map?at=2040-03-01")
	data := get(t, h, "/api/map.geojson?at=2040-03-01").Body.String()
	for _, exact := range []string{"farm", "20.5", "10.5", "radius_m", "bearing"} {
		if strings.Contains(data, exact) {
			t.Errorf("the data hold %q", exact)
		}
	}
	if strings.Contains(body, "farm") || strings.Contains(body, "3 km") {
		t.Error("the page tells the place more closely than the area")
	}
	doc := parse(t, body)
	if len(classed(doc, "disc")) != len(classed(parseKeys(t, doc), "disc")) {
		t.Error("a disc is drawn")
	}
	areas := map[string]bool{}
	for _, u := range all(classed(doc, "within")[0], "use") {
		area, _ := attr(u, "data-area")
		areas[area] = true
	}
	if !areas["hills"] || len(areas) != 1 {
		t.Errorf("reports are shown within %v", areas)
	}
	if !strings.Contains(words(doc), "Reports whose place is not shown") {
		t.Error("the report that lies in no known area is not said to be held back")
	}
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// crowded is ownCase with so many more reports, most of them near, some known widely.
func crowded(t testing.TB, n int, release string) *casefile.Case {
	t.Helper()
	files := ownFiles(release)
	var lines strings.Builder
	lines.Write(files["record.jsonl"].Data)
	for i := range n {
		radius := 500
		if i%10 == 0 {
			radius = 90_000
		}
		fmt.Fprintf(&lines, `{"entry":{"kind":"report","ref":"n%d","author":"desk","happened":"2040-02-%02d","said_by":{"institution":{"en":"Post"}},"summary":{"en":"A shot."},"body":{"act":"attack","place":{"lon":"10.%03d","lat":"50.%03d","radius_m":%d}}},"recorded":"2040-03-02T00:00:00Z"}`+"\n", i, 1+i%28, i%1000, i*7%1000, radius)
	}
	files["record.jsonl"].Data = []byte(lines.String())
	c, err := casefile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTooManyReportsAreCountedBySquares(t *testing.T) {
	h, err := web.New(crowded(t, 2500, "full"), web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc := parse(t, checkPage(t, h, "en", "/en/map?at=2040-04-01"))
	sum := 0
	for _, l := range classed(doc, "count") {
		n, err := strconv.Atoi(words(l))
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	if sum != 2253 { // 2,250 of 2,500 and the case's own three
		t.Errorf("the squares count %d", sum)
	}
	if len(classed(doc, "disc")) != len(classed(parseKeys(t, doc), "disc")) {
		t.Error("places are drawn beside the squares")
	}
	text := words(doc)
	if !strings.Contains(text, "squares that count them, not places") || !strings.Contains(text, "beside the map: 250") {
		t.Error("the page does not say what the squares leave out")
	}
	if n := len(classed(doc, "items")); n > 600 {
		t.Errorf("%d lists stand in the table", n)
	}
	if w := get(t, h, "/api/map.geojson?at=2040-04-01"); w.Code != http.StatusOK {
		t.Errorf("the data: %d", w.Code)
	}
	h, err = web.New(crowded(t, 20_100, "full"), web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if w := get(t, h, "/api/map.geojson?at=2040-04-01&days=0"); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "days") {
		t.Errorf("too many reports for one answer: %d", w.Code)
	}
}

// TestMapMadeAhead: where reports of a crowded day lie is the same made ready or not.
func TestMapMadeAhead(t *testing.T) {
	for _, release := range []string{"full", "area"} {
		c := crowded(t, 5100, release)
		o := web.Options{Now: func() time.Time { return time.Date(2041, 1, 1, 0, 0, 0, 0, time.UTC) }}
		plain, err := web.New(c, o)
		if err != nil {
			t.Fatal(err)
		}
		ahead, err := web.New(c, o)
		if err != nil {
			t.Fatal(err)
		}
		ahead.Ahead(t.Context())
		for _, address := range []string{"/en/map?at=2040-02-10", "/zh/map?at=2040-02-10&days=1", "/en/map", "/en/map?at=2040-02-10T12:00Z", "/en/reports/2040-02-10"} {
			x, y := get(t, plain, address), get(t, ahead, address)
			if x.Code != http.StatusOK || x.Body.String() != y.Body.String() {
				t.Errorf("%s, %s: %d, made ahead %d, another page", release, address, x.Code, y.Code)
			}
		}
	}
}

func BenchmarkMap(b *testing.B) {
	for _, release := range []string{"full", "area"} {
		for _, n := range []int{100, 2500, 20_000} {
			b.Run(release+"/"+strconv.Itoa(n), func(b *testing.B) { benchmarkMap(b, n, release) })
		}
	}
}

func benchmarkMap(b *testing.B, n int, release string) {
	h, err := web.New(crowded(b, n, release), web.Options{Now: func() time.Time { return time.Date(2041, 1, 1, 0, 0, 0, 0, time.UTC) }})
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		i++ // another question each time: pages are kept
		if w := get(b, h, "/en/map?at=2040-04-01T10:00Z&days=0&layer=_reports&layer=none&x="+strconv.Itoa(i)); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
