package judge

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// phase is when a phase of the agreement's life runs: from its beginning to the
// first moment after it; never where that is not reached.
type phase struct{ from, until bounds }

// window is when the phase runs, certainly and possibly.
func (p phase) window() moment.Window { return meet(p.from.since(), p.until.before()) }

// phaseOf finds when a phase runs, by its label. A circle, which the parser does
// not let pass, never begins.
func (l *life) phaseOf(label string) phase {
	if p, known := l.phases[label]; known {
		return p
	}
	if l.phases == nil {
		l.phases = map[string]phase{}
	}
	l.phases[label] = phase{never, never}
	i := slices.IndexFunc(l.terms.Phases, func(p *agreement.Phase) bool { return p.Label == label })
	if i < 0 {
		return phase{never, never}
	}
	t := l.terms.Phases[i]
	p := phase{from: l.start, until: never}
	switch {
	case t.From != nil:
		p.from, _ = l.when(t.From, t.Counting)
	case i > 0:
		p.from = l.phaseOf(l.terms.Phases[i-1].Label).until
	}
	if len(t.Requires) > 0 && p.from != never {
		gate := l.holding(t.Requires)
		p.from = later(p.from, firstOf(gate, p.from))
	}
	if p.from.possible == moment.Future {
		p.from = never
	} else {
		p.until = l.phaseEnd(t, p.from)
	}
	l.phases[label] = p
	return p
}

// firstOf is when a window first binds from an instant on.
func firstOf(w moment.Window, from bounds) bounds {
	first := func(s moment.Set, from moment.Instant) moment.Instant {
		for _, span := range s {
			if span.Until > from {
				return max(span.From, from)
			}
		}
		return moment.Future
	}
	if from.possible == moment.Future {
		return never
	}
	x := bounds{possible: first(w.Possible, from.possible), certain: moment.Future}
	if from.certain != moment.Future {
		x.certain = first(w.Certain, from.certain)
	}
	return x
}

// phaseEnd finds the end of a phase: as it says, never after the agreement's own.
// One that talks keep alive goes on while every party says that they do.
func (l *life) phaseEnd(t *agreement.Phase, from bounds) bounds {
	until := l.end
	switch {
	case t.Until != nil:
		x, ok := l.when(t.Until, t.Counting)
		if !ok {
			x = never
		}
		until = sooner(until, x)
	case !t.Length.IsZero():
		x := bounds{moment.Future, moment.Past}
		for _, c := range l.countings(t.Length, t.Counting) {
			x.possible = min(x.possible, l.after(from.possible, t.Length, c))
			if from.certain == moment.Future {
				x.certain = moment.Future
			} else {
				x.certain = max(x.certain, l.after(from.certain, t.Length, c))
			}
		}
		if t.Continues != "" {
			x = l.kept(t.Continues, x)
		}
		until = sooner(until, x)
	default:
		until = sooner(until, l.followed(t))
	}
	return until
}

// followed is when the phase after one begins by a moment of its own.
func (l *life) followed(t *agreement.Phase) bounds {
	i := slices.Index(l.terms.Phases, t)
	if i+1 >= len(l.terms.Phases) || l.terms.Phases[i+1].From == nil {
		return never
	}
	return l.phaseOf(l.terms.Phases[i+1].Label).from
}

// kept tells how far a condition keeps a phase alive past its end: while every
// party says by then that it does. Where some only say so it may.
func (l *life) kept(condition string, end bounds) bounds {
	all, some := true, false
	for _, party := range l.parties() {
		said := l.firstAct(func(a *act) bool { return a.Party == party && a.Condition == condition }, record.ActConditionMet)
		all = all && said.certain <= end.possible
		some = some || said.possible <= end.certain
	}
	over := l.firstAct(func(a *act) bool { return a.Condition == condition }, record.ActConditionWaived)
	switch {
	case all:
		return later(end, over)
	case some:
		return bounds{end.possible, max(end.certain, over.certain)}
	}
	return end
}
