package scenario

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/truceline/truceline/record"
)

// tree is the files of a case in memory, by path.
type tree map[string][]byte

// overlay lays the files of a scenario over a case. Agreements that it changes
// are sealed anew; "@PATH" in its records becomes a version or a hash.
func overlay(base fs.FS, archive *txtar.Archive) (tree, error) {
	files := tree{}
	if base != nil {
		if err := files.read(base); err != nil {
			return nil, err
		}
	}
	changed := map[string]bool{}
	var more []byte
	for _, f := range archive.Files {
		switch {
		case f.Name == "ask":
		case f.Name == "record.jsonl+":
			more = append(more, f.Data...)
		default:
			if !fs.ValidPath(f.Name) {
				return nil, fmt.Errorf("file name %q cannot be used (give a path relative to the case)", f.Name)
			}
			files[f.Name] = f.Data
			if f.Name == "record.jsonl" { // an empty line before the archive's next file is none of the record
				files[f.Name] = append(bytes.TrimRight(f.Data, "\n"), '\n')
			}
			if dir := path.Dir(f.Name); strings.HasPrefix(f.Name, "agreements/") && path.Base(f.Name) != "MANIFEST" {
				changed[dir] = true
			}
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(changed)) {
		files.seal(dir)
	}
	lines, err := envelopes(more)
	if err != nil {
		return nil, err
	}
	files["record.jsonl"] = files.resolve(append(slices.Clone(files["record.jsonl"]), lines...))
	return files, nil
}

// read takes every file of a case but its scenarios.
func (t tree) read(base fs.FS) error {
	return fs.WalkDir(base, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name == "scenarios" {
				return fs.SkipDir
			}
			return nil
		}
		data, err := fs.ReadFile(base, name)
		t[name] = data
		return err
	})
}

// seal writes the MANIFEST of an agreement's folder.
func (t tree) seal(dir string) {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(t)) {
		if path.Dir(name) == dir && path.Base(name) != "MANIFEST" {
			fmt.Fprintf(&b, "%s  %s\n", digest(t[name]), path.Base(name))
		}
	}
	t[path.Join(dir, "MANIFEST")] = []byte(b.String())
}

var placeholder = regexp.MustCompile(`"@([^"@\s]+)"`)

// resolve puts hashes where a record names paths.
func (t tree) resolve(lines []byte) []byte {
	return placeholder.ReplaceAllFunc(lines, func(m []byte) []byte {
		name := string(m[2 : len(m)-1])
		if data, ok := t[path.Join(name, "MANIFEST")]; ok {
			return []byte(`"` + digest(data) + `"`)
		}
		if data, ok := t[name]; ok {
			return []byte(`"` + digest(data) + `"`)
		}
		return m
	})
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// envelopes wraps bare entries, so that scenarios may leave the envelope out.
func envelopes(lines []byte) ([]byte, error) {
	var out bytes.Buffer
	for i, line := range bytes.Split(lines, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		var probe map[string]json.RawMessage
		if err := json.Unmarshal(line, &probe); err != nil {
			return nil, fmt.Errorf("record.jsonl+:%d: not a JSON object: %w", i+1, err)
		}
		if _, wrapped := probe["entry"]; !wrapped {
			line = append(append([]byte(`{"entry":`), line...), '}')
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	return out.Bytes(), nil
}

// fs gives the files as a file system.
func (t tree) fs() (fs.FS, error) {
	archive := &txtar.Archive{}
	for _, name := range slices.Sorted(maps.Keys(t)) {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: t[name]})
	}
	return txtar.FS(archive)
}

// Swap exchanges two parties' codes throughout a case and gives it sealed anew:
// the same case told with the sides' names exchanged. Whole words only; used to
// show that nothing but the names changes.
func Swap(base fs.FS, a, b string) (fs.FS, error) {
	files := tree{}
	if err := files.read(base); err != nil {
		return nil, err
	}
	out := tree{}
	for name, data := range files {
		swapped := data
		if !strings.HasPrefix(name, "areas/") {
			swapped = []byte(SwapText(string(data), a, b))
		}
		out[SwapText(name, a, b)] = swapped
	}
	dirs := map[string]bool{}
	for name := range out {
		if path.Base(name) == "MANIFEST" {
			dirs[path.Dir(name)] = true
		}
	}
	for dir := range dirs {
		out.seal(dir)
	}
	for name, data := range files {
		now := out[SwapText(name, a, b)]
		out["record.jsonl"] = bytes.ReplaceAll(out["record.jsonl"], []byte(digest(data)), []byte(digest(now)))
	}
	return out.fs()
}

// SwapText exchanges two codes in a text, as whole words.
func SwapText(text, a, b string) string {
	word := regexp.MustCompile(`[A-Za-z0-9]+`)
	return word.ReplaceAllStringFunc(text, func(w string) string {
		switch w {
		case a:
			return b
		case b:
			return a
		}
		return w
	})
}

// refs writes references in an answer.
func refs(list []record.Ref) string {
	if len(list) == 0 {
		return ""
	}
	parts := make([]string, len(list))
	for i, r := range list {
		parts[i] = string(r)
	}
	return " [" + strings.Join(parts, " ") + "]"
}
