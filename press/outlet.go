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
	if !d.lex.setting("capitals") || !d.nameToken(i) && !(d.tok[i].capital && !d.starts[i] && d.is(i, clsModifier|clsNation)) {
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

// titleAt reads 《…》: an outlet when its last word is one for outlets, or an interview follows.
func (d *doc) titleAt(i int, p paragraph) int {
	for k := i + 1; k < p.to && k < i+14; k++ {
		if !d.mark(k, "》") {
			continue
		}
		if k > i+1 && (d.is(k-1, clsMedium|clsOutlet) || d.is(k+1, clsSetting|clsCue)) {
			m := mention{from: i, to: k + 1, name: [2]int{i + 1, k}, kind: outlet, entity: -1}
			if n := len(d.ment); n > 0 && d.ment[n-1].to == i && d.ment[n-1].kind == bodyOf { // 法国《晨报》
				m.from, d.ment = d.ment[n-1].from, d.ment[:n-1]
			}
			d.ment = append(d.ment, m)
		}
		return k + 1
	}
	return i + 1
}

// properOutlet tells whether a form of an outlet is written as a name is.
func (d *doc) properOutlet(i int) bool {
	if d.is(i, clsMedium) || !d.lex.setting("capitals") {
		return true
	}
	for k := i; k < int(d.tok[i].to); k++ {
		if d.tok[k].capital || d.tok[k].kind == kindNumber {
			return true
		}
	}
	return false
}

// outletAt reads a named outlet; a word like "newspaper" before a name makes that an outlet.
func (d *doc) outletAt(i int, p paragraph) int {
	from, end := i, int(d.tok[i].to)
	named := d.is(i, clsOutlet|clsPlatform)
	name := [2]int{i, end}
	for end < p.to && d.is(end, clsOutlet|clsMedium) {
		if d.is(end, clsOutlet) && !named {
			named, name[0] = true, end
		}
		if d.is(end, clsOutlet) {
			name[1] = int(d.tok[end].to)
		}
		end = int(d.tok[end].to)
	}
	if k := d.runToSetting(end, p); !named && k > end {
		name, named, end = [2]int{end, k}, true, k // 当地电台马尔调频采访
	}
	if !named && !d.lex.setting("capitals") {
		if from = d.leftRun(i); from < i {
			for len(d.ment) > 0 && d.ment[len(d.ment)-1].to > from {
				d.ment = d.ment[:len(d.ment)-1]
			}
			name, named = [2]int{from, end}, true
		} else if len(d.ment) > 0 && d.ment[len(d.ment)-1].to == i && d.ment[len(d.ment)-1].kind != outlet {
			from = d.ment[len(d.ment)-1].from
			d.ment = d.ment[:len(d.ment)-1]
			name, named = [2]int{from, end}, true
		}
	}
	if !named {
		// newspaper “X”, телеканал X
		if q := d.quoteAt(end); q >= 0 && d.quotes[q].closed && d.quotes[q].end-d.quotes[q].open <= 8 {
			name = [2]int{end + 1, d.quotes[q].end - 1}
			d.learnOutlet(name[0], name[1])
			end, named = d.quotes[q].end, true
		} else if d.lex.setting("capitals") && end < p.to && d.nameToken(end) {
			k := end
			for k < p.to && d.nameToken(k) {
				k = int(d.tok[k].to)
			}
			if d.is(k, clsMedium) && d.has(k, frAfter) && d.tok[k].capital { // radio station Marl FM
				k = int(d.tok[k].to)
			}
			if d.is(k, clsMedium) && k+1 < p.to && d.nameToken(k+1) { // with the Halmark daily Morgenblad
				end = k + 1
				for k = end; k < p.to && d.nameToken(k); {
					k = int(d.tok[k].to)
				}
			}
			d.learnOutlet(end, k)
			name = [2]int{end, k}
			end, named = k, true
		}
	}
	if !named && d.has(i, frTell) && d.is(i, clsMedium) && d.lex.setting("articles") {
		return end // "an interview with the rebel leader"
	}
	if named && d.is(from, clsMedium) && d.has(from, frTell) {
		from = name[0] // "interview with": no part of the name
	}
	if end < p.to && d.mark(end, "(（") {
		for k := end + 1; k < p.to && k < end+6; k++ {
			if d.mark(k, ")）") {
				end = k + 1
				break
			}
		}
	}
	if n := end + 1; named && (d.word(end) == "'s" || d.word(end) == "’s") && n < p.to && (d.tok[n].capital || d.quoteAt(n) >= 0) { // the BBC's Today programme
		for end = n; end < p.to && end < n+5 && (d.tok[end].capital || d.quoteAt(n) >= 0 && d.tok[end].depth > d.tok[n-1].depth || d.tok[end].kind == kindWord && d.tok[end].leaf == nil); {
			end++
		}
	}
	m := mention{from: from, to: end, name: name, kind: outlet, frame: d.tok[i].leaf.frame, entity: -1}
	if !named {
		m.kind, m.name = anonymous, [2]int{d.widen(from), end}
		m.from = m.name[0]
	}
	d.ment = append(d.ment, m)
	return end
}

// runToSetting gives the end of letters that no list has, and of words for outlets, which reach
// from token i to an occasion or a cue: the name of the outlet that stands before; or i.
func (d *doc) runToSetting(i int, p paragraph) int {
	k := i
	for !d.lex.setting("capitals") && k < p.to && k < i+8 && d.tok[k].kind == kindHan && (d.tok[k].leaf == nil || d.tok[k].leaf.class&^(clsNameLetter|clsSurname|clsMedium|clsGiven) == 0) {
		k++
	}
	if k-i < 2 || k >= p.to || !d.is(k, clsSetting|clsCue|clsAdverb|clsTime) {
		return i
	}
	return k
}

// mediaAgain gives "the agency", "издание" the name of the outlet that was named last.
func (d *doc) mediaAgain() {
	last := -1
	for k := range d.ment {
		m := &d.ment[k]
		if m.kind == outlet {
			if !d.has(m.name[0], frThing) && !d.is(m.from, clsPlatform) {
				last = k
			}
			continue
		}
		if last < 0 || m.kind != anonymous || m.frame&frMany != 0 || !d.is(m.to-1, clsMedium) || d.has(m.to-1, frAfter) && !d.is(m.to-1, clsOutlet) && m.to-m.from == 1 && d.tok[m.from].capital && !d.starts[m.from] || !d.definite(m) || d.paraOf(m.from)-d.paraOf(d.ment[last].from) > 4 {
			continue
		}
		m.kind, m.name = outlet, d.ment[last].name
	}
}

// definite tells whether a mention says no more than which sort of thing was named before.
func (d *doc) definite(m *mention) bool {
	known := !d.lex.setting("articles")
	for i := m.from; i < m.to-1; i++ {
		switch {
		case d.has(i, frKnown):
			known = true
		case known && d.is(i, clsNation|clsModifier) && !d.has(i, frBefore) && d.lex.setting("genitive"):
		default:
			return false
		}
	}
	return known
}

// foreignOutlet gives the end of a name in Latin letters where a language writes other names
// in its own: such a name is an outlet's; or i.
func (d *doc) foreignOutlet(i int, p paragraph) int {
	if !d.lex.setting("foreign-outlets") {
		return i
	}
	end := i
	for end < p.to && end < i+5 && d.tok[end].kind == kindWord && d.word(end)[0] < 0x80 && (d.tok[end].capital || end > i) && d.tok[end].leaf == nil {
		end++
	}
	if end == i || d.mark(i-1, "(（@/") || d.mark(end, "@/") || len(d.word(i)) < 2 {
		return i
	}
	return end
}

// outletNamed gives the end of a name that the text has told to be an outlet's; or i.
func (d *doc) outletNamed(i int, p paragraph) int {
	if !d.tok[i].capital || len(d.outlets) == 0 {
		return i
	}
	for n := min(4, p.to-i); n > 0; n-- {
		if d.knownOutlet(i, i+n) && !(i+n < p.to && d.tok[i+n].capital && d.nameToken(i+n)) {
			return i + n
		}
	}
	return i
}
