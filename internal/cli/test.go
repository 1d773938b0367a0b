package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/scenario"
)

func (a *app) testCommand() *cobra.Command {
	var update bool
	var q ask
	c := &cobra.Command{
		Use:   "test CASE",
		Short: "Run the case's scenarios: questions with the answers that must come out",
		Long: `Runs CASE/scenarios/*.txtar. Each lays files over the case and asks questions; an answer
that is not the wanted one is told with its line. --update writes the answers that come
out into the files: read the difference before you keep it.

Exit code 1: an answer is not the wanted one. 2: a scenario cannot be run.`,
		Example:           "  truceline test cases/ua-2025\n  truceline test cases/mine --update",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := q.check(); err != nil {
				return err
			}
			r := &runner{app: a, dir: args[0], update: update, results: []scenario.Result{}}
			return r.run(q.format)
		},
	}
	q.output(c)
	c.Flags().BoolVarP(&update, "update", "u", false, "write the answers that come out into the scenarios")
	return c
}

// runner runs the scenarios of one case.
type runner struct {
	app             *app
	dir             string
	update          bool
	results         []scenario.Result
	answers, wrong  int
	written, broken int // files
}

func (r *runner) run(format string) error {
	files, err := filepath.Glob(filepath.Join(r.dir, "scenarios", "*.txtar"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("%s: there are no scenarios (put them into %s)", r.dir, filepath.Join(r.dir, "scenarios"))
	}
	for _, file := range files {
		if err := r.file(file, format); err != nil {
			return err
		}
	}
	if format == "json" {
		if err := r.app.json(r.results); err != nil {
			return err
		}
	} else {
		r.app.printf("%s, %s, %d wrong", plural(len(r.results), "scenario"), plural(r.answers, "answer"), r.wrong)
		if r.written > 0 {
			r.app.printf(", %s written", plural(r.written, "file"))
		}
		r.app.printf("\n")
	}
	switch {
	case r.broken > 0:
		return exitCode{exitBadInput}
	case r.wrong > 0:
		return errFindings
	}
	return nil
}

// file runs one scenario. One that cannot be run is told, and the others go on.
func (r *runner) file(file, format string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	files, err := caseFiles(r.dir)
	if err != nil {
		return err
	}
	result, err := scenario.Run(files, file, data)
	if err != nil {
		r.broken++
		var list problem.List
		if !errors.As(err, &list) {
			fmt.Fprintf(r.app.err, "error: %v\n", err)
			return nil
		}
		for _, p := range list { // of files that the scenario laid over the case
			fmt.Fprintf(r.app.err, "error: %s: %v\n", file, p)
		}
		return nil
	}
	r.results = append(r.results, result)
	for _, k := range result.Checks {
		r.answers++
		if k.OK {
			continue
		}
		r.wrong++
		if format == "text" {
			r.app.printf("%s:%d: %s\n  want %s\n  got  %s\n", file, k.Line, k.Ask, indent(k.Want), indent(k.Got))
		}
	}
	if !r.update || result.OK() {
		return nil
	}
	r.written++
	return os.WriteFile(file, scenario.Update(data, result), 0o644)
}

func indent(s string) string { return strings.ReplaceAll(s, "\n", "\n       ") }
