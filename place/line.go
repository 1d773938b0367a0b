package place

import "github.com/truceline/truceline/truth"

// Line is one or several chains of edges, such as a line of contact. It is made by [ParseLine].
// Its edges are straight in longitude and latitude.
type Line struct {
	ID string // as the case names it. Not to be written to.

	chain chain
	parts [][]Point
}

// ParseLine reads a line from GeoJSON: a LineString, a MultiLineString, a Feature or GeometryCollection of them, or a
// FeatureCollection. A line may cross itself. The error is a *[ParseError] with every problem of
// the file; there is no line then.
func ParseLine(id string, geojson []byte) (*Line, error) {
	f := &file{id: id, data: geojson}
	var d drawing
	if root := f.tree(); root != nil {
		f.walk(root, "", true, &d)
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	l := &Line{ID: id, parts: d.lines}
	for _, part := range d.lines {
		for i := 1; i < len(part); i++ {
			if part[i] != part[i-1] {
				l.chain = l.chain.add(edge{part[i-1], part[i]})
			}
		}
	}
	return l, nil
}

// Nearest gives the point of the line that is nearest to q, and its distance in metres.
func (l *Line) Nearest(q Point) (Point, float64) { return l.chain.nearest(q) }

// DistanceTo gives the distance in metres from q to the nearest point of the line.
func (l *Line) DistanceTo(q Point) float64 {
	_, s := l.chain.nearest(q)
	return s
}

// Length is the length of the line in metres: of its edges, cut into pieces of at most a quarter
// of a degree, each measured along the geodesic between its ends.
func (l *Line) Length() float64 {
	sum := 0.0
	for i := range l.chain {
		sum += Distance(l.chain[i].a, l.chain[i].b)
	}
	return sum
}

// Meets tells whether the line has a point in a: Yes or No.
func (l *Line) Meets(a *Area) truth.Value {
	if a == nil {
		return truth.Maybe
	}
	for _, part := range l.parts {
		if a.Contains(part[0]) {
			return truth.Yes
		}
		for i := 1; i < len(part); i++ {
			e := edge{part[i-1], part[i]}
			for _, f := range a.lattice.edges {
				if how, _ := e.meet(f); how != apart {
					return truth.Yes
				}
			}
		}
	}
	return truth.No
}
