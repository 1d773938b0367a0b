package press

// ageAfter passes over an age between commas: "Ana Lukic, 54, a nurse".
func (d *doc) ageAfter(to int) int {
	if !d.mark(to, ",") || to+2 >= len(d.tok) || d.tok[to+1].kind != kindNumber || len(d.word(to+1)) > 2 || !d.mark(to+2, ",.") {
		return to
	}
	return to + 2
}

// appositions joins a name with the office that stands beside it between commas.
func (d *doc) appositions() {
	out := d.ment[:0]
	for k := 0; k < len(d.ment); k++ {
		m := d.ment[k]
		if k+1 < len(d.ment) {
			n := d.ment[k+1]
			if d.is(m.to, clsModifier) && d.mark(m.to+1, ",") && m.kind == office {
				m.to++ // the mediator himself, X,
			}
			if end := d.wordsToComma(&m, n.from); end > 0 {
				m.to = end // владелец склада, предприниматель X,
			}
			if h := d.namedHouse(&m, k); h > 0 {
				n = d.ment[h]
				n.office, n.from = [2]int{m.from, n.from}, m.from
				out = append(out, n)
				k = h
				continue
			}
			gap := n.from - m.to
			if k := d.afterFor(&m, n.from); k > 0 {
				m.to, gap = k, n.from-k
			}
			comma := gap >= 1 && gap <= 3 && d.mark(m.to, ",，") && !d.lineBreak(m.to)
			for g := m.to + 1; comma && g < n.from; g++ {
				comma = d.is(g, clsArticle|clsModifier) || d.lex.setting("genitive") && d.tok[g].kind == kindWord && d.tok[g].leaf == nil && !d.tok[g].capital
			}
			ends := n.to < len(d.tok) && d.mark(n.to, ",，.") || d.is(n.to, clsCue) && !d.lex.setting("articles")
			switch {
			case comma && ends && m.kind == person && m.office[1] == 0 && (n.kind == office || n.kind == anonymous) && !m.possessive:
				m.office, m.to = n.name, n.to
				if d.mark(m.to, ",，") {
					m.to++
				}
				k++
			case comma && ends && d.mark(n.to, ",") && m.kind == bodyOf && !m.possessive && n.kind == person && n.office[1] == 0 && d.lex.setting("articles") && !d.is(n.name[0], clsGiven): // the power company, Norkraft,
				n.kind, n.from = bodyOf, m.from
				m = n
				k++
			case comma && ends && (m.kind == office || m.kind == anonymous && m.frame&frMany == 0) && n.kind == person && d.lex.setting("capitals") && !d.closedClause(&m):
				n.office, n.from = m.name, m.from
				if d.mark(n.to, ",，") && d.is(n.to+1, clsCue|clsAdverb|clsTime) {
					n.to++
				}
				m = n
				k++
			}
		}
		out = append(out, m)
	}
	d.ment = out
}

// wordsToComma gives the comma before the mention at token next where nothing but words that no
// list has stand between it and an office; 0 elsewhere.
func (d *doc) wordsToComma(m *mention, next int) int {
	if !d.lex.setting("genitive") || m.kind != office || next-m.to < 2 || next-m.to > 4 || !d.mark(next-1, ",") {
		return 0
	}
	for i := m.to; i < next-1; i++ {
		if d.tok[i].kind != kindWord || d.tok[i].capital || d.tok[i].leaf != nil {
			return 0
		}
	}
	return next - 1
}

// namedHouse gives the person whose office ends in a name in quotation marks, «лидер партии
// „Новый берег“ X», as the mention that follows mention m, the k-th; or 0.
func (d *doc) namedHouse(m *mention, k int) int {
	if !d.lex.setting("genitive") || m.kind != office && m.kind != bodyOf && m.kind != anonymous || m.possessive {
		return 0
	}
	at := m.to
	for at < m.to+3 && d.quoteAt(at) < 0 && at < len(d.tok) && d.tok[at].kind == kindWord && !d.tok[at].capital && !d.is(at, clsCue) {
		at++
	}
	q := d.quoteAt(at)
	if q < 0 || !d.quotes[q].closed || d.quotes[q].end-at > 8 || d.mark(d.quotes[q].end-2, stops+commas) {
		return 0
	}
	for n := k + 1; n < len(d.ment) && d.ment[n].from <= d.quotes[q].end; n++ {
		if d.ment[n].from == d.quotes[q].end && d.ment[n].kind == person && d.ment[n].office[1] == 0 {
			return n
		}
	}
	return 0
}

// givenAhead tells whether a first name follows soon: "директор больницы в X Анна Y".
func (d *doc) givenAhead(j int) bool {
	for k := j + 1; k < len(d.tok) && k < j+6; k++ {
		if d.tok[k].kind == kindMark || d.is(k, clsCue|clsThat) {
			return false
		}
		if d.is(k, clsGiven) && d.tok[k].capital || k > j+1 && d.nameToken(k) && k+1 < len(d.tok) && d.nameToken(k+1) && (k+2 >= len(d.tok) || !d.tok[k+2].capital) {
			return true
		}
	}
	return false
}

// afterFor gives the comma after words like "for the region" that stand between an office
// and the name of its holder, which begins at token next; 0 where there are none.
func (d *doc) afterFor(m *mention, next int) int {
	if m.kind != office || !d.lex.setting("articles") || next-m.to < 3 || next-m.to > 8 || !d.is(m.to, clsArticle) || !d.has(m.to, frAfter) || !d.mark(next-1, ",") {
		return 0
	}
	for i := m.to; i < next-1; i++ {
		if d.tok[i].kind != kindWord || d.is(i, clsCue|clsThat|clsContrast) {
			return 0
		}
	}
	return next - 1
}
