package cli

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/verify"
)

// child makes this test binary the program itself: a process that can be killed.
func child(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], args...)
	c.Env = append(os.Environ(), "TRUCELINE_CHILD=1")
	return c
}

// reports writes a file of entries that stand by themselves.
func reports(t *testing.T, n int) string {
	t.Helper()
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `{"kind":"report","ref":"k%06d","author":"desk","happened":"2040-03-07","said_by":{"institution":{"en":"post 4"}},"body":{"act":"attack/artillery"}}`+"\n", i)
	}
	file := filepath.Join(t.TempDir(), "reports.jsonl")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// whole verifies a record from outside, as a stranger would, and gives what stands where.
func whole(t *testing.T, dir string) map[int64]string {
	t.Helper()
	a := &app{out: io.Discard, err: os.Stderr, now: time.Now}
	h, err := a.openHome(t.Context(), dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	r := verify.Mirror(h.mirror(t.Context()), verify.Options{Each: inParallel})
	for _, f := range r.Findings {
		t.Errorf("%s: %s", f.Code, f)
	}
	stands, seen := map[int64]string{}, map[string]bool{}
	leaves, err := h.leaves(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, leaf := range leaves {
		d, err := recorder.Detail(leaf)
		if err != nil {
			t.Fatal(err)
		}
		if seen[d.Ref] {
			t.Errorf("%s stands twice", d.Ref)
		}
		seen[d.Ref], stands[int64(i)+1] = true, d.Ref
	}
	return stands
}

// TestKilledAtAnyMoment: a process that appends thousands of entries is killed again and
// again, at moments that a seed chooses. Nothing that it acknowledged is lost or moved,
// nothing is doubled, no sheet is there in part, the tree verifies, and giving the same
// file again goes on from there. TRUCELINE_KILLS says how often; make soak says 500.
func TestKilledAtAnyMoment(t *testing.T) {
	rounds := 20
	if s := os.Getenv("TRUCELINE_KILLS"); s != "" {
		var err error
		if rounds, err = strconv.Atoi(s); err != nil || rounds < 1 {
			t.Fatalf("TRUCELINE_KILLS=%s is not a number of rounds", s)
		}
	}
	const entries, seed = 16_000, 20310301
	t.Logf("%d rounds, seed %d", rounds, seed)
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // repeatable
	file := reports(t, entries)
	acknowledged, killed, midway, dir := map[string]int64{}, 0, 0, ""
	for round := range rounds {
		if round%10 == 0 { // a record that is full has nothing left to lose
			dir = filepath.Join(t.TempDir(), "record")
			if out, err := child(t.Context(), "init", dir, "--from", "../../casefile/testdata/training").CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			clear(acknowledged)
		}
		c := child(t.Context(), "append", dir, file)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// Every other process is killed at some moment, the others at some receipt.
		wait, most := time.Duration(random.IntN(800))*time.Millisecond, random.IntN(entries)+1
		if round%2 == 1 {
			wait = time.Minute
		}
		timer := time.AfterFunc(wait, func() { _ = c.Process.Kill() })
		fresh := 0
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			f := strings.Fields(lines.Text())
			if len(f) < 3 {
				continue // the last line may be cut short
			}
			position, err := strconv.ParseInt(f[0], 10, 64)
			if err != nil {
				t.Fatalf("%q is no receipt", lines.Text())
			}
			if old, ok := acknowledged[f[1]]; ok && old != position {
				t.Errorf("%s was given position %d, and then %d", f[1], old, position)
			}
			if acknowledged[f[1]] == 0 {
				fresh++
			}
			if round%2 == 1 && fresh == most {
				_ = c.Process.Kill()
			}
			acknowledged[f[1]] = position
		}
		if err := c.Wait(); err != nil {
			if killed++; fresh > 0 {
				midway++
			}
		}
		timer.Stop()
		stands := whole(t, dir)
		for ref, position := range acknowledged {
			if stands[position] != ref {
				t.Fatalf("round %d, killed after %s: %s was acknowledged at %d, where %q stands", round, wait, ref, position, stands[position])
			}
		}
		if t.Failed() {
			t.Fatalf("round %d, killed after %s", round, wait)
		}
	}
	if midway == 0 {
		t.Errorf("of %d processes %d were killed before they ended, and none between two receipts", rounds, killed)
	}
	t.Logf("%d of %d processes were killed before they ended, %d of them after their first new receipt", killed, rounds, midway)
	if out, err := child(t.Context(), "append", dir, file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got := len(whole(t, dir)); got < entries {
		t.Errorf("%d entries in the end", got)
	}
}
