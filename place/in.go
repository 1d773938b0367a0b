package place

import (
	"math"

	"github.com/truceline/truceline/truth"
)

// In tells whether the place lies in a: Yes if all of it does, No if none of it does, Maybe otherwise,
// and always for an unknown place and for an area that is nil. The edges of a belong to it. What it
// knows of each sort:
//   - a disc is judged exactly, to the micrometre of [Distance]: it is in a if its centre is and no
//     edge is nearer than the radius;
//   - a sector is judged by an outline around it that exceeds it by at most 0.01 % of the farthest
//     distance and a metre (below 70° of latitude): a Yes or No is right to a metre, and a Maybe is
//     given at most that far too often;
//   - somewhere in areas is judged by [Area.Covers]: areas with no more than edges in common are
//     apart.
//
// A disc or sector across the antimeridian or near a pole may be answered with Maybe where a closer
// look would decide.
func (p Place) In(a *Area) truth.Value {
	if a == nil {
		return truth.Maybe
	}
	switch p.sort {
	case SortDisc:
		return p.discIn(a)
	case SortSector:
		return p.sectorIn(a)
	case SortWithin:
		all, none := true, true
		for _, b := range p.areas {
			v := a.Covers(b)
			all = all && v == truth.Yes
			none = none && v == truth.No
		}
		switch {
		case all:
			return truth.Yes
		case none:
			return truth.No
		}
	}
	return truth.Maybe
}

// InAny is [Place.In] for the union of the areas, united before the place is tested, so that a disc
// across the border of two areas that adjoin is in. An area that is nil is one whose extent is not
// known: beside it there is no No. With no area the answer is No. Areas are united only where each by
// itself says Maybe; whoever asks often about the same areas is better served by [Unite].
func (p Place) InAny(areas ...*Area) truth.Value {
	most := truth.No
	var open []*Area
	for _, a := range areas {
		v := p.In(a)
		if v == truth.Yes {
			return truth.Yes
		}
		if v == truth.Maybe && a != nil {
			open = append(open, a)
		}
		most = max(most, v)
	}
	if len(open) < 2 || p.Sort() == SortUnknown {
		return most
	}
	union, err := Unite("", open...)
	if err != nil || p.In(union) != truth.Yes {
		return truth.Maybe // a No cannot come of a Maybe
	}
	return truth.Yes
}

// discIn is In for a disc.
func (p Place) discIn(a *Area) truth.Value {
	if p.far == 0 {
		return truth.Of(a.Contains(p.at))
	}
	w, windowed := around(p.at, p.far)
	if windowed {
		switch a.grid().window(w) {
		case inside:
			return truth.Yes
		case outside:
			return truth.No
		}
	}
	free := a.grid().clears(p.at, p.far, w, windowed)
	if free == nearer {
		return truth.Maybe
	}
	if a.Contains(p.at) {
		return truth.Yes
	}
	if free == beyond {
		return truth.No
	}
	return truth.Maybe // it touches the edge from outside, and the edge belongs to the area
}

// around is a box that holds all points within radius metres of q. It is not ok near a pole and across
// the antimeridian.
func around(q Point, radius float64) (w box, ok bool) {
	const loose = 1 + 1e-9
	dLat := radius / (equatorial * (1 - ecc2)) / degree * loose
	highest := math.Abs(q.Lat) + dLat
	if highest > 89 {
		return box{}, false
	}
	dLon := radius / (equatorial * math.Cos(highest*degree)) / degree * loose
	w = box{q.Lon - dLon, q.Lat - dLat, q.Lon + dLon, q.Lat + dLat}
	return w, w.west > -180 && w.east < 180
}

// Margin is a place held against the edge of an area: the figures behind a Maybe.
type Margin struct {
	Known  float64 // the place is known to so many metres around its middle
	Edge   float64 // metres from its middle to the nearest edge of the area
	At     Point   // that point of the edge
	Inside bool    // whether the middle is in the area
}

// Margin gives the figures behind a Maybe: "known to 4 km, the edge is 2.5 km away". The middle of a
// disc is its centre; that of a sector is on its bearing, in the middle of its band, and Known then
// reaches its farthest corner. It is not ok for places without a middle and without an area.
func (p Place) Margin(a *Area) (m Margin, ok bool) {
	if a == nil || p.sort != SortDisc && p.sort != SortSector {
		return Margin{}, false
	}
	middle, known, _ := p.hull()
	m = Margin{Known: known, Inside: a.Contains(middle)}
	m.At, m.Edge = a.NearestEdge(middle)
	return m, true
}

// hull is a disc that holds all of p: its centre and radius. Only an unknown place has none.
func (p Place) hull() (middle Point, radius float64, ok bool) {
	switch p.sort {
	case SortDisc:
		return p.at, p.far, true
	case SortSector:
		middle = direct(p.at, p.bearing, (p.near+p.far)/2)
		for _, turn := range []float64{-SectorHalfWidth, 0, SectorHalfWidth} {
			for _, reach := range []float64{p.near, p.far} {
				radius = math.Max(radius, Distance(middle, direct(p.at, p.bearing+turn, reach)))
			}
		}
		return middle, radius, true
	case SortWithin:
		bounds := emptyBox()
		for _, a := range p.areas {
			bounds = bounds.add(Point{a.bounds.west, a.bounds.south}).add(Point{a.bounds.east, a.bounds.north})
		}
		middle = Point{(bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2}
		for _, a := range p.areas {
			for i := range a.chain {
				// Along a piece the distance is greatest at an end, but for its sag.
				c := &a.chain[i]
				radius = math.Max(radius, math.Max(Distance(middle, c.a), Distance(middle, c.b))+c.sag)
			}
		}
		return middle, radius, true
	}
	return Point{}, 0, false
}

// Near tells whether the place is within metres of l, that distance included: Yes if all of it is, No
// if none of it is. A place that is not a disc is taken as the least disc around its middle, so that
// Maybe may be given where a closer look would decide; so may it for a disc that l winds around. A
// line that is nil, and a distance that is not a number, give Maybe.
func (p Place) Near(l *Line, metres float64) truth.Value {
	middle, radius, ok := p.hull()
	if !ok || l == nil || math.IsNaN(metres) {
		return truth.Maybe
	}
	_, away := l.Nearest(middle)
	switch {
	case away+radius <= metres:
		return truth.Yes
	case away-radius > metres:
		return truth.No
	}
	return truth.Maybe
}
