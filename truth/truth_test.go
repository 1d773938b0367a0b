package truth

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var all = []Value{No, Maybe, Yes}

func TestKleeneTables(t *testing.T) {
	// Rows and columns in the order no, maybe, yes.
	and := [3][3]Value{{No, No, No}, {No, Maybe, Maybe}, {No, Maybe, Yes}}
	or := [3][3]Value{{No, Maybe, Yes}, {Maybe, Maybe, Yes}, {Yes, Yes, Yes}}
	for i, a := range all {
		for j, b := range all {
			if got := And(a, b); got != and[i][j] {
				t.Errorf("%v and %v = %v, want %v", a, b, got, and[i][j])
			}
			if got := Or(a, b); got != or[i][j] {
				t.Errorf("%v or %v = %v, want %v", a, b, got, or[i][j])
			}
		}
	}
	for i, want := range []Value{Yes, Maybe, No} {
		if got := all[i].Not(); got != want {
			t.Errorf("not %v = %v, want %v", all[i], got, want)
		}
	}
}

func TestNothingIsYesForAndAndNoForOr(t *testing.T) {
	if And() != Yes || Or() != No {
		t.Errorf("And() = %v, Or() = %v", And(), Or())
	}
	if All().Value != Yes || Any().Value != No {
		t.Errorf("All() = %v, Any() = %v", All(), Any())
	}
}

func TestZeroValueIsMaybe(t *testing.T) {
	var v Value
	var a Answer
	if v != Maybe || a.Value != Maybe || Of(true) != Yes || Of(false) != No {
		t.Errorf("zero values are %v and %v", v, a.Value)
	}
}

func TestKleeneLaws(t *testing.T) {
	for _, a := range all {
		for _, b := range all {
			if And(a, b).Not() != Or(a.Not(), b.Not()) {
				t.Errorf("De Morgan fails for %v, %v", a, b)
			}
			if Or(a, And(a, b)) != a || And(a, Or(a, b)) != a {
				t.Errorf("absorption fails for %v, %v", a, b)
			}
			for _, c := range all {
				if And(a, Or(b, c)) != Or(And(a, b), And(a, c)) {
					t.Errorf("distribution fails for %v, %v, %v", a, b, c)
				}
				if And(a, b, c) != And(And(a, b), c) || Or(a, b, c) != Or(a, Or(b, c)) {
					t.Errorf("association fails for %v, %v, %v", a, b, c)
				}
			}
		}
	}
}

// Settling a maybe never turns a yes into a no or back: what was answered stays answered.
func TestSettlingAMaybeKeepsWhatWasAnswered(t *testing.T) {
	for _, a := range all {
		for _, settled := range []Value{No, Yes} {
			if before, after := And(a, Maybe), And(a, settled); before != Maybe && before != after {
				t.Errorf("%v and maybe = %v, but and %v = %v", a, before, settled, after)
			}
			if before, after := Or(a, Maybe), Or(a, settled); before != Maybe && before != after {
				t.Errorf("%v or maybe = %v, but or %v = %v", a, before, settled, after)
			}
		}
	}
}

func TestTextOfValues(t *testing.T) {
	for v, word := range map[Value]string{No: "no", Maybe: "maybe", Yes: "yes"} {
		text, err := v.MarshalText()
		if err != nil || string(text) != word || v.String() != word {
			t.Errorf("%d is written %q (%v), want %q", v, text, err, word)
		}
		var back Value = 7
		if err := back.UnmarshalText(text); err != nil || back != v {
			t.Errorf("%q is read as %v (%v)", text, back, err)
		}
	}
	if _, err := Value(2).MarshalText(); err == nil {
		t.Error("2 is written without an error")
	}
	if got := Value(2).String(); got != "truth(2)" {
		t.Errorf("2 is shown as %q", got)
	}
	for _, bad := range []string{"", "Yes", "true", "no "} {
		v := Yes
		if err := v.UnmarshalText([]byte(bad)); err == nil || v != Yes {
			t.Errorf("%q is read as %v (%v)", bad, v, err)
		}
	}
}

func TestAnswersKeepTheGapsOfTheirMaybes(t *testing.T) {
	weapon := Gap{Code: "weapon-class"}
	place := Gap{Code: "place-band", Args: Args{"km": "4"}}
	wider := Gap{Code: "place-band", Args: Args{"km": "9"}}
	tests := []struct {
		rule string
		got  Answer
		want Answer
	}{
		{"all: a no ends it", All(Unknown(weapon), Certain(false), Unknown(place)), Answer{Value: No}},
		{
			"all: the gaps of every maybe, each once, in order",
			All(Unknown(place, weapon), Certain(true), Unknown(wider, place)),
			Answer{Gaps: []Gap{place, weapon, wider}},
		},
		{"all: yes has no gaps", All(Certain(true), Certain(true)), Answer{Value: Yes}},
		{"any: a yes ends it", Any(Unknown(weapon), Certain(true)), Answer{Value: Yes}},
		{"any: the gaps of every maybe", Any(Unknown(weapon), Certain(false), Unknown(weapon)), Answer{Gaps: []Gap{weapon}}},
		{"any: no has no gaps", Any(Certain(false)), Answer{Value: No}},
		{"not keeps the gaps", Unknown(weapon).Not(), Answer{Gaps: []Gap{weapon}}},
		{"not of yes", Certain(true).Not(), Answer{Value: No}},
		{"from drops the gaps of what is certain", From(Yes, weapon), Answer{Value: Yes}},
		{"from keeps those of a maybe", From(Maybe, weapon, weapon), Answer{Gaps: []Gap{weapon}}},
		{"gaps on a certain answer do not spread", All(Answer{Value: Yes, Gaps: []Gap{weapon}}, Unknown(place)), Answer{Gaps: []Gap{place}}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.rule, diff)
		}
	}
}

func TestGapAsText(t *testing.T) {
	if got := (Gap{Code: "c"}).String(); got != "c" {
		t.Errorf("got %q", got)
	}
	g := Gap{Code: "place-band", Args: Args{"line": "2.5", "km": "4"}}
	if got, want := g.String(), "place-band(km=4, line=2.5)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	text, err := json.Marshal(g)
	if want := `{"code":"place-band","args":{"km":"4","line":"2.5"}}`; err != nil || string(text) != want {
		t.Errorf("got %s (%v), want %s", text, err, want)
	}
}

func TestAnswersFollowTheirValues(t *testing.T) {
	answer := rapid.Custom(func(t *rapid.T) Answer {
		v := rapid.SampledFrom(all).Draw(t, "value")
		code := rapid.SliceOfN(rapid.StringMatching(`[ab]`), 0, 3).Draw(t, "codes")
		var gaps []Gap
		for _, c := range code {
			gaps = append(gaps, Gap{Code: c})
		}
		return From(v, gaps...)
	})
	rapid.Check(t, func(t *rapid.T) {
		answers := rapid.SliceOfN(answer, 0, 5).Draw(t, "answers")
		values := make([]Value, len(answers))
		opposite := make([]Answer, len(answers))
		for i, a := range answers {
			values[i], opposite[i] = a.Value, a.Not()
		}
		both, either := All(answers...), Any(answers...)
		if both.Value != And(values...) || either.Value != Or(values...) {
			t.Fatalf("all %v, any %v of %v", both, either, values)
		}
		for _, a := range []Answer{both, either} {
			if a.Value != Maybe && len(a.Gaps) > 0 {
				t.Fatalf("%v carries gaps %v", a.Value, a.Gaps)
			}
			for i, g := range a.Gaps {
				for _, h := range a.Gaps[:i] {
					if g.Equal(h) {
						t.Fatalf("gap %v twice", g)
					}
				}
			}
		}
		if diff := cmp.Diff(both.Not(), Any(opposite...)); diff != "" {
			t.Fatalf("De Morgan fails for answers: %s", diff)
		}
	})
}

func FuzzUnmarshalText(f *testing.F) {
	for _, seed := range []string{"no", "maybe", "yes", "", "YES", "truth(5)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var v Value
		if err := v.UnmarshalText([]byte(text)); err == nil && v.String() != text {
			t.Errorf("%q is read as %v", text, v)
		}
	})
}
