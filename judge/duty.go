package judge

import (
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// DutyState is how something owed stands.
type DutyState string

// The states of what is owed.
const (
	DutyNotStarted   DutyState = "not-started"
	DutyRunning      DutyState = "running"
	DutyMet          DutyState = "met"
	DutyMetLate      DutyState = "met-late"
	DutyPartlyMet    DutyState = "partly-met" // due, and only a part is done
	DutyOverdue      DutyState = "overdue"
	DutyWaived       DutyState = "waived"
	DutyDisputed     DutyState = "disputed" // sources' figures or findings lead to different states
	DutyUndetermined DutyState = "undetermined"
)

// DutyStates lists the states in the order in which answers list them.
var DutyStates = []DutyState{
	DutyNotStarted, DutyRunning, DutyMet, DutyMetLate, DutyPartlyMet, DutyOverdue, DutyWaived, DutyDisputed, DutyUndetermined,
}

// DutyStatus is how one duty of one party stands under one reading. Withdrawals and
// ratios are duties too.
type DutyStatus struct {
	Agreement string               `json:"agreement"`
	Reading   string               `json:"reading"`
	Clause    string               `json:"clause"`
	Kind      agreement.ClauseKind `json:"kind"`
	Party     string               `json:"party"` // who owes it; "" where the words name nobody
	To        []string             `json:"to,omitempty"`
	Does      string               `json:"does,omitempty"`
	What      []string             `json:"what,omitempty"`
	Measure   string               `json:"measure,omitempty"`
	From      string               `json:"from,omitempty"`     // when it begins to bind; an interval where imprecise
	Due       string               `json:"due,omitempty"`      // the first moment that is too late
	LastDay   string               `json:"last_day,omitempty"` // the last day in time
	Zone      string               `json:"zone"`
	State     DutyState            `json:"state"`
	Possible  []DutyState          `json:"possible"` // where disputed or undetermined; never nil
	Figures   []Figure             `json:"figures"`  // one a source and sort; never nil
	// Claims are said to show it and are not certified; Refuted were found not to be so.
	Claims    []record.Ref   `json:"claims,omitempty"`
	Refuted   []record.Ref   `json:"refuted,omitempty"`
	Occasions *Occasions     `json:"occasions,omitempty"` // of what is owed again and again
	Reasons   []Step         `json:"reasons"`
	Position  *agreement.Pos `json:"position"`
}

// Figure is what one source tells to be done: the events that it tells of, each
// once. Figures of different sources are never added.
type Figure struct {
	By      string       `json:"by"`                // the party for which the source speaks, or ""
	Sort    string       `json:"sort,omitempty"`    // of a ratio: what was given, or what came for it
	Least   int          `json:"least"`             // at least so many
	Most    *int         `json:"most,omitempty"`    // nil: nobody bounds it
	Whole   bool         `json:"whole,omitempty"`   // it says that all is done
	Perhaps bool         `json:"perhaps,omitempty"` // it says so; whether by the moment asked about is not certain
	Entries []record.Ref `json:"entries"`
}

// Text writes the figure: "300", "300–350", "≥ 300".
func (f Figure) Text() string {
	if f.Most == nil {
		return amountText(f.Least, unlimited)
	}
	return amountText(f.Least, *f.Most)
}

// Duties answers how every duty of an agreement stands, under the text and each
// reading, in the order of the file, then by party; agreement "" means all. A text
// without words answers undetermined for each clause of its readings.
func (b *Bench) Duties(agreementID string) []DutyStatus {
	list := []DutyStatus{}
	for _, id := range b.ids {
		if agreementID != "" && agreementID != id {
			continue
		}
		var all [][]DutyStatus
		for _, l := range b.lives[id] {
			var one []DutyStatus
			for _, o := range l.owings() {
				one = append(one, o.status())
			}
			all = append(all, one)
		}
		if b.lives[id][0].noText {
			all[0] = b.lives[id][0].unworded(all[1:])
		}
		list = append(list, slices.Concat(all...)...)
	}
	return list
}

// unworded answers for the duties of the readings of a text that does not exist.
func (l *life) unworded(readings [][]DutyStatus) []DutyStatus {
	var list []DutyStatus
	for _, s := range slices.Concat(readings...) {
		if slices.ContainsFunc(list, func(x DutyStatus) bool { return x.Clause == s.Clause && x.Party == s.Party }) {
			continue
		}
		list = append(list, DutyStatus{
			Agreement: l.id, Reading: l.by, Clause: s.Clause, Kind: s.Kind, Party: s.Party, Zone: l.zone.Name(),
			State: DutyUndetermined, Possible: []DutyState{}, Figures: []Figure{},
			Reasons: []Step{{Test: "text", Outcome: truth.Maybe, Detail: "text.no-common-text", Entries: noEntries}},
		})
	}
	return list
}

// owings lists what is owed under a reading, by whom, in the order of the file.
func (l *life) owings() []*owing {
	var list []*owing
	add := func(o owing, binds []string) {
		o.life = l
		if len(binds) == 0 {
			binds = []string{""}
		}
		for _, party := range slices.Sorted(slices.Values(binds)) {
			one := o
			one.party = party
			list = append(list, &one)
		}
	}
	for _, d := range l.terms.Duties {
		add(owing{
			label: d.Label, kind: agreement.KindDuty, does: d.Does, to: d.To, what: d.What, binding: &d.Binding, measure: d.Measure,
			due: d.Due, certified: d.CertifiedBy, pos: d.Pos, duty: d,
		}, d.Binds)
	}
	for _, w := range l.terms.Withdrawals {
		add(owing{
			label: w.Label, kind: agreement.KindWithdrawal, does: "withdraw", what: w.Weapons, binding: &w.Binding, due: w.Due,
			certified: w.CertifiedBy, pos: w.Pos,
		}, w.Binds)
	}
	for _, r := range l.terms.Ratios {
		add(owing{
			label: r.Label, kind: agreement.KindRatio, does: "exchange", what: []string{r.Gives}, binding: &r.Binding, due: r.Due, pos: r.Pos, ratio: r,
		}, r.Binds)
	}
	order := l.terms.Labels()
	slices.SortStableFunc(list, func(x, y *owing) int { return slices.Index(order, x.label) - slices.Index(order, y.label) })
	return list
}

// status answers for one party.
func (o *owing) status() DutyStatus {
	l := o.life
	at := l.b.Question.At
	s := DutyStatus{
		Agreement: l.id, Reading: l.by, Clause: o.label, Kind: o.kind, Party: o.party, To: o.to, Does: o.does, What: o.what,
		Measure: o.measure.Text, Zone: l.zone.Name(), State: DutyUndetermined, Possible: []DutyState{}, Figures: []Figure{},
	}
	if o.pos.Line > 0 {
		s.Position = &o.pos
	}
	add := func(st Step) {
		if st.Args == nil {
			st.Args = truth.Args{}
		}
		st.Args["zone"], st.Position = l.zone.Name(), s.Position
		s.Reasons = append(s.Reasons, st)
	}
	if o.party == "" {
		add(Step{Test: "actor", Outcome: truth.Maybe, Detail: "actor.none-named", Settle: []truth.Gap{{Code: "gap.clause-actor"}}})
		s.Reasons = named(s.Reasons)
		return s
	}
	o.began = l.binds(o.label, o.binding)
	o.since = o.starts()
	o.events = o.fitting(o.evidence())
	s.From = span(o.since)
	add(o.beginsStep(at))
	var views [][]DutyState
	switch {
	case o.ratio != nil:
		views = o.ratioStates(&s, add)
	case o.again():
		views = o.againStates(&s, add)
	default:
		views = o.onceAll(&s, add)
	}
	s.State, s.Possible = agreed(views)
	o.foundSteps(&s, add)
	if v, refs := o.waived(); v != truth.No {
		step := Step{Test: "waiver", Outcome: v, Detail: "duty.waived", Entries: refs}
		switch {
		case v == truth.Maybe:
			step.Detail, step.Settle = "duty.perhaps-waived", []truth.Gap{{Code: "gap.time-of-waiver"}}
			s.State, s.Possible = agreed([][]DutyState{append(slices.Concat(views...), DutyWaived)})
		case s.State != DutyMet && s.State != DutyMetLate:
			s.State, s.Possible = DutyWaived, nil
		}
		add(step)
	}
	if s.State == DutyDisputed {
		add(Step{Test: "sources", Outcome: truth.Maybe, Detail: "duty.disputed", Settle: []truth.Gap{{Code: "gap.finding"}}})
	}
	if s.Possible == nil {
		s.Possible = []DutyState{}
	}
	s.Reasons = named(s.Reasons)
	return s
}

// beginsStep tells when it begins to bind, and of what binds no longer until when it did.
func (o *owing) beginsStep(at moment.Instant) Step {
	st := Step{Test: "begins", Outcome: o.since.reachedAt(at), Detail: "duty.begun", Args: truth.Args{"clause": o.label, "from": span(o.since)}}
	switch {
	case o.since == never:
		st.Detail, st.Args = "duty.never-begun", truth.Args{"clause": o.label}
	case st.Outcome == truth.No:
		st.Detail = "duty.not-begun"
	case st.Outcome == truth.Maybe:
		st.Detail = "duty.perhaps-begun"
		st.Settle = []truth.Gap{{Code: "gap.start-hour", Args: truth.Args{"from": span(o.since), "zone": o.life.zone.Name()}}}
	case o.stops().reachedAt(at) == truth.Yes:
		st.Detail, st.Args["until"] = "duty.over", span(o.stops())
	}
	return st
}

// onceAll answers for what is owed once, by every view.
func (o *owing) onceAll(s *DutyStatus, add func(Step)) [][]DutyState {
	at := o.life.b.Question.At
	due := o.life.deadline(o.due, o.binding.Counting)
	if due.known {
		s.Due, s.LastDay = span(due.bounds), o.life.lastDay(due.bounds)
	}
	add(o.dueStep(due, s.LastDay, at))
	list := o.views()
	var states [][]DutyState
	for _, v := range list {
		one := o.once(v, due, at)
		done := o.by(v, at)
		if !v.hidden {
			f, alone := o.figure(v)
			if v.key != "" {
				s.Figures = append(s.Figures, f)
			}
			st := o.doneStep(v, f, done, o.enough(done, 1))
			if alone > st.Outcome && len(f.Entries) > 0 {
				st.Detail = "duty.told" // not all of it stands
			}
			add(st)
		}
		if o.enough(done, 1) != truth.No && due.known {
			add(o.lateStep(v, due))
		}
		states = append(states, one)
	}
	o.ended(states, due, at, add)
	return states
}

// ended leaves open what was not done, and not certainly due, when the clause ceased
// to bind.
func (o *owing) ended(states [][]DutyState, due deadline, at moment.Instant, add func(Step)) {
	if o.stops().reachedAt(at) != truth.Yes || due.passed(at) == truth.Yes || o.since.reachedAt(at) == truth.No {
		return
	}
	open := false
	for i := range states {
		n := len(states[i])
		states[i] = slices.DeleteFunc(states[i], func(x DutyState) bool { return x == DutyRunning || x == DutyOverdue || x == DutyPartlyMet })
		if len(states[i]) < n {
			states[i], open = append(states[i], DutyUndetermined), true
		}
	}
	if open {
		add(Step{Test: "ends", Outcome: truth.Maybe, Detail: "duty.ended", Args: truth.Args{"until": span(o.stops())}, Settle: []truth.Gap{{Code: "gap.duty-after-end", Args: truth.Args{"clause": o.label}}}})
	}
}

// figure is what a source tells to be done, whether or not it was found to be so.
func (o *owing) figure(v view) (f Figure, enough truth.Value) {
	f = Figure{By: v.party, Entries: []record.Ref{}}
	own := tally{whole: truth.No, some: truth.No}
	for i := range o.events {
		e := &o.events[i]
		mine := bySource(e.deeds, v.key)
		if len(mine) == 0 {
			continue
		}
		t := o.see(e, v)
		own.add(t, truth.And(t.fits, t.when.reachedAt(o.life.b.Question.At)))
		for _, d := range mine {
			f.Entries = append(f.Entries, d.k.Ref)
		}
	}
	f.Least, f.Whole, f.Perhaps = own.least, own.whole == truth.Yes, own.whole == truth.Maybe
	if own.most < unlimited {
		most := own.most
		f.Most = &most
	}
	slices.Sort(f.Entries)
	return f, o.enough(own, 1)
}

// dueStep tells when it must be done.
func (o *owing) dueStep(due deadline, last string, at moment.Instant) Step {
	st := Step{Test: "due", Outcome: due.passed(at), Args: truth.Args{"clause": o.label}}
	if due.words != "" {
		st.Args["words"] = due.words
	}
	gap := []truth.Gap{{Code: "gap.clause-due", Args: truth.Args{"clause": o.label}}}
	switch {
	case due.open:
		st.Detail = "duty.due-open"
		return st
	case !due.known && due.words == "":
		st.Detail, st.Settle = "duty.due-unsaid", gap
		return st
	case !due.known:
		st.Detail, st.Settle = "duty.due-words", gap
		return st
	}
	st.Args["due"], st.Args["last"] = span(due.bounds), last
	switch st.Outcome {
	case truth.Yes:
		st.Detail = "duty.due-passed"
	case truth.No:
		st.Detail = "duty.due-ahead"
	default:
		st.Detail = "duty.due-perhaps"
		st.Settle = []truth.Gap{{Code: "gap.due-moment", Args: truth.Args{"clause": o.label, "due": span(due.bounds), "zone": o.life.zone.Name()}}}
	}
	return st
}

// doneStep tells how much a view shows to be done.
func (o *owing) doneStep(v view, f Figure, done tally, enough truth.Value) Step {
	st := Step{Test: "deed", Outcome: enough, Entries: f.Entries, Args: truth.Args{"by": v.party, "told": f.Text()}}
	if o.measure.Text != "" {
		st.Args["measure"] = o.measure.Text
	}
	if all := amountText(done.least, done.most); all != f.Text() && len(f.Entries) < o.told() {
		st.Args["all"] = all
	}
	counts := o.measure.Sign != "" || countable(o.does) || o.ratio != nil
	switch {
	case len(o.events) == 0:
		st.Detail, st.Args = "duty.nothing", truth.Args{"party": o.party}
	case len(f.Entries) == 0:
		st.Detail = "duty.nothing-counts"
	case f.Whole && enough == truth.Yes:
		st.Detail = "duty.whole"
	case !counts && enough == truth.Yes:
		st.Detail = "duty.done"
	case !counts && enough == truth.No:
		st.Detail = "duty.not-done"
	case enough == truth.Yes:
		st.Detail = "duty.enough"
	case enough == truth.No:
		st.Detail = "duty.short"
	default:
		st.Detail = "duty.perhaps-enough"
		gap := "gap.deed"
		switch {
		case f.Perhaps:
			st.Detail, gap = "duty.perhaps-done", "gap.time-of-deed"
		case o.measure.All && (o.measure.Sign == "" || done.least >= o.measure.N):
			gap = "gap.how-many"
		case o.measure.IsZero() && counts:
			gap = "gap.clause-measure"
		}
		st.Settle = []truth.Gap{{Code: gap, Args: truth.Args{"clause": o.label}}}
	}
	return st
}

// told counts the entries that show it, by whomever.
func (o *owing) told() int {
	n := 0
	for _, e := range o.events {
		n += len(e.deeds)
	}
	return n
}

// lateStep tells whether what was done was done in time.
func (o *owing) lateStep(v view, due deadline) Step {
	st := Step{Test: "in-time", Outcome: o.late(v, due).Not(), Args: truth.Args{"by": v.party, "due": span(due.bounds)}}
	switch st.Outcome {
	case truth.Yes:
		st.Detail = "duty.in-time"
	case truth.No:
		st.Detail = "duty.late"
	default:
		st.Detail = "duty.perhaps-late"
		st.Settle = []truth.Gap{{Code: "gap.time-of-deed", Args: truth.Args{"clause": o.label}}}
	}
	return st
}

// foundSteps tell what bodies found of the entries that show the deed, and what is
// only claimed.
func (o *owing) foundSteps(s *DutyStatus, add func(Step)) {
	for i := range o.events {
		e := &o.events[i]
		var refs []record.Ref
		for _, d := range e.deeds {
			refs = append(refs, d.k.Ref)
		}
		empowered := false
		for _, k := range e.findings {
			st := Step{Test: "finding", Outcome: o.verdict(k), Entries: append([]record.Ref{k.Ref}, refs...), Args: truth.Args{"by": partyOf(k.SaidBy)}}
			empowered = empowered || o.empowered(k)
			switch st.Outcome {
			case truth.Yes:
				st.Detail = "duty.confirmed"
			case truth.No:
				if st.Detail = "duty.refuted"; !o.empowered(k) {
					st.Detail = "duty.denied"
				}
				s.Refuted = append(s.Refuted, refs...)
			default:
				st.Detail, st.Settle = "duty.inconclusive", []truth.Gap{{Code: "gap.finding"}}
			}
			add(st)
		}
		if len(o.certified) > 0 && !empowered {
			s.Claims = append(s.Claims, refs...)
		}
	}
	if len(s.Claims) > 0 {
		slices.Sort(s.Claims)
		add(Step{Test: "finding", Outcome: truth.No, Detail: "duty.uncertified", Entries: s.Claims, Args: truth.Args{"body": strings.Join(o.certified, ",")}})
	}
	slices.Sort(s.Refuted)
	s.Refuted = slices.Compact(s.Refuted)
}
