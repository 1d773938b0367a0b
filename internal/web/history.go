package web

import (
	"strconv"

	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// aboutEntry is what else the record holds on an entry, sorted by what it does to it.
type aboutEntry struct {
	Same     []itemRow // reports of the same event
	Replies  []itemRow
	Requests []requestRow
	Findings []itemRow // findings, rulings, dissents
	History  []changeRow
	Others   []itemRow
	NoReply  bool // a report on which nobody was asked, and to which nobody replied
}

// requestRow is what was asked about an entry, and how far it is answered.
type requestRow struct {
	itemRow
	State string
}

// changeRow is one step of an entry's history: how it came into the record, what
// corrected it, took it back or brought it back.
type changeRow struct {
	Position       int
	URL            entryRef
	When, What     string
	Why, Lang      string
	AsOf           string // the address of the page as it was just before
	Before, Author string
}

func (s *site) about(b base, v *view.View, it judge.Item) aboutEntry {
	var a aboutEntry
	requests := map[record.Ref]judge.RequestStatus{}
	for _, x := range v.Requests() {
		requests[x.Entry] = x
	}
	a.History = append(a.History, s.change(b, it.Position, "history.recorded", nil, entryRef{}))
	same := map[record.Ref]bool{}
	for _, other := range v.SameEvent(it.Ref) {
		same[other.Ref] = true
		a.Same = append(a.Same, s.item(b, other))
	}
	for _, other := range v.Referring(it.Ref) {
		switch body := other.Body.(type) {
		case *record.Reply:
			a.Replies = append(a.Replies, s.item(b, other))
		case *record.Request:
			row := requestRow{itemRow: s.item(b, other)}
			if x, ok := requests[other.Ref]; ok {
				row.State = b.T("request." + x.State)
			}
			a.Requests = append(a.Requests, row)
		case *record.Finding, *record.Ruling, *record.Dissent:
			a.Findings = append(a.Findings, s.item(b, other))
		case *record.Correction:
			a.History = append(a.History, s.change(b, other.Position, "history.corrected", body.Why, entryRef{Ref: string(other.Ref), URL: b.Entry(other.Ref)}))
		case *record.Retraction:
			a.History = append(a.History, s.change(b, other.Position, "history.retracted", body.Why, entryRef{Ref: string(other.Ref), URL: b.Entry(other.Ref)}))
		case *record.Link:
			if end := otherEnd(body, it.Ref); !same[end] {
				if joined, ok := v.Item(end); ok {
					row := s.item(b, joined)
					row.Relation = b.T("relation." + string(body.Relation))
					a.Others = append(a.Others, row)
				}
			}
		default:
			a.Others = append(a.Others, s.item(b, other))
		}
	}
	a.NoReply = it.Kind == record.KindReport && len(a.Replies) == 0 && len(a.Requests) == 0
	return a
}

// change tells one step, with the way back to the page as it was before it.
func (s *site) change(b base, position int, code string, why record.Text, ref entryRef) changeRow {
	e := &s.c.Entries[position-1]
	row := changeRow{Position: position, URL: ref, Author: e.Envelope.Entry.Author, What: b.T(code), When: s.speaker.Time(b.Lang, e.Recorded)}
	row.Why, row.Lang = s.speaker.Text(b.Lang, why)
	if code != "history.recorded" {
		row.AsOf = "?as_of=" + strconv.Itoa(position-1)
		row.Before = b.T("history.before")
	}
	return row
}

func otherEnd(l *record.Link, ref record.Ref) record.Ref {
	if l.From == ref {
		return l.To
	}
	return l.From
}
