package press

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestLexicons holds every file of every language to its form.
func TestLexicons(t *testing.T) {
	if len(languages()) < 4 {
		t.Fatalf("languages: %v", languages())
	}
	used := map[frame]bool{}
	for _, lang := range languages() {
		lex, err := lexicons()[lang]()
		if err != nil {
			t.Errorf("%s:\n%v", lang, err)
			continue
		}
		forms := make([]string, 0, len(lex.form))
		for f := range lex.form {
			forms = append(forms, f)
		}
		slices.Sort(forms)
		for _, f := range forms {
			for i, a := range lex.form[f] {
				for bit := frame(1); bit != 0 && bit <= a.frame; bit <<= 1 {
					used[bit&a.frame] = true
				}
				for _, b := range lex.form[f][:i] {
					if a.class == b.class && a.frame == b.frame {
						t.Errorf("%s:%d: %q stands at %s:%d already", a.file, a.line, f, b.file, b.line)
					}
				}
			}
		}
		for key, value := range lex.settings {
			if key != "patronymics" && key != "infinitives" && key != "participles" && key != "no-infinitives" && key != "acronyms" && key != "people" && key != "questions" && key != "answers" && key != "no-given" && key != "people-plural" && key != "numerals" && key != "female-endings" && key != "passives" && key != "modals" && key != "plurals" && (value != "yes" || !slices.Contains([]string{"capitals", "bare", "inversion", "genitive", "speaks-in", "speech-dash", "comma-opens", "articles", "foreign-outlets"}, key)) {
				t.Errorf("%s: the setting %s = %s is unknown", lang, key, value)
			}
		}
		if len(lex.profile) < 20 || len(lex.furniture) < 20 {
			t.Errorf("%s: %d words of the profile, %d rules for furniture: too few", lang, len(lex.profile), len(lex.furniture))
		}
	}
	for name, f := range frameNames {
		if !used[f] {
			t.Errorf("the frame %q is used by no form", name)
		}
	}
}

// TestLexiconFaults tells how a slip in a file is told.
func TestLexiconFaults(t *testing.T) {
	tests := map[string]string{
		"[cue clauze]\nsay":   "no frame",
		"[queue]\nsay":        "no class",
		"say":                 "before any section",
		"[cue]\nsa{y|id":      "not closed",
		"[cue]\nsay|said":     "too much",
		"[cue]\nsay,, said":   "empty form",
		"[letters]\nabc":      "no pair",
		"[furniture]\nadvert": "how it is compared",
		"[]\nsay":             "without a name",
	}
	for text, want := range tests {
		_, err := loadLexicon(fstest.MapFS{"lexicon/xx/a.txt": {Data: []byte(text)}}, "xx")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}

func TestAlternatives(t *testing.T) {
	got, err := expand("po{st|int}{s|} out")
	want := []string{"posts out", "post out", "points out", "point out"}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, %v", got, err)
	}
}
