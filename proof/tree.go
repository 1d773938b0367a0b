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
// index, from 0, of the tree of a size (leaves) and root: nil, or why not. The proof goes
// from the leaf's sibling up to a child of the root (RFC 6962 §2.1.1). Nothing of it is trusted.
func CheckInclusion(p []Hash, size int64, root Hash, index int64, leaf Hash) error {
	if index < 0 || index >= size {
		return fmt.Errorf("index %d is not in a tree of %d leaves", index, size)
	}
	w := walk{index, size - 1}
	h := leaf
	for _, sibling := range p {
		switch {
		case w.last == 0:
			return errLong
		case w.left():
			h = NodeHash(sibling, h)
		default:
			h = NodeHash(h, sibling)
		}
		w.up()
	}
	switch {
	case w.last != 0:
		return errShort
	case h != root:
		return errors.New("the proof does not lead from the leaf to the root")
	}
	return nil
}

// CheckConsistency tells whether a proof shows that a tree continues an older one (RFC 6962
// §2.1.2): nil, or why not. Sizes are numbers of leaves. A tree continues itself, and every
// tree continues the empty one, whose root is EmptyRoot; both proofs are empty.
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
	// The walk starts at the last perfect subtree of the older tree. Where that is the older
	// tree whole, its root is known and the proof leaves it out.
	w := walk{oldSize - 1, size - 1}
	for w.index&1 == 1 {
		w.up()
	}
	seed := oldRoot
	if w.index > 0 {
		if len(p) == 0 {
			return errShort
		}
		seed, p = p[0], p[1:]
	}
	was, is := seed, seed
	for _, sibling := range p {
		switch {
		case w.last == 0:
			return errLong
		case w.left():
			was, is = NodeHash(sibling, was), NodeHash(sibling, is)
		default:
			is = NodeHash(is, sibling)
		}
		w.up()
	}
	switch {
	case w.last != 0:
		return errShort
	case was != oldRoot:
		return errors.New("the proof does not lead to the older root")
	case is != root:
		return errors.New("the proof does not lead to the newer root")
	}
	return nil
}

var (
	errLong  = errors.New("the proof is longer than the way to the root")
	errShort = errors.New("the proof ends before the root")
)

// walk goes up a tree, from a node to the root: index of the node and of the last node of
// its level. No size makes it run long.
type walk struct{ index, last int64 }

// left tells whether the next sibling stands to the left. A node without one to its right
// is its own parent until it has one to its left.
func (w *walk) left() bool {
	if w.index != w.last {
		return w.index&1 == 1
	}
	for w.index&1 == 0 && w.index != 0 {
		w.up()
	}
	return true
}

func (w *walk) up() { w.index, w.last = w.index>>1, w.last>>1 }
