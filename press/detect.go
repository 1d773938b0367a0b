package press

import "unicode"

// Detect tells the language of a text by its letters and its short frequent words, or
// gives "" when it is none that there are rules for.
func Detect(text string) string {
	if len(text) > 20000 {
		text = text[:20000]
	}
	han, letters := 0, 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			han++
			letters++
		} else if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters == 0 {
		return ""
	}
	best, most, words := "", 0, 0
	counts := map[string]int{}
	scan(text, func(start, end int, kind tokenKind) {
		if kind != kindWord && kind != kindHan {
			return
		}
		words++
		for _, lang := range languages() {
			lex, err := lexicons()[lang]()
			if err != nil {
				continue
			}
			if _, ok := lex.profile[lex.folded(text[start:end])]; ok {
				counts[lang]++
			}
		}
	})
	for _, lang := range languages() {
		if counts[lang] > most {
			best, most = lang, counts[lang]
		}
	}
	if most*20 < words {
		return ""
	}
	return best
}
