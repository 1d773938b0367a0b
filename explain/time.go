package explain

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/truceline/truceline/moment"
)

// Time writes an EDTF text of the record, or an instant or interval as package
// judge writes it, in words: "12 March 2025", "about November 2022", "18–19 March
// 2025". Where an hour is shown the zone is named, once. A text with an offset or
// Z is shown on the clock of the case's zone; one with a zone in brackets keeps
// that zone. An instant that is the last second of a day there is written as that
// day, as a bare date asked about means its end. A text that is no time, or one
// whose parts words would round, comes back as it is.
func (s *Speaker) Time(lang, text string) string {
	t, err := moment.Parse(text, s.zone())
	if err != nil || t.IsZero() {
		return text
	}
	words, ok := s.timeOf(lang, t.Parts())
	if !ok {
		return text
	}
	return words
}

// span writes an instant as judge bounds it: one instant, first and last possible
// one, or a first possible one that may never come.
func (s *Speaker) span(lang, text string) string {
	t, err := moment.Parse(text, s.zone())
	if err != nil || t.Parts().Form != moment.FormInterval {
		return s.Time(lang, text)
	}
	if from, until := t.Parts().Members[0], t.Parts().Members[1]; until.Form == moment.FormOpen {
		words, ok := s.timeOf(lang, from)
		if !ok {
			return text
		}
		return s.tell(lang, "time.span-open", "from", words)
	}
	return s.tell(lang, "time.span", "range", s.Time(lang, text))
}

// zone is the case's zone.
func (s *Speaker) zone() *moment.Zone {
	if s.c.Zone == nil {
		return moment.UTC()
	}
	return s.c.Zone
}

// date is one date or date-time, on the clock on which it is to be shown.
type date struct {
	moment.Parts
	at      moment.Instant // its first instant, where a clock is shown
	instant bool           // written to the second, in UTC: an instant of judge
	clock   bool           // hour and perhaps minute and second are shown
}

func (s *Speaker) timeOf(lang string, p moment.Parts) (string, bool) {
	switch p.Form {
	case moment.FormDate:
		d, ok := s.date(p)
		if !ok {
			return "", false
		}
		if d.instant && d.lastOfDay() {
			d = d.whole()
		}
		return s.dateWords(lang, d)
	case moment.FormInterval, moment.FormRange:
		return s.interval(lang, p)
	case moment.FormOneOf:
		return s.several(lang, p.Members, "time.or")
	case moment.FormAllOf:
		return s.several(lang, p.Members, "list.comma")
	}
	return "", false
}

func (s *Speaker) several(lang string, members []moment.Parts, separator string) (string, bool) {
	words := make([]string, len(members))
	for i, m := range members {
		w, ok := s.timeOf(lang, m)
		if !ok {
			return "", false
		}
		words[i] = w
	}
	return strings.Join(words, s.tell(lang, separator)), true
}

func (s *Speaker) interval(lang string, p moment.Parts) (string, bool) {
	if len(p.Members) != 2 {
		return "", false
	}
	from, until := p.Members[0], p.Members[1]
	switch {
	case from.Form == moment.FormDate && until.Form == moment.FormDate:
		return s.between(lang, from, until)
	case from.Form == moment.FormDate:
		w, ok := s.timeOf(lang, from)
		if until.Form == moment.FormUnknown {
			return s.tell(lang, "time.from-unknown", "from", w), ok
		}
		return s.tell(lang, "time.from-open", "from", w), ok
	case until.Form == moment.FormDate:
		w, ok := s.timeOf(lang, until)
		if from.Form == moment.FormUnknown {
			return s.tell(lang, "time.until-unknown", "until", w), ok
		}
		return s.tell(lang, "time.until-open", "until", w), ok
	}
	return "", false
}

// between writes an interval of two dates, each part that they share once.
func (s *Speaker) between(lang string, first, last moment.Parts) (string, bool) {
	a, okA := s.date(first)
	b, okB := s.date(last)
	if !okA || !okB {
		return "", false
	}
	if a.firstOfDay() && b.lastOfDay() {
		a, b = a.whole(), b.whole()
	}
	plain := !a.qualified() && !b.qualified()
	sameYear := a.Year == b.Year
	sameMonth := sameYear && a.Month == b.Month
	sameDay := sameMonth && a.Day == b.Day
	switch {
	case plain && a.clock && b.clock && a.Precision != moment.Hour && b.Precision != moment.Hour && s.zoneWords(lang, a) == s.zoneWords(lang, b):
		zone := s.zoneWords(lang, a)
		if sameDay {
			return s.tell(lang, "time.clocks", "day", s.dayWords(lang, a), "from", a.clockWords(), "until", b.clockWords(), "zone", zone), true
		}
		return s.tell(lang, "time.clocks-of-days", "fromday", s.dayWords(lang, a), "fromclock", a.clockWords(),
			"untilday", s.dayWords(lang, b), "untilclock", b.clockWords(), "zone", zone), true
	case plain && a.Precision == moment.Day && b.Precision == moment.Day && sameDay:
		return s.dateWords(lang, a)
	case plain && a.Precision == moment.Day && b.Precision == moment.Day && sameMonth:
		return s.tell(lang, "time.days-of-month", "from", strconv.Itoa(a.Day), "until", strconv.Itoa(b.Day),
			"month", s.monthOf(lang, a.Month), "year", strconv.Itoa(a.Year)), true
	case plain && a.Precision == moment.Day && b.Precision == moment.Day && sameYear:
		return s.tell(lang, "time.days-of-year", "from", strconv.Itoa(a.Day), "frommonth", s.monthOf(lang, a.Month),
			"until", strconv.Itoa(b.Day), "untilmonth", s.monthOf(lang, b.Month), "year", strconv.Itoa(a.Year)), true
	case plain && a.Precision == moment.Month && b.Precision == moment.Month && sameYear && !sameMonth:
		return s.tell(lang, "time.months-of-year", "from", s.month(lang, a.Month), "until", s.month(lang, b.Month), "year", strconv.Itoa(a.Year)), true
	case plain && a.Precision == moment.Year && b.Precision == moment.Year && !sameYear:
		return s.tell(lang, "time.years", "from", strconv.Itoa(a.Year), "until", strconv.Itoa(b.Year)), true
	}
	from, okA := s.dateWords(lang, a)
	until, okB := s.dateWords(lang, b)
	if from == until {
		return from, okA && okB
	}
	return s.tell(lang, "time.range", "from", from, "until", until), okA && okB
}

// date reads one date on the clock on which it is to be shown; false where words
// would say more or less than the text does.
func (s *Speaker) date(p moment.Parts) (date, bool) {
	d := date{Parts: p}
	if p.Form != moment.FormDate || p.Year < 1 || p.Year > 9999 || !maskTold(p) {
		return d, false
	}
	switch p.Precision {
	case moment.Second, moment.Minute, moment.Hour:
	default:
		return d, true
	}
	d.clock = true
	zone := p.Zone
	if zone == nil {
		zone = s.zone()
	}
	t, err := moment.Parse(p.Text, zone)
	if err != nil {
		return d, false
	}
	d.at = t.Earliest()
	if p.Offset {
		zone = s.zone()
		c := zone.Clock(d.at)
		d.Year, d.Month, d.Day, d.Hour, d.Minute, d.Second = c.Year, c.Month, c.Day, c.Hour, c.Minute, c.Second
		d.instant = p.Precision == moment.Second && strings.HasSuffix(p.Text, "Z")
	}
	d.Zone = zone
	return d, true
}

// maskTold tells whether the precision says all that a date's masked digits say.
func maskTold(p moment.Parts) bool {
	switch p.Masked {
	case 0:
		return true
	case moment.DayComponent:
		return p.Precision == moment.Month
	case moment.MonthComponent | moment.DayComponent:
		return p.Precision == moment.Year
	case moment.YearComponent:
		return p.Precision == moment.Decade
	}
	return false
}

func (d date) qualified() bool { return d.Approximate != 0 || d.Uncertain != 0 }

func (d date) firstOfDay() bool { return d.clock && d.Hour == 0 && d.Minute == 0 && d.Second == 0 }

func (d date) lastOfDay() bool { return d.clock && d.Hour == 23 && d.Minute == 59 && d.Second == 59 }

// whole is the day of a date-time.
func (d date) whole() date {
	d.clock, d.instant, d.Precision = false, false, moment.Day
	return d
}

// dateWords writes one date with its qualifications.
func (s *Speaker) dateWords(lang string, d date) (string, bool) {
	words, ok := s.bareWords(lang, d)
	if !ok {
		return "", false
	}
	if d.Approximate != 0 {
		words = s.tell(lang, "time.about", "time", words)
	}
	if d.Uncertain != 0 {
		words = s.tell(lang, "time.uncertain", "time", words)
	}
	return words, true
}

func (s *Speaker) bareWords(lang string, d date) (string, bool) {
	year := strconv.Itoa(d.Year)
	switch {
	case d.clock:
		return s.tell(lang, "time.clock", "day", s.dayWords(lang, d), "clock", d.clockWords(), "zone", s.zoneWords(lang, d)), true
	case d.Precision == moment.Day:
		return s.dayWords(lang, d), true
	case d.Precision == moment.Month:
		return s.tell(lang, "time.month", "month", s.month(lang, d.Month), "year", year), true
	case d.Precision == moment.Year:
		return s.tell(lang, "time.year", "year", year), true
	case d.Precision == moment.Decade:
		return s.tell(lang, "time.decade", "year", year), true
	case d.Precision == moment.Season:
		code := "time.season." + strconv.Itoa(d.Season)
		return s.tell(lang, code, "year", year), s.catalogue.Has(code)
	}
	return "", false
}

func (s *Speaker) dayWords(lang string, d date) string {
	return s.tell(lang, "time.day", "day", strconv.Itoa(d.Day), "month", s.monthOf(lang, d.Month), "year", strconv.Itoa(d.Year))
}

// month names a month standing alone; monthOf, as part of a date ("марта").
func (s *Speaker) month(lang string, m int) string { return s.tell(lang, "month."+strconv.Itoa(m)) }

func (s *Speaker) monthOf(lang string, m int) string {
	return s.tell(lang, "month-of."+strconv.Itoa(m))
}

// clockWords writes the clock as exactly as it is known.
func (d date) clockWords() string {
	switch {
	case d.Precision == moment.Hour:
		return fmt.Sprintf("%02d:00–%02d:59", d.Hour, d.Hour)
	case d.Second != 0:
		return fmt.Sprintf("%02d:%02d:%02d", d.Hour, d.Minute, d.Second)
	}
	return fmt.Sprintf("%02d:%02d", d.Hour, d.Minute)
}

// Zone names a time zone; one that has no name in words stands as it is.
func (s *Speaker) Zone(lang, name string) string {
	if code := "zone." + name; s.catalogue.Has(code) {
		return s.tell(lang, code)
	}
	return name
}

// zoneWords names the zone of a clock with its offset at that time.
func (s *Speaker) zoneWords(lang string, d date) string {
	if d.Zone == nil {
		return ""
	}
	name := d.Zone.Name()
	if name == "UTC" {
		return s.tell(lang, "zone.UTC")
	}
	offset := offsetWords(d.Zone.Offset(d.at))
	if code := "zone." + name; s.catalogue.Has(code) {
		return s.tell(lang, "time.zone", "zone", s.tell(lang, code), "offset", offset)
	}
	if strings.Contains(name, "/") {
		return s.tell(lang, "time.zone", "zone", name, "offset", offset)
	}
	return offset
}

// offsetWords writes seconds east of Greenwich as "UTC+3" or "UTC−3:30".
func offsetWords(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "−", -seconds
	}
	text := "UTC" + sign + strconv.Itoa(seconds/3600)
	if m := seconds % 3600 / 60; m != 0 {
		text += fmt.Sprintf(":%02d", m)
	}
	return text
}
