package judge

import (
	"slices"
	"strconv"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/truth"
)

// counter gives the other half of a ratio: what comes for what is given, from the
// party named or any.
func (o *owing) counter() *owing {
	c := *o
	c.ratio = nil
	c.what, c.to, c.party = []string{o.ratio.Per}, []string{o.party}, o.ratio.Of
	c.does, c.measure = "exchange", agreement.Measure{}
	c.events = nil
	if c.party != "" {
		c.events = c.fitting(c.evidence())
		return &c
	}
	for _, from := range o.life.b.Case.PartyCodes() {
		if from != o.party {
			one := c
			one.party = from
			c.events = append(c.events, one.fitting(one.evidence())...)
		}
	}
	return &c
}

// evens tells whether what was given makes up for what came.
func (r *ratioOf) evens(gave, came tally) truth.Value {
	give := func(n int) int { return n * r.den }
	owe := func(n int) int { return n * r.num }
	switch {
	case gave.whole == truth.Yes, give(gave.least) >= owe(came.most):
		return truth.Yes
	case give(gave.most) < owe(came.least) && gave.whole == truth.No:
		return truth.No
	}
	return truth.Maybe
}

type ratioOf struct{ num, den int }

// rivals are other ratios by which the same party gives the same sort: what was given
// can count for one of them only.
func (o *owing) rivals() []*owing {
	var list []*owing
	for _, r := range o.life.terms.Ratios {
		if r.Label != o.label && r.Gives == o.ratio.Gives && slices.Contains(r.Binds, o.party) {
			one := *o
			one.label, one.ratio = r.Label, r
			list = append(list, one.counter())
			list[len(list)-1].ratio = r
		}
	}
	return list
}

// shared tells whether what was given suffices for this ratio and for its rivals
// together: maybe where it suffices for this one alone, because nobody said for which
// it was given.
func (o *owing) shared(even truth.Value, rivals []*owing, other *owing, v view, at moment.Instant) truth.Value {
	if even == truth.No || len(rivals) == 0 {
		return even
	}
	gave, came := o.by(v, at), other.by(v, at)
	if gave.whole == truth.Yes {
		return even
	}
	owed := func(r *agreement.Ratio, n int) float64 { return float64(n) * float64(r.Num) / float64(r.Den) }
	most := owed(o.ratio, came.most)
	for _, rival := range rivals {
		most += owed(rival.ratio, rival.by(v, at).most)
	}
	if float64(gave.least) >= most {
		return even
	}
	return truth.And(even, truth.Maybe)
}

// ratioStates answers for so many of one sort for each of another, by every view of
// either half.
func (o *owing) ratioStates(s *DutyStatus, add func(Step)) [][]DutyState {
	at := o.life.b.Question.At
	rate := &ratioOf{o.ratio.Num, o.ratio.Den}
	s.Measure = strconv.Itoa(rate.num) + ":" + strconv.Itoa(rate.den)
	s.What = []string{o.ratio.Gives, o.ratio.Per}
	due := o.life.deadline(o.due, o.binding.Counting)
	if due.known {
		s.Due, s.LastDay = span(due.bounds), o.life.lastDay(due.bounds)
	}
	add(o.dueStep(due, s.LastDay, at))
	other := o.counter()
	views := o.views()
	for _, v := range other.views() {
		if !slices.ContainsFunc(views, func(w view) bool { return w.key == v.key && w.ref == v.ref }) {
			views = append(views, v)
		}
	}
	views = slices.DeleteFunc(views, func(v view) bool { return v == view{} && len(views) > 1 })
	slices.SortFunc(views, func(x, y view) int { return compare(x.key+"\x00"+string(x.ref), y.key+"\x00"+string(y.ref)) })
	var states [][]DutyState
	rivals := o.rivals()
	for _, v := range views {
		gave, came := o.by(v, at), other.by(v, at)
		even := func(x moment.Instant) truth.Value {
			return o.shared(rate.evens(o.by(v, x), other.by(v, x)), rivals, other, v, x)
		}
		enough, late := even(at), truth.No
		if due.known && came.some != truth.No {
			switch {
			case even(due.possible.Add(-1)) == truth.Yes && even(due.certain.Add(-1)) == truth.Yes:
			case even(due.possible.Add(-1)) == truth.No && even(due.certain.Add(-1)) == truth.No:
				late = truth.Yes
			default:
				late = truth.Maybe
			}
		}
		one := onceStates(o.since.reachedAt(at), enough, gave.some, late, due.passed(at))
		switch {
		case came.some == truth.No:
			one = onceStates(o.since.reachedAt(at), truth.No, truth.No, truth.No, truth.No) // nothing is owed yet
		case came.some == truth.Maybe && !slices.Contains(one, DutyRunning):
			one = append(one, DutyRunning)
		}
		states = append(states, one)
		st := Step{Test: "deed", Outcome: enough, Detail: "duty.ratio-even", Args: truth.Args{
			"by": v.party, "gave": amountText(gave.least, gave.most), "came": amountText(came.least, came.most), "rate": s.Measure,
		}}
		switch {
		case came.some == truth.No:
			st.Detail, st.Args = "duty.ratio-nothing-came", truth.Args{"by": v.party, "gave": amountText(gave.least, gave.most), "rate": s.Measure}
		case enough == truth.No:
			st.Detail = "duty.ratio-short"
		case enough == truth.Maybe:
			st.Detail, st.Settle = "duty.ratio-open", []truth.Gap{{Code: "gap.deed", Args: truth.Args{"clause": o.label}}}
		}
		for _, side := range []*owing{o, other} {
			f, _ := side.figure(v)
			if f.Sort = side.what[0]; v.key != "" && !v.hidden && len(f.Entries) > 0 {
				s.Figures = append(s.Figures, f)
			}
			st.Entries = append(st.Entries, f.Entries...)
		}
		slices.Sort(st.Entries)
		st.Entries = slices.Compact(st.Entries)
		add(st)
	}
	o.ended(states, due, at, add)
	return states
}
