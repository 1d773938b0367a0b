package press

// brokenQuote reads a sentence that is a quotation without a cue of its own, or one with
// its cue between dashes inside the marks.
func (d *doc) brokenQuote(s sentence) bool {
	q := d.quoteAt(s.from)
	resumed := d.tok[s.from].depth == 1 && q < 0
	if q < 0 && !resumed {
		return false
	}
	if resumed {
		q = int(d.tok[s.from].quote)
	}
	end := d.quotes[q].end
	rest := end
	for rest < s.to && d.mark(rest, edgeMarks+stops) {
		rest++
	}
	whole := rest >= s.to
	from, to := d.inner(q)
	from = max(from, s.from)
	to = min(to, s.to)
	if from >= to {
		return false
	}
	if whole && d.insertedCue(s, d.quotes[q].depth, from, to) {
		return true
	}
	if !whole {
		return false
	}
	a, b := d.trim(from, to)
	if a >= b {
		return true
	}
	announced := d.announced
	d.announced = -1
	if announced >= 0 && d.paraOf(d.ment[announced].from) == s.para-1 {
		f := finding{cue: d.ment[announced].name, subject: announced, parts: [][2]int{{a, b}}, direct: true, para: s.para, outlet: d.outletBeside(announced), outer: -1, group: [2]int{s.from, s.from}, sent: [2]int{s.from, s.to}, open: true, rule: "announced", confidence: 0.8}
		if l := len(d.sents); l >= 2 {
			f.sent[0] = d.sents[l-2].from
		}
		d.found = append(d.found, f)
		d.lastFound = len(d.found) - 1
		d.focus = announced
		return true
	}
	if d.lastFound >= 0 {
		f := &d.found[d.lastFound]
		near := f.para == s.para && f.open && d.found[d.lastFound].sent[1] == s.from
		over := f.para == s.para-1 && d.quotes[q].resumes
		if (near || over) && f.direct && f.outer < 0 {
			f.parts = append(f.parts, [2]int{a, b})
			f.sent[1], f.para = s.to, s.para
			return true
		}
	}
	if d.quotes[q].goesOn {
		d.pending = append(d.pending, [2]int{a, b})
		return true
	}
	if d.focus < 0 || b-a < 5 || d.paras[s.para].kind == heading {
		return false
	}
	who := d.focus
	if n := len(d.sents) - 2; n >= 0 && d.sents[n].to == s.from && d.sents[n].para == s.para && d.ment[who].from < d.sents[n].from {
		if m := d.firstSubject(d.sents[n], d.sents[n].to); m >= 0 && d.ment[m].kind == person {
			who = m // "The landlord, X, shakes his head. “…”"
		}
	}
	f := finding{cue: [2]int{s.from, s.from}, subject: who, parts: [][2]int{{a, b}}, direct: true, para: s.para, outlet: -1, outer: -1, group: [2]int{s.from, s.from}, sent: [2]int{s.from, s.to}, open: true, rule: "alone", confidence: 0.5}
	d.found = append(d.found, f)
	d.lastFound = len(d.found) - 1
	return true
}

// insertedCue reads «…, — said X. — …»: the cue stands inside the marks.
func (d *doc) insertedCue(s sentence, depth uint8, from, to int) bool {
	if !d.lex.setting("speech-dash") {
		return false
	}
	for i := from + 1; i < to; i++ {
		if !d.mark(i, "–—―-") || d.tok[i].depth != depth || !d.mark(i-1, commas+stops) {
			continue
		}
		c := d.skipAdverbs(i + 1)
		if c >= to || !d.is(c, clsCue) {
			continue
		}
		end := int(d.tok[c].to)
		in := sentence{s.para, i + 1, to, depth}
		sub := d.subjectAfter(in, end)
		if sub >= 0 {
			end = d.ment[sub].to
		}
		stop := end
		for stop < to && !(d.mark(stop, "–—―-") && d.tok[stop].depth == depth) {
			stop++
		}
		f := finding{cue: [2]int{c, int(d.tok[c].to)}, subject: sub, direct: true, para: s.para, outlet: -1, outer: -1, group: [2]int{i, stop}, sent: [2]int{s.from, s.to}, open: true, rule: "inserted", confidence: 0.9}
		if a, b := d.trim(from, i); a < b {
			f.parts = append(f.parts, [2]int{a, b})
		}
		if a, b := d.trim(stop, to); a < b {
			f.parts = append(f.parts, [2]int{a, b})
		}
		if sub < 0 {
			f.subject = d.focus
		}
		if len(f.parts) == 0 {
			return false
		}
		d.found = append(d.found, f)
		d.lastFound = len(d.found) - 1
		if f.subject >= 0 {
			d.focus = f.subject
		}
		return true
	}
	return false
}

// announces gives who is to speak when a sentence ends in a cue and a colon, or -1.
func (d *doc) announces(s sentence) int {
	if s.depth > 0 || !d.mark(s.to-1, colons) || s.to != d.paras[s.para].to {
		return -1
	}
	for c := s.to - 2; c >= s.from && c > s.to-40; c-- {
		if d.tok[c].depth == 0 && d.is(c, clsCue) {
			c = int(d.tok[c].from)
			m, _ := d.subjectBefore(s, c, s.from)
			if m < 0 && !d.has(c, frTell) {
				m = d.subjectAfter(s, int(d.tok[c].to))
			}
			if m < 0 {
				m = d.unknownSubject(s, c, s.from)
			}
			return m
		}
	}
	return -1
}

// outletBeside gives the outlet that is named in the sentence of mention m, or -1.
func (d *doc) outletBeside(m int) int {
	p := d.paras[d.paraOf(d.ment[m].from)]
	for k := m + 1; k < len(d.ment) && d.ment[k].from < p.to; k++ {
		if d.ment[k].kind == outlet {
			return k
		}
	}
	return -1
}

// dialogue reads a paragraph that opens with a dash: "— …, — said X. — …".
func (d *doc) dialogue(p int, para *paragraph) bool {
	if !d.lex.setting("speech-dash") || !d.mark(para.from, "–—―-") || para.kind != body {
		return false
	}
	s := sentence{p, para.from, para.to, 0}
	d.sents = append(d.sents, s)
	if !d.insertedCue(s, 0, para.from+1, para.to) {
		d.sents = d.sents[:len(d.sents)-1]
		return false
	}
	return true
}

// carriedOn reads a sentence that quotes and names nobody, right after what an outlet
// reports on its own account: it goes on with the report.
func (d *doc) carriedOn(s sentence) bool {
	if s.depth > 0 || d.lastFound < 0 || d.paras[s.para].kind != body {
		return false
	}
	f := d.found[d.lastFound]
	if f.outer >= 0 || f.subject < 0 || d.ment[f.subject].kind != outlet || s.para-f.para > 1 || f.inHeading || s.para > f.para && d.paras[s.para].from != s.from {
		return false
	}
	quoted := 0
	for i := s.from; i < s.to; i++ {
		if q := d.quoteAt(i); q >= 0 && d.quotes[q].depth == 1 && d.at[i] < 0 {
			quoted += d.quotes[q].end - d.quotes[q].open - 2
		}
	}
	a, b := d.trim(s.from, s.to)
	if quoted < 5 || d.is(s.from, clsHearsay|clsContrast) || a >= b {
		return false
	}
	d.found = append(d.found, finding{cue: [2]int{s.from, s.from}, subject: f.subject, parts: [][2]int{{a, b}}, para: s.para, outlet: f.outlet, outer: -1, group: [2]int{s.from, s.from}, sent: [2]int{s.from, s.to}, rule: "carried on", confidence: 0.4})
	d.lastFound = len(d.found) - 1
	return true
}

// namesSource reads a sentence that only says whom the outlet of the one before cites: "The
// agency cites an officer."
func (d *doc) namesSource(s sentence) bool {
	if s.depth > 0 || s.to-s.from > 16 || d.lastFound < 0 {
		return false
	}
	f := &d.found[d.lastFound]
	if f.sent[1] != s.from || f.subject < 0 || d.ment[f.subject].kind != outlet {
		return false
	}
	for c := s.from; c < s.to; c++ {
		if !d.is(c, clsCue) || !d.has(c, frCite) {
			continue
		}
		m := d.mentionNear(int(d.tok[c].to), min(int(d.tok[c].to)+5, s.to))
		if m < 0 || d.ment[m].kind == outlet || !d.closes(s, d.ment[m].to) {
			return false
		}
		f.outlet, f.subject = f.subject, m
		return true
	}
	return false
}
