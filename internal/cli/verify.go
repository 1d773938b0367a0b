package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/verify"
)

func (a *app) verifyCommand() *cobra.Command {
	var v verification
	c := &cobra.Command{
		Use:   "verify DIR|ADDRESS|MIRROR",
		Short: "Check a record whole, believing nobody",
		Long: `Reads a whole record (from its folder, over the network, or from a mirror in files, without
network) and checks it against itself and against what you bring: every leaf and tile, every
signature and sheet, the keys of authors over time, the signed checkpoint and its cosignatures, the
case's files, and what was published, judged again. It tells each thing that does not fit
and where; what it took on trust; and what it could not check.

Bring what you can: the log key (--log-key), checkpoints that you or others kept (--kept: it proves two
histories), verifier keys of witnesses (--witness). Without any, the record is held to itself
alone.

Exit codes: 0 everything fits, 1 something does not, 2 it could not be read.`,
		Example: `  truceline verify /media/stick/valley
  truceline verify https://mission.example --log-key mission.example/valley+1234abcd+AX… --kept mine.checkpoint
  truceline verify --report report.html cases/ua-2025
  truceline verify --disclosure commission.json --log-key …`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := known("--format", v.format, []string{"text", "json"}); err != nil {
				return err
			}
			if v.disclosure != "" {
				return a.verifyDisclosure(v)
			}
			if len(args) != 1 {
				return errors.New("say what to verify: a folder, an address, or a mirror")
			}
			if v.report != "" {
				return a.verifyReport(ctxOf(c), args[0], v)
			}
			src, err := a.source(ctxOf(c), args[0], v.store)
			if err != nil {
				return err
			}
			defer src.close()
			if src.home != nil {
				v.beside = func() []string { return src.home.index(ctxOf(c)) }
			}
			return a.verify(src.fsys, v)
		},
	}
	c.Flags().StringVar(&v.logKey, "log-key", "", "the verifier key of the log, as you know it")
	c.Flags().StringSliceVar(&v.kept, "kept", nil, "file of a checkpoint that somebody kept; may be given again")
	c.Flags().StringSliceVar(&v.witnesses, "witness", nil, "verifier key of a witness that you trust; may be given again")
	c.Flags().BoolVar(&v.noJudge, "no-judge", false, "do not judge published rulings again")
	c.Flags().StringVar(&v.disclosure, "disclosure", "", "file of a disclosed value to check")
	c.Flags().StringVar(&v.report, "report", "", "file of a daily report: make it again from the record and compare the bytes")
	c.Flags().StringVar(&v.format, "format", "text", "text, json")
	storeFlag(c, &v.store)
	return c
}

type verification struct {
	logKey, disclosure, format, store string
	report                            string // file of a daily report to make again
	kept, witnesses                   []string
	noJudge                           bool
	beside                            func() []string // what does not fit of a store beside its tiles
}

func (a *app) verify(fsys fs.FS, v verification) error {
	o := verify.Options{LogKey: v.logKey, Witnesses: v.witnesses, Judge: !v.noJudge, Each: inParallel}
	for _, name := range v.kept {
		data, err := os.ReadFile(name) //nolint:gosec // the user's own file
		if err != nil {
			return err
		}
		o.Kept = append(o.Kept, verify.Kept{Name: name, Note: data})
	}
	bar := a.progress(1)
	o.Progress = func(done, total int64) {
		bar.ChangeMax64(max(total, 1))
		_ = bar.Set64(done)
	}
	r := verify.Mirror(fsys, o)
	_ = bar.Finish()
	if v.beside != nil {
		for _, what := range v.beside() {
			r.Findings = append(r.Findings, verify.Finding{Code: "store", What: what, Mend: "truceline rebuild makes derived tables again; else restore a backup"})
		}
	}
	if v.format == "json" {
		if err := a.json(r); err != nil {
			return err
		}
	} else {
		a.verified(r)
	}
	if !r.Whole() {
		return errFindings
	}
	return nil
}

// verified writes a report in words.
func (a *app) verified(r verify.Report) {
	a.printf("%s\n%d entries, root %s\n", r.Origin, r.Size, r.Root)
	if r.Recorded != "" {
		a.printf("the last was recorded %s\n", r.Recorded)
	}
	a.printf("%d signatures, %d sheets, %d keys, %d cosignatures\n", r.Signatures, r.Sheets, r.Keys, r.Cosignatures)
	a.printf("%d files of the case, %d attachments (%d not here), %d publications, %d judged again\n", r.Files, r.Blobs, r.Lacking, r.Publications, r.Judged)
	for _, c := range r.Cosigned {
		a.printf("cosigned by %s at %s: %d entries\n", c.Name, c.Time, c.Size)
	}
	a.findings(r)
	if r.Whole() {
		a.printf("everything that was checked fits\n")
	}
}

func (a *app) findings(r verify.Report) {
	for _, f := range r.Trust {
		a.printf("on trust: %s\n", f)
	}
	for _, f := range r.Unchecked {
		a.printf("not checked: %s\n", f)
	}
	for _, f := range r.Findings {
		mend := ""
		if f.Mend != "" {
			mend = " (" + f.Mend + ")"
		}
		a.printf("DOES NOT FIT: %s: %s%s\n", f.Code, f, mend)
	}
	if r.More > 0 {
		a.printf("and %d more\n", r.More)
	}
}

// inParallel does work on all processors.
func inParallel(n int, work func(i int)) {
	var wait sync.WaitGroup
	var mu sync.Mutex
	next := 0
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n {
					return
				}
				work(i)
			}
		})
	}
	wait.Wait()
}

// verifyDisclosure checks a file that somebody was given.
func (a *app) verifyDisclosure(v verification) error {
	if v.logKey == "" {
		return errors.New("--log-key: give the verifier key of the log; a disclosure proves nothing without it")
	}
	log, err := proof.ParseVerifier(v.logKey)
	if err != nil {
		return fmt.Errorf("--log-key: %w", err)
	}
	data, err := os.ReadFile(v.disclosure)
	if err != nil {
		return err
	}
	d, err := record.ParseDisclosure(data)
	if err != nil {
		return err
	}
	l, err := d.Check(log)
	if err != nil {
		a.printf("DOES NOT FIT: %s\n", err)
		return errFindings
	}
	if v.format == "json" {
		return a.json(map[string]any{"ref": l.Entry.Ref, "position": d.Position, "field": d.Field, "value": d.Value, "recorded": l.Recorded, "origin": log.Name()})
	}
	a.printf("%s, position %d, recorded %s: %s was sealed as\n%s\n", l.Entry.Ref, d.Position, l.Recorded, d.Field, d.Value)
	return nil
}
