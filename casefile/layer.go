package casefile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// LayerStatus says what kind of thing a layer of the map draws.
type LayerStatus string

// The statuses of layers.
const (
	LayerNatural        LayerStatus = "natural"         // coast and water
	LayerNames          LayerStatus = "names"           // names of places
	LayerAdministrative LayerStatus = "administrative"  // edges of units of one state
	LayerRecognised     LayerStatus = "recognised"      // boundaries that both neighbours recognise
	LayerDisputed       LayerStatus = "disputed"        // what several parties claim
	LayerControl        LayerStatus = "line-of-control" // where one side's hold ends, as the source draws it
)

var layerStatuses = []string{
	string(LayerNatural), string(LayerNames), string(LayerAdministrative), string(LayerRecognised), string(LayerDisputed), string(LayerControl),
}

// Layer is one layer of the case's map: where its outline is from, what it is, and
// whether the case shows it unasked, and why.
type Layer struct {
	ID      string
	File    string   // of the case, below map/; empty where Areas are drawn
	Hash    string   // SHA-256 of the file, where the case binds it; case.hcl is bound by the record
	Areas   []string // areas of the record whose outline is drawn
	Name    record.Text
	Source  string
	Licence string
	Status  LayerStatus
	Claims  []Claim     // of a disputed layer, two or more, by code; nobody's order of them means anything
	From    moment.Time // the day from which the claims were made; zero: since before the case
	Shown   bool        // by default
	Why     record.Text // the default
	Drawn   []Drawn     // what the file holds

	fileAt, areasAt spot
}

// Claim is what one party says of a disputed layer.
type Claim struct {
	Party string
	Says  record.Text
}

// Drawn is one feature of a layer's file.
type Drawn struct {
	Kind  string // "coast", "sea", "lake", "river", "town" or another word of the file
	Rank  int    // of a name: 1 is shown first
	Name  record.Text
	At    *place.Point    // of a name
	Lines [][]place.Point // of lines
	Rings [][]place.Point // of polygons: shells counter-clockwise, each with its holes after it
}

// Extent is the window of the case's map, in degrees. It is zero where the case
// states none.
type Extent struct{ West, South, East, North float64 }

// IsZero tells that no window is stated.
func (e Extent) IsZero() bool { return e == Extent{} }

// spot is a place in case.hcl.
type spot struct{ line, column int }

func (h *header) spot(at hcl.Range) spot {
	p := h.place(at.Start.Byte)
	return spot{p.Line, p.Column}
}

// layer reads a block layer "ID" { … }.
func (h *header) layer(r *blockReader) {
	l := Layer{ID: r.Labels[0], Name: r.text("name")}
	file, fileAt := r.str("file", false)
	areas, _ := r.strs("areas")
	l.File, l.Areas, l.fileAt = file, areas, h.spot(fileAt)
	l.areasAt = l.fileAt
	if a := r.Body.Attributes["areas"]; a != nil {
		l.areasAt = h.spot(a.Expr.Range())
	}
	if (file == "") == (len(areas) == 0) {
		h.bad(r.TypeRange, "bad-layer", r.path, "a layer is drawn from a file or from areas of the record, one of the two", `write file = "map/…geojson" or areas = ["…"]`)
	}
	if file != "" && !strings.HasPrefix(file, "map/") {
		h.bad(fileAt, "bad-path", r.path+".file", fmt.Sprintf("%q does not lie below map/", file), `put the files of the map into the folder map of the case`)
		l.File = ""
	}
	l.Hash, _ = r.str("hash", false)
	l.Source, _ = r.str("source", true)
	l.Licence, _ = r.str("licence", true)
	status, statusAt := r.word("status", layerStatuses)
	l.Status = LayerStatus(status)
	l.Claims = h.claims(r)
	switch {
	case l.Status == LayerDisputed && len(l.Claims) < 2:
		h.bad(statusAt, "one-claim", r.path+".claims", "a disputed layer carries the claims of two parties or more", `write claims = { A = { en = "…" }, B = { en = "…" } }`)
	case l.Status != LayerDisputed && len(l.Claims) > 0:
		h.bad(statusAt, "one-claim", r.path+".status", "a layer with claims is disputed", `write status = "disputed"`)
	}
	if r.Body.Attributes["from"] != nil {
		l.From, _ = r.time("from")
	} else {
		r.known = append(r.known, "from")
	}
	shown, _ := r.word("default", []string{"shown", "hidden"})
	l.Shown = shown == "shown"
	l.Why = r.text("why")
	r.done()
	if slices.ContainsFunc(h.c.Layers, func(o Layer) bool { return o.ID == l.ID }) {
		r.twice("duplicate-layer")
		return
	}
	h.c.Layers = append(h.c.Layers, l)
}

// word gives a required string that is one of a few.
func (r *blockReader) word(name string, known []string) (string, hcl.Range) {
	s, at := r.str(name, true)
	if s != "" && !slices.Contains(known, s) {
		r.bad(at, "unknown-word", r.path+"."+name, fmt.Sprintf("%q is none of the words that can stand here", s), suggest(s, known))
	}
	return s, at
}

// claims reads claims = { PARTY = { LANG = "…" } }. That the parties exist is
// checked once all blocks were read.
func (h *header) claims(r *blockReader) []Claim {
	a := r.attribute("claims", false)
	if a == nil {
		return nil
	}
	object, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		h.bad(a.Expr.Range(), "wrong-type", r.path+".claims", "an object of parties is wanted", `write { A = { en = "…" }, B = { en = "…" } }`)
		return nil
	}
	var list []Claim
	for _, item := range object.Items {
		code := hcl.ExprAsKeyword(item.KeyExpr)
		field := r.path + ".claims." + code
		h.claimants = append(h.claimants, claimant{code: code, field: field, at: item.KeyExpr.Range()})
		if slices.ContainsFunc(list, func(c Claim) bool { return c.Party == code }) {
			h.bad(item.KeyExpr.Range(), "duplicate-party", field, "the party stands twice", "keep one of the two")
			continue
		}
		list = append(list, Claim{Party: code, Says: r.object(item.ValueExpr, field)})
	}
	slices.SortFunc(list, func(x, y Claim) int { return strings.Compare(x.Party, y.Party) })
	return list
}

// claimant is a party that a layer's claims name.
type claimant struct {
	code, field string
	at          hcl.Range
}

// claimed holds the parties of claims to those of the case.
func (h *header) claimed() {
	for _, c := range h.claimants {
		if _, ok := h.c.Parties[c.code]; !ok {
			h.bad(c.at, "unknown-party", c.field, fmt.Sprintf("no party has the code %q", c.code), suggest(c.code, sorted(h.c.Parties)))
		}
	}
}

// extent reads the window of the map: west, south, east and north in degrees.
func (h *header) extent(r *blockReader) {
	list, ats := r.strs("extent")
	a := r.Body.Attributes["extent"]
	if a == nil {
		return
	}
	var v [4]float64
	good := len(list) == len(v)
	for i := 0; good && i < len(v); i++ {
		var err error
		if v[i], err = strconv.ParseFloat(list[i], 64); err != nil {
			h.bad(ats[i], "bad-extent", r.path+".extent", fmt.Sprintf("%q is no number of degrees", list[i]), `write ["21.8", "43.7", "42.6", "54.4"]`)
			return
		}
	}
	e := Extent{v[0], v[1], v[2], v[3]}
	if !good || !(e.West < e.East && e.South < e.North && e.West >= -180 && e.East <= 180 && e.South >= -80 && e.North <= 80) {
		h.bad(a.Expr.Range(), "bad-extent", r.path+".extent", "the window of the map is west, south, east and north in degrees, within 80 degrees of the equator", `write ["21.8", "43.7", "42.6", "54.4"]`)
		return
	}
	h.c.Extent = e
}

// layers reads the files of the map and holds the areas that layers draw to those
// of the record. Where the record is given apart from its folder, as in a mirror, a
// file that is lacking is a warning: nothing but the map rests on it.
func (l *loader) layers() {
	for i := range l.c.Layers {
		layer := &l.c.Layers[i]
		bad := func(at spot, code, field, what, mend string) {
			l.problems.Add(problem.Problem{Code: code, File: headerFile, Line: at.line, Column: at.column, Field: "layer " + layer.ID + "." + field, What: what, Mend: mend})
		}
		for _, id := range layer.Areas {
			if !l.knows.areas[id] && !l.knows.lines[id] {
				bad(layer.areasAt, "unknown-area", "areas", fmt.Sprintf("no entry makes an area %q known", id), suggest(id, sorted(l.knows.areas)))
			}
		}
		if layer.File == "" {
			continue
		}
		l.used[layer.File] = true
		data, p := readFile(l.fsys, layer.File, maxLayer)
		switch {
		case p != nil && l.given && p.Code == "missing-file":
			p.Mend = "the map is drawn without the layer " + layer.ID
			l.missing = append(l.missing, *p)
		case p != nil:
			bad(layer.fileAt, p.Code, "file", fmt.Sprintf("%s: %s", layer.File, p.What), p.Mend)
		case layer.Hash != "" && digest(data) != layer.Hash:
			bad(layer.fileAt, "hash-mismatch", "hash", fmt.Sprintf("the SHA-256 of %s is not %s", layer.File, short(layer.Hash)), "it is "+digest(data))
		default:
			layer.Drawn = readLayer(layer.File, data, &l.problems)
		}
	}
}
