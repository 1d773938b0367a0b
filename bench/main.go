// Command bench measures the judge beside two engines of rules, CEL and OPA, on the
// same clauses and the same incident, and prints one table.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

func main() {
	testing.Init()
	rounds := flag.Int("rounds", 5, "how many times every row is measured; the table has the medians")
	each := flag.Duration("each", 300*time.Millisecond, "how long one measurement takes, about")
	flag.Parse()
	if err := run(os.Stdout, *rounds, *each); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// row is one line of the table.
type row struct {
	mark, name string
	beside     string // the mark of the row that it is set against; "" none
	per        int    // answers of one operation: figures are divided by it
	rate       bool   // shown as rows a second too
	do         func() error
}

// figures are what one measurement gave, for one answer.
type figures struct{ ns, bytes, allocs float64 }

func run(out io.Writer, rounds int, each time.Duration) error {
	if err := flag.Set("test.benchtime", each.String()); err != nil {
		return err
	}
	groups, err := groups()
	if err != nil {
		return err
	}
	var all []*row
	for _, g := range groups {
		all = append(all, g.rows...)
	}
	taken := map[*row][]figures{}
	for range max(rounds, 1) { // round after round, so that a busy minute of the machine falls on every row
		for _, r := range all {
			f, err := measure(r)
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			taken[r] = append(taken[r], f)
		}
	}
	runtime.KeepAlive(sink)
	table(out, groups, taken)
	foot(out, rounds)
	return nil
}

func measure(r *row) (figures, error) {
	var failed error
	m := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if failed = r.do(); failed != nil {
				b.FailNow()
			}
		}
	})
	if failed != nil {
		return figures{}, failed
	}
	n := float64(m.N) * float64(max(r.per, 1))
	return figures{float64(m.T.Nanoseconds()) / n, float64(m.MemBytes) / n, float64(m.MemAllocs) / n}, nil
}

// middle is the median of each figure.
func middle(list []figures) figures {
	of := func(get func(figures) float64) float64 {
		v := make([]float64, len(list))
		for i, f := range list {
			v[i] = get(f)
		}
		slices.Sort(v)
		return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
	}
	return figures{
		of(func(f figures) float64 { return f.ns }),
		of(func(f figures) float64 { return f.bytes }),
		of(func(f figures) float64 { return f.allocs }),
	}
}

func table(out io.Writer, groups []group, taken map[*row][]figures) {
	for _, g := range groups {
		fmt.Fprintf(out, "\n%s\n", g.title)
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintf(w, "\t%s\tB\tallocs\tratio\t\n", g.unit)
		nanos := map[string]float64{}
		for _, r := range g.rows {
			nanos[r.mark] = middle(taken[r]).ns
		}
		width := 0
		for _, r := range g.rows {
			width = max(width, len(r.name))
		}
		for _, r := range g.rows {
			f := middle(taken[r])
			ratio := ""
			if r.beside != "" {
				ratio = fmt.Sprintf("%s × %s", short(f.ns/nanos[r.beside]), r.beside)
			}
			if r.rate {
				ratio = grouped(1e9/f.ns) + " rows/s"
			}
			fmt.Fprintf(w, "%s  %-*s\t%s\t%s\t%s\t%s\t\n", r.mark, width, r.name, grouped(f.ns), grouped(f.bytes), short(f.allocs), ratio)
		}
		_ = w.Flush()
	}
}

// short writes a figure to about three places.
func short(x float64) string {
	switch {
	case x >= 100:
		return grouped(x)
	case x >= 10 || x == 0:
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

// grouped writes a whole number with commas.
func grouped(x float64) string {
	digits := strconv.FormatFloat(x, 'f', 0, 64)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

func foot(out io.Writer, rounds int) {
	fmt.Fprintf(out, `
Medians of %d rounds. "n × a": n times as long as row a. One operation answers for all 20 clauses, or is one row
of the replay. What can be prepared is: clauses compiled, the incident made the engine's own value, the rows read.
Ours finds where the incident lies, on the ellipsoid, within the operation; not in row c, where every clause holds
anywhere. CEL and OPA have no geometry and no trees: they are given each area's answer (yes, no, maybe), and lists
of branches worked out beforehand. Ours, h, i and l try every test of every clause; f, g, j and k end at what
decides. No peer writes sentences: h leaves the value of every part of an expression, l a list of events.
`, rounds)
	fmt.Fprintf(out, "%s, %d cores, %s/%s, %s%s\n", time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), versions())
}

// versions names the peers as they were built.
func versions() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var b strings.Builder
	for _, d := range info.Deps {
		if d.Path == "github.com/google/cel-go" || d.Path == "github.com/open-policy-agent/opa" {
			fmt.Fprintf(&b, ", %s %s", d.Path, d.Version)
		}
	}
	return b.String()
}
