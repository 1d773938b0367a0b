package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
)

// Leaves takes a bundle of leaves apart: each has its length before it in two bytes,
// big-endian (spec/record.md §6). The leaves share memory with the bundle. ErrDamaged
// when the bundle does not hold just as many as the tile is wide.
func Leaves(bundle Tile) ([][]byte, error) {
	leaves := make([][]byte, 0, bundle.Width)
	rest := bundle.Data
	for len(rest) > 0 {
		if len(rest) < 2 || len(rest)-2 < int(binary.BigEndian.Uint16(rest)) {
			return nil, fmt.Errorf("%w: bundle %d breaks off in leaf %d", ErrDamaged, bundle.Index, len(leaves))
		}
		end := 2 + int(binary.BigEndian.Uint16(rest))
		leaves = append(leaves, rest[2:end:end])
		rest = rest[end:]
	}
	if len(leaves) != bundle.Width {
		return nil, fmt.Errorf("%w: bundle %d holds %d leaves where there should be %d", ErrDamaged, bundle.Index, len(leaves), bundle.Width)
	}
	return leaves, nil
}

// LeavesFrom reads at most n leaves that stand after a position, of those that a head of
// that size covers: what a follower takes in next. It fails with ErrDamaged when a
// bundle is missing or too short.
func LeavesFrom(ctx context.Context, s interface {
	Tile(ctx context.Context, level int, index int64) (Tile, error)
}, after, size int64, n int,
) ([][]byte, error) {
	if size-after < int64(n) {
		n = int(max(size-after, 0))
	}
	out := make([][]byte, 0, n)
	for len(out) < n {
		next := after + int64(len(out))
		bundle, err := s.Tile(ctx, Entries, next/Full)
		if errors.Is(err, ErrNoTile) {
			return nil, fmt.Errorf("%w: bundle %d is missing", ErrDamaged, next/Full)
		}
		if err != nil {
			return nil, err
		}
		leaves, err := Leaves(bundle)
		if err != nil {
			return nil, err
		}
		have := next % Full
		if have >= int64(len(leaves)) {
			return nil, fmt.Errorf("%w: bundle %d ends before position %d", ErrDamaged, next/Full, next+1)
		}
		leaves = leaves[have:]
		out = append(out, leaves[:min(len(leaves), n-len(out))]...)
	}
	return out, nil
}
