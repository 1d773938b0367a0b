package agreement

import "slices"

// ClauseKind is the sort of a clause, as the block of terms names it.
type ClauseKind string

// The kinds of clause that terms are written in.
const (
	KindEntryIntoForce ClauseKind = "entry_into_force"
	KindDuration       ClauseKind = "duration"
	KindProhibition    ClauseKind = "prohibition"
	KindException      ClauseKind = "exception"
	KindDuty           ClauseKind = "duty"
	KindPower          ClauseKind = "power"
	KindPhase          ClauseKind = "phase"
	KindDefinition     ClauseKind = "definition"
	KindZone           ClauseKind = "zone"
	KindWithdrawal     ClauseKind = "withdrawal"
	KindRatio          ClauseKind = "ratio"
	KindVerification   ClauseKind = "verification"
	KindGuarantee      ClauseKind = "guarantee"
)

var clauseKinds = []ClauseKind{
	KindEntryIntoForce, KindDuration, KindPhase, KindDefinition, KindZone, KindProhibition, KindException, KindWithdrawal,
	KindDuty, KindRatio, KindPower, KindVerification, KindGuarantee,
}

// Clause is what all clauses have in common.
type Clause struct {
	Kind  ClauseKind
	Label string
	Scope *Scope // of a prohibition, withdrawal or exception, shared with it; nil of the others
	Pos   Pos
}

// Clause gives the clause of a label, whatever its kind.
func (t *Terms) Clause(label string) (Clause, bool) {
	for _, c := range t.byKind() {
		if c.Label == label {
			return c, true
		}
	}
	return Clause{}, false
}

// Clauses lists the clauses in the order of the file; those that a reading adds
// come last.
func (t *Terms) Clauses() []Clause {
	list := t.byKind()
	if t.order != nil {
		place := make(map[string]int, len(t.order))
		for i, label := range t.order {
			place[label] = i
		}
		slices.SortStableFunc(list, func(x, y Clause) int { return place[x.Label] - place[y.Label] })
	}
	return list
}

// Labels lists the labels of the clauses, in the order of Clauses.
func (t *Terms) Labels() []string {
	list := t.Clauses()
	labels := make([]string, len(list))
	for i, c := range list {
		labels[i] = c.Label
	}
	return labels
}

func (t *Terms) byKind() []Clause {
	var list []Clause
	if s := t.Start; s != nil {
		list = append(list, Clause{KindEntryIntoForce, s.Label, nil, s.Pos})
	}
	if d := t.Length; d != nil {
		list = append(list, Clause{KindDuration, d.Label, nil, d.Pos})
	}
	for _, p := range t.Prohibitions {
		list = append(list, Clause{KindProhibition, p.Label, &p.Scope, p.Pos})
	}
	for _, x := range t.Exceptions {
		list = append(list, Clause{KindException, x.Label, &x.Scope, x.Pos})
	}
	for _, w := range t.Withdrawals {
		list = append(list, Clause{KindWithdrawal, w.Label, &w.Scope, w.Pos})
	}
	for _, p := range t.Phases {
		list = append(list, Clause{KindPhase, p.Label, nil, p.Pos})
	}
	for _, d := range t.Definitions {
		list = append(list, Clause{KindDefinition, d.Label, nil, d.Pos})
	}
	for _, z := range t.Zones {
		list = append(list, Clause{KindZone, z.Label, nil, z.Pos})
	}
	for _, d := range t.Duties {
		list = append(list, Clause{KindDuty, d.Label, nil, d.Pos})
	}
	for _, x := range t.Ratios {
		list = append(list, Clause{KindRatio, x.Label, nil, x.Pos})
	}
	for _, v := range t.Verifications {
		list = append(list, Clause{KindVerification, v.Label, nil, v.Pos})
	}
	for _, g := range t.Guarantees {
		list = append(list, Clause{KindGuarantee, g.Label, nil, g.Pos})
	}
	for _, p := range t.Powers {
		list = append(list, Clause{KindPower, p.Label, nil, p.Pos})
	}
	return list
}

// without gives a copy of the terms that lacks the clauses of which lacks is true.
func (t Terms) without(lacks func(label string) bool) Terms {
	if t.Start != nil && lacks(t.Start.Label) {
		t.Start = nil
	}
	if t.Length != nil && lacks(t.Length.Label) {
		t.Length = nil
	}
	t.Prohibitions = slices.DeleteFunc(slices.Clone(t.Prohibitions), func(p *Prohibition) bool { return lacks(p.Label) })
	t.Exceptions = slices.DeleteFunc(slices.Clone(t.Exceptions), func(x *Exception) bool { return lacks(x.Label) })
	t.Duties = slices.DeleteFunc(slices.Clone(t.Duties), func(d *Duty) bool { return lacks(d.Label) })
	t.Powers = slices.DeleteFunc(slices.Clone(t.Powers), func(p *Power) bool { return lacks(p.Label) })
	t.Withdrawals = slices.DeleteFunc(slices.Clone(t.Withdrawals), func(w *Withdrawal) bool { return lacks(w.Label) })
	t.Phases = slices.DeleteFunc(slices.Clone(t.Phases), func(p *Phase) bool { return lacks(p.Label) })
	t.Definitions = slices.DeleteFunc(slices.Clone(t.Definitions), func(d *Definition) bool { return lacks(d.Label) })
	t.Zones = slices.DeleteFunc(slices.Clone(t.Zones), func(z *Zone) bool { return lacks(z.Label) })
	t.Ratios = slices.DeleteFunc(slices.Clone(t.Ratios), func(x *Ratio) bool { return lacks(x.Label) })
	t.Verifications = slices.DeleteFunc(slices.Clone(t.Verifications), func(v *Verification) bool { return lacks(v.Label) })
	t.Guarantees = slices.DeleteFunc(slices.Clone(t.Guarantees), func(g *Guarantee) bool { return lacks(g.Label) })
	t.order = slices.DeleteFunc(slices.Clone(t.order), lacks)
	return t
}
