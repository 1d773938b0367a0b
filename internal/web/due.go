package web

import (
	"slices"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// fillDue lists the next days that agreements set, soonest first: ends, last days of
// duties, notices. What is computed under several readings alike is told once.
func (s *site) fillDue(p *frontPage) {
	type due struct {
		row dueRow
		at  moment.Instant
	}
	var list []due
	at := p.bench.Question.At
	seen := map[string]int{}
	for _, d := range p.bench.Calendar("") {
		t, err := moment.Parse(d.When, moment.UTC())
		if d.When == "" || err != nil || t.Latest() <= at {
			continue
		}
		row := dueRow{
			When: s.speaker.When(p.Lang, d.When, d.Zone), What: s.dueWhat(p.base, d), Agreement: s.speaker.Agreement(p.Lang, d.Agreement),
			Whose: s.speaker.Calendar(p.Lang, d), URL: p.Link("/agreements/" + d.Agreement), Entries: p.refs(d.Entries),
		}
		key := strings.Join([]string{row.When, row.What, row.Agreement}, "\x00")
		if i, same := seen[key]; same {
			if !strings.Contains(list[i].row.Whose, row.Whose) {
				list[i].row.Whose += " · " + row.Whose
			}
			continue
		}
		seen[key] = len(list)
		list = append(list, due{row, t.Earliest()})
	}
	slices.SortStableFunc(list, func(x, y due) int {
		switch {
		case x.at < y.at:
			return -1
		case x.at > y.at:
			return 1
		}
		return 0
	})
	for _, d := range list[:min(len(list), maxDue)] {
		p.Due = append(p.Due, d.row)
	}
}

// dueWhat names what the day is of.
func (s *site) dueWhat(b base, d judge.Deadline) string {
	what := s.speaker.Day(b.Lang, d.What)
	if d.Party != "" {
		what += b.T("list.comma") + s.speaker.Party(b.Lang, d.Party)
	}
	if d.Counting != "" {
		what += b.T("list.comma") + b.T("counting."+countingCode(d.Counting))
	}
	return what
}
