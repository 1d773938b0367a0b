package web

import "testing"

func TestWhatTurnsOthersIsShownByItsNumber(t *testing.T) {
	for in, want := range map[string]string{
		"<p>plain 中文</p>":                             "<p>plain 中文</p>",
		"<p>A\u202egnp</p>":                           "<p>AU+202Egnp</p>",
		"<p>\u2066x\u2069 \u200f</p>":                 "<p>U+2066xU+2069 \u200f</p>",
		"<input value=\"\u202ex\"> <b>\u202c\xff</b>": "<input value=\"\u202ex\"> <b>U+202C\xff</b>",
	} {
		if got := string(unturned([]byte(in))); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
