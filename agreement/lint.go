package agreement

import (
	"maps"
	"slices"
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Levels of a finding.
const (
	LevelError   = "error"   // it cannot be judged
	LevelWarning = "warning" // it will be disputed
	LevelInfo    = "info"
)

// Finding is one weakness of a draft. Package explain says why it matters and how
// to mend it. The codes and their arguments:
//
//	no-area                    clause             a prohibition names no area
//	no-actor                   clause             a prohibition or duty binds nobody
//	no-measure                 clause             a duty has no measure
//	no-deadline                clause, due        a duty has no date or length by which it is due
//	no-start                                      no clause says when it begins
//	no-length                                     no clause says how long it lasts
//	no-counting-rule           clause             a length in days without a rule of counting
//	no-verification                               nobody is named to find violations
//	no-standard                                   no standard of proof
//	no-consequence                                nothing follows from a breach
//	no-concurrence-judge       clause             nobody declares that implementing is concurrent
//	undrawn-area               clause, area       an area that the words name and nobody has drawn
//	unknown-area               clause, area       an area that the case does not hold
//	disputed-term              clause, branch     a branch of which it is not settled whether it is covered
//	not-formalised             article            words without terms
//	translation-lacks-article  language, article
//	translation-extra-article  language, article
type Finding struct {
	Code   string     `json:"code"`
	Level  string     `json:"level"`
	Pos    Pos        `json:"position"`
	Clause string     `json:"clause,omitempty"`
	Args   truth.Args `json:"args,omitempty"`
}

// Context is what a linter may know beyond the agreement: nil functions know nothing
// and are not asked.
type Context struct {
	HasArea func(id string) bool
}

// linter collects the findings of one agreement.
type linter struct {
	a    *Agreement
	c    Context
	list []Finding
}

// Lint finds the weaknesses of an agreement's text, in the order of the file.
func (a *Agreement) Lint(c Context) []Finding {
	l := &linter{a: a, c: c}
	if a.CommonText {
		l.whole()
		l.clauses(&a.Terms, a.Undrawn)
	}
	l.articles()
	return l.sorted()
}

// LintReading finds the weaknesses of the clauses that a reading adds or changes.
func (a *Agreement) LintReading(r *Reading, c Context) ([]Finding, error) {
	t, err := a.Under(r)
	if err != nil {
		return nil, err
	}
	undrawn := maps.Clone(a.Undrawn)
	if undrawn == nil {
		undrawn = r.Undrawn
	} else {
		maps.Copy(undrawn, r.Undrawn)
	}
	l := &linter{a: a, c: c}
	l.clauses(t, undrawn)
	l.list = slices.DeleteFunc(l.list, func(f Finding) bool { return f.Pos.File != r.Pos.File })
	return l.sorted(), nil
}

func (l *linter) add(code, level string, pos Pos, clause string, args truth.Args) {
	if clause != "" {
		if args == nil {
			args = truth.Args{}
		}
		args["clause"] = clause
	}
	l.list = append(l.list, Finding{Code: code, Level: level, Pos: pos, Clause: clause, Args: args})
}

func (l *linter) sorted() []Finding {
	slices.SortStableFunc(l.list, func(x, y Finding) int {
		if c := strings.Compare(x.Pos.File, y.Pos.File); c != 0 {
			return c
		}
		return x.Pos.Line - y.Pos.Line
	})
	return l.list
}

// whole looks for what the agreement as a whole lacks.
func (l *linter) whole() {
	t := &l.a.Terms
	if t.Start == nil {
		l.add("no-start", LevelError, l.a.Pos, "", nil)
	}
	if t.Length == nil {
		l.add("no-length", LevelWarning, l.a.Pos, "", nil)
	}
	roles := slices.Collect(maps.Values(l.a.Roles))
	if !slices.Contains(roles, RoleMonitor) {
		l.add("no-verification", LevelWarning, l.a.Pos, "", nil)
		l.add("no-standard", LevelWarning, l.a.Pos, "", nil)
	}
	if len(t.Powers) == 0 && len(t.Prohibitions) > 0 {
		l.add("no-consequence", LevelWarning, l.a.Pos, "", nil)
	}
	if t.Start != nil {
		for _, p := range t.Start.Requires {
			if p.Kind == RequiresImplementedTogether && !slices.Contains(roles, RoleMonitor) && !slices.Contains(roles, RoleMediator) && !slices.Contains(roles, RoleGuarantor) {
				l.add("no-concurrence-judge", LevelWarning, p.Pos, t.Start.Label, nil)
			}
		}
	}
}

func (l *linter) clauses(t *Terms, undrawn map[string]record.Text) {
	for _, p := range t.Prohibitions {
		if len(p.Binds) == 0 {
			l.add("no-actor", LevelError, p.Pos, p.Label, nil)
		}
		if len(p.Where) == 0 {
			l.add("no-area", LevelWarning, p.Pos, p.Label, nil)
		}
		l.where(p.Label, p.Where, p.Pos, undrawn)
		for _, d := range p.Doubts {
			l.add("disputed-term", LevelInfo, d.Pos, p.Label, truth.Args{"branch": d.Branch, "field": d.Field})
		}
	}
	for _, x := range t.Exceptions {
		l.where(x.Label, x.Where, x.Pos, undrawn)
	}
	for _, d := range t.Duties {
		if len(d.Binds) == 0 {
			l.add("no-actor", LevelError, d.Pos, d.Label, nil)
		}
		if d.Measure == "" {
			l.add("no-measure", LevelWarning, d.Pos, d.Label, nil)
		}
		if !measurable(d.Due) {
			l.add("no-deadline", LevelWarning, d.Pos, d.Label, truth.Args{"due": d.Due})
		}
	}
	if d := t.Length; d != nil && len(d.Counting) > 1 && (d.Length.Days > 0 || d.Length.Weeks > 0 || d.Length.Months > 0) {
		l.add("no-counting-rule", LevelWarning, d.Pos, d.Label, nil)
	}
}

// where looks at the areas that a clause names.
func (l *linter) where(label string, where []string, pos Pos, undrawn map[string]record.Text) {
	for _, w := range where {
		if w == "anywhere" {
			continue
		}
		if _, ok := undrawn[w]; ok {
			l.add("undrawn-area", LevelWarning, pos, label, truth.Args{"area": w})
			continue
		}
		id, isArea := strings.CutPrefix(w, "area:")
		if l.c.HasArea != nil && (!isArea || !l.c.HasArea(id)) {
			l.add("unknown-area", LevelError, pos, label, truth.Args{"area": w})
		}
	}
}

// measurable tells whether a due date can be computed: a length or a time.
func measurable(due string) bool {
	if _, err := moment.ParseDuration(due); err == nil {
		return true
	}
	_, err := moment.Parse(due, moment.UTC())
	return due != "" && err == nil
}

// articles looks at words without terms and at translations.
func (l *linter) articles() {
	own := l.a.Language
	for _, x := range l.a.Articles {
		if x.Words[own] == "" && x.Heading[own] == "" {
			for _, lang := range slices.Sorted(maps.Keys(x.Words)) {
				l.add("translation-extra-article", LevelWarning, x.Pos, "", truth.Args{"language": lang, "article": x.Number})
			}
			continue
		}
		if len(x.Clauses) == 0 && l.a.CommonText {
			l.add("not-formalised", LevelInfo, x.Pos, "", truth.Args{"article": x.Number})
		}
		for _, lang := range l.a.languages {
			if x.Words[lang] == "" {
				l.add("translation-lacks-article", LevelWarning, x.Pos, "", truth.Args{"language": lang, "article": x.Number})
			}
		}
	}
}
