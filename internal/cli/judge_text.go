package cli

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// totals is what reports come to, by agreement and reading.
type totals struct {
	Rules   string  `json:"rules"`
	Reports int     `json:"reports"`
	Totals  []total `json:"totals"`
	// DependsOnReading lists the reports that come to different things by
	// different readings, by agreement.
	DependsOnReading map[string][]record.Ref `json:"depends_on_reading"`
}

// total counts reports by the gravest of what an agreement's clauses come to.
type total struct {
	Agreement       string                       `json:"agreement"`
	Reading         string                       `json:"reading"`
	Classifications map[judge.Classification]int `json:"classifications"`
}

// classifications in the order of the totals' columns.
var classifications = []judge.Classification{judge.Violation, judge.Permitted, judge.NoViolation, judge.NotInForce, judge.NotDecided}

// count adds a report's summary.
func (t *totals) count(sm judge.Summary) {
	for by, list := range sm.ByReading {
		i := slices.IndexFunc(t.Totals, func(x total) bool { return x.Agreement == sm.Agreement && x.Reading == by })
		if i < 0 {
			i = len(t.Totals)
			t.Totals = append(t.Totals, total{sm.Agreement, by, map[judge.Classification]int{}})
		}
		t.Totals[i].Classifications[list[0]]++
	}
	if sm.Overall == judge.DependsOnReading {
		t.DependsOnReading[sm.Agreement] = append(t.DependsOnReading[sm.Agreement], sm.Report)
	}
}

// sort puts the totals by agreement, the text before the readings.
func (t *totals) sort() {
	slices.SortFunc(t.Totals, func(x, y total) int {
		if c := strings.Compare(x.Agreement, y.Agreement); c != 0 {
			return c
		}
		switch {
		case x.Reading == y.Reading:
			return 0
		case x.Reading == judge.Text:
			return -1
		case y.Reading == judge.Text:
			return 1
		}
		return strings.Compare(x.Reading, y.Reading)
	})
}

// judgeSummary writes a line a report and agreement, unless totals alone are asked
// for, and the totals by reading.
func (a *app) judgeSummary(b *judge.Bench, incidents []judge.Incident, q *ask, o judgeOptions) error {
	s, err := explain.New(b.Case)
	if err != nil {
		return err
	}
	t := &table{}
	sum := totals{Rules: judge.Rules, Reports: len(incidents), Totals: []total{}, DependsOnReading: map[string][]record.Ref{}}
	bar := a.progress(len(incidents))
	for _, in := range incidents {
		for _, sm := range b.Summarise(b.Judge(in, o.agreement)) {
			sum.count(sm)
			if !o.summary {
				t.add(string(sm.Report), s.Time(q.lang, in.Happened.String()), s.Summary(q.lang, sm))
			}
		}
		_ = bar.Add(1)
	}
	_ = bar.Finish()
	sum.sort()
	if q.format == "json" {
		return a.json(sum)
	}
	out := bufio.NewWriter(a.out)
	if len(t.rows) > 0 {
		t.write(out)
		fmt.Fprintln(out)
	}
	a.totals(s, q.lang, &sum).write(out)
	for _, id := range b.Agreements() {
		if list := sum.DependsOnReading[id]; len(list) > 0 {
			fmt.Fprintf(out, "%s: %s: %d%s\n", s.Agreement(q.lang, id), s.Classification(q.lang, string(judge.DependsOnReading)), len(list), some(list))
		}
	}
	return out.Flush()
}

// totals makes the table of the totals.
func (a *app) totals(s *explain.Speaker, lang string, sum *totals) *table {
	t := &table{}
	head := []string{"", ""}
	for _, c := range classifications {
		head = append(head, s.Classification(lang, string(c)))
	}
	t.add(head...)
	for _, k := range sum.Totals {
		row := []string{s.Agreement(lang, k.Agreement), s.Reader(lang, k.Reading)}
		for _, c := range classifications {
			row = append(row, strconv.Itoa(k.Classifications[c]))
		}
		t.add(row...)
	}
	return t
}

// maxNamed is how many references a line names; the table marks the others too.
const maxNamed = 40

// some writes the first references of a list in brackets.
func some(list []record.Ref) string {
	if len(list) <= maxNamed {
		return brackets(list)
	}
	return strings.TrimSuffix(brackets(list[:maxNamed]), "]") + " …]"
}
