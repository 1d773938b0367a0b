package presspage

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/press"
)

// TestAnyMarksNest: however statements, claims and events overlap, elements nest in every
// line, no word is lost or doubled, and each mark has its number once.
func TestAnyMarksNest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z停 \n]{0,60}`).Draw(t, "text")
		n := len([]rune(text))
		span := func(name string) press.Span {
			from := rapid.IntRange(0, n).Draw(t, name+" from")
			return press.Span{from, rapid.IntRange(from, n).Draw(t, name+" to")}
		}
		a := Article{Text: text, Proposals: &press.Proposals{Lang: "en"}}
		for range rapid.IntRange(0, 5).Draw(t, "statements") {
			s := span("statement")
			a.Proposals.Statements = append(a.Proposals.Statements, press.Statement{Speaker: "A", Span: s, Parts: []press.Span{s}})
		}
		for range rapid.IntRange(0, 3).Draw(t, "events") {
			a.Proposals.Events = append(a.Proposals.Events, press.Event{Kind: "act", Span: span("event")})
		}
		var words strings.Builder
		labels := map[string]int{}
		for _, l := range lines(a, make([]statementRow, len(a.Proposals.Statements))) {
			deep := 0
			for _, p := range l.Pieces {
				if p.Open != nil {
					deep++
				}
				if p.Label != nil {
					labels[p.Label.ID]++
				}
				for _, w := range p.Words {
					words.WriteString(w.Text)
				}
				if p.Close {
					deep--
				}
				if deep < 0 {
					t.Fatal("a mark is closed that is not open")
				}
			}
			if deep != 0 {
				t.Fatal("a mark stays open")
			}
		}
		if want := strings.ReplaceAll(text, "\n", ""); words.String() != want {
			t.Fatalf("%q became %q", want, words.String())
		}
		for id, n := range labels {
			if n != 1 {
				t.Fatalf("%s stands %d times", id, n)
			}
		}
	})
}
