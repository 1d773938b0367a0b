package keep_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/problem"
)

func TestLinesAreAddedInOneStep(t *testing.T) {
	name := filepath.Join(t.TempDir(), "record.jsonl")
	if err := os.WriteFile(name, []byte("1"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := keep.Extend(name, []byte("1"), []byte("2\n")); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	info, _ := os.Stat(name)
	if err != nil || string(data) != "1\n2\n" || info.Mode().Perm() != 0o644 {
		t.Fatalf("%q %v %v", data, info.Mode(), err)
	}
	var p problem.Problem
	if err := keep.Extend(name, []byte("1"), []byte("3\n")); !errors.As(err, &p) || p.Code != "changed" {
		t.Errorf("%v", err)
	}
	if again, _ := os.ReadFile(name); string(again) != "1\n2\n" {
		t.Errorf("%q", again)
	}
	if err := keep.Extend(filepath.Join(t.TempDir(), "none"), nil, []byte("3\n")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// TestNoLineIsLostBetweenTwoWriters: who comes late is told, tries again, and all lines
// are there in the end.
func TestNoLineIsLostBetweenTwoWriters(t *testing.T) {
	name := filepath.Join(t.TempDir(), "record.jsonl")
	if err := os.WriteFile(name, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for i := 0; i < 5; {
				was, err := os.ReadFile(name)
				if err != nil {
					t.Error(err)
					return
				}
				err = keep.Extend(name, was, fmt.Appendf(nil, "%d-%d\n", w, i))
				var p problem.Problem
				switch {
				case err == nil:
					i++
				case !errors.As(err, &p):
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	data, err := os.ReadFile(name)
	if err != nil || strings.Count(string(data), "\n") != 20 {
		t.Errorf("%v\n%s", err, data)
	}
}
