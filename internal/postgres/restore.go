package postgres

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/truceline/truceline/internal/store"
)

// Restore makes a record of a backup, in one transaction. It refuses a schema that has a record
// (store.ErrExists), and a backup whose files are not those of its manifest (store.ErrDamaged). The derived
// tables are empty afterwards: Follow makes them.
func Restore(ctx context.Context, dsn, dir string) error {
	m, err := readManifest(dir)
	if err != nil {
		return err
	}
	s, err := Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // nothing is left to be written
	err = s.transact(ctx, func(tx pgx.Tx) error {
		if err := unhurried(ctx, tx); err != nil {
			return err
		}
		if err := lay(ctx, tx, s.target.schema, steps); err != nil {
			return err
		}
		// Another Restore or Create waits here, and then finds the record.
		if _, err := tx.Exec(ctx, `LOCK TABLE meta IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		var there bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM meta)`).Scan(&there); err != nil {
			return err
		}
		if there {
			return store.ErrExists
		}
		for i, k := range kept {
			if err := load(ctx, tx, dir, k.table, k.columns, m.Tables[i]); err != nil {
				return err
			}
		}
		return whole(ctx, tx)
	})
	return s.told(err)
}

// readManifest reads what a backup says of itself and holds it to the one form that is known.
func readManifest(dir string) (manifest, error) {
	var m manifest
	text, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("%w: %s: %w", store.ErrDamaged, manifestFile, err)
	}
	all, err := migrations(steps)
	if err != nil {
		return m, err
	}
	if m.Version != backupVersion || m.Step != len(all) {
		return m, fmt.Errorf("the backup has form %d and step %d of the schema; this program reads form %d and step %d",
			m.Version, m.Step, backupVersion, len(all))
	}
	fits := len(m.Tables) == len(kept)
	for i := 0; fits && i < len(kept); i++ {
		fits = m.Tables[i].Table == kept[i].table && slices.Equal(m.Tables[i].Columns, columnsOf(kept[i].columns))
	}
	if !fits {
		return m, fmt.Errorf("%w: the tables of %s are not those of a record", store.ErrDamaged, manifestFile)
	}
	return m, nil
}

// load copies a file into its table, and compares what was read with the manifest.
func load(ctx context.Context, tx pgx.Tx, dir, table, columns string, want tableFile) (err error) {
	name := tableName(dir, table)
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := sha256.New()
	count := &counter{}
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, io.TeeReader(bufio.NewReaderSize(f, 1<<20), io.MultiWriter(sum, count)),
		`COPY `+table+` (`+columns+`) FROM STDIN`)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want.SHA256 || count.n != want.Bytes || tag.RowsAffected() != want.Rows {
		return fmt.Errorf("%w: %s has %d rows, %d bytes and SHA-256 %s; the manifest says %d, %d and %s",
			store.ErrDamaged, name, tag.RowsAffected(), count.n, got, want.Rows, want.Bytes, want.SHA256)
	}
	return nil
}

// counter counts the bytes that are written to it.
type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}

func tableName(dir, table string) string { return filepath.Join(dir, table+".tsv") }

func columnsOf(list string) []string { return strings.Split(list, ", ") }

// write makes a file, has it filled, and sees it on disk.
func write(name string, fill func(io.Writer) error) (n int64, err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	count := &counter{}
	out := bufio.NewWriterSize(f, 1<<20)
	if err := errors.Join(fill(io.MultiWriter(out, count)), out.Flush(), f.Sync()); err != nil {
		return 0, err
	}
	return count.n, nil
}

// syncFolder sees the names in a folder on disk.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
