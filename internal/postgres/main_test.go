package postgres

import (
	"context"
	"net/url"
	"testing"

	"github.com/truceline/truceline/internal/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m, pgtest.Options{}) }

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
