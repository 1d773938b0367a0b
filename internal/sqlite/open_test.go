package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

func TestNamesOfFilesHaveNoMeaning(t *testing.T) {
	for _, name := range []string{"a b", "a?mode=memory", "a#b", "a%20b", "a&b=c", "it's", `a"b`, "停火", "file:a", ":memory:", "a\nb", "~", "a;b", "a+b", `a\b`} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		b := begin(t, path)
		b.add(3)
		must(t, b.Backup(t.Context(), path+"-backup"))
		must(t, b.Close())
		for _, file := range []string{path, path + "-backup"} {
			s, err := Open(file, false)
			if err != nil {
				t.Errorf("%q: %v", file, err)
				continue
			}
			if size, err := sound(t, s); err != nil || size != 3 {
				t.Errorf("%q has %d leaves, %v", file, size, err)
			}
			must(t, s.Close())
		}
		files, err := os.ReadDir(dir)
		if err != nil || len(files) != 2 {
			t.Errorf("%q made %v, %v", name, files, err)
		}
	}
	if _, err := Open("a\x00b", true); err == nil {
		t.Error("a name with a zero byte is opened")
	}
}

func TestOtherFilesAreRefusedAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "foreign.db")
	db, err := sql.Open("sqlite", foreign)
	must(t, err)
	_, err = db.Exec(`CREATE TABLE meta (one INTEGER)`)
	must(t, err)
	must(t, db.Close())
	text := filepath.Join(dir, "text")
	must(t, os.WriteFile(text, []byte("dear diary, this is a text and not a database, however long it may become in the end"), 0o600))
	empty := filepath.Join(dir, "empty")
	must(t, os.WriteFile(empty, nil, 0o600))
	for _, c := range []struct {
		path   string
		create bool
	}{{foreign, true}, {foreign, false}, {text, true}, {text, false}, {empty, false}} {
		before, err := os.ReadFile(c.path)
		must(t, err)
		if _, err := Open(c.path, c.create); !errors.Is(err, ErrForeign) {
			t.Errorf("%s, %v: %v", c.path, c.create, err)
		}
		after, err := os.ReadFile(c.path)
		if err != nil || string(after) != string(before) {
			t.Errorf("%s was changed, %v", c.path, err)
		}
	}
	if _, err := Open(filepath.Join(dir, "none"), false); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "no", "folder"), true); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if _, err := Open(dir, true); err == nil {
		t.Error("a folder is opened")
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	b := begin(t, path)
	must(t, b.w.exec("PRAGMA user_version = 99"))
	must(t, b.Close())
	if _, err := Open(path, true); !errors.Is(err, ErrNewer) {
		t.Errorf("a schema of version 99: %v", err)
	}
}

func TestDerivedTablesOfAnotherVersionAreMadeAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	b := begin(t, path)
	b.add(30)
	_, err := b.Follow(t.Context(), storetest.Read, 100)
	must(t, err)
	must(t, b.w.exec(`UPDATE d_applied SET version = 99; CREATE TABLE d_of_the_future (a)`))
	must(t, b.Close())
	s := open(t, path)
	if applied, err := s.Applied(t.Context()); err != nil || applied != 0 {
		t.Errorf("the derived tables stand at %d, %v", applied, err)
	}
	_, err = s.Follow(t.Context(), storetest.Read, 100)
	must(t, err)
	if list, err := s.List(t.Context(), 0, 100, "", ""); err != nil || len(list) != 30 {
		t.Errorf("%d are listed, %v", len(list), err)
	}
	if size, err := sound(t, s); err != nil || size != 30 {
		t.Errorf("the record has %d leaves, %v", size, err)
	}
	must(t, s.Close())
}

func TestWaitIsForTheOneThatLeads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	one, two := open(t, path), open(t, path)
	release, err := one.Wait(t.Context())
	must(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := two.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("two lead at once: %v", err)
	}
	waited := make(chan error)
	go func() {
		_, err := two.Wait(context.WithoutCancel(t.Context()))
		waited <- err
	}()
	must(t, two.Close())
	if err := <-waited; !errors.Is(err, store.ErrClosed) {
		t.Errorf("who waits while the store is closed: %v", err)
	}
	release()
	three := open(t, path)
	release, err = three.Wait(t.Context())
	must(t, err)
	release()
	must(t, errors.Join(one.Close(), three.Close()))
}
