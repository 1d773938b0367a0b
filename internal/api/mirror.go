package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/truceline/truceline/internal/mirror"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// How long others may keep an answer.
const (
	forEver = "public, max-age=31536000, immutable"
	briefly = "public, max-age=2"
)

// mirrorRoutes serves the record as a mirror (spec/record.md §9).
func (a *API) mirrorRoutes() {
	a.mux.HandleFunc("GET /record.json", a.get(func(ctx context.Context, _ *recorder.Reader, _ *http.Request) ([]byte, string, string, error) {
		return mirror.Face(a.o.Log.Name(), a.o.Log.String()), "application/json", briefly, nil
	}))
	a.mux.HandleFunc("GET /checkpoint", a.get(func(ctx context.Context, _ *recorder.Reader, _ *http.Request) ([]byte, string, string, error) {
		note, err := mirror.Checkpoint(ctx, a.o.Store)
		return note, "text/plain; charset=utf-8", briefly, err
	}))
	a.mux.HandleFunc("GET /checkpoints/{size}", a.get(func(ctx context.Context, _ *recorder.Reader, r *http.Request) ([]byte, string, string, error) {
		size, ok := number(r.PathValue("size"))
		if !ok {
			return nil, "", "", store.ErrNone
		}
		c, err := a.o.Store.Cosigned(ctx, size)
		return c.Note, "text/plain; charset=utf-8", briefly, err
	}))
	a.mux.HandleFunc("GET /tile/{path...}", a.get(a.tile))
	for _, p := range []string{"/case.hcl", "/agreements/{path...}", "/readings/{path...}", "/areas/{path...}", "/map/{path...}", "/blobs/{path...}"} {
		a.mux.HandleFunc("GET "+p, a.file)
	}
}

type answer func(ctx context.Context, reader *recorder.Reader, r *http.Request) (data []byte, kind, cache string, err error)

// get answers with bytes, an ETag and how long they may be kept.
func (a *API) get(f answer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readTime)
		defer cancel()
		reader, err := a.read(ctx)
		var data []byte
		var kind, cache string
		if err == nil {
			data, kind, cache, err = f(ctx, reader, r)
		}
		if err != nil {
			a.write(w, err)
			return
		}
		sum := sha256.Sum256(data)
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("Cache-Control", cache)
		h.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
		h.Set("Access-Control-Allow-Origin", "*")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	}
}

// tile serves C2SP tlog-tiles. A tile of a width never changes.
func (a *API) tile(ctx context.Context, reader *recorder.Reader, r *http.Request) ([]byte, string, string, error) {
	name := "tile/" + r.PathValue("path")
	level := store.Entries
	index, width, err := proof.ParseEntriesPath(name)
	if err != nil {
		if level, index, width, err = proof.ParseTilePath(name); err != nil {
			return nil, "", "", store.ErrNoTile
		}
	}
	data, err := reader.Tile(ctx, level, index, width)
	return data, "application/octet-stream", forEver, err
}

// named are the files that entries of the record name.
type named struct {
	mu      sync.Mutex
	until   int64
	files   map[string]bool
	folders map[string]bool // of agreements
}

// learn reads the entries that name files since the last time.
func (n *named) learn(ctx context.Context, s store.Store, r *recorder.Reader) error {
	if n.files == nil {
		n.files, n.folders = map[string]bool{"case.hcl": true}, map[string]bool{}
	}
	if n.until >= r.Head().Size {
		return nil
	}
	if err := recorder.FollowAll(ctx, s); err != nil {
		return err
	}
	for _, kind := range []record.Kind{record.KindAgreement, record.KindReading, record.KindArea, record.KindSource, record.KindPublication} {
		for from := n.until + 1; ; {
			list, err := s.List(ctx, from, 512, string(kind), "")
			if err != nil {
				return err
			}
			if len(list) == 0 {
				break
			}
			for _, l := range list {
				from = l.Position + 1
				if l.Position > r.Head().Size {
					break
				}
				leaf, err := r.Leaf(ctx, l.Position)
				if err != nil {
					return err
				}
				n.name(leaf.Entry.Body)
			}
		}
	}
	n.until = r.Head().Size
	return nil
}

func (n *named) name(b record.Body) {
	switch b := b.(type) {
	case *record.Agreement:
		n.folders[b.Path] = true
	case *record.Reading:
		n.files[b.Path] = true
	case *record.Area:
		n.files[b.Path] = true
	case *record.Source:
		n.blob(b.Hash)
	case *record.Publication:
		n.blob(b.Hash)
	}
}

func (n *named) blob(hash string) {
	if len(hash) == 64 {
		n.files["blobs/"+hash[:2]+"/"+hash] = true
	}
}

// file serves a file of the case, if an entry names it.
func (a *API) file(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	ctx, cancel := context.WithTimeout(r.Context(), readTime)
	defer cancel()
	if err := a.open(ctx, w, r, name); err != nil {
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			err = store.ErrNone
		}
		a.write(w, err)
	}
}

func (a *API) open(ctx context.Context, w http.ResponseWriter, r *http.Request, name string) error {
	reader, err := a.read(ctx)
	if err != nil {
		return err
	}
	if !fs.ValidPath(name) || mirror.Hidden(name) {
		return fs.ErrNotExist
	}
	a.named.mu.Lock()
	err = a.named.learn(ctx, a.o.Store, reader)
	known := a.named.files[name] || a.named.folders[path.Dir(name)]
	a.named.mu.Unlock()
	if err != nil {
		return err
	}
	if !known {
		return fs.ErrNotExist
	}
	f, err := a.o.Files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // read only
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return fs.ErrNotExist
	}
	content, ok := f.(io.ReadSeeker)
	if !ok {
		return fs.ErrInvalid
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=60")
	if strings.HasPrefix(name, "blobs/") { // whatever it is, it is not run in this site's name
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", "attachment")
		h.Set("Cache-Control", forEver)
		h.Set("ETag", `"`+path.Base(name)+`"`)
	}
	http.ServeContent(w, r, "", time.Time{}, content)
	return nil
}
