package record_test

import (
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

const good = `{"entry":{"kind":"statement","ref":"S1","author":"desk","happened":"2030-03-01","said_by":{"party":"A","institution":{"en":"Government"}},"summary":{"en":"It is ready.","zh":"愿意。"},"body":{"stances":[{"agreement":"x","party":"A","position":"accepts","strength":"declared","read_by":"desk"}]}},"recorded":"2030-04-01T00:00:00Z"}`

func TestReadGivesWhatWriteWrote(t *testing.T) {
	envs, err := record.Read("record.jsonl", []byte(good+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if envs[0].Position != 1 || envs[0].Entry.Kind != record.KindStatement {
		t.Errorf("read %+v", envs[0])
	}
	out, err := record.Write(envs)
	if err != nil {
		t.Fatal(err)
	}
	again, err := record.Read("again", out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(envs, again); diff != "" {
		t.Error(diff)
	}
	twice, _ := record.Write(again)
	if string(twice) != string(out) {
		t.Error("canonical lines are not stable")
	}
}

// TestEveryProblemHasItsPlace: each bad line is reported with line, column, field and mend.
func TestEveryProblemHasItsPlace(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"misspelt kind", `"kind":"statement"`, `"kind":"statment"`, `record.jsonl:1:18: entry.kind: there is no kind of entry "statment" (did you mean "statement"?)`},
		{"misspelt field", `"happened"`, `"hapened"`, `record.jsonl:1:57: entry.hapened: there is no such field here (did you mean "happened"?)`},
		{"bad month", `"2030-03-01"`, `"2030-13-01"`, `record.jsonl:1:68: entry.happened: `},
		{"null", `"It is ready."`, `null`, `entry.summary.en: null is not used (leave the field out)`},
		{"position", `"accepts"`, `"accepted"`, `entry.body.stances[0].position: "accepted" is not a value of it (did you mean "accepts"?)`},
		{"voice", `"institution":{"en":"Government"}`, `"office":{"en":"Minister"}`, `entry.said_by: 0 of person, name, institution, anonymous and document are given (give exactly one)`},
		{"duplicate name", `"ref":"S1"`, `"ref":"S1","ref":"S2"`, `record.jsonl:1:41: the name "ref" stands twice`},
		{"truncated", `"recorded":"2030-04-01T00:00:00Z"}`, ``, `a name in quotation marks is missing`},
		{"bad ref", `"ref":"S1"`, `"ref":"S 1"`, `record.jsonl:1:36: entry.ref: "S 1" cannot be a reference`},
		{"float", `"read_by":"desk"`, `"read_by":1.5`, `1.5 is not a whole number (write decimals as strings: "1.5")`},
		{"recorded", `"2030-04-01T00:00:00Z"`, `"2030-04-01T00:00:00+03:00"`, `recorded: "2030-04-01T00:00:00+03:00" is not a time of recording`},
		{"language tag", `"zh":`, `"Chinese":`, `entry.summary: "Chinese" is no language tag`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := strings.Replace(good, tt.from, tt.to, 1)
			if line == good {
				t.Fatal("the replacement changed nothing")
			}
			_, err := record.Read("record.jsonl", []byte(line))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func entry(kind, ref, more string) string {
	return `{"entry":{"kind":"` + kind + `","ref":"` + ref + `","author":"desk","said_by":{"name":{"en":"N"}},` + more + `}}`
}

func TestRecordAsAWhole(t *testing.T) {
	s1 := entry("statement", "S1", `"body":{}`)
	tests := []struct {
		name  string
		lines []string
		code  string
		line  int
	}{
		{"duplicate reference", []string{s1, s1}, "duplicate-ref", 2},
		{"link to nothing", []string{s1, entry("link", "L", `"body":{"from":"S1","relation":"supports","to":"S9"}`)}, "no-such-entry", 2},
		{"link to a later entry", []string{entry("link", "L", `"body":{"from":"S1","relation":"supports","to":"S1"}`), s1}, "later-entry", 1},
		{"correction of nothing", []string{s1, entry("correction", "C", `"body":{"corrects":"S9","why":{"en":"w"},"entry":{"kind":"statement","ref":"S9","author":"desk","said_by":{"name":{"en":"N"}},"body":{}}}`)}, "no-such-entry", 2},
		{"correction of itself", []string{s1, entry("correction", "C", `"body":{"corrects":"C","why":{"en":"w"},"entry":{"kind":"statement","ref":"C","author":"desk","said_by":{"name":{"en":"N"}},"body":{}}}`)}, "self-correction", 2},
		{"corrections in a circle", []string{s1, entry("correction", "C1", `"body":{"corrects":"C2","why":{"en":"w"},"entry":{"kind":"correction","ref":"C2","author":"desk","body":{"corrects":"C1","why":{"en":"w"},"entry":{"kind":"statement","ref":"C1","author":"desk","said_by":{"name":{"en":"N"}},"body":{}}}}}`)}, "circle", 2},
		{"other kind", []string{s1, entry("correction", "C", `"body":{"corrects":"S1","why":{"en":"w"},"entry":{"kind":"report","ref":"S1","author":"desk","said_by":{"name":{"en":"N"}},"body":{}}}`)}, "other-kind", 2},
		{"recorded backwards", []string{good, strings.Replace(strings.Replace(good, "S1", "S2", 1), "2030-04-01", "2030-03-31", 1)}, "recorded-backwards", 2},
		{"empty line", []string{s1, "", entry("statement", "S2", `"body":{}`)}, "empty-line", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := record.Read("r", []byte(strings.Join(tt.lines, "\n")+"\n"))
			var list problem.List
			if !errors.As(err, &list) {
				t.Fatalf("no problems: %v", err)
			}
			for _, p := range list {
				if p.Code == tt.code && p.Line == tt.line {
					return
				}
			}
			t.Errorf("no %s on line %d in:\n%v", tt.code, tt.line, list)
		})
	}
}

// TestThreeBadLinesOfManyAreThreeProblems: nothing hides behind the first problem.
func TestThreeBadLinesOfManyAreThreeProblems(t *testing.T) {
	var lines []string
	for i := range 1000 {
		line := strings.Replace(entry("statement", "S", `"happened":"2030-03-01","body":{}`), `"ref":"S"`, `"ref":"S`+string(rune('a'+i%26))+strings.Repeat("x", i/26)+`"`, 1)
		if i == 10 || i == 500 || i == 999 {
			line = strings.Replace(line, "2030-03-01", "2030-02-30", 1)
		}
		lines = append(lines, line)
	}
	_, err := record.Read("r", []byte(strings.Join(lines, "\n")))
	var list problem.List
	if !errors.As(err, &list) || len(list) != 3 || list[0].Line != 11 || list[1].Line != 501 || list[2].Line != 1000 {
		t.Errorf("got %v", err)
	}
}

func TestHoldCorrectsAndRestores(t *testing.T) {
	fix := func(ref, text string) string {
		return entry("correction", ref, `"body":{"corrects":"S1","why":{"en":"w"},"entry":{"kind":"statement","ref":"S1","author":"desk","said_by":{"name":{"en":"N"}},"summary":{"en":"`+text+`"},"body":{}}}`)
	}
	lines := []string{
		entry("statement", "S1", `"summary":{"en":"first"},"body":{}`), fix("C1", "second"), fix("C2", "third"),
		entry("retraction", "R1", `"body":{"retracts":"C2","why":{"en":"w"}}`),
		entry("retraction", "R2", `"body":{"retracts":"R1","why":{"en":"w"}}`),
		entry("retraction", "R3", `"body":{"retracts":"S1","why":{"en":"w"}}`),
	}
	envs, err := record.Read("r", []byte(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	for asOf, want := range map[int]string{1: "first", 2: "second", 3: "third", 4: "second", 5: "third", 6: "third"} {
		held := record.Hold(envs, asOf)
		if got := held[0].Entry.Summary["en"]; got != want || len(held) != asOf {
			t.Errorf("as of %d: %q of %d, want %q", asOf, got, len(held), want)
		}
		if retracted := len(held[0].RetractedBy) > 0; retracted != (asOf == 6) {
			t.Errorf("as of %d: retracted %v", asOf, retracted)
		}
	}
	if envs[0].Entry.Summary["en"] != "first" {
		t.Error("Hold changed the record")
	}
}

// TestCanonicalJSONVectors holds the canonical form to the vectors of RFC 8785's author.
func TestCanonicalJSONVectors(t *testing.T) {
	inputs, err := filepath.Glob("testdata/jcs/input/*.json")
	if err != nil || len(inputs) != 6 {
		t.Fatalf("%d vectors (%v)", len(inputs), err)
	}
	for _, in := range inputs {
		name := strings.TrimSuffix(filepath.Base(in), ".json")
		data, err := os.ReadFile(in)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile("testdata/jcs/outhex/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		got, err := record.CanonicalJSON(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Join(strings.Fields(string(want)), ""), hex.EncodeToString(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestIdentityIsOfTheWholeEntry(t *testing.T) {
	envs, err := record.Read("r", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	a, err := record.IDOf(envs[0].Entry)
	if err != nil || len(a) != 64 {
		t.Fatalf("%q %v", a, err)
	}
	changed := envs[0].Entry
	changed.Summary = record.Text{"en": "It is not ready."}
	if b, _ := record.IDOf(changed); a == b {
		t.Error("another summary, the same identity")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(good + "\n" + strings.Replace(good, "S1", "S2", 1) + "\n"))
	f.Add([]byte(`{"entry":{"kind":"correction","ref":"C","author":"d","body":{"entry":{"kind":"correction","body":{}}}}}`))
	f.Add([]byte(`{"entry":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[`))
	f.Add([]byte(`{"entry":{"ref":"\ud800\udc00\u0000"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		envs, err := record.Read("f", data)
		if err != nil {
			return
		}
		out, err := record.Write(envs)
		if err != nil {
			t.Fatal(err)
		}
		again, err := record.Read("g", out)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, out)
		}
		if diff := cmp.Diff(envs, again); diff != "" {
			t.Error(diff)
		}
		record.Hold(envs, 0)
	})
}

func BenchmarkRead(b *testing.B) {
	data := []byte(good)
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := record.Read("r", data); err != nil {
			b.Fatal(err)
		}
	}
}
