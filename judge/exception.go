package judge

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// exemption is one exception to a rule, with those that defeat it in turn.
type exemption struct {
	rule      *agreement.Exception
	scope     scope
	window    moment.Window
	bounded   bool // it binds otherwise than the agreement as a whole
	defeats   string
	defeaters []*exemption
	acts      []act // notices given and conditions met on it
	number    int   // among all of its clause
}

// proofNotice is the proof that a notice was given in time.
const proofNotice = "notice"

// exemptions finds what defeats a rule. The parser lets no circle pass; one in
// terms made by hand is cut.
func (l *life) exemptions(label string, within []string) []*exemption {
	var list []*exemption
	for _, x := range l.terms.Exceptions {
		if !slices.Contains(x.Defeats, label) || slices.Contains(within, x.Label) {
			continue
		}
		e := &exemption{rule: x, scope: l.scope(&x.Scope, x.Pos, true), defeats: label, bounded: x.Binding.Narrows()}
		if e.bounded {
			e.window = l.binds(x.Label, &x.Binding)
		}
		for _, a := range l.b.acts(l.id, record.ActNotified, record.ActConditionMet) {
			if a.Clause == x.Label {
				e.acts = append(e.acts, a)
			}
		}
		e.defeaters = l.exemptions(x.Label, append(within, x.Label))
		list = append(list, e)
	}
	return list
}

// flatten lists exceptions, each followed by those that defeat it.
func flatten(list, into []*exemption) []*exemption {
	for _, x := range list {
		x.number = len(into)
		into = flatten(x.defeaters, append(into, x))
	}
	return into
}

// excuse tells whether one of the exceptions covers the incident; an outcome each
// goes to d, in the order of c.all.
func (c *clause) excuse(d *Decision, in *Incident) truth.Value {
	base := len(d.outcomes)
	for i := range c.all {
		d.add(Outcome{test: testException, at: int16(i)})
	}
	v := truth.No
	for _, x := range c.exceptions {
		v = truth.Or(v, c.try(d, x, in, base))
	}
	return v
}

// try tells whether an exception holds: the facts fit, every proof is there, and
// nothing defeats it.
func (c *clause) try(d *Decision, x *exemption, in *Incident, base int) truth.Value {
	mark := len(d.outcomes)
	facts := x.scope.tests(d, in)
	facts = truth.And(facts, c.inTime(x, in))
	d.outcomes = d.outcomes[:mark]
	o := Outcome{Value: facts, test: testException, code: codeCovers, at: int16(x.number)}
	defeated := truth.No
	for _, y := range x.defeaters {
		defeated = truth.Or(defeated, c.try(d, y, in, base))
	}
	proven, why := c.proven(x, in)
	switch {
	case facts == truth.No:
		o.code = codeFails
	case proven == truth.No:
		o.Value, o.code = truth.No, why
	case defeated == truth.Yes:
		o.Value, o.code = truth.No, codeDefeated
	case proven == truth.Maybe && facts == truth.Yes:
		o.Value, o.code = truth.Maybe, codeClaimed
	default:
		o.Value = truth.And(facts, defeated.Not())
		if o.Value == truth.Maybe {
			o.code = codeMaybe
		}
	}
	d.outcomes[base+x.number] = o
	return o.Value
}

// inTime tells whether an exception binds at the time of an incident, in its own
// window and hours; yes where it binds as the agreement does.
func (c *clause) inTime(x *exemption, in *Incident) truth.Value {
	switch {
	case !x.bounded:
		return truth.Yes
	case in.Happened.IsZero():
		return truth.Maybe
	}
	v := moment.Within(in.Happened, x.window)
	if b := &x.rule.Binding; v != truth.No && (len(b.Hours) > 0 || !b.Daily.IsZero()) {
		hours, _ := c.life.hours(b, in.Happened)
		v = truth.And(v, hours)
	}
	return v
}

// proven tells whether every proof that an exception needs is there: no when one
// is refuted, maybe when one is lacking.
func (c *clause) proven(x *exemption, in *Incident) (truth.Value, code) {
	v := truth.Yes
	if len(x.rule.Steps) > 0 {
		switch {
		case in.Report.PrecededBy == nil:
			v = truth.Maybe
		case !follows(in.Report.PrecededBy, x.rule.Steps):
			return truth.No, codeStepsLacking
		}
	}
	for _, p := range x.rule.Proof {
		w, _ := c.proof(x, p, in)
		if w == truth.No {
			return w, codeRefuted
		}
		v = truth.And(v, w)
	}
	return v, codeClaimed
}

// follows tells whether the steps were taken in their order, whatever else came
// between.
func follows(taken, steps []string) bool {
	for _, s := range taken {
		if len(steps) > 0 && s == steps[0] {
			steps = steps[1:]
		}
	}
	return len(steps) == 0
}

// proof looks for one proof: a notice in time, a finding on the exception, or the
// act condition-met. Not there: maybe. The latest finding counts.
func (c *clause) proof(x *exemption, name string, in *Incident) (truth.Value, []record.Ref) {
	v, refs := truth.Maybe, []record.Ref(nil)
	for _, k := range in.told {
		f, ok := k.Body.(*record.Finding)
		if !ok || f.Of != in.Ref || f.Axis != record.AxisClassification || f.Agreement != c.life.id || f.Clause != x.rule.Label {
			continue
		}
		if f.Standard != name && (f.Standard != "" || len(x.rule.Proof) > 1) {
			continue
		}
		switch Classification(f.Value) {
		case Permitted:
			v, refs = truth.Yes, []record.Ref{k.Ref}
		case Violation, NoViolation:
			v, refs = truth.No, []record.Ref{k.Ref}
		}
	}
	if v != truth.Maybe || in.Happened.IsZero() {
		return v, refs
	}
	for _, a := range x.acts {
		if in.actor != "" && a.Party != in.actor {
			continue
		}
		notice := name == proofNotice && a.Act.Act == record.ActNotified
		met := a.Act.Act == record.ActConditionMet && a.Condition == name
		if !notice && !met {
			continue
		}
		given := bounds{a.when.Earliest(), a.when.Latest()}
		if notice {
			given = bounds{c.life.after(given.possible, x.rule.Notice, moment.CountHours), c.life.after(given.certain, x.rule.Notice, moment.CountHours)}
		}
		if given.possible > in.Happened.Latest() || c.life.b.expired(a.Act, in.Happened) {
			continue // too late, or no longer good
		}
		refs = append(refs, a.ref)
		if given.certain <= in.Happened.Earliest() && in.actor != "" {
			v = truth.Yes
		}
	}
	return v, refs
}

// expired tells whether what an act gave had certainly run out before a time.
func (b *Bench) expired(a *record.Act, at moment.Time) bool {
	if a.Expires == "" {
		return false
	}
	t, err := moment.Parse(a.Expires, b.Case.Zone)
	return err == nil && t.Latest() < at.Earliest()
}
