package press

import (
	"slices"
	"sort"
)

// settle gives every finding its speaker, its outlet and its date, once all are known.
func (d *doc) settle() {
	sort.SliceStable(d.found, func(i, j int) bool { return d.found[i].group[0] < d.found[j].group[0] })
	// outer is an index: it is used before this point only.
	last := -1
	var before *finding
	for k := range d.found {
		f := &d.found[k]
		d.speaker(f, last)
		if f.outlet >= 0 {
			f.outletName = d.nameText(&d.ment[f.outlet])
		} else if f.subject >= 0 && d.ment[f.subject].kind == outlet {
			f.outletName = d.nameText(&d.ment[f.subject])
		} else if before != nil && before.outletName != "" && f.para-before.para <= 1 && before.speaker == f.speaker {
			f.outletName = before.outletName
		}
		if f.subject >= 0 && f.outer < 0 && d.ment[f.subject].kind != pronoun {
			last = f.subject
		}
		if f.outer < 0 {
			before = f
		}
	}
	kept := d.found[:0]
	for _, f := range d.found {
		if f.speaker != "" {
			kept = append(kept, f)
		}
	}
	d.found = kept
	d.headings()
	d.days()
}

// speaker names who a finding's words belong to.
func (d *doc) speaker(f *finding, last int) {
	m := f.subject
	if m >= 0 && d.ment[m].kind == pronoun {
		m = d.antecedent(m, last)
	}
	if m >= 0 && last >= 0 && d.again(m, last) {
		m = last
	}
	if m < 0 {
		return
	}
	mt := &d.ment[m]
	f.speaker = d.nameText(mt)
	switch mt.kind {
	case person, office:
		if mt.entity >= 0 {
			p := &d.people[mt.entity]
			f.speaker, f.latin = p.name, p.latin
			if len(p.offices) > 0 {
				f.officeName = p.offices[0]
			}
		} else {
			f.anonymous = mt.frame&frSole == 0
		}
	case anonymous:
		f.anonymous = true
	}
}

// again tells whether an office or an unnamed person is the one who spoke last: "the
// official", "собеседник издания".
func (d *doc) again(m, last int) bool {
	a, b := &d.ment[m], &d.ment[last]
	if a.kind != anonymous && a.kind != office || a.entity >= 0 || a.frame&frMany != 0 || a.from <= b.from || d.paraOf(a.from)-d.paraOf(b.from) > 1 {
		return false
	}
	known := false
	for i := a.from; i < a.to; i++ {
		if d.has(i, frKnown) {
			known = true
		} else if d.has(i, frBefore) {
			return false
		}
	}
	if !known && d.lex.setting("articles") {
		return false
	}
	switch b.kind {
	case anonymous, office:
		return true
	case person:
		return known || d.paraOf(a.from) == d.paraOf(b.from)
	}
	return false
}

// antecedent gives the mention that a pronoun stands for: who spoke last, or the last
// person before it that fits.
func (d *doc) antecedent(m, last int) int {
	p := &d.ment[m]
	want := p.frame & (frMale | frFemale)
	fits := func(k int) bool {
		mt := &d.ment[k]
		if p.frame&frThing != 0 {
			return mt.kind == bodyOf
		}
		if p.frame&frMany != 0 {
			return mt.kind == bodyOf || mt.frame&frMany != 0 || mt.kind == anonymous
		}
		if mt.kind == pronoun || mt.kind == outlet || mt.kind == bodyOf {
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
		if back > 0 && last >= 0 && last < m && d.ment[last].from >= s.from && d.ment[last].from < s.to && fits(last) {
			return last
		}
		for i := s.from; i < min(s.to, at); i++ {
			k := int(d.at[i])
			if k < 0 {
				continue
			}
			i = max(i, d.ment[k].to-1)
			if k < m && d.tok[d.ment[k].from].depth <= d.tok[at].depth && !d.oblique(k, s.from) && fits(k) && (back > 0 || d.tok[at].depth > 0) {
				return k
			}
		}
	}
	if last >= 0 && last < m && fits(last) && m-last < 60 {
		return last
	}
	for k := m - 1; k >= 0 && k > m-40; k-- {
		if fits(k) && d.ment[k].kind == person {
			return k
		}
	}
	return -1
}

// headings gives statements of headings the speaker that the report names in full.
func (d *doc) headings() {
	for k := range d.found {
		f := &d.found[k]
		if !f.inHeading || !f.anonymous {
			continue
		}
		_ = f
	}
}
