package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/internal/store/storetest"
)

// childOf names the store of a process that TestAKilledWriterLosesNothing starts.
const childOf = "TRUCELINE_TEST_WRITER"

func TestMain(m *testing.M) {
	if path := os.Getenv(childOf); path != "" {
		fmt.Fprintln(os.Stderr, write(path))
		os.Exit(1) // it is killed before it comes here
	}
	os.Exit(m.Run())
}

// write leads and commits for ever, and tells each size after its commit was answered.
func write(path string) error {
	ctx := context.Background()
	s, err := Open(path, false)
	if err != nil {
		return err
	}
	if _, err := s.Wait(ctx); err != nil {
		return err
	}
	head, err := s.Lead(ctx)
	if err != nil {
		return err
	}
	leaves, err := storetest.Whole(ctx, s)
	if err != nil {
		return err
	}
	tree := storetest.Tree{Head: store.Head{Epoch: head.Epoch}}
	tree.Append(make([]string, len(leaves)), leaves)
	if tree.Head.Root != head.Root {
		return fmt.Errorf("the tree of %d leaves is another", len(leaves))
	}
	go func() {
		for {
			if _, err := s.Follow(ctx, storetest.Read, 100); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}()
	random := rand.New(rand.NewPCG(uint64(head.Epoch), 1))
	b := &book{Store: s, tree: tree}
	for {
		old, batch := b.batch(1 + random.IntN(700))
		if err := s.Commit(ctx, old, batch); err != nil {
			return err
		}
		fmt.Println(batch.Head.Size)
	}
}

func TestAKilledWriterLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	must(t, begin(t, path).Close())
	exe, err := os.Executable()
	must(t, err)
	random := rand.New(rand.NewPCG(5, 8))
	var size int64
	for range 5 {
		told := killed(t, exe, path, 1+random.IntN(12), time.Duration(random.IntN(5000))*time.Microsecond)
		s, err := Open(path, false)
		must(t, err)
		now, err := sound(t, s)
		if err != nil || now < told || now < size {
			t.Fatalf("%d leaves were answered, %d are there (%d in the round before): %v", told, now, size, err)
		}
		size = now
		for behind := int64(1); behind > 0; {
			behind, err = s.Follow(t.Context(), storetest.Read, 1000)
			must(t, err)
		}
		list, err := s.List(t.Context(), 0, int(size)+1, "", "")
		if err != nil || int64(len(list)) != size || list[size-1].Ref != refAt(size) {
			t.Fatalf("%d of %d entries are listed: %v", len(list), size, err)
		}
		release, err := s.Wait(t.Context()) // the dead hold no lock
		must(t, err)
		release()
		must(t, s.Close())
	}
}

// killed starts a writer, kills it a while after some answers, and gives the last size it told.
func killed(t *testing.T, exe, path string, answers int, after time.Duration) (told int64) {
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childOf+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		told, err = strconv.ParseInt(lines.Text(), 10, 64)
		must(t, err)
		if answers--; answers == 0 {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
	}
	cmd.Wait()
	if answers > 0 {
		t.Fatalf("the writer ended by itself after %d leaves", told)
	}
	return told
}
