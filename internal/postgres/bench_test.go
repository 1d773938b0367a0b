package postgres

import (
	"fmt"
	"testing"

	"github.com/truceline/truceline/internal/postgres/pgtest"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

// BenchmarkCommit measures commits of leaves of 300 bytes on a server that writes through to the disk;
// making the batches is not counted.
func BenchmarkCommit(b *testing.B) {
	for _, n := range []int{1, 64, 4096} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := pgtest.Shared(b)
			s := opened(b, c.DSN(c.Database(b)))
			tree := begun(b, s)
			for b.Loop() {
				b.StopTimer()
				old := tree.Head
				batch := next(tree, n, 300)
				b.StartTimer()
				if err := s.Commit(b.Context(), old, batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// begun makes a record in an empty store, and gives its writer's tree.
func begun(t testing.TB, s store.Store) *storetest.Tree {
	t.Helper()
	tree := &storetest.Tree{Head: storetest.Empty()}
	if err := s.Create(t.Context(), store.Meta{Origin: "pg.example/record", Key: "key"}, tree.Head); err != nil {
		t.Fatal(err)
	}
	var err error
	if tree.Head, err = s.Lead(t.Context()); err != nil {
		t.Fatal(err)
	}
	return tree
}

// next is a batch of n leaves of a length.
func next(tree *storetest.Tree, n, length int) store.Batch {
	refs, leaves := make([]string, n), make([][]byte, n)
	for i := range refs {
		refs[i] = fmt.Sprintf("r-%d", tree.Head.Size+int64(i)+1)
		leaves[i] = storetest.Leaf(refs[i], "incident", "desk", length)
	}
	return tree.Append(refs, leaves)
}
