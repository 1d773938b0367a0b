package judge

import (
	"slices"
	"strconv"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Occasions are the times at which something is owed again and again: the periods
// of a quota, the acts that ask for a notice, the events that ask for an answer.
type Occasions struct {
	All    int `json:"all"`    // begun so far
	Met    int `json:"met"`    // certainly, in time or late
	Failed int `json:"failed"` // certainly not met in time, and over
	// List is every one of them; of a quota, the last that is over, the one that
	// runs, and those that were not surely met.
	List []Occasion `json:"list"`
}

// Occasion is one time at which it is owed.
type Occasion struct {
	Of       record.Ref   `json:"of,omitempty"` // the entry that asks for it; "" for a period
	By       string       `json:"by,omitempty"` // whose figures, where they lead to different answers
	From     string       `json:"from,omitempty"`
	Until    string       `json:"until,omitempty"` // the first moment that is too late
	State    DutyState    `json:"state"`
	Possible []DutyState  `json:"possible,omitempty"`
	Told     string       `json:"told,omitempty"` // of a quota: how much was done
	Entries  []record.Ref `json:"entries"`        // by which it was done

	states []DutyState
	until  bounds
	done   tally
}

// again tells that it is owed more than once.
func (o *owing) again() bool {
	return o.duty != nil && (!o.duty.Every.IsZero() || len(o.duty.Before) > 0 || o.duty.After != "")
}

// againStates answers for what is owed again and again.
func (o *owing) againStates(s *DutyStatus, add func(Step)) [][]DutyState {
	s.Occasions = &Occasions{List: []Occasion{}}
	var lists [][]Occasion
	views := []view{{}}
	switch {
	case !o.duty.Every.IsZero():
		views = o.views()
		for _, v := range views {
			if v.key != "" && !v.hidden {
				f, _ := o.figure(v)
				s.Figures = append(s.Figures, f)
			}
			lists = append(lists, o.periods(v))
		}
	case len(o.duty.Before) > 0:
		lists = [][]Occasion{o.notices()}
	default:
		lists = [][]Occasion{o.answers()}
	}
	started, ended := o.since.reachedAt(o.life.b.Question.At), o.stops().reachedAt(o.life.b.Question.At)
	var states [][]DutyState
	for _, list := range lists {
		one := sumUp(started, ended, list)
		if !o.duty.Every.IsZero() && o.duty.Average {
			one = o.average(views[len(states)], started, ended, list)
		}
		states = append(states, one)
	}
	o.listOccasions(s.Occasions, views, lists)
	s.From = span(o.since)
	all := s.Occasions
	st := Step{Test: "occasions", Outcome: truth.Of(all.Failed == 0), Detail: "duty.occasions", Args: truth.Args{
		"n": strconv.Itoa(all.All), "met": strconv.Itoa(all.Met), "failed": strconv.Itoa(all.Failed),
	}}
	switch {
	case all.All == 0 && o.duty.Every.IsZero():
		st.Detail, st.Args = "duty.none-asked", nil
	case !o.duty.Every.IsZero():
		st.Detail, st.Args["measure"] = "duty.periods", o.measure.Text
	}
	add(st)
	if !o.duty.Every.IsZero() && len(o.events) == 0 && all.All > 0 {
		add(Step{Test: "deed", Outcome: truth.No, Detail: "duty.nothing", Args: truth.Args{"party": o.party}})
	}
	for _, x := range all.List {
		if x.State == DutyUndetermined && x.Of != "" {
			add(Step{Test: "occasion", Outcome: truth.Maybe, Detail: "duty.occasion-open", Args: truth.Args{"ref": string(x.Of)}, Entries: append([]record.Ref{x.Of}, x.Entries...), Settle: []truth.Gap{o.occasionGap()}})
		}
	}
	return states
}

func (o *owing) occasionGap() truth.Gap {
	if o.duty.After != "" && o.duty.Within.IsZero() {
		return truth.Gap{Code: "gap.clause-due", Args: truth.Args{"clause": o.label}}
	}
	return truth.Gap{Code: "gap.time-of-deed", Args: truth.Args{"clause": o.label}}
}

// listOccasions counts and chooses what an answer shows. Where the views answer
// alike one list stands for all.
func (o *owing) listOccasions(all *Occasions, views []view, lists [][]Occasion) {
	alike := !slices.ContainsFunc(lists[1:], func(list []Occasion) bool {
		return !slices.EqualFunc(list, lists[0], func(x, y Occasion) bool { return slices.Equal(x.states, y.states) && x.Told == y.Told })
	})
	for i, list := range lists {
		if i > 0 && alike {
			break
		}
		last := -1 // the last one that is over
		for j, x := range list {
			if x.until.reachedAt(o.life.b.Question.At) == truth.Yes {
				last = j
			}
		}
		for j, x := range list {
			x.State, x.Possible = agreed([][]DutyState{x.states})
			met := x.State == DutyMet || x.State == DutyMetLate
			failed := x.State == DutyOverdue || x.State == DutyPartlyMet
			if i == 0 {
				all.All++
				if met {
					all.Met++
				}
				if failed {
					all.Failed++
				}
			}
			if !alike {
				x.By = views[i].party
			}
			if x.Of != "" || failed || x.State == DutyUndetermined || j == last || x.State == DutyRunning {
				all.List = append(all.List, x)
			}
		}
	}
}

// sumUp makes one list of states of those of all occasions: overdue as soon as one
// is, partly met where others were met; met only when it binds no longer.
func sumUp(started, ended truth.Value, list []Occasion) []DutyState {
	failed, done, late, open := truth.No, truth.No, truth.No, ended.Not()
	for _, x := range list {
		has := func(states ...DutyState) truth.Value {
			n := 0
			for _, s := range x.states {
				if slices.Contains(states, s) {
					n++
				}
			}
			switch n {
			case 0:
				return truth.No
			case len(x.states):
				return truth.Yes
			}
			return truth.Maybe
		}
		failed = truth.Or(failed, has(DutyOverdue, DutyPartlyMet))
		done = truth.Or(done, has(DutyMet, DutyMetLate, DutyPartlyMet))
		late = truth.Or(late, has(DutyMetLate))
		open = truth.Or(open, has(DutyRunning))
	}
	var out []DutyState
	add := func(s DutyState, v ...truth.Value) {
		if truth.And(v...) != truth.No && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	add(DutyNotStarted, started.Not())
	add(DutyRunning, started, failed.Not(), late.Not(), open)
	add(DutyMet, started, failed.Not(), late.Not(), open.Not())
	add(DutyMetLate, started, failed.Not(), late)
	add(DutyPartlyMet, started, failed, done)
	add(DutyOverdue, started, failed, done.Not())
	return out
}

// maxPeriods bounds how many periods of a quota are looked at.
const maxPeriods = 10_000

// periods lists the periods of a quota that have begun, with what a view shows to
// be done in each.
func (o *owing) periods(v view) []Occasion {
	at := o.life.b.Question.At
	ends := o.stops()
	var list []Occasion
	from := o.since
	for n := 1; n <= maxPeriods && from.possible <= at && from.possible != moment.Future; n++ {
		until := o.period(n)
		if until.possible <= from.possible || notBefore(from, ends) == truth.Yes {
			break
		}
		if notBefore(until, ends) != truth.No {
			until = ends // the last one is cut off where the duty ends
		}
		done := o.within(v, from, until)
		x := Occasion{From: span(from), Until: span(until), Entries: o.entriesIn(v, from, until), until: until, done: done}
		if o.measure.Sign != "" || countable(o.does) {
			x.Told = amountText(done.least, done.most)
		}
		x.states = onceStates(from.reachedAt(at), o.enough(done, 1), o.part(done), truth.No, until.reachedAt(at))
		list = append(list, x)
		if until == ends {
			break
		}
		from = until
	}
	return list
}

// period is when the n-th period ends.
func (o *owing) period(n int) bounds {
	d := o.duty.Every
	d.Years, d.Months, d.Weeks, d.Days = d.Years*n, d.Months*n, d.Weeks*n, d.Days*n
	d.Hours, d.Minutes, d.Seconds = d.Hours*n, d.Minutes*n, d.Seconds*n
	return o.life.counted(o.since, d, o.binding.Counting)
}

// counted adds a length to an imprecise instant by the rules of counting that hold.
func (l *life) counted(from bounds, d moment.Duration, own []moment.Counting) bounds {
	if d.IsZero() {
		return from
	}
	x := bounds{moment.Future, moment.Past}
	for _, c := range l.countings(d, own) {
		x.possible = min(x.possible, l.after(from.possible, d, c))
		x.certain = max(x.certain, l.after(from.certain, d, c))
	}
	return x
}

// entriesIn lists the entries that may show something done in a stretch.
func (o *owing) entriesIn(v view, from, until bounds) []record.Ref {
	refs := []record.Ref{}
	for i := range o.events {
		e := o.see(&o.events[i], v)
		if truth.And(e.counts, notBefore(e.when, from), notBefore(e.when, until).Not()) == truth.No {
			continue
		}
		for _, d := range o.events[i].deeds {
			refs = append(refs, d.k.Ref)
		}
	}
	slices.Sort(refs)
	return refs
}

// average answers for a quota that is met on the average of the periods that are
// over.
func (o *owing) average(v view, started, ended truth.Value, list []Occasion) []DutyState {
	at := o.life.b.Question.At
	n := 0
	until := o.since
	var sum tally // with periods that are said to be met whole
	for _, x := range list {
		if x.until.reachedAt(at) != truth.Yes {
			continue
		}
		n, until = n+1, x.until
		if x.done.whole == truth.Yes {
			x.done.least = max(x.done.least, o.measure.N)
		}
		if x.done.whole != truth.No {
			x.done.most = max(x.done.most, o.measure.N)
		}
		sum.least, sum.most = plus(sum.least, x.done.least), plus(sum.most, x.done.most)
	}
	if n == 0 {
		return onceStates(started, truth.No, truth.No, truth.No, truth.No)
	}
	done := o.within(v, o.since, until)
	if done.whole != truth.No {
		done.least, done.most, done.whole = sum.least, sum.most, truth.No
	}
	enough := o.enough(done, n)
	out := onceStates(started, enough, o.part(done), truth.No, truth.Yes)
	if i := slices.Index(out, DutyMet); i >= 0 && ended != truth.Yes {
		if out[i] = DutyRunning; ended == truth.Maybe {
			out = append(out, DutyMet)
		}
	}
	return out
}
