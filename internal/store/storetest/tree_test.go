package storetest

import (
	"bytes"
	"testing"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
)

func TestTreeIsThatOfProof(t *testing.T) {
	var tree Tree
	b, err := proof.NewBuilder(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 2, 253, 1, 300, 4096, 65536, 7} {
		refs, leaves := (&record{Tree: tree}).leaves(n)
		batch := tree.Append(refs, leaves)
		for _, leaf := range leaves {
			b.Append(proof.LeafHash(leaf))
		}
		if tree.Head.Root != b.Root() {
			t.Fatalf("the root of %d leaves is another", b.Size())
		}
		want := map[[2]int64]proof.Tile{}
		for _, c := range b.Changed() {
			want[[2]int64{int64(c.Level), c.Index}] = c
		}
		for _, c := range batch.Tiles {
			if c.Level == store.Entries {
				continue
			}
			w := want[[2]int64{int64(c.Level), c.Index}]
			if w.Width != c.Width || !bytes.Equal(w.Data, c.Data) {
				t.Errorf("at %d leaves tile %d of level %d is another", b.Size(), c.Index, c.Level)
			}
			delete(want, [2]int64{int64(c.Level), c.Index})
		}
		if len(want) > 0 {
			t.Errorf("at %d leaves %d tiles are missing", b.Size(), len(want))
		}
	}
}
