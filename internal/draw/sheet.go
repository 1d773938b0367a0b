// Package draw owns the drawing of maps on paper: a Mercator window, outlines thinned to
// what a screen can show and written as SVG paths, room for labels, and cells that
// count. It knows nothing of what is drawn, and the same input gives the same bytes.
package draw

import (
	"math"
	"strconv"

	"github.com/truceline/truceline/place"
)

// Width is the width of every sheet in its own units. The height follows from the window.
const Width = 1000

// greatest and least height of a sheet; a window that is longer or wider is widened.
const (
	mostHeight  = 1300
	leastHeight = 450
)

// fine is how far, in units of the sheet, a thinned outline may leave the true one.
const fine = 0.6

const degree = math.Pi / 180

// Sheet is a window of the Earth in Mercator's projection, the sphere's as web maps
// use it: shapes of small things are true, sizes are not (see Metre).
type Sheet struct {
	Height     float64
	west, east float64 // degrees
	top        float64 // in units of Mercator's projection
	scale      float64 // units of the sheet for one radian
}

// XY is a position on a sheet, right and down from its upper left corner.
type XY struct{ X, Y float64 }

func mercator(lat float64) float64 { return math.Asinh(math.Tan(lat * degree)) }

// NewSheet makes the sheet of a window in degrees. A window without extent, or one
// too long or too wide for a sheet, is widened around its middle. Latitudes are
// kept within 85 degrees.
func NewSheet(west, south, east, north float64) *Sheet {
	const least = 0.02 // degrees, some two kilometres
	if east-west < least {
		west, east = (west+east-least)/2, (west+east+least)/2
	}
	top, bottom := mercator(min(north, 85)), mercator(max(south, -85))
	wide, high := (east-west)*degree, top-bottom
	switch {
	case high > wide*mostHeight/Width:
		more := high*Width/mostHeight - wide
		west, east = west-more/degree/2, east+more/degree/2
	case high < wide*leastHeight/Width:
		more := wide*leastHeight/Width - high
		top, bottom = top+more/2, bottom-more/2
	}
	s := &Sheet{west: west, east: east, top: top, scale: Width / ((east - west) * degree)}
	s.Height = math.Ceil((top - bottom) * s.scale)
	return s
}

// XY gives the position of a point on the sheet, which may lie beside it.
func (s *Sheet) XY(p place.Point) XY {
	lat := max(min(p.Lat, 85), -85)
	return XY{(p.Lon - s.west) * degree * s.scale, (s.top - mercator(lat)) * s.scale}
}

// Holds tells whether a position lies on the sheet, at least so far from its edge.
func (s *Sheet) Holds(p XY, inside float64) bool {
	return p.X >= inside && p.Y >= inside && p.X <= Width-inside && p.Y <= s.Height-inside
}

// lat gives the latitude of a height on the sheet.
func (s *Sheet) lat(y float64) float64 { return math.Atan(math.Sinh(s.top-y/s.scale)) / degree }

// Point gives the point of the Earth at a position of the sheet.
func (s *Sheet) Point(p XY) place.Point {
	return place.Point{Lon: s.west + p.X/s.scale/degree, Lat: s.lat(p.Y)}
}

// Metre is how many units of the sheet a metre is at a height of the sheet. It grows
// towards the poles.
func (s *Sheet) Metre(y float64) float64 {
	const radius = 6371008.8 // of the sphere of the same size as the Earth
	return s.scale / (radius * math.Cos(s.lat(y)*degree))
}

// Window gives the window of the sheet in degrees.
func (s *Sheet) Window() (west, south, east, north float64) {
	return s.west, s.lat(s.Height), s.east, s.lat(0)
}

// Bar is a bar of scale: a round length that is at most so many units wide at the
// middle of the sheet.
func (s *Sheet) Bar(most float64) (metres int, units float64, lat float64) {
	middle := s.Height / 2
	per := s.Metre(middle)
	for metres = 1; ; metres *= 10 {
		for _, m := range []int{1, 2, 5} {
			if next := metres * m; float64(next)*per <= most {
				units = float64(next) * per
				continue
			}
			length := int(math.Round(units / per))
			return length, units, s.lat(middle)
		}
	}
}

// Grid gives the meridians and parallels of a sheet on which nothing else tells where it
// lies, each as a line with its degrees.
func (s *Sheet) Grid() (meridians, parallels []float64, step float64) {
	west, south, east, north := s.Window()
	step = 30
	for _, try := range []float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20} {
		if (east-west)/try <= 8 {
			step = try
			break
		}
	}
	for i := math.Ceil(west / step); i*step < east; i++ {
		meridians = append(meridians, i*step)
	}
	for i := math.Ceil(south / step); i*step < north; i++ {
		parallels = append(parallels, i*step)
	}
	return meridians, parallels, step
}

// Parts is how many whole numbers of a path are one unit of the sheet: paths are
// written without decimals, and drawn by 1/Parts of their size.
const Parts = 2

// Rings writes closed outlines as an SVG path. Parts smaller than a unit and parts
// that lie beside the sheet are left out.
func (s *Sheet) Rings(rings [][]place.Point) string { return s.path(rings, true) }

// Lines writes open lines as an SVG path.
func (s *Sheet) Lines(lines [][]place.Point) string { return s.path(lines, false) }

func (s *Sheet) path(lines [][]place.Point, closed bool) string {
	var b []byte
	for _, line := range lines {
		at := make([]XY, len(line))
		low, high := XY{math.Inf(1), math.Inf(1)}, XY{math.Inf(-1), math.Inf(-1)}
		for i, p := range line {
			at[i] = s.XY(p)
			low, high = XY{min(low.X, at[i].X), min(low.Y, at[i].Y)}, XY{max(high.X, at[i].X), max(high.Y, at[i].Y)}
		}
		if len(at) < 2 || high.X < 0 || high.Y < 0 || low.X > Width || low.Y > s.Height {
			continue
		}
		small := high.X-low.X < 1 && high.Y-low.Y < 1
		if small && len(lines) > 1 {
			continue
		}
		if !small {
			at = thin(at, closed, fine)
		}
		b = write(b, at, closed)
	}
	return string(b)
}

// Thin leaves out corners of outlines that lie within so many degrees of latitude of
// a straight line. Rings that come to nothing are left out.
func Thin(lines [][]place.Point, within float64, closed bool) [][]place.Point {
	out := make([][]place.Point, 0, len(lines))
	for _, line := range lines {
		if len(line) < 2 {
			continue
		}
		wide := math.Cos(line[0].Lat * degree)
		at := make([]XY, len(line))
		for i, p := range line {
			at[i] = XY{p.Lon * wide, p.Lat}
		}
		keep := kept(at, closed, within)
		thinned := make([]place.Point, 0, len(line))
		for i, p := range line {
			if keep[i] {
				thinned = append(thinned, p)
			}
		}
		if closed && len(thinned) < 4 {
			continue
		}
		out = append(out, thinned)
	}
	return out
}

// thin leaves out corners that lie within a distance of a straight line.
func thin(line []XY, closed bool, within float64) []XY {
	if len(line) < 4 {
		return line
	}
	keep := kept(line, closed, within)
	out := make([]XY, 0, len(line))
	for i, p := range line {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// kept marks the corners that do not lie within a distance of a straight line
// (Douglas and Peucker). A ring is parted at the corner that is farthest from its first.
func kept(line []XY, closed bool, within float64) []bool {
	keep := make([]bool, len(line))
	last := len(line) - 1
	keep[0], keep[last] = true, true
	if closed {
		far, best := 0, -1.0
		for i, p := range line {
			if d := math.Hypot(p.X-line[0].X, p.Y-line[0].Y); d > best {
				far, best = i, d
			}
		}
		keep[far] = true
		mark(line, keep, 0, far, within)
		mark(line, keep, far, last, within)
	} else {
		mark(line, keep, 0, last, within)
	}
	return keep
}

func mark(line []XY, keep []bool, from, to int, within float64) {
	for stack := [][2]int{{from, to}}; len(stack) > 0; {
		from, to := stack[len(stack)-1][0], stack[len(stack)-1][1]
		stack = stack[:len(stack)-1]
		far, best := 0, within
		for i := from + 1; i < to; i++ {
			if d := distance(line[i], line[from], line[to]); d > best {
				far, best = i, d
			}
		}
		if far > 0 {
			keep[far] = true
			stack = append(stack, [2]int{from, far}, [2]int{far, to})
		}
	}
}

// distance is from p to the stretch from a to b.
func distance(p, a, b XY) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = max(0, min(1, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l))
	}
	return math.Hypot(p.X-a.X-t*dx, p.Y-a.Y-t*dy)
}

// write appends a line as SVG takes it, in parts of a unit and relative to the
// corner before; closed ones end with z.
func write(b []byte, line []XY, closed bool) []byte {
	part := func(v float64) int { return int(math.Round(v * Parts)) }
	x, y := part(line[0].X), part(line[0].Y)
	b = append(b, 'M')
	b = figure(b, x, false)
	b = figure(b, y, true)
	last := len(line)
	if closed {
		last-- // z leads back to the first
	}
	first := true
	for _, p := range line[1:last] {
		nx, ny := part(p.X), part(p.Y)
		if nx == x && ny == y {
			continue
		}
		if first {
			b = append(b, 'l')
		}
		b = figure(b, nx-x, !first)
		b = figure(b, ny-y, true)
		x, y, first = nx, ny, false
	}
	if closed {
		b = append(b, 'z')
	}
	return b
}

// figure appends a number; a minus sign parts it from the one before as well as a
// space would.
func figure(b []byte, v int, parted bool) []byte {
	if parted && v >= 0 {
		b = append(b, ' ')
	}
	return strconv.AppendInt(b, int64(v), 10)
}
