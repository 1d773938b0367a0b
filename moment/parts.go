package moment

// Precision is the unit to which a time is stated.
type Precision int8

// The precisions, from fine to coarse. Season stands for every part of a year of more than one
// month (EDTF 21 to 41). Interval and Several are those of times that have no single precision.
const (
	Unstated Precision = iota // absent, open, or made from a set
	Second
	Minute
	Hour
	Day
	Month
	Season
	Year
	Decade
	Century
	Millennium
	Interval // "a/b"
	Several  // "[a,b]", "{a,b}"
)

var precisionNames = [...]string{
	"unstated", "second", "minute", "hour", "day", "month", "season", "year",
	"decade", "century", "millennium", "interval", "several",
}

// String gives the name in lower case, "day".
func (p Precision) String() string {
	if p < 0 || int(p) >= len(precisionNames) {
		return "precision?"
	}
	return precisionNames[p]
}

// Form is the way in which a time is written.
type Form int8

// The forms of a time and of its members.
const (
	FormAbsent   Form = iota // the zero Time
	FormDate                 // one date or date-time
	FormInterval             // "a/b": Members holds a and b
	FormOneOf                // "[a,b..c]": one of Members
	FormAllOf                // "{a,b..c}": all of Members
	FormRange                // "b..c" inside a set: Members holds b and c
	FormOpen                 // "..": an end that is open (member only)
	FormUnknown              // "": an end that is not known (member only)
	FormSet                  // made from a set of instants; only Hull tells of it
)

// Component names one part of a date, as a bit, so that several can be named together.
type Component uint8

// The components that can be qualified or masked.
const (
	YearComponent Component = 1 << iota
	MonthComponent
	DayComponent
	ClockComponent
)

// Parts is a time taken apart, enough to write it in any language. Numbers that Precision does not
// reach are 0. Masked digits count as 0 in them: "199X" has the year 1990, the precision Decade and
// YearComponent in Masked; "199X-12-25" has the precision Day and the same mask. Where a mask is not
// one that Precision tells in full, a renderer does best to show Text.
type Parts struct {
	Form      Form
	Text      string // this part as written, without the zone suffix of the whole
	Precision Precision

	Year, Month, Day     int // Month 1 to 12, Day 1 to 31
	Season               int // EDTF 21 to 41, where Precision is Season
	Hour, Minute, Second int // Hour 24 is possible, with Minute and Second 0

	Masked      Component // components with an X, or only some digits significant
	Uncertain   Component // components that '?' or '%' marks
	Approximate Component // components that '~' or '%' marks

	Zone    *Zone // the zone in which the numbers are read
	Offset  bool  // the text itself gives Z or an offset
	Members []Parts
}

// Parts gives t taken apart. The caller must not write to Members.
func (t Time) Parts() Parts {
	if t.parts == nil {
		return Parts{}
	}
	return *t.parts
}

// Precision gives the unit to which t is stated.
func (t Time) Precision() Precision { return t.Parts().Precision }

// Uncertain tells whether '?' or '%' stands anywhere in t.
func (t Time) Uncertain() bool {
	return t.parts.some(func(p *Parts) bool { return p.Uncertain != 0 })
}

// Approximate tells whether '~' or '%' stands anywhere in t.
func (t Time) Approximate() bool {
	return t.parts.some(func(p *Parts) bool { return p.Approximate != 0 })
}

// Unbounded tells whether t has no earliest or no latest instant. Parts tells whether that end is
// open ("..") or not known ("").
func (t Time) Unbounded() bool {
	h := t.Hull()
	return h.From == Past || h.Until == Future
}

// some tells whether test holds for p or any of its members.
func (p *Parts) some(test func(*Parts) bool) bool {
	if p == nil {
		return false
	}
	if test(p) {
		return true
	}
	for k := range p.Members {
		if p.Members[k].some(test) {
			return true
		}
	}
	return false
}
