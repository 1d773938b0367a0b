package store_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(*testing.T) storetest.Harness {
		first := store.NewMemory()
		return storetest.Harness{
			Open: func(*testing.T) store.Store { return first.Again() },
			OpenBackup: func(t *testing.T, from string) store.Store {
				m, err := store.ReadMemory(from)
				if err != nil {
					t.Fatal(err)
				}
				return m
			},
		}
	})
}

func TestMemoryFailsBeforeAndAfterACommit(t *testing.T) {
	for _, c := range []struct {
		step string
		size int64
	}{{"Commit", 0}, {"Commit done", 1}} {
		m := store.NewMemory()
		var steps []string
		m.Fail = func(step string) error {
			steps = append(steps, step)
			if step == c.step {
				return store.ErrUnknown
			}
			return nil
		}
		tree := storetest.Tree{Head: storetest.Empty()}
		if err := m.Create(t.Context(), store.Meta{Origin: "storetest.example"}, tree.Head); err != nil {
			t.Fatal(err)
		}
		old := tree.Head
		b := tree.Append([]string{"r"}, [][]byte{storetest.Leaf("r", "act", "desk", 0)})
		if err := m.Commit(t.Context(), old, b); !errors.Is(err, store.ErrUnknown) {
			t.Errorf("%s: the commit gives %v", c.step, err)
		}
		if h, err := m.Head(t.Context()); err != nil || h.Size != c.size {
			t.Errorf("%s: the size is %d, not %d: %v", c.step, h.Size, c.size, err)
		}
		if !slices.Contains(steps, "Create") || !slices.Contains(steps, "Create done") || !slices.Contains(steps, "Head") {
			t.Errorf("the steps are %v", steps)
		}
	}
}

func TestBrokenBundles(t *testing.T) {
	for what, b := range map[string]store.Tile{
		"half a length":    {Width: 1, Data: []byte{0}},
		"half a leaf":      {Width: 1, Data: []byte{0, 2, 'a'}},
		"too few leaves":   {Width: 2, Data: []byte{0, 1, 'a'}},
		"too many leaves":  {Width: 1, Data: []byte{0, 1, 'a', 0, 0}},
		"nothing of a one": {Width: 1},
	} {
		if leaves, err := store.Leaves(b); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s gives %v, %v", what, leaves, err)
		}
	}
}

func TestABackupOfMemoryThatIsNone(t *testing.T) {
	if _, err := store.ReadMemory(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there is read")
	}
}
