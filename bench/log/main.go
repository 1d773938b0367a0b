package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/postgres"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/internal/sqlite"
	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/record"
)

func main() {
	n := flag.Int("n", 200_000, "entries of the bulk rows")
	grow := flag.Int("grow", 1_000_000, "the largest record of the growth rows, by tens from 10,000")
	dsn := flag.String("postgres", os.Getenv("TRUCELINE_BENCH_POSTGRES"), "address of a PostgreSQL database to measure too")
	flag.Parse()
	if err := run(context.Background(), *n, *grow, *dsn); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n, grow int, dsn string) error {
	dir, err := os.MkdirTemp(".", ".bench-") // beside the sources: a temporary folder may be memory
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // temporary
	t := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintf(t, "%s, %d processors; leaves of about 300 bytes; durable means fsync before the receipt\n", runtime.Version(), runtime.GOMAXPROCS(0))
	sample, err := record.Submission(entry(1), "")
	if err != nil {
		return err
	}
	fmt.Fprintf(t, "envelope as sent under a sheet: %d bytes\n\n", len(sample.Bytes))

	k, stop, err := onDisk(ctx, dir, "bulk")
	if err != nil {
		return err
	}
	rate, err := bulk(ctx, k, 0, n)
	if err != nil {
		return err
	}
	fmt.Fprintf(t, "bulk, sheets of %d, SQLite\t%d entries\t%.0f entries/s\tread and checked as they come, two at a time\n", record.MaxSheet, n, rate)
	inclusion(t, k)
	stop()
	if k, stop, err = onDisk(ctx, dir, "singles"); err != nil {
		return err
	}
	if err := k.sheets(ctx, 0, 10_000); err != nil {
		return err
	}
	if err := settled(ctx, k); err != nil {
		return err
	}
	if err := singleRows(ctx, t, k, "SQLite"); err != nil {
		return err
	}
	stop()
	if dsn != "" {
		if err := onPostgres(ctx, t, dsn, n); err != nil {
			return err
		}
	}
	if err := tesseraRows(ctx, t, filepath.Join(dir, "tessera"), n); err != nil {
		return err
	}
	fmt.Fprintln(t)
	for size := 10_000; size <= grow; size *= 10 {
		if err := growth(ctx, t, dir, size); err != nil {
			return err
		}
	}
	return t.Flush()
}

// onDisk begins a record in an SQLite file with its guard beside it.
func onDisk(ctx context.Context, dir, name string) (*log, func(), error) {
	s, err := sqlite.Open(filepath.Join(dir, name+".db"), true)
	if err != nil {
		return nil, nil, err
	}
	k, err := newLog(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	k.guard.write = keep.Guard{File: filepath.Join(dir, name+".checkpoint")}.Write
	return k, func() {
		k.rec.Close()
		_ = s.Close()
	}, nil
}

// bulk appends n entries under sheets that were made before, each read as a server reads
// what it is sent, and gives the rate.
func bulk(ctx context.Context, k *log, from, n int) (float64, error) {
	var sheets []*sheet
	for i := from; i < from+n; i += record.MaxSheet {
		s, err := k.newSheet(i, min(record.MaxSheet, from+n-i))
		if err != nil {
			return 0, err
		}
		sheets = append(sheets, s)
	}
	runtime.GC()
	start := time.Now()
	work := make(chan *sheet)
	failed := make(chan error, 2)
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			for s := range work {
				head, under, err := s.read()
				if err == nil {
					_, err = k.rec.AppendSheet(ctx, head, under)
				}
				if err != nil {
					failed <- err
					return
				}
			}
		})
	}
	for _, s := range sheets {
		select {
		case work <- s:
		case err := <-failed:
			return 0, err
		}
	}
	close(work)
	wait.Wait()
	select {
	case err := <-failed:
		return 0, err
	default:
	}
	return float64(n+len(sheets)) / time.Since(start).Seconds(), nil
}

// singles appends single signed entries from many writers at once.
// pause is how long every writer waits after each receipt; 0 is as fast as they can.
func singles(ctx context.Context, k *log, from, writers, each int, pause time.Duration) (p50, p99 time.Duration, rate float64, err error) {
	leaves := make([][]record.Leaf, writers)
	for w := range leaves {
		for i := range each {
			l, err := k.signed(entry(from + w*each + i))
			if err != nil {
				return 0, 0, 0, err
			}
			leaves[w] = append(leaves[w], l)
		}
	}
	took := make([][]time.Duration, writers)
	errs := make([]error, writers)
	var wait sync.WaitGroup
	start := time.Now()
	for w := range writers {
		wait.Go(func() {
			for _, l := range leaves[w] {
				at := time.Now()
				read, err := record.ReadSubmission("", 1, l.Bytes)
				if err == nil {
					_, err = k.rec.Append(ctx, read)
				}
				if err != nil {
					errs[w] = err
					return
				}
				took[w] = append(took[w], time.Since(at))
				if pause > 0 {
					time.Sleep(pause/2 + time.Duration((w*37+len(took[w])*101)%100)*pause/100)
				}
			}
		})
	}
	wait.Wait()
	whole := time.Since(start)
	for _, err := range errs {
		if err != nil {
			return 0, 0, 0, err
		}
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	return all[len(all)/2].Round(10 * time.Microsecond), all[len(all)*99/100].Round(10 * time.Microsecond), float64(len(all)) / whole.Seconds(), nil
}

// inclusion proves entries here and there, each with a reader that has verified nothing
// yet and with one that has.
func inclusion(t *tabwriter.Writer, k *log) {
	r := k.rec.Reader()
	size := r.Head().Size
	const n = 200
	start := time.Now()
	for i := range n {
		if _, err := k.rec.Reader().Inclusion(1 + int64(i)*7919%size); err != nil {
			fmt.Fprintln(os.Stderr, "error:", err)
			return
		}
	}
	cold := time.Since(start) / n
	start = time.Now()
	for i := range n {
		if _, err := r.Inclusion(1 + int64(i)*7919%size); err != nil {
			fmt.Fprintln(os.Stderr, "error:", err)
			return
		}
	}
	fmt.Fprintf(t, "inclusion proof\t%d entries\t%s\t%s by a reader that verifies every tile on the way anew\n", size, (time.Since(start) / n).Round(time.Microsecond), cold.Round(time.Microsecond))
}

// onPostgres repeats the rows of appending on PostgreSQL.
func onPostgres(ctx context.Context, t *tabwriter.Writer, dsn string, n int) error {
	s, err := postgres.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // the run ends
	k, err := newLog(ctx, s)
	if err != nil {
		return err
	}
	defer k.rec.Close()
	rate, err := bulk(ctx, k, 0, n)
	if err != nil {
		return err
	}
	fmt.Fprintf(t, "bulk, sheets of %d, PostgreSQL\t%d entries\t%.0f entries/s\n", record.MaxSheet, n, rate)
	if err := settled(ctx, k); err != nil {
		return err
	}
	return singleRows(ctx, t, k, "PostgreSQL")
}

// settled waits until the derived tables have come to the end.
func settled(ctx context.Context, k *log) error {
	for {
		applied, err := k.store.Applied(ctx)
		if err != nil || applied == k.rec.Head().Size {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// singleRows measures single signed entries: 200 writers that send ten a second each, and
// 200 that send without a pause.
func singleRows(ctx context.Context, t *tabwriter.Writer, k *log, name string) error {
	for _, row := range []struct {
		how        string
		from, each int
		pause      time.Duration
	}{{"ten a second each", 900_000_000, 30, 100 * time.Millisecond}, {"without a pause", 910_000_000, 50, 0}} {
		p50, p99, rate, err := singles(ctx, k, row.from, 200, row.each, row.pause)
		if err != nil {
			return err
		}
		fmt.Fprintf(t, "single signed entries, 200 writers, %s, %s\t%d entries\t%.0f entries/s\tp50 %s, p99 %s\n", row.how, name, 200*row.each, rate, p50, p99)
	}
	return nil
}

// growth fills a record and opens it again.
func growth(ctx context.Context, t *tabwriter.Writer, dir string, size int) error {
	name := fmt.Sprintf("grow-%d", size)
	k, stop, err := onDisk(ctx, dir, name)
	if err != nil {
		return err
	}
	var last float64
	for from := 0; from < size; from += 100_000 {
		if last, err = bulk(ctx, k, from, min(100_000, size-from)); err != nil {
			return err
		}
	}
	start := time.Now()
	stop()
	follow := time.Since(start)
	info, err := os.Stat(filepath.Join(dir, name+".db"))
	if err != nil {
		return err
	}
	start = time.Now()
	s, err := sqlite.Open(filepath.Join(dir, name+".db"), false)
	if err != nil {
		return err
	}
	k.store = s
	if err := k.open(ctx); err != nil {
		return err
	}
	opened := time.Since(start)
	k.rec.Close()
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	fmt.Fprintf(t, "growth\t%d entries\t%.0f entries/s at the end\topened in %s; %d MB on disk; %d MB of heap after; derived tables took %s more\n",
		size, last, opened.Round(time.Millisecond), info.Size()>>20, m.HeapAlloc>>20, follow.Round(time.Millisecond))
	var st store.Store = s
	_ = st.Close()
	return os.Remove(filepath.Join(dir, name+".db"))
}

var _ recorder.Guard = (*guard)(nil)
