package web

import (
	"strconv"

	"github.com/truceline/truceline/truth"
)

// bars is a drawing of figures by day, month or name, with its table behind it. It is
// drawn by the server; widths are shares, so that it fits a phone and a desk.
type bars struct {
	Title, Unit string
	Caption     string // what is counted, by whom, and what is not
	Head        [2]string
	Bars        []barRow
	AsTable     string // what opens the table
	Most        string // the highest figure, in words of the language
	Ticks       []chartTick
}

// barRow is one figure. X and Width are along the drawing, Height is of the highest.
type barRow struct {
	Label, Value string
	URL          string
	X, Width     share
	Height, Y    share
}

// newBars draws counts in their order; ticks names the labels that stand below.
func newBars(title, unit, caption string, head [2]string, labels []string, counts []int, number func(int) string, tick func(i int) bool) bars {
	b := bars{Title: title, Unit: unit, Caption: caption, Head: head}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	if most == 0 || len(labels) == 0 {
		return b
	}
	b.Most = number(most)
	places := max(len(counts), minPlaces)
	for i, n := range counts {
		from, until := i*wholeWidth/places, (i+1)*wholeWidth/places
		row := barRow{Label: labels[i], Value: number(n), X: share(from), Width: share(max(until-from-gap(places), 1)), Height: share(n * wholeWidth / most)}
		if n > 0 && row.Height < 15 {
			row.Height = 15 // something is seen of every count
		}
		row.Y = wholeWidth - row.Height
		b.Bars = append(b.Bars, row)
		if tick(i) {
			b.Ticks = append(b.Ticks, chartTick{X: share(from), Label: labels[i]})
		}
	}
	b.Ticks = spaced(b.Ticks)
	return b
}

// minPlaces is how many bars a drawing has room for at least, so that two are not two walls.
const minPlaces = 24

// gap is what is left free between two bars, in shares.
func gap(n int) int {
	if n > 200 {
		return 0
	}
	return max(1, wholeWidth/n/6)
}

// number writes a whole number as the language does.
func (s *site) number(lang string, n int) string {
	return s.messages.Say(lang, "figure", truth.Args{"n": strconv.Itoa(n)}, s.speaker)
}
