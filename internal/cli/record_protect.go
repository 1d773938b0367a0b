package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/record"
)

func (a *app) discloseCommand() *cobra.Command {
	var by, to, address string
	c := &cobra.Command{
		Use:   "disclose DIR REF FIELD",
		Short: "Give one protected value with its proof to someone entitled",
		Long: `Opens one sealed value and writes a disclosure: the value, its salt, the entry that holds
the commitment, and the proof that the entry stands in the signed record. Who is given the
file can check it without believing anyone: truceline verify --disclosure FILE. Every
disclosure is logged in DIR/custody.jsonl. Whoever has the file has the value.`,
		Example: `  truceline disclose records/valley r88 said_by.name --by desk --to commission.json`,
		Args:    cobra.ExactArgs(3),
		RunE: a.inHome(&address, func(ctx context.Context, h *home, args []string) error {
			r, err := h.reader(ctx)
			if err != nil {
				return err
			}
			found, err := h.store.Find(ctx, []string{args[1]})
			if err != nil {
				return err
			}
			f, ok := found[args[1]]
			if !ok {
				return fmt.Errorf("%s is not in the record", args[1])
			}
			raw, err := r.Raw(ctx, f.Position)
			if err != nil {
				return err
			}
			d := &record.Disclosure{Position: f.Position, Leaf: raw, Checkpoint: r.Head().Checkpoint}
			if d.Opening, err = h.protected().Open(record.ID(fmt.Sprintf("%x", f.ID)), args[2]); err != nil {
				return err
			}
			if d.Proof, err = r.Inclusion(f.Position); err != nil {
				return err
			}
			if _, err := d.Check(h.log); err != nil {
				return fmt.Errorf("the kept value does not open the commitment: %w", err)
			}
			out, err := d.Marshal()
			if err != nil {
				return err
			}
			if err := h.custody().Add(a.now(), keep.Event{By: by, Event: "disclosed", What: args[1] + " " + args[2], Note: filepath.Base(to)}); err != nil {
				return err
			}
			if to == "" {
				_, err = a.out.Write(append(out, '\n'))
				return err
			}
			return os.WriteFile(to, append(out, '\n'), 0o600)
		}),
	}
	c.Flags().StringVar(&by, "by", "", "who discloses it, for the log of custody (required)")
	c.Flags().StringVar(&to, "to", "", "file to write, readable by you alone (default standard output)")
	storeFlag(c, &address)
	_ = c.MarkFlagRequired("by")
	return c
}

func (a *app) eraseCommand() *cobra.Command {
	var why, lang, author, address string
	c := &cobra.Command{
		Use:   "erase DIR REF FIELD",
		Short: "Delete a protected value for good, and say so in the record",
		Long: `Records an erasure, then deletes the sealed value. The tree stays whole and the commitment
stays in it; nobody can open it any more. Copies in backups of DIR/protected are yours to
delete.`,
		Example: `  truceline erase records/valley r88 said_by.name --why "the witness asked for it"`,
		Args:    cobra.ExactArgs(3),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := ctxOf(c)
			t, err := a.target(ctx, args[0], address)
			if err != nil {
				return err
			}
			defer t.close()
			s := a.signing(args[0], t, "")
			if author == "" {
				if author, err = s.keeper(); err != nil {
					return err
				}
			}
			var home *home
			if l, ok := t.(*localTarget); ok {
				home = l.h
			} else {
				if home, err = a.openHome(ctx, args[0], address); err != nil {
					return err
				}
				defer home.close()
			}
			found, err := home.store.Find(ctx, []string{args[1]})
			if err != nil {
				return err
			}
			f, ok := found[args[1]]
			if !ok {
				return fmt.Errorf("%s is not in the record", args[1])
			}
			id := record.ID(fmt.Sprintf("%x", f.ID))
			if err := home.protected().Holds(id, args[2]); err != nil {
				return err
			}
			signer, err := s.key(author)
			if err != nil {
				return err
			}
			ref, err := a.freshRef("erasure")
			if err != nil {
				return err
			}
			r, err := a.submit(ctx, t, signer, record.Entry{
				Kind: record.KindErasure, Ref: ref, Author: author, Body: &record.Erasure{Of: record.Ref(args[1]), Field: args[2], Why: record.Text{lang: why}},
			})
			if err != nil {
				return err
			}
			if err := home.protected().Erase(id, args[2]); err != nil {
				return err
			}
			if err := home.custody().Add(a.now(), keep.Event{By: author, Event: "erased", What: args[1] + " " + args[2]}); err != nil {
				return err
			}
			return a.receipts([]recorder.Receipt{r}, "text")
		},
	}
	c.Flags().StringVar(&why, "why", "", "the reason, for the record (required)")
	c.Flags().StringVar(&lang, "lang", "en", "language of the reason")
	c.Flags().StringVar(&author, "author", "", "name of the key that signs (default the keeper)")
	storeFlag(c, &address)
	_ = c.MarkFlagRequired("why")
	return c
}

func (a *app) attachCommand() *cobra.Command {
	var by, address string
	var most int64
	c := &cobra.Command{
		Use:   "attach DIR FILE",
		Short: "Keep a photograph or document beside the record",
		Long: `Copies a file into DIR/blobs under its SHA-256 and logs its receipt in DIR/custody.jsonl. It
prints the hash, which an entry of kind source names. Kept are images, PDF, sound, film,
office documents, web pages and text, as their first bytes tell. What is attached is public:
seal what must not be.`,
		Example: `  truceline attach records/valley photo.jpg --by desk`,
		Args:    cobra.ExactArgs(2),
		RunE: a.inHome(&address, func(ctx context.Context, h *home, args []string) error {
			in := a.in
			if args[1] != "-" {
				f, err := os.Open(args[1])
				if err != nil {
					return err
				}
				defer f.Close() //nolint:errcheck // read only
				in = f
			}
			b, err := h.blobs().Put(ctx, in, most)
			if err != nil {
				return fmt.Errorf("%s: %w", args[1], err)
			}
			if err := h.custody().Add(a.now(), keep.Event{By: by, Event: "received", What: b.Hash, Size: b.Size, Type: b.Type, Note: filepath.Base(args[1])}); err != nil {
				return err
			}
			a.printf("%s  %s  %d bytes\n", b.Hash, b.Type, b.Size)
			return nil
		}),
	}
	c.Flags().StringVar(&by, "by", "", "from whose hands it comes, for the log of custody (required)")
	c.Flags().Int64Var(&most, "most", keep.MaxBlob, "the most bytes it may have")
	storeFlag(c, &address)
	_ = c.MarkFlagRequired("by")
	return c
}
