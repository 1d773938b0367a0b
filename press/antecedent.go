package press

import "slices"

// antecedent gives the mention that a pronoun stands for: who spoke last, or the last
// person before it that fits.
func (d *doc) antecedent(m, last int) int {
	p := &d.ment[m]
	want := p.frame & (frMale | frFemale)
	fits := func(k int) bool {
		mt := &d.ment[k]
		if p.frame&frThing != 0 {
			return mt.kind == bodyOf || mt.kind == outlet && mt.to-mt.from > 1
		}
		if p.frame&frMany != 0 {
			return mt.kind == bodyOf || mt.frame&frMany != 0 || mt.kind == anonymous
		}
		if mt.kind == pronoun || mt.kind == outlet || mt.kind == bodyOf {
			return false
		}
		if want != 0 && mt.frame&frMany != 0 {
			return false
		}
		if mt.entity >= 0 && want != 0 {
			g := d.people[mt.entity].frame
			return g == 0 || g&want != 0
		}
		return true
	}
	// The sentence before, and so back: who speaks in it, else who stands first in it.
	at := d.ment[m].from
	n, _ := slices.BinarySearchFunc(d.sents, at, func(s sentence, at int) int { return s.to - at - 1 })
	for back := 0; back < 5 && n-back >= 0 && n < len(d.sents); back++ {
		s := d.sents[n-back]
		if back > 0 && s.para < d.sents[n-back+1].para && d.sents[n-back+1].para == d.paraOf(at) {
			if k := d.beside(m, want, fits); k >= 0 {
				return k
			}
		}
		if back > 0 && last >= 0 && d.ment[last].from < d.ment[m].from && d.ment[last].from >= s.from && d.ment[last].from < s.to && fits(last) {
			return last
		}
		if back == 0 && last >= 0 && d.ment[last].from < d.ment[m].from && d.ment[last].from >= s.from && d.ment[last].kind == person && fits(last) {
			return last // "X says so, but he thinks"
		}
		for i := s.from; i < min(s.to, at); i++ {
			k := int(d.at[i])
			if k < 0 {
				continue
			}
			i = max(i, d.ment[k].to-1)
			if back == 0 && k < m && d.lex.setting("genitive") && d.is(at, clsSource) && !d.oblique(k, s.from) && d.ment[k].kind == bodyOf && d.tok[d.ment[k].from].depth == d.tok[at].depth {
				return k // «администрация это отрицает: по её данным»
			}
			clause := d.lex.setting("comma-opens") && d.ment[k].kind == person && k < m && d.ment[k].entity >= 0 && d.commaBefore(at, d.ment[k].to) >= 0
			if k < m && d.tok[d.ment[k].from].depth <= d.tok[at].depth && !d.oblique(k, s.from) && fits(k) && (back > 0 || clause || d.tok[at].depth > 0 || p.frame&frThing != 0) {
				return k
			}
		}
	}
	if last >= 0 && d.ment[last].from < d.ment[m].from && fits(last) && m-last < 60 {
		return last
	}
	for k := m - 1; k >= 0 && k > m-40; k-- {
		if fits(k) && d.ment[k].kind == person {
			return k
		}
	}
	return -1
}

// beside gives the last person named before a pronoun of one sex in its paragraph, even within
// a phrase: "The trial, before Judge X, is to last nine weeks. She warned …"; or -1.
func (d *doc) beside(m int, want frame, fits func(int) bool) int {
	if want == 0 {
		return -1
	}
	from := d.paras[d.paraOf(d.ment[m].from)].from
	for k := m - 1; k >= 0 && d.ment[k].from >= from; k-- {
		if d.ment[k].kind == person && fits(k) {
			return k
		}
	}
	return -1
}

// justNamed gives the person named at the head of the sentence before, without an office, whom a
// description takes up: "X is unrepentant. “…,” the former mediator says"; or -1.
func (d *doc) justNamed(m, last int) int {
	if m < 0 || !d.lex.setting("capitals") && !d.has(d.ment[m].from, frKnown) {
		return -1
	}
	a := &d.ment[m]
	if a.kind != anonymous && a.kind != office || a.entity >= 0 || a.frame&(frMany|frSpokes|frSole) != 0 && !d.former(a) || d.lex.setting("articles") && !d.has(a.from, frKnown) {
		return -1
	}
	for i := a.from; i < a.to; i++ {
		if d.is(i, clsModifier) && d.has(i, frBefore) && !d.has(i, frKnown) || d.tok[i].kind == kindNumber && d.lex.setting("articles") {
			return -1
		}
	}
	n, _ := slices.BinarySearchFunc(d.sents, a.from, func(s sentence, at int) int { return s.to - at - 1 })
	if n < 1 || n >= len(d.sents) || d.sents[n].para-d.sents[n-1].para > 1 || last >= 0 && d.ment[last].from >= d.sents[n-1].from {
		return -1
	}
	s := d.sents[n-1]
	k := d.firstSubject(s, s.to)
	if k < 0 || d.ment[k].kind != person || d.ment[k].entity < 0 || len(d.people[d.ment[k].entity].offices) > 0 {
		return -1
	}
	return k
}

// former tells whether a mention says what somebody was: "the former mediator".
func (d *doc) former(m *mention) bool {
	for i := m.from; i < m.to; i++ {
		if d.is(i, clsModifier) && d.has(i, frKnown) {
			return true
		}
	}
	return false
}
