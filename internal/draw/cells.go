package draw

import "math"

// Cell is a square of a sheet and how many things it counts.
type Cell struct {
	Box
	N int
}

// CellWidth is the side of a cell, in units of the sheet.
const CellWidth = 40

// Cells counts positions by squares, from the upper left, row by row. Positions beside
// the sheet are not counted; beside tells how many they are.
func (s *Sheet) Cells(at []XY) (cells []Cell, beside int) {
	columns := int(math.Ceil(Width / CellWidth))
	rows := int(math.Ceil(s.Height / CellWidth))
	counts := make([]int, columns*rows)
	for _, p := range at {
		if !s.Holds(p, 0) {
			beside++
			continue
		}
		column, row := min(int(p.X/CellWidth), columns-1), min(int(p.Y/CellWidth), rows-1)
		counts[row*columns+column]++
	}
	for i, n := range counts {
		if n > 0 {
			left, top := float64(i%columns)*CellWidth, float64(i/columns)*CellWidth
			cells = append(cells, Cell{Box{left, top, left + CellWidth, top + CellWidth}, n})
		}
	}
	return cells, beside
}
