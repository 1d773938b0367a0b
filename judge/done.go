package judge

import (
	"slices"

	"github.com/truceline/truceline/record"
)

// doneAt is when a duty was done, as acts that name it say: every bound party's.
func (l *life) doneAt(label string) bounds {
	var binds []string
	for _, d := range l.terms.Duties {
		if d.Label == label {
			binds = d.Binds
		}
	}
	for _, w := range l.terms.Withdrawals {
		if w.Label == label {
			binds = w.Binds
		}
	}
	if len(binds) == 0 {
		return never
	}
	done := bounds{}
	for i, party := range binds {
		one := l.firstAct(func(a *act) bool {
			return a.Party == party && (a.Clause == label || slices.Contains(a.Clauses, label))
		}, record.ActImplemented, record.ActHandedOver, record.ActDeclared, record.ActNotified)
		if i == 0 {
			done = one
		} else {
			done = later(done, one)
		}
	}
	return done
}
