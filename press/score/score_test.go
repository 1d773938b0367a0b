package score

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/truceline/truceline/press"
)

func ref(s string) *string { return &s }

func said(speaker, text string) press.Statement {
	return press.Statement{Speaker: speaker, Text: press.Words{text}}
}

func TestOfCountsWhatIsRight(t *testing.T) {
	first := said("Maria Holt", "the harbour would open on Monday")
	first.Said = ref("2031-03-14")
	second := said("an official", "talks had failed")
	second.Anonymous = true
	gold := &press.Proposals{Statements: []press.Statement{first, second}, Unattributed: []press.Unattributed{{Text: "ships burned"}}}
	for _, tt := range []struct {
		name           string
		got            press.Proposals
		text, end      Counts
		speaker, dates int
		claims         Counts
	}{
		{"the same", *gold, Counts{2, 2, 2}, Counts{2, 2, 2}, 2, 2, Counts{1, 1, 1}},
		{"nothing", press.Proposals{}, Counts{2, 0, 0}, Counts{2, 0, 0}, 0, 0, Counts{1, 0, 0}},
		{"a family name is enough", press.Proposals{Statements: []press.Statement{said("Holt", "the harbour would open on Monday")}}, Counts{2, 1, 1}, Counts{2, 1, 1}, 1, 0, Counts{1, 0, 0}},
		{"another speaker", press.Proposals{Statements: []press.Statement{said("Odd", "the harbour would open on Monday")}}, Counts{2, 1, 1}, Counts{2, 1, 0}, 0, 0, Counts{1, 0, 0}},
		{"one word of six too few", press.Proposals{Statements: []press.Statement{said("Holt", "harbour would open on Monday")}}, Counts{2, 1, 1}, Counts{2, 1, 1}, 1, 0, Counts{1, 0, 0}},
		{"half of the words", press.Proposals{Statements: []press.Statement{said("Holt", "open on Monday")}}, Counts{2, 1, 0}, Counts{2, 1, 0}, 0, 0, Counts{1, 0, 0}},
		{"twice", press.Proposals{Statements: []press.Statement{first, first}}, Counts{2, 2, 1}, Counts{2, 2, 1}, 1, 1, Counts{1, 0, 0}},
	} {
		s := Of(gold, &tt.got, nil)
		if s.Text != tt.text || s.EndToEnd != tt.end || s.Speaker.Hit != tt.speaker || s.Said.Hit != tt.dates || s.Unattributed != tt.claims {
			t.Errorf("%s: %+v", tt.name, s)
		}
	}
}

func TestRatios(t *testing.T) {
	c := Counts{Gold: 4, Proposed: 2, Hit: 1}
	if c.Precision() != 0.5 || c.Recall() != 0.25 || c.F1() != 1.0/3 {
		t.Errorf("%v, %v, %v", c.Precision(), c.Recall(), c.F1())
	}
	if none := (Counts{}); none.F1() != 1 || none.Precision() != 1 || none.Recall() != 1 {
		t.Error("where there is nothing to find, finding nothing is right")
	}
}

func TestFurnitureThatIsProposedCounts(t *testing.T) {
	got := &press.Proposals{Statements: []press.Statement{{Parts: []press.Span{{0, 10}, {12, 20}}}}, Events: []press.Event{{Span: press.Span{30, 40}}}}
	for _, tt := range []struct {
		furniture []press.Span
		want      int
	}{{nil, 0}, {[]press.Span{{10, 12}}, 0}, {[]press.Span{{19, 31}}, 2}, {[]press.Span{{0, 5}, {5, 9}}, 1}} {
		if s := Of(&press.Proposals{}, got, tt.furniture); s.Furniture != tt.want {
			t.Errorf("%v: %d, want %d", tt.furniture, s.Furniture, tt.want)
		}
	}
}

func TestSpeakers(t *testing.T) {
	for _, tt := range []struct {
		gold, got       string
		hidden, hidden2 bool
		want            bool
	}{
		{"Maria Holt", "Holt", false, false, true},
		{"Maria Holt", "Maria", false, false, false},
		{"Maria Holt", "", false, false, false},
		{"Maria Holt", "an aide to Maria Holt", false, true, false},
		{"a senior official in the port", "senior port official", true, true, true},
		{"a senior official in the port", "someone", true, true, false},
		{"弗拉基米尔·普京", "普京", false, false, true},
		{"马可·鲁比奥", "鲁比奥", false, false, true},
		{"马可·鲁比奥", "沃兹", false, false, false},
	} {
		g, h := said(tt.gold, ""), said(tt.got, "")
		g.Anonymous, h.Anonymous = tt.hidden, tt.hidden2
		if got := SameSpeaker(g, h); got != tt.want {
			t.Errorf("%q for %q: %v", tt.got, tt.gold, got)
		}
	}
}

func TestTokens(t *testing.T) {
	if got := Tokens("Порт №5 “відкрито”: 港口, e.g."); !slices.Equal(got, []string{"порт", "5", "відкрито", "港", "口", "e", "g"}) {
		t.Errorf("%q", got)
	}
}

func TestFaultsTellEveryDifference(t *testing.T) {
	a, b := said("Maria Holt", "the harbour would open on Monday"), said("Ada Lind", "nobody fired")
	a.Said, a.Outlet = ref("2031-03-14"), "Harbour Post"
	wrong := a
	wrong.Speaker, wrong.Said, wrong.Outlet, wrong.Direct, wrong.Rule = "Odd", nil, "", true, "cue"
	gold := &press.Proposals{Statements: []press.Statement{a, b}, Unattributed: []press.Unattributed{{Text: "ships burned"}}}
	got := &press.Proposals{Statements: []press.Statement{wrong, said("Odd", "something else entirely")}, Unattributed: []press.Unattributed{{Text: "rain fell", Why: "hearsay"}}}
	var kinds, fields []string
	for _, f := range Faults(gold, got) {
		kinds = append(kinds, f.Kind)
		for _, d := range f.Differ {
			fields = append(fields, d.Field)
		}
	}
	if !slices.Equal(kinds, []string{Inexact, Missed, Extra, ClaimLeft, ClaimExtra}) || !slices.Equal(fields, []string{"speaker", "direct", "outlet", "said"}) {
		t.Errorf("%v, %v", kinds, fields)
	}
	if list := Faults(gold, gold); len(list) > 0 {
		t.Errorf("%v", list)
	}
}

func TestReadGold(t *testing.T) {
	fsys := fstest.MapFS{
		"a.en.json": {Data: []byte(`{"lang":"en","published":"2031-03-15","furniture":[[3,9]]}`)}, "a.en.txt": {Data: []byte("Words.")},
		"b.en.json": {Data: []byte(`{"lang":"en"}`)}, "c.en.json": {Data: []byte(`{"unknown":1}`)}, "c.en.txt": {Data: []byte("Words.")},
	}
	g, text, err := ReadGold(fsys, "a.en.json")
	if err != nil || g.Lang != "en" || text != "Words." || len(g.Furniture) != 1 {
		t.Errorf("%+v, %q, %v", g, text, err)
	}
	for _, name := range []string{"a.en.txt", "b.en.json", "c.en.json", "d.en.json"} {
		if _, _, err := ReadGold(fsys, name); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}
