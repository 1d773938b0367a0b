package postgres

import (
	"context"
	"flag"
	"net/url"
	"testing"

	"github.com/truceline/truceline/internal/postgres/pgtest"
)

// TestMain has the server write through to the disk for benchmarks alone: the tests end its
// processes, not the machine, and the system keeps what those have written.
func TestMain(m *testing.M) {
	flag.Parse()
	pgtest.Main(m, pgtest.Options{NoSync: flag.Lookup("test.bench").Value.String() == ""})
}

// database is the address of an empty one.
func database(t testing.TB) string {
	t.Helper()
	c := pgtest.Shared(t)
	return c.DSN(c.Database(t))
}

// with adds a parameter to an address.
func with(t testing.TB, dsn, key, value string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set(key, value)
	u.RawQuery = q.Encode()
	return u.String()
}

// opened is a store at an address, closed at the test's end.
func opened(t testing.TB, dsn string) *Store {
	t.Helper()
	s, err := Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
