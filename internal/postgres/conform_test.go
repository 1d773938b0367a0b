package postgres

import (
	"fmt"
	"testing"

	"github.com/truceline/truceline/internal/postgres/pgtest"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

func TestConformance(t *testing.T) {
	c := pgtest.Shared(t)
	name := c.Database(t) // a schema of it for each store
	schemas := 0
	fresh := func(t *testing.T) (dsn, schema string) {
		t.Helper()
		schemas++
		schema = fmt.Sprintf("record_%d", schemas)
		return with(t, c.DSN(name), "schema", schema), schema
	}
	open := func(t *testing.T, dsn string) store.Store {
		t.Helper()
		s, err := Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	storetest.Run(t, func(t *testing.T) storetest.Harness {
		dsn, schema := fresh(t)
		return storetest.Harness{
			Open: func(t *testing.T) store.Store { return open(t, dsn) },
			OpenBackup: func(t *testing.T, from string) store.Store {
				to, _ := fresh(t)
				if err := Restore(t.Context(), to, from); err != nil {
					t.Fatal(err)
				}
				return open(t, to)
			},
			Damage: func(t *testing.T) { c.Exec(t, name, `DELETE FROM `+schema+`.leaf WHERE position = 1`) },
		}
	})
}
