package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/mirror"
	"github.com/truceline/truceline/internal/postgres"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/sqlite"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Names in the folder of a case that keeps a record of its own.
const (
	faceFile     = "record.json" // origin and log key
	databaseFile = "record.db"   // the embedded store
	storeFile    = "store"       // the address of a store that is not embedded
	guardFile    = "checkpoint"  // the last checkpoint, outside the store
	serverFile   = "server"      // where the process that writes listens
	keysDir      = "keys"
)

// patience is how long a command waits for a record that another process writes.
const patience = 3 * time.Second

// home is the folder of a case that keeps a record of its own.
type home struct {
	dir   string
	log   *proof.Verifier
	store store.Store
	a     *app
}

// isHome tells a folder with a record of its own from a case in files.
func isHome(dir string) bool {
	if _, err := os.Stat(filepath.Join(dir, faceFile)); err != nil {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "record.jsonl")) // a mirror in files has one
	return err != nil
}

// storeFlag adds --store to a command.
func storeFlag(c *cobra.Command, address *string) {
	c.Flags().StringVar(address, "store", "", "address of the store where it is not in the folder: postgres://…")
}

// openHome opens a record in its folder.
func (a *app) openHome(ctx context.Context, dir, address string) (*home, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%s: there is no such folder", dir)
	}
	data, err := os.ReadFile(filepath.Join(dir, faceFile)) //nolint:gosec // the user's own folder
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s keeps no record of its own (make one: truceline init %s)", dir, dir)
	}
	if err != nil {
		return nil, err
	}
	var face struct {
		Key     string `json:"key"`
		Origin  string `json:"origin"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(data, &face); err != nil || face.Version != 1 {
		return nil, fmt.Errorf("%s is not the face of a record of version 1", filepath.Join(dir, faceFile))
	}
	h := &home{dir: dir, a: a}
	if h.log, err = proof.ParseVerifier(face.Key); err != nil || h.log.Name() != face.Origin {
		return nil, fmt.Errorf("%s: the log key does not fit the origin", filepath.Join(dir, faceFile))
	}
	h.store, err = openStore(ctx, dir, address, false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: the store is not there (put a backup in its place: truceline restore %s BACKUP)", filepath.Join(dir, databaseFile), dir)
	}
	return h, err
}

// inHome makes a command of work in the folder that is its first argument.
func (a *app) inHome(address *string, work func(ctx context.Context, h *home, args []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		ctx := ctxOf(c)
		h, err := a.openHome(ctx, args[0], *address)
		if err != nil {
			return err
		}
		defer h.close()
		return work(ctx, h, args)
	}
}

// openStore opens the store of a folder.
func openStore(ctx context.Context, dir, address string, create bool) (store.Store, error) {
	if address == "" {
		if data, err := os.ReadFile(filepath.Join(dir, storeFile)); err == nil { //nolint:gosec // the user's own folder
			address = strings.TrimSpace(string(data))
		}
	}
	switch {
	case address == "":
		return sqlite.Open(filepath.Join(dir, databaseFile), create)
	case strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://"):
		return postgres.Open(ctx, address)
	}
	return nil, errors.New("--store: give postgres://USER@HOST/DATABASE, or nothing for the store in the folder")
}

func (h *home) close() { _ = h.store.Close() }

func (h *home) keys() keep.Keys { return keep.Keys{Dir: filepath.Join(h.dir, keysDir)} }

func (h *home) guard() keep.Guard { return keep.Guard{File: filepath.Join(h.dir, guardFile)} }

func (h *home) blobs() keep.Blobs { return keep.Blobs{Dir: filepath.Join(h.dir, "blobs")} }

func (h *home) custody() *keep.Custody {
	return &keep.Custody{File: filepath.Join(h.dir, "custody.jsonl")}
}

func (h *home) protected() keep.Protected {
	return keep.Protected{
		Dir: filepath.Join(h.dir, "protected"), Recipients: filepath.Join(h.dir, "recipients.txt"), Identity: filepath.Join(h.dir, keysDir, "protected.key"),
	}
}

// reader reads the record as it stands, held to its signed checkpoint and to the copy
// outside the store.
func (h *home) reader(ctx context.Context) (*recorder.Reader, error) {
	kept, err := h.guard().Read()
	if err != nil {
		return nil, err
	}
	head, err := h.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	if err := recorder.Fits(head, h.log); err != nil {
		return nil, err
	}
	r := recorder.NewReader(h.store, head)
	_, err = recorder.Guarded(kept, r, h.log)
	return r, err
}

// leaves gives all leaves of the record, each held to the tree.
func (h *home) leaves(ctx context.Context) ([][]byte, error) {
	r, err := h.reader(ctx)
	if err != nil {
		return nil, err
	}
	list := make([][]byte, 0, r.Head().Size)
	err = r.Each(ctx, 1, r.Head().Size, func(_ int64, leaf []byte) error {
		list = append(list, leaf)
		return nil
	})
	return list, err
}

// load reads the case with its record.
func (h *home) load(ctx context.Context) (*casefile.Case, error) {
	leaves, err := h.leaves(ctx)
	if err != nil {
		return nil, err
	}
	c, err := casefile.LoadLeaves(os.DirFS(h.dir), leaves)
	return c, insideErr(h.dir, err)
}

// mirror lays the record out as a mirror.
func (h *home) mirror(ctx context.Context) fs.FS {
	return &mirror.Store{Store: h.store, Files: os.DirFS(h.dir), Ctx: ctx}
}

// recorder makes this process the writer. While another one writes it waits patiently
// and then says which, unless waiting is all that it is asked for.
func (h *home) recorder(ctx context.Context, wait bool) (*recorder.Recorder, error) {
	key, err := h.keys().Load(keep.LogKey)
	if err != nil {
		return nil, fmt.Errorf("the key of the log cannot be used: %w", err)
	}
	if !wait {
		var cancel context.CancelFunc
		most := patience
		if h.server() != "" { // whoever writes says where entries are taken
			most /= 10
		}
		ctx, cancel = context.WithTimeout(ctx, most)
		defer cancel()
	}
	o := recorder.Options{Store: h.store, Key: key, Guard: h.guard(), Now: h.a.now, Slog: slog.New(slog.NewTextHandler(h.a.err, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	r, err := recorder.Open(ctx, o)
	if err != nil && !wait && errors.Is(err, context.DeadlineExceeded) {
		return nil, errWritten
	}
	return r, err
}

// errWritten tells that another process writes the record.
var errWritten = errors.New("another process writes this record")

// server gives the address at which the process that writes listens; empty when none
// says so.
func (h *home) server() string {
	data, err := os.ReadFile(filepath.Join(h.dir, serverFile))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(data))
}

// insideErr names the files of problems from where the user stands.
func insideErr(dir string, err error) error {
	var list problem.List
	if errors.As(err, &list) {
		return inside(dir, list)
	}
	return err
}

// authors gives what the names of authors stand for, from the entries of kind key.
func (h *home) authors(ctx context.Context) (*record.Keys, error) {
	r, err := h.reader(ctx)
	if err != nil {
		return nil, err
	}
	if err := recorder.FollowAll(ctx, h.store); err != nil {
		return nil, err
	}
	return recorder.ReadKeys(ctx, h.store, r)
}

// loadHome reads a case that keeps a record of its own.
func loadHome(dir string) (*casefile.Case, error) {
	ctx := context.Background()
	h, err := (&app{err: os.Stderr, now: time.Now}).openHome(ctx, dir, "")
	if err != nil {
		return nil, err
	}
	defer h.close()
	return h.load(ctx)
}

// caseFiles gives a case as files: of a folder that keeps a record of its own, with the
// record in file form.
func caseFiles(dir string) (fs.FS, error) {
	files := os.DirFS(dir)
	if !isHome(dir) {
		return files, nil
	}
	ctx := context.Background()
	h, err := (&app{err: os.Stderr, now: time.Now}).openHome(ctx, dir, "")
	if err != nil {
		return nil, err
	}
	defer h.close()
	leaves, err := h.leaves(ctx)
	if err != nil {
		return nil, err
	}
	return &mirror.CaseFiles{Folder: files, Record: append(bytes.Join(leaves, []byte("\n")), '\n')}, nil
}
