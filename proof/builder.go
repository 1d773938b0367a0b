package proof

import (
	"fmt"
	"slices"
)

// Builder grows a tree leaf by leaf. It holds the tiles at the right edge only, so that a
// leaf costs one hash on average and a root few.
type Builder struct {
	size int64
	edge []row  // by level
	full []Tile // that became full since Changed
}

// row is the tile at the right edge of a level.
type row struct {
	nodes []Hash // fewer than TileWidth, with room for all
	peaks []Hash // roots of the perfect subtrees over them, from the left
	dirty bool   // it has changed since Changed
}

// add adds a node. When the row is full, its root is the one peak.
func (r *row) add(h Hash) {
	r.nodes = append(r.nodes, h)
	for n := len(r.nodes); n&1 == 0; n >>= 1 {
		last := len(r.peaks) - 1
		h = NodeHash(r.peaks[last], h)
		r.peaks = r.peaks[:last]
	}
	r.peaks = append(r.peaks, h)
}

// NewBuilder restores a tree of a size from the tiles at its right edge: edge gives the
// 32 × width bytes of one. What it gives is held to nothing but its length: compare Root.
func NewBuilder(size int64, edge func(level int, index int64, width int) ([]byte, error)) (*Builder, error) {
	if size < 0 || size > MaxSize {
		return nil, fmt.Errorf("no tree has %d leaves", size)
	}
	b := &Builder{size: size}
	for level := 0; size>>(8*level) > 0; level++ {
		nodes := size >> (8 * level)
		width := int(nodes % TileWidth)
		b.grow(level)
		if width == 0 {
			continue
		}
		data, err := edge(level, nodes/TileWidth, width)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", TilePath(level, nodes/TileWidth, width), err)
		}
		if len(data) != width*HashSize {
			return nil, &TileError{TilePath(level, nodes/TileWidth, width), fmt.Sprintf("it has %d bytes, not %d", len(data), width*HashSize)}
		}
		for _, h := range appendHashes(nil, data) {
			b.edge[level].add(h)
		}
	}
	return b, nil
}

func (b *Builder) grow(level int) {
	for len(b.edge) <= level {
		b.edge = append(b.edge, row{nodes: make([]Hash, 0, TileWidth), peaks: make([]Hash, 0, 8)})
	}
}

// Clone gives a tree that grows apart from this one and has changed nothing yet.
func (b *Builder) Clone() *Builder {
	c := &Builder{size: b.size}
	for _, r := range b.edge {
		c.edge = append(c.edge, row{nodes: append(make([]Hash, 0, TileWidth), r.nodes...), peaks: append(make([]Hash, 0, 8), r.peaks...)})
	}
	return c
}

// Size gives how many leaves there are.
func (b *Builder) Size() int64 { return b.size }

// Append adds the hash of a leaf (LeafHash).
func (b *Builder) Append(leaf Hash) {
	b.size++
	for level, h := 0, leaf; ; level++ {
		b.grow(level)
		r := &b.edge[level]
		r.add(h)
		r.dirty = true
		if len(r.nodes) < TileWidth {
			return
		}
		index := b.size>>(8*(level+1)) - 1
		b.full = append(b.full, Tile{Level: level, Index: index, Width: TileWidth, Data: hashBytes(r.nodes)})
		h = r.peaks[0]
		r.nodes, r.peaks, r.dirty = r.nodes[:0], r.peaks[:0], false
	}
}

// Root gives the hash of the tree.
func (b *Builder) Root() Hash {
	if b.size == 0 {
		return EmptyRoot
	}
	var f folder
	for _, r := range slices.Backward(b.edge) {
		f.roots = append(f.roots, r.peaks...)
	}
	return f.root()
}

// Changed gives every tile that is new or wider since the last call, or since the tree was
// cloned, and forgets them: full ones, and of the right edge those that changed, each at
// its newest width. The bytes are the caller's.
func (b *Builder) Changed() []Tile {
	list := b.full
	b.full = nil
	for level := range b.edge {
		r := &b.edge[level]
		if r.dirty {
			list = append(list, Tile{Level: level, Index: b.size >> (8 * (level + 1)), Width: len(r.nodes), Data: hashBytes(r.nodes)})
		}
		r.dirty = false
	}
	return list
}

func hashBytes(hashes []Hash) []byte {
	out := make([]byte, 0, len(hashes)*HashSize)
	for i := range hashes {
		out = append(out, hashes[i][:]...)
	}
	return out
}

func appendHashes(out []Hash, data []byte) []Hash {
	for ; len(data) >= HashSize; data = data[HashSize:] {
		out = append(out, Hash(data[:HashSize]))
	}
	return out
}
