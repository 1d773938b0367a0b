package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// verbs are the questions a scenario can ask. Each is followed by its arguments,
// then optionally by "at TIME", "known-by TIME", "as-of POSITION" and, where
// readings are answered, "reading NAME".
//
//	state AGREEMENT           one line a reading: state, and from and until once it began
//	preconditions AGREEMENT   one line a reading and condition: open, met, waived or undetermined
//	positions AGREEMENT       one line a party: position, strength, conditions, entries
//	ends AGREEMENT            one line a reading and rule of counting, then the ends and starts that are stated
//	judge REPORT              one line an agreement, clause and reading, then what it comes to
//	reasons REPORT AGREEMENT  every step under every clause and reading
//	ruled REPORT AGREEMENT    what a body ruled beside what is computed, and what is established
//	attribution REPORT        who is said to have done it, by whom
//	gaps SERIES               the gaps between contacts, a range a source
//	planned                   contacts that are to come
//	promises                  standing promises
//	control                   who is said to hold what
//	unattributed              claims that documents make without a source
//	stances                   the entries that give a party's position
//	timeline                  the entries drawn
//	known REF                 whether an entry is known, and whether only its day is
//	person SPELLING           the person that a spelling leads to
//	duties AGREEMENT CLAUSE   one line a reading, clause and party, then figures and occasions
//	why AGREEMENT CLAUSE PARTY  every step by which a duty stands as it does
//	requests                  one line a request or message with a time for its answer
//	powers AGREEMENT          one line a reading, clause and holder, then the acts that use it
//	calendar AGREEMENT        the days that follow, under each start and reading
var verbs = map[string]func(*request) []string{
	"state": (*request).state, "preconditions": (*request).preconditions, "positions": (*request).positions, "ends": (*request).ends,
	"judge": (*request).judge, "reasons": (*request).reasons, "attribution": (*request).attribution, "gaps": (*request).gaps,
	"planned": (*request).planned, "promises": (*request).promises, "control": (*request).control, "unattributed": (*request).unattributed,
	"duties": (*request).duties, "why": (*request).dutyReasons, "requests": (*request).requests, "powers": (*request).powers, "calendar": (*request).calendar,
	"stances": (*request).stances, "timeline": (*request).timeline, "person": (*request).person, "known": (*request).known,
	"ruled": (*request).ruled,
}

// request is one question with its options read.
type request struct {
	c       *casefile.Case
	b       *judge.Bench
	args    []string
	reading string
}

// answer gives the answer of a question as lines; a question that cannot be
// understood is answered by an error line, so that the scenario fails and says why.
func answer(c *casefile.Case, ask string) string {
	words := strings.Fields(ask)
	if len(words) == 0 {
		return "error: an empty question"
	}
	verb, ok := verbs[words[0]]
	if !ok {
		return fmt.Sprintf("error: no verb %q; the verbs are %s", words[0], strings.Join(slices.Sorted(maps.Keys(verbs)), ", "))
	}
	r := &request{c: c}
	options := map[string]string{}
	for i := 1; i < len(words); i++ {
		switch words[i] {
		case "at", "known-by", "as-of", "reading":
			if i+1 == len(words) {
				return fmt.Sprintf("error: %s without a value", words[i])
			}
			options[words[i]] = words[i+1]
			i++
		default:
			r.args = append(r.args, words[i])
		}
	}
	r.reading = options["reading"]
	q, err := judge.Ask(c, c.World.Until-1, options["at"], options["known-by"], options["as-of"])
	if err != nil {
		return "error: " + err.Error()
	}
	r.b = judge.New(c, q)
	return strings.Join(verb(r), "\n")
}

func (r *request) arg(i int) string {
	if i < len(r.args) {
		return r.args[i]
	}
	return ""
}

// agreements gives the status of the agreement asked for, or of all.
func (r *request) statuses() []judge.AgreementStatus {
	var list []judge.AgreementStatus
	for _, a := range r.b.Status().Agreements {
		if r.arg(0) == "" || a.ID == r.arg(0) {
			list = append(list, a)
		}
	}
	return list
}

func (r *request) readings() []judge.ReadingStatus {
	var list []judge.ReadingStatus
	for _, a := range r.statuses() {
		for _, s := range a.Readings {
			if r.reading == "" || s.By == r.reading {
				list = append(list, s)
			}
		}
	}
	return list
}

func (r *request) state() []string {
	var lines []string
	for _, a := range r.statuses() {
		for _, s := range a.Readings {
			if r.reading != "" && s.By != r.reading {
				continue
			}
			line := s.By + ": " + string(s.State)
			if len(s.Possible) > 0 {
				line += " (" + join(s.Possible, ", ") + ")"
			}
			if s.InForceFrom != "" {
				line += " from " + s.InForceFrom
			}
			if s.InForceUntil != "" {
				line += " until " + s.InForceUntil
			}
			lines = append(lines, line)
		}
		if a.DependsOnReading && r.reading == "" {
			lines = append(lines, "depends on the reading")
		}
	}
	return orNone(lines)
}

func (r *request) preconditions() []string {
	var lines []string
	for _, s := range r.readings() {
		for _, p := range s.Preconditions {
			lines = append(lines, fmt.Sprintf("%s: %s %s%s", s.By, p.ID, p.State, refs(p.Entries)))
		}
	}
	return orNone(lines)
}

func (r *request) positions() []string {
	var lines []string
	for _, a := range r.statuses() {
		for _, party := range slices.Sorted(maps.Keys(a.Readings[0].Positions)) {
			p := a.Readings[0].Positions[party]
			line := party + ": " + string(p.Position)
			if len(p.Possible) > 0 {
				line += " (" + join(p.Possible, ", ") + ")"
			}
			if p.Strength != "" {
				line += ", " + string(p.Strength)
			}
			line += refs(p.Entries)
			for _, c := range p.Conditions {
				line += "; " + c.ID + " " + c.State
			}
			lines = append(lines, line)
		}
	}
	return orNone(lines)
}

func (r *request) ends() []string {
	var lines []string
	for _, s := range r.readings() {
		for _, e := range s.Ends {
			lines = append(lines, fmt.Sprintf("%s: ends with %s, %s", s.By, e.LastDay, e.Counting))
		}
	}
	for i, s := range r.readings() {
		if i > 0 {
			break // what is stated is the same under every reading
		}
		for _, st := range s.Stated {
			lines = append(lines, fmt.Sprintf("stated by %s: %s %s%s", or(st.By, "no party"), st.What, st.Value, refs(st.Entries)))
		}
	}
	return orNone(lines)
}

func (r *request) incident() (judge.Incident, bool) {
	for _, in := range r.b.Incidents() {
		if string(in.Ref) == r.arg(0) {
			return in, true
		}
	}
	return judge.Incident{}, false
}

func (r *request) judge() []string {
	in, ok := r.incident()
	if !ok {
		return []string{"no such report"}
	}
	var lines []string
	rulings := r.b.Judge(in, r.arg(1))
	for _, x := range rulings {
		if r.reading == "" || x.Reading == r.reading {
			lines = append(lines, fmt.Sprintf("%s %s by %s: %s", x.Agreement, x.Clause, x.Reading, x.Classification))
		}
	}
	for _, s := range r.b.Summarise(rulings) {
		if r.reading == "" {
			lines = append(lines, s.Agreement+": "+string(s.Overall))
		}
	}
	return orNone(lines)
}

func (r *request) reasons() []string {
	in, ok := r.incident()
	if !ok {
		return []string{"no such report"}
	}
	var lines []string
	for _, x := range r.b.Judge(in, r.arg(1)) {
		if r.reading != "" && x.Reading != r.reading || r.arg(2) != "" && x.Clause != r.arg(2) {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s by %s: %s", x.Clause, x.Reading, x.Classification))
		for _, s := range x.Reasons {
			lines = append(lines, fmt.Sprintf("  %s %s %s", s.Test, s.Outcome, s.Detail))
			for _, g := range s.Settle {
				lines = append(lines, "    to settle: "+g.String())
			}
		}
	}
	return orNone(lines)
}

func (r *request) attribution() []string {
	in, ok := r.incident()
	if !ok {
		return []string{"no such report"}
	}
	rulings := r.b.Judge(in, "")
	if len(rulings) == 0 {
		return []string{"no agreement"}
	}
	x := rulings[0] // occurrence and attribution are the report's, whatever the clause
	lines := []string{string(x.Occurrence), x.Attribution.Value}
	for _, c := range x.Attribution.Claims {
		line := "by " + or(c.By, "no party") + ":"
		if c.Denies != "" {
			line += " denied for " + c.Denies
		}
		if c.Party != "" {
			line += " to " + c.Party
		}
		lines = append(lines, line+refs(c.Entries))
	}
	return lines
}

func (r *request) gaps() []string {
	var lines []string
	for _, c := range r.b.Contacts() {
		if r.arg(0) != "" && c.Series != r.arg(0) || c.State != record.ContactHeld {
			continue
		}
		line := string(c.Entry) + " " + c.When
		if len(c.Also) > 0 {
			line += ", also told by" + refs(c.Also)
		}
		lines = append(lines, line)
		for _, g := range c.Gaps {
			months := fmt.Sprintf("%d to %d months", g.MonthsLeast, g.MonthsMost)
			if g.MonthsLeast == g.MonthsMost {
				months = fmt.Sprintf("%d months", g.MonthsLeast)
			}
			if g.Least == g.Most {
				months = fmt.Sprintf("%d months %d days", g.Least.Months, g.Least.Days)
			}
			lines = append(lines, fmt.Sprintf("  %s since %s, %s", months, g.Since, g.When))
		}
		if len(c.NoneBetween) > 0 {
			lines = append(lines, "  none in between, says"+refs(c.NoneBetween))
		}
	}
	return orNone(lines)
}

func (r *request) planned() []string {
	var lines []string
	for _, it := range r.b.Planned() {
		line := string(it.Ref)
		if it.Unattributed {
			line += " unattributed"
		}
		lines = append(lines, line)
	}
	return orNone(lines)
}

func (r *request) promises() []string {
	var lines []string
	for _, p := range r.b.Promises() {
		line := fmt.Sprintf("%s: %s %s since %s%s", p.ID, strings.Join(p.Parties, ","), p.Does, p.Since, refs(p.Entries))
		if len(p.Kept) > 0 {
			line += " then" + refs(p.Kept)
		}
		lines = append(lines, line)
	}
	return orNone(lines)
}

func (r *request) control() []string {
	var lines []string
	for _, it := range r.b.Timeline() {
		body, ok := it.Body.(*record.Control)
		if !ok {
			continue
		}
		line := fmt.Sprintf("%s: %s holds in %s, %s", it.Ref, body.Holder, strings.Join(body.Areas, ","), body.Measure)
		for _, s := range []string{string(body.Hedge), body.Share, body.Together, body.Trend} {
			if s != "" {
				line += " " + s
			}
		}
		if body.Km2 > 0 {
			line += fmt.Sprintf(" %d km2", body.Km2)
		}
		lines = append(lines, line)
	}
	return orNone(lines)
}

func (r *request) unattributed() []string {
	var lines []string
	for _, it := range r.b.Timeline() {
		if !it.Unattributed {
			continue
		}
		line := fmt.Sprintf("%s claimed by %s", it.Ref, it.SaidBy.Document)
		if it.Withheld {
			line += ", not quoted in lists"
		}
		lines = append(lines, line)
	}
	slices.SortFunc(lines, naturally)
	return orNone(lines)
}

func (r *request) stances() []string {
	var lines []string
	for _, s := range r.b.Positions("") {
		lines = append(lines, fmt.Sprintf("%s %s: %s [%s]", s.Agreement, s.Party, s.Position, s.Entry))
	}
	return orNone(lines)
}

func (r *request) timeline() []string {
	var lines []string
	for _, it := range r.b.Timeline() {
		if r.arg(0) == "" || string(it.Kind) == r.arg(0) {
			lines = append(lines, string(it.Ref))
		}
	}
	return orNone(lines)
}

func (r *request) known() []string {
	switch _, ok := r.b.Item(record.Ref(r.arg(0))); {
	case !ok:
		return []string{"no"}
	case slices.Contains(r.b.HourUnknown, record.Ref(r.arg(0))):
		return []string{"yes, of that day, hour not known"}
	}
	return []string{"yes"}
}

func (r *request) person() []string {
	p, ok := r.c.PersonBySpelling(strings.Join(r.args, " "))
	if !ok {
		return []string{"nobody"}
	}
	return []string{p.ID}
}

func orNone(lines []string) []string {
	if len(lines) == 0 {
		return []string{"none"}
	}
	return lines
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func join[S ~string](list []S, sep string) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = string(s)
	}
	return strings.Join(parts, sep)
}

// naturally orders "A3" before "A16".
func naturally(a, b string) int {
	na, nb := number(a), number(b)
	if na != nb {
		return na - nb
	}
	return strings.Compare(a, b)
}

func number(s string) int {
	n, seen := 0, false
	for _, r := range s {
		if r < '0' || r > '9' {
			if seen {
				break
			}
			continue
		}
		n, seen = n*10+int(r-'0'), true
	}
	return n
}
