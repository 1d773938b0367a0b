package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/postgres"
	"github.com/truceline/truceline/internal/recorder"
)

func (a *app) restoreCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "restore DIR BACKUP",
		Short: "Put a backup in the place of a store that was lost",
		Long: `Puts what truceline backup wrote in the place of a store that is no more: for SQLite the file DIR/record.db,
which must not be there, for PostgreSQL an empty database. A backup that is older than the checkpoint in
DIR/checkpoint is restored all the same, and then refused by everything that reads it: it says how
many entries are missing. Whether to go on without them is not for this program to say: it means
beginning a new record.`,
		Example: "  truceline restore records/valley /backup/valley-2031-03-01.db",
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := ctxOf(c)
			dir := args[0]
			if address == "" {
				if data, err := os.ReadFile(filepath.Join(dir, storeFile)); err == nil { //nolint:gosec // the user's own folder
					address = strings.TrimSpace(string(data))
				}
			}
			var err error
			if address != "" {
				err = postgres.Restore(ctx, address, args[1])
			} else {
				err = restoreFile(filepath.Join(dir, databaseFile), args[1])
			}
			if err != nil {
				return err
			}
			return a.restored(ctx, dir, address)
		},
	}
	storeFlag(c, &address)
	return c
}

// restored tells whether what was put back is the newest state.
func (a *app) restored(ctx context.Context, dir, address string) error {
	h, err := a.openHome(ctx, dir, address)
	if err != nil {
		return err
	}
	defer h.close()
	r, err := h.reader(ctx)
	var refused *recorder.RefusedError
	if errors.As(err, &refused) {
		return fmt.Errorf("it was put back, and does not fit: %w", err)
	}
	if err != nil {
		return err
	}
	a.printf("%d entries\n", r.Head().Size)
	return nil
}

// restoreFile copies a backup durably to where no store is.
func restoreFile(to, from string) error {
	in, err := os.Open(from) //nolint:gosec // the user's own file
	if err != nil {
		return err
	}
	defer in.Close()                                                      //nolint:errcheck // read only
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the user's own folder
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there: a store is never written over (move it away first, with its -wal and -shm)", to)
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
