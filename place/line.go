package place

// Line is one or several chains of edges, such as a line of contact. It is made by [ParseLine].
// Its edges are straight in longitude and latitude.
type Line struct {
	ID string // as the case names it. Not to be written to.

	chain chain
}

// ParseLine reads a line from GeoJSON: a LineString, a MultiLineString, a Feature or
// GeometryCollection of them, or a FeatureCollection. A line may cross itself. The error is a
// *[ParseError] with every problem of the file; there is no line then.
func ParseLine(id string, geojson []byte) (*Line, error) {
	f := &file{id: id, data: geojson}
	var d drawing
	if root := f.tree(); root != nil {
		f.walk(root, "", true, &d)
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	l := &Line{ID: id}
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

// Enters tells whether l goes into a, farther from its edge than so many metres. It is looked at
// in the middle of each piece of l, and so may miss less than a piece.
func (l *Line) Enters(a *Area, metres float64) bool {
	for _, p := range l.chain {
		middle := p.at(half)
		if _, far := a.NearestEdge(middle); a.Contains(middle) && far > metres {
			return true
		}
	}
	return false
}

const half = 0.5
