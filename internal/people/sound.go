package people

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// script of a word.
type script int

const (
	otherScript script = iota
	latinScript
	cyrillicScript
	hanScript
)

func scriptOf(s string) script {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			return hanScript
		case unicode.Is(unicode.Cyrillic, r):
			return cyrillicScript
		case unicode.Is(unicode.Latin, r):
			return latinScript
		}
	}
	return otherScript
}

// words cuts a name at spaces, hyphens and the dots that part foreign names in Chinese.
func words(name string) []string {
	return strings.FieldsFunc(strings.ToLower(norm.NFC.String(name)), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(".,·・‧•-‐–—()\"«»„“”", r)
	})
}

// alike are groups of letters that different systems write for one another, longest
// first; what is left is the word's sound, by which spellings are compared.
var alike = strings.NewReplacer(
	"shch", "s", "sch", "s", "tsch", "c", "tch", "c", "zgh", "zg",
	"kh", "h", "gh", "h", "zh", "z", "sh", "s", "ch", "c", "ts", "c", "tz", "c", "cz", "c", "ph", "f", "th", "t", "ck", "k", "ks", "x",
	"yi", "i", "yy", "i", "iy", "i", "ij", "i", "yj", "i", "ii", "i", "ye", "e", "ie", "e", "je", "e", "yo", "o", "io", "o", "jo", "o",
	"yu", "u", "iu", "u", "ju", "u", "ya", "a", "ia", "a", "ja", "a", "oo", "u", "ou", "u",
	"y", "i", "j", "i", "w", "v", "g", "h", "q", "k",
	"'", "", "’", "", "ʼ", "", "`", "", "”", "",
)

// sounds gives the forms by which a word is compared: one for a word of Latin letters,
// one by the way of each language for a Cyrillic one, the word itself for a Chinese one.
func sounds(word string) []string {
	switch scriptOf(word) {
	case cyrillicScript:
		uk, ru := sound(Latin(word, UkrainianNational)), sound(Latin(word, RussianCommon))
		if uk == ru {
			return []string{uk}
		}
		return []string{uk, ru}
	case latinScript:
		return []string{sound(word)}
	}
	return []string{word}
}

func sound(latin string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ReplaceAll(latin, "ł", "l")) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	s := alike.Replace(b.String())
	out := make([]rune, 0, len(s))
	for _, r := range s { // a doubled letter is one
		if len(out) == 0 || out[len(out)-1] != r {
			out = append(out, r)
		}
	}
	return string(out)
}

// endings of cases of names in Russian and Ukrainian, longest first.
var endings = []string{
	"ського", "ському", "ского", "скому", "ською", "ської", "ській", "ським", "ськім", "ским", "ском", "ской", "ською", "ська", "ську", "ская", "скую", "ский", "ський",
	"ого", "его", "ому", "ему", "ові", "еві", "єві", "ою", "ею", "єю", "ом", "ем", "єм", "ым", "им", "ім", "ой", "ей", "ый", "ий", "ій", "ая", "ую",
	"а", "я", "у", "ю", "е", "є", "и", "і", "ї", "ы", "й", "ь", "о",
}

// stem is a Cyrillic word without the ending of its case.
func stem(word string) string {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(word, e); ok && len([]rune(rest)) >= 3 {
			if strings.HasPrefix(e, "ск") || strings.HasPrefix(e, "ськ") {
				return rest + "ск"
			}
			return rest
		}
	}
	return word
}
