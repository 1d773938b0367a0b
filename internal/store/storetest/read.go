package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/truceline/truceline/internal/store"
)

var readRules = []rule{
	{"tiles are replaced as they grow", func(t *testing.T, h Harness) {
		r := h.begin(t)
		for _, n := range []int{1, 1, 253, 1, 1, 254, 1, 300, 4096} {
			r.add(n)
			r.holds()
		}
	}},
	{"the third level of tiles grows", func(t *testing.T, h Harness) {
		r := h.begin(t)
		for r.Tree.Head.Size < 65536 {
			r.add(4096)
		}
		r.add(1)
		r.holds()
		top, err := r.Tile(t.Context(), 2, 0)
		if err != nil || top.Width != 1 {
			t.Errorf("the tile of level 2 has the width %d, %v", top.Width, err)
		}
	}},
	{"tiles of a level are read in order, a stretch at a time", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(5*256 + 9)
		for _, c := range []struct {
			from int64
			n    int
			want []int64
		}{
			{0, 2, []int64{0, 1}},
			{1, 3, []int64{1, 2, 3}},
			{4, 9, []int64{4, 5}},
			{5, 1, []int64{5}},
			{6, 9, nil},
			{0, 0, nil},
		} {
			for _, level := range []int{store.Entries, 0} {
				tiles, err := r.Tiles(t.Context(), level, c.from, c.n)
				must(t, err)
				var got []int64
				for _, tile := range tiles {
					got = append(got, tile.Index)
					one, err := r.Tile(t.Context(), level, tile.Index)
					if err != nil || one.Width != tile.Width || !bytes.Equal(one.Data, tile.Data) {
						t.Errorf("tile %d of level %d is another among tiles: %v", tile.Index, level, err)
					}
				}
				if fmt.Sprint(got) != fmt.Sprint(c.want) {
					t.Errorf("%d tiles of level %d from %d are %v, not %v", c.n, level, c.from, got, c.want)
				}
			}
		}
		for _, place := range [][2]int64{{store.Entries, 6}, {0, 6}, {1, 1}, {2, 0}, {0, -1}, {9, 0}} {
			_, err := r.Tile(t.Context(), int(place[0]), place[1])
			wants(t, fmt.Sprint("tile ", place), err, store.ErrNoTile)
		}
	}},
	{"thousands of references are found at once", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(4096)
		r.add(2000)
		refs := append(many("free", 3000), many("r", 6096)...)
		refs = append(refs, "r-1", "r-1", "", "R-1")
		found, err := r.Find(t.Context(), refs)
		if err != nil || len(found) != 6096 || found["r-6096"].Position != 6096 || found["r-1"].Ref != "r-1" {
			t.Errorf("%d are found, %v, %v, %v", len(found), found["r-6096"], found["r-1"], err)
		}
		found, err = r.Find(t.Context(), nil)
		if err != nil || found == nil || len(found) > 0 {
			t.Errorf("of none are found %v, %v", found, err)
		}
	}},
	{"leaves may be empty and of 65,535 bytes", func(t *testing.T, h Harness) {
		r := h.begin(t)
		refs := many("big", 256)
		leaves := make([][]byte, len(refs))
		for i := range leaves {
			leaves[i] = Leaf(refs[i], "act", "desk", 65535)
		}
		old := r.Tree.Head
		must(t, r.Commit(t.Context(), old, r.Append(refs, leaves)))
		r.holds()
		old = r.Tree.Head
		must(t, r.Commit(t.Context(), old, r.Append([]string{"nothing", "none"}, [][]byte{{}, nil})))
		if _, err := Whole(t.Context(), r.Store); err != nil {
			t.Error(err)
		}
		bundle, err := r.Tile(t.Context(), store.Entries, 1)
		if err != nil || !bytes.Equal(bundle.Data, []byte{0, 0, 0, 0}) {
			t.Errorf("the bundle of two empty leaves is %v, %v", bundle.Data, err)
		}
	}},
	{"bytes may be none", func(t *testing.T, h Harness) {
		s := h.handle(t)
		must(t, s.Create(t.Context(), meta, store.Head{}))
		head, err := s.Lead(t.Context())
		must(t, err)
		next := head
		next.Size = 1
		must(t, s.Commit(t.Context(), head, store.Batch{
			Rows:  []store.Row{{Ref: ""}},
			Tiles: []store.Tile{{Level: 0, Width: 1}},
			Head:  next,
		}))
		got, err := s.Head(t.Context())
		must(t, err)
		sameHead(t, got, next)
		one, err := s.Tile(t.Context(), 0, 0)
		if err != nil || one.Width != 1 || len(one.Data) != 0 {
			t.Errorf("the tile without bytes is %v, %v", one, err)
		}
		found, err := s.Find(t.Context(), []string{""})
		if err != nil || found[""].Position != 1 {
			t.Errorf("under the empty reference stands %v, %v", found, err)
		}
	}},
	{"bytes that are given or got belong to the caller", func(t *testing.T, h Harness) {
		r := h.begin(t)
		b := r.Append(r.leaves(3))
		want := r.Tree.Head
		want.Checkpoint = bytes.Clone(want.Checkpoint)
		must(t, r.Commit(t.Context(), store.Head{Epoch: b.Head.Epoch, Root: Empty().Root}, b))
		clear(b.Head.Checkpoint)
		for _, tile := range b.Tiles {
			clear(tile.Data)
		}
		b.Rows[0].Ref = "other"
		for range 2 {
			got, err := r.Store.Head(t.Context())
			must(t, err)
			sameHead(t, got, want)
			clear(got.Checkpoint)
			tile, err := r.Tile(t.Context(), 0, 0)
			must(t, err)
			clear(tile.Data)
			tiles, err := r.Tiles(t.Context(), store.Entries, 0, 1)
			must(t, err)
			clear(tiles[0].Data)
		}
		r.Tree.Head = want
		r.holds()
	}},
	{"a handle reads what another one wrote", func(t *testing.T, h Harness) {
		r := h.begin(t)
		other := h.handle(t)
		for range 5 {
			r.add(60)
			exactly(t, other, r.Tree.Head)
		}
	}},
	{"a context that is done changes nothing", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(2)
		before := r.Tree.clone()
		b := r.Append(r.leaves(2))
		r.Tree = before
		calls := everything(r.Store, before.Head, b, t.TempDir()+"/backup")
		for what, call := range calls {
			if err := call(done(t)); err == nil {
				t.Errorf("%s with a context that is done gives no error", what)
			} else if errors.Is(err, store.ErrLost) || errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrUnknown) {
				t.Errorf("%s with a context that is done gives %v", what, err)
			}
		}
		r.holds()
		applied, err := r.Applied(t.Context())
		if err != nil || applied != 0 {
			t.Errorf("%d leaves were followed, %v", applied, err)
		}
		_, err = r.Store.Cosigned(t.Context(), -1)
		wants(t, "Cosigned", err, store.ErrNone)
	}},
}
