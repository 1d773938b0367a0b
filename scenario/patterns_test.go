package scenario_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryPatternIsTried: docs/clauses.md lists the fifty-two patterns once each, in
// order, and every scenario that it names is there and asks something.
func TestEveryPatternIsTried(t *testing.T) {
	data, err := os.ReadFile("../docs/clauses.md")
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]string{"P": "testdata/patterns/scenarios", "R": "../precedents", "U": "../cases/ua-2025/scenarios"}
	row := regexp.MustCompile("^\\| ([0-9]+) \\| (.+) \\| (.+) \\| `([PRU])/(.+\\.txtar)` \\|$")
	next := 1
	tried := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		m := row.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		if n, _ := strconv.Atoi(m[1]); n != next {
			t.Errorf("pattern %d stands where %d should", n, next)
		}
		next++
		file := filepath.Join(folders[m[4]], m[5])
		tried[m[4]+"/"+m[5]] = true
		text, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("pattern %s: %v", m[1], err)
			continue
		}
		if !strings.Contains(string(text), "\n> ") {
			t.Errorf("pattern %s: %s asks nothing", m[1], file)
		}
	}
	if next != 53 {
		t.Errorf("%d patterns are listed", next-1)
	}
	files, err := filepath.Glob("testdata/patterns/scenarios/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !tried["P/"+filepath.Base(f)] {
			t.Errorf("%s is of no pattern", f)
		}
	}
}
