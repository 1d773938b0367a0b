package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/people"
	"github.com/truceline/truceline/problem"
)

func (a *app) peopleCommand() *cobra.Command {
	var q ask
	var choose bool
	c := &cobra.Command{
		Use:   "people CASE [NAME…]",
		Short: "Who is who: names in every script, offices, mentions",
		Long: `Lists the people of a case: their names in four languages, other spellings met in sources,
the names in Latin letters by the usual systems (Ukraine's national system of 2010, the
manner of BGN/PCGN, the common Russian one), the offices that they held as the record
tells them, and how often entries name them.

With names it finds who is meant, by any spelling, script or case of the language: a
letter or two may differ. Where several may be meant all are listed, and asked about in
a terminal (or with --ask, which reads the number from standard input); the exit code is
1 when a name leads to nobody, or to several and none was chosen. For Chinese only what
the case's table says holds.`,
		Example: `  truceline people cases/ua-2025
  truceline people cases/ua-2025 Зеленского Zelenskiy 泽连斯基
  truceline people cases/ua-2025 Sergei --format json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := q.check(); err != nil {
				return err
			}
			for _, name := range args[1:] {
				if strings.TrimSpace(name) == "" {
					return problem.List{{Code: "no-name", Field: "NAME", What: "a name is empty", Mend: "give a name, or none to list everybody"}}
				}
			}
			loaded, err := load(args[0])
			if err != nil {
				return err
			}
			return a.people(people.Of(loaded), args[1:], q, choose)
		},
	}
	c.ValidArgsFunction = func(c *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return completeCase(c, args, start)
		}
		return ofCase(func(c *casefile.Case) []string {
			var names []string
			for _, p := range people.Of(c).People {
				name, _ := p.Name.In("en")
				names = append(names, name)
			}
			return names
		})(c, args, start)
	}
	q.output(c)
	c.Flags().BoolVar(&choose, "ask", false, "where several may be meant, read which from standard input")
	return c
}

// foundPeople is what a name leads to.
type foundPeople struct {
	Asked   string          `json:"asked"`
	Found   []people.Match  `json:"found"`
	Persons []people.Person `json:"persons"`
}

func (a *app) people(t *people.Table, names []string, q ask, choose bool) error {
	if len(names) == 0 {
		if q.format == "json" {
			return a.json(t.People)
		}
		if len(t.People) == 0 {
			a.printf("The case names nobody in its table.\n")
		}
		var rows table
		for _, p := range t.People {
			a.personRows(&rows, p, q.lang, false)
		}
		rows.write(a.out)
		return nil
	}
	lines := bufio.NewReader(a.in)
	open := false
	var all []foundPeople
	for _, name := range names {
		f := foundPeople{name, t.Find(name), []people.Person{}}
		if f.Found == nil {
			f.Found = []people.Match{}
		}
		if len(f.Found) > 1 && q.format == "text" && (choose || a.asks()) {
			chosen, err := a.whichOf(t, f, q.lang, lines)
			if err != nil {
				return err
			}
			f.Found = chosen
		}
		for _, m := range f.Found {
			p, _ := t.Get(m.ID)
			f.Persons = append(f.Persons, p)
		}
		open = open || len(f.Found) != 1
		all = append(all, f)
	}
	if q.format == "json" {
		if err := a.json(all); err != nil {
			return err
		}
	} else {
		a.foundText(all, q.lang)
	}
	if open {
		return errFindings
	}
	return nil
}

// asks tells whether somebody sits at a terminal who can be asked.
func (a *app) asks() bool {
	f, ok := a.in.(*os.File)
	return ok && a.terminal && term.IsTerminal(int(f.Fd()))
}

// whichOf asks which of several is meant; an empty answer leaves it open.
func (a *app) whichOf(t *people.Table, f foundPeople, lang string, in *bufio.Reader) ([]people.Match, error) {
	fmt.Fprintf(a.err, "%q may be:\n", f.Asked)
	for i, m := range f.Found {
		p, _ := t.Get(m.ID)
		name, _ := p.Name.In(lang)
		fmt.Fprintf(a.err, "  %d  %s  %s\n", i+1, name, m.ID)
	}
	for {
		fmt.Fprintf(a.err, "Which (1 to %d; nothing to leave it open)? ", len(f.Found))
		line, err := in.ReadString('\n')
		line = strings.TrimSpace(line)
		if line == "" {
			if err == io.EOF {
				err = nil
			}
			return f.Found, err
		}
		if n, bad := strconv.Atoi(line); bad == nil && n >= 1 && n <= len(f.Found) {
			return f.Found[n-1 : n], nil
		}
		fmt.Fprintf(a.err, "%q is none of them.\n", line)
		if err != nil {
			return f.Found, nil //nolint:nilerr // the input has ended
		}
	}
}

func (a *app) foundText(all []foundPeople, lang string) {
	for i, f := range all {
		if i > 0 {
			a.printf("\n")
		}
		switch len(f.Found) {
		case 0:
			a.printf("%s: nobody of the case\n", f.Asked)
			continue
		case 1:
			a.printf("%s: %s (by %s)\n", f.Asked, f.Found[0].ID, byWord[f.Found[0].By])
		default:
			a.printf("%s: one of %d\n", f.Asked, len(f.Found))
		}
		var rows table
		for _, p := range f.Persons {
			a.personRows(&rows, p, lang, len(f.Persons) == 1)
		}
		rows.write(a.out)
	}
}

var byWord = map[string]string{
	people.BySpelling: "its spelling", people.BySound: "its sound", people.ByFamily: "a part of the name", people.ByLikeness: "likeness",
}

// personRows adds what is known of a person: a row, and notes under it.
func (a *app) personRows(rows *table, p people.Person, lang string, whole bool) {
	name, used := p.Name.In(lang)
	var others []string
	for _, l := range []string{"en", "ru", "uk", "zh"} {
		if other := p.Name[l]; other != "" && l != used {
			others = append(others, other)
		}
	}
	n := fmt.Sprintf("%d entries", len(p.Mentions))
	if len(p.Mentions) == 1 {
		n = "1 entry"
	}
	rows.add(p.ID, name, strings.Join(others, " · "), n)
	if len(p.Also) > 0 {
		rows.note("also " + strings.Join(p.Also, ", "))
	}
	if whole && len(p.Latin) > 0 {
		forms := make([]string, len(p.Latin))
		for i, f := range p.Latin {
			forms[i] = f.Name + " (" + string(f.System) + ")"
		}
		rows.note("in Latin letters " + strings.Join(forms, ", "))
	}
	for _, o := range p.Offices {
		office, _ := o.Office.In(lang)
		when := o.First
		if o.Last != o.First {
			when += " to " + o.Last
		}
		line := office
		if o.Party != "" {
			line += ", " + o.Party
		}
		rows.note(line + ": as told of " + when)
	}
	if whole {
		for _, m := range p.Mentions {
			rows.note(strings.TrimSpace(m.Happened + "  " + string(m.Ref) + "  " + string(m.Kind) + ", " + m.As))
		}
	}
}
