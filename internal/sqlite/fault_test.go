package sqlite

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	sqlite3 "modernc.org/sqlite"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

// flip changes one byte of a file.
func flip(t *testing.T, path string, at int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := make([]byte, 1)
	if _, err := f.ReadAt(b, at); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 0x55
	if _, err := f.WriteAt(b, at); err != nil {
		t.Fatal(err)
	}
}

// book is a store and the tree of its writer; its leaves are those of leafAt.
type book struct {
	t testing.TB
	*Store
	tree storetest.Tree
}

func refAt(position int64) string { return fmt.Sprintf("r-%d", position) }

func leafAt(position int64) []byte {
	return storetest.Leaf(refAt(position), "incident", "desk", int(position%300))
}

func begin(t testing.TB, path string) *book {
	t.Helper()
	b := &book{t: t, Store: open(t, path), tree: storetest.Tree{Head: storetest.Empty()}}
	must(t, b.Create(t.Context(), store.Meta{Origin: "storetest.example"}, b.tree.Head))
	return b
}

func (b *book) batch(n int) (store.Head, store.Batch) {
	old := b.tree.Head
	var refs []string
	var leaves [][]byte
	for i := range n {
		refs = append(refs, refAt(old.Size+int64(i)+1))
		leaves = append(leaves, leafAt(old.Size+int64(i)+1))
	}
	return old, b.tree.Append(refs, leaves)
}

func (b *book) add(n int) {
	b.t.Helper()
	old, batch := b.batch(n)
	must(b.t, b.Commit(b.t.Context(), old, batch))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sound tells what is wrong with a store that should hold the leaves of leafAt.
func sound(t testing.TB, s store.Store) (size int64, err error) {
	leaves, err := storetest.Exact(t.Context(), s)
	if err != nil {
		return 0, err
	}
	for i, leaf := range leaves {
		if !bytes.Equal(leaf, leafAt(int64(i+1))) {
			return 0, fmt.Errorf("at position %d stands %.40q", i+1, leaf)
		}
	}
	return int64(len(leaves)), s.Check(t.Context())
}

// written gives the bytes of a store with some leaves.
func written(t *testing.T, n int) []byte {
	path := filepath.Join(t.TempDir(), "record.db")
	b := begin(t, path)
	b.add(n)
	_, err := b.Follow(t.Context(), storetest.Read, n)
	must(t, err)
	must(t, b.Close())
	whole, err := os.ReadFile(path)
	must(t, err)
	return whole
}

func TestAFlippedByteIsNoticedOrTouchesNothing(t *testing.T) {
	whole := written(t, 300)
	path := filepath.Join(t.TempDir(), "record.db")
	noticed := 0
	for at := int64(0); at < int64(len(whole)); at += 797 { // of each page about 5
		must(t, os.WriteFile(path, whole, 0o600))
		flip(t, path, at)
		s, err := Open(path, false)
		if err != nil {
			noticed++
			continue
		}
		size, err := sound(t, s)
		if err != nil {
			noticed++
		} else if size != 300 {
			t.Errorf("byte %d: %d leaves are left and nobody notices", at, size)
		}
		// What is derived is not part of the tree; it may be wrong, and is made again.
		if _, err := s.List(t.Context(), 0, 1000, "", ""); err == nil {
			_, _, _ = s.FindID(t.Context(), [32]byte{1})
		}
		must(t, s.Close())
	}
	if noticed < 30 {
		t.Errorf("%d faults were noticed: where were the others?", noticed)
	}
}

func TestATruncatedFileIsNoticed(t *testing.T) {
	whole := written(t, 300)
	for _, length := range []int{1, 99, 100, 1000, pageSize, pageSize + 1, 3 * pageSize, len(whole) / 2, len(whole) - pageSize, len(whole) - 1} {
		path := filepath.Join(t.TempDir(), "record.db")
		must(t, os.WriteFile(path, whole[:length], 0o600))
		s, err := Open(path, true)
		if err != nil {
			continue
		}
		// The last byte of the last page may be one that holds nothing.
		if size, err := sound(t, s); !errors.Is(err, store.ErrDamaged) && (length < len(whole)-1 || size != 300) {
			t.Errorf("of %d bytes %d are left: %v", len(whole), length, err)
		}
		s.Close()
	}
}

func TestAFullDiskChangesNothing(t *testing.T) {
	b := begin(t, filepath.Join(t.TempDir(), "record.db"))
	b.add(10)
	var pages int
	must(t, b.w.conn.QueryRowContext(t.Context(), "PRAGMA page_count").Scan(&pages))
	must(t, b.w.exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+10)))
	old, batch := b.batch(2000)
	for range 3 {
		err := b.Commit(t.Context(), old, batch)
		if !errors.Is(err, store.ErrFull) || errors.Is(err, store.ErrUnknown) {
			t.Fatalf("a full disk gives %v", err)
		}
		if size, err := sound(t, b.Store); err != nil || size != 10 {
			t.Fatalf("the store has %d leaves, %v", size, err)
		}
	}
	must(t, b.w.exec(fmt.Sprintf("PRAGMA max_page_count = %d", 1<<30)))
	must(t, b.Commit(t.Context(), old, batch))
	if size, err := sound(t, b.Store); err != nil || size != 2010 {
		t.Errorf("with room again the store has %d leaves, %v", size, err)
	}
	must(t, b.Close())
}

func TestACommitThatFailsIsUnknownAndTheHeadTells(t *testing.T) {
	b := begin(t, filepath.Join(t.TempDir(), "record.db"))
	b.add(10)
	must(t, b.w.conn.Raw(func(c any) error {
		c.(sqlite3.HookRegisterer).RegisterCommitHook(func() int32 { return 1 })
		return nil
	}))
	old, batch := b.batch(5)
	if err := b.Commit(t.Context(), old, batch); !errors.Is(err, store.ErrUnknown) {
		t.Fatalf("a commit that fails gives %v", err)
	}
	h, err := b.Head(t.Context())
	if err != nil || !h.Same(old) {
		t.Fatalf("the head is of %d leaves, %v", h.Size, err)
	}
	must(t, b.Commit(t.Context(), old, batch)) // on a new connection, without the hook
	if size, err := sound(t, b.Store); err != nil || size != 15 {
		t.Errorf("the store has %d leaves, %v", size, err)
	}
	must(t, b.Close())
}

func TestCloseMergesTheLog(t *testing.T) {
	dir := t.TempDir()
	b := begin(t, filepath.Join(dir, "record.db"))
	b.add(10)
	must(t, b.Close())
	files, err := os.ReadDir(dir)
	must(t, err)
	if len(files) != 1 {
		t.Errorf("beside the store are left %v", files)
	}
}

func TestFilesAreOfTheirOwnerAlone(t *testing.T) {
	dir := t.TempDir()
	b := begin(t, filepath.Join(dir, "record.db"))
	b.add(10)
	release, err := b.Wait(t.Context())
	must(t, err)
	must(t, b.Backup(t.Context(), filepath.Join(dir, "backup.db")))
	files, err := os.ReadDir(dir)
	must(t, err)
	var names []string
	for _, f := range files {
		info, err := f.Info()
		must(t, err)
		names = append(names, f.Name())
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v", f.Name(), info.Mode())
		}
	}
	if want := []string{"backup.db", "record.db", "record.db-shm", "record.db-wal", "record.db.lock"}; !slices.Equal(names, want) {
		t.Errorf("the files are %v", names)
	}
	release()
	must(t, b.Close())
}
