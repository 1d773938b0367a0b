package record_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

const signature = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="

func leafOf(entry, rest string) string { return `{"entry":` + entry + rest + `}` }

const plain = `{"author":"desk","body":{},"happened":"2031-03-01","kind":"report","ref":"r1","said_by":{"institution":{"en":"post 4"}}}`

// TestLeavesAreReadStrictly: what stands in the tree has one form only.
func TestLeavesAreReadStrictly(t *testing.T) {
	const recorded = `,"recorded":"2031-03-01T08:00:00Z"`
	signed := `,"signature":"` + signature + `"`
	for _, tt := range []struct{ name, leaf, want string }{
		{"signed", leafOf(plain, recorded+signed), ""},
		{"under a sheet", leafOf(plain, recorded+`,"sheet":7`), ""},
		{"unsigned", leafOf(plain, recorded), "unsigned"},
		{"both", leafOf(plain, recorded+`,"sheet":7`+signed), "signed-twice"},
		{"no time", leafOf(plain, signed), "missing"},
		{"a time with an offset", leafOf(plain, `,"recorded":"2031-03-01T08:00:00+01:00"`+signed), "bad-time"},
		{"a signature cut short", leafOf(plain, recorded+`,"signature":"AAAA"`), "bad-signature"},
		{"a signature with other padding", leafOf(plain, recorded+`,"signature":"`+strings.TrimSuffix(signature, "A==")+`B=="`), "bad-signature"},
		{"a sheet below 1", leafOf(plain, recorded+`,"sheet":-1`), "bad-number"},
		{"a space", leafOf(plain, recorded+signed) + " ", "not-canonical"},
		{"members in another order", leafOf(strings.Replace(plain, `"author":"desk","body":{}`, `"body":{},"author":"desk"`, 1), recorded+signed), "not-canonical"},
		{"a needless escape", leafOf(strings.Replace(plain, "post", `p\u006fst`, 1), recorded+signed), "not-canonical"},
		{"a member twice", leafOf(strings.Replace(plain, `"ref":"r1"`, `"ref":"r1","ref":"r1"`, 1), recorded+signed), "duplicate-name"},
		{"no UTF-8", leafOf(strings.Replace(plain, "post", "p\xffst", 1), recorded+signed), "not-utf-8"},
		{"too long", leafOf(strings.Replace(plain, "post", strings.Repeat("p", 70_000), 1), recorded+signed), "line-too-long"},
		{"too deep", strings.Repeat("[", 40_000), "not-json"},
		{"an unknown member", leafOf(plain, recorded+signed+`,"x":1`), "unknown-field"},
		{"nothing", "", "not-json"},
	} {
		_, err := record.ReadLeaf("f", 1, []byte(tt.leaf))
		var list problem.List
		errors.As(err, &list)
		got := ""
		if len(list) > 0 {
			got = list[0].Code
		}
		if got != tt.want && (tt.want == "" || !has(list, tt.want)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func has(list problem.List, code string) bool {
	for _, p := range list {
		if p.Code == code {
			return true
		}
	}
	return false
}

// TestSubmissionsCarryNothingOfTheRecorders.
func TestSubmissionsCarryNothingOfTheRecorders(t *testing.T) {
	if _, err := record.ReadSubmission("f", 1, []byte(leafOf(plain, ""))); err != nil {
		t.Error(err)
	}
	for _, rest := range []string{`,"recorded":"2031-03-01T08:00:00Z"`, `,"sheet":3`} {
		_, err := record.ReadSubmission("f", 1, []byte(leafOf(plain, rest)))
		var list problem.List
		if !errors.As(err, &list) || list[0].Code != "not-yours" {
			t.Errorf("%s: %v", rest, err)
		}
	}
}

// TestPeekSeesWhatReadLeafReads, for every kind of entry.
func TestPeekSeesWhatReadLeafReads(t *testing.T) {
	envs, err := record.Read("r", []byte(everyLine(`quotes " and \ and {"ref":"x"}`)))
	if err != nil {
		t.Fatal(err)
	}
	for _, env := range envs {
		entry, err := record.Canonical(env.Entry)
		if err != nil {
			t.Fatal(err)
		}
		data := record.AppendEnvelope(nil, entry, env.Recorded, signature, 0)
		l, err := record.ReadLeaf("f", 1, data)
		if err != nil {
			t.Fatal(err)
		}
		p, err := record.Peek(data)
		if err != nil {
			t.Fatalf("%s: %v", env.Entry.Ref, err)
		}
		id, err := record.IDOf(env.Entry)
		if err != nil {
			t.Fatal(err)
		}
		if p.Identity != l.Identity || hex.EncodeToString(p.Identity[:]) != string(id) || p.Kind != env.Entry.Kind || p.Ref != string(env.Entry.Ref) || p.Author != env.Entry.Author || !bytes.Equal(p.Canonical, entry) {
			t.Errorf("%s: %+v", env.Entry.Ref, p)
		}
	}
}

// TestSealedFieldsHaveAForm.
func TestSealedFieldsHaveAForm(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	for _, tt := range []struct{ sealed, want string }{
		{`[{"commitment":"` + hash + `","field":"body.place"},{"commitment":"` + hash + `","field":"said_by.name"}]`, ""},
		{`[{"commitment":"` + hash + `","field":"body.between[0].name"}]`, ""},
		{`[{"commitment":"` + hash + `","field":"said_by.name"},{"commitment":"` + hash + `","field":"body.place"}]`, "unsorted"},
		{`[{"commitment":"` + hash + `","field":"note"},{"commitment":"` + hash + `","field":"note"}]`, "unsorted"},
		{`[{"commitment":"` + hash + `","field":"ref"}]`, "bad-field"},
		{`[{"commitment":"` + hash + `","field":"body..x"}]`, "bad-field"},
		{`[{"commitment":"` + hash + `","field":"body.x[01]"}]`, "bad-field"},
		{`[{"commitment":"short","field":"note"}]`, "bad-hash"},
		{`[]`, "empty"},
	} {
		entry := strings.Replace(plain, `{"institution":{"en":"post 4"}}`, `{"institution":{"en":"post 4"}},"sealed":`+tt.sealed, 1)
		_, err := record.ReadSubmission("f", 1, []byte(leafOf(entry, "")))
		var list problem.List
		errors.As(err, &list)
		if tt.want == "" && err != nil || tt.want != "" && !has(list, tt.want) {
			t.Errorf("%s: %v, want %q", tt.sealed, err, tt.want)
		}
	}
}

// FuzzReadLeaf: what is read is canonical, and Peek agrees.
func FuzzReadLeaf(f *testing.F) {
	f.Add([]byte(leafOf(plain, `,"recorded":"2031-03-01T08:00:00Z","sheet":2`)))
	f.Add([]byte(leafOf(plain, `,"recorded":"2031-03-01T08:00:00Z","signature":"`+signature+`"`)))
	f.Add([]byte(`{"entry":{},"recorded":""}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, peekErr := record.Peek(data)
		l, err := record.ReadLeaf("f", 1, data)
		if err != nil {
			return
		}
		if peekErr != nil || p.Identity != l.Identity || p.Ref != string(l.Entry.Ref) {
			t.Fatalf("%+v, %v", p, peekErr)
		}
		again := record.AppendEnvelope(nil, l.Canonical, l.Recorded, l.Signature, l.Sheet)
		if !bytes.Equal(again, data) {
			t.Fatalf("%s\nis written as\n%s", data, again)
		}
	})
}
