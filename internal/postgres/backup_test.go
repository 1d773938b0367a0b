package postgres

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

// backedUp is the folder of a backup of a record with a few hundred leaves.
func backedUp(t *testing.T) (sc scene, dir string) {
	t.Helper()
	sc = stage(t)
	tree := sc.tree(t)
	old := tree.Head
	if err := sc.direct.Commit(t.Context(), old, next(tree, 700, 50)); err != nil {
		t.Fatal(err)
	}
	if err := sc.direct.Cosign(t.Context(), store.Cosigned{Size: 700, Note: []byte("a\tnote\\ of\nlines\n")}); err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "copy")
	if err := sc.direct.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	return sc, dir
}

func TestABackupIsFilesThatComeBack(t *testing.T) {
	sc, dir := backedUp(t)
	to := database(t)
	if err := Restore(t.Context(), to, dir); err != nil {
		t.Fatal(err)
	}
	s := opened(t, with(t, to, "application_name", "second"))
	if _, err := storetest.Exact(t.Context(), s); err != nil {
		t.Error(err)
	}
	want := sc.head(t)
	got, err := s.Head(t.Context())
	if err != nil || !got.Same(want) || !got.Recorded.Equal(want.Recorded) || string(got.Checkpoint) != string(want.Checkpoint) {
		t.Errorf("the head is %+v, %v; it was %+v", got, err, want)
	}
	again := filepath.Join(t.TempDir(), "again")
	if err := s.Backup(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name())
		a, errA := os.ReadFile(filepath.Join(dir, f.Name()))
		b, errB := os.ReadFile(filepath.Join(again, f.Name()))
		if errA != nil || errB != nil || string(a) != string(b) {
			t.Errorf("%s is not the same in a backup of what was restored (%v, %v)", f.Name(), errA, errB)
		}
	}
	if got := strings.Join(names, " "); got != "cosigned.tsv head.tsv leaf.tsv manifest.json meta.tsv tile.tsv" {
		t.Errorf("the files are %s", got)
	}
	for _, dir := range []string{filepath.Dir(dir), filepath.Dir(again)} {
		if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
			t.Errorf("beside the backup there are %v, %v", left, err)
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	sc, dir := backedUp(t)
	if err := Restore(t.Context(), sc.cluster.DSN(sc.database), dir); !errors.Is(err, store.ErrExists) {
		t.Errorf("a database with a record: %v", err)
	}
	if err := sc.direct.Backup(t.Context(), dir); !errors.Is(err, os.ErrExist) {
		t.Errorf("a backup over a backup: %v", err)
	}
	to := database(t)
	edit := func(name, from, into string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			path := filepath.Join(dir, name)
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), from) {
				t.Fatalf("%s has no %q", name, from)
			}
			if err := os.WriteFile(path, []byte(strings.Replace(string(text), from, into, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for what, c := range map[string]struct {
		spoil func(*testing.T, string)
		want  error
	}{
		"another reference": {edit("leaf.tsv", "r-1\t", "r-x\t"), store.ErrDamaged},
		"another note":      {edit("cosigned.tsv", "\\\\x", "\\\\x00"), store.ErrDamaged},
		"another size":      {edit("head.tsv", "\t700\t", "\t699\t"), store.ErrDamaged},
		"a later form":      {edit("manifest.json", `"version": 1`, `"version": 2`), nil},
		"a later step":      {edit("manifest.json", `"step": 1`, `"step": 2`), nil},
		"another table":     {edit("manifest.json", `"leaf"`, `"pg_class"`), store.ErrDamaged},
		"another column":    {edit("manifest.json", `"ref"`, `"id"`), store.ErrDamaged},
		"no JSON":           {edit("manifest.json", `{`, `[`), store.ErrDamaged},
		"no manifest":       {func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "manifest.json"))) }, os.ErrNotExist},
		"no tiles":          {func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "tile.tsv"))) }, os.ErrNotExist},
		"a short file":      {func(t *testing.T, dir string) { must(t, os.Truncate(filepath.Join(dir, "tile.tsv"), 99)) }, nil},
	} {
		t.Run(what, func(t *testing.T) {
			bad := filepath.Join(t.TempDir(), "bad")
			must(t, os.CopyFS(bad, os.DirFS(dir)))
			c.spoil(t, bad)
			if err := Restore(t.Context(), to, bad); err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("Restore gives %v", err)
			}
			if _, err := opened(t, to).Meta(t.Context()); !errors.Is(err, store.ErrNone) {
				t.Errorf("something was left: %v", err)
			}
		})
	}
	must(t, Restore(t.Context(), to, dir))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestCheckFindsWhatDoesNotFit(t *testing.T) {
	sc, _ := backedUp(t)
	for {
		behind, err := sc.direct.Follow(t.Context(), storetest.Read, 300)
		must(t, err)
		if behind == 0 {
			break
		}
	}
	must(t, sc.direct.Check(t.Context()))
	for _, sql := range []string{
		`DELETE FROM leaf WHERE position = 700`,
		`UPDATE leaf SET position = 701 WHERE position = 7`,
		`UPDATE head SET size = 699`,
		`DELETE FROM tile WHERE level = -1 AND index = 1`,
		`DELETE FROM tile WHERE level = 1`,
		`UPDATE tile SET width = 187 WHERE level = 0 AND index = 2`,
		`UPDATE tile SET data = data || '\x00' WHERE level = 0 AND index = 0`,
		`UPDATE tile SET index = 3 WHERE level = -1 AND index = 2`,
		`INSERT INTO tile VALUES (2, 0, 1, '\x00')`,
		`DELETE FROM listed WHERE position = 5`,
		`UPDATE applied SET position = 701`,
	} {
		c, err := sc.direct.pool.Begin(t.Context())
		must(t, err)
		if _, err := c.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		if err := whole(t.Context(), c); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: Check gives %v", sql, err)
		}
		abandon(c)
	}
	must(t, sc.direct.Check(t.Context()))
}
