package press_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/truceline/truceline/press"
	"github.com/truceline/truceline/press/score"
)

// foundingText gives the founding article where it is at hand; it is no part of the
// repository.
func foundingText() (string, bool) {
	raw, err := os.ReadFile("../../shared/cases/ua-2025/article.zh.txt")
	return string(raw), err == nil
}

// TestFoundingRows goes through the fact base of the founding case row by row: each
// statement, each claim without a source and the page's own lines.
func TestFoundingRows(t *testing.T) {
	text, ok := foundingText()
	if !ok {
		return
	}
	var f founding
	readStrictly(t, "testdata/founding.json", &f)
	got, err := press.Read(press.Article{Text: text, Published: f.Published})
	if err != nil {
		t.Fatal(err)
	}
	runes := []rune(text)
	words := func(s press.Span) string { return string(runes[s[0]:s[1]]) }
	covers := func(a, b press.Span) bool { return a[0] <= b[0] && b[1] <= a[1] }
	var rows []string
	taken := map[int]bool{}
	for _, g := range f.Statements {
		rows = append(rows, strings.Split(g.Row, ",")...)
		best, most := -1, score.Same
		for i, s := range got.Statements {
			if w := score.F1(score.Tokens(words(g.Span)), score.Tokens(words(s.Span))); !taken[i] && w >= most && s.Span[0] < g.Span[1] && g.Span[0] < s.Span[1] {
				best, most = i, w
			}
		}
		if best < 0 {
			t.Errorf("%s: no statement at %v", g.Row, g.Span)
			continue
		}
		taken[best] = true
		s := got.Statements[best]
		if !score.SameSpeaker(press.Statement{Speaker: words(g.Speaker), Anonymous: g.Anonymous}, s) {
			t.Errorf("%s: the speaker is %q", g.Row, s.Speaker)
		}
		at := ""
		if g.At != nil {
			at = words(*g.At)
		}
		if !score.Outlets(at, s.Outlet) {
			t.Errorf("%s: the outlet is %q", g.Row, s.Outlet)
		}
		if day, want := deref(s.Said), deref(g.Said); day != want {
			t.Errorf("%s: said %q, not %q", g.Row, day, want)
		}
	}
	for _, u := range f.Unattributed {
		rows = append(rows, strings.Split(u.Row, ",")...)
		if !slices.ContainsFunc(got.Unattributed, func(c press.Unattributed) bool { return covers(c.Span, u.Span) && c.Why == u.Why }) {
			t.Errorf("%s: %v is not flagged", u.Row, u.Span)
		}
	}
	for _, p := range f.Furniture {
		for _, s := range got.Statements {
			if s.Span[0] < p[1] && p[0] < s.Span[1] {
				t.Errorf("A65: the page's line at %v is read", p)
			}
		}
	}
	// No row of the fact base that says who said something is missing from the gold.
	facts, err := os.ReadFile("../../shared/cases/ua-2025/facts.md")
	if err != nil {
		return
	}
	row := regexp.MustCompile(`(?m)^\| (A[0-9]+) \| ([^|]*) \|`)
	n := 0
	for _, m := range row.FindAllStringSubmatch(string(facts), -1) {
		n++
		if strings.Contains(m[2], "statement") && !strings.Contains(m[2], "unattributed") && !slices.Contains(rows, m[1]) {
			t.Errorf("%s, a %s, is in no gold", m[1], strings.TrimSpace(m[2]))
		}
	}
	if n != 65 {
		t.Errorf("Part A has %d rows", n)
	}
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
