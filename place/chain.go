package place

import "math"

// The edges of an area or a line, made ready for distances.
//
// A distance is first bracketed in space: a chord through the ellipsoid is never longer than the
// geodesic between its ends, and the geodesic never longer than the arc over that chord of a
// circle with the least radius of curvature (Schur's comparison). Only where the bracket does not decide is
// the geodesic computed.

// vec is a position in space, metres from the middle of the ellipsoid.
type vec struct{ x, y, z float64 }

func (p Point) vec() vec {
	lat, lon := sincosDeg(p.Lat), sincosDeg(p.Lon)
	n := equatorial / math.Sqrt(1-ecc2*lat.s*lat.s)
	return vec{n * lat.c * lon.c, n * lat.c * lon.s, n * (1 - ecc2) * lat.s}
}

func (v vec) sub(w vec) vec     { return vec{v.x - w.x, v.y - w.y, v.z - w.z} }
func (v vec) dot(w vec) float64 { return v.x*w.x + v.y*w.y + v.z*w.z }

// maxPiece is the greatest extent of a piece in degrees of longitude and of latitude.
const maxPiece = 0.25

// piece is a stretch of an edge.
type piece struct {
	edge
	from, along vec     // its first end in space, and the vector to the other
	inverse2    float64 // 1 / |along|²; 0 if the ends coincide in space
	sag         float64 // metres by which the stretch may leave the straight line in space
}

func newPiece(a, b Point) piece {
	from := a.vec()
	along := b.vec().sub(from)
	p := piece{edge: edge{a, b}, from: from, along: along}
	if d2 := along.dot(along); d2 > 0 {
		p.inverse2 = 1 / d2
		// The curvature of a line straight in longitude and latitude is that of the surface and,
		// in it, at most 1.09 tan(latitude) over the radius. The sag over an arc of length s is at most
		// curvature s²/8. Near a pole the bound is useless but still true.
		lat := math.Min(89.999999, math.Max(math.Abs(a.Lat), math.Abs(b.Lat))) * degree
		curvature := (1 + 1.1*math.Tan(lat)) / leastRadius
		// An upper bound of the length: a meridian and a parallel, each at its longest.
		length := equatorial * 1.01 * degree * math.Hypot(b.Lat-a.Lat,
			(b.Lon-a.Lon)*math.Cos(math.Min(math.Abs(a.Lat), math.Abs(b.Lat))*degree))
		p.sag = math.Min(length, curvature*length*length/8)
	} else {
		p.sag = equatorial * 1.01 * degree * math.Abs(b.Lon-a.Lon)
	}
	return p
}

// bracket bounds the geodesic distance from q, whose position in space is v, to the piece.
func (p *piece) bracket(v vec) (least, most float64) {
	w := v.sub(p.from)
	t := w.dot(p.along) * p.inverse2
	if t < 0 {
		t = 0
	} else if t > 1 {
		t = 1
	}
	w.x -= t * p.along.x
	w.y -= t * p.along.y
	w.z -= t * p.along.z
	chord := math.Sqrt(w.dot(w))
	least = chord - p.sag - slack
	if least < 0 {
		least = 0
	}
	return least, arcOver(chord+p.sag) + slack
}

// slack covers the rounding of positions in space, in metres.
const slack = 1e-7

// arcOver is the length of the arc of least radius over a chord.
func arcOver(chord float64) float64 {
	x := chord / (2 * leastRadius)
	switch {
	case x < 1e-3: // asin x < x + x³/6 + x³/12
		return chord * (1 + x*x/4)
	case x < 1:
		return 2 * leastRadius * math.Asin(x)
	}
	return math.Inf(1)
}

// at is the point of the piece at t, from 0 to 1.
func (p *piece) at(t float64) Point {
	return Point{p.a.Lon + t*(p.b.Lon-p.a.Lon), p.a.Lat + t*(p.b.Lat-p.a.Lat)}
}

// nearest is the point of the piece nearest to q, and its geodesic distance.
func (p *piece) nearest(q Point) (Point, float64) {
	if p.holds(q) {
		return q, 0
	}
	// approach is the distance to the point at t and its change by t, with the speed.
	approach := func(t float64) (s, change, speed float64) {
		at := p.at(t)
		s, _, in := inverse(q, at)
		lat := sincosDeg(at.Lat)
		w := 1 - ecc2*lat.s*lat.s
		n := equatorial / math.Sqrt(w)
		m := n * (1 - ecc2) / w
		north := m * (p.b.Lat - p.a.Lat) * degree
		east := n * lat.c * (p.b.Lon - p.a.Lon) * degree
		return s, north*in.c + east*in.s, math.Hypot(north, east)
	}
	s0, g0, speed := approach(0)
	s1, g1, _ := approach(1)
	best, bestAt := s0, 0.0
	if s1 < best {
		best, bestAt = s1, 1
	}
	if g0 < 0 && g1 > 0 {
		// Regula falsi with Illinois' halving, and bisection every third step, on the change.
		lo, hi := 0.0, 1.0
		side := 0
		for i := 0; i < 100 && (hi-lo)*speed > 1e-8; i++ {
			t := lo - g0*(hi-lo)/(g1-g0)
			if i%3 == 2 || !(t > lo && t < hi) {
				t = lo + (hi-lo)/2
			}
			s, g, v := approach(t)
			if s < best {
				best, bestAt = s, t
			}
			if math.Abs(g) <= 1e-9*v {
				break
			}
			if g < 0 {
				lo, g0 = t, g
				if side < 0 {
					g1 /= 2
				}
				side = -1
			} else {
				hi, g1 = t, g
				if side > 0 {
					g0 /= 2
				}
				side = 1
			}
		}
	}
	return p.at(bestAt), best
}

// chain is the pieces of all edges of a thing.
type chain []piece

// add cuts an edge into pieces. Their points are rounded: a piece may leave its edge by a nanometre.
func (c chain) add(e edge) chain {
	n := math.Ceil(math.Max(math.Abs(e.b.Lon-e.a.Lon), math.Abs(e.b.Lat-e.a.Lat)) / maxPiece)
	if n <= 1 {
		return append(c, newPiece(e.a, e.b))
	}
	whole := piece{edge: e}
	from := e.a
	for i := 1.0; i < n; i++ {
		to := whole.at(i / n)
		c = append(c, newPiece(from, to))
		from = to
	}
	return append(c, newPiece(from, e.b))
}

// nearest is the point of the chain nearest to q and its distance; infinity if the chain is empty.
func (c chain) nearest(q Point) (Point, float64) {
	v := q.vec()
	most := math.Inf(1)
	for i := range c {
		_, m := c[i].bracket(v)
		most = min(most, m)
	}
	var at Point
	best := math.Inf(1)
	for i := range c {
		if least, _ := c[i].bracket(v); least <= most {
			if p, s := c[i].nearest(q); s < best {
				at, best = p, s
				most = min(most, s)
			}
		}
	}
	return at, best
}
