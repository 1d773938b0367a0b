package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/truceline/truceline/internal/store"
)

const (
	findStep   = 256
	selectHead = `SELECT epoch, size, root, recorded, checkpoint FROM head`
	selectTile = `SELECT width, data FROM tiles WHERE level = ? AND idx = ?`
	selectOne  = `SELECT ref, position, id FROM entries WHERE ref IN (?)`
)

var selectMany = strings.Replace(selectOne, "?", "?"+strings.Repeat(", ?", findStep-1), 1)

// reading runs a call that only reads.
func (s *Store) reading(ctx context.Context, do func() error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	return s.trouble(do())
}

// Meta names the record.
func (s *Store) Meta(ctx context.Context) (m store.Meta, err error) {
	err = s.reading(ctx, func() error {
		return none(s.read.QueryRowContext(ctx, `SELECT origin, key FROM meta`).Scan(&m.Origin, &m.Key), store.ErrNone)
	})
	return m, err
}

// none says in the contract's words that a query has no row.
func none(err, answer error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return answer
	}
	return err
}

// Head gives the head as it is committed.
func (s *Store) Head(ctx context.Context) (h store.Head, err error) {
	err = s.reading(ctx, func() error {
		h, err = scanHead(s.head.QueryRowContext(ctx))
		return err
	})
	return h, err
}

func scanHead(row *sql.Row) (store.Head, error) {
	var h store.Head
	var root []byte
	var recorded sql.NullInt64
	if err := row.Scan(&h.Epoch, &h.Size, &root, &recorded, &h.Checkpoint); err != nil {
		return store.Head{}, none(err, store.ErrNone)
	}
	if copy(h.Root[:], root) != len(h.Root) || len(root) != len(h.Root) {
		return store.Head{}, fmt.Errorf("%w: the root of the head has %d bytes", store.ErrDamaged, len(root))
	}
	if recorded.Valid {
		h.Recorded = time.Unix(recorded.Int64, 0).UTC()
	}
	return h, nil
}

// Find gives what stands under references.
func (s *Store) Find(ctx context.Context, refs []string) (map[string]store.Found, error) {
	found := make(map[string]store.Found)
	err := s.reading(ctx, func() error {
		if len(refs) == 1 {
			return find(ctx, s.one, []any{refs[0]}, found)
		}
		args := make([]any, findStep)
		for len(refs) > 0 {
			n := min(findStep, len(refs))
			clear(args) // NULL is no reference
			for i, ref := range refs[:n] {
				args[i] = ref
			}
			refs = refs[n:]
			if err := find(ctx, s.many, args, found); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

func find(ctx context.Context, stmt *sql.Stmt, args []any, found map[string]store.Found) error {
	rows, err := stmt.QueryContext(ctx, args...)
	return each(rows, err, func(rows *sql.Rows) error {
		var f store.Found
		var id sql.RawBytes
		if err := rows.Scan(&f.Ref, &f.Position, &id); err != nil {
			return err
		}
		if err := identity(id, &f.ID); err != nil {
			return err
		}
		found[f.Ref] = f
		return nil
	})
}

// each runs a function for every row of a query.
func each(rows *sql.Rows, err error, do func(rows *sql.Rows) error) error {
	if err != nil {
		return err
	}
	for err == nil && rows.Next() {
		err = do(rows)
	}
	return errors.Join(err, rows.Err(), rows.Close())
}

func identity(from []byte, id *[32]byte) error {
	if len(from) != len(id) {
		return fmt.Errorf("%w: an identity has %d bytes", store.ErrDamaged, len(from))
	}
	copy(id[:], from)
	return nil
}

// Tile gives a tile at its present width.
func (s *Store) Tile(ctx context.Context, level int, index int64) (t store.Tile, err error) {
	err = s.reading(ctx, func() error {
		t, err = s.oneTile(ctx, level, index)
		return err
	})
	return t, err
}

func (s *Store) oneTile(ctx context.Context, level int, index int64) (store.Tile, error) {
	t := store.Tile{Level: level, Index: index}
	if err := s.tile.QueryRowContext(ctx, level, index).Scan(&t.Width, &t.Data); err != nil {
		return store.Tile{}, none(err, store.ErrNoTile)
	}
	return t, nil
}

// Tiles gives tiles of a level.
func (s *Store) Tiles(ctx context.Context, level int, from int64, n int) (tiles []store.Tile, err error) {
	err = s.reading(ctx, func() error {
		rows, err := s.read.QueryContext(ctx, `SELECT idx, width, data FROM tiles WHERE level = ? AND idx >= ? ORDER BY idx LIMIT ?`, level, from, max(n, 0))
		return each(rows, err, func(rows *sql.Rows) error {
			t := store.Tile{Level: level}
			err := rows.Scan(&t.Index, &t.Width, &t.Data)
			tiles = append(tiles, t)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return tiles, nil
}

// Cosigned gives what was kept of a size.
func (s *Store) Cosigned(ctx context.Context, size int64) (c store.Cosigned, err error) {
	err = s.reading(ctx, func() error {
		return none(s.read.QueryRowContext(ctx,
			`SELECT size, note FROM cosigned WHERE size = iif(?1 < 0, (SELECT max(size) FROM cosigned), ?1)`, size,
		).Scan(&c.Size, &c.Note), store.ErrNone)
	})
	return c, err
}

// CosignedSizes lists the sizes that were kept.
func (s *Store) CosignedSizes(ctx context.Context, from int64, n int) (sizes []int64, err error) {
	err = s.reading(ctx, func() error {
		rows, err := s.read.QueryContext(ctx, `SELECT size FROM cosigned WHERE size >= ? ORDER BY size LIMIT ?`, from, max(n, 0))
		return each(rows, err, func(rows *sql.Rows) error {
			var size int64
			err := rows.Scan(&size)
			sizes = append(sizes, size)
			return err
		})
	})
	return sizes, err
}
