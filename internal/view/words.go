package view

import (
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// index finds the entries of one kind by words: for every word, in the order of the
// alphabet, the entries that hold it, by their indexes in the order of the ground. Words
// of scripts that set no spaces are pairs of characters. All words lie in one string and
// all lists in one slice: an index lives long, and the collector goes through every pointer.
type index struct {
	words string
	ends  []int32 // of each word in words; the words are sorted
	found []int32
	until []int32 // of each word's list in found
}

func (x *index) word(i int) string { return x.words[before(x.ends, i):x.ends[i]] }

func (x *index) list(i int) []int32 { return x.found[before(x.until, i):x.until[i]] }

// before is where the part i begins, of parts that end at ends.
func before(ends []int32, i int) int32 {
	if i == 0 {
		return 0
	}
	return ends[i-1]
}

// Find lists the entries of a kind in which every word of a query stands, in any
// language, by their indexes in the order of the ground, ascending. A word matches the
// words that begin with it, long ones also in another ending; contested claims without a
// source are found by nobody, since lists do not quote them, nor are names of places that
// are not all shown. A query without a word, or
// with more than 16, finds nothing.
func (v *View) Find(kind record.Kind, query string) []int {
	x := v.ground.indexes.Get(kind, func() *index { return makeIndex(everything(v.Bench), kind, v.rule.Whole()) })
	terms := wordsOf(query, false)
	if len(terms) == 0 || len(terms) > maxTerms {
		return []int{}
	}
	var found []int32
	for n, term := range terms {
		hits := x.beginning(stem(term))
		if n == 0 {
			found = hits
		} else {
			found = both(found, hits)
		}
		if len(found) == 0 {
			break
		}
	}
	out := make([]int, len(found))
	for i, at := range found {
		out[i] = int(at)
	}
	return out
}

// maxTerms bounds the words of a query.
const maxTerms = 16

func makeIndex(all *judge.Bench, kind record.Kind, places bool) *index {
	lists := map[string][]int32{}
	at := int32(0)
	for it := range all.All(kind) {
		for _, text := range textsOf(it, places) {
			for _, w := range wordsOf(text, true) {
				if l := lists[w]; len(l) == 0 || l[len(l)-1] != at {
					lists[w] = append(l, at)
				}
			}
		}
		at++
	}
	x := &index{ends: make([]int32, 0, len(lists)), until: make([]int32, 0, len(lists))}
	var words strings.Builder
	for _, w := range slices.Sorted(maps.Keys(lists)) {
		words.WriteString(w)
		x.found = append(x.found, lists[w]...)
		x.ends, x.until = append(x.ends, int32(words.Len())), append(x.until, int32(len(x.found))) //nolint:gosec // a record's words are far below 2 GB
	}
	x.words, x.found = words.String(), slices.Clip(x.found)
	return x
}

// textsOf are the words of an entry that a list may show.
func textsOf(it judge.Item, places bool) []string {
	texts := []string{string(it.Ref), it.Words}
	add := func(t record.Text) {
		for _, s := range t {
			texts = append(texts, s)
		}
	}
	add(it.Summary)
	if r, ok := it.Body.(*record.Report); ok && places && r.Place != nil {
		add(r.Place.Name)
	}
	for s := it.SaidBy; s != nil && !it.Withheld; s = s.Citing {
		add(s.Name)
		add(s.Institution)
		add(s.Anonymous)
	}
	if it.Through != nil && !it.Withheld {
		texts = append(texts, it.Through.Outlet)
	}
	return texts
}

// wordsOf takes a text apart: letters and digits in small letters, marks and apostrophes
// left out, ё as е; Chinese, Japanese and Korean as pairs of neighbours, and with ends
// also the last one alone, so that it is found as well.
func wordsOf(text string, ends bool) []string {
	var out []string
	var word strings.Builder
	var last rune // the character before, of a script without spaces
	single := false
	flush := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
		if last != 0 && (single || ends) {
			out = append(out, string(last))
		}
		last, single = 0, false
	}
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			if word.Len() > 0 {
				flush()
			}
			if last != 0 {
				out = append(out, string([]rune{last, r}))
				single = false
			} else {
				single = true
			}
			last = r
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if last != 0 {
				flush()
			}
			if word.Len() < maxWord {
				word.WriteRune(r)
			}
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == 'ʼ':
		default:
			flush()
		}
	}
	flush()
	return out
}

// maxWord bounds a word, in bytes.
const maxWord = 64

// stem cuts the ending off a long word of letters, so that other forms of it are found.
func stem(word string) string {
	runes := []rune(word)
	switch {
	case len(runes) >= 7 && unicode.IsLetter(runes[0]):
		return string(runes[:len(runes)-2])
	case len(runes) >= 5 && unicode.IsLetter(runes[0]):
		return string(runes[:len(runes)-1])
	}
	return word
}

// beginning gives the entries that hold a word beginning so, ascending. The list is not to
// be changed: that of a single word is the index's own.
func (x *index) beginning(prefix string) []int32 {
	from := sort.Search(len(x.ends), func(i int) bool { return x.word(i) >= prefix })
	until := from
	for until < len(x.ends) && strings.HasPrefix(x.word(until), prefix) {
		until++
	}
	switch until - from {
	case 0:
		return nil
	case 1:
		return x.list(from)
	}
	// The lists of neighbours lie beside each other.
	out := slices.Clone(x.found[before(x.until, from):x.until[until-1]])
	slices.Sort(out)
	return slices.Compact(out)
}

// both gives what two ascending lists have in common.
func both(a, b []int32) []int32 {
	var out []int32
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			out = append(out, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return out
}
