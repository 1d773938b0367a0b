package judge

import (
	"slices"
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// What a day of the calendar is of.
const (
	DayStart      = "start"
	DayPhase      = "phase"       // a phase begins
	DayPhaseEnd   = "phase-end"   // the first moment after it
	DayDue        = "due"         // of a duty: the first moment that is too late
	DayLastNotice = "last-notice" // up to then a notice stops the tacit renewal
	DayNotice     = "notice-ends" // the notice of a power that was used runs out
	DayEnd        = "end"         // the first moment after the term
)

// Deadline is one day of an agreement's calendar, under one start and one reading.
type Deadline struct {
	Agreement string `json:"agreement"`
	// Start is whose start the day is counted from: "" the one that the terms and acts
	// give, else the party that states it; Stated is what it states, by which entries.
	Start   string       `json:"start"`
	Claimed bool         `json:"claimed,omitempty"` // Start is somebody's word, a party's or not
	Stated  string       `json:"stated,omitempty"`
	Entries []record.Ref `json:"entries"` // never nil
	Reading string       `json:"reading"`

	What     string          `json:"what"`
	Clause   string          `json:"clause,omitempty"`
	Party    string          `json:"party,omitempty"`    // of a duty or a notice
	Counting moment.Counting `json:"counting,omitempty"` // of an end, where several rules give several
	When     string          `json:"when"`               // an instant, or an interval where imprecise; "" while it cannot be computed
	LastDay  string          `json:"last_day,omitempty"` // of what ends or is due: the last day within
	Zone     string          `json:"zone"`
	Passed   truth.Value     `json:"passed"` // by the question's moment

	at bounds
}

// Calendar lists the days that an agreement sets: once for the start that follows
// from terms and acts under each reading, and once for every start that somebody
// states, under the reading of who states it (without one, under the text; where
// there is none, under every reading). Agreement "" means all.
func (b *Bench) Calendar(agreementID string) []Deadline {
	list := []Deadline{}
	for _, id := range b.ids {
		if agreementID != "" && agreementID != id {
			continue
		}
		for _, l := range b.lives[id] {
			if !l.noText {
				list = append(list, l.days(Deadline{Agreement: id, Entries: noEntries})...)
			}
		}
		for _, s := range b.stated(id, record.ClaimStart) {
			list = append(list, b.statedDays(id, s)...)
		}
	}
	return list
}

// statedDays lists the days that follow from a start that somebody states. A date is
// read by the clock by which the terms count days.
func (b *Bench) statedDays(id string, s Stated) []Deadline {
	lives := slices.DeleteFunc(slices.Clone(b.lives[id]), func(l *life) bool { return l.noText })
	if i := slices.IndexFunc(lives, func(l *life) bool { return l.by == s.By }); i >= 0 {
		lives = lives[i : i+1]
	} else if len(lives) > 0 && lives[0].by == Text {
		lives = lives[:1]
	}
	var list []Deadline
	for _, l := range lives {
		start, err := moment.Parse(s.Value, l.zone)
		if err != nil {
			continue
		}
		q := b.Question
		q.Suppose = &Supposition{Agreement: id, Start: start}
		with := b.bench(q) // what supersedes the agreement is all that bears on it
		with.live(id, nil)
		for _, supposed := range with.lives[id] {
			if supposed.by == l.by {
				list = append(list, supposed.days(Deadline{Agreement: id, Start: s.By, Claimed: true, Stated: s.Value, Entries: s.Entries})...)
			}
		}
	}
	return list
}

// days lists the days of a life, by time.
func (l *life) days(row Deadline) []Deadline {
	row.Reading, row.Zone = l.by, l.zone.Name()
	var list []Deadline
	add := func(what, clause, party string, c moment.Counting, at bounds, ends bool) {
		d := row
		d.What, d.Clause, d.Party, d.Counting, d.at = what, clause, party, c, at
		d.When, d.Passed = span(at), at.reachedAt(l.b.Question.At)
		if ends && at.possible != moment.Future {
			d.LastDay = l.lastDay(at)
		}
		list = append(list, d)
	}
	if s := l.terms.Start; s != nil {
		add(DayStart, s.Label, "", "", l.start, false)
	}
	for _, p := range l.terms.Phases {
		x := l.phaseOf(p.Label)
		add(DayPhase, p.Label, "", "", x.from, false)
		add(DayPhaseEnd, p.Label, "", "", x.until, true)
	}
	for _, o := range l.owings() {
		if due := l.deadline(o.due, o.binding.Counting); due.known {
			add(DayDue, o.label, o.party, "", due.bounds, true)
		} else if due.open {
			add(DayDue, o.label, o.party, "", never, true)
		}
	}
	l.noticeDays(add)
	for _, e := range l.ends {
		c := e.counting
		if len(l.ends) == 1 {
			c = ""
		}
		add(DayEnd, l.terms.Length.Label, "", c, e.at, true)
	}
	slices.SortStableFunc(list, func(x, y Deadline) int {
		switch {
		case x.at.possible != y.at.possible && x.at.possible < y.at.possible, x.at.possible == y.at.possible && x.at.certain < y.at.certain:
			return -1
		case x.at != y.at:
			return 1
		}
		return strings.Compare(dayOrder(x), dayOrder(y))
	})
	return list
}

// dayOrder orders the days of one moment.
func dayOrder(d Deadline) string {
	order := []string{DayStart, DayPhaseEnd, DayPhase, DayDue, DayLastNotice, DayNotice, DayEnd}
	if d.at == never { // no moment yet: of a phase its beginning comes first
		order[1], order[2] = DayPhase, DayPhaseEnd
	}
	return string(rune('a'+slices.Index(order, d.What))) + d.Clause + "\x00" + d.Party
}

// noticeDays lists the last moments for a notice against renewal, and when the
// notices of powers that were used run out.
func (l *life) noticeDays(add func(what, clause, party string, c moment.Counting, at bounds, ends bool)) {
	if d := l.terms.Length; d != nil && d.Extension != nil && !d.Extension.Tacit.IsZero() && !d.Extension.Notice.IsZero() {
		for _, e := range l.ends {
			if e.at.possible == moment.Future {
				continue
			}
			x := bounds{l.back(e.at.possible, d.Extension.Notice), e.at.certain}
			if x.certain != moment.Future {
				x.certain = l.back(e.at.certain, d.Extension.Notice)
			}
			c := e.counting
			if len(l.ends) == 1 {
				c = ""
			}
			add(DayLastNotice, d.Label, "", c, x, true)
		}
	}
	for _, p := range l.terms.Powers {
		if p.Notice.IsZero() {
			continue
		}
		for _, a := range l.b.acts(l.id, record.ActDenounced, record.ActSuspended, record.ActResumed, record.ActNotified, record.ActDeclared) {
			if slices.Contains(p.Holder, a.Party) && exercises(p, &a) {
				add(DayNotice, p.Label, a.Party, "", l.afterNotice(p, a), true)
			}
		}
	}
}
