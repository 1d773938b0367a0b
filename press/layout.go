package press

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type paragraphKind uint8

const (
	body paragraphKind = iota
	heading
	caption
	furniture
)

// paragraph is a line of the text that is not empty.
type paragraph struct {
	kind     paragraphKind
	from, to int // tokens
}

// layout finds paragraphs and tells report, headings and furniture apart.
func (d *doc) layout() {
	for i := 0; i < len(d.tok); {
		j := i + 1
		for j < len(d.tok) && !d.lineBreak(j) {
			j++
		}
		d.paras = append(d.paras, paragraph{from: i, to: j})
		i = j
	}
	rules := d.furnitureRules()
	rest, linked := false, false
	seen := false
	for i := range d.paras {
		p := &d.paras[i]
		line := d.lineOf(p)
		how := rules.match(d.lex.folded(line))
		heads := d.headlike(p)
		switch {
		case rest || how == "rest":
			rest = true
			p.kind = furniture
		case how == "section":
			linked = true
			p.kind = furniture
		case how == "byline" && d.closesSentence(p): // "By midweek it had moved."
			linked = false
		case how == "caption":
			p.kind = caption
		case how != "" || noWords(line) || address(line) || menu(line):
			p.kind = furniture
		case linked && heads && seen:
			p.kind = furniture
		case heads || !seen && !d.closesSentence(p) && p.to-p.from < 60:
			p.kind = heading
			linked = false
		default:
			linked = false
		}
		if p.kind <= heading {
			seen = true
		}
	}
	d.trailing()
}

// trailing takes the headings after the report's last paragraph for links to other articles:
// they stand over nothing.
func (d *doc) trailing() {
	last := len(d.paras) - 1
	for last >= 0 && d.paras[last].kind != body {
		last--
	}
	for i := last + 1; i < len(d.paras) && last >= 0; i++ {
		if d.paras[i].kind == heading {
			d.paras[i].kind = furniture
		}
	}
}

func (d *doc) lineOf(p *paragraph) string { return d.slice(p.from, p.to) }

// headlike tells whether a line looks like a heading: short, and no sentence.
func (d *doc) headlike(p *paragraph) bool {
	n := utf8.RuneCountInString(d.lineOf(p))
	limit := 110
	if d.tok[p.from].kind == kindHan || d.tok[p.to-1].kind == kindHan {
		limit = 40
	}
	return n <= limit && !d.closesSentence(p)
}

// closesSentence tells whether a line ends as a sentence of the report does.
func (d *doc) closesSentence(p *paragraph) bool {
	for i := p.to - 1; i >= p.from && i > p.to-5; i-- {
		if d.mark(i, stops) {
			return !d.mark(i, "?？") || i < p.to-1
		}
		if d.mark(i, ":：;；") {
			return true
		}
		if d.tok[i].kind != kindMark {
			return false
		}
	}
	return false
}

type furnitureRules struct{ list []furnitureRule }

func (d *doc) furnitureRules() furnitureRules { return furnitureRules{d.lex.furniture} }

// narrow makes the wide marks of Chinese the narrow ones in which rules are written.
var narrow = strings.NewReplacer("：", ":", "（", "(", "）", ")", "　", " ")

// match says by which rule a folded line is furniture, or "".
func (f furnitureRules) match(line string) string {
	line = narrow.Replace(line)
	trimmed := strings.TrimFunc(line, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	short := len(line) <= 400
	for _, r := range f.list {
		if r.how == "contains" && !short || r.how != "contains" && r.text != "" && line != "" && r.text[0] != line[0] && (trimmed == "" || r.text[0] != trimmed[0]) {
			continue
		}
		switch r.how {
		case "whole":
			if trimmed == r.text {
				return "whole"
			}
		case "contains":
			if strings.Contains(line, r.text) {
				return "contains"
			}
		default:
			if strings.HasPrefix(trimmed, r.text) || strings.HasPrefix(line, r.text) {
				if next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(trimmed, r.text)); unicode.IsLetter(next) && !unicode.Is(unicode.Han, next) && strings.HasPrefix(trimmed, r.text) {
					continue // the beginning of a longer word
				}
				return r.how
			}
		}
	}
	return ""
}

// menu tells whether a line is a row of links: short pieces with the same mark between.
func menu(line string) bool {
	for _, mark := range []string{" | ", " · ", " • ", " / ", " » "} {
		if strings.Count(line, mark) >= 2 && len(line) < 300 {
			return true
		}
	}
	return false
}

func noWords(line string) bool {
	return strings.IndexFunc(line, unicode.IsLetter) < 0
}

// address tells whether a line is nothing but an address of the web, a tag or a handle.
func address(line string) bool {
	fields := strings.Fields(line)
	for _, f := range fields {
		if !strings.HasPrefix(f, "http") && !strings.HasPrefix(f, "www.") && !strings.HasPrefix(f, "#") && !strings.HasPrefix(f, "@") {
			return false
		}
	}
	return true
}
