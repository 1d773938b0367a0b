// Command site measures the site under load: a record of the founding case with invented
// reports behind it, served by the product as a process of its own, asked from this one
// over loopback. Times are of this machine; the processor time of a page is the server's.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"text/tabwriter"
	"time"
)

func main() {
	n := flag.Int("n", 100_000, "invented reports behind the founding case")
	program := flag.String("program", "../bin/truceline", "the program that is measured")
	seconds := flag.Int("seconds", 15, "of load at 100 requests a second")
	chromium := flag.String("chromium", os.Getenv("TRUCELINE_CHROMIUM"), "browser that measures the first paint; empty: not measured")
	flag.Parse()
	if err := run(context.Background(), *n, *program, *seconds, *chromium); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n int, program string, seconds int, chromium string) error {
	dir, err := os.MkdirTemp(".", ".bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // temporary
	t := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	defer t.Flush() //nolint:errcheck // to the terminal
	fmt.Fprintf(t, "%s, %d processors; %d reports behind the founding case\n", runtime.Version(), runtime.GOMAXPROCS(0), n)
	if err := grow(filepath.Join(dir, "case"), n); err != nil {
		return err
	}
	begun := time.Now()
	home := filepath.Join(dir, "home")
	if out, err := exec.CommandContext(ctx, program, "init", home, "--from", filepath.Join(dir, "case")).CombinedOutput(); err != nil { //nolint:gosec // the program that is measured
		return fmt.Errorf("init: %w\n%s", err, out)
	}
	fmt.Fprintf(t, "recorded from a file, signed, on the embedded store\t%.1f s\n", time.Since(begun).Seconds())
	begun = time.Now()
	s, err := serve(ctx, program, home)
	if err != nil {
		return err
	}
	defer s.stop()
	fmt.Fprintf(t, "served after\t%.1f s\tmemory %d MB\n\n", time.Since(begun).Seconds(), s.memory())
	if err := s.warm(); err != nil {
		return err
	}
	ahead, err := s.settle()
	if err != nil {
		return err
	}
	fmt.Fprintf(t, "days made ready ahead\t%.1f s of processor\nmemory\t%d MB\n\n", ahead.Seconds(), s.memory())
	fmt.Fprintln(t, "page, each asked for the first time\tprocessor\tmedian\tp99\tsent packed")
	for _, p := range pages(n) {
		if err := s.measure(t, p); err != nil {
			return err
		}
	}
	fmt.Fprintln(t)
	all := pages(n)
	light := slices.DeleteFunc(slices.Clone(all), func(p page) bool { return p.heavy })
	if err := s.load(t, "all but the map and the report of a day", light, seconds); err != nil {
		return err
	}
	if err := s.load(t, "all of them in turn", all, seconds); err != nil {
		return err
	}
	if err := s.front(t, 5*time.Second); err != nil {
		return err
	}
	for _, ending := range []string{"html", "txt", "csv", "geojson", "pdf", "docx"} {
		begun := time.Now()
		r, err := s.get("/en/reports/2025-05-10." + ending)
		if err != nil {
			return err
		}
		if r.status == http.StatusNotFound {
			fmt.Fprintf(t, "daily report as %s\tnot in this build\n", ending)
			continue
		}
		fmt.Fprintf(t, "daily report as %s\t%d ms\t%d KB\n", ending, time.Since(begun).Milliseconds(), r.size>>10)
	}
	fmt.Fprintf(t, "memory at the end\t%d MB\n", s.memory())
	if chromium != "" {
		return paint(ctx, t, chromium, s.base)
	}
	return nil
}

// page is a sort of page and the addresses at which it is asked for.
type page struct {
	name  string
	at    func(i int) string
	heavy bool // its first time gathers a whole day
}

// pages are what readers open. Each address is another one, so that none is kept.
func pages(n int) []page {
	langs := []string{"en", "zh", "uk", "ru"}
	lang := func(i int) string { return langs[i%len(langs)] }
	day := func(i int) string {
		return time.Date(2025, 3, 26, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%90).Format("2006-01-02")
	}
	return []page{
		{name: "front page of another day", at: func(i int) string { return "/" + lang(i) + "/?at=" + day(i/4) }},
		{name: "an incident", at: func(i int) string { return fmt.Sprintf("/%s/entries/X%d", lang(i), 1+i*7919%n) }},
		{name: "incidents, a page of the list", at: func(i int) string { return fmt.Sprintf("/%s/incidents?page=%d", lang(i), 2+i) }},
		{name: "incidents, searched", at: func(i int) string { return fmt.Sprintf("/%s/incidents?q=crossing+%d", lang(i), i) }},
		{name: "incidents, by what they come to", at: func(i int) string {
			return fmt.Sprintf("/%s/incidents?agreement=energy-2025-03&class=violation&page=%d", lang(i), 1+i)
		}},
		{name: "incidents of a day and area", at: func(i int) string {
			return fmt.Sprintf("/%s/incidents?area=kharkiv-oblast&from=%s&to=%s", lang(i), day(i), day(i+2))
		}},
		{name: "timeline, a page", at: func(i int) string { return fmt.Sprintf("/%s/timeline?page=%d", lang(i), 2+i) }},
		{name: "statements", at: func(i int) string { return fmt.Sprintf("/%s/statements?from=%s", lang(i), day(i)) }},
		{name: "positions", at: func(i int) string { return fmt.Sprintf("/%s/positions?n=%d", lang(i), i) }},
		{name: "an agreement", at: func(i int) string { return fmt.Sprintf("/%s/agreements/energy-2025-03?n=%d", lang(i), i) }},
		{name: "map of a day", at: func(i int) string { return fmt.Sprintf("/%s/map?at=%s", lang(i), day(i/4)) }, heavy: true},
		{name: "totals that sides state", at: func(i int) string { return fmt.Sprintf("/%s/tallies?at=%s", lang(i), day(i/4)) }},
		{name: "humanitarian ledger", at: func(i int) string { return fmt.Sprintf("/%s/humanitarian?at=%s", lang(i), day(i/4)) }},
		{name: "coverage", at: func(i int) string { return fmt.Sprintf("/%s/coverage?at=%s", lang(i), day(i/4)) }},
		{name: "daily report in the site's frame", at: func(i int) string { return fmt.Sprintf("/%s/reports/%s", lang(i), day(i/4)) }, heavy: true},
	}
}

// measure asks for one sort of page, one after another.
func (s *server) measure(t io.Writer, p page) error {
	const times = 192 // enough for the collector's share to be in it
	var took []time.Duration
	size := 0
	before := s.processor()
	for i := range times {
		r, err := s.get(p.at(i))
		if err != nil {
			return err
		}
		if r.status != http.StatusOK {
			return fmt.Errorf("%s: %d", p.at(i), r.status)
		}
		took, size = append(took, r.took), max(size, r.size)
	}
	used := s.processor() - before
	fmt.Fprintf(t, "%s\t%.1f ms\t%.1f ms\t%.1f ms\t%d KB\n", p.name, ms(used)/times, ms(quantile(took, 50)), ms(quantile(took, 99)), size>>10)
	return nil
}

// load asks for all sorts of page in turn, 100 a second, whether or not those before
// were answered.
func (s *server) load(t io.Writer, name string, list []page, seconds int) error {
	var mu sync.Mutex
	var took []time.Duration
	var failed error // the last
	bad := 0
	var open sync.WaitGroup
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	before := s.processor()
	begun := time.Now()
	for i := range 100 * seconds {
		<-tick.C
		open.Go(func() {
			address := list[i%len(list)].at(100 + i/len(list))
			r, err := s.get(address)
			if err == nil && r.status != http.StatusOK && r.status != http.StatusNotFound {
				err = fmt.Errorf("%s: %d", address, r.status)
			}
			mu.Lock()
			defer mu.Unlock()
			took = append(took, r.took)
			if err != nil {
				failed, bad = err, bad+1
			}
		})
	}
	open.Wait()
	whole := time.Since(begun)
	if failed != nil {
		fmt.Fprintf(t, "not answered\t%d, such as %v\n", bad, failed)
	}
	fmt.Fprintf(t, "%s, %d requests at %.0f/s\tmedian %.1f ms\tp99 %.1f ms\t%.1f ms of processor each\n",
		name, len(took), float64(len(took))/whole.Seconds(), ms(quantile(took, 50)), ms(quantile(took, 99)), ms(s.processor()-before)/float64(len(took)))
	return nil
}

// front asks for the front page as fast as eight readers can.
func (s *server) front(t io.Writer, d time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	counts := make([]int, 8)
	var wait sync.WaitGroup
	for i := range counts {
		wait.Go(func() {
			for ctx.Err() == nil {
				if r, err := s.get("/en/"); err == nil && r.status == http.StatusOK {
					counts[i]++
				}
			}
		})
	}
	wait.Wait()
	sum := 0
	for _, c := range counts {
		sum += c
	}
	r, err := s.get("/en/")
	if err != nil {
		return err
	}
	fmt.Fprintf(t, "front page, kept\t%.0f requests/s\t%d KB packed\n", float64(sum)/d.Seconds(), r.size>>10)
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func quantile(list []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}
