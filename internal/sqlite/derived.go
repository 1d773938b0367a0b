package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/truceline/truceline/internal/store"
)

// derivedVersion is that of schema/derived.sql; derived tables of another are dropped
// when a store is opened.
const derivedVersion = 1

// followStep is how many leaves one transaction takes in: writers wait no longer than that.
const followStep = 1024

const selectApplied = `SELECT applied FROM d_applied`

// derivedVersion is 0 when the derived tables are not there.
func (w *writer) derivedVersion(ctx context.Context) (version int, err error) {
	var there bool
	err = w.conn.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'd_applied')`).Scan(&there)
	if err != nil || !there {
		return 0, err
	}
	return version, w.conn.QueryRowContext(ctx, `SELECT version FROM d_applied`).Scan(&version)
}

// drop makes the derived tables anew, empty.
func (w *writer) drop(ctx context.Context) error {
	var tables []string
	rows, err := w.conn.QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'd_*'`)
	err = each(rows, err, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		tables = append(tables, name)
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range tables {
		if err := w.exec(`DROP TABLE "` + name + `"`); err != nil {
			return err
		}
	}
	text, err := schema.ReadFile("schema/derived.sql")
	if err != nil {
		return err
	}
	if err := w.exec(string(text)); err != nil {
		return err
	}
	return w.exec(`INSERT INTO d_applied (one, version, applied) VALUES (1, ?, 0)`, derivedVersion)
}

// Drop empties the derived tables.
func (s *Store) Drop(ctx context.Context) error {
	return s.write(ctx, func(w *writer) error { return w.drop(context.WithoutCancel(ctx)) })
}

// Applied is how far the derived tables have come.
func (s *Store) Applied(ctx context.Context) (applied int64, err error) {
	err = s.reading(ctx, func() error {
		return s.read.QueryRowContext(ctx, selectApplied).Scan(&applied)
	})
	return applied, err
}

// Follow brings the derived tables on.
func (s *Store) Follow(ctx context.Context, read func(leaf []byte) (store.Detail, error), n int) (behind int64, err error) {
	if err := s.enter(ctx); err != nil {
		return 0, err
	}
	defer s.leave()
	for {
		step := min(n, followStep)
		took, behind, err := s.follow(ctx, read, step)
		if n -= step; err != nil || n <= 0 || took == 0 {
			return behind, s.trouble(err)
		}
	}
}

// bundles are read one by one by those that have entered.
type bundles struct{ *Store }

func (b bundles) Tile(ctx context.Context, level int, index int64) (store.Tile, error) {
	return b.oneTile(ctx, level, index)
}

// follow takes in at most n leaves; what another follower took in meanwhile is left to it.
func (s *Store) follow(ctx context.Context, read func(leaf []byte) (store.Detail, error), n int) (took int, behind int64, err error) {
	h, err := scanHead(s.head.QueryRowContext(ctx))
	if errors.Is(err, store.ErrNone) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, err
	}
	var from int64
	if err := s.read.QueryRowContext(ctx, selectApplied).Scan(&from); err != nil {
		return 0, 0, err
	}
	leaves, err := store.LeavesFrom(ctx, bundles{s}, from, h.Size, n)
	if err != nil || len(leaves) == 0 {
		return 0, h.Size - from, err
	}
	details := make([]store.Detail, len(leaves))
	for i, leaf := range leaves {
		if details[i], err = read(leaf); err != nil {
			return 0, 0, err
		}
	}
	err = s.transact(ctx, func(w *writer) error {
		own := context.WithoutCancel(ctx)
		var now int64
		if err := w.conn.QueryRowContext(own, selectApplied).Scan(&now); err != nil {
			return err
		}
		if now != from {
			behind = h.Size - now
			return nil
		}
		behind = h.Size - from - int64(len(details))
		return w.derive(own, from, details)
	})
	return len(leaves), max(behind, 0), err
}

func (w *writer) derive(ctx context.Context, from int64, details []store.Detail) (err error) {
	insert, err := w.conn.PrepareContext(ctx, `INSERT INTO d_entries (position, ref, id, kind, author) VALUES (?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, insert.Close()) }()
	for i := range details {
		d := &details[i]
		if _, err := insert.Exec(from+int64(i)+1, d.Ref, d.ID[:], d.Kind, d.By); err != nil {
			return err
		}
	}
	return w.exec(`UPDATE d_applied SET applied = ?`, from+int64(len(details)))
}

const selectListed = `SELECT position, ref, id, kind, author FROM d_entries `

// FindID gives what has an identity.
func (s *Store) FindID(ctx context.Context, id [32]byte) (l store.Listed, ok bool, err error) {
	list, err := s.list(ctx, selectListed+`WHERE substr(id, 1, 8) = ? AND id = ? ORDER BY position LIMIT 1`, id[:8], id[:])
	if err != nil || len(list) == 0 {
		return l, false, err
	}
	return list[0], true, nil
}

// List gives entries from a position on.
func (s *Store) List(ctx context.Context, from int64, n int, kind, by string) ([]store.Listed, error) {
	where, args := `WHERE position >= ?`, []any{from}
	if kind != "" {
		where, args = where+` AND kind = ?`, append(args, kind)
	}
	if by != "" {
		where, args = where+` AND author = ?`, append(args, by)
	}
	return s.list(ctx, selectListed+where+` ORDER BY position LIMIT ?`, append(args, max(n, 0))...)
}

func (s *Store) list(ctx context.Context, query string, args ...any) (list []store.Listed, err error) {
	err = s.reading(ctx, func() error {
		rows, err := s.read.QueryContext(ctx, query, args...)
		return each(rows, err, func(rows *sql.Rows) error {
			var l store.Listed
			var id sql.RawBytes
			if err := rows.Scan(&l.Position, &l.Ref, &id, &l.Kind, &l.By); err != nil {
				return err
			}
			list = append(list, l)
			return identity(id, &list[len(list)-1].ID)
		})
	})
	if err != nil {
		return nil, fmt.Errorf("listing entries: %w", err)
	}
	return list, nil
}
