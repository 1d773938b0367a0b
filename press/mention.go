package press

import (
	"strings"
	"unicode/utf8"
)

type mentionKind uint8

const (
	person    mentionKind = iota // by name
	office                       // by an office or trade alone
	bodyOf                       // a body or a state
	anonymous                    // somebody unnamed
	outlet                       // agency, paper, broadcaster, platform
	pronoun
)

// mention is where the text speaks of somebody who may say something.
type mention struct {
	from, to   int // tokens, with everything that belongs to it
	name       [2]int
	kind       mentionKind
	frame      frame
	latin      string
	office     [2]int // tokens of the office; empty where there is none
	bare       [2]int // an office without the words around it
	unlisted   bool   // made of what stands before a cue
	possessive bool   // "Trump's …": not itself the subject
	entity     int    // into d.people, or -1
}

// atom is a part of a mention.
type atom struct {
	from, to int
	what     class // clsOffice, clsBody, clsCountry, clsAnonymous, clsModifier; 0 is a name
	frame    frame
}

const (
	clsChain = clsOffice | clsBody | clsCountry | clsNation | clsAnonymous | clsModifier
	// What a name can be made of although the lexicon has it.
	clsNotName = clsCue | clsSource | clsThis | clsThat | clsHearsay | clsOffice | clsBody | clsCountry | clsNation | clsAnonymous |
		clsOutlet | clsMedium | clsPronoun | clsAdverb | clsOblique | clsContrast | clsTime | clsAbbreviation | clsCommon | clsSetting | clsAddressee |
		clsPlain | clsArticle | clsAnd | clsModifier
)

// mentions finds all mentions of the report, in order.
func (d *doc) mentions() {
	d.starts = make([]bool, len(d.tok)+1)
	for _, p := range d.paras {
		for i := p.from; i < p.to; i++ {
			if i == p.from || d.mark(i-1, stops+colons+"“\"«„「『(—–") {
				d.starts[i] = true
			}
		}
	}
	if d.lex.setting("capitals") {
		d.countCapitals()
	}
	for _, p := range d.paras {
		if p.kind == furniture {
			continue
		}
		for i := p.from; i < p.to; {
			i = d.mentionAt(i, p)
		}
	}
	d.appositions()
	d.mediaAgain()
	d.at = make([]int32, len(d.tok)+1)
	for i := range d.at {
		d.at[i] = -1
	}
	for m := range d.ment {
		for i := d.ment[m].from; i < d.ment[m].to; i++ {
			d.at[i] = int32(m)
		}
	}
}

// countCapitals notes which words stand in capitals within sentences, and which ever
// stand without.
func (d *doc) countCapitals() {
	d.inside, d.lower, d.begins = map[*wordInfo]bool{}, map[string]bool{}, map[string]bool{}
	for i, t := range d.tok {
		if t.kind != kindWord {
			continue
		}
		if !t.capital {
			d.lower[d.info[i].norm] = true
		} else if !d.starts[i] {
			d.inside[d.info[i]] = true
			if beginning := firstLetters(d.info[i].norm, 5); beginning != "" {
				d.begins[beginning] = true
			}
		}
	}
}

// mentionAt reads a mention that begins at token i, and says where to go on.
func (d *doc) mentionAt(i int, p paragraph) int {
	end := int(d.tok[i].to)
	switch {
	case d.is(i, clsPronoun), d.is(i, clsSource) && d.has(i, frMale|frFemale|frMany|frThing): // "in her view"
		d.ment = append(d.ment, mention{from: i, to: end, name: [2]int{i, end}, kind: pronoun, frame: d.tok[i].leaf.frame, entity: -1})
		return end
	case d.is(i, clsOutlet|clsPlatform) && d.properOutlet(i), d.is(i, clsMedium) && !d.has(i, frAfter):
		return d.outletAt(i, p)
	}
	if q := d.quoteAt(i); q >= 0 && d.quotedOutlet(i, q, p) {
		d.ment = append(d.ment, mention{from: i, to: d.quotes[q].end, name: [2]int{i + 1, d.quotes[q].end - 1}, kind: outlet, entity: -1})
		d.learnOutlet(i+1, d.quotes[q].end-1)
		return d.quotes[q].end
	}
	if d.mark(i, "《") {
		return d.titleAt(i, p)
	}
	if end := d.namedMedium(i, p); end > i {
		d.ment = append(d.ment, mention{from: i, to: end, name: [2]int{i, end}, kind: outlet, entity: -1})
		return end
	}
	if end := d.outletNamed(i, p); end > i {
		d.ment = append(d.ment, mention{from: i, to: end, name: [2]int{i, end}, kind: outlet, entity: -1})
		return end
	}
	if end := d.foreignOutlet(i, p); end > i {
		d.ment = append(d.ment, mention{from: i, to: end, name: [2]int{i, end}, kind: outlet, entity: -1})
		return end
	}
	atoms, next := d.chain(i, p)
	if len(atoms) == 0 {
		return max(end, i+1)
	}
	return max(d.fromAtoms(atoms, next), i+1)
}

// quoteAt gives the quotation that opens at token i, or -1.
func (d *doc) quoteAt(i int) int {
	if i < len(d.tok) && d.tok[i].quote >= 0 && d.quotes[d.tok[i].quote].open == i {
		return int(d.tok[i].quote)
	}
	return -1
}

// chain gathers the parts of a mention: offices, bodies, states and names that stand together.
func (d *doc) chain(i int, p paragraph) (atoms []atom, next int) {
	j, last := i, i
	official := false
	for j < p.to && j < i+24 {
		if j > i && (d.tok[j].depth != d.tok[i].depth || !d.tok[j].glued && d.tok[j].kind == kindHan && d.tok[j-1].kind == kindHan) {
			break
		}
		if d.is(j, clsNameLetter) && d.lex.settings["capitals"] == "" { // 伊 of 伊莎·诺德 is no Iran
			if end := d.nameAt(j, p, atoms); end > j+1 {
				atoms = append(atoms, atom{j, end, 0, 0})
				j, last = end, end
				if d.mark(j, "(（") || !d.is(j, clsChain) {
					break
				}
				continue
			}
		}
		if d.lowAcronym(j) {
			break
		}
		if n := len(atoms); n > 0 && d.lex.setting("genitive") && atoms[n-1].what == clsBody && d.is(j, clsOffice) && n == 1 {
			break // «в суде | прокурор X»
		}
		if d.is(j, clsChain) && !(d.is(j, clsModifier) && !d.is(j, clsChain&^clsModifier) && official) {
			what := d.tok[j].leaf.class & clsChain
			switch {
			case what&clsAnonymous != 0:
				what = clsAnonymous
			case what&clsOffice != 0:
				what = clsOffice
			case what&clsBody != 0:
				what = clsBody
			case what&clsCountry != 0:
				what = clsCountry
			default:
				what = clsModifier
			}
			official = official || what&(clsOffice|clsAnonymous) != 0
			atoms = append(atoms, atom{j, int(d.tok[j].to), what, d.tok[j].leaf.frame})
			j = int(d.tok[j].to)
			last = j
			continue
		}
		if end := d.nameAt(j, p, atoms); end > j {
			atoms = append(atoms, atom{j, end, 0, 0})
			j = end
			last = j
			if d.mark(j, "(（") || !d.is(j, clsChain) && !d.glue(j, p, official, atoms) && d.nameAt(j, p, atoms) == j {
				break
			}
			if d.is(j, clsOffice|clsAnonymous) && d.lex.setting("genitive") && official {
				break
			}
			continue
		}
		if len(atoms) == 0 || !d.glue(j, p, official, atoms) {
			break
		}
		j = int(d.tok[j].to)
	}
	if n := len(atoms); n > 1 && atoms[n-1].what == 0 && last > 0 && atoms[n-2].to < atoms[n-1].from && last+1 < p.to && d.tok[last].kind == kindWord && d.tok[last].leaf == nil && !d.tok[last].capital &&
		(d.mark(last+1, commas) || d.is(last+1, clsCue)) && d.lex.setting("articles") {
		last++ // "the governor of the Arn region"
	}
	return atoms, last
}

// glue tells whether token j can stand between the parts of one mention.
func (d *doc) glue(j int, p paragraph, official bool, atoms []atom) bool {
	if j >= p.to {
		return false
	}
	if d.is(j, clsArticle) {
		return true
	}
	lastName := len(atoms) > 0 && atoms[len(atoms)-1].what == 0
	if d.word(j) == "'s" || d.word(j) == "’s" || d.lex.setting("articles") && d.mark(j, "'’") && d.tok[j].glued && j+1 < p.to && !d.tok[j+1].glued && strings.HasSuffix(d.info[j-1].norm, "s") {
		return true // Dockworkers' union leader
	}
	if d.lex.setting("genitive") && official && !lastName && d.is(j, clsOblique) && d.givenAhead(j) {
		return true
	}
	if d.lex.setting("genitive") && official && d.is(j, clsModifier) && !d.has(j, frBefore) && j+1 < p.to && d.nameToken(j+1) && lastName {
		return true // мешканка Лужан пані X
	}
	if d.lex.setting("genitive") && official && (d.mark(j, "№") || d.tok[j].kind == kindNumber && d.mark(j-1, "№")) {
		return true // директор школы № 4 X
	}
	if n := len(atoms); d.lex.setting("genitive") && official && lastName && n > 1 && atoms[n-1].to-atoms[n-1].from == 1 && atoms[n-1].to == j && d.tok[j].kind == kindWord && !d.tok[j].capital && d.tok[j].leaf == nil &&
		j+1 < p.to && (d.is(j+1, clsOffice) || d.is(j+1, clsGiven) && d.tok[j+1].capital || d.nameToken(j+1) && j+2 < p.to && d.nameToken(j+2)) {
		return true // командующий Озёрной группировкой генерал X
	}
	if d.lex.setting("genitive") && official && !lastName && d.tok[j].kind == kindWord && !d.tok[j].capital &&
		!d.is(j, clsCue|clsSource|clsThat|clsPronoun|clsAdverb|clsContrast|clsTime|clsAnd|clsOutlet|clsMedium|clsOblique) {
		return j-atoms[len(atoms)-1].to < 5
	}
	return false
}

// fromAtoms makes the mention that a chain of parts comes to, and says where it ends.
func (d *doc) fromAtoms(atoms []atom, next int) int {
	m := mention{from: atoms[0].from, to: next, entity: -1}
	end := next
	if d.word(end) == "'s" || d.word(end) == "’s" {
		m.possessive = true
		end++
		m.to = end
	}
	if !d.lex.setting("capitals") && (atoms[0].what != 0 && atoms[0].what != clsModifier) {
		m.from = d.leftRun(m.from)
	}
	if !d.lex.setting("capitals") && d.is(m.from, clsArticle) {
		m.from = d.ownerBefore(m.from)
	}
	head, name, place := d.parts(atoms)
	switch {
	case name >= 0:
		m.kind = person
		n := atoms[name]
		m.name = [2]int{n.from, n.to}
		switch {
		case head > name && n.to == atoms[head].from && !d.lex.setting("capitals"):
			m.office = [2]int{atoms[head].from, atoms[head].to} // 普京总统
		case head >= 0 && n.from > m.from:
			m.office = [2]int{m.from, d.trimGlue(m.from, n.from)}
		}
		if name == len(atoms)-1 || !d.lex.setting("capitals") {
			m.latin, m.to = d.latinAfter(m.to)
		}
		if w := d.word(n.from); n.to == n.from+1 && m.office[1] == 0 && len(w) > 3 && w == strings.ToUpper(w) && d.lex.setting("capitals") {
			m.kind, m.bare = bodyOf, m.name // an acronym
		}
		m.to = d.ageAfter(m.to)
		d.learnName(n.from, n.to)
	case head >= 0:
		m.kind, m.frame = office, atoms[head].frame
		m.name = [2]int{m.from, m.to}
		if m.possessive {
			m.name[1] = m.to - 1
		}
		m.bare = m.name
		if atoms[head].what == clsAnonymous {
			m.kind = anonymous
		}
		if t := d.tok[m.name[0]]; !d.lex.setting("capitals") && (t.kind == kindNumber && d.word(m.name[0]) != "1" || strings.Contains(strings.TrimPrefix(d.lex.settings["numerals"], "一"), d.word(m.name[0]))) && m.kind == anonymous {
			m.frame |= frMany
		}
		if k := m.to; !d.lex.setting("capitals") && k < len(d.tok) && d.is(k, clsModifier) && d.has(k, frMany) {
			m.kind, m.frame, m.to = anonymous, frMany, int(d.tok[k].to) // 市长们
			m.name[1], m.bare[1] = m.to, m.to
		}
		if m.frame&frSole == 0 {
			m.name[0] = d.widen(m.from)
			m.from = m.name[0]
			if !m.possessive {
				m.name[1] = d.widenRight(m.to)
				m.to = m.name[1]
			}
		}
	case place:
		if d.lex.setting("genitive") && !m.possessive {
			m.to = d.ownName(d.ownWords(m.to))
		}
		m.from = d.leftWord(m.from)
		m.kind, m.name = bodyOf, [2]int{m.from, d.trimGlue(m.from, m.to)}
		if q := d.tok[m.to-1].quote; m.name[1] == m.to-1 && q >= 0 && d.quotes[q].end == m.to && d.quotes[q].open > m.from {
			m.name[1] = m.to
		}
		m.frame = atoms[len(atoms)-1].frame
		if m.possessive {
			m.name[1] = m.to - 1
		}
		m.bare = m.name
	default:
		return next
	}
	d.ment = append(d.ment, m)
	return m.to
}

// parts says which part of a chain is its head, an office, and which the name of a person,
// or -1; place is whether there is a body or a state. A name right after an office, a state
// or nothing is a person's; one after "of" says where: "minister of X", "council of X".
func (d *doc) parts(atoms []atom) (head, name int, place bool) {
	head, name = -1, -1
	if n := len(atoms) - 1; n > 0 && atoms[n].what == clsBody && (d.word(atoms[n].from-1) == "'s" || d.word(atoms[n].from-1) == "’s") {
		return -1, -1, true // the mediator's office
	}
	if n := len(atoms) - 1; n > 0 && atoms[n].what == clsBody && !d.lex.setting("capitals") && atoms[n].from == atoms[n-1].to {
		return -1, -1, true // 海员工会
	}
	for k, a := range atoms {
		if a.what&(clsOffice|clsAnonymous) != 0 && (head < 0 || !d.lex.setting("genitive")) && !(d.lex.setting("genitive") && place && a.frame&(frSole|frMany) != 0) {
			head = k // but "пресс-служба президента" is a body
		}
		place = place || a.what&(clsBody|clsCountry) != 0
	}
	for k, a := range atoms {
		if a.what != 0 {
			continue
		}
		tight := k == 0 || atoms[k-1].to == a.from || d.word(a.from-1) == "'s" || d.word(a.from-1) == "’s"
		after := k > 0 && atoms[k-1].what == clsBody
		owner := k+1 < len(atoms) && (d.word(a.to) == "'s" || d.word(a.to) == "’s")
		switch {
		case owner:
			// whose office or body it is
		case !tight && !d.lex.setting("capitals") && k == len(atoms)-1:
			head, name = -1, k // 失去两个儿子的X: it is about X
		case !tight && !(d.lex.setting("genitive") && head >= 0 && a.to-a.from > 1):
		case after && (head < 0 || d.lex.setting("genitive") && a.to-a.from == 1 && k == len(atoms)-1 && !d.is(a.from, clsGiven)) && d.lex.setting("capitals"):
			// a body's own name, or the state it belongs to
		case k+1 < len(atoms) && bodyNext(atoms[k:]) && head < 0:
		case head > k && k+1 < len(atoms) && d.lex.setting("capitals"):
			// "Trump's envoy", "Highland captain": it says whose
		case head > k+1:
		default:
			name = k
		}
	}
	if d.lex.setting("genitive") && head >= 0 && name == head+1 && atoms[head].frame&frMany != 0 && atoms[name].to-atoms[name].from == 1 && !d.is(atoms[name].from, clsGiven) {
		name = -1 // власти Оска
	}
	if name < 0 && head < 0 && !place {
		for k, a := range atoms {
			if a.what == 0 {
				return head, k, place
			}
		}
	}
	return head, name, place
}

// bodyNext tells whether a body stands right after a name, adjectives between: "the Halmark
// foreign ministry".
func bodyNext(atoms []atom) bool {
	for k := 1; k < len(atoms) && atoms[k].from == atoms[k-1].to; k++ {
		switch atoms[k].what {
		case clsBody:
			return true
		case clsModifier:
		default:
			return false
		}
	}
	return false
}

func (d *doc) trimGlue(from, to int) int {
	for to > from && (d.is(to-1, clsArticle) && !d.is(to-1, clsOffice) || d.tok[to-1].kind == kindMark) {
		to--
	}
	return to
}

// latinAfter reads a name in Latin letters in brackets at token i.
func (d *doc) latinAfter(i int) (latin string, end int) {
	if !d.mark(i, "(（") {
		return "", i
	}
	for k := i + 1; k < len(d.tok) && k < i+10; k++ {
		if d.mark(k, ")）") {
			return d.slice(i+1, k), k + 1
		}
		if r, _ := utf8.DecodeRuneInString(d.word(k)); d.tok[k].kind == kindHan || d.tok[k].kind == kindWord && r >= 0x250 {
			break
		}
	}
	return "", i
}

// nameText gives a mention's own words.
func (d *doc) nameText(m *mention) string {
	return strings.TrimSpace(d.slice(m.name[0], m.name[1]))
}
