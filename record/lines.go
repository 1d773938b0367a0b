package record

import (
	"bytes"
	"fmt"
	"reflect"
	"time"

	"github.com/truceline/truceline/problem"
)

// Bounds of a record in file form.
const (
	MaxLine     = 65_535    // bytes of an envelope
	MaxBytes    = 64 << 20  // bytes of a file
	MaxEntries  = 1_000_000 // lines of a file
	maxProblems = 200       // told of one file
	enough      = 10_000    // problems after which reading stops
)

// recordedLayout is how a time of recording is written: RFC 3339, UTC, whole
// seconds. Texts of that form compare as their times do.
const recordedLayout = "2006-01-02T15:04:05Z"

// isRecorded tells whether a text is a time of recording.
func isRecorded(s string) bool {
	t, err := time.Parse(recordedLayout, s)
	return err == nil && t.Format(recordedLayout) == s
}

// Read reads a record in file form. It checks every line and the record as a
// whole (spec/entry.md) and gives the envelopes in order. The error is a
// problem.List with every problem found, at most 200 and a count of the rest; the
// envelopes beside an error are for further checks only, and one of a line that
// could not be read has no body. Of a file that is nothing but problems the
// reading stops after some thousands of them.
func Read(file string, data []byte) ([]Envelope, error) {
	if len(data) > MaxBytes {
		return nil, problem.List{{Code: "too-large", File: file, What: fmt.Sprintf("the file has %d bytes", len(data)), Mend: fmt.Sprintf("a record in file form has at most %d", MaxBytes)}}
	}
	var lines [][]byte
	if len(data) > 0 {
		lines = bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	}
	if len(lines) > MaxEntries {
		return nil, problem.List{{Code: "too-long", File: file, What: fmt.Sprintf("the file has %d lines", len(lines)), Mend: fmt.Sprintf("a record in file form has at most %d", MaxEntries)}}
	}
	return ReadLines(file, lines)
}

// ReadLines is Read of a record whose lines, or leaves, are there one by one, without
// the bounds of a file.
func ReadLines(file string, lines [][]byte) ([]Envelope, error) {
	var problems problem.List
	envs := make([]Envelope, len(lines))
	for i, line := range lines {
		d := &decoder{file: file, line: i + 1, data: line}
		envs[i] = d.envelope()
		envs[i].Position = i + 1
		if problems = append(problems, d.problems...); len(problems) >= enough {
			return envs[:i+1], Bounded(problems, maxProblems)
		}
	}
	w := &whole{file: file, lines: lines, envs: envs, problems: &problems}
	w.check()
	return envs, Bounded(problems, maxProblems)
}

// Bounded gives the first n problems by file and place as an error, and how many
// more there are; nil when there is none.
func Bounded(list problem.List, n int) error {
	err := list.Err()
	if len(list) <= n {
		return err
	}
	var sorted problem.List
	sorted.Take(err)
	next := sorted[n]
	return append(sorted[:n:n], problem.Problem{
		Code: "more", File: next.File, Line: next.Line, Column: next.Column, What: fmt.Sprintf("and %d more problems from here on", len(list)-n), Mend: "mend those above first",
	})
}

// envelope reads one line.
func (d *decoder) envelope() Envelope {
	var env Envelope
	const form = `a line is {"entry":{…},"recorded":"2026-11-23T03:10:00Z"}`
	switch {
	case len(d.data) > MaxLine:
		d.fault(MaxLine, "line-too-long", "", fmt.Sprintf("the line has %d bytes", len(d.data)), fmt.Sprintf("at most %d: keep long things as files and name their hash", MaxLine))
		return env
	case len(bytes.TrimSpace(d.data)) == 0:
		d.fault(0, "empty-line", "", "the line is empty", "a record has one envelope a line and no empty ones")
		return env
	case bytes.HasPrefix(d.data, []byte("\ufeff")):
		d.fault(0, "byte-order-mark", "", "the line begins with a byte-order mark", "save the file as UTF-8 without one")
		return env
	}
	n, ok := d.parse(form)
	if !ok {
		return env
	}
	if n.sort == '{' && n.member("entry") == nil && n.member("kind") != nil {
		d.fault(n.at, "no-envelope", "", "the entry stands without its envelope", form)
		d.entry(&n, &env.Entry, "")
		return env
	}
	d.object(&n, reflect.ValueOf(&env).Elem(), "")
	d.vouched(&n, &env)
	return env
}

// Write gives a record in file form. Each line is the canonical envelope, whose
// bytes are those of the leaf in the record's tree. The error names the first
// entry that cannot be written: one that lacks a required field, or is too long.
func Write(envs []Envelope) ([]byte, error) {
	var out []byte
	for i, env := range envs {
		from := len(out)
		var err error
		if out, err = appendValue(out, reflect.ValueOf(env), fmt.Sprintf("line %d", i+1)); err != nil {
			return nil, fmt.Errorf("entry %s: %w", env.Entry.Ref, err)
		}
		if n := len(out) - from; n > MaxLine {
			return nil, fmt.Errorf("entry %s: its line would have %d bytes (at most %d: keep long things as files and name their hash)", env.Entry.Ref, n, MaxLine)
		}
		out = append(out, '\n')
	}
	return out, nil
}
