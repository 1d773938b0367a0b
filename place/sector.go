package place

import (
	"math"

	"github.com/truceline/truceline/truth"
)

// outline is a ring around the sector, made of edges straight in longitude and latitude. It is not
// ok near a pole and across the antimeridian.
func (p Place) outline() (r ring, ok bool) {
	const arcs = 16 // chords of the far arc
	const step = 2 * SectorHalfWidth / arcs
	// Chords lie inside their arc: the far one is widened until they touch it.
	far := p.far / math.Cos(step/2*degree)
	// The sides are cut so that a straight edge leaves the geodesic by less than a metre.
	sides := math.Max(1, math.Ceil((p.far-p.near)/4000))
	left, right := p.bearing-SectorHalfWidth, p.bearing+SectorHalfWidth
	for i := 0.0; i < sides; i++ {
		r.points = append(r.points, direct(p.at, left, p.near+(far-p.near)*i/sides))
	}
	// Long chords are cut too, along the geodesic, so that the far edge stays outside the sector.
	cuts := math.Max(1, math.Ceil(far*step*degree/4000))
	for i := range arcs {
		a, b := direct(p.at, left+float64(i)*step, far), direct(p.at, left+float64(i+1)*step, far)
		length, bearing := Distance(a, b), Bearing(a, b)
		r.points = append(r.points, a)
		for k := 1.0; k < cuts; k++ {
			r.points = append(r.points, direct(a, bearing, length*k/cuts))
		}
	}
	for i := sides; i > 0; i-- {
		r.points = append(r.points, direct(p.at, right, p.near+(far-p.near)*i/sides))
	}
	if p.near > 0 {
		// Chords of the near arc lie between it and the observer, outside the sector.
		for i := arcs; i > 0; i-- {
			r.points = append(r.points, direct(p.at, left+float64(i)*step, p.near))
		}
	}
	for _, q := range r.points {
		if math.Abs(q.Lat) > 89 || math.Abs(q.Lon-p.at.Lon) > 180 {
			return r, false
		}
	}
	return r, math.Abs(p.at.Lat) < 89
}

// sectorIn is In for a sector: with no edge of a in its outline, one of its points speaks for all.
func (p Place) sectorIn(a *Area) truth.Value {
	r, ok := p.outline()
	if !ok {
		return truth.Maybe
	}
	w := emptyBox()
	for _, q := range r.points {
		w = w.add(q)
	}
	switch a.grid().window(w) {
	case inside:
		return truth.Yes
	case outside:
		return truth.No
	}
	l := a.grid()
	for row := l.row(w.south, -margin); row <= l.row(w.north, margin); row++ {
		for _, i := range l.rows[row] {
			e := l.edges[i]
			if !e.box().meets(w) {
				continue
			}
			if r.side(e.a) >= 0 {
				return truth.Maybe
			}
			for k := range r.points {
				if how, _ := e.meet(r.edge(k)); how != apart {
					return truth.Maybe
				}
			}
		}
	}
	return truth.Of(a.Contains(r.points[0]))
}
