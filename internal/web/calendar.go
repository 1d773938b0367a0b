package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

const calendarType = "text/calendar"

// maxSpan bounds the days over which an imprecise time is set as an event; one that may be
// any of more is told in words.
const maxSpan = 62

// calendar serves the days that texts set, the moments at which a state changed, and the
// contacts that are planned, as a calendar to subscribe to.
func (s *site) calendar(_ *http.Request, b base) (*sheet, error) {
	c := &ical{}
	stamp := stampOf(s.recorded(b.bench.Status().AsOf))
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//Truceline//Truceline "+icalText(b.Foot.Version)+"//"+strings.ToUpper(b.Lang))
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	name := b.T("calendar.title", "case", b.CaseTitle)
	c.text("NAME", name)
	c.text("X-WR-CALNAME", name)
	c.text("DESCRIPTION", b.T("calendar.about"))
	c.text("X-WR-CALDESC", b.T("calendar.about"))
	if own := s.absolute(b.Address, b.Link("/calendar.ics")); own != "" {
		c.line("URL", own)
		c.line("SOURCE;VALUE=URI", own)
	}
	for _, a := range b.bench.Status().Agreements {
		if a.Upcoming {
			continue
		}
		for _, e := range s.agreementDays(b, a.ID) {
			c.event(&e, stamp)
		}
	}
	for _, e := range append(s.plannedDays(b), s.answerDays(b)...) {
		c.event(&e, stamp)
	}
	c.line("END", "VCALENDAR")
	return newSheet(calendarType+"; charset=utf-8", b.Lang, c.out.Bytes()), nil
}

// agreementDays gives the days of one agreement: those that its terms set under every start
// and reading, and those on which its state changed under each reading.
func (s *site) agreementDays(b base, id string) []icalEvent {
	var list []icalEvent
	title, page := s.speaker.Agreement(b.Lang, id), s.absolute(b.Address, b.Link("/agreements/"+id))
	seen := map[string]bool{}
	for _, d := range b.bench.Calendar(id) {
		// The identity leaves out what may change: the time, and who else says it.
		uid := s.uid("day", id, d.Start, d.Stated, d.Reading, d.What, d.Clause, d.Party, string(d.Counting))
		if seen[uid] {
			continue
		}
		seen[uid] = true
		when := s.speaker.When(b.Lang, d.When, d.Zone)
		e := icalEvent{UID: uid, URL: page, Categories: s.speaker.Day(b.Lang, d.What)}
		e.Summary = title + b.T("list.colon") + s.speaker.Tell(b.Lang, "calendar.day", "day", s.speaker.Day(b.Lang, d.What), "party", d.Party, "counting", string(d.Counting))
		if d.LastDay != "" {
			when = s.speaker.Tell(b.Lang, "owed.by", "last", d.LastDay)
			e.on(d.LastDay, s.c.Zone, false)
		} else {
			zone, err := moment.LoadZone(d.Zone)
			if err != nil {
				zone = s.c.Zone
			}
			e.on(d.When, zone, true)
		}
		e.Description = sentences(when, s.speaker.Calendar(b.Lang, d), b.T("entry.clause", "clause", d.Clause), references(d.Entries), b.T("calendar.of-texts"))
		list = append(list, e)
	}
	for _, course := range b.bench.Courses(id) {
		for i, st := range course.Stretches {
			if i == 0 {
				continue // its beginning is that of the record, no change
			}
			day := s.day(st.From)
			e := icalEvent{UID: s.uid("state", id, course.By, day, string(st.State)), URL: page, Categories: b.T("calendar.change")}
			if seen[e.UID] {
				continue
			}
			seen[e.UID] = true
			e.Summary = title + b.T("list.colon") + s.speaker.State(b.Lang, string(st.State))
			e.on(day, s.c.Zone, false)
			e.Description = sentences(s.reader(b, course.By), b.T("calendar.change-note"), b.T("calendar.of-texts"))
			list = append(list, e)
		}
	}
	return list
}

// plannedDays gives the contacts that someone told to be planned.
func (s *site) plannedDays(b base) []icalEvent {
	outcome := map[record.Ref][]record.Ref{}
	for _, x := range b.bench.Contacts() {
		outcome[x.Entry] = x.Outcome
	}
	var list []icalEvent
	for _, it := range b.bench.Planned() {
		if it.Withheld {
			continue
		}
		row := s.item(b, it)
		row.Perhaps = false
		e := icalEvent{
			UID: s.uid("planned", string(it.Ref)), Summary: row.Kind + b.T("list.colon") + shorten(row.Summary, 120), URL: s.absolute(b.Address, b.Entry(it.Ref)),
			Categories: b.T("calendar.planned"), Tentative: true,
		}
		if w := it.When(); !w.IsZero() {
			e.on(w.String(), w.Zone(), true)
		}
		after := ""
		if refs := references(outcome[it.Ref]); refs != "" {
			after = b.T("calendar.outcome") + " " + refs
		}
		e.Description = sentences(strings.Join(row.lines(), "\n"), row.Ref, after)
		list = append(list, e)
	}
	return list
}

// answerDays gives the times by which someone was asked to answer.
func (s *site) answerDays(b base) []icalEvent {
	var list []icalEvent
	for _, x := range b.bench.Requests() {
		it, ok := b.bench.Item(x.Entry)
		if !ok || x.Due == "" {
			continue
		}
		row := s.item(b, it)
		e := icalEvent{
			UID: s.uid("answer", string(x.Entry)), Summary: b.T("calendar.answer-due", "who", x.Of), URL: s.absolute(b.Address, b.Entry(x.Entry)),
			Categories: row.Kind, Description: sentences(strings.Join(row.lines(), "\n"), row.Ref, s.speaker.RequestState(b.Lang, x.State)),
		}
		e.on(x.Due, s.c.Zone, true)
		list = append(list, e)
	}
	return list
}

// on sets an event on the days, or at the instant, of a time. Only what is stated to the
// minute or second, and may be no other moment, gets an hour.
func (e *icalEvent) on(text string, zone *moment.Zone, hours bool) {
	t, err := moment.Parse(text, zone)
	if err != nil || t.IsZero() || t.Impossible() || t.Unbounded() {
		return
	}
	from, to := t.Earliest(), t.Latest()
	precise := t.Exact() || t.Precision() == moment.Minute || t.Precision() == moment.Second
	if hours && precise && !t.Uncertain() && !t.Approximate() && to-from < 60 {
		e.At, e.Exact = from, true
		return
	}
	if to-from > maxSpan*24*3600 {
		return
	}
	e.First, e.Last = icalDay(zone, from), icalDay(zone, to)
	e.Tentative = e.Tentative || e.First != e.Last
}

// icalDay writes an instant's day on a zone's clock.
func icalDay(zone *moment.Zone, i moment.Instant) string {
	return strings.ReplaceAll(zone.Clock(i).String()[:len("2006-01-02")], "-", "")
}

// nextDay gives the day after, which ends an event that lasts a day.
func nextDay(day string) string {
	t, err := time.Parse("20060102", day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, 1).Format("20060102")
}

// stampOf writes a time of recording as iCalendar does.
func stampOf(recorded string) string {
	t, err := time.Parse(time.RFC3339, recorded)
	if err != nil {
		t = time.Unix(0, 0)
	}
	return t.UTC().Format("20060102T150405Z")
}

func (s *site) uid(parts ...string) string { return s.ownName(parts...) + "@truceline" }

// sentences joins lines that say something.
func sentences(lines ...string) string {
	var out []string
	for _, l := range lines {
		if l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

func references(refs []record.Ref) string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = string(r)
	}
	return strings.Join(names, " ")
}
