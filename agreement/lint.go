package agreement

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Levels of a finding.
const (
	LevelError   = "error"   // it cannot be judged
	LevelWarning = "warning" // it will be disputed
	LevelInfo    = "info"
)

// Finding is one weakness of a draft. Package explain says why it matters, with the
// precedent, and how to mend it. Clause is empty where it is of the whole or of an
// article; FindingCodes lists the codes.
type Finding struct {
	Code   string     `json:"code"`
	Level  string     `json:"level"`
	Pos    Pos        `json:"position"`
	Clause string     `json:"clause,omitempty"`
	Args   truth.Args `json:"args,omitempty"`
}

// FindingCode is a code with the level that its findings have.
type FindingCode struct{ Code, Level string }

// FindingCodes lists every code that the linter knows, by what it is about. A code
// keeps its level and its arguments; spec/agreement.md §6 tells them.
func FindingCodes() []FindingCode { return slices.Clone(findingCodes) }

var findingCodes = []FindingCode{
	// What the whole lacks.
	{"no-start", LevelError},
	{"no-length", LevelWarning},
	{"no-verification", LevelWarning},
	{"no-standard", LevelWarning},
	{"no-consequence", LevelWarning},
	{"no-concurrence-judge", LevelWarning},
	{"no-declarer", LevelWarning},
	{"several-starts", LevelWarning},
	// Start, end and what lies between.
	{"start-impossible", LevelError},
	{"start-condition-impossible", LevelError},
	{"unsatisfiable-window", LevelError},
	{"phases-too-long", LevelWarning},
	{"deadline-before-start", LevelWarning},
	{"deadline-after-end", LevelWarning},
	{"no-counting-rule", LevelWarning},
	{"tacit-renewal-without-notice", LevelWarning},
	{"modify-notice-unsaid", LevelWarning},
	{"extension-lengths-unsaid", LevelInfo},
	// What is forbidden, and what is excused.
	{"no-actor", LevelError},
	{"comparison-unsatisfiable", LevelError},
	{"contradiction", LevelWarning},
	{"overlapping", LevelInfo},
	{"competing-depths", LevelWarning},
	{"competing-edges", LevelWarning},
	{"special-rule-missing", LevelWarning},
	{"swallowing-exception", LevelWarning},
	{"exception-without-proof", LevelWarning},
	{"disputed-term", LevelInfo},
	// Places.
	{"no-area", LevelWarning},
	{"undrawn-area", LevelWarning},
	{"unknown-area", LevelError},
	{"area-without-version", LevelInfo},
	{"zone-empty", LevelError},
	{"zone-crosses-own-positions", LevelWarning},
	// What is owed.
	{"no-measure", LevelWarning},
	{"no-deadline", LevelWarning},
	{"duty-without-addressee", LevelWarning},
	{"duty-without-series", LevelWarning},
	{"quota-without-period", LevelWarning},
	{"ratio-without-due", LevelWarning},
	// Powers, findings, guarantees.
	{"power-without-notice", LevelWarning},
	{"no-reply-clock", LevelWarning},
	{"ladder-without-limit", LevelWarning},
	{"consensus-can-block", LevelInfo},
	{"guarantee-without-list", LevelWarning},
	// Words.
	{"undefined-term", LevelError},
	{"no-definition", LevelInfo},
	{"defined-twice", LevelWarning},
	{"not-formalised", LevelInfo},
	{"translation-lacks-article", LevelWarning},
	{"translation-extra-article", LevelWarning},
	{"translation-lacks-language", LevelInfo},
	{"holder-without-role", LevelInfo},
}

// Context is what a linter may know beyond the agreement; what is nil is not asked.
// Places are as clauses name them: "area:ID", "line:ID".
type Context struct {
	HasPlace func(place string) bool       // drawn in the case
	Dated    func(place string) bool       // the case tells from when the drawing is
	Overlap  func(place, area string) bool // some of the first lies in the second; false where it cannot be told
	Readings []*Reading                    // of this agreement, to compare them with the text
}

// linter collects the findings of one agreement.
type linter struct {
	a    *Agreement
	c    Context
	t    *Terms // that are looked at
	file string // of the reading that is looked at; "" of the text
	list []Finding
}

// Lint finds the weaknesses of an agreement's text, in the order of the file.
func (a *Agreement) Lint(c Context) []Finding {
	l := &linter{a: a, c: c, t: &a.Terms}
	if a.CommonText {
		l.whole(a.Pos)
		l.clauses(a.Undrawn)
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
	l := &linter{a: a, c: c, t: t, file: r.Pos.File}
	if _, takesPart := a.Roles[r.Holder]; !takesPart && r.Holder != "" {
		l.add("holder-without-role", r.Pos, "", truth.Args{"holder": r.Holder})
	}
	if !a.CommonText {
		l.whole(r.Pos)
	}
	l.clauses(undrawn)
	omitted := l.lost(r)
	l.list = slices.DeleteFunc(l.list, func(f Finding) bool { return f.Pos.File != r.Pos.File })
	l.list = append(l.list, omitted...)
	return l.sorted(), nil
}

// add notes a finding. Its arguments are named and given in turn; empty ones are
// left out.
func (l *linter) add(code string, pos Pos, clause string, args truth.Args) {
	if clause != "" {
		if args == nil {
			args = truth.Args{}
		}
		args["clause"] = clause
	}
	i := slices.IndexFunc(findingCodes, func(f FindingCode) bool { return f.Code == code })
	l.list = append(l.list, Finding{Code: code, Level: findingCodes[i].Level, Pos: pos, Clause: clause, Args: args})
}

// pair notes a finding about two clauses, at the one that stands later, or at the one
// that the reading says.
func (l *linter) pair(code string, x, y rule, args truth.Args) {
	if y.pos.File != l.file && x.pos.File == l.file || y.pos.File == x.pos.File && y.pos.Line < x.pos.Line {
		x, y = y, x
	}
	if args == nil {
		args = truth.Args{}
	}
	args["other"] = x.label
	l.add(code, y.pos, y.label, args)
}

func (l *linter) sorted() []Finding {
	slices.SortStableFunc(l.list, func(x, y Finding) int {
		return cmp.Or(strings.Compare(x.Pos.File, y.Pos.File), x.Pos.Line-y.Pos.Line, x.Pos.Column-y.Pos.Column)
	})
	return l.list
}

// clauses looks at every clause, and at those that speak of the same.
func (l *linter) clauses(undrawn map[string]record.Text) {
	l.places(undrawn)
	l.scopes()
	l.rules()
	l.owed()
	l.powers()
	l.times()
	l.counting()
	l.terms()
}
