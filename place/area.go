package place

import (
	"math"
	"sync"

	"github.com/peterstace/simplefeatures/geom"
)

// Area is a region of the ellipsoid: polygons with holes, checked and united. Its edges belong to
// it. It is made by [ParseArea] or [Unite].
type Area struct {
	ID string // as the case names it: "black-sea". Not to be written to.

	shape  geom.Geometry // valid, polygons only
	bounds box
	chain  chain

	// What most areas of a case are never asked for is made at the first question.
	grid func() *lattice
	size func() float64

	overlaid overlaid
}

// ParseArea reads an area from GeoJSON: a Polygon, a MultiPolygon, a Feature or GeometryCollection
// of them, or a FeatureCollection, whose parts are united. Rings may run either way around. The error is a
// *[ParseError] with every problem of the file; there is no area then.
func ParseArea(id string, geojson []byte) (*Area, error) {
	f := &file{id: id, data: geojson}
	var d drawing
	if root := f.tree(); root != nil {
		f.walk(root, "", false, &d)
	}
	shape := f.shape(d)
	if err := f.err(); err != nil {
		return nil, err
	}
	return newArea(id, shape), nil
}

// newArea makes an area of polygons that are valid.
func newArea(id string, shape geom.Geometry) *Area {
	a := &Area{ID: id, shape: shape, bounds: emptyBox()}
	a.size = sync.OnceValue(func() float64 { return sizeOf(shape) })
	var edges []edge
	for _, p := range polygons(shape) {
		for _, r := range p.DumpRings() {
			seq := r.Coordinates()
			for i := 1; i < seq.Length(); i++ {
				from, to := seq.GetXY(i-1), seq.GetXY(i)
				e := edge{Point{from.X, from.Y}, Point{to.X, to.Y}}
				if e.a == e.b {
					continue
				}
				edges = append(edges, e)
				a.bounds = a.bounds.add(e.a)
				a.chain = a.chain.add(e)
			}
		}
	}
	a.grid = sync.OnceValue(func() *lattice {
		l := newLattice(a.bounds, edges, a.chain)
		return &l
	})
	return a
}

// Contains tells whether q lies in a, edges included. It is exact: no rounding comes in. A point
// of the antimeridian is looked for at both its longitudes.
func (a *Area) Contains(q Point) bool {
	return a.grid().contains(q) || math.Abs(q.Lon) == 180 && a.grid().contains(Point{-q.Lon, q.Lat})
}

// NearestEdge gives the point of the edge of a that is nearest to q, and its distance in metres.
// Where a was cut at the antimeridian, the cut is an edge.
func (a *Area) NearestEdge(q Point) (Point, float64) { return a.chain.nearest(q) }

// Bounds gives the south-western and north-eastern corner of the least rectangle of longitude and
// latitude around a.
func (a *Area) Bounds() (southWest, northEast Point) {
	return Point{a.bounds.west, a.bounds.south}, Point{a.bounds.east, a.bounds.north}
}

// Rings gives the outline of a as the union left it: for each polygon the outer ring and then its
// holes, each with its first point repeated at the end. The caller may keep and change them.
func (a *Area) Rings() [][]Point {
	var rings [][]Point
	for _, p := range polygons(a.shape) {
		for _, r := range p.DumpRings() {
			seq := r.Coordinates()
			ring := make([]Point, seq.Length())
			for i := range ring {
				xy := seq.GetXY(i)
				ring[i] = Point{xy.X, xy.Y}
			}
			rings = append(rings, ring)
		}
	}
	return rings
}
