package cli

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

func (a *app) statusCommand() *cobra.Command {
	var q ask
	c := &cobra.Command{
		Use:   "status CASE",
		Short: "What is in force, by agreement and reading",
		Long: `For each agreement and each reading: its state, since and until when, the conditions
for its start, and where each party stands. The reading "text" is the words themselves;
where the sides have no common text it answers undetermined.`,
		Example: `  truceline status cases/ua-2025 --at 2025-03-20
  truceline status cases/ua-2025 --at 2025-03-12T12:00Z --known-by 2025-03-12T12:00Z --format json
  truceline status cases/ua-2025 --at 2025-03-12 --as-of before:B10`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := a.bench(args[0], &q)
			if err != nil {
				return err
			}
			st := b.Status()
			if q.format == "json" {
				return a.json(st)
			}
			return a.statusText(b, st, q.lang)
		},
	}
	q.times(c)
	q.output(c)
	return c
}

func (a *app) statusText(b *judge.Bench, st judge.Status, lang string) error {
	s, err := explain.New(b.Case)
	if err != nil {
		return err
	}
	for _, line := range s.Answer(lang, st) {
		a.printf("%s\n", line)
	}
	for _, ag := range st.Agreements {
		if ag.Upcoming { // named at the foot; its answer would be of a text that nobody knew
			continue
		}
		a.printf("\n%s\n", s.Agreement(lang, ag.ID))
		for _, r := range ag.Readings {
			a.printf("  %s: %s\n", s.Reader(lang, r.By), s.State(lang, string(r.State)))
			for _, line := range s.Reading(lang, ag, r) {
				a.printf("    %s\n", line)
			}
			for _, p := range r.Preconditions {
				a.printf("    - %s: %s%s\n", s.Precondition(lang, p.ID), s.ConditionState(lang, p.State), brackets(p.Entries))
			}
		}
		for _, code := range s.SortParties(lang, slices.Collect(maps.Keys(ag.Readings[0].Positions))) {
			p := ag.Readings[0].Positions[code]
			line := s.Party(lang, code) + ": " + s.Position(lang, string(p.Position))
			if p.Strength != "" {
				line += ", " + s.Strength(lang, string(p.Strength))
			}
			a.printf("  %s%s\n", line, brackets(p.Entries))
			for _, c := range p.Conditions {
				text, _ := s.Text(lang, c.Text)
				a.printf("    - %s: %s\n", text, s.ConditionState(lang, c.State))
			}
		}
	}
	a.printf("\n%s\n", asked(s, lang, st))
	return nil
}

// asked repeats the three times of a question, under the names of their flags, the
// entries that are used though only their day is known, the agreements that became
// known later than the moment asked about, and the rules.
func asked(s *explain.Speaker, lang string, st judge.Status) string {
	parts := []string{"at: " + s.Time(lang, st.At)}
	if st.KnownBy != "" {
		parts = append(parts, "known-by: "+s.Time(lang, st.KnownBy))
	}
	if len(st.HourUnknown) > 0 {
		parts = append(parts, "day only:"+brackets(st.HourUnknown))
	}
	var later []record.Ref
	for _, ag := range st.Agreements {
		if ag.Upcoming {
			later = append(later, record.Ref(ag.ID))
		}
	}
	if len(later) > 0 {
		parts = append(parts, "known later:"+brackets(later))
	}
	return strings.Join(append(parts, "as-of: "+strconv.Itoa(st.AsOf), st.Rules), " · ")
}

// brackets writes references behind a statement.
func brackets(refs []record.Ref) string {
	if len(refs) == 0 {
		return ""
	}
	parts := make([]string, len(refs))
	for i, r := range refs {
		parts[i] = string(r)
	}
	return " [" + strings.Join(parts, " ") + "]"
}

func (a *app) timelineCommand() *cobra.Command {
	var q ask
	c := &cobra.Command{
		Use:   "timeline CASE",
		Short: "What was said and done, oldest first",
		Long: `Lists the entries that the question sees and that may have happened by its moment.
Claims that a document makes without a source are marked; contested ones are not quoted.`,
		Example:           "  truceline timeline cases/ua-2025 --at 2025-03-12 --lang ru",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := a.bench(args[0], &q)
			if err != nil {
				return err
			}
			items := b.Timeline()
			if q.format == "json" {
				return a.json(items)
			}
			s, err := explain.New(b.Case)
			if err != nil {
				return err
			}
			t := &table{}
			for _, it := range items {
				t.add(string(it.Ref), s.Time(q.lang, it.Happened), s.Kind(q.lang, string(it.Kind)), mark(it), told(s, q.lang, it))
			}
			t.write(a.out)
			return nil
		},
	}
	q.times(c)
	q.output(c)
	return c
}

// told gives an entry's sentence with who says it; no fact stands without its maker.
func told(s *explain.Speaker, lang string, it judge.Item) string {
	summary, _ := s.Text(lang, it.Summary)
	who := s.Voice(lang, it.SaidBy, it.Through)
	if who == "" || summary == "" {
		return summary + who
	}
	return summary + " — " + who
}

// mark is a sign for an item that is not a plain fact of the record; it is the same
// in every language.
func mark(it judge.Item) string {
	switch {
	case it.Withheld:
		return "??"
	case it.Unattributed:
		return "?"
	case it.Retracted:
		return "×"
	case it.Planned:
		return "…"
	}
	return ""
}

func (a *app) positionsCommand() *cobra.Command {
	var q ask
	var party string
	c := &cobra.Command{
		Use:               "positions CASE",
		Short:             "Where a party stood over time, with the entries that say so",
		Long:              `Lists every stand of a party on each agreement: stances that somebody read from statements, and formal acts.`,
		Example:           "  truceline positions cases/ua-2025 --party RU",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := a.bench(args[0], &q)
			if err != nil {
				return err
			}
			if party != "" {
				if err := known("--party", party, b.Case.PartyCodes()); err != nil {
					return err
				}
			}
			list := b.Positions(party)
			if q.format == "json" {
				return a.json(list)
			}
			s, err := explain.New(b.Case)
			if err != nil {
				return err
			}
			t := &table{}
			for _, p := range list {
				strength := ""
				if p.Strength != "" {
					strength = s.Strength(q.lang, string(p.Strength))
				}
				t.add(s.Agreement(q.lang, p.Agreement), s.Party(q.lang, p.Party), s.Time(q.lang, p.When), s.Position(q.lang, string(p.Position)), strength, string(p.Entry))
				for _, k := range p.Condition {
					text, _ := s.Text(q.lang, k.Text)
					t.note("– " + text)
				}
			}
			t.write(a.out)
			return nil
		},
	}
	q.times(c)
	q.output(c)
	c.Flags().StringVar(&party, "party", "", "the party's code (default all parties)")
	_ = c.RegisterFlagCompletionFunc("party", ofCase((*casefile.Case).PartyCodes))
	return c
}

func (a *app) gapsCommand() *cobra.Command {
	var q ask
	c := &cobra.Command{
		Use:   "gaps CASE",
		Short: "Contacts, the time since the one before, and promises of contact",
		Long: `Lists contacts, oldest first. The time since the contact before is a range for each
source that dates an earlier one; it is never one figure. Planned contacts and standing promises follow.`,
		Example:           "  truceline gaps cases/ua-2025 --at 2025-03-13",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := a.bench(args[0], &q)
			if err != nil {
				return err
			}
			contacts, promises, planned := b.Contacts(), b.Promises(), b.Planned()
			if q.format == "json" {
				return a.json(map[string]any{"contacts": contacts, "promises": promises, "planned": planned})
			}
			s, err := explain.New(b.Case)
			if err != nil {
				return err
			}
			for _, k := range contacts {
				summary := ""
				if it, ok := b.Item(k.Entry); ok {
					summary = told(s, q.lang, it)
				}
				a.printf("%s%s  %s  %s\n", k.Entry, brackets(k.Also), s.Time(q.lang, k.When), summary)
				for _, line := range s.Contact(q.lang, k) {
					a.printf("    %s\n", line)
				}
			}
			for _, p := range promises {
				later := ""
				if len(p.Kept) > 0 { // contacts of its series since; whether it was kept is not decided
					later = " →" + brackets(p.Kept)
				}
				a.printf("%s  %s  %s%s%s\n", p.ID, s.Format(q.lang, "parties", strings.Join(p.Parties, ",")), s.Time(q.lang, p.Since), brackets(p.Entries), later)
			}
			for _, it := range planned {
				a.printf("%s … %s  %s\n", it.Ref, s.Time(q.lang, it.Happened), told(s, q.lang, it))
			}
			return nil
		},
	}
	q.times(c)
	q.output(c)
	return c
}
