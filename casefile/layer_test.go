package casefile_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/problem"
)

const goodLayer = `
layer "hills" {
  file    = "map/hills.geojson"
  name    = { en = "Hills" }
  source  = "a survey"
  licence = "public domain"
  status  = "disputed"
  claims  = { B = { en = "ours" }, A = { en = "ours too" } }
  from    = "2025-02-01"
  default = "shown"
  why     = { en = "Both claims." }
}
`

const hillsFile = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"kind":"edge"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4,100]]}},
{"type":"Feature","properties":{"kind":"town","rank":2,"name":{"en":"Hill"}},"geometry":{"type":"Point","coordinates":[1,2]}},
{"type":"Feature","properties":{},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}}
]}`

func TestLayersOfTheMap(t *testing.T) {
	files := training(t)
	files["case.hcl"].Data = append(files["case.hcl"].Data, goodLayer...)
	files["map/hills.geojson"] = file(hillsFile)
	c, err := casefile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Layers) != 1 {
		t.Fatalf("%d layers", len(c.Layers))
	}
	l := c.Layers[0]
	if l.ID != "hills" || l.Status != casefile.LayerDisputed || !l.Shown || l.From.IsZero() || len(l.Claims) != 2 || l.Claims[0].Party != "A" {
		t.Errorf("the layer is %+v", l)
	}
	if len(l.Drawn) != 3 || len(l.Drawn[0].Lines) != 1 || l.Drawn[1].At == nil || l.Drawn[1].Rank != 2 || len(l.Drawn[2].Rings) != 2 {
		t.Errorf("drawn: %+v", l.Drawn)
	}
}

func TestFaultsOfLayersAreToldWithTheirPlace(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"a file elsewhere", `"map/hills.geojson"`, `"areas/hills.geojson"`, "bad-path"},
		{"a file that is not there", `"map/hills.geojson"`, `"map/hils.geojson"`, "missing-file"},
		{"another file than was meant", `"map/hills.geojson"`, "\"map/hills.geojson\"\n  hash = \"00\"", "hash-mismatch"},
		{"neither file nor areas", `file    = "map/hills.geojson"`, ``, "bad-layer"},
		{"both", `name    =`, "areas = [\"harbour\"]\n  name    =", "bad-layer"},
		{"an unknown area", `file    = "map/hills.geojson"`, `areas = ["harbur"]`, "unknown-area"},
		{"an unknown status", `"disputed"`, `"disputted"`, "unknown-word"},
		{"one claim", `B = { en = "ours" }, `, ``, "one-claim"},
		{"claims of what nobody disputes", `"disputed"`, `"recognised"`, "one-claim"},
		{"an unknown party", `B = {`, `Q = {`, "unknown-party"},
		{"a party twice", `B = {`, `A = {`, "duplicate-party"},
		{"no reason", `why     = { en = "Both claims." }`, ``, "missing"},
		{"no source", `source  = "a survey"`, ``, "missing"},
		{"an unknown default", `"shown"`, `"yes"`, "unknown-word"},
		{"no date", `"2025-02-01"`, `"soon"`, "bad-time"},
		{"a layer twice", goodLayer, goodLayer + goodLayer, "duplicate-layer"},
		{"an attribute that is none", `default =`, `defalt =`, "unknown-field"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := training(t)
			before := string(files["case.hcl"].Data)
			if !strings.Contains(goodLayer, tt.old) {
				t.Fatalf("%q is not there", tt.old)
			}
			files["case.hcl"].Data = []byte(before + strings.Replace(goodLayer, tt.old, tt.new, 1))
			files["map/hills.geojson"] = file(hillsFile)
			problems, _ := casefile.Check(files)
			first := strings.Count(before, "\n") + 1
			for _, p := range problems {
				if p.Code == tt.want && p.File == "case.hcl" && p.Line > first && p.Column > 0 && p.What != "" {
					return
				}
			}
			t.Errorf("want %s in the layer, got %v", tt.want, problems)
		})
	}
}

func TestFaultsOfAMapFileAreToldByFeature(t *testing.T) {
	for _, tt := range []struct {
		name, data, code string
		line             int
	}{
		{"not JSON", "{\n\n\"type\":", "not-json", 3},
		{"one feature", `{"type":"Feature"}`, "wrong-type", 1},
		{"a bare point", strings.Replace(hillsFile, `"name":{"en":"Hill"}`, `"note":"x"`, 1), "bad-feature", 3},
		{"out of range", strings.Replace(hillsFile, `[3,4,100]`, `[3,400]`, 1), "bad-feature", 2},
		{"a geometry that is not drawn", strings.Replace(hillsFile, `"MultiPolygon"`, `"GeometryCollection"`, 1), "bad-feature", 4},
		{"no language", strings.Replace(hillsFile, `{"en":"Hill"}`, `{"!":"Hill"}`, 1), "bad-feature", 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := training(t)
			files["case.hcl"].Data = append(files["case.hcl"].Data, goodLayer...)
			files["map/hills.geojson"] = file(tt.data)
			problems, _ := casefile.Check(files)
			var got problem.List
			for _, p := range problems {
				if p.File == "map/hills.geojson" {
					got = append(got, p)
				}
			}
			if len(got) != 1 || got[0].Code != tt.code || got[0].Line != tt.line {
				t.Errorf("want one %s on line %d, got %v", tt.code, tt.line, got)
			}
		})
	}
}

func TestTheWindowOfTheMap(t *testing.T) {
	for _, tt := range []struct {
		text string
		good bool
	}{
		{`["21.8", "43.7", "42.6", "54.4"]`, true},
		{`["21.8", "43.7", "42.6"]`, false},
		{`["42.6", "43.7", "21.8", "54.4"]`, false},
		{`["a", "43.7", "21.8", "54.4"]`, false},
		{`["-10", "-90", "10", "90"]`, false},
		{`[]`, false},
	} {
		files := training(t)
		files["case.hcl"].Data = []byte(strings.Replace(string(files["case.hcl"].Data), "  zone ", "  extent = "+tt.text+"\n  zone ", 1))
		c, err := casefile.Load(files)
		if err != nil && !strings.Contains(err.Error(), "degrees") {
			t.Errorf("%s: %v", tt.text, err)
		}
		if good := err == nil; good != tt.good || good && c.Extent.IsZero() {
			t.Errorf("%s: good %v, want %v (%v)", tt.text, good, tt.good, err)
		}
	}
}

func TestAMapFileThatAMirrorLacksIsAWarning(t *testing.T) {
	files := training(t)
	files["case.hcl"].Data = append(files["case.hcl"].Data, goodLayer...)
	var leaves [][]byte
	for line := range strings.Lines(string(files["record.jsonl"].Data)) {
		leaves = append(leaves, []byte(strings.TrimSuffix(line, "\n")))
	}
	c, err := casefile.LoadLeaves(files, leaves)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Warnings) == 0 || c.Warnings[0].File != "map/hills.geojson" {
		t.Errorf("warnings: %v", c.Warnings)
	}
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
