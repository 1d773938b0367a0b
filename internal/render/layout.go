package render

import (
	"strconv"

	"github.com/truceline/truceline/report"
)

// styles are the looks of a document; Chinese, whose characters fill their squares, gets more air.
type styles struct{ title, subtitle, heading, body, table, small look }

func stylesOf(lang string) styles {
	s := styles{
		title:    look{size: 21, lead: 27, bold: true, ink: ink},
		subtitle: look{size: 11, lead: 15, ink: soft},
		heading:  look{size: 13.5, lead: 18, bold: true, ink: ink},
		body:     look{size: 10.5, lead: 14.6, ink: ink},
		table:    look{size: 9, lead: 12, ink: ink},
		small:    look{size: 9, lead: 12.4, ink: soft},
	}
	if lang == "zh" {
		s.body.lead, s.table.lead, s.small.lead = 17, 13.6, 14
	}
	return s
}

// layout sets a whole document.
func layout(d *report.Document, l *library) (*pager, error) {
	p := &pager{typesetter: newTypesetter(d, l), anchors: map[string]bool{}}
	p.newPage()
	s := stylesOf(d.Lang)
	p.head(s)
	fill := p.contents(s)
	for i, section := range d.Sections {
		if i == 0 {
			p.newPage()
		}
		p.section(section, s)
	}
	fill()
	p.furniture()
	return p, p.err
}

// head sets title, facts and notice.
func (p *pager) head(s styles) {
	p.lay(p.lines([]report.Run{{Text: p.d.Subtitle}}, s.subtitle, measure), left, s.subtitle)
	p.y += 4
	p.lay(p.lines([]report.Run{{Text: p.d.Title}}, s.title, measure), left, s.title)
	p.y += 12
	p.rule(p.y, 0.9, ink)
	p.y += 4
	const names = 132.0
	for _, f := range p.d.Facts {
		name := p.lines([]report.Run{{Text: f.Name}}, s.small, names-12)
		value := p.lines(f.Value, s.table, measure-names)
		lead := max(s.small.lead, s.table.lead)
		p.room(float64(max(len(name), len(value), 1))*lead + 6)
		y := p.y + 3
		for i, ln := range name {
			p.line(ln, left, y+float64(i)*lead, look{size: s.small.size, lead: lead})
		}
		for i, ln := range value {
			if y+lead > p.floor() {
				p.newPage()
				y = p.y - float64(i)*lead
			}
			p.line(ln, left+names, y+float64(i)*lead, look{size: s.table.size, lead: lead})
		}
		p.y = y + float64(max(len(name), len(value), 1))*lead + 3
		p.rule(p.y, 0.4, hair)
	}
	if p.d.Notice != "" {
		p.y += 14
		notice := p.lines([]report.Run{{Text: p.d.Notice}}, s.body, measure)
		p.lay(notice, left, s.body)
	}
	p.y += 10
}

// contents lists the sections; the numbers of their pages are known only later, when
// the function that it gives sets them.
func (p *pager) contents(s styles) func() {
	if len(p.d.Sections) == 0 {
		return func() {}
	}
	p.y += 12
	p.room(s.heading.lead + 3*s.body.lead)
	p.lay(p.lines([]report.Run{{Text: p.d.Contents}}, s.heading, measure), left, s.heading)
	p.y += 5
	type place struct {
		page int
		y    float64
	}
	var places []place
	for _, section := range p.d.Sections {
		title := p.lines([]report.Run{{Text: section.Title}}, s.body, measure-hang-40)
		h := float64(max(1, len(title)))*s.body.lead + 5
		p.room(h)
		y := p.y + 2
		p.put(mark{kind: markLink, x: left, y: p.y, w: measure, h: h, text: "#" + section.ID})
		p.line(p.one(strconv.Itoa(section.Number), s.body, hang), left, y, s.body)
		for i, ln := range title {
			p.line(ln, left+hang, y+float64(i)*s.body.lead, s.body)
		}
		p.y += h
		places = append(places, place{len(p.pages), p.y - 3 - s.body.lead})
		p.rule(p.y, 0.3, hair)
	}
	return func() {
		for i, at := range places {
			number := p.one(strconv.Itoa(p.headings[i].page), s.body, 40)
			on := &pager{typesetter: p.typesetter, pages: p.pages[:at.page]}
			on.line(number, left+measure-number.width, at.y, s.body)
		}
	}
}

// section sets one section; its heading never stands alone at the foot of a page.
func (p *pager) section(section report.Section, s styles) {
	if p.y > top {
		p.y += 16
	}
	title := p.lines([]report.Run{{Text: section.Title}}, s.heading, measure-hang)
	p.room(float64(len(title))*s.heading.lead + 5*s.body.lead)
	p.anchor(section.ID, p.y)
	p.headings = append(p.headings, heading{
		title: strconv.Itoa(section.Number) + "  " + clean(section.Title), anchor: section.ID, page: len(p.pages), y: p.y,
	})
	p.line(p.one(strconv.Itoa(section.Number), s.heading, hang), left, p.y, s.heading)
	p.lay(title, left+hang, s.heading)
	p.y += 7
	for _, b := range section.Blocks {
		switch b := b.(type) {
		case report.Paragraph:
			p.paragraph(b, s)
		case report.List:
			p.list(b, s)
		case report.Table:
			p.table(b, s)
		}
	}
}

// paragraph sets a paragraph with its number before it.
func (p *pager) paragraph(b report.Paragraph, s styles) {
	lines := p.lines(b.Runs, s.body, measure-hang)
	if len(lines) == 0 && b.Number == 0 {
		return
	}
	p.room(float64(min(2, max(1, len(lines)))) * s.body.lead)
	if b.Number > 0 {
		number := s.body
		number.ink = soft
		p.anchor("p"+strconv.Itoa(b.Number), p.y)
		p.line(p.one(strconv.Itoa(b.Number)+".", number, hang), left, p.y, number)
	}
	if len(lines) == 0 {
		p.y += s.body.lead
	}
	p.lay(lines, left+hang, s.body)
	p.y += 6
}

// list sets items with a dash before each.
func (p *pager) list(b report.List, s styles) {
	const indent = 14.0
	for _, item := range b.Items {
		lines := p.lines(item, s.body, measure-hang-indent)
		p.room(float64(min(2, max(1, len(lines)))) * s.body.lead)
		p.line(p.lines([]report.Run{{Text: "–", Lang: "en"}}, s.body, indent)[0], left+hang, p.y, s.body)
		p.lay(lines, left+hang+indent, s.body)
		p.y += 2
	}
	p.y += 5
}
