package keep

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestCustodyIsAChain(t *testing.T) {
	c := &Custody{File: filepath.Join(t.TempDir(), "custody.jsonl")}
	at := time.Date(2031, 3, 1, 8, 0, 0, 0, time.UTC)
	for i := range 4 {
		if err := c.Add(at.Add(time.Duration(i)*time.Minute), Event{By: "desk", Event: "received", What: fmt.Sprintf("%064x", i), Size: 3}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := c.Read()
	if err != nil || len(list) != 4 || list[3].At != "2031-03-01T08:03:00Z" {
		t.Fatalf("%+v, %v", list, err)
	}
	data, err := os.ReadFile(c.File)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	for name, text := range map[string]string{
		"custody.jsonl:3": lines[0] + lines[1] + lines[3],
		"custody.jsonl:2": lines[0] + strings.Replace(lines[1], `"size":3`, `"size": 3`, 1) + lines[2],
		"custody.jsonl:4": strings.TrimSuffix(string(data), "\n"),
		"custody.jsonl:1": lines[1],
	} {
		if err := os.WriteFile(c.File, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Read(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %s", err, name)
		}
		if err := c.Add(at, Event{By: "desk", Event: "opened", What: "x"}); err == nil {
			t.Errorf("%s: a damaged log takes more", name)
		}
	}
	if err := c.Add(at, Event{By: "desk", Event: "invented", What: "x"}); err == nil {
		t.Error("an unknown event is logged")
	}
}

func FuzzCustody(f *testing.F) {
	f.Add([]byte(`{"at":"2031-03-01T08:00:00Z","by":"desk","event":"received","previous":"` + zeros + `","what":"x"}` + "\n"))
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = VerifyCustody("c", bytes.NewReader(data)) })
}

var someTime = time.Date(2031, 3, 1, 8, 0, 0, 999, time.FixedZone("", 7200))

func received(i int) Event {
	return Event{By: "desk", Event: "received", What: fmt.Sprintf("%064x", i)}
}

// TestSeveralWritersKeepOneChain: in one process and as several would.
func TestSeveralWritersKeepOneChain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "custody.jsonl")
	shared := &Custody{File: file}
	var all sync.WaitGroup
	for i := range 8 {
		c := shared
		if i%2 == 0 {
			c = &Custody{File: file}
		}
		all.Go(func() {
			for k := range 10 {
				if err := c.Add(someTime, received(10*i+k)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	list, err := shared.Read()
	if err != nil || len(list) != 80 || list[0].At != "2031-03-01T06:00:00Z" {
		t.Errorf("%d events, %v", len(list), err)
	}
	seen := map[string]bool{}
	for _, e := range list {
		seen[e.What] = true
	}
	if len(seen) != 80 {
		t.Errorf("%d different events", len(seen))
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestEventsThatAreNotLogged(t *testing.T) {
	c := &Custody{File: filepath.Join(t.TempDir(), "custody.jsonl")}
	for name, e := range map[string]Event{
		"nobody":        {Event: "opened", What: "x"},
		"nothing":       {Event: "opened", By: "desk"},
		"no event":      {By: "desk", What: "x"},
		"another event": {Event: "lost", By: "desk", What: "x"},
		"negative size": {Event: "opened", By: "desk", What: "x", Size: -1},
		"too long":      {Event: "opened", By: "desk", What: "x", Note: strings.Repeat("x", maxCustodyLine)},
	} {
		if err := c.Add(someTime, e); err == nil {
			t.Errorf("%s: logged", name)
		}
	}
	if err := c.Add(someTime, Event{Event: "opened", By: "desk\n\xff", What: "x", Previous: "invented", At: "never"}); err != nil {
		t.Error(err)
	}
	if list, err := c.Read(); err != nil || len(list) != 1 || list[0].Previous != zeros || list[0].At != "2031-03-01T06:00:00Z" {
		t.Errorf("%+v, %v", list, err)
	}
	if err := os.Chmod(c.File, 0o644); err != nil { //nolint:gosec // what is refused
		t.Fatal(err)
	}
	if _, err := c.Read(); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("readable by others: %v", err)
	}
	if err := c.Add(someTime, received(1)); err == nil {
		t.Error("readable by others and written")
	}
	if list, err := (&Custody{File: filepath.Join(t.TempDir(), "none")}).Read(); list != nil || err != nil {
		t.Errorf("%v, %v", list, err)
	}
}

// TestNoChangeOfTheLogIsOverlooked: of any line but the end of the last ones.
func TestNoChangeOfTheLogIsOverlooked(t *testing.T) {
	c := &Custody{File: filepath.Join(t.TempDir(), "custody.jsonl")}
	for i := range 6 {
		if err := c.Add(someTime, received(i)); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := os.ReadFile(c.File)
	if err != nil {
		t.Fatal(err)
	}
	last := bytes.LastIndexByte(whole[:len(whole)-1], '\n') + 1
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, last-1).Draw(t, "byte")
		var bad []byte
		switch rapid.IntRange(0, 3).Draw(t, "change") {
		case 0:
			bad = bytes.Clone(whole)
			bad[i] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		case 1:
			bad = append(bytes.Clone(whole[:i]), whole[i+1:]...)
		case 2:
			bad = append(append(bytes.Clone(whole[:i]), rapid.Byte().Draw(t, "new")), whole[i:]...)
		case 3: // a line twice
			line := bytes.IndexByte(whole, '\n') + 1
			bad = append(bytes.Clone(whole[:line]), whole...)
		}
		list, err := VerifyCustody("log", bytes.NewReader(bad))
		if err == nil || !strings.HasPrefix(err.Error(), "log:") || len(list) > 5 {
			t.Fatalf("%d events, %v:\n%s", len(list), err, bad)
		}
	})
	for n := last + 1; n < len(whole); n++ { // a crash in the last line
		list, err := VerifyCustody("log", bytes.NewReader(whole[:n]))
		if err == nil || !strings.HasPrefix(err.Error(), "log:6: the last line is cut short") || len(list) != 5 {
			t.Fatalf("%d bytes: %d events, %v", n, len(list), err)
		}
	}
	if _, err := VerifyCustody("log", strings.NewReader(strings.Repeat("x", 1<<20))); err == nil || !strings.Contains(err.Error(), "log:1: the line has more than") {
		t.Errorf("a line without end: %v", err)
	}
	if err := os.Truncate(c.File, int64(last)); err != nil { // whole lines taken out behind its back
		t.Fatal(err)
	}
	if err := c.Add(someTime, received(9)); err == nil || !strings.Contains(err.Error(), "lines were taken out") {
		t.Errorf("%v", err)
	}
}

func BenchmarkCustodyAdd(b *testing.B) {
	c := &Custody{File: filepath.Join(b.TempDir(), "custody.jsonl")}
	for i := range b.N {
		if err := c.Add(someTime, received(i)); err != nil {
			b.Fatal(err)
		}
	}
}
