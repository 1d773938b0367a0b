package importtest

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// maxLines is the length at which a file has more than one subject.
const maxLines = 500

// Kinds of file by ending: those whose length is bounded, and those whose words are read.
var (
	boundedKinds = []string{".go", ".css", ".js", ".mjs", ".ts", ".html", ".tmpl"}
	readKinds    = append([]string{".md", ".hcl", ".sh", ".mod", ".yml", ".txtar"}, boundedKinds...)
)

// notOurs are folders that hold others' files, or what was built.
var notOurs = []string{"testdata", "node_modules", "vendor", "bin", "dist", "tmp"}

// forbidden words, with the reason. They are written in two halves, so that this file may be read too.
var forbidden = []struct {
	word *regexp.Regexp
	why  string
}{
	{regexp.MustCompile(`\bTO` + `DO\b|\bFIX` + `ME\b`), "finish it, or write down in docs/decisions why it is left out"},
	{regexp.MustCompile(`/wo` + `rk/|/tm` + `p/|/ro` + `ot/`), "a path of one machine"},
	{regexp.MustCompile(`\bt\.Sk` + `ip(Now|f)?\(`), "a skipped test proves nothing: let it run, or delete it"},
}

// fileFaults reads every file of ours.
func fileFaults(repo fs.FS) ([]string, int, error) {
	var faults []string
	read := 0
	err := fs.WalkDir(repo, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if d.IsDir() {
			if slices.Contains(notOurs, base) || base == ".git" {
				return fs.SkipDir
			}
			return nil
		}
		kind := path.Ext(base)
		if !slices.Contains(readKinds, kind) && base != "Makefile" {
			return nil
		}
		text, err := fs.ReadFile(repo, name)
		if err != nil {
			return err
		}
		read++
		if lines := bytes.Count(text, []byte("\n")); slices.Contains(boundedKinds, kind) && lines > maxLines {
			faults = append(faults, fmt.Sprintf("%s: %d lines, the bound is %d; split it by subject", name, lines, maxLines))
		}
		number := 0
		for line := range strings.Lines(string(text)) {
			number++
			for _, f := range forbidden {
				if found := f.word.FindString(line); found != "" {
					faults = append(faults, fmt.Sprintf("%s:%d: %q (%s)", name, number, found, f.why))
				}
			}
		}
		return nil
	})
	return faults, read, err
}

func TestFilesAreShortAndFinished(t *testing.T) {
	faults, read, err := fileFaults(repository)
	if err != nil {
		t.Fatal(err)
	}
	if read == 0 {
		t.Fatal("no files found")
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

func TestFileFaultsAreSeen(t *testing.T) {
	long := strings.Repeat("\n", maxLines+1)
	cases := []struct{ name, file, text, want string }{
		{"too long", "a/a.go", long, "501 lines"},
		{"just short enough", "a/a.go", long[1:], ""},
		{"prose may be long", "a/a.md", long, ""},
		{"unfinished", "a/a.go", "x\n// TO" + "DO: later\n", "a/a.go:2"},
		{"unfinished, other word", "Makefile", "# FIX" + "ME", "Makefile:1"},
		{"a word that holds it", "a/a.md", "TO" + "DOS", ""},
		{"a machine's path", "a.md", "see /wo" + "rk/main", "path of one machine"},
		{"a skipped test", "a/a_test.go", "\tt.Sk" + "ip(\"no\")", "proves nothing"},
		{"test data is others'", "a/testdata/a.go", "TO" + "DO", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			faults, _, err := fileFaults(fstest.MapFS{c.file: {Data: []byte(c.text)}})
			if err != nil {
				t.Fatal(err)
			}
			wantOne(t, faults, c.want)
		})
	}
}
