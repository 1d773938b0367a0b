package web

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/draw"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
)

// thinness of outlines of areas in data for maps, in degrees of latitude: some 1,200
// metres. Whoever measures takes the areas' own files.
const thinness = 0.011

// maxFeatures bounds the reports in one answer.
const maxFeatures = 20_000

// collection is a FeatureCollection (RFC 7946).
type collection struct {
	Type     string    `json:"type"`
	Features []feature `json:"features"`
}

type feature struct {
	Type       string    `json:"type"`
	Geometry   *geometry `json:"geometry"` // null where no place is told
	Properties any       `json:"properties"`
}

type geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// reportProperties are what a report is on the map. Whatever its geometry, it
// happened somewhere in it.
type reportProperties struct {
	Kind     string          `json:"kind"` // "report"
	Ref      record.Ref      `json:"ref"`
	Place    int             `json:"place,omitempty"` // its number on the map and in the table
	Known    place.Sort      `json:"known"`           // "disc", "sector", "within", "unknown"
	Name     record.Text     `json:"name,omitempty"`
	Radius   int             `json:"radius_m,omitempty"`
	Bearing  string          `json:"bearing,omitempty"`
	Nearest  int             `json:"nearest_m,omitempty"`
	Farthest int             `json:"farthest_m,omitempty"`
	Within   []string        `json:"within,omitempty"`
	Until    string          `json:"withheld_until,omitempty"` // RFC 3339: when the place is shown; "unknown"
	Happened string          `json:"happened,omitempty"`
	Public   string          `json:"public,omitempty"`
	SaidBy   *record.Voice   `json:"said_by,omitempty"`
	Through  *record.Channel `json:"through,omitempty"`
	Summary  record.Text     `json:"summary,omitempty"`
}

// controlProperties are what a source says of who holds what. The geometry is the
// area spoken of, never the ground held.
type controlProperties struct {
	Kind     string          `json:"kind"` // "control"
	Ref      record.Ref      `json:"ref"`
	Layer    string          `json:"layer"`
	Claim    *record.Control `json:"claim"`
	Happened string          `json:"happened,omitempty"`
	SaidBy   *record.Voice   `json:"said_by,omitempty"`
	Through  *record.Channel `json:"through,omitempty"`
	Summary  record.Text     `json:"summary,omitempty"`
}

// layerProperties are what a feature of a layer is.
type layerProperties struct {
	Kind    string               `json:"kind"` // "layer"
	Layer   string               `json:"layer"`
	Status  casefile.LayerStatus `json:"status"`
	Draws   string               `json:"draws,omitempty"` // "coast", "sea", "town" …
	Rank    int                  `json:"rank,omitempty"`
	Area    string               `json:"area,omitempty"`
	Name    record.Text          `json:"name,omitempty"`
	Claims  map[string]any       `json:"claims,omitempty"` // by party
	Source  string               `json:"source,omitempty"`
	Licence string               `json:"licence,omitempty"`
}

func polygons(rings [][]place.Point) *geometry {
	parts := [][][][2]float64{}
	for _, ring := range rings {
		if signed(ring) > 0 || len(parts) == 0 { // a shell; holes run the other way around
			parts = append(parts, nil)
		}
		last := len(parts) - 1
		parts[last] = append(parts[last], positions(ring))
	}
	if len(parts) == 1 {
		return &geometry{"Polygon", parts[0]}
	}
	return &geometry{"MultiPolygon", parts}
}

// signed is twice the area of a ring in the plane: above zero if it runs counter-clockwise.
func signed(ring []place.Point) float64 {
	sum := 0.0
	for i := 1; i < len(ring); i++ {
		sum += (ring[i].Lon - ring[0].Lon) * (ring[i-1].Lat - ring[0].Lat)
		sum -= (ring[i-1].Lon - ring[0].Lon) * (ring[i].Lat - ring[0].Lat)
	}
	return -sum
}

// positions writes a line to some hundred metres.
func positions(line []place.Point) [][2]float64 {
	out := make([][2]float64, len(line))
	for i, p := range line {
		out[i] = [2]float64{math.Round(p.Lon*1e3) / 1e3, math.Round(p.Lat*1e3) / 1e3}
	}
	return out
}

// fully writes a line to a metre: of a small disc every corner matters.
func fully(line []place.Point) [][2]float64 {
	out := make([][2]float64, len(line))
	for i, p := range line {
		out[i] = [2]float64{math.Round(p.Lon*1e5) / 1e5, math.Round(p.Lat*1e5) / 1e5}
	}
	return out
}

// turned gives a ring running counter-clockwise.
func turned(ring []place.Point) []place.Point {
	if signed(ring) >= 0 {
		return ring
	}
	out := make([]place.Point, len(ring))
	for i, p := range ring {
		out[len(ring)-1-i] = p
	}
	return out
}

// mapJSON serves what a question's map shows of the record, each report with the whole
// extent in which it lies.
func (s *site) mapJSON(w http.ResponseWriter, r *http.Request) {
	s.kept(w, r, func(bench *view.View) (*sheet, error) {
		v, err := s.mapView(r, bench)
		if err != nil {
			return nil, err
		}
		only := r.URL.Query().Get("kind")
		if only != "" && only != "report" && only != "control" {
			return nil, &mapError{fmt.Sprintf("kind: %q is neither report nor control", only)}
		}
		c := collection{Type: "FeatureCollection", Features: []feature{}}
		total := 0
		for i := range v.places {
			if total += len(v.places[i].reports); total > maxFeatures {
				return nil, &mapError{fmt.Sprintf("more than %d reports: ask for the last days alone (days=30, 7 or 1) or take the whole record", maxFeatures)}
			}
		}
		if only == "control" {
			v.places, v.nowhere, v.held, v.waiting = nil, nil, nil, nil
		}
		if only == "report" {
			v.control = nil
		}
		for i := range v.places {
			pl := &v.places[i]
			var g *geometry
			if pl.sort == place.SortWithin {
				g = polygons(draw.Thin(pl.where.Outline(), thinness, true))
			} else {
				if rings := pl.where.Outline(); len(rings) == 1 { // none across the antimeridian
					g = &geometry{"Polygon", [][][2]float64{fully(turned(rings[0]))}}
				}
			}
			for _, in := range pl.reports {
				c.Features = append(c.Features, feature{"Feature", g, reportData(bench, in, pl)})
			}
		}
		for _, in := range append(v.nowhere[:len(v.nowhere):len(v.nowhere)], v.held...) {
			c.Features = append(c.Features, feature{"Feature", nil, reportData(bench, in, nil)})
		}
		for _, w := range v.waiting {
			p := reportData(bench, w.in, nil)
			if p.Until = w.until.String(); w.until == moment.Future {
				p.Until = "unknown"
			}
			c.Features = append(c.Features, feature{"Feature", nil, p})
		}
		for i := range v.control {
			for _, it := range v.control[i].claims {
				c.Features = append(c.Features, s.controlFeature(&v.control[i], it))
			}
		}
		return jsonSheet(c)
	})
}

func jsonSheet(c collection) (*sheet, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return packedSheet("application/geo+json", "", append(body, '\n'), 6, nil), nil
}

func reportData(bench *view.View, in sighting, pl *mapPlace) reportProperties {
	p := reportProperties{Kind: "report", Ref: in.ref, Known: place.SortUnknown}
	if it, ok := bench.Item(in.ref); ok {
		p.Happened, p.Public, p.SaidBy, p.Through = it.Happened, it.Public, it.SaidBy, it.Through
		if !it.Withheld {
			p.Summary = it.Summary
		}
	}
	if pl == nil {
		return p
	}
	p.Place, p.Known, p.Within = pl.no, pl.sort, pl.areas
	p.Name, p.Radius, p.Bearing, p.Nearest, p.Farthest = pl.told.Name, pl.told.Radius, pl.told.Bearing, pl.told.Nearest, pl.told.Farthest
	return p
}

func (s *site) controlFeature(c *controlSource, it judge.Item) feature {
	body, _ := it.Body.(*record.Control) // nothing else is gathered
	p := controlProperties{
		Kind: "control", Ref: it.Ref, Layer: layerControl + string(c.first), Claim: body, Happened: it.Happened,
		SaidBy: it.SaidBy, Through: it.Through, Summary: it.Summary,
	}
	var rings [][]place.Point
	for _, id := range body.Areas {
		rings = append(rings, draw.Thin(s.outlineOf(id), thinness, true)...)
	}
	if len(rings) == 0 {
		return feature{"Feature", nil, p}
	}
	return feature{"Feature", polygons(rings), p}
}

// layersJSON serves the layers of the case as data, each with its source and status.
func (s *site) layersJSON(w http.ResponseWriter, r *http.Request) {
	s.kept(w, r, func(bench *view.View) (*sheet, error) {
		v, err := s.mapView(r, bench)
		if err != nil {
			return nil, err
		}
		c := collection{Type: "FeatureCollection", Features: []feature{}}
		for i := range v.layers {
			l := &v.layers[i]
			switch {
			case l.declared != nil:
				c.Features = append(c.Features, s.layerFeatures(bench, l)...)
			case l.control == 0:
				for _, id := range l.areas {
					p := layerProperties{Kind: "layer", Layer: l.id, Status: casefile.LayerAdministrative, Area: id, Name: s.areaName(id)}
					if f, ok := s.areaFeature(id, p); ok {
						c.Features = append(c.Features, f)
					}
				}
			}
		}
		return jsonSheet(c)
	})
}

func (s *site) areaName(id string) record.Text {
	if a := s.c.Areas[id]; a != nil {
		return a.Name
	}
	if l := s.c.Lines[id]; l != nil {
		return l.Name
	}
	return nil
}

func (s *site) areaFeature(id string, p layerProperties) (feature, bool) {
	if rings := draw.Thin(s.outlineOf(id), thinness, true); len(rings) > 0 {
		return feature{"Feature", polygons(rings), p}, true
	}
	if l := s.c.Lines[id]; l != nil {
		return feature{"Feature", chains(draw.Thin(l.Chains(), thinness, false)), p}, true
	}
	return feature{}, false
}

func chains(lines [][]place.Point) *geometry {
	out := make([][][2]float64, len(lines))
	for i, line := range lines {
		out[i] = positions(line)
	}
	return &geometry{"MultiLineString", out}
}

func (s *site) layerFeatures(bench *view.View, l *mapLayer) []feature {
	d := l.declared
	p := layerProperties{Kind: "layer", Layer: d.ID, Status: d.Status, Source: d.Source, Licence: d.Licence}
	switch {
	case claimed(d, bench):
		p.Claims = map[string]any{}
		for _, c := range d.Claims {
			p.Claims[c.Party] = c.Says
		}
	case d.Status == casefile.LayerDisputed:
		p.Status = casefile.LayerAdministrative // the claims were not made yet
	}
	var list []feature
	for _, id := range d.Areas {
		of := p
		of.Area, of.Name = id, s.areaName(id)
		if f, ok := s.areaFeature(id, of); ok {
			list = append(list, f)
		}
	}
	for i := range d.Drawn {
		f := &d.Drawn[i]
		of := p
		of.Draws, of.Rank, of.Name = f.Kind, f.Rank, f.Name
		switch {
		case f.At != nil:
			list = append(list, feature{"Feature", &geometry{"Point", positions([]place.Point{*f.At})[0]}, of})
		case len(f.Rings) > 0:
			list = append(list, feature{"Feature", polygons(draw.Thin(f.Rings, thinness, true)), of})
		case len(f.Lines) > 0:
			list = append(list, feature{"Feature", chains(draw.Thin(f.Lines, thinness, false)), of})
		}
	}
	return list
}
