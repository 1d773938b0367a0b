package dates

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

//go:embed lexicon
var files embed.FS

// lexicon is words and rules of one language.
type lexicon struct {
	lang     string
	spaced   bool // words are set off by spaces or marks
	numerals bool // Chinese numerals are numbers
	fold     map[rune]rune
	nodes    []node
	root     [0x600]int32 // children of node 0 by rune, for the scripts with few letters
	classes  map[string]int
	names    []string // of zones
	rules    []rule
	first    [][]int // by class, the rules that may begin with it
	numbers  []int   // the rules that may begin with a number
	used     []bool  // by class, for the linter
	faults   []string
}

type node struct {
	next map[rune]int32
	ends []sense
}

// sense is one class that a form belongs to, and its value there.
type sense struct {
	class, value int32
	capital      bool // only with a capital letter
	dot          bool // an abbreviation: a dot may follow
}

// Classes that the program itself reads.
const (
	classAhead = iota // what is spoken of is still to come
	classPast         // it has happened
	classNear         // either: the nearer is meant
	classSince        // either, but rather what has been
	classStop         // words of another clause begin
)

var languages = sync.OnceValue(func() map[string]func() *lexicon {
	all := map[string]func() *lexicon{}
	entries, err := files.ReadDir("lexicon")
	if err != nil {
		panic(err) // embedded: cannot be
	}
	for _, e := range entries {
		if e.IsDir() {
			all[e.Name()] = sync.OnceValue(func() *lexicon { return read(files, e.Name()) })
		}
	}
	return all
})

func load(lang string) *lexicon {
	if one := languages()[lang]; one != nil {
		return one()
	}
	return nil
}

// read reads lexicon/LANG/words*.txt and rules*.txt. What is wrong with them is kept in
// faults, with file and line: the test of the lexicons tells it.
func read(from fs.FS, lang string) *lexicon {
	lx := &lexicon{
		lang: lang, spaced: true, nodes: make([]node, 1), fold: map[rune]rune{},
		classes: map[string]int{"ahead": classAhead, "past": classPast, "near": classNear, "since": classSince, "stop": classStop},
		used:    []bool{true, true, true, true, true},
	}
	macros := map[string][]token{}
	for _, kind := range []string{"words*.txt", "rules*.txt"} {
		names, _ := fs.Glob(from, "lexicon/"+lang+"/"+kind)
		for _, name := range names {
			content, err := fs.ReadFile(from, name)
			if err != nil {
				lx.faults = append(lx.faults, err.Error())
				continue
			}
			for i, line := range strings.Split(string(content), "\n") {
				if line, _, _ = strings.Cut(line, "#"); strings.TrimSpace(line) == "" {
					continue
				}
				where := path.Base(path.Dir(name)) + "/" + path.Base(name) + ":" + strconv.Itoa(i+1)
				if strings.HasPrefix(kind, "words") {
					err = lx.wordsLine(strings.TrimSpace(line))
				} else {
					err = lx.rulesLine(strings.TrimSpace(line), where, macros)
				}
				if err != nil {
					lx.faults = append(lx.faults, where+": "+err.Error())
				}
			}
		}
	}
	for r := range lx.root {
		lx.root[r] = lx.nodes[0].next[rune(r)]
	}
	lx.index()
	for name, class := range lx.classes {
		if !lx.used[class] {
			lx.faults = append(lx.faults, lang+": no rule uses the class "+name)
		}
	}
	slices.Sort(lx.faults)
	return lx
}

// wordsLine reads "class value: form, form", "fold a=b c=d", or a setting.
func (lx *lexicon) wordsLine(line string) error {
	head, forms, ok := strings.Cut(line, ": ")
	fields := strings.Fields(head)
	if !ok {
		switch {
		case fields[0] == "fold":
			for _, pair := range fields[1:] {
				from, to, ok := strings.Cut(pair, "=")
				if a, b := []rune(from), []rune(to); ok && len(a) == 1 && len(b) == 1 {
					lx.fold[a[0]] = b[0]
				} else {
					return fmt.Errorf("%q is not a=b with one letter each", pair)
				}
			}
			return nil
		case line == "unspaced":
			lx.spaced = false
			return nil
		case line == "chinese numerals":
			lx.numerals = true
			return nil
		}
		return fmt.Errorf("%q is neither words (class value: form, form) nor fold, unspaced, chinese numerals", line)
	}
	if len(fields) == 0 || len(fields) > 2 {
		return fmt.Errorf("before the colon stand a class and its value")
	}
	value := int32(0)
	if len(fields) == 2 {
		v, err := lx.value(fields[1])
		if err != nil {
			return err
		}
		value = v
	}
	for form := range strings.SplitSeq(forms, ",") {
		spelt, err := expand(strings.TrimSpace(form))
		if err != nil {
			return err
		}
		for _, s := range spelt {
			if s == "" {
				return fmt.Errorf("an empty form: one comma too many?")
			}
			if err := lx.add(s, sense{class: int32(lx.class(fields[0])), value: value}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (lx *lexicon) class(name string) int {
	c, ok := lx.classes[name]
	if !ok {
		c = len(lx.classes)
		lx.classes[name] = c
		lx.used = append(lx.used, false)
	}
	return c
}

// value reads a whole number, a name of the program, or the name of a zone ("Europe/Kyiv", "+03:00").
func (lx *lexicon) value(word string) (int32, error) {
	if v, ok := named[word]; ok {
		return v, nil
	}
	if n, err := strconv.ParseInt(word, 10, 16); err == nil && word[0] != '+' {
		return int32(n), nil
	}
	if strings.ContainsAny(word, "/:") || word == "UTC" {
		if at := slices.Index(lx.names, word); at >= 0 {
			return int32(at), nil
		}
		lx.names = append(lx.names, word)
		return int32(len(lx.names) - 1), nil
	}
	return 0, fmt.Errorf("%q is no value: a whole number, a zone, or a name that README.md lists", word)
}

// expand writes out alternatives: "январ(ь|я)" is январь and января.
func expand(form string) ([]string, error) {
	open := strings.IndexByte(form, '(')
	if open < 0 {
		if strings.ContainsAny(form, "|)") {
			return nil, fmt.Errorf("%q: a bracket is not opened", form)
		}
		return []string{form}, nil
	}
	end := strings.IndexByte(form[open:], ')')
	if end < 0 {
		return nil, fmt.Errorf("%q: a bracket is not closed", form)
	}
	rest, err := expand(form[open+end+1:])
	if err != nil {
		return nil, err
	}
	var all []string
	for middle := range strings.SplitSeq(form[open+1:open+end], "|") {
		for _, r := range rest {
			all = append(all, form[:open]+middle+r)
		}
	}
	return all, nil
}

// add enters a form. A capital first letter demands one in the text, a last dot allows one.
func (lx *lexicon) add(form string, s sense) error {
	if lx.spaced {
		s.capital = unicode.IsUpper([]rune(form)[0])
		form, s.dot = strings.CutSuffix(form, ".")
	}
	at := int32(0)
	for _, r := range form {
		r = lx.folded(r)
		next, ok := lx.nodes[at].next[r]
		if !ok {
			next = int32(len(lx.nodes))
			lx.nodes = append(lx.nodes, node{})
			if lx.nodes[at].next == nil {
				lx.nodes[at].next = map[rune]int32{}
			}
			lx.nodes[at].next[r] = next
		}
		at = next
	}
	if slices.ContainsFunc(lx.nodes[at].ends, func(o sense) bool { return o.class == s.class && o.value == s.value }) {
		return fmt.Errorf("%q is given twice", form)
	}
	lx.nodes[at].ends = append(lx.nodes[at].ends, s)
	return nil
}

// folded gives the letter as which r is read.
func (lx *lexicon) folded(r rune) rune {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	switch {
	case '０' <= r && r <= '９':
		return r - '０' + '0'
	case isSpace(r):
		return ' '
	case r == '’' || r == 'ʼ' || r == '‘' || r == '`':
		return '\''
	}
	if r < 0x2000 {
		r = unicode.ToLower(r)
	}
	if to, ok := lx.fold[r]; ok {
		return to
	}
	return r
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == 0xa0 || r == 0x3000 || 0x2000 <= r && r <= 0x200a || r == 0x202f
}
