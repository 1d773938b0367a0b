package verify_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/truceline/truceline/verify"
	"github.com/truceline/truceline/verify/verifytest"
)

var update = flag.Bool("update", false, "write the mirror in testdata anew")

// A mirror in files is verified against the log key that a reader has from elsewhere.
func ExampleMirror() {
	report := verify.Mirror(os.DirFS("testdata/mirror"), verify.Options{
		LogKey: "mission.example/harbour-2040+744c1c10+AWAS6IPVXNsKi5jsuKqD2Du/buu+zucVs2PLDe66EP/D",
		Judge:  true,
	})
	fmt.Println(report.Entries, "entries,", report.Signatures, "signatures, last recorded", report.Recorded)
	for _, c := range report.Cosigned {
		fmt.Println(c.Name, "saw", c.Size, "entries at", c.Time)
	}
	for _, f := range report.Unchecked {
		fmt.Println("not checked:", f)
	}
	fmt.Println(report.Whole(), report.Findings)
	// Output:
	// 25 entries, 22 signatures, last recorded 2040-06-01T08:00:25Z
	// witness.example saw 25 entries at 2040-06-01T08:00:25Z
	// witness.example saw 22 entries at 2040-06-01T08:00:22Z
	// true []
}

// The mirror in testdata is what is made today: the form of a record does not change.
func TestTheMirrorOnDiskIsMadeTheSame(t *testing.T) {
	m := verifytest.Training(t, 25).Mirror()
	const dir = "testdata/mirror"
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(dir, m); err != nil {
			t.Fatal(err)
		}
	}
	var there []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			there = append(there, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range m {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(data) != string(f.Data) {
			t.Errorf("%s is made otherwise (%v)", name, err)
		}
	}
	slices.Sort(there)
	if len(there) != len(m) {
		t.Errorf("%d files are there and %d are made: %v", len(there), len(m), there)
	}
}
