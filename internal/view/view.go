// Package view owns what pages look things up in: the grounds and benches of the latest
// questions, what every incident comes to under every clause and reading, and the index
// of words. All of it is derived from the case and made when first asked for; it may be
// dropped at any time. A view is read-only and may be used by many requests.
package view

import (
	"sync"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/release"
)

// Views keeps the views of the latest questions on one case.
type Views struct {
	c       *casefile.Case
	whole   func() *judge.Ground // what the record holds, whenever it became known
	grounds *Kept[know, *ground]
	benches *Kept[judge.Question, *View]
	lists   *Kept[listed, *List]
	rule    *release.Rule
}

// know is what of a question decides what is known.
type know struct {
	by       moment.Instant
	position int
}

// Bounds of what is kept. Grounds are large where the record is.
const (
	maxBenches = 64
	maxGrounds = 16
	groundRoom = 500_000 // entries of all kept grounds together
	maxLists   = 64
	listRoom   = 4_000_000 // rows of all kept lists together
	maxTables  = 4         // of one ground
	maxKinds   = 64
)

// New makes the views of a case, none of them yet.
func New(c *casefile.Case) *Views {
	grounds := max(2, min(maxGrounds, groundRoom/max(1, len(c.Entries))))
	lists := max(2, min(maxLists, listRoom/max(1, len(c.Entries))))
	whole := sync.OnceValue(func() *judge.Ground { return judge.Know(c, moment.Future, 0) })
	return &Views{c: c, whole: whole, rule: release.New(c), lists: NewKept[listed, *List](lists), grounds: NewKept[know, *ground](grounds), benches: NewKept[judge.Question, *View](maxBenches)}
}

// View is a case as one question sees it, with what is looked up on pages.
type View struct {
	*judge.Bench
	ground *ground
	tables *tables
	status func() judge.Status
	counts func() map[string]int

	calendar func() []judge.Deadline
	courses  func() map[string][]judge.Course
	lists    *Kept[listed, *List]
	rule     *release.Rule
}

// Rule gives the rule by which places are shown.
func (v *Views) Rule() *release.Rule { return v.rule }

// Of gives the view of a question.
func (v *Views) Of(q judge.Question) *View {
	return v.benches.Get(q, func() *View {
		return v.of(q, v.grounds.Get(know{q.KnownBy, q.AsOf}, func() *ground { return v.ground(q) }))
	})
}

// Apart gives the view of a question and keeps nothing of it: what readers look up in stays
// where it is.
func (v *Views) Apart(q judge.Question) *View { return v.of(q, v.ground(q)) }

func (v *Views) ground(q judge.Question) *ground {
	known := v.whole()
	if q.KnownBy != moment.Future || q.AsOf != 0 {
		known = known.Know(q.KnownBy, q.AsOf)
	}
	return &ground{
		Ground: known,
		tables: NewKept[judge.Mark, *tables](maxTables), indexes: NewKept[record.Kind, *index](maxKinds),
	}
}

func (v *Views) of(q judge.Question, g *ground) *View {
	b := g.Ask(q)
	w := &View{Bench: b, lists: v.lists, rule: v.rule, status: sync.OnceValue(b.Status), ground: g, tables: g.tables.Get(b.Mark(), func() *tables { return &tables{bench: b} })}
	w.counts = sync.OnceValue(w.countDays)
	w.calendar = sync.OnceValue(func() []judge.Deadline { return b.Calendar("") })
	w.courses = sync.OnceValue(func() map[string][]judge.Course {
		m := map[string][]judge.Course{}
		for _, a := range w.Status().Agreements {
			m[a.ID] = b.Courses(a.ID)
		}
		return m
	})
	return w
}

// ground is what is shared by the questions that know the same.
type ground struct {
	*judge.Ground
	tables  *Kept[judge.Mark, *tables]
	indexes *Kept[record.Kind, *index]
	made    sync.Once
	facts   *facts

	acts       sync.Once
	actsUsed   []string
	numbered   sync.Once
	dayNumbers []int32

	whens
}

// Kept holds the values of the latest keys; each is made once, by whoever asks first. It
// is safe for use by many requests.
type Kept[K comparable, V any] struct {
	most  int
	mu    sync.Mutex // guards what follows
	made  map[K]*slot[V]
	order []K // the one used longest ago first
}

type slot[V any] struct {
	once  sync.Once
	value V
}

// NewKept makes a store of the values of at most so many keys.
func NewKept[K comparable, V any](most int) *Kept[K, V] {
	return &Kept[K, V]{most: most, made: map[K]*slot[V]{}}
}

// Len is how many keys have a value now.
func (k *Kept[K, V]) Len() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.order)
}

// Get gives the value of a key, made by build where none is kept.
func (k *Kept[K, V]) Get(key K, build func() V) V {
	k.mu.Lock()
	s := k.made[key]
	if s == nil {
		if len(k.order) == k.most {
			delete(k.made, k.order[0])
			k.order = k.order[1:]
		}
		s = &slot[V]{}
		k.made[key] = s
		k.order = append(k.order, key)
	} else if last := len(k.order) - 1; k.order[last] != key {
		for i, x := range k.order {
			if x == key {
				k.order = append(append(k.order[:i:i], k.order[i+1:]...), key)
				break
			}
		}
	}
	k.mu.Unlock()
	s.once.Do(func() { s.value = build() })
	return s.value
}
