package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"github.com/truceline/truceline/internal/store"
)

// A backup is a folder: `manifest.json`, and for each table that is not derived a file NAME.tsv in the
// text format of COPY: a row a line, columns in the order of the manifest separated by tabs,
// bytes as \x and hexadecimal digits, \N for null. psql's \copy reads it too.
type manifest struct {
	Version int         `json:"version"` // of this form
	Step    int         `json:"step"`    // of the schema
	Origin  string      `json:"origin"`
	Size    int64       `json:"size"` // of the head
	Root    string      `json:"root"`
	Tables  []tableFile `json:"tables"`
}

type tableFile struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	Bytes   int64    `json:"bytes"`
	SHA256  string   `json:"sha256"`
}

const (
	manifestFile  = "manifest.json"
	backupVersion = 1
)

// kept are the tables of a backup and of step 1 of the schema. The order of the rows makes equal records equal files.
var kept = []struct {
	table, columns, order string
}{
	{"meta", "origin, key", "one"},
	{"head", headColumns, "one"},
	{"leaf", "position, ref, id", "position"},
	{"tile", tileColumns, "level, index"},
	{"cosigned", "size, note", "size"},
}

// Backup writes a copy as of one moment to a new folder. The folder has its name only once all of it is on disk.
func (s *Store) Backup(ctx context.Context, to string) error {
	if s.closed.Load() {
		return store.ErrClosed
	}
	if _, err := os.Lstat(to); err == nil || !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("a backup is written to a new folder: %w", errors.Join(err, &os.PathError{Op: "backup", Path: to, Err: os.ErrExist}))
	}
	part, err := os.MkdirTemp(filepath.Dir(to), filepath.Base(to)+".part-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(part) //nolint:errcheck // it is gone after success, and on failure that is told
	err = s.look(ctx, func(tx pgx.Tx) error {
		if err := unhurried(ctx, tx); err != nil {
			return err
		}
		return dump(ctx, tx, s.target.schema, part)
	})
	if err != nil {
		return s.told(err)
	}
	if err := os.Rename(part, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// dump writes the files of a backup.
func dump(ctx context.Context, tx pgx.Tx, schema, dir string) error {
	h, err := scanHead(tx.QueryRow(ctx, `SELECT `+headColumns+` FROM head`))
	if err != nil {
		return err
	}
	m := manifest{Version: backupVersion, Size: h.Size, Root: hex.EncodeToString(h.Root[:])}
	if err := tx.QueryRow(ctx, `SELECT origin FROM meta`).Scan(&m.Origin); err != nil {
		return err
	}
	if m.Step, err = laid(ctx, tx, schema); err != nil {
		return err
	}
	for _, k := range kept {
		f := tableFile{Table: k.table, Columns: columnsOf(k.columns)}
		sum := sha256.New()
		if f.Bytes, err = write(tableName(dir, k.table), func(w io.Writer) error {
			tag, err := tx.Conn().PgConn().CopyTo(ctx, io.MultiWriter(w, sum),
				`COPY (SELECT `+k.columns+` FROM `+k.table+` ORDER BY `+k.order+`) TO STDOUT`)
			f.Rows = tag.RowsAffected()
			return err
		}); err != nil {
			return err
		}
		f.SHA256 = hex.EncodeToString(sum.Sum(nil))
		m.Tables = append(m.Tables, f)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if _, err := write(filepath.Join(dir, manifestFile), func(w io.Writer) error {
		_, err := w.Write(append(text, '\n'))
		return err
	}); err != nil {
		return err
	}
	return syncFolder(dir)
}
