package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/api"
	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/mirror"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/verify"
)

func (a *app) countersignCommand() *cobra.Command {
	var key, seen, logKey, address string
	var send bool
	c := &cobra.Command{
		Use:   "countersign DIR|ADDRESS|MIRROR",
		Short: "Put your cosignature on a record's checkpoint",
		Long: `Verifies a record whole, holds it to the checkpoint that you cosigned last (--seen keeps it),
and cosigns its checkpoint with your cosigner's key: you vouch that you saw this record
at this time and that it continues what you saw before, and nothing about the truth of
an entry. The cosigned checkpoint is printed; with --send it is also handed to the record.`,
		Example: `  truceline countersign https://mission.example --key a.cosigner.key --seen a.seen --send
  truceline countersign /media/stick/valley --key a.cosigner.key --seen a.seen > cosigned`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := ctxOf(c)
			signer, err := keep.LoadKey(key)
			if err != nil {
				return err
			}
			src, err := a.source(ctx, args[0], address)
			if err != nil {
				return err
			}
			defer src.close()
			note, err := a.cosign(src.fsys, signer, logKey, seen)
			if err != nil {
				return err
			}
			if send {
				if err := a.sendCosigned(ctx, args[0], src, note); err != nil {
					return err
				}
			}
			if seen != "" {
				if err := (keep.Guard{File: seen}).Write(note); err != nil {
					return err
				}
			}
			_, err = a.out.Write(note)
			return err
		},
	}
	c.Flags().StringVar(&key, "key", "", "file of your cosigner's private key (required)")
	c.Flags().StringVar(&seen, "seen", "", "file of the checkpoint that you cosigned last; written anew")
	c.Flags().StringVar(&logKey, "log-key", "", "the verifier key of the log, as you know it (else it is taken on trust)")
	c.Flags().BoolVar(&send, "send", false, "hand the cosignature to the record")
	storeFlag(c, &address)
	_ = c.MarkFlagRequired("key")
	return c
}

// cosign verifies a record and gives its checkpoint with one cosignature more.
func (a *app) cosign(fsys fs.FS, signer *proof.Signer, logKey, seen string) ([]byte, error) {
	o := verify.Options{LogKey: logKey, Each: inParallel}
	if seen != "" {
		old, err := keep.Guard{File: seen}.Read()
		if err != nil {
			return nil, err
		}
		if old != nil {
			o.Kept = append(o.Kept, verify.Kept{Name: seen, Note: old})
		}
	}
	report := verify.Mirror(fsys, o)
	if len(report.Findings) > 0 {
		a.findings(report)
		return nil, errors.New("the record does not verify: it is not cosigned")
	}
	note, err := fs.ReadFile(fsys, "checkpoint")
	if err != nil {
		return nil, err
	}
	// What is cosigned is what was verified, whatever the source gives now.
	text, _, _ := bytes.Cut(note, []byte("\n\n"))
	if got, err := proof.ParseCheckpoint(string(text) + "\n"); err != nil || got.Size != report.Size || fmt.Sprintf("%x", got.Root[:]) != report.Root {
		return nil, errors.New("the record has moved on while it was verified: try again")
	}
	return signer.Cosign(note, a.now())
}

// sendCosigned hands a cosigned checkpoint to the record it is of.
func (a *app) sendCosigned(ctx context.Context, where string, src *source, note []byte) error {
	at := where
	if src.home != nil {
		if at = src.home.server(); at == "" {
			c, err := proof.OpenCheckpoint(note, src.home.log)
			if err != nil {
				return err
			}
			_, err = api.KeepCosigned(ctx, src.home.store, c.Size, note)
			return err
		}
	}
	if !isAddress(at) {
		return errors.New("--send: a mirror in files cannot be sent to (carry the printed checkpoint to the record: truceline countersign … > cosigned)")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(at, "/")+"/api/v1/cosignatures", bytes.NewReader(note))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "text/plain; charset=utf-8")
	resp, err := (&http.Client{Timeout: time.Minute}).Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	if resp.StatusCode/100 != 2 {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
		return fmt.Errorf("the server refuses the cosignature: %s %s", resp.Status, text)
	}
	return nil
}

func (a *app) dissentCommand() *cobra.Command {
	var party, key, author, note, lang, address string
	c := &cobra.Command{
		Use:   "dissent DIR|ADDRESS REF",
		Short: "Record a party's disagreement beside an entry",
		Long: `Records that a party disagrees with an entry, in its own words. Nothing is taken away: both
stand side by side from then on. Once a party has a key of its own, its dissent is signed
with that key.`,
		Example: `  truceline dissent https://mission.example F12 --party A --key a.delegation.key --note "The post was not ours." --lang en`,
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := ctxOf(c)
			t, err := a.target(ctx, args[0], address)
			if err != nil {
				return err
			}
			defer t.close()
			s := a.signing(args[0], t, key)
			if key != "" {
				signer, err := keep.LoadKey(key)
				if err != nil {
					return err
				}
				author = signer.Name()
			}
			if author == "" {
				if author, err = s.keeper(); err != nil {
					return err
				}
			}
			signer, err := s.key(author)
			if err != nil {
				return err
			}
			ref, err := a.freshRef("dissent")
			if err != nil {
				return err
			}
			e := record.Entry{Kind: record.KindDissent, Ref: ref, Author: author, Body: &record.Dissent{About: record.Ref(args[1]), Party: party}}
			if note != "" {
				e.Note = record.Text{lang: note}
			}
			r, err := a.submit(ctx, t, signer, e)
			if err != nil {
				return err
			}
			return a.receipts([]recorder.Receipt{r}, "text")
		},
	}
	c.Flags().StringVar(&party, "party", "", "whose disagreement it is (required)")
	c.Flags().StringVar(&key, "key", "", "file of the party's private key")
	c.Flags().StringVar(&author, "author", "", "name of the key that signs, where it is in DIR/keys (default the keeper)")
	c.Flags().StringVar(&note, "note", "", "the party's words")
	c.Flags().StringVar(&lang, "lang", "en", "language of the words")
	storeFlag(c, &address)
	_ = c.MarkFlagRequired("party")
	return c
}

// source is a record to be verified, wherever it is.
type source struct {
	fsys fs.FS
	home *home // nil but for a folder with a store
}

func (s *source) close() {
	if s.home != nil {
		s.home.close()
	}
}

// source opens a record: at an address, in a folder with a store, or a mirror in files.
func (a *app) source(ctx context.Context, where, address string) (*source, error) {
	if isAddress(where) {
		site, err := mirror.NewSite(ctx, where)
		return &source{fsys: site}, err
	}
	if isHome(where) || address != "" {
		h, err := a.openHome(ctx, where, address)
		if err != nil {
			return nil, err
		}
		return &source{fsys: h.mirror(ctx), home: h}, nil
	}
	if _, err := os.Stat(filepath.Join(where, faceFile)); err != nil {
		return nil, fmt.Errorf("%s holds no %s: give the address of a record, its folder, or a mirror of it", where, faceFile)
	}
	return &source{fsys: os.DirFS(where)}, nil
}
