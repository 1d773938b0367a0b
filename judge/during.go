package judge

import (
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
// that the question sees, in the order of [Bench.Timeline]; each with its index in the
// order of the ground. Its cost follows the entries it gives, not all there are.
func (b *Bench) During(kind record.Kind, within moment.Span) iter.Seq2[int, Item] {
	s := b.spansOf(kind)
	from := sort.Search(len(s.short), func(i int) bool { return s.order[s.short[i]].happened.Earliest() >= within.From-brief })
	until := sort.Search(len(s.short), func(i int) bool { return s.order[s.short[i]].happened.Earliest() >= within.Until })
	list := slices.Clone(s.short[min(from, until):until])
	list = append(list, s.long...)
	slices.Sort(list)
	set := moment.Set{within}
	return func(yield func(int, Item) bool) {
		for _, i := range list {
			k := s.order[i]
			if k.happened.Earliest() > b.Question.At || !k.happened.Set().Overlaps(set) {
				continue
			}
			if !yield(int(i), b.item(k)) {
				return
			}
		}
	}
}

// Published goes through the entries of a kind that certainly became public within a span
// and that the question sees, by when they did.
func (b *Bench) Published(kind record.Kind, within moment.Span) iter.Seq[Item] {
	s := b.spansOf(kind)
	from := sort.Search(len(s.public), func(i int) bool { return s.order[s.public[i]].public.Earliest() >= within.From })
	return func(yield func(Item) bool) {
		for _, i := range s.public[from:] {
			k := s.order[i]
			if k.public.Earliest() >= within.Until {
				return
			}
			if k.public.Latest() < within.Until && b.saidBy(k, b.Question.At) && !yield(b.item(k)) {
				return
			}
		}
	}
}
