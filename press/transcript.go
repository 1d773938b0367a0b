package press

// transcript reads a paragraph of a record of questions and answers: "Name: what Name
// says". Questions are nobody's statements.
func (d *doc) transcript(p int, para *paragraph) bool {
	if para.kind != body && para.kind != heading || !d.lex.setting("comma-opens") {
		return false
	}
	end, m := para.from+1, -1
	switch {
	case d.is(para.from, clsThis) && d.has(para.from, frTell): // 答:
		m = d.focus
	case d.is(para.from, clsThis) && d.has(para.from, frQuote): // 问:
	default:
		m = d.mentionStart(para.from)
		if m < 0 || d.ment[m].kind != person && d.ment[m].kind != office && d.ment[m].kind != anonymous && d.ment[m].kind != outlet {
			return false
		}
		end = d.ment[m].to
		for end < para.to && end < para.from+16 && !d.mark(end, colons) && d.is(end, clsAddressee|clsOffice|clsMedium|clsOutlet) {
			end = int(d.tok[end].to)
		}
	}
	if !d.mark(end, colons) || end+3 > para.to || d.quoteAt(end+1) >= 0 {
		return false
	}
	s := sentence{p, para.from, para.to, 0}
	d.sents = append(d.sents, s)
	if m < 0 || d.is(end-1, clsAddressee) {
		return true
	}
	if para.kind == heading || d.ment[m].kind != person && (d.ment[m].kind != office || d.ment[m].frame&frSole == 0 && d.ment[m].entity < 0) {
		d.sents = d.sents[:len(d.sents)-1]
		return false
	}
	a := attribution{cue: [2]int{end, end + 1}, subject: m, group: [2]int{para.from, end + 1}, from: end + 1, to: para.to, how: "colon"}
	f, ok := d.make(s, &a, para.to)
	if !ok {
		return true
	}
	f.rule = "transcript"
	d.found = append(d.found, f)
	d.lastFound, d.focus = len(d.found)-1, m
	return true
}
