package replay_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/replay"
)

const draft = "```hcl\n" + `agreement "draft" {
  title   = { en = "Draft" }
  parties = { KA = "party", LO = "party" }
}
` + "```\n\n# 1 Fire\n\nNo fire in the west.\n\n```hcl\n" + `prohibition "1" {
  binds = ["KA", "LO"]
  acts  = ["attack"]
  where = ["area:west"]
}
entry_into_force "2" {
  requires = [accepted("KA", "signed"), accepted("LO", "signed")]
}
duration "3" {
  length   = "P10D"
  counting = "the day of the start is day one"
  zone     = "UTC"
}
` + "```\n"

const reading = "```hcl\n" + `reading "draft" {
  holder = "LO"
}
prohibition "1" {
  acts = ["attack/artillery"]
}
` + "```\n"

func setup(t *testing.T) (*judge.Bench, *casefile.Case) {
	t.Helper()
	c, err := casefile.Load(os.DirFS("../scenario/testdata/case"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := agreement.ParseText("draft.md", []byte(draft), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := agreement.ParseReading("reading.md", []byte(reading))
	if err != nil {
		t.Fatal(err)
	}
	before := len(c.Entries)
	with := c.WithDraft(a, r)
	if len(c.Entries) != before || len(c.Versions) != 1 {
		t.Fatal("the case was changed")
	}
	start, err := moment.Parse("2030-03-05", c.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return judge.New(with, judge.Question{At: c.World.Until - 1, KnownBy: moment.Future, Suppose: &judge.Supposition{Agreement: "draft", Start: start}}), c
}

func TestAnIncidentCountsOnceForEachReading(t *testing.T) {
	b, c := setup(t)
	var incidents []judge.Incident
	inside := &record.Place{Lon: "10.5", Lat: "50.5", Radius: 2000}
	for i, x := range []struct {
		when, act, party string
		place            *record.Place
	}{
		{"2030-03-04T23:00Z", "attack/artillery", "KA", inside},                                         // before the start
		{"2030-03-05T01:00Z", "attack/artillery", "KA", inside},                                         // a Tuesday: a violation by both
		{"2030-03-11T01:00Z", "attack/uav", "LO", inside},                                               // a Monday: a violation by the text only
		{"2030-03-12T01:00Z", "attack/artillery", "", inside},                                           // nobody named
		{"2030-03-12T02:00Z", "attack/artillery", "", nil},                                              // nobody, nowhere
		{"2030-03-14T23:00Z", "attack/artillery", "KA", &record.Place{Lon: "15", Lat: "5", Radius: 10}}, // elsewhere, on the last day
		{"2030-03-15T00:00Z", "attack/artillery", "KA", inside},                                         // after the end
		{"", "attack", "KA", inside},                                                                    // not dated, too broad
	} {
		var happened moment.Time
		if x.when != "" {
			var err error
			if happened, err = moment.Parse(x.when, c.Zone); err != nil {
				t.Fatal(err)
			}
		}
		incidents = append(incidents, b.Incident(record.Ref(fmt.Sprint(i)), happened, nil, &record.Report{Act: x.act, Actor: actor(x.party), Place: x.place}))
	}
	steps := 0
	got := replay.Run(b, "draft", incidents, c.Zone, func() { steps++ })
	if steps != len(incidents) {
		t.Errorf("%d steps of %d", steps, len(incidents))
	}
	counts := func(v, n, f, u int) replay.Counts {
		return replay.Counts{Violation: v, NoViolation: n, NotInForce: f, NotDecided: u}
	}
	text := replay.Reading{
		By: "text", Total: counts(2, 1, 2, 3),
		Clauses: []replay.Clause{{"1", counts(2, 1, 2, 3)}},
		Sides:   []replay.Side{{"", counts(0, 0, 0, 2)}, {"KA", counts(1, 1, 2, 1)}, {"LO", counts(1, 0, 0, 0)}},
		Weeks:   []replay.Week{{"", counts(0, 0, 0, 1)}, {"2030-03-04", counts(1, 0, 1, 0)}, {"2030-03-11", counts(1, 1, 1, 2)}},
		Lacking: []replay.Lack{{[]string{"actor"}, 1}, {[]string{"actor", "area"}, 1}, {[]string{"time"}, 1}},
	}
	lo := replay.Reading{
		By: "LO", Total: counts(1, 2, 2, 3),
		Clauses: []replay.Clause{{"1", counts(1, 2, 2, 3)}},
		Sides:   []replay.Side{{"", counts(0, 0, 0, 2)}, {"KA", counts(1, 1, 2, 1)}, {"LO", counts(0, 1, 0, 0)}},
		Weeks:   []replay.Week{{"", counts(0, 0, 0, 1)}, {"2030-03-04", counts(1, 0, 1, 0)}, {"2030-03-11", counts(0, 2, 1, 2)}},
		Lacking: []replay.Lack{{[]string{"actor"}, 1}, {[]string{"actor", "area"}, 1}, {[]string{"time", "act"}, 1}},
	}
	want := replay.Result{
		Agreement: "draft", Start: "2030-03-05", Rules: judge.Rules, Incidents: len(incidents), Readings: []replay.Reading{text, lo},
		Parting: []replay.Parting{{"2", map[string]judge.Classification{"text": judge.Violation, "LO": judge.NoViolation}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func actor(party string) *record.Actor {
	if party == "" {
		return nil
	}
	return &record.Actor{Party: party}
}

// TestChartIsAnImageThatSaysWhatItShows: it is well-formed, has a title and a
// description, and a bar says its figures; words are never markup.
func TestChartIsAnImageThatSaysWhatItShows(t *testing.T) {
	r := replay.Reading{Weeks: []replay.Week{{"", replay.Counts{}}, {"2030-03-04", replay.Counts{Violation: 7, NotDecided: 4}}}}
	svg := replay.Chart(r, replay.Words{Title: "<b>Weeks", Violation: "violations", NotDecided: "open", Undated: "no date", Description: "All"})
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{`<title id="t">&lt;b&gt;Weeks</title>`, `<desc id="d">All</desc>`, "2030-03-04: violations 7, open 4", ">20</text>"} {
		if !strings.Contains(svg, want) {
			t.Errorf("%q is not in\n%s", want, svg)
		}
	}
}
