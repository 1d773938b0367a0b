package place

import (
	"math"
	"math/big"
)

// turn tells on which side of the line from a to b, in the plane of longitude and latitude, p
// lies: 1 left, -1 right, 0 on it. The answer is exact for the doubles given: where rounding
// could change the sign (the bound is J. R. Shewchuk's, 1997), it is computed with rationals.
func turn(a, b, p Point) int {
	left := (a.Lon - p.Lon) * (b.Lat - p.Lat)
	right := (a.Lat - p.Lat) * (b.Lon - p.Lon)
	det := left - right
	const bound = 3.3306690738754716e-16
	const safe = 1e-280 // above it no product has lost digits to underflow
	size := math.Abs(left) + math.Abs(right)
	switch {
	case size > safe && det > bound*size:
		return 1
	case size > safe && det < -bound*size:
		return -1
	case size == 0 && exactZero(a, b, p):
		return 0
	}
	return turnRational(a, b, p)
}

// exactZero tells that both products of turn are zero because a factor is, and not because it
// was lost to underflow.
func exactZero(a, b, p Point) bool {
	return (a.Lon == p.Lon || b.Lat == p.Lat) && (a.Lat == p.Lat || b.Lon == p.Lon)
}

func turnRational(a, b, p Point) int {
	sub := func(x, y float64) *big.Rat {
		r := new(big.Rat).SetFloat64(x)
		return r.Sub(r, new(big.Rat).SetFloat64(y))
	}
	left, right := sub(a.Lon, p.Lon), sub(a.Lat, p.Lat)
	left.Mul(left, sub(b.Lat, p.Lat))
	right.Mul(right, sub(b.Lon, p.Lon))
	return left.Cmp(right)
}

// edge is straight in longitude and latitude.
type edge struct{ a, b Point }

// box is the least box of longitude and latitude around e.
func (e edge) box() box {
	return box{min(e.a.Lon, e.b.Lon), min(e.a.Lat, e.b.Lat), max(e.a.Lon, e.b.Lon), max(e.a.Lat, e.b.Lat)}
}

// holds tells whether p lies on e, ends included.
func (e edge) holds(p Point) bool { return e.box().holds(p) && turn(e.a, e.b, p) == 0 }

// meeting is how two edges meet.
type meeting int

const (
	apart   meeting = iota
	touch           // in one point, which is an end of at least one of them
	cross           // in one point that is an end of neither
	overlap         // along a stretch
)

// meet tells how e and f meet and names a point of both. For a crossing the point is rounded.
func (e edge) meet(f edge) (meeting, Point) {
	if !e.box().meets(f.box()) {
		return apart, Point{}
	}
	fa, fb := turn(e.a, e.b, f.a), turn(e.a, e.b, f.b)
	if fa*fb > 0 {
		return apart, Point{}
	}
	ea, eb := turn(f.a, f.b, e.a), turn(f.a, f.b, e.b)
	if ea*eb > 0 {
		return apart, Point{}
	}
	if fa*fb < 0 && ea*eb < 0 {
		return cross, e.crossing(f)
	}
	// An end lies on the other edge, or the four are in line.
	var on []Point
	add := func(p Point, g edge) {
		if !g.holds(p) {
			return
		}
		for _, q := range on {
			if q == p {
				return
			}
		}
		on = append(on, p)
	}
	add(f.a, e)
	add(f.b, e)
	add(e.a, f)
	add(e.b, f)
	switch len(on) {
	case 0:
		return apart, Point{}
	case 1:
		return touch, on[0]
	}
	return overlap, on[0]
}

// crossing is where two edges that cross do so, to rounding.
func (e edge) crossing(f edge) Point {
	ex, ey := e.b.Lon-e.a.Lon, e.b.Lat-e.a.Lat
	fx, fy := f.b.Lon-f.a.Lon, f.b.Lat-f.a.Lat
	t := ((f.a.Lon-e.a.Lon)*fy - (f.a.Lat-e.a.Lat)*fx) / (ex*fy - ey*fx)
	if !(t >= 0 && t <= 1) { // nearly parallel: rounding has eaten the quotient
		t = 0.5
	}
	return Point{e.a.Lon + t*ex, e.a.Lat + t*ey}
}

// box is a closed rectangle of longitude and latitude.
type box struct{ west, south, east, north float64 }

// emptyBox holds nothing and grows by add.
func emptyBox() box {
	return box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

func (b box) add(p Point) box {
	return box{min(b.west, p.Lon), min(b.south, p.Lat), max(b.east, p.Lon), max(b.north, p.Lat)}
}

func (b box) holds(p Point) bool {
	return p.Lon >= b.west && p.Lon <= b.east && p.Lat >= b.south && p.Lat <= b.north
}

func (b box) covers(c box) bool {
	return c.west >= b.west && c.east <= b.east && c.south >= b.south && c.north <= b.north
}

func (b box) meets(c box) bool {
	return b.west <= c.east && c.west <= b.east && b.south <= c.north && c.south <= b.north
}
