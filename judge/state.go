package judge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// status answers for one reading at the question's moment.
func (l *life) status() ReadingStatus {
	at := l.b.Question.At
	s := ReadingStatus{
		By: l.by, Zone: l.zone.Name(), Preconditions: l.preconditions(), Positions: map[string]PositionStatus{},
		Stated: l.b.stated(l.id, record.ClaimStart, record.ClaimEnd), Possible: []State{}, Reasons: []Step{},
	}
	for _, party := range l.parties() {
		s.Positions[party] = l.b.PositionOf(l.id, party, at)
	}
	if l.noText {
		s.State = Undetermined
		s.Reasons = append(s.Reasons, Step{Entries: []record.Ref{}, Test: "text", Outcome: truth.Maybe, Detail: "text.no-common-text"})
		return s
	}
	s.InForceFrom, s.InForceUntil = span(l.start), ""
	if l.start != never {
		s.InForceUntil = span(l.end)
		for _, e := range l.ends {
			s.Ends = append(s.Ends, End{Counting: e.counting, LastDay: l.lastDay(e.at), Until: span(e.at)})
		}
	}
	possible := l.possibleStates(at)
	if len(possible) == 1 {
		s.State = possible[0]
	} else {
		s.State, s.Possible = Undetermined, possible
	}
	s.Reasons = named(l.reasons(at))
	return s
}

// parties lists the participants that the agreement binds, by code.
func (l *life) parties() []string {
	var list []string
	for code, role := range l.version.Roles {
		if role == agreement.RoleParty {
			list = append(list, code)
		}
	}
	slices.Sort(list)
	return list
}

// required lists the parties whose acceptance the start requires; where the
// terms require none, all parties.
func (l *life) required() []string {
	var list []string
	if s := l.terms.Start; s != nil {
		for _, p := range s.Requires {
			if p.Kind == agreement.RequiresAccepted && !slices.Contains(list, p.Parties[0]) {
				list = append(list, p.Parties[0])
			}
		}
	}
	if len(list) == 0 {
		return l.parties()
	}
	return list
}

// possibleStates lists the states that imprecise times leave open, in the order
// of an agreement's life.
func (l *life) possibleStates(at moment.Instant) []State {
	var list []State
	add := func(s State, v truth.Value) {
		if v != truth.No && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	started := l.start.reachedAt(at)
	ended := l.end.reachedAt(at)
	denounced, _ := l.over(record.ActDenounced, at)
	superseded, _ := l.over(record.ActSuperseded, at)
	lapsed, _ := l.over(record.ActLapsed, at)
	gone := truth.Or(denounced, superseded, lapsed)
	if started != truth.Yes && gone != truth.Yes {
		for _, s := range l.statesBefore(at) {
			add(s, truth.Maybe)
		}
	}
	if l.terms.Start == nil && l.allAccept(at) != truth.No && gone != truth.Yes {
		add(InForce, truth.Maybe) // no clause says when it begins
	}
	binding := truth.And(started, ended.Not(), gone.Not())
	suspended := l.interrupted("", at)
	add(InForce, truth.And(binding, suspended.Not()))
	add(Suspended, truth.And(binding, suspended))
	add(Expired, truth.And(started, ended, gone.Not()))
	add(Terminated, denounced)
	add(Superseded, superseded)
	add(Lapsed, lapsed)
	return list
}

// statesBefore lists the states possible before entry into force.
func (l *life) statesBefore(at moment.Instant) []State {
	rejects, accepting, spoken := truth.No, truth.No, truth.No
	for _, party := range l.required() {
		all := optionsAt(l.b.stands(l.id, party), at).positions()
		rejects = truth.Or(rejects, among(all, func(p record.Position) bool { return p == record.PositionRejects }))
		accepting = truth.Or(accepting, among(all, accepts))
		spoken = truth.Or(spoken, among(all, func(p record.Position) bool { return p != record.PositionSilent }))
	}
	tabled := spoken
	for _, a := range l.b.acts(l.id, record.ActTabled, record.ActAmended) {
		tabled = truth.Or(tabled, bounds{a.when.Earliest(), a.when.Latest()}.reachedAt(at))
	}
	var list []State
	add := func(s State, v truth.Value) {
		if v != truth.No {
			list = append(list, s)
		}
	}
	open := truth.And(rejects.Not(), accepting.Not())
	add(Draft, truth.And(open, tabled.Not()))
	add(Tabled, truth.And(open, tabled))
	add(Pending, truth.And(rejects.Not(), accepting))
	add(Rejected, rejects)
	return list
}

// among tells whether a party's position is of a sort: yes if all possible ones
// are, no if none is.
func among(all []record.Position, is func(record.Position) bool) truth.Value {
	n := 0
	for _, p := range all {
		if is(p) {
			n++
		}
	}
	switch n {
	case 0:
		return truth.No
	case len(all):
		return truth.Yes
	}
	return truth.Maybe
}

// allAccept tells whether every required party accepts.
func (l *life) allAccept(at moment.Instant) truth.Value {
	v := truth.Yes
	for _, party := range l.required() {
		v = truth.And(v, among(optionsAt(l.b.stands(l.id, party), at).positions(), accepts))
	}
	return v
}

// reasons are the steps from the terms and acts to the state.
func (l *life) reasons(at moment.Instant) []Step {
	var steps []Step
	add := func(s Step, pos agreement.Pos) {
		if pos.Line > 0 {
			s.Position = &pos
		}
		s.Args["zone"] = l.zone.Name()
		steps = append(steps, s)
	}
	s := l.terms.Start
	if s == nil {
		steps = append(steps, Step{Test: "start", Outcome: truth.Maybe, Detail: "start.no-clause", Settle: []truth.Gap{{Code: "gap.start-clause"}}})
		return steps
	}
	for _, p := range s.Requires {
		_, step := l.conditionAt(p, at)
		steps = append(steps, step)
	}
	if !s.Start.IsZero() {
		add(Step{Test: "start", Outcome: l.statedStartAt(at), Detail: "start.stated", Args: truth.Args{"from": s.Start.String()}}, s.Pos)
	}
	switch started := l.start.reachedAt(at); {
	case started == truth.No:
		add(Step{Test: "start", Outcome: truth.No, Detail: "start.not-begun", Args: truth.Args{"open": strings.Join(l.open(at), ";")}}, s.Pos)
	default:
		step := Step{Test: "start", Outcome: started, Detail: "start.begun", Args: truth.Args{"from": span(l.start)}}
		if started == truth.Maybe {
			step.Detail = "start.perhaps-begun"
			step.Settle = []truth.Gap{{Code: "gap.start-hour", Args: truth.Args{"from": span(l.start)}}}
		}
		add(step, s.Pos)
	}
	return append(steps, l.endReasons(at)...)
}

// endReasons tell how the end follows, and what ended or interrupted the term.
func (l *life) endReasons(at moment.Instant) []Step {
	var steps []Step
	d := l.terms.Length
	if d == nil {
		return append(steps, Step{Test: "end", Outcome: truth.No, Detail: "end.none-stated"})
	}
	if l.start != never {
		for _, e := range l.ends {
			args := truth.Args{"counting": string(e.counting), "last": l.lastDay(e.at), "until": span(e.at), "zone": l.zone.Name()}
			steps = append(steps, Step{Test: "end", Outcome: e.at.reachedAt(at), Detail: "end.counted", Args: args, Position: &d.Pos})
		}
	}
	if x := d.Extension; x != nil && x.Tacit != (moment.Duration{}) && l.start != never {
		steps = append(steps, l.tacitStep(x))
	}
	if x := d.Extension; x != nil && len(x.Mutual) > 0 {
		step := Step{Test: "extension", Outcome: truth.No, Detail: "extension.none", Args: truth.Args{"parties": strings.Join(x.Mutual, ",")}, Position: &x.Pos}
		var who []string
		for _, a := range l.b.acts(l.id, record.ActConsented, record.ActExtensionProposed) {
			step.Entries = append(step.Entries, a.ref)
			if !slices.Contains(who, a.Party) {
				who = append(who, a.Party)
			}
		}
		if len(who) > 0 {
			step.Detail, step.Args["consented"] = "extension.some", strings.Join(who, ",")
		}
		if len(who) > 0 && !slices.ContainsFunc(x.Mutual, func(p string) bool { return !slices.Contains(who, p) }) {
			step.Outcome, step.Detail = truth.Yes, "extension.all"
		}
		steps = append(steps, step)
	}
	for _, kind := range []record.ActKind{record.ActDenounced, record.ActSuperseded, record.ActLapsed} {
		if v, refs := l.over(kind, at); v != truth.No {
			steps = append(steps, Step{Test: "end", Outcome: v, Detail: "end." + string(kind), Entries: refs})
		}
	}
	return steps
}

// open lists the ids of preconditions that do not hold.
func (l *life) open(at moment.Instant) []string {
	var ids []string
	if s := l.terms.Start; s != nil {
		for _, p := range s.Requires {
			if v, _ := l.conditionAt(p, at); v != truth.Yes {
				ids = append(ids, p.ID())
			}
		}
	}
	return ids
}

// span writes bounds: an instant, or the interval from first possible to first
// certain; ".." where it may never come.
func span(x bounds) string {
	switch {
	case x.possible == moment.Future:
		return ""
	case x.possible == x.certain:
		return x.possible.String()
	case x.certain == moment.Future:
		return x.possible.String() + "/.."
	}
	return x.possible.String() + "/" + x.certain.String()
}

// lastDay is the day with which a term ends: the day of its last moment, in the
// zone of the terms; an interval where imprecise.
func (l *life) lastDay(until bounds) string {
	day := func(x moment.Instant) string {
		if x == moment.Future {
			return ".."
		}
		c := l.zone.Clock(x - 1)
		return fmt.Sprintf("%04d-%02d-%02d", c.Year, c.Month, c.Day)
	}
	first, last := day(until.possible), day(until.certain)
	if first == last {
		return first
	}
	return first + "/" + last
}
