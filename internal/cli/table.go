package cli

import (
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
)

// table writes rows in columns that line up for wide characters too: Chinese takes
// two columns a character.
type table struct {
	rows [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// note adds a line under a row that takes no part in the columns.
func (t *table) note(text string) { t.rows = append(t.rows, []string{"    " + text}) }

// write gives the table; the last column runs free.
func (t *table) write(w io.Writer) {
	var widths []int
	for _, row := range t.rows {
		if len(row) == 1 {
			continue
		}
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	for _, row := range t.rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell)+2))
			}
		}
		_, _ = io.WriteString(w, strings.TrimRight(b.String(), " ")+"\n")
	}
}
