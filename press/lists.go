package press

// bullets are marks that open an item of a list.
const bullets = "•▪‣◦·–—-*"

// item tells whether a paragraph is an item of a list.
func (d *doc) item(p *paragraph) bool {
	return p.kind == body && d.mark(p.from, bullets) && p.to-p.from > 2
}

// announceList notes whose words a list has: "X was interviewed on FM. The main lines:".
func (d *doc) announceList(p int) {
	para := &d.paras[p]
	if d.item(para) {
		return
	}
	d.listed = -1
	if para.kind != body || !d.mark(para.to-1, colons) || p+1 >= len(d.paras) || !d.item(&d.paras[p+1]) {
		return
	}
	spoke := false
	who := -1
	for i := para.from; i < para.to; i++ {
		spoke = spoke || d.is(i, clsSetting|clsCue) || d.is(i, clsMedium) && d.has(i, frTell)
		k := int(d.at[i])
		if k >= 0 && who < 0 && (d.ment[k].kind == person || d.ment[k].kind == office && d.ment[k].entity >= 0) {
			who = k
		}
	}
	if spoke {
		d.listed, d.listedIn = who, p
	}
}

// listedWords reads an item of a list of somebody's words that has no speaker of its own.
func (d *doc) listedWords(s sentence) bool {
	para := &d.paras[s.para]
	if s.depth > 0 || !d.item(para) {
		return false
	}
	if k := d.announced; k >= 0 && d.paraOf(d.ment[k].from) == s.para-1 {
		d.listed, d.listedIn = k, s.para-1
	}
	if d.listed < 0 {
		return false
	}
	from := s.from
	if from == para.from {
		from++
	}
	if d.lex.setting("speech-dash") && d.mark(para.from, dashes) { // the whole paragraph is spoken
		if s.from != para.from {
			return true
		}
		a, b := d.trim(from, para.to)
		if a >= b {
			return false
		}
		d.found = append(d.found, finding{cue: d.ment[d.listed].name, subject: d.listed, parts: [][2]int{{a, b}}, direct: true, para: s.para, outlet: d.outletBeside(d.listed), outer: -1, group: [2]int{from, from}, sent: [2]int{d.paras[d.listedIn].from, d.paras[d.listedIn].to}, rule: "listed", confidence: 0.8})
		d.lastFound, d.focus = len(d.found)-1, d.listed
		return true
	}
	for k := from; k+2 < s.to; k++ {
		if q := d.quoteAt(k + 1); d.mark(k, colons) && q >= 0 && d.closes(s, d.quotes[q].end) {
			from = k + 1 // what it is about, and a quotation
			break
		}
	}
	parts, direct := d.content(from, s.to, s.depth)
	if len(parts) == 0 {
		return false
	}
	d.found = append(d.found, finding{cue: [2]int{para.from, para.from}, subject: d.listed, parts: parts, direct: direct, para: s.para, outlet: d.outletBeside(d.listed), outer: -1, group: [2]int{from, from}, sent: [2]int{d.paras[d.listedIn].from, d.paras[d.listedIn].to}, rule: "listed", confidence: 0.6})
	d.lastFound, d.focus = len(d.found)-1, d.listed
	return true
}
