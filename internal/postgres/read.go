package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/truceline/truceline/internal/store"
)

// Meta names the record.
func (s *Store) Meta(ctx context.Context) (store.Meta, error) {
	var m store.Meta
	err := s.pool.QueryRow(ctx, `SELECT origin, key FROM meta`).Scan(&m.Origin, &m.Key)
	return m, s.told(err)
}

const headColumns = `epoch, size, root, recorded, checkpoint`

// Head gives the head. After a commit of unknown outcome it locks the row once, and so waits
// until that commit has come to its end on the server.
func (s *Store) Head(ctx context.Context) (store.Head, error) {
	if !s.unsettled.Load() {
		h, err := scanHead(s.pool.QueryRow(ctx, `SELECT `+headColumns+` FROM head`))
		return h, s.told(err)
	}
	var h store.Head
	tx, err := s.pool.Begin(ctx)
	if err == nil {
		h, err = scanHead(tx.QueryRow(ctx, `SELECT `+headColumns+` FROM head FOR UPDATE`))
		abandon(tx) // not committed: a commit might have to wait for a standby
	}
	if err == nil {
		s.unsettled.Store(false)
	}
	return h, s.told(err)
}

func scanHead(row pgx.Row) (store.Head, error) {
	var h store.Head
	var root []byte
	var recorded *time.Time
	if err := row.Scan(&h.Epoch, &h.Size, &root, &recorded, &h.Checkpoint); err != nil {
		return store.Head{}, err
	}
	if len(root) != len(h.Root) {
		return store.Head{}, fmt.Errorf("%w: a root of %d bytes", store.ErrDamaged, len(root))
	}
	copy(h.Root[:], root)
	if recorded != nil {
		h.Recorded = recorded.UTC()
	}
	if len(h.Checkpoint) == 0 {
		h.Checkpoint = nil
	}
	return h, nil
}

// identity takes 32 bytes from a row.
func identity(b []byte) (id [32]byte, err error) {
	if len(b) != len(id) {
		return id, fmt.Errorf("%w: an identity of %d bytes", store.ErrDamaged, len(b))
	}
	return [32]byte(b), nil
}

// all reads the rows that a statement gives.
func all[T any](ctx context.Context, q querier, scan pgx.RowToFunc[T], sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scan)
}

// Find gives what stands under references.
func (s *Store) Find(ctx context.Context, refs []string) (map[string]store.Found, error) {
	found, err := all(ctx, s.pool, func(row pgx.CollectableRow) (f store.Found, err error) {
		var id []byte
		if err := row.Scan(&f.Position, &f.Ref, &id); err != nil {
			return f, err
		}
		f.ID, err = identity(id)
		return f, err
	}, `SELECT position, ref, id FROM leaf WHERE ref = ANY ($1)`, append([]string{}, refs...))
	if err = s.toldOf(err); err != nil {
		return nil, err
	}
	out := make(map[string]store.Found, len(found))
	for _, f := range found {
		out[f.Ref] = f
	}
	return out, nil
}

const tileColumns = `level, index, width, data`

func scanTile(row pgx.CollectableRow) (t store.Tile, err error) {
	err = row.Scan(&t.Level, &t.Index, &t.Width, &t.Data)
	return t, err
}

// Tile gives a tile at its present width.
func (s *Store) Tile(ctx context.Context, level int, index int64) (store.Tile, error) {
	found, err := all(ctx, s.pool, scanTile, `SELECT `+tileColumns+` FROM tile WHERE level = $1 AND index = $2`, level, index)
	if err = s.toldOf(err); err != nil {
		return store.Tile{}, err
	}
	if len(found) == 0 {
		return store.Tile{}, store.ErrNoTile
	}
	return found[0], nil
}

// Tiles gives the tiles of a level from an index on, at most n.
func (s *Store) Tiles(ctx context.Context, level int, from int64, n int) ([]store.Tile, error) {
	found, err := all(ctx, s.pool, scanTile,
		`SELECT `+tileColumns+` FROM tile WHERE level = $1 AND index >= $2 ORDER BY index LIMIT $3`, level, from, max(n, 0))
	return found, s.toldOf(err)
}

// Cosign keeps a checkpoint with cosignatures.
func (s *Store) Cosign(ctx context.Context, c store.Cosigned) error {
	_, err := s.pool.Exec(ctx, `INSERT INTO cosigned (size, note) VALUES ($1, $2)
		ON CONFLICT (size) DO UPDATE SET note = excluded.note`, c.Size, bytesOf(c.Note))
	return s.told(err)
}

// Cosigned gives what was kept of a size, or of the largest.
func (s *Store) Cosigned(ctx context.Context, size int64) (store.Cosigned, error) {
	sql, args := `SELECT size, note FROM cosigned WHERE size = $1`, []any{size}
	if size < 0 {
		sql, args = `SELECT size, note FROM cosigned ORDER BY size DESC LIMIT 1`, nil
	}
	var c store.Cosigned
	err := s.pool.QueryRow(ctx, sql, args...).Scan(&c.Size, &c.Note)
	return c, s.told(err)
}

// CosignedSizes lists the sizes that were kept.
func (s *Store) CosignedSizes(ctx context.Context, from int64, n int) ([]int64, error) {
	sizes, err := all(ctx, s.pool, pgx.RowTo[int64], `SELECT size FROM cosigned WHERE size >= $1 ORDER BY size LIMIT $2`, from, max(n, 0))
	return sizes, s.toldOf(err)
}

// Applied is the position up to which the derived tables have been brought.
func (s *Store) Applied(ctx context.Context) (int64, error) {
	var n int64
	err := s.pool.QueryRow(ctx, `SELECT position FROM applied`).Scan(&n)
	return n, s.toldOf(err)
}

const listedColumns = `position, ref, id, kind, author`

func scanListed(row pgx.CollectableRow) (l store.Listed, err error) {
	var id []byte
	if err := row.Scan(&l.Position, &l.Ref, &id, &l.Kind, &l.By); err != nil {
		return l, err
	}
	l.ID, err = identity(id)
	return l, err
}

// FindID gives the first that has an identity.
func (s *Store) FindID(ctx context.Context, id [32]byte) (store.Listed, bool, error) {
	found, err := all(ctx, s.pool, scanListed, `SELECT `+listedColumns+` FROM listed WHERE id = $1 ORDER BY position LIMIT 1`, id[:])
	if err = s.toldOf(err); err != nil || len(found) == 0 {
		return store.Listed{}, false, err
	}
	return found[0], true, nil
}

// List gives entries from a position on. Each combination of conditions is a statement of its
// own, so that the server plans each by its own index.
func (s *Store) List(ctx context.Context, from int64, n int, kind, by string) ([]store.Listed, error) {
	sql, args := `SELECT `+listedColumns+` FROM listed WHERE position >= $1`, []any{from, max(n, 0)}
	if kind != "" {
		args = append(args, kind)
		sql += fmt.Sprintf(` AND kind = $%d`, len(args))
	}
	if by != "" {
		args = append(args, by)
		sql += fmt.Sprintf(` AND author = $%d`, len(args))
	}
	found, err := all(ctx, s.pool, scanListed, sql+` ORDER BY position LIMIT $2`, args...)
	return found, s.toldOf(err)
}
