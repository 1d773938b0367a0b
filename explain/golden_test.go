package explain_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/truth"
)

var update = flag.Bool("update", false, "write the golden files of testdata/golden")

// samples are arguments of the invented case, by format and, where a format needs
// a certain value, by name.
var samples = map[string]string{
	"party": "KA", "parties": "LO,KA", "agreement": "truce", "area": "west", "areas": "west,line:front",
	"acts": "attack/uav", "weapons": "uav/fpv,missile", "objects": "energy/gas", "domains": "air", "deeds": "release", "words": "notice", "owed": "prisoners-of-war,rocket,energy/gas,def:heavy", "duty-state": "running", "measure": "all, at least 300", "duty-states": "met,overdue", "branch": "objects:energy/gas/metering-station",
	"time": "2030-03-07", "span": "2030-03-06T00:00:00Z/2030-03-07T12:00:00Z", "distance": "2530", "refs": "A51,B1",
	"conditions": "accepted:KA;implemented-together:KA,LO;met:relief", "condition": "implementation-measures",
	"counting": "the day of the start is day one", "reader": "LO", "states": "pending,in-force", "positions": "silent,accepts",
	"state": "suspended", "position": "considering", "strength": "signed", "classification": "violation", "ruled": "no-violation",
	"occurrence": "admissible", "word": "notice", "plural": "28", "number": "2.53",
}

var plain = map[string]string{
	"n": "3", "open": "2", "all": "3", "least": "1", "year": "2030", "day": "7", "from": "1", "until": "9",
	"clause": "3", "article": "4", "exception": "1x", "ref": "A51", "language": "uk", "due": "…",
}

var placeholder = regexp.MustCompile(`\{([a-z_-]+)(?:\|([a-z-]+)[^}]*)?\}`)

// messagesOf reads a language's messages as written.
func messagesOf(t *testing.T, lang string) map[string]string {
	t.Helper()
	all := map[string]string{}
	files, err := filepath.Glob("messages/" + lang + "/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no messages (%v)", lang, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// argsFor gives each placeholder of a message a sample; rest are those of no format.
func argsFor(text string) truth.Args {
	args := truth.Args{}
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		value := samples[m[2]]
		if m[2] == "" {
			if value = plain[m[1]]; value == "" {
				value = "…"
			}
		}
		args[m[1]] = value
	}
	return args
}

// TestGolden: every message with all its arguments, and, where parts of it may be
// left out, with only those that must be there.
func TestGolden(t *testing.T) {
	s, _ := speaker(t)
	c := ownCatalogue(t)
	optional := regexp.MustCompile(`\[[^]]*\{[^]]*\]`)
	for _, lang := range explain.Languages() {
		texts := messagesOf(t, lang)
		var b strings.Builder
		for _, code := range c.Codes() {
			args := argsFor(texts[code])
			lines := []string{c.Say(lang, code, args, s)}
			if optional.MatchString(texts[code]) {
				lines = append(lines, c.Say(lang, code, argsFor(optional.ReplaceAllString(texts[code], "")), s))
			}
			if strings.Contains(texts[code], "|plural ") {
				for _, n := range []string{"1", "2", "5", "21"} {
					if n == "1" && args["most"] != "" {
						continue // no range from 1 to 1
					}
					for name := range args {
						if strings.Contains(texts[code], "{"+name+"|plural ") {
							args[name] = n
						}
					}
					lines = append(lines, c.Say(lang, code, args, s))
				}
			}
			for _, line := range lines {
				fmt.Fprintf(&b, "%s\t%s\n", code, line)
				if texts[code] != "" {
					sound(t, lang, code, line)
				}
			}
		}
		name := filepath.Join("testdata", "golden", lang+".txt")
		if *update {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
			t.Errorf("%s: go test -update writes what is said now (-golden +now):\n%s", name, diff)
		}
	}
}

// TestNamesStandInTheNominative: in Russian and Ukrainian a name is put where no
// case ending is asked for: first, after a colon, dash, bracket or quotation mark,
// or in a row after a comma; and no preposition stands before the colon.
func TestNamesStandInTheNominative(t *testing.T) {
	names := []string{"party", "parties", "agreement", "area", "areas", "acts", "weapons", "objects", "domains", "branch", "condition", "conditions", "reader", "time", "span"}
	place := regexp.MustCompile(`(^|[:.;,—] |[(«\[]|[:.;,—] ?\[ ?)$`)
	preposition := regexp.MustCompile(`(?i)(^|[\s(])(от|у|с|со|до|после|для|в|во|на|по|о|об|из|за|к|від|з|із|після|про|при|між|над|під|без): $`)
	for _, lang := range []string{"ru", "uk"} {
		for code, text := range messagesOf(t, lang) {
			for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
				if m[4] < 0 || !slices.Contains(names, text[m[4]:m[5]]) {
					continue
				}
				if before := text[:m[0]]; !place.MatchString(before) || preposition.MatchString(before) {
					t.Errorf("%s %s: a name would need a case after %q", lang, code, before)
				}
			}
		}
	}
}

// TestChineseHasNoSpacesBetweenHan, and none beside its own punctuation.
func TestChineseHasNoSpacesBetweenHan(t *testing.T) {
	bad := regexp.MustCompile(`\p{Han} \p{Han}|[，。；：（）、] | [，。；：（）、]|\p{Han}[,;:()]|[,;:()]\p{Han}`)
	for code, text := range messagesOf(t, "zh") {
		if strings.HasSuffix(code, ".mend") {
			continue // they hold pieces of the file's own syntax
		}
		if m := bad.FindString(placeholder.ReplaceAllString(text, "字")); m != "" {
			t.Errorf("%s: %q in %q", code, m, text)
		}
	}
}

// TestNoWordOfJudgement stands in any message of any language.
func TestNoWordOfJudgement(t *testing.T) {
	words := map[string]string{
		"en": `(?i)\b(illegal|terror\w*|aggress\w*|atrocit\w*|enemy|regime|criminal|unprovoked|so-called)\b`,
		"ru": `(?i)(террор|агресс|враг|режим[^ау]|преступн|так называем)`,
		"uk": `(?i)(терор|агрес|ворог|злочин|так зван)`,
		"zh": `(恐怖|侵略|敌人|伪政权|罪行|所谓)`,
	}
	for lang, pattern := range words {
		bad := regexp.MustCompile(pattern)
		for code, text := range messagesOf(t, lang) {
			if m := bad.FindString(text); m != "" {
				t.Errorf("%s %s: %q in %q", lang, code, m, text)
			}
		}
	}
}
