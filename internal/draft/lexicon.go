package draft

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed lexicon/*.json
var lexicons embed.FS

// Kind is what the words of an article look like: a kind of clause, or a manner of
// one that lawyers tell apart.
type Kind string

// The kinds, in the order in which they are told. An exchange is written as a duty, an
// extension as a part of a duration; the others are kinds of clause.
const (
	KindDefinition     Kind = "definition"
	KindEntryIntoForce Kind = "entry_into_force"
	KindDuration       Kind = "duration"
	KindExtension      Kind = "extension"
	KindPhase          Kind = "phase"
	KindProhibition    Kind = "prohibition"
	KindException      Kind = "exception"
	KindWithdrawal     Kind = "withdrawal"
	KindZone           Kind = "zone"
	KindExchange       Kind = "exchange"
	KindDuty           Kind = "duty"
	KindPower          Kind = "power"
	KindVerification   Kind = "verification"
	KindGuarantee      Kind = "guarantee"
)

var kinds = []Kind{
	KindDefinition, KindEntryIntoForce, KindDuration, KindExtension, KindPhase, KindProhibition, KindException,
	KindWithdrawal, KindZone, KindExchange, KindDuty, KindPower, KindVerification, KindGuarantee,
}

// word is the name under which package explain has words for a kind.
func (k Kind) word() string { return "clause-" + string(k) }

// Languages are those that drafts are read in.
func Languages() []string { return []string{"en", "ru", "uk", "zh"} }

// words are the file of a language, lexicon/LANGUAGE.json. A word stands in lower case
// and matches where a word of the text begins with it; with a space at its end, the
// whole word. In Chinese it matches anywhere. "re:" begins a regular expression, in
// which # is a number in figures or words. Inside of what stands in "not" no word
// begins.
type words struct {
	Number      string              `json:"number"`
	Not         []string            `json:"not"`
	Kinds       map[string][]string `json:"kinds"`
	Who         []string            `json:"who"`
	Where       []string            `json:"where"`
	Deadline    []string            `json:"deadline"`
	Days        string              `json:"days"`     // lengths that want a rule of counting
	Distance    string              `json:"distance"` // all three are expressions
	Calibre     string              `json:"calibre"`
	Counting    []string            `json:"counting"`
	Vague       []string            `json:"vague"`
	Calibred    []string            `json:"calibred"` // vague words that a calibre makes plain
	Start       []string            `json:"start"`
	End         []string            `json:"end"`
	Verify      []string            `json:"verify"`
	Consequence []string            `json:"consequence"`
	Nouns       []string            `json:"nouns"` // with a capital inside of a sentence, a term
	Links       string              `json:"links"` // small words inside of such terms
}

// set is a set of lists of words: first the kinds, in their order.
type set uint32

const (
	who set = 1 << (16 + iota)
	where
	deadline
	distance
	calibre
	counting
	vague
	calibred
	start
	end
	verify
	consequence
	noun
	not
	allKinds set = 1<<16 - 1
)

// entry is a word of lists.
type entry struct {
	text  string
	whole bool // no letter may follow
	of    set
}

// expression is a regular expression of a list; its group holds what matched.
type expression struct {
	*regexp.Regexp
	of set
}

// lexicon is the same, ready for use.
type lexicon struct {
	han         bool
	entries     map[rune][]entry // by their first letter
	expressions []expression
	days        *regexp.Regexp
	figures     *regexp.Regexp // deadlines, distances and calibres, as an article says them
	capitals    *regexp.Regexp // nil in Chinese
}

var ready = map[string]func() (*lexicon, error){
	"en": sync.OnceValues(func() (*lexicon, error) { return readLexicon("en") }),
	"ru": sync.OnceValues(func() (*lexicon, error) { return readLexicon("ru") }),
	"uk": sync.OnceValues(func() (*lexicon, error) { return readLexicon("uk") }),
	"zh": sync.OnceValues(func() (*lexicon, error) { return readLexicon("zh") }),
}

func readWords(language string) (*words, error) {
	data, err := lexicons.ReadFile(path.Join("lexicon", language+".json"))
	if err != nil {
		return nil, err
	}
	w := &words{}
	return w, json.Unmarshal(data, w)
}

func readLexicon(language string) (*lexicon, error) {
	w, err := readWords(language)
	if err != nil {
		return nil, err
	}
	l := &lexicon{han: language == "zh", entries: map[rune][]entry{}}
	var figures []string
	add := func(of set, list ...string) {
		var parts []string
		for _, x := range list {
			if text, ok := strings.CutPrefix(x, "re:"); ok {
				parts = append(parts, text)
				continue
			}
			text := strings.TrimSpace(x)
			l.entries[first(text)] = append(l.entries[first(text)], entry{text, text != x, of})
		}
		if len(parts) == 0 || err != nil {
			return
		}
		if of == deadline || of == distance || of == calibre {
			figures = append(figures, parts...)
		}
		var r *regexp.Regexp
		r, err = l.compile(w.Number, parts)
		l.expressions = append(l.expressions, expression{r, of})
	}
	add(not, w.Not...)
	for i, k := range kinds {
		add(1<<i, w.Kinds[string(k)]...)
	}
	for _, x := range []struct {
		of   set
		list []string
	}{
		{who, w.Who},
		{where, w.Where},
		{deadline, w.Deadline},
		{distance, []string{"re:" + w.Distance}},
		{calibre, []string{"re:" + w.Calibre}},
		{counting, w.Counting},
		{vague, w.Vague},
		{calibred, w.Calibred},
		{start, w.Start},
		{end, w.End},
		{verify, w.Verify},
		{consequence, w.Consequence},
		{noun, w.Nouns},
	} {
		add(x.of, x.list...)
	}
	if err == nil {
		l.days, err = l.compile(w.Number, []string{w.Days})
	}
	if err == nil {
		l.figures, err = l.compile(w.Number, figures)
	}
	if err == nil && !l.han {
		l.capitals, err = regexp.Compile(`\p{Lu}[\p{L}'-]+(?:\s+(?:` + w.Links + `)\s+\p{Lu}[\p{L}'-]+|\s+\p{Lu}[\p{L}'-]+)*`)
	}
	if err != nil {
		return nil, fmt.Errorf("lexicon %s: %w", language, err)
	}
	return l, nil
}

// compile makes one expression of several.
func (l *lexicon) compile(number string, parts []string) (*regexp.Regexp, error) {
	before := `(?:^|[^\p{L}\p{N}])`
	if l.han {
		before = ""
	}
	number = "(?:(?:" + number + ")(?:(?: and|-|) ?(?:" + number + "))*)" // "one hundred and twenty"
	return regexp.Compile(before + "(" + strings.ReplaceAll(strings.Join(parts, "|"), "#", number) + ")")
}

// plain gives a text as words are compared: small letters, one kind of apostrophe and
// of space, ё as е, no hyphens that only divide a line.
func plain(s string) string {
	return flat.Replace(strings.ToLower(s))
}

var flat = strings.NewReplacer("ё", "е", "’", "'", "ʼ", "'", "\u00ad", "", "\u00a0", " ", "\u202f", " ", "‑", "-", "\t", " ", "\n", " ")

// said tells which lists have a word in a plain text, and what vague words those are.
func (l *lexicon) said(text string) (all set, loose []string) {
	inWord, until := false, 0
	for i, r := range text {
		begins := l.han || !inWord
		inWord = isLetter(r)
		if !begins || i < until {
			continue
		}
		for _, e := range l.entries[r] {
			if i < until || all&e.of != 0 && e.of != vague || !e.at(text[i:]) {
				continue
			}
			if e.of == not { // these come first
				until = i + len(e.text)
				continue
			}
			all |= e.of
			if e.of == vague && !slices.Contains(loose, e.text) {
				loose = append(loose, e.text)
			}
		}
	}
	for _, x := range l.expressions {
		if x.of == vague {
			for _, v := range found(x.Regexp, text) {
				all |= vague
				loose = append(loose, v)
			}
		} else if all&x.of == 0 && x.MatchString(text) {
			all |= x.of
		}
	}
	return all, loose
}

// at tells whether an entry stands at the beginning of a text.
func (e *entry) at(text string) bool {
	return strings.HasPrefix(text, e.text) && !(e.whole && isLetter(first(text[len(e.text):])))
}

// isLetter tells what words are made of.
func isLetter(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// found lists what an expression has in a text, each once, as it stands there.
func found(r *regexp.Regexp, text string) []string {
	var all []string
	for _, m := range r.FindAllStringSubmatch(text, -1) {
		if w := strings.Trim(m[1], " ,.;:()"); w != "" && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// kindsOf gives the kinds of a set. The words of a duty are in most sentences: it is
// told only where nothing more particular is owed.
func kindsOf(s set) []Kind {
	var list []Kind
	particular := false
	for i, k := range kinds {
		if s&(1<<i) == 0 || k == KindDuty && particular {
			continue
		}
		list = append(list, k)
		particular = particular || k == KindProhibition || k == KindWithdrawal || k == KindExchange
	}
	return list
}
