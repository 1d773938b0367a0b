// Command basemap cuts open geometry to a box, thins it and writes the GeoJSON of a
// base layer (docs/map.md). It is run by hand when a case gets a map; nothing at run time needs it.
//
//	go run ./tools/basemap -box 21.8,43.7,42.6,54.3 -kind lake -drop "Kakhovka Reservoir" IN.json... > map/lakes.geojson
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/peterstace/simplefeatures/geom"
)

func main() {
	box := flag.String("box", "", "west,south,east,north in degrees")
	kind := flag.String("kind", "", `what is drawn, such as "coast", "sea", "lake", "river" or "boundary"`)
	rank := flag.Float64("rank", 99, "the greatest scalerank that is kept")
	fine := flag.Float64("fine", 0.005, "corners nearer than so many degrees to a straight line are left out")
	keep := flag.String("keep", "", "names that are kept, parted by commas; empty: all")
	drop := flag.String("drop", "", "names that are left out, parted by commas")
	pairs := flag.String("between", "", `pairs of neighbours whose boundary is kept: "Poland/Ukraine,Ukraine/Romania"; empty: all`)
	flag.Parse()
	c := cutter{kind: *kind, rank: *rank, fine: *fine, keep: list(*keep), drop: list(*drop), pairs: list(*pairs)}
	var err error
	if c.box, err = window(*box); err != nil {
		fail(err)
	}
	for _, name := range flag.Args() {
		data, err := os.ReadFile(name)
		if err != nil {
			fail(err)
		}
		if err := c.take(data); err != nil {
			fail(fmt.Errorf("%s: %w", name, err))
		}
	}
	if _, err := os.Stdout.Write(c.bytes()); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "basemap:", err)
	os.Exit(1)
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

func window(s string) (geom.Geometry, error) {
	var v [4]float64
	parts := strings.Split(s, ",")
	if len(parts) != len(v) {
		return geom.Geometry{}, fmt.Errorf("-box %q: write west,south,east,north", s)
	}
	for i, p := range parts {
		var err error
		if v[i], err = strconv.ParseFloat(strings.TrimSpace(p), 64); err != nil {
			return geom.Geometry{}, fmt.Errorf("-box %q: %w", s, err)
		}
	}
	return geom.NewEnvelope(geom.XY{X: v[0], Y: v[1]}, geom.XY{X: v[2], Y: v[3]}).AsGeometry(), nil
}

// cutter gathers the features of a layer.
type cutter struct {
	kind              string
	rank, fine        float64
	keep, drop, pairs []string
	box               geom.Geometry
	features          []json.RawMessage
}

// take adds the features of a file that lie in the box.
func (c *cutter) take(data []byte) error {
	var file struct {
		Features []struct {
			Properties struct {
				Name  string  `json:"name"`
				Rank  float64 `json:"scalerank"`
				Left  string  `json:"adm0_left"`
				Right string  `json:"adm0_right"`
			} `json:"properties"`
			Geometry json.RawMessage `json:"geometry"`
		} `json:"features"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return err
	}
	for _, f := range file.Features {
		p := f.Properties
		if p.Rank > c.rank || slices.Contains(c.drop, p.Name) && p.Name != "" || len(c.keep) > 0 && !slices.Contains(c.keep, p.Name) {
			continue
		}
		if len(c.pairs) > 0 && !slices.Contains(c.pairs, p.Left+"/"+p.Right) {
			continue
		}
		g, err := geom.UnmarshalGeoJSON(f.Geometry, geom.NoValidate{})
		if err != nil {
			return err
		}
		cut, err := geom.Intersection(g, c.box)
		if err != nil {
			return fmt.Errorf("%q: %w", p.Name, err)
		}
		thin, err := cut.Simplify(c.fine, geom.NoValidate{})
		if err != nil {
			return err
		}
		if thin.IsEmpty() {
			continue
		}
		feature, err := json.Marshal(map[string]any{"type": "Feature", "properties": map[string]string{"kind": c.kind}, "geometry": json.RawMessage(rounded(thin.ForceCCW()))})
		if err != nil {
			return err
		}
		c.features = append(c.features, feature)
	}
	return nil
}

// rounded writes a geometry with three decimals, some hundred metres at most.
func rounded(g geom.Geometry) []byte {
	g = g.TransformXY(func(p geom.XY) geom.XY {
		return geom.XY{X: math.Round(p.X*1000) / 1000, Y: math.Round(p.Y*1000) / 1000}
	})
	data, err := g.MarshalJSON()
	if err != nil {
		fail(err)
	}
	return data
}

// bytes gives the collection, a feature a line.
func (c *cutter) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("{\"type\":\"FeatureCollection\",\"features\":[\n")
	for i, f := range c.features {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.Write(f)
	}
	b.WriteString("\n]}\n")
	return b.Bytes()
}
