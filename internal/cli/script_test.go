package cli

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/truceline/truceline/internal/render"
	"github.com/truceline/truceline/release/releasetest"
)

func TestMain(m *testing.M) {
	if os.Getenv("TRUCELINE_CHILD") != "" {
		os.Exit(Run("test", os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	testscript.Main(m, map[string]func(){
		"truceline": func() { os.Exit(Run("test", os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the program as its users do. Each script finds an invented case in
// the directory harbour, another with exact places in hills, and the founding case and the file of volume by $UA and $VIINA.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("UA", filepath.Join(root, "cases", "ua-2025"))
			env.Setenv("VIINA", filepath.Join(root, "testdata", "viina", "reports.csv"))
			if err := os.CopyFS(filepath.Join(env.WorkDir, "hills"), releasetest.Files(`release = "area"`)); err != nil {
				return err
			}
			return os.CopyFS(filepath.Join(env.WorkDir, "harbour"), os.DirFS(filepath.Join(root, "casefile", "testdata", "training")))
		},
		Condition: func(name string) (bool, error) {
			if name == "fonts" { // a build without fonts writes no PDF
				return render.HasFonts(), nil
			}
			return false, fmt.Errorf("there is no condition %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "append": appendTo, "replace": replace, "word": word, "waitfor": waitFor},
	})
}

// exits CODE PROGRAM ARGS… runs a program and holds its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	got := 0
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// append FILE FROM appends the file FROM to FILE.
func appendTo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append FILE FROM")
	}
	name := ts.MkAbs(args[0])
	old, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		ts.Fatalf("%v", err)
	}
	ts.Check(os.WriteFile(name, append(old, ts.ReadFile(args[1])...), 0o644))
}

// waitfor FILE waits until a file is there, at most twenty seconds.
func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: waitfor FILE")
	}
	for range 400 {
		if data, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && len(data) > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s does not appear", args[0])
}

// word FILE DIRECTORY makes a Word file of the parts in a directory.
func word(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: word FILE DIRECTORY")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	z := zip.NewWriter(f)
	ts.Check(z.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(z.Close())
	ts.Check(f.Close())
}

// replace FILE OLD NEW replaces a text, which must be there.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	name := ts.MkAbs(args[0])
	text := ts.ReadFile(args[0])
	before, after, found := strings.Cut(text, args[1])
	if !found {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(name, []byte(before+args[2]+after), 0o644))
}
