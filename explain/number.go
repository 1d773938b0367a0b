package explain

import (
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// tags of the languages, by code.
var tags = map[string]language.Tag{
	"en": language.BritishEnglish, "ru": language.Russian, "uk": language.Ukrainian, "zh": language.SimplifiedChinese,
}

// plural writes the form of a placeholder that the number asks for.
func (p *part) plural(b *strings.Builder, lang, value string) {
	want := category(lang, value)
	chosen := -1
	for i, f := range p.forms {
		if f.category == want || chosen < 0 && f.category == plural.Other {
			chosen = i
			if f.category == want {
				break
			}
		}
	}
	if chosen < 0 { // cannot be: parsing asks for "other"
		b.WriteString(value)
		return
	}
	for i, piece := range p.forms[chosen].pieces {
		if i > 0 {
			b.WriteString(number(lang, value))
		}
		b.WriteString(piece)
	}
}

// category is CLDR's plural category of a decimal number; "other" for what is no
// number.
func category(lang, value string) plural.Form {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(value, "-"), ".")
	if !digits(whole) || fraction != "" && !digits(fraction) {
		return plural.Other
	}
	i, err := strconv.Atoi(tail(whole))
	if err != nil {
		return plural.Other
	}
	bare := strings.TrimRight(fraction, "0")
	f, err := strconv.Atoi("0" + tail(fraction))
	if err != nil {
		return plural.Other
	}
	t, err := strconv.Atoi("0" + tail(bare))
	if err != nil {
		return plural.Other
	}
	return plural.Cardinal.MatchPlural(tags[lang], i, len(fraction), len(bare), f, t)
}

// tail keeps the last digits: plural rules look at no more than a remainder by
// 1,000,000. A long number keeps a leading 1, so that it is not taken for a small one.
func tail(s string) string {
	const kept = 7
	if len(s) <= kept {
		return s
	}
	return "1" + s[len(s)-kept+1:]
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// number writes a decimal number with the separators of a language: 1,204.5 in
// English and Chinese, 1 204,5 (with no-break spaces) in Russian and Ukrainian. A
// number of four digits is grouped in English and Chinese only, as is the custom.
// What is no number stands as it is.
func number(lang, value string) string {
	sign, rest := "", value
	if strings.HasPrefix(rest, "-") {
		sign, rest = "−", rest[1:]
	}
	whole, fraction, hasFraction := strings.Cut(rest, ".")
	if !digits(whole) || hasFraction && !digits(fraction) {
		return value
	}
	group, point, least := ",", ".", 4
	if lang == "ru" || lang == "uk" {
		group, point, least = "\u00a0", ",", 5
	}
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if left := len(whole) - i; i > 0 && left%3 == 0 && len(whole) >= least {
			b.WriteString(group)
		}
		b.WriteByte(whole[i])
	}
	if hasFraction {
		b.WriteString(point + fraction)
	}
	return b.String()
}
