package agreement

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lintContext is a case that has drawn everything but "area:nowhere", does not date
// "area:undated", and where "area:wide" reaches over the side of A.
func lintContext(readings []*Reading) Context {
	return Context{
		HasPlace: func(place string) bool { return place != "area:nowhere" },
		Dated:    func(place string) bool { return place != "area:undated" },
		Overlap:  func(place, area string) bool { return place == "area:wide" && area == "area:a-side" },
		Readings: readings,
	}
}

// linted tells the findings of testdata/lint/NAME.md with its translations
// NAME.LANG.md and its readings NAME.HOLDER.md, a line each.
func linted(t *testing.T, file string) string {
	t.Helper()
	translations := map[string][]byte{}
	var readings []*Reading
	beside, err := filepath.Glob(strings.TrimSuffix(file, ".md") + ".*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range beside {
		data := read(t, other)
		if !strings.Contains(string(data), "\nreading \"") {
			translations[filepath.Base(other)] = data
			continue
		}
		r, err := ParseReading(filepath.Base(other), data)
		if err != nil {
			t.Fatal(err)
		}
		readings = append(readings, r)
	}
	a, err := ParseText(filepath.Base(file), read(t, file), translations)
	if err != nil {
		t.Fatal(err)
	}
	list := a.Lint(lintContext(readings))
	for _, r := range readings {
		more, err := a.LintReading(r, lintContext(readings))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, more...)
	}
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintf(&b, "%s: %s: %s:", f.Pos, f.Level, f.Code)
		for _, name := range slices.Sorted(maps.Keys(f.Args)) {
			fmt.Fprintf(&b, " %s=%q", name, f.Args[name])
		}
		b.WriteString("\n")
		if f.Pos.Line < 1 || f.Pos.Column < 1 || f.Pos.File == "" {
			t.Errorf("%s has no place: %+v", f.Code, f.Pos)
		}
	}
	return b.String()
}

// TestLint: each draft of testdata/lint has the findings that its golden file says, the
// draft "clean" none, and every code of the list is found in the draft of its name.
func TestLint(t *testing.T) {
	files, err := filepath.Glob("testdata/lint/*.md")
	if err != nil {
		t.Fatal(err)
	}
	drafts := map[string]bool{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		if strings.Contains(name, ".") {
			continue // beside another draft
		}
		code := strings.TrimRight(name, "-0123456789") // a second draft of a code has a number
		drafts[code] = true
		t.Run(name, func(t *testing.T) {
			got := linted(t, file)
			want := strings.TrimSuffix(file, ".md") + ".want"
			if *update {
				if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(read(t, want)), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if found := strings.Contains(got, ": "+code+":"); found == (name == "clean") || name == "clean" && got != "" {
				t.Errorf("the draft is to have this finding, or none:\n%s", got)
			}
		})
	}
	for _, f := range FindingCodes() {
		if !drafts[f.Code] {
			t.Errorf("no draft has the finding %s", f.Code)
		}
	}
}

// TestTheSpecificationListsEveryFinding with its level, and no other.
func TestTheSpecificationListsEveryFinding(t *testing.T) {
	text := string(read(t, "../spec/agreement.md"))
	var listed []FindingCode
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| (error|warning|info) \\|").FindAllStringSubmatch(text, -1) {
		listed = append(listed, FindingCode{m[1], m[2]})
	}
	if diff := cmp.Diff(listed, FindingCodes()); diff != "" {
		t.Errorf("-spec +code:\n%s", diff)
	}
}
