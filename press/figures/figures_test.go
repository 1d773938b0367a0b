package figures

import (
	"os"
	"strings"
	"testing"

	"github.com/truceline/truceline/record"
)

// Each line of testdata/LANG.txt is a text and the figures expected in it:
// text => [span] N, % if it is a percentage, hedge if it is not exact, (unit); ...
func TestFind(t *testing.T) {
	for lang := range languages() {
		content, err := os.ReadFile("testdata/" + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
			text, want, ok := strings.Cut(line, " =>")
			if !ok {
				continue // a remark
			}
			if got := told(text, Find(lang, text)); got != strings.TrimSpace(want) {
				t.Errorf("%s.txt:%d: %s\n got %s\nwant %s", lang, i+1, text, got, strings.TrimSpace(want))
			}
		}
	}
}

func told(text string, found []Figure) string {
	var all []string
	for _, f := range found {
		one := "[" + text[f.Start:f.End] + "] " + f.N
		if f.Percent {
			one += "%"
		}
		if f.Hedge != Exact {
			one += " " + f.Hedge
		}
		if f.UnitStart < f.UnitEnd {
			one += " (" + text[f.UnitStart:f.UnitEnd] + ")"
		}
		all = append(all, one)
	}
	return strings.Join(all, "; ")
}

func TestLexiconsAreSound(t *testing.T) {
	for _, lx := range languages() {
		for _, fault := range lx.faults {
			t.Error(fault)
		}
	}
}

// The hedges are the record's, although this package does not need the record.
func TestHedgesAreTheRecords(t *testing.T) {
	for ours, theirs := range map[string]record.Hedge{
		Exact: record.HedgeExact, About: record.HedgeAbout, AtLeast: record.HedgeAtLeast,
		MoreThan: record.HedgeMoreThan, LessThan: record.HedgeUnder,
	} {
		if ours != string(theirs) {
			t.Errorf("%q is %q in the record", ours, theirs)
		}
	}
}

func FuzzFind(f *testing.F) {
	for lang := range languages() {
		content, err := os.ReadFile("testdata/" + lang + ".txt")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(lang, string(content))
	}
	f.Fuzz(func(t *testing.T, lang, text string) {
		end := 0
		for _, x := range Find(lang, text) {
			if x.Start < end || x.End <= x.Start || x.End > len(text) || x.N == "" || x.Hedge == "" {
				t.Fatalf("%+v after %d", x, end)
			}
			if x.UnitStart != x.UnitEnd && (x.UnitStart < x.Start || x.UnitEnd > len(text) || x.UnitEnd < x.UnitStart) {
				t.Fatalf("unit of %+v", x)
			}
			end = x.End
		}
	})
}

func BenchmarkFind(b *testing.B) {
	for _, lang := range []string{"en", "ru", "uk", "zh"} {
		content, err := os.ReadFile("testdata/" + lang + ".txt")
		if err != nil {
			b.Fatal(err)
		}
		text := string(content)
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Find(lang, text)
			}
		})
	}
}
