package verify

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/truceline/truceline/proof"
)

// tree is the tree of the mirror as it is computed from below.
type tree struct {
	levels [][]proof.Hash // by level from 1: the nodes over full tiles of the level below
	edge   []proof.Hash   // hashes of the leaves of the last tile, if it is not full
	lost   int64          // 1 + how many leaves lie before the first tile that is unknown; 0: none is
}

// push adds the hash over a full tile of leaves.
func (t *tree) push(h proof.Hash) {
	for level := 1; ; level++ {
		if len(t.levels) <= level {
			t.levels = append(t.levels, make([][]proof.Hash, level+1-len(t.levels))...)
		}
		t.levels[level] = append(t.levels[level], h)
		n := len(t.levels[level])
		if n%proof.TileWidth != 0 {
			return
		}
		h = proof.Root(t.levels[level][n-proof.TileWidth:])
	}
}

// root gives the root over the first leaves, of which the last tile's hashes are given.
func (t *tree) root(size int64, leaves []proof.Hash) (proof.Hash, error) {
	return rootOf(size, func(level int, index int64, width int) ([]proof.Hash, error) {
		if level == 0 {
			return leaves[:width], nil
		}
		return t.levels[level][index*proof.TileWidth:][:width], nil
	})
}

// rootOf gives the root of a tree from the nodes of the tiles at its right edge.
func rootOf(size int64, edge func(level int, index int64, width int) ([]proof.Hash, error)) (proof.Hash, error) {
	b, err := proof.NewBuilder(size, func(level int, index int64, width int) ([]byte, error) {
		nodes, err := edge(level, index, width)
		var out []byte
		for i := range nodes {
			out = append(out, nodes[i][:]...)
		}
		return out, err
	})
	if err != nil {
		return proof.Hash{}, err
	}
	return b.Root(), nil
}

// fetch reads a tile or bundle; where the narrow one is not there, the full one will do.
func (v *run) fetch(path func(index int64, width int) string, index int64, width int, most int64) (data []byte, name string, err error) {
	name = path(index, width)
	data, err = readFile(v.fsys, name, most)
	if width < proof.TileWidth && errors.Is(err, fs.ErrNotExist) {
		if wide, wideErr := readFile(v.fsys, path(index, proof.TileWidth), most); wideErr == nil {
			return wide, path(index, proof.TileWidth), nil
		}
	}
	return data, name, err
}

// nodes reads the nodes of a tile.
func (v *run) nodes(level int, index int64, width int) ([]proof.Hash, *Finding) {
	path := func(index int64, width int) string { return proof.TilePath(level, index, width) }
	data, name, err := v.fetch(path, index, width, proof.TileWidth*proof.HashSize)
	if err != nil {
		f := lacking(name, 0, err)
		return nil, &f
	}
	if name != path(index, width) && len(data) > width*proof.HashSize {
		data = data[:width*proof.HashSize]
	}
	if len(data) != width*proof.HashSize {
		return nil, &Finding{"tile-width", name, 0, fmt.Sprintf("the tile has %d bytes, not the %d of %d nodes", len(data), width*proof.HashSize, width), "take it from another mirror"}
	}
	list := make([]proof.Hash, width)
	for i := range list {
		list[i] = proof.Hash(data[i*proof.HashSize:])
	}
	return list, nil
}

// above gives what the tile above says of a full tile of leaves.
func (v *run) above(index int64) (proof.Hash, bool) {
	at := index / proof.TileWidth
	nodes, bad := v.nodes(1, at, proof.Width(v.head.Size, 1, at))
	if bad != nil {
		return proof.Hash{}, false
	}
	return nodes[index%proof.TileWidth], true
}

// settle decides which leaves of a bundle are those of the tree: where bundle and tile
// differ, the tile above or the root tells. It adds the tile to the tree.
func (v *run) settle(b *bundle) {
	if b.tileBad != nil {
		b.found = append(b.found, *b.tileBad)
	}
	if b.bundleBad != nil {
		b.found = append(b.found, *b.bundleBad)
	}
	right := b.tile
	switch {
	case b.hashes == nil && b.tile == nil:
		v.hole(b)
		return
	case b.hashes == nil:
	case b.tile == nil || slices.Equal(b.hashes, b.tile):
		right = b.hashes
	default:
		right = v.arbitrate(b)
	}
	if b.width == proof.TileWidth {
		v.tree.push(proof.Root(right))
	} else {
		v.tree.edge = right
	}
	v.passed(b, right)
}

// hole stands in for a tile of which nothing is there.
func (v *run) hole(b *bundle) {
	ok := false
	if b.width == proof.TileWidth {
		var h proof.Hash
		h, ok = v.above(b.index)
		v.tree.push(h)
	}
	if !ok && v.tree.lost == 0 {
		v.tree.lost = 1 + b.index*proof.TileWidth
	}
	if ok {
		v.passed(b, nil)
	}
}

// arbitrate tells which hashes hold where a bundle and its tile differ.
func (v *run) arbitrate(b *bundle) []proof.Hash {
	var bundle, tile bool // borne out from above
	if b.width == proof.TileWidth {
		h, ok := v.above(b.index)
		bundle, tile = ok && proof.Root(b.hashes) == h, ok && proof.Root(b.tile) == h
	} else if v.tree.lost == 0 {
		one, err1 := v.tree.root(v.head.Size, b.hashes)
		two, err2 := v.tree.root(v.head.Size, b.tile)
		bundle, tile = err1 == nil && one == v.head.Root, err2 == nil && two == v.head.Root
	}
	if bundle {
		b.found = append(b.found, Finding{"tile-mismatch", proof.TilePath(0, b.index, b.width), 0, "the tile does not hold the hashes of the entries in its bundle, which are those that were signed", "take it from another mirror"})
		return b.hashes
	}
	n, first := 0, 0
	for i := range b.hashes {
		if b.hashes[i] != b.tile[i] {
			if n++; n == 1 {
				first = i
			}
			b.bad[i] = true
		}
	}
	code, what := "other-leaf", "the entry is not the one in the tree"
	if !tile {
		code, what = "in-doubt", "the bundle and the tile of hashes disagree, and nothing above tells which is right"
	}
	if n > 1 {
		what += fmt.Sprintf("; so it is with %d more in this bundle", n-1)
	}
	b.found = append(b.found, Finding{code, b.path, b.first() + int64(first), what, "take the bundle from another mirror"})
	return b.tile
}

// passed computes the roots of older sizes that lie within a tile; nil leaves are those
// of a full tile of which only the hash is known.
func (v *run) passed(b *bundle, leaves []proof.Hash) {
	from := b.index * proof.TileWidth
	for i := range v.old {
		o := &v.old[i]
		if o.Size > from+int64(b.width) || o.Size <= from && (o.Size > 0 || from > 0) || v.tree.lost > 0 || leaves == nil && o.Size != from+proof.TileWidth {
			continue
		}
		var err error
		o.root, err = v.tree.root(o.Size, leaves)
		o.done = err == nil
	}
}

// root holds the tree to the checkpoint, and the tiles above the leaves to the tree.
func (v *run) root() {
	if v.head.Size == 0 {
		for i := range v.old {
			v.old[i].root, v.old[i].done = proof.EmptyRoot, v.old[i].Size == 0
		}
		v.otherRoot(proof.EmptyRoot)
		return
	}
	if v.tree.lost > 0 {
		v.r.skipped("root", checkpointFile, 0, fmt.Sprintf("the root could not be computed: neither entries nor hashes are there after position %d", v.tree.lost-1))
		return
	}
	own, err := v.tree.root(v.head.Size, v.tree.edge)
	if err != nil {
		v.r.skipped("root", checkpointFile, 0, "the root could not be computed: "+err.Error())
		return
	}
	upper, whole := v.upper()
	if own == v.head.Root || !whole || !v.descend(upper) {
		v.compareUpper(upper)
		v.otherRoot(own)
	}
}

func (v *run) otherRoot(own proof.Hash) {
	if v.rooted = own == v.head.Root; !v.rooted {
		v.r.bad("other-root", checkpointFile, 0, fmt.Sprintf("the tree of the %d entries has the root %x and the checkpoint says %x", v.head.Size, own[:], v.head.Root[:]), "these are not the entries that the log signed: take them from another mirror")
	}
}

// upper reads the tiles above those of leaves, by level; nil for one that is not there.
func (v *run) upper() (levels [][][]proof.Hash, whole bool) {
	levels, whole = [][][]proof.Hash{nil}, true
	for level := 1; proof.Width(v.head.Size, level, 0) > 0; level++ {
		var tiles [][]proof.Hash
		for index := int64(0); ; index++ {
			width := proof.Width(v.head.Size, level, index)
			if width == 0 {
				break
			}
			nodes, bad := v.nodes(level, index, width)
			if bad != nil {
				whole = false
				v.r.find(*bad)
			}
			tiles = append(tiles, nodes)
		}
		levels = append(levels, tiles)
	}
	return levels, whole
}

// compareUpper holds the tiles above to the nodes computed from below.
func (v *run) compareUpper(upper [][][]proof.Hash) {
	for level := 1; level < len(upper); level++ {
		for index, nodes := range upper[level] {
			for i := range nodes {
				if own := v.tree.levels[level][index*proof.TileWidth+i]; nodes[i] != own {
					v.otherTile(level, int64(index), len(nodes), fmt.Sprintf("the tile has other bytes than the tiles below give: its node %d is %x, theirs %x", i, nodes[i][:], own[:]))
					break
				}
			}
		}
	}
}

func (v *run) otherTile(level int, index int64, width int, what string) {
	v.r.bad("tile-mismatch", proof.TilePath(level, index, width), 0, what, "take it from another mirror")
}

// descend goes from a root that the tiles above bear out down to what differs from it.
// It answers false where they do not bear it out either.
func (v *run) descend(upper [][][]proof.Hash) bool {
	signed, err := rootOf(v.head.Size, func(level int, index int64, width int) ([]proof.Hash, error) {
		if level == 0 {
			return v.tree.edge, nil
		}
		return upper[level][index], nil
	})
	if err != nil || signed != v.head.Root {
		return false
	}
	for level := len(upper) - 1; level > 0; level-- {
		for index, nodes := range upper[level] {
			if !v.vouched(upper, level, index) {
				continue
			}
			for i := range nodes {
				below := index*proof.TileWidth + i
				if own := v.tree.levels[level][below]; nodes[i] == own {
					continue
				}
				if level == 1 {
					first := int64(below)*proof.TileWidth + 1
					v.r.bad("not-signed", proof.EntriesPath(int64(below), proof.TileWidth), first, fmt.Sprintf("the entries at positions %d to %d are not those that the log signed", first, first+proof.TileWidth-1), "take the bundle and its tile from another mirror")
				} else if !v.vouched(upper, level-1, below) {
					v.otherTile(level-1, int64(below), proof.TileWidth, "the tile does not hash to what the tile above says")
				}
			}
		}
	}
	return true
}

// vouched tells whether the tile above, or the root, bears a tile out.
func (v *run) vouched(upper [][][]proof.Hash, level, index int) bool {
	nodes := upper[level][index]
	if len(nodes) < proof.TileWidth {
		return true // at the right edge
	}
	return proof.Root(nodes) == upper[level+1][index/proof.TileWidth][index%proof.TileWidth]
}
