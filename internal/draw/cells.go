package draw

import "math"

// Cell is a square of a sheet and how many things it counts.
type Cell struct {
	Box
	N int
}

// cellWidth is the side of a cell, in units of the sheet.
const cellWidth = 40

// Cells counts positions by squares, from the upper left, row by row. Positions beside
// the sheet are not counted; beside tells how many they are.
func (s *Sheet) Cells(at []XY) (cells []Cell, beside int) {
	columns := int(math.Ceil(Width / cellWidth))
	rows := int(math.Ceil(s.Height / cellWidth))
	counts := make([]int, columns*rows)
	for _, p := range at {
		if !s.Holds(p, 0) {
			beside++
			continue
		}
		column, row := min(int(p.X/cellWidth), columns-1), min(int(p.Y/cellWidth), rows-1)
		counts[row*columns+column]++
	}
	for i, n := range counts {
		if n > 0 {
			left, top := float64(i%columns)*cellWidth, float64(i/columns)*cellWidth
			cells = append(cells, Cell{Box{left, top, left + cellWidth, top + cellWidth}, n})
		}
	}
	return cells, beside
}
