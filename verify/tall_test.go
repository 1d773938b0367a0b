package verify_test

import (
	"bytes"
	"testing"
	"testing/fstest"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/verify"
	"github.com/truceline/truceline/verify/verifytest"
)

// In a tree of three levels of tiles a lie is found from the root down.
func TestATallTreeIsSearchedFromTheRoot(t *testing.T) {
	const n, at = 70_000, 40_000
	r := verifytest.New(t)
	r.ChangeKey("desk", "admitted", "desk", "mission", "first", proof.Signing)
	r.BindCase("case")
	filler := r.Leaves[1]
	for len(r.Leaves) < n { // no entries: this is about the tree
		r.Leaves = append(r.Leaves, filler)
	}
	m, key := r.Mirror(), r.Log().Verifier().String()
	lie := r.Clone()
	lie.Leaves[at-1] = bytes.Replace(filler, []byte("case"), []byte("cave"), 1)
	other, path := lie.Mirror(), proof.EntriesPath((at-1)/proof.TileWidth, proof.TileWidth)
	tile0, tile1 := proof.TilePath(0, (at-1)/proof.TileWidth, proof.TileWidth), "tile/1/000"
	for _, x := range []struct {
		name  string
		files map[string]*fstest.MapFile
		want  verify.Finding
	}{
		{"nothing", nil, verify.Finding{}},
		{"bundle", fstest.MapFS{path: other[path]}, verify.Finding{Code: "other-leaf", File: path, Position: at}},
		{"bundle and tile", fstest.MapFS{path: other[path], tile0: other[tile0]}, verify.Finding{Code: "not-signed", File: path, Position: (at-1)/proof.TileWidth*proof.TileWidth + 1}},
		{"bundle, tile and the tile above", fstest.MapFS{path: other[path], tile0: other[tile0], tile1: other[tile1]}, verify.Finding{Code: "tile-mismatch", File: tile1}},
		{"the tile above", fstest.MapFS{tile1: other[tile1]}, verify.Finding{Code: "tile-mismatch", File: tile1}},
		{"the tile on top", fstest.MapFS{"tile/2/000.p/1": other["tile/2/000.p/1"]}, verify.Finding{Code: "tile-mismatch", File: "tile/2/000.p/1"}},
		{"all of them", fstest.MapFS{path: other[path], tile0: other[tile0], tile1: other[tile1], "tile/2/000.p/1": other["tile/2/000.p/1"]}, verify.Finding{Code: "other-root", File: "checkpoint"}},
	} {
		changed := fstest.MapFS{}
		for name, f := range m {
			changed[name] = f
		}
		for name, f := range x.files {
			changed[name] = f
		}
		delete(changed, "record.jsonl")
		got := verify.TreeOnly(changed, verify.Options{LogKey: key, Each: pool})
		if x.want.Code == "" {
			if !got.Whole() {
				t.Errorf("%s: %v", x.name, got.Findings)
			}
			continue
		}
		if len(got.Findings) != 1 || got.Findings[0].Code != x.want.Code || got.Findings[0].File != x.want.File || got.Findings[0].Position != x.want.Position {
			t.Errorf("%s: want %v\n%v", x.name, x.want, got.Findings)
		}
	}
}
