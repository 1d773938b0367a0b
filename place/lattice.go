package place

import "math"

// lattice answers most questions about an area at once. It divides the area's bounds into cells
// that no edge enters, each wholly inside or wholly outside, and cells that edges may enter; and it lists the
// edges and pieces of each row of cells.
type lattice struct {
	bounds box
	nx, ny int
	perLon float64 // columns by degree
	perLat float64
	cells  []class // by row, from south and west
	edges  []edge
	rows   [][]int32 // edges that enter each row
	chain  chain
	pieces [][]int32 // pieces that enter each row
}

// class tells what is known of a cell or window without looking at edges.
type class uint8

const (
	outside class = iota
	inside
	mixed
)

// margin widens what an edge is taken to enter, in cells, against rounding.
const margin = 1e-6

func newLattice(bounds box, edges []edge, c chain) lattice {
	n := int(math.Sqrt(float64(len(edges)))) * 2
	n = max(4, min(n, 192))
	if bounds.east-bounds.west < 1e-9 || bounds.north-bounds.south < 1e-9 {
		n = 1 // cells would be lost in rounding
	}
	l := lattice{bounds: bounds, nx: n, ny: n, edges: edges, chain: c}
	l.perLon = float64(l.nx) / (bounds.east - bounds.west)
	l.perLat = float64(l.ny) / (bounds.north - bounds.south)
	l.cells = make([]class, l.nx*l.ny)
	l.rows = make([][]int32, l.ny)
	l.pieces = make([][]int32, l.ny)
	for i, e := range edges {
		l.enter(e, int32(i))
	}
	for i := range c {
		b := c[i].box()
		for r := l.row(b.south, -margin); r <= l.row(b.north, margin); r++ {
			l.pieces[r] = append(l.pieces[r], int32(i))
		}
	}
	for r := range l.ny {
		// Cells side by side that no edge enters are alike.
		last := mixed
		for c := range l.nx {
			cell := &l.cells[r*l.nx+c]
			if *cell == mixed {
				last = mixed
				continue
			}
			if last == mixed {
				last = outside
				middle := Point{bounds.west + (float64(c)+0.5)/l.perLon, bounds.south + (float64(r)+0.5)/l.perLat}
				if l.contains(middle) {
					last = inside
				}
			}
			*cell = last
		}
	}
	return l
}

// enter marks the cells that e may enter.
func (l *lattice) enter(e edge, i int32) {
	if e.a.Lat > e.b.Lat {
		e.a, e.b = e.b, e.a
	}
	first, last := l.row(e.a.Lat, -margin), l.row(e.b.Lat, margin)
	for r := first; r <= last; r++ {
		l.rows[r] = append(l.rows[r], i)
		// The stretch of the edge between the row's parallels, a little widened.
		south := l.bounds.south + (float64(r)-margin)/l.perLat
		north := l.bounds.south + (float64(r)+1+margin)/l.perLat
		west, east := e.a.Lon, e.b.Lon
		if rise := e.b.Lat - e.a.Lat; first != last && rise > 0 {
			run := e.b.Lon - e.a.Lon
			west = e.a.Lon + run*math.Max(0, math.Min(1, (south-e.a.Lat)/rise))
			east = e.a.Lon + run*math.Max(0, math.Min(1, (north-e.a.Lat)/rise))
		}
		if west > east {
			west, east = east, west
		}
		for c := l.column(west, -margin); c <= l.column(east, margin); c++ {
			l.cells[r*l.nx+c] = mixed
		}
	}
}

// row is the row of a latitude, moved by so many rows, and the first or last for one beyond them.
func (l *lattice) row(lat, move float64) int {
	return index((lat-l.bounds.south)*l.perLat+move, l.ny)
}

func (l *lattice) column(lon, move float64) int {
	return index((lon-l.bounds.west)*l.perLon+move, l.nx)
}

// index is the whole part of x, held within 0 and n-1.
func index(x float64, n int) int {
	if !(x > 0) {
		return 0
	}
	if x >= float64(n) {
		return n - 1
	}
	return int(x)
}

// contains tells whether q is inside or on an edge.
func (l *lattice) contains(q Point) bool {
	if !l.bounds.holds(q) {
		return false
	}
	r := l.row(q.Lat, 0)
	if c := l.cells[r*l.nx+l.column(q.Lon, 0)]; c == inside {
		return true
	}
	in := false
	for _, i := range l.rows[r] {
		e := l.edges[i]
		if e.holds(q) {
			return true
		}
		if e.passes(q) {
			in = !in
		}
	}
	return in
}

// window tells whether all of w is inside or outside, as far as cells alone can tell.
func (l *lattice) window(w box) class {
	if !l.bounds.meets(w) {
		return outside
	}
	found := outside // what lies beyond the bounds
	if l.bounds.covers(w) {
		found = l.cells[l.row(w.south, 0)*l.nx+l.column(w.west, 0)]
	}
	west, east := l.column(w.west, -margin), l.column(w.east, margin)
	for r := l.row(w.south, -margin); r <= l.row(w.north, margin); r++ {
		for _, c := range l.cells[r*l.nx+west : r*l.nx+east+1] {
			if c == mixed || c != found {
				return mixed
			}
		}
	}
	return found
}

// clearance is how the distance from a point to the edges compares with a radius.
type clearance int8

const (
	nearer clearance = -1
	equal  clearance = 0
	beyond clearance = 1
)

// clears compares the distance from q to the nearest edge with radius. Only pieces that meet w are
// looked at; w must hold every point within radius of q. Without w all are.
func (l *lattice) clears(q Point, radius float64, w box, windowed bool) clearance {
	v := q.vec()
	result := beyond
	look := func(p *piece) bool {
		least, most := p.bracket(v)
		switch {
		case least > radius:
			return true
		case most < radius:
			result = nearer
			return false
		}
		switch _, s := p.nearest(q); {
		case s < radius:
			result = nearer
			return false
		case s == radius:
			result = equal
		}
		return true
	}
	if !windowed {
		for i := range l.chain {
			if !look(&l.chain[i]) {
				return result
			}
		}
		return result
	}
	for r := l.row(w.south, -margin); r <= l.row(w.north, margin); r++ {
		for _, i := range l.pieces[r] {
			p := &l.chain[i]
			if p.box().meets(w) && !look(p) {
				return result
			}
		}
	}
	return result
}
