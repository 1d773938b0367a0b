package cli

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/truceline/truceline/release/releasetest"
)

// TestASiteLaidOutShowsPlacesAsTheCaseReleasesThem: every file of it, in every language,
// those within Word files too.
func TestASiteLaidOutShowsPlacesAsTheCaseReleasesThem(t *testing.T) {
	for _, tt := range []struct {
		terms string
		whole bool
	}{{`release = "area"`, false}, {`delay = "0h"`, false}, {`release = "full"`, true}} {
		dir := t.TempDir()
		if err := os.CopyFS(filepath.Join(dir, "case"), releasetest.Files(tt.terms)); err != nil {
			t.Fatal(err)
		}
		var out, errs strings.Builder
		if code := Run("test", []string{"site", "export", filepath.Join(dir, "out"), filepath.Join(dir, "case"), "--at", "2040-06-01"}, strings.NewReader(""), &out, &errs); code != 0 {
			t.Fatalf("%s: exit code %d: %s", tt.terms, code, errs.String())
		}
		found := map[string]bool{}
		look := func(name string, data []byte) {
			for _, secret := range releasetest.Secrets {
				if bytes.Contains(data, []byte(secret)) {
					if found[secret] = true; !tt.whole {
						t.Errorf("%s: %s tells %q", tt.terms, name, secret)
					}
				}
			}
		}
		files := 0
		err := filepath.WalkDir(filepath.Join(dir, "out"), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			files++
			data, err := os.ReadFile(name)
			if err == nil && filepath.Ext(name) == ".docx" {
				return within(name, data, look)
			}
			look(name, data)
			return err
		})
		if err != nil || files < 100 {
			t.Errorf("%s: %d files: %v", tt.terms, files, err)
		}
		if tt.whole && len(found) != len(releasetest.Secrets) {
			t.Errorf("of a case released in full the files tell %v", found)
		}
	}
}

// within looks at the files of an archive.
func within(name string, data []byte, look func(string, []byte)) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		part, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		look(name+"/"+f.Name, part)
	}
	return nil
}
