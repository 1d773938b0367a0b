// Package proof owns the mathematics of the record's tree: hashes, tiles, checkpoints,
// cosignatures, and the proofs that a leaf is in a tree and that one tree continues
// another. It follows RFC 6962 and the C2SP specifications of tiled transparency logs
// (spec/record.md) and believes no byte that it did not hash.
package proof

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is the hash of a leaf, a node or a tree: 32 bytes.
type Hash = tlog.Hash

// HashSize is the size of a hash in bytes.
const HashSize = tlog.HashSize

// EmptyRoot is the hash of the tree without leaves (RFC 6962 §2.1).
var EmptyRoot = Hash(sha256.Sum256(nil))

// LeafHash gives the hash of a leaf: SHA-256(0x00 ‖ leaf).
func LeafHash(leaf []byte) Hash { return tlog.RecordHash(leaf) }

// NodeHash gives the hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
func NodeHash(left, right Hash) Hash { return tlog.NodeHash(left, right) }

// Root gives the hash of the tree over hashes of leaves, in order.
func Root(leaves []Hash) Hash {
	if len(leaves) == 0 {
		return EmptyRoot
	}
	var f folder
	f.add(leaves)
	return f.root()
}

// folder joins perfect subtrees, left to right and never growing, to a root.
type folder struct{ roots []Hash }

// add adds the perfect subtrees of a row of nodes of one level.
func (f *folder) add(nodes []Hash) {
	for len(nodes) > 0 {
		n := 1
		for 2*n <= len(nodes) {
			n *= 2
		}
		f.roots = append(f.roots, perfect(nodes[:n]))
		nodes = nodes[n:]
	}
}

func (f *folder) root() Hash {
	h := f.roots[len(f.roots)-1]
	for i := len(f.roots) - 2; i >= 0; i-- {
		h = NodeHash(f.roots[i], h)
	}
	return h
}

// perfect gives the root over 2^k nodes.
func perfect(nodes []Hash) Hash {
	if len(nodes) == 1 {
		return nodes[0]
	}
	var room [TileWidth / 2]Hash
	row := room[:0]
	if len(nodes) > TileWidth {
		row = make([]Hash, 0, len(nodes)/2)
	}
	for i := 0; i < len(nodes); i += 2 {
		row = append(row, NodeHash(nodes[i], nodes[i+1]))
	}
	for len(row) > 1 {
		for i := 0; i < len(row); i += 2 {
			row[i/2] = NodeHash(row[i], row[i+1])
		}
		row = row[:len(row)/2]
	}
	return row[0]
}

// CheckInclusion tells whether a proof shows that the leaf with a hash stands at an
// index, from 0, of the tree of a size and root: nil, or why not.
func CheckInclusion(p []Hash, size int64, root Hash, index int64, leaf Hash) error {
	if index < 0 || index >= size {
		return fmt.Errorf("index %d is not in a tree of %d leaves", index, size)
	}
	if err := tlog.CheckRecord(p, size, root, index, leaf); err != nil {
		return errors.New("the proof does not lead from the leaf to the root")
	}
	return nil
}

// CheckConsistency tells whether a proof shows that a tree continues an older one: nil,
// or why not. Every tree continues the empty one, whose proof is empty.
func CheckConsistency(p []Hash, size int64, root Hash, oldSize int64, oldRoot Hash) error {
	switch {
	case oldSize < 0 || oldSize > size:
		return fmt.Errorf("a tree of %d leaves does not continue one of %d", size, oldSize)
	case oldSize == 0 || oldSize == size:
		if len(p) > 0 {
			return errors.New("the proof holds hashes where none are needed")
		}
		if oldSize == 0 && oldRoot != EmptyRoot {
			return errors.New("the older root is not that of an empty tree")
		}
		if oldSize == size && oldRoot != root {
			return fmt.Errorf("two roots of one size, %d: two histories", size)
		}
		return nil
	}
	if err := tlog.CheckTree(p, size, root, oldSize, oldRoot); err != nil {
		return errors.New("the proof does not lead from the older root to the newer")
	}
	return nil
}
