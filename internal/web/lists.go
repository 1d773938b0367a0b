package web

import (
	"cmp"
	"path"
	"slices"
	"strconv"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// day and a bit: what "since yesterday" covers, in seconds.
const sinceYesterday = 2 * 24 * 3600

// item makes an entry ready for a list. Contested claims without a source are not
// quoted there.
func (s *site) item(b base, it judge.Item) itemRow {
	row := itemRow{
		b:        b,
		entryRef: entryRef{Ref: string(it.Ref), URL: b.Entry(it.Ref)}, Kind: s.speaker.Kind(b.Lang, string(it.Kind)),
		Unattributed: it.Unattributed, Withheld: it.Withheld, Perhaps: it.Perhaps, Retracted: it.Retracted,
	}
	switch {
	case it.Happened != "":
		row.When = s.speaker.Time(b.Lang, it.Happened)
	case it.Public != "":
		row.Published = b.T("item.public", "when", s.speaker.Time(b.Lang, it.Public))
	}
	if it.SaidBy != nil {
		row.Who = s.speaker.Voice(b.Lang, it.SaidBy, it.Through)
	}
	if it.Withheld {
		return row
	}
	row.Summary, row.Lang = s.speaker.Text(b.Lang, it.Summary)
	if act, ok := it.Body.(*record.Act); ok && row.Summary == "" {
		row.Summary, row.Lang = b.T("act."+string(act.Act), "party", act.Party, "agreement", act.Agreement), b.Lang
	}
	return row
}

// Say says a message of the interface, for the template of a list's row.
func (r itemRow) Say(code string) string { return r.b.T(code) }

// fillItems sorts the entries of a question into what the front page lists.
func (s *site) fillItems(p *frontPage) {
	at := p.bench.Question.At
	var fresh []judge.Item
	for it := range p.bench.Words() {
		switch {
		case it.Retracted:
		case it.Withheld:
			p.Withheld = append(p.Withheld, s.item(p.base, it))
		case it.Unattributed:
			p.Claims = append(p.Claims, s.item(p.base, it))
		case it.Kind == record.KindTally:
			if recent(it, at) || within(it.When(), at) {
				p.Tallies = append(p.Tallies, s.item(p.base, it))
			}
		case it.Kind == record.KindReport, it.Planned, !recent(it, at):
		default:
			fresh = append(fresh, it)
		}
	}
	p.Recent = s.groups(p.base, fresh)
	for _, it := range p.bench.Planned() {
		if w := it.When(); w.IsZero() || w.Latest() > at {
			row := s.item(p.base, it)
			row.Perhaps = false // that it is to come is said by the list
			p.Planned = append(p.Planned, row)
		}
	}
}

// kindOrder is the order in which the front page lists kinds; others follow by name.
var kindOrder = []record.Kind{
	record.KindAct, record.KindStatement, record.KindContact, record.KindMessage, record.KindExchange, record.KindFlow, record.KindControl,
}

// groups sorts entries by kind, within it the certain ones first, newest first.
func (s *site) groups(b base, list []judge.Item) []itemGroup {
	byKind := map[record.Kind][]judge.Item{}
	for _, it := range list {
		byKind[it.Kind] = append(byKind[it.Kind], it)
	}
	order := slices.Clone(kindOrder)
	for _, k := range keys(byKind) {
		if !slices.Contains(order, k) {
			order = append(order, k)
		}
	}
	var groups []itemGroup
	for _, k := range order {
		items := byKind[k]
		if len(items) == 0 {
			continue
		}
		slices.SortStableFunc(items, func(x, y judge.Item) int {
			if x.Perhaps != y.Perhaps {
				if x.Perhaps {
					return 1
				}
				return -1
			}
			return cmp.Compare(told(y), told(x))
		})
		g := itemGroup{Kind: s.speaker.Kind(b.Lang, string(k)), Count: len(items)}
		for _, it := range items {
			g.Items = append(g.Items, s.item(b, it))
		}
		if len(items) > maxItems+2 { // folding two is not worth a click
			g.Items, g.More = g.Items[:maxItems], g.Items[maxItems:]
		}
		groups = append(groups, g)
	}
	return groups
}

// told is when an entry's matter began, or else when it became public.
func told(it judge.Item) moment.Instant {
	if w := it.When(); !w.IsZero() {
		return w.Earliest()
	}
	return start(it.Published())
}

// recent tells that an entry became public or happened since the day before.
func recent(it judge.Item, at moment.Instant) bool {
	for _, t := range []moment.Time{it.Published(), it.When()} {
		if !t.IsZero() && t.Latest() != moment.Future && t.Latest() > at-sinceYesterday && t.Earliest() <= at {
			return true
		}
	}
	return false
}

// within tells that a stretch of time has begun and not ended by an instant.
func within(t moment.Time, at moment.Instant) bool {
	return !t.IsZero() && t.Earliest() <= at && t.Latest() >= at
}

func (s *site) fillContacts(p *frontPage) {
	for _, c := range p.bench.Contacts() {
		if c.State != record.ContactHeld || len(c.Gaps) == 0 {
			continue
		}
		it, ok := p.bench.Item(c.Entry)
		if !ok {
			continue
		}
		row := contactRow{entryRef: entryRef{Ref: string(c.Entry), URL: p.Entry(c.Entry)}, When: s.speaker.Time(p.Lang, c.When), Also: p.refs(c.Also)}
		row.Sentence, row.Lang = s.speaker.Text(p.Lang, it.Summary)
		row.Gaps = s.contactGaps(p.base, c)
		p.Contacts = append(p.Contacts, row)
	}
	slices.Reverse(p.Contacts)
	p.Contacts = p.Contacts[:min(len(p.Contacts), maxContacts)]
	for _, pr := range p.bench.Promises() {
		row := promiseRow{Entries: p.refs(pr.Entries), Kept: p.refs(pr.Kept)}
		names := ""
		for i, code := range s.speaker.SortParties(p.Lang, pr.Parties) {
			if i > 0 {
				names += p.T("list.comma")
			}
			names += s.speaker.Party(p.Lang, code)
		}
		row.Sentence = p.T("promise."+pr.Does, "parties", names, "since", s.speaker.Time(p.Lang, pr.Since))
		p.Promises = append(p.Promises, row)
	}
}

// fillIncidents lists the latest reports up to the question's moment, newest
// first, each judged under every agreement and reading.
func (s *site) fillIncidents(p *frontPage) {
	list, all := p.bench.Latest(maxIncidents)
	var room []judge.Ruling
	for _, i := range list {
		it := p.bench.Nth(record.KindReport, i)
		room = p.bench.Sketch(p.bench.IncidentOf(it), room)
		p.Incidents = append(p.Incidents, s.incidentRow(p.base, it, room))
	}
	p.Earlier = all - len(p.Incidents)
}

func start(t moment.Time) moment.Instant {
	if t.IsZero() {
		return moment.Past
	}
	return t.Earliest()
}

func (s *site) incidentRow(b base, it judge.Item, rulings []judge.Ruling) incidentRow {
	row := incidentRow{itemRow: s.item(b, it)}
	if len(rulings) > 0 {
		row.Occurrence = s.speaker.Occurrence(b.Lang, string(rulings[0].Occurrence))
		row.Attribution, row.Claims = s.attribution(b, rulings[0].Attribution)
	}
	row.Rulings = s.cells(b, rulings)
	return row
}

// cells sums rulings up, one cell an agreement; those that are not in force by any
// reading share the last one.
func (s *site) cells(b base, rulings []judge.Ruling) []rulingCell {
	var list []rulingCell
	none := rulingCell{Overall: s.speaker.Classification(b.Lang, string(judge.NotInForce)), Code: string(judge.NotInForce)}
	for _, sm := range b.bench.Summarise(rulings) {
		if sm.Overall == judge.NotInForce { // told in one line
			if none.Agreement != "" {
				none.Agreement += b.T("list.comma")
			}
			none.Agreement += s.speaker.Agreement(b.Lang, sm.Agreement)
			continue
		}
		cell := rulingCell{Agreement: s.speaker.Agreement(b.Lang, sm.Agreement), Overall: s.speaker.Classification(b.Lang, string(sm.Overall)), Code: string(sm.Overall)}
		if sm.Overall != judge.DependsOnReading {
			list = append(list, cell)
			continue
		}
		for _, by := range s.orderReaders(b.Lang, keys(sm.ByReading)) {
			cell.Readings = append(cell.Readings, readingCell{By: s.reader(b, by), Classification: s.speaker.Classification(b.Lang, string(sm.ByReading[by][0]))})
		}
		list = append(list, cell)
	}
	if none.Agreement != "" {
		list = append(list, none)
	}
	return list
}

// orderReaders puts the text first, then the holders by short name.
func (s *site) orderReaders(lang string, by []string) []string {
	var out, codes []string
	for _, r := range by {
		if r == judge.Text {
			out = append(out, r)
		} else {
			codes = append(codes, r)
		}
	}
	return append(out, s.speaker.SortParties(lang, codes)...)
}

// attribution says who is said to have done it, each claim with its maker.
func (s *site) attribution(b base, a judge.Attribution) (string, []string) {
	var claims []string
	for _, c := range a.Claims {
		by := s.party(b.Lang, c.By)
		if by == "" {
			by = b.T("attribution.no-party")
		}
		switch {
		case c.Party != "" && c.Denies != "":
			claims = append(claims, b.T("attribution.denies-names", "by", by, "party", s.party(b.Lang, c.Party)))
		case c.Party != "":
			claims = append(claims, b.T("attribution.names", "by", by, "party", s.party(b.Lang, c.Party)))
		case c.Denies != "":
			claims = append(claims, b.T("attribution.denies", "by", by))
		}
	}
	return s.speaker.AttributionValue(b.Lang, a.Value), claims
}

// where writes the place of a clause as file:line.
func where(p *agreement.Pos) string {
	if p == nil || p.Line == 0 {
		return ""
	}
	return path.Base(p.File) + ":" + strconv.Itoa(p.Line)
}
