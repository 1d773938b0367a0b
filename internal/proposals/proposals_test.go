package proposals_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/people"
	"github.com/truceline/truceline/internal/proposals"
	"github.com/truceline/truceline/press"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

var article = proposals.Article{
	Title: "Talks ${go} on", Outlet: "Gazette", Address: "https://news.example/talks", Published: "2040-03-12", Hash: strings.Repeat("9f2c41aa", 8),
	Retrieved: "2040-03-12T10:00:00Z", Original: "talks.hcl.original", Custody: "Fetched from https://news.example/talks.",
}

func day(s string) *string { return &s }

func read() *press.Proposals {
	return &press.Proposals{
		Lang: "en", Published: "2040-03-12",
		Statements: []press.Statement{
			{Speaker: "Jane Doe", Office: "Minister", Text: press.Words{"The truce \"holds\"", "and will hold"}, Said: day("2040-03-11"), Cue: "said", Span: press.Span{10, 50}, Parts: []press.Span{{10, 27}, {37, 50}}, Confidence: 0.9, Rule: "cue-first", Direct: true},
			{Speaker: "Doubtful", Text: press.Words{"It does not hold"}, Cue: "wrote", Outlet: "Agency", Span: press.Span{60, 76}, Confidence: 0.5},
			{Speaker: "a source close to the talks", Anonymous: true, Text: press.Words{strings.Repeat("very long words, ", 20)}, Cue: "told", Span: press.Span{80, 120}, Confidence: 0.4},
		},
		Unattributed: []press.Unattributed{{Text: "the line has \u202emoved", Span: press.Span{130, 150}, Why: "hearsay"}},
		Events: []press.Event{
			{Kind: "contact", Text: "will meet on Friday", When: day("2040-03-14"), Planned: true, Span: press.Span{160, 180}},
			{Kind: "aid", Text: "deliveries go on", Span: press.Span{190, 200}},
		},
		People: []press.Person{{Name: "Jane Doe"}},
	}
}

func training(t *testing.T) *people.Table {
	t.Helper()
	c, err := casefile.Load(os.DirFS("../../casefile/testdata/training"))
	if err != nil {
		t.Fatal(err)
	}
	return people.Of(c)
}

func TestAFileReadsBackAsItWasWritten(t *testing.T) {
	blocks := proposals.Draft(article, read(), training(t))
	for _, b := range blocks[1:] {
		b.Decision = proposals.Confirm // what is open is read no further
	}
	text := proposals.Write(blocks)
	again, err := proposals.Read("p.hcl", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	opts := []cmp.Option{cmpopts.IgnoreUnexported(proposals.Block{}), cmpopts.IgnoreFields(proposals.Block{}, "Notes", "Hints")}
	if diff := cmp.Diff(blocks, again, opts...); diff != "" {
		t.Errorf("%s\n%s", diff, text)
	}
	if strings.ContainsRune(string(text), '\u202e') || !strings.Contains(string(text), "<U+202E>") {
		t.Error("what turns the order of characters is not shown")
	}
	for _, want := range []string{
		"# 10-50, said: sure 0.90, rule cue-first\n# | The truce \"holds\"\n# | and will hold\n", `person = "doe"`, `# Jane Doe`, `party  = "B"`, `"Talks $${go} on"`,
		`institution = { en = "Doubtful" }`, `outlet = "Agency"`, `anonymous = { en = "a source close to the talks" }`, `state   = "planned"`, "# paused, held, resumed",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// confirm marks rows and gives each a summary.
func confirm(blocks []*proposals.Block, refs ...string) {
	for _, b := range blocks {
		for _, r := range refs {
			if strings.HasSuffix(b.Ref, r) {
				b.Decision = proposals.Confirm
				_ = b.Set("summary.en", "One sentence.")
			}
		}
	}
}

func TestConfirmedRowsAreEntries(t *testing.T) {
	blocks := proposals.Draft(article, read(), training(t))
	confirm(blocks, "-s1", "-u1", "-e2")
	for path, v := range map[string]string{"body.provider": "A", "body.receiver": "B", "body.what": "weapons", "body.stage": "flowing", "happened": "2040-03"} {
		if err := blocks[len(blocks)-1].Set(path, v); err != nil {
			t.Fatal(err)
		}
	}
	got, entries, err := proposals.Confirmed(blocks, "desk")
	if err != nil || len(got) != 4 || entries[0].Kind != record.KindSource {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	e := entries[1]
	if e.SaidBy.Person != "doe" || e.SaidBy.Party != "B" || e.Happened != "2040-03-11" || e.Public != "2040-03-12" || e.Language != "en" || e.Sources[0] != got[0].Ref || !e.Body.(*record.Statement).Direct {
		t.Errorf("%+v", e)
	}
	if u := entries[2]; !u.Body.(*record.Statement).Unattributed || string(u.SaidBy.Document) != got[0].Ref {
		t.Errorf("%+v", u)
	}
	if src := entries[0].Body.(*record.Source); src.Hash != article.Hash || src.Retrieved != article.Retrieved {
		t.Errorf("%+v", src)
	}
}

// TestThreeBadRowsOfAThousand: each problem is told with its line, column and field.
func TestThreeBadRowsOfAThousand(t *testing.T) {
	p := read()
	s := p.Statements[0]
	p.Statements, p.Unattributed, p.Events = nil, nil, nil
	for range 1000 {
		p.Statements = append(p.Statements, s)
	}
	blocks := proposals.Draft(article, p, nil)
	for _, b := range blocks[1:] {
		b.Decision = proposals.Confirm
		_ = b.Set("summary.en", "One sentence.")
	}
	_ = blocks[10].Set("happened", "2040-03-41")
	_ = blocks[500].Set("summary.en", "")
	_ = blocks[1000].Set("said_by.persn", "doe")
	text := proposals.Write(blocks)
	read, err := proposals.Read("p.hcl", text)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = proposals.Confirmed(read, "desk")
	var list problem.List
	if !errors.As(err, &list) || len(list) != 3 {
		t.Fatalf("%v", err)
	}
	lines := strings.Split(string(text), "\n")
	for i, want := range []struct{ field, at string }{{"happened", `"2040-03-41"`}, {"summary", "{ en"}, {"said_by.persn", `"doe"`}} {
		got := list[i]
		if got.Field != want.field || got.File != "p.hcl" || got.Line == 0 || !strings.HasPrefix(lines[got.Line-1][got.Column-1:], want.at) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestBadFilesAreTold(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", "p.hcl:1:1: the file holds no proposals"},
		{"statement {\n}\n", "a block has one label"},
		{"contcat \"a\" {\n}\n", `did you mean "contact"?`},
		{"statement \"a\" {\n  decision = \"confrim\"\n}\n", `p.hcl:2:14: decision: "confrim" is no decision (did you mean "confirm"?)`},
		{"statement \"a\" {\n}\nstatement \"a\" {\n}\n", `p.hcl:3:11: label: "a" stands already on line 1`},
		{"statement \"a\" {\n  decision = \"confirm\"\n  words = upper(\"x\")\n}\n", "the value is computed"},
		{"statement \"a\" {\n  decision = \"confirm\"\n  words = \"${x}\"\n}\n", "the value is computed"},
		{"statement \"a\" {\n  decision = \"confirm\"\n  author = \"x\"\n}\n", "p.hcl:3:3: author: it is not given here"},
		{"statement \"a\" {\n  decision = \"confirm\"\n  body = { n = 1.5 }\n}\n", "a number with a fraction"},
		{"statement \"a\" {\n  original = \"x\"\n}\n", "it has no place here"},
		{"source \"a\" {\n  decision = \"confirm\"\n}\n", "it has no place here"},
		{"x = 1\n", "p.hcl:1:1: x: it stands outside of a block"},
		{"statement \"a\" {", "p.hcl:1"},
		{"\xff", "not UTF-8"},
		{strings.Repeat("{", 1000), "nested too deeply"},
	} {
		if _, err := proposals.Read("p.hcl", []byte(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %s", tt.text, err, tt.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(proposals.Write(proposals.Draft(article, read(), nil)))
	f.Add([]byte("source \"a\" {\n  original = \"b\"\n}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		blocks, err := proposals.Read("p.hcl", data)
		if err != nil {
			return
		}
		if _, _, err := proposals.Confirmed(blocks, "desk"); err != nil {
			return
		}
		if _, err := proposals.Read("p.hcl", proposals.Write(blocks)); err != nil {
			t.Fatal(fmt.Errorf("what was read cannot be read again: %w", err))
		}
	})
}
