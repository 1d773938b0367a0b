package judge

import (
	"slices"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// stand is one entry's word on where a party stands on an agreement.
type stand struct {
	when       moment.Time
	position   record.Position
	strength   record.Strength
	conditions []record.Condition
	entry      record.Ref
}

// stands collects a party's stands on the version that the question sees: stances
// that people read from statements, and formal acts. Unattributed claims are none.
func (b *Bench) stands(id, party string) []stand {
	var list []stand
	for _, k := range b.words {
		if !b.done(k) {
			continue
		}
		switch body := k.Body.(type) {
		case *record.Statement:
			if body.Unattributed || body.Characterisation {
				continue
			}
			for _, s := range body.Stances {
				if s.Party == party && b.concerns(id, s.Bearing) {
					list = append(list, stand{k.happened, s.Position, s.Strength, s.Conditions, k.Ref})
				}
			}
		case *record.Act:
			if body.Party != party || !b.concerns(id, body.Bearing) {
				continue
			}
			if s, ok := standOfAct(body); ok {
				s.when, s.entry = b.effective(k, body), k.Ref
				list = append(list, s)
			}
		}
	}
	return list
}

// done tells whether something said or done counts at the question's moment: it
// is dated, holds, and may have happened by then.
func (b *Bench) done(k *known) bool {
	return !k.retract && !k.happened.IsZero() && k.happened.Earliest() <= b.Question.At
}

// standOfAct is the position that a formal act takes.
func standOfAct(a *record.Act) (stand, bool) {
	s := stand{strength: a.Strength, conditions: a.Conditions}
	switch a.Act {
	case record.ActAccepted:
		s.position = record.PositionAccepts
		s.strength = orStrength(s.strength, record.StrengthDeclared)
	case record.ActInitialled:
		s.position = record.PositionAccepts
		s.strength = orStrength(s.strength, record.StrengthInitialled)
	case record.ActSigned:
		s.position = record.PositionAccepts
		s.strength = orStrength(s.strength, record.StrengthSigned)
	case record.ActAcceptedOnConditions:
		s.position = record.PositionAcceptsOnConditions
		s.strength = orStrength(s.strength, record.StrengthDeclared)
	case record.ActRejected:
		s.position = record.PositionRejects
	case record.ActWithdrew:
		s.position = record.PositionWithdrew
	default:
		return stand{}, false
	}
	return s, true
}

func orStrength(s, otherwise record.Strength) record.Strength {
	if s == "" {
		return otherwise
	}
	return s
}

// effective is when an act takes effect: as it says, else when it was done.
func (b *Bench) effective(k *known, a *record.Act) moment.Time {
	if a.Effective != "" {
		if t, err := moment.Parse(a.Effective, b.Case.Zone); err == nil {
			return t
		}
	}
	return k.happened
}

// rank orders strengths; an unstated one ranks lowest.
func rank(s record.Strength) int {
	return slices.Index([]record.Strength{
		"", record.StrengthExpressedReadiness, record.StrengthDeclared, record.StrengthInitialled,
		record.StrengthSigned, record.StrengthRatified,
	}, s)
}

// options is where a party may stand at an instant: the stands that may be the
// latest by then, and whether it may still be silent. Record position breaks no tie.
type options struct {
	latest []stand
	silent bool
}

// optionsAt finds them. A stand may be the latest unless another one, certainly
// made by then, certainly came after it.
func optionsAt(stands []stand, at moment.Instant) options {
	o := options{silent: true}
	for _, s := range stands {
		if s.when.Earliest() > at {
			continue
		}
		if s.when.Latest() <= at {
			o.silent = false
		}
		outdone := slices.ContainsFunc(stands, func(t stand) bool {
			return t.when.Latest() <= at && moment.Before(s.when, t.when) == truth.Yes
		})
		if !outdone {
			o.latest = append(o.latest, s)
		}
	}
	return o
}

// certain tells that every latest stand was made by the instant.
func (o options) certain(at moment.Instant) bool {
	return !slices.ContainsFunc(o.latest, func(s stand) bool { return s.when.Latest() > at })
}

// positions lists the distinct positions possible, silence first.
func (o options) positions() []record.Position {
	var list []record.Position
	if o.silent {
		list = append(list, record.PositionSilent)
	}
	for _, s := range o.latest {
		if !slices.Contains(list, s.position) {
			list = append(list, s.position)
		}
	}
	return list
}

// accepts tells whether a position accepts, conditions apart.
func accepts(p record.Position) bool {
	return p == record.PositionAccepts || p == record.PositionAcceptsOnConditions
}

// strengthAt is the strongest acceptance that certainly stands at an instant: no
// later stand takes acceptance back. Saying it again more weakly weakens nothing.
func strengthAt(stands []stand, at moment.Instant) record.Strength {
	var best record.Strength
	for _, s := range stands {
		if !accepts(s.position) || s.when.Latest() > at || rank(s.strength) <= rank(best) {
			continue
		}
		undone := slices.ContainsFunc(stands, func(t stand) bool {
			return !accepts(t.position) && t.when.Earliest() <= at && moment.Before(t.when, s.when) != truth.Yes
		})
		if !undone {
			best = s.strength
		}
	}
	return best
}

// PositionOf answers where a party stands on an agreement at an instant.
func (b *Bench) PositionOf(id, party string, at moment.Instant) PositionStatus {
	stands := b.stands(id, party)
	o := optionsAt(stands, at)
	all := o.positions()
	s := PositionStatus{Entries: []record.Ref{}}
	switch {
	case len(all) == 1:
		s.Position = all[0]
	case o.certain(at) && !o.silent:
		s.Position, s.Possible = PositionDisputed, all
	default:
		s.Position, s.Possible = PositionUndetermined, all
	}
	if accepts(s.Position) {
		s.Strength = strengthAt(stands, at)
	}
	for _, t := range o.latest {
		// What may only have been said later is named where it makes a difference.
		if len(all) > 1 || t.when.Latest() <= at {
			s.Entries = append(s.Entries, t.entry)
		}
	}
	s.Conditions = b.conditions(id, stands, at)
	return s
}

// conditions lists the conditions that a party has certainly set by an instant, each
// with its state. A condition once set stays an item; only an act closes it.
func (b *Bench) conditions(id string, stands []stand, at moment.Instant) []ConditionStatus {
	var list []ConditionStatus
	for _, s := range stands {
		if s.when.Latest() > at {
			continue
		}
		for _, c := range s.conditions {
			j := slices.IndexFunc(list, func(x ConditionStatus) bool { return x.ID == c.ID })
			if j < 0 {
				state, by := b.conditionState(id, c.ID, at)
				list = append(list, ConditionStatus{ID: c.ID, State: state, Text: c.Text, Entries: by})
				j = len(list) - 1
			}
			list[j].Entries = append(list[j].Entries, s.entry)
		}
	}
	return list
}

// conditionState finds whether acts by an instant met or waived a condition.
func (b *Bench) conditionState(id, condition string, at moment.Instant) (string, []record.Ref) {
	state, refs := ConditionOpen, []record.Ref{}
	for _, a := range b.acts(id, record.ActConditionMet, record.ActConditionWaived) {
		if a.Condition != condition || a.when.Earliest() > at {
			continue
		}
		refs = append(refs, a.ref)
		switch {
		case a.when.Latest() > at:
			if state == ConditionOpen {
				state = ConditionUndetermined
			}
		case a.Act.Act == record.ActConditionWaived:
			state = ConditionWaived
		default:
			state = ConditionMet
		}
	}
	return state, refs
}

// act is a formal act with the time at which it takes effect.
type act struct {
	*record.Act
	when moment.Time
	ref  record.Ref
}

// acts lists the acts of certain kinds on the version that the question sees.
func (b *Bench) acts(id string, kinds ...record.ActKind) []act {
	var list []act
	for _, k := range b.kinds[record.KindAct] {
		body, ok := k.Body.(*record.Act)
		if !ok || !b.done(k) || !slices.Contains(kinds, body.Act) || !b.concerns(id, body.Bearing) {
			continue
		}
		list = append(list, act{body, b.effective(k, body), k.Ref})
	}
	return list
}
