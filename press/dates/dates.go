// Package dates finds the dates in a news text and tells which they are, counted from the
// day on which the text was published. It is given text and day: no clock, no I/O.
//
// A date keeps the precision in which it is told: a month is a month, "last week" the
// interval from Monday to Sunday. What is told too vaguely for EDTF is found and left
// unresolved. Words and rules of each language are files under lexicon; README.md of this
// package says how to read and extend them.
//
// How a date is resolved against the day of publication P:
//
//  1. A full date is what it says.
//  2. A month and day without a year is the latest such day not after P; a month without
//     a year the latest month that has begun by P; a season likewise.
//  3. A bare day of the month ("11日", "11 числа") lies in the month of P, or, if that is
//     later than P, in the latest month before that has such a day.
//  4. A bare weekday is the latest such day not after P: P itself on its own weekday.
//  5. Where the words around say that it is still to come (will, состоится, 将于), rules 2 to 4
//     take the earliest one not before P. After words that look both ways (until, by, до,
//     之前) they take the one nearest to P; after since, from, с, 自 too, but a later one only
//     if it is three times as near.
//  6. A weekday beside a month and day without a year chooses among the years about P.
//  7. "Last Tuesday", 上周二 is Tuesday of the week before that of P, "next Tuesday" of the week
//     after, "this Tuesday" of the same week; weeks begin on Monday. "This past Tuesday" is
//     the latest before P, "this coming Tuesday" the earliest after it. "Last March" and "next
//     March" are never the present one.
//  8. "Last week", "next month", "this year" are that whole week, month or year: a week is
//     an interval of two days, "2025-03-03/2025-03-09".
//  9. "Three days ago" is a day, "two weeks ago" that week, "two months ago" that month.
//  10. "The past three days" is the interval from three days before P to P, "the next 48
//     hours" from P to two days after it.
//     "Over the weekend" is the latest weekend that has begun by P, Saturday to Sunday.
//  11. "Earlier this month", "in early March", "3月底" is the month.
//     "The first week of March" is the week that has the month's first Thursday.
//  12. A night to Wednesday (в ночь на среду) is Wednesday; the night from Tuesday to
//     Wednesday is the interval of both.
//  13. A time of the day belongs to the span. It makes the date a time only if its zone is
//     said ("09:30 UTC"); otherwise the day remains.
//  14. "Yesterday", накануне, 昨日 is the day before P. "The same day", "the next day", 次日
//     count from the day named last before in the text, or stay unresolved.
//  15. Of a stretch whose ends share parts ("11–13 марта", "3月11日至13日") each takes what it
//     lacks from the other. A stretch without a year is the latest that has begun by P, or,
//     still to come, the earliest that has not ended; "from 19 to 21 April" follows rule 5.
//
// Inside a quotation P is the day on which the quoted person spoke: find the quotation's
// text by itself and give that day.
package dates

import "time"

// How precisely a date is told.
const (
	Minute    = "minute"      // a clock time whose zone is said
	PartOfDay = "part-of-day" // EDTF has the day
	Day       = "day"
	Week      = "week" // EDTF is an interval of its Monday and Sunday
	Month     = "month"
	Season    = "season" // and quarters and halves of a year
	Year      = "year"
	Interval  = "interval"
	Vague     = "vague" // "recently", "in the coming days": no EDTF
)

// Found is a date that the text names.
type Found struct {
	Start, End int    // bytes of the text, the end excluded; without a leading preposition
	EDTF       string // "" if it is vague, or relative and nothing is known to count from
	Precise    string // one of the constants above
	Relative   bool   // it had to be counted from another day
	Weekday    bool   // the weekday alone tells the day
	Ahead      bool   // the words around say that it is still to come
	Rule       string // file and line of the rule, for whoever mends the rules
}

// Find gives the dates of a text in order; they never overlap. Lang is "en", "ru", "uk" or
// "zh": any other finds nothing. Published is the day to count from, "2025-03-12"; a clock
// time after it is ignored, and if it is not a day, relative dates stay unresolved.
func Find(lang, text, published string) []Found {
	lx := load(lang)
	if lx == nil {
		return nil
	}
	r := resolver{lx: lx, text: text, base: date(2000, 1, 1)} // any, where none is known
	if len(published) >= 10 {
		if t, err := time.Parse(time.DateOnly, published[:10]); err == nil {
			r.base, r.known = t, true
		}
	}
	var found []Found
	m := matcher{lx: lx, text: text}
	for at := 0; at < len(text); {
		at = m.next(at)
		if at >= len(text) {
			break
		}
		hit, ok := m.at(at)
		if !ok {
			at = m.over(at)
			continue
		}
		if hit.start > at { // the rule asked for a preposition: without it another may read farther
			if more, ok := m.at(hit.start); ok && more.end > hit.end {
				hit = more
			}
		}
		f, ok := r.resolve(hit)
		if ok { // the 30th of February is no date, and none of its parts is meant
			found = append(found, f)
		}
		at = max(hit.end, m.over(at))
	}
	return found
}
