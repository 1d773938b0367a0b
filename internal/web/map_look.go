package web

import (
	"bytes"
	"html/template"
	"strings"

	"github.com/truceline/truceline/internal/draw"
)

// drawing is a map as an SVG takes it. Every look has attributes of its own for a
// drawing that stands alone; the site's style sheet goes over them.
type drawing struct {
	b base

	Alone       bool // without a page around it
	Width       int
	Height      int
	Title, Desc string
	Lang        string
	Patterns    []pattern
	Outlines    []outline // of areas that are drawn more than once
	Groups      []drawnGroup
	Labels      []drawnLabel
	Bar         scaleBar

	base int // groups before those that are made of the record

	Apart int             // reports that no cell counts: known more widely than one, or beside the sheet
	looks map[string]bool // those that the legend has words for
}

// steady finds the outlines and the base of a drawing within the page that holds it: they
// are alike from question to question. An empty span: it has none.
func (d *drawing) steady(page []byte) (from, until int) {
	if len(d.Outlines) == 0 || d.base == len(d.Groups) {
		return 0, 0
	}
	from = bytes.Index(page, []byte(`<path id="`+d.Outlines[0].ID+`"`))
	if from < 0 {
		return 0, 0
	}
	until = bytes.Index(page[from:], []byte(`<g id="g-`+d.Groups[d.base].ID+`"`))
	return from, from + max(until, 0)
}

// pattern is a hatching, told from others by its direction and its stroke.
type pattern struct {
	ID, Class string
	Angle     int
	Step      int
	Dashes    string // of its lines; empty: whole lines
	Look      template.HTMLAttr
}

type outline struct{ ID, D string }

type drawnGroup struct {
	ID, Class string
	Scale     string // of its paths; empty for circles
	Look      template.HTMLAttr
	Paths     []drawnPath
}

// drawnPath is a path, or an outline drawn again.
type drawnPath struct {
	D, Use, Fill string
	Class        string
	Area, Party  string // what it is of, for those who read the drawing as data
	Title        string
	Circle       bool
	X, Y, R      string
}

type drawnLabel struct {
	X, Y, Anchor, Class, Text string
	Second                    string // a line below
	Size                      string
	Href                      string
	Plate                     *plate // paper behind words that stand on a hatching
	Look                      template.HTMLAttr
}

type plate struct{ X, Y, Width, Height string }

type scaleBar struct{ X1, X2, Y, TextY, Text string }

// looks of groups and labels, in the light colours of the style sheet. Strokes of paths
// are given in draw.Parts of a unit, but for those of outlines that are used, which do
// not grow or shrink with the drawing.
var looks = map[string]template.HTMLAttr{
	"sea":            `fill="#e3ebeb" stroke="none"`,
	"lake":           `fill="#e3ebeb" stroke="#9fb3b3" stroke-width="1.2"`,
	"river":          `fill="none" stroke="#9fb3b3" stroke-width="1.8"`,
	"coast":          `fill="none" stroke="#5f7b7b" stroke-width="1.8"`,
	"other":          `fill="none" stroke="#8a8d90" stroke-width="1.6"`,
	"administrative": `fill="none" stroke="#b9b6ad" stroke-width=".7" stroke-dasharray="1 2.5"`,
	"recognised":     `fill="none" stroke="#55585c" stroke-width="2.2" stroke-dasharray="18 5 4 5"`,
	"control-line":   `fill="none" stroke="#1c1d1f" stroke-width="3.2" stroke-dasharray="6 6"`,
	"disputed":       `fill="none" stroke="#55585c" stroke-width="1.1" stroke-dasharray="5 3"`,
	"line":           `fill="none" stroke="#1c1d1f" stroke-width="3.2"`,
	"control":        `fill="none" stroke="#1c1d1f" stroke-width="1.2"`,
	"within":         `fill="none" stroke="#0b5f62" stroke-width="1.3"`,
	"disc":           `fill="#0b5f62" fill-opacity=".45" stroke="#0b5f62" stroke-width="2"`,
	"finder":         `fill="none" stroke="#0b5f62" stroke-width="1" stroke-dasharray="2 2"`,
	"cells":          `fill="#0b5f62" stroke="#fdfcf9" stroke-width="2"`,
	"grid":           `fill="none" stroke="#d8d6cf" stroke-width="1.4"`,
	"hatch":          `stroke="#55585c" stroke-width="2" fill="none"`,
	"hatch-within":   `stroke="#0b5f62" stroke-width="2.4" fill="none"`,
	"hatch-control":  `stroke="#1c1d1f" stroke-width="2" fill="none"`,
	"label":          `fill="#1c1d1f" stroke="#fdfcf9" stroke-width="3" paint-order="stroke" stroke-linejoin="round"`,
	"town":           `fill="#fdfcf9" stroke="#8a8d90" stroke-width="1"`,
}

// dashes tell the upright lines of one source of control from those of another; each
// repeats within a pattern's square.
var dashes = []string{"", "10 6", "3 5", "12 2 1 1", "1 3"}

// shownControl lists the layers of control that are shown.
func shownControl(v *mapView) []string {
	var list []string
	for _, l := range v.layers {
		if l.shown && l.control > 0 {
			list = append(list, l.id)
		}
	}
	return list
}

// patterns makes a hatching a claimant, its direction by the order of their short
// names, and those of reports and of control.
func (p *painter) patterns() {
	codes := p.s.claimants(p.d.Lang)
	for i, code := range codes {
		p.d.Patterns = append(p.d.Patterns, pattern{ID: "claim-" + code, Class: "hatch", Angle: 45 + i*180/len(codes), Step: 11 * draw.Parts, Look: looks["hatch"]})
	}
	p.d.Patterns = append(p.d.Patterns,
		pattern{ID: "fill-within", Class: "hatch-within", Angle: 0, Step: 6 * draw.Parts, Look: looks["hatch-within"]})
	for i, l := range shownControl(p.v) {
		p.d.Patterns = append(p.d.Patterns, pattern{
			ID: "fill-" + strings.TrimPrefix(l, "_"), Class: "hatch-control", Angle: 90, Step: 8 * draw.Parts, Dashes: dashes[i%len(dashes)], Look: looks["hatch-control"],
		})
	}
}

// FrameWidth and FrameHeight are those of the line around the drawing, which stands on
// its edge.
func (d *drawing) FrameWidth() int { return d.Width - 1 }

// FrameHeight is said at FrameWidth.
func (d *drawing) FrameHeight() int { return d.Height - 1 }

// Phone tells that a label is set for a phone: a drawing that stands alone has none.
func (l drawnLabel) Phone() bool { return strings.HasSuffix(l.Class, screens[phone]) }

// Screen is the class of the screen that a label is set for.
func (l drawnLabel) Screen() string {
	if l.Phone() {
		return screens[phone]
	}
	return screens[desk]
}
