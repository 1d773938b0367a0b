package web_test

import (
	"strings"
	"testing"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/web"
)

// TestPublishedReportsAreMarked: the list and the day's page lead to the entries that
// commit to a report, and a view of the record before them knows nothing of it.
func TestPublishedReportsAreMarked(t *testing.T) {
	files := ownFiles("full")
	entry := func(ref, lang, until string) string {
		return `{"entry":{"kind":"publication","ref":"` + ref + `","author":"desk","happened":"` + until + `","summary":{"en":"Daily report"},"body":{"what":"report","lang":"` + lang +
			`","position":4,"rules":"truceline-rules/1","hash":"` + strings.Repeat("ab", 32) + `"}},"recorded":"2040-02-03T00:00:00Z"}` + "\n"
	}
	files["record.jsonl"].Data = append(files["record.jsonl"].Data, entry("p-en", "en", "2040-02-01T23:59:59Z")+entry("p-uk", "uk", "2040-02-01T19:30:00Z")...)
	c, err := casefile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	h, err := web.New(c, web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	list := checkPage(t, h, "en", "/en/reports?at=2040-03-01")
	page := checkPage(t, h, "en", "/en/reports/2040-02-01?at=2040-03-01")
	for _, ref := range []string{"p-en", "p-uk"} {
		if !strings.Contains(list, `<a href="/en/entries/`+ref+`?at=2040-03-01"`) {
			t.Errorf("the list leads to no entry %s", ref)
		}
		if !strings.Contains(page, `<a href="/en/entries/`+ref+`?at=2040-03-01">`+ref+`</a>`) {
			t.Errorf("the day's page leads to no entry %s", ref)
		}
	}
	for _, want := range []string{
		"Published (English), made from the record up to position 4, cut-off 1 February 2040, 23:59:59 UTC", "Published (Українська)",
		"<code>truceline verify --report own-2040-02-01-en.html own</code>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the day's page does not say %q", want)
		}
	}
	for _, address := range []string{"/en/reports?at=2040-03-01&as_of=4", "/en/reports/2040-02-01?at=2040-03-01&as_of=4", "/en/reports/2040-02-02?at=2040-03-01"} {
		if body := get(t, h, address).Body.String(); strings.Contains(body, "entries/p-") {
			t.Errorf("%s leads to what was published otherwise", address)
		}
	}
}
