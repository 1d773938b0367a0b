package cli

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/intake"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// finding is one line of what check tells.
type finding struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Level  string `json:"level"` // error, warning or info
	Code   string `json:"code"`
	Field  string `json:"field,omitempty"`
	What   string `json:"what"`
	Why    string `json:"why,omitempty"`
	Mend   string `json:"mend,omitempty"`
}

// checker checks files and collects findings; bad is set when a file cannot be used.
type checker struct {
	app     *app
	speaker *explain.Speaker
	lang    string
	list    []finding
	bad     bool
}

func (a *app) checkCommand() *cobra.Command {
	var q ask
	c := &cobra.Command{
		Use:   "check FILE...",
		Short: "Check cases, agreements, readings, areas, records and reports",
		Long: `Checks each FILE and tells every problem with its place, why it matters and how to mend it:
a case (a directory with case.hcl), an agreement's folder, a draft or reading (.md), an
area (.geojson), a record (.jsonl), reports (.csv).

Drafts are linted: a prohibition without an area, a duty without a measure, days without
a rule of counting, nobody named to find violations.

Exit code 1: findings of level error. 2: a file that cannot be used.`,
		Example: `  truceline check cases/ua-2025
  truceline check draft.md --lang uk
  truceline check areas/*.geojson record.jsonl --format json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := q.check(); err != nil {
				return err
			}
			s, err := explain.New(&casefile.Case{})
			if err != nil {
				return err
			}
			k := &checker{app: a, speaker: s, lang: q.lang, list: []finding{}}
			for _, name := range args {
				k.check(name)
			}
			return k.tell(q.format)
		},
	}
	q.output(c)
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
	if format == "json" {
		if err := k.app.json(k.list); err != nil {
			return err
		}
	} else {
		for _, f := range k.list {
			p := problem.Problem{File: f.File, Line: f.Line, Column: f.Column, Field: f.Field, What: f.Level + ": " + f.Code + ": " + f.What}
			k.app.printf("%s\n", p.Error())
			for _, more := range []string{f.Why, f.Mend} {
				if more != "" {
					k.app.printf("    %s\n", more)
				}
			}
		}
		k.app.printf("%d errors, %d warnings, %d findings\n", errs, warnings, len(k.list))
	}
	switch {
	case k.bad:
		return exitCode{exitBadInput}
	case errs > 0:
		return errFindings
	}
	return nil
}

// exitCode ends a command with a code when everything was told already.
type exitCode struct{ code int }

func (exitCode) Error() string { return "" }

func (k *checker) problems(level string, list problem.List) {
	for _, p := range list {
		k.list = append(k.list, finding{File: p.File, Line: p.Line, Column: p.Column, Level: level, Code: p.Code, Field: p.Field, What: p.What, Mend: p.Mend})
	}
}

// unusable notes why a file cannot be used.
func (k *checker) unusable(file string, err error) {
	if err == nil {
		return
	}
	k.bad = true
	var list problem.List
	if !errors.As(err, &list) {
		list = problem.List{{Code: "unreadable", File: file, What: err.Error()}}
	}
	k.problems(agreement.LevelError, list)
}

func (k *checker) check(name string) {
	info, err := os.Stat(name)
	if err != nil && name != "-" {
		k.unusable(name, problem.List{{Code: "no-file", File: name, What: "there is no such file", Mend: "check the name"}})
		return
	}
	if err == nil && info.IsDir() {
		k.directory(name)
		return
	}
	data, shown, err := k.app.readFile(name)
	if err != nil {
		k.unusable(name, err)
		return
	}
	switch filepath.Ext(name) {
	case ".md":
		k.markdown(shown, data)
	case ".geojson", ".json":
		_, err := place.ParseArea(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), data)
		var faults *place.ParseError
		if errors.As(err, &faults) {
			err = faults.List(shown)
		}
		k.unusable(shown, err)
	case ".jsonl":
		_, err := record.Read(shown, data)
		k.unusable(shown, err)
	case ".csv":
		_, err := intake.Reports(shown, data, intake.Names{})
		k.unusable(shown, err)
	default:
		k.unusable(shown, problem.List{{Code: "unknown-file", File: shown, What: "this sort of file cannot be checked", Mend: "give a case's directory, .md, .geojson, .jsonl or .csv"}})
	}
}

func (k *checker) directory(name string) {
	if _, err := os.Stat(filepath.Join(name, "MANIFEST")); err == nil {
		a, err := agreement.Parse(os.DirFS(filepath.Dir(filepath.Clean(name))), filepath.Base(filepath.Clean(name)))
		k.unusable(name, err)
		if a != nil {
			k.lint(a.Lint(agreement.Context{}), "")
		}
		return
	}
	problems, warnings := casefile.Check(os.DirFS(name))
	k.problems(agreement.LevelWarning, inside(name, warnings))
	if len(problems) > 0 {
		k.unusable(name, inside(name, problems))
		return
	}
	c, err := loadFS(name, os.DirFS(name))
	if err != nil {
		k.unusable(name, err)
		return
	}
	if s, err := explain.New(c); err == nil {
		k.speaker = s
	}
	context := agreement.Context{HasArea: func(id string) bool { return c.Areas[id] != nil }}
	for _, v := range c.Versions {
		k.lint(v.Lint(context), name)
		for _, r := range c.Readings {
			if r.Agreement == v.ID {
				found, err := v.LintReading(r.Reading, context)
				k.unusable(name, err)
				k.lint(found, name)
			}
		}
	}
}

// markdown checks a draft or a reading.
func (k *checker) markdown(name string, data []byte) {
	if r, err := agreement.ParseReading(name, data); err == nil && r != nil {
		return
	} else if strings.Contains(string(data), "\nreading \"") {
		k.unusable(name, err)
		return
	}
	a, err := agreement.ParseText(name, data, nil)
	k.unusable(name, err)
	if a != nil {
		k.lint(a.Lint(agreement.Context{}), "")
	}
}

func (k *checker) lint(list []agreement.Finding, dir string) {
	for _, f := range list {
		what, why, mend := k.speaker.Finding(k.lang, f)
		file := f.Pos.File
		if dir != "" {
			file = strings.TrimSuffix(dir, "/") + "/" + file
		}
		g := finding{File: file, Line: f.Pos.Line, Column: f.Pos.Column, Level: f.Level, Code: f.Code, What: what, Why: why, Mend: mend}
		if !slices.Contains(k.list, g) {
			k.list = append(k.list, g)
		}
	}
}
