package keep

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// bare is an entry as an author writes it.
const bare = `{"kind":"report","ref":"r1","author":"desk","happened":"2031-03-01","said_by":{"anonymous":{"en":"a resident"}},"note":{"en":"by the river"},"body":{}}`

func TestADraftIsSealed(t *testing.T) {
	tests := []struct {
		name, draft string
		fields      string
	}{
		{"bare", bare, ""},
		{"wrapped", `{"entry":` + bare + `}`, ""},
		{"one field", `{"protected":{"said_by.name":{"en":"Vera"}},"entry":` + bare + `}`, "said_by.name"},
		{"sorted", `{"entry":` + bare + `,"protected":{"said_by.name":{"en":"Vera"},"body.place":{"radius_m":20.5},"happened":"2031-03-01T08:15"}}`, "body.place happened said_by.name"},
		{"coarser in the open", `{"entry":` + bare + `,"protected":{"happened":"2031-03-01T08"}}`, "happened"},
		{"beside what is sealed", `{"entry":{"sealed":[{"field":"note","commitment":"` + zeros + `"}],` + bare[1:] + `,"protected":{"body.act":"shelling","words":"x"}}`, "body.act words"},
	}
	for _, tt := range tests {
		e, openings, err := ReadDraft("d.json", 1, []byte(tt.draft), rand.Reader)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var fields []string
		for _, o := range openings {
			fields = append(fields, o.Field)
			if !o.Opens(&e) {
				t.Errorf("%s: %s does not open", tt.name, o.Field)
			}
		}
		if got := strings.Join(fields, " "); got != tt.fields {
			t.Errorf("%s: sealed are %q, want %q", tt.name, got, tt.fields)
		}
		if _, err := record.Submission(e, ""); err != nil { // sorted, each once
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestFaultsOfADraftQuoteNothingProtected: each is told with its line and column, and
// none with a word of what was to be sealed.
func TestFaultsOfADraftQuoteNothingProtected(t *testing.T) {
	const secret = "Vera"
	wrap := func(protected string) string { return `{"entry":` + bare + ",\n \"protected\":" + protected + "}" }
	many := make([]string, 17)
	for i := range many {
		many[i] = fmt.Sprintf(`"body.f%d":"Vera"`, i)
	}
	tests := []struct{ name, draft, want string }{
		{"unknown member", `{"entry":` + bare + ",\n \"protectd\":{\"note\":\"Vera\"}}", `d.json:8:2: protectd: there is no such field here (did you mean "protected"?)`},
		{"other case", `{"entry":` + bare + ",\n \"Protected\":{\"note\":\"Vera\"}}", "d.json:8:2: Protected: there is no such field here"},
		{"no entry", `{"protected":{"note":"Vera"}}`, "d.json:7:1: entry: it is missing"},
		{"protected twice", wrap(`{"note":"Vera"},"protected":{"note":"Vera","note":"Vera"}`), "d.json:8:30: a name stands twice"},
		{"a field twice", wrap(`{"note":"Vera","note":"Vera"}`), "d.json:8:29: a name stands twice"},
		{"a name in a value twice", wrap(`{"note":{"Vera":1,"Vera":2}}`), "d.json:8:32: a name stands twice"},
		{"no object", wrap(`"Vera"`), "d.json:8:14: protected: an object of fields is wanted, not a string"},
		{"empty", wrap(`{}`), "d.json:8:14: protected: the object is empty"},
		{"the author", wrap(`{"author":"Vera"}`), `d.json:8:15: protected: "author" cannot be sealed`},
		{"no path", wrap(`{"../Vera":"Vera"}`), `cannot be sealed`},
		{"null", wrap(`{"note":null}`), "d.json:8:22: protected.note: null is not used"},
		{"a number", wrap(`{"note":0123}`), "d.json:8:22: a number is not as JSON writes it"},
		{"a huge number", wrap(`{"note":1e999}`), "d.json:8:22: a number is not as JSON writes it"},
		{"too long", wrap(`{"note":"` + strings.Repeat(secret, record.MaxSealed/4) + `"}`), "d.json:8:22: protected.note: the value has 65538 bytes"},
		{"too many", wrap("{" + strings.Join(many, ",") + "}"), "d.json:8:14: protected: 17 fields are sealed"},
		{"in the open", wrap(`{"note": { "en" : "by the river"}}`), "d.json:8:23: protected.note: the same value stands in the open"},
		{"sealed twice", `{"entry":{"sealed":[{"field":"note","commitment":"` + zeros + `"}],` + bare[1:] + `,"protected":{"note":"Vera"}}`, "protected.note: the entry seals that field already"},
		{"not closed", wrap(`{"note":"Vera}`), "d.json:8:22: from here on it is no JSON"},
		{"no JSON", wrap(`{"note":Vera}`), "d.json:8:22: from here on it is no JSON"},
		{"a colon", wrap(`{"note":{"Vera" "x"}}`), "from here on it is no JSON"},
		{"an escape", wrap(`{"note":"Vera\q"}`), "from here on it is no JSON"},
		{"not UTF-8", wrap("{\"note\":\"Vera\xff\"}"), "d.json:8:22: a string is not valid UTF-8"},
		{"a fault of the entry", `{"entry":{"kind":"report","ref":"r 1","author":"desk","happened":"2031-03-01","said_by":{"anonymous":{"en":"x"}},"body":{}},"protected":{"note":"Vera"}}`, `d.json:7:33: entry.ref: "r 1" cannot be a reference`},
		{"a fraction in the entry", `{"entry":{"kind":"report","ref":1.5,"author":"desk","happened":"2031-03-01","said_by":{"anonymous":{"en":"x"}},"body":{}}}`, `d.json:7:33: entry: 1.5 is not a whole number`},
		{"a list", `[]`, "d.json:7:1: an object is wanted, not a list"},
		{"nothing", ``, "d.json:7:1: a value is missing"},
	}
	for _, tt := range tests {
		_, openings, err := ReadDraft("d.json", 7, []byte(tt.draft), rand.Reader)
		var list problem.List
		if openings != nil || !errors.As(err, &list) {
			t.Errorf("%s: accepted, %v", tt.name, err)
			continue
		}
		if !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s:\ngot  %v\nwant %s", tt.name, err, tt.want)
		}
		if tt.name != "no path" && strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the problem quotes what is protected: %v", tt.name, err)
		}
	}
}

func TestWithoutRandomBytesNothingIsSealed(t *testing.T) {
	draft := []byte(`{"entry":` + bare + `,"protected":{"note":"Vera","body.place":"there"}}`)
	if e, openings, err := ReadDraft("d.json", 1, draft, bytes.NewReader(make([]byte, 40))); err == nil || openings != nil || len(e.Sealed) > 0 {
		t.Errorf("%v, %v, %v", e.Sealed, openings, err)
	}
}

func FuzzDraft(f *testing.F) {
	f.Add([]byte(bare))
	f.Add([]byte(`{"entry":` + bare + `,"protected":{"said_by.name":{"en":"Vera"},"body.place":{"lon":"30.75","lat":"46.4"}}}`))
	f.Add([]byte(`{"entry":` + bare + `,"protected":{"said_by[0].name":[1.5e3,-0,true,"\ud83d\ude00<&>"]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, openings, err := ReadDraft("d", 1, data, bytes.NewReader(make([]byte, 32*16)))
		if err != nil {
			var list problem.List
			if !errors.As(err, &list) || slices.ContainsFunc(list, func(p problem.Problem) bool { return p.What == "" || p.Line < 1 || p.Column < 1 }) {
				t.Fatalf("%#v", err)
			}
			return
		}
		for _, o := range openings {
			if !o.Opens(&e) {
				t.Fatalf("%s does not open", o.Field)
			}
			if again, err := record.CanonicalJSON(o.Value); err != nil || !bytes.Equal(again, o.Value) {
				t.Fatalf("%s: %q is not canonical: %v", o.Field, o.Value, err)
			}
		}
		if l, err := record.Submission(e, ""); err == nil && len(l.Entry.Sealed) < len(openings) {
			t.Fatal("a commitment is lost")
		}
	})
}
