package judge

import (
	"slices"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Contact is one contact of the log, held or planned.
type Contact struct {
	Entry   record.Ref          `json:"entry"`
	Series  string              `json:"series,omitempty"`
	State   record.ContactState `json:"state"`
	When    string              `json:"when,omitempty"`
	Mode    string              `json:"mode,omitempty"`
	SaidBy  *record.Voice       `json:"said_by,omitempty"`
	Between []record.Voice      `json:"between"`
	// Outcome lists the entries that tell what became of a planned contact.
	Outcome []record.Ref `json:"outcome,omitempty"`
	// Gaps are the times since the contact before, one a source: never one figure.
	Gaps []Gap `json:"gaps,omitempty"`
	// NoneBetween lists statements that there was no contact of the series in an
	// interval before this one.
	NoneBetween []record.Ref `json:"none_between,omitempty"`
	// Also lists other entries that tell of the same contact.
	Also []record.Ref `json:"also,omitempty"`
}

// Gap is the time between a contact and an earlier one, as an earlier entry dates it.
type Gap struct {
	Since  record.Ref    `json:"since"`
	When   string        `json:"when"`
	SaidBy *record.Voice `json:"said_by,omitempty"`
	Least  moment.Period `json:"least"`
	Most   moment.Period `json:"most"`
	// Months is the range of whole months: 27 to 28.
	MonthsLeast int `json:"months_least"`
	MonthsMost  int `json:"months_most"`
}

// Contacts lists the contacts that the question sees, oldest first, each with the
// gaps to the earlier ones of its series.
func (b *Bench) Contacts() []Contact {
	type item struct {
		k    *known
		body *record.Contact
	}
	var items []item
	for _, k := range b.kinds[record.KindContact] {
		body, ok := k.Body.(*record.Contact)
		if !ok || k.retract {
			continue
		}
		if body.State == record.ContactHeld && !b.saidBy(k, b.Question.At) {
			continue
		}
		items = append(items, item{k, body})
	}
	slices.SortStableFunc(items, func(x, y item) int {
		switch ex, ey := earliest(x.k), earliest(y.k); {
		case ex < ey:
			return -1
		case ex > ey:
			return 1
		}
		return 0
	})
	told := map[record.Ref]bool{} // entries that another one's row already tells of
	list := []Contact{}
	for _, it := range items {
		if told[it.k.Ref] {
			continue
		}
		c := Contact{
			Entry: it.k.Ref, Series: it.body.Series, State: it.body.State, When: it.k.Happened, Mode: it.body.Mode,
			SaidBy: it.k.SaidBy, Between: it.body.Between,
		}
		for _, other := range items {
			if other.k != it.k && it.body.State == record.ContactHeld && sameContact(it.k, it.body, other.k, other.body) {
				c.Also = append(c.Also, other.k.Ref)
				told[other.k.Ref] = true
			}
			if other.body.Of == it.k.Ref {
				c.Outcome = append(c.Outcome, other.k.Ref)
			}
			if it.body.State == record.ContactHeld && it.body.Series != "" && other.body.Series == it.body.Series &&
				other.body.State == record.ContactHeld && moment.Before(other.k.happened, it.k.happened) == truth.Yes {
				c.Gaps = append(c.Gaps, b.gap(other.k, it.k))
			}
		}
		c.NoneBetween = b.noneBetween(it.body.Series, it.k)
		list = append(list, c)
	}
	return list
}

func earliest(k *known) moment.Instant {
	if k.happened.IsZero() {
		return moment.Future
	}
	return k.happened.Earliest()
}

// sameContact tells that two entries date a held contact of one series to the same
// day, by whatever clock. They are listed together; nothing is fused.
func sameContact(x *known, a *record.Contact, y *known, b *record.Contact) bool {
	return a.Series != "" && a.Series == b.Series && b.State == record.ContactHeld && a.Mode == b.Mode &&
		dayLong(x.happened) && dayLong(y.happened) && x.happened.Set().Overlaps(y.happened.Set())
}

// dayLong tells that a time is known to a day or better.
func dayLong(t moment.Time) bool {
	const dayAndClockChange = 25 * 3600
	h := t.Hull()
	return !t.IsZero() && !t.Unbounded() && h.Until-h.From <= dayAndClockChange
}

func (b *Bench) gap(from, to *known) Gap {
	r := moment.Difference(from.happened, to.happened, b.Case.Zone)
	least, most := r.MonthsRange()
	return Gap{Since: from.Ref, When: from.Happened, SaidBy: from.SaidBy, Least: r.Least, Most: r.Most, MonthsLeast: least, MonthsMost: most}
}

// noneBetween lists the statements that a series had no contact in an interval
// that ends by the time of a contact.
func (b *Bench) noneBetween(series string, to *known) []record.Ref {
	var refs []record.Ref
	if series == "" || to.happened.IsZero() {
		return nil
	}
	for _, k := range b.kinds[record.KindStatement] {
		s, ok := k.Body.(*record.Statement)
		if !ok || k.retract || s.NoneBetween == nil || s.NoneBetween.Series != series {
			continue
		}
		until, err := moment.Parse(s.NoneBetween.Until, b.Case.Zone)
		if err == nil && moment.Before(to.happened, until) != truth.Yes {
			refs = append(refs, k.Ref)
		}
	}
	return refs
}

// Promise is a standing promise that can be looked at later.
type Promise struct {
	ID      string       `json:"id"`
	Parties []string     `json:"parties"`
	Does    string       `json:"does"`
	Since   string       `json:"since"`
	Entries []record.Ref `json:"entries"`
	// Kept lists held contacts of its series certainly later than the promise.
	Kept []record.Ref `json:"kept,omitempty"`
}

// Promises lists the standing promises that the question sees, with what was
// recorded since that bears on them. Whether a promise was kept is not decided.
func (b *Bench) Promises() []Promise {
	list := []Promise{}
	for _, k := range b.kinds[record.KindStatement] {
		s, ok := k.Body.(*record.Statement)
		if !ok || k.retract || s.Promise == nil || !b.saidBy(k, b.Question.At) {
			continue
		}
		j := slices.IndexFunc(list, func(p Promise) bool { return p.ID == s.Promise.ID })
		if j < 0 {
			list = append(list, Promise{ID: s.Promise.ID, Parties: s.Promise.Parties, Does: s.Promise.Does, Since: k.Happened, Kept: b.kept(s.Promise.Series, k)})
			j = len(list) - 1
		}
		list[j].Entries = append(list[j].Entries, k.Ref)
	}
	return list
}

func (b *Bench) kept(series string, since *known) []record.Ref {
	var refs []record.Ref
	for _, k := range b.kinds[record.KindContact] {
		c, ok := k.Body.(*record.Contact)
		if ok && !k.retract && series != "" && c.Series == series && c.State == record.ContactHeld && b.saidBy(k, b.Question.At) &&
			moment.Before(since.happened, k.happened) == truth.Yes {
			refs = append(refs, k.Ref)
		}
	}
	return refs
}
