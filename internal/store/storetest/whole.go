package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/store"
)

var wholeRules = []rule{
	{"what was written is there after Close", func(t *testing.T, h Harness) {
		s := h.Open(t)
		r := &record{t: t, Store: s, Tree: Tree{Head: Empty()}, Harness: h}
		must(t, r.Create(t.Context(), meta, r.Tree.Head))
		r.lead()
		for range 3 {
			r.add(200)
			must(t, r.Cosign(t.Context(), store.Cosigned{Size: r.Tree.Head.Size, Note: []byte("n")}))
			must(t, r.Close())
			r.Store = h.Open(t)
			r.holds()
		}
		r.follow(1000)
		must(t, r.Close())
		r.Store = h.handle(t)
		r.applied(600)
		sizes, err := r.CosignedSizes(t.Context(), 0, 9)
		if err != nil || len(sizes) != 3 {
			t.Errorf("cosigned sizes are %v, %v", sizes, err)
		}
	}},
	{"readers never see a head without its tiles", func(t *testing.T, h Harness) {
		r := h.begin(t)
		ctx, stop := context.WithCancel(t.Context())
		errs := make([]error, 4)
		var all sync.WaitGroup
		for i := range errs {
			s := r.Store
			if i%2 == 1 {
				s = h.handle(t)
			}
			all.Go(func() {
				for ctx.Err() == nil && errs[i] == nil {
					var leaves [][]byte
					if leaves, errs[i] = Whole(t.Context(), s); errs[i] == nil {
						errs[i] = rowsOf(t.Context(), s, leaves)
					}
				}
			})
		}
		for n := range 40 {
			r.add(n)
		}
		stop()
		all.Wait()
		must(t, errors.Join(errs...))
		r.holds()
	}},
	{"a backup is the whole of one moment, while others write", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(1000)
		must(t, r.Cosign(t.Context(), store.Cosigned{Size: 1000, Note: []byte("n")}))
		dir := t.TempDir()
		var errs [3]error
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { errs[i] = r.Backup(t.Context(), filepath.Join(dir, fmt.Sprint(i))) })
		}
		for range 20 {
			r.add(30)
		}
		all.Wait()
		must(t, errors.Join(errs[:]...))
		for i := range errs {
			s := h.OpenBackup(t, filepath.Join(dir, fmt.Sprint(i)))
			leaves, err := Exact(t.Context(), s)
			if err != nil || len(leaves) < 1000 {
				t.Errorf("the backup has %d leaves: %v", len(leaves), err)
			}
			must(t, s.Check(t.Context()))
			if got, err := s.Meta(t.Context()); err != nil || got != meta {
				t.Errorf("the backup is of %v, %v", got, err)
			}
			if c, err := s.Cosigned(t.Context(), -1); err != nil || c.Size != 1000 {
				t.Errorf("the backup keeps a cosigned checkpoint of %d, %v", c.Size, err)
			}
			restored := &record{t: t, Store: s, Tree: Tree{}, Harness: h}
			restored.lead()
			again := Tree{Head: store.Head{Epoch: restored.Tree.Head.Epoch}}
			again.Append(make([]string, len(leaves)), leaves)
			restored.Tree = again
			restored.add(5)
			restored.holds()
			must(t, s.Close())
		}
		r.holds()
	}},
	{"a backup overwrites nothing", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(3)
		to := filepath.Join(t.TempDir(), "backup")
		must(t, os.WriteFile(to, []byte("dear"), 0o600))
		refused(t, "a backup over a file", r.Backup(t.Context(), to))
		if b, err := os.ReadFile(to); err != nil || string(b) != "dear" {
			t.Errorf("the file that was there is %q, %v", b, err)
		}
	}},
	{"whoever watches is told after commits of any handle", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(1)
		for _, s := range []store.Store{r.Store, h.handle(t)} {
			changed, stop, err := s.Notify(t.Context())
			must(t, err)
			for range 3 {
				r.add(1)
				for seen := false; !seen; {
					await(t, changed)
					head, err := s.Head(t.Context())
					must(t, err)
					seen = head.Same(r.Tree.Head)
				}
			}
			// A full channel blocks no commit.
			for range 5 {
				r.add(1)
			}
			stop()
			stop()
			r.add(1)
		}
	}},
	{"watching ends with its context", func(t *testing.T, h Harness) {
		r := h.begin(t)
		ctx, cancel := context.WithCancel(t.Context())
		_, stop, err := r.Notify(ctx)
		must(t, err)
		cancel()
		stop()
		r.add(1)
	}},
	{"the hint of leading is given up by release", func(t *testing.T, h Harness) {
		r := h.begin(t)
		release, err := r.Wait(t.Context())
		must(t, err)
		other := h.handle(t)
		// A store of several processes has the other wait here, a store of one does not.
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		second, err := other.Wait(ctx)
		if err != nil {
			wants(t, "Wait", err, context.DeadlineExceeded)
			second = func() {}
		}
		release()
		release()
		second()
		third, err := other.Wait(t.Context())
		must(t, err)
		// The hint binds nobody: the epoch does.
		r.add(1)
		third()
	}},
	{"Check finds what was spoilt", func(t *testing.T, h Harness) {
		s := h.Open(t)
		r := &record{t: t, Store: s, Tree: Tree{Head: Empty()}, Harness: h}
		must(t, r.Create(t.Context(), meta, r.Tree.Head))
		r.lead()
		r.add(1000)
		r.holds()
		must(t, s.Close())
		if h.Damage == nil {
			return // what lives in memory cannot be spoilt
		}
		h.Damage(t)
		wants(t, "Check of a damaged store", h.handle(t).Check(t.Context()), store.ErrDamaged)
	}},
}

// await waits for a watcher to be told; a watcher that never is fails by the test's own limit of time.
func await(t *testing.T, changed <-chan struct{}) {
	t.Helper()
	select {
	case <-changed:
	case <-t.Context().Done():
		t.Fatal("nobody was told")
	}
}

var closeRules = []rule{
	{"after Close everything gives ErrClosed", func(t *testing.T, h Harness) {
		s := h.Open(t)
		r := &record{t: t, Store: s, Tree: Tree{Head: Empty()}, Harness: h}
		must(t, r.Create(t.Context(), meta, r.Tree.Head))
		r.lead()
		r.add(1)
		_, stop, err := s.Notify(t.Context())
		must(t, err)
		for range 2 {
			must(t, s.Close())
		}
		stop()
		old := r.Tree.Head
		calls := everything(s, old, r.Append(r.leaves(1)), filepath.Join(t.TempDir(), "backup"))
		for what, call := range calls {
			wants(t, what+" after Close", call(t.Context()), store.ErrClosed)
		}
		exactly(t, h.handle(t), old)
	}},
	{"Close while others read gives errors and no panic", func(t *testing.T, h Harness) {
		r := h.begin(t)
		r.add(300)
		s := h.Open(t)
		errs := make([]error, 4)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				for errs[i] == nil {
					_, errs[i] = Whole(t.Context(), s)
				}
			})
		}
		must(t, s.Close())
		all.Wait()
		for _, err := range errs {
			wants(t, "reading at the time of Close", err, store.ErrClosed)
		}
		r.holds()
	}},
}
