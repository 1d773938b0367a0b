package cli

import (
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
)

func TestColourNeverStandsAlone(t *testing.T) {
	for word := range colours {
		if got := (&app{colour: true}).level(word); !strings.Contains(got, word) || got == word {
			t.Errorf("%q", got)
		}
		if got := (&app{}).level(word); got != word {
			t.Errorf("%q without colours", got)
		}
	}
}

func TestColumnsLineUpForWideCharacters(t *testing.T) {
	table := &table{}
	table.add("停火", "one", "last")
	table.note("a line that takes no part")
	table.add("truce", "eleven", "停火")
	var b strings.Builder
	table.write(&b)
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 3 {
		t.Fatal(lines)
	}
	column := func(line, cell string) int {
		before, _, found := strings.Cut(line, cell)
		if !found {
			t.Fatalf("%q does not hold %q", line, cell)
		}
		return runewidth.StringWidth(before)
	}
	if a, b := column(lines[0], "one"), column(lines[2], "eleven"); a != b {
		t.Errorf("second column begins at %d and %d", a, b)
	}
	if a, b := column(lines[0], "last"), column(lines[2], "停火"); a != b {
		t.Errorf("third column begins at %d and %d", a, b)
	}
}
