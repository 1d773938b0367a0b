package web

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// code finds what may be the code of a message in Go or in a template, prefix what a
// code is put together from.
var (
	code   = regexp.MustCompile(`"([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)"`)
	prefix = regexp.MustCompile(`"([a-z][a-z-]*\.)" ?\+|"([a-z][a-z-]*\.)%|printf "([a-z][a-z-]*\.)%`)
	said   = regexp.MustCompile(`\.(?:T|Say) "([a-z][a-z0-9.-]*)"|\bT\("([a-z][a-z0-9.-]*)"`)
)

// TestEveryMessageIsUsedAndThere holds the catalogue to the source: no message that
// nothing says, nothing said that the catalogue lacks.
func TestEveryMessageIsUsedAndThere(t *testing.T) {
	messages := map[string]string{}
	names, err := fs.Glob(files, "messages/en/*.json")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &messages); err != nil {
			t.Fatal(name, err)
		}
	}
	used, begun := map[string]bool{}, map[string]bool{}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	templates, err := filepath.Glob("templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Concat(sources, templates) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name) //nolint:gosec // our own sources
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllStringSubmatch(string(data), -1) {
			used[m[1]] = true
		}
		for _, m := range said.FindAllStringSubmatch(string(data), -1) {
			used[m[1]+m[2]] = true
			if c := m[1] + m[2]; messages[c] == "" && !strings.HasSuffix(c, ".") {
				t.Errorf("%s says %q, which is in no file of messages", name, c)
			}
		}
		for _, m := range prefix.FindAllStringSubmatch(string(data), -1) {
			begun[m[1]+m[2]+m[3]] = true
		}
	}
	for _, c := range slices.Sorted(maps.Keys(messages)) {
		first, _, _ := strings.Cut(c, ".")
		if !used[c] && !used[strings.TrimSuffix(c, ".mend")] && !begun[first+"."] && c != "figure" {
			t.Errorf("nothing says %q: delete it in every language", c)
		}
	}
}
