package people

import (
	"strings"
	"unicode"
)

// System is a way of writing Cyrillic names in Latin letters.
type System string

// The systems. Chinese has none here: only what the case's table says holds.
const (
	UkrainianNational System = "uk-2010"   // Ukraine's national system, Cabinet resolution 55 of 27 January 2010
	UkrainianBGN      System = "uk-bgn"    // in the manner of BGN/PCGN 1965
	RussianCommon     System = "ru-common" // as newspapers write it
	RussianBGN        System = "ru-bgn"    // in the manner of BGN/PCGN 1947
)

// Systems lists the systems of a language.
func Systems(lang string) []System {
	switch lang {
	case "uk":
		return []System{UkrainianNational, UkrainianBGN}
	case "ru":
		return []System{RussianCommon, RussianBGN}
	}
	return nil
}

// letters of the four systems; what stands before a comma is written at the beginning of
// a word, and for a Russian "е" after a vowel, too.
var letters = map[System]map[rune]string{
	UkrainianNational: {
		'а': "a", 'б': "b", 'в': "v", 'г': "h", 'ґ': "g", 'д': "d", 'е': "e", 'є': "ye,ie", 'ж': "zh", 'з': "z", 'и': "y", 'і': "i",
		'ї': "yi,i", 'й': "y,i", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
		'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ь': "", 'ю': "yu,iu", 'я': "ya,ia", '\'': "", '’': "", 'ʼ': "",
	},
	UkrainianBGN: {
		'а': "a", 'б': "b", 'в': "v", 'г': "h", 'ґ': "g", 'д': "d", 'е': "e", 'є': "ye", 'ж': "zh", 'з': "z", 'и': "y", 'і': "i",
		'ї': "yi", 'й': "y", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
		'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ь': "’", 'ю': "yu", 'я': "ya", '\'': "”", '’': "”", 'ʼ': "”",
	},
	RussianCommon: {
		'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "ye,e", 'ё': "yo", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y", 'к': "k",
		'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts",
		'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	},
	RussianBGN: {
		'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "ye,e", 'ё': "yë,ë", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y", 'к': "k",
		'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts",
		'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "”", 'ы': "y", 'ь': "’", 'э': "e", 'ю': "yu", 'я': "ya",
	},
}

// Latin writes a name in Latin letters; what is not Cyrillic stays as it is.
func Latin(name string, by System) string {
	table := letters[by]
	if table == nil {
		return name
	}
	in := []rune(name)
	var out strings.Builder
	for i := 0; i < len(in); i++ {
		low := unicode.ToLower(in[i])
		to, known := table[low]
		if !known {
			out.WriteRune(in[i])
			continue
		}
		before := rune(0)
		if i > 0 {
			before = unicode.ToLower(in[i-1])
		}
		first, later, two := strings.Cut(to, ",")
		if two && !opening(by, before) {
			first = later
		}
		switch {
		case by == UkrainianNational && low == 'г' && before == 'з': // zgh, to tell it from ж
			first = "gh"
		case by == RussianCommon && (low == 'и' || low == 'ы') && i+1 < len(in) && unicode.ToLower(in[i+1]) == 'й' && endOfWord(in, i+2):
			first = "y" // -ий and -ый are -y
			i++
		}
		out.WriteString(cased(first, in, i))
	}
	return out.String()
}

// opening tells whether a letter is written in its first form after another letter.
func opening(by System, before rune) bool {
	if !unicode.IsLetter(before) && before != '\'' && before != '’' && before != 'ʼ' {
		return true
	}
	return by == RussianBGN && strings.ContainsRune("аеёиоуыэюяйъь", before) || by == RussianCommon && strings.ContainsRune("ъь", before)
}

func endOfWord(in []rune, at int) bool { return at >= len(in) || !unicode.IsLetter(in[at]) }

// cased gives a letter's Latin form the case of the letter; in a word of capitals the
// whole of it.
func cased(latin string, in []rune, at int) string {
	if latin == "" || !unicode.IsUpper(in[at]) {
		return latin
	}
	if at+1 < len(in) && unicode.IsUpper(in[at+1]) || at > 0 && unicode.IsUpper(in[at-1]) && endOfWord(in, at+1) {
		return strings.ToUpper(latin)
	}
	r := []rune(latin)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
