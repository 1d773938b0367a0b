package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// event is one line of `go test -json` (see `go doc test2json`). Lines about a
// build carry the package in ImportPath.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
	Elapsed    float64
}

// failure is something that did not pass, with all that it printed.
type failure struct {
	name   string
	output string
}

// summary collects outcomes. Its zero value is ready.
type summary struct {
	passed   int
	failures []failure
	packages []string // one line for each package, in order of its end

	output  map[string]*strings.Builder // by test, package or build
	counted map[string]bool             // tests whose parents need no line of their own
	blamed  map[string]bool             // packages with a failure that is already listed
}

func (s *summary) failed() int { return len(s.failures) }

// check counts something that is not a Go test.
func (s *summary) check(name string, ok bool) {
	if ok {
		s.passed++
		return
	}
	s.failures = append(s.failures, failure{name: name})
}

// read takes events until the end of r. A line that is no event is an error, since
// what cannot be read cannot be counted; the rest is read all the same.
func (s *summary) read(r io.Reader) error {
	s.output = map[string]*strings.Builder{}
	s.counted = map[string]bool{}
	s.blamed = map[string]bool{}
	var bad []error
	packages := 0
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if jsonErr := json.Unmarshal(line, &e); jsonErr != nil {
				bad = append(bad, fmt.Errorf("not a test event: %.200q", line))
			} else {
				if e.Test == "" && (e.Action == "pass" || e.Action == "fail" || e.Action == "skip") {
					packages++
				}
				s.take(e)
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	if packages == 0 {
		bad = append(bad, errors.New("no package was tested"))
	}
	return errors.Join(bad...)
}

func key(pkg, test string) string { return pkg + "\x00" + test }

func (s *summary) take(e event) {
	if e.ImportPath != "" && e.Package == "" {
		e.Package = e.ImportPath
	}
	k := key(e.Package, e.Test)
	switch e.Action {
	case "output", "build-output":
		b := s.output[k]
		if b == nil {
			b = &strings.Builder{}
			s.output[k] = b
		}
		b.WriteString(e.Output)
	case "build-fail":
		s.fail(e.Package, "build of "+e.Package, k)
	case "pass", "fail", "skip":
		if e.Test == "" {
			s.endPackage(e)
			return
		}
		s.endTest(e, k)
	}
}

// endTest counts a test, unless its subtests stand for it.
func (s *summary) endTest(e event, k string) {
	subtestsStandForIt := s.counted[k]
	if i := strings.LastIndexByte(e.Test, '/'); i >= 0 {
		s.counted[key(e.Package, e.Test[:i])] = true
	}
	name := e.Package + " " + e.Test
	switch e.Action {
	case "pass":
		if !subtestsStandForIt {
			s.passed++
		}
		delete(s.output, k)
	case "skip":
		s.fail(e.Package, name+" (skipped)", k)
	case "fail":
		if !subtestsStandForIt || s.ownWords(k) {
			s.fail(e.Package, name, k)
		}
	}
}

// ownWords says whether a test printed anything but the frame of its subtests.
func (s *summary) ownWords(k string) bool {
	b := s.output[k]
	if b == nil {
		return false
	}
	for line := range strings.Lines(b.String()) {
		t := strings.TrimSpace(line)
		if t != "" && !strings.HasPrefix(t, "=== ") && !strings.HasPrefix(t, "--- ") {
			return true
		}
	}
	return false
}

func (s *summary) endPackage(e event) {
	switch e.Action {
	case "pass":
		s.packages = append(s.packages, fmt.Sprintf("ok    %s  %.1f s", e.Package, e.Elapsed))
	case "skip": // it has no tests
		s.packages = append(s.packages, "-     "+e.Package+"  no tests")
	case "fail":
		s.packages = append(s.packages, fmt.Sprintf("FAIL  %s  %.1f s", e.Package, e.Elapsed))
		if !s.blamed[e.Package] { // a build, a panic or a time limit
			s.fail(e.Package, e.Package, key(e.Package, ""))
		}
	}
}

func (s *summary) fail(pkg, name, k string) {
	f := failure{name: name}
	if b := s.output[k]; b != nil {
		f.output = b.String()
	}
	s.failures = append(s.failures, f)
	s.blamed[pkg] = true
	// The build of a test names its package as "p [p.test]".
	if head, _, ok := strings.Cut(pkg, " ["); ok {
		s.blamed[head] = true
	}
}

func (s *summary) print(w io.Writer) error {
	var b strings.Builder
	slices.Sort(s.packages)
	for _, p := range s.packages {
		b.WriteString(p + "\n")
	}
	for _, f := range s.failures {
		b.WriteString("\nFAILED " + f.name + "\n")
		for line := range strings.Lines(f.output) {
			b.WriteString("    " + strings.TrimSuffix(line, "\n") + "\n")
		}
	}
	fmt.Fprintf(&b, "\n%d passed, %d failed\n", s.passed, s.failed())
	_, err := io.WriteString(w, b.String())
	return err
}
