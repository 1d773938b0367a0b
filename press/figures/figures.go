// Package figures finds the figures in a news text: counts, shares and percentages in digits,
// in words and in Chinese numerals, each with how it was hedged. It has no I/O.
//
// Words of each language are files under lexicon, checked by the tests: a line is a class, a
// value and the forms that have it. The classes are
//
//	number      adds its value: 20, 300
//	times       multiplies what stands before it: hundred
//	scale       multiplies likewise and may follow digits: thousand, млн, 万
//	percent     the figure is a percentage
//	before      a hedge before the figure: about, at-least, more-than, less-than
//	after       a hedge after it
//	joint       may stand between the words of a number: and
//	part        a denominator that needs a numerator: пятых, fifths
//	part-of     one that also stands alone before a word of class part-word: a fifth of
//	share       a fraction by itself: половина, треть
//	part-word   what such a denominator needs behind it
//	one         a numerator, not a number: a
//	not-before  words before which a number tells no count: "one of"
//	not-after   words after which one is no count: no one
//	no-figure   words that make the number before them an ordinal or a time of the day
//	no-hedge    words that only look like a hedge: hand over
//	ordinal     endings that make digits an ordinal: th, -й
//	no-unit     words that are not what is counted: and, of
//	range       words and marks between the ends of a range, which share percent and unit
//	measure     Chinese measure words: numerals count only before them
//
// Figures that are part of a date are found too: whoever also looks for dates drops those.
package figures

import "strconv"

// How a figure was hedged: the values are those of record.Hedge.
const (
	Exact    = "exact"
	About    = "about"
	AtLeast  = "at-least"
	MoreThan = "more-than"
	LessThan = "less-than" // "at most" too: the record has nothing nearer
)

// Figure is a figure that the text gives. Positions are bytes of the text, ends excluded.
type Figure struct {
	Start, End         int    // with its hedge and its percent sign
	N                  string // "12500", "3.5", or a fraction as "1/5": exactly what is said
	Percent            bool   // N is so many of a hundred
	Hedge              string // one of the constants above
	UnitStart, UnitEnd int    // the word that is counted, or the measure word; equal if there is none
}

// Find gives the figures of a text in order; they never overlap. Lang is "en", "ru", "uk"
// or "zh": any other finds nothing.
func Find(lang, text string) []Figure {
	lx := load(lang)
	if lx == nil {
		return nil
	}
	s := scanner{lx: lx, text: text}
	var found []Figure
	for at, free := s.next(0), 0; at < len(text); at = s.next(at) {
		f, end := s.figure(at)
		if f.N == "" {
			if end <= at {
				end = s.over(at)
			}
			at = end
			continue
		}
		s.hedge(&f, free)
		if n := len(found); n > 0 {
			s.share(&found[n-1], &f)
		}
		found = append(found, f)
		at, free = f.End, f.End
	}
	return found
}

// value is a number as it was read: n tenths, hundredths and so on by places, over den.
type value struct {
	n      int64
	places int
	den    int64 // 0 for what is no fraction
}

const most = int64(1e16) // no figure of the news is as large

// times is false if the number becomes too large.
func (v *value) times(by int64) bool {
	for by%10 == 0 && v.places > 0 {
		by /= 10
		v.places--
	}
	if v.n > most/by {
		return false
	}
	v.n *= by
	return true
}

func (v value) String() string {
	if v.den != 0 {
		return strconv.FormatInt(v.n, 10) + "/" + strconv.FormatInt(v.den, 10)
	}
	for v.places > 0 && v.n%10 == 0 {
		v.n /= 10
		v.places--
	}
	digits := strconv.FormatInt(v.n, 10)
	if v.places == 0 {
		return digits
	}
	for len(digits) <= v.places {
		digits = "0" + digits
	}
	return digits[:len(digits)-v.places] + "." + digits[len(digits)-v.places:]
}
