package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// defaultSchema holds the record when the address names no other.
const defaultSchema = "truceline"

// Bounds that hold unless the address gives others.
const (
	connectTimeout = 10 * time.Second
	maxConnections = 64 // at most, whatever the address says
	// A statement that takes longer is given up by the server. What may take long by its
	// nature (Backup, Restore, Check, Drop) sets it off.
	statementTimeout = "30s"
)

// given are the settings of an address that are handed on to the server; connection settings
// (host, sslmode, pool_max_conns and the like) are the driver's. An unknown one may be a piece of a
// password that was not quoted, so it is neither sent nor repeated.
var given = []string{"application_name", "statement_timeout"}

var schemaName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// target is where a record is kept.
type target struct {
	pool   *pgxpool.Config
	schema string
}

// parse reads an address: a URL or a list of key=value, as libpq writes them, with the
// parameter `schema` of our own. No error repeats any part of it.
func parse(dsn string) (target, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return target{}, addressFault(err)
	}
	if c := config.ConnConfig; strings.ContainsAny(c.Database+c.Host, "@?#") {
		return target{}, addressFault(nil) // the rest of a password with a character that ends it
	}
	t := target{pool: config, schema: defaultSchema}
	params := config.ConnConfig.RuntimeParams
	if name, ok := params["schema"]; ok {
		t.schema = name
	}
	if !schemaName.MatchString(t.schema) || strings.HasPrefix(t.schema, "pg_") || t.schema == "public" || t.schema == "information_schema" {
		return target{}, errors.New("the address names a schema that a record cannot have: 1 to 40 of a-z, 0-9 and _, a letter first, none of the server's own")
	}
	timeout := statementTimeout
	if v, ok := params["statement_timeout"]; ok {
		timeout = v
	}
	name := params["application_name"]
	if name == "" {
		name = "truceline"
	}
	delete(params, "schema")
	for _, k := range given {
		delete(params, k)
	}
	if len(params) > 0 {
		return target{}, fmt.Errorf("the address has a setting that is not known here; beside those of the connection there are schema, %s", strings.Join(given, ", "))
	}
	params["application_name"] = name
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connectTimeout
	}
	config.MaxConns = min(config.MaxConns, maxConnections)
	config.MinConns = min(config.MinConns, config.MaxConns)
	config.ConnConfig.DialFunc = dial
	config.ConnConfig.OnNotice = heed
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error { return settle(ctx, c, t.schema, timeout) }
	return t, nil
}

// dial notices a dead server in less than a minute.
func dial(ctx context.Context, network, addr string) (net.Conn, error) {
	d := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 4}}
	return d.DialContext(ctx, network, addr)
}

// addressFault tells that an address cannot be read. The parser's own words may repeat
// what it took for a port or a host, and that can be a piece of a password; only a file that
// the address names and that cannot be read is told.
func addressFault(err error) error {
	const what = "the address of the database cannot be read: write postgres://user@host:5432/database?schema=truceline, " +
		"special characters of a password as %XX (the address is not repeated here, since it may hold one)"
	var file *fs.PathError
	if errors.As(err, &file) {
		return fmt.Errorf("%s; %w", what, file)
	}
	return errors.New(what)
}

// settings are asked for on every connection, whatever the server's defaults are.
// synchronous_commit may be stronger, never weaker. The timeouts have the server let go
// of a head whose writer's machine has died in the middle of a transaction.
const settings = `SELECT
  set_config('search_path', $1, false),
  set_config('statement_timeout', $2, false),
  set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false),
  set_config('idle_in_transaction_session_timeout', '30s', false),
  set_config('tcp_keepalives_idle', '15', false),
  set_config('tcp_keepalives_interval', '5', false),
  set_config('tcp_keepalives_count', '4', false),
  set_config('bytea_output', 'hex', false),
  set_config('DateStyle', 'ISO', false),
  set_config('TimeZone', 'UTC', false)`

// settle makes a connection one of a record's.
func settle(ctx context.Context, c *pgx.Conn, schema, timeout string) error {
	_, err := c.Exec(ctx, settings, schema, timeout)
	return err
}

// dedicate opens a connection outside the pool, for what holds one for long.
func (t target) dedicate(ctx context.Context) (*pgx.Conn, error) {
	c, err := pgx.ConnectConfig(ctx, t.pool.ConnConfig.Copy())
	if err != nil {
		return nil, err
	}
	if err := t.pool.AfterConnect(ctx, c); err != nil {
		hangUp(c)
		return nil, err
	}
	return c, nil
}

// hangUp closes a connection, politely as long as that is quick.
func hangUp(c *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = c.Close(ctx)
}
