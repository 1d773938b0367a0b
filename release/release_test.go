package release_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/release"
	"github.com/truceline/truceline/release/releasetest"
)

func load(t *testing.T, terms string) *casefile.Case {
	t.Helper()
	c, err := casefile.Load(releasetest.Files(terms))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func bench(t *testing.T, c *casefile.Case) *judge.Bench {
	t.Helper()
	q, err := judge.Ask(c, 0, "2040-06-01", "", "")
	if err != nil {
		t.Fatal(err)
	}
	return judge.New(c, q)
}

func at(t *testing.T, text string) moment.Instant {
	t.Helper()
	m, err := moment.Parse(text, moment.UTC())
	if err != nil {
		t.Fatal(err)
	}
	return m.Latest()
}

func TestWhatIsShownOfAPlace(t *testing.T) {
	const area, full = `release = "area"`, `release = "full"`
	for _, tt := range []struct {
		terms, at, ref, want string
	}{
		{area, "2040-02-04T09:59:59Z", "r1", "waits until 2040-02-04T10:00:00Z"},
		{area, "2040-02-04T10:00:00Z", "r1", "hills"},
		{area, "2040-02-04T10:00:00Z", "r2", "region"}, // in the hills or not, in the region certainly
		{area, "2040-02-04T10:00:00Z", "r3", "hills"},
		{area, "2040-02-04T10:00:00Z", "r4", "hills"},
		{area, "2040-02-04T10:00:00Z", "r5", "held"},
		{area, "2040-02-04T10:00:00Z", "r6", "hills"},
		{area, "2040-02-01T10:00:00Z", "r5", "waits until 2040-02-04T10:00:00Z"},
		{area + "\n delay = \"0h\"", "2040-02-01T10:00:00Z", "r1", "hills"},
		{area + "\n delay = \"1h\"", "2040-02-01T10:59:59Z", "r1", "waits until 2040-02-01T11:00:00Z"},
		{full, "2040-02-01T10:00:00Z", "r1", "as told"},
		{full, "2040-02-01T10:00:00Z", "r6", "as told"},
		{full + "\n delay = \"24h\"", "2040-02-01T10:00:00Z", "r1", "waits until 2040-02-02T10:00:00Z"},
		{full + "\n delay = \"24h\"", "2040-02-02T10:00:00Z", "r5", "as told"},
	} {
		c := load(t, tt.terms)
		b := bench(t, c)
		it, _ := b.Item(record.Ref(tt.ref))
		in := b.IncidentOf(it)
		s := release.New(c).Of(b, it, in, at(t, tt.at))
		got := "nothing"
		switch {
		case s.Waits():
			got = "waits until " + s.Until.String()
		case s.Held:
			got = "held"
		case s.Told == in.Report.Place:
			got = "as told"
		case s.Told != nil:
			got = strings.Join(s.Told.Within, ",")
		}
		if got != tt.want {
			t.Errorf("%s at %s, %s: %s, want %s", tt.terms, tt.at, tt.ref, got, tt.want)
		}
	}
}

// TestTheDelayCountsFromWhatIsKnown: the last moment at which it may have happened, or the
// recording where that is earlier, or nothing is told.
func TestTheDelayCountsFromWhatIsKnown(t *testing.T) {
	for _, tt := range []struct{ happened, want string }{
		{`"happened":"2040-02-01T10:00Z"`, "2040-02-04T10:00:00Z"},
		{`"happened":"2040-01-31"`, "2040-02-03T23:59:59Z"},
		{`"happened":"2040-02-01"`, "2040-02-04T12:00:00Z"}, // recorded at noon of that day
		{`"happened":"2040-02"`, "2040-02-04T12:00:00Z"},
		{`"public":"2040-02-01"`, "2040-02-04T12:00:00Z"},
		{`"happened":"2040-01-31/.."`, "2040-02-04T12:00:00Z"},
	} {
		files := releasetest.Files("")
		text := strings.ReplaceAll(string(files["record.jsonl"].Data), `"happened":"2040-02-01T10:00Z"`, tt.happened)
		files["record.jsonl"].Data = []byte(text)
		c, err := casefile.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		b := bench(t, c)
		it, _ := b.Item("r1")
		if got := release.New(c).Opens(it).String(); got != tt.want {
			t.Errorf("%s: opens %s, want %s", tt.happened, got, tt.want)
		}
	}
}

func TestTermsAreReadAsTheyAreWritten(t *testing.T) {
	for _, text := range []string{"", "area 72h", "area 0h", "full 24h"} {
		terms, err := release.ParseTerms(text)
		if err != nil || terms.String() != text {
			t.Errorf("%q: %q %v", text, terms, err)
		}
	}
	for _, text := range []string{"full 0h", "area", "area 72", "area -1h", "area 072h", "point 72h", "area 72h ", " "} {
		if terms, err := release.ParseTerms(text); err == nil {
			t.Errorf("%q is read as %+v", text, terms)
		}
	}
}

// TestEntriesAndReasonsTellNoMore: whatever is written out of a case that releases by area.
func TestEntriesAndReasonsTellNoMore(t *testing.T) {
	for _, tt := range []struct {
		terms, at string
		whole     bool
	}{
		{`release = "area"`, "2040-02-02T00:00:00Z", false},
		{`release = "area"`, "2040-06-01T00:00:00Z", false},
		{"release = \"full\"\n delay = \"72h\"", "2040-02-02T00:00:00Z", false},
		{`release = "full"`, "2040-02-02T00:00:00Z", true},
	} {
		c := load(t, tt.terms)
		b, rule := bench(t, c), release.New(c)
		var text strings.Builder
		for i := range c.Entries {
			e := &c.Entries[i]
			it, _ := b.Item(e.Entry.Ref)
			var shown release.Shown
			if it.Kind == record.KindReport {
				in := b.IncidentOf(it)
				shown = rule.Of(b, it, in, at(t, tt.at))
				rulings, err := json.Marshal(rule.Rulings(b.Judge(in, ""), shown))
				if err != nil {
					t.Fatal(err)
				}
				text.Write(rulings)
			}
			before, err := record.Canonical(e.Entry)
			if err != nil {
				t.Fatal(err)
			}
			open, err := json.Marshal(rule.Entry(e.Entry, shown))
			if err != nil {
				t.Fatal(err)
			}
			text.Write(open)
			if after, err := record.Canonical(e.Entry); err != nil || string(after) != string(before) {
				t.Errorf("%s was changed", e.Entry.Ref)
			}
		}
		for _, secret := range slices.Concat(releasetest.Secrets, []string{"4321", "distance"}) {
			if got := strings.Contains(text.String(), secret); got != tt.whole {
				t.Errorf("%s at %s: %q is told: %t", tt.terms, tt.at, secret, got)
			}
		}
	}
}

// TestNothingThatIsDecidedChanges: the same rulings and outcomes under every release.
func TestNothingThatIsDecidedChanges(t *testing.T) {
	var first string
	for _, terms := range []string{`release = "full"`, `release = "area"`, `delay = "0h"`} {
		c := load(t, terms)
		b, rule := bench(t, c), release.New(c)
		var got strings.Builder
		for _, ref := range releasetest.Reports {
			it, _ := b.Item(record.Ref(ref))
			in := b.IncidentOf(it)
			for _, r := range rule.Rulings(b.Judge(in, ""), rule.Of(b, it, in, moment.Past)) {
				got.WriteString(r.Clause + " " + string(r.Classification))
				for _, s := range r.Reasons {
					got.WriteString(" " + s.Test + " " + s.Outcome.String() + " " + s.Detail)
				}
				got.WriteString("\n")
			}
		}
		if first == "" {
			first = got.String()
		}
		if got.String() != first || first == "" {
			t.Errorf("%s: the rulings are\n%s\nnot\n%s", terms, got.String(), first)
		}
	}
}
