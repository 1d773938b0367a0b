package press

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// entity is one person or body of the article.
type entity struct {
	name     string // the first full name, or the first short one where no full one is given
	full     bool
	latin    string
	parts    []string // folded words of the fullest name
	offices  []string
	held     [][2]int // the tokens of each office
	mentions []int
	frame    frame
}

// resolve makes people of mentions: one entity for all forms of a name.
func (d *doc) resolve() {
	d.byStem = map[string][]int{}
	for k := range d.ment {
		m := &d.ment[k]
		if m.kind != person {
			continue
		}
		parts := d.nameParts(m)
		if len(parts) == 0 {
			continue
		}
		e := d.findEntity(parts)
		if e >= 0 && d.ownedOffice(m, e, parts) {
			m.kind, m.frame = anonymous, 0
			m.name = [2]int{m.from, m.to}
			m.bare = m.office
			continue
		}
		if e < 0 {
			e = len(d.people)
			d.people = append(d.people, entity{name: d.nameText(m), parts: parts, full: len(parts) > 1})
			d.index(e, parts)
		}
		p := &d.people[e]
		if !p.full && len(parts) > 1 {
			p.full, p.name, p.parts = true, d.nameText(m), parts
			d.index(e, parts)
		}
		if p.latin == "" {
			p.latin = m.latin
		}
		if m.office[1] > m.office[0] {
			if o := d.slice(m.office[0], m.office[1]); !slices.Contains(p.offices, o) {
				p.offices = append(p.offices, o)
				p.held = append(p.held, m.office)
			}
		}
		for i := m.name[0]; i < m.name[1]; i++ {
			if d.is(i, clsGiven) {
				p.frame |= d.tok[i].leaf.frame & (frMale | frFemale)
			}
		}
		if p.frame == 0 && len(parts) == 2 {
			p.frame = d.sexOf(parts)
		}
		p.mentions = append(p.mentions, k)
		m.entity = e
	}
	d.holders()
}

// sexOf tells by the endings of a first and a family name whose name it is, where the first
// name's is no oblique case, «Хелена Странд»; 0 where they leave it open.
func (d *doc) sexOf(parts []string) frame {
	endings := d.lex.lists["female-endings"]
	if len(endings) == 0 {
		return 0
	}
	ends := func(w string) bool {
		return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(w, e) })
	}
	if ends(parts[0]) && !ends(parts[1]) {
		return frFemale
	}
	return 0
}

// ownedOffice tells whether an office and a family name after it mean somebody unnamed in the
// service of person e, «пресс-секретарь Ренка»: the name is inflected otherwise than where it
// stood in full, and the office is none that e has.
func (d *doc) ownedOffice(m *mention, e int, parts []string) bool {
	p := &d.people[e]
	if !d.lex.setting("genitive") || len(parts) != 1 || !p.full || m.office[1] == m.office[0] || slices.Contains(p.parts, parts[0]) {
		return false
	}
	for i := m.office[0]; i < m.office[1]; i++ {
		if d.is(i, clsOffice) && !d.has(i, frSole) {
			words := d.officeWords(m.office[0], m.office[1])
			return !slices.ContainsFunc(p.held, func(h [2]int) bool { return d.covers(d.officeWords(h[0], h[1]), words, false) })
		}
	}
	return false
}

// nameParts lists the folded words of a name, the family name last.
func (d *doc) nameParts(m *mention) []string {
	var parts []string
	if d.lex.setting("capitals") {
		for i := m.name[0]; i < m.name[1]; i++ {
			if d.tok[i].kind == kindWord && !(d.is(i, clsGiven) && d.has(i, frBefore)) {
				parts = append(parts, strings.TrimSuffix(strings.TrimSuffix(d.info[i].norm, "'s"), "’s"))
			}
		}
		return parts
	}
	from := m.name[0]
	for i := m.name[0]; i <= m.name[1]; i++ {
		if i == m.name[1] || d.mark(i, "·・‧•.．") {
			if i > from {
				parts = append(parts, d.lex.folded(d.slice(from, i)))
			}
			from = i + 1
		}
	}
	return parts
}

// stem gives the key under which a name's word is looked for.
func stem(word string) string {
	n, count := 0, 0
	for i := range word {
		if count == 3 {
			n = i
			break
		}
		count++
		n = len(word)
	}
	return word[:n]
}

func (d *doc) index(e int, parts []string) {
	for _, p := range parts {
		key := stem(p)
		if list := d.byStem[key]; len(list) < 64 && !slices.Contains(list, e) {
			d.byStem[key] = append(list, e)
		}
	}
}

// findEntity gives the person whom a name means, or -1.
func (d *doc) findEntity(parts []string) int {
	last := parts[len(parts)-1]
	list := d.byStem[stem(last)]
	for i := len(list) - 1; i >= 0; i-- {
		p := &d.people[list[i]]
		if !d.sameWord(p.parts[len(p.parts)-1], last) {
			continue
		}
		if len(parts) == 1 || len(p.parts) == 1 {
			return list[i]
		}
		a, b := p.parts[0], parts[0]
		if d.sameWord(a, b) || utf8.RuneCountInString(a) == 1 && strings.HasPrefix(b, a) || utf8.RuneCountInString(b) == 1 && strings.HasPrefix(a, b) {
			return list[i]
		}
	}
	if len(parts) == 1 { // a first name alone
		for i := len(list) - 1; i >= 0; i-- {
			if slices.ContainsFunc(d.people[list[i]].parts, func(p string) bool { return d.sameWord(p, last) }) {
				return list[i]
			}
		}
	}
	return -1
}

// sameWord tells whether two words differ by an inflection at most.
func (d *doc) sameWord(a, b string) bool {
	if a == b {
		return true
	}
	if len(d.lex.endings) == 0 {
		return false
	}
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(a) && !utf8.RuneStart(a[n]) {
		n--
	}
	for ; n >= 4; n-- {
		if n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n]) {
			continue
		}
		_, one := d.lex.endings[a[n:]]
		_, two := d.lex.endings[b[n:]]
		if one && two {
			return true
		}
		if max(len(a), len(b))-n > 8 {
			return false
		}
	}
	return false
}

// holding is an office as it was named beside a person.
type holding struct {
	entity int
	words  []string
}

// recentHolders bounds how many holders of offices an office alone is compared with.
const recentHolders = 48

// holders says who is meant by offices alone: the last person before with such an office,
// or, where there is none, the first of the article.
func (d *doc) holders() {
	var recent, first []holding
	var waiting []int
	find := func(list []holding, words []string, latest, named bool) int {
		for n := range list {
			h := list[n]
			if latest {
				h = list[len(list)-1-n]
			}
			if d.covers(h.words, words, named) {
				return h.entity
			}
		}
		return -1
	}
	for k := range d.ment {
		m := &d.ment[k]
		switch {
		case m.kind == person && m.office[1] > m.office[0] && m.entity >= 0:
			h := holding{m.entity, d.officeWords(m.office[0], m.office[1])}
			if len(first) < recentHolders {
				first = append(first, h)
			}
			recent = slices.DeleteFunc(recent, func(o holding) bool { return o.entity == h.entity && slices.Equal(o.words, h.words) })
			if len(recent) == recentHolders {
				recent = recent[1:]
			}
			recent = append(recent, h)
		case m.kind == office:
			words := d.officeWords(m.bare[0], m.bare[1])
			if len(words) == 0 {
				continue
			}
			if m.entity = find(recent, words, true, m.frame&frSole == 0); m.entity < 0 && len(waiting) < 500 {
				waiting = append(waiting, k)
			}
		}
	}
	for _, k := range waiting {
		m := &d.ment[k]
		m.entity = find(first, d.officeWords(m.bare[0], m.bare[1]), false, m.frame&frSole == 0)
	}
}

func (d *doc) officeWords(from, to int) []string {
	var words []string
	for i := from; i < to; {
		end := min(int(d.tok[i].to), to)
		if d.tok[i].kind != kindMark && !d.is(i, clsArticle) {
			w := d.lex.folded(d.slice(i, end))
			if first, ok := d.lex.same[w]; ok {
				w = first
			}
			words = append(words, w)
		}
		i = max(end, i+1)
	}
	return words
}

// covers tells whether office a is named by office b: the same word for the office, and no
// other state or body. strict asks for the same one where b names one: spokesmen are many.
func (d *doc) covers(a, b []string, strict bool) bool {
	one, two := d.dissect(a), d.dissect(b)
	if one.head == "" || two.head == "" {
		return slices.Equal(a, b)
	}
	if !d.alike(one.head, two.head) {
		return false
	}
	if strict && len(two.bodies)+len(two.places) > 0 && len(one.bodies)+len(one.places) == 0 {
		return false
	}
	if strict && len(one.bodies)+len(one.places) > 0 && len(two.bodies)+len(two.places) > 0 {
		return d.agree(slices.Concat(one.bodies, one.places), slices.Concat(two.bodies, two.places))
	}
	return d.agree(one.bodies, two.bodies) && d.agree(one.places, two.places)
}

// officeParts is an office taken apart.
type officeParts struct {
	head           string
	bodies, places []string
}

// dissect finds the word that heads an office, and of whom or what it is. The first office
// heads where nouns follow their head, "помощник президента", else the last: "president's aide".
func (d *doc) dissect(words []string) officeParts {
	var p officeParts
	for _, w := range words {
		cls := d.wordClass(w)
		switch {
		case cls&(clsOffice|clsAnonymous) != 0:
			if p.head == "" || !d.lex.setting("genitive") {
				p.head = w
			} else {
				p.places = append(p.places, w) // whose aide
			}
		case cls&(clsModifier|clsArticle|clsOblique|clsGiven|clsAdverb) != 0 && cls&clsBody == 0:
		case cls&clsBody != 0:
			p.bodies = append(p.bodies, w)
		default:
			p.places = append(p.places, w)
		}
	}
	return p
}

func (d *doc) alike(v, w string) bool {
	if d.lex.setting("genitive") { // the head comes first: министр иностранных дел
		a, _, more := strings.Cut(v, " ")
		b, _, much := strings.Cut(w, " ")
		if more != much && d.sameWord(a, b) {
			return true
		}
	}
	return d.sameWord(v, w) || len(w) > 3 && strings.HasSuffix(v, w) || len(v) > 3 && strings.HasSuffix(w, v)
}

// agree tells whether two lists share a word, or one of them is empty.
func (d *doc) agree(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, v := range a {
		if slices.ContainsFunc(b, func(w string) bool { return d.alike(v, w) || stem(v) == stem(w) && len(stem(v)) > 4 }) {
			return true
		}
	}
	return false
}

// wordClass gives what a folded word or phrase is in the lexicon.
func (d *doc) wordClass(w string) class {
	var cls class
	if _, ok := d.lex.same[w]; ok {
		cls |= clsOffice
	}
	for _, p := range d.lex.form[w] {
		cls |= p.class
	}
	return cls
}
