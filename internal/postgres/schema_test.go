package postgres

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"

	"github.com/truceline/truceline/internal/store"
)

func TestAnOlderSchemaIsBroughtUpAndANewerRefused(t *testing.T) {
	dsn := database(t)
	s := opened(t, dsn)
	if err := s.Create(t.Context(), store.Meta{Origin: "o", Key: "k"}, store.Head{Epoch: 1}); err != nil {
		t.Fatal(err)
	}
	first, err := migrations(steps)
	if err != nil {
		t.Fatal(err)
	}
	later := fstest.MapFS{
		"schema/001.sql": {Data: []byte(first[0])},
		"schema/002.sql": {Data: []byte("ALTER TABLE meta ADD COLUMN more text DEFAULT 'new'")},
	}
	for range 2 { // the second time there is nothing left to do
		if err := s.transact(t.Context(), func(tx pgx.Tx) error { return lay(t.Context(), tx, "truceline", later) }); err != nil {
			t.Fatal(err)
		}
	}
	var more string
	if err := s.pool.QueryRow(t.Context(), `SELECT more FROM meta`).Scan(&more); err != nil || more != "new" {
		t.Errorf("the second step gives %q, %v", more, err)
	}
	if _, err := Open(t.Context(), dsn); err == nil || !strings.Contains(err.Error(), "a newer version wrote it") {
		t.Errorf("a schema of a newer program: %v", err)
	}
}

func TestStepsAreNumberedFromOneOn(t *testing.T) {
	for _, names := range [][]string{{"schema/002.sql"}, {"schema/001.sql", "schema/003.sql"}, {"schema/first.sql"}} {
		fsys := fstest.MapFS{}
		for _, n := range names {
			fsys[n] = &fstest.MapFile{}
		}
		if _, err := migrations(fsys); err == nil {
			t.Errorf("%v: no error", names)
		}
	}
}

func TestRecordsShareADatabase(t *testing.T) {
	dsn := database(t)
	for _, name := range []string{"first", "second"} {
		s := opened(t, with(t, dsn, "schema", name))
		if err := s.Create(t.Context(), store.Meta{Origin: name, Key: "k"}, store.Head{Epoch: 1}); err != nil {
			t.Fatal(err)
		}
		if m, err := s.Meta(t.Context()); err != nil || m.Origin != name {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
}
