package proof_test

import (
	"math"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/proof"
)

// size draws the size of a tree, with a liking for those about full tiles.
func size(t *rapid.T, most int, label string) int {
	return rapid.OneOf(rapid.IntRange(0, min(most, 40)), rapid.IntRange(0, most), rapid.SampledFrom([]int{0, 1, 2, 255, 256, 257, 511, 512, 513}).Filter(func(n int) bool { return n <= most })).Draw(t, label)
}

func TestRootIsThatOfTheDefinition(t *testing.T) {
	l := newLog(t, 700)
	rapid.Check(t, func(t *rapid.T) {
		n := size(t, 700, "size")
		if proof.Root(l.hashes[:n]) != naive(l.hashes[:n]) {
			t.Fatalf("another root of %d leaves", n)
		}
	})
}

// A tree that grows in any batches, some of them thrown away, and that is stored and
// restored between them, has the root of the definition and all of its tiles.
func TestBuilderInAnyBatches(t *testing.T) {
	l := newLog(t, 1)
	rapid.Check(t, func(t *rapid.T) {
		tree, err := proof.NewBuilder(0, nil)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		keep := func() {
			for _, tile := range tree.Changed() {
				files[proof.TilePath(tile.Level, tile.Index, tile.Width)] = tile.Data
			}
		}
		for range rapid.IntRange(1, 6).Draw(t, "batches") {
			draft := tree.Clone()
			for range size(t, 600, "leaves") {
				draft.Append(leafAt(l, draft.Size()))
			}
			switch rapid.IntRange(0, 3).Draw(t, "then") {
			case 0: // the commit failed: other leaves come
				draft.Append(proof.LeafHash([]byte("thrown away")))
				continue
			case 1: // the program starts again
				tree = draft
				keep()
				if tree, err = proof.NewBuilder(draft.Size(), func(level int, index int64, width int) ([]byte, error) {
					return files[proof.TilePath(level, index, width)], nil
				}); err != nil {
					t.Fatal(err)
				}
			default:
				tree = draft
				keep()
			}
		}
		n := tree.Size()
		leafAt(l, n)
		if got := tree.Root(); got != naive(l.hashes[:n]) {
			t.Fatalf("another root of %d leaves", n)
		}
		if again := tree.Changed(); len(again) > 0 {
			t.Fatalf("%d tiles have changed again", len(again))
		}
		for tile := range proof.Tiles(n) {
			path := proof.TilePath(tile.Level, tile.Index, tile.Width)
			if !slices.Equal(files[path], nodesOf(l.hashes[:n], tile)) {
				t.Fatalf("%s is wrong in a tree of %d", path, n)
			}
		}
	})
}

// leafAt gives the hash of a leaf and sees to it that the log has it.
func leafAt(l *log, index int64) proof.Hash {
	if lack := index + 1 - int64(len(l.hashes)); lack > 0 {
		l.grow(int(lack))
	}
	return l.hashes[index]
}

// nodesOf gives the nodes of a tile by the definition of C2SP tlog-tiles.
func nodesOf(leaves []proof.Hash, tile proof.Tile) []byte {
	span := 1 << (8 * tile.Level)
	var out []byte
	for i := range tile.Width {
		from := (int(tile.Index)*proof.TileWidth + i) * span
		h := naive(leaves[from : from+span])
		out = append(out, h[:]...)
	}
	return out
}

func TestBuilderRefuses(t *testing.T) {
	none := func(int, int64, int) ([]byte, error) { return nil, nil }
	for _, size := range []int64{-1, proof.MaxSize + 1, math.MaxInt64} {
		_, err := proof.NewBuilder(size, none)
		says(t, err, "no tree has")
	}
	_, err := proof.NewBuilder(257, none)
	says(t, err, "tile/0/001.p/1: it has 0 bytes, not 32")
}

// Proofs that are made verify, tlog agrees, and any change makes them fail.
func TestInclusionProofs(t *testing.T) {
	l := newLog(t, 0)
	rapid.Check(t, func(t *rapid.T) {
		n := max(size(t, 600, "size"), 1)
		leafAt(l, int64(n-1))
		index := rapid.Int64Range(0, int64(n-1)).Draw(t, "index")
		r, root := readerAt(l, n)
		p, err := r.Inclusion(index)
		if err != nil {
			t.Fatal(err)
		}
		leaf := l.hashes[index]
		if err := proof.CheckInclusion(p, int64(n), root, index, leaf); err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckRecord(p, int64(n), root, index, leaf); err != nil {
			t.Fatal(err)
		}
		again := slices.Clone(p)
		switch rapid.IntRange(0, 6).Draw(t, "change") {
		case 0:
			leaf[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		case 1:
			root[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		case 2:
			again = append(again, leaf)
		case 3:
			again = append([]proof.Hash{leaf}, again...)
		case 4:
			if len(p) == 0 {
				return
			}
			again = again[1:]
		case 5:
			if len(p) == 0 {
				return
			}
			again[rapid.IntRange(0, len(p)-1).Draw(t, "hash")][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		case 6:
			other := rapid.Int64Range(-1, int64(n)).Draw(t, "other")
			if other == index {
				return
			}
			index = other
		}
		if err := proof.CheckInclusion(again, int64(n), root, index, leaf); err == nil {
			t.Fatal("a changed proof passes")
		}
	})
}

func TestConsistencyProofs(t *testing.T) {
	l := newLog(t, 0)
	rapid.Check(t, func(t *rapid.T) {
		n := max(size(t, 600, "size"), 1)
		old := size(t, n, "older size")
		leafAt(l, int64(n-1))
		r, root := readerAt(l, n)
		was := naive(l.hashes[:old])
		p, err := r.Consistency(int64(old))
		if err != nil {
			t.Fatal(err)
		}
		if err := proof.CheckConsistency(p, int64(n), root, int64(old), was); err != nil {
			t.Fatal(err)
		}
		if old > 0 && old < n {
			if err := tlog.CheckTree(p, int64(n), root, int64(old), was); err != nil {
				t.Fatal(err)
			}
		}
		again := slices.Clone(p)
		switch rapid.IntRange(0, 4).Draw(t, "change") {
		case 0:
			was[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		case 1:
			if old == 0 { // any tree continues the empty one
				return
			}
			root[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		case 2:
			again = append(again, was)
		case 3:
			if len(p) == 0 {
				return
			}
			again = again[:len(p)-1]
		case 4:
			if len(p) == 0 {
				return
			}
			again[rapid.IntRange(0, len(p)-1).Draw(t, "hash")][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		}
		if err := proof.CheckConsistency(again, int64(n), root, int64(old), was); err == nil {
			t.Fatal("a changed proof passes")
		}
	})
}

// readerAt gives a reader of the first n leaves of a log, and their root.
func readerAt(l *log, n int) (*proof.Reader, proof.Hash) {
	root := naive(l.hashes[:n])
	return proof.NewReader(int64(n), root, func(level int, index int64, width int) ([]byte, error) {
		return nodesOf(l.hashes[:n], proof.Tile{Level: level, Index: index, Width: width}), nil
	}), root
}

// Sizes without bounds neither stop the check nor make it run on.
func TestHostileSizes(t *testing.T) {
	h := proof.LeafHash([]byte("leaf"))
	for _, n := range []int64{math.MinInt64, -1, 0, 1, 1 << 62, 1<<62 + 1, math.MaxInt64 - 1, math.MaxInt64} {
		for _, k := range []int64{math.MinInt64, -1, 0, 1, 1 << 61, 1 << 62, math.MaxInt64 - 1, math.MaxInt64} {
			for _, length := range []int{0, 1, 62, 63, 64, 1000} {
				p := make([]proof.Hash, length)
				if proof.CheckInclusion(p, n, h, k, h) == nil && (n != 1 || k != 0 || length > 0) {
					t.Errorf("leaf %d of %d is shown by %d zeros", k, n, length)
				}
				if proof.CheckConsistency(p, n, h, k, h) == nil && (k != n || k <= 0 || length > 0) {
					t.Errorf("%d continues %d by %d zeros", n, k, length)
				}
			}
			if proof.Width(n, 0, k) < 0 {
				t.Errorf("width of %d %d", n, k)
			}
			r := proof.NewReader(n, h, func(_ int, _ int64, width int) ([]byte, error) { return make([]byte, 32*width), nil })
			if p, err := r.Inclusion(k); err == nil && (n != 1 || len(p) > 0) {
				t.Errorf("inclusion of %d in %d", k, n)
			}
			if _, err := r.LeafHash(k); err == nil {
				t.Errorf("leaf %d of %d", k, n)
			}
			if _, err := r.Consistency(k); err == nil && k != 0 && k != n {
				t.Errorf("consistency of %d and %d", k, n)
			}
			if _, err := r.Bundle(k, 1, []byte{0, 1, 'x'}); err == nil {
				t.Errorf("bundle %d of %d", k, n)
			}
		}
	}
}
