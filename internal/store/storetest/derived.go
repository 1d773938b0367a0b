package storetest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/internal/store"
)

var derivedRules = []rule{
	{"Follow goes in steps and a commit derives nothing", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(600)
		r.applied(0)
		for _, c := range []struct {
			n      int
			behind int64
		}{{1, 599}, {255, 344}, {2, 342}, {0, 342}, {300, 42}, {300, 0}, {300, 0}} {
			behind, err := r.Follow(t.Context(), Read, c.n)
			if err != nil || behind != c.behind {
				t.Fatalf("after %d leaves are still to come %d, not %d: %v", c.n, behind, c.behind, err)
			}
			r.applied(600 - c.behind)
		}
		r.add(1)
		r.applied(600)
		r.lists()
	}},
	{"the derived tables answer as far as they have come", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(700)
		r.follow(400)
		list, err := r.List(t.Context(), 0, 1000, "", "")
		if err != nil || len(list) != 400 {
			t.Errorf("%d entries are listed, %v", len(list), err)
		}
		refs, leaves := (&record{}).leaves(700)
		for _, p := range []int{1, 256, 257, 400, 401, 700} {
			want, _ := Read(leaves[p-1])
			got, ok, err := r.FindID(t.Context(), want.ID)
			if err != nil || ok != (p <= 400) || ok && (got != store.Listed{Position: int64(p), Detail: want}) {
				t.Errorf("the identity of %s gives %v, %v, %v", refs[p-1], got, ok, err)
			}
		}
		if _, ok, err := r.FindID(t.Context(), [32]byte{}); ok || err != nil {
			t.Errorf("an identity that nothing has is found: %v", err)
		}
	}},
	{"List goes by position, kind and author", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(500)
		r.follow(1000)
		r.lists()
	}},
	{"what is dropped and followed again answers the same", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(500)
		r.follow(1000)
		before, err := r.List(t.Context(), 0, 1000, "", "")
		must(t, err)
		for range 2 {
			must(t, r.Drop(t.Context()))
		}
		r.applied(0)
		list, err := r.List(t.Context(), 0, 1000, "", "")
		if err != nil || len(list) > 0 {
			t.Errorf("after Drop are listed %d, %v", len(list), err)
		}
		if _, ok, err := r.FindID(t.Context(), before[0].ID); ok || err != nil {
			t.Errorf("after Drop an identity is found: %v", err)
		}
		r.holds()
		r.follow(1000)
		after, err := r.List(t.Context(), 0, 1000, "", "")
		must(t, err)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error(diff)
		}
	}},
	{"a leaf that cannot be read stops Follow and spoils nothing", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(20)
		bad := errors.New("no entry")
		reader := func(leaf []byte) (store.Detail, error) {
			d, err := Read(leaf)
			if d.Ref == "r-11" {
				err = bad
			}
			return d, err
		}
		_, err := r.Follow(t.Context(), reader, 5)
		must(t, err)
		_, err = r.Follow(t.Context(), reader, 20)
		wants(t, "Follow", err, bad)
		if applied, err := r.Applied(t.Context()); err != nil || applied < 5 || applied > 10 {
			t.Errorf("the tables stand at %d, %v", applied, err)
		}
		r.follow(100)
		r.lists()
	}},
	{"two followers at once do no harm, nor does a writer beside them", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(300)
		errs := make([]error, 2)
		var all sync.WaitGroup
		for i, s := range []store.Store{r.Store, h.handle(t)} {
			all.Go(func() {
				for behind := int64(1); behind > 0 && errs[i] == nil; {
					behind, errs[i] = s.Follow(t.Context(), Read, 37)
				}
			})
		}
		for range 10 {
			r.add(20)
		}
		all.Wait()
		must(t, errors.Join(errs...))
		r.follow(1000)
		r.lists()
		r.holds()
	}},
}

func (r *record) applied(want int64) {
	r.t.Helper()
	if got, err := r.Applied(r.t.Context()); err != nil || got != want {
		r.t.Fatalf("the derived tables stand at %d, not %d: %v", got, want, err)
	}
}

func (r *record) follow(n int) {
	r.t.Helper()
	_, err := r.Follow(r.t.Context(), Read, n)
	must(r.t, err)
}

// lists compares every way of listing with the leaves themselves.
func (r *record) lists() {
	r.t.Helper()
	applied, err := r.Applied(r.t.Context())
	must(r.t, err)
	leaves, err := store.LeavesFrom(r.t.Context(), r.Store, 0, applied, int(applied))
	must(r.t, err)
	for _, kind := range append([]string{"", "none"}, kinds...) {
		for _, by := range append([]string{"", "nobody"}, authors...) {
			for _, from := range []int64{-1, 0, 1, 2, 257, applied, applied + 1} {
				for _, n := range []int{0, 1, 10, 1000} {
					var want []store.Listed
					for i, leaf := range leaves {
						d, err := Read(leaf)
						must(r.t, err)
						if int64(i+1) >= from && len(want) < n && (kind == "" || kind == d.Kind) && (by == "" || by == d.By) {
							want = append(want, store.Listed{Position: int64(i + 1), Detail: d})
						}
					}
					got, err := r.List(r.t.Context(), from, n, kind, by)
					if err != nil || !slices.Equal(got, want) {
						r.t.Fatalf("%d of kind %q by %q from %d on: %d, not %d entries (%v)\n%v", n, kind, by, from, len(got), len(want), err, cmp.Diff(want, got))
					}
				}
			}
		}
	}
}

var cosignRules = []rule{
	{"cosigned checkpoints are kept by size, the last word of each", func(t *testing.T, h Harness) {
		r := h.begin(t)
		ctx := t.Context()
		_, err := r.Store.Cosigned(ctx, -1)
		wants(t, "Cosigned", err, store.ErrNone)
		for _, c := range []store.Cosigned{{Size: 7, Note: []byte("7a")}, {Size: 300, Note: []byte("300")}, {Size: 0, Note: []byte("0")}, {Size: 7, Note: []byte("7b")}, {Size: 12, Note: nil}} {
			must(t, r.Cosign(ctx, c))
		}
		for _, c := range []struct {
			size, found int64
			want        string
		}{{7, 7, "7b"}, {300, 300, "300"}, {0, 0, "0"}, {12, 12, ""}, {-1, 300, "300"}} {
			got, err := r.Store.Cosigned(ctx, c.size)
			if err != nil || got.Size != c.found || string(got.Note) != c.want {
				t.Errorf("of size %d is kept %d %q, %v", c.size, got.Size, got.Note, err)
			}
			for i := range got.Note {
				got.Note[i] = 0
			}
		}
		_, err = r.Store.Cosigned(ctx, 8)
		wants(t, "Cosigned", err, store.ErrNone)
		for _, c := range []struct {
			from int64
			n    int
			want []int64
		}{{0, 10, []int64{0, 7, 12, 300}}, {1, 2, []int64{7, 12}}, {12, 1, []int64{12}}, {301, 9, nil}, {0, 0, nil}} {
			got, err := r.CosignedSizes(ctx, c.from, c.n)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%d sizes from %d are %v, not %v: %v", c.n, c.from, got, c.want, err)
			}
		}
		r.holds()
	}},
}

// everything calls each method of a store that takes a context.
func everything(s store.Store, old store.Head, b store.Batch, to string) map[string]func(ctx context.Context) error {
	return map[string]func(ctx context.Context) error{
		"Create": func(ctx context.Context) error { return s.Create(ctx, meta, Empty()) },
		"Meta":   func(ctx context.Context) error { _, err := s.Meta(ctx); return err },
		"Head":   func(ctx context.Context) error { _, err := s.Head(ctx); return err },
		"Lead":   func(ctx context.Context) error { _, err := s.Lead(ctx); return err },
		"Wait": func(ctx context.Context) error {
			release, err := s.Wait(ctx)
			if err == nil {
				release()
			}
			return err
		},
		"Commit":   func(ctx context.Context) error { return s.Commit(ctx, old, b) },
		"Find":     func(ctx context.Context) error { _, err := s.Find(ctx, []string{"r-1"}); return err },
		"Tile":     func(ctx context.Context) error { _, err := s.Tile(ctx, 0, 0); return err },
		"Tiles":    func(ctx context.Context) error { _, err := s.Tiles(ctx, 0, 0, 1); return err },
		"Cosign":   func(ctx context.Context) error { return s.Cosign(ctx, store.Cosigned{Size: 1, Note: []byte("n")}) },
		"Cosigned": func(ctx context.Context) error { _, err := s.Cosigned(ctx, 1); return err },
		"CosignedSizes": func(ctx context.Context) error {
			_, err := s.CosignedSizes(ctx, 0, 1)
			return err
		},
		"Follow":  func(ctx context.Context) error { _, err := s.Follow(ctx, Read, 1); return err },
		"Drop":    s.Drop,
		"Applied": func(ctx context.Context) error { _, err := s.Applied(ctx); return err },
		"FindID":  func(ctx context.Context) error { _, _, err := s.FindID(ctx, sha256.Sum256(nil)); return err },
		"List":    func(ctx context.Context) error { _, err := s.List(ctx, 0, 1, "", ""); return err },
		"Check":   s.Check,
		"Backup":  func(ctx context.Context) error { return s.Backup(ctx, to) },
		"Notify": func(ctx context.Context) error {
			_, stop, err := s.Notify(ctx)
			if err == nil {
				stop()
				err = fmt.Errorf("what is watched until the context ends has ended: %w", ctx.Err())
			}
			return err
		},
	}
}
