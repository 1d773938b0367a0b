package press

import "slices"

// readParagraph finds the statements of a paragraph.
func (d *doc) readParagraph(p int) {
	para := &d.paras[p]
	if para.kind == furniture || para.kind == caption {
		return
	}
	d.announceList(p)
	from := d.skipDateline(para)
	if d.dialogue(p, para) || d.transcript(p, para) || d.interview(p, para) {
		return
	}
	for _, s := range d.sentencesOf(p, from, para.to, 0) {
		d.sents = append(d.sents, s)
		d.readSentence(s, -1)
	}
}

// skipDateline passes over "KYIV, March 12 (Reuters) —".
func (d *doc) skipDateline(p *paragraph) int {
	if p.kind != body || d.mark(p.from, dashes) {
		return p.from
	}
	if d.mark(p.from, "〔【[（(") { // 〔记者…报道〕
		for i := p.from; i < p.to-4 && i < p.from+24; i++ {
			if d.mark(i, "〕】]）)") {
				return i + 1
			}
		}
	}
	for i := p.from; i < p.to && i < p.from+14; i++ {
		t := d.tok[i]
		if d.mark(i, "—–-") && i > p.from && !t.glued && p.to-i > 4 && d.tok[i].depth == 0 && !d.mark(i-1, commas+stops+"”\"»") {
			return i + 1
		}
		if d.is(i, clsCue|clsPronoun) || d.mark(i, stops) && !d.is(i, clsAbbreviation|clsTime) || t.kind == kindWord && !t.capital && !d.is(i, clsTime|clsOutlet|clsArticle) && d.at[i] < 0 {
			break
		}
	}
	return p.from
}

// readSentence finds the statements of one sentence; outer is the finding within whose
// words it stands, or -1.
func (d *doc) readSentence(s sentence, outer int) {
	if s.to-s.from < 2 {
		return
	}
	if s.depth == 0 && d.brokenQuote(s) {
		return
	}
	if s.depth == 0 && d.headLine(s) {
		return
	}
	if outer < 0 {
		d.announced = d.announces(s)
	}
	if outer < 0 && d.namesSource(s) {
		return
	}
	list := d.attributions(s)
	if d.is(s.from, clsHearsay) && outer < 0 {
		list = slices.DeleteFunc(list, func(a attribution) bool { return a.how == "bare" }) // 据报,某些人主张……
	}
	if len(list) == 0 && outer < 0 && d.listedWords(s) {
		return
	}
	if len(list) == 0 && outer < 0 && d.colonQuote(s) {
		return
	}
	if len(list) == 0 && outer < 0 && d.dashAlone(s) {
		return
	}
	if len(list) == 0 && outer < 0 && d.carriedOn(s) {
		return
	}
	if len(list) == 0 {
		d.unattributed(s, outer)
		return
	}
	d.citing(s, list)
	list = d.medials(d.lastWord(s, d.aside(list)))
	first := len(d.found)
	covered := -1 // end of what is given to somebody so far
	for k := range list {
		if f, ok := d.finding(s, list, k, first, outer); ok {
			d.found = append(d.found, f)
			covered = max(covered, f.parts[len(f.parts)-1][1])
		}
	}
	if len(d.found) == first {
		d.unattributed(s, outer)
		return
	}
	if before := first - 1; before >= 0 && outer < 0 && d.lex.setting("comma-opens") && d.found[before].rule == "alone" && d.found[before].sent == [2]int{d.paras[s.para].from, s.from} && d.found[first].subject >= 0 {
		d.found[before].subject = d.found[first].subject // 「……。」某人说,……
	}
	d.lastFound = len(d.found) - 1
	for k := first; k < len(d.found); k++ {
		if d.found[k].outer == outer && d.found[k].subject >= 0 {
			d.lastFound = k
		}
	}
	if sub := d.found[d.lastFound].subject; sub >= 0 && outer < 0 {
		d.focus = sub
	}
	if len(d.pending) > 0 {
		if f := &d.found[first]; f.direct && d.pending[0][0] < f.parts[0][0] && f.para-d.paraOf(d.pending[0][0]) <= len(d.pending) {
			f.parts = append(slices.Clone(d.pending), f.parts...)
		}
		d.pending = nil
	}
	if outer < 0 {
		d.ownVoice(s, covered)
	}
}

// paraOf gives the paragraph of a token.
func (d *doc) paraOf(tok int) int {
	p, _ := slices.BinarySearchFunc(d.paras, tok, func(p paragraph, tok int) int { return p.to - tok - 1 })
	return p
}

// citing gives to the source what an outlet reports of it: "X, citing Y, writes that".
func (d *doc) citing(s sentence, list []attribution) {
	for n := range list {
		a := &list[n]
		if a.subject < 0 || d.ment[a.subject].kind != outlet || a.how == "cite" || a.before && n > 0 {
			continue
		}
		for c := s.from; c < s.to; c++ {
			if c >= a.from && c < a.to || !d.is(c, clsCue) || !d.has(c, frCite) || d.tok[c].depth != s.depth {
				continue
			}
			end := int(d.tok[c].to)
			if m := d.mentionNear(end, min(end+5, s.to)); m >= 0 && m != a.subject && d.ment[m].kind != outlet {
				a.subject = m
			}
			break
		}
	}
}

// within looks for words of others inside quotations.
func (d *doc) within(k int) {
	f := d.found[k]
	if f.depth >= 2 {
		return
	}
	for _, p := range f.parts {
		depth := d.tok[p[0]].depth
		if q := d.tok[p[0]].quote; q >= 0 && d.quotes[q].open == p[0] {
			depth = d.quotes[q].depth - 1
		}
		for _, s := range d.sentencesOf(f.para, p[0], p[1], depth) {
			for _, a := range d.attributions(s) {
				if a.subject < 0 || a.elided || d.ment[a.subject].kind == pronoun && d.ment[a.subject].frame&(frMale|frFemale) == 0 {
					continue
				}
				g, ok := d.make(s, &a, s.to)
				if ok {
					g.outer, g.depth, g.rule = k, f.depth+1, "within "+g.rule
					g.around = [2]int{f.parts[0][0], f.parts[len(f.parts)-1][1]}
					g.confidence *= 0.7
					d.found = append(d.found, g)
				}
			}
		}
	}
}

// finding makes a statement of the k-th attribution of a sentence, unless it only says
// who carried the words of another.
func (d *doc) finding(s sentence, list []attribution, k, first, outer int) (finding, bool) {
	a := &list[k]
	end := a.to
	if a.how == "this" {
		return d.ofBefore(s, a)
	}
	// Who else speaks in this sentence cuts the content short, unless it is within it.
	if !a.before {
		for n := k + 1; n < len(list); n++ {
			b := &list[n]
			if b.before && !b.source && d.clauseMark(a.from, b.group[0]) >= 0 {
				end = min(end, d.clauseMark(a.from, b.group[0]))
				break
			}
			if b.before && !b.source && d.credit(b) || b.before && b.source {
				end = min(end, d.back(b.group[0], a.from))
				break
			}
			if k := d.clauseMark(a.from, b.group[0]); k >= 0 && !b.elided && b.subject >= 0 && d.ment[b.subject].from > k {
				end = min(end, k)
				break
			}
			if b.elided || b.group[0] > a.from && d.sameLevel(b.group[0], a.from) {
				if !b.before && !(d.lex.setting("comma-opens") && !b.elided && d.onlyAdjuncts(a.from, b.group[0])) {
					end = min(end, d.back(b.group[0], a.from))
					break
				}
			}
		}
	}
	if k+1 < len(list) && !a.before && a.how == "colon" {
		if b := &list[k+1]; b.source && b.group[0] <= a.from+1 && b.subject >= 0 && (d.ment[b.subject].kind == pronoun || d.ment[b.subject].kind == bodyOf && d.lex.setting("genitive")) {
			if d.ment[b.subject].kind == bodyOf && a.subject >= 0 && d.ment[a.subject].kind == bodyOf {
				b.subject = a.subject // «X настаивает: по данным службы, …»
			}
			return finding{}, false // «X это опровергает: по её данным, …»
		}
	}
	// An outlet whose words begin with another's hands them on.
	if k+1 < len(list) && !a.before && a.subject >= 0 {
		b := &list[k+1]
		if d.ment[a.subject].kind == outlet && b.group[0] <= a.from+3 && b.subject != a.subject {
			return finding{}, false
		}
		if b.cue[0] < a.from && b.subject >= 0 && !b.elided { // "quoted X as saying"
			return finding{}, false
		}
	}
	if a.before && len(d.found) > first && (d.credit(a) || a.source) {
		last := &d.found[len(d.found)-1]
		if a.subject >= 0 && d.ment[a.subject].kind == outlet && last.outlet < 0 {
			last.outlet = a.subject
		}
		return finding{}, false
	}
	f, ok := d.make(s, a, end)
	if !ok {
		return f, false
	}
	f.outer = outer
	for n := len(d.found) - 1; n >= first; n-- { // words within words
		g := &d.found[n]
		if g.outer == outer && f.parts[0][0] >= g.parts[0][0] && f.parts[len(f.parts)-1][1] <= g.parts[len(g.parts)-1][1] {
			f.outer, f.around = n, [2]int{g.parts[0][0], g.parts[len(g.parts)-1][1]}
			break
		}
	}
	if f.outer != outer && a.subject >= 0 && d.ment[a.subject].kind == pronoun && a.how == "call" && d.lex.setting("articles") {
		return f, false // "what he described as"
	}
	if f.outer != outer && !f.direct && d.lex.setting("capitals") && (a.before || a.how == "bare") {
		return f, false // what somebody is told to demand or to reject
	}
	if f.outer != outer && a.how == "comma" && d.lex.setting("comma-opens") && f.parts[0][0]-a.cue[1] > 2 {
		return f, false // 他说,审计人员提醒过这个问题,但……
	}
	if f.outer != outer && a.how == "bare" && a.frame&(frNP|frTell) != 0 && d.lex.setting("comma-opens") {
		if of := d.found[f.outer].subject; a.elided || a.frame&frClause == 0 || a.group[0] != f.around[0] || of < 0 || d.ment[of].kind == person {
			return f, false // a verb within what was said
		}
		d.firstClause(&f) // a document that tells what a party says goes on by itself
	}
	return f, true
}

// firstClause ends a content before a comma and a phrase that opens a clause of its own.
func (d *doc) firstClause(f *finding) {
	p := &f.parts[0]
	for k := p[0] + 1; k < p[1]; k++ {
		if !d.mark(k, commas) || !d.is(k+1, clsOblique|clsPlain) {
			continue
		}
		for n := k + 2; n < p[1]; n++ {
			if d.mark(n, commas) {
				p[1] = k
				f.parts = f.parts[:1]
				return
			}
		}
	}
}

// ofBefore gives the sentence before to whom this one names.
func (d *doc) ofBefore(s sentence, a *attribution) (finding, bool) {
	n := len(d.sents) - 2
	if n < 0 || d.sents[n].to != s.from {
		return finding{}, false
	}
	p := d.sents[n]
	for k := len(d.found) - 1; k >= 0 && k > len(d.found)-4; k-- {
		if d.found[k].sent[0] >= p.from && d.found[k].sent[1] <= p.to && d.found[k].outer < 0 {
			return finding{}, false // it has its speaker
		}
	}
	b := attribution{cue: a.cue, subject: a.subject, group: a.group, from: p.from, to: p.to, how: "this", frame: a.frame}
	f, ok := d.make(p, &b, p.to)
	if f.outlet < 0 {
		f.outlet = d.outletOf(s, &f)
	}
	f.sent = [2]int{p.from, s.to}
	f.group = a.group
	return f, ok
}

// credit tells whether an attribution only names the outlet that carried the words.
func (d *doc) credit(a *attribution) bool {
	return a.subject >= 0 && d.ment[a.subject].kind == outlet
}

// sameLevel tells whether a group at token g, after content from, speaks beside it and
// not within it.
func (d *doc) sameLevel(g, from int) bool {
	if g-from < 3 {
		return false
	}
	k := g - 1
	for k > from && d.is(k, clsAdverb|clsTime) && !d.is(k, clsContrast|clsAnd) {
		k--
	}
	if d.is(k, clsContrast) || d.is(g, clsContrast) || d.mark(k, ";；") {
		return true
	}
	return d.lex.setting("comma-opens") && d.mark(k, commas) || d.is(k, clsAnd) && d.mark(k-1, commas)
}

// back goes left over what joins two clauses.
func (d *doc) back(k, from int) int {
	for k > from+1 && (d.is(k-1, clsContrast|clsAnd|clsAdverb) || d.mark(k-1, edgeMarks)) {
		k--
	}
	return k
}
