package agreement

import (
	"maps"
	"slices"

	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// places looks at what clauses and zones name.
func (l *linter) places(undrawn map[string]record.Text) {
	for _, r := range slices.Concat(l.prohibited(), l.withdrawn(), l.excused()) {
		for _, w := range r.Where {
			if w != anywhere && l.zone(w) == nil {
				l.place(r.label, w, r.pos, undrawn)
			}
		}
		if r.kind == KindProhibition {
			l.ownPositions(r)
		}
	}
	for _, z := range l.t.Zones {
		named := slices.Clone(z.Area)
		if z.Line != "" {
			named = append(named, z.Line)
		}
		for _, m := range []map[string]string{z.Lines, z.Sides} {
			for _, party := range slices.Sorted(maps.Keys(m)) {
				named = append(named, m[party])
			}
		}
		slices.Sort(named)
		for _, w := range slices.Compact(named) {
			l.place(z.Label, w, z.Pos, undrawn)
		}
		measured := z.Line != "" || len(z.Lines) > 0 || z.Around != ""
		deep := z.Depth != Depth{} || slices.ContainsFunc(slices.Collect(maps.Values(z.Depths)), func(d Depth) bool { return d != Depth{} })
		if len(z.Area) == 0 && (!measured || !deep) {
			l.add("zone-empty", z.Pos, z.Label, nil)
		}
	}
}

// place looks at one area or line that a clause names.
func (l *linter) place(label, w string, pos Pos, undrawn map[string]record.Text) {
	args := truth.Args{"area": w}
	if _, ok := undrawn[w]; ok {
		l.add("undrawn-area", pos, label, args)
		return
	}
	if definedZone(w) {
		return // a zone that is not there is a term without a clause
	}
	switch {
	case l.c.HasPlace != nil && !l.c.HasPlace(w):
		l.add("unknown-area", pos, label, args)
	case l.c.Dated != nil && !l.c.Dated(w):
		l.add("area-without-version", pos, label, args)
	}
}

// ownPositions looks for a party that a rule bars from where it stands: the place
// overlaps the side that a zone gives it, and no withdrawal takes it from there.
func (l *linter) ownPositions(r rule) {
	stays := []string{presence, "movement", "entry", "patrol"}
	if l.c.Overlap == nil || len(r.acts) == 0 || !slices.ContainsFunc(r.acts, func(a string) bool { return slices.Contains(stays, a) }) {
		return
	}
	for _, w := range r.Where {
		drawn := []string{w}
		if z := l.zone(w); z != nil {
			drawn = z.Area
		}
		for _, party := range r.Binds {
			side := l.sideOf(party)
			leaves := slices.ContainsFunc(l.withdrawn(), func(x rule) bool { return slices.Contains(x.Binds, party) && common(x.Where, r.Where) })
			if side == "" || leaves {
				continue
			}
			for _, d := range drawn {
				if d != anywhere && l.c.Overlap(d, side) {
					l.add("zone-crosses-own-positions", r.pos, r.label, truth.Args{"area": d, "party": party})
					return
				}
			}
		}
	}
}

// sideOf gives the area that a party withdraws into, as a zone of its withdrawal says,
// or "". Zones of other clauses may lie on the other's side.
func (l *linter) sideOf(party string) string {
	for _, r := range l.withdrawn() {
		if !slices.Contains(r.Binds, party) {
			continue
		}
		for _, w := range r.Where {
			if z := l.zone(w); z != nil && z.Sides[party] != "" {
				return z.Sides[party]
			}
		}
	}
	return ""
}
