package agreement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// assembly puts clauses together into terms.
type assembly struct {
	terms    Terms
	clauses  []*clause // in order; a reading's laid over the text's
	problems *problem.List
	parties  []string     // who may be bound; nil: not known here, not checked
	omitted  []string     // labels that a reading omits
	links    []link       // what clauses say of each other
	fallback *moment.Zone // of times that name none, where the terms state none
	partial  bool         // a reading alone: what it leaves out stands in the text
}

// build makes terms of all clauses.
func (a *assembly) build() {
	for _, c := range a.clauses {
		a.terms.order = append(a.terms.order, c.label)
		switch ClauseKind(c.kind) {
		case KindEntryIntoForce:
			a.start(c.read(a.problems))
		case KindDuration:
			a.length(c.read(a.problems))
		case KindProhibition:
			a.prohibition(c.read(a.problems))
		case KindException:
			a.exception(c.read(a.problems))
		case KindDuty:
			a.duty(c.read(a.problems))
		case KindPower:
			a.power(c.read(a.problems))
		case KindPhase:
			a.phase(c.read(a.problems))
		case KindDefinition:
			a.definition(c.read(a.problems))
		case KindZone:
			a.zoneOf(c.read(a.problems))
		case KindWithdrawal:
			a.withdrawal(c.read(a.problems))
		case KindRatio:
			a.ratio(c.read(a.problems))
		case KindVerification:
			a.verification(c.read(a.problems))
		case KindGuarantee:
			a.guarantee(c.read(a.problems))
		default:
			kinds := make([]string, len(clauseKinds))
			for i, k := range clauseKinds {
				kinds[i] = string(k)
			}
			mend := suggest(c.kind, kinds)
			if c.kind == "agreement" || c.kind == "reading" {
				mend = "a header stands once, at the beginning"
			}
			a.problems.Add(at(c.pos, "unknown-clause", c.kind+" "+c.label, fmt.Sprintf("there is no kind of clause %q", c.kind), mend))
		}
	}
	if !a.partial {
		a.resolve()
	}
}

// zone is the zone that the terms state for counting days, or nil.
func (a *assembly) zone() *moment.Zone {
	for _, c := range a.clauses {
		if c.kind == string(KindDuration) {
			var unheard problem.List // told when the clause itself is read
			var name string
			if _, ok := c.read(&unheard).str("zone", &name); ok {
				if z, err := moment.LoadZone(name); err == nil {
					return z
				}
			}
		}
	}
	return a.fallback
}

func (a *assembly) start(r *reader) {
	s := &EntryIntoForce{Label: r.label, WholeDay: true, Pos: r.pos}
	if other := a.terms.Start; other != nil {
		r.bad(r.pos, "several-starts", "", "there is a second entry_into_force", "keep one; the other stands on "+other.Pos.line(r.pos))
	}
	r.time("start", a.zone(), &s.Start)
	begins := ""
	r.closed("begins", &begins, "start-of-day", "hour-not-known")
	s.WholeDay = begins != "hour-not-known"
	s.After = a.moment(r, "after")
	var window moment.Duration
	r.duration("window", &window)
	requires, whole := a.requires(r, window)
	s.Requires = requires
	r.rest()
	switch {
	case a.partial, !whole:
	case !r.has("start") && s.After == nil && len(s.Requires) == 0:
		r.bad(r.pos, "missing", "requires", "neither conditions nor a start are given", `write requires = [accepted("A", "declared"), …] or start = "2025-03-18[Europe/Kyiv]"`)
	case r.has("begins") && !r.has("start"):
		r.bad(r.place("begins"), "without-start", "begins", "it speaks of a start that is not given", `add start = "2025-03-18[Europe/Kyiv]"`)
	case r.has("window") && !slices.ContainsFunc(s.Requires, func(p Precondition) bool { return p.Kind == RequiresImplementedTogether }):
		r.bad(r.place("window"), "without-condition", "window", "it is the window of implementing together, which is not required", `add implemented_together("A", "B")`)
	}
	a.terms.Start = s
}

func isEmptyList(e hclsyntax.Expression) bool {
	t, ok := unwrap(e).(*hclsyntax.TupleConsExpr)
	return ok && len(t.Exprs) == 0
}

// requires takes the conditions precedent, each with its own place; whole tells
// whether all of them came out.
func (a *assembly) requires(r *reader, window moment.Duration) (list []Precondition, whole bool) {
	items, src, ok := r.items("requires")
	if !ok {
		return nil, !r.has("requires")
	}
	if !r.isList("requires") {
		r.bad(src.pos(items[0].Range()), "wrong-type", "requires", "a list of conditions is wanted", `write [accepted("A", "declared"), …]`)
		return nil, false
	}
	for _, item := range items {
		if !r.plain("requires", item, src) {
			continue
		}
		c, ok := r.callOf("requires", item, src)
		if !ok {
			r.bad(src.pos(item.Range()), "wrong-type", "requires", "this is no condition", `use accepted("A", "declared"), implemented_together("A", "B"), declared("A"), met("relief") or done("3")`)
			continue
		}
		p := Precondition{Kind: PreconditionKind(c.kind), Pos: c.pos}
		switch p.Kind {
		case RequiresAccepted:
			p.Parties = c.texts()[:1]
			a.among(r, "requires", c.args[:1])
			if len(c.args) == 2 {
				p.Strength = record.Strength(c.args[1].text)
				if !slices.Contains(strengths, c.args[1].text) {
					r.bad(c.args[1].pos, "unknown-value", "requires", fmt.Sprintf("%q is no strength of acceptance", c.args[1].text), suggest(c.args[1].text, strengths))
				}
			}
		case RequiresImplementedTogether:
			p.Parties, p.Within = c.texts(), window
			a.among(r, "requires", c.args)
		case RequiresDeclared:
			p.Parties = c.texts()
			a.among(r, "requires", c.args)
		case RequiresDone:
			p.Duty = c.args[0].text
			a.refer(r, c.args[0].pos, "requires", p.Duty, KindDuty, KindWithdrawal, KindRatio)
		case RequiresMet:
			p.Condition = c.args[0].text
			if !isName(p.Condition) {
				r.bad(c.args[0].pos, "bad-name", "requires", fmt.Sprintf("%q is no id of a condition", p.Condition), `an id has 1 to 64 letters, digits or signs, and no space: met("relief")`)
			}
		}
		if slices.ContainsFunc(list, func(q Precondition) bool { return q.ID() == p.ID() }) {
			r.bad(p.Pos, "duplicate-condition", "requires", "the condition "+p.ID()+" stands twice", "keep one")
			continue
		}
		list = append(list, p)
	}
	return list, len(list) == len(items)
}

var strengths = []string{"expressed-readiness", "declared", "initialled", "signed", "ratified"}

// among checks that codes are participants of the agreement.
func (a *assembly) among(r *reader, field string, codes []word) {
	for _, c := range codes {
		if a.parties != nil && !slices.Contains(a.parties, c.text) {
			r.bad(c.pos, "unknown-party", field, fmt.Sprintf("%q is not named in the header's parties", c.text), suggest(c.text, a.parties))
		}
	}
}

// countings are the words of the file for rules of counting, in the order of
// moment.Countings.
var countings = []struct {
	words string
	rule  moment.Counting
}{
	{"from the hour of the start", moment.CountHours},
	{"the day of the start is day one", moment.CountDayOne},
	{"the day of the start is not counted", moment.CountDayZero},
	{"as one month", moment.CountMonth},
}

const countingNotStated = "not stated"

func (a *assembly) length(r *reader) {
	d := &Duration{Label: r.label, Pos: r.pos}
	if other := a.terms.Length; other != nil {
		r.bad(r.pos, "several-lengths", "", "there is a second duration", "keep one; the other stands on "+other.Pos.line(r.pos))
	}
	zone := ""
	if p, ok := r.str("zone", &zone); ok {
		z, err := moment.LoadZone(zone)
		if err != nil {
			r.badMoment(p, "unknown-zone", "zone", zone, err, `write a name such as "Europe/Kyiv"`)
		}
		d.Zone = z
	}
	r.duration("length", &d.Length)
	r.time("until", d.Zone, &d.Until)
	a.counting(r, d)
	a.extension(r, d)
	r.rest()
	if r.has("length") && r.has("until") {
		r.bad(r.place("until"), "length-and-until", "until", "a length and an end are both given", "keep one of them")
	}
	a.terms.Length = d
}

// counting takes the rules of counting. Where none is stated every rule that can
// count the length gives an end.
func (a *assembly) counting(r *reader, d *Duration) {
	var known []string
	for _, c := range countings {
		known = append(known, c.words)
	}
	clock := d.Length.Hours > 0 || d.Length.Minutes > 0 || d.Length.Seconds > 0
	open := d.Length != (moment.Duration{})
	for _, w := range r.strs("counting", new([]string)) {
		i := slices.Index(known, w.text)
		switch {
		case w.text == countingNotStated:
			d.Counting, open = nil, true
		case i < 0:
			r.bad(w.pos, "unknown-value", "counting", fmt.Sprintf("%q is no rule of counting", w.text), suggest(w.text, append(known, countingNotStated)))
		case clock && countings[i].rule != moment.CountHours:
			where := w.pos
			if where.File != r.pos.File {
				where = r.place("length") // which the reading says
			}
			r.bad(where, "bad-counting", "counting", "a length with hours cannot be counted by whole days", fmt.Sprintf("write %q", countings[0].words))
		default:
			d.Counting, open = append(d.Counting, countings[i].rule), false
		}
	}
	switch {
	case open && clock:
		d.Counting = []moment.Counting{moment.CountHours}
	case open:
		d.Counting = moment.Countings()
	}
}

func (a *assembly) extension(r *reader, d *Duration) {
	e, src, ok := r.expr("extension")
	if !ok {
		return
	}
	c, ok := r.callOf("extension", e, src)
	if !ok {
		r.bad(src.pos(e.Range()), "wrong-type", "extension", "this is no way of prolonging", `use mutual("A", "B") or tacit("P120D", "P10D")`)
		return
	}
	d.Extension = &Extension{Pos: c.pos}
	if c.kind == "mutual" {
		d.Extension.Mutual = c.texts()
		a.among(r, "extension", c.args)
		return
	}
	r.durationOf("extension", c.args[0].text, c.args[0].pos, &d.Extension.Tacit)
	if len(c.args) == 2 {
		r.durationOf("extension", c.args[1].text, c.args[1].pos, &d.Extension.Notice)
	}
}

// line says where p stands to a reader who looks at from.
func (p Pos) line(from Pos) string {
	if p.File == from.File {
		return fmt.Sprintf("line %d", p.Line)
	}
	return fmt.Sprintf("line %d of %s", p.Line, p.File)
}

// String gives "file:line:column".
func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// isPlace tells whether w names a place in the form of where and undrawn.
func isPlace(w string) bool {
	kind, id, ok := strings.Cut(w, ":")
	return ok && (kind == "area" || kind == "line" || kind == "zone") && isName(id)
}
