package press_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/press"
	"github.com/truceline/truceline/press/score"
)

// TestGoldKeepsConventions holds every gold file to what docs/press.md lays down and a
// machine can tell: a slip in the gold would pass as a fault of the reader measured by it.
func TestGoldKeepsConventions(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no gold: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			base := strings.TrimSuffix(file, ".json")
			raw, err := os.ReadFile(base + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			var g score.Gold
			readStrictly(t, file, &g)
			if want := base[strings.LastIndexByte(base, '.')+1:]; g.Lang != want {
				t.Errorf("language is %q, the file's name says %q", g.Lang, want)
			}
			if g.Published == "" {
				t.Error("no day of publication")
			}
			checkEDTF(t, "published", &g.Published)
			a := article{t, string(raw), []rune(string(raw)), g.Furniture}
			a.statements(g.Statements)
			a.unattributed(g.Unattributed)
			a.events(g.Events)
			a.people(g.People)
			for i, f := range g.Furniture {
				a.words("furniture", f)
				if i > 0 && f[0] < g.Furniture[i-1][1] {
					t.Errorf("furniture %v is out of order", f)
				}
			}
		})
	}
}

// article is a gold text under test.
type article struct {
	t         *testing.T
	text      string
	runes     []rune
	furniture []press.Span
}

// words are what stands at the span.
func (a article) words(what string, s press.Span) string {
	a.t.Helper()
	if s[0] < 0 || s[0] >= s[1] || s[1] > len(a.runes) {
		a.t.Errorf("%s: span %v is not in the article", what, s)
		return ""
	}
	return string(a.runes[s[0]:s[1]])
}

func (a article) statements(list []press.Statement) {
	a.t.Helper()
	spans := make([]press.Span, 0, len(list))
	for i, s := range list {
		what := fmt.Sprintf("statement %d %q", i, s.Text)
		spans = append(spans, s.Span)
		if len(s.Parts) == 0 || len(s.Parts) != len(s.Text) {
			a.t.Errorf("%s: %d parts, %d texts", what, len(s.Parts), len(s.Text))
			continue
		}
		for j, part := range s.Parts {
			if got := a.words(what, part); got != s.Text[j] || strings.TrimSpace(got) != got {
				a.t.Errorf("%s: at %v stands %q", what, part, got)
			}
			if s.Direct && !a.quoted(part) {
				a.t.Errorf("%s: direct, yet no quotation marks around %v", what, part)
			}
		}
		checkParts(a.t, what, s.Span, s.Parts, a.furniture)
		if !s.Direct && len(s.Parts) == 1 && a.marked(s.Parts[0]) {
			a.t.Errorf("%s: indirect, yet all of it stands in quotation marks", what)
		}
		// an answer in an interview has no cue
		if s.Speaker == "" || s.Cue == "" && !s.Direct && !a.headed(s.Span) {
			a.t.Errorf("%s: no speaker or no cue", what)
		}
		for _, name := range []string{s.Speaker, s.SpeakerLatin, s.Office, s.Outlet, s.Cue} {
			if !strings.Contains(a.text, name) {
				a.t.Errorf("%s: %q does not stand in the article", what, name)
			}
		}
		if s.Anonymous && s.Office+s.SpeakerLatin != "" {
			a.t.Errorf("%s: an anonymous source with an office or a name", what)
		}
		if s.Confidence != 1 || s.Rule != "" {
			a.t.Errorf("%s: gold is sure and follows no rule", what)
		}
		checkEDTF(a.t, what, s.Said)
	}
	checkOrder(a.t, "statements", spans)
}

// headed tells whether a span stands in a heading: a line without the end of a sentence.
func (a article) headed(s press.Span) bool {
	end := s[1]
	for end < len(a.runes) && a.runes[end] != '\n' {
		end++
	}
	return end > 0 && !strings.ContainsRune(".!?。！？", a.runes[end-1])
}

const (
	openers = "“‘«„「『\"'"
	closers = "”’»“」』\"'"
)

// marked tells whether a quotation mark stands at both ends.
func (a article) marked(s press.Span) bool {
	return s[0] > 0 && s[1] < len(a.runes) &&
		strings.ContainsRune(openers, a.runes[s[0]-1]) && strings.ContainsRune(closers, a.runes[s[1]])
}

// quoted tells whether the part begins and ends as quoted words do: at a quotation mark,
// at the dash that opens or breaks them, or at the end of a paragraph that they run over.
func (a article) quoted(s press.Span) bool {
	before, after := string(a.runes[:s[0]]), string(a.runes[s[1]:])
	began := regexp.MustCompile(`([` + openers + `]|[—–-]\s)$`).MatchString(before)
	ended := regexp.MustCompile(`^[.,!?…。,]?(` + `[` + closers + `]|,?\s[—–-]|\n|$)`).MatchString(after)
	return began && ended
}

func (a article) unattributed(list []press.Unattributed) {
	a.t.Helper()
	spans := make([]press.Span, 0, len(list))
	for _, u := range list {
		spans = append(spans, u.Span)
		if got := a.words("unattributed", u.Span); got != u.Text {
			a.t.Errorf("unattributed %q: there stands %q", u.Text, got)
		}
		if u.Why != "hearsay" && u.Why != "own-voice" {
			a.t.Errorf("unattributed %q: why is %q", u.Text, u.Why)
		}
		checkParts(a.t, "unattributed "+u.Text, u.Span, []press.Span{u.Span}, a.furniture)
	}
	checkOrder(a.t, "unattributed", spans)
}

var eventKinds = map[string]bool{
	"contact": true, "exchange": true, "aid": true, "control": true, "incident": true, "act": true,
}

func (a article) events(list []press.Event) {
	a.t.Helper()
	spans := make([]press.Span, 0, len(list))
	for _, e := range list {
		spans = append(spans, e.Span)
		if got := a.words("event", e.Span); got != e.Text {
			a.t.Errorf("event %q: there stands %q", e.Text, got)
		}
		if !eventKinds[e.Kind] {
			a.t.Errorf("event %q: kind is %q", e.Text, e.Kind)
		}
		checkEDTF(a.t, "event "+e.Text, e.When)
		checkParts(a.t, "event "+e.Text, e.Span, []press.Span{e.Span}, a.furniture)
	}
	checkOrder(a.t, "events", spans)
}

func (a article) people(list []press.Person) {
	a.t.Helper()
	first := make([]press.Span, 0, len(list))
	for _, p := range list {
		if len(p.Mentions) == 0 {
			a.t.Errorf("%s is never mentioned", p.Name)
			continue
		}
		first = append(first, p.Mentions[0])
		checkOrder(a.t, p.Name, p.Mentions)
		named := false
		for _, m := range p.Mentions {
			named = named || a.words(p.Name, m) == p.Name
		}
		if !named {
			a.t.Errorf("no mention of %s bears this name", p.Name)
		}
		for _, words := range append([]string{p.Latin}, p.Offices...) {
			if !strings.Contains(a.text, words) {
				a.t.Errorf("%s: %q does not stand in the article", p.Name, words)
			}
		}
	}
	checkOrder(a.t, "people", first)
}

// checkParts wants the parts in order within the span, which they fill from end to end,
// and clear of the furniture.
func checkParts(t *testing.T, what string, span press.Span, parts, furniture []press.Span) {
	t.Helper()
	if len(parts) == 0 || span[0] != parts[0][0] || span[1] != parts[len(parts)-1][1] {
		t.Errorf("%s: span %v does not run over parts %v", what, span, parts)
	}
	for i, p := range parts {
		if p[0] < 0 || p[0] >= p[1] || i > 0 && p[0] < parts[i-1][1] {
			t.Errorf("%s: part %v is out of order", what, p)
		}
	}
	for _, f := range furniture {
		if span[0] < f[1] && f[0] < span[1] {
			t.Errorf("%s: overlaps the furniture at %v", what, f)
		}
	}
}

// checkOrder wants spans in the article's order, the outer before the inner.
func checkOrder(t *testing.T, what string, spans []press.Span) {
	t.Helper()
	for i := 1; i < len(spans); i++ {
		was, is := spans[i-1], spans[i]
		if is[0] < was[0] || is[0] == was[0] && is[1] >= was[1] {
			t.Errorf("%s: %v stands after %v", what, is, was)
		}
	}
}

func checkEDTF(t *testing.T, what string, day *string) {
	t.Helper()
	if day == nil {
		return
	}
	if _, err := moment.Parse(*day, nil); err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

// readStrictly reads a JSON file that holds nothing unknown and leaves out no list.
func readStrictly(t *testing.T, file string, into any) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var lists func(v reflect.Value)
	lists = func(v reflect.Value) {
		for i := range v.NumField() {
			switch f := v.Field(i); {
			case f.Kind() == reflect.Slice && f.IsNil():
				t.Errorf("%s: %s is left out", file, v.Type().Field(i).Name)
			case f.Kind() == reflect.Struct:
				lists(f)
			}
		}
	}
	lists(reflect.ValueOf(into).Elem())
}
