package record

import (
	"maps"
	"slices"
	"strings"
)

// In gives the text in a language and the language that it is really in: the one
// asked for ("zh-Hant"), else its base ("zh"), else English, else the first of
// the others by tag. Both are empty when there is no text at all.
func (t Text) In(lang string) (text, used string) {
	base, _, _ := strings.Cut(lang, "-")
	for _, l := range []string{lang, base, "en"} {
		if s, ok := t[l]; ok {
			return s, l
		}
	}
	for _, l := range slices.Sorted(maps.Keys(t)) {
		return t[l], l
	}
	return "", ""
}
