// Package truth owns the three values that every test of Truceline answers with, and what a
// reader would have to learn to settle the middle one.
//
// The logic is Kleene's strong three-valued logic (S. C. Kleene, Introduction to Metamathematics,
// 1952, §64): truth-functional, with Maybe for "it is one or the other and is not known which".
// The package is pure: it imports nothing of the project and holds no state.
package truth

import "fmt"

// Value is yes, no or maybe. The zero value is Maybe, so that what nobody has set is not known.
// Values are ordered No < Maybe < Yes; And is the least of its operands and Or the greatest.
type Value int8

// The three values. Their numbers are fixed and may be compared with < and >.
const (
	No    Value = -1
	Maybe Value = 0
	Yes   Value = 1
)

// Of gives Yes for true and No for false.
func Of(b bool) Value {
	if b {
		return Yes
	}
	return No
}

// And is No if any operand is No, Yes if all are Yes, and Maybe otherwise. And() is Yes.
func And(values ...Value) Value {
	least := Yes
	for _, v := range values {
		least = min(least, v)
	}
	return least
}

// Or is Yes if any operand is Yes, No if all are No, and Maybe otherwise. Or() is No.
func Or(values ...Value) Value {
	most := No
	for _, v := range values {
		most = max(most, v)
	}
	return most
}

// Not exchanges Yes and No and leaves Maybe.
func (v Value) Not() Value { return -v }

// Valid tells whether v is one of the three values.
func (v Value) Valid() bool { return v >= No && v <= Yes }

// String gives "no", "maybe" or "yes". A number that is none of the three is shown as "truth(5)".
func (v Value) String() string {
	switch v {
	case No:
		return "no"
	case Maybe:
		return "maybe"
	case Yes:
		return "yes"
	}
	return fmt.Sprintf("truth(%d)", int8(v))
}

// MarshalText gives the word of [Value.String]; it refuses a number that is none of the three.
func (v Value) MarshalText() ([]byte, error) {
	if !v.Valid() {
		return nil, fmt.Errorf("truth: %d is none of no (-1), maybe (0), yes (1)", int8(v))
	}
	return []byte(v.String()), nil
}

// UnmarshalText reads exactly "no", "maybe" or "yes", in lower case.
func (v *Value) UnmarshalText(text []byte) error {
	switch string(text) {
	case "no":
		*v = No
	case "maybe":
		*v = Maybe
	case "yes":
		*v = Yes
	default:
		return fmt.Errorf("truth: %q is none of the three values; write \"no\", \"maybe\" or \"yes\"", text)
	}
	return nil
}
