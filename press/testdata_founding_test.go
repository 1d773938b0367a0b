package press_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/truceline/truceline/press"
)

// founding is the gold of the founding article: where things stand, with none of its words.
type founding struct {
	SHA256     string `json:"sha256"`
	Lang       string `json:"lang"`
	Published  string `json:"published"`
	Statements []struct {
		Parts     []press.Span `json:"parts"`
		Span      press.Span   `json:"span"`
		Speaker   press.Span   `json:"speaker_span"`
		Anonymous bool         `json:"anonymous"`
		At        *press.Span  `json:"outlet_span"`
		Outlet    string       `json:"outlet"`
		Direct    bool         `json:"direct"`
		Said      *string      `json:"said"`
		Row       string       `json:"row"`
	} `json:"statements"`
	Unattributed []struct {
		Span press.Span `json:"span"`
		Why  string     `json:"why"`
		Row  string     `json:"row"`
	} `json:"unattributed"`
	Events []struct {
		Kind    string     `json:"kind"`
		When    *string    `json:"when"`
		Planned bool       `json:"planned"`
		Span    press.Span `json:"span"`
		Row     string     `json:"row"`
	} `json:"events"`
	Furniture []press.Span `json:"furniture"`
}

// TestFoundingGold holds the gold of the founding article to the same conventions, as far
// as they can be told without the article, and to the promise that no word of it is here.
func TestFoundingGold(t *testing.T) {
	const file = "testdata/founding.json"
	var g founding
	readStrictly(t, file, &g)
	if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(g.SHA256) {
		t.Errorf("%q is no SHA-256", g.SHA256)
	}
	row := regexp.MustCompile(`^A[1-9][0-9]?(,A[1-9][0-9]?)*$`)
	var spans []press.Span
	for _, s := range g.Statements {
		spans = append(spans, s.Span)
		checkParts(t, "statement "+s.Row, s.Span, s.Parts, g.Furniture)
		checkEDTF(t, "statement "+s.Row, s.Said)
		if s.Speaker[0] < 0 || s.Speaker[0] >= s.Speaker[1] {
			t.Errorf("statement %s: no speaker at %v", s.Row, s.Speaker)
		}
		if (s.Outlet == "") != (s.At == nil) {
			t.Errorf("statement %s: an outlet has a name and a place, or neither", s.Row)
		}
		if !row.MatchString(s.Row) {
			t.Errorf("%q is no row or list of rows", s.Row)
		}
	}
	checkOrder(t, "statements", spans)
	spans = nil
	for _, u := range g.Unattributed {
		spans = append(spans, u.Span)
		checkParts(t, "unattributed "+u.Row, u.Span, []press.Span{u.Span}, g.Furniture)
		if !row.MatchString(u.Row) || u.Why != "hearsay" && u.Why != "own-voice" {
			t.Errorf("unattributed %q: why is %q", u.Row, u.Why)
		}
	}
	checkOrder(t, "unattributed", spans)
	spans = nil
	for _, e := range g.Events {
		spans = append(spans, e.Span)
		checkParts(t, "event "+e.Row, e.Span, []press.Span{e.Span}, g.Furniture)
		checkEDTF(t, "event "+e.Row, e.When)
		if !row.MatchString(e.Row) || !eventKinds[e.Kind] {
			t.Errorf("event %q: kind is %q", e.Row, e.Kind)
		}
	}
	checkOrder(t, "events", spans)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range string(raw) {
		if r > 0x7e {
			t.Fatalf("a word of the article: %q", r)
		}
	}
}
