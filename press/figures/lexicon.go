package figures

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

//go:embed lexicon
var files embed.FS

// lexicon is the words of one language: from each first word to the forms that begin with it,
// the longest first. Where words are not set off, a first word is a first letter.
type lexicon struct {
	spaced bool
	comma  bool // a comma begins the decimals, and a space or a dot never groups them
	forms  map[string][]form
	fold   map[rune]rune
	faults []string
}

type form struct {
	text  string // folded
	class string
	value int64
	hedge string
	den   int64 // of a share
	dot   bool  // an abbreviation: a dot may follow
}

var classes = []string{
	"number", "times", "scale", "percent", "before", "after", "joint", "part", "part-of", "share", "part-word",
	"one", "not-before", "ordinal", "measure", "no-unit", "range", "no-hedge", "no-figure", "not-after",
}

var languages = sync.OnceValue(func() map[string]*lexicon {
	all := map[string]*lexicon{}
	entries, err := files.ReadDir("lexicon")
	if err != nil {
		panic(err) // embedded: cannot be
	}
	for _, e := range entries {
		lang, _, _ := strings.Cut(e.Name(), ".")
		all[lang] = read(files, e.Name())
	}
	return all
})

func load(lang string) *lexicon { return languages()[lang] }

// read reads a file of words; what is wrong with it is kept in faults for the test.
func read(from fs.FS, name string) *lexicon {
	lx := &lexicon{spaced: true, forms: map[string][]form{}, fold: map[rune]rune{}}
	content, err := fs.ReadFile(from, "lexicon/"+name)
	if err != nil {
		lx.faults = append(lx.faults, err.Error())
	}
	for i, line := range strings.Split(string(content), "\n") {
		line, _, _ = strings.Cut(line, "# ")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := lx.line(line); err != nil {
			lx.faults = append(lx.faults, fmt.Sprintf("%s:%d: %v", name, i+1, err))
		}
	}
	for _, list := range lx.forms {
		slices.SortStableFunc(list, func(a, b form) int { return len(b.text) - len(a.text) })
	}
	return lx
}

func (lx *lexicon) line(line string) error {
	switch {
	case line == "unspaced":
		lx.spaced = false
		return nil
	case line == "decimal comma":
		lx.comma = true
		return nil
	case strings.HasPrefix(line, "fold "):
		for _, pair := range strings.Fields(line)[1:] {
			from, to, _ := strings.Cut(pair, "=")
			if a, b := []rune(from), []rune(to); len(a) == 1 && len(b) == 1 {
				lx.fold[a[0]] = b[0]
			} else {
				return fmt.Errorf("%q is not a=b with one letter each", pair)
			}
		}
		return nil
	}
	head, list, ok := strings.Cut(line, ": ")
	fields := strings.Fields(head)
	if !ok || len(fields) == 0 || len(fields) > 2 || !slices.Contains(classes, fields[0]) {
		return fmt.Errorf("%q is not class value: form, form", line)
	}
	f := form{class: fields[0]}
	if len(fields) == 2 {
		top, bottom, fraction := strings.Cut(fields[1], "/")
		n, err := strconv.ParseInt(top, 10, 64)
		f.value = n
		switch {
		case slices.Contains([]string{About, AtLeast, MoreThan, LessThan}, fields[1]):
			f.hedge = fields[1]
		case err != nil:
			return fmt.Errorf("%q is neither a whole number nor a hedge", fields[1])
		case fraction:
			if f.den, err = strconv.ParseInt(bottom, 10, 64); err != nil {
				return fmt.Errorf("%q is no fraction", fields[1])
			}
		}
	}
	if (f.class == "before" || f.class == "after") != (f.hedge != "") {
		return fmt.Errorf("a hedge is about, at-least, more-than or less-than, of class before or after")
	}
	for spelt := range strings.SplitSeq(list, ",") {
		texts, err := expand(strings.TrimSpace(spelt))
		if err != nil {
			return err
		}
		for _, text := range texts {
			if text == "" {
				return fmt.Errorf("an empty form: one comma too many?")
			}
			f.text = strings.Map(lx.folded, text)
			f.text, f.dot = strings.CutSuffix(f.text, ".")
			key := lx.key(f.text)
			for _, o := range lx.forms[key] {
				if o.text == f.text && o.class == f.class {
					return fmt.Errorf("%q is given twice", text)
				}
			}
			lx.forms[key] = append(lx.forms[key], f)
		}
	}
	return nil
}

// key is the first word of a folded text, or its first letter.
func (lx *lexicon) key(text string) string {
	word := false
	for i, r := range text {
		if i > 0 && !(lx.spaced && word && wordRune(r)) {
			return text[:i]
		}
		word = wordRune(r)
	}
	return text
}

// expand writes out alternatives: "тысяч(а|и)" is тысяча and тысячи.
func expand(spelt string) ([]string, error) {
	before, rest, ok := strings.Cut(spelt, "(")
	if !ok {
		return []string{spelt}, nil
	}
	inner, after, ok := strings.Cut(rest, ")")
	if !ok {
		return nil, fmt.Errorf("%q: a bracket is not closed", spelt)
	}
	tails, err := expand(after)
	if err != nil {
		return nil, err
	}
	var all []string
	for middle := range strings.SplitSeq(inner, "|") {
		for _, tail := range tails {
			all = append(all, before+middle+tail)
		}
	}
	return all, nil
}

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
	case r == '’' || r == 'ʼ':
		return '\''
	case r == '％':
		return '%'
	case 0x2010 <= r && r <= 0x2015:
		return '-'
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

func wordRune(r rune) bool {
	return r == '\'' || unicode.IsLetter(r) || unicode.IsDigit(r)
}
