package judge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// clause is one prohibition under one reading, made ready once for many incidents.
type clause struct {
	life       *life
	label      string
	rule       *agreement.Prohibition // nil: a clause of some reading, asked of a text that does not exist
	window     moment.Window
	scope      scope
	exceptions []*exemption
	depends    []string
}

// exemption is one exception to a clause.
type exemption struct {
	rule  *agreement.Exception
	scope scope
}

// scope is what a rule speaks of, with its areas at hand.
type scope struct {
	agreement.Scope
	pos       agreement.Pos
	taxonomy  *agreement.Set
	anywhere  bool
	areas     *place.Area // the union of the areas named; nil when none is drawn
	areaNames string
	undrawn   []string // named, drawn by nobody
}

// compile prepares the clauses of a life, in the order of the file.
func (l *life) compile() []*clause {
	var list []*clause
	for _, p := range l.terms.Prohibitions {
		c := &clause{life: l, label: p.Label, rule: p, window: l.window(p.Label), scope: l.scope(p.Scope, p.Pos), depends: l.depends()}
		for _, x := range l.terms.Exceptions {
			if slices.Contains(x.Defeats, p.Label) {
				c.exceptions = append(c.exceptions, &exemption{x, l.scope(x.Scope, x.Pos)})
			}
		}
		list = append(list, c)
	}
	return list
}

// sharePlaceholders gives a text without words the clauses of its readings, so
// that the text answers for each of them: undetermined.
func (b *Bench) sharePlaceholders(lives []*life) {
	text := lives[0]
	if !text.noText {
		return
	}
	for _, l := range lives[1:] {
		for _, c := range l.clauses {
			if !slices.ContainsFunc(text.clauses, func(t *clause) bool { return t.label == c.label }) {
				text.clauses = append(text.clauses, &clause{life: text, label: c.label, depends: text.depends()})
			}
		}
	}
	slices.SortStableFunc(text.clauses, func(x, y *clause) int { return compare(x.label, y.label) })
}

// depends names what the rulings of this life rest on.
func (l *life) depends() []string {
	keys := []string{"agreement/" + l.id + "/" + l.version.Version}
	if l.reading != nil {
		keys = append(keys, "reading/"+l.id+"/"+l.by)
	}
	for _, p := range l.parties() {
		keys = append(keys, "position/"+l.id+"/"+p)
	}
	return keys
}

func (l *life) scope(s agreement.Scope, pos agreement.Pos) scope {
	out := scope{Scope: s, pos: pos, taxonomy: agreement.Taxonomies(), anywhere: slices.Contains(s.Where, "anywhere")}
	var drawn []*place.Area
	var names []string
	for _, w := range s.Where {
		id, isArea := strings.CutPrefix(w, "area:")
		a := l.b.Case.Areas[id]
		switch {
		case w == "anywhere":
		case isArea && a != nil && l.b.at(a.Entry) != nil:
			drawn, names = append(drawn, a.Area), append(names, id)
		default:
			out.undrawn = append(out.undrawn, w)
		}
	}
	if len(drawn) == 1 {
		out.areas = drawn[0]
	} else if len(drawn) > 1 {
		union, err := place.Unite(strings.Join(names, ","), drawn...)
		if err != nil {
			out.undrawn = append(out.undrawn, names...)
		} else {
			out.areas = union
		}
	}
	out.areaNames = strings.Join(names, ",")
	return out
}

// time tells whether the clause was in force when the incident happened.
func (c *clause) time(in Incident) Step {
	l := c.life
	s := Step{Test: "time", Args: truth.Args{}}
	if l.noText {
		s.Detail = "text.no-common-text"
		return s
	}
	if t := l.terms.Start; t != nil {
		s.Position = &t.Pos
	}
	if l.start == never {
		s.Outcome, s.Detail = truth.No, "time.never-began"
		s.Args["open"] = strings.Join(l.open(l.b.Question.At), ";")
		return s
	}
	s.Args["from"], s.Args["zone"] = span(l.start), l.zone.Name()
	if until := span(l.end); until != "" {
		s.Args["until"] = until
	}
	if in.Happened.IsZero() {
		s.Detail, s.Settle = "time.unknown", []truth.Gap{{Code: "gap.time-of-incident"}}
		return s
	}
	s.Args["happened"] = in.Happened.String()
	s.Outcome = moment.Within(in.Happened, c.window)
	switch {
	case s.Outcome == truth.Yes:
		s.Detail = "time.in-force"
	case s.Outcome == truth.No && in.Happened.Latest() < l.start.possible:
		s.Detail = "time.before-start"
	case s.Outcome == truth.No && l.end.possible != moment.Future && in.Happened.Earliest() >= l.end.possible:
		s.Detail = "time.after-end"
	case s.Outcome == truth.No:
		s.Detail = "time.interrupted"
	default:
		s.Detail, s.Settle = "time.maybe", c.timeGaps(in)
	}
	return s
}

// timeGaps names what would settle whether an incident lies within the term: the
// smallest sets first, so the hour of the incident when that alone suffices.
func (c *clause) timeGaps(in Incident) []truth.Gap {
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
	return gaps
}

// tests tries actor, act, weapon, object, domain and area, each where the clause
// speaks of it; actor, act and area always.
func (c *clause) tests(in Incident) []Step {
	steps := make([]Step, 0, 6)
	steps = append(steps, c.scope.actor(in))
	return append(steps, c.scope.rest(in)...)
}

func (s *scope) rest(in Incident) []Step {
	t := s.taxonomy
	r := in.Report
	steps := []Step{s.branch("act", "acts", t.Acts, []string{r.Act}, s.Acts)}
	if len(s.Weapons) > 0 {
		steps = append(steps, s.branch("weapon", "weapons", t.Weapons, []string{r.Weapon}, s.Weapons))
	}
	if len(s.Objects) > 0 || s.doubts("objects") {
		steps = append(steps, s.branch("object", "objects", t.Objects, r.Objects, s.Objects))
	}
	if len(s.Domains) > 0 {
		steps = append(steps, s.branch("domain", "domains", t.Domains, []string{r.Domain}, s.Domains))
	}
	return append(steps, s.area(in))
}

func (s *scope) doubts(field string) bool {
	return slices.ContainsFunc(s.Doubts, func(d agreement.Doubt) bool { return d.Field == field })
}

// actor tells whether who did it, by the report, is bound. An unknown actor is
// never a party.
func (s *scope) actor(in Incident) Step {
	step := Step{Test: "actor", Position: &s.pos, Args: truth.Args{}}
	switch a := in.Report.Actor; {
	case len(s.Binds) == 0:
		step.Detail, step.Settle = "actor.none-named", []truth.Gap{{Code: "gap.clause-actor"}}
	case a == nil || a.Party == "":
		step.Detail, step.Settle = "actor.unknown", []truth.Gap{{Code: "gap.actor"}}
	case slices.Contains(s.Binds, a.Party):
		step.Outcome, step.Detail, step.Args["party"] = truth.Yes, "actor.bound", a.Party
	default:
		step.Outcome, step.Detail, step.Args["party"] = truth.No, "actor.not-bound", a.Party
	}
	return step
}

// branch tells whether what the report names falls under what the clause names;
// of several things named, one that falls under it suffices.
func (s *scope) branch(test, field string, t *agreement.Taxonomy, nodes, branches []string) Step {
	step := Step{Test: test, Outcome: truth.No, Position: &s.pos, Args: truth.Args{}}
	if len(nodes) == 0 || len(nodes) == 1 && nodes[0] == "" {
		step.Outcome, step.Detail = truth.Maybe, test+".unknown"
		step.Settle = []truth.Gap{{Code: "gap." + test}}
		return step
	}
	step.Args["named"] = strings.Join(nodes, ",")
	step.Detail = test + ".not-covered"
	for _, node := range nodes {
		v := t.Falls(node, branches)
		if len(branches) == 0 {
			v = truth.Yes
		}
		doubt := s.doubt(t, field, node)
		if doubt != nil {
			v = truth.Maybe
		}
		if v <= step.Outcome {
			continue
		}
		step.Outcome, step.Settle = v, nil
		switch {
		case v == truth.Yes:
			step.Detail, step.Args["covered"] = test+".covered", node
		case doubt != nil:
			step.Detail, step.Args["doubt"], step.Position = test+".disputed", doubt.Branch, &doubt.Pos
			step.Settle = []truth.Gap{{Code: "gap.disputed-term", Args: truth.Args{"branch": doubt.Branch, "field": field}}}
		default:
			step.Detail, step.Args["covered"] = test+".broader", node
			step.Settle = []truth.Gap{{Code: "gap." + test, Args: truth.Args{"named": node}}}
		}
	}
	return step
}

// doubt finds the doubt that a thing named by a report falls under.
func (s *scope) doubt(t *agreement.Taxonomy, field, node string) *agreement.Doubt {
	for i, d := range s.Doubts {
		if d.Field == field && t.Falls(node, []string{d.Branch}) == truth.Yes {
			return &s.Doubts[i]
		}
	}
	return nil
}

// area tells whether the place lies in the areas that the clause names.
func (s *scope) area(in Incident) Step {
	step := Step{Test: "area", Position: &s.pos, Args: truth.Args{}}
	switch {
	case s.anywhere:
		step.Outcome, step.Detail = truth.Yes, "area.anywhere"
		return step
	case len(s.Where) == 0:
		step.Detail, step.Settle = "area.none-named", []truth.Gap{{Code: "gap.clause-area"}}
		return step
	case in.Where.Sort() == place.SortUnknown:
		step.Detail, step.Settle = "area.place-unknown", []truth.Gap{{Code: "gap.place"}}
		return step
	}
	step.Outcome = truth.No
	if s.areas != nil {
		step.Args["area"] = s.areaNames
		step.Outcome = in.Where.In(s.areas)
	}
	switch {
	case step.Outcome == truth.Yes:
		step.Detail = "area.inside"
	case len(s.undrawn) > 0:
		step.Outcome, step.Detail = truth.Maybe, "area.undrawn"
		step.Args["undrawn"] = strings.Join(s.undrawn, ",")
		step.Settle = []truth.Gap{{Code: "gap.undrawn", Args: truth.Args{"undrawn": strings.Join(s.undrawn, ",")}}}
	case step.Outcome == truth.No:
		step.Detail = "area.outside"
	default:
		step.Detail, step.Settle = "area.maybe", []truth.Gap{s.placeGap(in)}
		for k, v := range step.Settle[0].Args {
			step.Args[k] = v
		}
	}
	return step
}

// placeGap tells to how much a place is known and how far the edge is.
func (s *scope) placeGap(in Incident) truth.Gap {
	if m, ok := in.Where.Margin(s.areas); ok {
		return truth.Gap{Code: "gap.place-within", Args: truth.Args{"radius": metres(m.Known), "distance": metres(m.Edge), "area": s.areaNames}}
	}
	args := truth.Args{"area": s.areaNames}
	if p := in.Report.Place; p != nil && len(p.Within) > 0 {
		args["known"] = strings.Join(p.Within, ",")
	}
	return truth.Gap{Code: "gap.place-in-area", Args: args}
}

func metres(m float64) string { return strconv.FormatInt(int64(m+0.5), 10) }

// try tells whether an exception covers the incident. One that needs proof beyond
// the report is only claimed.
func (x *exemption) try(in Incident) Step {
	step := Step{Test: "exception", Args: truth.Args{"exception": x.rule.Label}, Position: &x.rule.Pos, Outcome: truth.Yes}
	tests := x.scope.rest(in)
	if len(x.scope.Binds) > 0 {
		tests = append(tests, x.scope.actor(in))
	}
	for _, t := range tests {
		if t.Test == "act" && len(x.scope.Acts) == 0 || t.Test == "area" && len(x.scope.Where) == 0 {
			continue // an exception that names none covers every one
		}
		step.Outcome = truth.And(step.Outcome, t.Outcome)
		step.Settle = append(step.Settle, t.Settle...)
	}
	switch {
	case step.Outcome == truth.No:
		step.Detail, step.Settle = "exception.fails", nil
	case len(x.rule.Proof) > 0:
		step.Outcome, step.Detail = truth.Maybe, "exception.claimed"
		step.Settle = append(step.Settle, truth.Gap{Code: "gap.proof", Args: truth.Args{"proof": strings.Join(x.rule.Proof, ",")}})
	case step.Outcome == truth.Yes:
		step.Detail = "exception.covers"
	default:
		step.Detail = "exception.maybe"
	}
	return step
}

// ruled finds the latest ruling of the empowered body on a report and clause.
func (b *Bench) ruled(ref record.Ref, id, label string) (string, []record.Ref) {
	var what string
	var by []record.Ref
	for i := range b.entries {
		k := &b.entries[i]
		if r, ok := k.Body.(*record.Ruling); ok && !k.retract && r.Of == ref && r.Agreement == id && r.Clause == label {
			what, by = r.Classification, []record.Ref{k.Ref}
		}
	}
	return what, by
}
