// Package precedents holds real agreements of the past, paraphrased, each as a
// small case with scenarios of what was hard to judge in it.
package precedents

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/scenario"
)

// sides are the two parties of each precedent that the side-swap exchanges.
var sides = map[string][2]string{
	"colombia-2016":        {"COL", "FARC"},
	"nepal-2006":           {"GON", "CPNM"},
	"sudan-2023":           {"SAF", "RSF"},
	"libya-2020":           {"GNA", "LNA"},
	"karabakh-2020":        {"AM", "AZ"},
	"lebanon-2024":         {"IL", "LB"},
	"gaza-2025":            {"IL", "HAMAS"},
	"black-sea-grain-2022": {"UA", "RU"},
	"dayton-1995":          {"FBIH", "RS"},
	"hodeidah-2018":        {"GOY", "HOUTHI"},
	"inter-korean-2018":    {"KR", "KP"},
	"korea-1953":           {"UNC", "KPA"},
	"minsk":                {"UA", "CADLR"},
	"sri-lanka-2002":       {"GOSL", "LTTE"},
}

// largest is how many bytes a precedent may have.
const largest = 100_000

func folders(t *testing.T) []string {
	t.Helper()
	headers, err := filepath.Glob("*/case.hcl")
	if err != nil || len(headers) == 0 {
		t.Fatalf("no precedents (%v)", err)
	}
	for i, h := range headers {
		headers[i] = filepath.Dir(h)
	}
	return headers
}

func scenarios(t *testing.T, name string) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(name, "scenarios", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no scenarios (%v)", name, err)
	}
	all := map[string][]byte{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(f), ".txtar")] = data
	}
	return all
}

func TestPrecedentsAreWhole(t *testing.T) {
	for _, name := range folders(t) {
		t.Run(name, func(t *testing.T) {
			problems, warnings := casefile.Check(os.DirFS(name))
			for _, p := range slices.Concat(problems, warnings) {
				t.Error(p)
			}
			if _, err := os.Stat(filepath.Join(name, "README.md")); err != nil {
				t.Error(err)
			}
			var size int64
			err := fs.WalkDir(os.DirFS(name), ".", func(_ string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				info, err := d.Info()
				if err == nil {
					size += info.Size()
				}
				return err
			})
			if err != nil || size > largest {
				t.Errorf("%d bytes, of which %d are allowed (%v)", size, largest, err)
			}
		})
	}
}

// TestIncidentsAreInvented: what a precedent's record holds was reported by a
// source; incidents to try a rule on stand in scenarios, by the author "exercise".
func TestIncidentsAreInvented(t *testing.T) {
	for _, name := range folders(t) {
		c, err := casefile.Load(os.DirFS(name))
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.Entries {
			if e := &c.Entries[i].Entry; e.Kind == "report" || e.Author == "exercise" {
				t.Errorf("%s: %s stands in the record", name, e.Ref)
			}
		}
		for about, data := range scenarios(t, name) {
			for line := range strings.Lines(string(data)) {
				if strings.Contains(line, `"kind":"report"`) && !strings.Contains(line, `"author":"exercise"`) {
					t.Errorf("%s/%s: an incident that is not marked as invented: %s", name, about, line)
				}
			}
		}
	}
}

func TestScenariosComeOut(t *testing.T) {
	for _, name := range folders(t) {
		for about, data := range scenarios(t, name) {
			t.Run(name+"/"+about, func(t *testing.T) {
				r, err := scenario.Run(os.DirFS(name), about, data)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range r.Checks {
					if !c.OK {
						t.Errorf("line %d: %s\n%s", c.Line, c.Ask, cmp.Diff(c.Want, c.Got))
					}
				}
			})
		}
	}
}

// TestSideSwap: exchanging the names of two sides exchanges them in every answer
// and changes nothing else but the order of lists sorted by name.
func TestSideSwap(t *testing.T) {
	for _, name := range folders(t) {
		pair, ok := sides[name]
		if !ok {
			t.Errorf("%s: say in sides which parties are exchanged", name)
			continue
		}
		swapped, err := scenario.Swap(os.DirFS(name), pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		for about, data := range scenarios(t, name) {
			t.Run(name+"/"+about, func(t *testing.T) {
				straight, err := scenario.Run(os.DirFS(name), about, data)
				if err != nil {
					t.Fatal(err)
				}
				other, err := scenario.Run(swapped, about, []byte(scenario.SwapText(string(data), pair[0], pair[1])))
				if err != nil {
					t.Fatal(err)
				}
				for i, c := range straight.Checks {
					want := words(scenario.SwapText(c.Got, pair[0], pair[1]))
					if diff := cmp.Diff(want, words(other.Checks[i].Got)); diff != "" {
						t.Errorf("%s\n%s", c.Ask, diff)
					}
				}
			})
		}
	}
}

// words gives the words of an answer without their order.
func words(answer string) []string {
	list := strings.FieldsFunc(answer, func(r rune) bool { return strings.ContainsRune(" ,;[]/:\n", r) })
	slices.Sort(list)
	return list
}
