package judge

import (
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// conditionAt tells whether a precondition holds at an instant, and why.
func (l *life) conditionAt(p agreement.Precondition, at moment.Instant) (truth.Value, Step) {
	var v truth.Value
	var s Step
	switch p.Kind {
	case agreement.RequiresAccepted:
		v, s = l.acceptedAt(p, at)
	case agreement.RequiresImplementedTogether:
		v, s = l.implementedAt(p, at)
	case agreement.RequiresMet:
		v, s = l.metAt(p, at)
	case agreement.RequiresDeclared:
		v, s = l.declaredAt(p, at)
	case agreement.RequiresDone:
		v, s = l.doneBy(p, at)
	}
	s.Test, s.Outcome = "precondition", v
	if p.Pos.Line > 0 {
		s.Position = &p.Pos
	}
	return v, s
}

// acceptedAt: the party accepts with a strength that suffices, and every
// condition that it set is met or waived.
func (l *life) acceptedAt(p agreement.Precondition, at moment.Instant) (truth.Value, Step) {
	party := p.Parties[0]
	stands := l.b.stands(l.id, party)
	o := optionsAt(stands, at)
	firm := strengthAt(stands, at)
	suffice, strong := 0, firm
	weak := false
	for _, s := range o.latest {
		if !accepts(s.position) {
			continue
		}
		best := s.strength
		if rank(firm) > rank(best) {
			best = firm
		}
		if rank(best) > rank(strong) {
			strong = best
		}
		if rank(best) < rank(p.Strength) {
			weak = true
			continue
		}
		if s.position == record.PositionAccepts || l.closed(stands, at) {
			suffice++
		}
	}
	step := Step{Args: truth.Args{"party": party, "needed": string(p.Strength)}}
	for _, s := range o.latest {
		if len(o.positions()) > 1 || s.when.Latest() <= at {
			step.Entries = append(step.Entries, s.entry)
		}
	}
	if strong != "" {
		step.Args["strength"] = string(strong)
	}
	switch {
	case suffice == 0 && weak:
		step.Detail = "precondition.accepted.weak"
		return truth.No, step
	case suffice == 0:
		step.Detail = "precondition.accepted.open"
		step.Args["position"] = words(o.positions())
		return truth.No, step
	case suffice == len(o.latest) && !o.silent:
		step.Detail = "precondition.accepted.met"
		return truth.Yes, step
	}
	step.Detail = "precondition.accepted.maybe"
	step.Args["position"] = words(o.positions())
	step.Settle = []truth.Gap{{Code: "gap.time-of-acceptance", Args: truth.Args{"party": party}}}
	if o.certain(at) && !o.silent {
		step.Settle[0].Code = "gap.order-of-statements"
	}
	return truth.Maybe, step
}

// closed tells that no condition of the party is open at an instant.
func (l *life) closed(stands []stand, at moment.Instant) bool {
	return !slices.ContainsFunc(l.b.conditions(l.id, stands, at), func(c ConditionStatus) bool {
		return c.State != ConditionMet && c.State != ConditionWaived
	})
}

// implementedAt: every party's act of implementing is recorded, and they lie
// together: within the stated window, or, where none is stated, at one moment.
func (l *life) implementedAt(p agreement.Precondition, at moment.Instant) (truth.Value, Step) {
	step := Step{Args: truth.Args{"parties": strings.Join(p.Parties, ",")}}
	times := make([]moment.Time, 0, len(p.Parties))
	var missing []string
	done := truth.Yes
	for _, party := range p.Parties {
		first := -1
		acts := l.b.acts(l.id, record.ActImplemented)
		for i, a := range acts {
			if a.Party == party && a.when.Earliest() <= at && (first < 0 || a.when.Earliest() < acts[first].when.Earliest()) {
				first = i
			}
		}
		if first < 0 {
			missing = append(missing, party)
			continue
		}
		times = append(times, acts[first].when)
		step.Entries = append(step.Entries, acts[first].ref)
		if acts[first].when.Latest() > at {
			done = truth.Maybe
		}
	}
	if len(missing) > 0 {
		step.Detail = "precondition.implemented.open"
		step.Args["missing"] = strings.Join(missing, ",")
		return truth.No, step
	}
	switch v := truth.And(done, together(times, p.Within, l.zone)); v {
	case truth.Yes:
		step.Detail = "precondition.implemented.met"
		return v, step
	case truth.No:
		step.Detail = "precondition.implemented.apart"
		return v, step
	default:
		step.Detail = "precondition.implemented.maybe"
		step.Settle = []truth.Gap{{Code: "gap.time-of-implementing", Args: truth.Args{"parties": strings.Join(p.Parties, ",")}}}
		return v, step
	}
}

// together tells whether times lie within a window of each other; without a
// window they must be one moment.
func together(times []moment.Time, window moment.Duration, z *moment.Zone) truth.Value {
	var firstEarliest, firstLatest, lastEarliest, lastLatest moment.Instant
	for i, t := range times {
		if i == 0 {
			firstEarliest, firstLatest, lastEarliest, lastLatest = t.Earliest(), t.Latest(), t.Earliest(), t.Latest()
			continue
		}
		firstEarliest, firstLatest = min(firstEarliest, t.Earliest()), min(firstLatest, t.Latest())
		lastEarliest, lastLatest = max(lastEarliest, t.Earliest()), max(lastLatest, t.Latest())
	}
	if len(times) == 0 {
		return truth.Yes
	}
	within := func(from, to moment.Instant) bool {
		if from >= to {
			return true
		}
		end, err := moment.End(moment.At(from), window, moment.CountHours, z)
		return err == nil && to <= end.Earliest()
	}
	switch {
	case within(firstEarliest, lastLatest):
		return truth.Yes
	case within(firstLatest, lastEarliest):
		return truth.Maybe
	}
	return truth.No
}

// metAt: an act says that the condition is met or waived.
func (l *life) metAt(p agreement.Precondition, at moment.Instant) (truth.Value, Step) {
	state, refs := l.b.conditionState(l.id, p.Condition, at)
	step := Step{Detail: "precondition.met." + state, Args: truth.Args{"condition": p.Condition}, Entries: refs}
	switch state {
	case ConditionMet, ConditionWaived:
		return truth.Yes, step
	case ConditionOpen:
		return truth.No, step
	}
	step.Settle = []truth.Gap{{Code: "gap.time-of-condition", Args: truth.Args{"condition": p.Condition}}}
	return truth.Maybe, step
}

// declaredAt: the party has declared it, as one does who stops alone.
func (l *life) declaredAt(p agreement.Precondition, at moment.Instant) (truth.Value, Step) {
	step := Step{Detail: "precondition.declared.open", Args: truth.Args{"party": p.Parties[0]}}
	v := truth.No
	for _, a := range l.b.acts(l.id, record.ActDeclared) {
		if a.Party != p.Parties[0] || a.Clause != "" && a.Clause != l.terms.Start.Label || a.when.Earliest() > at {
			continue
		}
		step.Entries = append(step.Entries, a.ref)
		v = truth.Or(v, bounds{a.when.Earliest(), a.when.Latest()}.reachedAt(at))
	}
	switch v {
	case truth.Yes:
		step.Detail = "precondition.declared.met"
	case truth.Maybe:
		step.Detail = "precondition.declared.maybe"
		step.Settle = []truth.Gap{{Code: "gap.time-of-declaration", Args: truth.Args{"party": p.Parties[0]}}}
	}
	return v, step
}

// doneBy: the duty named was done.
func (l *life) doneBy(p agreement.Precondition, at moment.Instant) (truth.Value, Step) {
	v := l.doneAt(p.Duty).reachedAt(at)
	step := Step{Args: truth.Args{"clause": p.Duty}}
	switch v {
	case truth.Yes:
		step.Detail = "precondition.done.met"
	case truth.No:
		step.Detail = "precondition.done.open"
	default:
		step.Detail = "precondition.done.maybe"
		step.Settle = []truth.Gap{{Code: "gap.time-of-doing", Args: truth.Args{"clause": p.Duty}}}
	}
	return v, step
}

// preconditions is the status of every precondition at the question's moment.
func (l *life) preconditions() []PreconditionStatus {
	list := []PreconditionStatus{}
	if l.terms == nil || l.terms.Start == nil {
		return list
	}
	for _, p := range l.terms.Start.Requires {
		v, step := l.conditionAt(p, l.b.Question.At)
		step = named([]Step{step})[0]
		s := PreconditionStatus{ID: p.ID(), State: ConditionOpen, Entries: step.Entries, Reason: step, Position: step.Position}
		switch v {
		case truth.Yes:
			s.State = ConditionMet
			if step.Detail == "precondition.met.waived" {
				s.State = ConditionWaived
			}
			s.Since = span(l.firstHolding(func(at moment.Instant) truth.Value {
				v, _ := l.conditionAt(p, at)
				return v
			}))
		case truth.Maybe:
			s.State = ConditionUndetermined
		}
		list = append(list, s)
	}
	return list
}

// words joins typed strings with commas.
func words[S ~string](list []S) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = string(s)
	}
	return strings.Join(parts, ",")
}
