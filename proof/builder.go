package proof

import (
	"fmt"
	"slices"
)

// Builder grows a tree leaf by leaf. It holds the tiles at the right edge only.
type Builder struct {
	size  int64
	edge  [][]Hash // by level: the nodes of the tile that is not full
	dirty []bool   // by level: the edge has changed since Changed
	full  []Tile   // that became full since Changed
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
		b.edge[level] = appendHashes(b.edge[level], data)
	}
	return b, nil
}

func (b *Builder) grow(level int) {
	for len(b.edge) <= level {
		b.edge = append(b.edge, make([]Hash, 0, TileWidth))
		b.dirty = append(b.dirty, false)
	}
}

// Clone gives a tree that grows apart from this one and has changed nothing yet.
func (b *Builder) Clone() *Builder {
	c := &Builder{size: b.size, edge: make([][]Hash, len(b.edge)), dirty: make([]bool, len(b.edge))}
	for i, e := range b.edge {
		c.edge[i] = append(make([]Hash, 0, TileWidth), e...)
	}
	return c
}

// Size gives how many leaves there are.
func (b *Builder) Size() int64 { return b.size }

// Append adds the hash of a leaf.
func (b *Builder) Append(leaf Hash) {
	b.size++
	for level, h := 0, leaf; ; level++ {
		b.grow(level)
		b.edge[level] = append(b.edge[level], h)
		b.dirty[level] = true
		if len(b.edge[level]) < TileWidth {
			return
		}
		index := b.size>>(8*(level+1)) - 1
		b.full = append(b.full, Tile{Level: level, Index: index, Width: TileWidth, Data: hashBytes(b.edge[level])})
		h = perfect(b.edge[level])
		b.edge[level], b.dirty[level] = b.edge[level][:0], false
	}
}

// Root gives the hash of the tree.
func (b *Builder) Root() Hash {
	if b.size == 0 {
		return EmptyRoot
	}
	var f folder
	for _, e := range slices.Backward(b.edge) {
		f.add(e)
	}
	return f.root()
}

// Changed gives every tile that is new or wider since the last call, or since the tree was
// cloned, and forgets them. The bytes are the caller's.
func (b *Builder) Changed() []Tile {
	list := b.full
	b.full = nil
	for level, e := range b.edge {
		if b.dirty[level] && len(e) > 0 {
			list = append(list, Tile{Level: level, Index: b.size >> (8 * (level + 1)), Width: len(e), Data: hashBytes(e)})
		}
		b.dirty[level] = false
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
