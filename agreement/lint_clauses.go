package agreement

import (
	"slices"
	"strings"

	"github.com/truceline/truceline/truth"
)

// scopes looks at each clause that forbids or excuses, by itself.
func (l *linter) scopes() {
	for _, r := range slices.Concat(l.prohibited(), l.withdrawn(), l.excused()) {
		if r.kind != KindException {
			if len(r.Binds) == 0 {
				l.add("no-actor", r.pos, r.label, nil)
			}
			if len(r.Where) == 0 {
				l.add("no-area", r.pos, r.label, nil)
			}
		}
		for _, d := range r.Doubts {
			l.add("disputed-term", d.Pos, r.label, truth.Args{"branch": d.Branch, "field": d.Field})
		}
		l.figures(r)
	}
}

// figures finds comparisons that no figure satisfies, or none of the weapons that the
// rule names.
func (l *linter) figures(r rule) {
	tree := Taxonomies().Weapons
	for _, f := range []struct {
		list []Comparison
		of   func(string) (least, most int64, ok bool)
	}{{r.Calibre, tree.Calibre}, {r.Range, tree.Range}} {
		if one, two, clash := clashing(f.list); clash {
			l.add("comparison-unsatisfiable", two.Pos, r.label, truth.Args{"one": one.Text, "two": two.Text})
			continue
		}
		for _, c := range f.list {
			least, most := c.span()
			outside := len(r.weapons) > 0
			for _, w := range r.weapons {
				low, high, told := f.of(w)
				outside = outside && told && (2*high < least || 2*low > most)
			}
			if outside {
				l.add("comparison-unsatisfiable", c.Pos, r.label, truth.Args{"one": c.Text, "weapons": joined(r.weapons)})
				break
			}
		}
	}
}

// Deeds that need somebody to be done for: always, or where one party alone owes them.
var (
	deedsTo     = []string{"notify", "report", "answer", "coordinate"}
	deedsToIf   = []string{"hand-over", "deliver"}
	deedsSeries = []string{"meet", "keep-contact"}
	deedsQuota  = []string{"deliver", "admit"}

	// deedsCounted are those that come to more than once a period.
	deedsCounted = []string{"deliver", "admit", "release", "exchange", "return-remains", "hand-over", "clear-mines"}
)

// owed looks at duties and ratios.
func (l *linter) owed() {
	is := func(d *Duty, deeds []string) bool { return Taxonomies().Deeds.Falls(d.Does, deeds) == truth.Yes }
	for _, d := range l.t.Duties {
		if len(d.Binds) == 0 {
			l.add("no-actor", d.Pos, d.Label, nil)
		}
		each := d.After != "" || len(d.Before) > 0 // owed at every such event
		recurs := each || !d.Every.IsZero()
		if d.Measure.IsZero() && !each && (d.Every.IsZero() || is(d, deedsCounted)) && !is(d, deedsSeries) {
			l.add("no-measure", d.Pos, d.Label, nil)
		}
		bounded := d.Due.Computable() || recurs || d.Until.Computable() || len(d.Phases) > 0
		switch {
		case is(d, deedsQuota) && d.Measure.Sign != "" && !bounded:
			l.add("quota-without-period", d.Pos, d.Label, nil)
		case !d.Due.Computable() && !recurs:
			due := ""
			if d.Due != nil {
				due = d.Due.Text
			}
			l.add("no-deadline", d.Pos, d.Label, truth.Args{"due": due})
		}
		if len(d.To) == 0 && (is(d, deedsTo) || is(d, deedsToIf) && len(d.Binds) == 1) {
			l.add("duty-without-addressee", d.Pos, d.Label, nil)
		}
		if d.Series == "" && is(d, deedsSeries) {
			l.add("duty-without-series", d.Pos, d.Label, nil)
		}
	}
	for _, x := range l.t.Ratios {
		if !x.Due.Computable() && !x.Until.Computable() && len(x.Phases) == 0 {
			l.add("ratio-without-due", x.Pos, x.Label, nil)
		}
	}
}

// definedZone tells that a place is the zone of a clause.
func definedZone(w string) bool { return strings.HasPrefix(w, "zone:") }
