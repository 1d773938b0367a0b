package agreement

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/truceline/truceline/problem"
)

// manifestName is the file that lists the files of one version.
const manifestName = "MANIFEST"

// Bounds of a folder.
const (
	maxManifest = 64 << 10 // bytes
	maxFiles    = 200      // listed in a MANIFEST
)

// Parse reads one version of an agreement from its folder: MANIFEST, ID.md and the
// translations ID.LANG.md. Every problem of every file is in the problem.List that
// is the error; the version is the SHA-256 of the MANIFEST, in hexadecimal. Files
// other than Markdown are held to their hashes and not read.
func Parse(fsys fs.FS, dir string) (*Agreement, error) {
	var problems problem.List
	manifest, files, ok := readManifest(fsys, dir, &problems)
	if !ok {
		return nil, problems.Err()
	}
	main, translations := "", map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		base, isMarkdown := strings.CutSuffix(name, ".md")
		switch {
		case !isMarkdown:
		case path.Ext(base) != "":
			translations[path.Join(dir, name)] = files[name]
		case main != "":
			problems.Add(problem.Problem{Code: "several-texts", File: path.Join(dir, name), What: "the folder holds a second text beside " + main, Mend: "one text ID.md; translations are ID.LANG.md"})
		default:
			main = name
		}
	}
	if main == "" {
		if len(problems) == 0 {
			problems.Add(problem.Problem{Code: "no-text", File: path.Join(dir, manifestName), What: "it lists no text ID.md", Mend: "add the text, and let `truceline seal` write the MANIFEST"})
		}
		return nil, problems.Err()
	}
	a, err := ParseText(path.Join(dir, main), files[main], translations)
	problems.Take(err)
	if a != nil && a.ID+".md" != main {
		problems.Add(at(a.Pos, "other-name", "agreement "+a.ID, "the file is named "+main, fmt.Sprintf("name it %s.md, and its translations %s.LANG.md", a.ID, a.ID)))
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	a.Version = digest(manifest)
	return a, nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// readManifest reads the MANIFEST of a folder and the files that it lists, and
// checks each against its hash.
func readManifest(fsys fs.FS, dir string, problems *problem.List) (manifest []byte, files map[string][]byte, ok bool) {
	name := path.Join(dir, manifestName)
	manifest, err := readBounded(fsys, name, maxManifest)
	if err != nil {
		problems.Add(problem.Problem{Code: "no-manifest", File: name, What: "the MANIFEST cannot be read", Mend: "`truceline seal` writes it"})
		return nil, nil, false
	}
	const form, mend = "the line is not a SHA-256 in small letters, two spaces and a file's name", "`truceline seal` writes the MANIFEST"
	text, ended := strings.CutSuffix(string(manifest), "\n")
	lines := strings.Split(text, "\n")
	if !ended {
		problems.Add(at(Pos{name, len(lines), 1}, "bad-manifest", "", "the last line has no end", mend))
	}
	if len(lines) > maxFiles {
		problems.Add(at(Pos{name, maxFiles + 1, 1}, "too-many", "", "it lists too many files", fmt.Sprintf("at most %d", maxFiles)))
		return nil, nil, false
	}
	files = map[string][]byte{}
	last := ""
	for i, line := range lines {
		add := func(column int, code, what, mend string) {
			problems.Add(at(Pos{name, i + 1, column}, code, "", what, mend))
		}
		hash, listed, cut := strings.Cut(line, "  ")
		if !cut || !isDigest(hash) || !isName(listed) || !fs.ValidPath(listed) || listed == "." || listed == manifestName {
			add(1, "bad-manifest", form, mend)
			continue
		}
		const column = 2*sha256.Size + 3 // of the name
		if listed <= last {
			add(column, "bad-manifest", fmt.Sprintf("%s does not come after %s", listed, last), "names are sorted and stand once: `truceline seal`")
		}
		last = max(last, listed)
		data, err := readBounded(fsys, path.Join(dir, listed), MaxFile)
		if err != nil {
			add(column, "no-file", fmt.Sprintf("%s is listed and cannot be read, or is longer than %d bytes", listed, MaxFile), "put the file back, or seal the folder anew: that makes a new version")
			continue
		}
		if got := digest(data); got != hash {
			add(1, "hash-mismatch", fmt.Sprintf("%s has been changed: its SHA-256 is %s", listed, got), "restore the file, or seal the folder anew: that makes a new version")
		}
		files[listed] = data
	}
	entries, err := fs.ReadDir(fsys, path.Clean(dir))
	if err != nil {
		problems.Add(problem.Problem{Code: "no-folder", File: dir, What: "the folder cannot be listed", Mend: "it holds the text, its translations and a MANIFEST"})
	}
	for _, e := range entries {
		if _, known := files[e.Name()]; strings.HasSuffix(e.Name(), ".md") && !known && !strings.Contains(string(manifest), "  "+e.Name()+"\n") {
			problems.Add(problem.Problem{Code: "not-listed", File: path.Join(dir, e.Name()), What: "the MANIFEST does not list this file", Mend: "seal the folder anew, or take the file away"})
		}
	}
	return manifest, files, true
}

func isDigest(s string) bool {
	return len(s) == 2*sha256.Size && strings.Trim(s, "0123456789abcdef") == ""
}

// readBounded reads a file, and fails if it has more than n bytes.
func readBounded(fsys fs.FS, name string, n int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(f, n+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(data)) > n:
		return nil, fmt.Errorf("%s is longer than %d bytes", name, n)
	}
	return data, nil
}

// Seal makes the text of a folder's MANIFEST and the version that it gives. It
// writes nothing. An error is that of the file system, or a problem of a name or
// size that a MANIFEST cannot have.
func Seal(fsys fs.FS, dir string) (manifest []byte, version string, err error) {
	entries, err := fs.ReadDir(fsys, path.Clean(dir))
	if err != nil {
		return nil, "", err
	}
	var b strings.Builder
	for _, e := range entries { // sorted by name
		if e.IsDir() || e.Name() == manifestName {
			continue
		}
		if !isName(e.Name()) {
			return nil, "", problem.Problem{Code: "bad-name", File: path.Join(dir, e.Name()), What: "a file of an agreement has no such name", Mend: "1 to 64 letters, digits or signs, and no space"}
		}
		data, err := readBounded(fsys, path.Join(dir, e.Name()), MaxFile)
		if err != nil {
			return nil, "", err
		}
		fmt.Fprintf(&b, "%s  %s\n", digest(data), e.Name())
	}
	return []byte(b.String()), digest([]byte(b.String())), nil
}
