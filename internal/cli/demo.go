package cli

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/explain"
)

// demoReport is the day whose daily report the demonstration names: that of the founding
// article.
const demoReport = "2025-03-12"

// demoDays are days on which the demonstration case is worth opening.
var demoDays = []string{"2025-03-12", "2025-03-21", "2025-04-17"}

func (a *app) demoCommand() *cobra.Command {
	var listen, dir string
	var noServe bool
	c := &cobra.Command{
		Use:   "demo",
		Short: "The founding case: a record of it, a summary here, its pages on loopback",
		Long: `Makes a record of the demonstration case that the program carries (the Ukraine-United States draft of
11 March 2025, the energy moratorium that followed, and the other truces of that spring), verifies
it, prints where it stood on three days in four languages, and serves it on loopback. The record is kept in your
cache folder, or where --dir says, and used again. Its keys are the demonstration's own:
no party has signed anything in it.`,
		Example: "  truceline demo\n  truceline demo --no-serve --dir demo-record",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := loopback(listen, false); err != nil {
				return err
			}
			fsys, err := cases.UA2025()
			if err != nil {
				return err
			}
			ctx := ctxOf(c)
			dir, done, err := a.demoRecord(ctx, fsys, dir)
			if err != nil {
				return err
			}
			defer done()
			k, err := load(dir)
			if err != nil {
				return err
			}
			if err := a.demoSummary(k); err != nil {
				return err
			}
			src, err := a.source(ctx, dir, "")
			if err != nil {
				return err
			}
			err = a.verify(src.fsys, verification{format: "text"})
			src.close()
			if err != nil || noServe {
				return err
			}
			a.printf("\n")
			return a.serveHome(ctx, dir, served{listen: listen})
		},
	}
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", "loopback address to serve on")
	c.Flags().StringVar(&dir, "dir", "", "folder of the record (default in your cache folder)")
	c.Flags().BoolVar(&noServe, "no-serve", false, "print the summary only")
	return c
}

// demoRecord gives the folder of the demonstration's record, and what is to be done with
// it at the end. One that is there already is used again, if it is of the same case.
func (a *app) demoRecord(ctx context.Context, fsys fs.FS, dir string) (string, func(), error) {
	nothing := func() {}
	if dir == "" {
		data, err := fs.ReadFile(fsys, "record.jsonl")
		if err != nil {
			return "", nothing, err
		}
		header, err := fs.ReadFile(fsys, "case.hcl")
		if err != nil {
			return "", nothing, err
		}
		sum := sha256.Sum256(append(header, data...))
		cache, err := os.UserCacheDir()
		if err == nil {
			cache = filepath.Join(cache, "truceline")
			err = os.MkdirAll(cache, 0o700)
		}
		if err != nil { // nowhere to keep it: it is made for this time
			if cache, err = os.MkdirTemp("", "truceline-demo-"); err != nil {
				return "", nothing, err
			}
			nothing = func() { _ = os.RemoveAll(cache) }
		}
		dir = filepath.Join(cache, fmt.Sprintf("ua-2025-%x", sum[:6]))
	}
	if isHome(dir) {
		return dir, nothing, nil
	}
	if _, err := os.Stat(dir); err == nil {
		if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
			return "", nothing, errors.Join(err, fmt.Errorf("%s is there and holds no record: name another folder with --dir", dir))
		}
	}
	// It is made beside its place and moved there, so that half of it is never used again.
	part, err := os.MkdirTemp(filepath.Dir(dir), ".making-")
	if err != nil {
		return "", nothing, err
	}
	defer os.RemoveAll(part) //nolint:errcheck // gone when it was moved
	mark, err := token(8)
	if err != nil {
		return "", nothing, err
	}
	quiet := *a
	quiet.out = io.Discard
	if err := quiet.begin(ctx, newRecord{dir: filepath.Join(part, "record"), keeper: "desk", holder: "demonstration", origin: "demonstration/ua-2025/" + mark}, fsys); err != nil {
		return "", nothing, err
	}
	_ = os.Remove(dir) // an empty folder
	return dir, nothing, os.Rename(filepath.Join(part, "record"), dir)
}

func (a *app) demoSummary(c *casefile.Case) error {
	s, err := explain.New(c)
	if err != nil {
		return err
	}
	reports := 0
	for _, e := range c.Entries {
		if e.Envelope.Entry.Kind == "report" {
			reports++
		}
	}
	title, _ := s.Text("en", c.Title)
	a.printf("%s · %d entries · %d agreements · %d readings · %d reports\n", title, len(c.Entries), len(c.Versions), len(c.Readings), reports)
	for _, day := range demoDays {
		b, err := a.question(c, &ask{at: day})
		if err != nil {
			return err
		}
		st := b.Status()
		a.printf("\n%s\n", day)
		for _, lang := range explain.Languages() {
			for i, line := range s.Answer(lang, st) {
				if i == 0 {
					a.printf("  %s  %s\n", lang, line)
				} else {
					a.printf("      %s\n", line)
				}
			}
		}
	}
	a.printf("\n")
	for _, day := range demoDays {
		a.printf("/en/?at=%s  /ru/?at=%s  /uk/?at=%s  /zh/?at=%s\n", day, day, day, day)
	}
	a.printf("\nThe daily report of %s:\n", demoReport)
	for _, lang := range explain.Languages() {
		a.printf("/%s/reports/%s\n", lang, demoReport)
	}
	return nil
}
