package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

// TestCommitmentsAreThoseOfTheSpecification (spec/record.md §5), and bind everything.
func TestCommitmentsAreThoseOfTheSpecification(t *testing.T) {
	salt := [32]byte{1, 2, 3}
	s, o, err := Seal("r88", "said_by.name", []byte(`{ "uk": "Віра <&>", "en": "Vera" }`), salt)
	if err != nil {
		t.Fatal(err)
	}
	const canonical = `{"en":"Vera","uk":"Віра <&>"}`
	want := sha256.Sum256([]byte("truceline/v1 sealed\nr88\nsaid_by.name\n" + string(salt[:]) + canonical))
	if string(o.Value) != canonical || s != (Sealed{"said_by.name", hex.EncodeToString(want[:])}) {
		t.Errorf("%s\n%+v", o.Value, s)
	}
	e := &Entry{Ref: "r88", Sealed: []Sealed{{"body.place", s.Commitment}, s}}
	if !o.Opens(e) {
		t.Error("it does not open its own entry")
	}
	for name, other := range map[string]Opening{
		"another salt":  {o.Field, [32]byte{1, 2}, o.Value},
		"another field": {"body.place", o.Salt, o.Value},
		"another value": {o.Field, o.Salt, []byte(`{"en":"Vera"}`)},
		"another form":  {o.Field, o.Salt, []byte(`{"en": "Vera","uk":"Віра <&>"}`)},
	} {
		if other.Opens(e) {
			t.Errorf("%s opens it", name)
		}
	}
	if e.Ref = "r89"; o.Opens(e) {
		t.Error("it opens another entry")
	}
}

func TestWhatCannotBeSealed(t *testing.T) {
	for _, field := range []string{"said_by.name", "body.place", "body", "body.places[3].lon", "summary.uk", "sources[0]", "happened", "kinds", "note.zh-hant", strings.Repeat("a", 128)} {
		if !Sealable(field) {
			t.Errorf("%q may be sealed", field)
		}
	}
	for _, field := range []string{
		"", ".", "a.", ".a", "a..b", "kind", "ref", "author", "sealed", "sealed[0].field", "author.x", "ref[0]", "a/b", "../a", "a b", "A", "a\n", "a[", "a[]", "a[x]", "a[-1]", "a[01]", "a[1", "a[1]x", "[0]",
		"a\x00", "ж", strings.Repeat("a", 129),
	} {
		if Sealable(field) {
			t.Errorf("%q may not be sealed", field)
		}
	}
	for name, value := range map[string]string{"nothing": "", "no JSON": `"Vera`, "a name twice": `{"Vera":1,"Vera":2}`, "too long": `"` + string(bytes.Repeat([]byte("x"), MaxSealed)) + `"`} {
		if _, _, err := Seal("r88", "note", []byte(value), [32]byte{}); err == nil || strings.Contains(err.Error(), "Vera") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
