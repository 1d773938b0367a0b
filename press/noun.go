package press

import "strings"

// nounSubject makes a mention of the words of a clause before its cue, where an article or the
// like shows that they are a subject that no list has: "The trawler's owners said". -1 where
// they cannot be one.
func (d *doc) nounSubject(s sentence, c, bound int) int {
	if !d.lex.setting("articles") {
		return -1
	}
	end := c
	for end > bound && d.is(end-1, clsAdverb|clsTime) && d.tok[end-1].depth == s.depth && !d.has(end-1, frAfter) {
		end = int(d.tok[end-1].from)
	}
	for end > bound+1 && d.is(end-1, clsOblique) && !d.is(end-1, clsModifier) {
		end--
	}
	if d.mark(end-1, ",") { // "The report, published on Tuesday, says"
		if k := d.commaBefore(end-1, bound); k > bound && k > end-26 && d.tok[k].depth == s.depth {
			end = k
		}
	}
	from := end
	for from > bound && from > end-15 && d.tok[from-1].depth == s.depth {
		k := from - 1
		if d.mark(k, stops+commas+colons+";；") || d.mark(k, dashes) && !d.tok[k].glued || d.is(k, clsContrast) {
			break
		}
		if d.is(k, clsCue|clsSource) && !d.relativeBefore(k, bound) || d.is(k, clsPronoun|clsHearsay|clsPlanned) || d.is(k, clsPlain) && d.has(k, frQuote) {
			return -1
		}
		from = k
	}
	for from < end && (d.is(from, clsContrast|clsAnd|clsThat) || d.is(from, clsAdverb) && !d.is(from, clsArticle|clsModifier)) {
		from = max(int(d.tok[from].to), from+1)
	}
	if end-from < 1 || end-from > 13 || from > s.from && d.tok[from-1].depth > s.depth && end-from > 5 {
		return -1
	}
	if !d.opensNoun(from, end) {
		return -1
	}
	how, content, _ := d.opener(s, int(d.tok[c].to), d.tok[c].leaf.frame)
	switch how {
	case "that", "quote":
	case "colon":
		if d.quoteAt(content) < 0 {
			return -1
		}
	case "bare":
		if d.has(c, frWeak) || d.has(c, frNP) && !d.has(c, frAfter|frInf) || !d.has(c, frClause) && !d.has(c, frAfter|frInf) {
			return -1
		}
	default:
		return -1
	}
	start := from
	if d.is(start, clsArticle) && !d.is(start, clsModifier) && d.has(start, frKnown) {
		start++
	}
	m := mention{from: from, to: end, name: [2]int{start, end}, kind: bodyOf, entity: -1, unlisted: true}
	if d.meansPeople(start, end) {
		m.kind, m.frame, m.name[0] = anonymous, frMany, from
	}
	return d.newMention(m)
}

// opensNoun tells whether tokens begin as a noun phrase does, by an article, a number or a
// genitive, and have no verb outside of a clause about it.
func (d *doc) opensNoun(from, end int) bool {
	owned, relative := false, false
	for i := from; i < end; i++ {
		owned = owned || d.word(i) == "'s" || d.word(i) == "’s"
		relative = relative || i > from && d.is(i, clsThat) || d.is(i, clsAdverb) && d.has(i, frAfter)
		if i > from && !relative && d.is(i, clsAdverb) && !d.is(i, clsModifier|clsArticle) {
			return false
		}
	}
	if d.is(from, clsOblique|clsThis) && !d.is(from, clsModifier) {
		return false
	}
	if from+1 == end && d.tok[from].capital && d.pluralOfPeople(from) {
		return true
	}
	return owned || d.tok[from].kind == kindNumber || d.is(from, clsArticle|clsModifier|clsNation) || d.is(from, clsPlain) && d.tok[from].to > int32(from+1) && !d.has(from, frQuote)
}

// nounAfter makes a mention of a noun phrase that no list has, from token k to a mark: "according
// to a draft seen by X,"; of the person whom it is about, where a name follows; or -1.
func (d *doc) nounAfter(s sentence, k int) int {
	genitive := d.lex.setting("genitive")
	if k >= s.to || !d.lex.setting("capitals") || !genitive && !d.is(k, clsArticle|clsModifier|clsNation) && d.tok[k].kind != kindNumber {
		return -1
	}
	end := k + 1
	for end < s.to && end < k+14 && !d.mark(end, commas+stops+colons+";"+dashes) && d.tok[end].depth == s.depth {
		if d.is(end, clsCue) && !d.is(end, clsSetting) {
			return -1
		}
		end++
	}
	if end < s.to && end-k > 13 || genitive && (end-k > 5 || d.tok[k].kind != kindWord || d.is(k, clsThis|clsThat|clsPronoun)) {
		return -1
	}
	if n := d.mentionStart(end + 1); d.mark(end, ",") && n >= 0 && d.ment[n].kind == person && d.meansPeople(k, end) && d.mark(d.ment[n].to, ",.") {
		d.ment[n].office = [2]int{k, end}
		return n
	}
	start := k
	if d.is(k, clsArticle) && d.has(k, frKnown) {
		start++
	}
	m := mention{from: k, to: end, name: [2]int{start, end}, kind: bodyOf, entity: -1, unlisted: true}
	if d.meansPeople(start, end) {
		m.kind, m.name[0] = anonymous, k
	}
	return d.addMention(m)
}

// relativeBefore tells whether a clause about the subject opens before token k: "that spent".
func (d *doc) relativeBefore(k, bound int) bool {
	for i := k - 1; i >= bound && i > k-8; i-- {
		if d.is(i, clsThat) || d.is(i, clsAdverb) && d.has(i, frAfter) {
			return true
		}
	}
	return false
}

// meansPeople tells whether the head of a noun phrase means people, by its ending.
func (d *doc) meansPeople(from, to int) bool {
	head := to - 1
	for i := from + 1; i < to; i++ {
		if d.is(i, clsOblique|clsThat) || d.is(i, clsAdverb) && d.has(i, frAfter) || d.is(i, clsArticle) && d.has(i, frAfter) {
			head = i - 1
			break
		}
	}
	w := d.info[head].norm
	for _, ending := range d.lex.lists["people"] {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// withOutlet widens an unnamed source over the outlet whose source it is and over where it
// sits: «собеседника „X“ в правительстве». It gives the mention and where it ends.
func (d *doc) withOutlet(s sentence, m, end int) (int, int) {
	if !d.lex.setting("genitive") || d.ment[m].kind != anonymous {
		return m, end
	}
	n := d.mentionStart(end)
	if n < 0 || d.ment[n].kind != outlet || d.ment[n].to >= s.to {
		return m, end
	}
	to := d.ment[n].to
	if d.is(to, clsTail) {
		for to < s.to && to < end+16 && d.tok[to].kind != kindMark && !d.is(to, clsCue) {
			to++
		}
	}
	joint := d.ment[m]
	joint.to, joint.name[1] = to, to
	return d.addMention(joint), to
}

// bodyIn makes a mention of words after a preposition by which bodies speak, where the cue is a
// plural without another subject and no list has them: «в профсоюзе утверждают». -1 where they
// are something else.
func (d *doc) bodyIn(s sentence, c, bound int) int {
	plural := false
	for _, ending := range d.lex.lists["plurals"] {
		plural = plural || strings.HasSuffix(d.info[c].norm, ending)
	}
	if !plural || !d.lex.setting("speaks-in") {
		return -1
	}
	opens := func(k int) bool { return d.is(k, clsOblique) && d.has(k, frAfter) }
	inner := func(k int) bool {
		return d.tok[k].depth == s.depth && d.tok[k].kind == kindWord && !d.is(k, clsCue|clsOblique|clsTime|clsSetting|clsThat|clsThis|clsContrast|clsPronoun|clsAdverb|clsAddressee|clsMedium|clsOutlet) && (d.at[k] < 0 || d.ment[d.at[k]].kind == bodyOf || d.ment[d.at[k]].kind == person && d.ment[d.at[k]].office[1] == 0)
	}
	end := c
	for end > bound && d.is(end-1, clsAdverb|clsTime) && !opens(end-1) {
		end = int(d.tok[end-1].from)
	}
	from := end
	for from > bound && end-from < 6 && inner(from-1) {
		from--
	}
	if from > bound && from < end && opens(from-1) && (from-1 == s.from || d.mark(from-2, commas+dashes+";") || d.is(from-2, clsContrast|clsAdverb)) {
		if how, _, _ := d.opener(s, int(d.tok[c].to), d.tok[c].leaf.frame); how != "that" || end-from == 1 && d.tok[from].capital {
			return -1
		}
		return d.newMention(mention{from: from, to: end, name: [2]int{from, end}, kind: bodyOf, entity: -1, unlisted: true})
	}
	k := int(d.tok[c].to)
	for k < s.to && d.is(k, clsAdverb|clsTime) && !opens(k) {
		k = int(d.tok[k].to)
	}
	if k >= s.to || !opens(k) {
		return -1
	}
	to := k + 1
	for to < s.to && to < k+7 && inner(to) {
		to++
	}
	if to == k+1 || to == k+2 && d.tok[k+1].capital || to < s.to && !d.mark(to, commas+stops+dashes+colons) && !d.is(to, clsThat) {
		return -1
	}
	return d.newMention(mention{from: k + 1, to: to, name: [2]int{k + 1, to}, kind: bodyOf, entity: -1, unlisted: true})
}

// addresseeEnd gives the end of a noun phrase of a few words at token k that says who was told:
// "told the jury", "told her employers three times"; or k.
func (d *doc) addresseeEnd(s sentence, k int) int {
	if !d.lex.setting("articles") || k >= s.to || !d.is(k, clsArticle|clsModifier) || d.is(k, clsThat) && !d.is(k, clsModifier) {
		return k
	}
	end := k + 1
	for end < s.to && end < k+7 && d.tok[end].depth == s.depth {
		if d.mark(end, commas+stops+colons) || d.is(end, clsThat|clsTime|clsOblique) || d.quoteAt(end) >= 0 {
			break
		}
		if d.tok[end].kind != kindWord || d.is(end, clsCue|clsPronoun|clsAdverb) && !d.is(end, clsSetting) {
			return k
		}
		end++
	}
	if end == k+1 || end >= k+7 {
		return k
	}
	return end
}

// sourceIn gives the unnamed source who sits in a body, «источник „X“ в ведомстве», with all of
// its words; or -1.
func (d *doc) sourceIn(body *mention, bound int) int {
	k := body.from - 1
	for k > bound && d.is(k, clsOblique|clsModifier|clsNation) {
		k--
	}
	if k <= bound || d.at[k] < 0 {
		return -1
	}
	n := int(d.at[k])
	if d.ment[n].kind == outlet && d.ment[n].from > bound && d.at[d.ment[n].from-1] >= 0 {
		n = int(d.at[d.ment[n].from-1])
	}
	if d.ment[n].kind != anonymous || d.ment[n].from < bound {
		return -1
	}
	joint := d.ment[n]
	joint.to, joint.name[1] = body.to, body.to
	return d.addMention(joint)
}
