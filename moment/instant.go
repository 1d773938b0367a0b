// Package moment owns time as the field states it: imprecise, in a zone, sometimes open-ended.
//
// An imprecise time ([Time]) is the set of instants that it may be. Tests of such times answer with
// [truth.Value]; differences of them are ranges; a state that changes over time is a [Course].
//
// The calendar is the proleptic Gregorian one of ISO 8601, with the year 0. Time is counted in
// whole seconds of UTC without leap seconds. The package is pure: it never asks the clock or the
// system's zone rules. The zone rules are embedded ([ZoneRules]).
package moment

import (
	"fmt"
	"math"
	"time"
)

// Instant is a second of UTC, counted from 1970-01-01T00:00:00Z, without leap seconds.
type Instant int64

// Past and Future stand for ends that are open: earlier, and later, than every finite instant.
const (
	Past   Instant = math.MinInt64
	Future Instant = math.MaxInt64
)

// FromTime gives the second in which t lies; fractions are cut off towards the past.
func FromTime(t time.Time) Instant { return Instant(t.Unix()) }

// Finite tells whether i is neither Past nor Future.
func (i Instant) Finite() bool { return i != Past && i != Future }

// Time gives i as a time.Time in UTC. It is meaningful for finite instants only: Past and Future
// give the zero time.Time.
func (i Instant) Time() time.Time {
	if !i.Finite() {
		return time.Time{}
	}
	return time.Unix(int64(i), 0).UTC()
}

// Add gives the instant that many seconds later, or earlier if seconds is negative. Past and Future
// stay what they are; a sum beyond them becomes them.
func (i Instant) Add(seconds int64) Instant {
	if !i.Finite() {
		return i
	}
	sum := i + Instant(seconds)
	switch {
	case seconds > 0 && sum < i:
		return Future
	case seconds < 0 && sum > i:
		return Past
	}
	return sum
}

// String gives RFC 3339 in UTC, "2025-03-12T12:00:00Z"; "-inf" for Past and "+inf" for Future. A
// year outside 0000 to 9999 has a sign and at least four digits, as in "+12000-01-01T00:00:00Z".
func (i Instant) String() string {
	switch i {
	case Past:
		return "-inf"
	case Future:
		return "+inf"
	}
	return clockAt(i, 0).String() + "Z"
}

// Span is the half-open stretch [From, Until): From belongs to it, Until does not. From may be
// Past and Until may be Future. A span with Until at or before From is empty.
type Span struct{ From, Until Instant }

// Always is the span of all time.
func Always() Span { return Span{Past, Future} }

// Empty tells whether no instant lies in s.
func (s Span) Empty() bool { return s.Until <= s.From }

// Contains tells whether i lies in s.
func (s Span) Contains(i Instant) bool { return s.From <= i && i < s.Until }

// Covers tells whether every instant of u lies in s. Every span covers an empty one.
func (s Span) Covers(u Span) bool { return u.Empty() || s.From <= u.From && u.Until <= s.Until }

// Overlaps tells whether some instant lies in both.
func (s Span) Overlaps(u Span) bool { return !s.Intersect(u).Empty() }

// Intersect gives what lies in both; it may be empty.
func (s Span) Intersect(u Span) Span {
	return Span{max(s.From, u.From), min(s.Until, u.Until)}
}

// Last is the last instant of s, or Future if s has no end. It is meaningful for spans that are
// not empty.
func (s Span) Last() Instant {
	if s.Until == Future {
		return Future
	}
	return s.Until - 1
}

// String gives both ends, "[2025-03-12T12:00:00Z, +inf)".
func (s Span) String() string { return fmt.Sprintf("[%s, %s)", s.From, s.Until) }
