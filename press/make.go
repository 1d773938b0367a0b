package press

import "strings"

// make cuts the content of an attribution and the words around it.
func (d *doc) make(s sentence, a *attribution, end int) (finding, bool) {
	f := finding{cue: a.cue, subject: a.subject, para: s.para, depth: s.depth, outlet: -1, outer: -1, group: a.group, sent: [2]int{s.from, s.to}, inHeading: d.paras[s.para].kind == heading}
	from, to := a.from, min(a.to, end)
	if a.how == "call" {
		from, to = a.from, a.to
	}
	if !a.before {
		from, to = d.lead(from, to)
		to = d.beforeAside(from, d.turned(from, d.unsaid(from, to, s.depth), s.depth), s)
	} else {
		from = d.afterColon(from, to, s.depth)
		if k := d.clauseMark(from, to); k >= 0 && to-k > 3 && a.how != "cite" {
			from = k + 1
		}
		for from < to && (d.is(from, clsContrast|clsAnd|clsThat) || d.mark(from, edgeMarks)) {
			from++
		}
		if q := d.quoteAt(from); q >= 0 && d.lex.setting("articles") && d.quotes[q].depth == s.depth+1 && d.quotes[q].end < to && d.mark(d.quotes[q].end-2, commas) && d.nextQuote(s, d.quotes[q].end, 40) < 0 {
			to = d.quotes[q].end // “…,” as one of the drafters, X, put it
		}
	}
	if a.before && d.is(from, clsCue) && d.is(int(d.tok[from].to), clsThat) {
		return f, false // "Asked whether it was X, as papers reported"
	}
	f.parts, f.direct = d.content(from, to, s.depth)
	if len(f.parts) == 0 {
		return f, false
	}
	if a.before && !f.direct && !a.source && d.quoteOnly(a.cue[0]) && d.lex.setting("capitals") {
		return f, false // «На вопрос, не он ли это, она улыбается»
	}
	// A quotation right after the cue, with words behind it that say no more than when
	// and where, is the whole of the content.
	if !a.before && !f.direct {
		if q := d.quoteAt(from); q >= 0 && d.quotes[q].depth == s.depth+1 && d.quotes[q].end < to {
			n := d.quotes[q].end
			if a.how == "colon" || d.is(n, clsOblique|clsTime|clsAdverb|clsContrast) || d.mark(n, commas) {
				if parts, direct := d.content(from, n, s.depth); direct && d.tail(n, to) {
					f.parts, f.direct = parts, true
				}
			}
		}
	}
	if d.speechDash(&f, s) {
		f.direct = true
	}
	n := 0
	for _, p := range f.parts {
		n += p[1] - p[0]
	}
	if n < 2 && !f.direct && (!d.lex.setting("capitals") || a.how == "that" || a.how == "bare" && d.lex.setting("articles")) || n < 1 || len(f.parts) == 1 && d.empty(f.parts[0][0], f.parts[0][1]) {
		return f, false
	}
	// A broken quotation: what follows the words of the cue belongs to it.
	if a.before {
		if q := d.quoteAfter(s, a.group[1]); q >= 0 && f.direct {
			parts, direct := d.content(d.quotes[q].open, d.quotes[q].end, s.depth)
			if direct {
				f.parts = append(f.parts, parts...)
				if d.quotes[q].end < s.to-1 && !d.mark(d.quotes[q].end, stops) {
					f.open = false
				}
			}
		}
	}
	if a.before {
		d.resume(&f, s, a)
	}
	f.open = f.direct
	f.rule = a.how
	if a.before {
		f.rule = "tag"
	}
	f.outlet = d.outletOf(s, &f)
	f.confidence = d.confidence(&f, a)
	return f, true
}

// resume takes what goes on after the words of a cue in the middle: "…, he said, and …".
func (d *doc) resume(f *finding, s sentence, a *attribution) {
	k := a.group[1]
	if a.source && !(d.mark(a.cue[0]-1, commas) && d.lex.setting("capitals")) || !d.mark(k, commas+";；") || len(f.parts) != 1 {
		return
	}
	joined := d.mark(k, ";；")
	n := f.parts[0]
	if k+2 < s.to && !(d.lex.setting("articles") && a.subject >= 0 && d.ment[a.subject].from >= a.cue[1] && !a.source) && n[1]-n[0] <= 7 && (a.group[1]-a.group[0] <= 6 || a.source && a.group[1]-a.group[0] <= 16) && d.tok[k+1].kind != kindNumber && !d.participleLike(k+1) && !d.is(k+1, clsContrast|clsTime|clsCue|clsAnd) && !(d.is(k+1, clsTail) && !d.is(k+1, clsOblique)) && !(d.is(k+1, clsAdverb) && d.has(k+1, frAfter)) && d.tok[k+1].depth >= s.depth && !d.tok[k+1].capital && !(n[1]-n[0] > 3 && d.is(k+1, clsOblique|clsArticle)) {
		joined = true // "The offer, he said, was dead"
	}
	k++
	for k < s.to && d.is(k, clsAnd|clsContrast) && !d.is(k, clsThat) {
		joined = true
		k = int(d.tok[k].to)
	}
	if !joined && !a.medial {
		return
	}
	for i := k; i < s.to; i++ {
		if !a.medial && d.is(i, clsCue) && d.tok[i].depth == s.depth && !(i > k && d.lex.setting("genitive") && !d.is(i-1, clsAnd|clsContrast) && d.tok[i-1].kind != kindMark && !d.has(i, frElided)) && !(d.lex.setting("articles") && (d.is(i-1, clsPlain|clsArticle) || d.relativeBefore(i, k))) {
			return
		}
	}
	if parts, direct := d.content(k, s.to, s.depth); len(parts) > 0 && parts[0][1]-parts[0][0] > 1 {
		f.parts = append(f.parts, parts...)
		f.direct = f.direct && direct
	}
}

// participleLike tells whether a word has the ending of a participle: "…, clutching a bag".
func (d *doc) participleLike(i int) bool {
	for _, ending := range d.lex.lists["participles"] {
		if strings.HasSuffix(d.info[i].norm, ending) {
			return true
		}
	}
	return false
}

// tail tells whether tokens after a quotation add nothing to what was said.
func (d *doc) tail(from, to int) bool {
	if d.is(from, clsOblique|clsTime) && to-from < 25 {
		return true
	}
	return to-from < 3
}

// speechDash tells whether a content stands after the dash that opens speech in a
// paragraph of its own.
func (d *doc) speechDash(f *finding, s sentence) bool {
	p := d.paras[s.para]
	return d.mark(p.from, "–—―-") && d.lex.setting("speech-dash") && f.rule == "" && f.parts[0][0] == p.from+1 && s.depth == 0
}

// quoteAfter gives the quotation that goes on after the words of a cue, or -1.
func (d *doc) quoteAfter(s sentence, k int) int {
	for ; k < s.to; k++ {
		if q := d.quoteAt(k); q >= 0 && d.quotes[q].depth == s.depth+1 {
			return q
		}
		if !d.mark(k, commas+colons+dashes+stops) {
			return -1
		}
	}
	return -1
}

// outletOf finds the outlet that a sentence names beside the content.
func (d *doc) outletOf(s sentence, f *finding) int {
	for i := s.from; i < s.to; i++ {
		k := int(d.at[i])
		if k < 0 {
			continue
		}
		i = max(i, d.ment[k].to-1)
		if d.ment[k].kind != outlet || d.tok[d.ment[k].from].depth != s.depth && d.quoteAt(d.ment[k].from) < 0 {
			continue
		}
		inside := false
		for _, p := range f.parts {
			if d.ment[k].from >= p[0] && d.ment[k].from < p[1] {
				inside = true
			}
		}
		if !inside {
			return k
		}
	}
	return -1
}

func (d *doc) confidence(f *finding, a *attribution) float64 {
	c := 0.6
	switch {
	case f.direct:
		c = 0.9
	case a.how == "that" || a.how == "colon" || a.source:
		c = 0.8
	case a.before:
		c = 0.75
	}
	if a.elided {
		c -= 0.1
	}
	if f.subject < 0 {
		c -= 0.3
	}
	return c
}
