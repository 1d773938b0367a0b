package recorder

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Reader reads a store as of one head and gives out nothing that does not hash to its
// root. It may be used by many goroutines.
type Reader struct {
	s    store.Store
	head store.Head

	mu   sync.Mutex // guards what follows
	tree *proof.Reader
	last *parsed
}

// NewReader makes a reader of a head whose checkpoint was checked (Fits).
func NewReader(s store.Store, head store.Head) *Reader {
	r := &Reader{s: s, head: head}
	r.tree = proof.NewReader(head.Size, head.Root, func(level int, index int64, width int) ([]byte, error) {
		return r.stored(context.Background(), level, index, width)
	})
	return r
}

// Head gives the head that is read.
func (r *Reader) Head() store.Head { return r.head }

// stored gives the first width nodes of a tile as it is kept.
func (r *Reader) stored(ctx context.Context, level int, index int64, width int) ([]byte, error) {
	t, err := r.s.Tile(ctx, level, index)
	if err != nil {
		return nil, err
	}
	if len(t.Data) < 32*width {
		return nil, fmt.Errorf("%s holds %d bytes", proof.TilePath(level, index, width), len(t.Data))
	}
	return t.Data[:32*width], nil
}

// bundle gives the first width leaves of a bundle, each held to the tree.
func (r *Reader) bundle(ctx context.Context, index int64, width int) ([]byte, error) {
	t, err := r.s.Tile(ctx, store.Entries, index)
	if err != nil {
		return nil, err
	}
	data := t.Data
	if t.Width != width {
		if data, err = proof.CutBundle(data, width); err != nil {
			return nil, fmt.Errorf("%s: %w", proof.EntriesPath(index, width), err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, err := r.tree.Bundle(index, width, data); err != nil {
		return nil, err
	}
	return data, nil
}

// Tile gives a tile as C2SP tlog-tiles names it, at the width asked for; level
// store.Entries for bundles. What lies beyond the head is store.ErrNoTile; what does
// not hash to the root is an error that names it, and is not given out.
func (r *Reader) Tile(ctx context.Context, level int, index int64, width int) ([]byte, error) {
	if level > 63/8 || index < 0 || width < 1 || width > proof.TileWidth {
		return nil, store.ErrNoTile
	}
	nodes := r.head.Size
	if level > 0 {
		nodes >>= 8 * level
	}
	if have := min(nodes-index*proof.TileWidth, proof.TileWidth); int64(width) > have {
		return nil, store.ErrNoTile
	}
	if level == store.Entries {
		return r.bundle(ctx, index, width)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tree.Tile(level, index, width)
}

// Leaf gives the envelope at a position.
func (r *Reader) Leaf(ctx context.Context, position int64) (record.Leaf, error) {
	raw, err := r.Raw(ctx, position)
	if err != nil {
		return record.Leaf{}, err
	}
	return record.ReadLeaf(fmt.Sprintf("position %d", position), int(position), raw)
}

// Raw gives the bytes of the envelope at a position. They are not to be changed.
func (r *Reader) Raw(ctx context.Context, position int64) ([]byte, error) {
	if position < 1 || position > r.head.Size {
		return nil, store.ErrNoTile
	}
	leaves, err := r.leaves(ctx, (position-1)/proof.TileWidth)
	if err != nil {
		return nil, err
	}
	return leaves[(position-1)%proof.TileWidth], nil
}

// leaves gives the leaves of a bundle, each held to the tree. The last bundle is kept:
// whoever asks for one entry often asks for its neighbours.
func (r *Reader) leaves(ctx context.Context, index int64) ([][]byte, error) {
	r.mu.Lock()
	last := r.last
	r.mu.Unlock()
	if last != nil && last.index == index {
		return last.leaves, nil
	}
	width := int(min(r.head.Size-index*proof.TileWidth, proof.TileWidth))
	data, err := r.bundle(ctx, index, width)
	if err != nil {
		return nil, err
	}
	leaves, err := proof.ParseBundle(data, width)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	r.last = &parsed{index, leaves}
	r.mu.Unlock()
	return leaves, nil
}

// parsed is a verified bundle, taken apart.
type parsed struct {
	index  int64
	leaves [][]byte
}

// Each calls visit with every leaf from one position to another, in order, held to the
// tree. The leaf may not be kept.
func (r *Reader) Each(ctx context.Context, from, until int64, visit func(position int64, leaf []byte) error) error {
	until = min(until, r.head.Size)
	for from = max(from, 1); from <= until; {
		index := (from - 1) / proof.TileWidth
		leaves, err := r.leaves(ctx, index)
		if err != nil {
			return err
		}
		for from <= until && (from-1)/proof.TileWidth == index {
			if err := visit(from, leaves[(from-1)%proof.TileWidth]); err != nil {
				return err
			}
			from++
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// Inclusion gives the proof that the leaf at a position is in the tree.
func (r *Reader) Inclusion(position int64) ([]proof.Hash, error) {
	if position < 1 || position > r.head.Size {
		return nil, store.ErrNoTile
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tree.Inclusion(position - 1)
}

// Consistency gives the proof that the tree continues that of an older size.
func (r *Reader) Consistency(older int64) ([]proof.Hash, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tree.Consistency(older)
}

// Root gives the root of the tree over the first entries.
func (r *Reader) Root(size int64) (proof.Hash, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tree.Root(size)
}

// Continues tells whether the tree continues an older one: nil, or why not.
func (r *Reader) Continues(size int64, root proof.Hash) error {
	if size > r.head.Size {
		return fmt.Errorf("it has %d entries and the record %d", size, r.head.Size)
	}
	if size == 0 {
		if root != proof.EmptyRoot {
			return errors.New("its root is not that of an empty tree")
		}
		return nil
	}
	p, err := r.Consistency(size)
	if err != nil {
		return err
	}
	return proof.CheckConsistency(p, r.head.Size, r.head.Root, size, root)
}
