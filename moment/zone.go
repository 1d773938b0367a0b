package moment

import (
	"archive/zip"
	"bytes"
	_ "embed" // for the zone rules
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// ZoneRules is the release of the IANA Time Zone Database that is embedded in the package.
// Publications name it, because another release may read a local clock otherwise.
const ZoneRules = "2025c"

//go:embed zones/zoneinfo.zip
var zoneArchive []byte

// zoneTable maps each embedded name to a function that reads its rules. The table and each zone are
// made at first use and never change afterwards; that is the only state of the package.
var zoneTable = sync.OnceValues(func() (map[string]func() (*Zone, error), error) {
	archive, err := zip.NewReader(bytes.NewReader(zoneArchive), int64(len(zoneArchive)))
	if err != nil {
		return nil, fmt.Errorf("embedded zone rules: %w", err)
	}
	table := make(map[string]func() (*Zone, error), len(archive.File))
	for _, file := range archive.File {
		if !strings.HasSuffix(file.Name, "/") {
			table[file.Name] = sync.OnceValues(func() (*Zone, error) { return readZone(file) })
		}
	}
	return table, nil
})

// readZone reads the rules of one zone out of the archive.
func readZone(file *zip.File) (*Zone, error) {
	content, err := file.Open()
	if err != nil {
		return nil, fmt.Errorf("embedded zone rules: %w", err)
	}
	defer content.Close() //nolint:errcheck // it reads from memory
	rules, err := io.ReadAll(content)
	if err != nil {
		return nil, fmt.Errorf("embedded zone rules: %w", err)
	}
	loc, err := time.LoadLocationFromTZData(file.Name, rules)
	if err != nil {
		return nil, fmt.Errorf("embedded zone rules: %s: %w", file.Name, err)
	}
	return &Zone{name: file.Name, loc: loc}, nil
}

// Zone is the rules by which the clocks of a place are set. A Zone is never changed. A nil *Zone
// is read as UTC by all its methods but Name.
type Zone struct {
	name  string
	fixed int            // seconds ahead of UTC, where loc is nil
	loc   *time.Location // nil for UTC and fixed offsets
}

var utc = &Zone{name: "UTC"} // immutable

// UTC gives the zone of Universal Time.
func UTC() *Zone { return utc }

// LoadZone gives the zone of an IANA name ("Europe/Kyiv"), of "UTC", or of a fixed offset from
// "-12:00" to "+14:00". Rules come from the package itself, never from the system; names are
// matched letter by letter. The first call reads the table of names (under a millisecond), the first
// of each name its rules; later ones are look-ups. It is safe for use by several goroutines.
//
// An error is an [*Error].
func LoadZone(name string) (*Zone, error) {
	switch {
	case name == "UTC":
		return utc, nil
	case name == "":
		return nil, &Error{name, 0, "no zone is named", "write an IANA name such as Europe/Kyiv, or UTC"}
	case name[0] == '+' || name[0] == '-':
		r := reader{text: name, end: len(name)}
		offset, err := r.offset()
		if err == nil && r.pos < len(name) {
			err = r.fail(r.pos, "text after the offset", "write a fixed zone as +03:00")
		}
		if err != nil {
			return nil, err
		}
		return fixedZone(offset), nil
	}
	table, err := zoneTable()
	if err != nil {
		return nil, &Error{name, 0, err.Error(), ""}
	}
	read, known := table[name]
	if !known {
		mend := "write an IANA name such as Europe/Kyiv, UTC, or an offset such as +03:00"
		for candidate := range table {
			if strings.EqualFold(candidate, name) {
				mend = "write " + candidate
			}
		}
		return nil, &Error{name, 0, "no zone of this name is in the IANA rules " + ZoneRules, mend}
	}
	zone, err := read()
	if err != nil {
		return nil, &Error{name, 0, err.Error(), ""}
	}
	return zone, nil
}

// fixedZone gives the zone that is always offset seconds ahead of UTC; UTC itself for 0.
func fixedZone(offset int) *Zone {
	if offset == 0 {
		return utc
	}
	sign, n := '+', offset
	if n < 0 {
		sign, n = '-', -n
	}
	return &Zone{name: fmt.Sprintf("%c%02d:%02d", sign, n/secondsPerHour, n/60%60), fixed: offset}
}

// Name gives the name under which the zone was loaded: "Europe/Kyiv", "UTC", "+03:00". It is "" for nil.
func (z *Zone) Name() string {
	if z == nil {
		return ""
	}
	return z.name
}

// String is Name.
func (z *Zone) String() string { return z.Name() }

// Offset gives by how many seconds the clocks of the zone are ahead of UTC at i.
func (z *Zone) Offset(i Instant) int {
	offset, _ := z.regime(i)
	return offset
}

// regime gives the offset at i and the first instant at which another rule may apply.
func (z *Zone) regime(i Instant) (offset int, until Instant) {
	if z == nil {
		return 0, Future
	}
	if z.loc == nil {
		return z.fixed, Future
	}
	t := time.Unix(int64(i), 0).In(z.loc)
	_, offset = t.Zone()
	until = Future
	if _, end := t.ZoneBounds(); !end.IsZero() {
		until = Instant(end.Unix())
		if until <= i {
			// Where rules go on beyond the table, package time gives every year 365 days and so
			// ends a leap year before its last day. No rule of a zone changes on that day.
			until = max(until+secondsPerDay, i+1)
		}
	}
	return offset, until
}

// Clock gives what the calendar and the clock of the zone show at i, which must be finite.
func (z *Zone) Clock(i Instant) Clock { return clockAt(i, z.Offset(i)) }

// Day gives the first instant of the given date in the zone and that of the day after. Month and
// day may lie outside their usual range and are then carried over. Where clocks were set back over
// midnight the day begins when its date is shown first; where the zone left out a date the span is empty.
func (z *Zone) Day(year, month, day int) Span {
	year, month = addMonths(year, month, 0)
	n := dayNumber(year, month, 1) + int64(day) - 1
	return Span{z.dayStart(n), z.dayStart(n + 1)}
}

// dayOf gives the number of the local day at i, which must be finite.
func (z *Zone) dayOf(i Instant) int64 {
	n, _ := floorDiv(int64(i)+int64(z.Offset(i)), secondsPerDay)
	return n
}

// farthest is more than any offset from UTC that the rules know, in seconds.
const farthest = 26 * secondsPerHour

// dayStart gives the first instant at which the local date is that day or later.
func (z *Zone) dayStart(day int64) Instant { return z.firstShown(Instant(day * secondsPerDay)) }

// firstShown gives the first instant at which the local clock shows that second or a later one.
func (z *Zone) firstShown(local Instant) Instant {
	if z == nil || z.loc == nil {
		offset, _ := z.regime(0)
		return local.Add(-int64(offset))
	}
	for from := local - farthest; ; {
		offset, until := z.regime(from)
		if at := max(from, local-Instant(offset)); at < until {
			return at
		}
		from = until
	}
}

// local gives the instants at which the local clock shows [from, until), both counted in seconds
// from 1970-01-01T00:00:00 on that clock. Where clocks are set back the set may be two spans; where
// they are set forward over all of [from, until) it is empty.
func (z *Zone) local(from, until Instant) Set {
	if z == nil || z.loc == nil {
		offset, _ := z.regime(0)
		return NewSet(Span{from.Add(-int64(offset)), until.Add(-int64(offset))})
	}
	const edge = 2 * secondsPerDay
	if until-from > 3*edge {
		// Far from both ends every rule agrees, so only the edges are looked at.
		spans := append(z.local(from, from+edge), Span{from + edge/2, until - edge/2})
		return NewSet(append(spans, z.local(until-edge, until)...)...)
	}
	var set Set
	for at := from - farthest; at < until+farthest; {
		offset, next := z.regime(at)
		shown := Span{from - Instant(offset), until - Instant(offset)}
		if p := shown.Intersect(Span{at, next}); !p.Empty() {
			set = append(set, p)
		}
		at = next
	}
	return merged(set)
}
