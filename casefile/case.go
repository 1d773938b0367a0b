// Package casefile owns the case as a set of files: case.hcl, record.jsonl, the
// agreements, readings and areas that the record makes known. It reads them over
// an fs.FS, checks them against each other and gives them with their times
// parsed. It decides nothing about them. See spec/case.md.
package casefile

import (
	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Case is one case, whole and checked. It is not changed after it was read.
type Case struct {
	ID    string
	Title record.Text
	Zone  *moment.Zone // of dates that name none
	World moment.Span  // no time of an entry may lie wholly outside it

	Parties map[string]Party
	People  map[string]Person
	Series  map[string]Series // of contacts

	Release Release // how closely the public sees where reports say things happened
	Delay   int64   // how long after it happened the public sees nothing of it, in seconds

	Extent Extent  // of the map
	Layers []Layer // of the map, in the order of the file: the first is drawn lowest

	Entries []Entry // in the order of the record; Entries[i].Position == i+1

	Versions []Version // of agreements, in the order of the record
	Readings []Reading
	Areas    map[string]*Area
	Lines    map[string]*Line // areas whose drawing is a line

	// Warnings names what is no fault and yet worth a look, such as a file that
	// no entry makes known; sorted.
	Warnings problem.List

	refs map[record.Ref]int // the index of each entry, by its reference
}

// Release is how closely the public sees places of reports.
type Release string

// The levels of release.
const (
	ReleaseArea Release = "area" // by the named area in which they lie; the default
	ReleaseFull Release = "full" // as the reports tell them
)

// DelayArea is the delay of a case that releases places by area and names none: three
// days, in seconds.
const DelayArea = 72 * 3600

// Party is a side or another role-holder, by its code.
type Party struct {
	Code  string
	Name  record.Text // full: "Russian Federation"
	Short record.Text // short: "Russia"
}

// Person is somebody who is named in several languages and spellings.
type Person struct {
	ID   string
	Name record.Text
	Also []string // other spellings met in sources, each of this person alone
}

// Series is a row of contacts that are compared with each other.
type Series struct {
	ID   string
	Name record.Text
}

// Entry is an entry of the record with its times parsed.
type Entry struct {
	record.Envelope
	Happened moment.Time // zero when the entry names none
	Public   moment.Time // Happened when the entry names none; zero for "never"
	Never    bool        // never became public
}

// Version is one version of an agreement and the entry that made it known.
type Version struct {
	*agreement.Agreement
	Entry int // its position
}

// Reading is one reading and the entry that made it known.
type Reading struct {
	*agreement.Reading
	Entry int
}

// Area is a named area and the entry that made it known.
type Area struct {
	*place.Area
	Name  record.Text
	Entry int
}

// Line is a named line, such as a line of contact, and the entry that made it known.
type Line struct {
	*place.Line
	Name  record.Text
	Entry int
}

// Entry gives the entry of a reference as first written, or nil.
func (c *Case) Entry(ref record.Ref) *Entry {
	if c.refs == nil { // made by hand, not loaded
		for i := range c.Entries {
			if c.Entries[i].Entry.Ref == ref {
				return &c.Entries[i]
			}
		}
		return nil
	}
	i, ok := c.refs[ref]
	if !ok {
		return nil
	}
	return &c.Entries[i]
}
