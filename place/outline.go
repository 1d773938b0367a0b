package place

// rimCorners is how many corners the outline of a disc has: between two of them the
// chord runs at most 0.1 % of the radius inside the rim.
const rimCorners = 72

// Outline gives the rings of p for drawing, each with its first point repeated at
// the end: of a disc its rim, of a sector its band, of a place within areas their
// outlines. The corners of a disc's ring lie on its rim to the micrometre of
// [Distance]. It is nil for an unknown place, and for a disc or sector that reaches
// across the antimeridian or near a pole.
func (p Place) Outline() [][]Point {
	switch p.sort {
	case SortDisc:
		ring := make([]Point, 0, rimCorners+1)
		for i := range rimCorners {
			q := direct(p.at, float64(i)*360/rimCorners, p.far)
			if q.Lat > 89 || q.Lat < -89 || q.Lon-p.at.Lon > 90 || p.at.Lon-q.Lon > 90 {
				return nil
			}
			ring = append(ring, q)
		}
		return [][]Point{append(ring, ring[0])}
	case SortSector:
		r, ok := p.outline()
		if !ok {
			return nil
		}
		return [][]Point{append(r.points[:len(r.points):len(r.points)], r.points[0])}
	case SortWithin:
		var rings [][]Point
		for _, a := range p.areas {
			rings = append(rings, a.Rings()...)
		}
		return rings
	}
	return nil
}

// Chains gives the stretches of l in their order, each a row of corners. The caller may
// keep and change them.
func (l *Line) Chains() [][]Point {
	var out [][]Point
	for _, p := range l.chain {
		if n := len(out) - 1; n >= 0 && out[n][len(out[n])-1] == p.a {
			out[n] = append(out[n], p.b)
			continue
		}
		out = append(out, []Point{p.a, p.b})
	}
	return out
}
