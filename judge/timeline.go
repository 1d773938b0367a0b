package judge

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"sort"
	"sync"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// Item is one entry as a timeline or list shows it.
type Item struct {
	Ref      record.Ref      `json:"ref"`
	Position int             `json:"position"`
	Kind     record.Kind     `json:"kind"`
	Happened string          `json:"happened,omitempty"`
	Public   string          `json:"public,omitempty"`
	SaidBy   *record.Voice   `json:"said_by,omitempty"`
	Through  *record.Channel `json:"through,omitempty"`
	Sources  []string        `json:"sources,omitempty"`
	Summary  record.Text     `json:"summary,omitempty"`
	Language string          `json:"language,omitempty"`
	Words    string          `json:"words,omitempty"`
	// Unattributed: the document claims it and names no source.
	Unattributed bool `json:"unattributed,omitempty"`
	// Withheld: a contested unattributed claim; lists do not quote it.
	Withheld  bool `json:"withheld,omitempty"`
	Planned   bool `json:"planned,omitempty"`   // told before it was to happen
	Retracted bool `json:"retracted,omitempty"` // shown, not used
	Perhaps   bool `json:"perhaps,omitempty"`   // it may have happened only after the moment asked about
	Body      any  `json:"-"`

	when   moment.Time
	public moment.Time
}

// Published is when it became public, parsed; zero when it never did.
func (i Item) Published() moment.Time { return i.public }

// When is the item's time, parsed; zero when it names none.
func (i Item) When() moment.Time { return i.when }

// Timeline lists the entries that the question sees and that may have happened by
// its moment, oldest first; entries about the record itself (links, areas, keys
// and the like) are left out.
func (b *Bench) Timeline() []Item {
	items := []Item{}
	for k := range b.told("") {
		items = append(items, b.item(k))
	}
	return items
}

// Count counts the entries of a kind that [Bench.Timeline] lists; kind "": of all.
func (b *Bench) Count(kind record.Kind) int {
	list, dated, seen := b.prefix(kind)
	return seen + len(list) - dated
}

// Slice gives a part of [Bench.Timeline], or of its entries of one kind: those from one
// index to before another. Indexes beyond the list are cut to it.
func (b *Bench) Slice(kind record.Kind, from, until int) []Item {
	list, dated, seen := b.prefix(kind)
	until = min(until, seen+len(list)-dated)
	items := []Item{}
	for i := max(from, 0); i < until; i++ {
		if i < seen {
			items = append(items, b.item(list[i]))
		} else {
			items = append(items, b.item(list[dated+i-seen]))
		}
	}
	return items
}

// All goes through the entries of a kind that [Bench.Timeline] lists, oldest first.
func (b *Bench) All(kind record.Kind) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for k := range b.told(kind) {
			if !yield(b.item(k)) {
				return
			}
		}
	}
}

// Words goes through the entries that [Bench.Timeline] lists but for reports, oldest
// first: a record has few of them beside its reports.
func (b *Bench) Words() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, k := range b.ordered(wordKinds) {
			if b.saidBy(k, b.Question.At) && !yield(b.item(k)) {
				return
			}
		}
	}
}

// Told tells whether [Bench.Timeline] lists an item.
func (b *Bench) Told(it Item) bool {
	return !timeless(it.Kind) && (it.when.IsZero() || it.when.Earliest() <= b.Question.At)
}

// told goes through the entries of a kind that the question sees, oldest first.
func (b *Bench) told(kind record.Kind) iter.Seq[*known] {
	list, dated, seen := b.prefix(kind)
	return func(yield func(*known) bool) {
		for _, part := range [][]*known{list[:seen], list[dated:]} {
			for _, k := range part {
				if !yield(k) {
					return
				}
			}
		}
	}
}

// Order is how the entries of a kind lie in the order of the ground, which no moment
// changes: those below Seen may have happened by the question's moment, those from
// Dated on tell no date; between them lies what came later.
type Order struct{ Seen, Dated, Total int }

// Order gives the order of a kind's entries as the question sees them.
func (b *Bench) Order(kind record.Kind) Order {
	list, dated, seen := b.prefix(kind)
	return Order{seen, dated, len(list)}
}

// Nth gives an entry of a kind by its index in the order of the ground.
func (b *Bench) Nth(kind record.Kind, i int) Item { return b.item(b.ordered(kind)[i]) }

// prefix gives the sorted entries of a kind, how many of them are dated, and how many
// of these may have happened by the question's moment.
func (b *Bench) prefix(kind record.Kind) (list []*known, dated, seen int) {
	list = b.ordered(kind)
	dated = sort.Search(len(list), func(i int) bool { return list[i].happened.IsZero() })
	seen = sort.Search(dated, func(i int) bool { return list[i].happened.Earliest() > b.Question.At })
	return list, dated, seen
}

// ordered gives the entries of a kind ("": all that a timeline lists; wordKinds: all of
// them but reports) by when they may first have happened, those without a date last.
func (g *Ground) ordered(kind record.Kind) []*known {
	g.ordersLock.Lock()
	made := g.orders[kind]
	if made == nil {
		made = sync.OnceValue(func() []*known {
			if g.whole != nil {
				return g.narrowed(kind)
			}
			return g.sort(kind)
		})
		g.orders[kind] = made
	}
	g.ordersLock.Unlock()
	return made()
}

// wordKinds stands for all kinds but reports. No kind is called so.
const wordKinds record.Kind = "words"

// isOf tells whether a timeline lists an entry among those of a kind.
func (k *known) isOf(kind record.Kind) bool {
	return !timeless(k.Kind) && (kind == "" || k.Kind == kind || kind == wordKinds && k.Kind != record.KindReport)
}

// sort puts the entries of a kind in order.
func (g *Ground) sort(kind record.Kind) []*known {
	list := g.words
	switch kind {
	case "":
		list = g.entries
	case record.KindReport:
		list = g.reports()
	}
	keys := make([]timed, 0, len(list))
	for i, k := range list {
		if k != nil && k.isOf(kind) {
			keys = append(keys, timed{k.sorted(), int32(i)}) //nolint:gosec // fewer than 2^31 entries
		}
	}
	sortTimed(keys)
	out := make([]*known, len(keys))
	for i, t := range keys {
		out[i] = list[t.i]
	}
	return out
}

// sorted is what an entry is sorted by: those without a date stand last.
func (k *known) sorted() int64 {
	if k.happened.IsZero() {
		return math.MaxInt64
	}
	return int64(start(k.happened))
}

// timed is an entry with what it is sorted by: records lie mostly in order already, and
// sorting numbers beside each other is quick.
type timed struct {
	at int64
	i  int32
}

// sortTimed sorts by time, entries of one time in the order in which they stand.
func sortTimed(list []timed) {
	slices.SortFunc(list, func(x, y timed) int { return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.i, y.i)) })
}

// Kinds lists the kinds of entry that a timeline may list, by name.
func (g *Ground) Kinds() []record.Kind {
	var list []record.Kind
	for kind := range g.kinds {
		if !timeless(kind) {
			list = append(list, kind)
		}
	}
	if len(g.reports()) > 0 {
		list = append(list, record.KindReport)
	}
	slices.Sort(list)
	return list
}

// Planned lists contacts and claims of contacts that are to come after the
// question's moment or are not dated, as known to it.
func (b *Bench) Planned() []Item {
	items := []Item{}
	for _, k := range b.words {
		planned := false
		switch body := k.Body.(type) {
		case *record.Contact:
			planned = body.State == record.ContactPlanned || body.State == record.ContactPossible
		case *record.Statement:
			planned = body.Unattributed && body.Asserts != nil && body.Asserts.Planned
		}
		if planned && !k.retract && (k.public.IsZero() || k.public.Earliest() <= b.Question.At) {
			items = append(items, b.item(k))
		}
	}
	return items
}

// Item gives one entry that the question sees, or false.
func (b *Bench) Item(ref record.Ref) (Item, bool) {
	k := b.of(ref)
	if k == nil {
		return Item{}, false
	}
	return b.item(k), true
}

// Referring lists the entries that name a reference in their body: links,
// replies, corrections, findings and the like.
func (b *Bench) Referring(ref record.Ref) []Item {
	b.mentioned.Do(func() {
		b.mentions = map[record.Ref][]*known{}
		for _, k := range b.words { // a report names no entry
			var told []record.Ref
			for _, of := range record.Mentions(k.Body) {
				if of != k.Ref && !slices.Contains(told, of) {
					told = append(told, of)
					b.mentions[of] = append(b.mentions[of], k)
				}
			}
		}
	})
	var items []Item
	for _, k := range b.mentions[ref] {
		items = append(items, b.item(k))
	}
	return items
}

func (b *Bench) item(k *known) Item {
	it := Item{
		Ref: k.Ref, Position: k.position, Kind: k.Kind, Happened: k.Happened, Public: k.Public, SaidBy: k.SaidBy, Through: k.Through,
		Sources: k.Sources, Summary: k.Summary, Language: k.Language, Words: k.Words, Retracted: k.retract, Body: k.Body, when: k.happened, public: k.public,
	}
	it.Perhaps = !k.happened.IsZero() && k.happened.Latest() > b.Question.At
	switch body := k.Body.(type) {
	case *record.Statement:
		it.Unattributed = body.Unattributed
		it.Withheld = body.Unattributed && body.Contested
		it.Planned = body.Asserts != nil && body.Asserts.Planned
		if it.Withheld {
			it.Summary, it.Words = nil, ""
		}
	case *record.Contact:
		it.Planned = body.State == record.ContactPlanned || body.State == record.ContactPossible
	}
	return it
}

func start(t moment.Time) moment.Instant {
	if t.IsZero() {
		return moment.Future
	}
	return t.Earliest()
}

// timeless tells that a kind is about the record, not about the world.
func timeless(k record.Kind) bool {
	switch k {
	case record.KindArea, record.KindReading, record.KindAgreement, record.KindLink, record.KindUnlink, record.KindTranslation,
		record.KindCorrection, record.KindRetraction, record.KindKey, record.KindErasure, record.KindHandover, record.KindPublication, record.KindSheet,
		record.KindDissent, record.KindSource:
		return true
	}
	return false
}

// StandAt is one entry of a party's positions over time.
type StandAt struct {
	Agreement string             `json:"agreement"`
	Party     string             `json:"party"`
	When      string             `json:"when"`
	Position  record.Position    `json:"position"`
	Strength  record.Strength    `json:"strength,omitempty"`
	Condition []record.Condition `json:"conditions,omitempty"`
	Entry     record.Ref         `json:"entry"`
}

// Positions lists where a party stood over time, on each agreement, oldest first;
// party "" means every party.
func (b *Bench) Positions(party string) []StandAt {
	list := []StandAt{}
	for _, id := range b.Agreements() {
		for _, p := range b.lives[id][0].parties() {
			if party != "" && p != party {
				continue
			}
			stands := b.stands(id, p)
			slices.SortStableFunc(stands, func(x, y stand) int {
				switch {
				case x.when.Earliest() < y.when.Earliest():
					return -1
				case x.when.Earliest() > y.when.Earliest():
					return 1
				}
				return 0
			})
			for _, s := range stands {
				list = append(list, StandAt{Agreement: id, Party: p, When: s.when.String(), Position: s.position, Strength: s.strength, Condition: s.conditions, Entry: s.entry})
			}
		}
	}
	return list
}

// Changes lists the corrections and retractions that the question knows, in the order
// of the record.
func (b *Bench) Changes() []Item {
	var items []Item
	for _, k := range b.words {
		if k.Kind == record.KindCorrection || k.Kind == record.KindRetraction {
			items = append(items, b.item(k))
		}
	}
	return items
}
