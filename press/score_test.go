package press_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/truceline/truceline/press"
	"github.com/truceline/truceline/press/score"
)

// TestScores measures the reader on the articles it is tuned on, and on those that nobody who
// wrote rules has read, and holds it to what it has reached. With -v each miss of the first is told.
func TestScores(t *testing.T) {
	t.Run("dev", func(t *testing.T) { scores(t, "dev", floors, testing.Verbose()) })
	t.Run("held", func(t *testing.T) { scores(t, "held", floorsHeld, false) })
}

func scores(t *testing.T, dir string, floors map[string]float64, tell bool) {
	t.Helper()
	files, err := filepath.Glob("testdata/" + dir + "/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no gold: %v", err)
	}
	byLang := map[string]*score.Score{}
	for _, file := range files {
		g, raw, err := score.ReadGold(os.DirFS("."), file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := press.Read(press.Article{Text: raw, Published: g.Published})
		if err != nil {
			t.Fatal(err)
		}
		if got.Lang != g.Lang {
			t.Errorf("%s is read as %q", file, got.Lang)
		}
		checkProposals(t, raw, got)
		s := score.Of(&g.Proposals, got, g.Furniture)
		if byLang[g.Lang] == nil {
			byLang[g.Lang] = &score.Score{}
		}
		byLang[g.Lang].Add(s)
		if tell {
			tellMisses(file, &g.Proposals, got)
		}
	}
	table := "article  text P / R / F1     end-to-end  speaker  said  direct  outlet  unattributed R / P  events F1  furniture\n"
	for _, lang := range []string{"en", "zh", "ru", "uk"} {
		s := byLang[lang]
		if s == nil {
			t.Errorf("%s has no article in %s", dir, lang)
			continue
		}
		table += row(lang, s)
		if s.EndToEnd.F1() < floors[lang] || s.Furniture > 0 && dir == "dev" {
			t.Errorf("%s: end-to-end F1 is %.2f, it was %.2f or more; %d proposals take in furniture", lang, s.EndToEnd.F1(), floors[lang], s.Furniture)
		}
	}
	t.Log("\n" + table)
}

// floors is what the reader has reached, end to end, by language, where it is tuned; floorsHeld
// on articles that nobody may look into who writes rules: press/testdata/held/README.md.
var (
	floors     = map[string]float64{"en": 0.83, "zh": 0.84, "ru": 0.85, "uk": 0.80}
	floorsHeld = map[string]float64{"en": 0.78, "zh": 0.72, "ru": 0.70, "uk": 0.59}
)

func row(name string, s *score.Score) string {
	return fmt.Sprintf("%-8s %.2f / %.2f / %.2f  %.2f        %.2f     %.2f  %.2f    %.2f    %.2f / %.2f         %.2f       %d\n", name,
		s.Text.Precision(), s.Text.Recall(), s.Text.F1(), s.EndToEnd.F1(), s.Speaker.F1(), s.Said.F1(), s.Direct.F1(), s.Outlet.F1(),
		s.Unattributed.Recall(), s.Unattributed.Precision(), s.Events.F1(), s.Furniture)
}

// tellMisses prints every fault, for whoever tunes.
func tellMisses(file string, want, got *press.Proposals) {
	fmt.Println("==", file)
	for _, f := range score.Faults(want, got) {
		fmt.Printf("  %-11s %s | %s", f.Kind, f.Speaker, f.Text)
		for _, d := range f.Differ {
			fmt.Printf(" | %s %q for %q", d.Field, d.Got, d.Want)
		}
		fmt.Println("", f.Rule)
	}
}

// TestFoundingScores measures the reader on the article of the founding case, where it is
// at hand: it is no part of the repository.
func TestFoundingScores(t *testing.T) {
	raw, err := os.ReadFile("../../shared/cases/ua-2025/article.zh.txt")
	if err != nil {
		return
	}
	var f founding
	readStrictly(t, "testdata/founding.json", &f)
	if fmt.Sprintf("%x", sha256.Sum256(raw)) != f.SHA256 {
		t.Fatal("the article is another than the one its gold was made for")
	}
	text := []rune(string(raw))
	words := func(s press.Span) string { return string(text[s[0]:s[1]]) }
	want := &press.Proposals{Lang: f.Lang, Published: f.Published}
	for _, s := range f.Statements {
		g := press.Statement{Speaker: words(s.Speaker), Anonymous: s.Anonymous, Direct: s.Direct, Said: s.Said, Span: s.Span, Parts: s.Parts}
		for _, p := range s.Parts {
			g.Text = append(g.Text, words(p))
		}
		if s.At != nil {
			g.Outlet = words(*s.At)
		}
		want.Statements = append(want.Statements, g)
	}
	for _, u := range f.Unattributed {
		want.Unattributed = append(want.Unattributed, press.Unattributed{Text: words(u.Span), Span: u.Span, Why: u.Why})
	}
	for _, e := range f.Events {
		want.Events = append(want.Events, press.Event{Kind: e.Kind, Text: words(e.Span), When: e.When, Planned: e.Planned, Span: e.Span})
	}
	got, err := press.Read(press.Article{Text: string(raw), Published: f.Published})
	if err != nil {
		t.Fatal(err)
	}
	checkProposals(t, string(raw), got)
	s := score.Of(want, got, f.Furniture)
	if testing.Verbose() {
		tellMisses("the founding article", want, got)
	}
	t.Log("\n" + row("founding", &s))
	if s.EndToEnd.F1() < 1 || s.Said.F1() < 1 || s.Outlet.F1() < 1 || s.Direct.F1() < 1 || s.Unattributed.F1() < 1 || s.Furniture > 0 {
		t.Error("the founding article was read without a fault")
	}
}
