package moment

import (
	"fmt"
	"strings"
)

// spell writes a set as EDTF, read on the clock of the zone. Whole years, months and days are
// written as such, everything else to the second with its offset. Parse reads the text back as the
// same set and zone, as long as years are within four digits and the stretches at most 1,000.
func spell(set Set, zone *Zone) string {
	if set.Empty() {
		return ""
	}
	for _, p := range set {
		if !zone.writable(p.From) || !zone.writable(p.Last()) {
			zone = UTC() // offsets with seconds, from before zones were kept
			break
		}
	}
	var body string
	dated := false
	if len(set) == 1 {
		from, until, joined := spellSpan(set[0], zone)
		body, dated = from, !strings.Contains(from+until, "T")
		if joined {
			body += "/" + until
		}
	} else {
		members := make([]string, len(set))
		for k, p := range set {
			from, until, joined := spellSpan(p, zone)
			dated = dated || !strings.Contains(from+until, "T")
			switch {
			case !joined:
				members[k] = from
			case p.From == Past:
				members[k] = ".." + until
			case p.Until == Future:
				members[k] = from + ".."
			default:
				members[k] = from + ".." + until
			}
		}
		body = "[" + strings.Join(members, ",") + "]"
	}
	if dated || zone.loc != nil {
		body += "[" + zone.Name() + "]"
	}
	return body
}

// writable tells whether the offset at i is of whole minutes, as a text needs it.
func (z *Zone) writable(i Instant) bool { return !i.Finite() || z.Offset(i)%60 == 0 }

// spellSpan writes both ends of a span; joined tells that there are two.
func spellSpan(p Span, zone *Zone) (from, until string, joined bool) {
	switch {
	case p.From == Past || p.Until == Future:
		return spellInstant(p.From, zone), spellInstant(p.Last(), zone), true
	case p.Last() == p.From:
		return spellInstant(p.From, zone), "", false
	}
	first, last := zone.dayOf(p.From), zone.dayOf(p.Last())
	days := zone.local(Instant(first*secondsPerDay), Instant((last+1)*secondsPerDay))
	if !days.Equal(Set{p}) {
		return spellInstant(p.From, zone), spellInstant(p.Last(), zone), true
	}
	y, m, d := civil(first)
	ly, lm, ld := civil(last)
	lastOfMonth := ld == daysIn(ly, lm)
	switch {
	case y == ly && m == 1 && d == 1 && lm == 12 && lastOfMonth:
		return yearText(y), "", false
	case y == ly && m == lm && d == 1 && lastOfMonth:
		return fmt.Sprintf("%s-%02d", yearText(y), m), "", false
	case first == last:
		return dateText(y, m, d), "", false
	}
	return dateText(y, m, d), dateText(ly, lm, ld), true
}

func dateText(y, m, d int) string { return fmt.Sprintf("%s-%02d-%02d", yearText(y), m, d) }

// spellInstant writes one instant with its offset, or ".." for an open end.
func spellInstant(i Instant, zone *Zone) string {
	if !i.Finite() {
		return ".."
	}
	offset := zone.Offset(i)
	text := clockAt(i, offset).String()
	if offset == 0 {
		return text + "Z"
	}
	return text + fixedZone(offset).Name()
}
