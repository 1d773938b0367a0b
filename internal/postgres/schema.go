package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// steps are the numbered files that lay the tables, each on top of the one before.
//
//go:embed schema/*.sql
var steps embed.FS

// migrations lists the steps in order; the first has number 1.
func migrations(fsys fs.FS) ([]string, error) {
	names, err := fs.Glob(fsys, "schema/*.sql")
	if err != nil {
		return nil, err
	}
	var out []string
	for i, name := range names { // Glob sorts
		number, err := strconv.Atoi(strings.TrimSuffix(path.Base(name), ".sql"))
		if err != nil || number != i+1 {
			return nil, fmt.Errorf("%s: the steps of the schema are not numbered from 1 on", name)
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		out = append(out, string(text))
	}
	return out, nil
}

// laid is the number of the last step that a schema has; 0 when there is no schema.
func laid(ctx context.Context, q querier, schema string) (int, error) {
	var there bool
	// Not to_regclass: within a transaction it may answer from before the lock that lay waits for.
	if err := q.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = 'step')`, schema).Scan(&there); err != nil || !there {
		return 0, err
	}
	var n int
	err := q.QueryRow(ctx, `SELECT coalesce(max(number), 0) FROM step`).Scan(&n)
	return n, err
}

// lay brings a schema to the last step, within a transaction of the caller's. Two at once wait for each other.
func lay(ctx context.Context, tx pgx.Tx, schema string, fsys fs.FS) error {
	all, err := migrations(fsys)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, lockKey("schema", schema)); err != nil {
		return err
	}
	have, err := laid(ctx, tx, schema)
	if err != nil {
		return err
	}
	if err := notNewer(have, len(all)); err != nil || have == len(all) {
		return err
	}
	if have == 0 {
		// The name is one of schemaName: nothing in it needs quoting.
		for _, s := range []string{
			`CREATE SCHEMA IF NOT EXISTS ` + schema,
			`CREATE TABLE step (number int PRIMARY KEY, laid timestamptz NOT NULL DEFAULT now())`,
		} {
			if _, err := tx.Exec(ctx, s); err != nil {
				return err
			}
		}
	}
	for i := have; i < len(all); i++ {
		if _, err := tx.Exec(ctx, all[i]); err != nil {
			return fmt.Errorf("step %d of the schema: %w", i+1, err)
		}
		if _, err := tx.Exec(ctx, `INSERT INTO step (number) VALUES ($1)`, i+1); err != nil {
			return err
		}
	}
	return nil
}

// notNewer refuses a schema that a later version of the program has laid.
func notNewer(have, known int) error {
	if have > known {
		return fmt.Errorf("the database's schema is at step %d and this program knows %d: a newer version wrote it; use that one", have, known)
	}
	return nil
}
