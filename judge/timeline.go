package judge

import (
	"slices"

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
	for i := range b.entries {
		k := &b.entries[i]
		if timeless(k.Kind) || !b.saidBy(k, b.Question.At) {
			continue
		}
		items = append(items, b.item(k))
	}
	slices.SortStableFunc(items, func(x, y Item) int {
		switch ex, ey := start(x.when), start(y.when); {
		case ex < ey:
			return -1
		case ex > ey:
			return 1
		}
		return 0
	})
	return items
}

// Planned lists contacts and claims of contacts that are to come after the
// question's moment or are not dated, as known to it.
func (b *Bench) Planned() []Item {
	items := []Item{}
	for i := range b.entries {
		k := &b.entries[i]
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
	k := b.byRef[ref]
	if k == nil {
		return Item{}, false
	}
	return b.item(k), true
}

// Referring lists the entries that name a reference in their body: links,
// replies, corrections, findings and the like.
func (b *Bench) Referring(ref record.Ref) []Item {
	var items []Item
	for i := range b.entries {
		if k := &b.entries[i]; k.Ref != ref && slices.Contains(record.Mentions(k.Body), ref) {
			items = append(items, b.item(k))
		}
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
