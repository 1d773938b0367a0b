package dates

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// Every line of every file must be one that the program can read and uses.
func TestLexiconsAreSound(t *testing.T) {
	for lang := range languages() {
		for _, fault := range load(lang).faults {
			t.Error(fault)
		}
	}
}

func TestLanguages(t *testing.T) {
	var have []string
	for lang := range languages() {
		have = append(have, lang)
	}
	slices.Sort(have)
	if want := []string{"en", "ru", "uk", "zh"}; !slices.Equal(have, want) {
		t.Errorf("languages %v, want %v", have, want)
	}
}

// What a linguist may get wrong is told with file and line.
func TestFaultsOfLexicons(t *testing.T) {
	const words, rules = "month 3: march", "<month:m> {date}"
	for _, c := range []struct{ words, rules, want string }{
		{words, rules, ""},
		{"# remark\nfold 週=周\nunspaced\nchinese numerals\nmonth 3: march", rules, ""},
		{"month 3: march, march", rules, `xx/words.txt:1: "march" is given twice`},
		{"month 3: mar(ch", rules, `xx/words.txt:1: "mar(ch": a bracket is not closed`},
		{"month 3: march)", rules, `xx/words.txt:1: "march)": a bracket is not opened`},
		{"month 3: march,", rules, "xx/words.txt:1: an empty form: one comma too many?"},
		{"month third: march", rules, `xx/words.txt:1: "third" is no value`},
		{"month march", rules, `xx/words.txt:1: "month march" is neither words`},
		{"fold ab=c\n" + words, rules, `xx/words.txt:1: "ab=c" is not a=b`},
		{words + "\nday 1: first", rules, "xx: no rule uses the class day"},
		{words, "<weekday> {date}", `xx/rules.txt:1: no words of the class "weekday"`},
		{words, rules + "\n(in <month:m> {date}", "xx/rules.txt:2: ( is not closed"},
		{words, rules + "\nin <month:m>] {date}", `xx/rules.txt:2: "]" closes nothing`},
		{words, rules + "\nin <month:x> {date}", `xx/rules.txt:2: "x" is no key`},
		{words, rules + "\nin <month:m {date}", `xx/rules.txt:2: "<month:m {date}" is not closed`},
		{words, rules + "\nin {dated}", `xx/rules.txt:2: "dated" is no meaning`},
		{words, rules + "\nin {date q=1}", `xx/rules.txt:2: "q" is no key`},
		{words, rules + "\nin <int:d 31-1> {date}", `xx/rules.txt:2: "31-1" is no range`},
		{words, rules + "\nin @day {date}", "xx/rules.txt:2: no let day stands above"},
		{words, rules + "\nin <month:m> {date}; not here: x", `xx/rules.txt:2: "not here: x" is neither`},
		{words, rules + "\n, <month:m> {date}", "xx/rules.txt:2: a rule begins with a word or a number"},
		{words, rules + "\nin +", "xx/rules.txt:2: a + glues nothing"},
	} {
		lx := read(fstest.MapFS{
			"lexicon/xx/words.txt": {Data: []byte(c.words)},
			"lexicon/xx/rules.txt": {Data: []byte(c.rules)},
		}, "xx")
		got := strings.Join(lx.faults, "; ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%q with %q:\n got %s\nwant %s", c.words, c.rules, got, c.want)
		}
	}
}
