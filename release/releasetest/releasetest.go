// Package releasetest makes an invented case whose reports state exact places, for tests
// of what the public is shown of them. No state, person, place or event in it is real.
package releasetest

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing/fstest"
)

// Secrets are the figures and names that tell a place of the case more closely than by
// area, and stand nowhere else in it.
var Secrets = []string{
	"10.512345", "50.512345", "Cobbler mill", "Мельница сапожника", "Млин шевця", "鞋匠磨坊", // r1
	"10.523456", "50.523456", // where r1 came from
	"10.998765", "50.498765", "2345", // r2, at the edge
	"10.312345", "50.323456", "47.25", // r3, seen from an observer
	"10.612345", "50.612345", "10.712345", "50.712345", // r4, before and after its correction
	"20.512345", "Lonely ford", // r5, in no area
	"Nameless well", // r6, within an area
}

// Distances are those of r2 to the edge of the area, in all languages: reasons tell them
// where places are shown as they were told.
var Distances = []string{"2.35 km", "2,35 км", "2.35公里"}

// Reports are the reports of the case.
var Reports = []string{"r1", "r2", "r3", "r4", "r5", "r6"}

const hills = `{"type":"Feature","properties":{"id":"hills","name":{"en":"The hills","ru":"Холмы","uk":"Пагорби","zh":"丘陵"}},"geometry":{"type":"Polygon","coordinates":[[[10,50],[11,50],[11,51],[10,51],[10,50]]]}}`

const region = `{"type":"Feature","properties":{"id":"region","name":{"en":"The region","ru":"Край","uk":"Край","zh":"大区"}},"geometry":{"type":"Polygon","coordinates":[[[9,49],[12,49],[12,52],[9,52],[9,49]]]}}`

const truce = "```hcl\n" + `agreement "truce" {
  title   = { en = "Truce", ru = "Перемирие", uk = "Перемир'я", zh = "休战" }
  parties = { A = "party", B = "party" }
  sources = ["press"]
}
` + "```\n\n# 1 Fire\n\nThe sides do not fire on the hills.\n\n```hcl\n" + `prohibition "1" {
  binds = ["A", "B"]
  acts  = ["attack"]
  where = ["area:hills"]
}

entry_into_force "2" {
  requires = [accepted("A", "declared"), accepted("B", "declared")]
}

duration "3" {
  length   = "P90D"
  counting = "the day of the start is day one"
}
` + "```\n"

// Files are the files of the case; terms are lines of the block case.
func Files(terms string) fstest.MapFS {
	manifest := sum(truce) + "  truce.md\n"
	entries := []string{
		`"kind":"source","ref":"press","public":"2040-01-01","summary":{"en":"Notice."},"body":{"form":"article","address":"https://example.org/notice"}`,
		`"kind":"area","ref":"area-hills","public":"2040-01-01","body":{"area":"hills","path":"areas/hills.geojson","hash":"` + sum(hills) + `"}`,
		`"kind":"area","ref":"area-region","public":"2040-01-01","body":{"area":"region","path":"areas/region.geojson","hash":"` + sum(region) + `"}`,
		`"kind":"agreement","ref":"text","public":"2040-01-01","body":{"agreement":"truce","version":"` + sum(manifest) + `","path":"agreements/truce","change":"first"}`,
		`"kind":"act","ref":"a-accepts","happened":"2040-01-02","body":{"agreement":"truce","version":"` + sum(manifest) + `","act":"accepted","party":"A","strength":"signed"}`,
		`"kind":"act","ref":"b-accepts","happened":"2040-01-02","body":{"agreement":"truce","version":"` + sum(manifest) + `","act":"accepted","party":"B","strength":"signed"}`,
		report("r1", `"name":{"en":"Cobbler mill","ru":"Мельница сапожника","uk":"Млин шевця","zh":"鞋匠磨坊"},"lon":"10.512345","lat":"50.512345","radius_m":731`, `,"origin":{"lon":"10.523456","lat":"50.523456","radius_m":100},"near":[{"to":"civilian","farthest_m":4321}]`),
		report("r2", `"lon":"10.998765","lat":"50.498765","radius_m":2345`, ""),
		report("r3", `"lon":"10.312345","lat":"50.323456","bearing":"47.25","nearest_m":1000,"farthest_m":3456`, ""),
		report("r4", `"lon":"10.612345","lat":"50.612345","radius_m":500`, ""),
		`"kind":"correction","ref":"r4-again","happened":"2040-02-01T11:00Z","body":{"corrects":"r4","why":{"en":"The place was another."},"entry":{` + strings.Replace(report("r4", `"lon":"10.712345","lat":"50.712345","radius_m":500`, ""), `"kind"`, `"author":"desk","kind"`, 1) + `}}`,
		report("r5", `"name":{"en":"Lonely ford"},"lon":"20.512345","lat":"50.5","radius_m":500`, ""),
		report("r6", `"name":{"en":"Nameless well"},"within":["hills"]`, ""),
	}
	var lines strings.Builder
	for _, e := range entries {
		lines.WriteString(`{"entry":{"author":"desk",` + e + `},"recorded":"2040-02-01T12:00:00Z"}` + "\n")
	}
	return fstest.MapFS{
		"case.hcl": {Data: []byte(`case "hills" {
  title  = { en = "The truce in the hills", ru = "Перемирие на холмах", uk = "Перемир'я на пагорбах", zh = "丘陵休战" }
  zone   = "UTC"
  begins = "2040-01-01"
  ends   = "2040-12-31"
  ` + terms + `
}
party "A" {
  name  = { en = "A", ru = "А", uk = "А", zh = "A" }
  short = { en = "A", ru = "А", uk = "А", zh = "A" }
}
party "B" {
  name  = { en = "B", ru = "Б", uk = "Б", zh = "B" }
  short = { en = "B", ru = "Б", uk = "Б", zh = "B" }
}
`)},
		"record.jsonl":              {Data: []byte(lines.String())},
		"areas/hills.geojson":       {Data: []byte(hills)},
		"areas/region.geojson":      {Data: []byte(region)},
		"agreements/truce/truce.md": {Data: []byte(truce)},
		"agreements/truce/MANIFEST": {Data: []byte(manifest)},
	}
}

func report(ref, place, more string) string {
	return `"kind":"report","ref":"` + ref + `","happened":"2040-02-01T10:00Z","said_by":{"party":"A","institution":{"en":"Post"}},"summary":{"en":"Shot ` + ref + `."},"body":{"act":"attack/artillery","domain":"land","actor":{"party":"B"},"place":{` + place + `}` + more + `}`
}

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}
