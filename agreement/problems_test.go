package agreement

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/problem"
)

var update = flag.Bool("update", false, "write the .want files")

// TestEveryProblemIsToldWithItsPlaceAndMend reads testdata/bad: drafts, and readings
// (those named under-… of the training agreement), each with the problems that must
// come out.
func TestEveryProblemIsToldWithItsPlaceAndMend(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.md")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(strings.TrimSuffix(name, ".md"), func(t *testing.T) {
			data := read(t, file)
			var err error
			if strings.HasPrefix(name, "reading-") {
				var r *Reading
				if r, err = ParseReading(name, data); err == nil {
					_, err = training(t).Under(r)
				}
			} else {
				_, err = ParseText(name, data, nil)
			}
			var list problem.List
			if !errors.As(err, &list) {
				t.Fatalf("no list of problems: %v", err)
			}
			var got strings.Builder
			for _, p := range list {
				if p.Line < 1 || p.Column < 1 || p.Code == "" || p.Mend == "" || p.File != name {
					t.Errorf("a problem lacks its place, code or mend: %+v", p)
				}
				if foreign.MatchString(p.What + p.Mend) {
					t.Errorf("the words of a program: %s", p)
				}
				got.WriteString(strings.Replace(p.Error(), ": ", ": "+p.Code+": ", 1) + "\n")
			}
			want := strings.TrimSuffix(file, ".md") + ".want"
			if *update {
				if err := os.WriteFile(want, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(read(t, want)), got.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// foreign is what only programmers say.
var foreign = regexp.MustCompile(`(?i)\b(cty|expression|function|argument|invalid|nil|panic|unsupported|token)\b`)

func read(tb testing.TB, file string) []byte {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// training gives the agreement of testdata, without its folder.
func training(tb testing.TB) *Agreement {
	tb.Helper()
	a, err := ParseText("training.md", read(tb, "testdata/training/training.md"), map[string][]byte{
		"training.zh.md": read(tb, "testdata/training/training.zh.md"),
	})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}
