package importtest

import (
	"fmt"
	"go/ast"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// impurePackages of the standard library; those below them too.
var impurePackages = because{
	"os":              "I/O: take bytes or an fs.FS",
	"net":             "I/O",
	"syscall":         "I/O",
	"log":             "no logger: errors are answers",
	"context":         "nothing here waits",
	"math/rand":       "the same question gives the same bytes",
	"crypto/rand":     "take the random bytes as an argument",
	"path/filepath":   "names inside an fs.FS: use path",
	"io/ioutil":       "I/O",
	"plugin":          "no code from outside",
	"unsafe":          "a distrustful reader must be able to follow",
	"runtime":         "the answer may not depend on the machine",
	"expvar":          "machinery",
	"testing":         "belongs in tests",
	"database/sql":    "machinery",
	"time/tzdata":     "moment embeds the zone rules itself and names their version",
	"sync/atomic":     "no shared state",
	"debug/buildinfo": "the answer may not depend on the build",
}

// pureParts of impure packages.
var pureParts = []string{"net/url", "net/netip", "net/mail"}

// impureCalls by package.
var impureCalls = map[string]because{
	"time": {
		"Now": "time is an argument", "Since": "time is an argument", "Until": "time is an argument",
		"Sleep": "nothing here waits", "After": "nothing here waits", "AfterFunc": "nothing here waits", "Tick": "nothing here waits",
		"NewTimer": "nothing here waits", "NewTicker": "nothing here waits",
		"Local":        "the machine's zone is nobody's",
		"LoadLocation": "reads the machine's zone rules: use those that moment embeds",
	},
	"fmt": {
		"Print": "I/O", "Printf": "I/O", "Println": "I/O", "Scan": "I/O", "Scanf": "I/O", "Scanln": "I/O",
	},
}

func impureImport(imported string) (string, bool) {
	if slices.Contains(pureParts, imported) {
		return "", false
	}
	for p, why := range impurePackages {
		if imported == p || strings.HasPrefix(imported, p+"/") {
			return why, true
		}
	}
	return "", false
}

// impurities of one file, each with its line and what to do instead.
func impurities(s source) []string {
	var faults []string
	fault := func(n ast.Node, format string, args ...any) {
		faults = append(faults, s.at(n)+": "+fmt.Sprintf(format, args...))
	}
	names := map[string]string{} // local name of a package -> its path
	for _, spec := range s.file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			fault(spec, "%v", err)
			continue
		}
		if why, bad := impureImport(imported); bad {
			fault(spec, "a pure package imports %s (%s)", imported, why)
		}
		name := imported
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name == "." && impureCalls[imported] != nil {
			fault(spec, "a dot import of %s hides its calls: name the package", imported)
		}
		names[name] = imported
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			fault(n, "a pure package starts a goroutine: the caller decides about those")
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				fault(n, "a pure package has an init function: make the value where it is needed")
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				if why, bad := impureCalls[names[x.Name]][n.Sel.Name]; bad {
					fault(n, "a pure package uses %s.%s (%s)", names[x.Name], n.Sel.Name, why)
				}
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "print" || f.Name == "println") {
				fault(n, "a pure package calls %s (I/O)", f.Name)
			}
		}
		return true
	})
	return faults
}

func TestPurePackagesHaveNoClockNoMachineNoGoroutine(t *testing.T) {
	all, err := sources(repository)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range floors {
		if !r.pure {
			continue
		}
		for _, s := range all[r.path] {
			for _, fault := range impurities(s) {
				t.Error(fault)
			}
		}
	}
}

func TestImpuritiesAreSeen(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"os", `package p; import _ "os"`, "imports os"},
		{"below os", `package p; import _ "os/exec"`, "imports os/exec"},
		{"http", `package p; import _ "net/http"`, "imports net/http"},
		{"slog", `package p; import _ "log/slog"`, "imports log/slog"},
		{"context", `package p; import _ "context"`, "imports context"},
		{"chance", `package p; import _ "math/rand/v2"`, "imports math/rand/v2"},
		{"an address is no network", `package p; import _ "net/url"`, ""},
		{"a name that only begins alike", `package p; import _ "runtimex"`, ""},
		{"clock", `package p; import "time"; var f = time.Now`, "time.Now"},
		{"clock by another name", `package p; import t "time"; func g() { _ = t.Since(t.Time{}) }`, "time.Since"},
		{"clock hidden by a dot", `package p; import . "time"; var f = Now`, "dot import of time"},
		{"the machine's zone", `package p; import "time"; var z = time.Local`, "time.Local"},
		{"times are allowed", `package p; import "time"; var d = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)`, ""},
		{"goroutine", `package p; func f() { go f() }`, "goroutine"},
		{"init", `package p; func init() {}`, "init function"},
		{"a method called init", `package p; type t int; func (t) init() {}`, ""},
		{"terminal", `package p; import "fmt"; func f() { fmt.Println() }`, "fmt.Println"},
		{"builtin", `package p; func f() { println("x") }`, "calls println"},
		{"words in memory", `package p; import "fmt"; var s = fmt.Sprintf("x")`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all, err := sources(fstest.MapFS{"p/a.go": {Data: []byte(c.text)}})
			if err != nil {
				t.Fatal(err)
			}
			wantOne(t, impurities(all["p"][0]), c.want)
		})
	}
}
