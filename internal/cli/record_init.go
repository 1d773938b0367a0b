package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/mirror"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

func (a *app) initCommand() *cobra.Command {
	var n newRecord
	var from string
	c := &cobra.Command{
		Use:   "init DIR",
		Short: "Begin a record: its keys, its store, its first entry",
		Long: `Begins a record in a folder. It makes the key of the log, the key of the keeper (who
records and admits the keys of others), the key that opens protected values, and a store:
an SQLite file, or a PostgreSQL database with --store. The first entry admits the
keeper's key. A record that is there already is never begun again.

With --from the entries and files of a case in file form go in at once; otherwise
case.hcl is written for you to fill in, unless it is there.

The keys stand in DIR/keys, readable by you alone: keep a copy in another place. DIR/checkpoint is the copy
of the last signed state that lets an old backup be noticed.`,
		Example: `  truceline init records/valley --keeper desk --holder "Valley mission"
  truceline init records/ua --from cases/ua-2025
  truceline init records/big --store postgres://keeper@db.example/truceline`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			n.dir = filepath.Clean(args[0])
			var files fs.FS
			if from != "" {
				if _, err := load(from); err != nil {
					return err
				}
				files = os.DirFS(from)
			}
			return a.begin(ctxOf(c), n, files)
		},
	}
	c.Flags().StringVar(&n.keeper, "keeper", "desk", "name of the keeper's key, the author of its entries")
	c.Flags().StringVar(&n.holder, "holder", "", "who keeps the record (default the name of the keeper's key)")
	c.Flags().StringVar(&n.origin, "origin", "", "name of the record that no other has, such as mission.example/valley (default made of the folder's name and the log key)")
	c.Flags().StringVar(&from, "from", "", "a case in file form to import")
	storeFlag(c, &n.store)
	return c
}

// newRecord is what a record is begun with.
type newRecord struct{ dir, keeper, holder, origin, store string }

// begin makes a record. Nothing of what is there is written over.
func (a *app) begin(ctx context.Context, n newRecord, from fs.FS) (err error) {
	for _, name := range []string{faceFile, databaseFile, guardFile, storeFile} {
		if _, err := os.Lstat(filepath.Join(n.dir, name)); err == nil {
			return fmt.Errorf("%s is there already: a record is not begun over another (choose another folder)", filepath.Join(n.dir, name))
		}
	}
	if err := os.MkdirAll(n.dir, 0o755); err != nil { //nolint:gosec // its secret parts are closed
		return err
	}
	h := &home{dir: n.dir, a: a}
	key, err := h.logKey(n.origin)
	if err != nil {
		return err
	}
	h.log = key.Verifier()
	if h.store, err = openStore(ctx, n.dir, n.store, true); err != nil {
		return err
	}
	defer h.close()
	if err := h.protected().Init(); err != nil {
		return err
	}
	if n.store != "" {
		if err := os.WriteFile(filepath.Join(n.dir, storeFile), []byte(n.store+"\n"), 0o600); err != nil {
			return err
		}
	}
	if err := recorder.Create(ctx, recorder.Options{Store: h.store, Key: key, Guard: h.guard()}); err != nil {
		return err
	}
	face := mirror.Face(key.Name(), key.Verifier().String())
	if err := os.WriteFile(filepath.Join(n.dir, faceFile), face, 0o644); err != nil { //nolint:gosec // public
		return err
	}
	r, err := h.recorder(ctx, false)
	if err != nil {
		return err
	}
	defer r.Close()
	t := &localTarget{h: h, r: r}
	if err := h.admitKeeper(ctx, t, n); err != nil {
		return err
	}
	if from == nil {
		if err := h.template(); err != nil {
			return err
		}
		if err := h.publishCase(ctx, t, n.keeper); err != nil {
			return err
		}
	} else if _, err := a.importFiles(ctx, h, t, from); err != nil {
		return err
	}
	a.printf("%s\nlog key: %s\nentries: %d\n", key.Name(), key.Verifier(), r.Head().Size)
	return nil
}

// logKey makes the key of the log, or takes the one that a begun and broken off init
// left.
func (h *home) logKey(origin string) (*proof.Signer, error) {
	if key, err := h.keys().Load(keep.LogKey); err == nil {
		if origin != "" && key.Name() != origin {
			return nil, fmt.Errorf("%s holds the key of %s", h.keys().Dir, key.Name())
		}
		return key, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(origin) > 128 || strings.ContainsAny(origin, "+ \t\n") || strings.Contains(origin, "://") {
		return nil, fmt.Errorf("--origin %q: a name without scheme, spaces or +, at most 128 bytes: mission.example/valley", origin)
	}
	if origin == "" {
		abs, err := filepath.Abs(h.dir)
		if err != nil {
			return nil, err
		}
		mark, err := token(8)
		if err != nil {
			return nil, err
		}
		origin = "local/" + plainName(filepath.Base(abs)) + "/" + mark
	}
	return h.keys().Generate(keep.LogKey, origin, proof.Signing)
}

// plainName keeps letters, digits, dots and dashes of a name.
func plainName(s string) string {
	out := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '-'
	}, s)
	return strings.Trim(out, "-.")
}

// admitKeeper writes the first entry.
func (h *home) admitKeeper(ctx context.Context, t target, n newRecord) error {
	key, err := h.keys().Load(n.keeper)
	if errors.Is(err, fs.ErrNotExist) {
		key, err = h.keys().Generate(n.keeper, n.keeper, proof.Signing)
	}
	if err != nil {
		return err
	}
	if n.holder == "" {
		n.holder = n.keeper
	}
	_, err = h.a.submit(ctx, t, key, record.Entry{
		Kind: record.KindKey, Ref: record.Ref("key-" + n.keeper), Author: n.keeper,
		Body: &record.Key{Name: n.keeper, Event: "admitted", Holder: n.holder, PublicKey: key.Verifier().String(), Authority: sameWords("—")},
	})
	return err
}

// sameWords is a text that says the same in every language.
func sameWords(s string) record.Text { return record.Text{"en": s, "ru": s, "uk": s, "zh": s} }

// template writes a case.hcl to be filled in, unless there is one.
func (h *home) template() error {
	file := filepath.Join(h.dir, "case.hcl")
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	abs, err := filepath.Abs(h.dir)
	if err != nil {
		return err
	}
	name := plainName(filepath.Base(abs))
	year := h.a.now().Year()
	text := fmt.Sprintf(`case %q {
  title  = { en = %q, ru = %q, uk = %q, zh = %q }
  zone   = "UTC"        # of dates that name none
  begins = "%d-01-01"   # no time of an entry lies wholly outside
  ends   = "%d-01-01"
}

party "A" {
  name  = { en = "Party A", ru = "Сторона А", uk = "Сторона А", zh = "甲方" }
  short = { en = "A", ru = "А", uk = "А", zh = "甲" }
}

party "B" {
  name  = { en = "Party B", ru = "Сторона Б", uk = "Сторона Б", zh = "乙方" }
  short = { en = "B", ru = "Б", uk = "Б", zh = "乙" }
}
`, name, name, name, name, name, year-10, year+10)
	return os.WriteFile(file, []byte(text), 0o644) //nolint:gosec // public
}
