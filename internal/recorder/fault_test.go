package recorder

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

func refused(err error) bool {
	var r *RefusedError
	return errors.As(err, &r)
}

// TestNoNewHistoryOverAnOldOne in every way in which one could be begun.
func TestNoNewHistoryOverAnOldOne(t *testing.T) {
	k := newKit(t, store.NewMemory())
	r := k.begin()
	r.Close()
	if err := Create(t.Context(), k.options()); !errors.Is(err, store.ErrExists) {
		t.Errorf("over a record: %v", err)
	}
	empty := k.options()
	empty.Store = store.NewMemory()
	if err := Create(t.Context(), empty); !refused(err) {
		t.Errorf("in an empty store, beside the old checkpoint: %v", err)
	}
	if _, err := Open(t.Context(), empty); !refused(err) {
		t.Errorf("the store was lost: %v", err)
	}
	other := newKit(t, store.NewMemory())
	foreign := k.options()
	foreign.Store = other.store
	if _, err := Open(t.Context(), foreign); !refused(err) {
		t.Errorf("the store of another record: %v", err)
	}
}

// TestAnOldBackupIsNoticed: the store goes back, the copy outside does not.
func TestAnOldBackupIsNoticed(t *testing.T) {
	old, now := store.NewMemory(), store.NewMemory()
	k := newKit(t, old)
	r := k.begin()
	r.Close()
	was := k.guard.data
	// The record goes on in another store, from the same beginning.
	copyStore(t, old, now)
	k.store = now
	r = k.open()
	k.must(r, k.sign(report("desk", "r1")))
	r.Close()
	newest := k.guard.data
	k.store = old
	if _, err := Open(t.Context(), k.options()); !refused(err) || !strings.Contains(err.Error(), "older copy") {
		t.Errorf("an old backup: %v", err)
	}
	// Had the copy been set back too, it would be accepted, and fork: both heads are signed.
	k.guard.data = was
	r = k.open()
	k.must(r, k.sign(report("desk", "r2")))
	r.Close()
	// The checkpoint that somebody kept of the first history proves it.
	k.guard.data = newest
	if _, err := Open(t.Context(), k.options()); !refused(err) || !strings.Contains(err.Error(), "does not continue") {
		t.Errorf("another history: %v", err)
	}
}

func copyStore(t *testing.T, from, to store.Store) {
	t.Helper()
	ctx := t.Context()
	m, err := from.Meta(ctx)
	if err != nil {
		t.Fatal(err)
	}
	head, err := from.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	empty := store.Head{Root: proof.EmptyRoot}
	if err := to.Create(ctx, m, empty); err != nil {
		t.Fatal(err)
	}
	led, err := to.Lead(ctx)
	if err != nil {
		t.Fatal(err)
	}
	b := store.Batch{Head: head}
	b.Head.Epoch = led.Epoch
	for level := store.Entries; level < 2; level++ {
		tiles, err := from.Tiles(ctx, level, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		b.Tiles = append(b.Tiles, tiles...)
		if level > store.Entries {
			continue
		}
		for _, tile := range tiles {
			leaves, err := proof.ParseBundle(tile.Data, tile.Width)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range leaves {
				p, err := record.Peek(l)
				if err != nil {
					t.Fatal(err)
				}
				b.Rows = append(b.Rows, store.Row{Ref: p.Ref, ID: p.Identity})
			}
		}
	}
	if err := to.Commit(ctx, led, b); err != nil {
		t.Fatal(err)
	}
}

// TestDamageIsNamedAndNotServed: any byte of any tile.
func TestDamageIsNamedAndNotServed(t *testing.T) {
	m := store.NewMemory()
	k := newKit(t, m)
	r := k.begin()
	sheet, under := k.sheet("desk", "s", reports("desk", "u", 700)...)
	if _, err := r.AppendSheet(t.Context(), sheet, under); err != nil {
		t.Fatal(err)
	}
	r.Close()
	head, err := m.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, level := range []int{store.Entries, 0, 1} {
		tiles, err := m.Tiles(t.Context(), level, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, tile := range tiles {
			for _, at := range []int{0, 1, len(tile.Data) / 2, len(tile.Data) - 1} {
				bad := &flipped{Store: m, level: level, index: tile.Index, at: at}
				reader := NewReader(bad, head)
				_, err := reader.Tile(t.Context(), level, tile.Index, tile.Width)
				if err == nil {
					t.Fatalf("level %d, tile %d, byte %d: served", level, tile.Index, at)
				}
				if !strings.Contains(err.Error(), "tile/") {
					t.Errorf("level %d, tile %d, byte %d: not named: %v", level, tile.Index, at, err)
				}
			}
		}
	}
	// At the right edge the record is not even opened.
	for _, bad := range []*flipped{{Store: m, level: 0, index: 2, at: 5}, {Store: m, level: 1, index: 0, at: 33}, {Store: m, level: store.Entries, index: 2, at: 40}} {
		o := k.options()
		o.Store = bad
		if _, err := Open(t.Context(), o); err == nil {
			t.Errorf("a damaged edge is opened: level %d", bad.level)
		}
	}
}

// flipped is a store with one byte changed.
type flipped struct {
	store.Store
	level int
	index int64
	at    int
}

func (f *flipped) Tile(ctx context.Context, level int, index int64) (store.Tile, error) {
	t, err := f.Store.Tile(ctx, level, index)
	if err == nil && level == f.level && index == f.index && f.at < len(t.Data) {
		t.Data[f.at] ^= 1
	}
	return t, err
}

// TestUnknownOutcome: the answer of a commit is lost, before and after it took hold.
func TestUnknownOutcome(t *testing.T) {
	for _, tt := range []struct {
		step     string
		recorded bool
	}{{"Commit", false}, {"Commit done", true}} {
		t.Run(tt.step, func(t *testing.T) {
			m := store.NewMemory()
			var armed atomic.Bool
			m.Fail = func(step string) error {
				if step == tt.step && armed.Swap(false) {
					return store.ErrUnknown
				}
				return nil
			}
			k := newKit(t, m)
			r := k.begin()
			armed.Store(true)
			got, err := r.Append(t.Context(), k.sign(report("desk", "r1")))
			if tt.recorded != (err == nil) {
				t.Fatalf("%+v, %v", got, err)
			}
			if err != nil && !errors.Is(err, ErrNotKept) {
				t.Error(err)
			}
			again := k.must(r, k.sign(report("desk", "r1")))
			if again.Again != tt.recorded || again.Position != 4 {
				t.Errorf("handed in again: %+v", again)
			}
			k.must(r, k.sign(report("desk", "r2")))
			k.verify()
		})
	}
}

// TestAFullStoreLosesNothing: a commit fails, what was accepted stands, and later
// entries are recorded when there is room again.
func TestAFullStoreLosesNothing(t *testing.T) {
	m := store.NewMemory()
	var full atomic.Bool
	m.Fail = func(step string) error {
		if step == "Commit" && full.Load() {
			return errors.New("no space left")
		}
		return nil
	}
	k := newKit(t, m)
	r := k.begin()
	k.must(r, k.sign(report("desk", "r1")))
	full.Store(true)
	for range 3 {
		if _, err := r.Append(t.Context(), k.sign(report("desk", "r2"))); !errors.Is(err, ErrNotKept) {
			t.Errorf("in a full store: %v", err)
		}
	}
	full.Store(false)
	if got := k.must(r, k.sign(report("desk", "r2"))); got.Position != 5 || got.Again {
		t.Errorf("%+v", got)
	}
	k.verify()
}

// TestTwoWriters: the one that was overtaken notices at its next commit, records
// nothing and stops; what it had acknowledged stands.
func TestTwoWriters(t *testing.T) {
	m := store.NewMemory()
	k := newKit(t, m)
	old := k.begin()
	k.must(old, k.sign(report("desk", "r1")))
	second := k.options()
	second.Store = &impatient{m.Again()}
	young, err := Open(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(young.Close)
	if _, err := old.Append(t.Context(), k.sign(report("desk", "r2"))); !errors.Is(err, ErrStopped) {
		t.Errorf("the overtaken writer: %v", err)
	}
	<-old.Done()
	if !errors.Is(old.Err(), store.ErrLost) {
		t.Errorf("why it stopped: %v", old.Err())
	}
	k.must(young, k.sign(report("desk", "r2")))
	if refs := strings.Join(k.verify(), " "); !strings.HasSuffix(refs, "r1 r2") {
		t.Error(refs)
	}
}

// impatient does not wait for the writer that leads.
type impatient struct{ store.Store }

func (impatient) Wait(context.Context) (func(), error) { return func() {}, nil }

// TestTheProcessDiesAtEveryStep: the steps of a commit, each followed by a new start.
// What was acknowledged is there, what was not is there whole or not at all.
func TestTheProcessDiesAtEveryStep(t *testing.T) {
	for _, step := range []string{"before-commit", "after-commit", "after-guard"} {
		t.Run(step, func(t *testing.T) {
			m := store.NewMemory()
			k := newKit(t, m)
			r := k.begin()
			r.Close()
			for round := range 5 {
				var armed atomic.Bool
				died := make(chan struct{})
				o := k.options()
				o.Store = &impatient{m.Again()}
				o.Trip = func(s string) {
					if s == step && armed.Load() {
						close(died)
						select {} // as dead as it can be within one process
					}
				}
				r, err := Open(t.Context(), o)
				if err != nil {
					t.Fatal(err)
				}
				k.must(r, k.sign(report("desk", fmt.Sprintf("ok-%d", round))))
				armed.Store(true)
				ctx, cancel := context.WithCancel(t.Context())
				go func() { <-died; cancel() }()
				sheet, under := k.sheet("desk", fmt.Sprintf("s-%d", round), reports("desk", fmt.Sprintf("u%d", round), 300)...)
				if _, err := r.AppendSheet(ctx, sheet, under); err == nil {
					t.Fatal("acknowledged by the dead")
				}
				cancel()
			}
			o := k.options()
			o.Store = &impatient{m.Again()}
			r, err := Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			refs := strings.Join(k.verify(), " ")
			for round := range 5 {
				if !strings.Contains(refs, fmt.Sprintf("ok-%d", round)) {
					t.Errorf("round %d: what was acknowledged is lost", round)
				}
				if whole := strings.Count(refs, fmt.Sprintf("u%d-", round)); whole != 0 && whole != 300 {
					t.Errorf("round %d: %d of 300", round, whole)
				}
			}
		})
	}
}

// TestWithoutItsGuardNothingIsAcknowledged: the copy outside the store is part of the
// promise.
func TestWithoutItsGuardNothingIsAcknowledged(t *testing.T) {
	k := newKit(t, store.NewMemory())
	r := k.begin()
	k.guard.fail = errors.New("no space left")
	if _, err := r.Append(t.Context(), k.sign(report("desk", "r1"))); !errors.Is(err, ErrStopped) {
		t.Errorf("%v", err)
	}
	<-r.Done()
	k.guard.fail = nil
	r = k.open()
	if got := k.must(r, k.sign(report("desk", "r1"))); !got.Again {
		t.Errorf("%+v", got)
	}
	k.verify()
}
