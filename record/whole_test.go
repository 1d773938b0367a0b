package record_test

import (
	"fmt"
	"strings"
	"testing"
)

// correction is a line that puts an entry in another's place.
func correction(ref, corrects, kind, more string) string {
	return entry("correction", ref, `"body":{"corrects":"`+corrects+`","why":{"en":"w"},"entry":{"kind":"`+kind+`","ref":"`+corrects+`","author":"desk","happened":"2030-03-01","said_by":{"name":{"en":"N"}},`+more+`}}`)
}

func retraction(ref, retracts string) string {
	return entry("retraction", ref, `"body":{"retracts":"`+retracts+`","why":{"en":"w"}}`)
}

// TestFaultsBetweenEntries: what only the record as a whole can show is told once,
// at the field that is wrong.
func TestFaultsBetweenEntries(t *testing.T) {
	const hash = `"hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`
	s1, s2 := entry("statement", "S1", `"body":{}`), entry("statement", "S2", `"body":{}`)
	src := entry("source", "Q1", `"body":{"form":"article"}`)
	link := entry("link", "L1", `"body":{"from":"S1","relation":"supports","to":"S2"}`)
	area := entry("area", "G1", `"body":{"area":"x","path":"areas/x.geojson",`+hash+`}`)
	recorded := func(line, at string) string { return strings.TrimSuffix(line, "}") + `,"recorded":"` + at + `"}` }
	tests := []struct {
		name  string
		lines []string
		line  int
		at    string // stands at the column of the problem
		says  string
	}{
		{"duplicate reference", []string{s1, s2, s1}, 3, `"S1"`, `entry.ref: the reference S1 stands already on line 1 (give each entry a reference of its own; to change an entry add a correction)`},
		{"link to nothing", []string{s1, entry("link", "L", `"body":{"from":"S1","relation":"supports","to":"S9"}`)}, 2, `"S9"`, `entry.body.to: S9 is not in the record (did you mean "S1"?)`},
		{"link to a later entry", []string{s1, link, s2}, 2, `"S2"`, `entry.body.to: S2 stands later, on line 3 (an entry names earlier ones only: move it after them)`},
		{"a source that is not there", []string{src, entry("statement", "S1", `"sources":["Q2"],"body":{}`)}, 2, `"Q2"`, `entry.sources[0]: Q2 is not in the record (did you mean "Q1"?)`},
		{"a source that is none", []string{s1, entry("statement", "S2", `"sources":["S1"],"body":{}`)}, 2, `"S1"`, `entry.sources[0]: S1 is of kind statement (name an entry of kind source)`},
		{"a document that is none", []string{s1, strings.Replace(s2, `{"name":{"en":"N"}}`, `{"document":"S1"}`, 1)}, 2, `"S1"`, `entry.said_by.document: S1 is of kind statement (name an entry of kind source)`},
		{"described by statements", []string{s1, s2, entry("statement", "S3", `"body":{"about":[{"agreement":"x","as_described_by":"S1"},{"agreement":"x","as_described_by":"S2"}]}`)}, 0, "", ""},
		{"described by an area", []string{area, entry("statement", "S3", `"body":{"about":[{"agreement":"x","as_described_by":"G1"}]}`)}, 2, `"G1"`, `entry.body.about[0].as_described_by: G1 is of kind area (name an entry of kind source or statement)`},
		{"finding of a statement", []string{s1, entry("finding", "F", `"body":{"of":"S1","axis":"occurrence","value":"confirmed"}`)}, 2, `"S1"`, `entry.body.of: S1 is of kind statement (name an entry of kind report or act or exchange or flow or contact)`},
		{"unlink of no link", []string{s1, entry("unlink", "U", `"body":{"link":"S1"}`)}, 2, `"S1"`, `entry.body.link: S1 is of kind statement (name an entry of kind link)`},
		{"correction of nothing", []string{s1, correction("C", "S9", "statement", `"body":{}`)}, 2, `"S9"`, `entry.body.corrects: S9 is not in the record`},
		{"correction of itself", []string{s1, correction("C", "C", "statement", `"body":{}`)}, 2, `"C","why"`, `entry.body.corrects: a correction cannot correct itself`},
		{"correction of a correction", []string{s1, correction("C1", "S1", "statement", `"body":{}`), correction("C2", "C1", "statement", `"body":{}`)}, 3, `"C1"`, `entry.body.corrects: C1 is of kind correction, which is not corrected`},
		{"retractions in a circle", []string{s1, retraction("R1", "R2"), retraction("R2", "R1")}, 2, `"R2"`, `entry.body.retracts: R1 and R2 change each other`},
		{"retraction of itself", []string{s1, retraction("R1", "R1")}, 2, `"R1","why"`, `entry.body.retracts: R1 names itself`},
		{"other kind", []string{s1, correction("C", "S1", "report", `"body":{}`)}, 2, `"report"`, `entry.body.entry.kind: S1 is of kind statement and is replaced by one of kind report`},
		{"other reference", []string{s1, strings.Replace(correction("C", "S1", "statement", `"body":{}`), `"ref":"S1"`, `"ref":"S3"`, 1)}, 2, `"S3"`, `entry.body.entry.ref: the entry that replaces S1 carries another reference, S3`},
		{"other author", []string{s1, strings.Replace(correction("C", "S1", "statement", `"body":{}`), `"desk"`, `"night"`, 1)}, 2, `"night"`, `entry.author: S1 was written by desk and is corrected by night`},
		{"other author within", []string{s1, strings.Replace(correction("C", "S1", "statement", `"body":{}`), `"ref":"S1","author":"desk"`, `"ref":"S1","author":"night"`, 1)}, 2, `"night"`, `entry.body.entry.author: S1 was written by desk; the entry in its place names night`},
		{"retracted by another", []string{s1, strings.Replace(retraction("R", "S1"), `"desk"`, `"night"`, 1)}, 2, `"night"`, `entry.author: S1 was written by desk and is retracted by night`},
		{"another file", []string{area, correction("C", "G1", "area", `"body":{"area":"y","path":"areas/x.geojson",`+hash+`}`)}, 2, `{"area"`, `entry.body.entry.body: G1 makes known x, aaaaaa`},
		{"what a correction names", []string{s1, correction("C", "S1", "statement", `"sources":["Q9"],"body":{}`)}, 2, `"Q9"`, `entry.body.entry.sources[0]: Q9 is not in the record`},
		{"recorded backwards", []string{recorded(s1, "2030-04-02T00:00:00Z"), recorded(s2, "2030-04-01T23:59:59Z")}, 2, `"2030-04-01T`, `recorded: 2030-04-01T23:59:59Z lies before 2030-04-02T00:00:00Z on a line above`},
		{"recorded after a gap", []string{s1, recorded(s2, "2030-04-01T00:00:00Z")}, 2, `"2030-04-01T`, `recorded: line 1 has no time of recording and this one has`},
		{"recorded at first only", []string{recorded(s1, "2030-04-01T00:00:00Z"), s2}, 0, "", ""},
		{"a sound change", []string{s1, correction("C", "S1", "statement", `"body":{}`), retraction("R", "C"), retraction("R2", "R")}, 0, "", ""},
		{"beside a line that cannot be read", []string{s1, `{"entry":`, entry("dissent", "D", `"body":{"about":"S9","party":"A"}`)}, 2, "", `a value is missing`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, list := read(t, tt.lines...)
			if tt.line == 0 {
				if len(list) > 0 {
					t.Errorf("problems of a sound record:\n%v", list)
				}
				return
			}
			column := strings.Index(tt.lines[tt.line-1], tt.at) + 1
			if tt.at == "" {
				column = len(tt.lines[tt.line-1]) + 1
			}
			want := fmt.Sprintf("r:%d:%d: %s", tt.line, column, tt.says)
			found := 0
			for _, p := range list {
				if strings.HasPrefix(p.Error(), want) {
					found++
				}
			}
			if most := 1 + strings.Count(tt.name, "circle"); found != 1 || len(list) > most {
				t.Errorf("got\n%v\nwant %s", list, want)
			}
		})
	}
}
