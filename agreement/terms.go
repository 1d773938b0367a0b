package agreement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// The kinds of clause that terms are written in.
var clauseKinds = []string{"entry_into_force", "duration", "prohibition", "exception", "duty", "power"}

// assembly puts blocks together into terms. A block of the same kind and label
// overrides the attributes that it names and keeps the others.
type assembly struct {
	terms    Terms
	problems *problem.List
	parties  []string // who may be bound; nil: not known here, not checked
	partial  bool     // a reading alone: what it leaves out stands in the text
}

func (a *assembly) add(b *block) {
	switch b.Type {
	case "entry_into_force":
		a.start(b)
	case "duration":
		a.length(b)
	case "prohibition":
		a.prohibition(b)
	case "exception":
		a.exception(b)
	case "duty":
		a.duty(b)
	case "power":
		a.power(b)
	default:
		b.read(a.problems).bad(b.TypeRange, "unknown-clause", "", fmt.Sprintf("there is no kind of clause %q", b.Type), suggest(b.Type, clauseKinds))
	}
}

// required tells whether what a block must hold is to be asked of it: not of an
// override, whose other half stands elsewhere.
func (a *assembly) required(exists bool) bool { return !a.partial && !exists }

func (a *assembly) start(b *block) {
	r := b.read(a.problems)
	s := &EntryIntoForce{WholeDay: true}
	override := a.terms.Start != nil && a.terms.Start.Label == b.label()
	if override {
		clone := *a.terms.Start
		s = &clone
	} else if a.terms.Start != nil {
		r.bad(b.TypeRange, "several-starts", "", "there is a second entry_into_force", fmt.Sprintf("keep one; the other stands on line %d", a.terms.Start.Pos.Line))
	}
	s.Label, s.Pos = b.label(), b.pos()
	r.time("start", &s.Start)
	begins := ""
	r.closed("begins", &begins, "start-of-day", "hour-not-known")
	if begins != "" {
		s.WholeDay = begins == "start-of-day"
	}
	if v, at, ok := r.value("requires"); ok {
		s.Requires = a.requires(r, v, at)
	}
	var window moment.Duration
	r.duration("window", &window)
	if window != (moment.Duration{}) {
		for i := range s.Requires {
			s.Requires[i].Within = window
		}
	}
	r.rest()
	if a.required(override) && !r.has("requires") && !r.has("start") {
		r.bad(b.TypeRange, "missing", "requires", "neither conditions nor a start are given", `write requires = [accepted("A", "declared"), …] or start = "2025-03-18"`)
	}
	a.terms.Start = s
}

// requires takes the conditions precedent, each with its own place.
func (a *assembly) requires(r *reader, v cty.Value, at hcl.Range) []Precondition {
	places := []hcl.Range{}
	if t, ok := r.Body.Attributes["requires"].Expr.(*hclsyntax.TupleConsExpr); ok {
		for _, e := range t.Exprs {
			places = append(places, e.Range())
		}
	}
	if !v.Type().IsTupleType() {
		r.bad(at, "wrong-type", "requires", "a list of conditions is wanted", `write [accepted("A", "declared"), …]`)
		return nil
	}
	var list []Precondition
	for i, e := range v.AsValueSlice() {
		where := at
		if i < len(places) {
			where = places[i]
		}
		name, args, ok := called(e)
		p := Precondition{Kind: PreconditionKind(name), Pos: posOf(r.file, where)}
		switch {
		case ok && p.Kind == RequiresAccepted:
			p.Parties = args[:1]
			if len(args) == 2 {
				p.Strength = record.Strength(args[1])
				if !slices.Contains(strengths, args[1]) {
					r.bad(where, "unknown-value", "requires", fmt.Sprintf("%q is no strength of acceptance", args[1]), suggest(args[1], strengths))
				}
			}
		case ok && p.Kind == RequiresImplementedTogether:
			p.Parties = args
		case ok && p.Kind == RequiresMet:
			p.Condition = args[0]
		default:
			r.bad(where, "wrong-type", "requires", "this is no condition", `use accepted("A", "declared"), implemented_together("A", "B") or met("id")`)
			continue
		}
		a.among(r, where, "requires", p.Parties)
		if slices.ContainsFunc(list, func(q Precondition) bool { return q.ID() == p.ID() }) {
			r.bad(where, "duplicate-condition", "requires", "the condition "+p.ID()+" stands twice", "keep one")
			continue
		}
		list = append(list, p)
	}
	return list
}

var strengths = []string{"expressed-readiness", "declared", "initialled", "signed", "ratified"}

// among checks that codes are participants of the agreement.
func (a *assembly) among(r *reader, at hcl.Range, field string, codes []string) {
	if a.parties == nil {
		return
	}
	for _, c := range codes {
		if !slices.Contains(a.parties, c) {
			r.bad(at, "unknown-party", field, fmt.Sprintf("%q is not named in the header's parties", c), suggest(c, a.parties))
		}
	}
}

// countings are the words of the file for rules of counting.
var countings = map[string]moment.Counting{
	"from the hour of the start":          moment.CountHours,
	"the day of the start is day one":     moment.CountDayOne,
	"the day of the start is not counted": moment.CountDayZero,
	"as one month":                        moment.CountMonth,
}

func (a *assembly) length(b *block) {
	r := b.read(a.problems)
	d := &Duration{}
	override := a.terms.Length != nil && a.terms.Length.Label == b.label()
	if override {
		clone := *a.terms.Length
		d = &clone
	} else if a.terms.Length != nil {
		r.bad(b.TypeRange, "several-lengths", "", "there is a second duration", fmt.Sprintf("keep one; the other stands on line %d", a.terms.Length.Pos.Line))
	}
	d.Label, d.Pos = b.label(), b.pos()
	zone := ""
	if at := r.str("zone", &zone); zone != "" {
		z, err := moment.LoadZone(zone)
		if err != nil {
			r.bad(at, "unknown-zone", "zone", err.Error(), `write a name such as "Europe/Kyiv"`)
		} else {
			d.Zone, r.zone = z, z
		}
	}
	r.duration("length", &d.Length)
	r.time("until", &d.Until)
	var words []string
	at := r.strs("counting", &words)
	if r.has("counting") {
		d.Counting = nil
	}
	for _, w := range words {
		c, ok := countings[w]
		switch {
		case w == "not stated":
			d.Counting = moment.Countings()
		case ok:
			d.Counting = append(d.Counting, c)
		default:
			r.bad(at, "unknown-value", "counting", fmt.Sprintf("%q is no rule of counting", w),
				`use "from the hour of the start", "the day of the start is day one", "the day of the start is not counted", "as one month" or "not stated"`)
		}
	}
	if len(d.Counting) == 0 && d.Length != (moment.Duration{}) {
		d.Counting = moment.Countings() // no rule is stated: every rule gives an end
	}
	if v, at, ok := r.value("extension"); ok {
		a.extension(r, d, v, at)
	}
	r.rest()
	if r.has("length") && r.has("until") {
		r.bad(b.TypeRange, "length-and-until", "until", "a length and an end are both given", "keep one of them")
	}
	a.terms.Length = d
}

func (a *assembly) extension(r *reader, d *Duration, v cty.Value, at hcl.Range) {
	name, args, ok := called(v)
	x := &Extension{Pos: posOf(r.file, at)}
	switch {
	case ok && name == "mutual":
		x.Mutual = args
		a.among(r, at, "extension", args)
	case ok && name == "tacit":
		var err error
		if x.Tacit, err = moment.ParseDuration(args[0]); err == nil && len(args) == 2 {
			x.Notice, err = moment.ParseDuration(args[1])
		}
		if err != nil {
			r.bad(at, "bad-length", "extension", err.Error(), `write tacit("P120D", "P10D")`)
		}
	default:
		r.bad(at, "wrong-type", "extension", "this is no way of prolonging", `use mutual("A", "B") or tacit("P120D", "P10D")`)
		return
	}
	d.Extension = x
}

// scope takes what a prohibition or exception speaks of.
func (a *assembly) scope(r *reader, s *Scope) {
	a.among(r, r.strs("binds", &s.Binds), "binds", s.Binds)
	tax := Taxonomies()
	for _, f := range []struct {
		name string
		tree *Taxonomy
		into *[]string
	}{{"acts", tax.Acts, &s.Acts}, {"weapons", tax.Weapons, &s.Weapons}, {"objects", tax.Objects, &s.Objects}, {"domains", tax.Domains, &s.Domains}} {
		at := r.strs(f.name, f.into)
		if !r.has(f.name) {
			continue
		}
		for _, branch := range *f.into {
			a.branch(r, at, f.name, f.tree, branch)
		}
	}
	at := r.strs("where", &s.Where)
	for _, w := range s.Where {
		if w != "anywhere" && !strings.HasPrefix(w, "area:") && !strings.HasPrefix(w, "line:") {
			r.bad(at, "bad-area", "where", fmt.Sprintf("%q is neither an area nor a line", w), `write "area:ID", "line:ID" or "anywhere"`)
		}
	}
	for _, b := range r.Body.Blocks {
		if b.Type == "doubt" {
			a.doubt(s, &block{Block: b, file: r.file}, tax)
		}
	}
}

func (a *assembly) branch(r *reader, at hcl.Range, field string, tree *Taxonomy, branch string) {
	if tree.Known(branch) {
		return
	}
	mend := "see the tree of " + field
	if near := tree.Nearest(branch); near != "" {
		mend = fmt.Sprintf("did you mean %q?", near)
	}
	r.bad(at, "unknown-branch", field, fmt.Sprintf("%q is not in the tree of %s", branch, field), mend)
}

func (a *assembly) doubt(s *Scope, b *block, tax *Set) {
	r := b.read(a.problems)
	d := Doubt{Branch: b.label(), Field: "objects", Pos: b.pos()}
	r.closed("field", &d.Field, "acts", "weapons", "objects", "domains")
	r.text("question", "", &d.Question)
	r.rest()
	tree := map[string]*Taxonomy{"acts": tax.Acts, "weapons": tax.Weapons, "objects": tax.Objects, "domains": tax.Domains}[d.Field]
	a.branch(r, b.LabelRanges[0], d.Field, tree, d.Branch)
	s.Doubts = append(slices.DeleteFunc(slices.Clone(s.Doubts), func(o Doubt) bool { return o.Branch == d.Branch && o.Field == d.Field }), d)
}

func (a *assembly) prohibition(b *block) {
	r := b.read(a.problems)
	i := slices.IndexFunc(a.terms.Prohibitions, func(p *Prohibition) bool { return p.Label == b.label() })
	p := &Prohibition{}
	if i >= 0 {
		clone := *a.terms.Prohibitions[i]
		p = &clone
	}
	p.Label, p.Pos = b.label(), b.pos()
	a.scope(r, &p.Scope)
	r.rest("doubt")
	if a.required(i >= 0) {
		r.require("acts", `say what is forbidden: acts = ["attack"]`)
	}
	a.terms.Prohibitions = put(a.terms.Prohibitions, i, p)
}

func (a *assembly) exception(b *block) {
	r := b.read(a.problems)
	i := slices.IndexFunc(a.terms.Exceptions, func(p *Exception) bool { return p.Label == b.label() })
	x := &Exception{}
	if i >= 0 {
		clone := *a.terms.Exceptions[i]
		x = &clone
	}
	x.Label, x.Pos = b.label(), b.pos()
	r.strs("defeats", &x.Defeats)
	a.scope(r, &x.Scope)
	r.closed("proof", &x.Proof, "notice", "finding")
	r.rest("doubt")
	if a.required(i >= 0) {
		r.require("defeats", `name the rules that it defeats: defeats = ["1"]`)
	}
	a.terms.Exceptions = put(a.terms.Exceptions, i, x)
}

func (a *assembly) duty(b *block) {
	r := b.read(a.problems)
	i := slices.IndexFunc(a.terms.Duties, func(p *Duty) bool { return p.Label == b.label() })
	d := &Duty{}
	if i >= 0 {
		clone := *a.terms.Duties[i]
		d = &clone
	}
	d.Label, d.Pos = b.label(), b.pos()
	a.among(r, r.strs("binds", &d.Binds), "binds", d.Binds)
	r.str("does", &d.Does)
	r.strs("what", &d.What)
	r.str("measure", &d.Measure)
	r.str("due", &d.Due)
	r.rest()
	if a.required(i >= 0) {
		r.require("does", `say what is owed: does = "release"`)
	}
	a.terms.Duties = put(a.terms.Duties, i, d)
}

func (a *assembly) power(b *block) {
	r := b.read(a.problems)
	i := slices.IndexFunc(a.terms.Powers, func(p *Power) bool { return p.Label == b.label() })
	p := &Power{}
	if i >= 0 {
		clone := *a.terms.Powers[i]
		p = &clone
	}
	p.Label, p.Pos = b.label(), b.pos()
	a.among(r, r.strs("holder", &p.Holder), "holder", p.Holder)
	r.closed("effect", &p.Effect, "denounce", "suspend", "terminate")
	r.str("when", &p.When)
	r.rest()
	if a.required(i >= 0) {
		r.require("holder", `say who may act: holder = ["A", "B"]`)
		r.require("effect", `say what follows: effect = "denounce"`)
	}
	a.terms.Powers = put(a.terms.Powers, i, p)
}

// put replaces the i-th of a list, in a list of its own, or appends where i < 0.
func put[T any](list []T, i int, v T) []T {
	list = slices.Clone(list)
	if i < 0 {
		return append(list, v)
	}
	list[i] = v
	return list
}

// finish checks what only all clauses together can show.
func (a *assembly) finish(file string) {
	labels := map[string]bool{}
	for _, p := range a.terms.Prohibitions {
		labels[p.Label] = true
	}
	for _, x := range a.terms.Exceptions {
		for _, d := range x.Defeats {
			if !labels[d] && !a.partial {
				known := make([]string, 0, len(labels))
				for l := range labels {
					known = append(known, l)
				}
				slices.Sort(known)
				a.problems.Add(problem.Problem{
					Code: "unknown-rule", File: file, Line: x.Pos.Line, Column: x.Pos.Column, Field: "exception " + x.Label + ".defeats",
					What: fmt.Sprintf("there is no prohibition %q to defeat", d), Mend: suggest(d, known),
				})
			}
		}
	}
}
