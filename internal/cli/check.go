package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/problem"
)

// finding is one line of what check tells.
type finding struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Unit   string `json:"unit,omitempty"` // "paragraph" where Line counts paragraphs
	Level  string `json:"level"`          // error, warning or info
	Code   string `json:"code"`
	Field  string `json:"field,omitempty"`
	What   string `json:"what"`
	Why    string `json:"why,omitempty"`
	Mend   string `json:"mend,omitempty"`
}

// sorts are the sorts of file that check knows, by the end of their names.
var sorts = []string{"md", "geojson", "jsonl", "csv", "docx", "txt"}

func (a *app) checkCommand() *cobra.Command {
	q := ask{formats: []string{"text", "json", "sarif"}}
	var as, within, propose string
	c := &cobra.Command{
		Use:   "check FILE...",
		Short: "Check cases, agreements, readings, areas, records and reports",
		Long: `Checks each FILE and tells every problem with its place, why it matters and how to mend it:
a case (a directory with case.hcl), an agreement's folder, a draft or reading (.md), an
area (.geojson), a record (.jsonl), reports (.csv). "-" is standard input; --as says what
it is. A draft is read with its translations beside it. --case holds the parties, areas
and references in reports to a case.

A draft as lawyers pass it round (.docx, .txt, or .md without terms) is read for its words:
what sort of clause each article looks like, which facts it lacks, what is not yet
formalised. In a .docx paragraphs are counted in the place of lines. --propose writes a
skeleton of an agreement file from it.

Drafts are linted: a prohibition without an area, a duty without a measure, days without
a rule of counting, nobody named to find violations.

--format sarif gives SARIF 2.1.0, which editors and code hosts show beside the lines.
Exit code 1: findings of level error. 2: a file that cannot be used.`,
		Example: `  truceline check cases/ua-2025
  truceline check draft.md --lang uk
  truceline check areas/*.geojson record.jsonl --format json
  truceline check cases/ua-2025 --format sarif > findings.sarif
  truceline check reports.csv --case cases/ua-2025
  truceline check --as md - < draft.md
  truceline check draft.docx --propose draft.md
  truceline check draft.docx --format sarif > findings.sarif`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := q.check(); err != nil {
				return err
			}
			if as != "" {
				if err := known("--as", as, sorts); err != nil {
					return err
				}
			}
			k := &checker{app: a, lang: q.lang, sort: as, propose: propose, list: []finding{}, told: map[finding]bool{}}
			spoken := &casefile.Case{}
			if within != "" {
				var err error
				if k.c, err = load(within); err != nil {
					return err
				}
				spoken = k.c
			}
			var err error
			if k.speaker, err = explain.New(spoken); err != nil {
				return err
			}
			for _, name := range args {
				k.check(name)
			}
			if propose != "" && !k.proposed && !k.bad {
				k.unusable(propose, problem.List{{Code: "not-a-draft", File: propose, What: "none of the files is a draft without terms", Mend: "give --propose with a .docx, .txt or .md of words alone"}})
			}
			return k.tell(q.format)
		},
	}
	q.output(c)
	c.Flags().StringVar(&as, "as", "", "what every FILE is: "+strings.Join(sorts, ", ")+" (default by its name)")
	c.Flags().StringVar(&propose, "propose", "", "write a skeleton of an agreement file, from a draft of words alone, to this new file")
	c.Flags().StringVar(&within, "case", "", "the case that parties, areas and references in reports are held to")
	_ = c.RegisterFlagCompletionFunc("as", cobra.FixedCompletions(sorts, cobra.ShellCompDirectiveNoFileComp))
	_ = c.MarkFlagDirname("case")
	return c
}

// tell writes the findings and gives the exit code's error.
func (k *checker) tell(format string) error {
	errs, warnings := 0, 0
	for _, f := range k.list {
		switch f.Level {
		case agreement.LevelError:
			errs++
		case agreement.LevelWarning:
			warnings++
		}
	}
	switch format {
	case "json":
		if err := k.app.json(k.list); err != nil {
			return err
		}
	case "sarif":
		if err := k.app.json(k.sarif()); err != nil {
			return err
		}
	default:
		for _, f := range k.list {
			k.app.printf("%s\n", f.line(k.app))
			for _, more := range []string{f.Why, f.Mend} {
				if more != "" {
					k.app.printf("    %s\n", more)
				}
			}
		}
		k.app.printf("%s, %s, %d in all\n", plural(errs, "error"), plural(warnings, "warning"), len(k.list))
	}
	switch {
	case k.bad:
		return exitCode{exitBadInput}
	case errs > 0:
		return errFindings
	}
	return nil
}

// line gives "file:line:column: level: code: field: what", leaving out what is absent.
func (f *finding) line(a *app) string {
	what := f.What
	if f.Field != "" {
		what = f.Field + ": " + what
	}
	place := problem.Problem{File: f.File, Line: f.Line, Column: f.Column, What: a.level(f.Level) + ": " + f.Code + ": " + what}
	return place.Error()
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

// exitCode ends a command with a code when everything was told already.
type exitCode struct{ code int }

func (e exitCode) Error() string { return fmt.Sprintf("exit code %d", e.code) }
