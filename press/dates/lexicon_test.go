package dates

import (
	"slices"
	"testing"
)

// Every line of every file must be one that the program can read and uses.
func TestLexiconsAreSound(t *testing.T) {
	for lang := range languages() {
		for _, fault := range load(lang).faults {
			t.Error(fault)
		}
	}
}

func TestLanguages(t *testing.T) {
	var have []string
	for lang := range languages() {
		have = append(have, lang)
	}
	slices.Sort(have)
	if want := []string{"en", "ru", "uk", "zh"}; !slices.Equal(have, want) {
		t.Errorf("languages %v, want %v", have, want)
	}
}
