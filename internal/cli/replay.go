package cli

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/replay"
)

// replayOptions are the flags of replay beyond the question.
type replayOptions struct {
	judgeOptions
	start    string
	readings []string
	reading  string // whose chart is drawn
}

func (a *app) replayCommand() *cobra.Command {
	q := ask{formats: []string{"text", "json", "csv", "svg"}}
	var o replayOptions
	c := &cobra.Command{
		Use:   "replay CASE --agreement FILE --start TIME",
		Short: "What if: lay a draft over past incidents",
		Long: `Asks what a draft would have made of incidents that were reported: how many would be
violations as told, by clause, side and week; how many could not be decided, and for
lack of which facts; where readings part. The draft is taken to bind from --start on,
its conditions as met; nothing is written.

--agreement is a draft's file (Markdown with its terms; translations beside it are read
too) or the id of an agreement of the case. --reading adds how somebody reads it.
Incidents are the reports of the record, or of a CSV file as in judge.

An incident counts once for each reading, as the gravest that it is under any clause;
under each clause it counts again. Counts are of reports as told: nothing is verified
by counting. --format csv gives one table, svg a chart of the weeks.`,
		Example: `  truceline replay cases/ua-2025 --agreement energy-2025-03 --start 2025-03-18
  truceline replay cases/ua-2025 --agreement draft.md --reading reading-b.md --reports reports.csv --start 2025-03-18 --format json
  truceline replay cases/ua-2025 --agreement draft.md --reports reports.csv --start 2025-03-18 --format svg > weeks.svg`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			return a.replay(args[0], &q, &o)
		},
	}
	q.times(c)
	q.output(c)
	c.Flags().StringVar(&o.agreement, "agreement", "", "the draft's file, or the id of an agreement of the case (required)")
	c.Flags().StringVar(&o.start, "start", "", "when it is taken to begin: EDTF (required)")
	c.Flags().StringArrayVar(&o.readings, "reading", nil, "a file that says how somebody reads the draft (may be given several times)")
	c.Flags().StringVar(&o.reports, "reports", "", "the reports of this CSV file (- for standard input) in place of the record's")
	c.Flags().BoolVar(&o.skipBad, "skip-bad-rows", false, "replay the good rows of a file that has bad ones; exit 1")
	c.Flags().StringVar(&o.reading, "by", "", "whose reading the chart shows (default: the text, or the first reading where there is no common text)")
	_ = c.MarkFlagRequired("agreement")
	_ = c.MarkFlagRequired("start")
	_ = c.RegisterFlagCompletionFunc("agreement", ofCase(agreements))
	return c
}

func (a *app) replay(dir string, q *ask, o *replayOptions) error {
	if err := q.check(); err != nil {
		return err
	}
	c, err := load(dir)
	if err != nil {
		return err
	}
	c, id, err := a.withDraft(c, o)
	if err != nil {
		return err
	}
	start, err := moment.Parse(o.start, c.Zone)
	if err != nil {
		return problem.List{{Code: "bad-time", Field: "--start", What: err.Error(), Mend: "times are EDTF: 2025-03-18, 2025-03-18T12:00+02:00"}}
	}
	b, err := a.question(c, q)
	if err != nil {
		return err
	}
	asked := b.Question
	asked.Suppose = &judge.Supposition{Agreement: id, Start: start}
	b = judge.New(c, asked)
	incidents, bad := b.Incidents(), false
	if o.reports != "" {
		if incidents, bad, err = a.readReports(b, q, o.judgeOptions); err != nil {
			return err
		}
	}
	bar := a.progress(len(incidents))
	r := replay.Run(b, id, incidents, c.Zone, func() { _ = bar.Add(1) })
	_ = bar.Finish()
	if err := a.replayed(c, q, o, r); err != nil {
		return err
	}
	if bad {
		return errFindings
	}
	return nil
}

// withDraft finds the agreement in the case, or reads the draft's file and lays it
// into the case.
func (a *app) withDraft(c *casefile.Case, o *replayOptions) (with *casefile.Case, id string, err error) {
	if len(o.readings) == 0 && slices.ContainsFunc(c.Versions, func(v casefile.Version) bool { return v.ID == o.agreement }) {
		return c, o.agreement, nil
	}
	data, name, err := a.readFile(o.agreement)
	if err != nil {
		return nil, "", errors.Join(err, known("--agreement", o.agreement, agreements(c)))
	}
	k := &checker{app: a}
	translations, err := k.translations(name)
	if err != nil {
		return nil, "", err
	}
	draft, err := agreement.ParseText(name, data, translations)
	if err != nil {
		return nil, "", err
	}
	var strangers problem.List
	for party := range draft.Roles {
		if _, ok := c.Parties[party]; !ok {
			strangers.Add(problem.Problem{
				Code: "unknown-party", File: name, Line: draft.Pos.Line, Column: draft.Pos.Column, Field: "parties." + party,
				What: fmt.Sprintf("the case has no %q", party), Mend: "it knows " + strings.Join(c.PartyCodes(), ", "),
			})
		}
	}
	if err := strangers.Err(); err != nil {
		return nil, "", err
	}
	var readings []*agreement.Reading
	for _, file := range o.readings {
		data, name, err := a.readFile(file)
		if err != nil {
			return nil, "", err
		}
		r, err := agreement.ParseReading(name, data)
		if err != nil {
			return nil, "", err
		}
		if _, err := draft.Under(r); err != nil {
			return nil, "", err
		}
		readings = append(readings, r)
	}
	return c.WithDraft(draft, readings...), draft.ID, nil
}

// replayed writes the result.
func (a *app) replayed(c *casefile.Case, q *ask, o *replayOptions, r replay.Result) error {
	if q.format == "json" {
		return a.json(r)
	}
	s, err := explain.New(c)
	if err != nil {
		return err
	}
	switch q.format {
	case "csv":
		return a.replayCSV(r)
	case "svg":
		return a.replaySVG(s, q, o, r)
	}
	a.replayText(s, q.lang, r)
	return nil
}

// replayCSV writes one table: a row a reading and thing counted.
func (a *app) replayCSV(r replay.Result) error {
	w := csv.NewWriter(a.out)
	row := func(by, sort, what string, c replay.Counts) {
		_ = w.Write([]string{by, sort, what, strconv.Itoa(c.Violation), strconv.Itoa(c.Permitted), strconv.Itoa(c.NoViolation), strconv.Itoa(c.NotInForce), strconv.Itoa(c.NotDecided)})
	}
	_ = w.Write([]string{"reading", "by", "what", "violation", "permitted", "no_violation", "not_in_force", "undetermined"})
	for _, x := range r.Readings {
		row(x.By, "total", "", x.Total)
		for _, y := range x.Clauses {
			row(x.By, "clause", y.Clause, y.Counts)
		}
		for _, y := range x.Sides {
			row(x.By, "side", y.Party, y.Counts)
		}
		for _, y := range x.Weeks {
			row(x.By, "week", y.From, y.Counts)
		}
		for _, y := range x.Lacking {
			row(x.By, "lacking", strings.Join(y.Facts, "+"), replay.Counts{NotDecided: y.Incidents})
		}
	}
	w.Flush()
	return w.Error()
}

// replaySVG draws the weeks of one reading.
func (a *app) replaySVG(s *explain.Speaker, q *ask, o *replayOptions, r replay.Result) error {
	if len(r.Readings) == 0 {
		return fmt.Errorf("there is nothing to draw: the agreement has no clause that incidents are judged by")
	}
	i := 0
	var by []string
	for _, x := range r.Readings {
		by = append(by, x.By)
	}
	if o.reading != "" {
		if err := known("--by", o.reading, by); err != nil {
			return err
		}
		i = slices.Index(by, o.reading)
	}
	x := r.Readings[i]
	say := func(code string, args ...string) string { return s.Tell(q.lang, code, args...) }
	title := say("replay.title", "agreement", r.Agreement, "reading", x.By, "from", r.Start)
	a.printf("%s", replay.Chart(x, replay.Words{
		Title: title, Violation: s.Classification(q.lang, string(judge.Violation)), NotDecided: s.Classification(q.lang, string(judge.NotDecided)),
		Undated: say("replay.undated"),
		Description: say("replay.description", "violation", strconv.Itoa(x.Total.Violation), "undetermined", strconv.Itoa(x.Total.NotDecided),
			"all", strconv.Itoa(r.Incidents)),
	}))
	return nil
}

// replayText writes tables for people.
func (a *app) replayText(s *explain.Speaker, lang string, r replay.Result) {
	heads := make([]string, len(classifications))
	for i, c := range classifications {
		heads[i] = s.Classification(lang, string(c))
	}
	row := func(t *table, what string, c replay.Counts) {
		t.add(what, strconv.Itoa(c.Violation), strconv.Itoa(c.Permitted), strconv.Itoa(c.NoViolation), strconv.Itoa(c.NotInForce), strconv.Itoa(c.NotDecided))
	}
	say := func(code string, args ...string) string { return s.Tell(lang, code, args...) }
	if len(r.Readings) == 0 {
		code := "replay.no-clause"
		if r.Incidents == 0 {
			code = "replay.no-reports"
		}
		a.printf("%s: %s\n", s.Agreement(lang, r.Agreement), say(code))
	}
	for i, x := range r.Readings {
		if i > 0 {
			a.printf("\n")
		}
		a.printf("%s\n\n", say("replay.title", "agreement", r.Agreement, "reading", x.By, "from", r.Start))
		t := &table{}
		t.add(append([]string{""}, heads...)...)
		row(t, say("replay.total", "all", strconv.Itoa(r.Incidents)), x.Total)
		for _, y := range x.Clauses {
			row(t, say("replay.clause", "clause", y.Clause), y.Counts)
		}
		for _, party := range s.SortParties(lang, sides(x)) {
			for _, y := range x.Sides {
				if y.Party == party && party != "" {
					row(t, s.Party(lang, party), y.Counts)
				}
			}
		}
		for _, y := range x.Sides {
			if y.Party == "" {
				row(t, say("replay.nobody"), y.Counts)
			}
		}
		for _, y := range x.Weeks {
			week := say("replay.undated")
			if y.From != "" {
				week = say("replay.week", "from", y.From)
			}
			row(t, week, y.Counts)
		}
		t.write(a.out)
		for j, y := range x.Lacking {
			if j == 0 {
				a.printf("\n%s\n", say("replay.lacking"))
			}
			a.printf("  %d  %s\n", y.Incidents, s.Format(lang, "facts", strings.Join(y.Facts, ",")))
		}
	}
	if len(r.Parting) == 0 {
		return
	}
	a.printf("\n%s\n", say("replay.parting", "n", strconv.Itoa(len(r.Parting))))
	const shown = 20
	for i, p := range r.Parting {
		if i == shown {
			a.printf("  … %s\n", say("replay.more", "n", strconv.Itoa(len(r.Parting)-shown)))
			break
		}
		parts := []string{}
		for _, x := range r.Readings {
			if c, ok := p.ByReading[x.By]; ok {
				parts = append(parts, s.Reader(lang, x.By)+": "+s.Classification(lang, string(c)))
			}
		}
		a.printf("  %s  %s\n", p.Report, strings.Join(parts, "; "))
	}
}

func sides(r replay.Reading) []string {
	list := make([]string, len(r.Sides))
	for i, x := range r.Sides {
		list[i] = x.Party
	}
	return list
}
