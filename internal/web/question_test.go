package web

import (
	"testing"
)

func TestParagraphsAreJoinedAsTheirScriptWants(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
	}{
		{"one\ntwo\n\nthree\n", []string{"one two", "three"}},
		{"停火\n三十天", []string{"停火三十天"}},
		{"停火 30\n天", []string{"停火 30 天"}},
		{"\n\n \n", nil},
		{"a\r\nb\r\n\r\nc", []string{"a b", "c"}},
	} {
		got := paragraphs(tt.in)
		if len(got) != len(tt.want) {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
			}
		}
	}
}

func TestSharesAreWrittenAsDrawingsTakeThem(t *testing.T) {
	for in, want := range map[share]string{0: "0.0%", 3: "0.3%", 125: "12.5%", 1000: "100.0%"} {
		if got := in.String(); got != want {
			t.Errorf("%d: %s, want %s", int(in), got, want)
		}
	}
}
