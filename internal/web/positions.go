package web

import (
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// positionsPage shows where each party stood on each agreement and its conditions, day
// by day, with the statements and acts on which every cell rests.
type positionsPage struct {
	base
	Agreements []positionTable
	Choices    []choiceLink
}

// choiceLink narrows a page to one of several.
type choiceLink struct {
	Name    string
	URL     template.URL
	Current bool
}

// positionTable is one agreement: a track a party, then a row a day on which a position
// or condition changed.
type positionTable struct {
	Title   string
	URL     template.URL
	Parties []string
	Tracks  []chartRow
	Ticks   []chartTick
	Legend  []legendRow
	Days    []positionDay
	Earlier int // days that are left out
}

type positionDay struct {
	Day   string
	URL   template.URL
	Cells []positionCell
}

// positionCell is where a party stood at the end of a day. Same: as on the day before.
type positionCell struct {
	positionRow
	Same  bool
	Rests []quoteRow
}

// quoteRow is an entry with its original words.
type quoteRow struct {
	itemRow
	Words, WordsLang string
	Through          string
	ReadBy           string
}

// maxPositionDays bounds the days of one table; the latest are kept.
const maxPositionDays = 40

func (s *site) positions(r *http.Request, b base) (string, any, error) {
	p := &positionsPage{base: b}
	p.Title, p.Description = b.T("positions.title"), b.T("positions.note")
	chosen := r.URL.Query().Get("agreement")
	found := chosen == ""
	link := func(id string) template.URL {
		q := question(r)
		if id != "" {
			q.Set("agreement", id)
		}
		return withQuery(template.URL("/"+b.Lang+"/positions"), q) //nolint:gosec // a known language
	}
	p.Choices = append(p.Choices, choiceLink{Name: b.T("timeline.all"), URL: link(""), Current: chosen == ""})
	days := s.turningDays(b)
	for _, a := range b.bench.Status().Agreements {
		if a.Upcoming || len(days[a.ID]) == 0 {
			continue
		}
		p.Choices = append(p.Choices, choiceLink{Name: s.speaker.Agreement(b.Lang, a.ID), URL: link(a.ID), Current: chosen == a.ID})
		if chosen == "" || chosen == a.ID {
			found = true
			p.Agreements = append(p.Agreements, s.positionTable(b, a, days[a.ID]))
		}
	}
	if !found {
		return "", nil, &askedError{fmt.Sprintf("agreement=%s", chosen)}
	}
	return "positions", p, nil
}

// turningDays lists, by agreement, the days up to the question's moment on which
// somebody took a position or a condition was met or waived.
func (s *site) turningDays(b base) map[string][]moment.Instant {
	days := map[string]map[moment.Instant]bool{}
	at := b.bench.Question.At
	add := func(id string, t moment.Time) {
		if t.IsZero() || t.Unbounded() {
			return
		}
		for _, i := range []moment.Instant{t.Earliest(), t.Latest()} {
			c := s.c.Zone.Clock(min(i, at))
			if days[id] == nil {
				days[id] = map[moment.Instant]bool{}
			}
			days[id][min(s.c.Zone.Day(c.Year, c.Month, c.Day).Last(), at)] = true
		}
	}
	for _, st := range b.bench.Positions("") {
		if t, err := moment.Parse(st.When, s.c.Zone); err == nil {
			add(st.Agreement, t)
		}
	}
	for it := range b.bench.All(record.KindAct) {
		if act, ok := it.Body.(*record.Act); ok && !it.Retracted && (act.Act == record.ActConditionMet || act.Act == record.ActConditionWaived) {
			add(act.Agreement, it.When())
		}
	}
	out := map[string][]moment.Instant{}
	for id, set := range days {
		out[id] = slices.Sorted(maps.Keys(set))
	}
	return out
}

func (s *site) positionTable(b base, a judge.AgreementStatus, days []moment.Instant) positionTable {
	t := positionTable{Title: s.speaker.Agreement(b.Lang, a.ID), URL: b.Link("/agreements/" + a.ID)}
	codes := s.speaker.SortParties(b.Lang, keys(a.Readings[0].Positions))
	for _, code := range codes {
		t.Parties = append(t.Parties, s.speaker.Party(b.Lang, code))
	}
	if len(days) > maxPositionDays {
		t.Earlier, days = len(days)-maxPositionDays, days[len(days)-maxPositionDays:]
	}
	var last []string
	var states []map[string]judge.PositionStatus
	for _, day := range days {
		positions := s.positionsAt(b, a.ID, day)
		states = append(states, positions)
		row := positionDay{Day: s.speaker.Time(b.Lang, s.day(day)), URL: template.URL("?at=" + s.day(day))} //nolint:gosec // a date
		var told []string
		changed := false
		for i, code := range codes {
			p := positions[code]
			cell := positionCell{positionRow: s.positionRow(b, code, p)}
			key := fmt.Sprint(p.Position, p.Possible, p.Strength, p.Conditions, p.Entries)
			told = append(told, key)
			if last != nil && last[i] == key {
				cell.Same = true
			} else {
				changed = true
				cell.Rests = s.quotes(b, p)
			}
			row.Cells = append(row.Cells, cell)
		}
		if changed {
			t.Days = append(t.Days, row)
		}
		last = told
	}
	s.drawPositions(b, &t, codes, days, states)
	return t
}

// positionsAt tells where the parties stood at a moment, as the question knows it.
func (s *site) positionsAt(b base, id string, at moment.Instant) map[string]judge.PositionStatus {
	q := b.bench.Question
	q.At = at
	for _, a := range s.views.Of(q).Status().Agreements {
		if a.ID == id && len(a.Readings) > 0 {
			return a.Readings[0].Positions
		}
	}
	return nil
}

// quotes gives what a position and its conditions rest on, in the order of the entries.
func (s *site) quotes(b base, p judge.PositionStatus) []quoteRow {
	list := slices.Clone(p.Entries)
	for _, c := range p.Conditions {
		for _, e := range c.Entries {
			if !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
	}
	var rows []quoteRow
	for _, ref := range list {
		it, ok := b.bench.Item(ref)
		if !ok {
			continue
		}
		row := s.quote(b, it)
		if st, ok := it.Body.(*record.Statement); ok && len(st.Stances) > 0 {
			row.ReadBy = st.Stances[0].ReadBy
		}
		rows = append(rows, row)
	}
	return rows
}

// quote makes an entry ready to be shown with its words. Contested claims without a
// source are not quoted.
func (s *site) quote(b base, it judge.Item) quoteRow {
	row := quoteRow{itemRow: s.item(b, it)}
	if it.Withheld {
		return row
	}
	row.Words, row.WordsLang = it.Words, it.Language
	if it.Through != nil {
		row.Through = it.Through.Outlet
	}
	return row
}

// drawPositions draws a track a party.
func (s *site) drawPositions(b base, t *positionTable, codes []string, days []moment.Instant, states []map[string]judge.PositionStatus) {
	at := b.bench.Question.At
	from := days[0] - daySeconds
	span := max(at-from, 7*daySeconds)
	from, until := from-span/30, max(at, from+7*daySeconds)+span/30
	x := func(i moment.Instant) share {
		return share(float64(min(max(i, from), until)-from) / float64(until-from) * wholeWidth)
	}
	looks := map[string]bool{}
	for _, code := range codes {
		row := chartRow{By: s.speaker.Party(b.Lang, code)}
		for i, day := range days {
			p := states[i][code]
			end := at
			if i+1 < len(days) {
				end = days[i+1] - daySeconds + 1
			}
			begin := max(day-daySeconds+1, from)
			l := positionLook(p.Position)
			name := s.speaker.Position(b.Lang, string(p.Position))
			if n := len(row.Bars); n > 0 && row.Bars[n-1].Name == name {
				row.Bars[n-1].Width = max(x(end)-row.Bars[n-1].X, 3)
				continue
			}
			looks[l] = true
			row.Bars = append(row.Bars, chartBar{X: x(begin), Width: max(x(end)-x(begin), 3), Look: l, Name: name})
		}
		for i := range row.Bars {
			bar := &row.Bars[i]
			if need := labelWidth(bar.Name); int(bar.Width)*deskWidth/wholeWidth > need {
				bar.Label, bar.Wide = bar.Name, int(bar.Width)*phoneWidth/wholeWidth <= need
			}
			row.Description = bar.Name
		}
		t.Tracks = append(t.Tracks, row)
	}
	for _, l := range []string{"solid", "lines", "open", "crossed", "soft", "none"} {
		if looks[l] {
			t.Legend = append(t.Legend, legendRow{Look: l, Words: b.T("position-look." + l)})
		}
	}
	t.Ticks = s.ticks(b, from, until, x)
}

// positionLook is how a position is drawn: by pattern, never by a side's colour.
func positionLook(p record.Position) string {
	switch p {
	case record.PositionAccepts:
		return "solid"
	case record.PositionAcceptsOnConditions:
		return "lines"
	case record.PositionConsidering:
		return "open"
	case record.PositionRejects, record.PositionWithdrew:
		return "crossed"
	case judge.PositionDisputed, judge.PositionUndetermined:
		return "soft"
	}
	return "none"
}
