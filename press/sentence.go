package press

import "unicode"

// sentence is a stretch of a paragraph, or of a quotation.
type sentence struct {
	para     int
	from, to int   // tokens; the closing mark is in it
	depth    uint8 // of the quotation that it stands in; 0 is the report itself
}

// longestSentence bounds the work on one sentence; what is longer is cut.
const longestSentence = 600

// sentencesOf cuts tokens [from, to) at sentence ends on the given depth of quotation;
// what is deeper is never cut.
func (d *doc) sentencesOf(para, from, to int, depth uint8) []sentence {
	var list []sentence
	start := from
	cut := func(end int) {
		if end > start {
			list = append(list, sentence{para, start, end, depth})
		}
		start = end
	}
	for i := from; i < to; i++ {
		switch {
		case i-start >= longestSentence, d.partsHeading(para, i) && depth == 0 && d.tok[i].depth == 0:
			cut(i)
		case d.tok[i].depth > depth:
			// A quotation that ends as a sentence does ends the sentence around it, unless its
			// cue is still to come.
			if i+1 < to && d.tok[i+1].depth <= depth && d.endsInside(i) && d.startsAfter(i+1, to) && !d.tagFollows(i+1, to, depth) {
				cut(i + 1)
			} else if i+1 < to && d.tok[i+1].depth > depth && d.opensAt(i+1, depth) && d.endsInside(i) && !d.tagFollows(i+1, to, depth) {
				cut(i + 1)
			}
		case d.endsSentence(i, to):
			end := i + 1
			for end < to && d.mark(end, ")]）】") {
				end++
			}
			if end < to && d.mark(end, dashes) && d.tok[end].depth <= depth {
				continue
			}
			cut(end)
		}
	}
	cut(to)
	return list
}

// partsHeading tells whether a blank before token i parts a heading in a script without
// blanks: 谈判破裂 双方互指对方破坏.
func (d *doc) partsHeading(para, i int) bool {
	return d.lex.setting("comma-opens") && para >= 0 && d.paras[para].kind == heading && !d.tok[i].glued && i > d.paras[para].from && d.tok[i].kind == kindHan && d.tok[i-1].kind != kindWord
}

// opensAt tells whether token i opens a quotation just below depth.
func (d *doc) opensAt(i int, depth uint8) bool {
	q := d.tok[i].quote
	return q >= 0 && d.quotes[q].open == i && d.quotes[q].depth == depth+1
}

// endsInside tells whether token i closes a quotation right after a sentence's end.
func (d *doc) endsInside(i int) bool {
	q := d.tok[i].quote
	return q >= 0 && d.quotes[q].closed && d.quotes[q].end == i+1 && d.mark(i-1, stops)
}

// startsAfter tells whether something new can begin at token i.
func (d *doc) startsAfter(i, to int) bool {
	t := d.tok[i]
	return i < to && (t.kind == kindHan || t.kind == kindNumber || t.capital || d.mark(i, "“\"«„「『(（"))
}

// tagFollows tells whether a quotation's cue comes at token i: "he said." and the like.
func (d *doc) tagFollows(i, to int, depth uint8) bool {
	far := i + 16
	if d.lex.setting("comma-opens") {
		far = i + 28 // characters, not words
	}
	for j := i; j < to && j < far; j++ {
		if d.tok[j].depth > depth || d.mark(j, colons) {
			return false
		}
		if d.mark(j, stops+commas) && j > i {
			if i >= 2 && d.mark(j, commas) && d.mark(i-2, ".。") {
				return false // a cue after a full stop goes with what follows it
			}
			return d.cueWithin(i, j, 6)
		}
	}
	if to < far {
		return d.cueWithin(i, to, 6)
	}
	return false
}

// cueWithin tells whether a cue stands among tokens [from, to), not further than n
// tokens from the end.
func (d *doc) cueWithin(from, to, n int) bool {
	for k := from; k < to; k++ {
		if d.is(k, clsCue) && to-k <= n+2 {
			return true
		}
	}
	return false
}

// endsSentence tells whether token i ends a sentence on its own depth.
func (d *doc) endsSentence(i, to int) bool {
	if !d.mark(i, stops) {
		return false
	}
	if i+1 >= to {
		return true
	}
	word := d.word(i)
	if d.mark(i, "。！？") || d.tok[i+1].kind == kindHan && !d.mark(i, ".…") {
		return true
	}
	next := i + 1
	for next < to && d.mark(next, "\"”’»)]") {
		next++
	}
	if next >= to {
		return true
	}
	if word == "." {
		if d.is(i, clsAbbreviation) || d.tok[i].to > int32(i+1) {
			return false
		}
		if i > 0 && d.tok[i-1].kind == kindWord && d.tok[i].glued {
			w := d.word(i - 1)
			if d.is(i-1, clsAbbreviation) || len([]rune(w)) == 1 && d.tok[i-1].capital {
				return false
			}
		}
		if next == i+1 && d.tok[i].glued && d.tok[next].glued && d.tok[next].kind != kindMark {
			return false
		}
	}
	if word == "…" || word == "..." || word == ".." {
		if d.tok[next].kind == kindHan {
			return false
		}
	}
	if d.tok[next].kind == kindWord {
		for _, r := range d.word(next) {
			return !unicode.IsLower(r)
		}
	}
	return !d.mark(next, commas+dashes)
}
