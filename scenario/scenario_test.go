package scenario_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/scenario"
)

var update = flag.Bool("update", false, "write the answers that come out into the scenarios")

// cases are the folders whose scenarios must come out.
var cases = map[string]string{
	"training": "testdata/case",
	"patterns": "testdata/patterns",
	"ua-2025":  "../cases/ua-2025",
}

func TestScenariosComeOut(t *testing.T) {
	for name, dir := range cases {
		files, err := filepath.Glob(filepath.Join(dir, "scenarios", "*.txtar"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no scenarios (%v)", dir, err)
		}
		for _, file := range files {
			t.Run(name+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
				run(t, os.DirFS(dir), file)
			})
		}
	}
}

func run(t *testing.T, base fs.FS, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := scenario.Run(base, file, data)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, scenario.Update(data, r), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, c := range r.Checks {
		if !c.OK {
			t.Errorf("%s:%d: %s\n%s", file, c.Line, c.Ask, cmp.Diff(c.Want, c.Got))
		}
	}
}

// TestSideSwap: exchanging the names of two parties exchanges them in every
// answer and changes nothing else but the order of lists sorted by name.
func TestSideSwap(t *testing.T) {
	for name, pair := range map[string][2]string{"training": {"KA", "LO"}, "ua-2025": {"RU", "UA"}} {
		files, _ := filepath.Glob(filepath.Join(cases[name], "scenarios", "*.txtar"))
		base := os.DirFS(cases[name])
		swapped, err := scenario.Swap(base, pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			t.Run(name+"/"+filepath.Base(file), func(t *testing.T) {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				straight, err := scenario.Run(base, file, data)
				if err != nil {
					t.Fatal(err)
				}
				other, err := scenario.Run(swapped, file, []byte(scenario.SwapText(string(data), pair[0], pair[1])))
				if err != nil {
					t.Fatal(err)
				}
				for i, c := range straight.Checks {
					want := sorted(scenario.SwapText(c.Got, pair[0], pair[1]))
					if diff := cmp.Diff(want, sorted(other.Checks[i].Got)); diff != "" {
						t.Errorf("%s\n%s", c.Ask, diff)
					}
				}
			})
		}
	}
}

// sorted orders the lines of an answer and the words in them: order by name is
// all that a swap may change.
func sorted(answer string) []string {
	lines := strings.Split(answer, "\n")
	for i, line := range lines {
		words := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" ,;[]/:", r) })
		slices.Sort(words)
		lines[i] = strings.Join(words, " ")
	}
	slices.Sort(lines)
	return lines
}

func TestScenarioThatCannotFailIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"asks nothing":          "about\n-- case.hcl --\ncase \"x\" {}\n",
		"answer before ask":     "-- ask --\ntext: draft\n> state truce\n",
		"file name out of case": "-- ../x --\n-- ask --\n> state truce\n",
	} {
		if _, err := scenario.Run(os.DirFS(cases["training"]), name, []byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestWrongAnswerAndUnknownVerbFail(t *testing.T) {
	text := "-- ask --\n> state truce at 2030-03-01T07:59Z\ntext: in-force\n\n> stat truce\n"
	r, err := scenario.Run(os.DirFS(cases["training"]), "wrong", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if r.OK() || len(r.Checks) != 2 || r.Checks[0].OK || r.Checks[1].OK {
		t.Errorf("wrong answers passed: %+v", r.Checks)
	}
	if r.Checks[0].Line != 2 || r.Checks[1].Line != 5 {
		t.Errorf("lines of questions: %d, %d", r.Checks[0].Line, r.Checks[1].Line)
	}
	if again, err := scenario.Run(os.DirFS(cases["training"]), "updated", scenario.Update([]byte(text), r)); err != nil || !again.OK() {
		t.Errorf("an updated scenario does not pass: %v %+v", err, again)
	}
}
