package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A mark is one way in which the beginning of a paragraph may be its number.
type mark struct {
	form   form
	number string
	value  int  // its place in the counting of its form; 0: it has none
	next   bool // it is a number only where its form has come to it
	rest   string
}

// A form is a manner of numbering. What is numbered in a narrower one is a piece of
// what was numbered last in a wider one.
type form int

// The forms, from the widest.
const (
	formChapter form = iota // "Section II", "Раздел 2", "第二章"
	formArticle             // "Article 2", "Стаття 2", "§ 2", "第二条"
	formHan                 // "二、"
	formHanItem             // "（二）"
	formRoman               // "II."
	formCapital             // "B.", where a file numbers so
	formFigure              // "2."
	formDotted              // "2.1"
	formItem                // "(2)", "2)"
	formLetter              // "(b)", "b)"
	formSmall               // "(ii)"
	formOther               // as a file numbers it
)

var (
	chapter  = regexp.MustCompile(`(?i)^(?:section|chapter|part|раздел|глава|часть|розділ|частина)\s+([0-9]{1,3}|[IVXLC]+)(?:[\s.:)–—-]+(.*))?$`)
	article  = regexp.MustCompile(`(?i)^(?:article|art\.|clause|paragraph|статья|ст\.|стаття|пункт|§)\s*([0-9]{1,3}(?:\.[0-9]{1,3})*[a-zа-яіїє]?|[IVXLC]+)(?:[\s.:)–—-]+(.*))?$`)
	chineseA = regexp.MustCompile(`^第\s*([0-9]{1,3}|[一二三四五六七八九十百零〇]{1,5})\s*[条條款][\s、.:：]*(.*)$`)
	chineseC = regexp.MustCompile(`^第\s*([0-9]{1,3}|[一二三四五六七八九十百零〇]{1,5})\s*[章节節部][\s、.:：]*(.*)$`)
	han      = regexp.MustCompile(`^([一二三四五六七八九十]{1,3})[、.．]\s*(.+)$`)
	dotted   = regexp.MustCompile(`^([0-9]{1,3}(?:\.[0-9]{1,3}){1,5})[.)]?\s+(.+)$`)
	figure   = regexp.MustCompile(`^([0-9]{1,3})[.)、．](?:\s+(.+)|(\D.*))$`)
	bare     = regexp.MustCompile(`^([0-9]{1,3}(?:\.?[A-Za-zА-яІіЇїЄє])?)\s+(.+)$`)
	roman    = regexp.MustCompile(`^([IVXLC]{1,6})[.)]\s*(.+)$`)
	bracket  = regexp.MustCompile(`^[(（]\s*([0-9]{1,3}|[a-zа-яіїєґ]|[ivxlc]{1,6}|[一二三四五六七八九十]{1,3})\s*[)）]\s*(.+)$`)
	letter   = regexp.MustCompile(`^([a-zа-яіїєґ])[.)]\s+(.+)$`)
	year     = regexp.MustCompile(`^\p{L}+,?\s+(?:19|20)[0-9]{2}\b`) // after the day of a date
	day      = regexp.MustCompile(`^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}\b`)
)

// marks gives the ways in which a paragraph may be numbered; nil: in none.
func marks(text string) []mark {
	text = strings.TrimSpace(strings.TrimLeft(text, "#*"))
	of := func(r *regexp.Regexp) []string { return r.FindStringSubmatch(text) }
	one := func(f form, number, rest string) []mark {
		return []mark{{form: f, number: number, value: valueOf(number), rest: strings.TrimSpace(strings.TrimRight(rest, "*"))}}
	}
	switch {
	case day.MatchString(text):
		return nil
	case of(article) != nil:
		m := of(article)
		if wordsAfter(m[2]) {
			return one(formArticle, m[1], m[2])
		}
	case of(chineseA) != nil:
		m := of(chineseA)
		return one(formArticle, m[1], m[2])
	case of(chapter) != nil:
		m := of(chapter)
		if wordsAfter(m[2]) {
			return one(formChapter, m[1], m[2])
		}
	case of(chineseC) != nil:
		m := of(chineseC)
		return one(formChapter, m[1], m[2])
	case of(han) != nil:
		m := of(han)
		return one(formHan, m[1], m[2])
	case of(dotted) != nil:
		m := of(dotted)
		if !unicode.IsLower(first(m[2])) {
			return one(formDotted, m[1], m[2])
		}
	case of(figure) != nil:
		m := of(figure)
		if strings.HasPrefix(text[len(m[1]):], ")") {
			return one(formItem, m[1], m[2]+m[3])
		}
		return one(formFigure, m[1], m[2]+m[3])
	case of(roman) != nil:
		m := of(roman)
		list := one(formRoman, m[1], m[2])
		list[0].next = true // "V. Brown" is a name
		return list
	case of(bracket) != nil:
		m := of(bracket)
		return items(m[1], m[2])
	case of(letter) != nil:
		m := of(letter)
		return items(m[1], m[2])
	case of(bare) != nil:
		m := of(bare)
		if !unicode.IsLower(first(m[2])) && !year.MatchString(m[2]) {
			list := one(formFigure, m[1], m[2])
			list[0].next = true // "30 Days" goes on with a sentence
			return list
		}
	}
	return nil
}

// items gives the ways to read what stands in brackets: "(i)" follows "(h)", or is one.
func items(number, rest string) []mark {
	rest = strings.TrimSpace(rest)
	r := first(number)
	switch {
	case r >= '0' && r <= '9':
		return []mark{{form: formItem, number: number, value: valueOf(number), rest: rest}}
	case unicode.Is(unicode.Han, r):
		return []mark{{form: formHanItem, number: number, value: valueOf(number), rest: rest}}
	}
	var list []mark
	if utf8.RuneCountInString(number) == 1 {
		list = append(list, mark{form: formLetter, number: number, value: int(r), rest: rest})
	}
	if value := valueOf(strings.ToUpper(number)); r < utf8.RuneSelf && value > 0 {
		list = append(list, mark{form: formSmall, number: number, value: value, rest: rest})
	}
	return list
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// wordsAfter tells that what follows "Article 2" is a heading or words, not the rest
// of a sentence that only names the article: "Article 2 of the Charter binds …".
func wordsAfter(rest string) bool { return rest == "" || !unicode.IsLower(first(rest)) }

// valueOf gives the number that figures, Roman or Chinese numerals stand for; 0 where
// they stand for none below 400.
func valueOf(s string) int {
	if r := first(s); r >= '0' && r <= '9' {
		n := 0
		for _, r := range s {
			if r < '0' || r > '9' {
				return 0
			}
			n = n*10 + int(r-'0')
		}
		return n
	}
	if unicode.Is(unicode.Han, first(s)) || first(s) == '〇' {
		return hanValue(s)
	}
	return romanValue(s)
}

func romanValue(s string) int {
	values := map[rune]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	n, before := 0, 0
	for _, r := range s {
		v := values[r]
		if v == 0 {
			return 0
		}
		n += v
		if before < v {
			n -= 2 * before
		}
		before = v
	}
	return max(0, n)
}

// hanValue reads 三十二, 一百零五, 三二.
func hanValue(s string) int {
	const digits = "〇一二三四五六七八九"
	n, digit := 0, -1
	for _, r := range s {
		switch {
		case r == '十':
			n += 10 * max(1, digit)
			digit = -1
		case r == '百':
			n += 100 * max(1, digit)
			digit = -1
		case r == '零' || strings.ContainsRune(digits, r):
			d := max(0, strings.IndexRune(digits, r)/len("一"))
			if digit >= 0 {
				d += 10 * digit
			}
			digit = d
		default:
			return 0
		}
	}
	return n + max(0, digit)
}

// rank is one open level of an outline.
type rank struct {
	form  form
	mark  string // its own number
	value int
	index int // of its article
}

// outline puts paragraphs together into articles.
type outline struct {
	list     []Article
	open     []rank // from the widest
	chapters bool   // chapters only hold articles
}

// articles puts paragraphs together into articles.
func articles(list []paragraph) []Article {
	o := &outline{chapters: slices.ContainsFunc(list, func(p paragraph) bool {
		m := p.marks()
		return m != nil && m[0].form == formArticle
	})}
	for _, p := range list {
		m := o.choose(p.marks())
		switch {
		case m != nil && m.form == formChapter && o.chapters, m == nil && p.heading:
			o.open = nil
			o.list = append(o.list, Article{Heading: p.text, At: p.at, Under: -1})
		case m != nil:
			o.begin(m, p.at)
		case len(o.list) == 0:
			o.list = append(o.list, Article{Words: []string{p.text}, At: p.at, Under: -1})
		default:
			last := &o.list[len(o.list)-1]
			last.Words = append(last.Words, p.text)
		}
	}
	return o.list
}

// marks gives the numbers that a paragraph may have: the one that the file gives it,
// else those at the beginning of its words.
func (p *paragraph) marks() []mark {
	if p.number == "" {
		list := marks(p.text)
		for i := range list {
			list[i].next = list[i].next && !p.heading
		}
		return list
	}
	list := marks(p.number + " A") // as before any words
	if list == nil {
		own := strings.Trim(p.number, "().:、 ")
		if own == "" {
			return nil
		}
		list = []mark{{form: formOther, number: own}}
		if r := first(own); unicode.IsUpper(r) && utf8.RuneCountInString(own) == 1 {
			list[0].form, list[0].value = formCapital, int(r-'A')+1
		}
	}
	for i := range list {
		list[i].rest, list[i].next = p.text, false
	}
	return list
}

// choose takes of several ways to read a number the one that goes on with the
// counting, else the one that begins one, else the first; nil where a number that
// must go on does not.
func (o *outline) choose(list []mark) *mark {
	for i := range list {
		for _, r := range o.open {
			if r.form == list[i].form && list[i].value == r.value+1 {
				return &list[i]
			}
		}
	}
	for i := range list {
		if list[i].value == 1 {
			return &list[i]
		}
		for _, r := range o.open { // "1. …", then "2) …"
			if list[i].value == r.value+1 && !list[i].next && list[i].form <= formItem && list[i].form != formCapital && r.form >= leastForm(list[i].number) && r.form <= formItem {
				list[i].form = r.form
				return &list[i]
			}
		}
	}
	if len(list) > 0 && (!list[0].next || o.skips(&list[0])) {
		return &list[0]
	}
	return nil
}

// skips tells that a short heading goes on with the counting of its form and only
// leaves numbers out, as an abridged text does.
func (o *outline) skips(m *mark) bool {
	const furthest, longest = 20, 60
	before := 0
	for _, r := range o.open {
		if r.form == m.form {
			before = r.value
		}
	}
	return m.form == formFigure && before > 0 && m.value > before && m.value <= before+furthest && isHeading(m.rest) && utf8.RuneCountInString(m.rest) <= longest
}

// leastForm gives the widest form that a number may go on with: "三、" may follow
// "第二条", and "3." does not follow "Article 2".
func leastForm(number string) form {
	if unicode.Is(unicode.Han, first(number)) {
		return formArticle
	}
	return formHan
}

// begin opens the article that a mark numbers.
func (o *outline) begin(m *mark, at int) {
	a := Article{Number: m.number, At: at, Under: -1}
	if isHeading(m.rest) {
		a.Heading = m.rest
	} else if m.rest != "" {
		a.Words = []string{m.rest}
	}
	if m.form == formDotted {
		var above string
		o.open, above = o.holder(m.number)
		a.Number = above
	} else if i := slices.IndexFunc(o.open, func(r rank) bool { return r.form >= m.form }); i >= 0 {
		o.open = o.open[:i]
	}
	if n := len(o.open); n > 0 {
		a.Under = o.open[n-1].index
		if m.form != formDotted {
			a.Number = below(o.list[a.Under].Number, m)
		}
	}
	o.open = append(o.open, rank{m.form, m.number, m.value, len(o.list)})
	o.list = append(o.list, a)
}

// holder gives the open levels down to the one that "3.1" is a piece of, and its full
// number: under paragraph 3 of article 2 it is 2.3.1. Where nothing open has the
// number 3 it is a piece of what is wider than any such number.
func (o *outline) holder(number string) (open []rank, full string) {
	cut := strings.LastIndex(number, ".")
	above := number[:cut]
	for i, r := range slices.Backward(o.open) {
		if r.mark == above || r.value > 0 && r.value == valueOf(above) && r.form < formFigure {
			full := number
			if n := o.list[r.index].Number; n != r.mark {
				full = n + number[cut:]
			}
			return o.open[:i+1], full
		}
	}
	if i := slices.IndexFunc(o.open, func(r rank) bool { return r.form >= formFigure }); i >= 0 {
		return o.open[:i], number
	}
	return o.open, number
}

// below gives the number of a piece: "3.1" of 3 and "1.", "3(a)" of 3 and "(a)".
func below(above string, m *mark) string {
	if last := above[len(above)-1]; m.form == formFigure && last >= '0' && last <= '9' {
		return above + "." + m.number
	}
	return above + "(" + m.number + ")"
}

// isHeading tells a heading from words: it is short and ends no sentence.
func isHeading(text string) bool {
	const longest = 90 // letters
	last, _ := utf8.DecodeLastRuneInString(text)
	return text != "" && utf8.RuneCountInString(text) <= longest && !strings.ContainsRune(".;:,。；：，", last)
}
