package cli

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
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

func (a *app) publishCommand() *cobra.Command {
	var author, address string
	c := &cobra.Command{
		Use:   "publish DIR",
		Short: "Commit to the rulings of this moment by an entry",
		Long: `Judges the record as it stands now, keeps the rulings among the attachments and records
their hash with the version of the rules. From then on nobody can say that something else
was published: truceline verify judges again and compares.`,
		Example: "  truceline publish records/valley",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := ctxOf(c)
			t, err := a.target(ctx, args[0], address)
			if err != nil {
				return err
			}
			defer t.close()
			l, ok := t.(*localTarget)
			if !ok {
				return errors.New("what is published is kept in the record's own folder: end the server that writes it first")
			}
			k, err := l.h.load(ctx)
			if err != nil {
				return err
			}
			at := max(min(moment.FromTime(a.now()), k.World.Until-1), k.World.From)
			var out bytes.Buffer
			if err := verify.WriteRulings(&out, k, len(k.Entries), at, inParallel); err != nil {
				return err
			}
			sum := sha256.Sum256(out.Bytes())
			b, err := l.h.blobs().Put(ctx, &out, keep.MaxBlob)
			if err != nil {
				return err
			}
			if author == "" {
				author = l.r.Keys().All()[0].Name
			}
			hash := hex.EncodeToString(sum[:])
			key, err := l.h.keys().Load(author)
			if err != nil {
				return err
			}
			ref, err := a.freshRef("rulings")
			if err != nil {
				return err
			}
			r, err := a.submit(ctx, t, key, record.Entry{
				Kind: record.KindPublication, Ref: ref, Author: author, Happened: strings.TrimSuffix(at.String(), "\n"),
				Body: &record.Publication{What: "rulings", Position: len(k.Entries), Rules: judge.Rules, Hash: hash},
			})
			if err != nil {
				return err
			}
			a.printf("%d bytes, %s\n", b.Size, hash)
			return a.receipts([]recorder.Receipt{r}, "text")
		},
	}
	c.Flags().StringVar(&author, "author", "", "name of the key that signs (default the keeper)")
	storeFlag(c, &address)
	return c
}
