package agreement

// Conditions lists the ids that acts condition-met and condition-waived may name:
// those that the start, phases and clauses require, what moments are counted from,
// what keeps a phase alive, the proofs of exceptions, and, for what is owed and may
// be waived, the labels of duties.
func (t *Terms) Conditions() []string {
	var list []string
	take := func(requires []Precondition) {
		for _, p := range requires {
			if p.Kind == RequiresMet {
				list = append(list, p.Condition)
			}
		}
	}
	if t.Start != nil {
		take(t.Start.Requires)
	}
	for _, p := range t.Phases {
		take(p.Requires)
		if p.Continues != "" {
			list = append(list, p.Continues)
		}
	}
	for _, b := range t.bindings() {
		take(b.Requires)
	}
	for _, m := range t.Moments() {
		if m.Anchor == AnchorCondition {
			list = append(list, m.Of)
		}
	}
	for _, d := range t.Duties {
		list = append(list, d.Label)
	}
	for _, w := range t.Withdrawals {
		list = append(list, w.Label)
	}
	for _, r := range t.Ratios {
		list = append(list, r.Label)
	}
	for _, x := range t.Exceptions {
		list = append(list, x.Proof...)
	}
	return list
}

// bindings lists when each clause that says so binds.
func (t *Terms) bindings() []*Binding {
	var list []*Binding
	for _, c := range t.Prohibitions {
		list = append(list, &c.Binding)
	}
	for _, c := range t.Exceptions {
		list = append(list, &c.Binding)
	}
	for _, c := range t.Withdrawals {
		list = append(list, &c.Binding)
	}
	for _, c := range t.Duties {
		list = append(list, &c.Binding)
	}
	for _, c := range t.Ratios {
		list = append(list, &c.Binding)
	}
	for _, c := range t.Powers {
		list = append(list, &c.Binding)
	}
	for _, c := range t.Guarantees {
		list = append(list, &c.Binding)
	}
	return list
}

// Gates lists the preconditions that clauses set for themselves.
func (t *Terms) Gates() []Precondition {
	var list []Precondition
	for _, b := range t.bindings() {
		list = append(list, b.Requires...)
	}
	return list
}

// Moments lists every moment that the terms name.
func (t *Terms) Moments() []*Moment {
	var list []*Moment
	add := func(more ...*Moment) {
		for _, m := range more {
			if m != nil {
				list = append(list, m)
			}
		}
	}
	if t.Start != nil {
		add(t.Start.After)
	}
	for _, p := range t.Phases {
		add(p.From, p.Until)
	}
	for _, b := range t.bindings() {
		add(b.From, b.Until)
	}
	for _, w := range t.Withdrawals {
		add(w.Due)
	}
	for _, d := range t.Duties {
		add(d.Due)
	}
	for _, r := range t.Ratios {
		add(r.Due)
	}
	return list
}
