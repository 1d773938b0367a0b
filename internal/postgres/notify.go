package postgres

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/truceline/truceline/internal/store"
)

// poll is how often the head is looked at beside listening: a notification can be lost with
// its connection, or in a pool between us and the server.
const poll = 2 * time.Second

// channel is what commits notify and readers listen to; channels are a database's.
func (s *Store) channel() string { return "truceline_" + s.target.schema }

// Notify listens on a connection of its own, and looks at the head from time to time.
func (s *Store) Notify(ctx context.Context) (<-chan struct{}, func(), error) {
	if s.closed.Load() {
		return nil, nil, store.ErrClosed
	}
	conn, seen, err := s.listen(ctx)
	if err != nil {
		return nil, nil, err
	}
	changed := make(chan struct{}, 1)
	running, end := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() { s.follow(running, conn, seen, changed) })
	stop, err := s.keep(func() {
		end()
		done.Wait()
	})
	return changed, stop, err
}

// mark is what a commit changes of a head.
type mark struct {
	size int64
	root string
}

// listen opens a connection that hears of commits, and gives the head that held after it began to.
func (s *Store) listen(ctx context.Context) (*pgx.Conn, mark, error) {
	conn, err := s.target.dedicate(ctx)
	if err != nil {
		return nil, mark{}, err
	}
	_, err = conn.Exec(ctx, `LISTEN `+s.channel())
	var m mark
	if err == nil {
		m, err = now(ctx, conn)
	}
	if err != nil {
		hangUp(conn)
		return nil, mark{}, err
	}
	return conn, m, nil
}

// now is the mark of the present head; the empty one while there is no record.
func now(ctx context.Context, q querier) (mark, error) {
	h, err := scanHead(q.QueryRow(ctx, `SELECT `+headColumns+` FROM head`))
	if errors.Is(err, pgx.ErrNoRows) || code(err) == undefinedTable {
		return mark{}, nil
	}
	return mark{h.Size, string(h.Root[:])}, err
}

// follow sends to changed until ctx ends. A connection that is lost is opened again; meanwhile the pool is asked.
func (s *Store) follow(ctx context.Context, conn *pgx.Conn, seen mark, changed chan<- struct{}) {
	defer func() {
		if conn != nil {
			hangUp(conn)
		}
	}()
	tell := func() {
		select {
		case changed <- struct{}{}:
		default: // one is waiting to be read
		}
	}
	update := func(m mark) {
		if m != seen {
			seen = m
			tell()
		}
	}
	for ctx.Err() == nil {
		if conn == nil {
			var m mark
			var err error
			if conn, m, err = s.listen(ctx); err == nil {
				update(m)
				continue
			}
			if m, err = now(ctx, s.pool); err == nil {
				update(m)
			}
			pause(ctx, poll)
			continue
		}
		bounded, cancel := context.WithTimeout(ctx, poll)
		_, err := conn.WaitForNotification(bounded)
		cancel()
		if err != nil && !conn.IsClosed() && ctx.Err() == nil {
			err = nil // nothing was heard for a while
		}
		var m mark
		if err == nil {
			bounded, cancel := context.WithTimeout(ctx, pulseWait)
			m, err = now(bounded, conn)
			cancel()
		}
		if err != nil {
			hangUp(conn)
			conn = nil
			continue
		}
		update(m)
	}
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
