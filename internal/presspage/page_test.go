package presspage

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/truceline/truceline/press"
)

func TestEveryLanguageHasEveryMessage(t *testing.T) {
	english, err := messages("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages() {
		words, err := messages(lang)
		if err != nil {
			t.Fatal(err)
		}
		for code := range english {
			if strings.TrimSpace(words[code]) == "" {
				t.Errorf("%s lacks %s", lang, code)
			}
		}
		if len(words) != len(english) {
			t.Errorf("%s has %d messages, English %d", lang, len(words), len(english))
		}
	}
	if _, err := messages("fr"); err == nil {
		t.Error("there is French")
	}
}

func day(s string) *string { return &s }

func article() Article {
	text := "Talks <script>alert(1)</script> go on\n\nJane said the truce holds and B agrees, \u202eneeht\u202c today.\nShare\n"
	at := func(words string) press.Span {
		i := strings.Index(text, words)
		n := len([]rune(text[:i]))
		return press.Span{n, n + len([]rune(words))}
	}
	return Article{
		Text: text, Title: "Talks \"go\" on", Outlet: "Gazette", Address: "javascript:alert(1)",
		Furniture: []press.Span{at("Share")},
		Proposals: &press.Proposals{
			Lang: "en", Published: "2031-03-12",
			Statements: []press.Statement{
				{Speaker: "Jane", Text: press.Words{"the truce holds and B agrees"}, Said: day("2031-03-11"), Span: at("the truce holds and B agrees"), Parts: []press.Span{at("the truce holds and B agrees")}, Confidence: 0.9},
				{Speaker: "B", Text: press.Words{"agrees"}, Span: at("agrees"), Parts: []press.Span{at("agrees")}, Confidence: 0.5, Anonymous: true},
			},
			Unattributed: []press.Unattributed{{Text: "B agrees, \u202eneeht", Span: at("B agrees, \u202eneeht"), Why: "hearsay"}},
			Events:       []press.Event{{Kind: "contact", Text: "Talks", When: day("2031-03-12"), Planned: true, Span: at("Talks")}},
			People:       []press.Person{{Name: "Jane", Offices: []string{"minister"}, Mentions: []press.Span{at("Jane")}}},
		},
	}
}

func TestThePageIsWholeAndSafe(t *testing.T) {
	for _, lang := range Languages() {
		data, err := Page(article(), lang)
		if err != nil {
			t.Fatal(err)
		}
		page := string(data)
		for _, never := range []string{"<script", "javascript:", "\u202e", "style=\"", "onclick", "src=", "ZgotmplZ", "<no value>"} {
			if strings.Contains(page, never) {
				t.Errorf("%s: %q is in the page", lang, never)
			}
		}
		for _, want := range []string{
			`&lt;script&gt;`, `<span class="hidden">U+202E</span>`, `<a class="n" id="t-s1" href="#s1">1<b>A</b></a>`, `id="u1"`, `<p class="f" dir="auto">Share</p>`,
			`<span class="when">2031-03-12</span>`, "style-src 'sha256-", `lang="` + lang + `"`,
		} {
			if !strings.Contains(page, strings.NewReplacer("'", "&#39;", "+", "&#43;").Replace(want)) {
				t.Errorf("%s: %q is not in the page", lang, want)
			}
		}
	}
}

// TestMarksNestAndKeepTheText: whatever overlaps, the elements nest and the article's
// words stay as they are.
func TestMarksNestAndKeepTheText(t *testing.T) {
	a := article()
	var all strings.Builder
	for _, l := range lines(a, make([]statementRow, 2)) {
		deep := 0
		for _, p := range l.Pieces {
			if p.Open != nil {
				deep++
			}
			for _, w := range p.Words {
				all.WriteString(w.Text)
			}
			if p.Close {
				deep--
			}
			if deep < 0 {
				t.Fatal("a mark is closed that is not open")
			}
		}
		if deep != 0 {
			t.Errorf("%d marks stay open in %+v", deep, l)
		}
	}
	want := strings.NewReplacer("\n", "", "\u202e", "", "\u202c", "").Replace(a.Text)
	if all.String() != want {
		t.Errorf("got  %q\nwant %q", all.String(), want)
	}
}

// TestGoldArticlesAreDrawn: every link within the page leads somewhere.
func TestGoldArticlesAreDrawn(t *testing.T) {
	files, err := filepath.Glob("../../press/testdata/dev/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			press.Proposals
			Furniture []press.Span `json:"furniture"`
		}
		if err := json.Unmarshal(raw, &gold); err != nil {
			t.Fatal(err)
		}
		data, err := Page(Article{Text: string(text), Title: file, Proposals: &gold.Proposals, Furniture: gold.Furniture}, gold.Lang)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		ids, links := map[string]int{}, map[string]bool{}
		for n := range doc.Descendants() {
			for _, at := range n.Attr {
				if at.Key == "id" {
					ids[at.Val]++
				}
				if at.Key == "href" && strings.HasPrefix(at.Val, "#") {
					links[at.Val[1:]] = true
				}
			}
		}
		for _, id := range slices.Sorted(maps.Keys(links)) {
			if ids[id] != 1 {
				t.Errorf("%s: #%s is there %d times", file, id, ids[id])
			}
		}
	}
}
