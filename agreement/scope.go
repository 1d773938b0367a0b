package agreement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/truceline/truceline/record"
)

// scope takes what a prohibition or exception speaks of.
func (a *assembly) scope(r *reader, s *Scope) {
	a.among(r, "binds", r.strs("binds", &s.Binds))
	tax := Taxonomies()
	for _, f := range []struct {
		tree *Taxonomy
		into *[]string
	}{{tax.Acts, &s.Acts}, {tax.Weapons, &s.Weapons}, {tax.Objects, &s.Objects}, {tax.Domains, &s.Domains}} {
		for _, w := range r.strs(f.tree.Field, f.into) {
			a.branch(r, w.pos, f.tree.Field, f.tree, w.text)
		}
	}
	a.figures(r, s)
	for _, w := range r.strs("reach", new([]string)) {
		if w.text != string(ReachIn) && w.text != string(ReachFrom) {
			r.bad(w.pos, "unknown-value", "reach", fmt.Sprintf("%q is not a value of it", w.text), `it is one of "in", "from"`)
		}
		s.Reach = append(s.Reach, Reach(w.text))
	}
	for _, w := range r.strs("where", &s.Where) {
		if label, isZone := strings.CutPrefix(w.text, "zone:"); isZone && isName(label) {
			a.refer(r, w.pos, "where", label, KindZone)
		}
		switch {
		case w.text == anywhere && len(s.Where) > 1:
			r.bad(w.pos, "bad-area", "where", `"anywhere" stands beside other places`, "keep it alone, or take it out")
		case w.text != anywhere && !isPlace(w.text):
			mend := `write "area:ID", "line:ID" or "anywhere"`
			if near := record.Nearest(w.text, []string{anywhere}); near != "" {
				mend = fmt.Sprintf("did you mean %q?", near)
			}
			r.bad(w.pos, "bad-area", "where", fmt.Sprintf("%q is neither an area nor a line", w.text), mend)
		}
	}
	for _, b := range r.blocks {
		if b.Type == "doubt" && b.labelled(r.problems) {
			a.doubt(r, s, b, tax)
		}
	}
}

const anywhere = "anywhere"

// branch holds a name to its tree.
func (a *assembly) branch(r *reader, p Pos, field string, tree *Taxonomy, branch string) {
	if label, isDefinition := strings.CutPrefix(branch, "def:"); isDefinition && isName(label) {
		a.refer(r, p, field, label, KindDefinition)
		return
	}
	if tree.Known(branch) {
		return
	}
	r.bad(p, "unknown-branch", field, fmt.Sprintf("%q is not in the tree of %s", branch, tree.Field), tree.Mend(branch))
}

// doubt takes one doubt; a reading's replaces that of the text on the same branch.
func (a *assembly) doubt(of *reader, s *Scope, b *block, tax *Set) {
	r := &reader{clause: b.asClause(), problems: of.problems}
	d := Doubt{Branch: b.label(), Field: tax.Objects.Field, Pos: b.pos()}
	r.closed("field", &d.Field, tax.Acts.Field, tax.Weapons.Field, tax.Objects.Field, tax.Domains.Field)
	r.text("question", "", &d.Question)
	r.require("question", `say what is not settled: question = { en = "…" }`)
	r.rest()
	for _, tree := range []*Taxonomy{tax.Acts, tax.Weapons, tax.Objects, tax.Domains} {
		if tree.Field == d.Field {
			a.branch(of, b.labelPos(), "doubt", tree, d.Branch)
		}
	}
	i := slices.IndexFunc(s.Doubts, func(o Doubt) bool { return o.Branch == d.Branch && o.Field == d.Field })
	switch {
	case i < 0:
		s.Doubts = append(s.Doubts, d)
	case s.Doubts[i].Pos.File == d.Pos.File:
		of.bad(d.Pos, "duplicate-doubt", "doubt", fmt.Sprintf("the doubt about %q stands already on line %d", d.Branch, s.Doubts[i].Pos.Line), "keep one")
	default:
		s.Doubts[i] = d
	}
}

func (a *assembly) prohibition(r *reader) {
	p := &Prohibition{Label: r.label, Pos: r.pos}
	a.scope(r, &p.Scope)
	a.binding(r, &p.Binding)
	a.specialTo(r, &p.SpecialTo)
	r.rest("doubt")
	if !a.partial {
		r.require("acts", `say what is forbidden: acts = ["attack"]`)
		if r.has("acts") && isEmptyList(r.attributes["acts"].Expr) {
			r.bad(r.place("acts"), "missing", "acts", "nothing is forbidden", `say what is forbidden: acts = ["attack"]`)
		}
	}
	a.terms.Prohibitions = append(a.terms.Prohibitions, p)
}

func (a *assembly) exception(r *reader) {
	x := &Exception{Label: r.label, Pos: r.pos}
	for _, w := range r.strs("defeats", &x.Defeats) {
		a.refer(r, w.pos, "defeats", w.text, KindProhibition, KindWithdrawal, KindException)
	}
	a.scope(r, &x.Scope)
	a.binding(r, &x.Binding)
	for _, w := range r.strs("proof", &x.Proof) {
		if !isName(w.text) {
			r.bad(w.pos, "bad-name", "proof", fmt.Sprintf("%q is no name of a proof", w.text), `a name has 1 to 64 letters, digits or signs, and no space: proof = ["notice"]`)
		}
	}
	r.duration("notice", &x.Notice)
	for _, w := range r.strings("steps") {
		if !slices.Contains(record.Steps, w.text) {
			r.bad(w.pos, "unknown-value", "steps", fmt.Sprintf("%q is no step", w.text), suggest(w.text, record.Steps))
		}
		x.Steps = append(x.Steps, w.text)
	}
	r.rest("doubt")
	if !a.partial {
		r.require("defeats", `name the rules that it defeats: defeats = ["1"]`)
	}
	a.terms.Exceptions = append(a.terms.Exceptions, x)
}
