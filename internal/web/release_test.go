package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/web"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/release/releasetest"
)

// hillsCase is an invented case whose reports state exact places.
func hillsCase(t *testing.T, terms string) *casefile.Case {
	t.Helper()
	c, err := casefile.Load(releasetest.Files(terms))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// hillsSite is a site of it at a moment of its clock.
func hillsSite(t *testing.T, terms, now string) http.Handler {
	t.Helper()
	h, err := web.New(hillsCase(t, terms), web.Options{Now: clock(t, now), Address: "https://hills.example"})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func clock(t *testing.T, now string) func() time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, now)
	if err != nil {
		t.Fatal(err)
	}
	return func() time.Time { return moment }
}

// everywhere gives every answer of a site that its pages lead to, and those that none
// leads to, by address.
func everywhere(t *testing.T, h http.Handler, questions ...string) map[string]string {
	t.Helper()
	var todo []string
	seen := map[string]bool{}
	add := func(address string) {
		u, err := url.Parse(address)
		if err != nil || u.IsAbs() && u.Host != "hills.example" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "/static/") {
			return
		}
		for _, steps := range []string{"at", "known_by", "as_of", "layer", "days"} { // pages lead to many moments
			if u.Query().Has(steps) && !slices.Contains(questions, "?"+u.RawQuery) {
				return
			}
		}
		u.Scheme, u.Host, u.Fragment = "", "", ""
		if !seen[u.String()] {
			seen[u.String()] = true
			todo = append(todo, u.String())
		}
	}
	for _, q := range append([]string{""}, questions...) {
		add("/sitemap.xml")
		for _, path := range []string{"/api/status.json", "/api/map.geojson", "/api/map/layers.geojson"} {
			add(path + q)
		}
		for _, lang := range explain.Languages() {
			for _, path := range []string{
				"/", "/map", "/map.svg", "/incidents", "/timeline", "/statements", "/positions", "/reports", "/ledgers", "/feed.atom", "/feed.json", "/calendar.ics", "/dataset.jsonld",
				"/status.svg", "/card", "/entries/r4-again",
				"/reports/2040-02-01", "/reports/2040-02-01.html", "/reports/2040-02-01.txt", "/reports/2040-02-01.csv", "/reports/2040-02-01.geojson",
			} {
				add("/" + lang + path + q)
			}
			for _, ref := range releasetest.Reports {
				add("/" + lang + "/entries/" + ref + q)
			}
		}
	}
	out := map[string]string{}
	for len(todo) > 0 {
		address := todo[0]
		todo = todo[1:]
		w := get(t, h, address)
		if w.Code != http.StatusOK {
			if w.Code >= 500 {
				t.Errorf("%s: %d", address, w.Code)
			}
			continue
		}
		out[address] = w.Body.String()
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			for _, to := range links(parse(t, w.Body.String())) {
				add(to)
			}
		}
	}
	return out
}

// TestEverySurfaceShowsPlacesAsTheCaseReleasesThem: every page, drawing, feed, calendar,
// form of a report and answer with data, in every language.
func TestEverySurfaceShowsPlacesAsTheCaseReleasesThem(t *testing.T) {
	secrets := slices.Concat(releasetest.Secrets, releasetest.Distances)
	for _, tt := range []struct {
		name, terms, now string
		whole            bool
	}{
		{"by area, within the delay", `release = "area"`, "2040-02-02T09:00:00Z", false},
		{"by area, after the delay", `release = "area"`, "2040-06-01T09:00:00Z", false},
		{"by area at once", `delay = "0h"`, "2040-02-02T09:00:00Z", false},
		{"in full, within a delay", "release = \"full\"\n delay = \"72h\"", "2040-02-02T09:00:00Z", false},
		{"in full", `release = "full"`, "2040-02-02T09:00:00Z", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := hillsSite(t, tt.terms, tt.now)
			answers := everywhere(t, h, "?at=2040-02-01", "?at=2040-12-30", "?at=2040-02-03&known_by=2040-12-30")
			if len(answers) < 250 {
				t.Errorf("%d answers were looked at", len(answers))
			}
			found := map[string]bool{}
			for address, body := range answers {
				for _, secret := range secrets {
					if strings.Contains(body, secret) {
						if found[secret] = true; !tt.whole {
							t.Errorf("%s tells %q", address, secret)
						}
					}
				}
			}
			if tt.whole {
				for _, secret := range releasetest.Secrets {
					if !found[secret] {
						t.Errorf("%q stands nowhere", secret)
					}
				}
				if !found["2.35 km"] || !found["2,35 км"] || !found["2.35公里"] {
					t.Error("no reason tells how far the edge is")
				}
			}
		})
	}
}

// TestASearchDoesNotFindWhatIsNotShown: by the names of places, and by the areas of those
// that are withheld. What is looked for stands on the page, so it is the lists that count.
func TestASearchDoesNotFindWhatIsNotShown(t *testing.T) {
	for _, tt := range []struct {
		terms, now, query string
		found             int
	}{
		{`release = "full"`, "2040-02-02T09:00:00Z", "q=Cobbler+mill", 1},
		{`release = "area"`, "2040-06-01T09:00:00Z", "q=Cobbler+mill", 0},
		{`release = "area"`, "2040-06-01T09:00:00Z", "q=Nameless", 0},
		{"release = \"full\"\n delay = \"72h\"", "2040-06-01T09:00:00Z", "q=Cobbler+mill", 0},
		{`release = "area"`, "2040-06-01T09:00:00Z", "q=shot", 6},
		{`release = "full"`, "2040-02-02T09:00:00Z", "area=hills", 5},
		{`release = "area"`, "2040-02-04T09:00:00Z", "area=hills", 0},
		{`release = "area"`, "2040-02-04T09:00:00Z", "area=hills&at=2040-12-30", 0},
		{`release = "area"`, "2040-02-04T11:00:00Z", "area=hills", 5},
		{`release = "area"`, "2040-02-04T09:00:00Z", "class=violation", 4},
	} {
		doc := parse(t, checkPage(t, hillsSite(t, tt.terms, tt.now), "en", "/en/incidents?"+tt.query))
		rows := map[string]bool{}
		for _, to := range links(doc) {
			if path, _, _ := strings.Cut(to, "?"); strings.HasPrefix(path, "/en/entries/r") {
				rows[path] = true
			}
		}
		if len(rows) != tt.found {
			t.Errorf("%s at %s, %s: %d reports, want %d", tt.terms, tt.now, tt.query, len(rows), tt.found)
		}
	}
}

// TestAPlaceIsWithheldUntilItsMoment: by the clock, whatever moment is asked about, also
// on pages that are kept.
func TestAPlaceIsWithheldUntilItsMoment(t *testing.T) {
	now := "2040-02-04T09:59:00Z"
	h, err := web.New(hillsCase(t, ""), web.Options{Now: func() time.Time { return clock(t, now)() }})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"", "?at=2040-12-30", "?at=2040-02-02T09:00Z"} {
		now = "2040-02-04T09:59:00Z"
		if body := get(t, h, "/api/map.geojson"+q).Body.String(); strings.Contains(body, "hills") || strings.Count(body, `"withheld_until":"2040-02-04T10:00:00Z"`) != 6 {
			t.Errorf("%s: before its moment the data are %s", q, body)
		}
		text := words(parse(t, checkPage(t, h, "en", "/en/map"+q)))
		if !strings.Contains(text, "Reports whose place is shown later") || !strings.Contains(text, "Withheld until 4 February 2040, 10:00") {
			t.Errorf("%s: the map does not say what it withholds", q)
		}
		text = words(parse(t, checkPage(t, h, "en", "/en/entries/r1"+q)))
		if !strings.Contains(text, "Withheld until 4 February 2040, 10:00") || !strings.Contains(text, "but for the place") {
			t.Errorf("%s: the entry does not say what it withholds", q)
		}
		now = "2040-02-04T10:00:00Z"
		if body := get(t, h, "/api/map.geojson"+q).Body.String(); strings.Count(body, `"within":["hills"]`) != 4 || strings.Contains(body, "withheld") {
			t.Errorf("%s: from its moment on the data are %s", q, body)
		}
		if text := words(parse(t, checkPage(t, h, "en", "/en/entries/r1"+q))); !strings.Contains(text, "Shown by area: The hills") {
			t.Errorf("%s: the entry does not show its area", q)
		}
	}
}

// TestNoCutOffOfTheFutureOpensAPlace: a day's report that is asked for before the day ends.
func TestNoCutOffOfTheFutureOpensAPlace(t *testing.T) {
	for _, tt := range []struct {
		now   string
		shown bool
	}{{"2040-02-01T12:30:00Z", false}, {"2040-02-01T13:00:00Z", true}} {
		h := hillsSite(t, `delay = "3h"`, tt.now)
		for _, q := range []string{"", "?at=2040-02-01", "?at=2040-12-30"} {
			body := get(t, h, "/en/reports/2040-02-01.csv"+q).Body.String()
			if got := strings.Contains(body, ",hills,"); got != tt.shown || !strings.Contains(body, "\r\nr1,") {
				t.Errorf("%s %s: the area is told: %t, want %t\n%s", tt.now, q, got, tt.shown, body)
			}
		}
	}
}

// TestFilesLaidOutTellTheSame: a site that is laid out as files goes by its question where
// that is earlier than the clock.
func TestFilesLaidOutTellTheSame(t *testing.T) {
	c := hillsCase(t, "")
	for _, tt := range []struct {
		at, now string
		shown   bool
	}{
		{"2040-02-03", "2040-02-03T12:00:00Z", false},
		{"2040-02-03", "2040-06-01T00:00:00Z", false},
		{"2040-02-05", "2040-06-01T00:00:00Z", true},
		{"2040-02-05", "2040-02-03T12:00:00Z", false},
		{"2040-12-31", "2041-06-01T00:00:00Z", true},
	} {
		q, err := judge.Ask(c, 0, tt.at, "", "")
		if err != nil {
			t.Fatal(err)
		}
		h, err := web.New(c, web.Options{Now: clock(t, tt.now), Static: &web.Static{Question: q, Languages: explain.Languages()}})
		if err != nil {
			t.Fatal(err)
		}
		body := get(t, h, "/api/map.geojson").Body.String()
		if got := strings.Contains(body, `"within":["hills"]`); got != tt.shown {
			t.Errorf("at %s, made %s: the area is told: %t, want %t", tt.at, tt.now, got, tt.shown)
		}
	}
}
