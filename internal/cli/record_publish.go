package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	daily "github.com/truceline/truceline/report"
	"github.com/truceline/truceline/verify"
)

func (a *app) rulingsCommand() *cobra.Command {
	var at string
	var asOf int
	c := &cobra.Command{
		Use:   "rulings CASE",
		Short: "All rulings in the form that a publication commits to",
		Long: `Writes, for every report known at a moment, the ruling of every clause under every reading, as
lines of canonical JSON (spec/record.md §8). The same record, moment and version of the rules give the same
bytes everywhere.`,
		Example:           "  truceline rulings records/valley --at 2031-03-01T18:00:00Z | sha256sum",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			k, err := load(args[0])
			if err != nil {
				return err
			}
			when, err := a.moment(k, at)
			if err != nil {
				return err
			}
			if asOf == 0 {
				asOf = len(k.Entries)
			}
			w := bufio.NewWriter(a.out)
			if err := verify.WriteRulings(w, k, asOf, when, inParallel); err != nil {
				return err
			}
			return w.Flush()
		},
	}
	c.Flags().StringVar(&at, "at", "", "the moment asked about, and by which what is used was known (default now)")
	c.Flags().IntVar(&asOf, "as-of", 0, "use the record up to a position")
	return c
}

// moment reads a moment of a case: its last second.
func (a *app) moment(k *casefile.Case, text string) (moment.Instant, error) {
	if text == "" {
		return max(min(moment.FromTime(a.now()), k.World.Until-1), k.World.From), nil
	}
	q, err := judge.Ask(k, k.World.From, text, "", "")
	return q.At, err
}

// publishing is what is published, and how.
type publishing struct {
	author, store       string
	report, until, site string // a daily report: its day, its cut-off, where its links lead
	langs               []string
}

func (a *app) publishCommand() *cobra.Command {
	var p publishing
	c := &cobra.Command{
		Use:   "publish DIR",
		Short: "Commit to the rulings of this moment, or to a daily report, by an entry",
		Long: `Judges the record as it stands now, keeps the rulings among the attachments and records
their hash with the version of the rules. From then on nobody can say that something else
was published: truceline verify judges again and compares.

With --report it does so for the daily report of a day, as truceline report writes it in HTML:
an entry for each language. The day must be over by the case's clock, or --until names an
earlier cut-off. --address is the site's, as it stands in the report.

While a server writes the record, the entries are handed to it; attachments are kept in the
folder all the same.`,
		Example: `  truceline publish records/valley
  truceline publish records/valley --report 2031-03-12
  truceline publish records/valley --report 2031-03-12 --until 2031-03-12T19:30 --lang en,uk`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if p.report == "" && (p.until != "" || p.site != "" || c.Flags().Changed("lang")) {
				return errors.New("--until, --lang and --address are of a daily report: give --report DAY")
			}
			return a.publish(ctxOf(c), args[0], p)
		},
	}
	c.Flags().StringVar(&p.author, "author", "", "name of the key that signs (default the keeper)")
	c.Flags().StringVar(&p.report, "report", "", "the daily report of this day, by the case's clock: 2031-03-12")
	c.Flags().StringVar(&p.until, "until", "", "its cut-off within the day (default the end of the day)")
	c.Flags().StringSliceVar(&p.langs, "lang", explain.Languages(), "its languages")
	c.Flags().StringVar(&p.site, "address", "", "of the site to which its links lead: https://mission.example/")
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(explain.Languages(), cobra.ShellCompDirectiveNoFileComp))
	storeFlag(c, &p.store)
	return c
}

// publicView is one thing to publish: its bytes, and the entry that commits to them.
type publicView struct {
	data  []byte
	entry record.Entry // without reference, author and hash
}

// publish keeps what is published among the attachments and records its hash.
func (a *app) publish(ctx context.Context, dir string, p publishing) error {
	if isAddress(dir) {
		return errors.New("what is published is kept in the record's own folder: give that")
	}
	h, err := a.openHome(ctx, dir, p.store)
	if err != nil {
		return err
	}
	defer h.close()
	k, err := h.load(ctx)
	if err != nil {
		return err
	}
	var views []publicView
	if p.report == "" {
		views, err = a.publicRulings(k)
	} else {
		views, err = a.publicReports(ctx, h, k, p)
	}
	if err != nil {
		return err
	}
	if p.author == "" {
		keys, err := h.authors(ctx)
		if err != nil {
			return err
		}
		p.author = keys.All()[0].Name
	}
	key, err := h.keys().Load(p.author)
	if err != nil {
		return err
	}
	t, err := a.target(ctx, dir, p.store)
	if err != nil {
		return err
	}
	defer t.close()
	var receipts []recorder.Receipt
	for _, v := range views {
		b, err := h.blobs().Put(ctx, bytes.NewReader(v.data), keep.MaxBlob)
		if err != nil {
			return err
		}
		body := v.entry.Body.(*record.Publication) //nolint:forcetypeassert // made here
		body.Hash, v.entry.Author = b.Hash, p.author
		name := body.What
		if body.Lang != "" {
			name += "-" + p.report + "-" + body.Lang
		}
		if v.entry.Ref, err = a.freshRef(name); err != nil {
			return err
		}
		r, err := a.submit(ctx, t, key, v.entry)
		if err != nil {
			return err
		}
		if body.Lang != "" {
			a.printf("%s: ", body.Lang)
		}
		a.printf("%d bytes, %s\n", b.Size, b.Hash)
		receipts = append(receipts, r)
	}
	return a.receipts(receipts, "text")
}

// publicRulings judges the record as it stands now.
func (a *app) publicRulings(k *casefile.Case) ([]publicView, error) {
	at, err := a.moment(k, "")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := verify.WriteRulings(&out, k, len(k.Entries), at, inParallel); err != nil {
		return nil, err
	}
	return []publicView{{out.Bytes(), record.Entry{
		Kind: record.KindPublication, Happened: at.String(), Body: &record.Publication{What: "rulings", Position: len(k.Entries), Rules: judge.Rules},
	}}}, nil
}

// publicReports makes a day's report of the record as it stands now, in each language.
func (a *app) publicReports(ctx context.Context, h *home, k *casefile.Case, p publishing) ([]publicView, error) {
	for _, lang := range p.langs {
		if err := known("--lang", lang, explain.Languages()); err != nil {
			return nil, err
		}
	}
	position := len(k.Entries)
	r, err := h.reader(ctx)
	if err != nil {
		return nil, err
	}
	root, err := r.Root(int64(position))
	if err != nil {
		return nil, err
	}
	f, err := daily.Make(k, daily.Options{Day: p.report, Until: p.until, Position: position, Root: base64.StdEncoding.EncodeToString(root[:]), Address: p.site})
	if err != nil {
		return nil, err
	}
	if until, err := moment.Parse(f.Until, moment.UTC()); err != nil || until.Latest() >= moment.FromTime(a.now()) {
		return nil, fmt.Errorf("%s is not over by the clock of the case (%s): publish its report later, or give an earlier cut-off with --until", p.report, f.Zone)
	}
	w, err := daily.NewWriter(k)
	if err != nil {
		return nil, err
	}
	var views []publicView
	for _, lang := range p.langs {
		d := w.Document(f, lang)
		data, err := daily.HTML(d)
		if err != nil {
			return nil, err
		}
		views = append(views, publicView{data, record.Entry{
			Kind: record.KindPublication, Happened: f.Until, Summary: record.Text{lang: d.Title},
			Body: &record.Publication{What: "report", Position: position, Rules: judge.Rules, Lang: lang},
		}})
	}
	return views, nil
}
