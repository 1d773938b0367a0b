package moment

// Period is the stretch between two dates in whole calendar months and the days left over. Both
// are negative, or zero, if the second date lies before the first.
type Period struct{ Months, Days int }

// Range is every difference that two imprecise times may have, from the least to the most. Where a
// side is open its Least or Most has no meaning.
type Range struct {
	Least, Most         Period // by the calendar
	LeastDays, MostDays int    // the same as a number of days
	OpenBelow           bool   // there is no least: the difference may be any smaller one
	OpenAbove           bool   // there is no most
}

// MonthsRange gives the least and the most number of whole months: (27, 28) is read "27 to 28 months".
// A period of minus 27 months and some days counts as -27.
func (r Range) MonthsRange() (least, most int) { return r.Least.Months, r.Most.Months }

// Single tells whether only one difference is possible.
func (r Range) Single() bool { return !r.OpenBelow && !r.OpenAbove && r.LeastDays == r.MostDays }

// Difference gives all differences from one time to another, counted between their calendar dates in
// zone z: a time of the day does not count, so that two times known to the day have one difference.
// Months are counted first, from the date of from (the last of a month standing for the dates that
// the month lacks), then days. If to lies before from, the result is that of the exchanged times,
// made negative. A nil z is the zone of from. Absent and impossible times leave both sides open.
func Difference(from, to Time, z *Zone) Range {
	if from.IsZero() || to.IsZero() || from.Impossible() || to.Impossible() {
		return Range{OpenBelow: true, OpenAbove: true}
	}
	if z == nil {
		z = from.Zone()
	}
	var r Range
	if a, b := from.Latest(), to.Earliest(); a.Finite() && b.Finite() {
		first, second := z.dayOf(a), z.dayOf(b)
		r.Least, r.LeastDays = between(first, second), int(second-first)
	} else {
		r.OpenBelow = true
	}
	if a, b := from.Earliest(), to.Latest(); a.Finite() && b.Finite() {
		first, second := z.dayOf(a), z.dayOf(b)
		r.Most, r.MostDays = between(first, second), int(second-first)
	} else {
		r.OpenAbove = true
	}
	return r
}

// between gives whole months and days from one day to another.
func between(from, to int64) Period {
	if to < from {
		p := between(to, from)
		return Period{-p.Months, -p.Days}
	}
	y, m, _ := civil(from)
	ty, tm, _ := civil(to)
	months := (ty-y)*12 + tm - m
	if shiftMonths(from, months, false) > to {
		months--
	}
	return Period{months, int(to - shiftMonths(from, months, false))}
}
