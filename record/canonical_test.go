package record_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/record"
)

// TestCanonicalJSONVectors holds the canonical form to the vectors of RFC 8785's
// author: see testdata/jcs.
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
		if again, err := record.CanonicalJSON(got); err != nil || !bytes.Equal(again, got) {
			t.Errorf("%s: the canonical form has another one: %s (%v)", name, again, err)
		}
	}
}

// TestNumbersAsECMAScriptWritesThem holds numbers to the same author's sequence.
func TestNumbersAsECMAScriptWritesThem(t *testing.T) {
	data, err := os.ReadFile("testdata/jcs/es6_numbers_3000.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(string(data))
	if len(lines) != 3000 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		bits, want, _ := strings.Cut(line, ",")
		v, err := strconv.ParseUint(bits, 16, 64)
		if err != nil {
			t.Fatal(err)
		}
		in := strconv.FormatFloat(math.Float64frombits(v), 'e', 17, 64)
		if got, err := record.CanonicalJSON([]byte(in)); err != nil || string(got) != want {
			t.Fatalf("%s (%s): got %s (%v), want %s", bits, in, got, err, want)
		}
	}
}

func TestWhatHasNoCanonicalForm(t *testing.T) {
	for name, in := range map[string]string{
		"nothing":                 ``,
		"name twice":              `{"a":1,"\u0061":2}`,
		"name twice among many":   `{"a":1,` + strings.Repeat(`"x":{},`, 1) + manyNames(40) + `,"a":2}`,
		"half a surrogate pair":   `"\udc00"`,
		"halves the wrong way":    `"\ud800\ud800"`,
		"not UTF-8":               "\"\xff\"",
		"beyond a double":         `1e400`,
		"leading zero":            `01`,
		"plus":                    `+1`,
		"hexadecimal":             `0x10`,
		"point without digits":    `1.`,
		"exponent without digits": `1e`,
		"infinity":                `Infinity`,
		"trailing":                `1 1`,
		"comma":                   `[1,]`,
		"control character":       "\"\n\"",
		"unclosed":                `"a`,
		"unclosed after escape":   `"\`,
		"unknown escape":          `"\x"`,
		"short escape":            `"\u00"`,
		"too deep":                strings.Repeat("[", 600) + strings.Repeat("]", 600),
	} {
		if got, err := record.CanonicalJSON([]byte(in)); err == nil {
			t.Errorf("%s: %.60s", name, got)
		}
	}
}

func manyNames(n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strconv.Quote("n"+strconv.Itoa(i)) + ":1"
	}
	return strings.Join(parts, ",")
}

// TestCanonicalAgreesWithItsPeer compares with github.com/gowebpki/jcs on any JSON.
func TestCanonicalAgreesWithItsPeer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data, err := json.Marshal(anyJSON(t, 4))
		if err != nil {
			t.Fatal(err)
		}
		got, err := record.CanonicalJSON(data)
		want, peerErr := jcs.Transform(data)
		if err != nil || peerErr != nil || !bytes.Equal(got, want) {
			t.Fatalf("%s\ngot  %s (%v)\npeer %s (%v)", data, got, err, want, peerErr)
		}
	})
}

func anyJSON(t *rapid.T, depth int) any {
	sorts := 6
	if depth == 0 {
		sorts = 4
	}
	switch rapid.IntRange(0, sorts-1).Draw(t, "sort") {
	case 0:
		return rapid.String().Draw(t, "string")
	case 1:
		return math.Float64frombits(rapid.Uint64Range(0, 0x7fe<<52).Draw(t, "bits"))
	case 2:
		return rapid.Bool().Draw(t, "bool")
	case 3:
		return nil
	case 4:
		list := make([]any, rapid.IntRange(0, 4).Draw(t, "items"))
		for i := range list {
			list[i] = anyJSON(t, depth-1)
		}
		return list
	}
	object := map[string]any{}
	for range rapid.IntRange(0, 4).Draw(t, "members") {
		object[rapid.String().Draw(t, "name")] = anyJSON(t, depth-1)
	}
	return object
}

// TestIdentity pins the bytes and the identity of an entry: they are never to
// change. The digest was computed with sha256sum.
func TestIdentity(t *testing.T) {
	envs, list := read(t, entry("dissent", "d1", `"note":{"zh":"不","en":"<no> & \u001f\"\\"},"body":{"party":"A","about":"S1"}`))
	if len(list) != 1 { // S1 is not there
		t.Fatal(list)
	}
	got, err := record.Canonical(envs[0].Entry)
	want := `{"author":"desk","body":{"about":"S1","party":"A"},"happened":"2030-03-01","kind":"dissent","note":{"en":"<no> & \u001f\"\\","zh":"不"},"ref":"d1","said_by":{"name":{"en":"N"}}}`
	if err != nil || string(got) != want {
		t.Fatalf("%v\ngot  %s\nwant %s", err, got, want)
	}
	if id, err := record.IDOf(envs[0].Entry); err != nil || id != "27903b05295f8569b9143f053aa051dc0756ed1f1076137ad1147a08dee0d16b" {
		t.Errorf("identity %s (%v)", id, err)
	}
}

// TestAnyChangeChangesTheIdentity: what a reader sees is what was signed.
func TestAnyChangeChangesTheIdentity(t *testing.T) {
	before, list := read(t, good)
	if len(list) > 0 {
		t.Fatal(list)
	}
	id, err := record.IDOf(before[0].Entry)
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		`"S1"`: `"S2"`, `"desk"`: `"deck"`, `"accepts"`: `"rejects"`, `愿意`: `愿`, `2030-03-01`: `2030-03-02`, `,"strength":"declared"`: ``,
	} {
		after, list := read(t, strings.Replace(good, from, to, 1))
		if len(list) > 0 {
			t.Fatal(list)
		}
		if other, err := record.IDOf(after[0].Entry); err != nil || other == id {
			t.Errorf("%s for %s: identity %s (%v)", to, from, other, err)
		}
	}
}

// TestWhatCannotBeWritten: an entry made by hand that lacks what its kind requires
// has no canonical bytes and no identity, and the error names the field.
func TestWhatCannotBeWritten(t *testing.T) {
	sound := func() record.Entry {
		return record.Entry{
			Kind: record.KindStatement, Ref: "S", Author: "desk",
			Body: &record.Statement{Stances: []record.Stance{{Bearing: record.Bearing{Agreement: "x"}, Party: "A", Position: "accepts", ReadBy: "desk"}}},
		}
	}
	if _, err := record.Canonical(sound()); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, want string
		spoil      func(*record.Entry)
	}{
		{"no body", "entry.body: it is required and empty", func(e *record.Entry) { e.Body = nil }},
		{"no reference", "entry.ref: it is required and empty", func(e *record.Entry) { e.Ref = "" }},
		{"no party", "entry.body.stances.party: it is required and empty", func(e *record.Entry) { e.Body.(*record.Statement).Stances[0].Party = "" }},
		{"an empty voice", "entry.said_by: it is required and empty", func(e *record.Entry) { e.SaidBy = &record.Voice{} }},
		{"an empty text", "entry.note: it is required and empty", func(e *record.Entry) { e.Note = record.Text{"en": ""} }},
		{"a language", `entry.note: "English" is no language tag`, func(e *record.Entry) { e.Note = record.Text{"English": "x"} }},
		{"not UTF-8", "entry.words: ", func(e *record.Entry) { e.Words = "\xff" }},
		{"no list", "entry.body.areas: it is required and empty", func(e *record.Entry) {
			e.Body = &record.Control{Holder: "A", Measure: "foothold"}
		}},
		{"too large", "entry.body.position: 9007199254740992 is not below 2^53 in size", func(e *record.Entry) {
			e.Body = &record.Publication{What: "x", Position: 1 << 53, Rules: "x", Hash: "x"}
		}},
	}
	for _, tt := range tests {
		e := sound()
		tt.spoil(&e)
		if _, err := record.IDOf(e); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
		if _, err := record.Write([]record.Envelope{{Entry: e}}); err == nil {
			t.Errorf("%s: written", tt.name)
		}
	}
	long := sound()
	long.Note = record.Text{"en": strings.Repeat("x", record.MaxLine)}
	if _, err := record.Write([]record.Envelope{{Entry: long}}); err == nil || !strings.Contains(err.Error(), "at most 65535") {
		t.Errorf("a line that is too long: %v", err)
	}
}

func FuzzCanonicalJSON(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(`{"\u20ac":1e-7,"\r":[-0,1e21,4.5e-320],"\ud83d\ude02":null}`))
	f.Add([]byte(`[[[["\b\f\n\r\t\/\\\""]]]]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := record.CanonicalJSON(data)
		if err != nil {
			return
		}
		if !json.Valid(data) || !json.Valid(got) {
			t.Fatalf("not JSON: %q gave %q", data, got)
		}
		if again, err := record.CanonicalJSON(got); err != nil || !bytes.Equal(again, got) {
			t.Fatalf("%q gave %q and that %q (%v)", data, got, again, err)
		}
		var before, after any
		if json.Unmarshal(data, &before) == nil && json.Unmarshal(got, &after) == nil && !cmp.Equal(before, after) {
			t.Fatalf("%q means something else than %q", data, got)
		}
	})
}

func BenchmarkIDOf(b *testing.B) {
	envs, err := record.Read("r", []byte(good))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := record.IDOf(envs[0].Entry); err != nil {
			b.Fatal(err)
		}
	}
}
