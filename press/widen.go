package press

import "strings"

// widen goes left from an unnamed person over what describes it.
func (d *doc) widen(from int) int {
	if !d.lex.setting("capitals") { // to the word that opens it, wherever that is in the clause
		for k := from; k >= 0 && k > from-18; k-- {
			if d.tok[k].kind == kindMark && !d.mark(k, "“”\"「」") || d.lineBreak(k+1) && k < from || d.is(k, clsCue|clsTime|clsPronoun) && k < from || d.tok[k].depth != d.tok[from].depth {
				break
			}
			if d.is(k, clsModifier) && d.has(k, frBefore) {
				return int(d.tok[k].from)
			}
		}
	}
	for n := 0; from > 0 && n < 6; n++ {
		k := from - 1
		if d.lineBreak(from) || d.tok[k].depth != d.tok[from].depth || d.tok[k].kind == kindHan && !d.tok[from].glued {
			break
		}
		if d.is(k, clsThat) && d.is(k-1, clsCue) {
			break
		}
		if d.is(k, clsModifier|clsNation|clsCountry|clsBody|clsArticle) && !d.is(k, clsOblique|clsCue) || d.tok[k].kind == kindNumber && !d.is(k, clsTime) {
			from = int(d.tok[k].from)
			continue
		}
		if (d.word(k) == "'s" || d.word(k) == "’s") && k > 0 && d.lex.setting("articles") && d.tok[k-1].kind == kindWord && d.at == nil { // the trawler's owners
			from = k - 1
			if d.is(from-1, clsArticle) && !d.lineBreak(from) {
				from--
			}
			break
		}
		if a := d.articleBefore(k); a >= 0 { // a Lowland artillery officer
			from = a
			continue
		}
		// An adjective between an article or number and the noun.
		if d.tok[k].kind == kindWord && !d.tok[k].capital && d.tok[k].leaf == nil && k > 0 && d.is(k-1, clsModifier|clsArticle) {
			from = k - 1
			continue
		}
		break
	}
	return from
}

// widenRight goes right from an unnamed person over what describes it: "familiar with
// the talks", "in the ministry".
func (d *doc) widenRight(to int) int {
	start := to
	k := to
	if d.lex.setting("genitive") { // "эксперты сапёрной организации «Чистое поле»"
		for k < len(d.tok) && k < start+8 && !d.lineBreak(k) {
			if q := d.quoteAt(k); q >= 0 && d.quotes[q].end-k <= 6 && k > start {
				k = d.quotes[q].end
				continue
			}
			if d.tok[k].kind != kindWord || d.infinitive(k) || d.is(k, clsCue|clsThat|clsContrast|clsTime|clsAdverb|clsOblique|clsAnd|clsTail|clsAddressee|clsSource) || d.is(k, clsPlain) && d.has(k, frQuote) {
				break
			}
			k = int(d.tok[k].to)
		}
		if d.is(k, clsCue) || d.is(d.skipAdverbs(k), clsCue) {
			return k
		}
		if !(d.mark(k, commas) && d.is(k+1, clsTail) && !d.is(k+1, clsOblique)) {
			k = to
		}
	}
	if d.mark(k, commas) && d.is(k+1, clsTail) && !(d.is(k+1, clsOblique) && d.lex.setting("genitive")) {
		k++
	}
	if !d.is(k, clsTail) || d.lex.setting("genitive") && (d.is(k+1, clsSetting|clsTime|clsMedium|clsOutlet) || d.tok[min(k+1, len(d.tok)-1)].kind == kindNumber) {
		return to
	}
again:
	for k < len(d.tok) && k < start+14 && !d.lineBreak(k) && !d.mark(k, stops+commas+colons+dashes) && !d.is(k, clsCue|clsThat|clsContrast|clsTime) && d.tok[k].depth == d.tok[start-1].depth {
		k = int(d.tok[k].to)
	}
	if d.mark(k, commas) && d.is(k+1, clsTail) && k < start+10 {
		k++
		goto again
	}
	return k
}

// ownWords goes right from a body over the words that say whose it is: "штаб северян".
func (d *doc) ownWords(to int) int {
	k := to
	for k < len(d.tok) && k < to+2 && !d.infinitive(k) && d.tok[k].kind == kindWord && d.tok[k].leaf == nil && !d.lineBreak(k) && d.tok[k].depth == d.tok[to-1].depth {
		k++
	}
	if k < len(d.tok) && (d.mark(k, stops+commas+colons) || d.is(k, clsCue)) {
		return k
	}
	return to
}

// ownName goes right from a body over its name in quotation marks: «пресс-служба компании „X“».
func (d *doc) ownName(to int) int {
	q := d.quoteAt(to)
	if q < 0 || !d.quotes[q].closed || d.quotes[q].end-to > 7 || !d.tok[to+1].capital || d.mark(d.quotes[q].end-2, stops+commas) {
		return to
	}
	return d.quotes[q].end
}

// infinitive tells whether a word ends as verbs without a person do.
func (d *doc) infinitive(i int) bool {
	for _, ending := range d.lex.lists["no-infinitives"] {
		if strings.HasSuffix(d.info[i].norm, ending) {
			return false
		}
	}
	for _, ending := range d.lex.lists["infinitives"] {
		if strings.HasSuffix(d.info[i].norm, ending) {
			return true
		}
	}
	return false
}

// leftRun goes left from a mention over letters that no list has, to where its clause
// begins: the name of a state or place before an office.
func (d *doc) leftRun(from int) int {
	k := from
	for k > 0 && k > from-6 && d.tok[k-1].kind == kindHan && d.tok[k].glued && d.tok[k-1].depth == d.tok[from].depth &&
		(d.tok[k-1].leaf == nil || d.tok[k-1].leaf.class&^(clsNameLetter|clsSurname|clsNation|clsModifier) == 0 && !d.has(k-1, frBefore)) {
		k--
	}
	if k < from && (k == 0 || d.lineBreak(k) || d.tok[k-1].kind == kindMark || d.is(k-1, clsOblique|clsAnd|clsContrast|clsCue|clsSource|clsTime|clsAdverb|clsModifier)) {
		return k
	}
	return from
}

// articleBefore gives the article that opens the words up to token k, names of places or
// peoples and words that no list has; or -1.
func (d *doc) articleBefore(k int) int {
	if !d.lex.setting("articles") {
		return -1
	}
	for i := k; i >= 0 && i > k-4; i-- {
		if d.is(i, clsArticle) && d.has(i, frBefore|frKnown) {
			if i < k {
				return i
			}
			return -1
		}
		if d.tok[i].kind != kindWord || d.lineBreak(i+1) || d.tok[i].leaf != nil && !d.is(i, clsModifier|clsNation|clsCountry|clsBody) || d.tok[i].leaf == nil && !d.tok[i].capital && i < k {
			return -1
		}
	}
	return -1
}

// leftWord goes left from a body over a word between it and its article that no list has: "the
// transport ministry".
func (d *doc) leftWord(from int) int {
	if k := from - 1; d.lex.setting("articles") && k > 0 && d.tok[k].kind == kindWord && d.tok[k].leaf == nil && !d.tok[k].capital && d.is(k-1, clsArticle) && !d.lineBreak(from) && d.tok[k].depth == d.tok[from].depth {
		return k
	}
	return from
}

// ownerBefore goes left from a mention that opens with 的 over whose it is: 两人的律师.
func (d *doc) ownerBefore(from int) int {
	k := from
	for k > 0 && k > from-9 && d.tok[k-1].kind == kindHan && d.tok[k].glued && d.tok[k-1].depth == d.tok[from].depth && !d.is(k-1, clsCue|clsTime|clsOblique|clsContrast|clsAdverb|clsPronoun|clsSource) {
		k--
	}
	if k < from && (k == 0 || d.lineBreak(k) || d.tok[k-1].kind == kindMark || d.is(k-1, clsTime|clsContrast|clsAdverb)) {
		return k
	}
	return from
}
