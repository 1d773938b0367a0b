package press

// opener finds where the content after a cue begins: how is "that", "colon", "quote",
// "comma", "bare" or "". group is where the words that attribute end.
func (d *doc) opener(s sentence, k int, frm frame) (how string, from, group int) {
	bare, bareGroup := -1, k
	phrase := false // within a phrase with a preposition
	calm := true    // only words that say when, where and to whom
	start := k
	for n := 0; k < s.to && n < 48; n++ {
		if q := d.quoteAt(k); q >= 0 && d.quotes[q].depth == s.depth+1 && d.at[k] >= 0 && d.ment[d.at[k]].kind == outlet {
			k = d.quotes[q].end
			if calm {
				bareGroup = k
			}
			continue
		} else if q >= 0 && d.quotes[q].depth == s.depth+1 {
			if d.quotes[q].end-d.quotes[q].open <= 6 && d.quotes[q].end < s.to && !d.mark(d.quotes[q].end, stops+commas) && !calm {
				k = d.quotes[q].end // a name or a word in quotation marks
				continue
			}
			if k > start && d.is(k-1, clsPlain) && d.has(k-1, frQuote) && !d.lex.setting("capitals") {
				return "quote", int(d.tok[k-1].from), int(d.tok[k-1].from) // 不要“……”
			}
			if bare < 0 || calm || phrase {
				return "quote", k, k
			}
			k = d.quotes[q].end
			continue
		}
		if d.tok[k].depth > s.depth {
			k++
			continue
		}
		switch {
		case d.mark(k, colons):
			if bare >= 0 && !calm && !phrase && !d.lex.setting("comma-opens") && d.quoteAt(k+1) < 0 && frm&frTell == 0 && (frm&(frNP|frInf) != 0 || !d.lex.setting("genitive")) {
				return "bare", bare, bareGroup
			}
			return "colon", k + 1, k
		case d.is(k, clsThat):
			if bare >= 0 && !calm && !phrase && frm&frTell == 0 && d.lex.setting("bare") {
				return "bare", bare, bareGroup
			}
			end := int(d.tok[k].to)
			if d.has(k, frBefore) {
				end = k // a question keeps its first word
			}
			group = k
			if d.mark(group-1, commas) {
				group--
			}
			return "that", end, group
		case d.mark(k, commas):
			if d.is(k+1, clsThat) {
				if d.lex.setting("comma-opens") {
					return "that", int(d.tok[k+1].to), k
				}
				k++
				continue
			}
			if d.lex.setting("comma-opens") && (calm || phrase && bare < 0 || bare >= 0 && bareGroup == start && frm&frTell != 0) {
				return "comma", k + 1, k
			}
			if d.quoteAt(k+1) >= 0 && (calm || phrase) {
				return "quote", k + 1, k
			}
			if d.lex.setting("comma-opens") || bare >= 0 && !phrase {
				if bare >= 0 {
					return "bare", bare, bareGroup
				}
				return "", s.to, k
			}
			if !d.parenthesis(s, k) {
				if bare >= 0 {
					return "bare", bare, bareGroup
				}
				return "", s.to, k
			}
			phrase = true
			k++
		case d.mark(k, dashes) && d.dashAfter(s, k) > 0: // an insertion between dashes
			k = d.dashAfter(s, k) + 1
			phrase = true
		case d.mark(k, stops), d.mark(k, ";；"):
			if bare >= 0 {
				return "bare", bare, bareGroup
			}
			return "", s.to, k
		case d.is(k, clsCue) && !d.is(k, clsSetting|clsPlain) && bare >= 0 && !calm:
			return "bare", bare, bareGroup
		case d.is(k, clsAdverb|clsTime|clsAddressee) && !d.is(k, clsOblique) && !(d.is(k, clsArticle) && d.is(k, clsAddressee) && frm&frTell == 0):
			if d.lex.setting("comma-opens") && d.is(k, clsTime|clsAdverb) && bare < 0 && k+1 < s.to {
				bare, bareGroup = k, k // 提议月底前完成
			}
			k = int(d.tok[k].to)
			if calm && bare < 0 {
				bareGroup = k
			}
		case d.is(k, clsOblique) && !(frm&frAbout != 0 && bare < 0 && d.has(k, frAbout)):
			phrase = phrase || bare < 0 || calm || d.lex.setting("comma-opens")
			next := d.phraseEnd(s, k)
			if bare < 0 && !d.calmPhrase(k, next) {
				bare, bareGroup = k, k
			}
			k = next
		case k == start && d.is(k, clsArticle) && frm&frTell != 0 && d.is(k+1, clsSetting|clsAddressee):
			k = int(d.tok[k+1].to)
			bareGroup = k
		case k == start && frm&frTell != 0 && d.mentionStart(k) < 0 && d.addresseeEnd(s, k) > k:
			k = d.addresseeEnd(s, k)
			bareGroup = k
		case k == start && frm&frTell != 0 && d.mentionStart(k) >= 0 && d.ment[d.mentionStart(k)].to < s.to:
			m := &d.ment[d.mentionStart(k)]
			if d.lex.setting("comma-opens") && frm&(frNP|frInf) != 0 && m.kind != outlet && !d.mark(m.to, commas+colons) && !d.is(m.to, clsThat|clsTime|clsAdverb) && d.quoteAt(m.to) < 0 {
				bare, calm = k, false // 要求部长辞职
			}
			k = m.to
			bareGroup = k
		case (d.mark(k, "(（)）") || d.is(k, clsPlain) && d.has(k, frTell)) && calm:
			k++
			bareGroup = k
		default:
			if bare < 0 {
				bare, bareGroup = k, k
			}
			calm = false
			k = int(d.tok[k].to)
		}
	}
	if bare >= 0 {
		return "bare", bare, bareGroup
	}
	return "", s.to, k
}

// dashAfter gives the dash that closes the insertion which the one at token k opens, or -1.
func (d *doc) dashAfter(s sentence, k int) int {
	for i := k + 2; i < s.to && i < k+14; i++ {
		if d.mark(i, dashes) && d.tok[i].depth == s.depth {
			return i
		}
	}
	return -1
}

// phraseEnd gives the end of a phrase that a preposition at token k opens.
func (d *doc) phraseEnd(s sentence, k int) int {
	k = int(d.tok[k].to)
	for n := 0; n < 3 && k < s.to && d.tok[k].depth == s.depth; n++ {
		if d.tok[k].kind == kindMark || d.is(k, clsThat|clsCue) {
			return k
		}
		if m := d.mentionStart(k); m >= 0 {
			return d.ment[m].to
		}
		done := d.is(k, clsSetting|clsTime|clsAddressee)
		k = int(d.tok[k].to)
		if done {
			return k
		}
	}
	return k
}

// calmPhrase tells whether a phrase only says when, where or on what occasion.
func (d *doc) calmPhrase(from, to int) bool {
	for i := from; i < to; i++ {
		if d.is(i, clsSetting|clsTime|clsAddressee) || d.at[i] >= 0 && d.ment[d.at[i]].kind == outlet || d.tok[i].kind == kindNumber {
			return true
		}
	}
	return false
}

// parenthesis tells whether the comma at token k opens an insertion that another comma,
// or a comma with a complementiser, closes soon.
func (d *doc) parenthesis(s sentence, k int) bool {
	for i := k + 1; i < s.to && i < k+20; i++ {
		if d.tok[i].depth > s.depth || d.mark(i, stops+colons) {
			return false
		}
		if d.mark(i, commas) {
			return d.is(i+1, clsThat) || d.quoteAt(i+1) >= 0
		}
	}
	return false
}

// tag tells whether the words of a cue come after their content: "…, X said."
func (d *doc) tag(s sentence, a *attribution, bound int) bool {
	if a.elided && a.subject < 0 {
		return false
	}
	start := a.group[0]
	k := start - 1
	for k >= bound && (d.is(k, clsAdverb|clsTime|clsThis|clsContrast) || d.mark(k, dashes)) && d.tok[k].depth == s.depth {
		if d.mark(k, dashes) {
			break
		}
		k = int(d.tok[k].from) - 1
	}
	if k < bound {
		return false
	}
	quoted := d.tok[k].depth > s.depth && !(d.lex.setting("genitive") && k == start-1 && !d.mark(k-1, stops+commas))
	if q := d.tok[k].quote; quoted && d.lex.setting("comma-opens") && k == start-1 && q >= 0 && d.quotes[q].end == k+1 && k+1-d.quotes[q].open <= 6 && !d.mark(k-1, stops+commas) {
		quoted = false // “北方”司令部坚称
	}
	for n := 0; n < 3 && !quoted && k > bound && a.subject >= 0 && d.tok[k].kind == kindWord && !d.tok[k].capital && (d.tok[k].leaf == nil || d.is(k, clsArticle|clsModifier)) && d.ment[a.subject].kind != pronoun; n++ {
		k-- // words of the subject that no list has
		quoted = d.tok[k].depth > s.depth
	}
	if !quoted && d.lex.setting("comma-opens") { // 「……」住在桥边的某人说
		for j, n := k, 0; j >= bound && n < 24 && (d.tok[j].kind != kindMark || d.mark(j, "、")) && !d.is(j, clsCue); j, n = j-1, n+1 {
			if j > bound && d.tok[j-1].depth > s.depth {
				quoted, k = true, j-1
				break
			}
		}
	}
	if !quoted && !d.mark(k, commas+dashes+stops) {
		return false
	}
	if !quoted && d.tok[max(k-1, bound)].depth > s.depth && k-1 >= bound {
		quoted = true
	}
	// Enough words before, and not only words that say when and where.
	end := d.tagEnd(s, a.group[1])
	if end < 0 && quoted && a.subject >= 0 && d.ment[a.subject].from >= a.cue[1] && d.nextQuote(s, a.group[1], 40) < 0 && !d.is(a.group[1], clsThat) {
		end = s.to // “…,” said X for the region, who arrived on Monday
	}
	if end < 0 {
		return false // nothing may follow but what says when, where and to whom
	}
	closes := end >= s.to || d.mark(end, stops)
	least := 4
	if a.subject >= 0 && d.ment[a.subject].from >= a.cue[1] {
		least = 2 // "…, said X" is no other thing
	}
	if closes && d.lex.setting("articles") && d.mark(k, ",") && d.has(a.cue[0], frClause) && k-bound > 1 {
		least = 1
	}
	if !d.lex.setting("comma-opens") && d.medial(s, a, k, end, bound) {
		least = 1
		closes = true
	}
	start = k + 1
	tagged := quoted || k-bound >= least && !(d.leadIn(bound, k) && (!closes || d.lex.setting("comma-opens") && end != a.cue[1]))
	if tagged && start < a.group[0] && (d.mark(start-1, commas+dashes) || quoted && d.lex.setting("comma-opens") && d.tok[start-1].depth > s.depth) {
		a.group[0] = start
	}
	return tagged
}

// medial tells whether the words of a cue stand between commas in the middle of their
// content: "The deal, X says, is dead".
func (d *doc) medial(s sentence, a *attribution, k, end, bound int) bool {
	if !d.mark(k, ",") || !d.mark(end, ",") || end+2 >= s.to || k-bound > 7 || a.group[1]-a.group[0] > 6 || !d.has(a.cue[0], frClause) {
		return false
	}
	n := end + 1
	return !d.tok[n].capital && d.tok[n].depth >= s.depth && !d.is(n, clsAnd|clsContrast|clsTime|clsCue|clsThat) && !(d.is(n, clsTail) && !d.is(n, clsOblique)) && !(d.is(n, clsAdverb) && d.has(n, frAfter)) && !(d.is(n, clsOblique|clsArticle) && k-bound > 3)
}

// leadIn tells whether tokens are a phrase that opens a sentence: "On Monday in Kyiv".
func (d *doc) leadIn(from, to int) bool {
	if d.lex.setting("comma-opens") {
		return true // here a cue follows its content only after a quotation
	}
	return to-from <= 14 && d.is(from, clsOblique|clsTime|clsContrast|clsAdverb)
}

// tagStart gives the end of the content before a group.
func (d *doc) tagStart(s sentence, k, bound int) int {
	for k > bound && d.tok[k-1].depth == s.depth && (d.is(k-1, clsAdverb|clsThis) && !d.is(k-1, clsTime) || d.mark(k-1, commas+dashes)) {
		if d.mark(k-1, commas+dashes) && k > bound+1 && !d.mark(k-2, commas+dashes) {
			return k - 1
		}
		k = min(int(d.tok[k-1].from), k-1)
	}
	return k
}

// tagEnd gives the end of the words of a cue that has its content before it, or -1 when
// what follows is content itself.
func (d *doc) tagEnd(s sentence, k int) int {
	for n := 0; k < s.to && n < 40; n++ {
		if q := d.quoteAt(k); q >= 0 && d.quotes[q].depth == s.depth+1 {
			if d.at[k] >= 0 && d.ment[d.at[k]].kind == outlet {
				k = max(d.ment[d.at[k]].to, d.quotes[q].end)
				continue
			}
			return -1
		}
		switch {
		case d.mark(k, commas+stops+colons+";；"+dashes):
			return k
		case n == 0 && k > s.from && d.is(k, clsArticle) && d.has(k-1, frTell) && d.addresseeEnd(s, k) > k:
			k = d.addresseeEnd(s, k)
		case d.is(k, clsAdverb|clsTime|clsAddressee|clsSetting|clsArticle|clsAnd), d.tok[k].kind == kindNumber, d.mark(k, "()（）"):
			k = int(d.tok[k].to)
		case d.is(k, clsOblique) || d.is(k, clsCue) && d.has(k, frCite):
			// Phrases run to the next mark here: nothing else can follow a closed quotation.
			k = int(d.tok[k].to)
			for k < s.to && d.tok[k].kind != kindMark && d.tok[k].depth == s.depth && !d.is(k, clsThat) {
				k = int(d.tok[k].to)
			}
			if q := d.quoteAt(k); q >= 0 && d.at[k] < 0 && d.quotes[q].end-k <= 7 && d.closes(s, d.quotes[q].end) {
				k = d.quotes[q].end // a title: "в эфире «Утра»"
			}
		case d.mentionStart(k) >= 0 && d.ment[d.mentionStart(k)].kind != pronoun:
			k = d.ment[d.mentionStart(k)].to
		default:
			return -1
		}
	}
	return k
}

// pastAddressee passes over who is urged or accused: "urged both sides | to hold fire",
// "accused B of | shelling", "призвал стороны | прекратить огонь".
func (d *doc) pastAddressee(s sentence, c, from int) int {
	accuses := d.has(c, frAfter)
	if !accuses && !d.has(c, frInf) || !d.lex.setting("capitals") {
		return from
	}
	who := false
	for k := from; k < s.to && k < from+8; k++ {
		switch {
		case d.tok[k].kind == kindMark || d.tok[k].depth != s.depth || d.is(k, clsThat) || k == from && !accuses && d.lex.setting("genitive") && d.infinitive(k):
			return from
		case accuses && who && (d.is(k, clsArticle|clsOblique) && d.has(k, frAfter)):
			return k + 1
		case !accuses && k > from && who && d.is(k, clsPlain) && d.has(k, frAfter), !accuses && k > from && d.lex.setting("genitive") && d.infinitive(k):
			if d.is(k-1, clsPlain) && d.has(k-1, frQuote) {
				return k - 1 // «просила не открывать»
			}
			return k
		case d.is(k, clsCue) && k > from && d.at[k] < 0:
			return from
		}
		who = who || k == from && !accuses && d.is(k, clsOblique) || d.at[k] >= 0 || d.is(k, clsBody|clsCountry|clsOffice|clsAnonymous|clsAddressee)
	}
	return from
}

// afterColon passes over what a colon closes when that tells who says something: "They deny
// it: the shots were a salute, X said."
func (d *doc) afterColon(from, to int, depth uint8) int {
	told := false
	for k := from; k < to-3; k++ {
		if d.tok[k].depth != depth {
			continue
		}
		if told && d.mark(k, colons) {
			return k + 1
		}
		told = told || d.is(k, clsCue) && !d.is(k, clsSetting)
	}
	return from
}

// beforeAside ends a content before a comma and what the article explains by itself to the
// end of the sentence: ", the only road", ", which runs out on Friday".
func (d *doc) beforeAside(from, to int, s sentence) int {
	if !d.lex.setting("articles") {
		return to
	}
	for k := to - 2; k > from+3; k-- {
		if !d.mark(k, ",") || d.tok[k].depth != s.depth {
			continue
		}
		aside := d.is(k+1, clsAdverb) && d.has(k+1, frAfter) || d.is(k+1, clsArticle) && d.has(k+1, frBefore|frKnown) || d.is(k+1, clsPlain) && to-k < 9 && !d.has(k+1, frQuote)
		if !aside {
			return to
		}
		for i := k + 2; i < to; i++ {
			if d.is(i, clsAnd|clsContrast) && d.mark(i-1, ",") || d.tok[i].depth > s.depth {
				return to
			}
		}
		return k
	}
	return to
}

// clauseMark gives the last semicolon between two tokens, or -1.
func (d *doc) clauseMark(from, to int) int {
	for k := to - 1; k > from; k-- {
		if d.mark(k, ";；") && d.tok[k].depth == d.tok[from].depth {
			return k
		}
	}
	return -1
}

// aside leaves out a source between a speaker and his cue: "X, according to Y, hinted that".
func (d *doc) aside(list []attribution) []attribution {
	for n := 0; n+1 < len(list); n++ {
		a, b := &list[n], &list[n+1]
		if a.source && a.before && b.subject >= 0 && d.ment[b.subject].to <= a.cue[0] && b.cue[0] > a.group[1] {
			return append(list[:n:n], list[n+1:]...)
		}
	}
	return list
}

// lastWord gives all of a sentence to whoever is named at its end, where a cue before only tells
// what somebody agreed to or asked for: «Делегации согласились …, сообщили два источника».
func (d *doc) lastWord(s sentence, list []attribution) []attribution {
	n := len(list) - 1
	if n < 1 || d.lex.setting("comma-opens") {
		return list
	}
	b := &list[n]
	if !b.before || b.source || b.elided || b.subject < 0 || d.lex.setting("genitive") && d.ment[b.subject].from < b.cue[1] || d.lex.setting("articles") && (!d.mark(b.group[0]-1, ",") || d.ment[b.subject].kind == pronoun) || !d.closes(s, b.group[1]) || d.tok[b.cue[0]-1].depth > s.depth {
		return list
	}
	for k := range n {
		if a := &list[k]; a.how != "bare" || a.before || a.source || a.frame&(frNP|frInf|frMind|frWeak) == 0 {
			return list
		}
	}
	b.from = s.from
	return list[n:]
}

// medials joins to a content what goes on after the words of a cue between commas, although it
// has a cue of its own whose subject came first: «Аудиторы, по его словам, предупреждали …».
func (d *doc) medials(list []attribution) []attribution {
	if d.lex.setting("comma-opens") {
		return list
	}
	for k := 0; k+1 < len(list); k++ {
		a, b := &list[k], &list[k+1]
		if !a.before || a.how == "cite" || a.to-a.from > 6 || !d.mark(a.group[1], commas) || b.before || b.source || b.how == "call" {
			continue
		}
		if inside := b.subject >= 0 && d.ment[b.subject].from >= a.from && d.ment[b.subject].to <= a.to+1; inside || b.elided && b.frame&frElided == 0 {
			a.medial = true
			list = append(list[:k+1], list[k+2:]...)
			k--
		}
	}
	return list
}
