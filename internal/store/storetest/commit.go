package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/store"
)

var createRules = []rule{
	{"before Create there is nothing", func(t *testing.T, h Harness) {
		s := h.handle(t)
		_, err := s.Meta(t.Context())
		wants(t, "Meta", err, store.ErrNone)
		_, err = s.Head(t.Context())
		wants(t, "Head", err, store.ErrNone)
		_, err = s.Lead(t.Context())
		wants(t, "Lead", err, store.ErrNone)
		tree := Tree{Head: Empty()}
		old := tree.Head
		wants(t, "Commit", s.Commit(t.Context(), old, tree.Append([]string{"r"}, [][]byte{[]byte("r|||")})), store.ErrNone)
		_, err = s.Tile(t.Context(), store.Entries, 0)
		wants(t, "Tile", err, store.ErrNoTile)
		found, err := s.Find(t.Context(), []string{"r"})
		if err != nil || len(found) > 0 {
			t.Errorf("Find gives %v, %v", found, err)
		}
		behind, err := s.Follow(t.Context(), Read, 10)
		if err != nil || behind != 0 {
			t.Errorf("Follow gives %d, %v", behind, err)
		}
	}},
	{"Create begins a record with the head it is given", func(t *testing.T, h Harness) {
		r := h.begin(t)
		got, err := r.Meta(t.Context())
		if err != nil || got != meta {
			t.Errorf("Meta gives %v, %v", got, err)
		}
		r.holds()
		if !r.Tree.Head.Recorded.IsZero() {
			t.Errorf("the empty record has the time %v", r.Tree.Head.Recorded)
		}
	}},
	{"a record is created once", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(3)
		for _, s := range []store.Store{r.Store, h.handle(t)} {
			wants(t, "Create", s.Create(t.Context(), store.Meta{Origin: "other.example"}, store.Head{Epoch: 9}), store.ErrExists)
		}
		if got, err := r.Meta(t.Context()); err != nil || got != meta {
			t.Errorf("Meta gives %v, %v", got, err)
		}
		r.holds()
	}},
	{"of many that create at once, one does", func(t *testing.T, h Harness) {
		handles := []store.Store{h.handle(t), h.handle(t)}
		errs := make([]error, 8)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				errs[i] = handles[i%2].Create(t.Context(), store.Meta{Origin: fmt.Sprint(i)}, Empty())
			})
		}
		all.Wait()
		got, err := handles[0].Meta(t.Context())
		must(t, err)
		for i, err := range errs {
			if won := got.Origin == fmt.Sprint(i); won && err != nil || !won && !errors.Is(err, store.ErrExists) {
				t.Errorf("%v is recorded, and creator %d was told %v", got, i, err)
			}
		}
	}},
}

var commitRules = []rule{
	{"Lead raises the epoch for good and moves nothing else", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(2)
		want := r.Tree.Head
		for range 3 {
			want.Epoch++
			got, err := r.Lead(t.Context())
			must(t, err)
			sameHead(t, got, want)
		}
		exactly(t, h.handle(t), want)
	}},
	{"whoever led before is lost", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(2)
		old := r.Tree.Head
		now, err := h.handle(t).Lead(t.Context())
		must(t, err)
		wants(t, "a commit of the old epoch", r.try(old, "late"), store.ErrLost)
		exactly(t, r.Store, now)
		r.Tree.Head = now
		r.add(2)
		r.holds()
	}},
	{"a commit after another head is lost", func(t *testing.T, h Harness) {
		r := h.begin(t)
		before := r.Tree.Head
		r.add(2)
		old := r.Tree.Head
		wrong := map[string]store.Head{"an older head": before}
		for _, what := range []string{"epoch below", "epoch above", "size", "root"} {
			o := old
			switch what {
			case "epoch below":
				o.Epoch--
			case "epoch above":
				o.Epoch++
			case "size":
				o.Size++
			case "root":
				o.Root[31] ^= 1
			}
			wrong[what] = o
		}
		for what, o := range wrong {
			was := r.Tree.clone()
			b := r.Append([]string{"r"}, [][]byte{Leaf("r", "act", "desk", 9)})
			r.Tree = was
			b.Head.Epoch, b.Head.Size = o.Epoch, o.Size+1
			wants(t, "a commit after another "+what, r.Commit(t.Context(), o, b), store.ErrLost)
			r.holds()
		}
	}},
	{"the checkpoint and the time of the old head are not compared", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(1)
		old := r.Tree.Head
		old.Checkpoint, old.Recorded = nil, time.Time{}
		must(t, r.try(old, "next"))
		r.holds()
	}},
	{"a reference that is taken changes nothing at all", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(300)
		for what, refs := range map[string][]string{
			"of the batch before":    {"new-1", "new-2", "r-300"},
			"of the first leaf":      {"r-1"},
			"twice in one batch":     {"new-1", "new-2", "new-1"},
			"at both ends of a long": append(append([]string{"r-7"}, many("new", 2000)...), "r-9"),
		} {
			wants(t, "a reference "+what, r.try(r.Tree.Head, refs...), store.ErrTaken)
			r.holds()
			found, err := r.Find(t.Context(), []string{"new-1", "new-2"})
			if err != nil || len(found) > 0 {
				t.Errorf("%s: there are rows of a refused batch: %v, %v", what, found, err)
			}
		}
		must(t, r.try(r.Tree.Head, "new-1", "new-2"))
		r.holds()
	}},
	{"references differ by every letter", func(t *testing.T, h Harness) {
		r := h.begin(t)
		refs := []string{"a", "A", "a-", "a.", "a_", "0", "00", "0.0", "é", "e\u0301", "停火", "it's", `"q"`, "a%", "a_b", " a", strings.Repeat("x", 128)}
		must(t, r.try(r.Tree.Head, refs...))
		r.holds()
	}},
	{"a batch that does not fit is refused", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(5)
		for what, spoil := range map[string]func(b *store.Batch){
			"too few rows":   func(b *store.Batch) { b.Rows = b.Rows[1:] },
			"too many rows":  func(b *store.Batch) { b.Rows = append(b.Rows, store.Row{Ref: "more"}) },
			"another epoch":  func(b *store.Batch) { b.Head.Epoch++ },
			"a tile twice":   func(b *store.Batch) { b.Tiles = append(b.Tiles, b.Tiles[0]) },
			"a wide tile":    func(b *store.Batch) { b.Tiles[0].Width = 257 },
			"an empty tile":  func(b *store.Batch) { b.Tiles[0].Width = 0 },
			"no such place":  func(b *store.Batch) { b.Tiles[0].Index = -1 },
			"no such level":  func(b *store.Batch) { b.Tiles[0].Level = -2 },
			"a smaller size": func(b *store.Batch) { b.Head.Size, b.Rows = 4, nil },
		} {
			was := r.Tree.clone()
			b := r.Append(r.leaves(3))
			r.Tree = was
			spoil(&b)
			refused(t, what, r.Commit(t.Context(), r.Tree.Head, b))
			r.holds()
		}
	}},
	{"a batch without rows gives the tree a new checkpoint", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(5)
		next := r.Tree.Head
		next.Checkpoint = []byte("signed again")
		must(t, r.Commit(t.Context(), r.Tree.Head, store.Batch{Head: next}))
		got, err := r.Store.Head(t.Context())
		must(t, err)
		sameHead(t, got, next)
	}},
	{"of many writers at once each commit stands once", func(t *testing.T, h Harness) {
		r := h.begin(t)
		handles := []store.Store{r.Store, h.handle(t)}
		const writers, each = 4, 5
		errs := make([]error, writers)
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() { errs[w] = compete(t, handles[w%2], w, each) })
		}
		all.Wait()
		must(t, errors.Join(errs...))
		leaves, err := Exact(t.Context(), r.Store)
		if err != nil || len(leaves) != writers*each {
			t.Errorf("%d leaves stand, %v", len(leaves), err)
		}
	}},
}

// compete commits leaves one by one, each until it gets through.
func compete(t *testing.T, s store.Store, writer, n int) error {
	ctx := t.Context()
	for i := 0; i < n; {
		old, err := s.Head(ctx)
		if err != nil {
			return err
		}
		leaves, err := store.LeavesFrom(ctx, s, 0, old.Size, int(old.Size))
		if err != nil {
			return err
		}
		refs := make([]string, len(leaves))
		tree := Tree{Head: store.Head{Epoch: old.Epoch}}
		tree.Append(refs, leaves)
		ref := fmt.Sprintf("w%d-%d", writer, i)
		switch err := s.Commit(ctx, old, tree.Append([]string{ref}, [][]byte{Leaf(ref, "act", "desk", 40)})); {
		case err == nil:
			i++
		case !errors.Is(err, store.ErrLost):
			return err
		}
	}
	return nil
}

func many(prefix string, n int) []string {
	refs := make([]string, n)
	for i := range refs {
		refs[i] = fmt.Sprintf("%s-%d", prefix, i+1)
	}
	return refs
}
