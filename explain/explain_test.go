package explain_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

func speaker(tb testing.TB) (*explain.Speaker, *casefile.Case) {
	tb.Helper()
	c, err := casefile.Load(os.DirFS("../scenario/testdata/case"))
	if err != nil {
		tb.Fatal(err)
	}
	s, err := explain.New(c)
	if err != nil {
		tb.Fatal(err)
	}
	return s, c
}

// TestEveryCodeOfTheJudgeHasASentence in every language.
func TestEveryCodeOfTheJudgeHasASentence(t *testing.T) {
	s, _ := speaker(t)
	codes := judgeCodes(t)
	if len(codes) < 70 {
		t.Fatalf("only %d codes were found", len(codes))
	}
	args := truth.Args{
		"party": "KA", "parties": "KA,LO", "missing": "LO", "consented": "KA", "from": "2030-03-06T00:00:00Z", "until": "2030-03-16T00:00:00Z/2030-03-18T00:00:00Z",
		"happened": "2030-03-07", "open": "accepted:KA;implemented-together:KA,LO;met:relief", "area": "west", "known": "province", "undrawn": "line:front",
		"radius": "4000", "distance": "2500", "named": "attack/uav", "covered": "attack/uav", "doubt": "attack", "counting": string(moment.CountDayOne),
		"last": "2030-03-15", "needed": "declared", "strength": "signed", "position": "silent,accepts", "condition": "relief", "exception": "1x", "proof": "notice",
		"branch": "energy/gas", "field": "objects", "clause": "1", "guarantor": "KA", "bound": "> 100 mm", "told": "120 mm", "lines": "line:front", "reach": "from",
		"special": "3", "by": "4", "steps": "warning,warning-shot", "body": "MED", "standard": "confirmed", "found": "probable", "sources": "1", "defeats": "1",
	}
	for _, lang := range explain.Languages() {
		for _, code := range codes {
			if !strings.HasPrefix(code, "gap.") {
				sound(t, lang, code, s.Step(lang, judge.Step{Test: "x", Detail: code, Args: args}))
				continue
			}
			sound(t, lang, code, s.Gap(lang, truth.Gap{Code: code, Args: args}))
			bare := truth.Args{}
			for k, v := range args {
				if k != "named" {
					bare[k] = v
				}
			}
			sound(t, lang, code, s.Gap(lang, truth.Gap{Code: code, Args: bare}))
		}
	}
}

// sound checks the form of a sentence.
func sound(t *testing.T, lang, what, text string) {
	t.Helper()
	switch {
	case text == "" || strings.HasPrefix(text, "[") || strings.ContainsAny(text, "{}") || strings.Contains(text, "%!"):
		t.Errorf("%s %s: %q", lang, what, text)
	case strings.Contains(text, "  "):
		t.Errorf("%s %s: a double space in %q", lang, what, text)
	case lang == "zh" && regexp.MustCompile(`\p{Han}[,;:?!]|\p{Han}\.\s*$`).MatchString(text):
		t.Errorf("%s %s: punctuation of another script in %q", lang, what, text)
	}
}

// TestEverySentenceOfACase: what the judge says about the invented case comes out
// whole in every language.
func TestEverySentenceOfACase(t *testing.T) {
	s, c := speaker(t)
	b := judge.New(c, judge.Question{At: c.World.Until - 1, KnownBy: moment.Future})
	st := b.Status()
	happened, err := moment.Parse("2030-03-07T05:00Z", moment.UTC())
	if err != nil {
		t.Fatal(err)
	}
	in := b.Incident("R", happened, nil, &record.Report{Act: "attack", Place: &record.Place{Within: []string{"province"}}})
	for _, lang := range explain.Languages() {
		for _, line := range s.Answer(lang, st) {
			sound(t, lang, "answer", line)
		}
		for _, a := range st.Agreements {
			for _, r := range a.Readings {
				for _, line := range s.Reading(lang, a, r) {
					sound(t, lang, "reading", line)
				}
			}
		}
		rulings := b.Judge(in, "")
		for _, r := range rulings {
			for _, line := range s.Ruling(lang, r) {
				sound(t, lang, "ruling", line)
			}
		}
		for _, sm := range b.Summarise(rulings) {
			sound(t, lang, "summary", s.Summary(lang, sm))
		}
	}
}

func TestCatalogueNamesEveryDifference(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, lang := range explain.Languages() {
		fsys[lang+"/a.json"] = &fstest.MapFile{Data: []byte(`{"x":"one {n}","y":"{n|plural one=#day few=#dni many=#dayz other=#dayz}"}`)}
	}
	c, err := explain.LoadCatalogue(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[string]string{"1": "1day", "3": "3dni", "5": "5dayz"} {
		if got := c.Say("ru", "y", truth.Args{"n": n}, nil); got != want {
			t.Errorf("%s: %q", n, got)
		}
	}
	if got := c.Say("en", "zz", nil, nil); got != "[zz]" {
		t.Errorf("unknown code: %q", got)
	}
	fsys["uk/a.json"] = &fstest.MapFile{Data: []byte(`{"x":"one"}`)}
	_, err = explain.LoadCatalogue(fsys)
	if err == nil || !strings.Contains(err.Error(), "{n}") || !strings.Contains(err.Error(), "y: there is no such message") {
		t.Errorf("differences: %v", err)
	}
	fsys["uk/a.json"] = &fstest.MapFile{Data: []byte(`{"x":"one {n"}`)}
	if _, err := explain.LoadCatalogue(fsys); err == nil || !strings.Contains(err.Error(), "not closed") {
		t.Errorf("open argument: %v", err)
	}
}

func TestPartiesAreSortedByTheLanguage(t *testing.T) {
	s, _ := speaker(t)
	for lang, want := range map[string]string{"en": "KA LO MED", "ru": "KA LO MED"} {
		if got := strings.Join(s.SortParties(lang, []string{"MED", "LO", "KA"}), " "); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}

func BenchmarkStep(b *testing.B) {
	s, _ := speaker(b)
	steps := map[string]judge.Step{
		"words": {Test: "object", Detail: "object.covered", Args: truth.Args{"named": "energy/gas", "covered": "energy/gas"}},
		"times": {Test: "time", Detail: "time.in-force", Args: truth.Args{"happened": "2030-03-07", "from": "2030-03-06T00:00:00Z", "zone": "UTC"}},
	}
	for _, lang := range explain.Languages() {
		for name, st := range steps {
			b.Run(lang+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					s.Step(lang, st)
				}
			})
		}
	}
}
