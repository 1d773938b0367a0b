package storetest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"

	"github.com/truceline/truceline/internal/store"
)

// Tree is a record from the writer's side, as spec/record.md describes it, made apart
// from the code that serves it: leaves go in, batches come out. The zero value is the
// empty record. It is for tests and benchmarks of stores.
type Tree struct {
	Head   store.Head
	nodes  [][][32]byte // by level of tiles: the roots of all whole subtrees of 256^level leaves
	bundle []byte       // the last bundle, as far as it is filled
}

// Empty is the head of a record in which nothing is.
func Empty() store.Head {
	h := store.Head{Root: sha256.Sum256(nil)}
	h.Checkpoint = checkpoint(h)
	return h
}

// checkpoint stands for the signed note: a store takes any bytes.
func checkpoint(h store.Head) []byte {
	return fmt.Appendf(nil, "storetest.example/record\n%d\n%x\n", h.Size, h.Root)
}

// Leaf is a leaf that Read takes apart, padded to a length.
func Leaf(ref, kind, by string, length int) []byte {
	leaf := []byte(ref + "|" + kind + "|" + by + "|")
	for i := len(leaf); i < length; i++ {
		leaf = append(leaf, 'a'+byte(i*7%26))
	}
	return leaf
}

// Read is the reader of leaves for Follow.
func Read(leaf []byte) (store.Detail, error) {
	parts := strings.SplitN(string(leaf), "|", 4)
	if len(parts) != 4 {
		return store.Detail{}, fmt.Errorf("%.40q is no leaf of a test", leaf)
	}
	return store.Detail{Row: store.Row{Ref: parts[0], ID: sha256.Sum256(leaf)}, Kind: parts[1], By: parts[2]}, nil
}

// Append makes the batch that adds leaves to the record, whose head it moves.
func (t *Tree) Append(refs []string, leaves [][]byte) store.Batch {
	var b store.Batch
	old := t.Head.Size
	if t.nodes == nil {
		t.nodes = make([][][32]byte, 1)
	}
	for i, leaf := range leaves {
		b.Rows = append(b.Rows, store.Row{Ref: refs[i], ID: sha256.Sum256(leaf)})
		if t.Head.Size%store.Full == 0 {
			t.bundle = nil
		}
		t.bundle = binary.BigEndian.AppendUint16(t.bundle, uint16(len(leaf)))
		t.bundle = append(t.bundle, leaf...)
		t.nodes[0] = append(t.nodes[0], sha256.Sum256(append([]byte{0}, leaf...)))
		t.Head.Size++
		if t.Head.Size%store.Full == 0 || i == len(leaves)-1 {
			b.Tiles = append(b.Tiles, store.Tile{
				Level: store.Entries,
				Index: (t.Head.Size - 1) / store.Full,
				Width: int((t.Head.Size-1)%store.Full) + 1,
				Data:  slices.Clone(t.bundle),
			})
		}
	}
	for level := 0; level < len(t.nodes); level++ {
		was, is := old>>(8*level), t.Head.Size>>(8*level)
		if is >= store.Full && level+1 == len(t.nodes) {
			t.nodes = append(t.nodes, nil)
		}
		if level > 0 {
			for i := was; i < is; i++ {
				t.nodes[level] = append(t.nodes[level], root(t.nodes[level-1][i*store.Full:(i+1)*store.Full]))
			}
		}
		if is > was {
			for i := was / store.Full; i*store.Full < is; i++ {
				b.Tiles = append(b.Tiles, tile(t.nodes[level], level, i))
			}
		}
	}
	t.Head.Root = t.root()
	if t.Head.Size > 0 {
		t.Head.Recorded = time.Unix(1_700_000_000+t.Head.Size/7, 0).UTC()
	}
	t.Head.Checkpoint = checkpoint(t.Head)
	b.Head = t.Head
	return b
}

func tile(nodes [][32]byte, level int, index int64) store.Tile {
	nodes = nodes[index*store.Full : min((index+1)*store.Full, int64(len(nodes)))]
	data := make([]byte, 0, 32*len(nodes))
	for _, n := range nodes {
		data = append(data, n[:]...)
	}
	return store.Tile{Level: level, Index: index, Width: len(nodes), Data: data}
}

// root of the whole tree, from the whole subtrees that the levels hold.
func (t *Tree) root() [32]byte {
	var of func(from, n int64) [32]byte
	of = func(from, n int64) [32]byte {
		for level := len(t.nodes) - 1; level >= 0; level-- {
			if whole := int64(1) << (8 * level); n == whole && from%whole == 0 {
				return t.nodes[level][from/whole]
			}
		}
		half := split(n)
		return node(of(from, half), of(from+half, n-half))
	}
	if t.Head.Size == 0 {
		return sha256.Sum256(nil)
	}
	return of(0, t.Head.Size)
}

// root is the tree hash over nodes, RFC 6962 §2.1, word for word.
func root(nodes [][32]byte) [32]byte {
	switch len(nodes) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return nodes[0]
	}
	half := split(int64(len(nodes)))
	return node(root(nodes[:half]), root(nodes[half:]))
}

// split is the largest power of two below n.
func split(n int64) int64 { return 1 << (bits.Len64(uint64(n-1)) - 1) }

func node(left, right [32]byte) [32]byte {
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}
