package judge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// steps writes the reasons of a ruling out: every outcome with its particulars, the
// place of the clause, the entries used and what would settle it.
func (c *clause) steps(in *Incident, outcomes []Outcome) []Step {
	list := make([]Step, 0, len(outcomes))
	for _, o := range outcomes {
		s := Step{Test: o.Test(), Outcome: o.Value, Detail: o.Code(), Args: truth.Args{}, Position: &c.scope.pos}
		switch o.test {
		case testTime:
			c.timeStep(&s, o, in)
		case testActor:
			c.actorStep(&s, o, in)
		case testSpecial:
			other := c.specials[o.at]
			s.Args["special"] = other.label
			if o.Value == truth.Maybe {
				s.Settle = []truth.Gap{{Code: "gap.special", Args: truth.Args{"special": other.label}}}
			}
		case testException:
			c.exceptionStep(&s, o, in)
		case testArea:
			c.scope.areaStep(&s, o, in)
		default:
			c.scope.matterStep(&s, o, in)
		}
		list = append(list, s)
	}
	return named(list)
}

// noEntries stands for the absence that a step rests on.
var noEntries = []record.Ref{}

// named makes sure that every step lists its entries, if only none.
func named(steps []Step) []Step {
	for i := range steps {
		if steps[i].Entries == nil {
			steps[i].Entries = noEntries
		}
	}
	return steps
}

func (c *clause) timeStep(s *Step, o Outcome, in *Incident) {
	l := c.life
	s.Position = nil
	if t := l.terms.Start; t != nil {
		s.Position = &t.Pos
	}
	switch o.code {
	case codeNoText:
		s.Position = nil
		return
	case codeNeverBegan:
		s.Args["open"] = strings.Join(l.open(l.b.Question.At), ";")
		return
	}
	if l.start != never {
		s.Args["from"] = span(l.start)
		if until := span(l.end); until != "" {
			s.Args["until"] = until
		}
	}
	s.Args["zone"] = l.zone.Name()
	if o.code == codeUnknown {
		s.Settle = []truth.Gap{{Code: "gap.time-of-incident"}}
		return
	}
	s.Args["happened"] = in.Happened.String()
	switch o.code {
	case codeNotBinding, codeOutsideHours, codeHoursOpen, codeHoursUnsaid:
		s.Args["clause"] = c.label
		s.Position = &c.scope.pos
	case codeReleased:
		if in.actor != "" {
			s.Args["party"] = in.actor
			_, s.Entries = l.released(in.actor, c.label, in.Happened)
		}
	}
	if o.Value != truth.Maybe {
		return
	}
	switch o.code {
	case codeHoursOpen:
		s.Settle = []truth.Gap{{Code: "gap.hour-of-incident", Args: truth.Args{"happened": in.Happened.String()}}}
	case codeReleased:
		s.Settle = []truth.Gap{{Code: "gap.time-of-notice"}}
		if in.actor == "" {
			s.Settle = []truth.Gap{{Code: "gap.actor"}}
		}
	case codeHoursUnsaid:
		s.Settle = []truth.Gap{{Code: "gap.hours-unsaid", Args: truth.Args{"clause": c.label}}}
	default:
		s.Settle = c.timeGaps(in)
	}
}

// timeGaps names what would settle whether an incident lies within the term: the
// hour of the incident when that alone suffices, first.
func (c *clause) timeGaps(in *Incident) []truth.Gap {
	var gaps []truth.Gap
	l := c.life
	overlaps := func(x bounds) bool {
		return x.possible != x.certain && in.Happened.Latest() >= x.possible && in.Happened.Earliest() < x.certain
	}
	if !in.Happened.Exact() {
		gaps = append(gaps, truth.Gap{Code: "gap.hour-of-incident", Args: truth.Args{"happened": in.Happened.String()}})
	}
	if overlaps(l.start) {
		gaps = append(gaps, truth.Gap{Code: "gap.start-hour", Args: truth.Args{"from": span(l.start), "zone": l.zone.Name()}})
	}
	if overlaps(l.end) {
		code := "gap.end-hour"
		if len(l.ends) > 1 {
			code = "gap.counting-rule"
		}
		gaps = append(gaps, truth.Gap{Code: code, Args: truth.Args{"until": span(l.end), "zone": l.zone.Name()}})
	}
	if len(gaps) == 0 || c.binding.Narrows() && len(gaps) == 1 && in.Happened.Exact() {
		gaps = append(gaps, truth.Gap{Code: "gap.clause-window", Args: truth.Args{"clause": c.label}})
	}
	return gaps
}

func (c *clause) actorStep(s *Step, o Outcome, in *Incident) {
	switch o.code {
	case codeNoneNamed:
		s.Settle = []truth.Gap{{Code: "gap.clause-actor"}}
	case codeUnknown:
		s.Settle = []truth.Gap{{Code: "gap.actor"}}
	case codeAnsweredFor:
		g := c.scope.actors[in.actor].guarantee
		s.Args["party"], s.Args["guarantor"], s.Position = in.actor, strings.Join(g.Guarantor, ","), &g.Pos
		if o.Value == truth.Maybe {
			s.Settle = []truth.Gap{{Code: "gap.guarantee", Args: truth.Args{"party": in.actor}}}
		}
	default:
		s.Args["party"] = in.actor
	}
}

// fields are the trees' fields, by test.
var fields = map[testKind]string{testAct: "acts", testWeapon: "weapons", testObject: "objects", testDomain: "domains"}

// matterStep writes out what was done with what to what.
func (s *scope) matterStep(st *Step, o Outcome, in *Incident) {
	if fields[o.test] == "" {
		s.figureStep(st, o, in)
		return
	}
	if o.code == codeUnknown {
		st.Settle = []truth.Gap{{Code: "gap." + st.Test}}
		return
	}
	told := s.told(o.test, in)
	node := told[0]
	if o.test == testObject {
		node = told[o.at]
	}
	st.Args["named"] = strings.Join(told, ",")
	switch o.code {
	case codeCovered:
		st.Args["covered"] = node
	case codeBroader:
		st.Args["covered"] = node
		st.Settle = []truth.Gap{{Code: "gap." + st.Test, Args: truth.Args{"named": node}}}
	case codeIllustrative:
		st.Args["covered"] = node
		st.Settle = []truth.Gap{{Code: "gap.open-definition", Args: truth.Args{"branch": node, "field": fields[o.test]}}}
	case codeDisputed:
		doubt := s.doubt(o.test, node)
		st.Args["doubt"], st.Position = doubt.Branch, &doubt.Pos
		st.Settle = []truth.Gap{{Code: "gap.disputed-term", Args: truth.Args{"branch": doubt.Branch, "field": doubt.Field}}}
	}
}

// told lists what the report names for a test of a tree.
func (s *scope) told(test testKind, in *Incident) []string {
	switch test {
	case testAct:
		return []string{in.Report.Act}
	case testWeapon:
		return []string{in.Report.Weapon}
	case testObject:
		return in.Report.Objects
	}
	return []string{in.Report.Domain}
}

// doubt finds the doubt that a thing named by a report falls under.
func (s *scope) doubt(test testKind, node string) *agreement.Doubt {
	tree := s.trees[slices.Index(treeTests[:], test)]
	i, _ := tree.tree.ID(node)
	return &s.Doubts[tree.cells[i].doubt]
}

// figureStep writes out a comparison.
func (s *scope) figureStep(st *Step, o Outcome, in *Incident) {
	switch o.test {
	case testCalibre:
		st.Args["bound"], st.Args["told"] = written(s.Calibre), in.calibre.text("mm")
	case testRange:
		st.Args["bound"], st.Args["told"] = written(s.Range), in.reach.text("km")
	case testUnit:
		st.Args["bound"], st.Args["told"] = s.Units.Text, in.Report.UnitSize
	case testCount:
		st.Args["bound"], st.Args["told"] = s.Count.Text, in.count(s.Count.Unit).text(s.Count.Unit)
	case testPurpose:
		st.Args["bound"], st.Args["told"] = strings.Join(s.Purposes, ","), in.Report.Purpose
	}
	if st.Args["told"] == "" {
		delete(st.Args, "told")
	}
	if o.Value == truth.Maybe {
		st.Settle = []truth.Gap{{Code: "gap." + st.Test, Args: truth.Args{"bound": st.Args["bound"]}}}
	}
}

func written(list []agreement.Comparison) string {
	texts := make([]string, len(list))
	for i, c := range list {
		texts[i] = c.Text
	}
	return strings.Join(texts, ", ")
}

// text writes a figure: "120 mm", "82–120 mm"; "" where it is not known.
func (f figure) text(unit string) string {
	if !f.known {
		return ""
	}
	one := func(n int64) string { return strconv.FormatFloat(float64(n)/thousand, 'f', -1, 64) }
	if f.least == f.most {
		return one(f.least) + " " + unit
	}
	return one(f.least) + "–" + one(f.most) + " " + unit
}

func (s *scope) areaStep(st *Step, o Outcome, in *Incident) {
	r := s.region
	where := s.placeOf(in, o)
	told := in.Report.Place
	if where == &in.from {
		told = in.Report.Origin
		st.Args["reach"] = "from"
	}
	if label := r.label(); label != "" && o.code != codeAnywhere {
		st.Args["area"] = label
	}
	if o.Value != truth.Maybe {
		return
	}
	var gap truth.Gap
	switch o.code {
	case codeNoneNamed:
		gap = truth.Gap{Code: "gap.clause-area"}
	case codePlaceUnknown:
		gap = truth.Gap{Code: "gap.place"}
	case codeUndrawn:
		st.Args["undrawn"] = r.lacking()
		gap = truth.Gap{Code: "gap.undrawn", Args: truth.Args{"undrawn": st.Args["undrawn"]}}
	case codeByActor:
		gap = truth.Gap{Code: "gap.actor"}
	case codeNearUnknown:
		gap = truth.Gap{Code: "gap.near", Args: truth.Args{"area": r.label()}}
	case codeDepthOpen:
		gap = truth.Gap{Code: "gap.depth"}
	case codeNoDepth:
		st.Args["lines"] = strings.Join(r.noDepth, ",")
		gap = truth.Gap{Code: "gap.depth"}
	default:
		gap = r.placeGap(where, told)
		for k, v := range gap.Args {
			st.Args[k] = v
		}
	}
	st.Settle = []truth.Gap{gap}
}

func metres(m float64) string { return strconv.FormatInt(int64(m+0.5), 10) }

func (c *clause) exceptionStep(s *Step, o Outcome, in *Incident) {
	x := c.all[o.at]
	s.Args["exception"], s.Args["defeats"], s.Position = x.rule.Label, x.defeats, &x.rule.Pos
	for _, p := range x.rule.Proof {
		v, refs := c.proof(x, p, in)
		s.Entries = append(s.Entries, refs...)
		if v == truth.Maybe && o.Value == truth.Maybe {
			s.Settle = append(s.Settle, truth.Gap{Code: "gap.proof", Args: truth.Args{"proof": p}})
		}
	}
	switch o.code {
	case codeDefeated:
		var by []string
		for _, y := range x.defeaters {
			by = append(by, y.rule.Label)
		}
		s.Args["by"] = strings.Join(by, ",")
	case codeStepsLacking:
		s.Args["steps"] = strings.Join(x.rule.Steps, ",")
	}
	if o.Value != truth.Maybe {
		return
	}
	if len(x.rule.Steps) > 0 && in.Report.PrecededBy == nil {
		s.Settle = append(s.Settle, truth.Gap{Code: "gap.steps", Args: truth.Args{"steps": strings.Join(x.rule.Steps, ",")}})
	}
	var d Decision
	d.begin(c.life.b)
	x.scope.tests(&d, in)
	if c.inTime(x, in) == truth.Maybe {
		s.Settle = append(s.Settle, truth.Gap{Code: "gap.clause-window", Args: truth.Args{"clause": x.rule.Label}})
	}
	inner := clause{life: c.life, label: x.rule.Label, scope: x.scope, binding: &x.rule.Binding, window: c.window}
	for _, st := range inner.steps(in, d.outcomes) {
		for _, g := range st.Settle {
			if !slices.ContainsFunc(s.Settle, g.Equal) {
				s.Settle = append(s.Settle, g)
			}
		}
	}
	for _, y := range x.defeaters {
		s.Settle = append(s.Settle, truth.Gap{Code: "gap.exception", Args: truth.Args{"exception": y.rule.Label}})
	}
}

// Derive gives the classification that the reasons of a ruling on a clause alone
// lead to: whoever distrusts the judge can go from the steps to the answer.
func Derive(label string, reasons []Step) Classification {
	time, all, excused := truth.Maybe, truth.Yes, truth.No
	for _, s := range reasons {
		switch s.Test {
		case testNames[testTime]:
			time = s.Outcome
		case testNames[testException]:
			if s.Args["defeats"] == label {
				excused = truth.Or(excused, s.Outcome)
			}
		default:
			all = truth.And(all, s.Outcome)
		}
	}
	return classify(time, all, excused)
}
