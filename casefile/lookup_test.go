package casefile_test

import (
	"bytes"
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

func TestManifest(t *testing.T) {
	files := training(t)
	text, version, err := casefile.Manifest(files, "agreements/harbour")
	if err != nil {
		t.Fatal(err)
	}
	if stored := files["agreements/harbour/MANIFEST"].Data; !bytes.Equal(text, stored) || version != sum(stored) {
		t.Errorf("got %s\nwant %s", text, stored)
	}
	for dir, code := range map[string]string{"agreements/none": "missing-file", "empty": "empty-version"} {
		files["empty/MANIFEST"] = &fstest.MapFile{}
		_, _, err := casefile.Manifest(files, dir)
		var list problem.List
		if !errors.As(err, &list) || list[0].Code != code || list[0].File != dir {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestNames(t *testing.T) {
	c, err := casefile.Load(training(t))
	if err != nil {
		t.Fatal(err)
	}
	type answer struct{ name, used string }
	give := func(name, used string) answer { return answer{name, used} }
	tests := []struct {
		about     string
		got, want answer
	}{
		{"the language asked for", give(c.PartyName("A", "uk")), answer{"Республіка А", "uk"}},
		{"short", give(c.PartyShort("B", "zh")), answer{"B", "zh"}},
		{"English instead", give(c.PartyName("M", "ru")), answer{"Office of the Mediator", "en"}},
		{"the base of the language", give(c.PersonName("doe", "zh-Hant")), answer{"简·多伊", "zh"}},
		{"unknown", give(c.PartyName("X", "en")), answer{"X", ""}},
		{"series", give(c.SeriesName("heads-of-service", "zh")), answer{"情报首长通话", "zh"}},
		{"area", give(c.AreaName("harbour", "zh")), answer{"港口", "zh"}},
		{"unknown area", give(c.AreaName("hills", "zh")), answer{"hills", ""}},
		{"agreement", give(c.AgreementTitle("harbour", "en")), answer{"Harbour truce", "en"}},
		{"unknown agreement", give(c.AgreementTitle("hills", "en")), answer{"hills", ""}},
		{"any language", give(record.Text{"uk": "є", "fr": "oui"}.In("de")), answer{"oui", "fr"}},
		{"none", give(record.Text{}.In("de")), answer{"", ""}},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.about, tt.got, tt.want)
		}
	}
	for spelling, id := range map[string]string{"j. doe": "doe", "Doe,  Jane": "doe", "ДЖЕЙН ДОУ": "doe", "Richard Roe": "roe"} {
		if p, ok := c.PersonBySpelling(spelling); !ok || p.ID != id {
			t.Errorf("%q leads to %v", spelling, p.ID)
		}
	}
	if p, ok := c.PersonBySpelling("Doe"); ok {
		t.Errorf("half a name leads to %s", p.ID)
	}
	if _, ok := c.Person("nobody"); ok {
		t.Error("nobody is known")
	}
	if diff := cmp.Diff([]string{"A", "B", "M"}, c.PartyCodes()); diff != "" {
		t.Error(diff)
	}
}
