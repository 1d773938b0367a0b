package casefile

import (
	"strings"

	"github.com/truceline/truceline/agreement"
)

// LintContext is what the linter may know of an agreement from its case: what is
// drawn and from when, what lies in what, and the readings.
func (c *Case) LintContext(id string) agreement.Context {
	var readings []*agreement.Reading
	for _, r := range c.Readings {
		if r.Agreement == id {
			readings = append(readings, r.Reading)
		}
	}
	return agreement.Context{HasPlace: c.hasPlace, Dated: c.dated, Overlap: c.overlap, Readings: readings}
}

// drawn gives the area or line of a name such as "area:west"; both are nil where the
// case has none.
func (c *Case) drawn(place string) (*Area, *Line) {
	switch kind, id, _ := strings.Cut(place, ":"); kind {
	case "area":
		return c.Areas[id], nil
	case "line":
		return nil, c.Lines[id]
	}
	return nil, nil
}

func (c *Case) hasPlace(place string) bool {
	a, l := c.drawn(place)
	return a != nil || l != nil
}

// dated tells whether the entry that made a drawing known says from when it is.
func (c *Case) dated(place string) bool {
	position := 0
	switch a, l := c.drawn(place); {
	case a != nil:
		position = a.Entry
	case l != nil:
		position = l.Entry
	}
	if position < 1 || position > len(c.Entries) {
		return false
	}
	e := c.Entries[position-1]
	return !e.Happened.IsZero() || !e.Public.IsZero()
}

// overlap tells whether some of an area or line lies in an area. A common edge is
// none; what cannot be compared is none either.
func (c *Case) overlap(place, area string) bool {
	a, l := c.drawn(place)
	of, _ := c.drawn(area)
	switch {
	case of == nil:
	case a != nil:
		share, err := of.Overlap(a.Area)
		return err == nil && share > sliver
	case l != nil:
		return l.Enters(of.Area, 1)
	}
	return false
}

// sliver is the share of an area below which a common part counts as rounding of the
// edges.
const sliver = 1e-6
