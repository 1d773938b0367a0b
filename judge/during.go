package judge

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"sync"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// brief is how long an entry may last, in seconds, to be found by its beginning; the few
// that last longer are looked through one by one.
const brief = 2 * 24 * 3600

// spans finds the entries of one kind by when they may have happened or became public.
type spans struct {
	order  []*known // as [Ground.ordered]
	short  []int32  // indexes into order of those that last at most brief, ascending
	long   []int32  // of the others that tell a date, ascending
	public []int32  // of those that became public, by when they may first have
}

func (g *Ground) spansOf(kind record.Kind) *spans {
	g.spansLock.Lock()
	made := g.spans[kind]
	if made == nil {
		made = sync.OnceValue(func() *spans { return newSpans(g.ordered(kind)) })
		g.spans[kind] = made
	}
	g.spansLock.Unlock()
	return made()
}

func newSpans(order []*known) *spans {
	s := &spans{order: order}
	var public []timed
	for i, k := range order {
		if !k.public.IsZero() && !k.public.Impossible() {
			public = append(public, timed{int64(k.public.Earliest()), int32(i)}) //nolint:gosec // fewer than 2^31 entries
		}
		switch {
		case k.happened.IsZero() || k.happened.Impossible():
		case k.happened.Earliest() != moment.Past && k.happened.Latest() != moment.Future && k.happened.Latest()-k.happened.Earliest() <= brief:
			s.short = append(s.short, int32(i)) //nolint:gosec // as above
		default:
			s.long = append(s.long, int32(i)) //nolint:gosec // as above
		}
	}
	sortTimed(public)
	for _, t := range public {
		s.public = append(s.public, t.i)
	}
	return s
}

// During goes through the entries of a kind that may have happened within a span and
// that the question sees, in the order of [Bench.Timeline]. Its cost follows the entries
// it gives, not all there are.
func (b *Bench) During(kind record.Kind, within moment.Span) iter.Seq[Item] {
	set := moment.Set{within}
	var list []*known
	if b.whole == nil {
		list = b.spansOf(kind).during(within)
	} else if list = b.shared(b.whole.spansOf(kind).during(within)); len(b.own) > 0 {
		list = merged(list, b.ownOf(kind, func(k *known) bool {
			return !k.happened.IsZero() && !k.happened.Impossible() && k.happened.Set().Overlaps(set)
		}), order)
	}
	return func(yield func(Item) bool) {
		for _, k := range list {
			if k.happened.Earliest() > b.Question.At || !k.happened.Set().Overlaps(set) {
				continue
			}
			if !yield(b.item(k)) {
				return
			}
		}
	}
}

// during lists what may lie within a span, and some more that lasts long, in order.
func (s *spans) during(within moment.Span) []*known {
	from := sort.Search(len(s.short), func(i int) bool { return s.order[s.short[i]].happened.Earliest() >= within.From-brief })
	until := sort.Search(len(s.short), func(i int) bool { return s.order[s.short[i]].happened.Earliest() >= within.Until })
	found := slices.Clone(s.short[min(from, until):until])
	found = append(found, s.long...)
	slices.Sort(found)
	list := make([]*known, len(found))
	for i, at := range found {
		list[i] = s.order[at]
	}
	return list
}

// Published goes through the entries of a kind that certainly became public within a span
// and that the question sees, by when they did.
func (b *Bench) Published(kind record.Kind, within moment.Span) iter.Seq[Item] {
	var list []*known
	if b.whole == nil {
		list = b.spansOf(kind).published(within)
	} else if list = b.shared(b.whole.spansOf(kind).published(within)); len(b.own) > 0 {
		list = append(list, b.ownOf(kind, func(k *known) bool {
			return !k.public.IsZero() && !k.public.Impossible() && k.public.Earliest() >= within.From && k.public.Earliest() < within.Until
		})...)
		slices.SortFunc(list, func(x, y *known) int {
			return cmp.Or(cmp.Compare(x.public.Earliest(), y.public.Earliest()), order(x, y))
		})
	}
	return func(yield func(Item) bool) {
		for _, k := range list {
			if k.public.Latest() < within.Until && b.saidBy(k, b.Question.At) && !yield(b.item(k)) {
				return
			}
		}
	}
}

// published lists what may have become public from a span's beginning on and before its
// end, by when it did.
func (s *spans) published(within moment.Span) []*known {
	var list []*known
	from := sort.Search(len(s.public), func(i int) bool { return s.order[s.public[i]].public.Earliest() >= within.From })
	for _, i := range s.public[from:] {
		k := s.order[i]
		if k.public.Earliest() >= within.Until {
			break
		}
		list = append(list, k)
	}
	return list
}
