package postgres

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/truceline/truceline/internal/postgres/pgtest"
)

func TestAnAddressNamesItsSchema(t *testing.T) {
	for dsn, want := range map[string]string{
		"postgres://h/d":                                   "truceline",
		"postgres://h/d?schema=valley_2031":                "valley_2031",
		"host=h dbname=d schema=b":                         "b",
		"postgres://h/d?application_name=mine":             "truceline",
		"postgres://h/d?statement_timeout=5s":              "truceline",
		"postgres://h/d?pool_max_conns=3":                  "truceline",
		"postgres://h/d?schema=":                           "",
		"postgres://h/d?schema=Upper":                      "",
		"postgres://h/d?schema=a%22b":                      "",
		"postgres://h/d?schema=1a":                         "",
		"postgres://h/d?schema=public":                     "",
		"postgres://h/d?schema=pg_x":                       "",
		"postgres://h/d?search_path=x":                     "",
		"postgres://h/d?synchronous_commit=off":            "",
		"postgres://h:port/d":                              "",
		"postgres://h/d?schema=" + strings.Repeat("a", 41): "",
	} {
		got, err := parse(dsn)
		if got.schema != want || (err == nil) != (want != "") {
			t.Errorf("%s: schema %q, %v; want %q", dsn, got.schema, err, want)
		}
	}
}

func TestThePoolIsBounded(t *testing.T) {
	for dsn, want := range map[string]int32{
		"postgres://h/d?pool_max_conns=3":                        3,
		"postgres://h/d?pool_max_conns=5000&pool_min_conns=4000": maxConnections,
	} {
		got, err := parse(dsn)
		if err != nil || got.pool.MaxConns != want || got.pool.MinConns > want {
			t.Errorf("%s: %+v, %v; want %d", dsn, got.pool, err, want)
		}
		if got.pool.ConnConfig.ConnectTimeout != connectTimeout {
			t.Errorf("%s: %v to connect", dsn, got.pool.ConnConfig.ConnectTimeout)
		}
	}
}

// TestNoErrorRepeatsAPassword tries addresses that cannot be read, that nobody answers at, and that are refused.
func TestNoErrorRepeatsAPassword(t *testing.T) {
	c := pgtest.Shared(t)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := silent.Addr().String()
	silent.Close()
	const secret = "s3cr3t-Word"
	for _, dsn := range []string{
		"postgres://u:" + secret + "@" + nobody + "/d",
		"postgres://u:" + secret + "@" + c.Addr() + "/postgres?sslmode=disable",
		"postgres://u:" + secret + "@" + c.Addr() + "/postgres?sslmode=" + secret,
		"postgres://u:" + secret + "@" + c.Addr() + "/postgres?sslmode=verify-full&sslrootcert=/nowhere",
		"postgres://u:" + secret + "@h:1x/d",
		"postgres://u:/" + secret + "@h/d",
		"postgres://u:1/" + secret + "@h/d",
		"postgres://u:%zz" + secret + "@h/d",
		"postgres://u:" + secret + "@h/d?schema=PUBLIC",
		"postgres://u:" + secret + "@h/d?pool_max_conns=" + secret,
		"postgres://u:" + secret + "@h/d?" + secret + "=1",
		"host=h password='" + secret,
		"host=h password=a " + secret,
		"host=h password=a " + secret + "=2",
		"host=h port=" + secret,
		secret,
	} {
		s, err := Open(context.Background(), dsn)
		if err == nil {
			s.Close()
			t.Errorf("%s was opened", dsn)
			continue
		}
		for _, words := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
			if strings.Contains(words, secret) {
				t.Errorf("%s: the error repeats it: %s", dsn, words)
			}
		}
	}
	open := opened(t, c.DSN("postgres"))
	if words := fmt.Sprintf("%v %+v %#v", open, open, open); strings.Contains(words, c.Password) {
		t.Error("the store shows its password when it is printed")
	}
	if strings.Contains(c.Log(t), c.Password) {
		t.Error("the password stands in the log of the server")
	}
}

func TestAServerThatIsTooOldIsRefused(t *testing.T) {
	for _, c := range []struct{ number, encoding, want string }{
		{"150000", "UTF8", ""},
		{"190003", "UTF8", ""},
		{"140019", "UTF8", "PostgreSQL 14; version 15 or later"},
		{"90624", "UTF8", "PostgreSQL 9"},
		{"new", "UTF8", `"new"`},
		{"170001", "SQL_ASCII", "encoding is SQL_ASCII"},
	} {
		err := refuse(c.number, c.encoding)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, %s: %v; want %q", c.number, c.encoding, err, c.want)
		}
	}
	cluster := pgtest.Shared(t)
	cluster.Exec(t, "postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
	t.Cleanup(func() { cluster.Exec(t, "postgres", "DROP DATABASE latin WITH (FORCE)") })
	if _, err := Open(context.Background(), cluster.DSN("latin")); err == nil || !strings.Contains(err.Error(), "LATIN1") {
		t.Errorf("a database in LATIN1: %v", err)
	}
}

// TestSettingsHoldWhateverTheDatabaseSays: a weak default of the database is not taken over, a stronger one is.
func TestSettingsHoldWhateverTheDatabaseSays(t *testing.T) {
	c := pgtest.Shared(t)
	for said, want := range map[string]string{"off": "on", "local": "on", "remote_apply": "remote_apply"} {
		name := c.Database(t)
		c.Exec(t, "postgres",
			"ALTER DATABASE "+name+" SET synchronous_commit = "+said,
			"ALTER DATABASE "+name+" SET bytea_output = escape",
			"ALTER DATABASE "+name+" SET search_path = elsewhere")
		s := opened(t, with(t, c.DSN(name), "schema", "mine"))
		for setting, want := range map[string]string{
			"synchronous_commit": want, "bytea_output": "hex", "search_path": "mine",
			"statement_timeout": "30s", "idle_in_transaction_session_timeout": "30s",
		} {
			var got string
			if err := s.pool.QueryRow(t.Context(), `SELECT current_setting($1)`, setting).Scan(&got); err != nil || got != want {
				t.Errorf("default %s: %s is %s, %v; want %s", said, setting, got, err, want)
			}
		}
	}
	s := opened(t, with(t, c.DSN(c.Database(t)), "statement_timeout", "50ms"))
	if _, err := s.pool.Exec(t.Context(), `SELECT pg_sleep(60)`); code(err) != "57014" {
		t.Errorf("a statement that takes too long: %v", err)
	}
}
