package web

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/release"
)

// shownAt is the moment by which places are shown, to the minute; 0 where no place waits
// for any. It is the clock's, whatever is asked: a question about a later moment opens
// nothing. Only a site that is laid out as files keeps to its question, where that lies
// earlier and the case had not ended.
func (s *site) shownAt() moment.Instant {
	if !s.views.Rule().Delayed() {
		return 0
	}
	now := moment.FromTime(s.options.Now())
	now -= now % 60
	if o := s.options.Static; o != nil && o.Question.At < s.c.World.Until-1 {
		now = min(now, o.Question.At)
	}
	return now
}

// shownOf is the place of an entry as pages show it; of one that is no report, none.
func (s *site) shownOf(bench *view.View, it judge.Item) release.Shown {
	if it.Kind != record.KindReport {
		return release.Shown{}
	}
	return s.views.Rule().Of(bench.Bench, it, bench.IncidentOf(it), s.shownAt())
}

// written is an entry as JSON, with what is shown of its place.
func (s *site) written(e *casefile.Entry, shown release.Shown) string {
	text, err := json.MarshalIndent(s.views.Rule().Entry(e.Envelope.Entry, shown), "", "  ")
	if err != nil {
		return ""
	}
	return string(text)
}

// placeNote says how much of a place is shown; "" where all of it is, or none was told.
func (s *site) placeNote(b base, e *casefile.Entry, shown release.Shown) string {
	rule := s.views.Rule()
	if rule.Whole() {
		return ""
	}
	switch body := e.Envelope.Entry.Body.(type) {
	case *record.Correction:
		if r, ok := body.Entry.Body.(*record.Report); ok && r.Place != nil {
			return b.T("release.corrected")
		}
	case *record.Report:
		switch {
		case shown.Waits() && shown.Until == moment.Future:
			return b.T("release.never")
		case shown.Waits():
			return b.T("release.until", "when", s.moment(b, shown.Until))
		case shown.Held:
			return b.T("release.no-area")
		case shown.Whole:
		case shown.Told != nil:
			return b.T("release.area", "areas", strings.Join(shown.Told.Within, ","))
		case body.Origin != nil || len(body.Near) > 0:
			return b.T("release.beside")
		}
	}
	return ""
}

// rulesNote says in a sentence by what rule places are shown; "" where all are.
func (s *site) rulesNote(b base) string {
	rule := s.views.Rule()
	hours := strconv.FormatInt(rule.Delay/3600, 10)
	switch {
	case rule.Whole():
		return ""
	case !rule.Coarse():
		return b.T("release.rule-delay", "hours", hours)
	case rule.Delayed():
		return b.T("release.rule-area-delay", "hours", hours)
	}
	return b.T("map.coarse")
}

// moment writes an instant by the case's clock.
func (s *site) moment(b base, i moment.Instant) string {
	return s.speaker.Time(b.Lang, s.c.Zone.Clock(i).String()[:len("2006-01-02T15:04")]+"["+s.c.Zone.Name()+"]")
}

// waitingRow is a report whose place is shown later.
type waitingRow struct {
	Item  itemRow
	Until string
}

func (s *site) waitingRows(b base, list []waitingReport) []waitingRow {
	var rows []waitingRow
	for _, w := range list {
		it, ok := b.bench.Item(w.in.ref)
		if !ok {
			continue
		}
		row := waitingRow{Item: s.item(b, it), Until: b.T("release.never")}
		if w.until != moment.Future {
			row.Until = b.T("release.until", "when", s.moment(b, w.until))
		}
		rows = append(rows, row)
	}
	return rows
}
