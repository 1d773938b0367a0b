package figures

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

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

func TestFaultsOfLexicons(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"# a remark\nunspaced\ndecimal comma\nfold 兩=两\nnumber 2: two\nshare 1/2: half\nbefore about: some", ""},
		{"number 2: two, two", `xx.txt:1: "two" is given twice`},
		{"number 2: tw(o", `xx.txt:1: "tw(o": a bracket is not closed`},
		{"number 2: two,", "xx.txt:1: an empty form: one comma too many?"},
		{"number two: two", `xx.txt:1: "two" is neither a whole number nor a hedge`},
		{"\nnumbers 2: two", `xx.txt:2: "numbers 2: two" is not class value: form, form`},
		{"share 1/x: half", `xx.txt:1: "1/x" is no fraction`},
		{"before: some", "xx.txt:1: a hedge is about, at-least, more-than or less-than"},
		{"number about: some", "xx.txt:1: a hedge is about, at-least, more-than or less-than"},
		{"fold ab=c", `xx.txt:1: "ab=c" is not a=b`},
	} {
		lx := read(fstest.MapFS{"lexicon/xx.txt": {Data: []byte(c.words)}}, "xx.txt")
		got := strings.Join(lx.faults, "; ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%q:\n got %s\nwant %s", c.words, got, c.want)
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
