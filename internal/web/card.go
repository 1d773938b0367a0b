package web

import (
	"fmt"
	"html/template"
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// agreementCard is one agreement with its readings side by side.
type agreementCard struct {
	ID, Title string
	URL       template.URL
	Called    []statedRow
	Stated    []statedRow // which starts and last days are stated, by whomever
	Depends   bool
	Readings  []readingCard
	Starts    []startGroup
	Ends      endTable
	Positions []positionRow
	Others    []string // what roles others have
}

// startGroup is the conditions for the start that some readings share.
type startGroup struct {
	By            []string
	Preconditions []preconditionRow
}

// endTable is the last day by rule of counting, a column a reading.
type endTable struct {
	By   []string
	Rows []endRow
}

// readingCard is an agreement under one reading.
type readingCard struct {
	By        string
	Text      bool // the words themselves
	State     string
	StateCode string
	Possible  []string
	Sentences []string
	Reasons   []reasonRow
}

type preconditionRow struct {
	Name, State, Code, Why string
	Entries                []entryRef
}

type endRow struct {
	Counting string
	LastDays []string // in the order of the table's readings; empty where one has no such end
}

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

func (s *site) agreementCard(b base, a judge.AgreementStatus) agreementCard {
	card := agreementCard{ID: a.ID, Title: s.speaker.Agreement(b.Lang, a.ID), URL: b.Link("/agreements/" + a.ID), Depends: a.DependsOnReading}
	for _, st := range a.Called {
		card.Called = append(card.Called, statedRow{Value: b.T("document." + st.Value), By: s.party(b.Lang, st.By), Entries: b.refs(st.Entries)})
	}
	sorted := s.sortReadings(b.Lang, a.Readings)
	for _, r := range sorted {
		card.Readings = append(card.Readings, s.readingCard(b, a, r))
		for _, x := range r.Stated {
			row := statedRow{Value: s.speaker.Stated(b.Lang, x), Entries: b.refs(x.Entries)}
			if row.Value != "" && !slices.ContainsFunc(card.Stated, func(o statedRow) bool { return o.Value == row.Value }) {
				card.Stated = append(card.Stated, row)
			}
		}
	}
	card.Starts, card.Ends = s.starts(b, sorted), s.ends(b, sorted)
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
	r.Stated = nil // told once for all readings
	card.Sentences = s.speaker.Reading(b.Lang, a, r)
	card.Reasons = s.reasons(b, r.Reasons)
	return card
}

// starts groups readings whose conditions for the start stand alike, so that what
// agrees is set once.
func (s *site) starts(b base, list []judge.ReadingStatus) []startGroup {
	var groups []startGroup
	at := map[string]int{}
	for _, r := range list {
		if len(r.Preconditions) == 0 {
			continue
		}
		var rows []preconditionRow
		for _, p := range r.Preconditions {
			rows = append(rows, preconditionRow{
				Name: s.speaker.Precondition(b.Lang, p.ID), State: s.speaker.ConditionState(b.Lang, p.State), Code: p.State,
				Why: s.speaker.Step(b.Lang, p.Reason), Entries: b.refs(p.Entries),
			})
		}
		key := fmt.Sprint(rows)
		i, known := at[key]
		if !known {
			i = len(groups)
			at[key] = i
			groups = append(groups, startGroup{Preconditions: rows})
		}
		groups[i].By = append(groups[i].By, s.reader(b, r.By))
	}
	return groups
}

// ends sets the last days of all readings side by side.
func (s *site) ends(b base, list []judge.ReadingStatus) endTable {
	var t endTable
	row := map[moment.Counting]int{}
	for _, r := range list {
		if len(r.Ends) == 0 {
			continue
		}
		t.By = append(t.By, s.reader(b, r.By))
		for _, e := range r.Ends {
			i, known := row[e.Counting]
			if !known {
				i = len(t.Rows)
				row[e.Counting] = i
				t.Rows = append(t.Rows, endRow{Counting: b.T("counting." + countingCode(e.Counting))})
			}
			for len(t.Rows[i].LastDays) < len(t.By)-1 {
				t.Rows[i].LastDays = append(t.Rows[i].LastDays, "")
			}
			t.Rows[i].LastDays = append(t.Rows[i].LastDays, s.speaker.Time(b.Lang, e.LastDay))
		}
	}
	for i := range t.Rows {
		for len(t.Rows[i].LastDays) < len(t.By) {
			t.Rows[i].LastDays = append(t.Rows[i].LastDays, "")
		}
	}
	return t
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
		row := reasonRow{Sentence: s.speaker.Step(b.Lang, st), Outcome: s.speaker.Outcome(b.Lang, st.Outcome), Code: st.Outcome.String(), Entries: b.refs(st.Entries)}
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
