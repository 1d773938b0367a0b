package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/truceline/truceline/internal/store"
)

// Follow brings the derived tables on. The leaves are read and taken apart without any lock; of two
// followers of the same leaves one finds at the end that the other was first, and changes nothing.
func (s *Store) Follow(ctx context.Context, read func(leaf []byte) (store.Detail, error), n int) (int64, error) {
	var applied, size int64
	err := s.pool.QueryRow(ctx, `SELECT applied.position, head.size FROM applied, head`).Scan(&applied, &size)
	if err = s.told(err); err != nil {
		if errors.Is(err, store.ErrNone) {
			err = nil
		}
		return 0, err
	}
	leaves, err := store.LeavesFrom(ctx, s, applied, size, n)
	if err != nil {
		return 0, err
	}
	details := make([]store.Detail, len(leaves))
	for i, leaf := range leaves {
		if details[i], err = read(leaf); err != nil {
			return 0, fmt.Errorf("the leaf at position %d: %w", applied+int64(i)+1, err)
		}
	}
	next := applied + int64(len(details))
	first := false
	err = s.transact(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `UPDATE applied SET position = $2 WHERE position = $1`, applied, next)
		if first = tag.RowsAffected() == 1; err != nil || !first {
			return err
		}
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"listed"}, []string{"position", "ref", "id", "kind", "author"},
			pgx.CopyFromSlice(len(details), func(i int) ([]any, error) {
				d := details[i]
				return []any{applied + int64(i) + 1, d.Ref, d.ID[:], d.Kind, d.By}, nil
			}))
		return err
	})
	if err == nil && !first {
		next, err = s.Applied(ctx)
	}
	if err != nil {
		return 0, s.told(err)
	}
	return max(size-next, 0), nil
}

// Drop empties the derived tables.
func (s *Store) Drop(ctx context.Context) error {
	return s.toldOf(s.transact(ctx, func(tx pgx.Tx) error {
		if err := unhurried(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE applied SET position = 0`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `TRUNCATE listed`)
		return err
	}))
}
