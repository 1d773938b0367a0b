package faulttest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/postgres/pgtest"
)

// TestTakeOver: two processes serve one record; the one that writes is killed, and the
// other writes.
func TestTakeOver(t *testing.T) {
	c := pgtest.Shared(t)
	dir := begin(t, "--store", c.DSN(c.Database(t)))
	first := serve(t, dir)
	first.writes(true)
	second := serve(t, dir)
	second.writes(false)
	first.mustSend(dir, "r1")
	if code, _ := second.send(dir, "r2"); code == 0 {
		t.Error("the one that does not write took an entry")
	}
	first.kill()
	second.writes(true)
	second.mustSend(dir, "r2")
	if out := second.mustSend(dir, "r1"); !strings.Contains(out, "was there") {
		t.Errorf("%s", out)
	}
	holds(t, second.address)
	second.kill()
	holds(t, dir, "r1", "r2")
}

// TestTheOldWriterBelievesThatItLeads: it sleeps while its lock is taken away and the other
// leads; awake again it records nothing, and waits for its turn.
func TestTheOldWriterBelievesThatItLeads(t *testing.T) {
	c := pgtest.Shared(t)
	database := c.Database(t)
	dir := begin(t, "--store", c.DSN(database))
	first := serve(t, dir)
	first.writes(true)
	second := serve(t, dir)
	first.mustSend(dir, "r1")
	if err := first.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	// Its connections are cut, as a network would; the lock goes with them.
	c.Exec(t, "postgres", fmt.Sprintf("SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND l.granted AND d.datname = '%s'", database))
	second.writes(true)
	second.mustSend(dir, "r2")
	if err := first.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	first.writes(false)
	second.mustSend(dir, "r3")
	second.kill()
	first.writes(true)
	first.mustSend(dir, "r4")
	first.kill()
	holds(t, dir, "r1", "r2", "r3", "r4")
}

// TestTheDatabaseCrashes under a process that serves and is sent entries: what it
// acknowledged stands, and it goes on by itself.
func TestTheDatabaseCrashes(t *testing.T) {
	c, err := pgtest.Start(pgtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Stop() })
	dir := begin(t, "--store", c.DSN(c.Database(t)))
	s := serve(t, dir)
	s.writes(true)
	s.mustSend(dir, "r1")
	for round := range 2 {
		if err := c.Crash(); err != nil {
			t.Fatal(err)
		}
		if code, out := s.send(dir, "lost"); code == 0 {
			t.Errorf("acknowledged without a database: %s", out)
		}
		if code, out := s.get("/checkpoint"); code != 503 {
			t.Errorf("%d %s", code, out)
		}
		if err := c.Resume(); err != nil {
			t.Fatal(err)
		}
		s.writes(true)
		s.mustSend(dir, fmt.Sprintf("after-%d", round))
	}
	s.mustSend(dir, "lost")
	s.kill()
	holds(t, dir, "r1", "after-0", "after-1", "lost")
}

// TestTwoHistories: somebody with all the keys shows two parties different records. Each
// verifies by itself; with the other's checkpoint both prove the fraud.
func TestTwoHistories(t *testing.T) {
	dir := begin(t)
	twin := filepath.Join(t.TempDir(), "twin")
	if err := os.CopyFS(twin, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for secret, mode := range map[string]os.FileMode{"keys": 0o700, "protected": 0o700, "keys/log.key": 0o600, "keys/desk.key": 0o600, "keys/protected.key": 0o600} {
		if err := os.Chmod(filepath.Join(twin, filepath.FromSlash(secret)), mode); err != nil {
			t.Fatal(err)
		}
	}
	must(t, "append", dir, entry(t, "to-a"))
	must(t, "append", twin, entry(t, "to-b"))
	holds(t, dir, "to-a")
	holds(t, twin, "to-b")
	kept := filepath.Join(t.TempDir(), "kept")
	data, err := os.ReadFile(filepath.Join(dir, "checkpoint")) //nolint:gosec // a test's own
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(kept, data, 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "verify", dir, "--kept", kept)
	code, out := run(t, "verify", twin, "--kept", kept)
	if code != 1 || !strings.Contains(out, "DOES NOT FIT") {
		t.Errorf("%d: %s", code, out)
	}
	must(t, "append", twin, entry(t, "more"))
	if code, out := run(t, "verify", twin, "--kept", kept); code != 1 {
		t.Errorf("a longer one: %d: %s", code, out)
	}
	// A party that cosigned the one does not cosign the other.
	must(t, "key", "new", "--cosigner", filepath.Join(filepath.Dir(kept), "a.key"), "a.cosigner")
	if code, out := run(t, "countersign", twin, "--key", filepath.Join(filepath.Dir(kept), "a.key"), "--seen", kept); code != 2 || strings.Contains(out, "— a.cosigner") {
		t.Errorf("cosigned: %d: %s", code, out)
	}
}

// TestAFlippedByteIsNamedAndNotServed, wherever in the store it is: the verifier finds what
// bears on the record, and a server gives out nothing that does not fit.
func TestAFlippedByteIsNamedAndNotServed(t *testing.T) {
	dir := begin(t)
	must(t, "append", dir, entry(t, "r1"))
	file := filepath.Join(dir, "record.db")
	good, err := os.ReadFile(file) //nolint:gosec // a test's own
	if err != nil {
		t.Fatal(err)
	}
	mirror := filepath.Join(t.TempDir(), "mirror")
	must(t, "export", dir, mirror)
	bundle, err := os.ReadFile(filepath.Join(mirror, "tile", "entries", "000.p", "14")) //nolint:gosec // a test's own
	if err != nil {
		t.Fatal(err)
	}
	// A byte of what was recorded is found wherever the store keeps it.
	at := strings.Index(string(good), string(bundle[len(bundle)-40:]))
	if at < 0 {
		t.Fatal("the bundle is not in one piece in the store")
	}
	random := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // repeatable
	offsets := []int{at, at + 20}
	for range 20 {
		offsets = append(offsets, random.IntN(len(good)))
	}
	found := 0
	for i, at := range offsets {
		bad := append([]byte(nil), good...)
		bad[at] ^= 0x10
		_ = os.Remove(file + "-wal")
		_ = os.Remove(file + "-shm")
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		code, out := run(t, "verify", dir)
		if code != 0 {
			found++
		}
		if i < 2 && (code == 0 || !strings.Contains(out, "tile/entries/000.p/14")) {
			t.Errorf("byte %d: %d: %s", at, code, out)
		}
		if code == 0 { // it is where nothing of the record is: then the record is as it was
			continue
		}
		ctx, out := run(t, "export", dir, filepath.Join(t.TempDir(), "bad"))
		if ctx == 0 {
			t.Errorf("byte %d: given out: %s", at, out)
		}
	}
	t.Logf("%d of %d changed bytes bear on the record", found, len(offsets))
}

// TestAClosedServerLosesNothing: it is asked to end while entries are on their way.
func TestAClosedServerLosesNothing(t *testing.T) {
	dir := begin(t)
	s := serve(t, dir)
	s.writes(true)
	done := make(chan string, 20)
	for i := range 20 {
		go func() {
			ref := fmt.Sprintf("e%d", i)
			if code, _ := s.send(dir, ref); code == 0 {
				done <- ref
				return
			}
			done <- ""
		}()
	}
	time.Sleep(150 * time.Millisecond)
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	for range 20 {
		if ref := <-done; ref != "" {
			acknowledged = append(acknowledged, ref)
		}
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, s.log)
	}
	t.Logf("%d of 20 were acknowledged", len(acknowledged))
	holds(t, dir, acknowledged...)
}

// TestABackupOfPostgreSQLComesBack, and an old one is put back and refused.
func TestABackupOfPostgreSQLComesBack(t *testing.T) {
	c := pgtest.Shared(t)
	dir := begin(t, "--store", c.DSN(c.Database(t)))
	must(t, "append", dir, entry(t, "r1"))
	backup := filepath.Join(t.TempDir(), "backup")
	must(t, "backup", dir, backup)
	if code, out := run(t, "restore", dir, backup); code != 2 {
		t.Errorf("over a record: %d: %s", code, out)
	}
	move := func() { // the database is lost; the folder points to another one
		if err := os.WriteFile(filepath.Join(dir, "store"), []byte(c.DSN(c.Database(t))+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	move()
	must(t, "restore", dir, backup)
	holds(t, dir, "r1")
	must(t, "append", dir, entry(t, "r2"))
	move()
	if code, out := run(t, "restore", dir, backup); code != 2 || !strings.Contains(out, "older copy of the store") {
		t.Errorf("an old one: %d: %s", code, out)
	}
	if code, out := run(t, "append", dir, entry(t, "r3")); code != 2 || !strings.Contains(out, "older copy of the store") {
		t.Errorf("an old one is written to: %d: %s", code, out)
	}
}
