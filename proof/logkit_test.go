package proof_test

import (
	"fmt"
	"testing"

	"github.com/truceline/truceline/proof"
)

// naive is the definition of RFC 6962 §2.1, word for word.
func naive(leaves []proof.Hash) proof.Hash {
	switch len(leaves) {
	case 0:
		return proof.EmptyRoot
	case 1:
		return leaves[0]
	}
	k := 1
	for 2*k < len(leaves) {
		k *= 2
	}
	return proof.NodeHash(naive(leaves[:k]), naive(leaves[k:]))
}

// log is a tree in memory: its leaves, and every tile and bundle by its path.
type log struct {
	leaves [][]byte
	hashes []proof.Hash
	files  map[string][]byte
	tree   *proof.Builder
}

func newLog(t testing.TB, size int) *log {
	t.Helper()
	tree, err := proof.NewBuilder(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	l := &log{files: map[string][]byte{}, tree: tree}
	l.grow(size)
	return l
}

func (l *log) grow(by int) {
	for range by {
		leaf := fmt.Appendf(nil, "leaf %d", len(l.leaves))
		l.leaves = append(l.leaves, leaf)
		l.hashes = append(l.hashes, proof.LeafHash(leaf))
		l.tree.Append(l.hashes[len(l.hashes)-1])
	}
	for _, tile := range l.tree.Changed() {
		l.files[proof.TilePath(tile.Level, tile.Index, tile.Width)] = tile.Data
	}
	for tile := range proof.Tiles(l.tree.Size()) {
		if tile.Level > 0 {
			break
		}
		path := proof.EntriesPath(tile.Index, tile.Width)
		if l.files[path] == nil {
			var bundle []byte
			for _, leaf := range l.leaves[tile.Index*proof.TileWidth:][:tile.Width] {
				bundle = proof.AppendBundle(bundle, leaf)
			}
			l.files[path] = bundle
		}
	}
}

func (l *log) read(level int, index int64, width int) ([]byte, error) {
	path := proof.TilePath(level, index, width)
	data, ok := l.files[path]
	if !ok {
		return nil, fmt.Errorf("%s is not there", path)
	}
	return data, nil
}

func (l *log) reader() *proof.Reader { return proof.NewReader(l.tree.Size(), l.tree.Root(), l.read) }

// bundle gives a bundle of the log at the width that the tree has.
func (l *log) bundle(index int64) (width int, data []byte) {
	width = proof.Width(l.tree.Size(), 0, index)
	return width, l.files[proof.EntriesPath(index, width)]
}
