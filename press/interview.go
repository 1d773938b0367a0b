package press

import (
	"slices"
)

// turn is what a paragraph of an interview is.
type turn uint8

const (
	noTurn turn = iota
	question
	answer
)

// interviewTurns finds questions and answers that stand in paragraphs of their own: after dashes,
// after words like "Q:", or as questions alone with an answer below each.
func (d *doc) interviewTurns() []turn {
	turns := make([]turn, len(d.paras))
	asked, dashed, marked := 0, 0, 0
	for p := range d.paras {
		para := &d.paras[p]
		if para.kind != body && para.kind != heading || para.to-para.from < 2 {
			continue
		}
		asks := d.asks(para)
		switch {
		case d.label(para, "questions"):
			turns[p] = question
			marked++
		case d.label(para, "answers"), d.speaks(para) >= 0 && !asks:
			turns[p] = answer
			marked++
		case d.speaks(para) >= 0:
			turns[p] = question
			marked++
		case d.opensSpeech(para):
			if asks && p > 0 && turns[p-1] == question && d.opensSpeech(&d.paras[p-1]) {
				turns[p] = answer // which ends in a question
			} else if asks {
				turns[p] = question
				dashed++
			}
		case asks && para.to-para.from < 45:
			turns[p] = question
			asked++
		}
	}
	if marked >= 3 {
		return turns
	}
	for p := range turns { // a heading like "X: what X says" alone
		if d.speaks(&d.paras[p]) >= 0 || d.label(&d.paras[p], "questions") || d.label(&d.paras[p], "answers") {
			turns[p] = noTurn
		}
	}
	if dashed == 0 && asked < 2 {
		return nil
	}
	for p := range d.paras {
		para := &d.paras[p]
		if turns[p] != noTurn || para.kind != body || para.to-para.from < 2 {
			continue
		}
		before := noTurn
		if p > 0 {
			before = turns[p-1]
		}
		switch {
		case d.opensSpeech(para) && dashed > 0:
			if turns[p] = answer; before == answer && d.opensSpeech(&d.paras[p-1]) {
				turns[p] = question // what an interviewer puts forward without a mark
			}
		case before == question && asked >= 2 && !d.opensSpeech(&d.paras[p-1]) && !d.quoted(para):
			turns[p] = answer
		}
	}
	return turns
}

// asks tells whether a paragraph ends as a question does, and quotes nobody.
func (d *doc) asks(p *paragraph) bool {
	return d.mark(p.to-1, "?？") && !d.quoted(p)
}

// quoted tells whether a paragraph has quotation marks around more than a name.
func (d *doc) quoted(p *paragraph) bool {
	for i := p.from; i < p.to; i++ {
		if q := d.quoteAt(i); q >= 0 && d.quotes[q].end-i > 6 {
			return true
		}
	}
	return false
}

// opensSpeech tells whether a paragraph opens with the dash of speech.
func (d *doc) opensSpeech(p *paragraph) bool {
	return d.lex.setting("speech-dash") && d.mark(p.from, "–—―-")
}

// label tells whether a paragraph opens with one of the words of a setting and a colon: "Q:".
func (d *doc) label(p *paragraph, setting string) bool {
	return d.mark(p.from+1, colons) && slices.Contains(d.lex.lists[setting], d.info[p.from].norm)
}

// speaks gives the person whose name and a colon open a paragraph in which no quotation follows,
// or -1.
func (d *doc) speaks(p *paragraph) int {
	m := d.mentionStart(p.from)
	if m < 0 || !d.lex.setting("capitals") || d.ment[m].kind != person || d.ment[m].entity < 0 || !d.mark(d.ment[m].to, colons) || d.ment[m].to+2 > p.to || d.quoteAt(d.ment[m].to+1) >= 0 {
		return -1
	}
	return m
}

// interview reads a paragraph of an interview. Questions are nobody's statements.
func (d *doc) interview(p int, para *paragraph) bool {
	if d.spoken == nil {
		if d.spoken = d.interviewTurns(); d.spoken == nil {
			d.spoken = make([]turn, len(d.paras))
		}
	}
	switch d.spoken[p] {
	case question:
		return para.kind == body || d.label(para, "questions") || d.speaks(para) >= 0
	case answer:
	default:
		return false
	}
	who := d.interviewed(para.from)
	if who < 0 {
		return false
	}
	from := para.from
	if m := d.speaks(para); m >= 0 {
		who, from = m, d.ment[m].to+1
	} else if d.label(para, "answers") {
		from += 2
	}
	a, b := d.trim(from, para.to)
	if b-a < 2 {
		return true
	}
	s := sentence{p, para.from, para.to, 0}
	d.sents = append(d.sents, s)
	d.found = append(d.found, finding{cue: [2]int{para.from, para.from}, subject: who, parts: [][2]int{{a, b}}, direct: d.opensSpeech(para), para: p, outlet: -1, outer: -1, group: [2]int{para.from, para.from}, sent: [2]int{para.from, para.to}, rule: "interview", confidence: 0.7})
	d.lastFound, d.focus = len(d.found)-1, who
	return true
}

// interviewed gives who answers: whoever spoke last by name, or the first person of the article.
func (d *doc) interviewed(before int) int {
	if k := d.focus; k >= 0 && d.ment[k].kind == person {
		return k
	}
	for k := range d.ment {
		m := &d.ment[k]
		if m.from >= before {
			break
		}
		if m.kind == person && m.entity >= 0 && d.people[m.entity].full && !m.possessive {
			return k
		}
	}
	return -1
}
