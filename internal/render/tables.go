package render

import (
	"math"

	"github.com/truceline/truceline/report"
)

const (
	cellGap = 9.0 // between two columns
	cellAir = 2.6 // above and below a row
)

// cells are the lines of a row, by column.
type cells [][]line

// table sets a table over as many pages as it needs; its head stands on each of them.
func (p *pager) table(t report.Table, s styles) {
	widths := shares(t, measure)
	if len(widths) == 0 {
		return
	}
	headLook := s.table
	headLook.ink = soft
	head := make(cells, len(widths))
	for c, text := range t.Head {
		head[c] = p.lines([]report.Run{{Text: text}}, headLook, cellWidth(widths, c))
	}
	captionLook := s.table
	captionLook.size += 0.5
	captionLook.bold = true
	caption := p.lines([]report.Run{{Text: t.Caption}}, captionLook, measure)
	headHeight := height(head, headLook)
	p.y += 4
	need := float64(min(len(caption), 4))*captionLook.lead + headHeight
	if len(t.Rows) > 0 {
		need += min(height(p.row(t, 0, widths, s.table), s.table), 5*s.table.lead)
	}
	p.room(need + 8)
	p.lay(caption, left, captionLook)
	if len(caption) > 0 {
		p.y += 3
	}
	if tall := headHeight > (p.floor()-top)/3; tall { // too long to stand on every page
		p.flow(t, head, widths, headLook, func() {})
		headHeight, head = 0, nil
	}
	setHead := func() {
		p.rule(p.y, 0.7, ink)
		if head != nil {
			p.cells(t, head, widths, headLook)
			p.rule(p.y, 0.5, soft)
		}
	}
	setHead()
	for i := range t.Rows {
		row := p.row(t, i, widths, s.table)
		if t.Rows[i].Total {
			p.rule(p.y, 0.5, ink)
		}
		h := height(row, s.table)
		if p.y+h > p.floor() && h <= p.floor()-top-headHeight {
			p.newPage()
			setHead()
		}
		p.flow(t, row, widths, s.table, setHead)
		p.rule(p.y, 0.3, hair)
	}
	p.rule(p.y, 0.7, ink)
	p.y += 14
}

// flow puts a row over as many pages as it needs; setHead begins each of them.
func (p *pager) flow(t report.Table, row cells, widths []float64, l look, setHead func()) {
	for p.y+height(row, l) > p.floor() {
		if fit := int(math.Floor((p.floor() - p.y - 2*cellAir) / l.lead)); fit > 0 {
			var first cells
			first, row = split(row, fit)
			p.cells(t, first, widths, l)
		}
		p.newPage()
		setHead()
	}
	p.cells(t, row, widths, l)
}

// row sets the cells of a row.
func (p *pager) row(t report.Table, i int, widths []float64, l look) cells {
	l.bold = t.Rows[i].Total
	out := make(cells, len(widths))
	for c, runs := range t.Rows[i].Cells {
		out[c] = p.lines(runs, l, cellWidth(widths, c))
	}
	return out
}

// cellWidth leaves a gap to the next column.
func cellWidth(widths []float64, c int) float64 {
	if c == len(widths)-1 {
		return widths[c]
	}
	return max(widths[c]-cellGap, 6)
}

func height(row cells, l look) float64 {
	lines := 1
	for _, c := range row {
		lines = max(lines, len(c))
	}
	return float64(lines)*l.lead + 2*cellAir
}

// split takes the first lines of every cell.
func split(row cells, lines int) (first, rest cells) {
	for _, c := range row {
		n := min(lines, len(c))
		first, rest = append(first, c[:n]), append(rest, c[n:])
	}
	return first, rest
}

// cells puts a row and moves below it.
func (p *pager) cells(t report.Table, row cells, widths []float64, l look) {
	x, y := left, p.y+cellAir
	for c, lines := range row {
		for i, ln := range lines {
			at := x
			if figures(t, c) {
				at = x + cellWidth(widths, c) - ln.width
			}
			p.line(ln, at, y+float64(i)*l.lead, l)
		}
		x += widths[c]
	}
	p.y += height(row, l)
}
