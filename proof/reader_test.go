package proof_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/proof"
)

// TestReaderFindsEveryFlippedByte: whatever one byte of whatever one tile or bundle is
// changed, a reader of the whole log says so and names the file.
func TestReaderFindsEveryFlippedByte(t *testing.T) {
	logs := map[int]*log{}
	for _, n := range []int{1, 2, 200, 256, 257, 600, 1024} {
		logs[n] = newLog(t, n)
	}
	large := newLog(t, 65_536+300) // three levels
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{1, 2, 200, 256, 257, 600, 1024}).Draw(t, "size")
		l := logs[n]
		// Of the large log, walk only what leads to the damage.
		var paths []string
		for tile := range proof.Tiles(int64(n)) {
			paths = append(paths, proof.TilePath(tile.Level, tile.Index, tile.Width))
			if tile.Level == 0 {
				paths = append(paths, proof.EntriesPath(tile.Index, tile.Width))
			}
		}
		path := rapid.SampledFrom(paths).Draw(t, "path")
		whole := l.files[path]
		damaged := slices.Clone(whole)
		damaged[rapid.IntRange(0, len(whole)-1).Draw(t, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
		l.files[path] = damaged
		err := readAll(l)
		l.files[path] = whole
		var tile *proof.TileError
		if !errors.As(err, &tile) || tile.Path != path {
			t.Fatalf("%s is damaged, and the reader says: %v", path, err)
		}
	})
	if err := readAll(large); err != nil {
		t.Error(err)
	}
	for _, path := range []string{"tile/2/000.p/1", "tile/1/000", "tile/1/001.p/1", "tile/0/000", "tile/0/255", "tile/0/256", "tile/0/257.p/44", "tile/entries/003", "tile/entries/257.p/44"} {
		whole := large.files[path]
		large.files[path] = slices.Clone(whole)
		large.files[path][len(whole)/2] ^= 0x80
		err := readAll(large)
		large.files[path] = whole
		var tile *proof.TileError
		if !errors.As(err, &tile) || tile.Path != path {
			t.Errorf("%s is damaged, and the reader says: %v", path, err)
		}
	}
}

// readAll reads every tile and every bundle of a log.
func readAll(l *log) error {
	r := l.reader()
	for tile := range proof.Tiles(l.tree.Size()) {
		data, err := r.Tile(tile.Level, tile.Index, tile.Width)
		if err != nil {
			return err
		}
		if !slices.Equal(data, l.files[proof.TilePath(tile.Level, tile.Index, tile.Width)]) {
			return errors.New("another tile is given out")
		}
		if tile.Level > 0 {
			continue
		}
		width, bundle := l.bundle(tile.Index)
		if _, err := r.Bundle(tile.Index, width, bundle); err != nil {
			return err
		}
	}
	return nil
}

func TestReaderRefuses(t *testing.T) {
	l := newLog(t, 300)
	r := l.reader()
	_, whole := l.bundle(0)
	cut, err := proof.CutBundle(whole, 10)
	if err != nil {
		t.Fatal(err)
	}
	if leaves, err := r.Bundle(0, 10, cut); err != nil || len(leaves) != 10 || string(leaves[9]) != "leaf 9" {
		t.Errorf("the first ten: %d %v", len(leaves), err)
	}
	for _, c := range []struct {
		name  string
		index int64
		width int
		data  []byte
		want  string
	}{
		{"cut short", 0, 256, cut, "tile/entries/000: the bundle has 10 leaves, not 256"},
		{"more than asked for", 0, 9, cut, "goes on after 9 leaves"},
		{"cut within a leaf", 0, 10, cut[:len(cut)-1], "leaf 9 of the bundle: it is cut short"},
		{"another bundle", 1, 44, slices.Clone(whole[:0]), "tile/entries/001.p/44: the bundle has 0 leaves"},
		{"wider than the tree", 1, 45, nil, "no such bundle"},
		{"nothing", 0, 0, nil, "no such bundle"},
		{"beyond", 2, 1, nil, "no such bundle"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := r.Bundle(c.index, c.width, c.data)
			says(t, err, c.want)
		})
	}
	for _, c := range [][3]int{{0, 2, 1}, {0, 0, 257}, {0, 0, 0}, {0, -1, 1}, {-1, 0, 1}, {2, 0, 1}, {8, 0, 1}, {64, 0, 1}} {
		_, err := r.Tile(c[0], int64(c[1]), c[2])
		says(t, err, "no such tile")
	}
	_, err = proof.NewReader(0, proof.LeafHash(nil), l.read).Tile(0, 0, 1)
	says(t, err, "no such tile")
	_, err = proof.NewReader(300, proof.EmptyRoot, l.read).LeafHash(0)
	says(t, err, "tile/0/001.p/44: it and the tiles above it")
	delete(l.files, "tile/0/000")
	_, err = l.reader().LeafHash(3)
	says(t, err, "tile/0/000: tile/0/000 is not there")
}

// TestReaderKeepsFewTiles reads far more tiles than are kept, twice, and reads again only
// what was not kept.
func TestReaderKeepsFewTiles(t *testing.T) {
	l := newLog(t, 256*300)
	reads := 0
	r := proof.NewReader(l.tree.Size(), l.tree.Root(), func(level int, index int64, width int) ([]byte, error) {
		reads++
		return l.read(level, index, width)
	})
	leaf := func(index int64) {
		if h, err := r.LeafHash(index); err != nil || h != l.hashes[index] {
			t.Fatalf("leaf %d: %v", index, err)
		}
	}
	leaf(5)
	leaf(7)
	if reads != 4 { // two of the edge, the full one of level 1, the tile
		t.Errorf("%d reads for two neighbours", reads)
	}
	for range 2 {
		for i := range int64(300) {
			leaf(i * 256)
		}
	}
	if reads < 600 || reads > 620 {
		t.Errorf("%d reads", reads)
	}
}

// TestReaderGivesTheRootOfEveryOlderTree, as the leaves give it.
func TestReaderGivesTheRootOfEveryOlderTree(t *testing.T) {
	l := newLog(t, 600)
	r := l.reader()
	for size := range int64(601) {
		root, err := r.Root(size)
		if err != nil || root != proof.Root(l.hashes[:size]) {
			t.Fatalf("size %d: %v", size, err)
		}
	}
	for _, size := range []int64{-1, 601} {
		if _, err := r.Root(size); err == nil {
			t.Errorf("a root of %d leaves", size)
		}
	}
}
