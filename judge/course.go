package judge

import (
	"slices"

	"github.com/truceline/truceline/moment"
)

// Course is an agreement's life under one reading up to the question's moment, as
// a drawn timeline shows it.
type Course struct {
	By        string    `json:"by"`
	Stretches []Stretch `json:"stretches"`
	// EndPossible and EndCertain bound the computed end; moment.Future where none
	// is reached.
	EndPossible moment.Instant `json:"-"`
	EndCertain  moment.Instant `json:"-"`
}

// Stretch is a time during which the answer does not change: [From, Until).
type Stretch struct {
	From     moment.Instant `json:"from"`
	Until    moment.Instant `json:"until"` // the question's moment for the last
	State    State          `json:"state"`
	Possible []State        `json:"possible,omitempty"`
}

// Courses gives the course of an agreement under the text and each reading. A
// text that the sides do not share has no stretches.
func (b *Bench) Courses(id string) []Course {
	var list []Course
	for _, l := range b.lives[id] {
		list = append(list, l.course())
	}
	return list
}

func (l *life) course() Course {
	c := Course{By: l.by, EndPossible: l.end.possible, EndCertain: l.end.certain}
	if l.noText {
		return c
	}
	points := slices.Clone(l.points)
	for _, e := range []bounds{l.start, l.end} {
		points = append(points, e.possible, e.certain)
	}
	slices.Sort(points)
	now := l.b.Question.At
	for _, at := range slices.Compact(points) {
		if at > now || at == moment.Past || at == moment.Future {
			continue
		}
		possible := l.possibleStates(at)
		s := Stretch{From: at, Until: now, State: Undetermined, Possible: possible}
		if len(possible) == 1 {
			s.State, s.Possible = possible[0], nil
		}
		if n := len(c.Stretches); n > 0 {
			last := &c.Stretches[n-1]
			if last.State == s.State && slices.Equal(last.Possible, s.Possible) {
				continue
			}
			last.Until = at
		}
		c.Stretches = append(c.Stretches, s)
	}
	return c
}
