package render

import (
	"math"
	"strconv"

	"github.com/truceline/truceline/report"
)

// An A4 sheet in points, with the margins of a printed report.
const (
	sheetWidth, sheetHeight = 595.28, 841.89
	left, right             = 71.0, 71.0
	top, bottom             = 74.0, 78.0
	measure                 = sheetWidth - left - right
	hang                    = 34.0 // the column of numbers
)

// Kinds of mark on a page.
const (
	markText = iota
	markRule
	markLink
	markAnchor
)

// mark is one thing on a page; y is from the top, of text its baseline.
type mark struct {
	kind       int
	x, y, w, h float64
	text       string // words; of links and anchors where they lead or what they are called
	face       int
	size       float64
	colour     colour
}

// heading is a section as the outline and the contents list it.
type heading struct {
	title, anchor string
	page          int
	y             float64
}

// pager lays a document out on pages.
type pager struct {
	*typesetter
	pages    [][]mark
	y        float64
	headings []heading
	anchors  map[string]bool
}

func (p *pager) put(m mark) { p.pages[len(p.pages)-1] = append(p.pages[len(p.pages)-1], m) }

func (p *pager) floor() float64 { return sheetHeight - bottom }

func (p *pager) newPage() {
	p.pages = append(p.pages, nil)
	p.y = top
}

// room begins a page where less than h is left.
func (p *pager) room(h float64) {
	if p.y+h > p.floor() && p.y > top {
		p.newPage()
	}
}

// rule draws a line across the measure.
func (p *pager) rule(y, weight float64, c colour) {
	p.put(mark{kind: markRule, x: left, y: y, w: measure, h: weight, colour: c})
}

// line puts a line whose box begins at y.
func (p *pager) line(ln line, x, y float64, l look) {
	base := y + l.lead/2 + l.size*0.34
	for _, s := range ln.pieces {
		p.put(mark{kind: markText, x: x + s.x, y: base, w: s.width, text: s.text, face: s.face, size: l.size, colour: s.colour})
		if s.link != "" {
			p.put(mark{kind: markLink, x: x + s.x, y: y, w: s.width, h: l.lead, text: s.link})
		}
	}
}

// lay puts lines one under the other over as many pages as they need. Of a paragraph
// neither the first nor the last line stands alone.
func (p *pager) lay(lines []line, x float64, l look) {
	p.room(float64(min(2, len(lines))) * l.lead)
	for i := 0; i < len(lines); {
		fit := max(1, int(math.Floor((p.floor()-p.y)/l.lead+0.001)))
		rest := len(lines) - i
		if fit < rest && rest-fit == 1 && fit > 2 {
			fit--
		}
		for range min(fit, rest) {
			p.line(lines[i], x, p.y, l)
			p.y += l.lead
			i++
		}
		if i < len(lines) {
			p.newPage()
		}
	}
}

// one sets a text on a single line, cut with an ellipsis where it is too wide.
func (p *pager) one(text string, l look, width float64) line {
	lines := p.lines([]report.Run{{Text: text}}, l, width)
	switch len(lines) {
	case 0:
		return line{}
	case 1:
		return lines[0]
	}
	dots := p.lines([]report.Run{{Text: "…", Lang: "en"}}, l, width)[0]
	short := p.lines([]report.Run{{Text: text}}, l, width-dots.width)[0]
	for _, s := range dots.pieces {
		s.x += short.width
		short.pieces = append(short.pieces, s)
	}
	short.width += dots.width
	return short
}

// anchor names a place to which links lead.
func (p *pager) anchor(name string, y float64) {
	p.anchors[name] = true
	p.put(mark{kind: markAnchor, y: y, text: name})
}

// furniture sets what stands at the head and foot of every page.
func (p *pager) furniture() {
	small := look{size: 8, lead: 11, ink: soft}
	for i := range p.pages {
		at := &pager{typesetter: p.typesetter, pages: p.pages[:i+1]}
		if i > 0 {
			name := p.one(p.d.Title, small, measure*0.55)
			at.line(name, left, top-34, small)
			of := p.one(p.d.Subtitle, small, measure*0.4)
			at.line(of, left+measure-of.width, top-34, small)
			at.rule(top-20, 0.4, hair)
		}
		y := p.floor() + 22
		at.rule(y-5, 0.4, hair)
		number := p.one(strconv.Itoa(i+1)+" / "+strconv.Itoa(len(p.pages)), small, measure)
		at.line(number, left+measure-number.width, y, small)
		at.line(p.one(p.d.Footer, small, measure-number.width-16), left, y, small)
	}
}
