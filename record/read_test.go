package record_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

const good = `{"entry":{"kind":"statement","ref":"S1","author":"desk","happened":"2030-03-01","said_by":{"party":"A","institution":{"en":"Government"}},"summary":{"en":"It is ready.","zh":"愿意。"},"body":{"stances":[{"agreement":"x","party":"A","position":"accepts","strength":"declared","read_by":"desk"}]}},"recorded":"2030-04-01T00:00:00Z"}`

// entry is a line with an entry by somebody, on a day.
func entry(kind, ref, more string) string {
	return `{"entry":{"kind":"` + kind + `","ref":"` + ref + `","author":"desk","happened":"2030-03-01","said_by":{"name":{"en":"N"}},` + more + `}}`
}

func read(t *testing.T, lines ...string) ([]record.Envelope, problem.List) {
	t.Helper()
	envs, err := record.Read("r", []byte(strings.Join(lines, "\n")+"\n"))
	var list problem.List
	if err != nil && !errors.As(err, &list) {
		t.Fatalf("not a list of problems: %v", err)
	}
	return envs, list
}

// TestEveryFaultOfALineHasItsPlace changes one thing in a good line; the problem
// must stand at the column where its text "at" stands. Exactly one is told.
func TestEveryFaultOfALineHasItsPlace(t *testing.T) {
	const sh = `"hash":"0000000000000000000000000000000000000000000000000000000000000000"`
	tests := []struct{ name, line, from, to, at, says string }{
		{"misspelt kind", good, `"statement"`, `"statemet"`, `"statemet"`, `entry.kind: there is no kind of entry "statemet" (did you mean "statement"?)`},
		{"letters swapped", good, `"statement"`, `"statemnet"`, `"statemnet"`, `entry.kind: there is no kind of entry "statemnet" (did you mean "statement"?)`},
		{"misspelt field", good, `"summary"`, `"sumery"`, `"sumery"`, `entry.sumery: there is no such field here (did you mean "summary"?)`},
		{"kind missing", good, `"kind":"statement",`, ``, `{"ref"`, `entry.kind: it is missing (the kinds are agreement, `},
		{"body missing", good, `,"body":{"stances":[{"agreement":"x","party":"A","position":"accepts","strength":"declared","read_by":"desk"}]}`, ``, `{"kind"`, `entry.body: it is missing`},
		{"required field missing", good, `"party":"A","position"`, `"position"`, `{"agreement"`, `entry.body.stances[0].party: it is missing`},
		{"null", good, `"It is ready."`, `null`, `null`, `entry.summary.en: null is not used (leave the language out)`},
		{"null for a body", good, `{"party":"A","institution":{"en":"Government"}}`, `null`, `null`, `entry.said_by: null is not used (leave the field out)`},
		{"empty string", good, `"It is ready."`, `""`, `"","zh"`, `entry.summary.en: the string is empty`},
		{"empty object", good, `{"en":"It is ready.","zh":"愿意。"}`, `{}`, `{},"body"`, `entry.summary: the object is empty (leave the field out)`},
		{"empty struct", good, `"summary"`, `"through":{},"summary"`, `{},"summary"`, `entry.through: the object is empty (leave the field out)`},
		{"empty list", good, `"summary"`, `"sources":[],"summary"`, `[],"summary"`, `entry.sources: the list is empty (leave the field out)`},
		{"false", good, `"stances"`, `"direct":false,"stances"`, `false`, `entry.body.direct: false is not written (leave the field out)`},
		{"zero", entry("control", "k", `"body":{"holder":"A","areas":["x"],"measure":"foothold"}`), `"measure"`, `"km2":0,"measure"`, `0,"measure"`, `entry.body.km2: 0 is not written (leave the field out)`},
		{"duplicate name", good, `"ref":"S1"`, `"ref":"S1","ref":"S2"`, `"ref":"S2"`, `the name "ref" stands twice (keep one of the two)`},
		{"truncated", good, `"recorded":"2030-04-01T00:00:00Z"}`, ``, "", `a name in quotation marks is missing`},
		{"trailing data", good, `:00Z"}`, `:00Z"}{}`, `{}`, `something stands after the end of the value`},
		{"not JSON", good, `:{"kind"`, `:'x',{"kind"`, `'x'`, `a value cannot begin with '\''`},
		{"not UTF-8", good, `Government`, "Gov\xff", `"Gov`, `the string is not valid UTF-8`},
		{"half a surrogate pair", good, `Government`, `\ud800`, `\ud800`, `half of a surrogate pair`},
		{"bad ref", good, `"S1"`, `"S 1"`, `"S 1"`, `entry.ref: "S 1" cannot be a reference (use 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first)`},
		{"long ref", good, `"S1"`, `"` + strings.Repeat("s", 65) + `"`, `"sss`, `entry.ref: `},
		{"fraction", good, `"read_by":"desk"`, `"read_by":1.5`, `1.5`, `1.5 is not a whole number (write decimals as strings: "1.5")`},
		{"exponent", good, `"read_by":"desk"`, `"read_by":1e3`, `1e3`, `1e3 is not a whole number`},
		{"too large a number", good, `"read_by":"desk"`, `"read_by":9007199254740992`, `9007199254740992`, `9007199254740992 is too large: numbers are below 2^53 in size (write it as a string)`},
		{"number for a string", good, `"read_by":"desk"`, `"read_by":7`, `7`, `entry.body.stances[0].read_by: a string is wanted, not a number`},
		{"leading zero", good, `"read_by":"desk"`, `"read_by":007`, `007`, `007 is not a number as JSON writes it`},
		{"month", good, `2030-03-01`, `2030-13-01`, `13-01`, `entry.happened: "2030-13-01": there is no month 13 (write `},
		{"time with an escape", good, `2030-03-01`, `2030-13-0\u0031`, `"2030-13`, `entry.happened: "2030-13-01": there is no month 13`},
		{"no time", good, `"happened":"2030-03-01",`, ``, `{"kind"`, `entry.happened: it has no time (an imprecise one will do`},
		{"recorded", good, `01T00:00:00Z`, `01T00:00:00+03:00`, `"2030-04-01T`, `recorded: "2030-04-01T00:00:00+03:00" is not a time of recording (write RFC 3339 in UTC`},
		{"recorded to the millisecond", good, `00:00:00Z`, `00:00:00.000Z`, `"2030-04-01T`, `recorded: `},
		{"language tag", good, `"zh":`, `"Chinese":`, `"Chinese"`, `entry.summary: "Chinese" is no language tag`},
		{"misspelt position", good, `"accepts"`, `"accepted"`, `"accepted"`, `entry.body.stances[0].position: "accepted" is not a value of it (did you mean "accepts"?)`},
		{"silent is never recorded", good, `"accepts"`, `"silent"`, `"silent"`, `entry.body.stances[0].position: "silent" is not a value of it (it is one of considering, accepts, `},
		{"no voice", good, `"institution":{"en":"Government"}`, `"office":{"en":"Minister"}`, `{"party"`, `entry.said_by: 0 of person, name, institution, anonymous and document are given (give exactly one)`},
		{"two voices", good, `"institution"`, `"person":"doe","institution"`, `{"party"`, `entry.said_by: 2 of person, name, institution, anonymous and document are given`},
		{"voice that is cited", good, `"institution"`, `"citing":{"party":"B"},"institution"`, `{"party":"B"}`, `entry.said_by.citing: 0 of `},
		{"nobody says it", good, `"said_by":{"party":"A","institution":{"en":"Government"}},`, ``, `{"kind"`, `entry.said_by: nobody is named whose word it is`},
		{"words without language", good, `"summary"`, `"words":"si","summary"`, `{"kind"`, `entry.language: the words come without their language`},
		{"language without words", good, `"summary"`, `"language":"es","summary"`, `{"kind"`, `entry.words: the language comes without words`},
		{"source that is no address", good, `"summary"`, `"sources":["ftp://x"],"summary"`, `"ftp://x"`, `entry.sources[0]: "ftp://x" is not an address (write https://…, or the reference of a source entry)`},
		{"source twice", good, `"summary"`, `"sources":["https://x.org","https://x.org"],"summary"`, `"https://x.org"],`, `entry.sources[1]: https://x.org stands twice`},
		{"version and description", good, `"party":"A","position"`, `"version":"` + strings.Repeat("a", 64) + `","as_described_by":"S0","party":"A","position"`, `"S0"`, `entry.body.stances[0].as_described_by: a version and a description of the agreement are both named`},
		{"stance of an unattributed claim", good, `"stances"`, `"unattributed":true,"stances"`, `true`, `entry.body.unattributed: a claim without a source carries no stance, claim or promise`},
		{"stance of a characterisation", good, `"stances"`, `"characterisation":true,"stances"`, `[{"agreement"`, `entry.body.stances: a characterisation is neither a position nor a condition`},
		{"unattributed by a person", entry("statement", "s", `"body":{"direct":true}`), `"direct":true`, `"unattributed":true`, `{"name"`, `entry.said_by: a claim without a source belongs to the document that makes it`},
		{"contested", entry("statement", "s", `"body":{"direct":true}`), `"direct"`, `"contested"`, `true`, `entry.body.contested: only a claim without a source can be marked contested`},
		{"what is asserted", entry("statement", "s", `"body":{"direct":true}`), `"direct":true`, `"asserts":{"kind":"act"}`, `{"kind":"act"}`, `entry.body.asserts: only a claim without a source`},
		{"act", entry("act", "a", `"body":{"agreement":"x","act":"signed","party":"A"}`), `"signed"`, `"sigend"`, `"sigend"`, `entry.body.act: "sigend" is not a value of it (did you mean "signed"?)`},
		{"extension without a length", entry("act", "a", `"body":{"agreement":"x","act":"signed","party":"A"}`), `"signed"`, `"consented"`, `{"agreement"`, `entry.body.length: it is missing (an extension needs its length: "P30D")`},
		{"condition without its id", entry("act", "a", `"body":{"agreement":"x","act":"signed","party":"A"}`), `"signed"`, `"condition-met"`, `{"agreement"`, `entry.body.condition: it is missing`},
		{"length", entry("act", "a", `"body":{"agreement":"x","act":"consented","party":"A","length":"P30D"}`), `"P30D"`, `"P30X"`, `X"`, `entry.body.length: `},
		{"point without radius", entry("report", "r", `"body":{"place":{"lon":"10.5","lat":"50","radius_m":200}}`), `,"radius_m":200`, ``, `{"lon"`, `entry.body.place: a point needs the radius within which it is known (add "radius_m", from 1 to 1000000: a place is never a bare point)`},
		{"calibre upside down", entry("report", "r", `"body":{"calibre_mm":{"least":"100","most":"120"}}`), `"100"`, `"130"`, `{"least"`, `entry.body.calibre_mm: the least lies above the most`},
		{"calibre below zero", entry("report", "r", `"body":{"calibre_mm":{"least":"100","most":"120"}}`), `"100"`, `"-1"`, `"-1"`, `entry.body.calibre_mm.least: "-1" is not a decimal from 0 to 10000`},
		{"unit of no size", entry("report", "r", `"body":{"unit_size":"regiment"}`), `regiment`, `regimint`, `"regimint"`, `entry.body.unit_size: "regimint" is not a value of it (did you mean "regiment"?)`},
		{"purpose", entry("report", "r", `"body":{"purpose":"training"}`), `training`, `traning`, `"traning"`, `entry.body.purpose: "traning" is not a value of it (did you mean "training"?)`},
		{"step", entry("report", "r", `"body":{"preceded_by":["warning"]}`), `"warning"`, `"warming"`, `"warming"`, `entry.body.preceded_by[0]: "warming" is not a value of it (did you mean "warning"?)`},
		{"near turned round", entry("report", "r", `"body":{"near":[{"to":"transport","nearest_m":100,"farthest_m":200}]}`), `100`, `300`, `{"to"`, `entry.body.near[0]: the nearest distance lies beyond the farthest`},
		{"origin without radius", entry("report", "r", `"body":{"origin":{"lon":"10.5","lat":"50","radius_m":200}}`), `,"radius_m":200`, ``, `{"lon"`, `entry.body.origin: a point needs the radius`},
		{"latitude", entry("report", "r", `"body":{"place":{"lon":"10.5","lat":"50","radius_m":200}}`), `"50"`, `"91"`, `"91"`, `entry.body.place.lat: "91" is not a decimal from -90 to 90`},
		{"longitude in words", entry("report", "r", `"body":{"place":{"lon":"10.5","lat":"50","radius_m":200}}`), `"10.5"`, `"0x1p3"`, `"0x1p3"`, `entry.body.place.lon: "0x1p3" is not a decimal`},
		{"sector the wrong way round", entry("report", "r", `"body":{"place":{"lon":"10.5","lat":"50","bearing":"90","nearest_m":100,"farthest_m":200}}`), `100`, `300`, `{"lon"`, `entry.body.place: a sector needs bearing, nearest_m and farthest_m`},
		{"half a point", entry("report", "r", `"body":{"place":{"lon":"10.5","lat":"50","radius_m":200}}`), `"lon":"10.5",`, ``, `{"lat"`, `entry.body.place: one of lon and lat stands without the other`},
		{"point and areas", entry("report", "r", `"body":{"place":{"lon":"10.5","lat":"50","radius_m":200}}`), `"lat"`, `"within":["x"],"lat"`, `{"lon"`, `entry.body.place: a place is a disc, a sector or somewhere within areas`},
		{"grade", entry("report", "r", `"body":{"grade":{"source":"A","information":"1"}}`), `"1"`, `"7"`, `"7"`, `entry.body.grade.information: "7" is not a value of it`},
		{"count below zero", entry("report", "r", `"body":{"counts":[{"n":3,"hedge":"exact","unit":"shell"}]}`), `3,"h`, `-3,"h`, `-3`, `entry.body.counts[0].n: a count is not below zero`},
		{"hedge", entry("report", "r", `"body":{"counts":[{"n":3,"hedge":"exact","unit":"shell"}]}`), `"exact"`, `"over"`, `"over"`, `entry.body.counts[0].hedge: "over" is not a value of it (it is one of exact, about, at-least, more-than, less-than)`},
		{"proxy of nobody", entry("report", "r", `"body":{"actor":{"proxy":true,"party":"A"}}`), `,"party":"A"`, ``, `{"proxy"`, `entry.body.actor.party: a proxy acts on behalf of a party`},
		{"share of several areas", entry("control", "k", `"body":{"holder":"A","areas":["x"],"measure":"share","share":"75"}`), `["x"]`, `["x","y"]`, `{"holder"`, `entry.body.together: it is missing (of several areas`},
		{"share above all", entry("control", "k", `"body":{"holder":"A","areas":["x"],"measure":"share","share":"75"}`), `"75"`, `"101"`, `"101"`, `entry.body.share: "101" is not a decimal from 0 to 100`},
		{"share without a figure", entry("control", "k", `"body":{"holder":"A","areas":["x"],"measure":"share","share":"75"}`), `,"share":"75"`, ``, `{"holder"`, `entry.body.share: it is missing`},
		{"finding of another axis", entry("finding", "f", `"body":{"of":"r","axis":"occurrence","value":"confirmed"}`), `"confirmed"`, `"violation"`, `"violation"`, `entry.body.value: "violation" is not a value of it`},
		{"hash", entry("area", "a", `"body":{"area":"x","path":"x",`+sh+`}`), `"hash":"000`, `"hash":"X00`, `"X00`, `entry.body.hash: `},
		{"link to itself", entry("link", "l", `"body":{"from":"a","relation":"supports","to":"b"}`), `"to":"b"`, `"to":"a"`, `"a"}`, `entry.body.to: a is linked to itself`},
		{"answer to nothing", entry("message", "m", `"body":{"channel":"hotline","from":"A","to":"B","step":"sent"}`), `"sent"`, `"answered"`, `{"channel"`, `entry.body.answers: it is missing (name the message that this one answers)`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := strings.Replace(tt.line, tt.from, tt.to, 1)
			if line == tt.line {
				t.Fatal("the replacement changed nothing")
			}
			_, list := read(t, line)
			// References to entries that this one line does not hold are no matter here.
			var told []string
			for _, p := range list {
				if p.Code != "no-such-entry" {
					told = append(told, p.Error())
				}
			}
			column := len(line) + 1
			if tt.at != "" {
				column = strings.Index(line, tt.at) + 1
			}
			want := fmt.Sprintf("r:1:%d: %s", column, tt.says)
			if len(told) != 1 || !strings.HasPrefix(told[0], want) {
				t.Errorf("got  %q\nwant %s", told, want)
			}
		})
	}
}

func TestReadGivesWhatWriteWrote(t *testing.T) {
	envs, list := read(t, good)
	if len(list) > 0 {
		t.Fatal(list)
	}
	if envs[0].Position != 1 || envs[0].Entry.Kind != record.KindStatement {
		t.Errorf("read %+v", envs[0])
	}
	out, err := record.Write(envs)
	if err != nil {
		t.Fatal(err)
	}
	again, err := record.Read("again", out)
	if diff := cmp.Diff(envs, again); diff != "" || err != nil {
		t.Error(err, diff)
	}
	canonical, err := record.CanonicalJSON([]byte(good))
	if got := strings.TrimSuffix(string(out), "\n"); got != string(canonical) || err != nil {
		t.Errorf("a written line is not the canonical envelope (%v):\n%s\n%s", err, got, canonical)
	}
}

func TestLinesThatAreNoEnvelope(t *testing.T) {
	s1 := entry("statement", "S1", `"body":{}`)
	long := entry("statement", "S2", `"note":{"en":"`+strings.Repeat("x", record.MaxLine)+`"},"body":{}`)
	tests := []struct {
		name, data, code string
		line, column     int
	}{
		{"empty line", s1 + "\n\n" + s1, "empty-line", 2, 1},
		{"byte-order mark", "\ufeff" + s1, "byte-order-mark", 1, 1},
		{"long line", s1 + "\n" + long, "line-too-long", 2, record.MaxLine + 1},
		{"bare entry", `{"kind":"dissent","ref":"d","author":"desk","body":{"about":"x","party":"A"}}`, "no-envelope", 1, 1},
		{"nested too deeply", `{"entry":` + strings.Repeat("[", 40), "not-json", 1, 41},
		{"a list", `[]`, "wrong-type", 1, 1},
		{"no entry", `{"recorded":"2030-04-01T00:00:00Z"}`, "missing", 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := record.Read("r", []byte(tt.data))
			var list problem.List
			if !errors.As(err, &list) {
				t.Fatalf("no problems: %v", err)
			}
			for _, p := range list {
				if p.Code == tt.code && p.Line == tt.line && p.Column == tt.column {
					return
				}
			}
			t.Errorf("no %s at %d:%d in:\n%v", tt.code, tt.line, tt.column, list)
		})
	}
	_, err := record.Read("r", []byte(strings.ReplaceAll(entry("report", "R1", `"body":{}`), `{"name":{"en":"N"}}`, `{"party":"A","institution":"Staff"}`)))
	if err == nil || !strings.Contains(err.Error(), "an object of languages") || strings.Contains(err.Error(), "0 of person") {
		t.Errorf("a voice of the wrong type: %v", err)
	}
	if envs, err := record.Read("r", nil); len(envs) != 0 || err != nil {
		t.Errorf("an empty record: %v %v", envs, err)
	}
	if envs, err := record.Read("r", []byte(s1)); len(envs) != 1 || err != nil {
		t.Errorf("a record without a final line end: %v %v", envs, err)
	}
	if _, err := record.Read("r", bytes.Repeat([]byte("\n"), record.MaxEntries+2)); err == nil || !strings.Contains(err.Error(), "at most 1000000") {
		t.Errorf("too many lines: %.100v", err)
	}
	if _, err := record.Read("r", make([]byte, record.MaxBytes+1)); err == nil || !strings.Contains(err.Error(), "at most 67108864") {
		t.Errorf("too many bytes: %.100v", err)
	}
}

// TestThreeBadLinesOfManyAreThreeProblems: nothing hides behind the first problem.
func TestThreeBadLinesOfManyAreThreeProblems(t *testing.T) {
	lines := make([]string, 1000)
	for i := range lines {
		lines[i] = entry("statement", fmt.Sprintf("S%d", i), `"body":{}`)
	}
	for _, i := range []int{10, 500, 999} {
		lines[i] = strings.Replace(lines[i], "2030-03-01", "2030-02-30", 1)
	}
	_, list := read(t, lines...)
	if len(list) != 3 || list[0].Line != 11 || list[1].Line != 501 || list[2].Line != 1000 {
		t.Errorf("got %v", list)
	}
}

func TestManyProblemsAreBounded(t *testing.T) {
	lines := make([]string, 300)
	for i := range lines {
		lines[i] = entry("statement", fmt.Sprintf("S%d", i), `"bodi":{}`)
	}
	_, list := read(t, lines...)
	last := list[len(list)-1]
	if len(list) != 201 || last.Code != "more" || last.What != "and 400 more problems from here on" || last.Line != 101 {
		t.Errorf("%d problems, last %v", len(list), last)
	}
}

// TestUnmarshalIsAsStrict: entries that come by another way than a file are read
// by the same rules, with places over several lines.
func TestUnmarshalIsAsStrict(t *testing.T) {
	var env record.Envelope
	if err := json.Unmarshal([]byte(good), &env); err != nil || env.Entry.Ref != "S1" {
		t.Fatalf("%v %v", env, err)
	}
	plain, err := json.Marshal(env.Entry)
	if err != nil {
		t.Fatal(err)
	}
	var e record.Entry
	if err := json.Unmarshal(plain, &e); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(env.Entry, e); diff != "" {
		t.Error(diff)
	}
	err = json.Unmarshal([]byte("{\n  \"kind\": \"dissent\",\n  \"ref\": \"d 1\",\n  \"author\": \"desk\",\n  \"body\": {\"about\": \"x\", \"party\": \"A\"}\n}"), &e)
	want := problem.List{{Code: "bad-ref", Line: 3, Column: 10, Field: "ref", What: `"d 1" cannot be a reference`, Mend: "use 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first"}}
	if diff := cmp.Diff(want.Err(), err); diff != "" {
		t.Error(diff)
	}
	if e.Ref != "S1" {
		t.Error("what could not be read changed the entry")
	}
}

func TestLocate(t *testing.T) {
	for field, want := range map[string]string{
		"entry.said_by.party":              `"A","institution"`,
		"entry.body.stances[0].agreement":  `"x"`,
		"entry.body.stances[3].agreement":  `[{"agreement"`,
		"entry.body.stances[0].conditions": `{"agreement"`,
		"recorded":                         `"2030-04-01T`,
		"":                                 `{"entry"`,
	} {
		if got := record.Locate([]byte(good), field); got != strings.Index(good, want)+1 {
			t.Errorf("%s: column %d, want %d", field, got, strings.Index(good, want)+1)
		}
	}
	if got := record.Locate([]byte("{"), "entry"); got != 1 {
		t.Errorf("a line that cannot be read: %d", got)
	}
}

func BenchmarkRead(b *testing.B) {
	var data []byte
	const lines = 200
	for i := range lines {
		data = append(data, strings.Replace(good, "S1", fmt.Sprintf("S%d", i), 1)...)
		data = append(data, '\n')
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := record.Read("r", data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/lines, "ns/entry")
}
