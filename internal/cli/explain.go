package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

func (a *app) explainCommand() *cobra.Command {
	var q ask
	c := &cobra.Command{
		Use:   "explain CASE REPORT|AGREEMENT",
		Short: "Why a report is a violation or not, or an agreement in force or not",
		Long: `Tells for one report of the record its three axes (occurrence, classification,
attribution), then for each agreement, reading and clause every test with its outcome,
the place of the clause in its file, the entries used and what would settle a maybe.

For an agreement it tells under each reading its state with every reason.`,
		Example: `  truceline explain cases/ua-2025 B46
  truceline explain cases/ua-2025 B38 --lang zh --format json
  truceline explain cases/ua-2025 energy-2025-03 --at 2025-04-17`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: completeExplained,
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := a.bench(args[0], &q)
			if err != nil {
				return err
			}
			s, err := explain.New(b.Case)
			if err != nil {
				return err
			}
			e := explanation{app: a, s: s, b: b, dir: args[0], q: &q}
			if slices.Contains(b.Agreements(), args[1]) {
				return e.agreement(args[1])
			}
			in, err := report(b, args[1])
			if err != nil {
				return err
			}
			return e.report(in)
		},
	}
	q.times(c)
	q.output(c)
	return c
}

// report finds a report of the record that the question sees. One that it does not
// see, and an entry of another kind, are named as such.
func report(b *judge.Bench, ref string) (judge.Incident, error) {
	for _, in := range b.Incidents() {
		if string(in.Ref) == ref {
			return in, nil
		}
	}
	e := b.Case.Entry(record.Ref(ref))
	switch {
	case e == nil:
		return judge.Incident{}, known("REPORT", ref, explained(b.Case))
	case e.Envelope.Entry.Kind != record.KindReport:
		return judge.Incident{}, problem.List{{
			Code: "not-a-report", Field: "REPORT", What: fmt.Sprintf("%s is an entry of kind %s", ref, e.Envelope.Entry.Kind),
			Mend: "name a report or an agreement: " + strings.Join(explained(b.Case), ", "),
		}}
	}
	return judge.Incident{}, problem.List{{
		Code: "not-seen", Field: "REPORT", What: fmt.Sprintf("the question does not see %s: it happened or became known later, or was retracted", ref),
		Mend: "ask for a later --at, --known-by or --as-of",
	}}
}

// explained lists what can be explained: agreements, then reports in their order.
func explained(c *casefile.Case) []string {
	list := agreements(c)
	for _, e := range c.Entries {
		if e.Envelope.Entry.Kind == record.KindReport {
			list = append(list, string(e.Envelope.Entry.Ref))
		}
	}
	return list
}

// agreements lists the agreements of a case by id.
func agreements(c *casefile.Case) []string {
	var list []string
	for _, v := range c.Versions {
		list = append(list, v.ID)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func completeExplained(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return completeCase(c, args, word)
	}
	return ofCase(explained)(c, args, word)
}

// explanation writes why.
type explanation struct {
	app *app
	s   *explain.Speaker
	b   *judge.Bench
	dir string // of the case, as the user named it
	q   *ask
}

func (e *explanation) report(in judge.Incident) error {
	rulings := e.b.Judge(in, "")
	if e.q.format == "json" {
		return e.app.json(rulings)
	}
	lang := e.q.lang
	if it, ok := e.b.Item(in.Ref); ok {
		summary, _ := e.s.Text(lang, it.Summary)
		e.app.printf("%s · %s\n%s\n%s\n", in.Ref, e.s.Time(lang, it.Happened), summary, e.s.Voice(lang, it.SaidBy, it.Through))
	}
	for _, sm := range e.b.Summarise(rulings) {
		e.app.printf("→ %s\n", e.s.Summary(lang, sm))
	}
	wordless := map[string]bool{} // agreements without a common text, of which it was said
	for _, r := range rulings {
		if len(r.Reasons) == 1 && r.Reasons[0].Detail == "text.no-common-text" {
			if !wordless[r.Agreement] {
				e.app.printf("\n%s: %s\n", e.s.Agreement(lang, r.Agreement), e.s.Step(lang, r.Reasons[0]))
			}
			wordless[r.Agreement] = true
			continue
		}
		e.app.printf("\n%s\n", strings.Join(e.s.Headline(lang, r), "\n"))
		for _, st := range r.Reasons {
			e.step(st, e.s.Reason(lang, st))
		}
		for _, line := range e.s.Settles(lang, r) {
			e.app.printf("  %s\n", line)
		}
	}
	return nil
}

func (e *explanation) agreement(id string) error {
	for _, ag := range e.b.Status().Agreements {
		if ag.ID != id {
			continue
		}
		if e.q.format == "json" {
			return e.app.json(ag)
		}
		lang := e.q.lang
		e.app.printf("%s · %s\n", e.s.Agreement(lang, id), e.s.Time(lang, e.b.Question.At.String()))
		for _, r := range ag.Readings {
			e.app.printf("\n%s: %s\n", e.s.Reader(lang, r.By), e.s.State(lang, string(r.State)))
			told := e.s.Reading(lang, ag, r)
			for _, line := range told {
				e.app.printf("  %s\n", line)
			}
			for _, st := range r.Reasons {
				if line := e.s.Step(lang, st); !slices.Contains(told, line) {
					e.step(st, line)
				}
			}
		}
	}
	return nil
}

// step writes one reason: outcome, sentence, entries, the clause's place.
func (e *explanation) step(st judge.Step, line string) {
	where := ""
	if p := st.Position; p != nil {
		where = fmt.Sprintf("  (%s:%d:%d)", filepath.Join(e.dir, p.File), p.Line, p.Column)
	}
	outcome := e.s.Outcome(e.q.lang, st.Outcome)
	width := 0 // of the longest of the three words, so that the sentences line up
	for _, v := range []truth.Value{truth.No, truth.Maybe, truth.Yes} {
		width = max(width, runewidth.StringWidth(e.s.Outcome(e.q.lang, v)))
	}
	e.app.printf("  %s%s %s%s%s\n", outcome, strings.Repeat(" ", width-runewidth.StringWidth(outcome)), line, brackets(st.Entries), where)
}
