//go:build unix

// Package pgtest gives a test binary a PostgreSQL server of its own: made in a temporary
// folder, bound to a loopback port, stopped by its process id. It is for tests alone.
package pgtest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Bounds of waiting for the server: a slow machine stays below them by far.
const (
	initWait  = 120 * time.Second
	startWait = 60 * time.Second
	stopWait  = 30 * time.Second
)

// Options of a server.
type Options struct {
	NoSync bool // fsync off: for tests that ask nothing of durability
}

// Cluster is a running server with one superuser, who has a password.
type Cluster struct {
	Password string

	bin, dir string
	port     int
	options  Options
	owner    *syscall.Credential // who runs the server; nil: we do
	cmd      *exec.Cmd
	ended    chan struct{} // closed when cmd has ended
	log      *os.File
	made     atomic.Int64 // databases
}

const superuser = "keeper"

// shared is the server of this test binary, while Main runs.
var shared *Cluster

// Main is a whole TestMain: it starts the server, runs the tests, stops the server and exits.
func Main(m *testing.M, o Options) {
	os.Exit(run(m, o))
}

func run(m *testing.M, o Options) int {
	c, err := Start(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	shared = c
	defer func() {
		if err := c.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	return m.Run()
}

// Shared is the server that Main started.
func Shared(t testing.TB) *Cluster {
	t.Helper()
	if shared == nil {
		t.Fatal("no server was started: the package's TestMain calls pgtest.Main")
	}
	return shared
}

// Bin is the folder of the server's programs: TRUCELINE_POSTGRES, or where postgres on the path stands.
func Bin() (string, error) {
	dir := os.Getenv("TRUCELINE_POSTGRES")
	if dir == "" {
		path, err := exec.LookPath("postgres")
		if err == nil {
			path, err = filepath.EvalSymlinks(path)
		}
		if err != nil {
			return "", errors.New("no PostgreSQL found: run the tests with `make test`, which installs one, or export TRUCELINE_POSTGRES=$(bash scripts/need-postgres.sh)")
		}
		dir = filepath.Dir(path)
	}
	for _, name := range []string{"initdb", "postgres"} {
		if _, err := exec.LookPath(filepath.Join(dir, name)); err != nil {
			return "", fmt.Errorf("no %s in %s: export TRUCELINE_POSTGRES=$(bash scripts/need-postgres.sh)", name, dir)
		}
	}
	return dir, nil
}

// Start makes a server and waits until it answers. Stop ends it.
func Start(o Options) (c *Cluster, err error) {
	c = &Cluster{options: o, Password: rand.Text()}
	if c.bin, err = Bin(); err != nil {
		return nil, err
	}
	if c.owner, err = unprivileged(); err != nil {
		return nil, err
	}
	if c.dir, err = os.MkdirTemp("", "truceline-pg-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(c.dir)
		}
	}()
	if err = c.init(); err != nil {
		return nil, err
	}
	// Another program may take the free port before the server does: then the next one is tried.
	for range 5 {
		if c.port, err = freePort(); err != nil {
			return nil, err
		}
		if err = c.Resume(); err == nil {
			return c, nil
		}
	}
	return nil, err
}

// unprivileged is who runs the server when we are root, whom PostgreSQL refuses.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("the tests run as root, whom PostgreSQL refuses, and there is neither a user postgres nor nobody to run it")
}

// command runs one of the server's programs as its owner, without our settings of PostgreSQL.
func (c *Cluster) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC", "HOME=" + c.dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.owner}
	return cmd
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// init makes the folder of the data.
func (c *Cluster) init() error {
	secret := filepath.Join(c.dir, "password")
	if err := os.WriteFile(secret, []byte(c.Password), 0o600); err != nil {
		return err
	}
	if c.owner != nil {
		for _, path := range []string{c.dir, secret} {
			if err := os.Chown(path, int(c.owner.Uid), int(c.owner.Gid)); err != nil {
				return err
			}
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), initWait)
	defer cancel()
	cmd := c.command(ctx, "initdb", "--pgdata", c.data(), "--username", superuser, "--pwfile", secret,
		"--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--no-sync")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb in %s (can its user reach that folder? TMPDIR names another): %w\n%s", c.dir, err, out)
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

// Resume starts the server after Crash, on the same port, and waits until it answers.
func (c *Cluster) Resume() error {
	var err error
	if c.log, err = os.OpenFile(filepath.Join(c.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600); err != nil {
		return err
	}
	settings := map[string]string{
		"listen_addresses": "127.0.0.1", "port": strconv.Itoa(c.port), "unix_socket_directories": c.sockets(),
		"max_connections": "200", "shared_buffers": "128MB", "wal_buffers": "16MB", "fsync": "on", "log_min_messages": "warning",
	}
	if c.options.NoSync {
		settings["fsync"] = "off"
	}
	args := []string{"-D", c.data()}
	for k, v := range settings {
		args = append(args, "-c", k+"="+v)
	}
	c.cmd = c.command(context.Background(), "postgres", args...)
	c.cmd.Stdout, c.cmd.Stderr = c.log, c.log
	endWithUs(c.cmd.SysProcAttr)
	c.ended = make(chan struct{})
	if err := startAndWatch(c.cmd, c.ended); err != nil {
		_ = c.log.Close()
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startWait)
	defer cancel()
	if err := c.answers(ctx); err != nil {
		_ = c.end(syscall.SIGQUIT)
		words, _ := os.ReadFile(filepath.Join(c.dir, "log"))
		return fmt.Errorf("the server of the tests does not answer: %w\n%s", err, bytes.TrimSpace(words))
	}
	return nil
}

// startAndWatch starts a process and closes ended when it has ended. One thread does both, and lives as
// long as the process does: where the kernel ends the server with us, it watches the thread that started it.
func startAndWatch(cmd *exec.Cmd, ended chan<- struct{}) error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
			close(ended)
		}
	}()
	return <-started
}

// answers waits until the server takes a connection or has ended.
func (c *Cluster) answers(ctx context.Context) error {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, c.DSN("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-c.ended:
			return errors.New("it ended at once")
		case <-ctx.Done():
			return err
		case <-tick.C:
		}
	}
}

// sockets is the folder of the server's socket; empty where its path would be too long for one.
func (c *Cluster) sockets() string {
	if len(c.dir) > 80 {
		return ""
	}
	return c.dir
}

// Addr is where the server listens.
func (c *Cluster) Addr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)) }

// DSN is the address of a database of the server.
func (c *Cluster) DSN(database string) string { return c.Via(c.Addr(), database) }

// Via is the address of a database of the server behind something that listens elsewhere.
func (c *Cluster) Via(addr, database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(superuser, c.Password), Host: addr, Path: "/" + database,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Database makes an empty database for a test, drops it at the test's end, and gives its name.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	name := "t" + strconv.FormatInt(c.made.Add(1), 10)
	c.Exec(t, "postgres", "CREATE DATABASE "+name)
	t.Cleanup(func() { c.Exec(t, "postgres", "DROP DATABASE "+name+" WITH (FORCE)") })
	return name
}

// Exec runs statements in a database, each by itself, as the superuser.
func (c *Cluster) Exec(t testing.TB, database string, statements ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startWait)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.DSN(database))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx) //nolint:errcheck // what it did is done
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// Crash ends the server as a failing machine would, without a last write: the work that is under way is lost.
func (c *Cluster) Crash() error { return c.end(syscall.SIGQUIT) }

// end sends the server a signal and waits for its end; at last it is killed.
func (c *Cluster) end(how syscall.Signal) error {
	defer c.log.Close() //nolint:errcheck // the server wrote it
	select {
	case <-c.ended:
		return nil
	default:
	}
	if err := c.cmd.Process.Signal(how); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-c.ended:
		return nil
	case <-time.After(stopWait):
		_ = c.cmd.Process.Kill()
		<-c.ended
		return fmt.Errorf("the server of the tests (process %d) did not end within %s and was killed", c.cmd.Process.Pid, stopWait)
	}
}

// Stop ends the server, without a last write since nobody will read it, and removes its folder.
func (c *Cluster) Stop() error {
	err := c.end(syscall.SIGQUIT)
	return errors.Join(err, os.RemoveAll(c.dir))
}

// Log is what the server has written to its log.
func (c *Cluster) Log(t testing.TB) string {
	t.Helper()
	words, err := os.ReadFile(filepath.Join(c.dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(words))
}
