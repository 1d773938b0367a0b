package place

import (
	"fmt"
	"math"
	"sync"

	"github.com/peterstace/simplefeatures/geom"
	"github.com/truceline/truceline/truth"
)

// unite is the union of polygons.
func unite(parts []geom.Geometry) (geom.Geometry, error) {
	g, err := geom.UnionMany(parts)
	if err != nil {
		return g, err
	}
	if polys := polygons(g); len(polys) > 0 {
		return geom.NewMultiPolygon(polys).AsGeometry(), nil
	}
	return g, fmt.Errorf("nothing is left of %d parts", len(parts))
}

// polygons are the polygons among the parts of g; points and lines, where areas only touch, fall away.
func polygons(g geom.Geometry) []geom.Polygon {
	var all []geom.Polygon
	for _, part := range g.Dump() {
		if p, ok := part.AsPolygon(); ok && !p.IsEmpty() {
			all = append(all, p)
		}
	}
	return all
}

// Unite is the union of areas under an id of its own, for one question about several areas that
// adjoin: a disc across a border that two of them share is in the union. Areas that are nil are
// left out. It refuses to unite none, and says so if the areas cannot be united.
func Unite(id string, areas ...*Area) (*Area, error) {
	var parts []geom.Geometry
	for _, a := range areas {
		if a != nil {
			parts = append(parts, a.shape)
		}
	}
	switch len(parts) {
	case 0:
		return nil, fmt.Errorf("place: area %q: no area to unite; give at least one", id)
	case 1:
		return newArea(id, parts[0]), nil
	}
	g, err := unite(parts)
	if err != nil {
		return nil, fmt.Errorf("place: area %q: uniting %d areas: %w; simplify them", id, len(parts), err)
	}
	return newArea(id, g), nil
}

// nothing is the size in square metres below which what is left of an overlay of something of the
// given size counts as rounding: a square metre, or a thousand-millionth of it if that is less.
func nothing(size float64) float64 { return math.Min(1, size*1e-9) }

// Covers tells whether b lies in a: Yes if all of it does, No if at most edges are common, Maybe
// if a part of it does. Slivers below a square metre, or below a thousand-millionth of b if that
// is less, count as rounding. Areas that the overlay cannot compare give Maybe.
func (a *Area) Covers(b *Area) truth.Value {
	if a == nil || b == nil {
		return truth.Maybe
	}
	if a == b {
		return truth.Yes
	}
	if !a.bounds.meets(b.bounds) {
		return truth.No
	}
	switch {
	case a.grid().window(b.bounds) == inside:
		return truth.Yes
	case a.grid().window(b.bounds) == outside:
		return truth.No
	}
	return a.overlaid.once(b, func() truth.Value { return a.overlay(b) })
}

// overlaid keeps what laying areas over one came to: reports name the same few areas again and
// again. Its zero value is ready; it may be used by several goroutines.
type overlaid struct {
	mu sync.Mutex // guards of
	of map[*Area]truth.Value
}

// maxOverlaid bounds what is kept of one area; the rest is laid over it each time.
const maxOverlaid = 256

func (o *overlaid) once(b *Area, lay func() truth.Value) truth.Value {
	o.mu.Lock()
	v, ok := o.of[b]
	o.mu.Unlock()
	if ok {
		return v
	}
	v = lay()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of == nil {
		o.of = map[*Area]truth.Value{}
	}
	if len(o.of) < maxOverlaid {
		o.of[b] = v
	}
	return v
}

// overlay tells by their overlay whether b lies in a.
func (a *Area) overlay(b *Area) truth.Value {
	if a.bounds.covers(b.bounds) {
		left, err := geom.Difference(b.shape, a.shape)
		if err != nil {
			return truth.Maybe
		}
		if sizeOf(left) <= nothing(b.size()) {
			return truth.Yes
		}
	}
	common, err := geom.Intersection(b.shape, a.shape)
	if err == nil && sizeOf(common) <= nothing(math.Min(a.size(), b.size())) {
		return truth.No
	}
	return truth.Maybe
}

// Overlap is the share of b, from 0 to 1, that lies in a, by size on the ellipsoid. The error says that
// the areas cannot be compared.
func (a *Area) Overlap(b *Area) (float64, error) {
	if a == nil || b == nil {
		return 0, fmt.Errorf("place: overlap with no area; give two areas")
	}
	if !a.bounds.meets(b.bounds) {
		return 0, nil
	}
	common, err := geom.Intersection(b.shape, a.shape)
	if err != nil {
		return 0, fmt.Errorf("place: overlap of %q and %q: %w; simplify them", a.ID, b.ID, err)
	}
	return math.Min(1, sizeOf(common)/b.size()), nil
}
