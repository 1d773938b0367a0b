package press_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/truceline/truceline/press"
	"github.com/truceline/truceline/problem"
)

// checkProposals holds proposals to what their type promises: every text is what stands at
// its place, places are in order and within the article, no list is nil.
func checkProposals(t *testing.T, text string, p *press.Proposals) {
	t.Helper()
	runes := []rune(text)
	at := func(s press.Span) string {
		if s[0] < 0 || s[0] >= s[1] || s[1] > len(runes) {
			t.Fatalf("the place %v is not in a text of %d", s, len(runes))
		}
		return string(runes[s[0]:s[1]])
	}
	if p.Statements == nil || p.Unattributed == nil || p.Events == nil || p.People == nil {
		t.Error("a list is nil")
	}
	last := 0
	for _, s := range p.Statements {
		if s.Speaker == "" || len(s.Parts) == 0 || len(s.Parts) != len(s.Text) {
			t.Fatalf("statement %+v", s)
		}
		end := 0
		for i, part := range s.Parts {
			if at(part) != s.Text[i] {
				t.Fatalf("%q is not what stands at %v: %q", s.Text[i], part, at(part))
			}
			if part[0] < end {
				t.Fatalf("parts out of order: %v", s.Parts)
			}
			end = part[1]
		}
		if s.Span != (press.Span{s.Parts[0][0], end}) || s.Span[0] < last {
			t.Fatalf("span %v of parts %v after %d", s.Span, s.Parts, last)
		}
		last = s.Span[0]
		if s.Confidence <= 0 || s.Confidence > 1 {
			t.Fatalf("confidence %v", s.Confidence)
		}
	}
	for _, u := range p.Unattributed {
		if at(u.Span) != u.Text || u.Why != "hearsay" && u.Why != "own-voice" {
			t.Fatalf("unattributed %+v", u)
		}
	}
	for _, e := range p.Events {
		if at(e.Span) != e.Text || !eventKinds[e.Kind] {
			t.Fatalf("event %+v", e)
		}
	}
	for _, q := range p.People {
		for _, m := range q.Mentions {
			at(m)
		}
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name    string
		article press.Article
		code    string
	}{
		{"no words", press.Article{Text: " \n\u200b\u202e\n"}, "press-empty"},
		{"too long", press.Article{Text: strings.Repeat("a ", press.MaxText/2+1)}, "press-long"},
		{"not UTF-8", press.Article{Text: "said \xff"}, "press-encoding"},
		{"no rules", press.Article{Text: "Il a dit que oui.", Lang: "fr"}, "press-language"},
		{"unknown language", press.Article{Text: "Ο υπουργός δήλωσε ότι η συμφωνία ισχύει."}, "press-language"},
		{"no letters", press.Article{Text: "12 34 !!"}, "press-language"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := press.Read(tt.article)
			var p problem.Problem
			if !errors.As(err, &p) || p.Code != tt.code || p.What == "" || p.Mend == "" {
				t.Errorf("got %#v, want the code %q", err, tt.code)
			}
		})
	}
}

// odd are texts that no newsroom would print.
var odd = []string{
	"\"", "“", "”", "«»", "「『", strings.Repeat("“", 5000), strings.Repeat("\"", 5001), strings.Repeat("«“", 3000) + "x",
	"said", "he said", "he said:", "said said said said", "according to", "According to, according to.", "«», — сказал он. — «»",
	"— , — сказал. —", "表示", "据", "据,", "据悉", "称称称称称", "他说:“", "“”他说,“”", "(((((", "X (Y", "\u202eX said that \u2066y\u2069 is so.",
	"A\x00 said \x07that b\x1b[31m c d e.", "<p>He <b>said</b> that &ldquo;no&rdquo;.</p><script>x</script>",
	strings.Repeat("he said that ", 3000), strings.Repeat("表示,", 3000), strings.Repeat("A B, ", 4000) + "said.", strings.Repeat("президент ", 4000),
	strings.Repeat("(", 3000) + "he said" + strings.Repeat(")", 3000), strings.Repeat("王", 6000), strings.Repeat("\n", 5000) + "x", "é́́́ said ́",
	"'s 's 's said 's", "’s", "a.b.c.d.e. said. U.S. said", strings.Repeat("Mr. ", 3000) + "X said yes.", "—", "— —, — сказал X", "X: “", "X: «Y»: Z",
}

func TestOddTexts(t *testing.T) {
	for _, text := range odd {
		for _, lang := range []string{"en", "ru", "uk", "zh"} {
			p, err := press.Read(press.Article{Text: text, Lang: lang, Published: "2025-03-12"})
			if err != nil {
				t.Errorf("%.40q in %s: %v", text, lang, err)
				continue
			}
			checkProposals(t, text, p)
		}
	}
}

// FuzzRead holds any text at all to the promises of the proposals.
func FuzzRead(f *testing.F) {
	for _, text := range odd {
		f.Add(text, "en")
		f.Add(text, "zh")
	}
	f.Add("«Мы готовы, — сказал Иван Петров. — Ждём», и добавил, что «всё решено».", "ru")
	f.Add("За словами речниці, «усі живі».\n\n«Так», — додала вона.", "uk")
	f.Add("他表示,“渡口开放”。据悉,双方12日会谈。", "zh")
	f.Add("“One,” said Ann Lee. “Two.\n\n“Three,” she added, citing Reuters.", "en")
	f.Fuzz(func(t *testing.T, text, lang string) {
		if len(text) > 20000 {
			return
		}
		p, err := press.Read(press.Article{Text: text, Lang: lang, Published: "2025-03-12"})
		if err != nil {
			if p != nil || utf8.ValidString(text) && strings.TrimSpace(text) != "" && lang == "en" && !errors.As(err, new(problem.Problem)) {
				t.Fatalf("%v, %v", p, err)
			}
			return
		}
		checkProposals(t, text, p)
	})
}
