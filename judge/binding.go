package judge

import (
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/truth"
)

// Binding is whether a clause binds at the question's moment, under one reading.
type Binding struct {
	Reading, Clause string
	Binds           truth.Value
}

// Bindings tells of every prohibition and withdrawal of an agreement whether it binds at
// the question's moment, under the text and each reading. A text that the sides do not
// share answers nothing.
func (b *Bench) Bindings(agreementID string) []Binding {
	var list []Binding
	at := moment.At(b.Question.At)
	for _, l := range b.lives[agreementID] {
		if l.noText {
			continue
		}
		for _, c := range l.clauses {
			if c.empty {
				continue
			}
			v := truth.No
			if l.start != never || len(c.window.Possible) > 0 {
				v = moment.Within(at, c.window.Window)
			}
			if w := c.window.binding; w != nil && v != truth.No {
				hours, _ := l.hours(w, at)
				v = truth.And(v, hours)
			}
			list = append(list, Binding{Reading: l.by, Clause: c.label, Binds: v})
		}
	}
	return list
}
