package judge

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// maxRenewals bounds how often a term is renewed tacitly within one question.
const maxRenewals = 10_000

// renew prolongs each end that the question's moment has reached by the length of
// the tacit renewal, again and again, unless a notice came in time. A notice that
// may have come in time leaves both ends possible.
func (l *life) renew(x *agreement.Extension) {
	limit := maxRenewals
	if x.Limit > 0 {
		limit = min(limit, x.Limit)
	}
	for i := range l.ends {
		e := &l.ends[i]
		for range limit {
			if e.at.possible == moment.Future || e.at.possible > l.b.Question.At {
				break
			}
			stopped, _ := l.noticed(x, e.at)
			if stopped == truth.Yes {
				break
			}
			longer := bounds{l.after(e.at.possible, x.Tacit, renewalCounting(e.counting)), l.after(e.at.certain, x.Tacit, renewalCounting(e.counting))}
			if longer.possible <= e.at.possible {
				break
			}
			if stopped == truth.Maybe {
				e.at.certain = longer.certain
				break
			}
			e.at = longer
		}
	}
}

// renewalCounting counts a renewed term: the first day after the old end is day one.
func renewalCounting(c moment.Counting) moment.Counting {
	if c == moment.CountHours || c == "" {
		return moment.CountHours
	}
	return moment.CountDayOne
}

// noticed tells whether a party gave notice in time against renewal at an end: so
// that the stated length of notice lies between it and the end.
func (l *life) noticed(x *agreement.Extension, end bounds) (truth.Value, []record.Ref) {
	v := truth.No
	var refs []record.Ref
	for _, a := range l.b.acts(l.id, record.ActNotified, record.ActDenounced) {
		if !slices.Contains(l.parties(), a.Party) || a.Act.Act == record.ActNotified && !l.onRenewal(a.Clause) {
			continue
		}
		inTime := bounds{a.when.Earliest(), a.when.Latest()}
		if x.Notice != (moment.Duration{}) {
			inTime = bounds{l.after(inTime.possible, x.Notice, moment.CountHours), l.after(inTime.certain, x.Notice, moment.CountHours)}
		}
		switch {
		case inTime.certain <= end.possible:
			v, refs = truth.Yes, append(refs, a.ref)
		case inTime.possible <= end.certain:
			v, refs = truth.Or(v, truth.Maybe), append(refs, a.ref)
		}
	}
	return v, refs
}

// onRenewal tells whether a notice that names a clause bears on the term: it names
// none, the duration, or a power to leave. A notice on another clause stops nothing.
func (l *life) onRenewal(label string) bool {
	return label == "" || l.terms.Length != nil && label == l.terms.Length.Label ||
		slices.ContainsFunc(l.terms.Powers, func(p *agreement.Power) bool {
			return p.Label == label && (p.Effect == agreement.EffectDenounce || p.Effect == agreement.EffectTerminate)
		})
}

// tacitStep tells how the tacit renewal stands at the question's moment.
func (l *life) tacitStep(x *agreement.Extension) Step {
	s := Step{Test: "extension", Args: truth.Args{}, Position: &x.Pos}
	s.Outcome, s.Entries = l.noticed(x, l.end)
	switch s.Outcome {
	case truth.Yes:
		s.Outcome, s.Detail = truth.No, "extension.tacit-stopped"
	case truth.No:
		s.Outcome, s.Detail = truth.Yes, "extension.tacit"
	default:
		s.Detail, s.Settle = "extension.tacit-maybe", []truth.Gap{{Code: "gap.time-of-notice"}}
	}
	return s
}
