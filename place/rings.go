package place

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"github.com/peterstace/simplefeatures/geom"
	"github.com/peterstace/simplefeatures/rtree"
)

// shape checks the polygons of a drawing and gives their union. Problems are noted; the shape is
// of use only if there are none.
func (f *file) shape(d drawing) geom.Geometry {
	seen := map[string]string{} // the ring's corners, and where it was seen first
	var whole []geom.Geometry
	for _, group := range d.groups {
		var parts []geom.Polygon
		for i := range group {
			p := &group[i]
			// Of a polygon that could be read in part, the rings that could are looked at too.
			if f.duplicates(p, seen) || f.crossings(p) || !p.whole || f.holesOutside(p) {
				continue
			}
			g := p.geom()
			if err := g.Validate(); err != nil {
				f.invalid(p, err)
				continue
			}
			parts = append(parts, g)
		}
		if len(parts) != len(group) || len(f.problems) > 0 {
			continue
		}
		if g, ok := f.group(group, parts); ok {
			whole = append(whole, g)
		}
	}
	if len(f.problems) > 0 || len(whole) == 0 {
		return geom.Geometry{}
	}
	if len(whole) == 1 {
		return whole[0]
	}
	g, err := unite(whole)
	if err != nil {
		f.fault(CodeGeometry, "", 0, "simplify the area", "its parts could not be united: %v", err)
	}
	return g
}

// invalid notes what only the check of the whole polygon finds. Crossings and holes were looked at with
// exact predicates before; what is left of them is finer than overlays can tell apart.
func (f *file) invalid(p *polygon, err error) {
	if text := err.Error(); strings.Contains(text, "disconnected") || strings.Contains(text, "multiple points") {
		f.fault(CodeDisconnected, p.path, p.offset, "draw the parts as polygons of their own", "rings that touch cut the polygon into parts")
		return
	}
	f.fault(CodeGeometry, p.path, p.offset, "simplify it", "its edges come closer to each other than can be told apart: %v", err)
}

// group joins the polygons of one geometry. They may touch, also along edges, but not overlap.
func (f *file) group(group []polygon, parts []geom.Polygon) (geom.Geometry, bool) {
	if len(parts) == 1 {
		return parts[0].AsGeometry(), true
	}
	multi := geom.NewMultiPolygon(parts)
	if multi.Validate() == nil {
		return multi.AsGeometry(), true
	}
	one := make([]geom.Geometry, len(parts))
	sum := 0.0
	for i, p := range parts {
		one[i] = p.AsGeometry()
		sum += p.Area()
	}
	g, err := unite(one)
	if err != nil {
		f.fault(CodeGeometry, group[0].path, group[0].offset, "simplify the area", "its polygons could not be united: %v", err)
		return g, false
	}
	if g.Area() >= sum*(1-1e-9) {
		return g, true
	}
	before := len(f.problems)
	for j := range parts {
		for i := range j {
			if !group[i].rings[0].box().meets(group[j].rings[0].box()) {
				continue
			}
			common, err := geom.Intersection(one[i], one[j])
			if err != nil || common.Area() > 1e-9*math.Min(parts[i].Area(), parts[j].Area()) {
				f.fault(CodeOverlap, group[j].path, group[j].offset, "unite the two or cut the overlap off",
					"the polygon overlaps the one at %s", group[i].path)
			}
		}
	}
	if len(f.problems) == before { // many overlaps, each too small to be named
		f.fault(CodeOverlap, group[0].path, group[0].offset, "unite them or cut the overlaps off", "the polygons of the geometry overlap")
	}
	return g, false
}

// duplicates notes rings that were seen before, in whatever direction and from whatever corner.
func (f *file) duplicates(p *polygon, seen map[string]string) bool {
	found := false
	for i := range p.rings {
		r := &p.rings[i]
		key := r.key()
		if first, ok := seen[key]; ok {
			f.fault(CodeDuplicate, r.path, r.offset, "take one of the two out", "the ring is the same as the one at %s", first)
			found = true
			continue
		}
		seen[key] = r.path
	}
	return found
}

// key is equal for rings with the same corners in the same or the opposite order.
func (r *ring) key() string {
	pts := slices.Clone(r.points)
	n := len(pts)
	low := 0
	for i, p := range pts {
		if p.Lon < pts[low].Lon || p.Lon == pts[low].Lon && p.Lat < pts[low].Lat {
			low = i
		}
	}
	next, prev := pts[(low+1)%n], pts[(low+n-1)%n]
	step := 1
	if prev.Lon < next.Lon || prev.Lon == next.Lon && prev.Lat < next.Lat {
		step = n - 1
	}
	key := make([]byte, 0, 16*n)
	for i, k := 0, low; i < n; i, k = i+1, (k+step)%n {
		key = binary.BigEndian.AppendUint64(key, math.Float64bits(pts[k].Lon))
		key = binary.BigEndian.AppendUint64(key, math.Float64bits(pts[k].Lat))
	}
	return string(key)
}

// edge is the i-th edge of the ring.
func (r *ring) edge(i int) edge { return edge{r.points[i], r.points[(i+1)%len(r.points)]} }

// crossings notes where the rings of p cross, touch or run along themselves or each other. That a
// ring touches another ring in a point is allowed.
func (f *file) crossings(p *polygon) bool {
	type place struct{ ring, edge int }
	var all []place
	var items []rtree.BulkItem
	for r := range p.rings {
		for i := range p.rings[r].points {
			b := p.rings[r].edge(i).box()
			items = append(items, rtree.BulkItem{Box: b.rtree(), RecordID: len(all)})
			all = append(all, place{r, i})
		}
	}
	tree := rtree.BulkLoad(items)
	type spot struct {
		a, b int // rings
		at   Point
	}
	noted := map[spot]bool{} // a corner that is met twice concerns four pairs of edges
	for id, a := range all {
		ra := &p.rings[a.ring]
		e := ra.edge(a.edge)
		b := e.box()
		var others []int
		// The search is asked for a box; the function never returns an error of its own.
		_ = tree.RangeSearch(b.rtree(), func(other int) error {
			if other > id {
				others = append(others, other)
			}
			return nil
		})
		slices.Sort(others)
		for _, other := range others {
			c := all[other]
			rc := &p.rings[c.ring]
			how, at := e.meet(rc.edge(c.edge))
			n := len(ra.points)
			neighbours := a.ring == c.ring && (c.edge == a.edge+1 || a.edge == 0 && c.edge == n-1)
			switch {
			case how == apart, how == touch && (neighbours || a.ring != c.ring):
				continue
			case noted[spot{a.ring, c.ring, at}]:
				continue
			case a.ring != c.ring:
				f.fault(CodeCrosses, rc.position(c.edge), rc.at[c.edge], "move one of the two", "the edge from there crosses or runs along the ring at %s, at %v", ra.path, at)
			case neighbours:
				f.fault(CodeCrosses, rc.position(c.edge), rc.at[c.edge], "take the spike out", "the ring runs back over itself, at %v", at)
			case how == touch:
				f.fault(CodeCrosses, rc.position(c.edge), rc.at[c.edge], "draw the parts as rings of their own", "the ring touches itself: the edge from there meets the edge from %s at %v", ra.position(a.edge), at)
			default:
				f.fault(CodeCrosses, rc.position(c.edge), rc.at[c.edge], "put its corners in order", "the ring crosses itself: the edge from there meets the edge from %s at %v", ra.position(a.edge), at)
			}
			noted[spot{a.ring, c.ring, at}] = true
			if f.more {
				return true
			}
		}
	}
	return len(noted) > 0
}

// holesOutside notes holes that lie outside the outer ring or in one another. The rings do not
// cross, so that one point of a hole off the other ring speaks for all.
func (f *file) holesOutside(p *polygon) bool {
	found := false
	for i := 1; i < len(p.rings); i++ {
		hole := &p.rings[i]
		if side, q := hole.sideOf(&p.rings[0]); side < 0 {
			f.fault(CodeHole, hole.path, hole.offset, "make it a polygon of its own in a MultiPolygon, or move it", "the hole lies outside the outer ring, at %v", q)
			found = true
		}
		for j := 1; j < len(p.rings); j++ {
			other := &p.rings[j]
			if i == j || !other.box().covers(hole.box()) {
				continue
			}
			if side, q := hole.sideOf(other); side > 0 {
				f.fault(CodeHole, hole.path, hole.offset, "take it out, or make what lies in it a polygon of its own", "the hole lies in the hole at %s, at %v", other.path, q)
				found = true
			}
		}
	}
	return found
}

// sideOf tells on which side of other, which it does not cross, r lies, and names a point there.
// It is 0 if every corner and every middle of an edge lies on other.
func (r *ring) sideOf(other *ring) (int, Point) {
	for _, q := range r.points {
		if side := other.side(q); side != 0 {
			return side, q
		}
	}
	for i := range r.points {
		e := r.edge(i)
		q := Point{(e.a.Lon + e.b.Lon) / 2, (e.a.Lat + e.b.Lat) / 2}
		if side := other.side(q); side != 0 {
			return side, q
		}
	}
	return 0, Point{}
}

// box is around the ring.
func (r *ring) box() box {
	b := emptyBox()
	for _, q := range r.points {
		b = b.add(q)
	}
	return b
}

// side tells whether q is inside the ring (1), on it (0) or outside (-1).
func (r *ring) side(q Point) int {
	inside := false
	for i := range r.points {
		e := r.edge(i)
		if e.holds(q) {
			return 0
		}
		if e.passes(q) {
			inside = !inside
		}
	}
	if inside {
		return 1
	}
	return -1
}

// passes tells whether a ray from q to the east, along its parallel, crosses e. Each edge holds its
// southern end and not its northern one, so that a ray through a corner is counted once or twice
// rightly.
func (e edge) passes(q Point) bool {
	if (e.a.Lat > q.Lat) == (e.b.Lat > q.Lat) {
		return false
	}
	if e.a.Lat < e.b.Lat {
		return turn(e.a, e.b, q) > 0
	}
	return turn(e.a, e.b, q) < 0
}

// geom is p for the overlay library.
func (p *polygon) geom() geom.Polygon {
	rings := make([]geom.LineString, len(p.rings))
	for i := range p.rings {
		rings[i] = closedLine(p.rings[i].points)
	}
	return geom.NewPolygon(rings)
}

// closedLine is the ring through points, which do not repeat the first.
func closedLine(points []Point) geom.LineString {
	flat := make([]float64, 0, 2*len(points)+2)
	for _, q := range points {
		flat = append(flat, q.Lon, q.Lat)
	}
	flat = append(flat, points[0].Lon, points[0].Lat)
	return geom.NewLineString(geom.NewSequence(flat, geom.DimXY))
}
