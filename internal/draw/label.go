package draw

import (
	"math"

	"github.com/truceline/truceline/place"
)

// Box is a rectangle of a sheet that something takes up.
type Box struct{ Left, Top, Right, Bottom float64 }

func (b Box) meets(c Box) bool {
	return b.Left < c.Right && c.Left < b.Right && b.Top < c.Bottom && c.Top < b.Bottom
}

// Room keeps labels from lying on each other: whoever asks first gets the place.
type Room struct {
	sheet *Sheet
	taken []Box
}

// NewRoom makes the empty room of a sheet.
func NewRoom(s *Sheet) *Room { return &Room{sheet: s} }

// Take takes a box whatever lies there.
func (r *Room) Take(b Box) { r.taken = append(r.taken, b) }

// Ask takes a box if it lies on the sheet and nothing lies there yet.
func (r *Room) Ask(b Box) bool {
	if b.Left < 2 || b.Top < 2 || b.Right > Width-2 || b.Bottom > r.sheet.Height-2 {
		return false
	}
	for _, t := range r.taken {
		if b.meets(t) {
			return false
		}
	}
	r.Take(b)
	return true
}

// Label is where a text stands: the position of its baseline and how it is anchored,
// as SVG says it.
type Label struct {
	At     XY
	Anchor string // "start", "middle" or "end"
}

// Beside finds room for a text of a width and height beside a position, first to its
// right, then to its left, above and below.
func (r *Room) Beside(p XY, gap, wide, high float64) (Label, bool) {
	for _, try := range []struct {
		at     XY
		anchor string
		box    Box
	}{
		{XY{p.X + gap, p.Y + high*0.35}, "start", Box{p.X + gap, p.Y - high/2, p.X + gap + wide, p.Y + high/2}},
		{XY{p.X - gap, p.Y + high*0.35}, "end", Box{p.X - gap - wide, p.Y - high/2, p.X - gap, p.Y + high/2}},
		{XY{p.X, p.Y - gap - high*0.15}, "middle", Box{p.X - wide/2, p.Y - gap - high, p.X + wide/2, p.Y - gap}},
		{XY{p.X, p.Y + gap + high*0.85}, "middle", Box{p.X - wide/2, p.Y + gap, p.X + wide/2, p.Y + gap + high}},
	} {
		if r.Ask(try.box) {
			return Label{try.at, try.anchor}, true
		}
	}
	return Label{}, false
}

// TextWidth guesses the width of a text in a size, generously: scripts whose letters
// fill a square are counted as such.
func TextWidth(text string, size float64) float64 {
	w := 0.0
	for _, r := range text {
		if r >= 0x2e80 {
			w++
		} else {
			w += 0.6
		}
	}
	return w * size
}

// Middle finds a position well within an outline: of a grid of trials the one that
// lies farthest from every edge. It is for words that name an area, never for
// where something happened.
func (s *Sheet) Middle(rings [][]place.Point) (XY, bool) {
	var edges [][2]XY
	low, high := XY{math.Inf(1), math.Inf(1)}, XY{math.Inf(-1), math.Inf(-1)}
	for _, ring := range rings {
		line := make([]XY, len(ring))
		for i, p := range ring {
			line[i] = s.XY(p)
		}
		line = thin(line, true, fine)
		for i, p := range line {
			low, high = XY{min(low.X, p.X), min(low.Y, p.Y)}, XY{max(high.X, p.X), max(high.Y, p.Y)}
			if i > 0 {
				edges = append(edges, [2]XY{line[i-1], p})
			}
		}
	}
	low, high = XY{max(low.X, 0), max(low.Y, 0)}, XY{min(high.X, Width), min(high.Y, s.Height)}
	if low.X >= high.X || low.Y >= high.Y {
		return XY{}, false
	}
	const steps = 24
	best, far, found := XY{}, 0.0, false
	for i := range steps {
		for k := range steps {
			p := XY{low.X + (high.X-low.X)*(float64(i)+0.5)/steps, low.Y + (high.Y-low.Y)*(float64(k)+0.5)/steps}
			in, near := false, math.Inf(1)
			for _, e := range edges {
				if (e[0].Y > p.Y) != (e[1].Y > p.Y) && p.X < (e[1].X-e[0].X)*(p.Y-e[0].Y)/(e[1].Y-e[0].Y)+e[0].X {
					in = !in
				}
				near = min(near, distance(p, e[0], e[1]))
			}
			if in && near > far {
				best, far, found = p, near, true
			}
		}
	}
	return best, found
}
