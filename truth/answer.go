package truth

import (
	"maps"
	"slices"
	"strings"
)

// Args are the particulars of a gap, by name, already written as text.
type Args map[string]string

// Gap is a fact that is not known and whose knowledge would settle a Maybe. Code names the kind
// of fact and is the message code under which a renderer finds the sentence; Args fills it.
type Gap struct {
	Code string `json:"code"`
	Args Args   `json:"args,omitempty"`
}

// Equal tells whether both gaps name the same fact: same code, same particulars.
func (g Gap) Equal(h Gap) bool { return g.Code == h.Code && maps.Equal(g.Args, h.Args) }

// String gives the code and the particulars sorted by name, for tests and logs of a person:
// "place-band(km=4, line=2.5)".
func (g Gap) String() string {
	if len(g.Args) == 0 {
		return g.Code
	}
	var b strings.Builder
	b.WriteString(g.Code)
	b.WriteByte('(')
	for i, name := range slices.Sorted(maps.Keys(g.Args)) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(name)
		b.WriteByte('=')
		b.WriteString(g.Args[name])
	}
	b.WriteByte(')')
	return b.String()
}

// Answer is a value with what would settle it. Gaps is empty unless Value is Maybe; the functions
// of this package keep that so. The zero Answer is a Maybe of which nobody has said what is missing.
type Answer struct {
	Value Value
	Gaps  []Gap
}

// Certain is the answer Yes for true and No for false.
func Certain(b bool) Answer { return Answer{Value: Of(b)} }

// Unknown is the answer Maybe, settled by the gaps given. Repeated gaps are kept once.
func Unknown(gaps ...Gap) Answer { return Answer{Gaps: union(nil, gaps)} }

// From gives v the gaps if it is Maybe, and none otherwise.
func From(v Value, gaps ...Gap) Answer {
	if v != Maybe {
		return Answer{Value: v}
	}
	return Unknown(gaps...)
}

// Not exchanges Yes and No. The gaps stay: what settles a question settles its opposite.
func (a Answer) Not() Answer { return Answer{Value: a.Value.Not(), Gaps: a.Gaps} }

// All is Kleene's "and". A No settles it, so it then carries no gaps; a Maybe carries the gaps of
// every operand that is Maybe, each once, in the order of the operands. All() is Yes.
func All(answers ...Answer) Answer { return join(Yes, No, answers) }

// Any is Kleene's "or". A Yes settles it, so it then carries no gaps; a Maybe carries the gaps of
// every operand that is Maybe, each once, in the order of the operands. Any() is No.
func Any(answers ...Answer) Answer { return join(No, Yes, answers) }

// join folds answers from the neutral value; settling ends the matter.
func join(neutral, settling Value, answers []Answer) Answer {
	open := false
	for _, a := range answers {
		if a.Value == settling {
			return Answer{Value: settling}
		}
		open = open || a.Value == Maybe
	}
	if !open {
		return Answer{Value: neutral}
	}
	var gaps []Gap
	for _, a := range answers {
		if a.Value == Maybe {
			gaps = union(gaps, a.Gaps)
		}
	}
	return Answer{Gaps: gaps}
}

// union appends to gaps each of more that is not among them yet. It never writes to more.
func union(gaps, more []Gap) []Gap {
	for _, g := range more {
		if !slices.ContainsFunc(gaps, g.Equal) {
			gaps = append(gaps, g)
		}
	}
	return gaps
}
