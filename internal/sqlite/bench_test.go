package sqlite

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

// fill appends leaves of 300 bytes up to a size. References rise, or come at random.
type filler struct {
	s      *Store
	tree   storetest.Tree
	random bool
}

func fill(b *testing.B, path string, size int64, random bool) *filler {
	f := &filler{s: open(b, path), tree: storetest.Tree{Head: storetest.Empty()}, random: random}
	if err := f.s.Create(b.Context(), store.Meta{Origin: "storetest.example"}, f.tree.Head); err != nil {
		b.Fatal(err)
	}
	for f.tree.Head.Size < size {
		f.commit(b, int(min(4096, size-f.tree.Head.Size)))
	}
	return f
}

func (f *filler) next(n int) (store.Head, store.Batch) {
	refs, leaves := make([]string, n), make([][]byte, n)
	for i := range n {
		p := f.tree.Head.Size + int64(i) + 1
		refs[i] = fmt.Sprintf("report-%08d", p)
		if f.random {
			refs[i] = fmt.Sprintf("%x", sha256.Sum256([]byte(refs[i])))[:16]
		}
		leaves[i] = storetest.Leaf(refs[i], "incident", "desk", 300)
	}
	old := f.tree.Head
	return old, f.tree.Append(refs, leaves)
}

func (f *filler) commit(b *testing.B, n int) {
	old, batch := f.next(n)
	if err := f.s.Commit(b.Context(), old, batch); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkCommit is of commits alone; leaves are hashed outside the measured time.
func BenchmarkCommit(b *testing.B) {
	for _, random := range []bool{false, true} {
		for _, size := range []int64{0, 100_000, 1_000_000} {
			f := fill(b, filepath.Join(b.TempDir(), "record.db"), size, random)
			for _, n := range []int{1, 64, 4096} {
				b.Run(fmt.Sprintf("random=%v/size=%d/batch=%d", random, size, n), func(b *testing.B) {
					for b.Loop() {
						b.StopTimer()
						old, batch := f.next(n)
						b.StartTimer()
						if err := f.s.Commit(b.Context(), old, batch); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
				})
			}
			if err := f.s.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkRead is of a record of a million leaves.
func BenchmarkRead(b *testing.B) {
	path := filepath.Join(b.TempDir(), "record.db")
	f := fill(b, path, 1_000_000, true)
	s := f.s
	ctx := b.Context()
	_, batch := f.next(4096)
	refs := make([]string, 0, 4096)
	for _, r := range batch.Rows {
		refs = append(refs, r.Ref)
	}
	run := func(name string, do func() error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("Head", func() error { _, err := s.Head(ctx); return err })
	run("Find=1", func() error { _, err := s.Find(ctx, refs[:1]); return err })
	run("Find=4096", func() error { _, err := s.Find(ctx, refs); return err })
	at := int64(0)
	run("Tile=bundle", func() error {
		at = (at + 997) % 3900
		_, err := s.Tile(ctx, store.Entries, at)
		return err
	})
	run("Follow=1024", func() error {
		behind, err := s.Follow(ctx, storetest.Read, 1024)
		if err == nil && behind == 0 {
			err = s.Drop(ctx)
		}
		return err
	})
	run("Check", func() error { return s.Check(ctx) })
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	run("Open", func() error {
		s, err := Open(path, false)
		if err != nil {
			return err
		}
		return s.Close()
	})
}
