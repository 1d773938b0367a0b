package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/mirror"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

func (a *app) importCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "import DIR CASE|FILE",
		Short: "Add a whole case in file form, or a file of entries, to a record",
		Long: `Adds the entries of a case in file form, with its agreements, readings and areas, or of a file
record.jsonl, signed as sheets with the keys of their authors. They get their time of
recording now: nothing is back-dated. What is recorded already is passed over, so an
import that was interrupted is taken up where it ended by giving it again.

The whole case is checked first; nothing is recorded of one that has a problem. A changed
case.hcl becomes the one that holds from then on.`,
		Example: "  truceline import records/ua cases/ua-2025\n  truceline import records/ua more.jsonl",
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := ctxOf(c)
			info, err := os.Stat(args[1])
			if err != nil {
				return err
			}
			if !info.IsDir() {
				return a.appendEntries(ctx, args[0], args[1], appending{store: address, format: "text"})
			}
			if _, err := load(args[1]); err != nil {
				return err
			}
			t, err := a.target(ctx, args[0], address)
			if err != nil {
				return err
			}
			defer t.close()
			l, ok := t.(*localTarget)
			if !ok {
				return errors.New("a case is imported in the record's own folder, while no server writes it")
			}
			n, err := a.importFiles(ctx, l.h, l, os.DirFS(args[1]))
			if err != nil {
				return err
			}
			a.printf("%d entries added, %d were there; the record has %d\n", n.added, n.old, l.r.Head().Size)
			return nil
		},
	}
	storeFlag(c, &address)
	return c
}

type imported struct{ added, old int }

// importFiles adds a case in file form, which was loaded and found whole.
func (a *app) importFiles(ctx context.Context, h *home, t *localTarget, from fs.FS) (n imported, err error) {
	data, err := fs.ReadFile(from, "record.jsonl")
	if err != nil {
		return n, err
	}
	envs, err := record.Read("record.jsonl", data)
	if err != nil {
		return n, err
	}
	if err := h.copyFiles(from, envs); err != nil {
		return n, err
	}
	keeper := t.r.Keys().All()[0].Name
	if err := h.publishCase(ctx, t, keeper); err != nil {
		return n, err
	}
	fresh, err := h.fresh(ctx, envs)
	if err != nil {
		return n, err
	}
	n.old = len(envs) - len(fresh)
	bar := a.progress(len(fresh))
	s := &signing{a: a, t: t, h: h, keys: map[string]*proof.Signer{}, after: func(k int) { _ = bar.Add(k) }}
	got, err := s.all(ctx, fresh)
	_ = bar.Finish()
	n.added = len(got)
	return n, insideLines("record.jsonl", err)
}

// fresh gives the entries that are not recorded yet, as submissions. One that stands
// there with other words is told.
func (h *home) fresh(ctx context.Context, envs []record.Envelope) ([]given, error) {
	refs := make([]string, len(envs))
	for i := range envs {
		refs[i] = string(envs[i].Entry.Ref)
	}
	found, err := h.store.Find(ctx, refs)
	if err != nil {
		return nil, err
	}
	var list []given
	for i := range envs {
		l, err := record.Submission(envs[i].Entry, "")
		if err != nil {
			return nil, err
		}
		if f, ok := found[refs[i]]; !ok || f.ID != l.Identity { // another entry of that name is refused when it is recorded
			list = append(list, given{leaf: l, line: i + 1})
		}
	}
	return list, nil
}

// copyFiles brings the files that entries name, case.hcl and the files of the map into
// the folder. A file that is there with other bytes is not written over, but for
// case.hcl and those of the map, which its layers name.
func (h *home) copyFiles(from fs.FS, envs []record.Envelope) error {
	names := []string{"case.hcl"}
	maps, err := fs.ReadDir(from, "map")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, d := range maps {
		if d.Type().IsRegular() {
			names = append(names, "map/"+d.Name())
		}
	}
	for _, env := range envs {
		switch b := env.Entry.Body.(type) {
		case *record.Agreement:
			err := fs.WalkDir(from, b.Path, func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					names = append(names, name)
				}
				return err
			})
			if err != nil {
				return err
			}
		case *record.Reading:
			names = append(names, b.Path)
		case *record.Area:
			names = append(names, b.Path)
		case *record.Source:
			if b.Hash != "" {
				names = append(names, "blobs/"+b.Hash[:2]+"/"+b.Hash)
			}
		}
	}
	for _, name := range names {
		if err := h.copyFile(from, name); err != nil {
			return err
		}
	}
	return nil
}

func (h *home) copyFile(from fs.FS, name string) error {
	if mirror.Hidden(name) {
		return fmt.Errorf("%s: the files of a case that is recorded stand under agreements/, readings/, areas/ and map/", name)
	}
	data, err := fs.ReadFile(from, name)
	if errors.Is(err, fs.ErrNotExist) && strings.HasPrefix(name, "blobs/") {
		return nil // a mirror may lack them
	}
	if err != nil {
		return err
	}
	to := filepath.Join(h.dir, filepath.FromSlash(path.Clean(name)))
	if old, err := os.ReadFile(to); err == nil { //nolint:gosec // checked by Hidden
		if bytes.Equal(old, data) {
			return nil
		}
		if name != "case.hcl" && !strings.HasPrefix(name, "map/") {
			return fmt.Errorf("%s is there with other words: a file that was recorded is never written over (give the new one another path)", to)
		}
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil { //nolint:gosec // public
		return err
	}
	return os.WriteFile(to, data, 0o644) //nolint:gosec // public
}

// publishCase records the hash of case.hcl when it is not the one that holds.
func (h *home) publishCase(ctx context.Context, t *localTarget, keeper string) error {
	data, err := os.ReadFile(filepath.Join(h.dir, "case.hcl"))
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	holds, err := h.caseHash(ctx, t.r)
	if err != nil || holds == hash {
		return err
	}
	return h.publish(ctx, t, keeper, &record.Publication{What: "case", Position: int(t.r.Head().Size), Rules: judge.Rules, Hash: hash}, "")
}

// publish records a publication.
func (h *home) publish(ctx context.Context, t target, author string, b *record.Publication, happened string) error {
	key, err := h.keys().Load(author)
	if err != nil {
		return err
	}
	ref, err := h.a.freshRef(b.What)
	if err != nil {
		return err
	}
	_, err = h.a.submit(ctx, t, key, record.Entry{Kind: record.KindPublication, Ref: ref, Author: author, Happened: happened, Body: b})
	return err
}

// caseHash gives the hash of case.hcl that holds by the record; empty when none does.
func (h *home) caseHash(ctx context.Context, r *recorder.Recorder) (hash string, err error) {
	reader := r.Reader()
	err = reader.Each(ctx, 1, reader.Head().Size, func(position int64, leaf []byte) error {
		p, err := record.Peek(leaf)
		if err != nil || p.Kind != record.KindPublication {
			return err
		}
		l, err := record.ReadLeaf("", int(position), leaf)
		if b, ok := l.Entry.Body.(*record.Publication); ok && b.What == "case" {
			hash = b.Hash
		}
		return err
	})
	return hash, err
}
