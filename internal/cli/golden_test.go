package cli

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the answers that come out into testdata/golden")

// TestStatusOfTheFoundingCase holds what the program answers on the days for which the
// founding case was made. After a change of the case or of the rules, look at the
// difference, then run go test ./internal/cli -run FoundingCase -update.
func TestStatusOfTheFoundingCase(t *testing.T) {
	for name, args := range map[string][]string{
		"2025-03-12-noon.json": {"--at", "2025-03-12T12:00Z", "--known-by", "2025-03-12T12:00Z", "--format", "json"},
		"2025-04-17.json":      {"--at", "2025-04-17", "--format", "json"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errOut bytes.Buffer
			if code := Run("test", append([]string{"status", "../../cases/ua-2025"}, args...), nil, &out, &errOut); code != exitFine {
				t.Fatalf("exit code %d: %s", code, errOut.String())
			}
			file := filepath.Join("testdata", "golden", name)
			if *update {
				if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), out.String()); d != "" {
				t.Error(d)
			}
		})
	}
}
