package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// contactsLedger is the log of contacts by series, with the time since the one before,
// and of messages with their answers.
func (s *site) contactsLedger(p *ledgerPage) {
	b := p.base
	rows := map[string]*ledgerSection{}
	tracks := map[string]*track{}
	var order []string
	for _, c := range b.bench.Contacts() {
		it, ok := b.bench.Item(c.Entry)
		if !ok {
			continue
		}
		body, ok := it.Body.(*record.Contact)
		if !ok {
			continue
		}
		sec := rows[body.Series]
		if sec == nil {
			name := b.T("ledger.no-series")
			if body.Series != "" {
				name, _ = s.speaker.Text(b.Lang, s.c.Series[body.Series].Name)
			}
			sec = &ledgerSection{Title: name, Table: ledgerTable{Caption: b.T("ledger.contacts-caption"), Head: heads(b, "when", "state", "what", "who", "gap")}}
			rows[body.Series], tracks[body.Series] = sec, &track{label: name}
			order = append(order, body.Series)
		}
		told := s.toldCell(b, it)
		told.Entries = append(told.Entries, b.refs(c.Also)...)
		sec.Table.Rows = append(sec.Table.Rows, []ledgerCell{
			s.whenCell(b, it), {Text: b.T("contact-state." + string(c.State))}, told, s.whoCell(b, it), {Told: s.contactGaps(b, c)},
		})
		if t := it.When(); !t.IsZero() {
			look := "open"
			if c.State == record.ContactHeld {
				look = "solid"
			}
			tracks[body.Series].marks = append(tracks[body.Series].marks, trackMark{t, look, b.T("contact-state." + string(c.State))})
		}
	}
	slices.SortFunc(order, func(x, y string) int {
		if (x == "") != (y == "") {
			return len(y) - len(x)
		}
		return strings.Compare(rows[x].Title, rows[y].Title)
	})
	for _, series := range order {
		sec := rows[series]
		s.draw(sec, b, []track{*tracks[series]}, false)
		sec.Table.bound()
		p.Sections = append(p.Sections, *sec)
	}
	s.promises(p)
	s.messagesOf(p)
	if len(p.Sections) == 0 {
		p.Empty = b.T("ledger.contacts-none")
	}
}

// promises lists what was promised to be kept up.
func (s *site) promises(p *ledgerPage) {
	b := p.base
	sec := ledgerSection{Title: b.T("ledger.promises")}
	for _, pr := range b.bench.Promises() {
		var names []string
		for _, code := range s.speaker.SortParties(b.Lang, pr.Parties) {
			names = append(names, s.speaker.Party(b.Lang, code))
		}
		c := ledgerCell{Text: b.T("promise."+pr.Does, "parties", strings.Join(names, b.T("list.comma")), "since", s.speaker.Time(b.Lang, pr.Since)), Entries: b.refs(pr.Entries)}
		sec.Sentences = append(sec.Sentences, c)
		if len(pr.Kept) > 0 {
			sec.Sentences = append(sec.Sentences, ledgerCell{Text: b.T("promise.kept"), Entries: b.refs(pr.Kept)})
		}
	}
	if len(sec.Sentences) > 0 {
		p.Sections = append(p.Sections, sec)
	}
}

// messagesOf lists hotline and liaison messages, with what is asked and how it stands.
func (s *site) messagesOf(p *ledgerPage) {
	b := p.base
	states := map[record.Ref]judge.RequestStatus{}
	for _, r := range b.bench.Requests() {
		states[r.Entry] = r
	}
	sec := ledgerSection{Title: b.T("ledger.messages"), Table: ledgerTable{Caption: b.T("ledger.messages-caption"), Head: heads(b, "when", "from", "to", "what", "answer")}}
	for it := range b.bench.All(record.KindMessage) {
		m, ok := it.Body.(*record.Message)
		if !ok || it.Retracted {
			continue
		}
		answer := ledgerCell{Text: "–"}
		if r, asked := states[it.Ref]; asked {
			answer = ledgerCell{Text: s.speaker.RequestState(b.Lang, r.State), Entries: b.refs(r.Answers)}
			if r.Due != "" {
				answer.Lines = []string{b.T("stand.last-day", "when", s.speaker.Time(b.Lang, r.Due))}
			}
		}
		sec.Table.Rows = append(sec.Table.Rows, []ledgerCell{s.whenCell(b, it), {Text: s.party(b.Lang, m.From)}, {Text: s.party(b.Lang, m.To)}, s.toldCell(b, it), answer})
	}
	if len(sec.Table.Rows) > 0 {
		sec.Table.bound()
		p.Sections = append(p.Sections, sec)
	}
}

// humanitarianLedger sets what each source tells of persons and remains handed over, the
// sums of each source apart, and the ratios that texts promise.
func (s *site) humanitarianLedger(p *ledgerPage) {
	b := p.base
	all := ledgerSection{Title: b.T("ledger.exchanges"), Table: ledgerTable{Caption: b.T("ledger.exchanges-caption"), Head: heads(b, "when", "state", "moves", "what", "who")}}
	sums := newSums()
	for it := range b.bench.All(record.KindExchange) {
		x, ok := it.Body.(*record.Exchange)
		if !ok || it.Retracted {
			continue
		}
		moves := ledgerCell{}
		for _, m := range x.Moves {
			moves.Lines = append(moves.Lines, s.move(b, m))
			if x.State == "carried-out" && !s.told(b, it) {
				sums.add(s.voice(b, it), m, it.Ref)
			}
		}
		if len(x.Mediators) > 0 {
			moves.Lines = append(moves.Lines, b.T("ledger.mediators", "parties", strings.Join(s.speaker.SortParties(b.Lang, x.Mediators), ",")))
		}
		all.Table.Rows = append(all.Table.Rows, []ledgerCell{s.whenCell(b, it), {Text: b.T("exchange-state." + x.State)}, moves, s.toldCell(b, it), s.whoCell(b, it)})
	}
	if len(all.Table.Rows) == 0 {
		p.Empty = b.T("ledger.humanitarian-none")
	} else {
		all.Table.bound()
		p.Sections = append(p.Sections, sums.section(s, b), all)
	}
	ratios := ledgerSection{Title: b.T("ledger.ratios"), Note: b.T("ledger.ratios-note")}
	for _, d := range b.bench.Duties("") {
		if d.Kind != "ratio" {
			continue
		}
		c := ledgerCell{Text: s.speaker.Agreement(b.Lang, d.Agreement) + b.T("list.colon") + s.speaker.Duty(b.Lang, d) + b.T("mark.dash") + s.speaker.DutyStates(b.Lang, d.State, d.Possible) + b.T("mark.in", "text", s.reader(b, d.Reading)), URL: b.Link("/agreements/" + d.Agreement)}
		for _, f := range d.Figures {
			c.Lines = append(c.Lines, s.speaker.Figure(b.Lang, d, f))
			c.Entries = append(c.Entries, b.refs(f.Entries)...)
		}
		ratios.Sentences = append(ratios.Sentences, c)
	}
	if len(ratios.Sentences) > 0 {
		p.Sections = append(p.Sections, ratios)
	}
}

// move says what went which way: "A → B: prisoners of war: at least 5".
func (s *site) move(b base, m record.Move) string {
	text := s.party(b.Lang, m.From) + " → " + s.party(b.Lang, m.To) + b.T("list.colon") + b.T("category."+m.Category)
	if m.Count != nil {
		text += b.T("list.comma") + b.T("hedged."+string(m.Count.Hedge), "n", strconv.Itoa(m.Count.N))
	} else {
		text += b.T("list.comma") + b.T("hedged.unknown")
	}
	if m.Outside {
		text += b.T("mark.in", "text", b.T("ledger.outside"))
	}
	return text
}

// told tells that a link joins an entry with an earlier one of the same source as telling
// of one event, so that it is not counted twice.
func (s *site) told(b base, it judge.Item) bool {
	for _, other := range b.bench.Referring(it.Ref) {
		l, ok := other.Body.(*record.Link)
		if !ok || l.Relation != record.RelSameEventAs && l.Relation != record.RelDuplicateOf && l.Relation != record.RelRepeats {
			continue
		}
		if joined, known := b.bench.Item(otherEnd(l, it.Ref)); known && joined.Position < it.Position && s.voice(b, joined) == s.voice(b, it) {
			return true
		}
	}
	return false
}

// voice tells sources apart: by the party that speaks, else by who.
func (s *site) voice(b base, it judge.Item) string {
	if it.SaidBy != nil && it.SaidBy.Party != "" {
		return s.speaker.Party(b.Lang, it.SaidBy.Party)
	}
	return s.whoCell(b, it).Text
}

// sums are what each source tells altogether, by direction and category.
type sums struct {
	order []sumKey
	of    map[sumKey]*sum
}

type sumKey struct{ voice, from, to, category string }

type sum struct {
	least, most int
	open        bool // no upper bound
	entries     []record.Ref
}

func newSums() *sums { return &sums{of: map[sumKey]*sum{}} }

func (t *sums) add(voice string, m record.Move, ref record.Ref) {
	key := sumKey{voice, m.From, m.To, m.Category}
	x := t.of[key]
	if x == nil {
		x = &sum{}
		t.of[key] = x
		t.order = append(t.order, key)
	}
	least, most, open := bounds(m.Count)
	x.least, x.most, x.open = x.least+least, x.most+most, x.open || open
	if !slices.Contains(x.entries, ref) {
		x.entries = append(x.entries, ref)
	}
}

// bounds are what a hedged figure says at least and at most. "About" is taken as it
// stands; what is not counted adds nothing and has no bound.
func bounds(c *record.Count) (least, most int, open bool) {
	if c == nil {
		return 0, 0, true
	}
	switch c.Hedge {
	case record.HedgeAtLeast:
		return c.N, c.N, true
	case record.HedgeMoreThan:
		return c.N + 1, c.N + 1, true
	case record.HedgeUnder:
		return 0, max(c.N-1, 0), false
	}
	return c.N, c.N, false
}

func (t *sums) section(s *site, b base) ledgerSection {
	sec := ledgerSection{Title: b.T("ledger.sums"), Note: b.T("ledger.sums-note"), Table: ledgerTable{Caption: b.T("ledger.sums-caption"), Head: heads(b, "from", "to", "category", "source", "#sum")}}
	slices.SortStableFunc(t.order, func(x, y sumKey) int {
		name := func(k sumKey) string {
			return s.party(b.Lang, k.from) + "\x00" + s.party(b.Lang, k.to) + "\x00" + b.T("category."+k.category) + "\x00" + k.voice
		}
		return strings.Compare(name(x), name(y))
	})
	for _, key := range t.order {
		x := t.of[key]
		text := s.number(b.Lang, x.least)
		switch {
		case x.open && x.least == 0:
			text = b.T("hedged.unknown")
		case x.open:
			text = b.T("hedged.at-least", "n", strconv.Itoa(x.least))
		case x.most > x.least:
			text += "–" + s.number(b.Lang, x.most)
		}
		sec.Table.Rows = append(sec.Table.Rows, []ledgerCell{
			{Text: s.party(b.Lang, key.from)},
			{Text: s.party(b.Lang, key.to)},
			{Text: b.T("category." + key.category)},
			{Text: key.voice},
			{Text: text, Figure: true, Entries: b.refs(x.entries)},
		})
	}
	return sec
}
