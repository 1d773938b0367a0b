package mirror

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Exported counts what an export wrote.
type Exported struct {
	Entries, Tiles, Files, Blobs int64
	Lacking                      []string // blobs that entries name and that are not here
}

// Export writes the whole public record to a new folder as a mirror in files
// (spec/record.md §9). Everything is held to the signed root on its way out. The folder
// is written beside its place and moved there at the end: a part of a mirror is never
// left under the name. progress is told leaves, and may be nil.
func Export(ctx context.Context, s store.Store, log *proof.Verifier, files fs.FS, to string, progress func(done int64)) (*Exported, error) {
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is there already (give the name of a new folder)", to)
	}
	part, err := os.MkdirTemp(filepath.Dir(to), "."+filepath.Base(to)+".part-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(part) //nolint:errcheck // gone when it was moved
	e := &exporter{ctx: ctx, store: s, files: files, dir: part, out: &Exported{}, progress: progress}
	if err := e.all(log); err != nil {
		return nil, err
	}
	if err := os.Chmod(part, 0o755); err != nil { //nolint:gosec // a mirror is public
		return nil, err
	}
	return e.out, os.Rename(part, to)
}

type exporter struct {
	ctx      context.Context //nolint:containedctx // of one export
	store    store.Store
	files    fs.FS
	dir      string
	out      *Exported
	progress func(int64)
	blobs    map[string]bool
}

func (e *exporter) all(log *proof.Verifier) error {
	head, err := e.store.Head(e.ctx)
	if err != nil {
		return err
	}
	if err := recorder.Fits(head, log); err != nil {
		return err
	}
	meta, err := e.store.Meta(e.ctx)
	if err != nil {
		return err
	}
	r := recorder.NewReader(e.store, head)
	note := head.Checkpoint
	if c, err := e.store.Cosigned(e.ctx, head.Size); err == nil && sameText(c.Note, note) {
		note = c.Note
	}
	if err := errors.Join(e.write("record.json", Face(meta.Origin, meta.Key)), e.write("checkpoint", note)); err != nil {
		return err
	}
	if err := e.cosigned(head.Size); err != nil {
		return err
	}
	if err := e.tiles(r); err != nil {
		return err
	}
	if err := e.leaves(r); err != nil {
		return err
	}
	if err := e.file("case.hcl"); err != nil {
		return err
	}
	return e.maps()
}

// maps lays out the files of the map, which no entry names: layers in case.hcl do.
func (e *exporter) maps() error {
	list, err := fs.ReadDir(e.files, "map")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, d := range list {
		if err == nil && d.Type().IsRegular() {
			err = e.file("map/" + d.Name())
		}
	}
	return err
}

func (e *exporter) cosigned(size int64) error {
	for from := int64(0); ; {
		sizes, err := e.store.CosignedSizes(e.ctx, from, 1000)
		if err != nil || len(sizes) == 0 {
			return err
		}
		for _, n := range sizes {
			if from = n + 1; n > size {
				continue
			}
			c, err := e.store.Cosigned(e.ctx, n)
			if err != nil {
				return err
			}
			if err := e.write(fmt.Sprintf("checkpoints/%d", n), c.Note); err != nil {
				return err
			}
		}
	}
}

func (e *exporter) tiles(r *recorder.Reader) error {
	for t := range proof.Tiles(r.Head().Size) {
		data, err := r.Tile(e.ctx, t.Level, t.Index, t.Width)
		if err != nil {
			return err
		}
		e.out.Tiles++
		if err := e.write(proof.TilePath(t.Level, t.Index, t.Width), data); err != nil {
			return err
		}
		if t.Level > 0 {
			continue
		}
		if data, err = r.Tile(e.ctx, store.Entries, t.Index, t.Width); err != nil {
			return err
		}
		e.out.Tiles++
		if err := e.write(proof.EntriesPath(t.Index, t.Width), data); err != nil {
			return err
		}
	}
	return nil
}

// leaves writes record.jsonl and the files that entries name.
func (e *exporter) leaves(r *recorder.Reader) (err error) {
	f, err := os.OpenFile(filepath.Join(e.dir, "record.jsonl"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644) //nolint:gosec // public
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	e.blobs = map[string]bool{}
	err = r.Each(e.ctx, 1, r.Head().Size, func(position int64, leaf []byte) error {
		if _, err := w.Write(append(leaf[:len(leaf):len(leaf)], '\n')); err != nil {
			return err
		}
		if e.out.Entries++; e.progress != nil && position%4096 == 0 {
			e.progress(position)
		}
		p, err := record.Peek(leaf)
		if err != nil {
			return err
		}
		switch p.Kind {
		case record.KindAgreement, record.KindReading, record.KindArea, record.KindSource, record.KindPublication:
			return e.named(position, leaf)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// named writes the files that an entry names.
func (e *exporter) named(position int64, leaf []byte) error {
	l, err := record.ReadLeaf("", int(position), leaf)
	if err != nil {
		return err
	}
	switch b := l.Entry.Body.(type) {
	case *record.Agreement:
		return fs.WalkDir(e.files, b.Path, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			return e.file(name)
		})
	case *record.Reading:
		return e.file(b.Path)
	case *record.Area:
		return e.file(b.Path)
	case *record.Source:
		return e.blob(b.Hash, true)
	case *record.Publication:
		return e.blob(b.Hash, false)
	}
	return nil
}

// blob copies an attachment once; named tells that it is told when it is not here.
func (e *exporter) blob(hash string, named bool) error {
	if hash == "" || e.blobs[hash] {
		return nil
	}
	e.blobs[hash] = true
	err := e.file("blobs/" + hash[:2] + "/" + hash)
	switch {
	case !errors.Is(err, fs.ErrNotExist):
		e.out.Blobs++
		return err
	case named:
		e.out.Lacking = append(e.out.Lacking, hash)
	}
	return nil
}

// file copies a file of the case.
func (e *exporter) file(name string) error {
	if Hidden(name) {
		return fmt.Errorf("%s: files of a case stand under agreements/, readings/, areas/, map/ and blobs/", name)
	}
	in, err := e.files.Open(name)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // read only
	to := filepath.Join(e.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil { //nolint:gosec // public
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644) //nolint:gosec // public
	if err != nil {
		return err
	}
	_, err = bufio.NewReaderSize(in, 1<<16).WriteTo(out)
	e.out.Files++
	return errors.Join(err, out.Close())
}

func (e *exporter) write(name string, data []byte) error {
	to := filepath.Join(e.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil { //nolint:gosec // public
		return err
	}
	return os.WriteFile(to, data, 0o644) //nolint:gosec // public
}
