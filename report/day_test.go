package report_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/report"
)

// training is the invented case of casefile's tests with further lines in its record.
func training(t *testing.T, lines ...string) *casefile.Case {
	t.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS("../casefile/testdata/training")
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		files["record.jsonl"].Data = fmt.Appendf(files["record.jsonl"].Data, `{"entry":%s,"recorded":"2040-06-01T00:00:00Z"}`+"\n", l)
	}
	c, err := casefile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// told writes the report of a day as plain text on one line.
func told(t *testing.T, c *casefile.Case, o report.Options) string {
	t.Helper()
	data, err := writer(t, c).Form(figures(t, c, o), "en", report.FormText, nil)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(data)), " ")
}

// TestWordsStandInTheReportOfTheirDay: what is known to a day of another zone stands in
// that day's report, not in the one of the day before that knows it perhaps, and in none
// other.
func TestWordsStandInTheReportOfTheirDay(t *testing.T) {
	c := founding(t)
	for _, tt := range []struct {
		ref  record.Ref
		kind record.Kind
		want string
		days []string
	}{
		{"B25", record.KindStatement, "2025-03-13", []string{"2025-03-12", "2025-03-13", "2025-03-14"}}, // a day in Moscow
		{"B87", record.KindContact, "2025-04-17", []string{"2025-04-16", "2025-04-17", "2025-04-18"}},   // a day in Paris
		{"A6", record.KindStatement, "2025-03-12", []string{"2025-03-11", "2025-03-12", "2025-03-13"}},
	} {
		for _, day := range tt.days {
			f := figures(t, c, report.Options{Day: day})
			i := slices.IndexFunc(f.Of[tt.kind], func(it judge.Item) bool { return it.Ref == tt.ref })
			if (i >= 0) != (day == tt.want) {
				t.Errorf("%s in the report of %s: %v", tt.ref, day, i >= 0)
			}
		}
	}
}

// TestACutOffDoesNotMakeAReportCertain: the report became public on the day, perhaps
// after the cut-off; that it may be known shows nothing of when it happened.
func TestACutOffDoesNotMakeAReportCertain(t *testing.T) {
	c := training(t, `{"kind":"report","ref":"late","author":"desk","happened":"2040-03-20/2040-03-21","public":"2040-03-20/2040-03-21","said_by":{"party":"A","institution":{"en":"Post"}},"body":{"act":"attack/artillery"}}`)
	if f := figures(t, c, report.Options{Day: "2040-03-20"}); f.All.Day != (report.Range{Least: 0, Most: 1}) {
		t.Errorf("the day's figure is %+v", f.All.Day)
	}
	if f := figures(t, c, report.Options{Day: "2040-03-21"}); f.All.Day != (report.Range{Least: 0, Most: 1}) || f.All.Before != (report.Range{Least: 0, Most: 1}) {
		t.Errorf("the next day's figures are %+v, the day before %+v", f.All.Day, f.All.Before)
	}
}

func TestFindingsRulingsAndRepliesOfTheDayAreTold(t *testing.T) {
	c := training(t,
		`{"kind":"finding","ref":"found","author":"desk","happened":"2040-03-08","said_by":{"party":"M","institution":{"en":"Verifiers"}},"body":{"of":"shell","axis":"occurrence","value":"confirmed"}}`,
		`{"kind":"finding","ref":"whose","author":"desk","happened":"2040-03-08","said_by":{"party":"M","institution":{"en":"Verifiers"}},"body":{"of":"shell","axis":"attribution","value":"party","party":"B"}}`,
		`{"kind":"reply","ref":"no","author":"desk","happened":"2040-03-08","said_by":{"party":"B","institution":{"en":"Staff"}},"body":{"to":"shell","party":"B","denies":true}}`,
	)
	text := told(t, c, report.Options{Day: "2040-03-08"})
	for _, want := range []string{"Findings", "found · 8 March 2040", "Of shell: confirmed.", "Of shell: attributed to a party, B.", "Replies", "B denies what shell tells."} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
	if text := told(t, c, report.Options{Day: "2040-03-09"}); strings.Contains(text, "found ·") {
		t.Error("the report of another day tells the finding")
	}
}

// TestADayThatATextSetsIsToldOnce, with a line for every start and reading.
func TestADayThatATextSetsIsToldOnce(t *testing.T) {
	text := told(t, founding(t), report.Options{Day: "2025-04-17"})
	if n := strings.Count(text, "Moratorium on strikes against energy facilities (March 2025): ends."); n != 1 {
		t.Errorf("the end is told %d times", n)
	}
	for _, want := range []string{
		"reading of Russia: 18 April 2025, 00:00 Moscow time (UTC+3) (the day of the start is not counted); 19 April 2025, 00:00 Moscow time (UTC+3) (thirty days as a month).",
		"Announced, and not known to have happened",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

func TestPlacesAndFiguresAreToldAsTheyWere(t *testing.T) {
	text := told(t, founding(t), report.Options{Day: "2025-03-19"})
	for _, want := range []string{"Place: Kavkazskaya, known to within 8 km. - Figures as told: drones: 3; square metres: 1,700 · fire.", "Place: somewhere in Dnipropetrovsk Oblast."} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// TestNoListIsEndless: what is left out is counted; the data have all.
func TestNoListIsEndless(t *testing.T) {
	var lines []string
	for i := range 230 {
		lines = append(lines, fmt.Sprintf(`{"kind":"report","ref":"x%d","author":"desk","happened":"2040-03-20T10:00Z","said_by":{"party":"A","institution":{"en":"Post"}},"summary":{"en":"Fire."},"body":{"act":"attack/artillery","counts":[{"n":1,"hedge":"exact","unit":"injured"}]}}`, i))
	}
	c := training(t, lines...)
	f := figures(t, c, report.Options{Day: "2040-03-20"})
	w := writer(t, c)
	text := string(report.Text(w.Document(f, "en")))
	if n := strings.Count(text, "Fire."); n != 200 {
		t.Errorf("%d reports are told one by one", n)
	}
	if n := strings.Count(text, "· injured: 1"); n != 200 {
		t.Errorf("%d figures of harm are told one by one", n)
	}
	if n := strings.Count(strings.Join(strings.Fields(text), " "), "not told one by one here: 30."); n != 2 {
		t.Errorf("it says %d times that some are left out", n)
	}
	data, err := w.CSV(f, "en")
	if n := strings.Count(string(data), "\r\nx"); err != nil || n != 230 {
		t.Errorf("%d rows: %v", n, err)
	}
}
