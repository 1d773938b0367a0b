package press

// claim is content for which nobody answers.
type claim struct {
	span [2]int
	why  string
}

type event struct {
	kind    string
	span    [2]int
	sent    [2]int
	planned bool
	when    *string
}

// unattributed reads a sentence without a source: hearsay, a contested claim, an event.
func (d *doc) unattributed(s sentence, outer int) {
	if outer >= 0 {
		return
	}
	for i := s.from; i < s.to; i++ {
		if d.tok[i].depth == s.depth && d.is(i, clsHearsay) && (!d.is(i, clsCue) || i == s.from || d.mark(i-1, commas)) {
			from, to := s.from, s.to
			if rest := int(d.tok[i].to); d.wordsIn(rest, s.to) >= 3 && !d.adverbial(s, i) {
				from = rest
				if k := d.skipAdverbs(rest); d.mark(k, commas) && d.is(k+1, clsThat) {
					from = k // "they also say that"
				}
			}
			for k := from + 3; k < s.to; k++ {
				if d.mark(k, commas) && d.is(k+1, clsContrast) && d.tok[k].depth == s.depth {
					to = k
					break
				}
			}
			a, b := d.lead(from, to)
			a, b = d.trim(a, b)
			if b-a > 2 {
				d.claims = append(d.claims, claim{[2]int{a, b}, "hearsay"})
			}
			return
		}
	}
	d.ownVoice(s, -1)
}

// adverbial tells whether a marker of hearsay stands as an adverb within its clause, "was
// reportedly shot": the text keeps it then.
func (d *doc) adverbial(s sentence, i int) bool {
	return i > s.from+1 && d.lex.setting("capitals") && int(d.tok[i].to) == i+1 && d.tok[i-1].kind == kindWord && d.is(i-1, clsAdverb) && d.wordsIn(s.from, i) >= 2
}

// ownVoice notes contested claims and events that a sentence tells in the article's own voice.
func (d *doc) ownVoice(s sentence, covered int) {
	if s.depth > 0 {
		return
	}
	if covered >= 0 { // "X holds it, but by Y's account …": the clause before is the article's own
		f := &d.found[len(d.found)-1]
		end := f.group[0]
		for end > s.from && (d.is(end-1, clsContrast|clsAdverb) || d.mark(end-1, commas)) {
			end--
		}
		if f.rule != "source" || f.parts[0][0] < f.group[1] || end == f.group[0] || end-s.from < 5 {
			return
		}
		s.to = end
	}
	a, b := d.trim(s.from, s.to)
	if p := d.paras[s.para]; p.kind == heading && s.from > p.from && d.mark(s.from-1, "?？") && d.is(a, clsPronoun) && b-a > 3 && !d.mark(s.to-1, "?？") {
		d.claims = append(d.claims, claim{[2]int{a, b}, "own-voice"}) // a heading that asks and answers
		return
	}
	for i := s.from; i < s.to; i++ {
		if d.is(i, clsContested) && d.tok[i].depth == 0 {
			if from, to := d.clauseOf(s, i); to-from > 2 {
				d.claims = append(d.claims, claim{[2]int{from, to}, "own-voice"})
			}
			break
		}
	}
	if kind := d.eventOf(s, a, b); kind == "control" && d.held(a, b) {
		d.claims = append(d.claims, claim{[2]int{a, b}, "own-voice"}) // who holds what is always somebody's word
	}
}

var eventClasses = []struct {
	class class
	kind  string
}{
	{clsExchange, "exchange"}, {clsAid, "aid"}, {clsControl, "control"}, {clsIncident, "incident"}, {clsContact, "contact"}, {clsAct, "act"},
}

// eventOf notes the event of a sentence and gives its kind; "" where there is none, or it
// is still to come.
func (d *doc) eventOf(s sentence, a, b int) string {
	if d.paras[s.para].kind != body || b-a < 5 {
		return ""
	}
	kind, planned, at := "", false, a
	best := len(eventClasses)
	for i := a; i < b; i++ {
		if d.tok[i].depth > s.depth {
			continue
		}
		for n, e := range eventClasses {
			if n < best && d.is(i, e.class) && !(e.class == clsControl && d.has(i, frMany)) {
				best, kind, at = n, e.kind, i
			}
		}
		planned = planned || d.is(i, clsPlanned)
	}
	if kind != "" {
		from, to := d.clauseOf(s, at)
		for from < to && d.tok[from].kind == kindMark && d.quoteAt(from) < 0 {
			from++
		}
		if to-from < 4 {
			from, to = a, b
		}
		d.events = append(d.events, event{kind: kind, span: [2]int{from, to}, sent: [2]int{s.from, s.to}, planned: planned})
	}
	if planned {
		return ""
	}
	return kind
}

func (d *doc) wordsIn(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if d.tok[i].kind != kindMark {
			n++
		}
	}
	return n
}

// clauseOf gives the clause of a sentence in which token i stands.
func (d *doc) clauseOf(s sentence, i int) (from, to int) {
	joins := func(k int) bool {
		return d.mark(k, ":：;；") || d.mark(k, ",，") && (d.lex.setting("comma-opens") || d.is(k+1, clsContrast|clsAnd))
	}
	from, to = s.from, s.to
	for k := i - 1; k >= s.from; k-- {
		if d.tok[k].depth == s.depth && joins(k) {
			from = k + 1
			break
		}
	}
	for k := i + 1; k < s.to; k++ {
		if d.tok[k].depth == s.depth && joins(k) {
			to = k
			break
		}
	}
	for from < to && (d.is(from, clsContrast|clsAnd) || d.mark(from, edgeMarks)) {
		from++
	}
	return d.trim(from, to)
}

// held tells whether tokens say how much somebody holds, or that something was taken.
func (d *doc) held(a, b int) bool {
	share, holds := false, false
	for i := a; i < b; i++ {
		if !d.is(i, clsControl) {
			continue
		}
		if d.has(i, frKnown) {
			return true
		}
		share, holds = share || d.has(i, frMany), holds || !d.has(i, frMany)
	}
	return share && holds
}
