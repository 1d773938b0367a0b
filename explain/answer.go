package explain

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Answer answers "Is there a ceasefire?": yes, in part, no, that it depends on the
// reading, or that it cannot be determined; then where each agreement stands that
// is not over. An agreement that became known later is left out. Each agreement is answered by its own readings, which are never
// averaged: that one text binds and another does not is no dependence on a
// reading. "In part" means that what is in force protects certain objects, or binds some of the parties only.
func (s *Speaker) Answer(lang string, st judge.Status) []string {
	whole, part, depends, maybe := false, false, false, false
	known := slices.DeleteFunc(slices.Clone(st.Agreements), func(a judge.AgreementStatus) bool { return a.Upcoming })
	for _, a := range known {
		if !s.bans[a.ID] {
			continue // it forbids nothing: an exchange is no ceasefire
		}
		switch v := binding(a); {
		case v == readingsDiffer:
			depends = true
		case v == cannotTell:
			maybe = true
		case v == inForce && s.narrowUnderAll(a):
			part = true
		case v == inForce:
			whole = true
		}
	}
	code := "answer.no"
	switch {
	case len(known) == 0:
		code = "answer.none-known"
	case whole:
		code = "answer.yes"
	case depends:
		code = "answer.depends"
	case maybe:
		code = "answer.maybe"
	case part:
		code = "answer.partly"
	}
	lines := []string{s.tell(lang, code, "at", st.At)}
	for _, a := range known {
		if text := s.standing(lang, a); text != "" {
			lines = append(lines, text)
		}
	}
	return lines
}

// bound is whether an agreement is in force, over the readings that answer.
type bound int8

const (
	notInForce bound = iota
	inForce
	readingsDiffer
	cannotTell
)

func binding(a judge.AgreementStatus) bound {
	yes, no, maybe := 0, 0, 0
	for _, r := range answering(a) {
		switch boundUnder(r) {
		case truth.Yes:
			yes++
		case truth.No:
			no++
		default:
			maybe++
		}
	}
	switch {
	case yes+maybe == 0:
		return notInForce
	case no+maybe == 0:
		return inForce
	case yes+no == 0:
		return cannotTell
	}
	return readingsDiffer
}

func boundUnder(r judge.ReadingStatus) truth.Value {
	switch {
	case r.State == judge.InForce:
		return truth.Yes
	case r.State == judge.Undetermined && (len(r.Possible) == 0 || slices.Contains(r.Possible, judge.InForce)):
		return truth.Maybe
	}
	return truth.No
}

// answering lists the readings that answer: not the text where the sides have no
// common one and somebody holds a reading.
func answering(a judge.AgreementStatus) []judge.ReadingStatus {
	if len(a.Readings) > 1 && noCommonText(a.Readings[0]) {
		return a.Readings[1:]
	}
	return a.Readings
}

func noCommonText(r judge.ReadingStatus) bool {
	return r.By == judge.Text && len(r.Reasons) == 1 && r.Reasons[0].Detail == "text.no-common-text"
}

// narrowUnderAll tells that an agreement protects certain objects only, by every
// reading that answers.
func (s *Speaker) narrowUnderAll(a judge.AgreementStatus) bool {
	return !slices.ContainsFunc(answering(a), func(r judge.ReadingStatus) bool { return !s.narrow[[2]string{a.ID, r.By}] })
}

// standing tells in one sentence where an agreement stands; "" for one that is
// over by every reading. While it waits, it tells where each side stands and how
// many conditions for the start are open.
func (s *Speaker) standing(lang string, a judge.AgreementStatus) string {
	readings := answering(a)
	if !slices.ContainsFunc(readings, func(r judge.ReadingStatus) bool { return !over(r.State) }) {
		return ""
	}
	if !a.DependsOnReading {
		r := readings[0]
		args := []string{"agreement", a.ID, "state", s.stateWords(lang, r)}
		if waits(r.State) {
			args = append(args, "positions", s.stands(lang, r))
			if n := openConditions(r); n > 0 {
				args = append(args, "open", strconv.Itoa(n), "all", strconv.Itoa(len(r.Preconditions)))
			}
		}
		return s.tell(lang, "answer.agreement", args...)
	}
	by := map[string]judge.ReadingStatus{}
	for _, r := range readings {
		by[r.By] = r
	}
	var parts []string
	for _, holder := range s.readers(lang, slices.Collect(maps.Keys(by))) {
		parts = append(parts, s.tell(lang, "summary.part", "reading", holder, "what", s.stateWords(lang, by[holder])))
	}
	return s.tell(lang, "answer.agreement-depends", "agreement", a.ID, "parts", strings.Join(parts, s.tell(lang, "list.semicolon")))
}

// over tells that a state is the last one of a life.
func over(state judge.State) bool {
	switch state {
	case judge.Expired, judge.Terminated, judge.Superseded, judge.Lapsed:
		return true
	default:
		return false
	}
}

// waits tells that a state comes before entry into force.
func waits(state judge.State) bool {
	switch state {
	case judge.Draft, judge.Tabled, judge.Pending, judge.Rejected:
		return true
	default:
		return false
	}
}

// stands tells where each party stands, in the order of the language.
func (s *Speaker) stands(lang string, r judge.ReadingStatus) string {
	var parts []string
	for _, party := range s.SortParties(lang, slices.Sorted(maps.Keys(r.Positions))) {
		p := r.Positions[party]
		if p.Strength == "" {
			parts = append(parts, s.tell(lang, "stand", "party", party, "position", string(p.Position)))
		} else {
			parts = append(parts, s.tell(lang, "stand.strength", "party", party, "position", string(p.Position), "strength", string(p.Strength)))
		}
	}
	return strings.Join(parts, s.tell(lang, "list.semicolon"))
}

// stateWords names a state, the possible ones where it cannot be determined.
func (s *Speaker) stateWords(lang string, r judge.ReadingStatus) string {
	if len(r.Possible) == 0 {
		return s.State(lang, string(r.State))
	}
	names := make([]string, len(r.Possible))
	for i, p := range r.Possible {
		names[i] = string(p)
	}
	return s.tell(lang, "state.possible", "state", string(r.State), "possible", strings.Join(names, ","))
}

// Reading tells where an agreement stands under one reading: since and until when,
// how many conditions are open, the end by each rule of counting, and beside it
// the starts and ends that sides state, each with who does.
func (s *Speaker) Reading(lang string, _ judge.AgreementStatus, r judge.ReadingStatus) []string {
	if noCommonText(r) {
		return []string{s.Step(lang, r.Reasons[0])}
	}
	var lines []string
	add := func(code string, pairs ...string) { lines = append(lines, s.tell(lang, code, pairs...)) }
	if r.InForceFrom == "" {
		add("reading.no-clock")
	} else {
		add("reading.from", "from", local(r.InForceFrom, r.Zone))
	}
	if n := openConditions(r); n > 0 {
		add("reading.open", "n", strconv.Itoa(n), "all", strconv.Itoa(len(r.Preconditions)))
	}
	if r.InForceFrom != "" && len(r.Ends) == 0 {
		add("reading.no-end")
	}
	switch last := s.lastDays(lang, r.Ends); len(last) {
	case 0:
	case 1:
		add("reading.ends", "last", last[0])
	default:
		add("reading.ends-by-counting", "last", strings.Join(last, s.tell(lang, "list.comma")))
	}
	for _, x := range r.Stated {
		if line := s.Stated(lang, x); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// Stated tells which start or last day somebody states. What a document is and what it
// covers is told elsewhere: of them it says nothing.
func (s *Speaker) Stated(lang string, x judge.Stated) string {
	switch x.What {
	case record.ClaimStart, record.ClaimEnd:
		return s.tell(lang, "stated."+string(x.What), "by", x.By, "value", x.Value)
	default:
		return ""
	}
}

// lastDays lists the days with which a term may end, each once, in their order.
func (s *Speaker) lastDays(lang string, ends []judge.End) []string {
	var days []string
	for _, e := range ends {
		for day := range strings.SplitSeq(e.LastDay, "/") {
			if day != ".." && !slices.Contains(days, day) {
				days = append(days, day)
			}
		}
	}
	slices.Sort(days)
	for i, day := range days {
		days[i] = s.Time(lang, day)
	}
	return days
}

func openConditions(r judge.ReadingStatus) int {
	n := 0
	for _, p := range r.Preconditions {
		if p.State == judge.ConditionOpen || p.State == judge.ConditionUndetermined {
			n++
		}
	}
	return n
}
