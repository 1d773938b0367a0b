package postgres

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/truceline/truceline/internal/store"
)

// How often, and for how long, the connection that holds the hint is asked whether it lives.
const (
	pulse     = 5 * time.Second
	pulseWait = 10 * time.Second
)

// Wait blocks on an advisory lock of a connection of its own. The server gives the lock to the next
// when that connection ends, by release, by death of this process, or by a cut that either side
// notices within a minute. Lost tells the holder.
func (s *Store) Wait(ctx context.Context) (func(), error) {
	if s.closed.Load() {
		return nil, store.ErrClosed
	}
	conn, err := s.target.dedicate(ctx)
	if err != nil {
		return nil, err
	}
	// The wait for the lock has no bound but the context's.
	_, err = conn.Exec(ctx, `SELECT set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false)`)
	if err == nil {
		_, err = conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, lockKey("lead", s.target.schema))
	}
	if err != nil {
		hangUp(conn)
		return nil, err
	}
	lost := make(chan struct{})
	s.mu.Lock()
	s.lost = lost
	s.mu.Unlock()
	held, end := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() {
		if !watch(held, conn) {
			close(lost)
		}
		hangUp(conn)
	})
	return s.keep(func() {
		end()
		done.Wait()
	})
}

// watch hears at once when the server ends the connection, and asks from time to time whether it is
// there at all; false when the connection has died before ctx ended.
func watch(ctx context.Context, conn *pgx.Conn) bool {
	for {
		quiet, cancel := context.WithTimeout(ctx, pulse)
		_, err := conn.WaitForNotification(quiet)
		cancel()
		if err != nil && !conn.IsClosed() && ctx.Err() == nil {
			ask, cancel := context.WithTimeout(ctx, pulseWait)
			err = conn.Ping(ask)
			cancel()
		}
		if ctx.Err() != nil {
			return true
		}
		if err != nil {
			return false
		}
	}
}

// Lost gives a channel that is closed when the hint of the last Wait is gone though nobody released
// it: another writer may be about to lead. Nil before any Wait. See store.Hinted.
func (s *Store) Lost() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lost
}
