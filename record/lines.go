package record

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/truceline/truceline/problem"
)

// Bounds of a record in file form.
const (
	MaxLine     = 65_535    // bytes of an envelope
	MaxEntries  = 1_000_000 // lines of a file
	maxProblems = 200       // reported of one file
)

// Read reads a record in file form. It checks every line and the record as a
// whole (spec/entry.md) and gives the envelopes in order. The error is a
// problem.List with every problem found, at most 200 and a count of the rest; the
// envelopes beside an error are for further checks only, and one of a line that
// could not be read has no body.
func Read(file string, data []byte) ([]Envelope, error) {
	var problems problem.List
	var envs []Envelope
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	if len(data) == 0 {
		lines = nil
	}
	if len(lines) > MaxEntries {
		return nil, problem.List{{Code: "too-long", File: file, What: fmt.Sprintf("%d lines", len(lines)), Mend: fmt.Sprintf("a record in file form has at most %d", MaxEntries)}}
	}
	for i, line := range lines {
		d := &decoder{file: file, line: i + 1}
		env := d.envelope(line)
		env.Position = i + 1
		problems = append(problems, d.problems...)
		envs = append(envs, env)
	}
	checkWhole(file, envs, &problems)
	if err := problems.Err(); err != nil {
		return envs, Bounded(problems, maxProblems)
	}
	return envs, nil
}

// Bounded gives at most n problems as an error and says how many more there are.
func Bounded(list problem.List, n int) error {
	if len(list) > n {
		more := len(list) - n
		list = append(list[:n:n], problem.Problem{Code: "more", File: list[n].File, Line: list[n].Line, What: fmt.Sprintf("and %d problems more", more)})
	}
	return list.Err()
}

// envelope reads one line.
func (d *decoder) envelope(line []byte) Envelope {
	var env Envelope
	switch {
	case len(line) > MaxLine:
		d.fault(0, "line-too-long", "", fmt.Sprintf("the line has %d bytes", len(line)), fmt.Sprintf("at most %d: keep long things as files and name their hash", MaxLine))
		return env
	case len(bytes.TrimSpace(line)) == 0:
		d.fault(0, "empty-line", "", "the line is empty", "a record has one envelope a line and no empty ones")
		return env
	case bytes.HasPrefix(line, []byte("\ufeff")):
		d.fault(0, "byte-order-mark", "", "the line begins with a byte-order mark", "save the file as UTF-8 without one")
		return env
	}
	n, err := parseTree(line)
	if err != nil {
		d.fault(err.at, "not-json", "", err.what, `a line is {"entry":{…},"recorded":"2026-11-23T03:10:00Z"}`)
		return env
	}
	d.object(&n, reflect.ValueOf(&env).Elem(), "")
	if env.Entry.Kind == "" && len(d.problems) == 0 {
		d.fault(0, "missing", "entry", "the entry is missing", `a line is {"entry":{…},"recorded":"…"}`)
	}
	if env.Recorded != "" {
		if t, err := time.Parse(time.RFC3339, env.Recorded); err != nil || !strings.HasSuffix(env.Recorded, "Z") || t.Nanosecond() != 0 {
			d.fault(0, "bad-time", "recorded", fmt.Sprintf("%q is not a time of recording", env.Recorded), "write RFC 3339 in UTC, whole seconds: 2026-11-23T03:10:00Z")
		}
	}
	return env
}

// Write gives a record in file form: an envelope a line, canonical.
func Write(envs []Envelope) ([]byte, error) {
	var out bytes.Buffer
	for _, env := range envs {
		entry, err := Canonical(env.Entry)
		if err != nil {
			return nil, err
		}
		out.WriteString(`{"entry":`)
		out.Write(entry)
		if env.Recorded != "" {
			fmt.Fprintf(&out, `,"recorded":%q`, env.Recorded)
		}
		out.WriteString("}\n")
	}
	return out.Bytes(), nil
}

// checkWhole checks what no line can know alone: references, their order, times
// of recording, corrections and retractions.
func checkWhole(file string, envs []Envelope, problems *problem.List) {
	seen := map[Ref]int{}
	all := map[Ref]int{}
	for i, env := range envs {
		if _, ok := all[env.Entry.Ref]; !ok && env.Entry.Ref != "" {
			all[env.Entry.Ref] = i
		}
	}
	recorded, left := "", 0
	for i, env := range envs {
		e := env.Entry
		add := func(code, field, what, mend string) {
			problems.Add(problem.Problem{Code: code, File: file, Line: i + 1, Column: 1, Field: field, What: what, Mend: mend})
		}
		if first, twice := seen[e.Ref]; twice && e.Ref != "" {
			add("duplicate-ref", "entry.ref", fmt.Sprintf("the reference %s stands already on line %d", e.Ref, first+1), "give each entry a reference of its own; to change an entry add a correction")
		} else {
			seen[e.Ref] = i
		}
		for _, ref := range named(e) {
			switch at, exists := all[ref]; {
			case !exists:
				add("no-such-entry", "entry", fmt.Sprintf("%s names %s, which is not in the record", e.Ref, ref), nearestRef(ref, all))
			case at >= i:
				add("later-entry", "entry", fmt.Sprintf("%s names %s, which stands later, on line %d", e.Ref, ref, at+1), "an entry names earlier ones only: move it after them")
			}
		}
		checkChange(e, envs, all, i, add)
		switch {
		case env.Recorded == "":
			left = i + 1
		case left > 0:
			add("recorded-after-gap", "recorded", fmt.Sprintf("line %d has no time of recording and this one has", left), "give all lines before it their times, or take this one out")
		case env.Recorded < recorded:
			add("recorded-backwards", "recorded", fmt.Sprintf("%s lies before %s on the line above", env.Recorded, recorded), "times of recording never run backwards")
		default:
			recorded = env.Recorded
		}
	}
}

// named lists the references that an entry needs to exist before it.
func named(e Entry) []Ref {
	list := Mentions(e.Body)
	for _, s := range e.Sources {
		if !strings.Contains(s, "://") {
			list = append(list, Ref(s))
		}
	}
	for v := e.SaidBy; v != nil; v = v.Citing {
		if v.Document != "" {
			list = append(list, v.Document)
		}
	}
	return list
}

func nearestRef(ref Ref, all map[Ref]int) string {
	var known []string
	for r := range all {
		known = append(known, string(r))
	}
	if near := Nearest(string(ref), known); near != "" && len(known) < 10_000 {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return "name an entry of this record"
}

// checkChange checks what a correction or retraction changes.
func checkChange(e Entry, envs []Envelope, all map[Ref]int, i int, add func(code, field, what, mend string)) {
	target := func(ref Ref) (Entry, bool) {
		at, ok := all[ref]
		if !ok || at >= i {
			return Entry{}, false
		}
		return envs[at].Entry, true
	}
	switch b := e.Body.(type) {
	case *Correction:
		if old, ok := target(b.Corrects); ok {
			switch {
			case old.Kind != b.Entry.Kind:
				add("other-kind", "entry.body.entry.kind", fmt.Sprintf("%s is a %s and is replaced by a %s", b.Corrects, old.Kind, b.Entry.Kind), "retract it and add the new entry")
			case old.Author != e.Author:
				add("other-author", "entry.author", fmt.Sprintf("%s was written by %s and is corrected by %s", b.Corrects, old.Author, e.Author), "only its author corrects an entry; others add a dissent")
			}
		}
	case *Retraction:
		if old, ok := target(b.Retracts); ok && old.Author != e.Author {
			add("other-author", "entry.author", fmt.Sprintf("%s was written by %s and is retracted by %s", b.Retracts, old.Author, e.Author), "only its author takes an entry back")
		}
		if b.Retracts == e.Ref {
			add("self-retraction", "entry.body.retracts", "a retraction cannot take itself back", "name another entry")
		}
	case *Unlink:
		if old, ok := target(b.Link); ok && old.Kind != KindLink {
			add("other-kind", "entry.body.link", fmt.Sprintf("%s is a %s, not a link", b.Link, old.Kind), "name a link")
		}
	}
}
