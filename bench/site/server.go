package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/truceline/truceline/cases"
)

// grow writes the founding case with n invented reports behind its own entries.
func grow(dir string, n int) error {
	files, err := cases.UA2025()
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, files); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, "record.jsonl"), os.O_APPEND|os.O_WRONLY, 0) //nolint:gosec // made just now
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	acts, weapons := []string{"attack/uav", "attack/artillery", "attack/missile"}, []string{"uav", "artillery", "missile"}
	objects := []string{"energy/electricity", "energy/gas", "civilian", "transport"}
	sides := []string{"RU", "UA"}
	from := time.Date(2025, 3, 25, 0, 0, 0, 0, time.UTC)
	for i := range n {
		at := from.Add(time.Duration(i) * (90 * 24 * time.Hour / time.Duration(n)))
		fmt.Fprintf(w, `{"entry":{"kind":"report","ref":"X%d","author":"desk","happened":"%s","public":"%s","said_by":{"party":"%s","institution":{"en":"Desk %d"}},"summary":{"en":"Report %d: a strike near crossing %d.","zh":"%d号渡口附近遭袭。"},"body":{"act":"%s","weapon":"%s","objects":["%s"],"domain":"air","actor":{"party":"%s"},"place":{"lon":"%.3f","lat":"%.3f","radius_m":%d}}},"recorded":"2026-11-23T07:50:00Z"}`+"\n",
			i+1, at.Format("2006-01-02T15:04Z"), at.Add(2*time.Hour).Format("2006-01-02T15:04Z"), sides[i%2], i%7, i, i%997, i%997,
			acts[i%3], weapons[i%3], objects[i%4], sides[(i+1)%2], 32+float64(i*7919%6000)/1000, 46+float64(i*104729%5000)/1000, 500+i%5*1000)
	}
	return errors.Join(w.Flush(), f.Close())
}

// server is the product serving a record, as a process of its own.
type server struct {
	asked   atomic.Int64 // requests so far
	process *exec.Cmd
	base    string
	client  *http.Client
}

func serve(ctx context.Context, program, home string) (*server, error) {
	c := exec.CommandContext(ctx, program, "serve", home, "--listen", "127.0.0.1:0")
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	s := &server{process: c, client: &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("the server did not start: %w", err)
	}
	s.base = strings.TrimSuffix(strings.TrimSpace(line), "/")
	return s, nil
}

func (s *server) stop() {
	_ = s.process.Process.Signal(syscall.SIGTERM)
	_ = s.process.Wait()
}

// warm asks once for everything that is made when first asked for.
func (s *server) warm() error {
	for _, path := range []string{"/en/", "/en/incidents?q=crossing", "/en/incidents?class=violation", "/en/incidents?area=kharkiv-oblast", "/en/statements", "/en/statements?q=draft", "/en/map", "/en/agreements/energy-2025-03", "/en/reports", "/en/entries/B1"} {
		r, err := s.get(path)
		if err != nil {
			return err
		}
		if r.status != http.StatusOK {
			return fmt.Errorf("%s: %d", path, r.status)
		}
	}
	return nil
}

// settle waits until the server has made ready what it makes ready ahead: it stands still
// for two seconds. It gives the processor time that this took.
func (s *server) settle() (time.Duration, error) {
	first := s.processor()
	last, still := first, 0
	for range 4 * 300 {
		time.Sleep(250 * time.Millisecond)
		now := s.processor()
		if still++; now != last {
			last, still = now, 0
		}
		if still == 8 {
			return last - first, nil
		}
	}
	return 0, errors.New("the server did not come to rest within five minutes")
}

type answer struct {
	status, size int
	took         time.Duration
}

func (s *server) get(path string) (answer, error) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, s.base+path, nil)
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	// A reader of two hundred, behind a server on this machine: one reader alone is made to wait.
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", 1+s.asked.Add(1)%200))
	begun := time.Now()
	resp, err := s.client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close() //nolint:errcheck // read whole
	n, err := io.Copy(io.Discard, resp.Body)
	return answer{resp.StatusCode, int(n), time.Since(begun)}, err
}

// processor is the processor time that the server has used.
func (s *server) processor() time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	ticks := 0
	for _, x := range f[11:13] {
		n, _ := strconv.Atoi(x)
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond // a hundred ticks a second
}

// memory is what the server holds, in megabytes.
func (s *server) memory() int {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			return n >> 10
		}
	}
	return 0
}
