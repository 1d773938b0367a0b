package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing/fstest"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

const caseText = `case "bench" {
  title  = { en = "Twenty clauses" }
  zone   = "UTC"
  begins = "2029-01-01"
  ends   = "2031-01-01"
}
party "KA" {
  name  = { en = "Republic of Karland" }
  short = { en = "Karland" }
}
party "LO" {
  name  = { en = "Republic of Lotia" }
  short = { en = "Lotia" }
}
party "MED" {
  name  = { en = "Mediation Office" }
  short = { en = "Mediator" }
}
`

// drawn are the areas: a middle in degrees and the radius about which the outline
// sways.
var drawn = []struct {
	id               string
	lon, lat, radius float64
}{
	{"north", 20, 52, 1.5}, {"south", 20, 49.5, 1.5}, {"coast", 22.5, 50.5, 1}, {"capital", 20.3, 51.2, 0.4},
}

// corners is the number of corners of each outline.
const corners = 240

// outline draws an area as a GeoJSON feature.
func outline(id string, lon, lat, radius float64) ([]byte, error) {
	ring := make([][2]float64, 0, corners+1)
	for i := range corners {
		a := 2 * math.Pi * float64(i) / corners
		r := radius * (1 + 0.08*math.Sin(7*a) + 0.03*math.Cos(31*a))
		ring = append(ring, [2]float64{math.Round((lon+r*math.Cos(a))*1e6) / 1e6, math.Round((lat+0.6*r*math.Sin(a))*1e6) / 1e6})
	}
	ring = append(ring, ring[0])
	return json.Marshal(map[string]any{
		"type":       "Feature",
		"properties": map[string]any{"id": id, "name": map[string]string{"en": id, "ru": id, "uk": id, "zh": id}, "source": "invented", "licence": "CC0"},
		"geometry":   map[string]any{"type": "Polygon", "coordinates": [][][2]float64{ring}},
	})
}

// newCase makes a case whose one agreement has the clauses given.
func newCase(list []rule) (*casefile.Case, error) {
	fsys := fstest.MapFS{
		"case.hcl":                    {Data: []byte(caseText)},
		"agreements/twenty/twenty.md": {Data: []byte(agreementText(list))},
	}
	var lines strings.Builder
	for _, a := range drawn {
		data, err := outline(a.id, a.lon, a.lat, a.radius)
		if err != nil {
			return nil, err
		}
		name := "areas/" + a.id + ".geojson"
		fsys[name] = &fstest.MapFile{Data: data}
		fmt.Fprintf(&lines, `{"entry":{"kind":"area","ref":"area-%s","author":"desk","public":"2030-01-02","body":{"area":"%s","path":"%s","hash":"%x"}}}`+"\n", a.id, a.id, name, sha256.Sum256(data))
	}
	manifest, version, err := casefile.Manifest(fsys, "agreements/twenty")
	if err != nil {
		return nil, err
	}
	fsys["agreements/twenty/MANIFEST"] = &fstest.MapFile{Data: manifest}
	fmt.Fprintf(&lines, `{"entry":{"kind":"agreement","ref":"twenty-text","author":"desk","public":"2030-01-02","body":{"agreement":"twenty","version":"%s","path":"agreements/twenty","change":"first"}}}`+"\n", version)
	fsys["record.jsonl"] = &fstest.MapFile{Data: []byte(lines.String())}
	return casefile.Load(fsys)
}

// newBench asks a case what its whole record says in the end.
func newBench(c *casefile.Case) *judge.Bench {
	return judge.New(c, judge.Question{At: c.World.Until - 1, KnownBy: moment.Future})
}

// decideOurs gives the classification by each clause.
func decideOurs(b *judge.Bench, d *judge.Decision, in *judge.Incident) []judge.Classification {
	b.Decide(d, in, "twenty")
	list := make([]judge.Classification, len(d.Verdicts))
	for i, v := range d.Verdicts {
		list[i] = v.Classification
	}
	return list
}
