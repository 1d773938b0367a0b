package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/truceline/truceline/internal/store"
)

// Check compares, at one moment, the head with the leaves, the tiles of every level with the
// size, and the derived tables with how far they have come. Whether the bytes are those of the tree
// is a verifier's question.
func (s *Store) Check(ctx context.Context) error {
	if err := serves(ctx, s.pool); err != nil {
		return s.told(err)
	}
	return s.told(s.look(ctx, func(tx pgx.Tx) error {
		if err := unhurried(ctx, tx); err != nil {
			return err
		}
		return whole(ctx, tx)
	}))
}

// whole says ErrDamaged where counts do not fit.
func whole(ctx context.Context, q querier) error {
	h, err := scanHead(q.QueryRow(ctx, `SELECT `+headColumns+` FROM head`))
	if err != nil {
		return err
	}
	damage := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s", store.ErrDamaged, fmt.Sprintf(format, args...))
	}
	var n, last, applied, derived int64
	if err := q.QueryRow(ctx, `SELECT count(*), coalesce(max(position), 0) FROM leaf`).Scan(&n, &last); err != nil {
		return err
	}
	if n != h.Size || last != h.Size {
		return damage("the head has size %d, and %d leaves stand there, the last at %d", h.Size, n, last)
	}
	if err := q.QueryRow(ctx, `SELECT position, (SELECT count(*) FROM listed) FROM applied`).Scan(&applied, &derived); err != nil {
		return err
	}
	if applied > h.Size || derived != applied {
		return damage("the derived tables are said to have come to %d of %d, and hold %d entries", applied, h.Size, derived)
	}
	return wholeTiles(ctx, q, h.Size, damage)
}

// wholeTiles checks that each level has the tiles that its nodes fill, the last one alone not full.
func wholeTiles(ctx context.Context, q querier, size int64, damage func(string, ...any) error) error {
	rows, err := q.Query(ctx, `SELECT level, count(*), coalesce(min(index), 0), max(index), sum(width)::bigint, bool_and(level < 0 OR octet_length(data) = 32 * width)
		FROM tile GROUP BY level`)
	if err != nil {
		return err
	}
	type sums struct {
		count, first, last, nodes int64
		fits                      bool
	}
	have := map[int]sums{}
	var level int
	var row sums
	if _, err := pgx.ForEachRow(rows, []any{&level, &row.count, &row.first, &row.last, &row.nodes, &row.fits}, func() error {
		have[level] = row
		return nil
	}); err != nil {
		return err
	}
	expect := func(level int, nodes int64) error {
		got := have[level]
		delete(have, level)
		if nodes == 0 && got.count == 0 {
			return nil
		}
		full := (nodes + store.Full - 1) / store.Full
		if got.count != full || got.first != 0 || got.last != full-1 || got.nodes != nodes || !got.fits {
			return damage("the tiles of level %d hold %d nodes in %d tiles, and %d in %d are needed", level, got.nodes, got.count, nodes, full)
		}
		return nil
	}
	if err := expect(store.Entries, size); err != nil {
		return err
	}
	for level, nodes := 0, size; nodes > 0; level, nodes = level+1, nodes/store.Full {
		if err := expect(level, nodes); err != nil {
			return err
		}
	}
	for level := range have {
		return damage("there are tiles of level %d, which a tree of %d leaves does not have", level, size)
	}
	return nil
}
