package moment

// dayRange is the days from first up to, but not including, until, as numbers of dayNumber.
type dayRange struct{ first, until int64 }

// seasonMonths gives the first month of a part of the year and its length in months. Parts that
// run into the next year begin in the year that is written.
func seasonMonths(code int) (first, length int) {
	switch {
	case code <= 28: // 21-24 seasons, 25-28 those of the northern hemisphere: from March on
		return 3 + 3*((code-21)%4), 3
	case code <= 32: // 29-32 seasons of the southern hemisphere: from September on
		return (8+3*(code-29))%12 + 1, 3
	case code <= 36: // quarters
		return 1 + 3*(code-33), 3
	case code <= 39: // thirds
		return 1 + 4*(code-37), 4
	}
	return 1 + 6*(code-40), 6 // halves
}

// eachMonth calls do for every year and month that the date may lie in, in order of time, until do
// answers false.
func (d *dateReader) eachMonth(do func(year, month int) bool) {
	for _, years := range d.years {
		for y := years.first; y <= years.last; y++ {
			for m := 1; m <= 12; m++ {
				if d.month.matches(m) && !do(y, m) {
					return
				}
			}
		}
	}
}

// eachDay calls do for every day that a date with a day may be, in order, until do answers false.
func (d *dateReader) eachDay(do func(year, month, day int) bool) {
	d.eachMonth(func(y, m int) bool {
		for n := 1; n <= daysIn(y, m); n++ {
			if d.day.matches(n) && !do(y, m, n) {
				return false
			}
		}
		return true
	})
}

// ranges gives the days that the date may be, not widened; false if they are too many stretches.
func (d *dateReader) ranges() ([]dayRange, bool) {
	var ranges []dayRange
	add := func(first, until int64) bool {
		if n := len(ranges); n > 0 && ranges[n-1].until == first {
			ranges[n-1].until = until
			return true
		}
		ranges = append(ranges, dayRange{first, until})
		d.spans++
		return d.spans <= maxSpans
	}
	fits := true
	wholeMonths := !d.day.stated() || d.day.unknown()
	switch {
	case !d.month.stated() || d.month.unknown() && wholeMonths:
		for _, y := range d.years {
			fits = fits && add(dayNumber(y.first, 1, 1), dayNumber(y.last+1, 1, 1))
		}
	case d.p.Season != 0:
		first, length := seasonMonths(d.p.Season)
		for _, years := range d.years {
			for y := years.first; y <= years.last && fits; y++ {
				nextYear, nextMonth := addMonths(y, first, length)
				fits = add(dayNumber(y, first, 1), dayNumber(nextYear, nextMonth, 1))
			}
		}
	case wholeMonths:
		d.eachMonth(func(y, m int) bool {
			first := dayNumber(y, m, 1)
			fits = add(first, first+int64(daysIn(y, m)))
			return fits
		})
	default:
		d.eachDay(func(y, m, n int) bool {
			first := dayNumber(y, m, n)
			fits = add(first, first+1)
			return fits
		})
	}
	return ranges, fits
}

// instants gives the set of instants of a date without a clock.
func (d *dateReader) instants() (Set, error) {
	ranges, fit := d.ranges()
	if !fit {
		return nil, d.fail(d.start, "the text stands for more than 12,000 separate stretches of time", "state more digits of the year")
	}
	spans := make([]Span, 0, len(ranges))
	for _, days := range ranges {
		days = d.widened(days)
		spans = append(spans, d.zone.local(Instant(days.first*secondsPerDay), Instant(days.until*secondsPerDay))...)
	}
	if len(spans) == 0 {
		return nil, d.fail(d.start, "the zone "+d.zone.Name()+" left this day out", "state the day after, or an offset")
	}
	return NewSet(spans...), nil
}

// widened moves both ends of a range apart by the unit of each component that is marked approximate.
func (d *dateReader) widened(r dayRange) dayRange {
	for c := YearComponent; c <= DayComponent; c <<= 1 {
		if d.widen&c == 0 {
			continue
		}
		months := 0
		switch d.unit(c) {
		case Day:
			r.first--
			r.until++
		case Month:
			months = 1
		case Season:
			_, months = seasonMonths(d.p.Season)
		case Year:
			months = 12
		case Decade:
			months = 120
		case Century:
			months = 1200
		default: // Millennium; a date has no other unit
			months = 12000
		}
		if months > 0 {
			r.first = shiftMonths(r.first, -months, false)
			if d.p.Precision == Day {
				r.until = shiftMonths(r.until-1, months, false) + 1
			} else {
				r.until = shiftMonths(r.until, months, false) // the first of a month
			}
		}
	}
	return r
}

// shiftMonths moves a day by n calendar months. Where the month reached has no day of that number,
// it gives the last day of that month, or, if over is set, the day after it.
func shiftMonths(day int64, n int, over bool) int64 {
	y, m, d := civil(day)
	y, m = addMonths(y, m, n)
	last := daysIn(y, m)
	switch {
	case d <= last:
		return dayNumber(y, m, d)
	case over:
		return dayNumber(y, m, last) + 1
	}
	return dayNumber(y, m, last)
}
