package place

// Line is one or several chains of edges, such as a line of contact.
type Line struct {
	ID string
}

// ParseLine reads a line from GeoJSON.
func ParseLine(id string, geojson []byte) (*Line, error) { return &Line{ID: id}, nil }

// Nearest gives the point of the line nearest to q and its distance in metres.
func (l *Line) Nearest(q Point) (Point, float64) { return Point{}, 0 }

