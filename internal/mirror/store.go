// Package mirror gives a record in the layout of a mirror (spec/record.md §9): out of a
// store, out of a site, and as files.
package mirror

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Store is a store and the files beside it, laid out as a mirror. Tiles are given as
// they are kept, unverified: that is the verifier's work.
type Store struct {
	Store store.Store
	Files fs.FS           // the case's files and blobs
	Ctx   context.Context //nolint:containedctx // fs.FS has no place for it
}

// Open implements fs.FS for record.json, checkpoint, checkpoints/… and tile/…; other names are
// files of the case.
func (s *Store) Open(name string) (fs.File, error) {
	data, err := s.read(name)
	switch {
	case errors.Is(err, errOther):
		if Hidden(name) {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		return s.Files.Open(name)
	case errors.Is(err, store.ErrNoTile) || errors.Is(err, store.ErrNone):
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return newFile(name, data), nil
}

var errOther = errors.New("not of the record")

// Hidden tells whether a name in a case's folder is never part of a mirror.
func Hidden(name string) bool {
	top, _, _ := strings.Cut(name, "/")
	switch top {
	case "case.hcl", "agreements", "readings", "areas", "map", "blobs":
		return false
	}
	return true
}

func (s *Store) read(name string) ([]byte, error) {
	switch {
	case name == "record.json":
		m, err := s.Store.Meta(s.Ctx)
		if err != nil {
			return nil, err
		}
		return Face(m.Origin, m.Key), nil
	case name == "checkpoint":
		return Checkpoint(s.Ctx, s.Store)
	case strings.HasPrefix(name, "checkpoints/"):
		size, err := strconv.ParseInt(strings.TrimPrefix(name, "checkpoints/"), 10, 64)
		if err != nil || size < 0 {
			return nil, fs.ErrNotExist
		}
		c, err := s.Store.Cosigned(s.Ctx, size)
		return c.Note, err
	case strings.HasPrefix(name, "tile/entries/"):
		index, width, err := proof.ParseEntriesPath(name)
		if err != nil {
			return nil, fs.ErrNotExist
		}
		t, err := s.Store.Tile(s.Ctx, store.Entries, index)
		if err != nil || t.Width == width {
			return t.Data, err
		}
		return proof.CutBundle(t.Data, width)
	case strings.HasPrefix(name, "tile/"):
		level, index, width, err := proof.ParseTilePath(name)
		if err != nil {
			return nil, fs.ErrNotExist
		}
		t, err := s.Store.Tile(s.Ctx, level, index)
		if err != nil || len(t.Data) < 32*width {
			return t.Data, err
		}
		return t.Data[:32*width], nil
	}
	return nil, errOther
}

// Checkpoint gives the last checkpoint with the cosignatures that are kept of its size.
func Checkpoint(ctx context.Context, s store.Store) ([]byte, error) {
	head, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	c, err := s.Cosigned(ctx, head.Size)
	if err != nil || !sameText(c.Note, head.Checkpoint) {
		return head.Checkpoint, nil //nolint:nilerr // it is signed, if not cosigned
	}
	return c.Note, nil
}

// sameText tells whether two notes are of one text.
func sameText(a, b []byte) bool {
	i, j := bytes.Index(a, []byte("\n\n")), bytes.Index(b, []byte("\n\n"))
	return i > 0 && i == j && bytes.Equal(a[:i], b[:j])
}

// Face gives record.json of a record.
func Face(origin, key string) []byte {
	out, err := record.CanonicalJSON([]byte(`{"key":` + strconv.Quote(key) + `,"origin":` + strconv.Quote(origin) + `,"version":1}`))
	if err != nil {
		return nil // an origin is plain text: see NewOrigin
	}
	return out
}

// file is a file in memory.
type file struct {
	*bytes.Reader
	name string
}

func newFile(name string, data []byte) *file { return &file{bytes.NewReader(data), path.Base(name)} }

func (f *file) Stat() (fs.FileInfo, error) { return f, nil }
func (f *file) Close() error               { return nil }
func (f *file) Name() string               { return f.name }
func (f *file) Mode() fs.FileMode          { return 0o444 }
func (f *file) ModTime() time.Time         { return time.Time{} }
func (f *file) IsDir() bool                { return false }
func (f *file) Sys() any                   { return nil }

// CaseFiles is a case in file form out of a folder that keeps a record of its own: the
// public files of the folder, its scenarios, and the record as it is given.
type CaseFiles struct {
	Folder fs.FS
	Record []byte // record.jsonl
}

const recordFile = "record.jsonl"

func (c *CaseFiles) hides(name string) bool {
	top, _, _ := strings.Cut(name, "/")
	return top != "scenarios" && name != "." && Hidden(name)
}

// Open implements fs.FS.
func (c *CaseFiles) Open(name string) (fs.File, error) {
	switch {
	case name == recordFile:
		return newFile(name, c.Record), nil
	case c.hides(name):
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return c.Folder.Open(name)
}

// ReadDir implements fs.ReadDirFS.
func (c *CaseFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		if c.hides(name) {
			return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
		}
		return fs.ReadDir(c.Folder, name)
	}
	list, err := fs.ReadDir(c.Folder, name)
	list = slices.DeleteFunc(list, func(d fs.DirEntry) bool { return c.hides(d.Name()) })
	list = append(list, fs.FileInfoToDirEntry(newFile(recordFile, c.Record)))
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}
