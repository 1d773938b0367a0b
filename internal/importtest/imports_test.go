package importtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

const module = "github.com/truceline/truceline"

// repository is the module's root, read only.
var repository = os.DirFS("../..")

// source is one Go file that is no test.
type source struct {
	name string // path below the module
	file *ast.File
	set  *token.FileSet
}

// at names a place in the file as an editor does.
func (s source) at(n ast.Node) string {
	p := s.set.Position(n.Pos())
	return fmt.Sprintf("%s:%d", s.name, p.Line)
}

// sources parses every Go file of the module that is no test, by folder. Folders
// that the go command passes over are passed over, nested modules too.
func sources(repo fs.FS) (map[string][]source, error) {
	out := map[string][]source{}
	set := token.NewFileSet()
	err := fs.WalkDir(repo, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if d.IsDir() {
			if name == "." {
				return nil
			}
			if base == "testdata" || base == "vendor" || base == "node_modules" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
				return fs.SkipDir
			}
			if _, err := fs.Stat(repo, path.Join(name, "go.mod")); err == nil {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(repo, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := path.Dir(name)
		out[dir] = append(out[dir], source{name: name, file: file, set: set})
		return nil
	})
	return out, err
}

// covers says whether a table of allowed imports names this one.
func covers(table map[string]string, imported string) bool {
	for allowed := range table {
		if base, ok := strings.CutSuffix(allowed, "/..."); ok {
			if imported == base || strings.HasPrefix(imported, base+"/") {
				return true
			}
		} else if imported == allowed {
			return true
		}
	}
	return false
}

func find(rooms []room, name string) (room, bool) {
	for _, r := range rooms {
		if r.path == name {
			return r, true
		}
	}
	return room{}, false
}

// importFaults compares the module's imports with the table.
func importFaults(rooms []room, all map[string][]source) []string {
	var faults []string
	for dir, files := range all {
		r, ok := find(rooms, dir)
		if !ok {
			if strings.HasPrefix(dir, "cases") { // embedding only
				r = room{path: dir, pure: true}
			} else {
				faults = append(faults, dir+": not in the table of floors_test.go; give it a line with its imports and their reasons")
				continue
			}
		}
		for _, f := range files {
			for _, spec := range f.file.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					faults = append(faults, f.at(spec)+": "+err.Error())
					continue
				}
				if inside, ok := strings.CutPrefix(imported, module+"/"); ok {
					if !covers(r.inside, inside) {
						faults = append(faults, fmt.Sprintf("%s: %s may not import %s; move the code to another room, or write the import into floors_test.go with its reason", f.at(spec), dir, inside))
					}
				} else if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") && !covers(r.outside, imported) {
					faults = append(faults, fmt.Sprintf("%s: %s may not import %s; use what is there, or write the import into floors_test.go with its reason", f.at(spec), dir, imported))
				}
			}
		}
	}
	slices.Sort(faults)
	return faults
}

// tableFaults checks the table itself: order, purity, aides, reasons.
func tableFaults(rooms []room) []string {
	var faults []string
	seen := map[string]room{}
	for _, r := range rooms {
		if _, twice := seen[r.path]; twice {
			faults = append(faults, r.path+" stands twice")
		}
		for imported, reason := range r.inside {
			if strings.HasPrefix(imported, "cases/") {
				continue
			}
			below, ok := seen[imported]
			switch {
			case !ok:
				faults = append(faults, fmt.Sprintf("%s imports %s, which does not stand before it", r.path, imported))
			case r.pure && !below.pure:
				faults = append(faults, fmt.Sprintf("%s is pure and imports %s, which is not", r.path, imported))
			case r.pure && !r.aide && below.aide:
				faults = append(faults, fmt.Sprintf("%s is core and imports %s, which only proposes", r.path, imported))
			}
			if strings.TrimSpace(reason) == "" {
				faults = append(faults, fmt.Sprintf("%s imports %s without a reason", r.path, imported))
			}
		}
		for imported, reason := range r.outside {
			if strings.TrimSpace(reason) == "" {
				faults = append(faults, fmt.Sprintf("%s imports %s without a reason", r.path, imported))
			}
		}
		seen[r.path] = r
	}
	slices.Sort(faults)
	return faults
}

func TestEachPackageImportsOnlyWhatItsFloorAllows(t *testing.T) {
	all, err := sources(repository)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no Go files found")
	}
	for _, fault := range importFaults(floors, all) {
		t.Error(fault)
	}
}

func TestTheTableOfFloorsIsSound(t *testing.T) {
	for _, fault := range tableFaults(floors) {
		t.Error(fault)
	}
}

func TestTableFaultsAreSeen(t *testing.T) {
	cases := []struct {
		name  string
		rooms []room
		want  string
	}{
		{"upwards", []room{{path: "a", inside: because{"b": "why"}}, {path: "b"}}, "does not stand before it"},
		{"pure on machinery", []room{{path: "b"}, {path: "a", pure: true, inside: because{"b": "why"}}}, "which is not"},
		{"core on aide", []room{{path: "b", pure: true, aide: true}, {path: "a", pure: true, inside: because{"b": "why"}}}, "only proposes"},
		{"no reason inside", []room{{path: "b"}, {path: "a", inside: because{"b": " "}}}, "without a reason"},
		{"no reason outside", []room{{path: "a", outside: because{"example.org/m": ""}}}, "without a reason"},
		{"twice", []room{{path: "a"}, {path: "a"}}, "twice"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { wantOne(t, tableFaults(c.rooms), c.want) })
	}
}

func TestImportFaultsAreSeen(t *testing.T) {
	rooms := []room{
		{path: "low", pure: true},
		{path: "high", inside: because{"low": "why"}, outside: because{"example.org/m/...": "why"}},
	}
	cases := []struct {
		name, file, text, want string
	}{
		{"a package without a line", "new/a.go", "package n", "new: not in the table"},
		{"a room that is not allowed", "low/a.go", `package low; import _ "` + module + `/high"`, "low may not import high"},
		{"a module that is not allowed", "low/a.go", `package low; import _ "example.org/m"`, "low may not import example.org/m"},
		{"what is allowed", "high/a.go", `package high; import (_ "` + module + `/low"; _ "example.org/m/x"; _ "strings")`, ""},
		{"a name that only begins alike", "high/a.go", `package high; import _ "example.org/mouse"`, "may not import example.org/mouse"},
		{"a test may import more", "low/a_test.go", `package low; import _ "example.org/m"`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all, err := sources(fstest.MapFS{c.file: {Data: []byte(c.text)}})
			if err != nil {
				t.Fatal(err)
			}
			wantOne(t, importFaults(rooms, all), c.want)
		})
	}
}

// wantOne fails unless faults is one that contains want; or none, when want is "".
func wantOne(t *testing.T, faults []string, want string) {
	t.Helper()
	if want == "" {
		if len(faults) != 0 {
			t.Errorf("want no fault, got %q", faults)
		}
		return
	}
	if len(faults) != 1 || !strings.Contains(faults[0], want) {
		t.Errorf("want one fault with %q, got %q", want, faults)
	}
}
