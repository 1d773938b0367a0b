package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// marked is a word or a few in quotation marks, as drafts mark their terms.
var marked = regexp.MustCompile("“([^“”\n]{2,60})”|„([^„“”\n]{2,60})[“”]|«([^«»\n]{2,60})»|\"([^\"\n]{2,60})\"|「([^「」\n]{2,60})」|『([^『』\n]{2,60})』|《([^《》\n]{2,60})》")

// definitions lists the terms that the draft defines: those marked in an article that
// looks like a definition, and the words right before "means".
func (l *linter) definitions() map[string]bool {
	all := map[string]bool{}
	for i := range l.d.Articles {
		if !slices.Contains(kindsOf(l.facts[i].kinds), KindDefinition) {
			continue
		}
		for _, term := range l.marked(l.d.Articles[i].Text(), true) {
			all[termKey(term)] = true
		}
	}
	return all
}

// marked lists the terms of a text: what stands in quotation marks, and words with
// capitals inside of a sentence that name a zone, a date, a body. At the beginning of a
// sentence a capital tells a term only where it is one that is being defined.
func (l *linter) marked(text string, defining bool) []string {
	const mostWords, mostLetters = 5, 40
	var list []string
	for _, m := range marked.FindAllStringSubmatch(text, -1) {
		term := strings.Trim(strings.Join(m[1:], ""), " .,;:")
		if strings.HasPrefix(m[0], "《") && !defining {
			continue // the title of a text
		}
		if term != "" && len(strings.Fields(term)) <= mostWords && utf8.RuneCountInString(term) <= mostLetters {
			list = append(list, term)
		}
	}
	if l.capitals == nil {
		return list
	}
	for _, span := range l.capitals.FindAllStringIndex(text, -1) {
		term := text[span[0]:span[1]]
		if lists, _ := l.said(plain(term)); lists&noun == 0 || !defining && beginsSentence(text[:span[0]]) {
			continue
		}
		list = append(list, term)
	}
	return list
}

// beginsSentence tells that what follows a text begins a sentence.
func beginsSentence(before string) bool {
	if strings.HasSuffix(before, "\n") {
		return true
	}
	before = strings.TrimRight(before, " \u00a0\"“«„(")
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(".!?:;\n", last)
}

// termKey is a term without what its cases and numbers change: of each word the first
// letters, in small.
func termKey(term string) string {
	var b strings.Builder
	for _, w := range strings.Fields(plain(term)) {
		letters := []rune(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
		if len(letters) == 0 || w == "the" {
			continue
		}
		if n := len(letters); !unicode.Is(unicode.Han, letters[0]) {
			letters = letters[:max(min(n, 3), n-3)]
		}
		b.WriteString(string(letters) + " ")
	}
	return b.String()
}

// terms tells the terms of an article that nothing defines, each where it is met first.
func (l *linter) terms(a *Article, name string) {
	for _, term := range l.marked(strings.Join(a.Words, "\n"), false) {
		key := termKey(term)
		if l.defined[key] || l.told[key] || key == "" || strings.ContainsAny(term, "0123456789") {
			continue
		}
		l.told[key] = true
		l.add("draft-undefined-term", a.At, name, term)
	}
}
