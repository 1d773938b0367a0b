package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/release/releasetest"
	"github.com/truceline/truceline/report"
)

func hills(t *testing.T, terms string) *casefile.Case {
	t.Helper()
	c, err := casefile.Load(releasetest.Files(terms))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestAReportShowsPlacesAsTheCaseReleasesThem, in every form and language.
func TestAReportShowsPlacesAsTheCaseReleasesThem(t *testing.T) {
	for _, tt := range []struct {
		terms, until   string
		whole          bool
		csv, withheld  string // what stands in the table of r1; the row of the table by area
		inputs, inArea string
	}{
		{terms: `release = "full"`, whole: true, csv: "10.512345,50.512345,731", inArea: "The hills. This day: 5"},
		{terms: `release = "area"`, csv: "withheld until 2040-02-04T10:00:00Z,,,,,,,,", withheld: "place withheld. This day: 6", inputs: `"release":"area 72h"`},
		{terms: `delay = "0h"`, csv: ",,,,,,,,hills,", withheld: "place withheld. This day: 1", inputs: `"release":"area 0h"`, inArea: "The hills. This day: 5"},
		{terms: `delay = "2h"`, until: "2040-02-01T11:59:59Z", csv: "withheld until 2040-02-01T12:00:00Z,", withheld: "place withheld. This day: 6", inputs: `"release":"area 2h"`},
		{terms: `delay = "2h"`, until: "2040-02-01T12:00:00Z", csv: ",,,,,,,,hills,", withheld: "place withheld. This day: 1", inputs: `"release":"area 2h"`, inArea: "The hills. This day: 5"},
		{terms: "release = \"full\"\n delay = \"24h\"", csv: "withheld until 2040-02-02T10:00:00Z,", withheld: "place withheld. This day: 6", inputs: `"release":"full 24h"`},
	} {
		c := hills(t, tt.terms)
		w := writer(t, c)
		f := figures(t, c, report.Options{Day: "2040-02-01", Until: tt.until})
		if f.All.Day.Most != 6 {
			t.Errorf("%s: %d reports count", tt.terms, f.All.Day.Most)
		}
		figures, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range releasetest.Secrets {
			if got := strings.Contains(string(figures), secret); got && !tt.whole {
				t.Errorf("%s: the figures tell %q", tt.terms, secret)
			}
		}
		for _, lang := range explain.Languages() {
			found := map[string]bool{}
			for _, form := range forms {
				data, err := w.Form(f, lang, form, nil)
				if err != nil {
					t.Fatal(err)
				}
				for _, secret := range releasetest.Secrets {
					if strings.Contains(string(data), secret) {
						if found[secret] = true; !tt.whole {
							t.Errorf("%s %s %s: the report tells %q", tt.terms, lang, form, secret)
						}
					}
				}
				if !strings.Contains(strings.ReplaceAll(string(data), "&#34;", `"`), tt.inputs) || tt.inputs == "" && strings.Contains(string(data), `release&#34;`) {
					t.Errorf("%s %s %s: the line of inputs lacks %s", tt.terms, lang, form, tt.inputs)
				}
				text := string(data)
				switch {
				case lang != "en":
				case form == report.FormCSV:
					_, row, _ := strings.Cut(text, "\r\nr1,")
					if row, _, _ = strings.Cut(row, "\r\n"); !strings.Contains(row, tt.csv) {
						t.Errorf("%s: r1 is told as %s", tt.terms, row)
					}
				case form == report.FormText:
					if !strings.Contains(text, tt.withheld) || !strings.Contains(text, tt.inArea) || tt.withheld == "" && strings.Contains(text, "withheld") {
						t.Errorf("%s: the table by area is\n%s", tt.terms, text)
					}
				}
				// Made again by the terms that it names, whatever the case states by then.
				for _, later := range []string{tt.terms, `release = "full"`, `release = "area"`} {
					in, read, err := report.Read(data)
					if err != nil {
						t.Fatal(err)
					}
					again, err := (&report.Remaker{Case: hills(t, later), Root: func(int) (string, error) { return "", nil }}).Again(in, read, data)
					if err != nil || !again.Same {
						t.Errorf("%s, then %s, %s %s: %+v %v", tt.terms, later, lang, form, again, err)
					}
				}
			}
			if tt.whole && (!found["10.512345"] || !found["47.25"]) {
				t.Errorf("%s: no form tells the places: %v", lang, found)
			}
		}
	}
}
