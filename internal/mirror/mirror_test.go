package mirror

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/verify"
	"github.com/truceline/truceline/verify/verifytest"
)

// stored puts a training record into a memory store, and gives its files.
func stored(t *testing.T) (*store.Memory, *proof.Verifier, fstest.MapFS) {
	t.Helper()
	r := verifytest.Training(t, 300)
	s := store.NewMemory()
	size := len(r.Leaves)
	root, tiles := r.Tree(size)
	note := r.Checkpoint(size)
	text, _, _ := bytes.Cut(note, []byte("\n"))
	face := r.Mirror()["record.json"].Data
	key := string(face[bytes.Index(face, []byte(`"key":"`))+7:])
	key = key[:strings.IndexByte(key, '"')]
	log, err := proof.ParseVerifier(key)
	if err != nil || log.Name() != string(text) {
		t.Fatalf("%v: %s, %s", err, key, text)
	}
	empty := store.Head{Root: proof.EmptyRoot}
	if err := s.Create(t.Context(), store.Meta{Origin: log.Name(), Key: key}, empty); err != nil {
		t.Fatal(err)
	}
	head, err := s.Lead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := store.Batch{Head: store.Head{Epoch: head.Epoch, Size: int64(size), Root: root, Checkpoint: note}}
	for _, x := range tiles {
		b.Tiles = append(b.Tiles, store.Tile{Level: x.Level, Index: x.Index, Width: x.Width, Data: x.Data})
	}
	for from := 0; from < size; from += proof.TileWidth {
		var data []byte
		until := min(from+proof.TileWidth, size)
		for _, leaf := range r.Leaves[from:until] {
			data = proof.AppendBundle(data, leaf)
		}
		b.Tiles = append(b.Tiles, store.Tile{Level: store.Entries, Index: int64(from / proof.TileWidth), Width: until - from, Data: data})
	}
	for _, leaf := range r.Leaves {
		p, err := record.Peek(leaf)
		if err != nil {
			t.Fatal(err)
		}
		b.Rows = append(b.Rows, store.Row{Ref: p.Ref, ID: p.Identity})
	}
	if err := s.Commit(t.Context(), head, b); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"keys/log.key": {Data: []byte("secret")}, "custody.jsonl": {Data: []byte("secret")}}
	for name, f := range r.Mirror() {
		if !Hidden(name) {
			files[name] = f
		}
	}
	return s, log, files
}

func TestAStoreLaidOutAsAMirrorVerifies(t *testing.T) {
	s, _, files := stored(t)
	m := &Store{Store: s, Files: files, Ctx: t.Context()}
	if r := verify.Mirror(m, verify.Options{Judge: true}); !r.Whole() || r.Size == 0 {
		t.Errorf("%+v", r.Findings)
	}
	for _, name := range []string{"keys/log.key", "custody.jsonl", "tile/0/999", "tile/x", "checkpoints/7", "checkpoints/x", "../case.hcl", "record.db"} {
		if _, err := m.Open(name); !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACaseOutOfAStoreShowsNothingElse(t *testing.T) {
	_, _, files := stored(t)
	files["scenarios/x.txtar"] = &fstest.MapFile{Data: []byte("x")}
	c := &CaseFiles{Folder: files, Record: []byte("{}\n")}
	var names []string
	err := fs.WalkDir(c, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if all := strings.Join(names, " "); err != nil || !strings.Contains(all, "record.jsonl scenarios/x.txtar") || !strings.HasPrefix(all, "agreements/") || strings.Contains(all, "keys") || strings.Contains(all, "custody") {
		t.Errorf("%v: %q", err, names)
	}
	for _, name := range []string{"keys/log.key", "keys", "custody.jsonl"} {
		if _, err := c.Open(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnExportIsWholeOrNotThere(t *testing.T) {
	s, log, files := stored(t)
	files["map/coast.geojson"] = &fstest.MapFile{Data: []byte("coast")}
	dir := filepath.Join(t.TempDir(), "out")
	out, err := Export(t.Context(), s, log, files, dir, nil)
	if err != nil || out.Entries == 0 || out.Tiles < 4 {
		t.Fatalf("%+v, %v", out, err)
	}
	if r := verify.Mirror(os.DirFS(dir), verify.Options{LogKey: log.String(), Judge: true}); !r.Whole() {
		t.Errorf("%+v", r.Findings)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "map", "coast.geojson")); err != nil || string(data) != "coast" { //nolint:gosec // a folder of the test
		t.Errorf("the map is not in the export: %q, %v", data, err)
	}
	if _, err := Export(t.Context(), s, log, files, dir, nil); err == nil {
		t.Error("written over")
	}
	for name, bad := range map[string]store.Store{
		"a leaf":     &flipped{Store: s, level: store.Entries},
		"a tile":     &flipped{Store: s, level: 0},
		"the head":   &forged{Store: s},
		"a top tile": &flipped{Store: s, level: 1},
	} {
		to := filepath.Join(t.TempDir(), "bad")
		if _, err := Export(t.Context(), bad, log, files, to, nil); err == nil {
			t.Errorf("%s: given out", name)
		}
		if left, _ := os.ReadDir(filepath.Dir(to)); len(left) > 0 {
			t.Errorf("%s: something is left: %v", name, left)
		}
	}
	delete(files, "case.hcl")
	if _, err := Export(t.Context(), s, log, files, filepath.Join(t.TempDir(), "x"), nil); err == nil {
		t.Error("without case.hcl")
	}
}

type flipped struct {
	store.Store
	level int
}

func (f *flipped) Tile(ctx context.Context, level int, index int64) (store.Tile, error) {
	t, err := f.Store.Tile(ctx, level, index)
	if err == nil && level == f.level {
		t.Data[len(t.Data)-1] ^= 1
	}
	return t, err
}

type forged struct{ store.Store }

func (f *forged) Head(ctx context.Context) (store.Head, error) {
	h, err := f.Store.Head(ctx)
	h.Root[0] ^= 1
	return h, err
}

func TestASiteIsReadWithinBounds(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/m/good", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("yes")) })
	mux.HandleFunc("/m/elsewhere", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/m/good", http.StatusFound) })
	mux.HandleFunc("/m/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	mux.HandleFunc("/m/endless", func(w http.ResponseWriter, _ *http.Request) {
		block := bytes.Repeat([]byte("x"), 1<<20)
		for range siteFile>>20 + 2 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	site, err := NewSite(t.Context(), server.URL+"/m")
	if err != nil {
		t.Fatal(err)
	}
	if data, err := fs.ReadFile(site, "good"); err != nil || string(data) != "yes" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := fs.ReadFile(site, "nothing"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	for _, name := range []string{"elsewhere", "broken", "endless", "../good"} {
		if _, err := fs.ReadFile(site, name); err == nil || errors.Is(err, fs.ErrNotExist) && name != "../good" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, address := range []string{"", "ftp://x", "http://", "https://user:secret@x/", "::"} {
		if _, err := NewSite(t.Context(), address); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", address, err)
		}
	}
}
