package place

import (
	"fmt"
	"strings"

	"github.com/truceline/truceline/problem"
)

// Code names a kind of fault of a GeoJSON file. Codes are never renamed.
type Code string

// The kinds of fault.
const (
	CodeNotJSON      Code = "not-json"      // not JSON at all, or a name twice in one object
	CodeTooLarge     Code = "too-large"     // above MaxBytes or nested too deeply
	CodeType         Code = "wrong-type"    // a member is missing or is not what GeoJSON asks for
	CodeCRS          Code = "wrong-crs"     // coordinates that are not WGS84 longitude and latitude
	CodePosition     Code = "position"      // not two to four finite numbers
	CodeRange        Code = "out-of-range"  // longitude or latitude out of range
	CodeEmpty        Code = "empty"         // nothing is drawn
	CodeShort        Code = "too-short"     // fewer than 4 positions in a ring, 2 in a line, or no extent
	CodeNotClosed    Code = "not-closed"    // the last position of a ring is not the first
	CodeCrosses      Code = "crosses"       // a ring crosses or touches itself, or another ring of its polygon along more than a point
	CodeHole         Code = "hole-outside"  // a hole is not inside its shell, or inside another hole
	CodeDuplicate    Code = "duplicate"     // the same ring twice
	CodeOverlap      Code = "overlap"       // two polygons of one MultiPolygon overlap
	CodeAntimeridian Code = "antimeridian"  // an edge spans more than 180° of longitude
	CodePole         Code = "pole"          // a ring touches a pole
	CodeDisconnected Code = "disconnected"  // holes cut a polygon into parts
	CodeGeometry     Code = "not-supported" // a geometry that could not be united
)

// Limits of a file.
const (
	MaxBytes    = 16 << 20 // longest GeoJSON read, in bytes
	maxProblems = 50       // most problems reported of a file
	maxDepth    = 64       // deepest nesting of values
)

// Problem is one fault of a file: what, where, and how to mend it.
type Problem struct {
	Code   Code
	Path   string // of the value in the file: "features[3].geometry.coordinates[0][12]"; empty for the whole
	Offset int    // of the value's first byte
	Line   int    // from 1
	Column int    // from 1, in bytes
	What   string
	Mend   string
}

// String gives "4:17: features[3].geometry.coordinates[0]: the ring is not closed; repeat …".
func (p Problem) String() string {
	at := fmt.Sprintf("%d:%d: ", p.Line, p.Column)
	if p.Path != "" {
		at += p.Path + ": "
	}
	return at + p.What + "; " + p.Mend
}

// ParseError is every fault found in a file, in the order of the file, at most 50.
type ParseError struct {
	ID       string // of the area or line
	Problems []Problem
	More     bool // there were further faults
}

// Error gives all problems, one a line.
func (e *ParseError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "place: %q: %d problem", e.ID, len(e.Problems))
	if len(e.Problems) != 1 {
		b.WriteByte('s')
	}
	if e.More {
		b.WriteString(" and more")
	}
	for _, p := range e.Problems {
		b.WriteString("\n\t" + p.String())
	}
	return b.String()
}

// List gives the problems in the form that all readers of files share, under the file's name.
func (e *ParseError) List(file string) problem.List {
	var list problem.List
	for _, p := range e.Problems {
		list.Add(problem.Problem{Code: string(p.Code), File: file, Line: p.Line, Column: p.Column, Field: p.Path, What: p.What, Mend: p.Mend})
	}
	return list
}

// Unwrap gives the list under the id, for those who gather problems.
func (e *ParseError) Unwrap() error { return e.List(e.ID).Err() }
