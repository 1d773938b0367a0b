// Package problem owns the form in which bad input is told: what is wrong, where
// it stands, and how to mend it. All readers of files collect problems and give
// them back together; nothing is half done.
package problem

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with an input.
type Problem struct {
	Code   string `json:"code"`             // stable, kebab case: "duplicate-ref"
	File   string `json:"file,omitempty"`   // as the user named it
	Line   int    `json:"line,omitempty"`   // from 1; 0 when it has none
	Column int    `json:"column,omitempty"` // from 1, in bytes; 0 when it has none
	Field  string `json:"field,omitempty"`  // "body.place.lon", a CSV column, an attribute
	What   string `json:"what"`             // what is wrong, with the offending value
	Mend   string `json:"mend,omitempty"`   // how to mend it
}

// Error gives "file:line:column: field: what (mend)", leaving out what is absent.
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
			if p.Column > 0 {
				fmt.Fprintf(&b, ":%d", p.Column)
			}
		}
		b.WriteString(": ")
	}
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.What)
	if p.Mend != "" {
		b.WriteString(" (" + p.Mend + ")")
	}
	return b.String()
}

// List is all the problems of an input, in the order of file, line and column.
// As an error it is never empty: use Err.
type List []Problem

// Add appends one problem.
func (l *List) Add(p Problem) { *l = append(*l, p) }

// Take appends the problems of err: all of them if it is a List, one if it is a
// Problem, else one made of its words. A nil err adds nothing.
func (l *List) Take(err error) {
	var list List
	var one Problem
	switch {
	case err == nil:
	case errors.As(err, &list):
		*l = append(*l, list...)
	case errors.As(err, &one):
		*l = append(*l, one)
	default:
		*l = append(*l, Problem{Code: "error", What: err.Error()})
	}
}

// Err gives the list as an error, sorted, or nil when it is empty.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return sorted
}

// Error gives one problem a line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, p := range l {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}
