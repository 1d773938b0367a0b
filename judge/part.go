package judge

import (
	"cmp"
	"slices"
	"sync"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// Know gives what [Know] gives for the same case, and shares with g every entry that
// stands alike in both, its place in the order of time included: the cost is one look at
// each entry, not a ground made anew. g must be of the newest position, whenever known;
// of any other the ground is made alone. A ground that is a part passes its whole on.
func (g *Ground) Know(knownBy moment.Instant, position int) *Ground {
	if g.whole != nil {
		g = g.whole
	}
	if g.knownBy != moment.Future || g.asOf() != len(g.Case.Entries) {
		return Know(g.Case, knownBy, position)
	}
	d := newGround(g.Case, knownBy, position)
	d.whole = g
	d.take()
	d.finish()
	return d
}

// showing is when an entry became public, as its own words tell it.
type showing struct {
	from, until moment.Instant
	plain       bool // nothing changes the entry, and it tells when
}

// showings gives every entry's, once for the whole.
func (g *Ground) showings() []showing {
	g.showed.Do(func() {
		g.shows = make([]showing, len(g.Case.Entries))
		for i := range g.Case.Entries {
			e := &g.Case.Entries[i]
			if g.changed[e.Position] == nil && !changes(e) && !e.Never && !e.Public.IsZero() && !e.Public.Impossible() {
				g.shows[i] = showing{e.Public.Earliest(), e.Public.Latest(), true}
			}
		}
	})
	return g.shows
}

// take gathers from the whole. An entry that nothing changes and that was certainly public
// is the whole's own: its time was cut there at the same limit. Every other one is looked
// at as if the ground were made alone.
func (g *Ground) take() {
	entries := g.Case.Entries[:g.asOf()]
	shows := g.whole.showings()
	g.changed = g.changesOf(entries)
	g.entries = make([]*known, len(entries))
	var other []int
	for i := range entries {
		switch x := &shows[i]; {
		case !x.plain || x.from <= g.knownBy && x.until > g.knownBy:
			other = append(other, i)
		case x.until <= g.knownBy:
			g.entries[i] = g.whole.entries[i]
		}
	}
	for position := range g.changed { // here, though not in the whole
		if shows[position-1].plain {
			g.entries[position-1] = nil
			other = append(other, position-1)
		}
	}
	slices.Sort(other)
	for _, i := range slices.Compact(other) {
		k, ok := g.known(&entries[i])
		if !ok {
			continue
		}
		if w := g.whole.entries[i]; w != nil && k.alike(w) {
			g.entries[i] = w
			continue
		}
		g.entries[i] = &k
		g.own = append(g.own, &k)
	}
	g.words = g.partOf(g.whole.words)
	g.reports = sync.OnceValue(func() []*known { return g.partOf(g.whole.reports()) })
}

// alike tells that two grounds know an entry alike.
func (k *known) alike(o *known) bool {
	return k.Entry == o.Entry && k.retract == o.retract && k.happened.IsZero() == o.happened.IsZero() &&
		(k.happened.IsZero() || slices.Equal(k.happened.Set(), o.happened.Set()))
}

// under is a reading of a version of an agreement; reading nil: the text.
type under struct {
	version *agreement.Agreement
	reading *agreement.Reading
}

// Under gives the terms of a version under one of its readings, put together once. They
// are shared and not to be changed. The error is that of [agreement.Agreement.Under].
func (g *Ground) Under(v casefile.Version, r *agreement.Reading) (*agreement.Terms, error) {
	if g.whole != nil {
		g = g.whole
	}
	key := under{v.Agreement, r}
	if kept, ok := g.read.Load(key); ok {
		return kept.(*agreement.Terms), nil //nolint:forcetypeassert // nothing else is kept
	}
	t, err := v.Under(r)
	if err != nil {
		return nil, err
	}
	kept, _ := g.read.LoadOrStore(key, t)
	return kept.(*agreement.Terms), nil //nolint:forcetypeassert // as above
}

// partOf gives of a list of the whole what the ground knows, as it knows it.
func (g *Ground) partOf(list []*known) []*known {
	part := make([]*known, 0, len(list))
	for _, k := range list {
		if x := g.at(k.position); x != nil {
			part = append(part, x)
		}
	}
	return part
}

// shared gives of a list of the whole what stands alike in the ground.
func (g *Ground) shared(list []*known) []*known {
	part := make([]*known, 0, len(list))
	for _, k := range list {
		if g.at(k.position) == k {
			part = append(part, k)
		}
	}
	return part
}

// order sorts as [Ground.ordered] does.
func order(x, y *known) int {
	return cmp.Or(cmp.Compare(x.sorted(), y.sorted()), cmp.Compare(x.position, y.position))
}

// narrowed gives the entries of a kind in order: the whole's, and the part's own among them.
func (g *Ground) narrowed(kind record.Kind) []*known {
	list := g.shared(g.whole.ordered(kind))
	own := g.ownOf(kind, func(*known) bool { return true })
	if len(own) == 0 {
		return list
	}
	return merged(list, own, order)
}

// merged sorts a few entries into a list that is in that order.
func merged(list, few []*known, order func(x, y *known) int) []*known {
	slices.SortFunc(few, order)
	both := make([]*known, 0, len(list)+len(few))
	for _, k := range list {
		for len(few) > 0 && order(few[0], k) < 0 {
			both, few = append(both, few[0]), few[1:]
		}
		both = append(both, k)
	}
	return append(both, few...)
}

// ownOf lists a part's own entries of a kind that pass a test.
func (g *Ground) ownOf(kind record.Kind, pass func(*known) bool) []*known {
	var list []*known
	for _, k := range g.own {
		if k.isOf(kind) && pass(k) {
			list = append(list, k)
		}
	}
	return list
}
