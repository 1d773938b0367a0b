package press

// headLine reads a heading of the form "X: what X says".
func (d *doc) headLine(s sentence) bool {
	p := d.paras[s.para]
	timed := p.kind == body && s.from > p.from && s.from-p.from <= 3 && d.tok[p.from].kind == kindNumber // 14:05. X: …
	if !timed && (p.kind != heading || s.from != p.from && !d.partsHeading(s.para, s.from)) {
		return false
	}
	if d.dashLine(s) {
		return true
	}
	m := d.headSubject(s)
	if m < 0 {
		return false
	}
	end := d.ment[m].to
	f := finding{cue: [2]int{end, end + 1}, subject: m, para: s.para, outlet: -1, outer: -1, group: [2]int{d.ment[m].from, end + 1}, sent: [2]int{s.from, s.to}, inHeading: true, rule: "heading", confidence: 0.6}
	f.parts, f.direct = d.content(end+1, s.to, s.depth)
	if len(f.parts) == 0 {
		return false
	}
	d.found = append(d.found, f)
	return true
}

// headSubject gives who stands before a colon at the beginning of a heading or, in a script
// without spaces, after one; or -1.
func (d *doc) headSubject(s sentence) int {
	for i := s.from; i < s.to; i++ {
		if i > s.from && (d.lex.setting("capitals") || d.tok[i].glued || d.tok[i].depth != s.depth) {
			continue
		}
		m := d.mentionStart(i)
		if m < 0 {
			continue
		}
		if end := d.ment[m].to; d.mark(end, colons) && end+3 <= s.to && d.ment[m].kind != pronoun && d.ment[m].kind != outlet {
			return m
		}
	}
	return -1
}

// colonQuote reads a sentence that ends in a colon and a quotation, without a cue that any
// list has: "Her neighbour was cooler: “…”".
func (d *doc) colonQuote(s sentence) bool {
	if s.depth > 0 {
		return false
	}
	for k := s.from + 1; k+3 < s.to; k++ {
		if !d.mark(k, colons) || d.tok[k].depth > 0 {
			continue
		}
		q := d.quoteAt(k + 1)
		if q < 0 || !d.closes(s, d.quotes[q].end) || d.quotes[q].end-d.quotes[q].open < 5 {
			return false
		}
		m := d.firstSubject(s, k)
		if m < 0 || d.ment[m].kind == outlet || d.ment[m].kind == bodyOf && d.paras[s.para].kind == body {
			return false
		}
		a := attribution{cue: [2]int{k, k + 1}, subject: m, group: [2]int{s.from, k + 1}, from: k + 1, to: s.to, how: "colon"}
		f, ok := d.make(s, &a, s.to)
		if !ok || !f.direct {
			return false
		}
		f.rule, f.confidence = "colon alone", 0.6
		d.found = append(d.found, f)
		d.lastFound, d.focus = len(d.found)-1, m
		return true
	}
	return false
}

// dashAlone reads a quotation with a dash behind it and somebody, without a cue that any list
// has: «…», — не скрывает радости X.
func (d *doc) dashAlone(s sentence) bool {
	q := d.quoteAt(s.from)
	if !d.lex.setting("speech-dash") || q < 0 || s.depth > 0 {
		return false
	}
	k := d.quotes[q].end
	if d.mark(k, commas) {
		k++
	}
	if k >= s.to || !d.mark(k, dashes) {
		return false
	}
	for i := k + 1; i < s.to && i < k+14; i++ {
		m := d.mentionStart(i)
		if m < 0 || (d.ment[m].kind == outlet || d.ment[m].kind == bodyOf) && !d.is(k+1, clsThis) || d.oblique(m, k) {
			continue
		}
		a := attribution{cue: [2]int{k + 1, max(i, k+2)}, subject: m, group: [2]int{k, d.ment[m].to}, from: s.from, to: k, before: true, how: "dash alone"}
		f, ok := d.make(s, &a, k)
		if !ok || !f.direct {
			return false
		}
		f.rule, f.confidence = "dash alone", 0.6
		d.found = append(d.found, f)
		d.lastFound, d.focus = len(d.found)-1, m
		return true
	}
	return false
}

// dashLine reads a heading of the form "what X says — X".
func (d *doc) dashLine(s sentence) bool {
	if !d.lex.setting("speech-dash") {
		return false
	}
	for k := s.to - 2; k > s.from+2; k-- {
		if !d.mark(k, "—–") || d.tok[k].depth != s.depth {
			continue
		}
		m := d.mentionStart(k + 1)
		if m < 0 || !d.closes(s, d.ment[m].to) || d.ment[m].kind == pronoun {
			return false
		}
		f := finding{cue: [2]int{k, k + 1}, subject: m, para: s.para, outlet: -1, outer: -1, group: [2]int{k, s.to}, sent: [2]int{s.from, s.to}, inHeading: true, rule: "heading", confidence: 0.6}
		if f.parts, f.direct = d.content(s.from, k, s.depth); len(f.parts) == 0 {
			return false
		}
		d.found = append(d.found, f)
		return true
	}
	return false
}
