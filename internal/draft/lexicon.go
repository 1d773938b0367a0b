package draft

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"strings"
	"sync"
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
// which # is a number in figures or words. What stands in "not" is taken out of the
// text first.
type words struct {
	Number      string              `json:"number"`
	Not         []string            `json:"not"`
	Kinds       map[string][]string `json:"kinds"`
	Who         []string            `json:"who"`
	Where       []string            `json:"where"`
	Deadline    []string            `json:"deadline"`
	Days        string              `json:"days"`     // lengths that want a rule of counting
	Distance    string              `json:"distance"` // both are expressions
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

// lexicon is the same, ready for use.
type lexicon struct {
	han                                                     bool
	not, calibred                                           *regexp.Regexp
	kinds                                                   map[Kind]*regexp.Regexp
	who, where, deadline, days, distance, calibre, counting *regexp.Regexp
	vague, start, end, verify, consequence                  *regexp.Regexp
	nouns, capitals                                         *regexp.Regexp // nil in Chinese
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
	l := &lexicon{han: language == "zh", kinds: map[Kind]*regexp.Regexp{}}
	compile := func(into **regexp.Regexp, list ...string) {
		if err != nil || len(list) == 0 {
			return
		}
		if *into, err = l.compile(w.Number, list); err != nil {
			err = fmt.Errorf("lexicon %s: %w", language, err)
		}
	}
	for _, k := range kinds {
		var r *regexp.Regexp
		compile(&r, w.Kinds[string(k)]...)
		l.kinds[k] = r
	}
	compile(&l.not, w.Not...)
	compile(&l.calibred, w.Calibred...)
	compile(&l.who, w.Who...)
	compile(&l.where, w.Where...)
	compile(&l.deadline, w.Deadline...)
	compile(&l.days, "re:"+w.Days)
	compile(&l.distance, "re:"+w.Distance)
	compile(&l.calibre, "re:"+w.Calibre)
	compile(&l.counting, w.Counting...)
	compile(&l.vague, w.Vague...)
	compile(&l.start, w.Start...)
	compile(&l.end, w.End...)
	compile(&l.verify, w.Verify...)
	compile(&l.consequence, w.Consequence...)
	compile(&l.nouns, w.Nouns...)
	if !l.han && err == nil {
		l.capitals, err = regexp.Compile(`\p{Lu}[\p{L}'-]+(?:\s+(?:` + w.Links + `)\s+\p{Lu}[\p{L}'-]+|\s+\p{Lu}[\p{L}'-]+)*`)
	}
	return l, err
}

// compile makes one expression of a list of words. Its group holds what matched.
func (l *lexicon) compile(number string, list []string) (*regexp.Regexp, error) {
	parts := make([]string, len(list))
	for i, w := range list {
		if expression, ok := strings.CutPrefix(w, "re:"); ok {
			parts[i] = strings.ReplaceAll(expression, "#", "(?:"+number+")")
			continue
		}
		parts[i] = regexp.QuoteMeta(strings.TrimSpace(plain(w)))
		if strings.HasSuffix(w, " ") {
			parts[i] += `(?:[^\p{L}\p{N}]|$)`
		}
	}
	before := `(?:^|[^\p{L}\p{N}])`
	if l.han {
		before = ""
	}
	return regexp.Compile(before + "(" + strings.Join(parts, "|") + ")")
}

// plain gives a text as words are compared: small letters, one kind of apostrophe and
// of space, ё as е, no hyphens that only divide a line.
func plain(s string) string {
	return flat.Replace(strings.ToLower(s))
}

var flat = strings.NewReplacer("ё", "е", "’", "'", "ʼ", "'", "\u00ad", "", "\u00a0", " ", "\u202f", " ", "‑", "-", "\t", " ", "\n", " ")

// read gives a text as the lexicon is held against it.
func (l *lexicon) read(s string) string {
	s = plain(s)
	if l.not != nil {
		s = l.not.ReplaceAllString(s, " ")
	}
	return s
}

// has tells whether a list has a word in a text.
func has(list *regexp.Regexp, text string) bool { return list != nil && list.MatchString(text) }

// found lists what a list has in a text, each once, as it stands there.
func found(list *regexp.Regexp, text string) []string {
	if list == nil {
		return nil
	}
	var all []string
	seen := map[string]bool{}
	for _, m := range list.FindAllStringSubmatch(text, -1) {
		w := strings.Trim(m[1], " ,.;:()")
		if w != "" && !seen[w] {
			seen[w] = true
			all = append(all, w)
		}
	}
	return all
}

// kindsOf lists what words look like. The words of a duty are in most sentences: it is
// told only where nothing more particular is owed.
func (l *lexicon) kindsOf(text string) []Kind {
	var list []Kind
	particular := false
	for _, k := range kinds {
		if k == KindDuty && particular || !has(l.kinds[k], text) {
			continue
		}
		list = append(list, k)
		particular = particular || k == KindProhibition || k == KindWithdrawal || k == KindExchange
	}
	return list
}
