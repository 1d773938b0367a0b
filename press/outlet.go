package press

// quotedOutlet tells whether a short quotation at token i is the name of an outlet: one of
// its words is a word for outlets, or an interview, an address or a cue stands before it,
// or it was one already.
func (d *doc) quotedOutlet(i, q int, p paragraph) bool {
	from, to := d.inner(q)
	if !d.quotes[q].closed || to-from > 5 || from >= to || d.lex.setting("capitals") && !d.tok[from].capital {
		return false
	}
	for k := from; k < to; k++ {
		if d.mark(k, stops+commas+colons) || d.is(k, clsPronoun) {
			return false
		}
		if d.is(k, clsMedium|clsOutlet) {
			return true
		}
	}
	if d.knownOutlet(from, to) {
		return true
	}
	k := i - 1
	for k > p.from && (d.is(k, clsOblique|clsArticle) || d.is(k, clsPronoun)) {
		k--
	}
	if k < p.from {
		return false
	}
	end := d.quotes[q].end
	switch {
	case d.is(k, clsMedium):
		return true
	case d.is(k, clsSetting) && d.has(k, frTell):
		return true
	case d.is(k, clsCue) && k == i-1:
		return end < p.to && (d.mark(end, colons+commas) || d.tok[end].kind == kindWord) && d.lex.setting("genitive")
	}
	return false
}

// learnOutlet keeps the name of an outlet, so that it is known again.
func (d *doc) learnOutlet(from, to int) {
	if len(d.outlets) < 200 && !d.knownOutlet(from, to) {
		d.outlets = append(d.outlets, [2]int{from, to})
	}
}

// knownOutlet tells whether tokens name an outlet that was named before, in whatever case.
func (d *doc) knownOutlet(from, to int) bool {
	for _, o := range d.outlets {
		if o[1]-o[0] != to-from {
			continue
		}
		same := true
		for k := range to - from {
			if !d.sameWord(d.info[o[0]+k].norm, d.info[from+k].norm) {
				same = false
				break
			}
		}
		if same {
			return true
		}
	}
	return false
}

// namedMedium gives the end of a name that ends in a word for outlets, "Lowland Gazette",
// or i.
func (d *doc) namedMedium(i int, p paragraph) int {
	if !d.lex.setting("capitals") || !d.nameToken(i) {
		return i
	}
	for k := i + 1; k < p.to && k < i+4 && d.tok[k].capital && d.tok[k].depth == d.tok[i].depth; k++ {
		if d.is(k, clsMedium) && d.has(k, frAfter) {
			return int(d.tok[k].to)
		}
		if !d.nameToken(k) {
			break
		}
	}
	return i
}
