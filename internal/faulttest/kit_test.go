package faulttest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/cli"
	"github.com/truceline/truceline/internal/postgres/pgtest"
)

func TestMain(m *testing.M) {
	if os.Getenv("TRUCELINE_CHILD") != "" {
		os.Exit(cli.Run("test", os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	pgtest.Main(m, pgtest.Options{})
}

// program is this test binary as the program itself.
func program(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], args...)
	c.Env = append(os.Environ(), "TRUCELINE_CHILD=1")
	return c
}

// run runs the program to its end and gives its exit code and everything it said.
func run(t *testing.T, args ...string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	out, err := program(ctx, args...).CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("truceline %s does not end: %s", strings.Join(args, " "), out)
	}
	if err == nil {
		return 0, string(out)
	}
	var exit *exec.ExitError
	if e, ok := err.(*exec.ExitError); ok { //nolint:errorlint // of Run itself
		exit = e
	} else {
		t.Fatal(err)
	}
	return exit.ExitCode(), string(out)
}

func must(t *testing.T, args ...string) string {
	t.Helper()
	code, out := run(t, args...)
	if code != 0 {
		t.Fatalf("truceline %s: exit code %d: %s", strings.Join(args, " "), code, out)
	}
	return out
}

// begin makes a record of the training case and gives its folder.
func begin(t *testing.T, more ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "record")
	must(t, append([]string{"init", dir, "--from", "../../casefile/testdata/training", "--origin", "mission.example/faults"}, more...)...)
	return dir
}

// server is a process that serves a record.
type server struct {
	t       *testing.T
	cmd     *exec.Cmd
	address string
	log     *bytes.Buffer
}

// serve starts a server on loopback and waits until it has said where.
func serve(t *testing.T, dir string, more ...string) *server {
	t.Helper()
	s := &server{t: t, cmd: program(context.WithoutCancel(t.Context()), append([]string{"serve", dir, "--listen", "127.0.0.1:0"}, more...)...), log: &bytes.Buffer{}}
	s.cmd.Stderr = s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.kill()
		t.Fatalf("the server does not start: %v: %s", err, s.log)
	}
	s.address = strings.TrimSpace(line)
	return s
}

// kill ends the process at once; it may be dead or stopped already.
func (s *server) kill() {
	_ = s.cmd.Process.Signal(syscall.SIGCONT)
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// get gives status and body.
func (s *server) get(path string) (int, string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+strings.TrimPrefix(path, "/"), http.NoBody)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err.Error()
	}
	return resp.StatusCode, string(data)
}

// writes waits until a server says that it writes, or does not.
func (s *server) writes(want bool) {
	s.t.Helper()
	text := ""
	for range 300 {
		if _, text = s.get("/healthz"); strings.Contains(text, fmt.Sprintf(`"writing":%t`, want)) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.t.Fatalf("writing does not become %t: %s; %s", want, text, s.log)
}

// entry writes a file with one entry of the keeper.
func entry(t *testing.T, ref string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), ref+".json")
	text := fmt.Sprintf(`{"kind":"report","ref":%q,"author":"desk","happened":"2040-03-07","said_by":{"institution":{"en":"post 4"}},"body":{}}`, ref)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// send hands an entry to a server, signed with the key of a record's folder.
func (s *server) send(dir, ref string) (int, string) {
	s.t.Helper()
	return run(s.t, "append", s.address, "--key", filepath.Join(dir, "keys", "desk.key"), entry(s.t, ref))
}

func (s *server) mustSend(dir, ref string) string {
	s.t.Helper()
	code, out := s.send(dir, ref)
	if code != 0 {
		s.t.Fatalf("%s: exit code %d: %s; %s", ref, code, out, s.log)
	}
	return out
}

// holds verifies a record from outside and looks for references in it, each once.
func holds(t *testing.T, where string, refs ...string) {
	t.Helper()
	out := must(t, "verify", where)
	if !strings.Contains(out, "everything that was checked fits") {
		t.Errorf("%s", out)
	}
	if strings.HasPrefix(where, "http") {
		return
	}
	mirror := filepath.Join(t.TempDir(), "mirror")
	must(t, "export", where, mirror)
	lines, err := os.ReadFile(filepath.Join(mirror, "record.jsonl")) //nolint:gosec // a test's own
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range refs {
		if n := strings.Count(string(lines), fmt.Sprintf(`"ref":%q`, ref)); n != 1 {
			t.Errorf("%s stands %d times", ref, n)
		}
	}
}
