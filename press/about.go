package press

// aboutThis tells whether a sentence only says who told what the sentence before it has:
// "Об этом сообщил X."
func (d *doc) aboutThis(s sentence, c, end int) bool {
	if t := d.tagEnd(s, end); s.depth > 0 || t < 0 || !d.closes(s, t) && !d.mark(t, commas) {
		return false
	}
	for k := s.from; k < s.to; k++ {
		if d.is(k, clsThis) && d.has(k, frBefore) {
			return true
		}
		if k > c+6 {
			break
		}
	}
	return false
}

// aboutWhat gives what a sentence says that somebody told of, where that comes first: «О срыве
// переговоров сообщил X»; empty where it is built otherwise.
func (d *doc) aboutWhat(s sentence, a *attribution, bound int) (from, to int) {
	c := a.cue[0]
	if bound != s.from || !d.lex.setting("genitive") || a.subject < 0 || d.ment[a.subject].from < a.cue[1] || !d.is(s.from, clsOblique) || !d.has(s.from, frFront) || c-s.from > 24 {
		return 0, 0
	}
	from, to = s.from+1, c
	for k := s.from; k < c; k++ {
		if d.is(k, clsThis|clsThat|clsCue) || d.tok[k].depth > s.depth {
			return 0, 0
		}
	}
	for k := c - 1; k > from+1; k-- { // where and when it was told
		if d.is(k, clsOblique|clsTime) && (d.is(k, clsTime) || d.calmPhrase(k, to) || d.is(k+1, clsMedium|clsOutlet|clsPlatform) || d.is(k+2, clsMedium|clsOutlet|clsPlatform)) {
			to = k
		}
	}
	for to > from && d.is(to-1, clsAdverb|clsOblique) {
		to--
	}
	if to-from < 2 {
		return 0, 0
	}
	return from, to
}
