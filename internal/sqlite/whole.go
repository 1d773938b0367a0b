package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/truceline/truceline/internal/store"
)

// Check has the engine look at its own structure, and compares the head with the count of
// rows and tiles. What the bytes of tiles say is for those to check who can hash them.
func (s *Store) Check(ctx context.Context) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	long, cancel := s.until(ctx)
	defer cancel()
	return s.ended(long, s.check(long))
}

// ended gives the error of a long call, ErrClosed when Close ended it.
func (s *Store) ended(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), store.ErrClosed) {
		return store.ErrClosed
	}
	return s.trouble(err)
}

func (s *Store) check(ctx context.Context) (err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	var faults []string
	rows, err := tx.QueryContext(ctx, `PRAGMA quick_check(20)`)
	err = each(rows, err, func(rows *sql.Rows) error {
		var fault string
		err := rows.Scan(&fault)
		if fault != "ok" {
			faults = append(faults, fault)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("%w: %s: %s", store.ErrDamaged, s.path, strings.Join(faults, "; "))
	}
	h, err := scanHead(tx.QueryRowContext(ctx, selectHead))
	if errors.Is(err, store.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(countRows(ctx, tx, h.Size), countTiles(ctx, tx, h.Size))
}

func countRows(ctx context.Context, tx *sql.Tx, size int64) error {
	var n, sum, top int64
	if err := tx.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(position), 0), coalesce(max(position), 0) FROM entries`).Scan(&n, &sum, &top); err != nil {
		return err
	}
	if n != size || top != size || sum != size*(size+1)/2 {
		return fmt.Errorf("%w: the head has %d leaves, and there are %d rows up to position %d", store.ErrDamaged, size, n, top)
	}
	return nil
}

func countTiles(ctx context.Context, tx *sql.Tx, size int64) error {
	for level := store.Entries; level < 8; level++ {
		nodes := size
		if level > 0 {
			nodes >>= 8 * level
		}
		var n, top, have int64
		if err := tx.QueryRowContext(ctx, `SELECT count(*), coalesce(max(idx) + 1, 0), coalesce(sum(width), 0) FROM tiles WHERE level = ?`, level).Scan(&n, &top, &have); err != nil {
			return err
		}
		if want := (nodes + store.Full - 1) / store.Full; n != want || top != want || have != nodes {
			return fmt.Errorf("%w: at level %d there should be %d tiles with %d nodes, and there are %d with %d", store.ErrDamaged, level, want, nodes, n, have)
		}
	}
	return nil
}

// Backup writes a copy to a new file, as of one moment and without gaps, and has it on
// the disk before it answers.
func (s *Store) Backup(ctx context.Context, to string) (err error) {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	to, err = filepath.Abs(to)
	if err != nil {
		return err
	}
	if err := touch(to); err != nil {
		return err
	}
	long, cancel := s.until(ctx)
	defer cancel()
	if err := s.copy(long, to); err != nil {
		return errors.Join(s.ended(long, err), os.Remove(to))
	}
	return errors.Join(toDisk(to), toDisk(filepath.Dir(to)))
}

func (s *Store) copy(ctx context.Context, to string) (err error) {
	db, err := sql.Open("sqlite", s.name("busy_timeout", fmt.Sprint(readerBusy), "cache_size", fmt.Sprint(readerCache)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, to)
	return err
}

// toDisk waits until what was written to a file or folder is on the disk.
func toDisk(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Sync()
}
