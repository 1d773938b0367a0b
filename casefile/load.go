package casefile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Bounds of a case in file form.
const (
	recordFile  = "record.jsonl"
	maxFile     = 64 << 20 // bytes of a file
	maxProblems = 200      // told of one case
)

// Load reads a case from its folder and checks it whole (spec/case.md). Either
// everything fits, or the error is a problem.List with every problem of every
// file, sorted by file and place, and there is no case. Of more than 200 problems
// the first 200 and a count of the rest are told. Files are named relative to the
// folder.
func Load(fsys fs.FS) (*Case, error) {
	return load(&loader{fsys: fsys}).whole()
}

// LoadLeaves is Load of a case whose record is given as the leaves of its tree
// (spec/record.md §2), without the bounds of a file; a record.jsonl in the folder is not
// read. Problems of the record are told as of its file, whose lines are the leaves. The
// case keeps parts of the leaves.
func LoadLeaves(fsys fs.FS, leaves [][]byte) (*Case, error) {
	return load(&loader{fsys: fsys, leaves: leaves, given: true}).whole()
}

func (l *loader) whole() (*Case, error) {
	if err := record.Bounded(l.problems, maxProblems); err != nil {
		return nil, err
	}
	return l.c, nil
}

// Check gives what Load would refuse a case for, and beside it the warnings that
// it would come with. Both are sorted.
func Check(fsys fs.FS) (problems, warnings problem.List) {
	l := load(&loader{fsys: fsys})
	var list problem.List
	list.Take(record.Bounded(l.problems, maxProblems))
	return list, l.c.Warnings
}

// loader gathers one case and everything that is wrong with it.
type loader struct {
	fsys     fs.FS
	leaves   [][]byte // of the record, where it is given
	given    bool     // it is, and the file not read
	c        *Case
	problems problem.List
	lines    [][]byte        // of the record, to find the places of problems
	used     map[string]bool // paths that an entry makes known
	tables   bool            // case.hcl was read whole, so names can be held to it
	knows    knows
	missing  problem.List // files of the map that a mirror lacks
}

func load(l *loader) *loader {
	l.c, l.used = &Case{Areas: map[string]*Area{}, Lines: map[string]*Line{}, refs: map[record.Ref]int{}}, map[string]bool{}
	l.c.Zone, l.c.World = moment.UTC(), moment.Always()
	if data, p := readFile(l.fsys, headerFile, maxHeader); p != nil {
		l.problems.Add(*p)
	} else {
		l.tables = parseHeader(data, l.c, &l.problems)
	}
	l.record()
	for i := range l.c.Entries {
		l.files(&l.c.Entries[i])
	}
	l.gather()
	l.names()
	l.terms()
	l.layers()
	l.c.Warnings = slices.Concat(l.missing, l.unknownFiles())
	return l
}

// reason gives why a file could not be read, without the path.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "it is not there"
	}
	return err.Error()
}

// readFile reads a file of at most most bytes.
func readFile(fsys fs.FS, name string, most int64) ([]byte, *problem.Problem) {
	if !fs.ValidPath(name) || name == "." {
		return nil, &problem.Problem{Code: "bad-path", File: name, What: "the path cannot be used", Mend: "give it relative to the case, with slashes and without .."}
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, &problem.Problem{Code: "missing-file", File: name, What: "the file cannot be read: " + reason(err), Mend: "put it there, relative to the folder of the case"}
	}
	defer f.Close() //nolint:errcheck // nothing was written
	var buf bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Size() <= most {
		buf.Grow(int(info.Size()) + bytes.MinRead)
	}
	if _, err := buf.ReadFrom(io.LimitReader(f, most+1)); err != nil {
		return nil, &problem.Problem{Code: "missing-file", File: name, What: "the file cannot be read: " + reason(err)}
	}
	if int64(buf.Len()) > most {
		return nil, &problem.Problem{Code: "too-large", File: name, What: fmt.Sprintf("the file has more than %d bytes", most), Mend: "split what it holds"}
	}
	return buf.Bytes(), nil
}

// record reads the entries and their times.
func (l *loader) record() {
	envs, ok := l.envelopes()
	if !ok {
		return
	}
	for i, env := range envs {
		env.Position = i + 1
		e := Entry{Envelope: env}
		l.times(&e)
		l.c.Entries = append(l.c.Entries, e)
		if _, twice := l.c.refs[env.Entry.Ref]; !twice {
			l.c.refs[env.Entry.Ref] = i
		}
	}
}

// envelopes reads the record from its leaves or from its file.
func (l *loader) envelopes() (envs []record.Envelope, ok bool) {
	var err error
	if l.given {
		l.lines = l.leaves
		envs, err = record.ReadLines(recordFile, l.leaves)
	} else {
		data, p := readFile(l.fsys, recordFile, maxFile)
		if p != nil {
			l.problems.Add(*p)
			return nil, false
		}
		l.lines = bytes.Split(data, []byte("\n"))
		envs, err = record.Read(recordFile, data)
	}
	l.problems.Take(err)
	return envs, true
}

// at adds a problem of an entry at the place of one of its fields.
func (l *loader) at(position int, code, field, what, mend string) {
	field = "entry." + field
	column := 1
	if position <= len(l.lines) {
		column = record.Locate(l.lines[position-1], field)
	}
	l.problems.Add(problem.Problem{Code: code, File: recordFile, Line: position, Column: column, Field: field, What: what, Mend: mend})
}

// times parses when an entry happened and became public, and the same of an entry
// that it puts in another's place.
func (l *loader) times(e *Entry) {
	e.Happened = l.time(e.Position, "happened", e.Entry.Happened)
	switch e.Entry.Public {
	case "":
		e.Public = e.Happened
	case "never":
		e.Never = true
	default:
		e.Public = l.time(e.Position, "public", e.Entry.Public)
	}
	if b, ok := e.Entry.Body.(*record.Correction); ok {
		l.time(e.Position, "body.entry.happened", b.Entry.Happened)
		if b.Entry.Public != "never" {
			l.time(e.Position, "body.entry.public", b.Entry.Public)
		}
	}
}

// time parses a time in the case's zone and holds it to the case's bounds. What
// cannot be read in any zone was told by the record.
func (l *loader) time(position int, field, text string) moment.Time {
	if text == "" {
		return moment.Time{}
	}
	t, err := moment.Parse(text, l.c.Zone)
	if err != nil {
		if _, anywhere := moment.Parse(text, nil); anywhere == nil {
			what, mend := timeFault(err, "give an offset: +03:00")
			l.at(position, "bad-time", field, what, mend)
		}
		return moment.Time{}
	}
	if !t.Set().Overlaps(moment.Set{l.c.World}) {
		l.at(position, "outside-bounds", field, fmt.Sprintf("%s lies wholly outside the case, %s", text, bounds(l.c.World)), "mend the time, or the bounds in "+headerFile)
	}
	return t
}

// timeFault takes an error of a time, length or zone apart.
func timeFault(err error, mend string) (what, how string) {
	var e *moment.Error
	if !errors.As(err, &e) {
		return err.Error(), mend
	}
	if e.Mend != "" {
		mend = e.Mend
	}
	return fmt.Sprintf("%q: %s", e.Text, e.Problem), mend
}

// bounds writes the world as "from 2022-01-01T00:00:00Z to 2025-07-01T20:59:59Z".
func bounds(s moment.Span) string {
	return fmt.Sprintf("from %s to %s", s.From, s.Last())
}

// files reads what an agreement, reading or area entry makes known.
func (l *loader) files(e *Entry) {
	switch b := e.Entry.Body.(type) {
	case *record.Agreement:
		l.version(e.Position, b)
	case *record.Reading:
		l.reading(e.Position, b)
	case *record.Area:
		l.area(e.Position, b)
	}
}

func (l *loader) version(position int, b *record.Agreement) {
	if b.Path == "" || !l.usable(position, b.Path) {
		return
	}
	manifest, p := readFile(l.fsys, b.Path+"/"+manifestFile, maxFile)
	if p != nil {
		l.at(position, "missing-file", "body.path", fmt.Sprintf("%s: %s", p.File, p.What), "seal the folder: that writes its MANIFEST")
		return
	}
	if right := digest(manifest); right != b.Version {
		l.at(position, "version-mismatch", "body.version", fmt.Sprintf("the version of %s is not %s", b.Path, short(b.Version)), "the MANIFEST gives "+right)
	}
	a, err := agreement.Parse(l.fsys, b.Path)
	l.problems.Take(err)
	if err != nil {
		return
	}
	if a.ID != b.Agreement {
		l.at(position, "other-agreement", "body.agreement", fmt.Sprintf("the text in %s is of agreement %q", b.Path, a.ID), "name the same in both")
	}
	for _, v := range l.c.Versions {
		if v.ID == a.ID && v.Version == a.Version {
			l.at(position, "duplicate-version", "body.version", fmt.Sprintf("this version was made known by the entry on line %d", v.Entry), "one entry a version")
		}
	}
	l.c.Versions = append(l.c.Versions, Version{Agreement: a.InZone(l.c.Zone), Entry: position})
}

func (l *loader) reading(position int, b *record.Reading) {
	data, ok := l.file(position, b.Path, b.Hash)
	if !ok {
		return
	}
	r, err := agreement.ParseReading(b.Path, data)
	l.problems.Take(err)
	if err != nil {
		return
	}
	if r.Agreement != b.Agreement {
		l.at(position, "other-agreement", "body.agreement", fmt.Sprintf("the reading in %s is of agreement %q", b.Path, r.Agreement), "name the same in both")
	}
	if r.Holder != b.Holder {
		l.at(position, "other-holder", "body.holder", fmt.Sprintf("the reading in %s is held by %q", b.Path, r.Holder), "name the same in both")
	}
	l.c.Readings = append(l.c.Readings, Reading{Reading: r, Entry: position})
}

func (l *loader) area(position int, b *record.Area) {
	data, ok := l.file(position, b.Path, b.Hash)
	if !ok {
		return
	}
	first := 0
	if a := l.c.Areas[b.Area]; a != nil {
		first = a.Entry
	} else if a := l.c.Lines[b.Area]; a != nil {
		first = a.Entry
	}
	if first > 0 {
		l.at(position, "duplicate-area", "body.area", fmt.Sprintf("the area %s was made known by the entry on line %d", b.Area, first), "give each area an id of its own")
		return
	}
	line := isLine(data)
	var drawn *place.Area
	var chain *place.Line
	var err error
	if line {
		chain, err = place.ParseLine(b.Area, data)
	} else {
		drawn, err = place.ParseArea(b.Area, data)
	}
	var faults *place.ParseError
	switch {
	case errors.As(err, &faults):
		l.problems.Take(faults.List(b.Path).Err())
		return
	case err != nil:
		l.problems.Add(problem.Problem{Code: "bad-area", File: b.Path, What: err.Error()})
		return
	}
	id, names := properties(data)
	if id != b.Area {
		l.at(position, "other-area", "body.area", fmt.Sprintf("the area in %s calls itself %q", b.Path, id), `name the same in both: "properties":{"id":"…"}`)
	}
	if len(names) == 0 {
		l.problems.Add(problem.Problem{Code: "missing", File: b.Path, Line: 1, Column: 1, Field: "properties.name", What: "the area has no name", Mend: `write "name":{"en":"…"}`})
	}
	if line {
		l.c.Lines[b.Area] = &Line{Line: chain, Name: names, Entry: position}
		return
	}
	l.c.Areas[b.Area] = &Area{Area: drawn, Name: names, Entry: position}
}

// file reads a file that an entry makes known and holds it to its hash.
func (l *loader) file(position int, name, hash string) ([]byte, bool) {
	if name == "" || !l.usable(position, name) {
		return nil, false
	}
	data, p := readFile(l.fsys, name, maxFile)
	if p != nil {
		l.at(position, p.Code, "body.path", fmt.Sprintf("%s: %s", name, p.What), p.Mend)
		return nil, false
	}
	if right := digest(data); right != hash {
		l.at(position, "hash-mismatch", "body.hash", fmt.Sprintf("the SHA-256 of %s is not %s", name, short(hash)), "it is "+right)
	}
	return data, true
}

// usable tells whether a path may stand in a case, and notes that it is used.
func (l *loader) usable(position int, name string) bool {
	if !fs.ValidPath(name) || name == "." {
		l.at(position, "bad-path", "body.path", fmt.Sprintf("the path %q cannot be used", name), "give it relative to the folder of the case, with slashes and without ..")
		return false
	}
	l.used[name] = true
	return true
}

func short(hash string) string {
	if len(hash) > 12 {
		return hash[:12] + "…"
	}
	return hash
}
