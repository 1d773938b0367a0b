package judge

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// notice is an act that gives notice, or answers, of something owed again and again.
type notice struct {
	ref     record.Ref
	when    bounds
	expires moment.Instant // until then it holds; 0: it is of one act alone
	used    bool
}

// given lists the acts of the bound that name the clause, by time.
func (o *owing) given(kinds ...record.ActKind) []notice {
	b := o.life.b
	var list []notice
	for _, a := range b.acts(o.life.id, kinds...) {
		if a.Party != o.party || a.Clause != o.label && !slices.Contains(a.Clauses, o.label) {
			continue
		}
		n := notice{ref: a.ref, when: bounds{a.when.Earliest(), a.when.Latest()}}
		if t, err := moment.Parse(a.Expires, b.Case.Zone); a.Expires != "" && err == nil {
			n.expires = t.Latest()
		}
		list = append(list, n)
	}
	slices.SortFunc(list, func(x, y notice) int { return byTime(x.when, y.when, x.ref, y.ref) })
	return list
}

// byTime orders what was told by its time, then by reference: the order of the record
// breaks no tie.
func byTime(x, y bounds, a, b record.Ref) int {
	switch {
	case x.possible != y.possible && x.possible < y.possible, x.possible == y.possible && x.certain < y.certain:
		return -1
	case x != y:
		return 1
	}
	return compare(string(a), string(b))
}

// asked is an entry that makes something owed.
type asked struct {
	ref  record.Ref
	when bounds
	is   truth.Value // whether it is one that does
}

// notices tells of every act that asks for a notice whether one came, and in time. A
// notice without an end of its own is of the first act that follows it.
func (o *owing) notices() []Occasion {
	var acts []asked
	tree := agreement.Taxonomies().Acts
	b := o.life.b
	for _, k := range b.reports() {
		r, ok := k.Body.(*record.Report)
		if !ok || !b.done(k) || r.Actor == nil || r.Actor.Party != o.party {
			continue
		}
		is := truth.And(tree.Falls(r.Act, o.duty.Before), moment.Within(k.happened, o.began))
		if is != truth.No {
			acts = append(acts, asked{k.Ref, toldAt(k), is})
		}
	}
	acts = o.distinct(acts)
	given := o.given(record.ActNotified)
	var list []Occasion
	for _, a := range acts {
		list = append(list, o.noticed(a, given))
	}
	return list
}

// distinct orders what asks for something and keeps one of those that tell of the
// same event.
func (o *owing) distinct(list []asked) []asked {
	slices.SortFunc(list, func(x, y asked) int { return byTime(x.when, y.when, x.ref, y.ref) })
	var kept []asked
	for _, a := range list {
		same := o.life.b.sameEvent(a.ref)
		if !slices.ContainsFunc(kept, func(x asked) bool { return slices.Contains(same, x.ref) }) {
			kept = append(kept, a)
		}
	}
	return kept
}

// noticed finds the notice of an act.
func (o *owing) noticed(a asked, given []notice) Occasion {
	l := o.life
	latest := a.when // by when a notice had to be given: the first moment that is too late
	if !o.duty.Lead.IsZero() {
		latest = bounds{l.back(a.when.possible, o.duty.Lead).Add(1), l.back(a.when.certain, o.duty.Lead).Add(1)}
	}
	x := Occasion{Of: a.ref, Until: span(latest), Entries: []record.Ref{}, until: latest}
	best := -1
	var inTime truth.Value
	for i := range given {
		g := &given[i]
		if g.expires == 0 && g.used || g.expires != 0 && g.expires < a.when.possible || notBefore(g.when, a.when) == truth.Yes && g.when != a.when {
			continue
		}
		if v := notBefore(g.when, latest).Not(); best < 0 || v >= inTime {
			best, inTime = i, v
		}
	}
	switch {
	case best < 0:
		x.states = []DutyState{DutyOverdue}
	default:
		given[best].used = true
		x.Entries = []record.Ref{given[best].ref}
		switch inTime {
		case truth.Yes:
			x.states = []DutyState{DutyMet}
		case truth.No:
			x.states = []DutyState{DutyMetLate}
		default:
			x.states = []DutyState{DutyMet, DutyMetLate}
		}
	}
	if a.is == truth.Maybe && x.states[0] != DutyMet {
		x.states = append([]DutyState{DutyMet}, x.states...) // perhaps it asked for none
	}
	return x
}

// answers tells of every entry that asks for something whether it was done, and in
// time: requests to the bound, reports and findings against it, rulings.
func (o *owing) answers() []Occasion {
	b := o.life.b
	var list []asked
	for _, k := range b.asking(o.duty.After) {
		when := b.askedAt(k)
		if k.retract || when.possible > b.Question.At || !o.asks(k) {
			continue
		}
		is := truth.And(notBefore(when, o.since), notBefore(when, o.stops()).Not(), when.reachedAt(b.Question.At))
		if is != truth.No {
			list = append(list, asked{k.Ref, when, is})
		}
	}
	list = o.distinct(list)
	given := o.given(record.ActImplemented, record.ActHandedOver, record.ActNotified, record.ActDeclared)
	var out []Occasion
	for _, a := range list {
		out = append(out, o.answered(a, given))
	}
	return out
}

// askedAt is when an entry could ask for something: when it became public; one
// without any date did at some time.
func (b *Bench) askedAt(k *known) bounds {
	switch {
	case !k.public.IsZero():
		return bounds{k.public.Earliest(), k.public.Latest()}
	case k.happened.IsZero():
		return bounds{moment.Past, b.Question.At}
	}
	return toldAt(k)
}

// asking lists the entries of the sort after which a duty may be owed.
func (g *Ground) asking(after string) []*known {
	if after == "report" {
		return g.reports()
	}
	return g.words
}

// asks tells whether an entry is of the sort after which the duty is owed.
func (o *owing) asks(k *known) bool {
	b := o.life.b
	against := func(ref record.Ref) bool {
		r := b.of(ref)
		if r == nil {
			return false
		}
		report, ok := r.Body.(*record.Report)
		return ok && report.Actor != nil && report.Actor.Party == o.party
	}
	switch body := k.Body.(type) {
	case *record.Request:
		return o.duty.After == "request" && body.Of == o.party
	case *record.Report:
		return o.duty.After == "report" && against(k.Ref)
	case *record.Finding:
		named := body.Agreement == "" || body.Agreement == o.life.id
		return o.duty.After == "finding" && named && body.Value != string(Refuted) && (body.Party == o.party || body.Party == "" && body.Axis != record.AxisAttribution && against(body.Of))
	case *record.Ruling:
		return o.duty.After == "ruling" && body.Agreement == o.life.id && body.Classification == string(Violation) && against(body.Of)
	}
	return false
}

// answered finds what answers an entry: replies and entries linked as its answer,
// else the first act on the clause that follows.
func (o *owing) answered(a asked, given []notice) Occasion {
	l := o.life
	at := l.b.Question.At
	x := Occasion{Of: a.ref, From: span(a.when), Entries: []record.Ref{}}
	due := deadline{}
	if !o.duty.Within.IsZero() {
		due = deadline{bounds: l.counted(a.when, o.duty.Within, o.binding.Counting), known: true}
		x.Until, x.until = span(due.bounds), due.bounds
	}
	when, refs := l.b.answersTo(a.ref, o.party)
	if len(refs) == 0 {
		for i := range given {
			g := &given[i]
			if g.used || l.b.linked(g.ref) || notBefore(g.when, a.when) == truth.No {
				continue
			}
			g.used = true
			when, refs = g.when, []record.Ref{g.ref}
			break
		}
	}
	x.Entries = append(x.Entries, refs...)
	done := when.reachedAt(at)
	late := truth.No
	if due.known {
		late = notBefore(when, due.bounds)
	}
	x.states = onceStates(truth.Yes, done, truth.No, late, due.passed(at)) // an answer has no parts
	if a.is == truth.Maybe && !slices.Contains(x.states, DutyMet) {
		x.states = append([]DutyState{DutyMet}, x.states...)
	}
	return x
}
