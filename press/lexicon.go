package press

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/truceline/truceline/problem"
)

//go:embed lexicon
var lexiconFiles embed.FS

// lexicon is what the files of one language say.
type lexicon struct {
	lang      string
	words     map[string]int32  // a whole word of some form → its number
	stems     map[string]int32  // the beginning of a word of some form → its number
	longest   int               // bytes of the longest beginning
	trie      []trieNode        // forms as paths of numbers; 0 is the root
	fold      map[rune]rune     // letters that are read as another
	settings  map[string]string // press/lexicon/README.md lists them
	has       settingsMost
	lists     map[string][]string // settings that are lists of words or endings
	furniture []furnitureRule     // lines that are no part of the report
	profile   map[string]struct{} // short frequent words, by which a language is told
	form      map[string][]place  // where a form was given, for the linter
	endings   map[string]struct{} // endings of names
	acronyms  map[string]struct{} // words that are names only in capitals
	same      map[string]string   // offices that are one, by the first of them
}

// settingsMost are the settings that are asked for most.
type settingsMost struct{ capitals, articles, commaOpens, genitive, speechDash bool }

type trieNode struct {
	next map[int32]int32
	leaf *leaf
}

// leaf is what a form can be: the classes and frames of all its entries.
type leaf struct {
	class class
	frame frame
}

// place is where a form stands in the files.
type place struct {
	file  string
	line  int
	class class
	frame frame
}

type furnitureRule struct {
	how  string // "whole", "start", "byline", "contains", "rest", "section", "caption"
	text string // folded
}

var languages = sync.OnceValue(func() []string {
	entries, err := fs.ReadDir(lexiconFiles, "lexicon")
	if err != nil {
		return nil
	}
	var list []string
	for _, e := range entries {
		if e.IsDir() {
			list = append(list, e.Name())
		}
	}
	return list
})

var lexicons = sync.OnceValue(func() map[string]func() (*lexicon, error) {
	list := map[string]func() (*lexicon, error){}
	for _, lang := range languages() {
		list[lang] = sync.OnceValues(func() (*lexicon, error) { return loadLexicon(lexiconFiles, lang) })
	}
	return list
})

// loadLexicon reads all files of a language. Every fault is told with file and line.
func loadLexicon(fsys fs.FS, lang string) (*lexicon, error) {
	l := &lexicon{
		lang: lang, words: map[string]int32{}, stems: map[string]int32{}, fold: map[rune]rune{},
		settings: map[string]string{}, profile: map[string]struct{}{}, form: map[string][]place{}, endings: map[string]struct{}{}, same: map[string]string{},
		trie: []trieNode{{next: map[int32]int32{}}},
	}
	names, err := fs.Glob(fsys, path.Join("lexicon", lang, "*.txt"))
	if err != nil {
		return nil, err
	}
	var problems problem.List
	// Settings come first: all forms are folded by the letters in them.
	slices.SortStableFunc(names, func(a, b string) int {
		return strings.Compare(strings.Replace(a, "/settings", "/", 1), strings.Replace(b, "/settings", "/", 1))
	})
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		l.readFile(name, string(data), &problems)
	}
	yes := func(name string) bool { return l.settings[name] == "yes" }
	l.has = settingsMost{yes("capitals"), yes("articles"), yes("comma-opens"), yes("genitive"), yes("speech-dash")}
	l.lists = map[string][]string{}
	for key, value := range l.settings {
		l.lists[key] = strings.Fields(value)
	}
	l.acronyms = map[string]struct{}{}
	for _, word := range l.lists["acronyms"] {
		l.acronyms[word] = struct{}{}
	}
	return l, problems.Err()
}

func (l *lexicon) readFile(name, text string, problems *problem.List) {
	section := ""
	var cls class
	var frm frame
	bad := func(line int, what, mend string) {
		problems.Add(problem.Problem{Code: "lexicon", File: name, Line: line, What: what, Mend: mend})
	}
	line := 0
	for raw := range strings.Lines(text) {
		line++
		s, _, _ := strings.Cut(raw, "#")
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		if strings.HasPrefix(s, "[") {
			fields := strings.Fields(strings.Trim(s, "[]"))
			if len(fields) == 0 {
				bad(line, "a section without a name", "write [class frame …]")
				continue
			}
			section, cls, frm = fields[0], classNames[fields[0]], 0
			switch section {
			case "settings", "letters", "furniture", "profile", "same":
			default:
				if cls == 0 {
					bad(line, fmt.Sprintf("%q is no class", section), "see press/lexicon/README.md for the classes")
				}
			}
			for _, f := range fields[1:] {
				if frameNames[f] == 0 {
					bad(line, fmt.Sprintf("%q is no frame", f), "see press/lexicon/README.md for the frames")
				}
				frm |= frameNames[f]
			}
			continue
		}
		switch section {
		case "":
			bad(line, "a form before any section", "begin with [class]")
		case "settings":
			key, value, _ := strings.Cut(s, "=")
			l.settings[strings.TrimSpace(key)] = strings.TrimSpace(value)
		case "letters":
			for _, pair := range strings.Fields(s) {
				if utf8.RuneCountInString(pair) != 2 {
					bad(line, fmt.Sprintf("%q is no pair of letters", pair), "write the letter and the one that it is read as")
					continue
				}
				r, n := utf8.DecodeRuneInString(pair)
				as, _ := utf8.DecodeRuneInString(pair[n:])
				l.fold[r] = as
			}
		case "furniture":
			how, rest, ok := strings.Cut(s, ":")
			if !ok {
				bad(line, fmt.Sprintf("%q does not say how it is compared", s), "write whole:, start:, contains:, rest: or caption:")
				continue
			}
			l.furniture = append(l.furniture, furnitureRule{how: strings.TrimSpace(how), text: l.folded(strings.TrimSpace(rest))})
		case "profile":
			for _, w := range strings.Fields(s) {
				l.profile[l.folded(w)] = struct{}{}
			}
		case "same":
			first := ""
			for _, group := range splitForms(s) {
				forms, err := expand(strings.TrimSpace(group))
				if err != nil {
					bad(line, err.Error(), "close every brace, and put a bar between the alternatives")
				}
				for _, f := range forms {
					if first == "" {
						first = l.folded(f)
					}
					l.same[l.folded(f)] = first
				}
			}
		default:
			for _, group := range splitForms(s) {
				forms, err := expand(strings.TrimSpace(group))
				if err != nil {
					bad(line, err.Error(), "close every brace, and put a bar between the alternatives")
					continue
				}
				for _, f := range forms {
					if strings.TrimSpace(f) == "" && cls != clsEnding {
						bad(line, "an empty form", "take out the comma or the bar that is too much")
						continue
					}
					l.add(l.folded(f), cls, frm)
					l.form[l.folded(f)] = append(l.form[l.folded(f)], place{file: name, line: line, class: cls, frame: frm})
				}
			}
		}
	}
}

// splitForms cuts at commas outside braces.
func splitForms(s string) []string {
	var list []string
	depth, from := 0, 0
	for i, r := range s {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		case ',':
			if depth == 0 {
				list = append(list, s[from:i])
				from = i + 1
			}
		}
	}
	return append(list, s[from:])
}

// expand writes out the alternatives in braces: "sa{y|id}" is "say" and "said".
func expand(s string) ([]string, error) {
	open := strings.IndexByte(s, '{')
	if open < 0 {
		if strings.ContainsAny(s, "}|") {
			return nil, fmt.Errorf("%q has a bar or a brace too much", s)
		}
		return []string{s}, nil
	}
	end := strings.IndexByte(s[open:], '}')
	if end < 0 {
		return nil, fmt.Errorf("%q has a brace that is not closed", s)
	}
	rest, err := expand(s[open+end+1:])
	if err != nil {
		return nil, err
	}
	var list []string
	for alternative := range strings.SplitSeq(s[open+1:open+end], "|") {
		for _, r := range rest {
			list = append(list, s[:open]+alternative+r)
		}
	}
	return list, nil
}

// folded gives letters in the form in which they are compared.
func (l *lexicon) folded(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if as, ok := l.fold[r]; ok {
			return as
		}
		return r
	}, s)
}

// add puts one folded form into the trie.
func (l *lexicon) add(form string, cls class, frm frame) {
	if cls == clsEnding {
		l.endings[form] = struct{}{}
		return
	}
	at := int32(0)
	for _, t := range splitTokens(form) {
		var id int32
		if stem, ok := strings.CutSuffix(t, "*"); ok {
			id = number(l.stems, stem, len(l.words)+len(l.stems))
			l.longest = max(l.longest, len(stem))
		} else {
			id = number(l.words, t, len(l.words)+len(l.stems))
		}
		next, ok := l.trie[at].next[id]
		if !ok {
			next = int32(len(l.trie))
			l.trie = append(l.trie, trieNode{})
			if l.trie[at].next == nil {
				l.trie[at].next = map[int32]int32{}
			}
			l.trie[at].next[id] = next
		}
		at = next
	}
	if l.trie[at].leaf == nil {
		l.trie[at].leaf = &leaf{}
	}
	l.trie[at].leaf.class |= cls
	l.trie[at].leaf.frame |= frm
}

func number(m map[string]int32, key string, next int) int32 {
	id, ok := m[key]
	if !ok {
		id = int32(next)
		m[key] = id
	}
	return id
}

// numbers lists what a folded word counts as in the trie: itself, and its beginnings.
func (l *lexicon) numbers(word string) []int32 {
	var list []int32
	if id, ok := l.words[word]; ok {
		list = append(list, id)
	}
	for i := range word {
		if i > l.longest {
			break
		}
		if i == 0 {
			continue
		}
		if id, ok := l.stems[word[:i]]; ok {
			list = append(list, id)
		}
	}
	if len(word) <= l.longest {
		if id, ok := l.stems[word]; ok {
			list = append(list, id)
		}
	}
	return list
}

// setting tells whether a language has what a setting says. Which it is, is known where it is
// asked: nothing is looked up.
func (l *lexicon) setting(name string) bool {
	switch name {
	case "capitals":
		return l.has.capitals
	case "articles":
		return l.has.articles
	case "comma-opens":
		return l.has.commaOpens
	case "genitive":
		return l.has.genitive
	case "speech-dash":
		return l.has.speechDash
	}
	return l.settings[name] == "yes"
}
