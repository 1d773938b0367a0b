package agreement

import (
	"slices"
	"strings"

	"github.com/truceline/truceline/truth"
)

// rule is a prohibition, exception or withdrawal as the linter compares them.
type rule struct {
	label string
	pos   Pos
	kind  ClauseKind
	*Scope
	*Binding
	acts    []string // with what definitions mean; of a withdrawal presence
	weapons []string // with what definitions mean
	special []string // rules that it beats
}

const presence = "presence"

func (l *linter) prohibited() []rule {
	var list []rule
	for _, p := range l.t.Prohibitions {
		list = append(list, l.ruleOf(rule{label: p.Label, pos: p.Pos, kind: KindProhibition, Scope: &p.Scope, Binding: &p.Binding, special: p.SpecialTo}))
	}
	return list
}

func (l *linter) withdrawn() []rule {
	var list []rule
	for _, w := range l.t.Withdrawals {
		list = append(list, l.ruleOf(rule{label: w.Label, pos: w.Pos, kind: KindWithdrawal, Scope: &w.Scope, Binding: &w.Binding, special: w.SpecialTo}))
	}
	return list
}

func (l *linter) excused() []rule {
	var list []rule
	for _, x := range l.t.Exceptions {
		list = append(list, l.ruleOf(rule{label: x.Label, pos: x.Pos, kind: KindException, Scope: &x.Scope, Binding: &x.Binding}))
	}
	return list
}

// ruleOf writes out what definitions mean.
func (l *linter) ruleOf(r rule) rule {
	r.acts, r.weapons = l.meant(r.Acts), l.meant(r.Weapons)
	if r.kind == KindWithdrawal {
		r.acts = []string{presence}
	}
	return r
}

// meant puts the branches that a definition means in its place.
func (l *linter) meant(branches []string) []string {
	var list []string
	for _, b := range branches {
		label, isDefinition := strings.CutPrefix(b, "def:")
		if d := definition(l.t, label); isDefinition && d != nil {
			list = append(list, d.Means...)
			continue
		}
		list = append(list, b)
	}
	return list
}

// rules compares the clauses that forbid, and what is excused from them.
func (l *linter) rules() {
	bans, gone, excuses := few(l.prohibited()), few(l.withdrawn()), l.excused()
	for i, x := range bans {
		for _, y := range bans[i+1:] {
			if linked(x, y) || !meet(x, y) || len(x.Where) == 0 || len(y.Where) == 0 {
				continue
			}
			if one, two, ok := edges(x, y); ok {
				l.pair("competing-edges", x, y, truth.Args{"one": one, "two": two})
			} else if x.compatible(y) {
				l.pair("overlapping", x, y, nil)
			}
		}
	}
	for i, x := range gone {
		for _, y := range gone[i+1:] {
			l.depths(x, y)
		}
		for _, y := range bans {
			l.frozen(x, y)
		}
	}
	for _, y := range bans {
		l.commanded(y)
	}
	for i, x := range excuses {
		l.excuse(l.t.Exceptions[i], x, slices.Concat(bans, gone))
	}
}

// mostPairs bounds the rules of one sort that are compared with each other; real
// texts have tens.
const mostPairs = 1000

func few(rules []rule) []rule { return rules[:min(len(rules), mostPairs)] }

// depths compares two withdrawals of the same weapons.
func (l *linter) depths(x, y rule) {
	if linked(x, y) || !common(x.Binds, y.Binds) || !branches(Taxonomies().Weapons, x.weapons, y.weapons) || !x.together(y) {
		return
	}
	if one, two, ok := edges(x, y); ok {
		l.pair("competing-edges", x, y, truth.Args{"one": one, "two": two})
		return
	}
	one, two, differ := l.depthOf(x), l.depthOf(y), false
	for _, p := range x.Binds {
		if slices.Contains(y.Binds, p) && one(p) != two(p) && one(p) != (Depth{}) && two(p) != (Depth{}) {
			differ = true
		}
	}
	if !differ || !x.compatible(y) || x.due(l) != y.due(l) {
		return
	}
	code := "competing-depths"
	if narrower(x, y) || narrower(y, x) {
		code = "special-rule-missing"
	}
	l.pair(code, x, y, nil)
}

// due is how a withdrawal says by when; other words mean another stage.
func (r rule) due(l *linter) string {
	for _, w := range l.t.Withdrawals {
		if w.Label == r.label && w.Due != nil {
			return w.Due.Text
		}
	}
	return ""
}

// depthOf gives how deep the one zone of a rule is for a party.
func (l *linter) depthOf(r rule) func(party string) Depth {
	return func(party string) Depth {
		for _, w := range r.Where {
			if z := l.zone(w); z != nil {
				if d, own := z.Depths[party]; own {
					return d
				}
				return z.Depth
			}
		}
		return Depth{}
	}
}

// zone gives the zone that a clause names as "zone:LABEL", or nil.
func (l *linter) zone(where string) *Zone {
	label, isZone := strings.CutPrefix(where, "zone:")
	if !isZone {
		return nil
	}
	for _, z := range l.t.Zones {
		if z.Label == label {
			return z
		}
	}
	return nil
}

// narrower tells that x names a narrower sort of weapon than y.
func narrower(x, y rule) bool {
	if len(x.weapons) == 0 {
		return false
	}
	if len(y.weapons) == 0 {
		return true
	}
	tree := Taxonomies().Weapons
	inside := func(x, y []string) bool {
		return !slices.ContainsFunc(x, func(b string) bool { return tree.Falls(b, y) != truth.Yes })
	}
	return inside(x.weapons, y.weapons) && !inside(y.weapons, x.weapons)
}

// frozen tells a withdrawal that another clause makes a breach: nothing may move where
// it has to leave.
func (l *linter) frozen(x, y rule) {
	if linked(x, y) || !common(x.Binds, y.Binds) || !branches(Taxonomies().Acts, []string{"movement"}, y.acts) || !x.together(y) || y.narrowed() {
		return
	}
	if len(y.weapons) > 0 && !branches(Taxonomies().Weapons, x.weapons, y.weapons) {
		return
	}
	if !somewhere(x.Where, y.Where) || l.defeated(y.label, "movement") {
		return
	}
	l.pair("contradiction", x, y, nil)
}

// moves are the acts that a deed cannot be done without.
var moves = map[string]string{"withdraw": "movement", "depart": "movement", "return-to-positions": "movement", "deploy": presence}

// commanded looks for a duty that cannot be done without what a rule forbids the same
// party everywhere.
func (l *linter) commanded(y rule) {
	for _, d := range l.t.Duties {
		act := moves[d.Does]
		apart := len(d.Phases) > 0 && len(y.Phases) > 0 && !common(d.Phases, y.Phases)
		if act == "" || apart || !common(d.Binds, y.Binds) || !slices.Contains(y.Where, anywhere) || y.narrowed() || len(y.weapons) > 0 {
			continue
		}
		if branches(Taxonomies().Acts, []string{act}, y.acts) && !l.defeated(y.label, act) {
			l.pair("contradiction", rule{label: d.Label, pos: d.Pos}, y, nil)
		}
	}
}

// narrowed tells that a rule forbids only some sort of an act.
func (r rule) narrowed() bool {
	return len(r.Objects)+len(r.Purposes)+len(r.Requires)+len(r.Hours) > 0 || r.Units != nil || r.Count != nil
}

// defeated tells that an exception speaks of an act that a rule forbids.
func (l *linter) defeated(label, act string) bool {
	return slices.ContainsFunc(l.excused(), func(x rule) bool {
		i := slices.IndexFunc(l.t.Exceptions, func(e *Exception) bool { return e.Label == x.label })
		return slices.Contains(l.t.Exceptions[i].Defeats, label) && branches(Taxonomies().Acts, x.acts, []string{act})
	})
}

// excuse looks at one exception against the rules.
func (l *linter) excuse(e *Exception, x rule, rules []rule) {
	proven := len(e.Proof)+len(e.Steps) > 0 || !e.Notice.IsZero()
	for _, y := range rules {
		switch {
		case slices.Contains(e.Defeats, y.label):
			if !proven && swallows(x, y) {
				l.pair("swallowing-exception", x, y, nil)
				return
			}
		case l.excusesOnly(e, x, y) && meet(x, y) && x.compatible(y) && len(x.acts)+len(x.Where) > 0:
			l.pair("contradiction", x, y, nil)
		}
	}
	if !proven && len(e.Purposes) > 0 {
		l.add("exception-without-proof", e.Pos, e.Label, truth.Args{"purposes": joined(e.Purposes)})
	}
}

// excusesOnly tells that what an exception excuses from one rule another rule forbids
// all the same: the exception itself says what and where, or its rule and the other
// meet; neither rule beats the other, and no exception defeats the other one.
func (l *linter) excusesOnly(e *Exception, x, y rule) bool {
	if slices.ContainsFunc(l.t.Exceptions, func(o *Exception) bool { return slices.Contains(o.Defeats, y.label) }) {
		return false
	}
	for _, r := range slices.Concat(l.prohibited(), l.withdrawn()) {
		if slices.Contains(e.Defeats, r.label) && !linked(r, y) && (meet(r, y) || len(x.acts) > 0 && len(x.Where) > 0) {
			return true
		}
	}
	return false
}

// swallows tells that an exception covers all that a rule forbids.
func swallows(x, y rule) bool {
	if x.Narrows() || len(x.Doubts)+len(x.Calibre)+len(x.Range) > 0 || x.Units != nil || x.Count != nil {
		return false
	}
	tax := Taxonomies()
	all := func(tree *Taxonomy, excused, forbidden []string) bool {
		return len(excused) == 0 || len(forbidden) > 0 &&
			!slices.ContainsFunc(forbidden, func(b string) bool { return tree.Falls(b, excused) != truth.Yes })
	}
	plain := func(excused, forbidden []string) bool {
		return len(excused) == 0 || len(forbidden) > 0 && !slices.ContainsFunc(forbidden, func(s string) bool { return !slices.Contains(excused, s) })
	}
	return plain(x.Binds, y.Binds) && all(tax.Acts, x.acts, y.acts) && all(tax.Weapons, x.weapons, y.weapons) &&
		all(tax.Objects, x.Objects, y.Objects) && all(tax.Domains, x.Domains, y.Domains) && plain(x.Purposes, y.Purposes) &&
		(slices.Contains(x.Where, anywhere) || plain(x.Where, y.Where))
}

// linked tells that one of two rules says that it beats the other.
func linked(x, y rule) bool {
	return slices.Contains(x.special, y.label) || slices.Contains(y.special, x.label)
}

// meet tells whether two rules speak of the same act of the same party in the same
// place at the same time, as far as their words tell. What is empty is everything.
func meet(x, y rule) bool {
	tax := Taxonomies()
	return (len(x.Binds) == 0 || len(y.Binds) == 0 || common(x.Binds, y.Binds)) &&
		branches(tax.Acts, x.acts, y.acts) && branches(tax.Weapons, x.weapons, y.weapons) &&
		branches(tax.Objects, x.Objects, y.Objects) && branches(tax.Domains, x.Domains, y.Domains) &&
		(len(x.Purposes) == 0 || len(y.Purposes) == 0 || common(x.Purposes, y.Purposes)) &&
		somewhere(x.Where, y.Where) && x.together(y)
}

// together tells that two rules bind at one time, and bear on places in one way.
func (r rule) together(y rule) bool {
	if len(r.Phases) > 0 && len(y.Phases) > 0 && !common(r.Phases, y.Phases) {
		return false
	}
	reach := func(r rule) []string {
		list := make([]string, 0, len(r.Reach))
		for _, x := range r.Reach {
			list = append(list, string(x))
		}
		if len(list) == 0 {
			list = append(list, string(ReachIn))
		}
		return list
	}
	return common(reach(r), reach(y))
}

// compatible tells that one thing can satisfy the figures of both rules.
func (r rule) compatible(y rule) bool {
	both := func(a, b []Comparison) bool {
		_, _, clash := clashing(slices.Concat(a, b))
		return !clash
	}
	one := func(a, b *Comparison) bool {
		if a == nil || b == nil || a.Unit != b.Unit {
			return true
		}
		return both([]Comparison{*a}, []Comparison{*b})
	}
	return both(r.Calibre, y.Calibre) && both(r.Range, y.Range) && one(r.Units, y.Units) && one(r.Count, y.Count)
}

// edges finds a figure at which one rule begins with it and the other above it:
// "> 100 mm" beside ">= 100 mm". Complements ("<= 100 mm") do not compete.
func edges(x, y rule) (one, two string, found bool) {
	compete := func(a, b Sign) bool {
		return a == MoreThan && b == AtLeast || a == AtLeast && b == MoreThan || a == LessThan && b == AtMost || a == AtMost && b == LessThan
	}
	for _, lists := range [][2][]Comparison{{x.Calibre, y.Calibre}, {x.Range, y.Range}} {
		for _, a := range lists[0] {
			for _, b := range lists[1] {
				if a.Value == b.Value && a.Unit == b.Unit && (compete(a.Sign, b.Sign) || gap(a.Sign, b.Sign)) {
					return a.Text, b.Text, true
				}
			}
		}
	}
	return "", "", false
}

// gap tells that two signs leave out the figure itself: "> 100 mm" beside "< 100 mm".
func gap(a, b Sign) bool { return a == MoreThan && b == LessThan || a == LessThan && b == MoreThan }

// clashing finds two comparisons that no figure satisfies.
func clashing(list []Comparison) (one, two Comparison, found bool) {
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.Unit != b.Unit {
				continue
			}
			lowA, highA := a.span()
			lowB, highB := b.span()
			if max(lowA, lowB) > min(highA, highB) {
				return a, b, true
			}
		}
	}
	return Comparison{}, Comparison{}, false
}

// span gives the least and the greatest figure that a comparison lets pass, in halves
// of a thousandth so that > and >= differ.
func (c Comparison) span() (least, most int64) {
	const open = int64(1) << 62
	v := 2 * c.Value
	switch c.Sign {
	case MoreThan:
		return v + 1, open
	case AtLeast:
		return v, open
	case LessThan:
		return -open, v - 1
	case AtMost:
		return -open, v
	}
	return v, v
}

// branches tells whether two lists of branches may speak of the same; none is all.
func branches(tree *Taxonomy, x, y []string) bool {
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	return slices.ContainsFunc(x, func(b string) bool { return tree.Falls(b, y) != truth.No })
}

// somewhere tells whether two lists of places name one place; none is everywhere.
func somewhere(x, y []string) bool {
	return len(x) == 0 || len(y) == 0 || slices.Contains(x, anywhere) || slices.Contains(y, anywhere) || common(x, y)
}

func common(x, y []string) bool {
	return slices.ContainsFunc(x, func(s string) bool { return slices.Contains(y, s) })
}

func joined(list []string) string { return strings.Join(list, ",") }
