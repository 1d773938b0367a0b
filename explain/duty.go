package explain

import (
	"strings"

	"github.com/truceline/truceline/judge"
)

// DutyState names how something owed stands.
func (s *Speaker) DutyState(lang, value string) string { return s.label(lang, "duty-state", value) }

// RequestState names how a request stands.
func (s *Speaker) RequestState(lang, value string) string {
	return s.label(lang, "request-state", value)
}

// PowerState names how a power stands.
func (s *Speaker) PowerState(lang, value string) string { return s.label(lang, "power-state", value) }

// Effect names what a power may do.
func (s *Speaker) Effect(lang, value string) string { return s.label(lang, "effect", value) }

// Day names what a day of the calendar is of.
func (s *Speaker) Day(lang, value string) string { return s.label(lang, "day", value) }

// DutyStates names a state, and the possible ones where it cannot be determined or
// is disputed.
func (s *Speaker) DutyStates(lang string, state judge.DutyState, possible []judge.DutyState) string {
	if len(possible) == 0 {
		return s.DutyState(lang, string(state))
	}
	names := make([]string, len(possible))
	for i, p := range possible {
		names[i] = string(p)
	}
	return s.tell(lang, "duty.possible", "state", string(state), "possible", strings.Join(names, ","))
}

// Duty names who owes what.
func (s *Speaker) Duty(lang string, d judge.DutyStatus) string {
	code := "duty.line"
	if d.Party == "" {
		code = "duty.line-nobody"
	}
	return s.tell(lang, code, "party", d.Party, "does", d.Does, "what", strings.Join(d.What, ","))
}

// Figure tells what one source says was done of what is owed.
func (s *Speaker) Figure(lang string, d judge.DutyStatus, f judge.Figure) string {
	code := "owed.tells"
	switch counted := d.Measure != "" || f.Least > 1 || f.Most == nil || *f.Most != 1; {
	case f.Whole && d.Measure != "":
		code = "owed.tells-whole"
	case f.Whole, !counted:
		code = "owed.tells-done"
	case f.Perhaps:
		code = "owed.tells-perhaps"
	}
	return s.tell(lang, code, "by", f.By, "told", f.Text(), "sort", f.Sort)
}

// Occasion tells one time at which something is owed again.
func (s *Speaker) Occasion(lang, zone string, o judge.Occasion) string {
	state := s.DutyStates(lang, o.State, o.Possible)
	if o.Of != "" {
		return s.tell(lang, "duty.row-occasion", "ref", string(o.Of), "state", state)
	}
	return s.tell(lang, "duty.row-period", "from", local(o.From, zone), "state", state, "told", o.Told)
}

// Calendar heads the days under one start.
func (s *Speaker) Calendar(lang string, d judge.Deadline) string {
	if d.Claimed {
		return s.tell(lang, "calendar.stated", "by", d.Start, "stated", d.Stated, "reading", d.Reading)
	}
	return s.tell(lang, "calendar.computed", "reading", d.Reading)
}

// When tells an instant, or the bounds of one, by the clock of a zone.
func (s *Speaker) When(lang, when, zone string) string {
	if when == "" {
		return s.tell(lang, "calendar.not-known")
	}
	return s.span(lang, local(when, zone))
}

// measures are the ways in which terms say how much is owed.
var measures = []struct{ words, code string }{
	{"at least ", "measure.at-least"}, {"at most ", "measure.at-most"}, {"more than ", "measure.more-than"}, {"less than ", "measure.less-than"}, {"", "measure.exactly"},
}

// measure writes how much is owed; what is no measure stands as it is written.
func (s *Speaker) measure(lang, text string) string {
	all, rest, both := strings.Cut(text, ", ")
	switch {
	case text == "all":
		return s.tell(lang, "measure.all")
	case all == "all" && both:
		return s.tell(lang, "measure.all") + s.tell(lang, "list.comma") + s.measure(lang, rest)
	}
	for _, m := range measures {
		n, found := strings.CutPrefix(text, m.words)
		if n = strings.ReplaceAll(n, ",", ""); found && digits(n) {
			return s.tell(lang, m.code, "n", n)
		}
	}
	return text
}
