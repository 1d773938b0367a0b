package proof

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// TileError names a tile that does not fit.
type TileError struct{ Path, What string }

func (e *TileError) Error() string { return e.Path + ": " + e.What }

// ReadTile gives the bytes of a tile, which are not believed.
type ReadTile func(level int, index int64, width int) ([]byte, error)

// Reader reads the tiles of one tree and gives out none that does not hash to its
// root. It keeps some of those that it has verified. It is for one goroutine at a time.
type Reader struct {
	size  int64
	root  Hash
	read  ReadTile
	edges bool // the right edge was held to the root
	kept  map[tileKey][]Hash
	order []tileKey // of the full tiles that are kept, a ring: the oldest stands at next
	next  int
}

type tileKey struct {
	level int
	index int64
}

const keptTiles = 128 // full ones, 8 KiB each; those of the edge are kept besides

// NewReader makes a reader of the tree of a size (leaves, at most MaxSize) and root, which
// are trusted: those of a checkpoint that was opened. It reads nothing yet.
func NewReader(size int64, root Hash, read ReadTile) *Reader {
	return &Reader{size: size, root: root, read: read, kept: map[tileKey][]Hash{}}
}

// Tile gives the first nodes of a tile, held to the root. TileError names what does
// not fit.
func (r *Reader) Tile(level int, index int64, width int) ([]byte, error) {
	if have := Width(r.size, level, index); width < 1 || width > have {
		return nil, fmt.Errorf("%s: a tree of %d leaves has no such tile", TilePath(level, index, width), r.size)
	}
	nodes, err := r.tile(level, index)
	if err != nil {
		return nil, err
	}
	return hashBytes(nodes[:width]), nil
}

// tile gives all nodes that the tree has of a tile, verified.
func (r *Reader) tile(level int, index int64) ([]Hash, error) {
	if !r.edges {
		if err := r.edge(); err != nil {
			return nil, err
		}
	}
	key := tileKey{level, index}
	if nodes, ok := r.kept[key]; ok {
		return nodes, nil
	}
	// It is full, for the edge is kept; so a node of the level above vouches for it.
	above, err := r.tile(level+1, index/TileWidth)
	if err != nil {
		return nil, err
	}
	nodes, err := r.fetch(level, index, TileWidth)
	if err != nil {
		return nil, err
	}
	if perfect(nodes) != above[index%TileWidth] {
		return nil, &TileError{TilePath(level, index, TileWidth), "it does not hash to what the tile above says"}
	}
	r.keep(key, nodes)
	return nodes, nil
}

func (r *Reader) keep(key tileKey, nodes []Hash) {
	if len(r.order) < keptTiles {
		r.order = append(r.order, key)
	} else {
		delete(r.kept, r.order[r.next])
		r.order[r.next] = key
		r.next = (r.next + 1) % keptTiles
	}
	r.kept[key] = nodes
}

func (r *Reader) fetch(level int, index int64, width int) ([]Hash, error) {
	data, err := r.read(level, index, width)
	path := TilePath(level, index, width)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(data) != width*HashSize {
		return nil, &TileError{path, fmt.Sprintf("it has %d bytes, not %d", len(data), width*HashSize)}
	}
	return appendHashes(make([]Hash, 0, width), data), nil
}

// edge holds the tiles at the right edge, all together, to the root.
func (r *Reader) edge() error {
	if r.size < 0 || r.size > MaxSize {
		return fmt.Errorf("no tree has %d leaves", r.size)
	}
	if r.size == 0 && r.root != EmptyRoot {
		return errors.New("the root is not that of an empty tree")
	}
	var f folder
	var keys []tileKey // from the top down
	var tiles [][]Hash
	for level := maxLevel; level >= 0; level-- {
		nodes := r.size >> (8 * level)
		width := int(nodes % TileWidth)
		if width == 0 {
			continue
		}
		key := tileKey{level, nodes / TileWidth}
		hashes, err := r.fetch(level, key.index, width)
		if err != nil {
			return err
		}
		f.add(hashes)
		keys, tiles = append(keys, key), append(tiles, hashes)
	}
	if r.size > 0 && f.root() != r.root {
		return r.blame(keys, tiles)
	}
	for i, key := range keys {
		r.kept[key] = tiles[i]
	}
	r.edges = true
	return nil
}

// blame finds which tile of an edge that does not fit is contradicted by those below it;
// if none is, the lowest, for which nothing else vouches.
func (r *Reader) blame(keys []tileKey, tiles [][]Hash) error {
	for k, key := range keys {
		for i := 0; key.level > 0 && i < len(tiles[k]); i++ {
			child := key.index*TileWidth + int64(i)
			below, err := r.fetch(key.level-1, child, TileWidth)
			if err == nil && perfect(below) != tiles[k][i] {
				return &TileError{TilePath(key.level, key.index, len(tiles[k])), fmt.Sprintf("its node %d is not what %s hashes to", i, TilePath(key.level-1, child, TileWidth))}
			}
		}
	}
	lowest := len(keys) - 1
	return &TileError{TilePath(keys[lowest].level, keys[lowest].index, len(tiles[lowest])), "it and the tiles above it at the right edge do not hash to the root"}
}

func (r *Reader) has(index int64) bool { return 0 <= index && index < r.size && r.size <= MaxSize }

// LeafHash gives the hash of the leaf at an index, from 0.
func (r *Reader) LeafHash(index int64) (Hash, error) {
	if !r.has(index) {
		return Hash{}, fmt.Errorf("index %d is not in a tree of %d leaves", index, r.size)
	}
	nodes, err := r.tile(0, index/TileWidth)
	if err != nil {
		return Hash{}, err
	}
	return nodes[index%TileWidth], nil
}

// Bundle gives the first width leaves of an entry bundle, each held to the tree: data holds
// those and nothing after them. A width is at most what the tree has (Width at level 0). The
// leaves share the bytes of data. TileError names the bundle or the tile that does not fit.
func (r *Reader) Bundle(index int64, width int, data []byte) ([][]byte, error) {
	path := EntriesPath(index, width)
	if width < 1 || width > Width(r.size, 0, index) {
		return nil, fmt.Errorf("%s: a tree of %d leaves has no such bundle", path, r.size)
	}
	nodes, err := r.tile(0, index)
	if err != nil {
		return nil, err
	}
	leaves, err := ParseBundle(data, width)
	if err != nil {
		return nil, &TileError{path, err.Error()}
	}
	for i, leaf := range leaves {
		if LeafHash(leaf) != nodes[i] {
			return nil, &TileError{path, fmt.Sprintf("leaf %d does not hash to what the tree says", i)}
		}
	}
	return leaves, nil
}

// Inclusion gives the proof that the leaf at an index, from 0, is in the tree, as
// CheckInclusion takes it.
func (r *Reader) Inclusion(index int64) ([]Hash, error) {
	if !r.has(index) {
		return nil, fmt.Errorf("index %d is not in a tree of %d leaves", index, r.size)
	}
	return tlog.ProveRecord(r.size, index, tlog.HashReaderFunc(r.hashes))
}

// Consistency gives the proof that the tree continues that of an older size (leaves), as
// CheckConsistency takes it: empty for an empty older tree and for the tree itself.
func (r *Reader) Consistency(older int64) ([]Hash, error) {
	switch {
	case older < 0 || older > r.size || r.size > MaxSize:
		return nil, fmt.Errorf("a tree of %d leaves does not continue one of %d", r.size, older)
	case older == 0 || older == r.size:
		return nil, nil
	}
	return tlog.ProveTree(r.size, older, tlog.HashReaderFunc(r.hashes))
}

// Root gives the root of the tree of an older size, or of the tree itself.
func (r *Reader) Root(size int64) (Hash, error) {
	switch {
	case size < 0 || size > r.size || r.size > MaxSize:
		return Hash{}, fmt.Errorf("a tree of %d leaves has no tree of %d before it", r.size, size)
	case size == 0:
		return EmptyRoot, nil
	}
	return tlog.TreeHash(size, tlog.HashReaderFunc(r.hashes))
}

// hashes gives nodes by their index as tlog counts them.
func (r *Reader) hashes(indexes []int64) ([]Hash, error) {
	out := make([]Hash, len(indexes))
	for i, x := range indexes {
		level, n := tlog.SplitStoredHashIndex(x)
		within := level % 8
		first := n << within
		nodes, err := r.tile(level/8, first/TileWidth)
		if err != nil {
			return nil, err
		}
		from := int(first % TileWidth)
		if from+1<<within > len(nodes) {
			return nil, fmt.Errorf("a tree of %d leaves has no node %d of level %d", r.size, n, level)
		}
		out[i] = perfect(nodes[from : from+1<<within])
	}
	return out, nil
}
