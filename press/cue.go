package press

import "strings"

// attribution is a cue with what belongs to it in its sentence.
type attribution struct {
	cue     [2]int
	subject int    // mention, or -1 where it is left out
	elided  bool   // the subject is that of the cue before
	group   [2]int // subject, cue and what stands between and beside them
	from    int    // content from here, when it follows
	to      int
	before  bool // the content comes before the group
	source  bool // a frame like "according to"
	how     string
	frame   frame
	medial  bool // what follows goes on with its content, whatever cues are in it
}

// attributions finds the cues of a sentence with their subjects and the place of their
// content, in order.
func (d *doc) attributions(s sentence) []attribution {
	var list []attribution
	bound := s.from
	for c := s.from; c < s.to; c = int(max(d.tok[c].to, int32(c+1))) {
		if d.tok[c].depth != s.depth || !d.is(c, clsCue|clsSource) || len(list) >= 24 {
			continue
		}
		var a attribution
		var ok bool
		if d.is(c, clsSource) {
			a, ok = d.sourceFrame(s, c, bound)
		}
		if !ok && d.is(c, clsCue) {
			a, ok = d.verbFrame(s, c, bound, list)
		}
		if !ok {
			continue
		}
		list = append(list, a)
		if !(a.source && a.before && d.mark(a.cue[0]-1, commas) && d.mark(a.group[1], commas)) {
			bound = a.group[1]
		}
		if a.group[1] > c+1 {
			c = a.group[1] - 1
			d.keepUnit(&c)
		}
	}
	return list
}

// keepUnit keeps the loop above from landing in the middle of a unit.
func (d *doc) keepUnit(c *int) {
	if *c < len(d.tok) && int(d.tok[*c].to) > *c+1 {
		*c = int(d.tok[*c].to) - 1
	}
}

// sourceFrame reads "according to X": the source follows.
func (d *doc) sourceFrame(s sentence, c, bound int) (attribution, bool) {
	k := int(d.tok[c].to)
	if d.mentionStart(c) >= 0 { // "in her view": the cue has its subject in it
		k = c
	}
	for n := 0; n < 6 && k < s.to && (d.is(k, clsAdverb|clsArticle|clsModifier|clsTime) || d.tok[k].kind == kindNumber) && d.mentionStart(k) < 0; n++ {
		k = int(d.tok[k].to)
	}
	m := d.mentionStart(k)
	if m < 0 {
		m = d.mentionNear(k, min(k+4, s.to))
	}
	if m < 0 && d.has(c, frCloser) && k == int(d.tok[c].to) && d.is(k, clsCue|clsSetting) && d.mark(int(d.tok[k].to), commas) {
		m = d.newMention(mention{from: k, to: int(d.tok[k].to), name: [2]int{k, int(d.tok[k].to)}, kind: anonymous, frame: frMany, entity: -1}) // 根据报道
	}
	if m < 0 {
		m = d.nounAfter(s, int(d.tok[c].to))
	}
	if m < 0 || d.ment[m].to > s.to {
		return attribution{}, false
	}
	end := d.ment[m].to
	if next := end + 1; d.is(end, clsAnd) && d.mentionStart(next) >= 0 && d.ment[m].kind != person && d.ment[d.mentionStart(next)].kind != person {
		n := d.mentionStart(next) // two sources are one
		joint := d.ment[m]
		joint.to, joint.name[1] = d.ment[n].to, d.ment[n].name[1]
		joint.kind, joint.frame = anonymous, frMany
		d.ment = append(d.ment, joint)
		m, end = len(d.ment)-1, joint.to
	}
	m, end = d.withOutlet(s, m, end)
	outlet := -1
	closed := !d.has(c, frCloser)
	// Close the frame: 据 X 报道 / 消息; take in dates and places on the way.
	for n := 0; n < 14 && end < s.to; n++ {
		if d.tok[end].depth != s.depth || d.mark(end, stops+commas+colons+dashes) {
			break
		}
		if d.has(c, frCloser) && d.is(end, clsCue|clsSource|clsSetting) {
			cite := d.has(end, frCite)
			end = int(d.tok[end].to)
			closed = true
			if next := d.mentionNear(end, min(end+5, s.to)); cite && next >= 0 && d.ment[next].to < s.to {
				m, end = next, d.ment[next].to // 据甲社援引乙的话报道
				continue
			}
			if next := d.mentionStart(end); next >= 0 && outlet < 0 {
				break
			}
			continue
		}
		if d.is(end, clsTime|clsAdverb|clsSetting|clsOblique) || d.tok[end].kind == kindNumber || d.has(c, frCloser) {
			end = int(d.tok[end].to)
			continue
		}
		break
	}
	if !closed && !d.mark(end, commas) {
		return attribution{}, false
	}
	a := attribution{cue: [2]int{c, int(d.tok[c].to)}, subject: m, group: [2]int{c, end}, source: true, how: "source", frame: d.tok[c].leaf.frame}
	// What stands before it in the clause decides on which side the content is.
	// A clause about the source comes before what the source says.
	if d.mark(end, commas) && (d.is(end+1, clsAdverb) && d.has(end+1, frAfter) || d.is(end+1, clsTail)) {
		for k := end + 2; k < s.to && k < end+30; k++ {
			if d.mark(k, commas) && d.tok[k].depth == s.depth {
				end = k
				break
			}
		}
	}
	lead := c
	for lead > bound && d.is(lead-1, clsContrast|clsAnd|clsAdverb) {
		lead--
	}
	if lead <= bound || lead == s.from || d.mark(lead-1, ";；:：") || d.is(c-1, clsContrast) || d.onlyAdjuncts(bound, lead) {
		a.from, a.to = end, s.to
		if bound > s.from {
			a.from, a.to = end, s.to
		}
		return a, a.from < a.to
	}
	a.before = true
	a.from, a.to = bound, c
	return a, true
}

// onlyAdjuncts tells whether tokens say no more than when and where.
func (d *doc) onlyAdjuncts(from, to int) bool {
	if to-from > 6 {
		return false
	}
	for i := from; i < to; i++ {
		if !d.is(i, clsTime|clsAdverb|clsOblique|clsAnd|clsContrast|clsArticle|clsThat) && d.tok[i].kind != kindMark && d.tok[i].kind != kindNumber && !(d.tok[i].kind == kindHan && strings.Contains(d.lex.settings["numerals"], d.word(i))) {
			return false
		}
	}
	return true
}

func (d *doc) mentionStart(i int) int {
	if i < len(d.tok) && d.at[i] >= 0 && d.ment[d.at[i]].from == i {
		return int(d.at[i])
	}
	if i < len(d.tok) && d.at[i] >= 0 && d.ment[d.at[i]].from < i && d.ment[d.at[i]].name[0] >= i {
		return int(d.at[i])
	}
	return -1
}

func (d *doc) mentionNear(from, to int) int {
	for i := from; i < to; i++ {
		if d.tok[i].kind == kindMark || d.is(i, clsOblique|clsCue) {
			return -1
		}
		if m := d.mentionStart(i); m >= 0 {
			return m
		}
	}
	return -1
}

// verbFrame reads a cue with its subject before or after it.
func (d *doc) verbFrame(s sentence, c, bound int, earlier []attribution) (attribution, bool) {
	end := int(d.tok[c].to)
	a := attribution{cue: [2]int{c, end}, subject: -1, group: [2]int{c, end}, frame: d.tok[c].leaf.frame}
	if d.negated(c, s.from) || d.passive(c, s.from) || d.is(end, clsTime) && d.has(end, frTurn) || d.is(end, clsArticle) && d.lex.setting("comma-opens") {
		return a, false // 他提出的条件: a cue before 的 describes
	}
	if d.has(c, frCite) {
		return d.citeFrame(s, a, bound)
	}
	left, adjacent := d.subjectBefore(s, c, bound)
	left = d.firstOfPair(left, bound)
	if d.has(c, frCloser) {
		if m := d.sourceBefore(c, bound); m >= 0 {
			left, adjacent = m, true // 记者从某处获悉
		}
	}
	right := -1
	tagged := d.taggedBefore(c, s)
	if d.lex.setting("inversion") && !d.participle(c) && (left < 0 || !adjacent || tagged) && (tagged || d.lex.setting("genitive")) {
		right = d.subjectAfter(s, end)
	}
	if right >= 0 && !tagged && d.has(c, frInf) && !d.has(c, frClause) || right >= 0 && left >= 0 && d.ment[right].kind == outlet && d.has(c, frTell) {
		right = -1 // "told AFP"
	}
	if right >= 0 && left >= 0 && adjacent && d.lex.setting("genitive") && d.ment[left].kind == person && d.opensAfter(d.ment[right].to) {
		right = -1 // «X, открывая сессию, заверил депутатов: …»
	}
	joined := d.joined(c, bound)
	if left < 0 && right < 0 && !d.has(c, frElided) {
		if m := d.bodyIn(s, c, bound); m >= 0 && d.ment[m].from < c {
			left, adjacent = m, true
		} else {
			right = m
		}
	}
	switch {
	case right >= 0 && (left < 0 || tagged && (!adjacent || d.lex.setting("genitive") && d.has(c, frClause) && d.ment[right].from == end && d.ment[right].kind != outlet) || !adjacent && d.lex.setting("genitive") && !joined):
		a.subject = right
		a.group[1] = max(end, d.ment[right].to)
	case left >= 0 && !(joined && !adjacent):
		a.subject = left
		a.group[0] = min(c, d.ment[left].from)
	default:
		a.elided = true
		if !joined && c > bound && c > s.from && !d.has(c, frElided) && !tagged {
			m := d.nounSubject(s, c, bound)
			if m < 0 && d.lex.setting("comma-opens") && bound == s.from && s.depth == 0 && d.has(c, frClause) && !d.has(c, frMind|frWeak) {
				if how, _, _ := d.opener(s, end, a.frame); how == "comma" || how == "colon" {
					m = d.unknownSubject(s, c, bound)
				}
			}
			if m < 0 && d.lex.setting("genitive") {
				m = d.unknownSubject(s, c, bound)
			}
			if m < 0 || d.lex.setting("genitive") && !d.tok[d.ment[m].from].capital {
				return a, false
			}
			a.subject, a.elided, a.group[0] = m, false, d.ment[m].from
			break
		}
		if n := len(earlier); n > 0 {
			a.subject = earlier[n-1].subject
			if e := &earlier[n-1]; e.source && !e.before && d.participle(c) {
				if m := d.firstSubject(sentence{s.para, e.from, s.to, s.depth}, c); m >= 0 {
					a.subject = m // "according to X, the minister left, saying …"
				}
			}
		} else if m := d.firstSubject(s, c); m >= 0 {
			a.subject, a.elided = m, false
			a.group[0] = d.ment[m].from
		}
		for a.group[0] > bound && d.is(a.group[0]-1, clsAdverb|clsAnd|clsTime) {
			a.group[0] = int(d.tok[a.group[0]-1].from)
		}
	}
	if a.elided && d.has(c, frMind) {
		return a, false
	}
	if a.subject < 0 {
		m := d.nounSubject(s, c, bound)
		if m < 0 {
			m = d.unknownSubject(s, c, bound)
		}
		if m >= 0 {
			a.subject, a.elided, a.group[0] = m, false, d.ment[m].from
		}
	}
	if a.subject >= 0 && d.ment[a.subject].unlisted && len(earlier) > 0 && d.lex.setting("comma-opens") && !d.has(c, frElided) && d.ment[a.subject].from <= earlier[len(earlier)-1].from+30 {
		if e := &earlier[len(earlier)-1]; !e.before && e.subject >= 0 && !d.ment[e.subject].unlisted {
			return a, false // 外交部称,图像显示……: within what was said
		}
	}
	if k := d.asCue(s, &a, bound); k >= 0 {
		a.how, a.from, a.to, a.group[1] = "as", k+1, s.to, k
		return a, a.subject >= 0
	}
	how, from, groupEnd := d.opener(s, a.group[1], a.frame)
	a.how = how
	tag := d.tag(s, &a, bound) && !(a.elided && d.has(c, frElided))
	if d.has(c, frCall) && how != "that" && how != "colon" && !(tag && how != "quote") {
		if q := d.nextQuote(s, a.group[1], 14); q >= 0 && a.subject >= 0 && (!d.has(c, frNP|frClause) || d.is(d.quotes[q].open-1, clsAs) && d.quotes[q].end >= s.to-2) {
			a.from, a.to, a.how = d.quotes[q].open, d.quotes[q].end, "call"
			return a, true
		}
	}
	switch {
	case how == "that", how == "colon", how == "quote":
		if tag && how == "quote" {
			break // a broken quotation: the second part is joined later
		}
		if d.quoteOnly(c) && how == "that" {
			return a, false
		}
		a.group[1] = groupEnd
		a.from, a.to = from, s.to
		return a, a.subject >= 0 || how != "that" || len(earlier) > 0
	}
	lead := d.tagStart(s, a.group[0], bound)
	if (tag || tagged && a.subject >= 0 && d.lex.setting("genitive")) && (lead == bound && a.group[0] > bound+1 || d.only(bound, lead, clsContrast|clsAdverb|clsTime|clsThis|clsPlain)) && d.mark(d.tagEnd(s, a.group[1]), commas) {
		a.how, a.group[1] = "comma", d.tagEnd(s, a.group[1]) // "At the same time, he said, …"
		a.from, a.to = a.group[1]+1, s.to
		return a, a.subject >= 0 && a.from < a.to
	}
	if !tag && a.subject >= 0 && !a.elided && d.lex.setting("articles") && d.has(c, frClause) && d.mark(a.group[0]-1, ",") && d.mark(d.tagEnd(s, a.group[1]), ",") && a.group[0]-1 > bound && d.leadIn(bound, a.group[0]-1) {
		a.before, a.medial = true, true // "At four in the morning, she says, …"
		a.from, a.to, a.group[1] = bound, a.group[0]-1, d.tagEnd(s, a.group[1])
		return a, true
	}
	if tag && d.has(c, frWeak) && d.lex.setting("comma-opens") && !d.closes(s, a.group[1]) {
		return a, false // ……“就在眼前”,双方已同意在此期间不增兵
	}
	if tag {
		a.before = true
		a.from, a.to = bound, d.tagStart(s, a.group[0], bound)
		a.group[1] = max(a.group[1], d.tagEnd(s, a.group[1]))
		return a, true
	}
	if from, to := d.aboutWhat(s, &a, bound); from < to {
		a.before, a.how, a.from, a.to = true, "about", from, to
		return a, true
	}
	if a.subject >= 0 && !a.elided && !d.has(c, frNP) && d.aboutThis(s, c, a.group[1]) {
		a.how, a.from, a.to = "this", s.from, s.from
		return a, true
	}
	if d.quoteOnly(c) || d.has(c, frWeak) && (how != "comma" || from-end > 4) || from >= s.to {
		return a, false
	}
	switch {
	case d.lex.setting("comma-opens") && (how == "bare" || how == "comma") && left >= 0 && !adjacent && a.subject == left && c-d.ment[left].to > 10:
		return a, false // too far off to be its subject
	case how == "bare" && a.elided && d.lex.setting("comma-opens") && c > bound && !d.is(c-1, clsAnd) && !d.has(c, frElided):
		return a, false // 但要求…: rather a verb within what was said
	case how == "bare" && d.has(c, frClause) && d.lex.setting("bare"),
		how == "bare" && d.has(c, frNP|frInf),
		how == "bare" && d.addressed(s, c, from) >= 0,
		how == "comma" && d.has(c, frClause):
		if a.subject < 0 {
			return a, false
		}
		a.group[1] = max(a.group[1], groupEnd)
		a.from, a.to = from, s.to
		if how == "bare" {
			a.from = d.pastAddressee(s, c, from)
		}
		if q := d.addressed(s, c, from); q >= 0 {
			a.from, a.to, a.how = d.quotes[q].open, d.quotes[q].end, "call"
		}
		return a, true
	}
	return a, false
}

// participle tells whether a cue is a form that has the subject of the clause before it.
func (d *doc) participle(c int) bool {
	for _, ending := range d.lex.lists["participles"] {
		if strings.HasSuffix(d.info[c].norm, ending) && d.tok[c].to == int32(c+1) {
			return true
		}
	}
	return false
}

// only tells whether tokens are nothing but words of the given classes.
func (d *doc) only(from, to int, c class) bool {
	for i := from; i < to; i++ {
		if !d.is(i, c) && d.tok[i].kind != kindMark {
			return false
		}
	}
	return from < to
}

// addressed gives the quotation that makes up all of a content but for who is addressed:
// "urged both sides “to wait”"; or -1.
func (d *doc) addressed(s sentence, c, from int) int {
	if !d.has(c, frNP|frInf) || d.lex.setting("comma-opens") && !d.has(c, frInf) {
		return -1
	}
	q := d.nextQuote(s, from, 5)
	if q < 0 || d.quotes[q].open == from || d.quotes[q].end-d.quotes[q].open < 5 {
		return -1
	}
	for k := from; k < d.quotes[q].open; k++ {
		if d.at[k] < 0 && !d.is(k, clsModifier|clsArticle|clsCountry|clsBody|clsOffice|clsNation) && !(d.tok[k].leaf == nil && d.quotes[q].open-from <= 3) {
			return -1
		}
	}
	end := d.quotes[q].end
	if d.closes(s, end) || d.mark(end, commas) || d.is(end, clsAnd) {
		return q
	}
	return -1
}

// quoteOnly tells whether a cue is none without quotation marks.
func (d *doc) quoteOnly(c int) bool {
	return d.has(c, frQuote) && !d.has(c, frClause|frNP|frInf|frCall)
}

// closes tells whether nothing but marks stands between token k and a sentence's end.
func (d *doc) closes(s sentence, k int) bool {
	for ; k < s.to; k++ {
		if d.tok[k].kind != kindMark {
			return false
		}
	}
	return true
}

// asCue gives the comma after "As X said," when such a clause comes before the content, or -1.
func (d *doc) asCue(s sentence, a *attribution, bound int) int {
	k := min(a.group[0], a.cue[0]) - 1
	for k >= bound && d.is(k, clsAdverb|clsTime) && !d.is(k, clsThis) {
		k = int(d.tok[k].from) - 1
	}
	if k < bound || !d.is(k, clsThis) || !d.is(k, clsThat) && !d.is(k, clsAs) || k > s.from && !d.is(k-1, clsContrast|clsAnd) && k-1 >= bound {
		return -1
	}
	for i := a.group[1]; i < s.to && i < a.group[1]+24; i++ {
		if d.mark(i, commas) && d.tok[i].depth == s.depth && i+3 < s.to {
			return i
		}
	}
	return -1
}

// citeFrame reads "X quoted Y": Y speaks, X is the outlet. Where another cue follows Y,
// that one is read instead.
func (d *doc) citeFrame(s sentence, a attribution, bound int) (attribution, bool) {
	m := d.mentionNear(a.cue[1], min(a.cue[1]+5, s.to))
	if m < 0 || d.ment[m].to > s.to {
		return a, false
	}
	if n := d.mentionStart(d.ment[m].to); d.ment[m].kind == outlet && n >= 0 && d.ment[n].kind != outlet && d.lex.setting("genitive") {
		m = n // «…», — цитирует издание X генерала Y
	}
	for k := d.ment[m].to; k < s.to && k < d.ment[m].to+12; k++ {
		if d.is(k, clsCue) && d.tok[k].depth == s.depth {
			return a, false
		}
		if d.tok[k].depth > s.depth || d.mark(k, stops) {
			break
		}
	}
	a.subject = m
	a.group = [2]int{a.cue[0], d.ment[m].to}
	if left, _ := d.subjectBefore(s, a.cue[0], bound); left >= 0 {
		a.group[0] = d.ment[left].from
	}
	if k := a.group[1]; d.mark(k, colons) || d.is(k, clsThat) || d.mark(k, commas) && d.is(k+1, clsThat) {
		a.how, a.from, a.to = "cite", k+1, s.to
		return a, a.from < a.to
	}
	if d.onlyAdjuncts(bound, a.group[0]) || d.is(bound, clsThis) {
		for k := a.group[1]; k < s.to; k++ {
			if d.mark(k, commas+colons) || d.is(k, clsThat) {
				a.from, a.to, a.how, a.group[1] = k+1, s.to, "cite", k
				return a, true
			}
		}
		return a, false
	}
	a.before, a.how = true, "cite"
	a.from, a.to = bound, d.tagStart(s, a.group[0], bound)
	return a, a.from < a.to
}
