package verify_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/report"
	"github.com/truceline/truceline/verify"
	"github.com/truceline/truceline/verify/verifytest"
)

func harbour(t testing.TB) *casefile.Case {
	t.Helper()
	c, err := casefile.Load(os.DirFS("../casefile/testdata/training"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func instant(t testing.TB, c *casefile.Case, text string) moment.Instant {
	t.Helper()
	at, err := moment.Parse(text, c.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at.Latest()
}

func TestRulingsAreCanonicalLinesThatDoNotChange(t *testing.T) {
	c := harbour(t)
	at := instant(t, c, "2040-03-08T00:00Z")
	got, err := verify.Rulings(c, len(c.Entries), at)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"as_of":10,"at":"2040-03-08T00:00:00Z","case":"harbour","rules":"truceline-rules/1"}
{"agreement":"harbour","attribution":{"claims":[{"by":"A","party":"B"}],"value":"party"},"classification":"violation","clause":"1","established":"no established.no-clause","occurrence":"admissible","reading":"text","reasons":["yes time.in-force","yes actor.bound","yes act.covered","yes area.inside"],"report":"shell"}
{"agreement":"harbour","attribution":{"claims":[{"by":"A","party":"B"}],"value":"party"},"classification":"violation","clause":"1","established":"no established.no-clause","occurrence":"admissible","reading":"B","reasons":["yes time.in-force","yes actor.bound","yes act.covered","yes area.inside"],"report":"shell"}
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	for text := range bytes.Lines(got) {
		text = bytes.TrimSuffix(text, []byte("\n"))
		right, err := record.CanonicalJSON(text)
		if err != nil || !bytes.Equal(right, text) {
			t.Errorf("not canonical (%v):\n%s\n%s", err, text, right)
		}
	}
	var again bytes.Buffer
	backwards := func(n int, work func(int)) {
		for i := n - 1; i >= 0; i-- {
			work(i)
		}
	}
	if err := verify.WriteRulings(&again, c, len(c.Entries), at, backwards); err != nil || !bytes.Equal(again.Bytes(), got) {
		t.Errorf("the order of the work shows (%v):\n%s\n%s", err, again.Bytes(), got)
	}
}

func TestRulingsTakeNoPositionThatIsNotThere(t *testing.T) {
	c := harbour(t)
	for _, asOf := range []int{-1, 0, len(c.Entries) + 1} {
		if _, err := verify.Rulings(c, asOf, 0); err == nil || !strings.Contains(err.Error(), "is not in the record") {
			t.Errorf("position %d: %v", asOf, err)
		}
	}
	if _, err := verify.Rulings(c, 1, moment.Future); err == nil || !strings.Contains(err.Error(), "has no end") {
		t.Error(err)
	}
}

// TestAPublishedReportIsMadeAgain: a daily report that was published and altered
// afterwards, or that does not follow from the record, is told with the line that differs.
func TestAPublishedReportIsMadeAgain(t *testing.T) {
	r := verifytest.Training(t, 25)
	c, root, _, err := verify.Case(r.Mirror(), verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	at, err := root(25)
	if err != nil {
		t.Fatal(err)
	}
	f, err := report.Make(c, report.Options{Day: "2040-06-01", Position: 25, Root: at})
	if err != nil {
		t.Fatal(err)
	}
	w, err := report.NewWriter(c)
	if err != nil {
		t.Fatal(err)
	}
	right, err := w.Form(f, "zh", report.FormHTML, nil)
	if err != nil {
		t.Fatal(err)
	}
	wrong := bytes.Replace(right, []byte("2040年6月1日"), []byte("2040年6月2日"), 1)
	publish := func(ref, lang string, data []byte) {
		sum := sha256.Sum256(data)
		hash := hex.EncodeToString(sum[:])
		e := verifytest.Publication("desk", ref, "report", f.Until, 25, "truceline-rules/1", hash)
		e.Body.(*record.Publication).Lang = lang
		r.Add(e)
		r.Files["blobs/"+hash[:2]+"/"+hash] = &fstest.MapFile{Data: data}
	}
	publish("p1", "zh", right)
	got := verify.Mirror(r.Mirror(), verify.Options{Judge: true})
	if !got.Whole() || got.Judged == 0 {
		t.Errorf("the right report: %+v", got.Findings)
	}
	publish("p2", "zh", wrong)
	got = verify.Mirror(r.Mirror(), verify.Options{Judge: true})
	if len(got.Findings) != 1 || got.Findings[0].Code != "other-report" || !strings.Contains(got.Findings[0].What, "first at line") {
		t.Errorf("the altered report: %+v", got.Findings)
	}
	publish("p3", "uk", right)
	got = verify.Mirror(r.Mirror(), verify.Options{Judge: true})
	if len(got.Findings) != 2 || got.Findings[1].Code != "other-report" || !strings.Contains(got.Findings[1].What, `it is in the language "zh", the entry names "uk"`) {
		t.Errorf("a report in another language than its entry says: %+v", got.Findings)
	}
}
