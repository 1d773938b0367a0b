package moment

import "fmt"

const (
	secondsPerDay  = 86400
	secondsPerHour = 3600
)

// Clock is a reading of the calendar and the clock of some zone.
type Clock struct{ Year, Month, Day, Hour, Minute, Second int }

// String gives "2025-03-12T12:00:00", years outside 0000 to 9999 with a sign.
func (c Clock) String() string {
	return fmt.Sprintf("%s-%02d-%02dT%02d:%02d:%02d", yearText(c.Year), c.Month, c.Day, c.Hour, c.Minute, c.Second)
}

// yearText writes a year with four digits, or with a sign and as many as it needs.
func yearText(y int) string {
	switch {
	case y < 0:
		return fmt.Sprintf("-%04d", -y)
	case y > 9999:
		return fmt.Sprintf("+%d", y)
	}
	return fmt.Sprintf("%04d", y)
}

// clockAt gives the reading at i of a clock that is offset seconds ahead of UTC. i is finite.
func clockAt(i Instant, offset int) Clock {
	day, second := floorDiv(int64(i)+int64(offset), secondsPerDay)
	y, m, d := civil(day)
	return Clock{y, m, d, int(second / secondsPerHour), int(second / 60 % 60), int(second % 60)}
}

// floorDiv divides rounding down, so that the remainder is never negative. n is positive.
func floorDiv(a, n int64) (quotient, remainder int64) {
	quotient, remainder = a/n, a%n
	if remainder < 0 {
		quotient, remainder = quotient-1, remainder+n
	}
	return quotient, remainder
}

// dayNumber counts the days from 1970-01-01 to the given date of the proleptic Gregorian calendar.
// Years are counted from March here, so that the leap day is the last of its year.
func dayNumber(year, month, day int) int64 {
	y, m := int64(year), int64(month)-3
	if m < 0 {
		y, m = y-1, m+12
	}
	era, yearOfEra := floorDiv(y, 400)
	dayOfYear := (153*m+2)/5 + int64(day) - 1
	return era*146097 + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - 719468
}

// civil is the inverse of dayNumber.
func civil(number int64) (year, month, day int) {
	era, d := floorDiv(number+719468, 146097)
	yearOfEra := (d - d/1460 + d/36524 - d/146096) / 365
	dayOfYear := d - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*dayOfYear + 2) / 153
	day = int(dayOfYear - (153*m+2)/5 + 1)
	y := era*400 + yearOfEra
	if m >= 10 {
		return int(y + 1), int(m - 9), day
	}
	return int(y), int(m + 3), day
}

// daysIn gives the number of days of a month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// addMonths moves a month by n months.
func addMonths(year, month, n int) (y, m int) {
	q, r := floorDiv(int64(year)*12+int64(month-1)+int64(n), 12)
	return int(q), int(r) + 1
}
