package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/export"
	"github.com/truceline/truceline/internal/web"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

func (a *app) siteCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "site",
		Short: "The site of a case as files",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.siteExportCommand())
	return c
}

// siteExport is what an export of a site is told.
type siteExport struct {
	ask
	address string
	brand   string // its folder
	langs   []string
}

func (a *app) siteExportCommand() *cobra.Command {
	var o siteExport
	c := &cobra.Command{
		Use:   "export DIR CASE",
		Short: "Lay the site out as files that any host serves, or none",
		Long: `Writes the pages of a case, its feeds, its map and its reports to a folder, as they answer one
question. All links are relative: the folder can be opened from a disk, or served below any
path, without this program. What needs an answer of its own (other moments, filters, search)
is left out. The same inputs give the same bytes.

Without --at the moment is when the newest entry was recorded. With --address feeds and
pages name whole addresses, and there is a site map. A folder that holds anything but an
earlier export is refused; one that does is replaced whole.`,
		Example: `  truceline site export site cases/ua-2025 --at 2025-04-17
  truceline site export /media/stick/site records/valley --lang en,uk --address https://valley.example/record`,
		Args: cobra.ExactArgs(2),
		ValidArgsFunction: func(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(c *cobra.Command, args []string) error {
			return a.exportSite(ctxOf(c), args[0], args[1], &o)
		},
	}
	o.times(c)
	c.Flags().Lookup("at").Usage = "the moment that all pages answer for (default when the newest entry was recorded)"
	c.Flags().StringVar(&o.address, "address", "", "where the files will stand: https://host.example/folder")
	brandFlag(c, &o.brand)
	c.Flags().StringSliceVar(&o.langs, "lang", explain.Languages(), "languages of the pages")
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(explain.Languages(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

// exported is what the mark of an export says.
type exported struct {
	Case      string   `json:"case"`
	At        string   `json:"at"`
	KnownBy   string   `json:"known_by,omitempty"`
	AsOf      int      `json:"as_of"`
	Languages []string `json:"languages"`
	Address   string   `json:"address,omitempty"`
	Program   string   `json:"program"`
}

func (a *app) exportSite(ctx context.Context, dir, from string, o *siteExport) error {
	if len(o.langs) == 0 {
		return errors.New("--lang: name at least one language")
	}
	for _, l := range o.langs {
		if err := known("--lang", l, explain.Languages()); err != nil {
			return err
		}
	}
	langs := slices.DeleteFunc(slices.Clone(explain.Languages()), func(l string) bool { return !slices.Contains(o.langs, l) })
	if o.address != "" {
		var err error
		if o.address, err = web.CheckAddress(o.address, true); err != nil {
			return fmt.Errorf("--address: %w", err)
		}
	}
	c, err := load(from)
	if err != nil {
		return err
	}
	q, err := fixedQuestion(c, &o.ask)
	if err != nil {
		return err
	}
	brand, err := loadBrand(o.brand)
	if err != nil {
		return err
	}
	static := web.Static{Question: q, Languages: langs}
	roots := a.roots(ctx, from)
	site, err := web.New(c, web.Options{
		Now: a.now, Version: a.version, Log: slog.New(slog.NewTextHandler(a.err, nil)), Address: o.address, Brand: brand, Renders: siteRenders(),
		Static: &static,
		Root: func(position int) string {
			root, err := roots(position)
			if err != nil {
				return ""
			}
			return root
		},
	})
	if err != nil {
		return err
	}
	mark := exported{Case: c.ID, At: q.At.String(), AsOf: q.AsOf, Languages: langs, Address: o.address, Program: a.version}
	if q.KnownBy != moment.Future {
		mark.KnownBy = q.KnownBy.String()
	}
	text, err := json.MarshalIndent(mark, "", "  ")
	if err != nil {
		return err
	}
	begin := append([]string{"/"}, web.Pages(c, static)...)
	if o.address != "" {
		begin = append(begin, "/robots.txt", "/sitemap.xml")
		for n := 1; ; n++ {
			part := fmt.Sprintf("/sitemap-%d.xml", n)
			if !answers(ctx, site, part) {
				break
			}
			begin = append(begin, part)
		}
	}
	bar := a.progress(len(begin))
	done, err := export.Write(ctx, site, dir, export.Options{Begin: begin, File: web.StaticFile, Mark: append(text, '\n'), Progress: func(done, found int) {
		bar.ChangeMax(found)
		_ = bar.Set(done)
	}})
	_ = bar.Finish()
	if err != nil {
		return err
	}
	a.printf("%d files, %d bytes; at %s, as of record %d\n", done.Files, done.Bytes, mark.At, mark.AsOf)
	return nil
}

// fixedQuestion makes the question of an export, which does not change with the clock.
func fixedQuestion(c *casefile.Case, o *ask) (judge.Question, error) {
	q, err := judge.Ask(c, c.World.Until-1, o.at, o.knownBy, o.asOf)
	if err != nil {
		return q, err
	}
	if q.AsOf == 0 {
		q.AsOf = len(c.Entries)
	}
	if o.at == "" && q.AsOf > 0 {
		if t, err := moment.Parse(c.Entries[q.AsOf-1].Recorded, c.Zone); err == nil && !t.IsZero() {
			q.At = max(min(t.Latest(), c.World.Until-1), c.World.From)
		}
	}
	return q, nil
}

// answers tells whether a site has something at an address.
func answers(ctx context.Context, site http.Handler, address string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return false
	}
	w := &statusOnly{header: http.Header{}, status: http.StatusOK}
	site.ServeHTTP(w, r)
	return w.status == http.StatusOK
}

// statusOnly keeps the status of an answer alone.
type statusOnly struct {
	header http.Header
	status int
}

func (w *statusOnly) Header() http.Header         { return w.header }
func (w *statusOnly) WriteHeader(status int)      { w.status = status }
func (w *statusOnly) Write(p []byte) (int, error) { return len(p), nil }
