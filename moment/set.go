package moment

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// Set is a set of instants: spans sorted by time, disjoint, not adjoining, none empty. The nil Set
// is empty. [NewSet] and the methods keep that form; a literal must keep it itself. No function
// writes to a Set that it was given.
type Set []Span

// NewSet gives the set of all instants of the spans, which may overlap, adjoin or be empty.
func NewSet(spans ...Span) Set {
	s := make(Set, 0, len(spans))
	for _, p := range spans {
		if !p.Empty() {
			s = append(s, p)
		}
	}
	slices.SortFunc(s, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	return merged(s)
}

// merged joins spans, sorted by From, that overlap or adjoin; it works in place.
func merged(s Set) Set {
	if len(s) == 0 {
		return nil
	}
	kept := s[:1]
	for _, p := range s[1:] {
		last := &kept[len(kept)-1]
		if p.From <= last.Until {
			last.Until = max(last.Until, p.Until)
		} else {
			kept = append(kept, p)
		}
	}
	return kept
}

// Empty tells whether no instant lies in s.
func (s Set) Empty() bool { return len(s) == 0 }

// after gives the index of the first span that ends after i.
func (s Set) after(i Instant) int {
	return sort.Search(len(s), func(k int) bool { return s[k].Until > i })
}

// Contains tells whether i lies in s.
func (s Set) Contains(i Instant) bool {
	k := s.after(i)
	return k < len(s) && s[k].From <= i
}

// Covers tells whether every instant of t lies in s. Every set covers the empty one.
func (s Set) Covers(t Set) bool {
	for _, p := range t {
		k := s.after(p.From)
		if k == len(s) || !s[k].Covers(p) {
			return false
		}
	}
	return true
}

// Overlaps tells whether some instant lies in both.
func (s Set) Overlaps(t Set) bool {
	if len(t) > len(s) {
		s, t = t, s
	}
	for _, p := range t {
		k := s.after(p.From)
		if k < len(s) && s[k].From < p.Until {
			return true
		}
	}
	return false
}

// Union gives what lies in s or in any of the others.
func (s Set) Union(others ...Set) Set {
	all := slices.Clone(s)
	for _, o := range others {
		all = append(all, o...)
	}
	return NewSet(all...)
}

// Intersect gives what lies in both.
func (s Set) Intersect(t Set) Set {
	var both Set
	for i, j := 0, 0; i < len(s) && j < len(t); {
		if p := s[i].Intersect(t[j]); !p.Empty() {
			both = append(both, p)
		}
		if s[i].Until < t[j].Until {
			i++
		} else {
			j++
		}
	}
	return both
}

// Complement gives all instants that do not lie in s.
func (s Set) Complement() Set {
	var rest Set
	from := Past
	for _, p := range s {
		if from < p.From {
			rest = append(rest, Span{from, p.From})
		}
		from = p.Until
	}
	if from < Future {
		rest = append(rest, Span{from, Future})
	}
	return rest
}

// Minus gives what lies in s and not in t.
func (s Set) Minus(t Set) Set { return s.Intersect(t.Complement()) }

// Equal tells whether both hold the same instants.
func (s Set) Equal(t Set) bool { return slices.Equal(s, t) }

// Hull is the shortest span that covers s; the zero Span, which is empty, if s is empty.
func (s Set) Hull() Span {
	if len(s) == 0 {
		return Span{}
	}
	return Span{s[0].From, s[len(s)-1].Until}
}

// String gives the spans in order, "{[a, b), [c, d)}".
func (s Set) String() string {
	parts := make([]string, len(s))
	for i, p := range s {
		parts[i] = p.String()
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
