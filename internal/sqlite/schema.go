package sqlite

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed schema
var schema embed.FS

// steps are the files of the schema in order: file n makes version n out of n-1.
func steps() ([]string, error) { return fs.Glob(schema, "schema/[0-9]*.sql") }

// prepare checks whose file it is and brings its schema up to date. A file without
// anything in it becomes a store when it may be created.
func (s *Store) prepare(ctx context.Context, create bool) error {
	files, err := steps()
	if err != nil {
		return err
	}
	err = patiently(ctx, func() (err error) {
		s.w, err = s.connect(ctx)
		return err
	})
	if err != nil {
		return err
	}
	w := s.w
	var version int
	err = patiently(ctx, func() (err error) {
		version, err = w.version(ctx, s.path, len(files))
		return err
	})
	if err != nil {
		return err
	}
	if version == 0 && !create {
		return fmt.Errorf("%w: %s: it is empty", ErrForeign, s.path)
	}
	if version == 0 {
		if err := w.exec(fmt.Sprintf("PRAGMA page_size = %d", pageSize)); err != nil {
			return err
		}
		if err := w.logged(ctx); err != nil {
			return err
		}
	}
	var derived int
	if version == len(files) {
		if derived, err = w.derivedVersion(ctx); err != nil {
			return err
		}
	}
	if version < len(files) || derived != derivedVersion {
		if err := s.migrate(ctx, w, files); err != nil {
			return err
		}
	}
	return w.logged(ctx) // a copy that Backup wrote is not yet
}

// logged has the file written by way of a log, beside which others can read.
func (w *writer) logged(ctx context.Context) error {
	return patiently(ctx, func() error { return w.exec("PRAGMA journal_mode = WAL") })
}

func (s *Store) migrate(ctx context.Context, w *writer, files []string) error {
	return w.transact(ctx, func(w *writer) error {
		version, err := w.version(ctx, s.path, len(files)) // another process may have been here first
		if err != nil {
			return err
		}
		for i, file := range files[version:] {
			text, err := schema.ReadFile(file)
			if err != nil {
				return err
			}
			text = fmt.Appendf(text, "\n; PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version+i+1)
			if err := w.exec(string(text)); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
		if version == len(files) {
			if now, err := w.derivedVersion(ctx); err != nil || now == derivedVersion {
				return err
			}
		}
		return w.drop(ctx)
	})
}

// version is the schema's; 0 for a file without anything in it.
func (w *writer) version(ctx context.Context, path string, newest int) (version int, err error) {
	var id, objects int
	err = w.conn.QueryRowContext(ctx,
		`SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`,
	).Scan(&id, &version, &objects)
	switch {
	case err != nil:
		return 0, err
	case id == 0 && version == 0 && objects == 0:
		return 0, nil
	case id != applicationID || version < 1:
		return 0, fmt.Errorf("%w: %s", ErrForeign, path)
	case version > newest:
		return 0, fmt.Errorf("%w: %s: its schema is of version %d, and this one knows %d", ErrNewer, path, version, newest)
	}
	return version, nil
}

// patiently runs what another process may lock out for a while: one that commits, or one
// that reads the log again after a crash.
func patiently(ctx context.Context, do func() error) error {
	for {
		err := do()
		if code(err) != sqlite3.SQLITE_BUSY {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}
