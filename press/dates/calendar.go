package dates

import (
	"fmt"
	"time"
)

// told is a date with what it hangs on.
type told struct {
	first, last time.Time // its first and last day
	edtf        string
	precise     string
	relative    bool
	weekday     bool
	lost        bool // it hangs on a day that nobody named
}

func day(t time.Time) told {
	return told{first: t, last: t, edtf: t.Format(time.DateOnly), precise: Day}
}

func stretch(a, b time.Time, precise string) told {
	return told{first: a, last: b, edtf: a.Format(time.DateOnly) + "/" + b.Format(time.DateOnly), precise: precise}
}

func month(y, m int) told {
	first := date(y, m, 1)
	return told{first: first, last: first.AddDate(0, 1, -1), edtf: fmt.Sprintf("%04d-%02d", y, m), precise: Month}
}

func year(y int) told {
	return told{first: date(y, 1, 1), last: date(y, 12, 31), edtf: fmt.Sprintf("%04d", y), precise: Year}
}

// partOfYear gives a season (21 to 24), a quarter (33 to 36) or a half (40, 41).
func partOfYear(y, code int) told {
	var first int
	length := 3
	switch {
	case code <= 24:
		first = 3 + 3*(code-21)
	case code <= 36:
		first = 1 + 3*(code-33)
	default:
		first, length = 1+6*(code-40), 6
	}
	from := date(y, first, 1)
	return told{first: from, last: from.AddDate(0, length, -1), edtf: fmt.Sprintf("%04d-%02d", y, code), precise: Season}
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func valid(y, m, d int) bool {
	return m >= 1 && m <= 12 && d >= 1 && d <= date(y, m+1, 0).Day()
}

func monday(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }

// addMonths moves a day by n months, to the last day of a month that is too short.
func addMonths(t time.Time, n int) time.Time {
	first := date(t.Year(), int(t.Month())+n, 1)
	return date(first.Year(), int(first.Month()), min(t.Day(), first.AddDate(0, 1, -1).Day()))
}
