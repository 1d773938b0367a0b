package press

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameAt gives the end of a personal name that begins at token j, or j.
func (d *doc) nameAt(j int, p paragraph, atoms []atom) int {
	if j >= p.to {
		return j
	}
	if !d.lex.setting("capitals") {
		return d.lettersName(j, p, atoms)
	}
	if !d.nameToken(j) {
		return j
	}
	end := j
	if d.lex.setting("genitive") && len(atoms) > 0 && atoms[len(atoms)-1].what != 0 {
		if n := d.placeFirst(j, p); n > 0 {
			return j + n
		}
	}
	for end < p.to && d.tok[end].depth == d.tok[j].depth {
		if d.nameToken(end) {
			if end > j && d.lex.setting("genitive") && d.is(end, clsGiven) && !d.has(end, frBefore) && len(atoms) > 0 && !d.is(end-1, clsGiven) {
				break // "министр Сарвии | Аркадий Мелин"
			}
			end++
			continue
		}
		// Initials: "В. Путин", "George W. Bush".
		if d.mark(end, ".") && end+1 < p.to && utf8.RuneCountInString(d.word(end-1)) == 1 && d.nameToken(end+1) {
			end++
			continue
		}
		if d.is(end, clsGiven) && d.has(end, frBefore) && end > j && end+1 < p.to && d.nameToken(end+1) {
			end++ // van, al, bin
			continue
		}
		if end > j && d.joinedParticle(end) {
			end++ // al-Rawahi
			continue
		}
		break
	}
	return end
}

// joinedParticle tells whether a word is a particle and a name in one: "al-Rawahi".
func (d *doc) joinedParticle(i int) bool {
	if d.tok[i].kind != kindWord || d.tok[i].capital {
		return false
	}
	particle, name, ok := strings.Cut(d.word(i), "-")
	first, _ := utf8.DecodeRuneInString(name)
	return ok && len(particle) <= 3 && unicode.IsUpper(first)
}

// placeFirst tells how many of the capital words after an office are the place that it is
// of: "президент Северии | Карл Дорн", "губернатор Верхнего Марла | Тобиас Ренк". The last
// two are a person's; a patronymic makes them three.
func (d *doc) placeFirst(j int, p paragraph) int {
	n := 0
	for j+n < p.to && d.nameToken(j+n) && n < 6 {
		n++
	}
	if n < 3 || d.is(j, clsGiven) {
		return 0
	}
	for k := 1; k < n-1; k++ {
		if d.is(j+k, clsGiven) && !d.has(j+k, frBefore) {
			return k
		}
	}
	for _, ending := range d.lex.lists["patronymics"] {
		if strings.HasSuffix(d.info[j+n-2].norm, ending) {
			return n - 3
		}
	}
	return n - 2
}

// nameToken tells whether token i can be a word of a name by its capital.
func (d *doc) nameToken(i int) bool {
	if i >= len(d.tok) || !d.tok[i].capital || d.is(i, clsNotName) && !d.is(i, clsGiven) {
		return false
	}
	if !d.starts[i] {
		return true
	}
	// At the beginning of a sentence every word has a capital.
	if d.is(i, clsGiven) && !d.has(i, frBefore) || d.inside[d.info[i]] && !d.is(i, clsGiven) {
		return true
	}
	if d.lower[d.info[i].norm] || d.pluralOfPeople(i) || d.objectFirst(i) {
		return false
	}
	if d.lex.setting("genitive") && d.begins[firstLetters(d.info[i].norm, 5)] {
		return true // the same name in another case
	}
	return i+1 < len(d.tok) && (d.tok[i+1].capital && !d.is(i+1, clsNotName) || d.skipAdverbs(i+1) < len(d.tok) && d.is(d.skipAdverbs(i+1), clsCue) || d.mark(i+1, "'’(（"))
}

// objectFirst tells whether a word at the beginning of a sentence is rather the object before a
// known name than a first name: «Книгу Сульхейм прочла».
func (d *doc) objectFirst(i int) bool {
	if i+1 >= len(d.tok) || !d.inside[d.info[i+1]] || d.is(i, clsGiven) {
		return false
	}
	for _, ending := range d.lex.lists["no-given"] {
		if strings.HasSuffix(d.info[i].norm, ending) {
			return true
		}
	}
	return false
}

// pluralOfPeople tells whether a word at the beginning of a sentence rather means people of a
// trade: "Geologists say".
func (d *doc) pluralOfPeople(i int) bool {
	if i+1 < len(d.tok) && d.tok[i+1].capital {
		return false
	}
	for _, ending := range d.lex.lists["people-plural"] {
		if strings.HasSuffix(d.info[i].norm, ending) {
			return true
		}
	}
	return false
}

func (d *doc) skipAdverbs(i int) int {
	for n := 0; i < len(d.tok) && n < 6 && d.is(i, clsAdverb|clsTime) && !d.is(i, clsCue); n++ {
		i = int(d.tok[i].to)
	}
	return i
}

// lettersName finds a name in a script without capitals: by the letters that write
// foreign names, by family names, and by what the article has named already.
func (d *doc) lettersName(j int, p paragraph, atoms []atom) int {
	if d.tok[j].kind == kindWord && d.tok[j].capital {
		end := j
		for end < p.to && d.tok[end].kind == kindWord && d.tok[end].leaf == nil {
			end++
		}
		return end
	}
	if d.tok[j].kind != kindHan || strings.Contains(d.lex.settings["numerals"], d.word(j)) {
		return j
	}
	if len(atoms) > 0 && atoms[len(atoms)-1].what == 0 {
		return j // two names never stand side by side
	}
	if end := d.knownName(j, p); end > j {
		return end
	}
	end := j
	for end < p.to && end < j+16 && (d.is(end, clsNameLetter) && int(d.tok[end].to) == end+1 && int(d.tok[end].from) == end || end > j && d.mark(end, "·・‧-•—.．") && d.is(end+1, clsNameLetter)) {
		end++
	}
	afterOffice := len(atoms) > 0 && atoms[len(atoms)-1].what&(clsOffice|clsAnonymous) != 0 && atoms[len(atoms)-1].to == j
	if end-j >= 2 && (afterOffice || d.nameCloses(end, p, j)) {
		return end
	}
	if afterOffice && end-j < 2 { // 船东老秦: whatever stands between an office and a cue
		k := j
		for k < p.to && k-j < 4 && d.tok[k].kind == kindHan && (d.tok[k].leaf == nil || d.tok[k].leaf.class&^(clsNameLetter|clsSurname|clsNation|clsCountry|clsModifier) == 0) && !d.is(k, clsArticle) {
			k++
		}
		if k-j >= 2 && k-j <= 4 && (d.is(k, clsCue|clsTime|clsOblique|clsAdverb) || d.mark(k, "(（,，") || d.tok[min(k, len(d.tok)-1)].kind == kindNumber) {
			return k
		}
	}
	if d.is(j, clsSurname) && (afterOffice || d.clauseStart(j, p)) {
		end = int(d.tok[j].to)
		if d.is(end, clsGiven) && d.has(end, frAfter) { // 林阿姨
			return int(d.tok[end].to)
		}
		for end < p.to && end-int(d.tok[j].to) < 2 && d.tok[end].kind == kindHan && (d.tok[end].leaf == nil || d.tok[end].leaf.class&^(clsNameLetter|clsSurname) == 0) {
			end++
		}
		if (end > int(d.tok[j].to) || end-j > 1) && (afterOffice || d.nameCloses(end, p, j)) {
			return end
		}
	}
	return j
}

// nameCloses tells whether what stands at token end shows that a name has ended there.
func (d *doc) nameCloses(end int, p paragraph, from int) bool {
	if end >= p.to {
		return false
	}
	if d.mark(end, "(（") && end+1 < p.to && d.tok[end+1].kind == kindWord {
		return true
	}
	if d.is(end, clsOffice) && end-from <= 8 {
		return true
	}
	return d.clauseStart(from, p) && d.is(end, clsCue|clsAdverb|clsTime|clsOblique|clsPlanned|clsAnd) && end-from >= 2 || end-from >= 4
}

func (d *doc) clauseStart(i int, p paragraph) bool {
	return i == p.from || d.mark(i-1, stops+commas+colons+";；“\"「『") || d.is(i-1, clsArticle) && !d.lex.setting("capitals") || d.is(i-1, clsCountry|clsNation|clsAnd|clsContrast|clsOblique|clsBody|clsTime|clsCue)
}

// knownName gives the end of the longest known name at token j.
func (d *doc) knownName(j int, p paragraph) int {
	best := j
	for _, n := range d.names[d.info[j]] {
		if j+len(n) > p.to || j+len(n) <= best {
			continue
		}
		same := true
		for k := range n {
			if d.info[j+k] != n[k] {
				same = false
				break
			}
		}
		if same {
			best = j + len(n)
		}
	}
	return best
}

// learnName keeps a name so that it is known again without its office.
func (d *doc) learnName(from, to int) {
	if d.lex.setting("capitals") || to-from < 2 || d.knownName(from, paragraph{to: len(d.tok)}) == to {
		return
	}
	learn := func(from, to int) {
		if to-from >= 2 && len(d.names[d.info[from]]) < 64 {
			d.names[d.info[from]] = append(d.names[d.info[from]], d.info[from:to])
		}
	}
	learn(from, to)
	for k := to - 1; k > from; k-- {
		if d.mark(k, "·・‧•.．") {
			learn(k+1, to)
			break
		}
	}
}

// lowAcronym tells whether a word that is a name only in capitals, as WHO and US are, stands
// in small letters.
func (d *doc) lowAcronym(i int) bool {
	if d.tok[i].kind != kindWord || d.tok[i].capital || d.tok[i].to != int32(i+1) || d.tok[i].leaf == nil {
		return false
	}
	_, ok := d.lex.acronyms[d.info[i].norm]
	return ok
}

// firstLetters gives the first n letters of a longer word; "" of a shorter one.
func firstLetters(word string, n int) string {
	for i := range word {
		if n == 0 {
			return word[:i]
		}
		n--
	}
	return ""
}
