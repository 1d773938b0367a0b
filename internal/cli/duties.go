package cli

import (
	"github.com/spf13/cobra"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
)

// owed is the answer of the duties command.
type owed struct {
	At       string                `json:"at"`
	Rules    string                `json:"rules"`
	Duties   []judge.DutyStatus    `json:"duties"`
	Powers   []judge.PowerStatus   `json:"powers"`
	Requests []judge.RequestStatus `json:"requests"`
}

func (a *app) dutiesCommand() *cobra.Command {
	var q ask
	var id string
	var why bool
	c := &cobra.Command{
		Use:   "duties CASE",
		Short: "What is owed, what was done of it, and what is overdue",
		Long: `For each agreement and reading: every duty with who owes it, how it stands and by when
it is due; then the powers that may be used, and the requests that wait for an answer.
Each source's figure stands by itself; figures of different sources are never added.
--why adds the reasons, each with its entries.`,
		Example: `  truceline duties cases/ua-2025 --at 2025-03-20
  truceline duties cases/ua-2025 --agreement energy-2025-03 --at 2025-04-10 --why
  truceline duties cases/ua-2025 --lang uk --format json`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := a.benchOf(args[0], id, &q)
			if err != nil {
				return err
			}
			o := owed{b.Question.At.String(), judge.Rules, b.Duties(id), b.Powers(id), b.Requests()}
			if q.format == "json" {
				return a.json(o)
			}
			s, err := explain.New(b.Case)
			if err != nil {
				return err
			}
			a.dutiesText(s, q.lang, b, o, why)
			return nil
		},
	}
	q.times(c)
	q.output(c)
	c.Flags().StringVar(&id, "agreement", "", "only this agreement")
	c.Flags().BoolVar(&why, "why", false, "add the reasons")
	_ = c.RegisterFlagCompletionFunc("agreement", ofCase(agreements))
	return c
}

// benchOf prepares a question about one agreement, or about all.
func (a *app) benchOf(dir, id string, q *ask) (*judge.Bench, error) {
	b, err := a.bench(dir, q)
	if err != nil || id == "" {
		return b, err
	}
	return b, known("--agreement", id, agreements(b.Case))
}

// dutiesText writes duties and powers by agreement and reading, then the requests.
func (a *app) dutiesText(s *explain.Speaker, lang string, b *judge.Bench, o owed, why bool) {
	say := func(code string) string { return s.Tell(lang, code) }
	some := false
	for _, id := range b.Agreements() {
		var readings []string
		rows := map[string]*table{}
		of := func(by string) *table {
			if rows[by] == nil {
				rows[by], readings = &table{}, append(readings, by)
			}
			return rows[by]
		}
		reasons := func(t *table, list []judge.Step) {
			for _, st := range list {
				if why {
					t.note("    " + s.Reason(lang, st) + brackets(st.Entries))
				}
			}
		}
		for _, d := range o.Duties {
			if d.Agreement == id {
				t := of(d.Reading)
				a.dutyRow(s, lang, t, d, why)
				reasons(t, d.Reasons)
			}
		}
		for _, p := range o.Powers {
			if p.Agreement == id {
				t := of(p.Reading)
				t.add("    "+p.Clause, s.Party(lang, p.Holder)+": "+s.Effect(lang, p.Effect), s.PowerState(lang, p.State), "")
				reasons(t, p.Reasons)
			}
		}
		if len(readings) == 0 {
			continue
		}
		if some {
			a.printf("\n")
		}
		some = true
		a.printf("%s\n", s.Agreement(lang, id))
		for _, by := range readings {
			a.printf("  %s\n", s.Reader(lang, by))
			rows[by].write(a.out)
		}
	}
	if !some {
		a.printf("%s\n", say("duty.none"))
	}
	if len(o.Requests) == 0 {
		return
	}
	a.printf("\n%s\n", say("requests.head"))
	t := &table{}
	for _, r := range o.Requests {
		t.add("  "+string(r.Entry), s.Party(lang, r.Of), s.RequestState(lang, r.State), s.Time(lang, r.Due)+brackets(r.Answers))
		for _, st := range r.Reasons {
			if why {
				t.note("    " + s.Reason(lang, st) + brackets(st.Entries))
			}
		}
	}
	t.write(a.out)
}

// dutyRow writes how one duty stands, each source's figure and the last times at
// which it was owed again; how many there were, unless the reasons tell it.
func (a *app) dutyRow(s *explain.Speaker, lang string, t *table, d judge.DutyStatus, why bool) {
	due := ""
	if d.Due != "" {
		due = s.Tell(lang, "owed.by", "last", d.LastDay)
	}
	t.add("    "+d.Clause, s.Duty(lang, d), s.DutyStates(lang, d.State, d.Possible), due)
	for _, f := range d.Figures {
		t.note("    " + s.Figure(lang, d, f) + brackets(f.Entries))
	}
	if d.Occasions == nil {
		return
	}
	for _, st := range d.Reasons {
		if st.Test == "occasions" && !why {
			t.note("    " + s.Step(lang, st))
		}
	}
	const periods, entries = 2, 12 // of the last ones; the JSON has all
	list := d.Occasions.List
	shown := entries
	if len(list) > 0 && list[0].Of == "" {
		shown = periods
	}
	for _, o := range list[max(0, len(list)-shown):] {
		t.note("    " + s.Occasion(lang, d.Zone, o) + brackets(o.Entries))
	}
}

func (a *app) calendarCommand() *cobra.Command {
	var q ask
	var id string
	c := &cobra.Command{
		Use:   "calendar CASE",
		Short: "The days that an agreement sets, under each start that is computed or stated",
		Long: `Lists start, phases, days by which duties are due, last days for a notice, and ends: once
for the start that follows from terms and acts under each reading, and once for every
start that somebody states. No start is preferred; each heading says whose it is.`,
		Example: `  truceline calendar cases/ua-2025 --at 2025-04-10
  truceline calendar cases/ua-2025 --agreement energy-2025-03 --lang ru`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := a.benchOf(args[0], id, &q)
			if err != nil {
				return err
			}
			days := b.Calendar(id)
			if q.format == "json" {
				return a.json(days)
			}
			s, err := explain.New(b.Case)
			if err != nil {
				return err
			}
			a.calendarText(s, q.lang, days)
			return nil
		},
	}
	q.times(c)
	q.output(c)
	c.Flags().StringVar(&id, "agreement", "", "only this agreement")
	_ = c.RegisterFlagCompletionFunc("agreement", ofCase(agreements))
	return c
}

func (a *app) calendarText(s *explain.Speaker, lang string, days []judge.Deadline) {
	if len(days) == 0 {
		a.printf("%s\n", s.Tell(lang, "calendar.none"))
		return
	}
	id, head := "", ""
	t := &table{}
	flush := func() {
		t.write(a.out)
		t = &table{}
	}
	for i, d := range days {
		if under := s.Calendar(lang, d) + brackets(d.Entries); d.Agreement != id || under != head {
			flush()
			if d.Agreement != id && i > 0 {
				a.printf("\n")
			}
			if d.Agreement != id {
				a.printf("%s\n", s.Agreement(lang, d.Agreement))
			}
			id, head = d.Agreement, under
			a.printf("  %s\n", under)
		}
		what := s.Tell(lang, "calendar.day", "day", s.Day(lang, d.What), "party", d.Party, "counting", string(d.Counting))
		when := s.When(lang, d.When, d.Zone)
		if d.LastDay != "" {
			when = s.Tell(lang, "owed.by", "last", d.LastDay)
		}
		t.add("    "+d.Clause, what, when)
	}
	flush()
}
