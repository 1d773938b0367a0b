package draft

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// levels is how many a list of Word has.
const levels = 9

// style is what a style says of paragraphs.
type style struct {
	name    string // in English whatever Word's language: "heading 1", "toc 2"
	based   string
	outline string
	numID   string
	level   int // -1: it does not say
}

// listLevel is one level of a list.
type listLevel struct {
	start int
	form  string // "decimal", "upperRoman", …
	text  string // "%1.%2", "Article %1"
	style string // whose paragraphs stand on it
	plain bool   // the levels above count in figures
}

// numbering is how lists are counted: several lists may be one counting.
type numbering struct {
	levels [levels]listLevel
	link   string // a style whose list it is
	count  [levels]int
	begun  [levels]bool
}

// list is one list: its counting, and the levels at which it begins anew.
type list struct {
	of    string
	anew  map[int]int
	begun bool
}

// lists are the styles and lists of a file.
type lists struct {
	styles     map[string]*style
	numberings map[string]*numbering
	lists      map[string]*list
}

func (l *lists) readStyles(data []byte) error {
	var s *style
	return walk(data, func(t *xml.StartElement) {
		v := value(t, "val")
		switch {
		case t.Name.Local == "style" && value(t, "type") == "paragraph":
			s = &style{level: -1}
			l.styles[value(t, "styleId")] = s
		case t.Name.Local == "style":
			s = nil
		case s == nil:
		case t.Name.Local == "name":
			s.name = strings.ToLower(v)
		case t.Name.Local == "basedOn":
			s.based = v
		case t.Name.Local == "outlineLvl":
			s.outline = v
		case t.Name.Local == "numId":
			s.numID = v
		case t.Name.Local == "ilvl":
			s.level = levelOf(v)
		}
	}, nil, nil)
}

func (l *lists) readNumbering(data []byte) error {
	l.numberings, l.lists = map[string]*numbering{}, map[string]*list{}
	var n *numbering
	var x *list
	at := 0
	return walk(data, func(t *xml.StartElement) {
		v := value(t, "val")
		number, _ := strconv.Atoi(v)
		number = min(max(number, 0), 9999) // of what counts articles
		switch t.Name.Local {
		case "abstractNum":
			n, x = &numbering{}, nil
			for i := range n.levels {
				n.levels[i].start = 1
			}
			l.numberings[value(t, "abstractNumId")] = n
		case "num":
			n, x = nil, &list{anew: map[int]int{}}
			l.lists[value(t, "numId")] = x
		case "lvl", "lvlOverride":
			at = levelOf(value(t, "ilvl"))
		case "abstractNumId":
			if x != nil {
				x.of = v
			}
		case "startOverride":
			if x != nil {
				x.anew[at] = number
			}
		}
		if n == nil {
			return
		}
		switch t.Name.Local {
		case "numStyleLink":
			n.link = v
		case "start":
			n.levels[at].start = number
		case "numFmt":
			n.levels[at].form = v
		case "lvlText":
			n.levels[at].text = v
		case "pStyle":
			n.levels[at].style = v
		case "isLgl":
			n.levels[at].plain = v != "0" && v != "false"
		}
	}, nil, nil)
}

// chain gives a style and those it is based on.
func (l *lists) chain(id string) []*style {
	const longest = 20 // a ring has no end
	var all []*style
	for s := l.styles[id]; s != nil && len(all) < longest; s = l.styles[s.based] {
		all = append(all, s)
	}
	return all
}

var headingName = regexp.MustCompile(`^(?:heading ?[1-9]|title)$`)

// heading tells that a paragraph is a heading, by its own level of outline, by its
// style's or by the style's name.
func (l *lists) heading(p *wordParagraph) bool {
	ofText := strconv.Itoa(levels) // the level that is none
	if p.outline != "" {
		return p.outline != ofText
	}
	chain := l.chain(p.style)
	for _, s := range chain {
		if s.outline != "" {
			return s.outline != ofText
		}
		if headingName.MatchString(s.name) {
			return true
		}
	}
	return len(chain) == 0 && headingName.MatchString(strings.ToLower(p.style))
}

// ofContents tells that a style is that of a table of contents, which says again what
// stands elsewhere.
func (l *lists) ofContents(id string) bool {
	name := strings.ToLower(id)
	if s := l.styles[id]; s != nil {
		name = s.name
	}
	return len(name) > 3 && strings.HasPrefix(name, "toc") && strings.Trim(name[3:], " 0123456789") == ""
}

// number gives the number that Word shows before a paragraph; "" for none. Its own
// list comes before its style's.
func (l *lists) number(p *wordParagraph) string {
	id, level, by := p.numID, p.level, ""
	for _, s := range l.chain(p.style) {
		if id == "" && s.numID != "" {
			id, by = s.numID, p.style
		}
		if level < 0 && s.level >= 0 {
			level = s.level
		}
	}
	if id == "" || id == "0" {
		return ""
	}
	x := l.lists[id]
	if x == nil {
		if x = l.unknown(id); x == nil {
			return ""
		}
	}
	n := l.numberings[x.of]
	if n != nil && n.link != "" {
		for _, s := range l.chain(n.link) {
			if y := l.lists[s.numID]; y != nil && l.numberings[y.of] != nil {
				n = l.numberings[y.of]
				break
			}
		}
	}
	if n == nil {
		return ""
	}
	for i := range n.levels {
		if level < 0 && by != "" && n.levels[i].style == by {
			level = i
		}
	}
	return n.next(x, max(0, level))
}

// unknown makes a list of which a file tells nothing: counted in figures.
func (l *lists) unknown(id string) *list {
	if l.lists == nil {
		l.lists, l.numberings = map[string]*list{}, map[string]*numbering{}
	}
	n := &numbering{}
	text := ""
	for i := range n.levels {
		text += "%" + strconv.Itoa(i+1) + "."
		n.levels[i] = listLevel{start: 1, form: "decimal", text: text}
	}
	x := &list{of: "list " + id}
	l.lists[id], l.numberings[x.of] = x, n
	return x
}

// next counts one more on a level and gives the number that is shown.
func (n *numbering) next(x *list, level int) string {
	if !x.begun {
		x.begun = true
		for at, start := range x.anew {
			n.levels[at].start, n.begun[at] = start, false
		}
	}
	for i := range level + 1 {
		switch {
		case !n.begun[i]:
			n.count[i], n.begun[i] = n.levels[i].start, true
		case i == level:
			n.count[i]++
		}
	}
	clear(n.begun[level+1:])
	at := &n.levels[level]
	if at.form == "bullet" || at.form == "none" {
		return ""
	}
	const longest = 60 // bytes of what stands before a paragraph
	text := at.text
	if len(text) > longest {
		return ""
	}
	for i := range levels {
		form := n.levels[i].form
		if at.plain {
			form = "decimal"
		}
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), shown(n.count[i], form))
	}
	return strings.TrimSpace(text)
}

// shown writes a number in a form of Word; one that is not known here, in figures.
func shown(n int, form string) string {
	const latin, russian = "abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя"
	switch form {
	case "upperRoman":
		return romanNumber(n)
	case "lowerRoman":
		return strings.ToLower(romanNumber(n))
	case "lowerLetter":
		return lettered(n, latin)
	case "upperLetter":
		return strings.ToUpper(lettered(n, latin))
	case "russianLower":
		return lettered(n, russian)
	case "russianUpper":
		return strings.ToUpper(lettered(n, russian))
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital", "taiwaneseDigital":
		return hanNumber(n)
	}
	return strconv.Itoa(n)
}

// lettered counts a … z, aa, bb, as Word does.
func lettered(n int, alphabet string) string {
	letters := []rune(alphabet)
	const most = 5 // times the alphabet
	if n < 1 || n > most*len(letters) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(letters[(n-1)%len(letters)]), (n-1)/len(letters)+1)
}

func romanNumber(n int) string {
	const most = 399 // what valueOf reads
	if n < 1 || n > most {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, x := range []struct {
		value int
		text  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= x.value; n -= x.value {
			b.WriteString(x.text)
		}
	}
	return b.String()
}

func hanNumber(n int) string {
	digits := []rune("零一二三四五六七八九")
	const hundred, ten, most = 100, 10, 999
	switch {
	case n < 1 || n > most:
		return strconv.Itoa(n)
	case n < ten:
		return string(digits[n])
	case n < 2*ten:
		return strings.TrimSuffix("十"+string(digits[n%ten]), "零")
	case n < hundred:
		return strings.TrimSuffix(string(digits[n/ten])+"十"+string(digits[n%ten]), "零")
	}
	rest := n % hundred
	text := string(digits[n/hundred]) + "百"
	switch {
	case rest == 0:
		return text
	case rest < ten:
		return text + "零" + string(digits[rest])
	case rest < 2*ten:
		return text + "一" + hanNumber(rest)
	}
	return text + hanNumber(rest)
}
