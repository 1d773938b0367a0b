package moment

import (
	"fmt"
	"slices"
	"strconv"
)

// qualifier reads an optional '?', '~' or '%'.
func (r *reader) qualifier() (uncertain, approximate bool) {
	switch r.peek() {
	case '?':
		uncertain = true
	case '~':
		approximate = true
	case '%':
		uncertain, approximate = true, true
	default:
		return false, false
	}
	r.pos++
	return uncertain, approximate
}

// dateReader is a date while it is read.
type dateReader struct {
	*reader
	start   int
	p       Parts
	years   []yearRange
	month   digits
	day     digits
	widen   Component // components whose unit an approximate date is widened by, each once
	inner   bool      // a qualifier stands before or inside the date
	yearLen Precision // Year, or coarser where digits are masked or not significant
}

// yearRange is all years from first to last.
type yearRange struct{ first, last int }

// digits are two places of a month or a day; 'X' is any digit.
type digits struct {
	text  string
	begin int // where it stands
}

func (d digits) stated() bool  { return d.text != "" }
func (d digits) masked() bool  { return d.stated() && (d.text[0] == 'X' || d.text[1] == 'X') }
func (d digits) unknown() bool { return d.text == "XX" }

// matches tells whether n, from 0 to 99, has these digits.
func (d digits) matches(n int) bool {
	return (d.text[0] == 'X' || int(d.text[0]-'0') == n/10) && (d.text[1] == 'X' || int(d.text[1]-'0') == n%10)
}

// number gives the digits with 0 for each X.
func (d digits) number() int {
	n := 0
	for _, c := range []byte(d.text) {
		n *= 10
		if c != 'X' {
			n += int(c - '0')
		}
	}
	return n
}

// date reads one date or date-time.
func (r *reader) date() (item, error) {
	d := dateReader{reader: r, start: r.pos, p: Parts{Form: FormDate, Precision: Year, Zone: r.zone}}
	letter, err := d.yearComponent()
	if err != nil {
		return item{}, err
	}
	if !letter && r.take('-') {
		if err := d.monthComponent(); err != nil {
			return item{}, err
		}
	}
	if r.peek() == 'T' {
		return d.clock()
	}
	d.p.Text = r.text[d.start:r.pos]
	d.precision()
	set, err := d.instants()
	if err != nil {
		return item{}, err
	}
	return item{set, d.p}, nil
}

// before and after keep the qualifier on the left of a component, which is for it alone, and the
// one on its right, which is for all components so far; both widen by the unit of this one.
func (d *dateReader) before(c Component) {
	u, a := d.qualifier()
	d.mark(c, c, u, a)
	d.inner = d.inner || u || a
}

func (d *dateReader) after(c Component) {
	u, a := d.qualifier()
	d.mark(2*c-1, c, u, a)
	d.inner = d.inner || u || a
}

func (d *dateReader) mark(marked, unit Component, uncertain, approximate bool) {
	if uncertain {
		d.p.Uncertain |= marked
	}
	if approximate {
		d.p.Approximate |= marked
		d.widen |= unit
	}
}

// yearComponent reads the year with its qualifiers; letter tells that it has a Y, E or S, so that
// nothing finer may follow.
func (d *dateReader) yearComponent() (letter bool, err error) {
	d.before(YearComponent)
	d.yearLen = Year
	begin := d.pos
	if d.take('Y') {
		letter, err = true, d.longYear(begin)
	} else {
		letter, err = d.shortYear(begin)
	}
	if err != nil {
		return false, err
	}
	d.p.Year = d.years[0].first
	if d.years[0].first < 0 && d.p.Masked != 0 {
		d.p.Year = d.years[len(d.years)-1].last
	}
	d.after(YearComponent)
	if letter && d.peek() == '-' {
		return false, d.fail(d.pos, "a month cannot follow this form of year", "write the year with four digits, or leave the month out")
	}
	return letter, nil
}

// run gives the digits that come next, and X too if masks are allowed.
func (d *dateReader) run(masks bool) string {
	from := d.pos
	for c := d.peek(); c >= '0' && c <= '9' || masks && c == 'X'; c = d.peek() {
		d.pos++
	}
	return d.text[from:d.pos]
}

// shortYear reads four digits, some of them perhaps masked, with a sign for years before 0000,
// and perhaps a number of significant digits.
func (d *dateReader) shortYear(begin int) (letter bool, err error) {
	negative := d.take('-')
	text := d.run(true)
	if len(text) != 4 {
		switch {
		case text == "" && d.pos == d.end:
			return false, d.fail(d.pos, "a date is missing", "write a date such as 2025-03-12")
		case text == "":
			return false, d.fail(d.pos, "a year is expected, not "+quoteShort(d.text[d.pos:d.end]), "write a date such as 2025-03-12")
		case len(text) == 2 || len(text) == 3:
			return false, d.fail(begin, "a year has four digits", "write "+text+"XXXX"[:4-len(text)]+" if all years that begin so are meant")
		case len(text) > 4:
			return false, d.fail(begin, "a year has four digits", "write Y before a longer one, and hyphens between year, month and day")
		}
		return false, d.fail(begin, "a year has four digits", "write all four")
	}
	if negative && text == "0000" {
		return false, d.fail(begin, "the year 0000 has no sign", "write 0000")
	}
	d.maskedYears(text, negative)
	if d.peek() != 'S' {
		return false, nil
	}
	if d.p.Masked != 0 {
		return false, d.fail(d.pos, "masked digits and significant digits together", "use one of the two")
	}
	return true, d.significant(d.years[0].first)
}

// maskedYears finds the years that four digits stand for.
func (d *dateReader) maskedYears(text string, negative bool) {
	trailing := 0
	for trailing < 4 && text[3-trailing] == 'X' {
		trailing++
	}
	unit := 1
	for range trailing {
		unit *= 10
	}
	head := text[:4-trailing]
	masked := trailing > 0
	d.yearLen = Year + Precision(min(trailing, 3))
	for _, c := range []byte(head) {
		masked = masked || c == 'X'
	}
	if !masked {
		n, _ := strconv.Atoi(text) // four digits
		if negative {
			n = -n
		}
		d.years = []yearRange{{n, n}}
		return
	}
	d.p.Masked |= YearComponent
	for n := 0; n < 10000; n += unit {
		if !matchesFrom(head, n/unit) {
			continue
		}
		years := yearRange{n, n + unit - 1}
		if negative {
			years = yearRange{-years.last, -max(years.first, 1)}
		}
		if years.first <= years.last {
			d.years = append(d.years, years)
		}
	}
	if negative {
		slices.Reverse(d.years) // in order of time
	}
}

// matchesFrom tells whether n, written with as many digits as pattern has, fits the pattern.
func matchesFrom(pattern string, n int) bool {
	for k := len(pattern) - 1; k >= 0; k-- {
		if pattern[k] != 'X' && int(pattern[k]-'0') != n%10 {
			return false
		}
		n /= 10
	}
	return true
}

// longYear reads what follows a Y: a year of more than four digits, or one with an exponent.
func (d *dateReader) longYear(begin int) error {
	negative := d.take('-')
	text := d.run(false)
	if text == "" {
		return d.fail(d.pos, "digits of a year are missing after Y", "write a year such as Y170002 or Y17E7")
	}
	exponent := 0
	if d.take('E') {
		digits := d.run(false)
		if digits == "" {
			return d.fail(d.pos, "the exponent is missing after E", "write a year such as Y17E7")
		}
		exponent, _ = strconv.Atoi(digits[:min(len(digits), 4)])
	} else if len(text) <= 4 {
		return d.fail(begin, "Y stands before a year of more than four digits only", "leave the Y out and write four digits")
	}
	if text[0] == '0' {
		return d.fail(begin, "a year after Y does not begin with 0", "leave the zeros out")
	}
	year, err := strconv.Atoi(text)
	for ; err == nil && exponent > 0 && year <= maxYear; exponent-- {
		year *= 10
	}
	if err != nil || year > maxYear {
		return d.fail(begin, "the year is farther away than 200,000,000,000", "state a nearer one")
	}
	if negative {
		year = -year
	}
	d.years = []yearRange{{year, year}}
	if d.peek() == 'S' {
		return d.significant(year)
	}
	return nil
}

// significant reads "S" and a number, and takes all years that agree with year in so many digits.
func (d *dateReader) significant(year int) error {
	at := d.pos
	d.pos++ // S
	negative := year < 0
	if negative {
		year = -year
	}
	places := len(strconv.Itoa(year))
	text := d.run(false)
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > places {
		return d.fail(at, fmt.Sprintf("this year has from 1 to %d significant digits", places), "write a number within that after S")
	}
	unit := 1
	for range places - n {
		unit *= 10
		d.yearLen = min(d.yearLen+1, Millennium)
	}
	first := year / unit * unit
	years := yearRange{first, first + unit - 1}
	if negative {
		years = yearRange{-years.last, -years.first}
	}
	d.years[0] = years
	if unit > 1 {
		d.p.Masked |= YearComponent
	}
	return nil
}

// pair reads the two digits of a month or a day.
func (d *dateReader) pair(what string) (digits, error) {
	begin := d.pos
	text := d.run(true)
	if len(text) != 2 {
		return digits{}, d.fail(begin, "a "+what+" has two digits", "write it as 03")
	}
	return digits{text, begin}, nil
}

// monthComponent reads month or season, and the day if one follows.
func (d *dateReader) monthComponent() error {
	d.before(MonthComponent)
	month, err := d.pair("month")
	if err != nil {
		return err
	}
	d.month = month
	n := month.number()
	switch {
	case month.masked():
		d.p.Masked |= MonthComponent
		if month.text[0] != 'X' && month.text[0] > '1' {
			return d.fail(month.begin, "no month has these digits", "write from 01 to 12, 0X, 1X or XX")
		}
		d.p.Month = n
	case n >= 1 && n <= 12:
		d.p.Month = n
	case n >= 21 && n <= 41:
		d.p.Season = n
	default:
		return d.fail(month.begin, fmt.Sprintf("there is no month %s", month.text), "write from 01 to 12, or from 21 to 41 for a season or another part of the year")
	}
	d.after(MonthComponent)
	if !d.take('-') {
		return nil
	}
	if d.p.Season != 0 {
		return d.fail(d.pos-1, "a day cannot follow a season", "write a month from 01 to 12, or leave the day out")
	}
	return d.dayComponent()
}

// dayComponent reads the day.
func (d *dateReader) dayComponent() error {
	d.before(DayComponent)
	day, err := d.pair("day")
	if err != nil {
		return err
	}
	d.day = day
	d.p.Day = day.number()
	if day.masked() {
		d.p.Masked |= DayComponent
	}
	if err := d.checkDay(); err != nil {
		return err
	}
	d.after(DayComponent)
	return nil
}

var monthNames = [...]string{
	"", "January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December",
}

// checkDay refuses a day that no date of the year and month has.
func (d *dateReader) checkDay() error {
	if !d.p.masked(YearComponent | MonthComponent | DayComponent) {
		if last := daysIn(d.p.Year, d.p.Month); d.p.Day < 1 || d.p.Day > last {
			return d.fail(d.day.begin, fmt.Sprintf("there is no day %s in %s %s", d.day.text, monthNames[d.p.Month], yearText(d.p.Year)),
				fmt.Sprintf("write from 01 to %d", last))
		}
		return nil
	}
	found := false
	for n := 1; n <= 31 && !found; n++ {
		found = d.day.matches(n)
	}
	if !found {
		return d.fail(d.day.begin, "no month has this day", "write from 01 to 31")
	}
	found = false
	d.eachDay(func(_, _, _ int) bool { found = true; return false })
	if !found {
		return d.fail(d.day.begin, "no date has these digits", "write a day that the month has")
	}
	return nil
}

func (p *Parts) masked(c Component) bool { return p.Masked&c != 0 }

// precision finds the finest unit of which any digit is stated.
func (d *dateReader) precision() {
	d.p.Precision = d.unit(DayComponent)
}

// unit gives the unit of a component, or of the next coarser one if no digit of it is stated.
func (d *dateReader) unit(c Component) Precision {
	switch {
	case c == DayComponent && d.day.stated() && !d.day.unknown():
		return Day
	case c >= MonthComponent && d.p.Season != 0:
		return Season
	case c >= MonthComponent && d.month.stated() && !d.month.unknown():
		return Month
	}
	return d.yearLen
}
