package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/postgres/pgtest"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

// patience bounds what a test waits for.
const patience = 60 * time.Second

// scene is a record, seen by a store through a proxy and by one without.
type scene struct {
	*proxy
	cluster   *pgtest.Cluster
	database  string
	s, direct *Store
}

func stage(t *testing.T) scene {
	t.Helper()
	c := pgtest.Shared(t)
	name := c.Database(t)
	direct := opened(t, c.DSN(name))
	begun(t, direct)
	p := between(t, c.Addr())
	return scene{p, c, name, opened(t, c.Via(p.addr(), name)), direct}
}

// tree is that of the record as it stands.
func (sc scene) tree(t *testing.T) *storetest.Tree {
	t.Helper()
	leaves, err := storetest.Exact(t.Context(), sc.direct)
	if err != nil {
		t.Fatal(err)
	}
	refs := make([]string, len(leaves))
	for i, leaf := range leaves {
		d, err := storetest.Read(leaf)
		if err != nil {
			t.Fatal(err)
		}
		refs[i] = d.Ref
	}
	tree := &storetest.Tree{Head: storetest.Empty()}
	if tree.Head, err = sc.direct.Lead(t.Context()); err != nil {
		t.Fatal(err)
	}
	epoch := tree.Head.Epoch
	tree.Head = storetest.Empty()
	tree.Head.Epoch = epoch
	if len(leaves) > 0 {
		tree.Append(refs, leaves)
	}
	return tree
}

// stands checks that the store sees a head, and the record is whole.
func (sc scene) stands(t *testing.T, want store.Head) {
	t.Helper()
	got := sc.head(t)
	if !got.Same(want) {
		t.Fatalf("the head has size %d of epoch %d, not %d of %d", got.Size, got.Epoch, want.Size, want.Epoch)
	}
	if _, err := storetest.Exact(t.Context(), sc.direct); err != nil {
		t.Fatal(err)
	}
	if err := sc.direct.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// head asks until a connection is had that was not cut.
func (sc scene) head(t *testing.T) store.Head {
	t.Helper()
	var h store.Head
	eventually(t, "the head is read", func() error {
		for _, s := range []*Store{sc.direct, sc.s} {
			var err error
			if h, err = s.Head(t.Context()); err != nil {
				return err
			}
		}
		return nil
	})
	return h
}

// eventually waits until f gives no error.
func eventually(t *testing.T, what string, f func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		err := f()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s: not within %s: %v", what, patience, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func TestACutBeforeCommitLeavesNothing(t *testing.T) {
	sc := stage(t)
	for _, n := range []int{3, copyFrom} {
		tree := sc.tree(t)
		old := tree.Head
		sc.at(cut)
		if err := sc.s.Commit(t.Context(), old, next(tree, n, 50)); !errors.Is(err, store.ErrUnknown) {
			t.Errorf("Commit gives %v", err)
		}
		sc.stands(t, old)
	}
}

func TestACutAfterCommitIsToldByTheHead(t *testing.T) {
	sc := stage(t)
	for _, n := range []int{3, copyFrom} {
		tree := sc.tree(t)
		old := tree.Head
		batch := next(tree, n, 50)
		sc.at(deliver)
		if err := sc.s.Commit(t.Context(), old, batch); !errors.Is(err, store.ErrUnknown) {
			t.Errorf("Commit gives %v", err)
		}
		sc.stands(t, batch.Head)
		old = batch.Head
		batch = next(tree, n, 50)
		if err := sc.s.Commit(t.Context(), old, batch); err != nil {
			t.Errorf("the next commit gives %v", err)
		}
		sc.stands(t, batch.Head)
	}
}

// TestHeadWaitsForACommitThatIsOnItsWay: the client is cut off, and COMMIT reaches the server only later.
func TestHeadWaitsForACommitThatIsOnItsWay(t *testing.T) {
	sc := stage(t)
	tree := sc.tree(t)
	old := tree.Head
	batch := next(tree, 3, 50)
	arrives := make(chan struct{})
	sc.set(func(client net.Conn) verdict {
		client.Close()
		<-arrives
		return deliver
	}, -1, -1)
	if err := sc.s.Commit(t.Context(), old, batch); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("Commit gives %v", err)
	}
	type answer struct {
		store.Head
		error
	}
	told := make(chan answer, 1)
	go func() {
		h, err := sc.s.Head(t.Context())
		told <- answer{h, err}
	}()
	eventually(t, "Head waits for the lock", func() error {
		return sc.one(t, `SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)
	})
	close(arrives)
	if got := <-told; got.error != nil || !got.Same(batch.Head) {
		t.Errorf("Head gives size %d, %v; it is %d", got.Size, got.error, batch.Head.Size)
	}
	sc.stands(t, batch.Head)
}

// one says whether a statement gives true.
func (sc scene) one(t *testing.T, sql string, args ...any) error {
	var yes bool
	if err := sc.direct.pool.QueryRow(t.Context(), sql, args...).Scan(&yes); err != nil {
		return err
	}
	if !yes {
		return fmt.Errorf("not so: %s", sql)
	}
	return nil
}

// TestACutAnywhereLeavesAllOrNothing cuts after ever more bytes, in both directions, until a commit gets through.
func TestACutAnywhereLeavesAllOrNothing(t *testing.T) {
	for _, c := range []struct {
		name       string
		rows, step int
		asking     bool
	}{
		{"asking, few rows", 3, 400, true},
		{"asking, many rows", copyFrom, 9000, true},
		{"answering, few rows", 3, 100, false},
		{"answering, many rows", copyFrom, 100, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			sc := stage(t)
			told := map[string]int{}
			for passed := 1; ; passed += c.step {
				tree := sc.tree(t)
				old := tree.Head
				batch := next(tree, c.rows, 20)
				if c.asking {
					sc.set(nil, passed, -1)
				} else {
					sc.set(nil, -1, passed)
				}
				err := sc.s.Commit(t.Context(), old, batch)
				sc.set(nil, -1, -1)
				got := sc.head(t)
				switch {
				case err == nil && !got.Same(batch.Head):
					t.Fatalf("cut after %d: Commit succeeded, and the head has size %d", passed, got.Size)
				case err != nil && !errors.Is(err, store.ErrUnknown) && !got.Same(old):
					t.Fatalf("cut after %d: Commit failed with %v, and the head has size %d", passed, err, got.Size)
				case !got.Same(old) && !got.Same(batch.Head):
					t.Fatalf("cut after %d: a head of size %d, neither %d nor %d", passed, got.Size, old.Size, batch.Head.Size)
				}
				sc.stands(t, got)
				if err == nil {
					break
				}
				told[map[bool]string{true: "unknown", false: "failed"}[errors.Is(err, store.ErrUnknown)]]++
			}
			if told["failed"] == 0 {
				t.Errorf("the cuts were told as %v: none came early", told)
			}
		})
	}
}

func TestACrashInMidTransaction(t *testing.T) {
	sc := stage(t)
	for _, v := range []verdict{cut, deliver} {
		tree := sc.tree(t)
		old := tree.Head
		batch := next(tree, 3, 50)
		crashed := make(chan error, 1)
		sc.set(func(net.Conn) verdict {
			crashed <- sc.cluster.Crash()
			return v
		}, -1, -1)
		if err := sc.s.Commit(t.Context(), old, batch); !errors.Is(err, store.ErrUnknown) {
			t.Errorf("Commit gives %v", err)
		}
		if err := <-crashed; err != nil {
			t.Fatal(err)
		}
		if err := sc.cluster.Resume(); err != nil {
			t.Fatal(err)
		}
		sc.stands(t, old)
		eventually(t, "the next commit", func() error { return sc.s.Commit(t.Context(), old, batch) })
		sc.stands(t, batch.Head)
	}
}

// TestAServerThatCrashesAfterItsAnswerHasKeptTheCommit: what was answered is there afterwards.
func TestAServerThatCrashesAfterItsAnswerHasKeptTheCommit(t *testing.T) {
	sc := stage(t)
	tree := sc.tree(t)
	for range 3 {
		old := tree.Head
		if err := sc.s.Commit(t.Context(), old, next(tree, 300, 50)); err != nil {
			t.Fatal(err)
		}
	}
	if err := sc.cluster.Crash(); err != nil {
		t.Fatal(err)
	}
	if err := sc.cluster.Resume(); err != nil {
		t.Fatal(err)
	}
	sc.stands(t, tree.Head)
}
