package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"sync"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/intake"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
)

// judgeOptions are the flags of judge beyond the question.
type judgeOptions struct {
	reports, agreement string
	skipBad, summary   bool
}

func (a *app) judgeCommand() *cobra.Command {
	var q ask
	var o judgeOptions
	c := &cobra.Command{
		Use:   "judge CASE",
		Short: "Judge reported incidents against every clause, by every reading",
		Long: `Judges the reports of the record, or those of a CSV file, against every clause of every
agreement, under the text and under each reading. An incident is judged at its own
time; --at leaves out what happened later.

JSON output is a line for each report, agreement, clause and reading:
{"report","agreement","clause","reading","classification","occurrence","attribution","reasons":[…]}.
Classifications: violation, no-violation, permitted, not-in-force, undetermined; each is of
the facts as the report tells them. Text output is a table with totals: how many
reports come to what by each reading, and which depend on the reading. --summary gives
the totals alone.

The CSV needs the columns report and happened; it may have place, lon, lat, radius_m,
within, object, act, weapon, domain, actor, said_by, source, address. Every bad row is told.`,
		Example: `  truceline judge cases/ua-2025
  truceline judge cases/ua-2025 --agreement energy-2025-03 --format json
  truceline judge cases/ua-2025 --reports testdata/viina/reports.csv --format json > rulings.jsonl
  cat reports.csv | truceline judge cases/ua-2025 --reports -`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := a.bench(args[0], &q)
			if err != nil {
				return err
			}
			if o.agreement != "" {
				if err := known("--agreement", o.agreement, b.Agreements()); err != nil {
					return err
				}
			}
			return a.judge(b, &q, o)
		},
	}
	q.times(c)
	q.output(c)
	c.Flags().StringVar(&o.reports, "reports", "", "judge the reports of this CSV file (- for standard input) in place of the record's")
	c.Flags().StringVar(&o.agreement, "agreement", "", "judge against this agreement only")
	c.Flags().BoolVar(&o.skipBad, "skip-bad-rows", false, "judge the good rows of a file that has bad ones; exit 1")
	c.Flags().BoolVar(&o.summary, "summary", false, "totals only")
	_ = c.RegisterFlagCompletionFunc("agreement", ofCase(agreements))
	return c
}

func (a *app) judge(b *judge.Bench, q *ask, o judgeOptions) error {
	incidents := b.Incidents()
	bad := false
	if o.reports != "" {
		var err error
		incidents, bad, err = a.readReports(b, q, o)
		if err != nil {
			return err
		}
	}
	var err error
	if q.format == "json" && !o.summary {
		err = a.judgeJSON(b, incidents, o.agreement)
	} else {
		err = a.judgeSummary(b, incidents, q, o)
	}
	if err == nil && bad {
		return errFindings
	}
	return err
}

// readReports reads a CSV file of reports that happened, and were known, by the
// question's moments: a row is public from when it happened on. How many are left
// out is said.
func (a *app) readReports(b *judge.Bench, q *ask, o judgeOptions) (list []judge.Incident, bad bool, err error) {
	data, name, err := a.readFile(o.reports)
	if err != nil {
		return nil, false, err
	}
	rows, err := intake.Reports(name, data, namesOf(b.Case))
	var problems problem.List
	if errors.As(err, &problems) {
		if !o.skipBad || len(rows) == 0 {
			return nil, false, problems
		}
		for _, p := range problems {
			fmt.Fprintln(a.err, "error: "+p.Error())
		}
		bad = true
	} else if err != nil {
		return nil, false, err
	}
	limit := b.Question.At
	if q.at == "" { // a file may tell of what came after the case's end
		limit = moment.FromTime(a.now())
	}
	later := 0
	for _, r := range rows {
		if r.Happened.Earliest() > min(limit, b.Question.KnownBy) {
			later++
			continue
		}
		happened := r.Happened
		if known := b.Question.KnownBy; known != moment.Future && happened.Latest() > known { // it was over when it became known
			happened = happened.Clip(moment.Span{From: moment.Past, Until: known + 1})
		}
		list = append(list, b.Incident(r.Ref, happened, r.Entry().SaidBy, r.Body))
	}
	if later > 0 {
		fmt.Fprintf(a.err, "%s: %s left out, of what happened after the moment asked about; a later --at takes them in\n", name, plural(later, "report"))
	}
	return list, bad, nil
}

func namesOf(c *casefile.Case) intake.Names {
	n := intake.Names{Parties: c.PartyCodes(), Areas: slices.Sorted(maps.Keys(c.Areas)), Zone: c.Zone, Recorded: map[string]int{}}
	if n.Areas == nil {
		n.Areas = []string{} // a case without areas knows none
	}
	for _, e := range c.Entries {
		n.Recorded[string(e.Envelope.Entry.Ref)] = e.Position
	}
	return n
}

// maxInput bounds a file that is read whole.
const maxInput = intake.MaxFile

// readFile reads a file, or standard input for "-".
func (a *app) readFile(name string) (data []byte, shown string, err error) {
	if name == "-" {
		data, err = io.ReadAll(io.LimitReader(a.in, maxInput+1))
		return data, "standard input", err
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, name, fmt.Errorf("%s: the file cannot be read (is the name right?)", name)
	}
	if info.Size() > maxInput {
		return nil, name, fmt.Errorf("%s: the file has %d bytes, at most %d can be read", name, info.Size(), maxInput)
	}
	data, err = os.ReadFile(name)
	return data, name, err
}

// progress shows a bar on a terminal while many reports are judged.
func (a *app) progress(n int) *progressbar.ProgressBar {
	if !a.terminal || n < 500 {
		return progressbar.DefaultSilent(int64(n))
	}
	return progressbar.NewOptions(n, progressbar.OptionSetWriter(a.err), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(40))
}

// batch is how many reports one worker judges before its answer is written.
const batch = 64

// judgeJSON writes a line a ruling, in the order of the reports, on two goroutines.
func (a *app) judgeJSON(b *judge.Bench, incidents []judge.Incident, id string) error {
	type job struct {
		from int
		done chan []byte
	}
	jobs, order := make(chan job), make(chan job, 16)
	used := make(chan []byte, 16) // buffers that were written and can be filled again
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for j := range jobs {
				var buf []byte
				select {
				case buf = <-used:
				default:
				}
				for _, in := range incidents[j.from:min(j.from+batch, len(incidents))] {
					for _, r := range b.Judge(in, id) {
						buf = appendRuling(buf, &r)
						buf = append(buf, '\n')
					}
				}
				j.done <- buf
			}
		})
	}
	go func() {
		for from := 0; from < len(incidents); from += batch {
			j := job{from, make(chan []byte, 1)}
			order <- j
			jobs <- j
		}
		close(jobs)
		close(order)
	}()
	out := bufio.NewWriterSize(a.out, 1<<20)
	bar := a.progress(len(incidents))
	var failed error
	for j := range order {
		buf := <-j.done
		if _, err := out.Write(buf); err != nil && failed == nil {
			failed = err
		}
		select {
		case used <- buf[:0]:
		default:
		}
		_ = bar.Add(batch)
	}
	workers.Wait()
	_ = bar.Finish()
	return errors.Join(failed, out.Flush())
}
