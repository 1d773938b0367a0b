package scenario

import (
	"fmt"
	"strings"

	"github.com/truceline/truceline/judge"
)

// duties gives a line a clause, reading and party, then its figures and occasions:
//
//	text: 5 A partly-met, due 2030-01-11T00:00:00Z
//	  A tells 200 [e1 e2]
func (r *request) duties() []string {
	var lines []string
	for _, d := range r.b.Duties(r.arg(0)) {
		if r.reading != "" && d.Reading != r.reading || r.arg(1) != "" && d.Clause != r.arg(1) {
			continue
		}
		line := fmt.Sprintf("%s: %s %s %s", d.Reading, d.Clause, or(d.Party, "nobody"), d.State)
		if len(d.Possible) > 0 {
			line += " (" + join(d.Possible, ", ") + ")"
		}
		if d.Due != "" {
			line += ", due " + d.Due
		}
		lines = append(lines, line)
		for _, f := range d.Figures {
			told := f.Text()
			switch {
			case f.Whole:
				told = "all"
			case f.Perhaps:
				told = "perhaps all"
			}
			lines = append(lines, fmt.Sprintf("  %s tells %s%s", or(f.By, "no party"), strings.TrimSpace(told+" "+f.Sort), refs(f.Entries)))
		}
		if len(d.Claims) > 0 {
			lines = append(lines, "  claimed"+refs(d.Claims))
		}
		if len(d.Refuted) > 0 {
			lines = append(lines, "  refuted"+refs(d.Refuted))
		}
		lines = append(lines, occasions(d.Occasions)...)
	}
	return orNone(lines)
}

func occasions(o *judge.Occasions) []string {
	if o == nil {
		return nil
	}
	lines := []string{fmt.Sprintf("  of %d: met %d, failed %d", o.All, o.Met, o.Failed)}
	for _, x := range o.List {
		line := "  " + or(string(x.Of), x.From) + ": " + string(x.State)
		if len(x.Possible) > 0 {
			line += " (" + join(x.Possible, ", ") + ")"
		}
		if x.Told != "" {
			line += " " + x.Told
		}
		if x.By != "" {
			line += " by " + x.By
		}
		lines = append(lines, line+refs(x.Entries))
	}
	return lines
}

// dutyReasons gives every step by which a duty stands as it does.
func (r *request) dutyReasons() []string {
	var lines []string
	for _, d := range r.b.Duties(r.arg(0)) {
		if r.reading != "" && d.Reading != r.reading || r.arg(1) != "" && d.Clause != r.arg(1) || r.arg(2) != "" && d.Party != r.arg(2) {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %s %s %s", d.Reading, d.Clause, or(d.Party, "nobody"), d.State))
		for _, s := range d.Reasons {
			lines = append(lines, fmt.Sprintf("  %s %s %s%s", s.Test, s.Outcome, s.Detail, refs(s.Entries)))
			for _, g := range s.Settle {
				lines = append(lines, "    to settle: "+g.String())
			}
		}
	}
	return orNone(lines)
}

// requests gives a line a request or message with a time for its answer.
func (r *request) requests() []string {
	var lines []string
	for _, s := range r.b.Requests() {
		line := fmt.Sprintf("%s to %s: %s", s.Entry, s.Of, s.State)
		if len(s.Possible) > 0 {
			line += " (" + join(s.Possible, ", ") + ")"
		}
		if s.Due != "" {
			line += ", due " + s.Due
		}
		lines = append(lines, line+refs(s.Answers))
	}
	return orNone(lines)
}

// powers gives a line a clause, reading and holder, then the acts that use it.
func (r *request) powers() []string {
	var lines []string
	for _, p := range r.b.Powers(r.arg(0)) {
		if r.reading != "" && p.Reading != r.reading {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %s %s %s: %s", p.Reading, or(p.Clause, "no clause"), p.Holder, p.Effect, p.State))
		for _, x := range p.Exercises {
			lines = append(lines, fmt.Sprintf("  %s %s %s, in effect %s: %s", x.Entry, x.Act, x.Done, x.Takes, x.Reached))
		}
	}
	return orNone(lines)
}

// calendar gives a line a day, under each start and reading.
func (r *request) calendar() []string {
	var lines []string
	head := ""
	for _, d := range r.b.Calendar(r.arg(0)) {
		if r.reading != "" && d.Reading != r.reading {
			continue
		}
		under := "computed, by " + d.Reading
		if d.Claimed {
			under = fmt.Sprintf("stated by %s as %s, by %s", or(d.Start, "no party"), d.Stated, d.Reading)
		}
		if under != head {
			lines, head = append(lines, under), under
		}
		line := "  " + or(d.When, "not computable yet") + " " + d.What
		for _, s := range []string{d.Clause, d.Party, string(d.Counting)} {
			if s != "" {
				line += " " + s
			}
		}
		if d.LastDay != "" {
			line += ", last day " + d.LastDay
		}
		lines = append(lines, line)
	}
	return orNone(lines)
}
