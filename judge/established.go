package judge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// established tells whether a violation is established by the clause's own
// standard: found to have happened and attributed by the body with the confidence
// asked for, corroborated, the time for reply over. Nil for what is no violation.
func (c *clause) established(in *Incident, r *Ruling) *Step {
	if r.Classification != Violation && (r.Ruled == "" || Classification(r.Ruled) != Violation) {
		return nil
	}
	s := &Step{Test: "established", Outcome: truth.No, Args: truth.Args{"clause": c.label}, Entries: noEntries}
	v := c.standard
	if v == nil {
		s.Detail = "established.no-clause"
		return s
	}
	s.Position = &v.Pos
	s.Args["body"] = strings.Join(v.Body, ",")
	if v.Rules && r.Outranks && r.Ruled != "" {
		s.Outcome, s.Detail, s.Entries = truth.Of(Classification(r.Ruled) == Violation), "established.ruled", r.RuledBy
		return s
	}
	occurred, who := c.found(in, record.AxisOccurrence), c.found(in, record.AxisAttribution)
	for _, k := range []*known{occurred, who} {
		if k != nil {
			s.Entries = append(slices.Clone(s.Entries), k.Ref)
		}
	}
	switch {
	case occurred == nil:
		s.Detail = "established.no-finding"
		return s
	case finding(occurred).Value == string(Refuted):
		s.Detail = "established.refuted"
		return s
	case rankOf(confidences, finding(occurred).Value) < max(rankOf(confidences, v.Standard), 1):
		s.Detail, s.Args["standard"], s.Args["found"] = "established.weak", v.Standard, finding(occurred).Value
		return s
	case who == nil || finding(who).Party != in.actor:
		s.Detail = "established.not-attributed"
		return s
	}
	if v.Corroborated > 0 {
		others := c.life.b.corroborating(in)
		s.Args["needed"], s.Args["sources"] = strconv.Itoa(v.Corroborated), strconv.Itoa(len(others))
		s.Entries = append(s.Entries, others...)
		if len(others) < v.Corroborated {
			s.Detail = "established.uncorroborated"
			return s
		}
	}
	if v.Reply != (moment.Duration{}) {
		if open, until := c.replyOpen(in); open != truth.No {
			s.Outcome, s.Detail, s.Args["until"] = truth.No, "established.reply-open", until
			if open == truth.Maybe {
				s.Outcome = truth.Maybe
				s.Settle = []truth.Gap{{Code: "gap.time-for-reply", Args: truth.Args{"party": in.actor}}}
			}
			return s
		}
	}
	s.Outcome, s.Detail = truth.Yes, "established.yes"
	return s
}

// confidences are the values of an occurrence that may establish, weakest first.
var confidences = []string{"inconclusive", "probable", "confirmed"}

func rankOf(list []string, s string) int { return slices.Index(list, s) }

func finding(k *known) *record.Finding {
	f, _ := k.Body.(*record.Finding)
	return f
}

// found gives the latest finding of the body on one axis of an incident, or nil.
func (c *clause) found(in *Incident, axis record.Axis) *known {
	var latest *known
	for _, k := range in.told {
		f, ok := k.Body.(*record.Finding)
		if ok && f.Of == in.Ref && f.Axis == axis && slices.Contains(c.standard.Body, partyOf(k.SaidBy)) {
			latest = k
		}
	}
	return latest
}

// replyOpen tells whether the side named may still reply: it has not, and the time
// for it, from the request or else from the report's becoming public, is not over.
func (c *clause) replyOpen(in *Incident) (truth.Value, string) {
	b := c.life.b
	from := moment.Time{}
	if k := b.of(in.Ref); k != nil {
		from = k.public
	}
	for _, k := range in.told {
		switch body := k.Body.(type) {
		case *record.Reply:
			if body.Party == in.actor {
				return truth.No, ""
			}
		case *record.Request:
			if body.Of == in.actor && body.Asks == "reply" && !k.happened.IsZero() {
				from = k.happened
			}
		}
	}
	if from.IsZero() {
		return truth.Maybe, ""
	}
	until := bounds{c.life.after(from.Earliest(), c.standard.Reply, moment.CountHours), c.life.after(from.Latest(), c.standard.Reply, moment.CountHours)}
	return until.reachedAt(b.Question.At).Not(), span(until)
}
