package agreement

import (
	"cmp"
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
// to mend it. The codes, their levels and their arguments:
//
//	no-area                    warning  clause             a prohibition names no area
//	no-actor                   error    clause             a prohibition or duty binds nobody
//	no-measure                 warning  clause             a duty has no measure
//	no-deadline                warning  clause, due        a duty has no date or length by which it is due
//	no-start                   error                       no clause says when it begins
//	no-length                  warning  [clause]           no clause says how long it lasts
//	no-counting-rule           warning  clause             a length in days without one rule of counting
//	no-verification            warning                     nobody is named to find violations
//	no-standard                warning                     nothing says by what standard they are found
//	no-consequence             warning                     nothing follows from a breach
//	no-concurrence-judge       warning  clause             nobody declares that implementing is concurrent
//	several-starts             warning  clause             the start has several values, in the text or across readings
//	undrawn-area               warning  clause, area       an area that the words name and nobody has drawn
//	unknown-area               error    clause, area       an area that the case does not hold
//	disputed-term              info     clause, branch, field  a branch of which it is not settled whether it is covered
//	not-formalised             info     article            words without terms
//	translation-lacks-article  warning  language, article
//	translation-extra-article  warning  language, article
type Finding struct {
	Code   string     `json:"code"`
	Level  string     `json:"level"`
	Pos    Pos        `json:"position"`
	Clause string     `json:"clause,omitempty"`
	Args   truth.Args `json:"args,omitempty"`
}

// Context is what a linter may know beyond the agreement; what is nil is not asked.
type Context struct {
	HasArea  func(id string) bool // of the case
	Readings []*Reading           // of this agreement, to compare their starts
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
		l.whole(&a.Terms, a.Pos)
		l.clauses(&a.Terms, a.Undrawn)
	}
	l.readings()
	l.articles()
	return l.sorted()
}

// LintReading finds the weaknesses of the clauses that a reading adds or changes;
// without a common text, where a reading holds all the terms, also what they lack
// as a whole. The error is that of [Agreement.Under].
func (a *Agreement) LintReading(r *Reading, c Context) ([]Finding, error) {
	t, err := a.Under(r)
	if err != nil {
		return nil, err
	}
	undrawn := map[string]record.Text{}
	maps.Copy(undrawn, a.Undrawn)
	maps.Copy(undrawn, r.Undrawn)
	l := &linter{a: a, c: c}
	if !a.CommonText {
		l.whole(t, r.Pos)
	}
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
		return cmp.Or(strings.Compare(x.Pos.File, y.Pos.File), x.Pos.Line-y.Pos.Line, x.Pos.Column-y.Pos.Column)
	})
	return l.list
}

// whole looks for what terms lack as a whole; such findings stand at a header.
func (l *linter) whole(t *Terms, header Pos) {
	if t.Start == nil {
		l.add("no-start", LevelError, header, "", nil)
	}
	switch d := t.Length; {
	case d == nil:
		l.add("no-length", LevelWarning, header, "", nil)
	case d.Length.IsZero() && d.Until.IsZero():
		l.add("no-length", LevelWarning, d.Pos, d.Label, nil)
	}
	monitors, judges := false, false
	standard := false
	for code, role := range l.a.Roles {
		monitors = monitors || role == RoleMonitor
		judges = judges || role == RoleMonitor || role == RoleMediator || role == RoleGuarantor
		standard = standard || role == RoleMonitor && slices.ContainsFunc(t.Duties, func(d *Duty) bool {
			return slices.Contains(d.Binds, code) && d.Measure.Text != ""
		})
	}
	if !monitors {
		l.add("no-verification", LevelWarning, header, "", nil)
	}
	if !standard {
		l.add("no-standard", LevelWarning, header, "", nil)
	}
	if len(t.Powers) == 0 && len(t.Prohibitions) > 0 {
		l.add("no-consequence", LevelWarning, header, "", nil)
	}
	if t.Start == nil || judges {
		return
	}
	for _, p := range t.Start.Requires {
		if p.Kind == RequiresImplementedTogether {
			l.add("no-concurrence-judge", LevelWarning, p.Pos, t.Start.Label, nil)
		}
	}
}

// readings compares the starts that the text and the readings state.
func (l *linter) readings() {
	var first *EntryIntoForce
	if l.a.CommonText {
		first = l.a.Terms.Start
	}
	for _, r := range l.c.Readings {
		t, err := l.a.Under(r)
		if err != nil || t.Start == nil {
			continue
		}
		if first != nil && !sameStart(first, t.Start) {
			l.add("several-starts", LevelWarning, l.a.Pos, first.Label, nil)
			return
		}
		first = t.Start
	}
}

// sameStart tells whether two clauses let an agreement begin at one moment: the
// same stated time and the same conditions.
func sameStart(x, y *EntryIntoForce) bool {
	return slices.Equal(x.Start.Set(), y.Start.Set()) && x.WholeDay == y.WholeDay &&
		slices.EqualFunc(x.Requires, y.Requires, func(p, q Precondition) bool {
			return p.ID() == q.ID() && p.Strength == q.Strength && p.Within == q.Within
		})
}

func (l *linter) clauses(t *Terms, undrawn map[string]record.Text) {
	if s := t.Start; s != nil && !s.Start.IsZero() && !isOneDay(s.Start) {
		l.add("several-starts", LevelWarning, s.Pos, s.Label, nil)
	}
	for _, p := range t.Prohibitions {
		if len(p.Binds) == 0 {
			l.add("no-actor", LevelError, p.Pos, p.Label, nil)
		}
		if len(p.Where) == 0 {
			l.add("no-area", LevelWarning, p.Pos, p.Label, nil)
		}
		l.where(p.Label, p.Where, p.Pos, undrawn)
		l.doubts(p.Label, p.Doubts)
	}
	for _, x := range t.Exceptions {
		l.where(x.Label, x.Where, x.Pos, undrawn)
		l.doubts(x.Label, x.Doubts)
	}
	for _, d := range t.Duties {
		if len(d.Binds) == 0 {
			l.add("no-actor", LevelError, d.Pos, d.Label, nil)
		}
		if d.Measure.Text == "" {
			l.add("no-measure", LevelWarning, d.Pos, d.Label, nil)
		}
		if !d.Due.Computable() {
			due := ""
			if d.Due != nil {
				due = d.Due.Text
			}
			l.add("no-deadline", LevelWarning, d.Pos, d.Label, truth.Args{"due": due})
		}
	}
	if d := t.Length; d != nil && len(d.Counting) > 1 && !d.Length.IsZero() {
		l.add("no-counting-rule", LevelWarning, d.Pos, d.Label, nil)
	}
}

func (l *linter) doubts(label string, doubts []Doubt) {
	for _, d := range doubts {
		l.add("disputed-term", LevelInfo, d.Pos, label, truth.Args{"branch": d.Branch, "field": d.Field})
	}
}

// isOneDay tells whether a time leaves open a day at most, a day of 25 hours
// included.
func isOneDay(t moment.Time) bool {
	const longest = 25 * 60 * 60 // seconds
	return !t.Unbounded() && t.Earliest().Add(longest) >= t.Latest()
}

// where looks at the areas that a clause names.
func (l *linter) where(label string, where []string, pos Pos, undrawn map[string]record.Text) {
	for _, w := range where {
		if w == "anywhere" || strings.HasPrefix(w, "zone:") {
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

// articles looks at words without terms and at translations.
func (l *linter) articles() {
	own := l.a.Language
	for _, x := range l.a.Articles {
		if _, ofText := x.Heading[own]; !ofText {
			continue // of a translation only
		}
		if len(x.Clauses) == 0 && l.a.CommonText {
			l.add("not-formalised", LevelInfo, x.Pos, "", truth.Args{"article": x.Number})
		}
		for _, lang := range l.a.languages {
			_, translated := x.Heading[lang]
			if !translated || x.Words[lang] == "" && x.Words[own] != "" {
				l.add("translation-lacks-article", LevelWarning, x.Pos, "", truth.Args{"language": lang, "article": x.Number})
			}
		}
	}
	for _, x := range l.a.extra {
		l.add("translation-extra-article", LevelWarning, x.pos, "", truth.Args{"language": x.language, "article": x.number})
	}
}
