package casefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// maxLayer bounds a file of the map, in bytes.
const maxLayer = 8 << 20

// readLayer reads a FeatureCollection of points, lines and polygons. A problem is
// told at the line on which its feature begins.
func readLayer(name string, data []byte, problems *problem.List) []Drawn {
	var file struct {
		Type     string            `json:"type"`
		Features []json.RawMessage `json:"features"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		line := 1
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line += bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))
		}
		problems.Add(problem.Problem{Code: "not-json", File: name, Line: line, Column: 1, What: "the file is not a collection of GeoJSON: " + err.Error(), Mend: "write a FeatureCollection"})
		return nil
	}
	if file.Type != "FeatureCollection" {
		problems.Add(problem.Problem{Code: "wrong-type", File: name, Line: 1, Column: 1, Field: "type", What: fmt.Sprintf("the file is a %q", file.Type), Mend: "write a FeatureCollection"})
		return nil
	}
	var list []Drawn
	from := 0
	for i, raw := range file.Features {
		from += max(bytes.Index(data[from:], raw), 0)
		d, err := drawn(raw)
		if err != nil {
			problems.Add(problem.Problem{
				Code: "bad-feature", File: name, Line: 1 + bytes.Count(data[:from], []byte("\n")), Column: from - bytes.LastIndexByte(data[:from], '\n'),
				Field: fmt.Sprintf("features[%d]", i), What: err.Error(), Mend: "points, lines and polygons in degrees, longitude first",
			})
		} else {
			list = append(list, d)
		}
		from += len(raw)
	}
	return list
}

func drawn(raw []byte) (Drawn, error) {
	var f struct {
		Properties struct {
			Kind string      `json:"kind"`
			Rank int         `json:"rank"`
			Name record.Text `json:"name"`
		} `json:"properties"`
		Geometry struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		return Drawn{}, err
	}
	d := Drawn{Kind: f.Properties.Kind, Rank: f.Properties.Rank, Name: f.Properties.Name}
	for tag := range d.Name {
		if !record.LanguageTag(tag) {
			return d, fmt.Errorf("%q is no language tag", tag)
		}
	}
	c := f.Geometry.Coordinates
	var err error
	switch f.Geometry.Type {
	case "Point":
		var p position
		if err = json.Unmarshal(c, &p); err == nil {
			d.At = &place.Point{Lon: p[0], Lat: p[1]}
			if len(d.Name) == 0 {
				err = errors.New("a point carries no name, and nothing is drawn as a bare point")
			}
		}
	case "LineString":
		var line []position
		err = json.Unmarshal(c, &line)
		d.Lines = points(line)
	case "MultiLineString":
		var lines [][]position
		err = json.Unmarshal(c, &lines)
		d.Lines = points(lines...)
	case "Polygon":
		var rings [][]position
		err = json.Unmarshal(c, &rings)
		d.Rings = facing(points(rings...))
	case "MultiPolygon":
		var parts [][][]position
		err = json.Unmarshal(c, &parts)
		for _, rings := range parts {
			d.Rings = append(d.Rings, facing(points(rings...))...)
		}
	default:
		err = fmt.Errorf("a geometry of type %q is not drawn", f.Geometry.Type)
	}
	return d, err
}

// facing turns the rings of one polygon: the first, its shell, runs counter-clockwise and
// its holes the other way, so that they can be told apart later.
func facing(rings [][]place.Point) [][]place.Point {
	for i, ring := range rings {
		twice := 0.0 // the area in the plane, above zero for counter-clockwise
		for k := 1; k < len(ring); k++ {
			twice += (ring[k-1].Lon-ring[0].Lon)*(ring[k].Lat-ring[0].Lat) - (ring[k].Lon-ring[0].Lon)*(ring[k-1].Lat-ring[0].Lat)
		}
		if (twice > 0) != (i == 0) {
			slices.Reverse(ring)
		}
	}
	return rings
}

// position is longitude and latitude; a height that follows is left out.
type position [2]float64

// UnmarshalJSON implements json.Unmarshaler.
func (p *position) UnmarshalJSON(data []byte) error {
	var v []float64
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	if len(v) < 2 || len(v) > 4 || math.Abs(v[0]) > 180 || math.Abs(v[1]) > 90 {
		return fmt.Errorf("%.60s is no position", data)
	}
	p[0], p[1] = v[0], v[1]
	return nil
}

func points(lines ...[]position) [][]place.Point {
	out := make([][]place.Point, 0, len(lines))
	for _, line := range lines {
		to := make([]place.Point, len(line))
		for i, p := range line {
			to[i] = place.Point{Lon: p[0], Lat: p[1]}
		}
		if len(to) > 0 {
			out = append(out, to)
		}
	}
	return out
}
