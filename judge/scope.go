package judge

import (
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/truth"
)

// scope is what a rule speaks of, made ready: for every branch of a tree what it
// means to the rule, for every party whether it is bound.
type scope struct {
	*agreement.Scope
	life   *life
	pos    agreement.Pos
	trees  [4]branches // acts, weapons, objects, domains
	actors map[string]bound
	region *region
	reach  []agreement.Reach
	always bool // an exception: what it does not name covers everything
}

// bound is how somebody is bound by a rule.
type bound struct {
	code      code
	guarantee *agreement.Guarantee
}

// The trees of a scope.
const (
	treeActs = iota
	treeWeapons
	treeObjects
	treeDomains
)

var treeTests = [4]testKind{testAct, testWeapon, testObject, testDomain}

// branches tells of every node of a tree what it means to a rule.
type branches struct {
	tree  *agreement.Taxonomy
	cells []cell // by the node's place in the tree; nil: the rule does not narrow
}

// cell is what one node means to a rule.
type cell struct {
	value truth.Value
	code  code
	doubt int16
}

func (l *life) scope(s *agreement.Scope, pos agreement.Pos, exception bool) scope {
	out := scope{Scope: s, life: l, pos: pos, actors: map[string]bound{}, reach: s.Reach, always: exception}
	if len(out.reach) == 0 {
		out.reach = []agreement.Reach{agreement.ReachIn}
	}
	tax := agreement.Taxonomies()
	for i, f := range []struct {
		tree *agreement.Taxonomy
		list []string
	}{{tax.Acts, s.Acts}, {tax.Weapons, s.Weapons}, {tax.Objects, s.Objects}, {tax.Domains, s.Domains}} {
		out.trees[i] = l.branches(f.tree, f.list, s.Doubts)
	}
	for _, p := range s.Binds {
		out.actors[p] = bound{code: codeBound}
	}
	for _, g := range l.terms.Guarantees {
		if !slices.ContainsFunc(g.Guarantor, func(p string) bool { return slices.Contains(s.Binds, p) }) {
			continue
		}
		for _, group := range g.AnswersFor {
			if _, own := out.actors[group]; !own {
				out.actors[group] = bound{codeAnsweredFor, g}
			}
		}
	}
	out.region = l.b.regionOf(l, s)
	return out
}

// branches works out what each node of a tree means under what a rule names.
func (l *life) branches(tree *agreement.Taxonomy, named []string, doubts []agreement.Doubt) branches {
	var doubted []int
	for i, d := range doubts {
		if d.Field == tree.Field {
			doubted = append(doubted, i)
		}
	}
	if len(named) == 0 && len(doubted) == 0 {
		return branches{tree: tree}
	}
	list, open := l.meant(named, nil)
	nodes := tree.Paths()
	b := branches{tree: tree, cells: make([]cell, len(nodes))}
	for i, node := range nodes {
		c := &b.cells[i]
		c.value, c.code, c.doubt = truth.Yes, codeCovered, -1
		if len(named) > 0 {
			c.value = tree.Falls(node, list)
		}
		switch {
		case c.value == truth.No && open:
			c.value, c.code = truth.Maybe, codeIllustrative
		case c.value == truth.No:
			c.code = codeNotCovered
		case c.value == truth.Maybe:
			c.code = codeBroader
		}
		for _, d := range doubted {
			if tree.Falls(node, []string{doubts[d].Branch}) == truth.Yes {
				c.value, c.code, c.doubt = truth.Maybe, codeDisputed, int16(d)
				break
			}
		}
	}
	return b
}

// meant replaces definitions by what they mean; open tells that one of them only
// illustrates.
func (l *life) meant(named, within []string) (list []string, open bool) {
	for _, n := range named {
		label, isDefinition := strings.CutPrefix(n, "def:")
		if !isDefinition {
			list = append(list, n)
			continue
		}
		for _, d := range l.terms.Definitions {
			if d.Label == label && !slices.Contains(within, label) {
				more, alsoOpen := l.meant(d.Means, append(within, label))
				list, open = append(list, more...), open || alsoOpen || !d.Closed
			}
		}
	}
	return list, open
}

// tests tries what the scope speaks of: actor, act and area always, the rest where
// it narrows. It never stops at the first that fails.
func (s *scope) tests(d *Decision, in *Incident) truth.Value {
	all := d.add(s.actor(in))
	all = truth.And(all, s.matter(d, in))
	if !s.always || len(s.Where) > 0 {
		all = truth.And(all, d.add(s.area(d, in)))
	}
	return all
}

// matter tries what was done with what to what.
func (s *scope) matter(d *Decision, in *Incident) truth.Value {
	all := truth.Yes
	if !s.always || len(s.Acts) > 0 {
		all = d.add(s.branch(treeActs, in.act, in.Report.Act == ""))
	}
	if s.trees[treeWeapons].cells != nil {
		all = truth.And(all, d.add(s.branch(treeWeapons, in.weapon, in.Report.Weapon == "")))
	}
	if len(s.Calibre) > 0 {
		all = truth.And(all, d.add(compareAll(testCalibre, s.Calibre, in.calibre)))
	}
	if len(s.Range) > 0 {
		all = truth.And(all, d.add(compareAll(testRange, s.Range, in.reach)))
	}
	if s.Units != nil {
		all = truth.And(all, d.add(compareAll(testUnit, []agreement.Comparison{*s.Units}, in.unit)))
	}
	if s.Count != nil {
		all = truth.And(all, d.add(compareAll(testCount, []agreement.Comparison{*s.Count}, in.count(s.Count.Unit))))
	}
	if len(s.Purposes) > 0 {
		o := Outcome{Value: truth.No, test: testPurpose, code: codeMisses}
		switch {
		case in.Report.Purpose == "":
			o.Value, o.code = truth.Maybe, codeUnknown
		case slices.Contains(s.Purposes, in.Report.Purpose):
			o.Value, o.code = truth.Yes, codeFits
		}
		all = truth.And(all, d.add(o))
	}
	if s.trees[treeObjects].cells != nil {
		all = truth.And(all, d.add(s.objects(in)))
	}
	if s.trees[treeDomains].cells != nil {
		all = truth.And(all, d.add(s.branch(treeDomains, in.domain, in.Report.Domain == "")))
	}
	return all
}

// actor tells whether who did it, by the report, is bound. An unknown actor is
// never a party.
func (s *scope) actor(in *Incident) Outcome {
	o := Outcome{test: testActor}
	switch {
	case s.always && len(s.Binds) == 0:
		o.Value, o.code = truth.Yes, codeAnywhere
	case len(s.Binds) == 0:
		o.code = codeNoneNamed
	case in.actor == "":
		o.code = codeUnknown
	default:
		by, is := s.actors[in.actor]
		switch {
		case !is:
			o.Value, o.code = truth.No, codeNotBound
		case by.guarantee != nil:
			o.code = codeAnsweredFor
			o.Value = s.life.answers(by.guarantee, in)
		default:
			o.Value, o.code = truth.Yes, codeBound
		}
	}
	return o
}

// branch tells whether what the report names falls under what the rule names.
func (s *scope) branch(tree int, node int16, untold bool) Outcome {
	o := Outcome{test: treeTests[tree]}
	b := &s.trees[tree]
	switch {
	case untold || node < 0:
		o.code = codeUnknown
	case b.cells == nil:
		o.Value, o.code = truth.Yes, codeCovered
	default:
		c := b.cells[node]
		o.Value, o.code = c.value, c.code
	}
	return o
}

// objects tells whether one of the things named falls under what the rule names.
func (s *scope) objects(in *Incident) Outcome {
	o := Outcome{Value: truth.No, test: testObject, code: codeNotCovered, at: -1}
	if len(in.objects) == 0 {
		return Outcome{test: testObject, code: codeUnknown}
	}
	for i, node := range in.objects {
		one := s.branch(treeObjects, node, false)
		if o.at < 0 || one.Value > o.Value {
			one.at = int16(i)
			o = one
		}
	}
	return o
}

// area tells whether the place of the act, or where it came from, lies in what the
// rule names.
func (s *scope) area(d *Decision, in *Incident) Outcome {
	o := Outcome{Value: truth.No, test: testArea, code: codeOutside, at: -1}
	for i, reach := range s.reach {
		where := &in.Where
		if reach == agreement.ReachFrom {
			where = &in.from
		}
		v, c := d.region(s, in, where, reach)
		if o.at < 0 || v > o.Value {
			o.Value, o.code, o.at = v, c, int16(i)
		}
	}
	return o
}

// placeOf gives the place that an outcome of the area test speaks of.
func (s *scope) placeOf(in *Incident, o Outcome) *place.Place {
	if o.at >= 0 && s.reach[o.at] == agreement.ReachFrom {
		return &in.from
	}
	return &in.Where
}
