// Package postgres keeps a record in a PostgreSQL database, version 15 or later, for when
// one machine is outgrown: one writer, any number of readers on other machines.
//
// A record stands in a schema of its own, `truceline` unless the address says otherwise
// (postgres://…?schema=name), so that several may share a database. Every commit is one
// transaction that first compares and moves the head: its row is the lock, and the loser of
// two writers has changed nothing. Advisory locks and notifications are hints.
//
// Fail-over loses what was committed last unless the server has a synchronous standby
// (synchronous_standby_names); synchronous_commit is asked for on every connection. Pools between
// us and the server must keep sessions (pgbouncer: session mode).
package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/truceline/truceline/internal/store"
)

// oldest is the first version of the server that is served.
const oldest = 150000

// Codes of the server's errors (PostgreSQL, appendix A).
const (
	uniqueViolation = "23505"
	undefinedTable  = "42P01"
	diskFull        = "53100"
)

// Store is a record in a database.
type Store struct {
	target target
	pool   *pgxpool.Pool

	// unsettled is set when a commit may still be under way on a connection that was lost: Head then waits for it.
	unsettled atomic.Bool
	closed    atomic.Bool

	mu     sync.Mutex
	lost   chan struct{} // closed when the hint of the last Wait is gone without release
	stops  map[int]func()
	nextID int
}

var _ store.Store = (*Store)(nil)

// querier is a pool, a connection or a transaction.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// Open connects to the database at an address. It makes nothing: a record begins with
// Create. A record that an older version of the program wrote is brought to the present schema.
func Open(ctx context.Context, dsn string) (*Store, error) {
	t, err := parse(dsn)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, t.pool)
	if err != nil {
		return nil, err
	}
	s := &Store{target: t, pool: pool, stops: map[int]func(){}}
	if err := s.ready(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return s, nil
}

// ready checks the server and the schema.
func (s *Store) ready(ctx context.Context) error {
	if err := serves(ctx, s.pool); err != nil {
		return err
	}
	all, err := migrations(steps)
	if err != nil {
		return err
	}
	have, err := laid(ctx, s.pool, s.target.schema)
	if err != nil {
		return err
	}
	if have == 0 || have >= len(all) {
		return notNewer(have, len(all))
	}
	return s.transact(ctx, func(tx pgx.Tx) error { return lay(ctx, tx, s.target.schema, steps) })
}

// serves refuses a server that is too old and a database whose text is not UTF-8.
func serves(ctx context.Context, q querier) error {
	var number, encoding string
	err := q.QueryRow(ctx, `SELECT current_setting('server_version_num'), current_setting('server_encoding')`).Scan(&number, &encoding)
	if err != nil {
		return err
	}
	return refuse(number, encoding)
}

func refuse(number, encoding string) error {
	n, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("the server gives its version as %q", number)
	}
	if n < oldest {
		return fmt.Errorf("the server is PostgreSQL %d; version %d or later is needed", n/10000, oldest/10000)
	}
	if encoding != "UTF8" {
		return fmt.Errorf("the database's encoding is %s; UTF8 is needed (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0)", encoding)
	}
	return nil
}

// Close ends what waits and listens, and every connection; a commit that is under way is waited for.
func (s *Store) Close() error {
	s.closed.Store(true)
	s.mu.Lock()
	stops := s.stops
	s.stops = map[int]func(){}
	s.mu.Unlock()
	for _, stop := range stops {
		stop()
	}
	s.pool.Close()
	return nil
}

// keep has Close call stop, unless what it gives back was called before; that calls stop too. stop runs
// once. A store that was closed meanwhile calls it at once.
func (s *Store) keep(stop func()) (func(), error) {
	once := sync.OnceFunc(stop)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed.Load() {
		once()
		return nil, store.ErrClosed
	}
	id := s.nextID
	s.nextID++
	s.stops[id] = once
	return func() {
		s.mu.Lock()
		delete(s.stops, id)
		s.mu.Unlock()
		once()
	}, nil
}

// transact runs f in a transaction that is rolled back when f fails.
func (s *Store) transact(ctx context.Context, f func(pgx.Tx) error) error {
	return pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite}, f)
}

// look runs f in a transaction that sees one moment and changes nothing.
func (s *Store) look(ctx context.Context, f func(pgx.Tx) error) error {
	return pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, f)
}

// unhurried takes the bound of statements off for the rest of a transaction.
func unhurried(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`)
	return err
}

// code is that of the server's error; empty for others.
func code(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// told gives an error in the words of the contract, where it has some.
func (s *Store) told(err error) error {
	switch {
	case err == nil:
		return nil
	case s.closed.Load():
		return store.ErrClosed
	case errors.Is(err, pgx.ErrNoRows), code(err) == undefinedTable:
		return store.ErrNone
	case code(err) == diskFull:
		return fmt.Errorf("%w: %w", store.ErrFull, err)
	}
	return err
}

// toldOf is told for what is empty, and no fault, before Create.
func (s *Store) toldOf(err error) error {
	if err = s.told(err); errors.Is(err, store.ErrNone) {
		return nil
	}
	return err
}

// lockKey is the advisory lock for a purpose in a schema; such locks are a database's.
func lockKey(purpose, schema string) int64 {
	sum := sha256.Sum256([]byte("truceline " + purpose + " " + schema))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}
