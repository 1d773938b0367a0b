package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"github.com/truceline/truceline/internal/store"
)

// writer is the connection that writes. Its statements are given no context that can
// end: they take milliseconds, and an interrupted connection would be lost. Contexts are
// looked at before a transaction and before it is made durable.
type writer struct {
	db   *sql.DB
	conn *sql.Conn
	row  *sql.Stmt // one row
	rows *sql.Stmt // rowStep rows
	tile *sql.Stmt
	move *sql.Stmt // of the head
}

const (
	rowStep    = 256
	insertRow  = `INSERT INTO entries (ref, position, id) VALUES (?, ?, ?)`
	insertTile = `INSERT INTO tiles (level, idx, width, data) VALUES (?, ?, ?, ?) ON CONFLICT (level, idx) DO UPDATE SET width = excluded.width, data = excluded.data`
	updateHead = `UPDATE head SET epoch = ?, size = ?, root = ?, recorded = ?, checkpoint = ? WHERE one = 1`
)

func (s *Store) connect(ctx context.Context) (*writer, error) {
	db, err := sql.Open("sqlite", s.name("busy_timeout", fmt.Sprint(writerBusy), "synchronous", "FULL", "cache_size", fmt.Sprint(writerCache),
		"wal_autocheckpoint", fmt.Sprint(checkpointPages), "journal_size_limit", fmt.Sprint(2*checkpointPages*pageSize)))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	w := &writer{db: db}
	if w.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return w, nil
}

// ready prepares the statements, once there is a schema.
func (w *writer) ready(ctx context.Context) (err error) {
	if w.row != nil {
		return nil
	}
	for stmt, text := range map[**sql.Stmt]string{
		&w.rows: insertRow + strings.Repeat(", (?, ?, ?)", rowStep-1),
		&w.tile: insertTile,
		&w.move: updateHead,
	} {
		if *stmt, err = w.conn.PrepareContext(ctx, text); err != nil {
			return err
		}
	}
	w.row, err = w.conn.PrepareContext(ctx, insertRow)
	return err
}

// close ends the connection. Statements of a sql.Conn are closed by nobody else, and one
// that is left over would keep the file open and its log unmerged.
func (w *writer) close() error {
	var errs []error
	for _, stmt := range []*sql.Stmt{w.row, w.rows, w.tile, w.move} {
		if stmt != nil {
			errs = append(errs, stmt.Close())
		}
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}

func (w *writer) exec(text string, args ...any) error {
	_, err := w.conn.ExecContext(context.Background(), text, args...)
	return err
}

// transact runs do in a transaction that has the lock of the file from its beginning.
// The error of a commit that may have taken hold is ErrUnknown.
func (w *writer) transact(ctx context.Context, do func(w *writer) error) error {
	if err := patiently(ctx, func() error { return w.exec("BEGIN IMMEDIATE") }); err != nil {
		return err
	}
	err := do(w)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		if undo := w.exec("ROLLBACK"); undo != nil && code(err) == 0 {
			return errors.Join(err, undo) // else the engine has rolled back by itself
		}
		return err
	}
	if err := w.exec("COMMIT"); err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnknown, err)
	}
	return nil
}

// write waits for its turn and runs do in a transaction.
func (s *Store) write(ctx context.Context, do func(w *writer) error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	return s.trouble(s.transact(ctx, do))
}

// transact is write for those that have entered.
func (s *Store) transact(ctx context.Context, do func(w *writer) error) error {
	select {
	case <-s.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { s.turn <- struct{}{} }()
	own := context.WithoutCancel(ctx)
	if s.w == nil {
		err := patiently(ctx, func() (err error) {
			s.w, err = s.connect(own)
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := s.w.ready(own); err != nil {
		return err
	}
	err := s.w.transact(ctx, do)
	if errors.Is(err, store.ErrUnknown) {
		// What the connection believes may be wrong too: the next one reads the file.
		err = errors.Join(err, s.w.close())
		s.w = nil
	}
	return err
}

// seconds is how a time is kept; none while there is no leaf.
func seconds(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.Unix(), Valid: !t.IsZero()}
}

// some is bytes that are never NULL.
func some(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// Create begins a record.
func (s *Store) Create(ctx context.Context, m store.Meta, h store.Head) error {
	err := s.write(ctx, func(w *writer) error {
		var there bool
		if err := w.conn.QueryRowContext(context.Background(), `SELECT EXISTS (SELECT 1 FROM meta)`).Scan(&there); err != nil {
			return err
		}
		if there {
			return store.ErrExists
		}
		if err := w.exec(`INSERT INTO meta (one, origin, key) VALUES (1, ?, ?)`, m.Origin, m.Key); err != nil {
			return err
		}
		return w.exec(`INSERT INTO head (one, epoch, size, root, recorded, checkpoint) VALUES (1, ?, ?, ?, ?, ?)`,
			h.Epoch, h.Size, h.Root[:], seconds(h.Recorded), some(h.Checkpoint))
	})
	return s.tell(err)
}

// Lead raises the epoch.
func (s *Store) Lead(ctx context.Context) (h store.Head, err error) {
	err = s.write(ctx, func(w *writer) error {
		if err := w.exec(`UPDATE head SET epoch = epoch + 1`); err != nil {
			return err
		}
		h, err = scanHead(w.conn.QueryRowContext(context.Background(), selectHead))
		return err
	})
	if err != nil {
		return store.Head{}, err
	}
	return h, s.tell(nil)
}

// Commit adds a batch.
func (s *Store) Commit(ctx context.Context, old store.Head, b store.Batch) error {
	err := s.write(ctx, func(w *writer) error {
		now, err := scanHead(w.conn.QueryRowContext(context.Background(), selectHead))
		if err != nil {
			return err
		}
		if !now.Same(old) {
			return store.ErrLost
		}
		if err := b.Fits(old); err != nil {
			return err
		}
		if err := w.insert(b.Rows, old.Size); err != nil {
			return err
		}
		for _, t := range b.Tiles {
			if _, err := w.tile.Exec(t.Level, t.Index, t.Width, some(t.Data)); err != nil {
				return err
			}
		}
		h := b.Head
		_, err = w.move.Exec(h.Epoch, h.Size, h.Root[:], seconds(h.Recorded), some(h.Checkpoint))
		return err
	})
	return s.tell(err)
}

// insert adds rows in the order of their references: so each page of their tree is
// visited once in a batch, however the references come.
func (w *writer) insert(rows []store.Row, after int64) error {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(rows[a].Ref, rows[b].Ref) })
	args := make([]any, 0, 3*min(rowStep, len(rows)))
	for len(order) > 0 {
		stmt, n := w.row, 1
		if len(order) >= rowStep {
			stmt, n = w.rows, rowStep
		}
		args = args[:0]
		for _, i := range order[:n] {
			args = append(args, rows[i].Ref, after+int64(i)+1, rows[i].ID[:])
		}
		if _, err := stmt.Exec(args...); code(err) == sqlite3.SQLITE_CONSTRAINT {
			return fmt.Errorf("%w: %w", store.ErrTaken, err)
		} else if err != nil {
			return err
		}
		order = order[n:]
	}
	return nil
}

// Cosign keeps a checkpoint with cosignatures.
func (s *Store) Cosign(ctx context.Context, c store.Cosigned) error {
	return s.write(ctx, func(w *writer) error {
		return w.exec(`INSERT OR REPLACE INTO cosigned (size, note) VALUES (?, ?)`, c.Size, some(c.Note))
	})
}
