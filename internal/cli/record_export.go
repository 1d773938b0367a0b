package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/mirror"
	"github.com/truceline/truceline/internal/recorder"
)

func (a *app) exportCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "export DIR OUT",
		Short: "Write the whole public record as files: a mirror",
		Long: `Writes the public record to a new folder: record.json, the signed checkpoint, all tiles, the
cosigned checkpoints, record.jsonl, the case's files and its attachments. The folder is a
mirror that anyone can verify without network (truceline verify OUT), and a case in file form. Keys and
protected values are never part of it. What does not fit the signed state is not
written: the command says what it is.`,
		Example: "  truceline export records/valley /media/stick/valley",
		Args:    cobra.ExactArgs(2),
		RunE: a.inHome(&address, func(ctx context.Context, h *home, args []string) error {
			r, err := h.reader(ctx)
			if err != nil {
				return err
			}
			bar := a.progress(int(r.Head().Size))
			out, err := mirror.Export(ctx, h.store, h.log, os.DirFS(h.dir), filepath.Clean(args[1]), func(done int64) { _ = bar.Set64(done) })
			_ = bar.Finish()
			if err != nil {
				return err
			}
			a.printf("%d entries, %d tiles, %d files, %d attachments\n", out.Entries, out.Tiles, out.Files, out.Blobs)
			for _, hash := range out.Lacking {
				a.printf("not here: attachment %s\n", hash)
			}
			return nil
		}),
	}
	storeFlag(c, &address)
	return c
}

func (a *app) rebuildCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "rebuild DIR",
		Short: "Drop every derived table and make it again from the record",
		Long: `The record is the truth; every other table follows from it. This drops them all and reads
the record again. A server that runs meanwhile answers from what has been rebuilt so far.`,
		Example: "  truceline rebuild records/valley",
		Args:    cobra.ExactArgs(1),
		RunE: a.inHome(&address, func(ctx context.Context, h *home, args []string) error {
			if err := h.store.Check(ctx); err != nil {
				return err
			}
			r, err := h.reader(ctx)
			if err != nil {
				return err
			}
			if err := h.store.Drop(ctx); err != nil {
				return err
			}
			bar := a.progress(int(r.Head().Size))
			for {
				behind, err := h.store.Follow(ctx, recorder.Detail, 16_384)
				if err != nil {
					return err
				}
				_ = bar.Set64(max(r.Head().Size-behind, 0))
				if behind == 0 {
					break
				}
			}
			_ = bar.Finish()
			applied, err := h.store.Applied(ctx)
			if err != nil {
				return err
			}
			a.printf("rebuilt from %d entries\n", applied)
			return nil
		}),
	}
	storeFlag(c, &address)
	return c
}

func (a *app) backupCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "backup DIR OUT",
		Short: "Copy a live store",
		Long: `Writes a copy of the store as it is at one moment, while others read and write: an SQLite
file, or for PostgreSQL a folder of tables. Keys and protected values are not in it: copy
DIR/keys and DIR/protected yourself, to another place. The copy of the checkpoint (DIR/checkpoint) stays where
it is: after a restore it shows what was recorded since.`,
		Example: "  truceline backup records/valley /backup/valley-2031-03-01.db",
		Args:    cobra.ExactArgs(2),
		RunE: a.inHome(&address, func(ctx context.Context, h *home, args []string) error {
			if _, err := os.Lstat(args[1]); err == nil {
				return fmt.Errorf("%s is there already (give the name of a new file)", args[1])
			}
			r, err := h.reader(ctx)
			if err != nil {
				return err
			}
			if err := h.store.Backup(ctx, args[1]); err != nil {
				return err
			}
			a.printf("%d entries or more, to %s\n", r.Head().Size, args[1])
			return nil
		}),
	}
	storeFlag(c, &address)
	return c
}
