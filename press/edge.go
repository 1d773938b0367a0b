package press

// turned ends a content before a clause that sets somebody else against it: 甲否认此事,乙则……
func (d *doc) turned(from, to int, depth uint8) int {
	for k := from + 1; k < to && d.lex.setting("comma-opens"); k++ {
		if !d.mark(k, commas) || d.tok[k].depth != depth {
			continue
		}
		if m := d.mentionStart(k + 1); m >= 0 && d.ment[m].to < to && d.has(d.ment[m].to, frTurn) {
			return k
		}
	}
	return to
}

// unsaid ends a content before what the article itself tells of the words: that they left
// something open, "but did not say when", "without giving details", 但没有说明.
func (d *doc) unsaid(from, to int, depth uint8) int {
	for k := from + 2; k < to; k++ {
		if d.tok[k].depth != depth {
			continue
		}
		if d.is(k, clsPlain) && d.has(k, frCloser) {
			return k
		}
		if !d.is(k, clsContrast) || d.lex.setting("articles") {
			continue
		}
		n := k + 1
		for n < to && (d.is(n, clsAdverb|clsPronoun) && !d.is(n, clsCue) || d.mark(n, commas)) {
			n = int(d.tok[n].to)
		}
		if n < to && d.is(n, clsPlain) && d.has(n, frQuote) {
			for n < to && d.is(n, clsPlain|clsAdverb) && !d.is(n, clsCue) {
				n = int(d.tok[n].to)
			}
			if n < to && d.is(n, clsCue) && !d.is(n, clsSetting) && d.has(n, frClause) && !d.has(n, frMind) && !d.has(n, frWeak) {
				return k
			}
		}
	}
	return to
}

// empty tells whether tokens say nothing of their own: "the accusation", "no comment".
func (d *doc) empty(from, to int) bool {
	if d.is(from, clsPlain) && int(d.tok[from].to) >= to {
		return true
	}
	for i := from; i < to; i++ {
		if !d.is(i, clsArticle|clsPronoun|clsThis) && !(i > from && d.is(i, clsAddressee)) && !(d.is(i, clsPlain) && d.has(i, frKnown)) && d.tok[i].kind != kindMark {
			return false
		}
	}
	return true
}

// lead drops from the front of a content what still belongs to the cue.
func (d *doc) lead(from, to int) (int, int) {
	for from < to {
		if d.mark(from, edgeMarks) || d.is(from, clsThat) || d.is(from, clsPlain) && d.has(from, frAfter) {
			from = max(int(d.tok[from].to), from+1)
			continue
		}
		break
	}
	return from, to
}
