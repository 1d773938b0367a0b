package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(path, true)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSQLiteKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Harness {
		path := filepath.Join(t.TempDir(), "record.db")
		return storetest.Harness{
			Open:       func(t *testing.T) store.Store { return open(t, path) },
			OpenBackup: func(t *testing.T, from string) store.Store { return open(t, from) },
			Damage:     func(t *testing.T) { flip(t, path, 3*pageSize) }, // the kind of the entries' first page
		}
	})
}
