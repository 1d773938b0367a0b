package moment

import (
	"fmt"
	"strconv"
	"strings"
)

// Duration is a length of time as an agreement states it, unit by unit: a month is not a number of
// days, and a day is not always 24 hours. No unit is negative or above 999,999,999.
type Duration struct{ Years, Months, Weeks, Days, Hours, Minutes, Seconds int }

// IsZero tells whether all units are 0.
func (d Duration) IsZero() bool { return d == Duration{} }

// units gives the letters of ISO 8601 with the unit of d that each stands for; the clock's come last.
func (d *Duration) units() [7]struct {
	letter byte
	value  *int
} {
	return [7]struct {
		letter byte
		value  *int
	}{
		{'Y', &d.Years},
		{'M', &d.Months},
		{'W', &d.Weeks},
		{'D', &d.Days},
		{'H', &d.Hours},
		{'M', &d.Minutes},
		{'S', &d.Seconds},
	}
}

const dateUnits = 4 // of units

// ParseDuration reads ISO 8601: "P30D", "P1Y6M", "PT72H", "P2W". Each unit stands at most once, in
// the order Y M W D, then T, then H M S; weeks may stand beside others, as ISO 8601-2 has it. Signs
// and fractions are refused, as is a length that names no unit. An error is an [*Error].
func ParseDuration(text string) (Duration, error) {
	var d Duration
	r := reader{text: text, end: len(text)}
	const example = "write a length such as P30D, P1M or PT72H"
	if !r.take('P') {
		return d, r.fail(0, "a length of time begins with P", example)
	}
	units := d.units()
	next, clock, count := 0, false, 0
	for r.pos < r.end {
		if !clock && r.take('T') {
			next, clock = dateUnits, true
			if r.pos == r.end {
				return Duration{}, r.fail(r.pos, "hours, minutes or seconds are missing after T", "write them, or leave the T out")
			}
			continue
		}
		at := r.pos
		var digits string
		for c := r.peek(); c >= '0' && c <= '9'; c = r.peek() {
			r.pos++
		}
		digits = text[at:r.pos]
		if digits == "" {
			return Duration{}, r.fail(at, "a number is expected, not "+quoteShort(text[at:]), example)
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n > 999_999_999 {
			return Duration{}, r.fail(at, "the number is above 999,999,999", "use a larger unit")
		}
		if c := r.peek(); c == '.' || c == ',' {
			return Duration{}, r.fail(r.pos, "a length has no fractions", "use a smaller unit: PT36H for a day and a half")
		}
		last := len(units)
		if !clock {
			last = dateUnits
		}
		k := next
		for k < last && units[k].letter != r.peek() {
			k++
		}
		if k == last {
			return Duration{}, r.fail(r.pos, unitProblem(r.peek(), clock), "write the units once each, in the order P Y M W D T H M S")
		}
		*units[k].value = n
		r.pos++
		next = k + 1
		count++
	}
	if count == 0 {
		return Duration{}, r.fail(r.pos, "no unit is named", example)
	}
	return d, nil
}

// unitProblem says why a letter cannot stand as a unit here.
func unitProblem(letter byte, clock bool) string {
	switch {
	case letter == 0:
		return "the unit is missing after the number"
	case !clock && (letter == 'H' || letter == 'S'):
		return "hours and seconds stand after T"
	case strings.IndexByte("YMWDHS", letter) >= 0:
		return fmt.Sprintf("the unit %c is out of order, repeated, or on the wrong side of T", letter)
	}
	return "no unit is written " + quoteShort(string(rune(letter)))
}

// String gives ISO 8601 without the units that are 0; "P0D" if all are.
func (d Duration) String() string {
	b := []byte{'P'}
	for k, u := range d.units() {
		if k >= dateUnits && *u.value != 0 && !strings.Contains(string(b), "T") {
			b = append(b, 'T')
		}
		if *u.value != 0 {
			b = append(strconv.AppendInt(b, int64(*u.value), 10), u.letter)
		}
	}
	if len(b) == 1 {
		return "P0D"
	}
	return string(b)
}

// months gives the calendar months of d, days its weeks and days in days, seconds its clock units.
func (d Duration) months() int { return d.Years*12 + d.Months }
func (d Duration) days() int   { return d.Weeks*7 + d.Days }
func (d Duration) seconds() int64 {
	return int64(d.Hours)*secondsPerHour + int64(d.Minutes)*60 + int64(d.Seconds)
}
