package moment

// Counting is a rule by which a length in days or months is counted from a start. Its text is what
// an agreement's terms state; the texts are never changed.
type Counting string

// The rules. Thirty days (P30D) from 18 March 2025 end:
const (
	// CountHours counts days as 24 hours from the very second of the start: from 10:00 on 18 March
	// to 10:00 on 17 April, of a zone whose clocks were not changed meanwhile. Months and years keep
	// date and clock; a date that the month lacks becomes its last.
	CountHours Counting = "from the hour of the start"
	// CountDayOne takes the day of the start as the first: with the end of 16 April. Months end the
	// day before the corresponding date.
	CountDayOne Counting = "the day of the start is day one"
	// CountDayZero begins to count on the day after the start: with the end of 17 April. Months end
	// with the corresponding date.
	CountDayZero Counting = "the day of the start is not counted"
	// CountMonth reads every full thirty days as a month and ends with the corresponding date of the
	// month reached, or the last date of that month if it is shorter: with the end of 18 April. Days left
	// over are counted from there.
	CountMonth Counting = "thirty days as a month"
)

// Countings lists the rules in the order above. The slice is the caller's own.
func Countings() []Counting {
	return []Counting{CountHours, CountDayOne, CountDayZero, CountMonth}
}

// End gives the end of a period of length d that begins at start, counted by c in zone z: the first
// instant after the period, which therefore does not belong to it. A nil z is the zone of start.
// Months are added before days. The end is imprecise where the start is; it is then every instant
// from the earliest end to the latest, and unbounded where the start is. An absent start gives an
// absent end, an impossible one an impossible end. The text of the result is written by [Of].
//
// An error is an [*Error]: a length of zero, an unknown rule, hours under a rule that counts whole
// days, or an end too far away.
func End(start Time, d Duration, c Counting, z *Zone) (Time, error) {
	fail := func(text, problem, mend string) (Time, error) {
		return Time{}, &Error{text, 0, problem, mend}
	}
	switch c {
	case CountHours:
	case CountDayOne, CountDayZero, CountMonth:
		if d.seconds() != 0 {
			return fail(d.String(), "a length with hours, minutes or seconds cannot be counted by whole days",
				"count it "+string(CountHours))
		}
	default:
		return fail(string(c), "there is no such rule of counting", "write one of the rules in the specification, such as "+string(CountHours))
	}
	if d.IsZero() {
		return fail(d.String(), "the length is zero", "state a length such as P30D")
	}
	for _, u := range d.units() {
		if *u.value < 0 || *u.value > 999_999_999 {
			return fail(d.String(), "a unit of the length is negative or above 999,999,999", "state a length such as P30D")
		}
	}
	if start.IsZero() {
		return Time{}, nil
	}
	if z == nil {
		z = start.Zone()
	}
	p := period{d, c, z}
	spans := make([]Span, 0, len(start.set))
	for _, s := range start.set {
		e, ok := p.image(s)
		if !ok {
			return fail(start.String(), "the end lies farther away than the year 200,000,000,000", "state a shorter length or a nearer start")
		}
		spans = append(spans, e)
	}
	return Of(NewSet(spans...), "", z), nil
}

// period is a length with its rule of counting.
type period struct {
	Duration
	rule Counting
	zone *Zone
}

// latestInstant is the end of the last year that is reckoned with.
const latestInstant = maxYear * 365 * secondsPerDay

// image gives the span from the earliest to the latest end for all starts in s.
func (p period) image(s Span) (Span, bool) {
	e := Always()
	if s.From != Past {
		e.From = p.end(s.From)
	}
	if s.Until != Future {
		e.Until = p.end(s.Last()) + 1
	}
	if p.rule == CountHours && p.months() != 0 {
		e = p.aroundEdges(s, e)
	}
	ok := (e.From == Past || e.From < latestInstant) && (e.Until == Future || e.Until < latestInstant)
	return e, ok
}

// end gives the end for one start. It never goes back as the start goes forward, but for CountHours
// with months.
func (p period) end(start Instant) Instant {
	day := p.zone.dayOf(start)
	months, days := p.months(), p.days()
	switch p.rule {
	case CountDayOne:
		return p.zone.dayStart(shiftMonths(day, months, true) + int64(days))
	case CountDayZero:
		return p.zone.dayStart(shiftMonths(day, months, false) + int64(days) + 1)
	case CountMonth:
		return p.zone.dayStart(shiftMonths(day, months+days/30, false) + int64(days%30) + 1)
	case CountHours:
	}
	if months != 0 {
		local := start.Add(int64(p.zone.Offset(start)))
		clock := local - Instant(day*secondsPerDay)
		start = p.zone.firstShown(Instant(shiftMonths(day, months, false)*secondsPerDay) + clock)
	}
	return start.Add(int64(days)*secondsPerDay + p.seconds())
}

// aroundEdges widens e, the ends for the edges of s, to the ends for all starts in s. Months that
// keep the clock can give an earlier end for a later start, where two dates fall on the last of a
// short month or clocks were set back; that reaches only over a few days, so only those are tried.
func (p period) aroundEdges(s Span, e Span) Span {
	try := func(from Instant) {
		until := from.Add(5 * secondsPerDay)
		for at := from; at < until; {
			_, next := p.zone.regime(at)
			next = min(next, p.zone.dayStart(p.zone.dayOf(at)+1))
			if next <= at {
				next = at + 1
			}
			for _, i := range [...]Instant{at, next - 1} {
				if s.Contains(i) {
					end := p.end(i)
					e.From, e.Until = min(e.From, end), max(e.Until, end+1)
				}
			}
			at = next
		}
	}
	if s.From != Past {
		try(s.From)
	}
	if s.Until != Future {
		try(s.Last().Add(-4 * secondsPerDay))
	}
	return e
}
