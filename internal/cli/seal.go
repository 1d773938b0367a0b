package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

func (a *app) sealCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "seal DIR",
		Short: "Write the MANIFEST of agreements and print their versions",
		Long: `Writes the MANIFEST of an agreement's folder, or of each under CASE/agreements, and prints
the version that an entry of kind agreement must carry, and the SHA-256 of each reading
and area. A changed text is a new version: add an entry that says whether the change is
editorial or substantive.

For a case it then tells which entries of the record carry another version or hash, with
their lines, and which files no entry makes known; the exit code is 1 if there are any.`,
		Example:           "  truceline seal cases/mine\n  truceline seal cases/mine/agreements/truce",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(_ *cobra.Command, args []string) error {
			dir := filepath.Clean(args[0])
			folders, err := filepath.Glob(filepath.Join(dir, "agreements", "*"))
			if err != nil {
				return err
			}
			folders = slices.DeleteFunc(folders, func(f string) bool {
				info, err := os.Stat(f)
				return err != nil || !info.IsDir()
			})
			if len(folders) == 0 {
				_, err := a.seal(dir)
				return err
			}
			return a.sealCase(dir, folders)
		},
	}
}

// textOf finds the text of an agreement in its folder: the one Markdown file that is
// no translation, with the header of an agreement.
func textOf(folder string) (name string, ok bool) {
	files, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		return "", false
	}
	files = slices.DeleteFunc(files, func(f string) bool { return strings.Count(filepath.Base(f), ".") > 1 })
	if len(files) != 1 {
		return "", false
	}
	data, err := os.ReadFile(files[0])
	return files[0], err == nil && firstBlock(data) == "agreement"
}

// seal writes the MANIFEST of one agreement's folder, which must hold its text.
func (a *app) seal(folder string) (version string, err error) {
	if _, ok := textOf(folder); !ok {
		return "", fmt.Errorf("%s: there is no agreement to seal (the folder needs a text ID.md with its header)", folder)
	}
	manifest, version, err := casefile.Manifest(os.DirFS(folder), ".")
	if err != nil {
		return "", err
	}
	name := filepath.Join(folder, "MANIFEST")
	if old, err := os.ReadFile(name); err != nil || !bytes.Equal(old, manifest) {
		if err := os.WriteFile(name, manifest, 0o644); err != nil {
			return "", err
		}
	}
	a.printf("%s  %s\n", version, folder)
	return version, nil
}

// sealCase seals every agreement of a case and holds the record to the outcome.
func (a *app) sealCase(dir string, folders []string) error {
	sealed := map[string]string{} // version or hash by path in the case
	for _, folder := range folders {
		version, err := a.seal(folder)
		if err != nil {
			return err
		}
		sealed["agreements/"+filepath.Base(folder)] = version
	}
	for _, pattern := range []string{"readings/*.md", "areas/*.geojson"} {
		files, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern))) // the pattern is right
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				return err
			}
			hash := sha(data)
			sealed[filepath.ToSlash(filepath.Dir(pattern))+"/"+filepath.Base(f)] = hash
			a.printf("%s  %s\n", hash, f)
		}
	}
	files, err := caseFiles(dir)
	if err != nil {
		return err
	}
	data, err := fs.ReadFile(files, "record.jsonl")
	list := stale(filepath.Join(dir, "record.jsonl"), data, err, sealed)
	for _, p := range list {
		a.printf("%v\n", p)
	}
	if len(list) > 0 {
		return errFindings
	}
	return nil
}

// stale lists the entries of a record that carry another version or hash than the
// files have, and the files that no entry makes known. The latest entry of a path counts.
func stale(name string, data []byte, err error, sealed map[string]string) problem.List {
	var list problem.List
	if err != nil {
		list.Add(problem.Problem{Code: "missing-file", File: name, What: "there is no record yet", Mend: "add an entry for each of these"})
		return list
	}
	envs, _ := record.Read(name, data) // what else is wrong with it, check tells
	type carried struct {
		env   record.Envelope
		hash  string
		field string
	}
	latest := map[string]carried{}
	for i, env := range envs {
		env.Position = i + 1
		switch b := env.Entry.Body.(type) {
		case *record.Agreement:
			latest[b.Path] = carried{env, b.Version, "version"}
		case *record.Reading:
			latest[b.Path] = carried{env, b.Hash, "hash"}
		case *record.Area:
			latest[b.Path] = carried{env, b.Hash, "hash"}
		}
	}
	lines := bytes.Split(data, []byte("\n"))
	for path, hash := range sealed {
		switch c, ok := latest[path]; {
		case !ok:
			list.Add(problem.Problem{Code: "not-made-known", File: name, What: path + " is made known by no entry", Mend: "add an entry that carries " + hash})
		case c.hash != hash:
			list.Add(problem.Problem{
				Code: "stale-hash", File: name, Line: c.env.Position, Column: record.Locate(lines[c.env.Position-1], "entry.body."+c.field),
				Field: "entry.body." + c.field, What: fmt.Sprintf("%s carries %s of %s", c.env.Entry.Ref, c.hash, path), Mend: "the file has " + hash,
			})
		}
	}
	var sorted problem.List
	sorted.Take(list.Err())
	return sorted
}

func sha(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
