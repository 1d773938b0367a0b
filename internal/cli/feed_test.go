package cli

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAFeedBecomesEntries: a feed is followed, its article fetched, one proposal confirmed
// and applied; a page of one address is read as well.
func TestAFeedBecomesEntries(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/rss":
			fmt.Fprint(w, `<rss><channel><title>Gazette</title><item><link>/talks</link><pubDate>Mon, 12 Mar 2040 10:00:00 +0000</pubDate></item></channel></rss>`)
		case "/talks":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<html lang="en"><head><title>Talks go on</title></head><body><article><h1>Talks go on</h1>
<p>Minister Jane Doe said on Sunday that the truce holds along the whole line and that her troops stay where they are now.</p></article></body></html>`)
		case "/huge":
			for range 17 {
				_, _ = w.Write(make([]byte, 1<<20))
			}
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	dir := filepath.Join(t.TempDir(), "harbour")
	if err := os.CopyFS(dir, os.DirFS("../../casefile/testdata/training")); err != nil {
		t.Fatal(err)
	}
	run := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := Run("test", args, strings.NewReader(""), &out, &errs); code != want {
			t.Fatalf("%v: exit code %d\n%s%s", args, code, &out, &errs)
		}
		return out.String() + errs.String()
	}
	run(0, "feed", "add", dir, site.URL+"/rss")
	got := run(0, "feed", "poll", dir, "--once", "--allow-private", "--pause", "0s")
	if !strings.Contains(got, "new        Talks go on\n") {
		t.Fatal(got)
	}
	files, err := filepath.Glob(filepath.Join(dir, "press", "*.hcl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(text), `person = "doe" # Jane Doe`) {
		t.Fatalf("%v\n%s", err, text)
	}
	decided := strings.Replace(string(text), `decision = ""`, `decision = "confirm"`, 1)
	head, row, _ := strings.Cut(decided, `decision = "confirm"`)
	row = strings.Replace(row, `summary  = { en = "" }`, `summary  = { en = "The truce holds." }`, 1)
	if err := os.WriteFile(files[0], []byte(head+`decision = "confirm"`+row), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := run(0, "press", "apply", dir, files[0]); !strings.Contains(got, "2 entries added") {
		t.Error(got)
	}
	run(0, "check", dir)
	if got := run(0, "press", site.URL+"/talks", "--allow-private", "--published", "2040-03-12"); !strings.Contains(got, "the truce holds along the whole line") {
		t.Error(got)
	}
	if got := run(2, "press", site.URL+"/huge", "--allow-private"); !strings.Contains(got, "more than 16 MiB: it was not read to its end") {
		t.Error(got)
	}
	if got := run(2, "press", site.URL+"/none", "--allow-private"); !strings.Contains(got, "the site answers 404") {
		t.Error(got)
	}
}
