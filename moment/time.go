package moment

import "slices"

// Time is an imprecise time: the set of instants that it may be, with the words in which it was
// given. The zero Time is absent: nothing is known. A Time is never changed; two are compared with
// [Time.Equal].
type Time struct {
	set   Set
	text  string
	zone  *Zone
	parts *Parts
}

// At gives the time that is exactly i, in UTC. Past and Future give a time that no instant can be.
func At(i Instant) Time {
	if !i.Finite() {
		return Of(nil, i.String(), UTC())
	}
	return Of(Set{{i, i + 1}}, i.String(), UTC())
}

// Of gives the time that may be any instant of set, in the words of text and in the zone, which is
// UTC if it is nil. An empty text is filled in: the set written as EDTF with the clock of the zone,
// which [Parse] reads back (years outside 0000 to 9999 excepted). The result of an empty set and
// text is a time that no instant can be, not an absent one.
func Of(set Set, text string, zone *Zone) Time {
	if zone == nil {
		zone = UTC()
	}
	if text == "" {
		text = spell(set, zone)
	}
	return Time{set: set, text: text, zone: zone, parts: &Parts{Form: FormSet, Zone: zone}}
}

// IsZero tells whether t is absent.
func (t Time) IsZero() bool { return t.parts == nil }

// Impossible tells whether t is given but no instant can be it, as after a [Time.Clip] to a span in
// which it does not lie.
func (t Time) Impossible() bool { return t.parts != nil && len(t.set) == 0 }

// Set gives the instants that t may be: all of time if t is absent. The caller must not write to it.
func (t Time) Set() Set {
	if t.IsZero() {
		return Set{Always()}
	}
	return t.set
}

// Hull gives the shortest span that covers every instant that t may be: all of time if t is absent,
// an empty span if t is impossible.
func (t Time) Hull() Span {
	if t.IsZero() {
		return Always()
	}
	return t.set.Hull()
}

// Earliest gives the first instant that t may be; Past if it has no earliest or is absent. It has
// no meaning for an impossible time.
func (t Time) Earliest() Instant { return t.Hull().From }

// Latest gives the last instant that t may be, itself included; Future if it has no latest or is
// absent. It has no meaning for an impossible time.
func (t Time) Latest() Instant { return t.Hull().Last() }

// Exact tells whether t can be one second only.
func (t Time) Exact() bool { return len(t.set) == 1 && t.set[0].From == t.set[0].Last() }

// String gives the text as it was given, zone suffix included; "" for an absent time.
func (t Time) String() string { return t.text }

// Zone gives the zone in which t is stated: that of its suffix, else that of its explicit offset
// (the first one, in an interval), else the zone with which it was parsed. It is nil for an absent
// time.
func (t Time) Zone() *Zone { return t.zone }

// Clip gives the part of t that lies in span, with the text of t. The result is impossible if there
// is none. An absent t becomes a time that may be any instant of span, without a text.
func (t Time) Clip(span Span) Time {
	if t.IsZero() {
		return Time{set: NewSet(span), zone: UTC(), parts: &Parts{Form: FormSet, Zone: UTC()}}
	}
	t.set = t.set.Intersect(NewSet(span))
	return t
}

// Equal tells whether both may be the same instants and were given in the same words and zone.
func (t Time) Equal(u Time) bool {
	return t.IsZero() == u.IsZero() && t.text == u.text && slices.Equal(t.set, u.set) && t.zone.Name() == u.zone.Name()
}
