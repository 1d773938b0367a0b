package explain

import (
	"maps"
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/truth"
)

// Step gives one reason as a sentence.
func (s *Speaker) Step(lang string, st judge.Step) string {
	args := localArgs(st.Args)
	file, at := "", 0
	if st.Position != nil {
		file, at = st.Position.File, st.Position.Line
	}
	if args["doubt"] != "" {
		args = with(args, "question", s.words(lang, s.questions[line{file, at}]))
	}
	if names := args["undrawn"]; names != "" {
		args = with(args, "why", s.whyUndrawn(lang, file, names))
	}
	return s.say(lang, st.Detail, args)
}

// with gives arguments with one more, leaving the original as it is.
func with(args truth.Args, name, value string) truth.Args {
	out := maps.Clone(args)
	if out == nil {
		out = truth.Args{}
	}
	out[name] = value
	return out
}

// whyUndrawn joins what terms say about places that nobody has drawn.
func (s *Speaker) whyUndrawn(lang, file, names string) string {
	var list []string
	for name := range strings.SplitSeq(names, ",") {
		why, known := s.undrawn[[2]string{file, name}]
		if !known {
			why = s.undrawn[[2]string{"", name}]
		}
		if text := s.words(lang, why); text != "" && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return strings.Join(list, s.tell(lang, "sentence.join"))
}

// Gap says in one sentence what would settle a maybe.
func (s *Speaker) Gap(lang string, g truth.Gap) string {
	return s.say(lang, s.gapCode(g), localArgs(withField(g.Args)))
}

// gapCode is the message of a gap: a thing that was told too broadly has another
// one than a thing that was not told.
func (s *Speaker) gapCode(g truth.Gap) string {
	if code := g.Code + "-broader"; g.Args["named"] != "" && s.catalogue.Has(code) {
		return code
	}
	return g.Code
}

// withField makes a branch name its taxonomy, for the format "branch".
func withField(args truth.Args) truth.Args {
	if args["branch"] == "" || args["field"] == "" {
		return args
	}
	return with(args, "branch", args["field"]+":"+args["branch"])
}

// Precondition names a condition precedent by its id: "accepted:A",
// "implemented-together:A,B" or "met:ID". What is none of them comes out in brackets.
func (s *Speaker) Precondition(lang, id string) string {
	kind, rest, _ := strings.Cut(id, ":")
	switch agreement.PreconditionKind(kind) {
	case agreement.RequiresAccepted:
		return s.tell(lang, "precondition.accepted", "party", rest, "needed", string(s.needed[id]))
	case agreement.RequiresImplementedTogether:
		return s.tell(lang, "precondition.implemented-together", "parties", rest)
	case agreement.RequiresMet:
		return s.tell(lang, "precondition.met", "condition", rest)
	case agreement.RequiresDeclared:
		return s.tell(lang, "precondition.declared", "party", rest)
	case agreement.RequiresDone:
		return s.tell(lang, "precondition.done", "clause", rest)
	}
	return "[" + id + "]"
}

// condition gives the words of a condition as recorded, else the package's word
// for it, else its id.
func (s *Speaker) condition(lang, id string) string {
	if text := s.words(lang, s.conditions[id]); text != "" {
		return text
	}
	return s.Format(lang, "word", id)
}

// Ruling gives a ruling whole: its headline, its reasons, each followed by what
// would settle it, and the smallest sets of facts that would settle the ruling.
func (s *Speaker) Ruling(lang string, r judge.Ruling) []string {
	lines := s.Headline(lang, r)
	for _, st := range r.Reasons {
		lines = append(lines, s.Reason(lang, st))
	}
	return append(lines, s.Settles(lang, r)...)
}

// Headline composes the three axes, which are never merged; then what a body
// decided, if one did, and whether a violation is established.
func (s *Speaker) Headline(lang string, r judge.Ruling) []string {
	lines := []string{s.tell(lang, "ruling.headline",
		"agreement", r.Agreement, "clause", r.Clause, "reading", r.Reading, "classification", string(r.Classification),
		"occurrence", string(r.Occurrence), "attribution", s.Attribution(lang, r.Attribution))}
	if r.Ruled != "" {
		code := "ruling.ruled"
		if !r.Outranks {
			code = "ruling.said"
		}
		lines = append(lines, s.tell(lang, code, "ruled", r.Ruled, "computed", string(r.Classification)))
	}
	if r.Established != nil {
		lines = append(lines, s.Step(lang, *r.Established))
	}
	return lines
}

// Reason gives a step with what would settle it.
func (s *Speaker) Reason(lang string, st judge.Step) string {
	line := s.Step(lang, st)
	for _, g := range st.Settle {
		line += s.tell(lang, "sentence.join") + s.Gap(lang, g)
	}
	return line
}

// Settles says which facts would settle a ruling, and as what, smallest sets first.
func (s *Speaker) Settles(lang string, r judge.Ruling) []string {
	var lines []string
	for _, x := range r.Settles {
		lines = append(lines, s.tell(lang, "ruling.settle", "facts", strings.Join(x.Facts, ","), "gives", string(x.Gives)))
	}
	return lines
}

// Attribution says who is said to have done it, each claim with its maker.
func (s *Speaker) Attribution(lang string, a judge.Attribution) string {
	var claims []string
	for _, c := range a.Claims {
		var code string
		switch {
		case c.Found && c.Party != "":
			code = "attribution.found"
		case c.Party != "" && c.Denies != "":
			code = "attribution.denies-names"
		case c.Party != "":
			code = "attribution.names"
		case c.Denies != "":
			code = "attribution.denies"
		default:
			continue
		}
		claims = append(claims, s.tell(lang, code, "by", c.By, "party", c.Party, "confidence", c.Confidence))
	}
	value := s.AttributionValue(lang, a.Value)
	if len(claims) == 0 {
		return value
	}
	return s.tell(lang, "attribution.with", "value", value, "claims", strings.Join(claims, s.tell(lang, "list.semicolon")))
}

// Summary says what a report comes to under an agreement, and that it depends on
// the reading where it does.
func (s *Speaker) Summary(lang string, sm judge.Summary) string {
	var parts []string
	for _, by := range s.readers(lang, slices.Collect(maps.Keys(sm.ByReading))) {
		if list := sm.ByReading[by]; len(list) > 0 {
			parts = append(parts, s.tell(lang, "summary.part", "reading", by, "what", s.Classification(lang, string(list[0]))))
		}
	}
	return s.tell(lang, "summary.line", "agreement", sm.Agreement, "overall", string(sm.Overall), "parts", strings.Join(parts, s.tell(lang, "list.semicolon")))
}

// readers puts the text first, then the holders by short name.
func (s *Speaker) readers(lang string, by []string) []string {
	out := s.SortParties(lang, by)
	if i := slices.Index(out, judge.Text); i > 0 {
		out = slices.Insert(slices.Delete(out, i, i+1), 0, judge.Text)
	}
	return out
}

// Finding gives what a linter found, why it matters and how to mend it.
func (s *Speaker) Finding(lang string, f agreement.Finding) (what, why, mend string) {
	args := withField(f.Args)
	code := "lint." + f.Code
	return s.say(lang, code, args), s.say(lang, code+".why", args), s.say(lang, code+".mend", args)
}

// Change says one difference between two texts.
func (s *Speaker) Change(lang string, c agreement.Change) string {
	return s.say(lang, "diff."+string(c.Sort), truth.Args{
		"article": c.Article, "language": c.Language, "clause": c.Clause, "kind": string(c.Kind), "field": c.Field, "old": c.Old, "new": c.New,
	})
}
