package proof_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/proof"
)

func TestPaths(t *testing.T) {
	for _, c := range []struct {
		level int
		index int64
		width int
		want  string
	}{
		{0, 0, 256, "tile/0/000"},
		{0, 0, 1, "tile/0/000.p/1"},
		{1, 999, 255, "tile/1/999.p/255"},
		{0, 1000, 256, "tile/0/x001/000"},
		{2, 1_234_067, 256, "tile/2/x001/x234/067"},
		{7, 1<<48 - 1, 256, "tile/7/x281/x474/x976/x710/655"},
	} {
		if got := proof.TilePath(c.level, c.index, c.width); got != c.want {
			t.Errorf("%+v is %s", c, got)
		}
		level, index, width, err := proof.ParseTilePath(c.want)
		if err != nil || level != c.level || index != c.index || width != c.width {
			t.Errorf("%s is read as %d %d %d (%v)", c.want, level, index, width, err)
		}
		entries := "tile/entries/" + c.want[len("tile/0/"):]
		if got := proof.EntriesPath(c.index, c.width); got != entries {
			t.Errorf("%+v is %s", c, got)
		}
		if index, width, err := proof.ParseEntriesPath(entries); err != nil || index != c.index || width != c.width {
			t.Errorf("%s is read as %d %d (%v)", entries, index, width, err)
		}
	}
}

func TestWhatIsNoPath(t *testing.T) {
	for _, path := range []string{
		"", "tile", "tile/", "tile/0", "tile/0/", "tile/00/000", "tile/8/000", "tile/63/000", "tile/-1/000", "tile/+1/000",
		"tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/1000", "tile/0/x000/001", "tile/0/001/000", "tile/0/x001/x000", "tile/0/-01", "tile/0/+01",
		"tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/01", "tile/0/000.p/256", "tile/0/000.p/-1", "tile/0/000.p/1/", "tile/0/000.p/1.p/1",
		"/tile/0/000", "tile/0/000/", "tile//000", "tile/0/../000", "tile/0/000\n", "tile/0/٠٠٠", "tile/0/x281/x474/x976/x710/656",
		"tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999", "tile/data/000", "tile/8/0/000",
	} {
		if _, _, _, err := proof.ParseTilePath(path); err == nil {
			t.Errorf("%q is read", path)
		}
		if len(path) > 7 {
			if _, _, err := proof.ParseEntriesPath("tile/entries/" + path[7:]); err == nil && path[:7] == "tile/0/" {
				t.Errorf("%q is read of entries", path)
			}
		}
	}
}

// TestTilesOfATree holds Tiles to the example of C2SP tlog-tiles.
func TestTilesOfATree(t *testing.T) {
	count := map[string]int{}
	for tile := range proof.Tiles(70_000) {
		switch {
		case tile.Width == proof.TileWidth:
			count[proof.TilePath(tile.Level, 0, tile.Width)]++
		default:
			count[proof.TilePath(tile.Level, tile.Index, tile.Width)]++
		}
	}
	want := map[string]int{"tile/0/000": 273, "tile/0/273.p/112": 1, "tile/1/000": 1, "tile/1/001.p/17": 1, "tile/2/000.p/1": 1}
	if len(count) != len(want) {
		t.Errorf("%v", count)
	}
	for path, n := range want {
		if count[path] != n {
			t.Errorf("%s: %d", path, count[path])
		}
	}
	for range proof.Tiles(0) {
		t.Error("an empty tree has a tile")
	}
	for tile := range proof.Tiles(proof.MaxSize) { // may be left early
		if tile.Index == 3 {
			break
		}
	}
}

func TestBundles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		leaves := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 1, 300), 0, 20).Draw(t, "leaves")
		var bundle []byte
		for _, leaf := range leaves {
			bundle = proof.AppendBundle(bundle, leaf)
		}
		got, err := proof.ParseBundle(bundle, len(leaves))
		if err != nil {
			t.Fatal(err)
		}
		for i, leaf := range leaves {
			if !bytes.Equal(got[i], leaf) {
				t.Fatalf("leaf %d is %q", i, got[i])
			}
		}
		if len(leaves) == 0 {
			return
		}
		n := rapid.IntRange(0, len(leaves)-1).Draw(t, "fewer")
		if _, err := proof.ParseBundle(bundle, n); err == nil {
			t.Fatal("leaves after the end")
		}
		cut, err := proof.CutBundle(bundle, n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := proof.ParseBundle(cut, n); err != nil {
			t.Fatal(err)
		}
		if _, err := proof.ParseBundle(bundle[:rapid.IntRange(0, len(bundle)-1).Draw(t, "cut")], len(leaves)); err == nil {
			t.Fatal("a bundle that is cut short")
		}
	})
	if _, err := proof.ParseBundle([]byte{0, 0}, 1); err == nil {
		t.Error("an empty leaf")
	}
	if _, err := proof.ParseBundle(nil, -1); err == nil {
		t.Error("less than no leaf")
	}
	longest := proof.AppendBundle(nil, make([]byte, proof.MaxLeaf))
	if got, err := proof.ParseBundle(longest, 1); err != nil || len(got[0]) != proof.MaxLeaf {
		t.Errorf("the longest leaf: %v", err)
	}
	for _, n := range []int{0, proof.MaxLeaf + 1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a leaf of %d bytes is written", n)
				}
			}()
			proof.AppendBundle(nil, make([]byte, n))
		}()
	}
}
