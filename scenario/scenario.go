// Package scenario owns cases as text: a txtar archive that lays files over a case
// and asks questions, each followed by the answer that must come out. `go test`
// and `truceline test` run the same files.
//
// The archive's comment says in prose what the scenario is about. Its files:
//
//	case.hcl, agreements/…, readings/…, areas/…   replace or add files of the case
//	record.jsonl                                  replaces the record
//	record.jsonl+                                 is appended to the record; a line is an entry or an envelope
//	ask                                           questions and answers
//
// In records "@PATH" as a whole string stands for the version of an agreement's
// folder or the SHA-256 of a file, so that hand-written scenarios need no hashes.
//
// In ask, a line that begins with "> " is a question; the lines up to the next
// question are its answer; blank lines at its end do not count. See the verbs in
// this package's answer functions.
package scenario

import (
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/truceline/truceline/casefile"
)

// Check is one question with the answer wanted and the answer got.
type Check struct {
	Line int    `json:"line"` // in the archive's file, from 1
	Ask  string `json:"ask"`
	Want string `json:"want"`
	Got  string `json:"got"`
	OK   bool   `json:"ok"`
}

// Result is how a scenario came out.
type Result struct {
	Name   string  `json:"name"`
	About  string  `json:"about"`
	Checks []Check `json:"checks"`
}

// OK tells that every answer was the wanted one.
func (r Result) OK() bool {
	for _, c := range r.Checks {
		if !c.OK {
			return false
		}
	}
	return true
}

// Run lays a scenario over a case and asks its questions. base may be nil for a
// scenario that holds its whole case. The error is of a scenario that cannot be
// run at all: a problem.List with places in its files.
func Run(base fs.FS, name string, data []byte) (Result, error) {
	archive := txtar.Parse(data)
	r := Result{Name: name, About: strings.TrimSpace(string(archive.Comment))}
	files, err := overlay(base, archive)
	if err != nil {
		return r, fmt.Errorf("%s: %w", name, err)
	}
	asked, err := questions(name, data, archive)
	if err != nil {
		return r, err
	}
	fsys, err := files.fs()
	if err != nil {
		return r, fmt.Errorf("%s: %w", name, err)
	}
	c, err := casefile.Load(fsys)
	if err != nil {
		return r, err
	}
	for _, q := range asked {
		got := answer(c, q.Ask)
		r.Checks = append(r.Checks, Check{Line: q.Line, Ask: q.Ask, Want: q.Want, Got: got, OK: got == q.Want})
	}
	return r, nil
}

// Update gives the scenario with its answers replaced by those that came out.
func Update(data []byte, r Result) []byte {
	archive := txtar.Parse(data)
	for i := range archive.Files {
		if archive.Files[i].Name != "ask" {
			continue
		}
		var b strings.Builder
		for j, c := range r.Checks {
			if j > 0 {
				b.WriteString("\n")
			}
			b.WriteString("> " + c.Ask + "\n")
			if c.Got != "" {
				b.WriteString(c.Got + "\n")
			}
		}
		archive.Files[i].Data = []byte(b.String())
	}
	return txtar.Format(archive)
}

// questions reads the ask file. A scenario without questions tests nothing and is
// refused.
func questions(name string, data []byte, archive *txtar.Archive) ([]Check, error) {
	var list []Check
	for _, f := range archive.Files {
		if f.Name != "ask" {
			continue
		}
		base := lineOf(data, "-- ask --")
		var answer []string
		flush := func() {
			if len(list) > 0 {
				list[len(list)-1].Want = strings.TrimRight(strings.Join(answer, "\n"), "\n ")
			}
			answer = nil
		}
		for i, line := range strings.Split(strings.TrimRight(string(f.Data), "\n"), "\n") {
			if q, ok := strings.CutPrefix(line, "> "); ok {
				flush()
				list = append(list, Check{Line: base + i + 1, Ask: strings.TrimSpace(q)})
				continue
			}
			if len(list) == 0 && strings.TrimSpace(line) != "" {
				return nil, fmt.Errorf("%s:%d: %q stands before the first question (a question begins with \"> \")", name, base+i+1, line)
			}
			answer = append(answer, strings.TrimRight(line, " "))
		}
		flush()
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: the scenario asks nothing (add a file named ask with lines that begin with \"> \")", name)
	}
	return list, nil
}

func lineOf(data []byte, marker string) int {
	for i, line := range strings.Split(string(data), "\n") {
		if strings.TrimSpace(line) == marker {
			return i + 1
		}
	}
	return 0
}
