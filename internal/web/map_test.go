package web_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
)

const mapDay = "?at=2025-04-17"

func TestTheMapIsWellMadeInEveryLanguage(t *testing.T) {
	h := site(t)
	for _, lang := range explain.Languages() {
		for _, query := range []string{"", mapDay, "?at=2022-02-01", "?at=2025-04-17&known_by=2025-03-12", "?at=2025-03-21&days=7", "?at=2025-05-01&layer=none", "?at=2025-05-01&layer=_control-B20&layer=names"} {
			body := checkPage(t, h, lang, "/"+lang+"/map"+query)
			for _, leak := range []string{"[map", "[problem", "NaN", "Inf", "%!"} {
				if strings.Contains(body, leak) {
					t.Errorf("%s%s: the page shows %q", lang, query, leak)
				}
			}
		}
	}
}

// TestDisputedAreasCarryBothClaims is the golden image in words: Crimea and the four
// oblasts are drawn with the claim of each side, alike, and nothing is filled as anybody's.
func TestDisputedAreasCarryBothClaims(t *testing.T) {
	h := site(t)
	order := map[string][]string{"en": {"Russia", "Ukraine"}, "ru": {"Россия", "Украина"}, "uk": {"Росія", "Україна"}, "zh": {"俄罗斯", "乌克兰"}}
	for _, lang := range explain.Languages() {
		doc := parse(t, get(t, h, "/"+lang+"/map"+mapDay).Body.String())
		claims := map[string][]string{}
		for _, u := range classed(doc, "claim") {
			area, _ := attr(u, "data-area")
			party, _ := attr(u, "data-party")
			fill, _ := attr(u, "fill")
			if fill != "url(#claim-"+party+")" {
				t.Errorf("%s: the claim of %s to %s is filled with %q", lang, party, area, fill)
			}
			claims[area] = append(claims[area], party)
		}
		for _, area := range []string{"crimea", "donetsk-oblast", "kherson-oblast", "luhansk-oblast", "zaporizhzhia-oblast"} {
			if !slices.Equal(claims[area], []string{"RU", "UA"}) {
				t.Errorf("%s: %s carries the claims of %v", lang, area, claims[area])
			}
		}
		if len(claims) != 5 {
			t.Errorf("%s: claims are drawn of %v", lang, claims)
		}
		patterns := map[string]*html.Node{}
		for _, p := range all(doc, "pattern") {
			id, _ := attr(p, "id")
			patterns[id] = p
		}
		ru, ua := patterns["claim-RU"], patterns["claim-UA"]
		if ru == nil || ua == nil {
			t.Fatalf("%s: patterns %v", lang, patterns)
		}
		for _, key := range []string{"width", "height"} {
			x, _ := attr(ru, key)
			y, _ := attr(ua, key)
			if x != y {
				t.Errorf("%s: the patterns differ in %s: %s and %s", lang, key, x, y)
			}
		}
		text := words(doc)
		first, second := strings.Index(text, order[lang][0]), strings.Index(text, order[lang][1])
		if first < 0 || second < 0 {
			t.Errorf("%s: a claimant is not named", lang)
		}
		for _, row := range classed(doc, "claims") {
			items := all(row, "li")
			if len(items) != 2 || !strings.HasPrefix(words(items[0]), order[lang][0]) || !strings.HasPrefix(words(items[1]), order[lang][1]) {
				t.Errorf("%s: claims in words: %q", lang, words(row))
			}
		}
		if n := len(classed(doc, "claims")); n != 2 {
			t.Errorf("%s: %d layers state claims in words", lang, n)
		}
		for _, group := range all(doc, "g") {
			class, _ := attr(group, "class")
			fill, _ := attr(group, "fill")
			if slices.Contains([]string{"administrative", "recognised", "disputed", "control", "within", "line", "coast"}, class) && fill != "none" {
				t.Errorf("%s: the group %s is filled with %q", lang, class, fill)
			}
		}
		if n := len(classed(doc, "sea")) + len(classed(doc, "lake")); n == 0 {
			t.Errorf("%s: no water is drawn", lang)
		}
	}
}

func TestAClaimIsNotDrawnBeforeItWasMade(t *testing.T) {
	h := site(t)
	for _, query := range []string{"?at=2022-03-01", "?at=2025-04-17&known_by=2022-03-01"} {
		doc := parse(t, get(t, h, "/en/map"+query).Body.String())
		for _, u := range classed(doc, "claim") {
			if area, _ := attr(u, "data-area"); area != "crimea" {
				t.Errorf("%s draws a claim to %s", query, area)
			}
		}
		if len(classed(doc, "claim")) != 2 {
			t.Errorf("%s: %d claims are drawn", query, len(classed(doc, "claim")))
		}
	}
}

// TestPlacesAreDrawnAsWhatTheyAre: discs by their radius, reports of a region as the
// region, and no report as a point.
func TestPlacesAreDrawnAsWhatTheyAre(t *testing.T) {
	h := site(t)
	doc := parse(t, get(t, h, "/en/map"+mapDay).Body.String())
	within := map[string]bool{}
	for _, g := range classed(doc, "within") {
		for _, u := range all(g, "use") {
			area, _ := attr(u, "data-area")
			fill, _ := attr(u, "fill")
			within[area] = fill == "url(#fill-within)"
		}
	}
	for _, area := range []string{"bryansk-oblast-ru", "dnipropetrovsk-oblast", "kursk-oblast-ru"} {
		if !within[area] {
			t.Errorf("%s is not hatched as an area in which something lies", area)
		}
	}
	if n := len(all(classed(doc, "disc")[0], "path")); n != 5 {
		t.Errorf("%d discs, want 5", n)
	}
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	var data struct {
		Features []struct {
			Geometry *struct {
				Type        string          `json:"type"`
				Coordinates json.RawMessage `json:"coordinates"`
			} `json:"geometry"`
			Properties struct {
				Kind   string   `json:"kind"`
				Ref    string   `json:"ref"`
				Known  string   `json:"known"`
				Radius float64  `json:"radius_m"`
				Within []string `json:"within"`
			} `json:"properties"`
		} `json:"features"`
	}
	w := get(t, h, "/api/map.geojson"+mapDay)
	if got := w.Header().Get("Content-Type"); got != "application/geo+json" {
		t.Errorf("Content-Type %q", got)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &data); err != nil {
		t.Fatal(err)
	}
	reports := 0
	for _, f := range data.Features {
		p := f.Properties
		if p.Kind != "report" {
			continue
		}
		reports++
		switch p.Known {
		case "unknown":
			if f.Geometry != nil {
				t.Errorf("%s has no place and a geometry", p.Ref)
			}
		case "within":
			if f.Geometry == nil || !strings.HasSuffix(f.Geometry.Type, "Polygon") || len(p.Within) == 0 {
				t.Errorf("%s lies within an area and is drawn as %v", p.Ref, f.Geometry)
			}
		case "disc":
			var rings [][][2]float64
			if err := json.Unmarshal(f.Geometry.Coordinates, &rings); err != nil {
				t.Fatal(err)
			}
			body, ok := c.Entry(record.Ref(p.Ref)).Entry.Body.(*record.Report)
			if !ok {
				t.Fatalf("%s is no report", p.Ref)
			}
			lon, _ := strconv.ParseFloat(body.Place.Lon, 64)
			lat, _ := strconv.ParseFloat(body.Place.Lat, 64)
			for _, q := range rings[0] {
				d := place.Distance(place.Point{Lon: lon, Lat: lat}, place.Point{Lon: q[0], Lat: q[1]})
				if math.Abs(d-p.Radius) > 2 {
					t.Errorf("%s: a corner lies %v m from the centre, the radius is %v", p.Ref, d, p.Radius)
				}
			}
		default:
			t.Errorf("%s is known as %q", p.Ref, p.Known)
		}
		if f.Geometry != nil && f.Geometry.Type == "Point" {
			t.Errorf("%s is a point", p.Ref)
		}
	}
	if reports != 13 {
		t.Errorf("%d reports", reports)
	}
}

// TestTheMapKnownByADateShowsNothingMadePublicLater looks at the page, the drawing and
// the data.
func TestTheMapKnownByADateShowsNothingMadePublicLater(t *testing.T) {
	h := site(t)
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	const query = "?at=2025-04-17&known_by=2025-03-20"
	q, err := judge.Ask(c, 0, "2025-04-17", "2025-03-20", "")
	if err != nil {
		t.Fatal(err)
	}
	bench := judge.New(c, q)
	page := get(t, h, "/en/map"+query).Body.String()
	svg := get(t, h, "/en/map.svg"+query).Body.String()
	data := get(t, h, "/api/map.geojson"+query).Body.String()
	later, earlier := 0, 0
	for i := range c.Entries {
		e := &c.Entries[i].Entry
		if e.Kind != record.KindReport && e.Kind != record.KindControl {
			continue
		}
		summary := e.Summary["en"]
		quoted, err := json.Marshal(string(e.Ref))
		if err != nil {
			t.Fatal(err)
		}
		shown := strings.Contains(page, "/entries/"+url.PathEscape(string(e.Ref))+"?")
		if it, ok := bench.Item(e.Ref); ok && (it.Published().IsZero() || it.Published().Earliest() <= q.KnownBy) {
			earlier++
			continue
		}
		later++
		if shown || strings.Contains(page, html.EscapeString(summary)) || strings.Contains(data, `"ref":`+string(quoted)) || strings.Contains(data, summary) {
			t.Errorf("%s became public later and is shown", e.Ref)
		}
	}
	if later == 0 || earlier == 0 {
		t.Fatalf("%d later, %d earlier", later, earlier)
	}
	if strings.Contains(svg, "Kursk Oblast") || strings.Contains(svg, "×3") {
		t.Error("the drawing shows reports of later")
	}
	for _, step := range classed(parse(t, page), "steps") {
		for _, to := range links(step) {
			u, err := url.Parse(to)
			if err != nil || u.Query().Get("known_by") != "2025-03-20" || u.Query().Get("at") > "2025-03-20" && u.Query().Get("at") != "2025-04-10" && u.Query().Get("at") != "2025-04-16" {
				t.Errorf("the past view leads to %s", to)
			}
		}
	}
}

func TestTheDrawingAloneIsXMLThatFetchesNothing(t *testing.T) {
	for _, lang := range explain.Languages() {
		w := get(t, site(t), "/"+lang+"/map.svg"+mapDay)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml" {
			t.Fatalf("%d %s", w.Code, w.Header().Get("Content-Type"))
		}
		d := xml.NewDecoder(w.Body)
		ids := map[string]bool{}
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", lang, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if slices.Contains([]string{"script", "foreignObject", "image", "style"}, e.Name.Local) {
				t.Errorf("%s: <%s> stands in the drawing", lang, e.Name.Local)
			}
			for _, a := range e.Attr {
				if a.Name.Local == "id" && ids[a.Value] {
					t.Errorf("%s: the id %q stands twice", lang, a.Value)
				}
				if a.Name.Local == "id" {
					ids[a.Value] = true
				}
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") {
					t.Errorf("%s: <%s> has %s=%q", lang, e.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
	}
}

func TestWhatCannotBeDrawnIsSaid(t *testing.T) {
	h := site(t)
	for address, want := range map[string]int{
		"/en/map?layer=coasts":                    http.StatusBadRequest,
		"/en/map?days=5":                          http.StatusBadRequest,
		"/en/map?days=-1":                         http.StatusBadRequest,
		"/en/map?at=yesterday":                    http.StatusBadRequest,
		"/en/map.svg?layer=%3Cscript%3E":          http.StatusBadRequest,
		"/en/map.svg?at=2025-13-40":               http.StatusBadRequest,
		"/xx/map.svg":                             http.StatusNotFound,
		"/xx/map":                                 http.StatusNotFound,
		"/api/map.geojson?kind=flow":              http.StatusBadRequest,
		"/api/map.geojson?at=1":                   http.StatusBadRequest,
		"/api/map/layers.geojson?layer=x":         http.StatusBadRequest,
		"/en/map?layer=none":                      http.StatusOK,
		"/uk/map?layer=coast&layer=names&days=30": http.StatusOK,
	} {
		w := get(t, h, address)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", address, w.Code, want)
		}
		if w.Code == http.StatusBadRequest && strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("%s: the answer holds markup of the request", address)
		}
	}
	if body := get(t, h, "/en/map?layer=coasts").Body.String(); !strings.Contains(body, "four-oblasts") {
		t.Error("the page does not say which layers there are")
	}
}

func TestLayersAreKeptByLinks(t *testing.T) {
	doc := parse(t, get(t, site(t), "/en/map?at=2025-04-17&layer=none&layer=coast&layer=crimea&days=30").Body.String())
	for _, step := range classed(doc, "steps") {
		for _, to := range links(step) {
			u, err := url.Parse(to)
			if err != nil || !slices.Contains(u.Query()["layer"], "crimea") || u.Query().Get("days") != "30" {
				t.Errorf("%s loses the layers", to)
			}
		}
	}
	checked := 0
	for _, box := range all(doc, "input") {
		if _, on := attr(box, "checked"); on {
			checked++
		}
	}
	if checked != 2 {
		t.Errorf("%d boxes are checked, want 2", checked)
	}
	if n := len(classed(doc, "within")) + len(classed(doc, "sea")) - len(classed(parseKeys(t, doc), "within")); n != 0 {
		t.Errorf("%d groups of layers that were not chosen", n)
	}
}

// parseKeys gives the part of a page that holds the legend's keys alone.
func parseKeys(t *testing.T, doc *html.Node) *html.Node {
	t.Helper()
	keys := classed(doc, "keys")
	if len(keys) != 1 {
		t.Fatalf("%d sets of keys", len(keys))
	}
	return keys[0]
}
