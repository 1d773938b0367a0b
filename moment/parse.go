package moment

import (
	"errors"
	"strings"
)

// Limits of a text, so that no text from outside can cost much time or memory.
const (
	maxText    = 4096            // bytes
	maxSpans   = 12000           // separate stretches that masks may stand for, in one text
	maxYear    = 200_000_000_000 // the farthest year either way that Instant can hold with room to spare
	maxMembers = 1000            // of a set
)

// Parse reads a time in EDTF (ISO 8601-2:2019): levels 0 and 1, and of level 2 seasons and other
// parts of a year (21 to 41), sets of one or of all, qualified components, masks, exponential years
// and significant digits.
//
// The text may end with a zone in brackets, in the manner of RFC 9557: "2025-03-18[Europe/Moscow]",
// "2024-08/..[+03:00]". That zone holds for the whole text; without it, zone does, and a nil zone is
// UTC. An offset in a date-time ("Z", "+03", "+03:00") holds for that date-time in place of both; one
// that the zone in brackets never had at that moment is an error ("Z" is not: it tells of no local clock).
//
// What the text stands for:
//
//   - A date stands for all its instants in its zone. Winter (24) runs from December of its year to
//     the end of the next February; 21 to 24 are the northern seasons by months, as 25 to 28 are.
//   - A date-time to the second or to the minute stands for one second: in this field a clock time
//     is told to the minute and means the instant. One to the hour ("T18", an extension of ours)
//     stands for the whole hour. Fractions of a second are cut off. 24:00 is the end of the day.
//   - A clock time that the zone showed twice stands for both instants; one that it left out is an
//     error unless an offset is given.
//   - '~' widens by one unit of the stated precision on each side; inside a date, by one unit of the
//     component that it is attached to. '?' is kept and does not widen. '%' does both.
//   - "a/b" stands for every instant from the earliest of a to the latest of b: what happened within
//     it happened at one of them. ".." is an open end, an empty end one that is not known; both are unbounded.
//   - "[..]" is one of its members and "{..}" all of them; both stand for the union of their instants.
//   - "1950S2" stands for all years that agree in the significant digits.
//
// Refused, although some EDTF libraries take them: centuries and decades without a mask ("19",
// "193"), 'Y' before a year of four digits, the offset -00:00, second 60, texts that stand for more
// than 12,000 separate stretches or have more than 4,096 bytes.
//
// An error is an [*Error].
func Parse(text string, zone *Zone) (Time, error) {
	if zone == nil {
		zone = UTC()
	}
	r := reader{text: text, end: len(text), zone: zone}
	if len(text) > maxText {
		return Time{}, r.fail(maxText, "the text is longer than 4096 bytes", "state the time more shortly")
	}
	if err := r.suffix(); err != nil {
		return Time{}, err
	}
	it, err := r.whole()
	if err != nil {
		return Time{}, err
	}
	t := Time{set: it.set, text: text, zone: r.zone, parts: &it.parts}
	if r.stated == nil {
		if p := it.parts.firstOffset(); p != nil {
			t.zone = p.Zone
		}
	}
	return t, nil
}

// firstOffset gives the first part whose own text has an offset.
func (p *Parts) firstOffset() *Parts {
	if p.Offset {
		return p
	}
	for k := range p.Members {
		if q := p.Members[k].firstOffset(); q != nil {
			return q
		}
	}
	return nil
}

// reader walks over a text. Positions are bytes of the whole text; end is where the time ends and
// the zone suffix, if any, begins.
type reader struct {
	text     string
	pos, end int
	zone     *Zone // in which dates are read
	stated   *Zone // the zone of the suffix, nil without one
	spans    int   // separate stretches made so far
}

// item is one part of a time, read.
type item struct {
	set   Set
	parts Parts
}

func (r *reader) fail(at int, problem, mend string) error {
	return &Error{Text: r.text, Offset: at, Problem: problem, Mend: mend}
}

// peek gives the next byte, 0 at the end.
func (r *reader) peek() byte {
	if r.pos < r.end {
		return r.text[r.pos]
	}
	return 0
}

// take steps over b if it comes next.
func (r *reader) take(b byte) bool {
	if r.pos < r.end && r.text[r.pos] == b {
		r.pos++
		return true
	}
	return false
}

// takeDots steps over ".." if it comes next.
func (r *reader) takeDots() bool {
	if strings.HasPrefix(r.text[r.pos:r.end], "..") {
		r.pos += 2
		return true
	}
	return false
}

// suffix takes the zone in brackets off the end. A bracket at the very start opens a set.
func (r *reader) suffix() error {
	if !strings.HasSuffix(r.text, "]") {
		return nil
	}
	open := strings.LastIndexByte(r.text, '[')
	if open <= 0 {
		return nil
	}
	from := open + 1
	if r.text[from] == '!' { // RFC 9557: "do not ignore"; a zone never is ignored here
		from++
	}
	name := r.text[from : len(r.text)-1]
	if strings.Contains(name, "=") {
		return r.fail(from, "only a zone may stand in brackets", "leave the other suffix out")
	}
	zone, err := LoadZone(name)
	var e *Error
	if errors.As(err, &e) {
		return r.fail(from+e.Offset, e.Problem, e.Mend)
	}
	r.zone, r.stated, r.end = zone, zone, open
	return nil
}

// whole reads the time up to end.
func (r *reader) whole() (item, error) {
	if r.end == 0 {
		return item{}, r.fail(0, "the text is empty", "write a date such as 2025-03-12, or .. for an open end of an interval")
	}
	switch r.peek() {
	case '[', '{':
		return r.set()
	}
	if slash := strings.IndexByte(r.text[:r.end], '/'); slash >= 0 {
		return r.interval(slash)
	}
	if r.text[:r.end] == ".." {
		return item{}, r.fail(0, "an open end stands alone", "write an interval such as 2025-03-12/..")
	}
	it, err := r.date()
	if err != nil {
		return item{}, err
	}
	if r.pos < r.end {
		return item{}, r.trailing()
	}
	return it, nil
}

// trailing names what stands at pos although the time has ended.
func (r *reader) trailing() error {
	rest := r.text[r.pos:r.end]
	mend := "leave it out"
	switch rest[0] {
	case ' ', 't':
		mend = "write T between date and clock, and no spaces"
	case 'z':
		mend = "write Z"
	case 'T':
		mend = "a clock follows a full date: 2025-04-19T18:00"
	case '[':
		mend = "close the zone with ]"
	case '/':
		mend = "an interval has one / only"
	}
	return r.fail(r.pos, "unexpected "+quoteShort(rest), mend)
}

// quoteShort quotes the first few characters of a text.
func quoteShort(s string) string {
	n := 0
	for at := range s {
		if n++; n > 12 {
			return `"` + s[:at] + `…"`
		}
	}
	return `"` + s + `"`
}

// interval reads "a/b" whose '/' is at slash.
func (r *reader) interval(slash int) (item, error) {
	end := r.end
	r.end = slash
	from, err := r.intervalEnd()
	if err != nil {
		return item{}, err
	}
	r.pos, r.end = slash+1, end
	to, err := r.intervalEnd()
	if err != nil {
		return item{}, err
	}
	set, err := r.stretch(from, to, slash+1)
	if err != nil {
		return item{}, err
	}
	return item{set, Parts{
		Form: FormInterval, Text: r.text[:end], Precision: Interval,
		Zone: r.zone, Members: []Parts{from.parts, to.parts},
	}}, nil
}

// intervalEnd reads one end of an interval up to r.end.
func (r *reader) intervalEnd() (item, error) {
	switch r.text[r.pos:r.end] {
	case "":
		return item{parts: Parts{Form: FormUnknown}}, nil
	case "..":
		r.pos = r.end
		return item{parts: Parts{Form: FormOpen, Text: ".."}}, nil
	}
	it, err := r.date()
	if err != nil {
		return item{}, err
	}
	if r.pos < r.end {
		return item{}, r.trailing()
	}
	return it, nil
}

// stretch gives all instants from the earliest of a to the latest of b; items without a set are
// unbounded. at is where b stands in the text.
func (r *reader) stretch(a, b item, at int) (Set, error) {
	s := Always()
	if a.parts.Form == FormDate {
		s.From = a.set.Hull().From
	}
	if b.parts.Form == FormDate {
		s.Until = b.set.Hull().Until
	}
	if s.Empty() {
		return nil, r.fail(at, "the end lies before the start", "exchange the two")
	}
	return Set{s}, nil
}

// set reads "[a,b..c]" or "{a,b..c}". Spaces may stand around the members.
func (r *reader) set() (item, error) {
	form, closing := FormOneOf, byte(']')
	if r.text[0] == '{' {
		form, closing = FormAllOf, '}'
	}
	r.pos = 1
	whole := Parts{Form: form, Text: r.text[:r.end], Precision: Several, Zone: r.zone}
	var spans []Span
	for {
		r.spaces()
		it, err := r.member(len(whole.Members) == 0, closing)
		if err != nil {
			return item{}, err
		}
		if len(whole.Members) == maxMembers {
			return item{}, r.fail(r.pos, "the set has more than 1000 members", "state it as an interval")
		}
		spans = append(spans, it.set...)
		whole.Members = append(whole.Members, it.parts)
		r.spaces()
		if !r.take(',') {
			break
		}
	}
	if !r.take(closing) {
		if r.pos < r.end {
			return item{}, r.trailing()
		}
		return item{}, r.fail(r.pos, "the set is not closed", "end it with "+string(closing))
	}
	if r.pos < r.end {
		return item{}, r.trailing()
	}
	return item{NewSet(spans...), whole}, nil
}

func (r *reader) spaces() {
	for r.take(' ') {
	}
}

// member reads one member of a set: a date, "a..b", "..b" as the first or "a.." as the last.
func (r *reader) member(first bool, closing byte) (item, error) {
	start := r.pos
	open := Parts{Form: FormOpen, Text: ".."}
	if r.takeDots() {
		if !first {
			return item{}, r.fail(start, "only the first member of a set can have an open start", "move it to the front")
		}
		to, err := r.date()
		if err != nil {
			return item{}, err
		}
		return r.ranged(start, item{parts: open}, to, start+2)
	}
	from, err := r.date()
	if err != nil {
		return item{}, err
	}
	dots := r.pos
	if !r.takeDots() {
		return from, nil
	}
	r.spaces()
	if r.peek() == closing {
		return r.ranged(start, from, item{parts: open}, dots)
	}
	if r.peek() == ',' {
		return item{}, r.fail(dots, "only the last member of a set can have an open end", "move it to the back")
	}
	at := r.pos
	to, err := r.date()
	if err != nil {
		return item{}, err
	}
	return r.ranged(start, from, to, at)
}

// ranged makes the member "a..b" that began at start.
func (r *reader) ranged(start int, from, to item, at int) (item, error) {
	set, err := r.stretch(from, to, at)
	if err != nil {
		return item{}, err
	}
	return item{set, Parts{
		Form: FormRange, Text: r.text[start:r.pos], Precision: Interval,
		Zone: r.zone, Members: []Parts{from.parts, to.parts},
	}}, nil
}
