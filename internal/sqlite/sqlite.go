// Package sqlite keeps a record in one SQLite file: the store for one machine. One
// connection writes, a few read beside it (write-ahead log); every commit is on the disk
// before it is answered. Beside FILE stand SQLite's own FILE-wal and FILE-shm and the
// hint of who leads, FILE.lock.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/truceline/truceline/internal/store"
)

// Answers of Open.
var (
	// ErrForeign: the file holds something else.
	ErrForeign = errors.New("this file is no Truceline store")
	// ErrNewer: the file was written by a newer version of this program.
	ErrNewer = errors.New("this store was written by a newer version of Truceline")
)

const (
	applicationID = 0x54524c31 // "TRL1", in the header of the file
	readers       = 4          // connections that read
)

// What each connection is told. Caches are in KiB (negative) and bound what an idle server
// keeps: together 16 MB. The rest was measured with a million entries: larger pages write
// more where references come at random; the log is merged when it has 32 MB, so that a
// page that many commits change is moved once.
const (
	pageSize        = 4096
	writerCache     = -8192
	readerCache     = -2048
	writerBusy      = 100 // milliseconds; it tries again, see patiently
	readerBusy      = 10_000
	checkpointPages = 8192
)

// Store is a record in a file.
type Store struct {
	path string

	gate    sync.RWMutex // held for reading by every call, for writing by Close
	closed  bool         // under gate
	closing chan struct{}
	once    sync.Once

	turn chan struct{} // holds one token: whoever has it writes
	w    *writer       // of the holder of turn; nil until first used and after a failed commit

	read *sql.DB
	head *sql.Stmt
	tile *sql.Stmt
	one  *sql.Stmt // reference
	many *sql.Stmt // findStep references

	watch watchers
}

var _ store.Store = (*Store)(nil)

// Open opens the store in a file; create makes the file, readable by its owner alone,
// when there is none. It brings an older schema up to date; ErrForeign, ErrNewer.
func Open(path string, create bool) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if strings.ContainsRune(path, 0) {
		return nil, fmt.Errorf("%q is no name of a file", path)
	}
	if create {
		if err := touch(path); err != nil && !errors.Is(err, os.ErrExist) {
			return nil, err
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || 0 < info.Size() && info.Size() < 512 { // the engine takes a rest of a page for nothing
		return nil, fmt.Errorf("%w: %s", ErrForeign, path)
	}
	s := &Store{path: path, closing: make(chan struct{}), turn: make(chan struct{}, 1)}
	s.turn <- struct{}{}
	if err := s.open(create); err != nil {
		return nil, errors.Join(s.trouble(err), s.Close())
	}
	return s, nil
}

// touch makes a new file that its owner alone may read.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func (s *Store) open(create bool) (err error) {
	ctx := context.Background()
	if err := s.prepare(ctx, create); err != nil {
		return err
	}
	s.read, err = sql.Open("sqlite", s.name("busy_timeout", fmt.Sprint(readerBusy), "cache_size", fmt.Sprint(readerCache), "query_only", "1"))
	if err != nil {
		return err
	}
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	for stmt, text := range map[**sql.Stmt]string{&s.head: selectHead, &s.tile: selectTile, &s.one: selectOne, &s.many: selectMany} {
		if *stmt, err = s.read.PrepareContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// name is what the driver opens: a URI, in which no letter of the path has a meaning of
// its own, with pragmas for every connection.
func (s *Store) name(pragmas ...string) string {
	q := url.Values{"mode": {"rw"}}
	for i := 0; i < len(pragmas); i += 2 {
		q.Add("_pragma", pragmas[i]+"("+pragmas[i+1]+")")
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(s.path), RawQuery: q.Encode()}
	return u.String()
}

// enter is the beginning of every call; leave its end.
func (s *Store) enter(ctx context.Context) error {
	s.gate.RLock()
	if s.closed {
		s.gate.RUnlock()
		return store.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		s.gate.RUnlock()
		return err
	}
	return nil
}

func (s *Store) leave() { s.gate.RUnlock() }

// until is a context for a long call: Close ends it too.
func (s *Store) until(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-s.closing:
			cancel(store.ErrClosed)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// Close waits for the calls under way, ends watchers and closes the file.
func (s *Store) Close() error {
	s.once.Do(func() { close(s.closing) })
	s.watch.close()
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var errs []error
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.w != nil {
		errs = append(errs, s.w.close())
	}
	return errors.Join(errs...)
}

// trouble puts an error of the engine into words of the contract.
func (s *Store) trouble(err error) error {
	var e *sqlite.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_CORRUPT:
			return fmt.Errorf("%w: %s: %w", store.ErrDamaged, s.path, err)
		case sqlite3.SQLITE_NOTADB:
			return fmt.Errorf("%w, or its beginning is destroyed: %s: %w", ErrForeign, s.path, err)
		case sqlite3.SQLITE_FULL:
			return fmt.Errorf("%w: %s: %w", store.ErrFull, s.path, err)
		case sqlite3.SQLITE_IOERR:
			return fmt.Errorf("the disk does not read or write %s: %w", s.path, err)
		case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
			return fmt.Errorf("%s, its folder or what is beside it may not be written: %w", s.path, err)
		}
	case strings.HasPrefix(err.Error(), "sql: Scan error"):
		return fmt.Errorf("%w: %s: %w", store.ErrDamaged, s.path, err)
	}
	return err
}

// code is the engine's primary code of an error; 0 when it is none of its errors.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}
