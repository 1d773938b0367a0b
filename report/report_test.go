package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/width"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/report"
)

func founding(tb testing.TB) *casefile.Case {
	tb.Helper()
	fsys, err := cases.UA2025()
	if err != nil {
		tb.Fatal(err)
	}
	c, err := casefile.Load(fsys)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func writer(tb testing.TB, c *casefile.Case) *report.Writer {
	tb.Helper()
	w, err := report.NewWriter(c)
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

func figures(tb testing.TB, c *casefile.Case, o report.Options) *report.Figures {
	tb.Helper()
	f, err := report.Make(c, o)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

var forms = []string{report.FormHTML, report.FormText, report.FormCSV, report.FormGeoJSON}

// TestTheSameInputsGiveTheSameBytes, from a case loaded anew, in every form and language;
// and the file alone tells how to make it again.
func TestTheSameInputsGiveTheSameBytes(t *testing.T) {
	c := founding(t)
	w := writer(t, c)
	other := founding(t)
	for _, day := range []string{"2025-03-12", "2025-03-27", "2025-04-20"} {
		f := figures(t, c, report.Options{Day: day, Address: "https://mission.example/"})
		for _, lang := range explain.Languages() {
			for _, form := range forms {
				data, err := w.Form(f, lang, form, nil)
				if err != nil {
					t.Fatal(err)
				}
				in, read, err := report.Read(data)
				if err != nil || read != form || in.Lang != lang || in.Day != day {
					t.Fatalf("%s %s %s: read as %s %+v: %v", day, lang, form, read, in, err)
				}
				got, err := (&report.Remaker{Case: other, Root: func(int) (string, error) { return "", nil }}).Again(in, form, data)
				if err != nil || !got.Same {
					t.Errorf("%s %s %s: %+v %v", day, lang, form, got, err)
				}
			}
		}
	}
}

// TestWhatBecamePublicLaterChangesNoByte: the report of a day out of a record that ends
// with what was public by then is the same but for the position that it names.
func TestWhatBecamePublicLaterChangesNoByte(t *testing.T) {
	fsys, err := cases.UA2025()
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(fsys, "record.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	whole := founding(t)
	for _, day := range []string{"2025-03-12", "2025-03-26"} {
		q, err := judge.Ask(whole, 0, day, day, "")
		if err != nil {
			t.Fatal(err)
		}
		lines := bytes.SplitAfter(data, []byte("\n"))
		from := len(lines) - 1
		later := []byte(fmt.Sprintf(`{"entry":{"kind":"report","ref":"later","author":"desk","happened":"%s","public":"2025-06-01","said_by":{"party":"UA","institution":{"en":"A desk"}},"summary":{"en":"Told much later."},"body":{"act":"attack/uav"}},"recorded":"2026-11-23T07:50:00Z"}`+"\n", day))
		grown := slices.Concat(slices.Concat(lines[:from]...), later)
		leaves := bytes.Split(bytes.TrimSuffix(grown, []byte("\n")), []byte("\n"))
		more, err := casefile.LoadLeaves(fsys, leaves)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range forms {
			at := len(whole.Entries)
			x, err := writer(t, whole).Form(figures(t, whole, report.Options{Day: day, Position: at}), "en", form, nil)
			if err != nil {
				t.Fatal(err)
			}
			y, err := writer(t, more).Form(figures(t, more, report.Options{Day: day, Position: at + 1}), "en", form, nil)
			if err != nil {
				t.Fatal(err)
			}
			y = bytes.ReplaceAll(y, fmt.Append(nil, at+1), fmt.Append(nil, at))
			if !bytes.Equal(x, y) {
				t.Errorf("%s %s: an entry public later (known by %s) changes the report", day, form, q.KnownBy)
			}
		}
	}
}

// TestFiguresAreANaiveRecount of the reports of every day.
func TestFiguresAreANaiveRecount(t *testing.T) {
	c := founding(t)
	counted := 0
	for day := 1; day <= 30; day++ {
		name := fmt.Sprintf("2025-04-%02d", day)
		f := figures(t, c, report.Options{Day: name})
		span := c.Zone.Day(2025, 4, day)
		var least, most int
		b := judge.New(c, judge.Question{At: span.Last(), KnownBy: span.Last()})
		for _, in := range b.Incidents() {
			if in.Happened.IsZero() || !in.Happened.Set().Overlaps(moment.Set{span}) {
				continue
			}
			most++
			if in.Happened.Earliest() >= span.From && in.Happened.Latest() < span.Until {
				least++
			}
		}
		if f.All.Day != (report.Range{Least: least, Most: most}) {
			t.Errorf("%s: %+v, recounted %d to %d", name, f.All.Day, least, most)
		}
		counted += most
		for _, cl := range f.Classes {
			sum := 0
			for _, n := range cl.Counts {
				sum += n
			}
			if sum != most {
				t.Errorf("%s, %s by %s: %d reports in classes, %d of the day", name, cl.Agreement, cl.Reading, sum, most)
			}
		}
	}
	if counted == 0 {
		t.Error("no report of April was counted")
	}
}

// TestEverySectionStandsAndParagraphsAreNumbered, in every language, on a full day and an
// empty one.
func TestEverySectionStandsAndParagraphsAreNumbered(t *testing.T) {
	c := founding(t)
	w := writer(t, c)
	ids := []string{"answer", "incidents", "casualties", "monitors", "zones", "relief", "words", "access", "coverage", "tallies", "due", "corrections", "unattributed"}
	for _, day := range []string{"2025-03-12", "2025-04-20", "2023-01-01"} {
		f := figures(t, c, report.Options{Day: day})
		for _, lang := range explain.Languages() {
			d := w.Document(f, lang)
			next := 1
			for i, s := range d.Sections {
				if s.ID != ids[i] || s.Number != i+1 || s.Title == "" || len(s.Blocks) == 0 {
					t.Errorf("%s %s: section %d is %q %q with %d blocks", day, lang, s.Number, s.ID, s.Title, len(s.Blocks))
				}
				for _, b := range s.Blocks {
					p, ok := b.(report.Paragraph)
					if !ok || p.Number == 0 {
						continue
					}
					if p.Number != next {
						t.Errorf("%s %s: paragraph %d stands where %d should", day, lang, p.Number, next)
					}
					next++
				}
			}
			if len(d.Sections) != len(ids) {
				t.Errorf("%s %s: %d sections", day, lang, len(d.Sections))
			}
		}
	}
}

// TestNoReportQuotesAContestedClaim: it is named and counted only.
func TestNoReportQuotesAContestedClaim(t *testing.T) {
	c := founding(t)
	w := writer(t, c)
	f := figures(t, c, report.Options{Day: "2025-03-12"})
	if len(f.Withheld) == 0 {
		t.Fatal("the day has no contested claim, so nothing is proved")
	}
	for _, ref := range f.Withheld {
		e := c.Entry(ref).Envelope.Entry
		for _, lang := range explain.Languages() {
			for _, form := range forms {
				data, err := w.Form(f, lang, form, nil)
				if err != nil {
					t.Fatal(err)
				}
				for l, words := range e.Summary {
					if words != "" && bytes.Contains(data, []byte(words)) {
						t.Errorf("%s %s quotes %s in %s", form, lang, ref, l)
					}
				}
			}
		}
	}
}

func TestPlainTextFitsItsColumns(t *testing.T) {
	c := founding(t)
	w := writer(t, c)
	for _, day := range []string{"2025-03-12", "2025-03-25"} {
		f := figures(t, c, report.Options{Day: day})
		for _, lang := range explain.Languages() {
			lines := strings.Split(string(report.Text(w.Document(f, lang))), "\n")
			for i, line := range lines[:len(lines)-2] { // the last is the line of inputs
				n := 0
				for _, r := range line {
					n++
					if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
						n++
					}
				}
				if n > 74 { // a closing mark may hang
					t.Errorf("%s %s line %d has %d columns: %s", day, lang, i+1, n, line)
				}
			}
		}
	}
}

// TestDataHaveNoBarePoint, and no cell that a spreadsheet would run.
func TestDataHaveNoBarePoint(t *testing.T) {
	c := founding(t)
	for i := range c.Entries { // a hostile name
		if r, ok := c.Entries[i].Envelope.Entry.Body.(*record.Report); ok && r.Place != nil && r.Place.Name != nil {
			r.Place.Name = record.Text{"en": `=HYPERLINK("https://evil.example")`}
		}
	}
	w := writer(t, c)
	f := figures(t, c, report.Options{Day: "2025-03-18"})
	if len(f.Incidents) == 0 {
		t.Fatal("no report on the day")
	}
	data, err := w.GeoJSON(f, "en")
	if err != nil {
		t.Fatal(err)
	}
	var collection struct {
		Features []struct {
			Geometry *struct {
				Type        string
				Coordinates [][][2]float64
			}
		}
	}
	if err := json.Unmarshal(data, &collection); err != nil {
		t.Fatal(err)
	}
	if len(collection.Features) != len(f.Incidents) {
		t.Errorf("%d features of %d reports", len(collection.Features), len(f.Incidents))
	}
	for _, x := range collection.Features {
		if g := x.Geometry; g != nil && (g.Type != "Polygon" || len(g.Coordinates[0]) < 4 || g.Coordinates[0][0] != g.Coordinates[0][len(g.Coordinates[0])-1]) {
			t.Errorf("a geometry is %s with %d corners", g.Type, len(g.Coordinates[0]))
		}
	}
	table, err := w.CSV(f, "en")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(table))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 1+len(f.Incidents) {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	found := false
	for _, row := range rows[1:] {
		for _, cell := range row {
			found = found || strings.HasPrefix(cell, "'=")
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	if !found {
		t.Error("the hostile name is not in the table, so nothing is proved")
	}
}

func TestDaysAndCutOffsThatMakeNoSense(t *testing.T) {
	c := founding(t)
	for _, tt := range []struct {
		o    report.Options
		says string
	}{
		{report.Options{Day: ""}, "2025-03-12"},
		{report.Options{Day: "yesterday"}, "2025-03-12"},
		{report.Options{Day: "2025-03"}, "single calendar day"},
		{report.Options{Day: "2025-03-32"}, "2025-03-12"},
		{report.Options{Day: "1999-01-01"}, "outside the case"},
		{report.Options{Day: "2025-03-12", Until: "2025-03-14"}, "does not lie within"},
		{report.Options{Day: "2025-03-12", Until: "noon"}, "2025-03-12T19:30"},
		{report.Options{Day: "2025-03-12", Position: 100000}, "no position"},
		{report.Options{Day: "2025-03-12", Position: -1}, "no position"},
	} {
		if _, err := report.Make(c, tt.o); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%+v: %v, want it to say %q", tt.o, err, tt.says)
		}
	}
}

func TestFilesThatAreNoReport(t *testing.T) {
	for _, data := range []string{"", "\n", "hello", "# {", "# {}\n", "<!doctype html>", `{"a":1}`, `<!doctype html><meta name="truceline-report" content="{}">`, "# {\"format\":\"truceline-report/9\"}\r\n"} {
		if _, _, err := report.Read([]byte(data)); err == nil {
			t.Errorf("%q is taken for a report", data)
		}
	}
}

func FuzzRead(f *testing.F) {
	c := founding(f)
	w := writer(f, c)
	x := figures(f, c, report.Options{Day: "2025-03-12"})
	for _, form := range forms {
		data, err := w.Form(x, "en", form, nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(_ *testing.T, data []byte) { _, _, _ = report.Read(data) })
}

// TestNoMessageIsWithoutItsUse would be the site's; here every code said must be there.
func TestEveryMessageIsThere(t *testing.T) {
	c := founding(t)
	w := writer(t, c)
	for _, day := range []string{"2025-03-12", "2025-03-18", "2025-03-25", "2025-04-20", "2025-05-08", "2025-06-02"} {
		f := figures(t, c, report.Options{Day: day})
		for _, lang := range explain.Languages() {
			text := string(report.Text(w.Document(f, lang)))
			for _, bad := range []string{"[incidents.", "[counted.", "[unit.", "[section.", "[head.", "[col.", "[due.", "[act.", "{n", "[tallies."} {
				if strings.Contains(text, bad) {
					t.Errorf("%s %s: %q stands in it", day, lang, bad)
				}
			}
		}
	}
}
