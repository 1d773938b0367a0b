package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/truceline/truceline/internal/store"
)

// Whole reads a store from its head down and tells what does not fit: every leaf, every
// tile against the leaves, the root and the checkpoint against the head. It gives the
// leaves. While others write, it reads what the head covers that it saw first.
func Whole(ctx context.Context, s store.Store) (leaves [][]byte, err error) {
	h, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	leaves, err = store.LeavesFrom(ctx, s, 0, h.Size, int(h.Size))
	if err != nil {
		return nil, err
	}
	nodes := make([][32]byte, len(leaves))
	for i, leaf := range leaves {
		nodes[i] = sha256.Sum256(append([]byte{0}, leaf...))
	}
	if got := root(nodes); got != h.Root {
		return nil, fmt.Errorf("the %d leaves have the root %x, and the head says %x", len(leaves), got, h.Root)
	}
	if !bytes.Equal(h.Checkpoint, checkpoint(h)) {
		return nil, fmt.Errorf("the checkpoint of size %d is %q", h.Size, h.Checkpoint)
	}
	for level := 0; len(nodes) > 0; level++ {
		if err := sameTiles(ctx, s, level, nodes); err != nil {
			return nil, err
		}
		above := make([][32]byte, len(nodes)/store.Full)
		for i := range above {
			above[i] = root(nodes[i*store.Full : (i+1)*store.Full])
		}
		nodes = above
	}
	return leaves, nil
}

func sameTiles(ctx context.Context, s store.Store, level int, nodes [][32]byte) error {
	for i := int64(0); i*store.Full < int64(len(nodes)); i++ {
		want := tile(nodes, level, i)
		got, err := s.Tile(ctx, level, i)
		if err != nil {
			return fmt.Errorf("tile %d of level %d: %w", i, level, err)
		}
		if got.Level != level || got.Index != i || got.Width < want.Width || !bytes.HasPrefix(got.Data, want.Data) {
			return fmt.Errorf("tile %d of level %d: %d nodes are not those of the %d leaves below", i, level, got.Width, len(nodes))
		}
	}
	return nil
}

// Exact is Whole for a store that nobody writes to: there is no tile too many or too
// wide either, and every leaf is found under its reference.
func Exact(ctx context.Context, s store.Store) ([][]byte, error) {
	leaves, err := Whole(ctx, s)
	if err != nil {
		return nil, err
	}
	for level, nodes := store.Entries, len(leaves); level < 8; level++ {
		if level > 0 {
			nodes /= store.Full
		}
		tiles, err := s.Tiles(ctx, level, 0, len(leaves)+1)
		if err != nil {
			return nil, err
		}
		have := 0
		for i, t := range tiles {
			if t.Index != int64(i) || t.Level != level || level != store.Entries && len(t.Data) != 32*t.Width {
				return nil, fmt.Errorf("tile %d of level %d stands in place %d with %d bytes", t.Index, t.Level, i, len(t.Data))
			}
			have += t.Width
		}
		if have != nodes {
			return nil, fmt.Errorf("the tiles of level %d hold %d nodes, and %d leaves make %d", level, have, len(leaves), nodes)
		}
	}
	return leaves, rowsOf(ctx, s, leaves)
}

func rowsOf(ctx context.Context, s store.Store, leaves [][]byte) error {
	var errs []error
	refs := make([]string, len(leaves))
	for i, leaf := range leaves {
		d, err := Read(leaf)
		if err != nil {
			return err
		}
		refs[i] = d.Ref
	}
	found, err := s.Find(ctx, refs)
	if err != nil {
		return err
	}
	for i, leaf := range leaves {
		want := store.Found{Position: int64(i + 1), Row: store.Row{Ref: refs[i], ID: sha256.Sum256(leaf)}}
		if found[refs[i]] != want {
			errs = append(errs, fmt.Errorf("under %s stands %v, not %v", refs[i], found[refs[i]], want))
		}
	}
	if len(found) != len(leaves) {
		errs = append(errs, fmt.Errorf("%d references are found for %d leaves", len(found), len(leaves)))
	}
	return errors.Join(errs...)
}
