package press

import (
	"sort"
	"strings"
)

// settle gives every finding its speaker, its outlet and its date, once all are known.
func (d *doc) settle() {
	sort.SliceStable(d.found, func(i, j int) bool { return d.found[i].group[0] < d.found[j].group[0] })
	// outer is an index: it is used before this point only.
	last := -1
	var before *finding
	for k := range d.found {
		f := &d.found[k]
		who := d.speaker(f, last)
		if f.outlet >= 0 {
			f.outletName = d.nameText(&d.ment[f.outlet])
		} else if f.subject >= 0 && d.ment[f.subject].kind == outlet {
			f.outletName = d.nameText(&d.ment[f.subject])
		} else if who >= 0 && d.ment[who].kind == outlet {
			f.outletName = d.nameText(&d.ment[who])
		} else if before != nil && before.outletName != "" && f.para-before.para <= 1 && (before.speaker == f.speaker || before.anonymous && d.another(f)) {
			f.outletName = before.outletName
		}
		if who >= 0 && f.outer < 0 {
			last = who
		}
		if f.outer < 0 {
			before = f
		}
	}
	d.journalists()
	d.namedNext()
	kept := d.found[:0]
	for _, f := range d.found {
		if f.speaker != "" {
			kept = append(kept, f)
		}
	}
	d.found = kept
	for k := range d.found {
		d.found[k].body = -1
	}
	d.headings()
	d.days()
}

// namedNext names the holder of an office who speaks unnamed, and by name right after:
// "its negotiator said. “…,” Ilse Varga told reporters."
func (d *doc) namedNext() {
	for k := 0; k+1 < len(d.found); k++ {
		f, g := &d.found[k], &d.found[k+1]
		if f.subject < 0 || g.subject < 0 || f.outer >= 0 || g.outer >= 0 || f.inHeading || g.inHeading || g.para-f.para > 1 || k > 0 && d.found[k-1].para == f.para && d.found[k-1].subject >= 0 && d.ment[d.found[k-1].subject].entity >= 0 {
			continue
		}
		m, n := &d.ment[f.subject], &d.ment[g.subject]
		if m.kind != office && m.kind != anonymous || m.entity >= 0 || m.frame&frMany != 0 || n.kind != person || n.entity < 0 || n.office[1] > n.office[0] {
			continue
		}
		p := &d.people[n.entity]
		if len(p.offices) > 0 || d.ment[p.mentions[0]].from < m.from || !d.holder(m) {
			continue
		}
		p.offices = append(p.offices, d.nameText(m))
		f.speaker, f.latin, f.officeName, f.anonymous = p.name, p.latin, p.offices[0], false
		g.officeName = p.offices[0]
	}
}

// journalists gives who writes for an outlet that outlet: "обозреватель «X»", "its author".
func (d *doc) journalists() {
	for k := range d.found {
		f := &d.found[k]
		if f.subject < 0 || f.outer >= 0 {
			continue
		}
		if f.outletName != "" {
			d.correspondent(f)
			continue
		}
		m := &d.ment[f.subject]
		if m.kind != person && m.kind != office && m.kind != anonymous {
			continue
		}
		for i := m.from; i < m.to; i++ {
			if !d.is(i, clsOffice) || !d.has(i, frTell) {
				continue
			}
			if n := d.outletBefore(f.subject, m.to); n >= 0 {
				f.outletName = d.nameText(&d.ment[n])
				d.correspondent(f)
			}
			break
		}
	}
}

// correspondent gives to the outlet what its unnamed correspondent reports: "…, передаёт
// корреспондент агентства".
func (d *doc) correspondent(f *finding) {
	m := &d.ment[f.subject]
	if m.kind == person || m.entity >= 0 || !d.is(m.name[0], clsOffice) || !d.has(m.name[0], frTell) {
		return
	}
	if f.rule == "tag" && !f.direct || f.rule == "this" || f.rule == "as" {
		f.speaker, f.anonymous = f.outletName, false
	}
}

// outletBefore gives the last outlet named before a mention in its paragraph, or -1.
func (d *doc) outletBefore(m, end int) int {
	p := d.paraOf(end - 1)
	for k := m - 1; k >= 0 && d.ment[k].from >= d.paras[p].from; k-- {
		if d.ment[k].kind == outlet {
			return k
		}
	}
	return -1
}

// holder tells whether a mention means the one holder of an office: "its chief negotiator",
// not "an official".
func (d *doc) holder(m *mention) bool {
	if m.frame&frSole != 0 {
		return true
	}
	for i := m.from; i < m.to; i++ {
		if d.is(i, clsModifier) && d.has(i, frBefore) {
			return false
		}
	}
	return !d.has(m.from, frBefore) && (d.is(m.from, clsArticle) || m.kind == office)
}

// another tells whether a finding is of "another source", after one before.
func (d *doc) another(f *finding) bool {
	if f.subject < 0 || d.ment[f.subject].kind == person {
		return false
	}
	for i := d.ment[f.subject].from; i < d.ment[f.subject].to; i++ {
		if d.is(i, clsModifier) && d.has(i, frOther) {
			return true
		}
	}
	return false
}

// speaker names who a finding's words belong to, and gives the mention that it goes by.
func (d *doc) speaker(f *finding, last int) int {
	m := f.subject
	if m >= 0 && d.ment[m].kind == pronoun {
		m = d.antecedent(m, last)
	}
	if m >= 0 && d.ment[m].kind == bodyOf && d.ment[m].frame&frKnown != 0 {
		if n := d.bodyAgain(m); last >= 0 && d.ment[last].kind == bodyOf && n != m && d.paraOf(d.ment[m].from)-d.paraOf(d.ment[last].from) <= 1 && !d.sameNoun(m, n) {
			m = last
		} else {
			m = n
		}
	}
	if m >= 0 && last >= 0 && d.paper(m) && d.paraOf(d.ment[m].from)-d.paraOf(d.ment[last].from) <= 1 {
		m = last // 声明说: whoever issued it
	}
	if n := d.sameHead(m); n >= 0 {
		m = n
	} else if m >= 0 && last >= 0 && d.again(m, last) {
		m = last
	}
	if n := d.justNamed(m, last); n >= 0 {
		m = n
	}
	if m < 0 {
		return m
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
	return m
}

// paper tells whether a mention is a paper that speaks for whoever issued it, and does not
// say whose it is.
func (d *doc) paper(m int) bool {
	a := &d.ment[m]
	return a.kind == bodyOf && a.frame&frThing != 0 && int(d.tok[a.name[0]].to) >= a.name[1]
}

// sameHead gives the mention of an unnamed person whom "the diplomat" takes up: one just
// before with the same noun; or -1.
func (d *doc) sameHead(m int) int {
	if m < 0 || !d.lex.setting("articles") {
		return -1
	}
	a := &d.ment[m]
	if a.kind != anonymous && a.kind != office || a.entity >= 0 || a.bare[1] == a.bare[0] || !d.has(a.from, frKnown) {
		return -1
	}
	for k := m - 1; k >= 0 && k > m-16; k-- {
		b := &d.ment[k]
		if d.paraOf(a.from)-d.paraOf(b.from) > 1 {
			break
		}
		if (b.kind == anonymous || b.kind == office) && b.bare[1] > b.bare[0] && d.has(b.from, frBefore) && d.info[b.bare[1]-1] == d.info[a.bare[1]-1] {
			return k
		}
	}
	return -1
}

// again tells whether an office or an unnamed person is the one who spoke last: "the
// official", "собеседник издания".
func (d *doc) again(m, last int) bool {
	a, b := &d.ment[m], &d.ment[last]
	if a.kind != anonymous && a.kind != office || a.entity >= 0 || a.frame&frMany != 0 || a.from <= b.from || d.paraOf(a.from)-d.paraOf(b.from) > 1 {
		return false
	}
	known := false
	if d.is(a.to-1, clsMedium) && d.lex.setting("articles") {
		return false
	}
	for i := a.from; i < a.to; i++ {
		if d.has(i, frKnown) {
			known = true
		} else if d.has(i, frBefore) {
			return false
		}
	}
	if !known && (d.lex.setting("articles") || a.bare[1] > int(d.tok[a.bare[0]].to)) {
		return false
	}
	if !known && d.lex.setting("genitive") && b.kind == person && (a.kind == anonymous && a.to > a.bare[1] || d.mark(a.to, commas) && d.is(a.to+1, clsPlain|clsTail)) {
		return false // источник
	}
	if !known && d.lex.setting("genitive") && b.kind != person && (b.bare[1] <= b.bare[0] || !d.sameWord(d.info[a.bare[0]].norm, d.info[b.bare[0]].norm)) {
		return false // another sort of person
	}
	if !known && d.lex.setting("comma-opens") { // 外交官 after 一名外交官, but not 观察人士
		return b.kind != person && strings.Contains(d.nameText(b), d.nameText(a))
	}
	switch b.kind {
	case anonymous, office:
		return true
	case person:
		return known || d.paraOf(a.from) == d.paraOf(b.from)
	}
	return false
}

// bodyAgain gives the body that "the ministry" was before, or m.
func (d *doc) bodyAgain(m int) int {
	a := &d.ment[m]
	if k := a.from; k > 0 && (d.is(k, clsArticle) && !d.has(k, frKnown) || d.is(k-1, clsArticle) && !d.has(k-1, frKnown)) {
		return m // her office
	}
	if a.bare[1]-a.bare[0] > int(d.tok[a.bare[0]].to)-a.bare[0] {
		return m // it says which
	}
	if tail := a.bare[0] + 1; tail < a.bare[1] && !d.lex.setting("capitals") { // 该委员会: the last one whose name ends so
		n := a.bare[1] - tail
		for k := m - 1; k >= 0 && k > m-60; k-- {
			b := &d.ment[k]
			at := b.name
			if b.kind == person {
				at = b.office
			} else if b.kind != bodyOf && b.kind != office || b.frame&frKnown != 0 {
				continue
			}
			for i := at[0] + 2; i+n <= at[1]; i++ {
				if d.sameRun(i, tail, n) {
					return d.addMention(mention{from: at[0], to: i + n, name: [2]int{at[0], i + n}, kind: bodyOf, entity: -1})
				}
			}
		}
	}
	for k := m - 1; k >= 0 && k > m-30; k-- {
		b := &d.ment[k]
		if b.kind == bodyOf && b.frame&frKnown == 0 || b.kind == bodyOf && b.bare[1]-b.bare[0] > 1 && d.tok[b.bare[0]].leaf != d.tok[a.bare[0]].leaf {
			if d.is(b.name[0], clsCountry) && b.name[1]-b.name[0] == 1 {
				continue
			}
			return k
		}
	}
	return m
}

// sameNoun tells whether the noun of mention m is among the words of mention n.
func (d *doc) sameNoun(m, n int) bool {
	head := d.info[d.ment[m].bare[1]-1].norm
	for i := d.ment[n].from; i < d.ment[n].to; i++ {
		if d.sameWord(d.info[i].norm, head) {
			return true
		}
	}
	return false
}

// sameRun tells whether n tokens at i are those at j.
func (d *doc) sameRun(i, j, n int) bool {
	for k := range n {
		if d.info[i+k] != d.info[j+k] {
			return false
		}
	}
	return true
}

// headings gives the statements of headings what the report says of them: a quotation in
// a heading is that of the body, and a heading's speaker is named there in full.
func (d *doc) headings() {
	var titles []finding
	for p := range d.paras {
		if len(titles) > 20 || p > 500 {
			break
		}
		if d.paras[p].kind != heading {
			continue
		}
		for i := d.paras[p].from; i < d.paras[p].to; i++ {
			q := d.quoteAt(i)
			if q < 0 || d.quotes[q].depth != 1 {
				continue
			}
			a, b := d.inner(q)
			a, b = d.trim(a, b)
			i = d.quotes[q].end - 1
			if b-a < 2 || d.lex.setting("comma-opens") && b-a < 5 || d.stated(a, b) {
				continue
			}
			if k := d.sameWords(p, a, b, 0.9); k >= 0 {
				f := d.found[k]
				f.parts, f.direct, f.para, f.inHeading, f.rule, f.outer = [][2]int{{a, b}}, true, p, true, "heading of the body", -1
				f.cue, f.sent, f.group = [2]int{a, a}, [2]int{a, b}, [2]int{a, a}
				titles = append(titles, f)
			}
		}
	}
	for k := range min(len(d.found), 300) {
		f := &d.found[k]
		if !f.inHeading || f.outer >= 0 {
			continue
		}
		n := d.sameWords(f.para, f.parts[0][0], f.parts[len(f.parts)-1][1], 0.55)
		if n < 0 && f.subject >= 0 && d.ment[f.subject].kind == bodyOf {
			n = d.officialOf(f, k)
		}
		if n < 0 && f.subject >= 0 {
			n = d.firstOf(f, k)
		}
		if n < 0 {
			continue
		}
		g := &d.found[n]
		if (f.anonymous || g.officeName != "" && f.speaker != g.speaker && strings.Contains(g.officeName, f.speaker)) && g.speaker != "" {
			f.speaker, f.latin, f.officeName, f.anonymous = g.speaker, g.latin, g.officeName, g.anonymous
		}
		f.body = n
		if f.outletName == "" {
			f.outletName = g.outletName
		}
	}
	d.found = append(titles, d.found...)
	for k := range d.found {
		if d.found[k].body >= 0 {
			d.found[k].body += len(titles)
		}
	}
}

// stated tells whether tokens are part of a statement that was found.
func (d *doc) stated(a, b int) bool {
	for k := range d.found {
		for _, p := range d.found[k].parts {
			if p[0] <= a && b <= p[1] {
				return true
			}
		}
	}
	return false
}

// section gives the end of what a heading stands over: the next one, or the end of the report
// for the headings before the report begins.
func (d *doc) section(p int) (to int) {
	first := true
	for k := range p {
		first = first && d.paras[k].kind != body
	}
	to = p + 1
	for to < len(d.paras) && (first || d.paras[to].kind != heading) {
		to++
	}
	return to
}

// officialOf gives the first statement below a heading by somebody whose office is of the
// body or state that speaks in the heading: "Poland confirms", and then its minister; or -1.
func (d *doc) officialOf(f *finding, from int) int {
	to := d.section(f.para)
	for k := from + 1; k < len(d.found) && d.found[k].para < to; k++ {
		g := &d.found[k]
		if g.inHeading || g.outer >= 0 {
			continue
		}
		if g.officeName != "" && strings.Contains(g.officeName, f.speaker) {
			return k
		}
		return -1
	}
	return -1
}

// sameWords gives the statement of a heading's section that has at least the given share
// of the words of tokens [a, b), or -1.
func (d *doc) sameWords(p, a, b int, share float64) int {
	best := -1
	end := d.section(p)
	for k := range min(len(d.found), 300) {
		f := &d.found[k]
		if f.inHeading || f.speaker == "" || f.para < p || f.para >= end {
			continue
		}
		have := map[*wordInfo]bool{}
		for _, p := range f.parts {
			for i := p[0]; i < p[1] && i < p[0]+200; i++ {
				have[d.info[i]] = true
			}
		}
		hit, all := 0, 0
		for i := a; i < b; i++ {
			if d.tok[i].kind != kindMark {
				all++
				if have[d.info[i]] {
					hit++
				}
			}
		}
		if all > 1 && float64(hit) >= share*float64(all) {
			best, share = k, float64(hit)/float64(all)+0.001
		}
	}
	return best
}

// firstOf gives the first statement of the body by the speaker of a heading's, or, where
// the heading has an office only, by the first person named without one; or -1.
func (d *doc) firstOf(f *finding, from int) int {
	unnamed := d.ment[f.subject].kind == office && f.anonymous
	for k := from + 1; k < len(d.found) && k < from+12; k++ {
		g := &d.found[k]
		if g.inHeading || g.outer >= 0 {
			continue
		}
		if g.speaker == f.speaker {
			return k
		}
		if unnamed && g.officeName != "" && strings.Contains(strings.ToLower(g.officeName), strings.ToLower(f.speaker)) {
			return k
		}
		if unnamed && g.subject >= 0 && d.ment[g.subject].kind == person && g.officeName == "" {
			return k
		}
	}
	return -1
}
