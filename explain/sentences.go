package explain

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/truth"
)

// taxonomyOf names the tree that a test asks about.
var taxonomyOf = map[string]string{"act": "acts", "weapon": "weapons", "object": "objects", "domain": "domains"}

// Step gives one reason as a sentence.
func (s *Speaker) Step(lang string, st judge.Step) string {
	args := maps.Clone(st.Args)
	if args == nil {
		args = truth.Args{}
	}
	if tree, ok := taxonomyOf[st.Test]; ok {
		for _, key := range []string{"named", "covered", "doubt"} {
			if v, ok := args[key]; ok {
				args[key] = s.Format(lang, tree, v)
			}
		}
	}
	localArgs(args)
	if v, ok := args["counting"]; ok {
		args["counting"] = s.Counting(lang, v)
	}
	return s.say(lang, st.Detail, args)
}

// Counting names a rule of counting.
func (s *Speaker) Counting(lang, rule string) string {
	if code := "counting." + strings.ReplaceAll(rule, " ", "-"); s.catalogue.Has(code) {
		return s.say(lang, code, nil)
	}
	return rule
}

// Gap says what would settle a maybe.
func (s *Speaker) Gap(lang string, g truth.Gap) string {
	args := maps.Clone(g.Args)
	localArgs(args)
	if tree, ok := taxonomyOf[strings.TrimPrefix(g.Code, "gap.")]; ok && args["named"] != "" {
		args["named"] = s.Format(lang, tree, args["named"])
		return s.say(lang, g.Code+"-broader", args)
	}
	if g.Code == "gap.disputed-term" {
		args["branch"] = s.Branch(lang, args["field"], args["branch"])
	}
	return s.say(lang, g.Code, args)
}

// Precondition names a condition precedent by its id.
func (s *Speaker) Precondition(lang, id string) string {
	kind, rest, _ := strings.Cut(id, ":")
	args := truth.Args{"party": rest, "parties": rest, "condition": rest}
	if code := "precondition." + kind; s.catalogue.Has(code) {
		return s.say(lang, code, args)
	}
	return id
}

// Ruling gives a headline composed of the three axes, then a sentence a step.
func (s *Speaker) Ruling(lang string, r judge.Ruling) []string {
	args := truth.Args{
		"agreement": r.Agreement, "clause": r.Clause, "reading": s.Reader(lang, r.Reading),
		"classification": s.Classification(lang, string(r.Classification)),
		"occurrence":     s.Occurrence(lang, string(r.Occurrence)),
		"attribution":    s.Attribution(lang, r.Attribution),
	}
	lines := []string{s.say(lang, "ruling.headline", args)}
	for _, st := range r.Reasons {
		line := s.Step(lang, st)
		for _, g := range st.Settle {
			line += s.say(lang, "sentence.join", nil) + s.say(lang, "ruling.settle", truth.Args{"gap": s.Gap(lang, g)})
		}
		lines = append(lines, line)
	}
	return lines
}

// Reader names who reads an agreement so: the text itself, or a holder.
func (s *Speaker) Reader(lang, by string) string {
	if by == judge.Text {
		return s.say(lang, "reader.text", nil)
	}
	return s.say(lang, "reader.party", truth.Args{"party": by})
}

// Attribution says who is said to have done it, each claim with its maker.
func (s *Speaker) Attribution(lang string, a judge.Attribution) string {
	out := s.AttributionValue(lang, a.Value)
	var claims []string
	for _, c := range a.Claims {
		by := s.say(lang, "attribution.no-party", nil)
		if c.By != "" {
			by = s.Party(lang, c.By)
		}
		args := truth.Args{"by": by, "party": c.Party}
		switch {
		case c.Party != "" && c.Denies != "":
			claims = append(claims, s.say(lang, "attribution.denies-names", args))
		case c.Party != "":
			claims = append(claims, s.say(lang, "attribution.names", args))
		case c.Denies != "":
			claims = append(claims, s.say(lang, "attribution.denies", args))
		}
	}
	if len(claims) == 0 {
		return out
	}
	return s.say(lang, "attribution.with", truth.Args{"value": out, "claims": strings.Join(claims, s.say(lang, "list.semicolon", nil))})
}

// Summary says what a report comes to under an agreement, and that it depends on
// the reading where it does.
func (s *Speaker) Summary(lang string, sm judge.Summary) string {
	var parts []string
	for _, by := range s.readers(lang, slices.Collect(maps.Keys(sm.ByReading))) {
		parts = append(parts, s.say(lang, "summary.part", truth.Args{
			"reading": s.Reader(lang, by), "classification": s.Classification(lang, string(sm.ByReading[by][0])),
		}))
	}
	return s.say(lang, "summary.line", truth.Args{
		"agreement": sm.Agreement, "overall": s.Classification(lang, string(sm.Overall)),
		"parts": strings.Join(parts, s.say(lang, "list.semicolon", nil)),
	})
}

// readers puts the text first, then the holders by short name.
func (s *Speaker) readers(lang string, by []string) []string {
	var out, codes []string
	for _, r := range by {
		if r == judge.Text {
			out = append(out, r)
		} else {
			codes = append(codes, r)
		}
	}
	return append(out, s.SortParties(lang, codes)...)
}

// Answer answers whether there is a ceasefire, in one sentence, and says in one a
// reading that matters where each agreement stands.
func (s *Speaker) Answer(lang string, st judge.Status) []string {
	in, maybe, not := 0, 0, 0
	shown := slices.DeleteFunc(slices.Clone(st.Agreements), func(a judge.AgreementStatus) bool { return a.Upcoming })
	for _, a := range shown {
		for _, r := range a.Readings {
			switch {
			case r.By == judge.Text && r.State == judge.Undetermined && len(r.Possible) == 0:
				// no common text: the readings answer
			case r.State == judge.InForce:
				in++
			case r.State == judge.Undetermined && slices.Contains(r.Possible, judge.InForce):
				maybe++
			default:
				not++
			}
		}
	}
	code := "answer.no"
	switch {
	case len(shown) == 0:
		code = "answer.none-known"
	case in > 0 && not+maybe == 0:
		code = "answer.yes"
	case in > 0:
		code = "answer.depends"
	case maybe > 0:
		code = "answer.maybe"
	}
	lines := []string{s.say(lang, code, truth.Args{"at": s.Time(lang, st.At)})}
	for _, a := range shown {
		lines = append(lines, s.standing(lang, a))
	}
	return lines
}

// standing tells in one sentence where an agreement stands.
func (s *Speaker) standing(lang string, a judge.AgreementStatus) string {
	var parts []string
	same := !a.DependsOnReading
	byReader := map[string]judge.ReadingStatus{}
	var names []string
	for _, r := range a.Readings {
		byReader[r.By] = r
		names = append(names, r.By)
	}
	for _, by := range s.readers(lang, names) {
		r := byReader[by]
		if r.By == judge.Text && len(r.Reasons) == 1 && r.Reasons[0].Detail == "text.no-common-text" {
			continue
		}
		state := s.stateWords(lang, r)
		if same {
			return s.say(lang, "answer.agreement", truth.Args{"agreement": a.ID, "state": state})
		}
		parts = append(parts, s.say(lang, "summary.part", truth.Args{"reading": s.Reader(lang, by), "classification": state}))
	}
	return s.say(lang, "answer.agreement-depends", truth.Args{"agreement": a.ID, "parts": strings.Join(parts, s.say(lang, "list.semicolon", nil))})
}

// stateWords names a state, the possible ones where it cannot be determined.
func (s *Speaker) stateWords(lang string, r judge.ReadingStatus) string {
	state := s.State(lang, string(r.State))
	if len(r.Possible) == 0 {
		return state
	}
	names := make([]string, len(r.Possible))
	for i, p := range r.Possible {
		names[i] = s.State(lang, string(p))
	}
	return s.say(lang, "state.possible", truth.Args{"state": state, "possible": s.list(lang, names)})
}

// Reading tells where an agreement stands under one reading: since and until when,
// the ends by each rule of counting, and beside them what sides state.
func (s *Speaker) Reading(lang string, _ judge.AgreementStatus, r judge.ReadingStatus) []string {
	var lines []string
	switch {
	case r.By == judge.Text && len(r.Reasons) == 1 && r.Reasons[0].Detail == "text.no-common-text":
		lines = append(lines, s.Step(lang, r.Reasons[0]))
	case r.InForceFrom == "":
		lines = append(lines, s.say(lang, "reading.no-clock", nil))
	default:
		lines = append(lines, s.say(lang, "reading.from", truth.Args{"from": local(r.InForceFrom, r.Zone)}))
	}
	if n := openConditions(r); n > 0 {
		lines = append(lines, s.say(lang, "reading.open", truth.Args{"n": strconv.Itoa(n), "all": strconv.Itoa(len(r.Preconditions))}))
	}
	last := s.lastDays(lang, r.Ends)
	switch {
	case len(last) == 1:
		lines = append(lines, s.say(lang, "reading.ends", truth.Args{"last": last[0]}))
	case len(last) > 1:
		lines = append(lines, s.say(lang, "reading.ends-by-counting", truth.Args{"last": s.list(lang, last)}))
	}
	for _, st := range r.Stated {
		if st.By != "" && r.By != judge.Text && st.By != r.By {
			continue
		}
		code := "stated." + string(st.What)
		if !s.catalogue.Has(code) || st.By == "" {
			continue
		}
		lines = append(lines, s.say(lang, code, truth.Args{"by": st.By, "value": st.Value}))
	}
	return lines
}

// lastDays lists the days with which a term may end, each once, in their order.
func (s *Speaker) lastDays(lang string, ends []judge.End) []string {
	var days, out []string
	for _, e := range ends {
		for day := range strings.SplitSeq(e.LastDay, "/") {
			if !slices.Contains(days, day) {
				days = append(days, day)
			}
		}
	}
	slices.Sort(days)
	for _, day := range days {
		out = append(out, s.Time(lang, day))
	}
	return out
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

// Contact tells how long before a contact the earlier ones lie: a range a source,
// never one figure.
func (s *Speaker) Contact(lang string, c judge.Contact) []string {
	var lines []string
	for _, g := range c.Gaps {
		args := truth.Args{
			"ref": string(g.Since), "when": g.When, "least": strconv.Itoa(g.MonthsLeast), "most": strconv.Itoa(g.MonthsMost),
			"months": strconv.Itoa(g.Least.Months), "days": strconv.Itoa(g.Least.Days), "who": s.Voice(lang, g.SaidBy, nil),
		}
		code := "gap.contact-range"
		switch {
		case g.Least == g.Most:
			code = "gap.contact-exact"
		case g.MonthsLeast == g.MonthsMost:
			code = "gap.contact-months"
		}
		lines = append(lines, s.say(lang, code, args))
	}
	if len(c.NoneBetween) > 0 {
		refs := make([]string, len(c.NoneBetween))
		for i, r := range c.NoneBetween {
			refs[i] = string(r)
		}
		lines = append(lines, s.say(lang, "gap.contact-none", truth.Args{"refs": s.list(lang, refs)}))
	}
	return lines
}

// Finding gives what a linter found, why it matters and how to mend it.
func (s *Speaker) Finding(lang string, f agreement.Finding) (what, why, mend string) {
	args := maps.Clone(f.Args)
	if args == nil {
		args = truth.Args{}
	}
	if b, ok := args["branch"]; ok {
		args["branch"] = s.Branch(lang, args["field"], b)
	}
	code := "lint." + f.Code
	return s.say(lang, code, args), s.say(lang, code+".why", args), s.say(lang, code+".mend", args)
}
