package press

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
		bound = a.group[1]
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
	if m < 0 || d.ment[m].to > s.to {
		return attribution{}, false
	}
	end := d.ment[m].to
	outlet := -1
	closed := !d.has(c, frCloser)
	// Close the frame: 据 X 报道 / 消息; take in dates and places on the way.
	for n := 0; n < 14 && end < s.to; n++ {
		if d.tok[end].depth != s.depth || d.mark(end, stops+commas+colons+dashes) {
			break
		}
		if d.has(c, frCloser) && d.is(end, clsCue|clsSource|clsSetting) {
			end = int(d.tok[end].to)
			closed = true
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
	if lead <= bound || lead == s.from || d.onlyAdjuncts(bound, lead) {
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
		if !d.is(i, clsTime|clsAdverb|clsOblique|clsAnd|clsContrast|clsArticle|clsThat) && d.tok[i].kind != kindMark && d.tok[i].kind != kindNumber {
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
	if d.negated(c, s.from) {
		return a, false
	}
	left, adjacent := d.subjectBefore(s, c, bound)
	right := -1
	tagged := d.taggedBefore(c, s)
	if d.lex.setting("inversion") && (left < 0 || !adjacent || tagged) {
		right = d.subjectAfter(s, end)
	}
	joined := d.joined(c, bound)
	switch {
	case right >= 0 && (left < 0 || tagged && !adjacent || !adjacent && d.lex.setting("genitive") && !joined):
		a.subject = right
		a.group[1] = max(end, d.ment[right].to)
	case left >= 0 && !(joined && !adjacent):
		a.subject = left
		a.group[0] = min(c, d.ment[left].from)
	default:
		a.elided = true
		if len(earlier) > 0 {
			a.subject = earlier[len(earlier)-1].subject
		} else if m := d.firstSubject(s, c); m >= 0 {
			a.subject, a.elided = m, false
			a.group[0] = d.ment[m].from
		}
		for a.group[0] > bound && d.is(a.group[0]-1, clsAdverb|clsAnd|clsTime) {
			a.group[0] = int(d.tok[a.group[0]-1].from)
		}
	}
	how, from, groupEnd := d.opener(s, a.group[1], a.frame)
	a.how = how
	tag := d.tag(s, &a, bound) && !(a.elided && d.has(c, frElided))
	if d.has(c, frCall) && how != "that" && how != "colon" && !(tag && how != "quote") {
		if q := d.nextQuote(s, a.group[1], 14); q >= 0 && a.subject >= 0 && (!d.has(c, frNP) || d.is(d.quotes[q].open-1, clsOblique|clsAdverb|clsArticle)) {
			a.from, a.to, a.how = d.quotes[q].open, d.quotes[q].end, "call"
			return a, true
		}
	}
	switch {
	case how == "that", how == "colon", how == "quote":
		if tag && how == "quote" {
			break // a broken quotation: the second part is joined later
		}
		if d.has(c, frQuote) && how == "that" {
			return a, false
		}
		a.group[1] = groupEnd
		a.from, a.to = from, s.to
		return a, a.subject >= 0 || how != "that" || len(earlier) > 0
	}
	if tag {
		a.before = true
		a.from, a.to = bound, d.tagStart(s, a.group[0], bound)
		a.group[1] = max(a.group[1], d.tagEnd(s, a.group[1]))
		return a, true
	}
	if d.has(c, frWeak|frQuote) || from >= s.to {
		return a, false
	}
	switch {
	case how == "bare" && d.has(c, frClause) && d.lex.setting("bare"),
		how == "bare" && d.has(c, frNP|frInf),
		how == "comma" && d.has(c, frClause):
		if a.subject < 0 {
			return a, false
		}
		a.group[1] = max(a.group[1], groupEnd)
		a.from, a.to = from, s.to
		return a, true
	}
	return a, false
}

// negated tells whether a cue is denied: "did not say".
func (d *doc) negated(c, from int) bool {
	for k := c - 1; k >= from && k >= c-3; k-- {
		if d.has(k, frQuote) && d.is(k, clsPlain) {
			return true
		}
		if !d.is(k, clsAdverb|clsPlain) {
			return false
		}
	}
	return false
}

// joined tells whether the cue is joined to a verb before it, so that its subject stands
// further off: "met them and said".
func (d *doc) joined(c, bound int) bool {
	k := c - 1
	for k >= bound && d.is(k, clsAdverb|clsTime) && !d.is(k, clsAnd) {
		k = int(d.tok[k].from) - 1
	}
	return k >= bound && (d.is(k, clsAnd) || d.mark(k, commas))
}

// oblique tells whether a mention depends on a preposition or on a noun after it.
func (d *doc) oblique(m, from int) bool {
	k := d.ment[m].from - 1
	for k >= from && d.is(k, clsArticle|clsModifier) && !d.is(k, clsOblique) {
		k--
	}
	return d.ment[m].possessive || k >= from && d.is(k, clsOblique) && !d.is(k, clsAnd)
}

// subjectBefore finds the mention that says what the cue tells, before the cue. adjacent
// means that nothing but adverbs, dates and the like stands between.
func (d *doc) subjectBefore(s sentence, c, bound int) (m int, adjacent bool) {
	first, firstInClause := -1, -1
	between, balanced := true, 0
	for i, n := c-1, 0; i >= bound && n < 60; i, n = i-1, n+1 {
		if d.tok[i].depth != s.depth {
			break
		}
		if d.mark(i, ";；") {
			break
		}
		if d.mark(i, ")）") {
			if open := d.bracketBefore(i, bound); open > bound {
				i = open
				continue
			}
		}
		if k := int(d.at[i]); k >= 0 {
			mt := &d.ment[k]
			if mt.from >= bound && !(mt.kind == outlet && d.oblique(k, bound)) {
				if !d.oblique(k, bound) {
					if between && balanced != 1 {
						return k, true
					}
					if balanced == 0 {
						firstInClause = k
					}
					first = k
				} else if between && d.lex.setting("speaks-in") && mt.kind == bodyOf {
					return k, true
				}
			}
			if mt.from < i {
				i = max(mt.from, bound)
			}
			if d.oblique(k, bound) {
				continue
			}
			between = false
			continue
		}
		switch {
		case d.is(i, clsAdverb|clsTime|clsSetting|clsAddressee|clsOblique|clsArticle), d.tok[i].kind == kindNumber, d.mark(i, "()（）"):
		case d.mark(i, commas):
			balanced++
			if balanced > 2 {
				between = false
			}
			if balanced == 1 && d.clauseBefore(i, bound) {
				i = d.commaBefore(i, bound) + 1 // a clause between commas
			}
		default:
			if !d.afterOblique(i, bound) {
				between = false
			}
		}
	}
	if firstInClause >= 0 {
		return firstInClause, false
	}
	return first, false
}

// bracketBefore gives the bracket that opens before the closing one at token i, or -1.
func (d *doc) bracketBefore(i, bound int) int {
	for k := i - 1; k > bound && k > i-40; k-- {
		if d.mark(k, "(（") {
			return k
		}
	}
	return -1
}

// afterOblique tells whether a word stands in a phrase with a preposition: "on the
// sidelines of", "на полях саммита".
func (d *doc) afterOblique(i, bound int) bool {
	for k := i - 1; k >= bound && k >= i-6; k-- {
		if d.is(k, clsOblique) {
			return true
		}
		if d.tok[k].kind == kindMark || d.is(k, clsCue|clsThat) || d.at[k] >= 0 && d.ment[d.at[k]].kind == person {
			return false
		}
	}
	return false
}

// commaBefore gives the comma before the one at token i, or -1.
func (d *doc) commaBefore(i, bound int) int {
	for k := i - 1; k > bound && k > i-40; k-- {
		if d.mark(k, commas) && d.tok[k].depth == d.tok[i].depth {
			return k
		}
		if d.mark(k, stops) {
			break
		}
	}
	return -1
}

// clauseBefore tells whether the comma at token i closes a clause like ", who had been there,".
func (d *doc) clauseBefore(i, bound int) bool {
	k := d.commaBefore(i, bound)
	return k >= 0 && (d.is(k+1, clsAdverb|clsTail) && d.has(k+1, frAfter) || d.is(k+1, clsTail) || d.is(k+1, clsThat))
}

// firstSubject gives the first mention of a sentence before token c that can be a subject.
func (d *doc) firstSubject(s sentence, c int) int {
	for i := s.from; i < c; i++ {
		if k := int(d.at[i]); k >= 0 && d.tok[i].depth == s.depth {
			if d.ment[k].from >= s.from && !d.oblique(k, s.from) {
				return k
			}
			i = d.ment[k].to - 1
		}
	}
	return -1
}

// subjectAfter finds the mention right after a cue: "said X".
func (d *doc) subjectAfter(s sentence, i int) int {
	for n := 0; n < 12 && i < s.to; n++ {
		if d.tok[i].depth != s.depth {
			return -1
		}
		if k := d.mentionStart(i); k >= 0 {
			if d.ment[k].kind == pronoun && d.has(i, frAfter) {
				i = d.ment[k].to
				continue
			}
			return k
		}
		switch {
		case d.is(i, clsAdverb|clsTime|clsAddressee|clsArticle|clsModifier), d.tok[i].kind == kindNumber:
			i = int(d.tok[i].to)
		case d.is(i, clsOblique):
			// A phrase of place or occasion may come between: "заявил в интервью CNN X".
			i = int(d.tok[i].to)
			if k := d.mentionStart(i); k >= 0 {
				i = d.ment[k].to
			} else if i < s.to && d.tok[i].kind != kindMark {
				i = int(d.tok[i].to)
				if k := d.mentionStart(i); k >= 0 && d.ment[k].kind == outlet {
					i = d.ment[k].to
				}
			}
		default:
			return -1
		}
	}
	return -1
}

// taggedBefore tells whether a cue comes right after a quotation, a comma or a dash.
func (d *doc) taggedBefore(c int, s sentence) bool {
	k := c - 1
	for k >= s.from && d.is(k, clsAdverb|clsTime|clsThis) && d.tok[k].depth == s.depth {
		k = int(d.tok[k].from) - 1
	}
	if k < s.from {
		return d.lex.setting("genitive")
	}
	return d.tok[k].depth > s.depth || d.mark(k, commas+dashes+stops)
}

func (d *doc) nextQuote(s sentence, from, n int) int {
	for i := from; i < s.to && i < from+n; i++ {
		if q := d.quoteAt(i); q >= 0 && d.quotes[q].depth == s.depth+1 {
			return q
		}
		if d.mark(i, stops+colons+";；") || d.is(i, clsCue) && i > from {
			return -1
		}
	}
	return -1
}
