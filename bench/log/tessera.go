package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"

	"github.com/truceline/truceline/record"
)

// tesseraRows appends the same leaves to Tessera's log in files: in bulk, with its largest
// sensible batches, until all are integrated and published; and singly from 200 writers, acknowledged
// when they are integrated, as a receipt of ours is given when its checkpoint is durable.
func tesseraRows(ctx context.Context, t *tabwriter.Writer, dir string, n int) error {
	skey, _, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	driver, err := posix.New(ctx, posix.Config{Path: dir})
	if err != nil {
		return err
	}
	const batch, age, interval = 4096, 50 * time.Millisecond, 100 * time.Millisecond
	o := tessera.NewAppendOptions().WithCheckpointSigner(signer).WithBatching(batch, age).WithCheckpointInterval(interval).WithPushback(1 << 20)
	a, shutdown, reader, err := tessera.NewAppender(ctx, driver, o)
	if err != nil {
		return err
	}
	leaves := make([][]byte, n)
	for i := range leaves {
		l, err := record.Submission(entry(i), "")
		if err != nil {
			return err
		}
		leaves[i] = record.AppendEnvelope(nil, l.Canonical, "2031-03-01T08:00:00Z", "", 1)
	}
	start := time.Now()
	futures := make([]tessera.IndexFuture, n)
	for i, l := range leaves {
		futures[i] = a.Add(ctx, tessera.NewEntry(l))
	}
	for _, f := range futures {
		if _, err := f(); err != nil {
			return err
		}
	}
	for {
		size, err := reader.IntegratedSize(ctx)
		if err != nil {
			return err
		}
		if size >= uint64(n) {
			break
		}
		time.Sleep(time.Millisecond)
	}
	fmt.Fprintf(t, "bulk, Tessera's POSIX driver, batches of %d\t%d entries\t%.0f entries/s\tthe same leaves, unsigned; integrated; it checks nothing of them\n", batch, n, float64(n)/time.Since(start).Seconds())

	await := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, 5*time.Millisecond)
	const writers, each = 200, 25
	took := make([][]time.Duration, writers)
	errs := make([]error, writers)
	var wait sync.WaitGroup
	start = time.Now()
	for w := range writers {
		wait.Go(func() {
			for i := range each {
				at := time.Now()
				if _, _, err := await.Await(ctx, a.Add(ctx, tessera.NewEntry(append(leaves[w*each+i : w*each+i+1][0], byte('0'+w%10))))); err != nil {
					errs[w] = err
					return
				}
				took[w] = append(took[w], time.Since(at))
			}
		})
	}
	wait.Wait()
	whole := time.Since(start)
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	fmt.Fprintf(t, "single entries, 200 writers, Tessera's POSIX driver\t%d entries\t%.0f entries/s\tp50 %s, p99 %s until published, every %s at best\n",
		len(all), float64(len(all))/whole.Seconds(), all[len(all)/2].Round(time.Millisecond), all[len(all)*99/100].Round(time.Millisecond), interval)
	return shutdown(ctx)
}
