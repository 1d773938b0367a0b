package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestTwoApplyAtOnce: whoever comes second checks anew, and no row is lost or doubled.
func TestTwoApplyAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "harbour")
	if err := os.CopyFS(dir, os.DirFS("../../casefile/testdata/training")); err != nil {
		t.Fatal(err)
	}
	const writers, rows = 3, 4
	var all sync.WaitGroup
	for w := range writers {
		var b strings.Builder
		for i := range rows {
			fmt.Fprintf(&b, "statement \"w%d-%d\" {\r\n  decision = \"confirm\"\r\n  happened = \"2040-03-11\"\r\n  said_by = { party = \"B\", person = \"doe\" }\r\n  summary = { en = \"The truce holds.\" }\r\n}\r\n", w, i)
		}
		file := filepath.Join(filepath.Dir(dir), fmt.Sprintf("w%d.hcl", w))
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			var out bytes.Buffer
			if code := Run("test", []string{"press", "apply", dir, file}, strings.NewReader(""), &out, &out); code != 0 {
				t.Errorf("exit code %d\n%s", code, &out)
			}
		})
	}
	all.Wait()
	data, err := os.ReadFile(filepath.Join(dir, "record.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for w := range writers {
		for i := range rows {
			if n := strings.Count(string(data), fmt.Sprintf(`"ref":"w%d-%d"`, w, i)); n != 1 {
				t.Errorf("w%d-%d stands %d times", w, i, n)
			}
		}
	}
	var out bytes.Buffer
	if code := Run("test", []string{"check", dir}, strings.NewReader(""), &out, &out); code != 0 {
		t.Errorf("%s", &out)
	}
}
