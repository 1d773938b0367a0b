package agreement

import (
	"slices"
	"strconv"

	"github.com/truceline/truceline/truth"
)

// whole looks for what terms lack as a whole; such findings stand at a header.
func (l *linter) whole(header Pos) {
	t := l.t
	if t.Start == nil {
		l.add("no-start", header, "", nil)
	}
	switch d := t.Length; {
	case d == nil:
		l.add("no-length", header, "", nil)
	case d.Length.IsZero() && d.Until.IsZero():
		l.add("no-length", d.Pos, d.Label, nil)
	}
	monitors := false
	for _, role := range l.a.Roles {
		monitors = monitors || role == RoleMonitor
	}
	if !monitors && len(t.Verifications) == 0 {
		l.add("no-verification", header, "", nil)
	}
	if len(t.Verifications) == 0 {
		l.add("no-standard", header, "", nil)
	}
	forum := slices.ContainsFunc(t.Verifications, func(v *Verification) bool { return v.Rules || len(v.Levels) > 0 })
	if len(t.Powers) == 0 && !forum && len(t.Prohibitions)+len(t.Withdrawals) > 0 {
		l.add("no-consequence", header, "", nil)
	}
	if t.Start == nil || l.thirdSide() {
		return
	}
	for _, p := range t.Start.Requires {
		if p.Kind == RequiresImplementedTogether {
			l.add("no-concurrence-judge", p.Pos, t.Start.Label, nil)
		}
	}
}

// thirdSide tells that somebody who is no party could say what took place.
func (l *linter) thirdSide() bool {
	for _, role := range l.a.Roles {
		switch role {
		case RoleMonitor, RoleMediator, RoleGuarantor, RoleDeposit:
			return true
		}
	}
	return false
}

// readings compares what the text and the readings say of the start and of terms.
func (l *linter) readings() {
	if l.file != "" {
		return
	}
	type view struct {
		by string // the holder; "" of the text
		t  *Terms
	}
	var views []view
	if l.a.CommonText {
		views = append(views, view{"", &l.a.Terms})
	}
	for _, r := range l.c.Readings {
		if t, err := l.a.Under(r); err == nil {
			views = append(views, view{r.Holder, t})
		}
	}
	var first *EntryIntoForce
	for _, v := range views {
		if v.t.Start == nil {
			continue
		}
		if first != nil && !sameStart(first, v.t.Start) {
			l.add("several-starts", l.a.Pos, first.Label, nil)
			break
		}
		first = v.t.Start
	}
	told := map[string]bool{}
	for i, v := range views {
		for _, w := range views[i+1:] {
			for _, d := range v.t.Definitions {
				e := definition(w.t, d.Label)
				if e == nil || sameMeaning(d, e) || told[d.Label] {
					continue
				}
				told[d.Label] = true
				pos := d.Pos
				if v.by != "" {
					pos = l.a.Pos
				}
				l.add("defined-twice", pos, d.Label, truth.Args{"holder": w.by})
			}
		}
	}
}

// definition gives the definition of a label, or nil.
func definition(t *Terms, label string) *Definition {
	for _, d := range t.Definitions {
		if d.Label == label {
			return d
		}
	}
	return nil
}

// sameMeaning tells whether two definitions mean the same.
func sameMeaning(x, y *Definition) bool {
	sorted := func(list []string) []string { return slices.Sorted(slices.Values(list)) }
	return x.Field == y.Field && x.Closed == y.Closed && slices.Equal(sorted(x.Means), sorted(y.Means))
}

// sameStart tells whether two clauses let an agreement begin at one moment: the
// same stated time and the same conditions.
func sameStart(x, y *EntryIntoForce) bool {
	after := func(s *EntryIntoForce) string {
		if s.After == nil {
			return ""
		}
		return s.After.Text
	}
	return slices.Equal(x.Start.Set(), y.Start.Set()) && x.WholeDay == y.WholeDay && after(x) == after(y) &&
		slices.EqualFunc(x.Requires, y.Requires, func(p, q Precondition) bool {
			return p.ID() == q.ID() && p.Strength == q.Strength && p.Within == q.Within
		})
}

// powers looks at who may do what, who finds breaches and who answers for whom.
func (l *linter) powers() {
	for _, p := range l.t.Powers {
		switch p.Effect {
		case EffectDenounce, EffectTerminate, EffectSuspend, EffectRelease:
			if p.Notice.IsZero() {
				l.add("power-without-notice", p.Pos, p.Label, nil)
			}
		}
	}
	for _, v := range l.t.Verifications {
		if v.Standard == "" {
			l.add("no-standard", v.Pos, v.Label, nil)
		}
		if v.Reply.IsZero() {
			l.add("no-reply-clock", v.Pos, v.Label, nil)
		}
		for i, level := range v.Levels {
			if level.Within.IsZero() {
				l.add("ladder-without-limit", v.Pos, v.Label, truth.Args{"level": strconv.Itoa(i + 1)})
				break
			}
		}
		last := v.Body
		if n := len(v.Levels); n > 0 {
			last = v.Levels[n-1].Body
		}
		if len(last) > 1 {
			l.add("consensus-can-block", v.Pos, v.Label, truth.Args{"parties": joined(last)})
		}
	}
	for _, g := range l.t.Guarantees {
		if len(g.AnswersFor) == 0 {
			l.add("guarantee-without-list", g.Pos, g.Label, nil)
		}
	}
	l.extension()
	l.declarer()
}

// extension looks at how the term is prolonged.
func (l *linter) extension() {
	d := l.t.Length
	if d == nil || d.Extension == nil {
		return
	}
	x := d.Extension
	if len(x.Mutual) > 0 {
		l.add("extension-lengths-unsaid", x.Pos, d.Label, nil)
	}
	if x.Tacit.IsZero() {
		return
	}
	if x.Notice.IsZero() {
		l.add("tacit-renewal-without-notice", x.Pos, d.Label, nil)
	}
	if !slices.ContainsFunc(l.t.Powers, func(p *Power) bool { return p.Effect == EffectAdjust }) {
		l.add("modify-notice-unsaid", x.Pos, d.Label, nil)
	}
}

// declarer looks for somebody who could say that a condition is met.
func (l *linter) declarer() {
	if l.thirdSide() || len(l.t.Verifications) > 0 {
		return
	}
	of := func(label string, requires []Precondition) {
		for _, p := range requires {
			if p.Kind == RequiresMet {
				l.add("no-declarer", p.Pos, label, truth.Args{"condition": p.ID()})
			}
		}
	}
	if s := l.t.Start; s != nil {
		of(s.Label, s.Requires)
	}
	for _, p := range l.t.Phases {
		of(p.Label, p.Requires)
		if p.Continues != "" {
			l.add("no-declarer", p.Pos, p.Label, truth.Args{"condition": string(RequiresMet) + ":" + p.Continues})
		}
	}
	for _, b := range l.bound() {
		of(b.label, b.Requires)
		for _, m := range []*Moment{b.From, b.Until, b.due} {
			if m != nil && m.Anchor == AnchorCondition {
				l.add("no-declarer", m.Pos, b.label, truth.Args{"condition": string(RequiresMet) + ":" + m.Of})
			}
		}
	}
}
