package agreement

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/truceline/truceline/moment"
)

func (a *assembly) duty(r *reader) {
	d := &Duty{Label: r.label, Pos: r.pos}
	a.among(r, "binds", r.strs("binds", &d.Binds))
	a.among(r, "to", r.strs("to", &d.To))
	if p, ok := r.str("does", &d.Does); ok {
		a.branch(r, p, "does", Taxonomies().Deeds, d.Does)
	}
	r.strs("what", &d.What)
	a.binding(r, &d.Binding)
	a.measure(r, &d.Measure)
	d.Due = a.moment(r, "due")
	r.duration("every", &d.Every)
	counted := ""
	r.closed("counted", &counted, "each", "average")
	d.Average = counted == "average"
	r.duration("lead", &d.Lead)
	for _, w := range r.strs("before", &d.Before) {
		a.branch(r, w.pos, "before", Taxonomies().Acts, w.text)
	}
	r.closed("after", &d.After, "request", "report", "finding", "ruling")
	r.duration("within", &d.Within)
	r.str("series", &d.Series)
	a.among(r, "certified_by", r.strs("certified_by", &d.CertifiedBy))
	r.rest()
	if !a.partial {
		r.require("does", `say what is owed: does = "release"`)
		r.needs("counted", "every", `add every = "P1D"`)
		r.needs("within", "after", `add after = "request"`)
		r.needs("lead", "before", `add before = ["movement"]`)
	}
	a.terms.Duties = append(a.terms.Duties, d)
}

// needs says that an attribute speaks of another one that is not there.
func (r *reader) needs(name, other, mend string) {
	if r.has(name) && !r.has(other) {
		r.bad(r.place(name), "without-"+other, name, fmt.Sprintf("it speaks of %q, which is not given", other), mend)
	}
}

func (a *assembly) ratio(r *reader) {
	x := &Ratio{Label: r.label, Pos: r.pos}
	a.among(r, "binds", r.strs("binds", &x.Binds))
	r.str("gives", &x.Gives)
	r.str("per", &x.Per)
	if p, ok := r.str("of", &x.Of); ok {
		a.among(r, "of", []word{{x.Of, p}})
	}
	a.rate(r, x)
	a.binding(r, &x.Binding)
	x.Due = a.moment(r, "due")
	r.rest()
	if !a.partial {
		r.require("binds", `say who gives: binds = ["A"]`)
		r.require("gives", `say what is given: gives = "prisoners"`)
		r.require("per", `say for what: per = "hostages"`)
		r.require("rate", `say how many for how many: rate = "30:1"`)
	}
	a.terms.Ratios = append(a.terms.Ratios, x)
}

func (a *assembly) power(r *reader) {
	p := &Power{Label: r.label, Pos: r.pos}
	a.among(r, "holder", r.strs("holder", &p.Holder))
	r.closed("effect", &p.Effect, EffectDenounce, EffectTerminate, EffectSuspend, EffectRelease, EffectResume, EffectAdjust, EffectInspect)
	for _, w := range r.strs("clauses", &p.Clauses) {
		a.refer(r, w.pos, "clauses", w.text)
	}
	r.text("when", "", &p.When)
	r.duration("notice", &p.Notice)
	a.binding(r, &p.Binding)
	r.rest()
	if !a.partial {
		r.require("holder", `say who may act: holder = ["A", "B"]`)
		r.require("effect", `say what follows: effect = "denounce"`)
	}
	a.terms.Powers = append(a.terms.Powers, p)
}

func (a *assembly) verification(r *reader) {
	v := &Verification{Label: r.label, Pos: r.pos}
	a.among(r, "body", r.strs("body", &v.Body))
	for _, w := range r.strs("of", &v.Of) {
		a.refer(r, w.pos, "of", w.text)
	}
	r.closed("standard", &v.Standard, "probable", "confirmed")
	const most = 100
	r.number("corroborated", 0, most, &v.Corroborated)
	r.duration("reply", &v.Reply)
	r.flag("rules", &v.Rules)
	a.levels(r, v)
	r.rest()
	if !a.partial {
		r.require("body", `say who finds breaches: body = ["M"]`)
	}
	a.terms.Verifications = append(a.terms.Verifications, v)
}

// levels takes the ladder of bodies.
func (a *assembly) levels(r *reader, v *Verification) {
	const form = `levels = [{ body = ["M"], within = "P3D" }, …]`
	items, src, ok := r.items("levels")
	if !ok {
		return
	}
	for _, item := range items {
		if !r.plain("levels", item, src) {
			continue
		}
		members, ok := r.members("levels", unwrap(item), src, form)
		if !ok {
			continue
		}
		var level Level
		for _, m := range members {
			switch m.name {
			case "within":
				if s, ok := r.stringOf("levels.within", m.value, src); ok {
					var d moment.Duration
					r.durationOf("levels.within", s, m.valueAt, &d)
					level.Within = d
				}
			case "body":
				values := []hclsyntax.Expression{m.value}
				if list, isList := m.value.(*hclsyntax.TupleConsExpr); isList {
					values = list.Exprs
				}
				for _, e := range values {
					if s, ok := r.stringOf("levels.body", unwrap(e), src); ok {
						a.among(r, "levels.body", []word{{s, src.pos(e.Range())}})
						level.Body = append(level.Body, s)
					}
				}
			default:
				r.bad(m.pos, "unknown-attribute", "levels."+m.name, "there is no such member here", suggest(m.name, []string{"body", "within"}))
			}
		}
		v.Levels = append(v.Levels, level)
	}
}

func (a *assembly) guarantee(r *reader) {
	g := &Guarantee{Label: r.label, Pos: r.pos}
	a.among(r, "guarantor", r.strs("guarantor", &g.Guarantor))
	for _, w := range r.strs("answers_for", &g.AnswersFor) {
		if !isName(w.text) {
			r.bad(w.pos, "bad-name", "answers_for", fmt.Sprintf("%q is no code of a group", w.text), "a code has 1 to 64 letters, digits or signs, and no space")
		}
		if slices.Contains(g.Guarantor, w.text) {
			r.bad(w.pos, "self-guarantee", "answers_for", fmt.Sprintf("%q answers for itself", w.text), "name the groups that are no party")
		}
	}
	r.closed("duty", &g.Duty, "restrain", "ensure", "persuade")
	a.binding(r, &g.Binding)
	r.rest()
	if !a.partial {
		r.require("guarantor", `say who answers: guarantor = ["A"]`)
	}
	a.terms.Guarantees = append(a.terms.Guarantees, g)
}
