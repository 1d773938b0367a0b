package web

import (
	"html/template"
	"net/http"
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// frontPage answers whether there is a ceasefire.
type frontPage struct {
	base
	Answer     []string
	Chart      chart
	KeyDates   []keyDate
	Agreements []agreementCard
	Recent     []itemRow
	Planned    []itemRow
	Contacts   []contactRow
	Promises   []promiseRow
	Incidents  []incidentRow
	Earlier    int // incidents of the term that the table leaves out
	Tallies    []itemRow
	Claims     []itemRow
	Withheld   []itemRow
}

// keyDate is a day on which some reading's state changed.
type keyDate struct {
	Day  string
	URL  template.URL
	What string
	Now  bool
}

// agreementCard is one agreement with its readings side by side.
type agreementCard struct {
	ID, Title string
	URL       template.URL
	Called    []statedRow
	Depends   bool
	Readings  []readingCard
	Positions []positionRow
	Others    []string // what roles others have
}

// readingCard is an agreement under one reading.
type readingCard struct {
	By            string
	Text          bool // the words themselves
	State         string
	StateCode     string
	Possible      []string
	Sentences     []string
	Preconditions []preconditionRow
	Ends          []endRow
	Reasons       []reasonRow
}

type preconditionRow struct {
	Name, State, Code, Why string
	Entries                []entryRef
}

type endRow struct{ Counting, LastDay string }

type statedRow struct {
	What, Value, By string
	Entries         []entryRef
}

type positionRow struct {
	Party, Position, Code, Strength string
	Possible                        []string
	Conditions                      []conditionRow
	Entries                         []entryRef
}

type conditionRow struct{ Text, Lang, State string }

type reasonRow struct {
	Sentence, Outcome, Code string
	Settle                  []string
	Entries                 []entryRef
	Where                   string // file:line of the clause
}

// entryRef links to an entry.
type entryRef struct {
	Ref string
	URL template.URL
}

// itemRow is an entry as lists show it.
type itemRow struct {
	entryRef
	Kind, When, Who, Summary, Lang string
	Unattributed, Planned          bool
}

type contactRow struct {
	entryRef
	When, Sentence string
	Gaps           []string
	Also           []entryRef
}

type promiseRow struct {
	Sentence string
	Entries  []entryRef
	Kept     []entryRef
}

// incidentRow is one report with its three axes, which are never merged.
type incidentRow struct {
	itemRow
	Occurrence  string
	Attribution string
	Claims      []string
	Rulings     []rulingCell
}

type rulingCell struct {
	Agreement string
	Overall   string
	Code      string
	Readings  []readingCell
}

type readingCell struct{ By, Classification string }

// maxIncidents bounds the table of the front page.
const maxIncidents = 12

func (s *site) front(_ *http.Request, b base) (string, any, error) {
	status := b.bench.Status()
	p := &frontPage{base: b, Answer: s.speaker.Answer(b.Lang, status)}
	p.Title = b.T("front.title")
	p.Chart = s.chart(b)
	p.KeyDates = s.keyDates(b)
	for _, a := range status.Agreements {
		p.Agreements = append(p.Agreements, s.agreementCard(b, a))
	}
	s.fillItems(p)
	s.fillContacts(p)
	s.fillIncidents(p)
	return "front", p, nil
}

func (s *site) agreementCard(b base, a judge.AgreementStatus) agreementCard {
	card := agreementCard{ID: a.ID, Title: s.speaker.Agreement(b.Lang, a.ID), URL: b.Link("/agreements/" + a.ID), Depends: a.DependsOnReading}
	for _, st := range a.Called {
		card.Called = append(card.Called, statedRow{Value: b.T("document." + st.Value), By: s.party(b.Lang, st.By), Entries: b.refs(st.Entries)})
	}
	for _, r := range s.sortReadings(b.Lang, a.Readings) {
		card.Readings = append(card.Readings, s.readingCard(b, a, r))
	}
	for _, code := range s.speaker.SortParties(b.Lang, keys(a.Readings[0].Positions)) {
		card.Positions = append(card.Positions, s.positionRow(b, code, a.Readings[0].Positions[code]))
	}
	for _, code := range s.speaker.SortParties(b.Lang, keys(a.Roles)) {
		if role := a.Roles[code]; role != agreement.RoleParty {
			card.Others = append(card.Others, b.T("front.role", "party", code, "role", s.speaker.Role(b.Lang, string(role))))
		}
	}
	return card
}

// sortReadings puts the text first, then the readings by short name of the holder.
func (s *site) sortReadings(lang string, list []judge.ReadingStatus) []judge.ReadingStatus {
	byHolder := map[string]judge.ReadingStatus{}
	var out []judge.ReadingStatus
	var codes []string
	for _, r := range list {
		if r.By == judge.Text {
			out = append(out, r)
			continue
		}
		byHolder[r.By] = r
		codes = append(codes, r.By)
	}
	for _, code := range s.speaker.SortParties(lang, codes) {
		out = append(out, byHolder[code])
	}
	return out
}

func (s *site) readingCard(b base, a judge.AgreementStatus, r judge.ReadingStatus) readingCard {
	card := readingCard{By: s.reader(b, r.By), Text: r.By == judge.Text, State: s.speaker.State(b.Lang, string(r.State)), StateCode: string(r.State)}
	for _, p := range r.Possible {
		card.Possible = append(card.Possible, s.speaker.State(b.Lang, string(p)))
	}
	card.Sentences = s.speaker.Reading(b.Lang, a, r)
	for _, p := range r.Preconditions {
		card.Preconditions = append(card.Preconditions, preconditionRow{
			Name: s.speaker.Precondition(b.Lang, p.ID), State: s.speaker.ConditionState(b.Lang, p.State), Code: p.State,
			Why: s.speaker.Step(b.Lang, p.Reason), Entries: b.refs(p.Entries),
		})
	}
	for _, e := range r.Ends {
		card.Ends = append(card.Ends, endRow{Counting: b.T("counting." + countingCode(e.Counting)), LastDay: s.speaker.Time(b.Lang, e.LastDay)})
	}
	card.Reasons = s.reasons(b, r.Reasons)
	return card
}

// countingCode names a rule of counting for a message.
func countingCode(c moment.Counting) string {
	switch c {
	case moment.CountDayOne:
		return "day-one"
	case moment.CountDayZero:
		return "day-zero"
	case moment.CountMonth:
		return "month"
	}
	return "hours"
}

// reader names who reads the agreement so.
func (s *site) reader(b base, by string) string {
	if by == judge.Text {
		return b.T("front.by-text")
	}
	return b.T("front.by", "party", by)
}

func (s *site) party(lang, code string) string {
	if code == "" {
		return ""
	}
	return s.speaker.Party(lang, code)
}

func (s *site) positionRow(b base, party string, p judge.PositionStatus) positionRow {
	row := positionRow{Party: s.speaker.Party(b.Lang, party), Position: s.speaker.Position(b.Lang, string(p.Position)), Code: string(p.Position), Entries: b.refs(p.Entries)}
	if p.Strength != "" {
		row.Strength = s.speaker.Strength(b.Lang, string(p.Strength))
	}
	for _, x := range p.Possible {
		row.Possible = append(row.Possible, s.speaker.Position(b.Lang, string(x)))
	}
	for _, c := range p.Conditions {
		text, lang := s.speaker.Text(b.Lang, c.Text)
		row.Conditions = append(row.Conditions, conditionRow{Text: text, Lang: lang, State: s.speaker.ConditionState(b.Lang, c.State)})
	}
	return row
}

func (s *site) reasons(b base, steps []judge.Step) []reasonRow {
	rows := make([]reasonRow, 0, len(steps))
	for _, st := range steps {
		row := reasonRow{Sentence: s.speaker.Step(b.Lang, st), Outcome: b.T("outcome." + st.Outcome.String()), Code: st.Outcome.String(), Entries: b.refs(st.Entries)}
		for _, g := range st.Settle {
			row.Settle = append(row.Settle, s.speaker.Gap(b.Lang, g))
		}
		row.Where = where(st.Position)
		rows = append(rows, row)
	}
	return rows
}

// refs makes links of references.
func (b base) refs(list []record.Ref) []entryRef {
	out := make([]entryRef, 0, len(list))
	for _, r := range list {
		out = append(out, entryRef{Ref: string(r), URL: b.Entry(r)})
	}
	return out
}

// keyDates lists the days up to the case's end on which some reading's state
// changes, as far as the whole record tells, and the founding days at that.
func (s *site) keyDates(b base) []keyDate {
	q := b.bench.Question
	q.At = s.c.World.Until - 1
	whole := s.benches.get(q)
	seen := map[string]bool{}
	var days []moment.Instant
	for _, id := range whole.Agreements() {
		for _, course := range whole.Courses(id) {
			for _, st := range course.Stretches {
				if d := s.day(st.From); !seen[d] {
					seen[d] = true
					days = append(days, st.From)
				}
			}
		}
	}
	slices.Sort(days)
	list := make([]keyDate, 0, len(days))
	for _, at := range days {
		d := s.day(at)
		list = append(list, keyDate{
			Day: s.speaker.Time(b.Lang, d), Now: d == b.Ask.Day,
			URL: template.URL("/" + b.Lang + "/?at=" + d), //nolint:gosec // a date made here
		})
	}
	return list
}

func keys[K ~string, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
