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
}

type tileKey struct {
	level int
	index int64
}

const keptTiles = 128 // 8 KiB each

// NewReader makes a reader of the tree of a size and root, which are trusted.
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
	if len(r.kept) >= keptTiles {
		for k := range r.kept {
			if len(r.kept[k]) == TileWidth { // the edge stays
				delete(r.kept, k)
				break
			}
		}
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
	if r.size == 0 {
		if r.root != EmptyRoot {
			return errors.New("the root of an empty tree is another")
		}
		r.edges = true
		return nil
	}
	top := 0
	for r.size>>(8*(top+1)) > 0 {
		top++
	}
	var f folder
	tiles := map[tileKey][]Hash{}
	for level := top; level >= 0; level-- {
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
		tiles[key] = hashes
	}
	if f.root() != r.root {
		return r.blame(tiles)
	}
	for key, nodes := range tiles {
		r.kept[key] = nodes
	}
	r.edges = true
	return nil
}

// blame finds which tile of an edge that does not fit is contradicted by those below it.
func (r *Reader) blame(edge map[tileKey][]Hash) error {
	for key, nodes := range edge {
		for i := range nodes {
			if key.level == 0 {
				break
			}
			below, err := r.fetch(key.level-1, key.index*TileWidth+int64(i), TileWidth)
			if err != nil {
				return err
			}
			if perfect(below) != nodes[i] {
				return &TileError{TilePath(key.level, key.index, len(nodes)), fmt.Sprintf("its node %d is not what %s hashes to", i, TilePath(key.level-1, key.index*TileWidth+int64(i), TileWidth))}
			}
		}
	}
	lowest := r.size / TileWidth
	return &TileError{TilePath(0, lowest, max(int(r.size%TileWidth), 1)), "the tiles at the right edge do not hash to the root"}
}

// LeafHash gives the hash of the leaf at an index, from 0.
func (r *Reader) LeafHash(index int64) (Hash, error) {
	if index < 0 || index >= r.size {
		return Hash{}, fmt.Errorf("index %d is not in a tree of %d leaves", index, r.size)
	}
	nodes, err := r.tile(0, index/TileWidth)
	if err != nil {
		return Hash{}, err
	}
	return nodes[index%TileWidth], nil
}

// Bundle gives the leaves of an entry bundle, each held to the tree. It may hold fewer
// than the tree has, as a narrower bundle does.
func (r *Reader) Bundle(index int64, data []byte) ([][]byte, error) {
	have := Width(r.size, 0, index)
	if have == 0 {
		return nil, fmt.Errorf("%s: a tree of %d leaves has no such bundle", EntriesPath(index, TileWidth), r.size)
	}
	nodes, err := r.tile(0, index)
	if err != nil {
		return nil, err
	}
	var leaves [][]byte
	for rest := data; len(rest) > 0; {
		leaf, after, err := cutLeaf(rest)
		switch {
		case err == nil && len(leaves) == have:
			err = errors.New("there are more leaves than the tree has")
		case err == nil && LeafHash(leaf) != nodes[len(leaves)]:
			err = errors.New("it does not hash to what the tree says")
		}
		if err != nil {
			return nil, &TileError{EntriesPath(index, have), fmt.Sprintf("leaf %d: %s", len(leaves), err)}
		}
		leaves, rest = append(leaves, leaf), after
	}
	if len(leaves) == 0 {
		return nil, &TileError{EntriesPath(index, have), "it is empty"}
	}
	return leaves, nil
}

// Inclusion gives the proof that the leaf at an index, from 0, is in the tree.
func (r *Reader) Inclusion(index int64) ([]Hash, error) {
	if index < 0 || index >= r.size {
		return nil, fmt.Errorf("index %d is not in a tree of %d leaves", index, r.size)
	}
	return tlog.ProveRecord(r.size, index, tlog.HashReaderFunc(r.hashes))
}

// Consistency gives the proof that the tree continues that of an older size.
func (r *Reader) Consistency(older int64) ([]Hash, error) {
	switch {
	case older < 0 || older > r.size:
		return nil, fmt.Errorf("a tree of %d leaves does not continue one of %d", r.size, older)
	case older == 0 || older == r.size:
		return nil, nil
	}
	return tlog.ProveTree(r.size, older, tlog.HashReaderFunc(r.hashes))
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
