package moment

import (
	"fmt"
	"strconv"
)

// two reads two digits from 00 to most; what names them.
func (r *reader) two(what string, most int) (int, error) {
	at := r.pos
	for r.pos < r.end && r.pos < at+2 && r.text[r.pos] >= '0' && r.text[r.pos] <= '9' {
		r.pos++
	}
	if r.pos != at+2 {
		return 0, r.fail(at, "two digits of the "+what+" are expected", "write the "+what+" as 09")
	}
	n, _ := strconv.Atoi(r.text[at:r.pos]) // two digits
	if n > most {
		return 0, r.fail(at, fmt.Sprintf("there is no %s %02d", what, n), fmt.Sprintf("write from 00 to %d", most))
	}
	return n, nil
}

// clock reads "Thh", "Thh:mm" or "Thh:mm:ss" with an optional fraction, offset and qualifier, after
// a date that has been read.
func (d *dateReader) clock() (item, error) {
	switch {
	case !d.day.stated():
		return item{}, d.fail(d.pos, "a clock needs a full date before it", "write year, month and day")
	case d.p.Masked != 0:
		return item{}, d.fail(d.start, "a date with masked digits cannot have a clock", "state all digits, or leave the clock out")
	case d.inner:
		return item{}, d.fail(d.start, "a qualifier inside a date-time", "put it at the very end")
	}
	d.pos++ // T
	if err := d.clockDigits(); err != nil {
		return item{}, err
	}
	begin := d.pos
	offset, err := d.offsetIfAny()
	if err != nil {
		return item{}, err
	}
	u, a := d.qualifier()
	d.mark(2*ClockComponent-1, ClockComponent, u, a)
	d.p.Text = d.text[d.start:d.pos]
	set, err := d.atClock(offset, begin)
	if err != nil {
		return item{}, err
	}
	return item{set, d.p}, nil
}

// clockDigits reads hour, minute and second.
func (d *dateReader) clockDigits() error {
	at := d.pos
	var err error
	d.p.Precision = Hour
	if d.p.Hour, err = d.two("hour", 24); err != nil {
		return err
	}
	if d.take(':') {
		d.p.Precision = Minute
		if d.p.Minute, err = d.two("minute", 59); err != nil {
			return err
		}
		if d.take(':') {
			d.p.Precision = Second
			if err = d.seconds(); err != nil {
				return err
			}
		}
	}
	if d.p.Hour == 24 && (d.p.Precision == Hour || d.p.Minute != 0 || d.p.Second != 0) {
		return d.fail(at, "hour 24 is the end of the day only", "write 24:00, or from 00 to 23")
	}
	return nil
}

// seconds reads the second and steps over its fraction.
func (d *dateReader) seconds() (err error) {
	if d.p.Second, err = d.two("second", 59); err != nil {
		return err
	}
	if d.peek() == '.' && (d.pos+1 == d.end || d.text[d.pos+1] != '.') { // ".." is a range in a set
		d.pos++
		if d.run(false) == "" {
			return d.fail(d.pos, "digits are missing after the decimal mark", "write them, or leave the mark out")
		}
	}
	return nil
}

// offsetIfAny reads an offset and sets the zone of the date by it; nil if there is none.
func (d *dateReader) offsetIfAny() (*int, error) {
	switch d.peek() {
	case 'Z', '+', '-':
	default:
		return nil, nil
	}
	utcMark := d.peek() == 'Z'
	begin := d.pos
	offset, err := d.offset()
	if err != nil {
		return nil, err
	}
	d.p.Offset = true
	if d.stated == nil || utcMark {
		d.p.Zone = fixedZone(offset)
		return &offset, nil
	}
	if at := d.localSecond() - Instant(offset); d.stated.Offset(at) != offset {
		return nil, d.fail(begin, fmt.Sprintf("the offset %s is not that of %s at this moment", d.text[begin:d.pos], d.stated.Name()),
			"leave one of the two out, or correct it")
	}
	return &offset, nil
}

// offset reads "Z", "+hh", "+hhmm" or "+hh:mm" and gives seconds ahead of UTC.
func (r *reader) offset() (int, error) {
	if r.take('Z') {
		return 0, nil
	}
	begin := r.pos
	negative := r.peek() == '-'
	r.pos++ // the sign
	hours, err := r.two("hour", 24)
	if err != nil {
		return 0, err
	}
	minutes := 0
	if c := r.peek(); c == ':' || c >= '0' && c <= '9' {
		r.take(':')
		if minutes, err = r.two("minute", 59); err != nil {
			return 0, err
		}
	}
	offset := hours*secondsPerHour + minutes*60
	switch {
	case negative && offset == 0:
		return 0, r.fail(begin, "there is no offset -00:00", "write Z or +00:00")
	case negative && offset > 12*secondsPerHour, offset > 14*secondsPerHour:
		return 0, r.fail(begin, "the offset "+r.text[begin:r.pos]+" is out of range", "write from -12:00 to +14:00")
	case negative:
		offset = -offset
	}
	return offset, nil
}

// localSecond gives the second that the date-time names on its own clock.
func (d *dateReader) localSecond() Instant {
	return Instant(dayNumber(d.p.Year, d.p.Month, d.p.Day)*secondsPerDay +
		int64(d.p.Hour*secondsPerHour+d.p.Minute*60+d.p.Second))
}

// atClock gives the set of instants of the date-time; begin is where the clock ends in the text.
func (d *dateReader) atClock(offset *int, begin int) (Set, error) {
	length, unit := int64(1), int64(1)
	switch d.p.Precision {
	case Hour:
		length, unit = secondsPerHour, secondsPerHour
	case Minute:
		unit = 60
	default: // Second
	}
	from := d.localSecond()
	var set Set
	if offset != nil {
		from -= Instant(*offset)
		set = Set{{from, from.Add(length)}}
	} else if set = d.zone.local(from, from.Add(length)); len(set) == 0 {
		return nil, d.fail(begin, "the clocks of "+d.zone.Name()+" left this time out", "state the offset, as in +03:00")
	}
	if d.widen == 0 {
		return set, nil
	}
	wide := make([]Span, len(set))
	for k, p := range set {
		wide[k] = Span{p.From.Add(-unit), p.Until.Add(unit)}
	}
	return NewSet(wide...), nil
}
