package record_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

const sha = `"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`

// everyKind is a sound record with every kind of entry and every field of every
// body, in the order of spec/entry.md. TEXT stands for any text.
var everyKind = []struct{ kind, ref, body string }{
	{"source", "src", `{"form":"article","title":{"en":"TEXT"},"address":"https://example.org/a","publisher":{"zh":"TEXT"},"hash":` + sha + `,"retrieved":"2030-03-01","custody":{"en":"TEXT"}}`},
	{"source", "part", `{"form":"heading","within":"src"}`},
	{"agreement", "ag", `{"agreement":"x","version":` + sha + `,"path":"agreements/x","change":"first"}`},
	{"reading", "rd", `{"agreement":"x","holder":"A","path":"readings/a.md","hash":` + sha + `}`},
	{"area", "ar", `{"area":"x","path":"areas/x.geojson","hash":` + sha + `}`},
	{"statement", "st", `{"direct":true,"about":[{"agreement":"x","version":` + sha + `,"clause":"1","condition":"c"}],"stances":[{"agreement":"x","as_described_by":"src","party":"A","position":"accepts-on-conditions","strength":"declared","conditions":[{"id":"c","text":{"en":"TEXT"}}],"read_by":"desk"}],"claims":[{"agreement":"x","what":"start","value":"2030-03-02"},{"agreement":"x","what":"document","value":"TEXT"}],"promise":{"id":"p","parties":["A","B"],"does":"regular-contact","series":"s"},"none_between":{"series":"s","from":"2022-11","until":"2030-03"}}`},
	{"statement", "un", `{"unattributed":true,"contested":true,"asserts":{"kind":"contact","planned":true,"when":"2030-03"}}`},
	{"statement", "ch", `{"characterisation":true}`},
	{"translation", "tr", `{"of":"st","field":"summary","to":"uk","words":"TEXT","by":"desk","reviewed_by":"doe"}`},
	{"act", "ac", `{"agreement":"x","act":"consented","party":"A","to":["B"],"strength":"signed","conditions":[{"id":"c","text":{"en":"TEXT"}}],"length":"P30D","clauses":["1"],"effective":"2030-03-03","by":"y"}`},
	{"act", "cm", `{"agreement":"x","act":"condition-met","party":"A","condition":"c"}`},
	{"report", "re", `{"act":"attack/artillery","weapon":"artillery","objects":["civilian/housing"],"domain":"land","actor":{"party":"B","proxy":true},"place":{"name":{"en":"TEXT"},"lon":"10.5","lat":"-50","radius_m":500},"counts":[{"n":0,"hedge":"exact","unit":"shell","of":{"en":"TEXT"}}],"means":"seen","grade":{"source":"B","information":"3"},"calibre_mm":{"least":"120","most":"122.5"},"range_km":{"least":"8","most":"9"},"unit_size":"regiment","purpose":"training","origin":{"lon":"10.5","lat":"-50","bearing":"90","nearest_m":1,"farthest_m":2},"preceded_by":["warning","warning-shot"],"near":[{"to":"transport","nearest_m":100,"farthest_m":200}]}`},
	{"report", "r2", `{"place":{"lon":"10.5","lat":"50","bearing":"271.5","nearest_m":300,"farthest_m":900}}`},
	{"report", "r3", `{"place":{"within":["x"]}}`},
	{"report", "r4", `{}`},
	{"finding", "f1", `{"of":"re","axis":"occurrence","value":"confirmed","confidence":"high","standard":"TEXT"}`},
	{"finding", "f2", `{"of":"re","axis":"attribution","value":"proxy","party":"B"}`},
	{"finding", "f3", `{"of":"re","axis":"classification","value":"permitted","agreement":"x","clause":"1"}`},
	{"ruling", "ru", `{"of":"re","agreement":"x","clause":"1","classification":"violation"}`},
	{"request", "rq", `{"of":"B","asks":"access","on":"re","due":"2030-03-09"}`},
	{"reply", "rp", `{"to":"rq","party":"B","denies":true,"attributes":{"party":"A"}}`},
	{"message", "m1", `{"channel":"hotline","from":"A","to":"B","step":"sent","due":"2030-03-01T10:00Z"}`},
	{"message", "m2", `{"channel":"hotline","from":"B","to":"A","step":"answered","answers":"m1"}`},
	{"tally", "ta", `{"agreement":"x","against":"B","period":"2030-02/2030-03","figures":[{"n":12,"hedge":"at-least","unit":"attack"}],"counting":{"en":"TEXT"},"places":["x"]}`},
	{"contact", "c1", `{"series":"s","between":[{"party":"A","person":"doe","office":{"en":"TEXT"}},{"anonymous":{"en":"TEXT"},"citing":{"document":"src"}}],"state":"planned","mode":"video","place":{"within":["x"]}}`},
	{"contact", "c2", `{"between":[{"name":{"en":"TEXT"}}],"state":"missed","of":"c1"}`},
	{"exchange", "ex", `{"state":"carried-out","moves":[{"from":"A","to":"B","category":"civilians","count":{"n":3,"hedge":"about","unit":"person"},"outside":true}],"mediators":["M"]}`},
	{"flow", "fl", `{"provider":"A","receiver":"B","what":"TEXT","stage":"paused","route":{"en":"TEXT"}}`},
	{"control", "k1", `{"holder":"A","areas":["x","y"],"measure":"share","hedge":"about","share":"75.5","together":"not-said"}`},
	{"control", "k2", `{"holder":"A","areas":["x"],"measure":"area","km2":120}`},
	{"control", "k3", `{"holder":"A","areas":["x"],"measure":"trend","trend":"weakening"}`},
	{"coverage", "co", `{"areas":["x"],"period":"2030-03","means":["seen"],"lacking":{"en":"TEXT"},"refused":"B"}`},
	{"link", "li", `{"from":"r2","relation":"same-event-as","to":"re","rule":"TEXT"}`},
	{"unlink", "ul", `{"link":"li"}`},
	{"correction", "cr", `{"corrects":"r4","why":{"en":"TEXT"},"entry":{"kind":"report","ref":"r4","author":"desk","happened":"2030-03-01","said_by":{"name":{"en":"TEXT"}},"body":{"means":"heard"}}}`},
	{"retraction", "rt", `{"retracts":"cr","why":{"en":"TEXT"}}`},
	{"dissent", "di", `{"about":"f1","party":"B"}`},
	{"publication", "pu", `{"what":"TEXT","position":3,"rules":"1","hash":` + sha + `}`},
	{"key", "ke", `{"name":"desk","event":"admitted","holder":"TEXT","public_key":"TEXT","authority":{"en":"TEXT"}}`},
	{"erasure", "er", `{"of":"re","field":"body.place","why":{"en":"TEXT"}}`},
	{"sheet", "sh", `{"count":2,"root":` + sha + `}`},
	{"handover", "ho", `{"from":"day","to":"night","open":["rq"]}`},
}

// everyLine gives that record with a text in every place that may hold any.
func everyLine(text string) string {
	quoted, _ := json.Marshal(text)
	var b strings.Builder
	for _, e := range everyKind {
		who := `{"party":"A","institution":{"en":"TEXT"}}`
		if e.ref == "un" {
			who = `{"document":"src"}`
		}
		b.WriteString(`{"entry":{"kind":"` + e.kind + `","ref":"` + e.ref + `","author":"desk","happened":"2030-03-01","public":"2030-03-02[Europe/Kyiv]","said_by":` + who)
		if e.kind != "source" {
			b.WriteString(`,"sources":["src","https://example.org/b?c=d"]`)
		}
		b.WriteString(`,"through":{"outlet":"TEXT","occasion":{"en":"TEXT"}},"language":"zh-Hant","words":"TEXT","summary":{"en":"TEXT","uk":"TEXT"},"note":{"en":"TEXT"},"body":` + e.body + `},"recorded":"2030-04-01T00:00:00Z"}` + "\n")
	}
	return strings.ReplaceAll(b.String(), `"TEXT"`, string(quoted))
}

// TestEveryKindIsReadAndWritten: nothing that was written down is lost or changed.
func TestEveryKindIsReadAndWritten(t *testing.T) {
	for _, k := range record.Kinds() {
		if !slices.ContainsFunc(everyKind, func(e struct{ kind, ref, body string }) bool { return e.kind == string(k) }) {
			t.Errorf("no entry of kind %s is tried", k)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(1, 40, -1).Draw(t, "text")
		data := everyLine(text)
		envs, err := record.Read("r", []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		sameBytes(t, []byte(data), envs)
	})
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// sameBytes checks that what was read is written as the canonical form of what
// was given, line by line, and read again the same.
func sameBytes(t failer, data []byte, envs []record.Envelope) {
	t.Helper()
	out, err := record.Write(envs)
	if err != nil {
		t.Fatalf("what was read cannot be written: %v", err)
	}
	lines := bytes.Split(bytes.TrimSuffix(out, []byte("\n")), []byte("\n"))
	for i, given := range bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n")) {
		if len(data) == 0 {
			break
		}
		want, err := record.CanonicalJSON(given)
		if err != nil || !bytes.Equal(want, lines[i]) {
			t.Fatalf("line %d is written otherwise than it was given (%v):\n%s\n%s", i+1, err, lines[i], want)
		}
	}
	again, err := record.Read("again", out)
	if err != nil {
		t.Fatalf("what was written cannot be read: %v", err)
	}
	if diff := cmp.Diff(envs, again); diff != "" {
		t.Fatalf("read again: %s", diff)
	}
}

// TestMisspeltAnywhere: whatever single letter is lost in a sound line, the reader
// never fails, and every problem has a code, words and a place within the line.
func TestMisspeltAnywhere(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(everyLine("x"), "\n"), "\n")
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom(lines).Draw(t, "line")
		i := rapid.IntRange(0, len(line)-1).Draw(t, "letter")
		soundPlaces(t, line[:i]+line[i+1:])
	})
}

func soundPlaces(t failer, data string) {
	t.Helper()
	_, err := record.Read("r", []byte(data))
	var list problem.List
	if err != nil && !errors.As(err, &list) {
		t.Fatalf("not a list: %v", err)
	}
	lines := strings.Split(data, "\n")
	for _, p := range list {
		if p.Code == "" || p.What == "" || p.File != "r" || p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len(lines[p.Line-1])+1 {
			t.Fatalf("no good problem: %#v of %.300q", p, data)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(good)
	f.Add(everyLine("é\u2028\"\\"))
	f.Add(good + "\n" + strings.Replace(good, "S1", "S2", 1) + "\n")
	f.Add(`{"entry":{"kind":"correction","ref":"C","author":"d","body":{"entry":{"kind":"correction","body":{}}}}}`)
	f.Add(`{"entry":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[`)
	f.Add(`{"entry":{"ref":"\ud800\udc00\u0000"}}`)
	f.Fuzz(func(t *testing.T, data string) {
		soundPlaces(t, data)
		if envs, err := record.Read("r", []byte(data)); err == nil {
			sameBytes(t, []byte(data), envs)
			record.Hold(envs, 0)
		}
	})
}
