package press

import "strings"

// joined tells whether the cue is joined to a verb before it, so that its subject stands
// further off: "met them and said".
func (d *doc) joined(c, bound int) bool {
	k := c - 1
	for k >= bound && d.is(k, clsAdverb|clsTime) && !d.is(k, clsAnd) {
		k = int(d.tok[k].from) - 1
	}
	return k >= bound && (d.is(k, clsAnd|clsContrast) || d.mark(k, commas))
}

// oblique tells whether a mention depends on a preposition or on a noun after it.
func (d *doc) oblique(m, from int) bool {
	k := d.ment[m].from - 1
	for k >= from && d.is(k, clsArticle|clsModifier) && !d.is(k, clsOblique) {
		k--
	}
	if n := d.ment[m].from - 1; d.lex.setting("genitive") && n > from && d.ment[m].kind == anonymous && d.tok[n].kind == kindWord && !d.tok[n].capital && d.at[n] < 0 && !d.is(n, clsCue|clsAdverb|clsAnd|clsContrast|clsTime|clsModifier|clsArticle) && d.is(n-1, clsOblique) {
		return true // на запитання журналістів
	}
	if d.named(m, from) || d.complement(m, from) {
		return true
	}
	if n := d.ment[m].from - 1; n >= from && (d.ment[m].kind == anonymous || d.ment[m].kind == office) && d.at[n] >= 0 && d.ment[d.at[n]].kind == outlet && d.ment[d.at[n]].to == d.ment[m].from && d.oblique(int(d.at[n]), from) {
		return true // 对法新社记者
	}
	if k >= from && k > 0 && d.lex.setting("genitive") && d.ment[m].kind == bodyOf && d.is(k, clsSetting) {
		j := k - 1
		for j > from && j > k-3 && d.tok[j].kind == kindWord && (d.tok[j].leaf == nil || d.is(j, clsModifier)) {
			j--
		}
		return !d.is(j, clsOblique) || !d.has(j, frAfter) // на заседании парламента; but в отчёте миссии
	}
	return d.ment[m].possessive || k >= from && (d.is(k, clsOblique) && !d.is(k, clsAnd) || d.is(k, clsSetting) && d.has(k, frTell))
}

// named tells whether a name only says which thing is meant within a phrase: "the captain of
// the ferry Aurora".
func (d *doc) named(m, from int) bool {
	a := &d.ment[m]
	if k := a.from - 1; d.lex.setting("genitive") && a.kind == person && a.office[1] == a.office[0] && a.name[1]-a.name[0] == 1 && !d.is(a.name[0], clsGiven) {
		return k > from && d.tok[k].kind == kindWord && !d.tok[k].capital && d.tok[k].leaf == nil && d.is(k-1, clsOblique) // в посёлок Гряда
	}
	if !d.lex.setting("articles") || a.kind != person || a.office[1] > a.office[0] || a.name[1]-a.name[0] > 2 {
		return false
	}
	k := a.from - 1
	for n := 0; n < 2 && k > from && d.tok[k].kind == kindWord && d.tok[k].leaf == nil && !d.tok[k].capital; n++ {
		k--
	}
	return k < a.from-1 && k > from && d.is(k, clsArticle) && (d.is(k-1, clsOblique) || d.is(k-1, clsArticle) && d.has(k-1, frAfter))
}

// complement tells whether a body stands in the genitive after a noun that is no subject:
// «Идею комиссии отверг премьер».
func (d *doc) complement(m, from int) bool {
	k := d.ment[m].from - 1
	if !d.lex.setting("genitive") || d.ment[m].kind != bodyOf || k < from || d.tok[k].kind != kindWord || d.tok[k].leaf != nil {
		return false
	}
	for _, ending := range d.lex.lists["no-given"] {
		if strings.HasSuffix(d.info[k].norm, ending) {
			return true
		}
	}
	return false
}

// subjectBefore finds the mention that says what the cue tells, before the cue. adjacent
// means that nothing but adverbs, dates and the like stands between.
func (d *doc) subjectBefore(s sentence, c, bound int) (m int, adjacent bool) {
	first, firstInClause := -1, -1
	between, balanced := true, 0
	spoke := false // a comma after the occasion: 发表讲话,强调
	for i, n := c-1, 0; i >= bound && n < 60; i, n = i-1, n+1 {
		if d.tok[i].depth != s.depth {
			q := int(d.tok[i].quote)
			if q < 0 || d.quotes[q].depth != s.depth+1 || d.quotes[q].end-d.quotes[q].open > 8 || d.quotes[q].open <= bound {
				break
			}
			if d.at[i] < 0 || d.ment[d.at[i]].kind != outlet {
				i = d.quotes[q].open // a title on the way
				continue
			}
		}
		if d.mark(i, ";；") {
			break
		}
		if d.mark(i, ")）") {
			if open := d.bracketBefore(i, bound); open > bound {
				i = open
				continue
			}
		}
		if k := int(d.at[i]); k >= 0 {
			mt := &d.ment[k]
			if mt.from >= bound && !(mt.kind == outlet && d.oblique(k, bound)) {
				if b := mt.from - 1; between && mt.kind == outlet && d.lex.setting("speaks-in") && b > bound && d.at[b] >= 0 && d.ment[d.at[b]].kind == bodyOf && d.speaksIn(d.ment[d.at[b]].from-1, bound) {
					return int(d.at[b]), true // «в ООН газете заявили»
				}
				if !d.oblique(k, bound) {
					if between && (balanced != 1 || spoke || d.closedClause(mt) || d.lex.setting("articles") && mt.kind == person && d.mark(mt.from-1, commas) && d.mark(mt.to, commas)) {
						return k, true
					}
					if balanced == 0 {
						firstInClause = k
					}
					first = k
				} else if between && d.lex.setting("speaks-in") && mt.kind == bodyOf && d.speaksIn(mt.from-1, bound) {
					if n := d.sourceIn(mt, bound); n >= 0 {
						return n, true
					}
					return k, true
				}
			}
			if mt.from < i {
				i = max(mt.from, bound)
			}
			if d.oblique(k, bound) {
				continue
			}
			between = false
			continue
		}
		switch {
		case d.is(i, clsAdverb|clsTime|clsSetting|clsAddressee|clsOblique|clsArticle), d.tok[i].kind == kindNumber, d.mark(i, "()（）"), d.is(i, clsCue) && d.has(int(d.tok[i].to), frTurn):
		case d.mark(i, commas):
			balanced++
			spoke = d.lex.setting("comma-opens") && d.is(i-1, clsSetting)
			if balanced > 2 {
				between = false
			}
			if balanced == 1 && (d.clauseBefore(i, bound) || d.mentionEnds(d.commaBefore(i, bound))) {
				i = d.commaBefore(i, bound) + 1 // a clause between commas
			}
		default:
			if !d.afterOblique(i, bound) {
				between = false
			}
		}
	}
	if firstInClause < 0 {
		firstInClause = first
	}
	if k := firstInClause; k >= 0 && d.ment[k].to < c && d.mark(d.ment[k].to, commas) {
		last := c - 1
		for last > bound && d.is(last, clsAdverb|clsTime) {
			last = int(d.tok[last].from) - 1
		}
		if last > d.ment[k].to+2 && d.mark(last, commas) {
			return k, true // "X, in a speech on Thursday, said"
		}
	}
	return firstInClause, false
}

// speaksIn tells whether the words before a body end in the preposition by which it speaks:
// "в министерстве заявили", not "в обращении к парламенту".
func (d *doc) speaksIn(k, bound int) bool {
	for ; k >= bound && d.is(k, clsArticle|clsModifier|clsNation) && !d.is(k, clsOblique); k-- {
	}
	return k >= bound && d.is(k, clsOblique) && d.has(k, frAfter)
}

// closedClause tells whether a mention ends in a clause between commas: "one of the
// observers, who may not speak to the press, told …".
func (d *doc) closedClause(m *mention) bool {
	if !d.mark(m.to, commas) {
		return false
	}
	for i := m.from; i < m.to; i++ {
		if d.mark(i, commas) {
			return true
		}
	}
	return false
}

// firstOfPair gives the first of two persons who speak together: "X and Y both said".
func (d *doc) firstOfPair(m, bound int) int {
	if m <= 0 || d.ment[m].kind != person {
		return m
	}
	k := d.ment[m].from - 1
	if k <= bound || !d.is(k, clsAnd) || d.is(k, clsCue) {
		return m
	}
	n := int(d.at[k-1])
	if n < 0 || d.ment[n].kind != person || d.ment[n].to != k || d.ment[n].from < bound || d.oblique(n, bound) {
		return m
	}
	return n
}

// sourceBefore gives the mention between a preposition and the cue at token c that closes
// its phrase, 从某处获悉; or -1.
func (d *doc) sourceBefore(c, bound int) int {
	m := int(d.at[c-1])
	if c <= bound || m < 0 || d.ment[m].to != c || d.ment[m].from <= bound || !d.is(d.ment[m].from-1, clsOblique) {
		return -1
	}
	return m
}

// bracketBefore gives the bracket that opens before the closing one at token i, or -1.
func (d *doc) bracketBefore(i, bound int) int {
	for k := i - 1; k > bound && k > i-40; k-- {
		if d.mark(k, "(（") {
			return k
		}
	}
	return -1
}

// afterOblique tells whether a word stands in a phrase with a preposition: "on the
// sidelines of", "на полях саммита".
func (d *doc) afterOblique(i, bound int) bool {
	for k := i - 1; k >= bound && k >= i-6; k-- {
		if d.is(k, clsOblique) {
			return true
		}
		if d.tok[k].kind == kindMark && d.word(k) != "'s" && d.word(k) != "’s" || d.is(k, clsCue|clsThat) || d.at[k] >= 0 && d.ment[d.at[k]].kind == person {
			return false
		}
	}
	return false
}

// commaBefore gives the comma before the one at token i, or -1.
func (d *doc) commaBefore(i, bound int) int {
	for k := i - 1; k > bound && k > i-40; k-- {
		if d.mark(k, commas) && d.tok[k].depth == d.tok[i].depth {
			return k
		}
		if d.mark(k, stops) {
			break
		}
	}
	return -1
}

// mentionEnds tells whether a mention ends right before token i.
func (d *doc) mentionEnds(i int) bool {
	return i > 0 && d.at[i-1] >= 0 && d.ment[d.at[i-1]].to == i && d.ment[d.at[i-1]].kind != pronoun
}

// clauseBefore tells whether the comma at token i closes a clause like ", who had been there,".
func (d *doc) clauseBefore(i, bound int) bool {
	k := d.commaBefore(i, bound)
	return k >= 0 && (d.is(k+1, clsAdverb|clsTail) && d.has(k+1, frAfter) || d.is(k+1, clsTail) || d.is(k+1, clsThat))
}

// firstSubject gives the first mention of a sentence before token c that can be a subject.
func (d *doc) firstSubject(s sentence, c int) int {
	for i := s.from; i < c; i++ {
		if k := int(d.at[i]); k >= 0 && d.tok[i].depth == s.depth {
			if d.ment[k].from >= s.from && !d.oblique(k, s.from) {
				return k
			}
			i = d.ment[k].to - 1
		}
	}
	return -1
}

// subjectAfter finds the mention right after a cue: "said X".
func (d *doc) subjectAfter(s sentence, i int) int {
	for n := 0; n < 12 && i < s.to; n++ {
		if k := d.mentionStart(i); k >= 0 && d.ment[k].kind == outlet && d.quoteAt(i) >= 0 {
			if next := d.subjectAfter(s, d.ment[k].to); next >= 0 && d.ment[next].from == d.ment[k].to {
				return next
			}
			return k // повідомляє «Укрінформ»
		}
		if d.tok[i].depth != s.depth || d.is(i, clsThat) && !d.lex.setting("genitive") && d.has(i, frKnown) {
			return -1
		}
		if k := d.mentionStart(i); k >= 0 {
			if d.ment[k].kind == pronoun && d.has(i, frAfter) {
				i = d.ment[k].to
				continue
			}
			if d.ment[k].kind == outlet && d.ment[k].to < s.to {
				if next := d.subjectAfter(s, d.ment[k].to); next >= 0 && d.ment[next].from == d.ment[k].to {
					return next // "сказал ТАСС министр X"
				}
			}
			return k
		}
		switch {
		case d.is(i, clsAdverb|clsTime|clsAddressee|clsArticle|clsModifier), d.tok[i].kind == kindNumber, n == 0 && d.is(i, clsAnd) && d.lex.setting("genitive"):
			i = int(d.tok[i].to)
		case d.is(i, clsOblique):
			// A phrase of place or occasion may come between: "заявил в интервью CNN X".
			i = int(d.tok[i].to)
			if k := d.mentionStart(i); k >= 0 && d.lex.setting("speaks-in") && d.ment[k].kind == bodyOf && (d.ment[k].to >= s.to || d.mark(d.ment[k].to, commas+stops+dashes) || d.is(d.ment[k].to, clsThat)) {
				return k
			}
			if k := d.mentionStart(i); k >= 0 {
				i = d.ment[k].to
			} else if i < s.to && d.tok[i].kind != kindMark {
				i = int(d.tok[i].to)
				if k := d.mentionStart(i); k >= 0 && (d.ment[k].kind == outlet || d.is(i, clsMedium)) {
					i = d.ment[k].to
				}
			}
		default:
			if k := d.mentionStart(i + 1); k >= 0 && d.tok[i].kind == kindWord && d.tok[i].capital && d.ment[k].kind == person && d.lex.setting("articles") {
				return k // said Old Tam
			}
			// An adjective that no list has.
			if d.tok[i].kind != kindWord || d.tok[i].capital || d.tok[i].leaf != nil || !d.lex.setting("genitive") || n > 2 {
				return -1
			}
			k := d.mentionStart(i + 1)
			if k < 0 || d.ment[k].kind != anonymous && d.ment[k].kind != office && d.ment[k].kind != outlet {
				return -1
			}
			if d.ment[k].kind == outlet {
				return k
			}
			d.ment[k].from, d.ment[k].name[0] = i, i
			d.at[i] = int32(k)
			return k
		}
	}
	return -1
}

// opensAfter tells whether a content begins at token k: with a colon or a word like "that".
func (d *doc) opensAfter(k int) bool {
	return d.mark(k, colons) || d.is(k, clsThat) || d.mark(k, commas) && d.is(k+1, clsThat)
}

// taggedBefore tells whether a cue comes right after a quotation, a comma or a dash.
func (d *doc) taggedBefore(c int, s sentence) bool {
	k := c - 1
	for k >= s.from && d.is(k, clsAdverb|clsTime|clsThis) && d.tok[k].depth == s.depth {
		k = int(d.tok[k].from) - 1
	}
	if k < s.from {
		return d.lex.setting("genitive")
	}
	return d.tok[k].depth > s.depth || d.mark(k, commas+dashes+stops)
}

func (d *doc) nextQuote(s sentence, from, n int) int {
	for i := from; i < s.to && i < from+n; i++ {
		if q := d.quoteAt(i); q >= 0 && d.quotes[q].depth == s.depth+1 {
			return q
		}
		if d.mark(i, stops+colons+";；") || d.is(i, clsCue) && i > from {
			return -1
		}
	}
	return -1
}

// unknownSubject makes a mention of what stands between the beginning of a clause and its
// cue when no list has it: "Villagers say that". -1 where it is too long for a subject.
func (d *doc) unknownSubject(s sentence, c, bound int) int {
	end := c
	for end > bound && d.is(end-1, clsAdverb|clsTime) && d.tok[end-1].depth == s.depth {
		end = int(d.tok[end-1].from)
	}
	if d.lex.setting("genitive") && end-1 > bound && d.is(end-1, clsSetting) {
		for k := end - 2; k > bound && k > end-5; k-- {
			if d.is(k, clsOblique) {
				end = k // компания «X» в своём заявлении
				break
			}
		}
	}
	from := end
	if q := d.tok[max(end-1, 0)].quote; d.lex.setting("genitive") && end-1 > bound && q >= 0 && d.quotes[q].end == end && d.quotes[q].closed && end-d.quotes[q].open <= 6 && d.tok[d.quotes[q].open+1].capital && !d.mark(end-2, stops+commas) {
		from = d.quotes[q].open // энергокомпания «Норкрафт»
		if from <= bound || d.tok[from-1].kind != kindWord || d.tok[from-1].leaf != nil && !d.is(from-1, clsBody) {
			return -1
		}
		for from > bound && from > end-9 && d.tok[from-1].kind == kindWord && (d.tok[from-1].leaf == nil || d.is(from-1, clsBody|clsModifier|clsNation)) {
			from--
		}
		return d.newMention(mention{from: from, to: end, name: [2]int{from, end}, kind: bodyOf, entity: -1, unlisted: true})
	}
	most := 4
	if !d.lex.setting("capitals") {
		most = 9
	}
	for from > bound && end-from < most+1 && d.tok[from-1].depth == s.depth {
		k := from - 1
		if d.mark(k, stops+commas+colons+";；") || d.is(k, clsContrast) {
			break
		}
		if d.tok[k].kind == kindMark || d.is(k, clsCue|clsSource|clsThat|clsThis|clsOblique|clsPronoun|clsPlain|clsAnd|clsTime|clsHearsay|clsPlanned) || d.at[k] >= 0 || d.tok[k].kind == kindNumber && !d.lex.setting("capitals") {
			return -1
		}
		from = k
	}
	if end-from < 1 || end-from > most || d.lex.settings["capitals"] == "" && end-from < 2 {
		return -1
	}
	if d.lex.setting("capitals") {
		if how, _, _ := d.opener(s, int(d.tok[c].to), d.tok[c].leaf.frame); how != "that" && how != "colon" && how != "quote" || from != s.from && !d.mark(from-1, commas+";") {
			return -1
		}
	}
	m := mention{from: from, to: end, name: [2]int{from, end}, kind: bodyOf, entity: -1, unlisted: true}
	if d.lex.setting("capitals") {
		m.kind, m.frame = anonymous, frMany
	}
	return d.newMention(m)
}

// addMention adds a mention without a place of its own.
func (d *doc) addMention(m mention) int {
	d.ment = append(d.ment, m)
	return len(d.ment) - 1
}

// newMention adds a mention that the text turns out to hold.
func (d *doc) newMention(m mention) int {
	d.ment = append(d.ment, m)
	for k := m.from; k < m.to; k++ {
		d.at[k] = int32(len(d.ment) - 1)
	}
	return len(d.ment) - 1
}
