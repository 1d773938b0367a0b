package judge

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// The states of a power.
const (
	PowerNotExercised = "not-exercised"
	PowerExercised    = "exercised" // see whether its effect has come in Exercises
	PowerAsserted     = "asserted"  // an act that no clause of this reading allows
	PowerUndetermined = "undetermined"
)

// PowerStatus is how a power of one party stands under one reading, or an act that
// claims a power that no clause gives.
type PowerStatus struct {
	Agreement string         `json:"agreement"`
	Reading   string         `json:"reading"`
	Clause    string         `json:"clause,omitempty"` // "" for an act that no clause allows
	Holder    string         `json:"holder"`           // the party, or who asserts it
	Effect    string         `json:"effect"`
	Clauses   []string       `json:"clauses,omitempty"` // on which it acts; none: the whole agreement
	When      record.Text    `json:"when,omitempty"`    // on what it depends, in words that nothing computes
	Notice    string         `json:"notice,omitempty"`
	Zone      string         `json:"zone"`
	State     string         `json:"state"`
	Exercises []Exercise     `json:"exercises"` // never nil
	Reasons   []Step         `json:"reasons"`
	Position  *agreement.Pos `json:"position"`
}

// Exercise is one act by which a power was used.
type Exercise struct {
	Entry   record.Ref     `json:"entry"`
	Act     record.ActKind `json:"act"`
	Done    string         `json:"done"`    // when
	Takes   string         `json:"takes"`   // when its effect follows: the notice has run out
	Reached truth.Value    `json:"reached"` // whether it has by the question's moment
}

// effects are the acts that have the effect of a power without naming it.
var effects = map[string][]record.ActKind{
	agreement.EffectDenounce: {record.ActDenounced}, agreement.EffectTerminate: {record.ActDenounced},
	agreement.EffectSuspend: {record.ActSuspended}, agreement.EffectResume: {record.ActResumed},
}

// effectOf names the effect of an act that no clause allows.
var effectOf = map[record.ActKind]string{record.ActDenounced: agreement.EffectDenounce, record.ActSuspended: agreement.EffectSuspend}

// Powers answers how every power of an agreement stands, under the text and each
// reading, in the order of the file, then by holder; after them the acts that assert
// a power that no clause gives. Agreement "" means all.
func (b *Bench) Powers(agreementID string) []PowerStatus {
	list := []PowerStatus{}
	for _, id := range b.ids {
		if agreementID != "" && agreementID != id {
			continue
		}
		for _, l := range b.lives[id] {
			if !l.noText {
				list = append(list, l.powers()...)
			}
		}
	}
	return list
}

func (l *life) powers() []PowerStatus {
	var list []PowerStatus
	used := map[record.Ref]bool{}
	order := l.terms.Labels()
	powers := slices.Clone(l.terms.Powers)
	slices.SortStableFunc(powers, func(x, y *agreement.Power) int { return slices.Index(order, x.Label) - slices.Index(order, y.Label) })
	for _, p := range powers {
		for _, holder := range slices.Sorted(slices.Values(p.Holder)) {
			list = append(list, l.power(p, holder, used))
		}
	}
	for _, a := range l.b.acts(l.id, record.ActDenounced, record.ActSuspended, record.ActNotified, record.ActDeclared) {
		effect := effectOf[a.Act.Act]
		var other *agreement.Power // that the act names, of which somebody else is the holder
		for _, p := range powers {
			if p.Label == a.Clause {
				effect, other = p.Effect, p
			}
		}
		if used[a.ref] || effect == "" {
			continue
		}
		s := l.powerStatus(other, a.Party, effect)
		s.Clause, s.State, s.Clauses = "", PowerAsserted, a.Clauses
		when := bounds{a.when.Earliest(), a.when.Latest()}
		s.Exercises = []Exercise{{a.ref, a.Act.Act, span(when), span(when), when.reachedAt(l.b.Question.At)}}
		s.Reasons = []Step{{Test: "power", Outcome: truth.No, Detail: "power.asserted", Args: truth.Args{"party": a.Party, "when": span(when), "zone": l.zone.Name()}, Entries: []record.Ref{a.ref}, Position: s.Position}}
		list = append(list, s)
	}
	return list
}

func (l *life) powerStatus(p *agreement.Power, holder, effect string) PowerStatus {
	s := PowerStatus{Agreement: l.id, Reading: l.by, Holder: holder, Effect: effect, Zone: l.zone.Name(), State: PowerNotExercised, Exercises: []Exercise{}}
	if p != nil && p.Pos.Line > 0 {
		s.Position = &p.Pos
	}
	return s
}

// exercises tells whether an act uses a power: it names the clause, or has its effect.
func exercises(p *agreement.Power, a *act) bool {
	if a.Clause != "" {
		return a.Clause == p.Label
	}
	return slices.Contains(effects[p.Effect], a.Act.Act) && (len(p.Clauses) == 0 || len(a.Clauses) > 0 && within(a.Clauses, p.Clauses))
}

func within(list, of []string) bool {
	return !slices.ContainsFunc(list, func(s string) bool { return !slices.Contains(of, s) })
}

// power answers for one holder; acts that use it are marked.
func (l *life) power(p *agreement.Power, holder string, used map[record.Ref]bool) PowerStatus {
	at := l.b.Question.At
	s := l.powerStatus(p, holder, p.Effect)
	s.Clause, s.Clauses, s.When = p.Label, p.Clauses, p.When
	if !p.Notice.IsZero() {
		s.Notice = p.Notice.String()
	}
	exercised := truth.No
	for _, a := range l.b.acts(l.id, record.ActDenounced, record.ActSuspended, record.ActResumed, record.ActNotified, record.ActDeclared) {
		if a.Party != holder || !exercises(p, &a) {
			continue
		}
		used[a.ref] = true
		done, takes := bounds{a.when.Earliest(), a.when.Latest()}, l.afterNotice(p, a)
		x := Exercise{a.ref, a.Act.Act, span(done), span(takes), takes.reachedAt(at)}
		s.Exercises = append(s.Exercises, x)
		exercised = truth.Or(exercised, done.reachedAt(at))
		step := Step{Test: "power", Outcome: x.Reached, Entries: []record.Ref{a.ref}, Position: s.Position, Args: truth.Args{
			"party": holder, "clause": p.Label, "when": x.Done, "takes": x.Takes, "zone": l.zone.Name(),
		}}
		switch x.Reached {
		case truth.Yes:
			step.Detail = "power.in-effect"
		case truth.No:
			step.Detail = "power.notice-running"
		default:
			step.Detail = "power.perhaps-in-effect"
			step.Settle = []truth.Gap{{Code: "gap.notice-end", Args: truth.Args{"clause": p.Label, "takes": x.Takes, "zone": l.zone.Name()}}}
		}
		s.Reasons = append(s.Reasons, step)
	}
	slices.SortStableFunc(s.Exercises, func(x, y Exercise) int { return compare(x.Done+"\x00"+string(x.Entry), y.Done+"\x00"+string(y.Entry)) })
	slices.SortStableFunc(s.Reasons, func(x, y Step) int {
		return compare(x.Args["when"]+"\x00"+string(x.Entries[0]), y.Args["when"]+"\x00"+string(y.Entries[0]))
	})
	switch exercised {
	case truth.Yes:
		s.State = PowerExercised
	case truth.Maybe:
		s.State = PowerUndetermined
	}
	if len(s.Exercises) == 0 {
		s.Reasons = []Step{{Test: "power", Outcome: truth.No, Detail: "power.not-exercised", Args: truth.Args{"party": holder, "clause": p.Label}, Entries: noEntries, Position: s.Position}}
	}
	return s
}
