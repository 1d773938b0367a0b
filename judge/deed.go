package judge

import (
	"math"
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// owing is something that somebody owes under one reading: a duty, or what a
// withdrawal or a ratio obliges to.
type owing struct {
	life      *life
	label     string
	kind      agreement.ClauseKind
	party     string // who owes it
	does      string
	to, what  []string
	binding   *agreement.Binding
	measure   agreement.Measure
	due       *agreement.Moment
	certified []string // the bodies whose finding alone makes it done
	pos       agreement.Pos
	duty      *agreement.Duty  // nil for others
	ratio     *agreement.Ratio // nil for others

	acts   bool          // only acts that name the clause show it
	began  moment.Window // when it binds
	events []event
	since  bounds // before this no deed of a general sort counts
}

// deed is one entry's word that something owed was done, in part or whole.
type deed struct {
	k           *known
	source      string // see voiceKey; of an act that nobody else tells of, who did it
	party       string // for which the source speaks
	when        bounds // until certain it was surely done
	general     bool   // it does not name the clause: only its sort and sides fit
	least, most int    // how much; most is unlimited where nobody counted
	whole       bool   // it is said to be done, and no figure is given
}

// unlimited is a figure that nobody bounded.
const unlimited = math.MaxInt32

// event is what deeds tell of that are linked as telling of the same.
type event struct {
	deeds    []deed
	findings []*known // on whether it happened, that no later one replaced
}

// evidence collects what shows the deed: entries that name the clause, and, by the
// sort of deed, exchanges, supplies, contacts and messages between its sides.
func (o *owing) evidence() []event {
	b := o.life.b
	var deeds []deed
	at := map[record.Ref]int{}
	for _, k := range b.words {
		if k.retract {
			continue
		}
		d, ok := o.deedOf(k)
		if !ok || d.when.possible > b.Question.At {
			continue
		}
		d.k, d.source, d.party = k, voiceKey(k), partyOf(k.SaidBy)
		if a, isAct := k.Body.(*record.Act); isAct && k.SaidBy == nil {
			d.source, d.party = "party:"+a.Party, a.Party
		}
		at[k.Ref] = len(deeds)
		deeds = append(deeds, d)
	}
	var events []event
	taken := make([]bool, len(deeds))
	for i := range deeds {
		if taken[i] {
			continue
		}
		same := b.sameEvent(deeds[i].k.Ref)
		var e event
		for _, ref := range same {
			if j, ok := at[ref]; ok && !taken[j] {
				taken[j] = true
				e.deeds = append(e.deeds, deeds[j])
			}
		}
		e.findings = o.standing(same)
		slices.SortStableFunc(e.deeds, func(x, y deed) int { return compare(string(x.k.Ref), string(y.k.Ref)) })
		events = append(events, e)
	}
	return events
}

// fitting leaves out what certainly happened before the clause began to bind and does
// not name it.
func (o *owing) fitting(events []event) []event {
	for i := range events {
		events[i].deeds = slices.DeleteFunc(events[i].deeds, func(d deed) bool { return d.general && notBefore(d.when, o.since) == truth.No })
	}
	return slices.DeleteFunc(events, func(e event) bool { return len(e.deeds) == 0 })
}

// deedOf tells whether an entry shows the deed, and how much of it.
func (o *owing) deedOf(k *known) (deed, bool) {
	d := deed{when: toldAt(k), general: true}
	if _, isAct := k.Body.(*record.Act); o.acts && !isAct {
		return d, false
	}
	switch body := k.Body.(type) {
	case *record.Act:
		return o.actOf(k, body)
	case *record.Exchange:
		if body.State != "carried-out" || o.ratio == nil && !slices.Contains([]string{"release", "exchange", "return-remains"}, o.does) {
			return d, false
		}
		some := false
		for _, m := range body.Moves {
			if o.moved(m) {
				least, most := amount(m.Count)
				d.least, d.most, some = plus(d.least, least), plus(d.most, most), true
			}
		}
		return d, some
	case *record.Flow:
		if !o.supplied(body) {
			return d, false
		}
		d.least, d.most = o.counted(body.Counts)
		return d, d.most > 0
	case *record.Contact:
		d.least, d.most = 1, 1
		return d, body.State == record.ContactHeld && o.met(body)
	case *record.Message:
		d.least, d.most = 1, 1
		return d, o.does == "keep-contact" && body.From == o.party && (len(o.to) == 0 || slices.Contains(o.to, body.To))
	}
	return d, false
}

// actOf takes an act of the bound that names the clause.
func (o *owing) actOf(k *known, a *record.Act) (deed, bool) {
	d := deed{}
	b := o.life.b
	kinds := []record.ActKind{record.ActImplemented, record.ActHandedOver, record.ActNotified, record.ActDeclared}
	if a.Party != o.party || !slices.Contains(kinds, a.Act) || !b.concerns(o.life.id, a.Bearing) || k.happened.IsZero() ||
		a.Clause != o.label && !slices.Contains(a.Clauses, o.label) {
		return d, false
	}
	when := b.effective(k, a)
	d.when = bounds{when.Earliest(), when.Latest()}
	if len(a.Counts) == 0 {
		d.whole = true
		return d, true
	}
	d.least, d.most = o.counted(a.Counts)
	return d, d.most > 0
}

// counted sums the figures of what is owed; what nobody counted has no upper bound.
func (o *owing) counted(counts []record.Count) (least, most int) {
	if len(counts) == 0 {
		return 1, unlimited
	}
	for i := range counts {
		if len(o.what) == 0 || slices.Contains(o.what, counts[i].Unit) {
			l, m := amount(&counts[i])
			least, most = plus(least, l), plus(most, m)
		}
	}
	return least, most
}

// amount reads a figure as it was given. "About n" may be half or twice n.
func amount(c *record.Count) (least, most int) {
	if c == nil {
		return 1, unlimited
	}
	switch c.Hedge {
	case record.HedgeAbout:
		return c.N / 2, 2 * c.N
	case record.HedgeAtLeast:
		return c.N, unlimited
	case record.HedgeMoreThan:
		return c.N + 1, unlimited
	case record.HedgeUnder:
		return 0, max(c.N-1, 0)
	}
	return c.N, c.N
}

func plus(x, y int) int { return min(x+y, unlimited) }

// moved tells whether a move is one that the bound owes.
func (o *owing) moved(m record.Move) bool {
	switch {
	case m.From != o.party || len(o.to) > 0 && !slices.Contains(o.to, m.To):
		return false
	case len(o.what) > 0:
		return slices.Contains(o.what, m.Category)
	}
	return (m.Category == "remains") == (o.does == "return-remains")
}

// supplied tells whether a supply is one that the bound owes: delivered by it, or,
// of those that it is to let in, delivered to those to whom it is owed.
func (o *owing) supplied(f *record.Flow) bool {
	if f.Stage != "delivered" && f.Stage != "flowing" || len(o.what) > 0 && !slices.Contains(o.what, f.What) {
		return false
	}
	switch {
	case o.does == "deliver", o.does == "hand-over/arms" && len(o.what) > 0:
		return f.Provider == o.party && (len(o.to) == 0 || slices.Contains(o.to, f.Receiver))
	case o.does == "admit" && len(o.to) > 0:
		return slices.Contains(o.to, f.Receiver)
	case o.does == "admit":
		return f.Receiver == o.party
	}
	return false
}

// met tells whether a contact is one that the bound owes: of the series named, else
// with one of those to whom it is owed.
func (o *owing) met(c *record.Contact) bool {
	if !slices.Contains([]string{"meet", "keep-contact", "open-talks"}, o.does) {
		return false
	}
	if o.duty != nil && o.duty.Series != "" {
		return c.Series == o.duty.Series
	}
	there := func(party string) bool {
		return slices.ContainsFunc(c.Between, func(v record.Voice) bool { return v.Party == party })
	}
	if len(o.to) > 0 {
		return there(o.party) && slices.ContainsFunc(o.to, there)
	}
	return there(o.party) && slices.ContainsFunc(o.duty.Binds, func(p string) bool { return p != o.party && there(p) })
}

// toldAt bounds when something told of happened: as said, else by its publication.
func toldAt(k *known) bounds {
	switch {
	case !k.happened.IsZero():
		return bounds{k.happened.Earliest(), k.happened.Latest()}
	case !k.public.IsZero():
		return bounds{moment.Past, k.public.Latest()}
	}
	return never
}

// standing lists the findings on whether an event happened that no finding made
// certainly later, by the same body, replaced.
func (o *owing) standing(refs []record.Ref) []*known {
	b := o.life.b
	var list []*known
	for _, ref := range refs {
		for _, k := range b.onReport[ref] {
			f, ok := k.Body.(*record.Finding)
			if !ok || f.Axis != record.AxisOccurrence || f.Agreement != "" && f.Agreement != o.life.id || f.Clause != "" && f.Clause != o.label {
				continue
			}
			if madeAt(k).possible <= b.Question.At {
				list = append(list, k)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(k *known) bool {
		return slices.ContainsFunc(list, func(later *known) bool {
			x, y := madeAt(k), madeAt(later)
			return (voiceKey(k) == voiceKey(later) || o.empowered(k) && o.empowered(later)) && x.certain < y.possible && y.certain <= b.Question.At
		})
	})
}

// madeAt bounds when a finding was made; one without a date was made at any time.
func madeAt(k *known) bounds {
	if k.happened.IsZero() && k.public.IsZero() {
		return bounds{moment.Past, moment.Past}
	}
	return toldAt(k)
}

// empowered tells whether a finding is of a body that the terms name for this.
func (o *owing) empowered(k *known) bool {
	body := partyOf(k.SaidBy)
	if len(o.certified) > 0 {
		return slices.Contains(o.certified, body)
	}
	v := o.life.standardOf(o.label)
	return body != "" && v != nil && slices.Contains(v.Body, body)
}

// verdict is what a finding says of an event by the question's moment.
func (o *owing) verdict(k *known) truth.Value {
	if madeAt(k).certain > o.life.b.Question.At {
		return truth.Maybe
	}
	switch Occurrence(finding(k).Value) {
	case Confirmed, Probable:
		return truth.Yes
	case Refuted:
		return truth.No
	default:
		return truth.Maybe
	}
}

// view is one way to see what was done: a source's own figures where it gives them,
// or an event as one body found it.
type view struct {
	key    string // of the source; "" every one's
	party  string // for which the source speaks
	ref    record.Ref
	hidden bool // it gives no figure of its own
}

// views lists the ways to see the events: one a source, one a body that refutes
// what the terms do not empower it to, one a finding where empowered ones disagree.
func (o *owing) views() []view {
	var list []view
	add := func(v view) {
		if !slices.ContainsFunc(list, func(w view) bool { return w.key == v.key && w.ref == v.ref }) {
			list = append(list, v)
		}
	}
	for _, e := range o.events {
		for _, d := range e.deeds {
			add(view{key: d.source, party: d.party})
		}
	}
	for _, e := range o.events {
		var first *known
		for _, k := range e.findings {
			switch {
			case !o.empowered(k):
				if o.verdict(k) == truth.No {
					add(view{key: voiceKey(k), party: partyOf(k.SaidBy), hidden: true})
				}
			case first == nil:
				first = k
			case o.verdict(k) != o.verdict(first):
				add(view{party: partyOf(first.SaidBy), ref: first.Ref, hidden: true})
				add(view{party: partyOf(k.SaidBy), ref: k.Ref, hidden: true})
			}
		}
	}
	slices.SortFunc(list, func(x, y view) int { return compare(x.key+"\x00"+string(x.ref), y.key+"\x00"+string(y.ref)) })
	if len(list) == 0 {
		list = []view{{}}
	}
	return list
}

// stands tells whether an event counts, by a view.
func (o *owing) stands(e *event, v view) truth.Value {
	all, said := truth.Yes, false
	differ := false
	for _, k := range e.findings {
		one := o.verdict(k)
		switch {
		case v.ref != "" && k.Ref == v.ref:
			return one
		case o.empowered(k):
			differ = differ || said && one != all
			all, said = one, true
		case voiceKey(k) == v.key && one == truth.No:
			return truth.No
		}
	}
	switch {
	case differ:
		return truth.Maybe
	case said:
		return all
	case len(o.certified) > 0:
		return truth.No // a claim alone
	}
	return truth.Yes
}

// told is an event as a view has it.
type told struct {
	when        bounds
	counts      truth.Value // whether it is one that counts, as it was found
	fits        truth.Value // as it is told
	least, most int
	whole       bool
}

// see gives an event by a view: the source's own latest word where it gives one, else
// all that the sources allow.
func (o *owing) see(e *event, v view) told {
	deeds := e.deeds
	if own := bySource(deeds, v.key); len(own) > 0 {
		deeds = own
	} else if len(deeds) > 1 {
		var latest []deed
		for _, d := range deeds {
			if !slices.ContainsFunc(latest, func(x deed) bool { return x.source == d.source }) {
				latest = append(latest, bySource(deeds, d.source)...)
			}
		}
		deeds = latest
	}
	t := told{when: deeds[0].when, counts: o.stands(e, v), least: deeds[0].least, most: deeds[0].most, whole: deeds[0].whole}
	general := deeds[0].general
	for _, d := range deeds[1:] {
		t.when = bounds{min(t.when.possible, d.when.possible), max(t.when.certain, d.when.certain)}
		t.least, t.most = min(t.least, d.least), max(t.most, d.most)
		t.whole, general = t.whole && d.whole, general && d.general
	}
	t.fits = truth.Yes
	if general {
		t.fits = notBefore(t.when, o.since)
	}
	t.counts = truth.And(t.counts, t.fits)
	return t
}

// notBefore tells whether something happened from an imprecise instant on.
func notBefore(x, since bounds) truth.Value {
	switch {
	case since.possible == moment.Future:
		return truth.No
	case x.possible >= since.certain:
		return truth.Yes
	case x.certain < since.possible:
		return truth.No
	}
	return truth.Maybe
}

// bySource gives a source's latest word; several where they cannot be ordered.
func bySource(deeds []deed, key string) []deed {
	var list []deed
	for _, d := range deeds {
		if d.source != key {
			continue
		}
		outdone := slices.ContainsFunc(deeds, func(x deed) bool {
			return x.source == key && moment.Before(d.k.public, x.k.public) == truth.Yes
		})
		if !outdone {
			list = append(list, d)
		}
	}
	return list
}
