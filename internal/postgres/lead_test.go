package postgres

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/postgres/pgtest"
	"github.com/truceline/truceline/internal/store"
)

var _ store.Hinted = (*Store)(nil)

// holds waits until a number of connections holds the lock of the writer, or waits for it.
func (sc scene) holds(t *testing.T, granted bool, n int) {
	t.Helper()
	eventually(t, "the lock", func() error {
		return sc.one(t, `SELECT count(*) = $2 FROM pg_locks WHERE locktype = 'advisory' AND granted = $1
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`, granted, n)
	})
}

// TestATakeOver: the connection that holds the lock is ended while its writer believes that it leads.
func TestATakeOver(t *testing.T) {
	for what, end := range map[string]func(*testing.T, scene){
		"by the server": func(t *testing.T, sc scene) {
			sc.cluster.Exec(t, sc.database, `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`)
		},
		"by the network": func(_ *testing.T, sc scene) {
			sc.mu.Lock()
			defer sc.mu.Unlock()
			for c := range sc.conns {
				c.Close()
			}
		},
	} {
		t.Run(what, func(t *testing.T) {
			sc := stage(t)
			release, err := sc.s.Wait(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer release()
			tree := sc.tree(t)
			if tree.Head, err = sc.s.Lead(t.Context()); err != nil {
				t.Fatal(err)
			}
			type waited struct {
				release func()
				error
			}
			heirs := make(chan waited, 1)
			go func() {
				release, err := sc.direct.Wait(t.Context())
				heirs <- waited{release, err}
			}()
			sc.holds(t, false, 1)
			select {
			case <-heirs:
				t.Fatal("two writers hold the hint")
			case <-sc.s.Lost():
				t.Fatal("the hint is lost already")
			default:
			}
			end(t, sc)
			heir := <-heirs
			if heir.error != nil {
				t.Fatal(heir.error)
			}
			defer heir.release()
			select {
			case <-sc.s.Lost():
			case <-time.After(patience):
				t.Error("the writer was not told that its hint is lost")
			}
			now, err := sc.direct.Lead(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			old := tree.Head
			batch := next(tree, 3, 50)
			eventually(t, "the old writer's commit is answered", func() error { // connections that were cut fail first
				switch err := sc.s.Commit(t.Context(), old, batch); {
				case errors.Is(err, store.ErrLost):
					return nil
				case err == nil:
					t.Fatal("the old writer's commit got through")
					return nil
				default:
					return err
				}
			})
			sc.stands(t, now)
		})
	}
}

func TestReleaseAndCloseLetTheNextOneLead(t *testing.T) {
	sc := stage(t)
	for _, end := range []func(release func()){
		func(release func()) { release(); release() },
		func(func()) {
			if err := sc.s.Close(); err != nil {
				t.Error(err)
			}
		},
	} {
		release, err := sc.s.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		lost := sc.s.Lost()
		sc.holds(t, true, 1)
		end(release)
		sc.holds(t, true, 0)
		select {
		case <-lost:
			t.Error("what was released is told as lost")
		default:
		}
	}
	if _, err := sc.s.Wait(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Wait after Close gives %v", err)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	sc := stage(t)
	release, err := sc.direct.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := sc.s.Wait(ctx)
		done <- err
	}()
	sc.holds(t, false, 1)
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Wait gives %v", err)
	}
	sc.holds(t, false, 0)
}

// TestACommitThatIsGivenUpChangesNothing: it waits for the head when its context ends.
func TestACommitThatIsGivenUpChangesNothing(t *testing.T) {
	sc := stage(t)
	tree := sc.tree(t)
	old := tree.Head
	tx, err := sc.direct.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer abandon(tx)
	if _, err := tx.Exec(t.Context(), `SELECT FROM head FOR UPDATE`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- sc.s.Commit(ctx, old, next(tree, 3, 50)) }()
	eventually(t, "the commit waits", func() error {
		return sc.one(t, `SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)
	})
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) || errors.Is(err, store.ErrUnknown) {
		t.Errorf("Commit gives %v", err)
	}
	abandon(tx)
	sc.stands(t, old)
}

// TestOneConnectionIsEnough: no method holds one connection of the pool while it asks for another.
func TestOneConnectionIsEnough(t *testing.T) {
	s := opened(t, with(t, database(t), "pool_max_conns", "1"))
	if err := s.Commit(t.Context(), store.Head{}, store.Batch{}); !errors.Is(err, store.ErrNone) {
		t.Errorf("Commit before Create gives %v", err)
	}
	tree := begun(t, s)
	old := tree.Head
	batch := next(tree, 600, 50)
	if err := s.Commit(t.Context(), old, batch); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(t.Context(), old, batch); !errors.Is(err, store.ErrLost) {
		t.Errorf("the same commit again gives %v", err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestAStandbyThatIsNoLongerWaitedFor: the server then commits alone, and says so in a warning.
func TestAStandbyThatIsNoLongerWaitedFor(t *testing.T) {
	sc := stage(t)
	tree := sc.tree(t)
	old := tree.Head
	batch := next(tree, 3, 50)
	sc.cluster.Exec(t, "postgres", `ALTER SYSTEM SET synchronous_standby_names = 'absent'`, `SELECT pg_reload_conf()`)
	back := func() {
		sc.cluster.Exec(t, "postgres", `ALTER SYSTEM RESET synchronous_standby_names`, `SELECT pg_reload_conf()`)
		eventually(t, "the setting is back", func() error { return sc.one(t, `SELECT current_setting('synchronous_standby_names') = ''`) })
	}
	defer back()
	eventually(t, "the setting holds", func() error { return sc.one(t, `SELECT current_setting('synchronous_standby_names') = 'absent'`) })
	// A backend that sees the setting need not wait yet: the checkpointer tells all of them to, when it
	// has read it too. So something of no weight is committed until it waits.
	eventually(t, "commits wait", func() error {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		if _, err := sc.direct.pool.Exec(ctx, `SELECT pg_logical_emit_message(true, 'trial', 'x'), txid_current()`); err == nil {
			return errors.New("a commit does not wait")
		}
		return nil
	})
	done := make(chan error, 1)
	go func() { done <- sc.s.Commit(t.Context(), old, batch) }()
	const waiting = `FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'SyncRep'`
	eventually(t, "the commit waits", func() error { return sc.one(t, `SELECT count(*) = 1 `+waiting) })
	sc.cluster.Exec(t, sc.database, `SELECT pg_cancel_backend(pid) `+waiting)
	if err := <-done; !errors.Is(err, store.ErrUnknown) {
		t.Errorf("Commit gives %v", err)
	}
	if h, err := sc.s.Head(t.Context()); err != nil || !h.Same(batch.Head) {
		t.Errorf("the head is %+v, %v", h, err)
	}
}

// TestNotifySurvivesTheLossOfItsConnection: it is opened again, and what was missed meanwhile is told.
func TestNotifySurvivesTheLossOfItsConnection(t *testing.T) {
	sc := stage(t)
	changed, stop, err := sc.s.Notify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	tree := sc.tree(t)
	for range 3 {
		old := tree.Head
		if err := sc.direct.Commit(t.Context(), old, next(tree, 1, 50)); err != nil {
			t.Fatal(err)
		}
		select {
		case <-changed:
		case <-time.After(patience):
			t.Fatal("a commit was not told")
		}
		sc.cluster.Exec(t, sc.database, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND query NOT LIKE '%FOR UPDATE%'`)
		eventually(t, "the pool is well again", func() error { _, err := sc.direct.Head(t.Context()); return err })
	}
}

// TestNotifyLooksWhereNothingIsHeard: commits are seen also when no notification comes through.
func TestNotifyLooksWhereNothingIsHeard(t *testing.T) {
	c := pgtest.Shared(t)
	dsn := c.DSN(c.Database(t))
	s := opened(t, dsn)
	tree := begun(t, s)
	changed, stop, err := s.Notify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	next(tree, 1, 50)
	if _, err := s.pool.Exec(t.Context(), `UPDATE head SET size = $1, root = $2`, tree.Head.Size, tree.Head.Root[:]); err != nil {
		t.Fatal(err)
	}
	select {
	case <-changed:
	case <-time.After(patience):
		t.Fatal("a commit was not seen")
	}
}
