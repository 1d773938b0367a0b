// Package cli owns the subcommands: it reads arguments and files, asks the pure
// packages, and writes answers as text or JSON. Exit codes: 0 fine, 1 findings,
// 2 usage or bad input.
package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Exit codes.
const (
	exitFine     = 0
	exitFindings = 1
	exitBadInput = 2
)

// errFindings ends a command whose answer holds findings; it was told already.
var errFindings = errors.New("findings")

// app is one run of the program: its streams, clock and version.
type app struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
	version  string
	terminal bool // whether err is a terminal, for progress
	colour   bool // whether out is a terminal that wants colours
	started  bool // whether the command was understood, so that an error is not of its usage
}

// Run runs the program with arguments and gives its exit code.
func Run(version string, args []string, in io.Reader, out, errOut io.Writer) (code int) {
	a := &app{in: in, out: out, err: errOut, now: time.Now, version: version, terminal: isTerminal(errOut)}
	a.colour = isTerminal(out) && os.Getenv("NO_COLOR") == ""
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintf(errOut, "truceline: a fault of the program: %v\nNothing was changed. Please report it with the command and this text:\n%s", fault, debug.Stack())
			code = exitBadInput
		}
	}()
	root := a.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	ran, err := root.ExecuteC()
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errFindings):
		return exitFindings
	}
	var told exitCode
	if errors.As(err, &told) {
		return told.code
	}
	var list problem.List
	if errors.As(err, &list) {
		for _, p := range list {
			fmt.Fprintln(errOut, "error: "+p.Error())
		}
		return exitBadInput
	}
	fmt.Fprintf(errOut, "truceline: %s\n", strings.TrimSpace(err.Error()))
	if !a.started {
		fmt.Fprintf(errOut, "See '%s --help'.\n", ran.CommandPath())
	}
	return exitBadInput
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "truceline",
		Short: "A ceasefire agreement as a living, checkable record",
		Long: `Truceline answers, from an agreement's text and a record of what was said and done:
who has accepted what, what is in force, which reported incidents breach which
clause by whose reading, and why.

A CASE is a directory: case.hcl, record.jsonl, agreements/, readings/, areas/; or one that
keeps a record of its own (truceline init).
Three times fix a question: --at (the moment of the world), --known-by (nothing that
became public later is used) and --as-of (a position of the record).

Exit codes: 0 fine, 1 findings, 2 usage or bad input.`,
		Example: `  truceline demo
  truceline check cases/ua-2025
  truceline status cases/ua-2025 --at 2025-03-12T12:00Z --known-by 2025-03-12T12:00Z
  truceline explain cases/ua-2025 B46 --lang uk`,
		PersistentPreRun: func(*cobra.Command, []string) { a.started = true },
		SilenceErrors:    true,
		SilenceUsage:     true,
	}
	root.AddCommand(a.checkCommand(), a.statusCommand(), a.reportCommand(), a.judgeCommand(), a.replayCommand(), a.diffCommand(), a.explainCommand(), a.timelineCommand(), a.positionsCommand(),
		a.gapsCommand(), a.dutiesCommand(), a.calendarCommand(), a.testCommand(), a.serveCommand(), a.demoCommand(), a.sealCommand(), a.versionCommand())
	root.AddCommand(a.initCommand(), a.appendCommand(), a.importCommand(), a.exportCommand(), a.verifyCommand(), a.rulingsCommand(), a.publishCommand(), a.keyCommand(),
		a.countersignCommand(), a.dissentCommand(), a.discloseCommand(), a.eraseCommand(), a.attachCommand(), a.rebuildCommand(), a.backupCommand(), a.restoreCommand(), a.witnessCommand())
	root.AddCommand(a.siteCommand(), a.peopleCommand(), a.pressCommand(), a.feedCommand())
	return root
}

// ask is the flags that put a question.
type ask struct {
	at, knownBy, asOf, lang, format string

	formats []string // that the command writes; nil: text and json
}

// writes lists the formats of a command's output.
func (q *ask) writes() []string {
	if q.formats == nil {
		return []string{"text", "json"}
	}
	return q.formats
}

func (q *ask) times(c *cobra.Command) {
	c.Flags().StringVar(&q.at, "at", "", "the moment asked about: EDTF or RFC 3339; a bare date means the end of that day in the case's zone (default now)")
	c.Flags().StringVar(&q.knownBy, "known-by", "", "use nothing that became public later")
	c.Flags().StringVar(&q.asOf, "as-of", "", "use the record up to a position, an entry's reference, or before:REF")
	_ = c.RegisterFlagCompletionFunc("as-of", ofCase(func(c *casefile.Case) []string {
		refs := make([]string, len(c.Entries))
		for i, e := range c.Entries {
			refs[i] = string(e.Envelope.Entry.Ref)
		}
		return refs
	}))
}

func (q *ask) output(c *cobra.Command) {
	c.Flags().StringVar(&q.format, "format", "text", strings.Join(q.writes(), ", "))
	c.Flags().StringVar(&q.lang, "lang", "en", "language of sentences: "+strings.Join(explain.Languages(), ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(q.writes(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(explain.Languages(), cobra.ShellCompDirectiveNoFileComp))
}

// check refuses values of --format and --lang that do not exist.
func (q *ask) check() error {
	for _, v := range []struct {
		flag, value string
		known       []string
	}{{"format", q.format, q.writes()}, {"lang", q.lang, explain.Languages()}} {
		if err := known("--"+v.flag, v.value, v.known); err != nil {
			return err
		}
	}
	return nil
}

// known refuses a value that is not in a list, with the nearest that is.
func known(what, value string, list []string) error {
	for _, k := range list {
		if k == value {
			return nil
		}
	}
	mend := "known: " + strings.Join(list, ", ")
	if near := record.Nearest(value, list); near != "" {
		mend = fmt.Sprintf("did you mean %q? %s", near, mend)
	}
	return problem.List{{Code: "unknown-name", Field: what, What: fmt.Sprintf("%q is not known", value), Mend: mend}}
}

// load reads a case from a directory.
func load(dir string) (*casefile.Case, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("%s: there is no such case (give the directory that holds case.hcl)", dir)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s: a case is a directory that holds case.hcl", dir)
	}
	if isHome(dir) {
		return loadHome(dir)
	}
	return loadFS(dir, os.DirFS(dir))
}

func loadFS(dir string, fsys fs.FS) (*casefile.Case, error) {
	c, err := casefile.Load(fsys)
	var list problem.List
	if errors.As(err, &list) {
		return nil, inside(dir, list)
	}
	return c, err
}

// inside names the files of problems from where the user stands.
func inside(dir string, list problem.List) problem.List {
	out := make(problem.List, len(list))
	for i, p := range list {
		if p.File != "" {
			p.File = filepath.Join(dir, p.File)
		}
		out[i] = p
	}
	return out
}

// bench loads a case and prepares the question.
func (a *app) bench(dir string, q *ask) (*judge.Bench, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	c, err := load(dir)
	if err != nil {
		return nil, err
	}
	return a.question(c, q)
}

// question prepares the answers; without --at it is now, or the last moment of a
// case that has ended.
func (a *app) question(c *casefile.Case, q *ask) (*judge.Bench, error) {
	now := max(min(moment.FromTime(a.now()), c.World.Until-1), c.World.From)
	asked, err := judge.Ask(c, now, q.at, q.knownBy, q.asOf)
	if err != nil {
		return nil, err
	}
	return judge.New(c, asked), nil
}

// json writes a value, indented.
func (a *app) json(v any) error {
	e := json.NewEncoder(a.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func (a *app) printf(format string, args ...any) { fmt.Fprintf(a.out, format, args...) }

// completeCase completes the first argument as a directory.
func completeCase(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// ofCase completes with names of the case that is the first argument.
func ofCase(names func(*casefile.Case) []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		c, err := load(args[0])
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return names(c), cobra.ShellCompDirectiveNoFileComp
	}
}
