package sqlite

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/truceline/truceline/internal/store"
)

// lookEvery is how often the file is looked at for commits of other processes, and the
// lock of who leads for its release.
const lookEvery = 200 * time.Millisecond

// watchers are those who want to know of commits.
type watchers struct {
	mu    sync.Mutex
	chans map[chan struct{}]context.CancelFunc
	over  bool
}

func (w *watchers) tell() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.chans {
		send(c)
	}
}

func send(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // the one before is not read yet
	}
}

func (w *watchers) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	for c, cancel := range w.chans {
		cancel()
		delete(w.chans, c)
	}
}

// tell is the end of a change of the head: watchers of this handle hear at once.
func (s *Store) tell(err error) error {
	if err == nil || errors.Is(err, store.ErrUnknown) {
		s.watch.tell()
	}
	return err
}

// Notify tells of commits of this handle at once, of those of others within lookEvery.
func (s *Store) Notify(ctx context.Context) (changed <-chan struct{}, stop func(), err error) {
	if err := s.enter(ctx); err != nil {
		return nil, nil, err
	}
	defer s.leave()
	ctx, cancel := context.WithCancel(ctx)
	c := make(chan struct{}, 1)
	s.watch.mu.Lock()
	defer s.watch.mu.Unlock()
	if s.watch.over {
		cancel()
		return nil, nil, store.ErrClosed
	}
	if s.watch.chans == nil {
		s.watch.chans = map[chan struct{}]context.CancelFunc{}
	}
	s.watch.chans[c] = cancel
	end := func() {
		s.watch.mu.Lock()
		defer s.watch.mu.Unlock()
		cancel()
		delete(s.watch.chans, c)
	}
	context.AfterFunc(ctx, end)
	last, err := scanHead(s.head.QueryRowContext(ctx))
	if err != nil && !errors.Is(err, store.ErrNone) {
		cancel()
		return nil, nil, s.trouble(err)
	}
	go s.look(ctx, c, last)
	return c, end, nil
}

// look tells of heads that others have moved, until its context ends.
func (s *Store) look(ctx context.Context, c chan struct{}, last store.Head) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		h, err := s.Head(ctx)
		if err != nil || h.Same(last) && string(h.Checkpoint) == string(last.Checkpoint) {
			continue // a store that cannot be read tells its readers itself
		}
		last = h
		send(c)
	}
}

// Wait waits for the lock of the file beside the store.
func (s *Store) Wait(ctx context.Context) (release func(), err error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	s.leave() // Close need not wait for who waits here
	f, err := os.OpenFile(s.path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		free, err := lock(f)
		if free {
			var once sync.Once
			return func() { once.Do(func() { f.Close() }) }, nil //nolint:errcheck // the lock goes with it
		}
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), f.Close())
		case <-s.closing:
			return nil, errors.Join(store.ErrClosed, f.Close())
		case <-time.After(lookEvery):
		}
	}
}
