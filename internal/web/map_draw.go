package web

import (
	"math"
	"strconv"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/draw"

	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
)

// drawing draws what a question sees.
func (s *site) drawing(b base, v *mapView) *drawing {
	d := &drawing{b: b, Lang: b.Lang, Width: draw.Width, looks: map[string]bool{}}
	p := &painter{s: s, v: v, d: d, sheet: s.sheet(v), outlined: map[string]bool{}}
	p.rooms = [2]*draw.Room{draw.NewRoom(p.sheet), draw.NewRoom(p.sheet)}
	d.Height = int(p.sheet.Height)
	at := s.speaker.Time(b.Lang, b.bench.Status().At)
	d.Title = b.T("map.drawing", "case", b.CaseTitle, "at", at)
	d.Desc = b.T("map.drawing-desc")
	p.patterns()
	p.bar()
	p.keepFree()
	for i := range v.layers {
		if l := &v.layers[i]; l.shown && l.declared != nil {
			p.declared(l)
		}
	}
	d.base = len(d.Groups)
	for i := range v.layers {
		if l := &v.layers[i]; l.shown && l.declared == nil {
			p.recorded(l)
		}
	}
	p.names()
	return d
}

// sheet is the window of a map: the one that the case states, or one around
// everything that could be drawn of this question.
func (s *site) sheet(v *mapView) *draw.Sheet {
	if e := s.c.Extent; !e.IsZero() {
		return draw.NewSheet(e.West, e.South, e.East, e.North)
	}
	west, south, east, north := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	add := func(lines [][]place.Point) {
		for _, line := range lines {
			for _, p := range line {
				west, south, east, north = min(west, p.Lon), min(south, p.Lat), max(east, p.Lon), max(north, p.Lat)
			}
		}
	}
	for i := range v.layers {
		l := &v.layers[i]
		for _, id := range l.areas {
			add(s.outlineOf(id))
			if line := s.c.Lines[id]; line != nil {
				add(line.Chains())
			}
		}
		if l.declared != nil {
			for _, f := range l.declared.Drawn {
				add(f.Lines)
				add(f.Rings)
			}
		}
	}
	for i := range v.places {
		if i < maxMoved { // of more, the rest lie among them or are told of as beside the map
			add(v.places[i].where.Outline())
		}
	}
	if west > east {
		return draw.NewSheet(-10, -10, 10, 10)
	}
	w, h := (east-west)*0.05, (north-south)*0.05
	return draw.NewSheet(west-w, south-h, east+w, north+h)
}

// painter draws one map.
type painter struct {
	s        *site
	v        *mapView
	d        *drawing
	sheet    *draw.Sheet
	rooms    [2]*draw.Room // of labels, by screen
	outlined map[string]bool
}

func units(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

func (p *painter) group(id, class, look string, paths []drawnPath) {
	if len(paths) > 0 {
		g := drawnGroup{ID: id, Class: class, Look: looks[look], Paths: paths}
		if !paths[0].Circle {
			g.Scale = "scale(" + strconv.FormatFloat(1.0/draw.Parts, 'f', -1, 64) + ")"
		}
		p.d.Groups = append(p.d.Groups, g)
	}
}

// shape is an outline as it lies on a sheet.
type shape struct {
	path   string
	middle draw.XY
	inside bool // the middle was found
}

// kept gives a shape that was drawn before on the same sheet, or draws it: the sheet of
// a case that states its window is always the same.
func (p *painter) kept(key string, fresh func() shape) shape {
	if p.s.c.Extent.IsZero() {
		return fresh()
	}
	if old, ok := p.s.shapes.Load(key); ok {
		return old.(shape) //nolint:forcetypeassert // nothing else is kept
	}
	s := fresh()
	p.s.shapes.Store(key, s)
	return s
}

// shape draws an area of the record.
func (p *painter) shape(id string) shape {
	return p.kept(id, func() shape {
		rings := p.s.outlineOf(id)
		at, ok := p.sheet.Middle(rings)
		return shape{p.sheet.Rings(rings), at, ok}
	})
}

// middle is where words that name an area stand.
func (p *painter) middle(id string) (draw.XY, bool) {
	s := p.shape(id)
	return s.middle, s.inside
}

// use draws an area of the record; its outline is written once.
func (p *painter) use(id string) string {
	name := "area-" + id
	if !p.outlined[id] {
		p.outlined[id] = true
		p.d.Outlines = append(p.d.Outlines, outline{ID: name, D: p.shape(id).path})
	}
	return "#" + name
}

// declared draws a layer of the case.
func (p *painter) declared(l *mapLayer) {
	layer := l.declared
	lang := p.d.Lang
	switch {
	case claimed(layer, p.d.b.bench):
		var paths []drawnPath
		for _, id := range l.areas {
			use := p.use(id)
			for _, code := range p.s.speaker.SortParties(lang, claimParties(layer)) {
				paths = append(paths, drawnPath{Use: use, Fill: "url(#claim-" + code + ")", Area: id, Party: code, Class: "claim"})
			}
			paths = append(paths, drawnPath{Use: use, Area: id, Class: "edge"})
		}
		p.group(layer.ID, "disputed", "disputed", paths)
		p.d.looks["disputed"] = true
		for _, id := range l.areas {
			p.claimLabel(layer, id)
		}
		return
	case len(l.areas) > 0:
		look := p.kind(layer, &casefile.Drawn{})
		if layer.Status == casefile.LayerDisputed { // its claims were not made yet
			look = "administrative"
		}
		p.edges(layer.ID, look, l.areas)
		return
	}
	byKind := map[string][]drawnPath{}
	order := []string{}
	for i := range layer.Drawn {
		f := &layer.Drawn[i]
		d := p.kept(layer.ID+"\x00"+strconv.Itoa(i), func() shape { return shape{path: p.sheet.Rings(f.Rings) + p.sheet.Lines(f.Lines)} }).path
		if d == "" {
			continue
		}
		kind := p.kind(layer, f)
		if byKind[kind] == nil {
			order = append(order, kind)
		}
		byKind[kind] = append(byKind[kind], drawnPath{D: d})
	}
	for _, kind := range order {
		p.group(layer.ID+"-"+kind, kind, kind, byKind[kind])
	}
}

// kind is the look of a feature of the base or of a boundary.
func (p *painter) kind(l *casefile.Layer, f *casefile.Drawn) string {
	switch l.Status {
	case casefile.LayerRecognised:
		p.d.looks["recognised"] = true
		return "recognised"
	case casefile.LayerAdministrative:
		p.d.looks["administrative"] = true
		return "administrative"
	case casefile.LayerControl:
		p.d.looks["control-line"] = true
		return "control-line"
	case casefile.LayerNatural:
		switch f.Kind {
		case "sea", "lake", "river", "coast":
			return f.Kind
		}
	}
	return "other"
}

// edges draws the outlines of areas, and lines as they run.
func (p *painter) edges(id, look string, areas []string) {
	var paths, lines []drawnPath
	for _, area := range areas {
		if l := p.s.c.Lines[area]; l != nil {
			lines = append(lines, drawnPath{D: p.sheet.Lines(l.Chains()), Area: area, Title: p.s.speaker.Area(p.d.Lang, area)})
			continue
		}
		paths = append(paths, drawnPath{Use: p.use(area), Area: area})
	}
	p.group(id, look, look, paths)
	p.group(id+"-lines", look, look, lines)
	p.d.looks[look] = true
}

func claimParties(l *casefile.Layer) []string {
	codes := make([]string, len(l.Claims))
	for i, c := range l.Claims {
		codes[i] = c.Party
	}
	return codes
}

// recorded draws a layer that is made of the record.
func (p *painter) recorded(l *mapLayer) {
	switch {
	case l.id == layerAreas:
		p.edges("record-areas", "administrative", l.areas)
		for _, id := range l.areas {
			if at, ok := p.middle(id); ok {
				p.label(at, words{text: p.s.speaker.Area(p.d.Lang, id), class: "area-name"})
			}
		}
	case l.id == layerLines:
		p.edges("record-lines", "line", l.areas)
	case l.control > 0:
		p.control(&p.v.control[l.control-1])
	case l.id == layerReports:
		p.reports()
	}
}

// control marks the areas that a source speaks of and writes its latest word of each.
func (p *painter) control(c *controlSource) {
	var paths []drawnPath
	done := map[string]bool{}
	for _, it := range c.claims {
		body, ok := it.Body.(*record.Control)
		if !ok {
			continue
		}
		for i, id := range body.Areas {
			if done[id] || p.s.c.Areas[id] == nil {
				continue
			}
			done[id] = true
			paths = append(paths, drawnPath{Use: p.use(id), Fill: "url(#fill-control-" + string(c.first) + ")", Area: id})
			if at, ok := p.middle(id); ok && (len(body.Areas) < 6 || i == 0) {
				p.label(at, words{text: string(it.Ref) + " · " + p.s.controlWords(p.d.b, body), second: p.s.controlOf(p.d.b, body), class: "held", href: "#claim-" + string(it.Ref)})
			}
		}
	}
	p.group("control-"+string(c.first), "control", "control", paths)
}

// Bounds of what is drawn as what it is. More reports than can be told apart on a sheet
// become cells that count; more than a browser moves with ease are not handed to it.
const (
	maxPlaces = 300
	maxMoved  = 2000
)

// reports draws every place with its number, or cells where they are too many.
func (p *painter) reports() {
	if p.v.crowded() {
		p.cells()
		return
	}
	var within, discs, finders []drawnPath
	for _, pl := range p.v.places {
		title := p.s.placeWords(p.d.b, &pl)
		if pl.sort == place.SortWithin {
			for _, id := range pl.areas {
				within = append(within, drawnPath{Use: p.use(id), Fill: "url(#fill-within)", Area: id, Title: title})
			}
			continue
		}
		discs = append(discs, drawnPath{D: p.sheet.Rings(pl.where.Outline()), Class: string(pl.sort), Title: title})
		p.d.looks[string(pl.sort)] = true
		if at, radius := p.around(&pl); radius < 9 {
			finders = append(finders, drawnPath{Circle: true, X: units(at.X), Y: units(at.Y), R: "10"})
			p.d.looks["finder"] = true
		}
	}
	if len(within) > 0 {
		p.d.looks["within"] = true
	}
	p.group("reports-within", "within", "within", within)
	p.group("reports-places", "disc", "disc", discs)
	p.group("reports-finders", "finder", "finder", finders)
}

// around is the circle about a place on the sheet, roughly.
func (p *painter) around(pl *mapPlace) (draw.XY, float64) {
	switch {
	case pl.round && pl.metre > 0:
		return pl.at, float64(pl.told.Radius) * pl.metre
	case pl.round:
		at := p.sheet.XY(pl.middle)
		return at, float64(pl.told.Radius) * p.sheet.Metre(at.Y)
	}
	low, high := draw.XY{X: math.Inf(1), Y: math.Inf(1)}, draw.XY{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, ring := range pl.where.Outline() {
		for _, q := range ring {
			at := p.sheet.XY(q)
			low, high = draw.XY{X: min(low.X, at.X), Y: min(low.Y, at.Y)}, draw.XY{X: max(high.X, at.X), Y: max(high.Y, at.Y)}
		}
	}
	return draw.XY{X: (low.X + high.X) / 2, Y: (low.Y + high.Y) / 2}, math.Hypot(high.X-low.X, high.Y-low.Y) / 2 / math.Sqrt2
}

// centre is that of a place told as a disc.
func centre(sort place.Sort, told *record.Place) (at place.Point, ok bool) {
	if sort != place.SortDisc {
		return place.Point{}, false
	}
	lon, err1 := strconv.ParseFloat(told.Lon, 64)
	lat, err2 := strconv.ParseFloat(told.Lat, 64)
	return place.Point{Lon: lon, Lat: lat}, err1 == nil && err2 == nil
}

// cells counts reports by squares. Those known only to an area, or more widely than a
// cell, are in none of them, and the page says how many they are.
func (p *painter) cells() {
	var at []draw.XY
	for _, pl := range p.v.places {
		middle, radius := p.around(&pl)
		if pl.sort == place.SortWithin || radius > draw.CellWidth/2 {
			p.d.Apart += len(pl.reports)
			continue
		}
		for range pl.reports {
			at = append(at, middle)
		}
	}
	cells, beside := p.sheet.Cells(at)
	p.d.Apart += beside
	most := 1
	for _, c := range cells {
		most = max(most, c.N)
	}
	var paths []drawnPath
	for _, c := range cells {
		side := (c.Right - c.Left) * (0.25 + 0.75*math.Sqrt(float64(c.N)/float64(most)))
		x, y := (c.Left+c.Right-side)/2, (c.Top+c.Bottom-side)/2
		side, x, y = side*draw.Parts, x*draw.Parts, y*draw.Parts
		d := "M" + units(x) + " " + units(y) + "h" + units(side) + "v" + units(side) + "h-" + units(side) + "z"
		paths = append(paths, drawnPath{D: d, Title: strconv.Itoa(c.N)})
		p.d.Labels = append(p.d.Labels, drawnLabel{X: units((c.Left + c.Right) / 2), Y: units((c.Top+c.Bottom)/2 + 4), Anchor: "middle", Class: "count desk", Text: strconv.Itoa(c.N), Look: looks["label"]})
	}
	p.group("reports-cells", "cells", "cells", paths)
	p.d.looks["cells"] = true
}

// bar draws the scale, and a grid where no water tells where the sheet lies.
func (p *painter) bar() {
	metres, wide, lat := p.sheet.Bar(160)
	y := p.sheet.Height - 16
	p.d.Bar = scaleBar{
		X1: "16", X2: units(16 + wide), Y: units(y), TextY: units(y - 6),
		Text: p.d.b.T("map.scale", "length", strconv.Itoa(metres), "lat", strconv.Itoa(int(math.Round(math.Abs(lat))))),
	}
	for i := range p.rooms {
		high := sizes[i] * 2
		p.rooms[i].Take(draw.Box{Left: 0, Top: p.sheet.Height - high, Right: 30 + max(wide, draw.TextWidth(p.d.Bar.Text, sizes[i])), Bottom: p.sheet.Height})
	}
	for _, l := range p.s.c.Layers {
		if l.Status == casefile.LayerNatural {
			return
		}
	}
	meridians, parallels, step := p.sheet.Grid()
	var paths []drawnPath
	west, south, east, north := p.sheet.Window()
	for _, lon := range meridians {
		paths = append(paths, drawnPath{D: p.sheet.Lines([][]place.Point{{{Lon: lon, Lat: south}, {Lon: lon, Lat: north}}})})
		p.degrees(place.Point{Lon: lon, Lat: south}, lon, step)
	}
	for _, lat := range parallels {
		paths = append(paths, drawnPath{D: p.sheet.Lines([][]place.Point{{{Lon: west, Lat: lat}, {Lon: east, Lat: lat}}})})
		p.degrees(place.Point{Lon: west, Lat: lat}, lat, step)
	}
	p.group("grid", "grid", "grid", paths)
}

func (p *painter) degrees(at place.Point, v, step float64) {
	places := 0
	if step < 1 {
		places = max(1, int(math.Ceil(-math.Log10(step))))
	}
	xy := p.sheet.XY(at)
	l, ok := p.rooms[desk].Beside(draw.XY{X: xy.X, Y: xy.Y - 10}, 3, 34, 12)
	if ok {
		p.d.Labels = append(p.d.Labels, drawnLabel{X: units(l.At.X), Y: units(l.At.Y), Anchor: l.Anchor, Class: "degrees desk", Text: strconv.FormatFloat(v, 'f', places, 64) + "°", Look: looks["label"]})
	}
}
