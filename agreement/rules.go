package agreement

import (
	"fmt"
	"slices"
	"strings"
)

func (a *assembly) withdrawal(r *reader) {
	w := &Withdrawal{Label: r.label, Pos: r.pos}
	a.scope(r, &w.Scope)
	a.binding(r, &w.Binding)
	w.Due = a.moment(r, "due")
	a.specialTo(r, &w.SpecialTo)
	a.among(r, "certified_by", r.strs("certified_by", &w.CertifiedBy))
	r.rest("doubt")
	if r.has("acts") {
		r.bad(r.place("acts"), "unknown-attribute", "acts", "a withdrawal forbids presence and nothing else", "take it out, or write a prohibition")
	}
	a.terms.Withdrawals = append(a.terms.Withdrawals, w)
}

// specialTo takes the rules that a clause beats.
func (a *assembly) specialTo(r *reader, into *[]string) {
	for _, w := range r.strs("special_to", into) {
		a.refer(r, w.pos, "special_to", w.text, KindProhibition, KindWithdrawal)
	}
}

func (a *assembly) definition(r *reader) {
	d := &Definition{Label: r.label, Field: "acts", Closed: true, Pos: r.pos}
	tax := Taxonomies()
	trees := []*Taxonomy{tax.Acts, tax.Weapons, tax.Objects, tax.Domains}
	r.closed("field", &d.Field, tax.Acts.Field, tax.Weapons.Field, tax.Objects.Field, tax.Domains.Field)
	tree := trees[slices.IndexFunc(trees, func(t *Taxonomy) bool { return t.Field == d.Field })]
	for _, w := range r.strs("means", &d.Means) {
		a.branch(r, w.pos, "means", tree, w.text)
	}
	r.flag("closed", &d.Closed)
	r.rest()
	if !a.partial {
		r.require("means", `say what it means: means = ["assault"]`)
	}
	a.terms.Definitions = append(a.terms.Definitions, d)
}

func (a *assembly) zoneOf(r *reader) {
	z := &Zone{Label: r.label, Pos: r.pos}
	for _, w := range r.strs("area", &z.Area) {
		a.drawing(r, w, "area", "area:")
	}
	if p, ok := r.str("line", &z.Line); ok {
		a.drawing(r, word{z.Line, p}, "line", "line:")
	}
	z.Lines = a.byParty(r, "lines", `{ A = "line:contact" }`, func(_ string, w word) { a.drawing(r, w, "lines", "line:") })
	z.Sides = a.byParty(r, "sides", `{ A = "area:a-side" }`, func(_ string, w word) { a.drawing(r, w, "sides", "area:") })
	var text string
	if p, ok := r.str("depth", &text); ok {
		a.depth(r, word{text, p}, "depth", &z.Depth)
	}
	a.byParty(r, "depths", `{ A = "35 km" }`, func(party string, w word) {
		var d Depth
		a.depth(r, w, "depths."+party, &d)
		if z.Depths == nil {
			z.Depths = map[string]Depth{}
		}
		z.Depths[party] = d
	})
	if p, ok := r.str("around", &z.Around); ok {
		a.branch(r, p, "around", Taxonomies().Objects, z.Around)
	}
	edge := "in"
	r.closed("edge", &edge, "in", "out")
	z.EdgeOut = edge == "out"
	r.rest()
	if z.Around != "" && (z.Line != "" || len(z.Area)+len(z.Lines) > 0) {
		r.bad(r.place("around"), "several-forms", "around", "a zone moves with objects or lies on the map, not both", "make two zones")
	}
	a.terms.Zones = append(a.terms.Zones, z)
}

// drawing holds a word to the form "area:ID" or "line:ID".
func (a *assembly) drawing(r *reader, w word, name, sort string) {
	if id, ok := strings.CutPrefix(w.text, sort); !ok || !isName(id) {
		r.bad(w.pos, "bad-area", name, fmt.Sprintf("%q is not %sID", w.text, sort), fmt.Sprintf("write %q", sort+"ID"))
	}
}

// byParty takes an object of strings by party.
func (a *assembly) byParty(r *reader, name, form string, each func(party string, w word)) map[string]string {
	e, src, ok := r.expr(name)
	if !ok {
		return nil
	}
	members, ok := r.members(name, e, src, form)
	if !ok {
		return nil
	}
	found := map[string]string{}
	for _, m := range members {
		a.among(r, name, []word{{m.name, m.pos}})
		s, ok := r.stringOf(name+"."+m.name, m.value, src)
		if !ok {
			continue
		}
		found[m.name] = s
		each(m.name, word{s, m.valueAt})
	}
	return found
}
