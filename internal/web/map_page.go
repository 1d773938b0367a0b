package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
)

// mapPage shows where reports say things happened, what is claimed and who is said to
// hold what; the tables hold all of it in words.
type mapPage struct {
	base
	Question [][2]string // kept by the form of days and layers
	Lead     string
	Drawing  *drawing
	Legend   []legendRow
	Steps    []mapStep // earlier and later days
	Days     []mapStep // days of the reports shown
	Spans    []mapSpan
	Toggles  []mapToggle
	Hidden   bool // layers were chosen by the reader
	Reset    template.URL
	SVG      template.URL
	Data     template.URL
	Places   []placeRow
	Nowhere  []itemRow
	Held     []itemRow // whose place the public does not see
	Waiting  []waitingRow
	Control  []controlRow
	Layers   []layerWords
	Credits  []string
	More     int    // reports of further places, which the table leaves out
	Cells    bool   // there are too many reports to be drawn one by one
	Coarse   string // by what rule places are shown; "": all are
	Moving   movingMap

	PlaceHead string // of the column of places
}

// steady implements what [site.filled] asks of a page.
func (p *mapPage) steady(page []byte) (from, until int) { return p.Drawing.steady(page) }

// mapStep leads to the map of another day.
type mapStep struct {
	Name    string
	URL     template.URL
	Current bool
	Off     bool // there is no such day in the case
}

type mapSpan struct {
	Value, Name string
	Current     bool
}

// mapToggle is a layer's box.
type mapToggle struct {
	ID, Name string
	Shown    bool
}

// placeRow is a place with its reports.
type placeRow struct {
	No      int
	Where   string
	How     string
	Reports []itemRow
}

type controlRow struct {
	Who    string
	Layer  template.URL // the map with this source's layer shown as well
	Shown  bool
	Claims []controlClaim
}

type controlClaim struct {
	Entry            itemRow
	Ref, Areas, Says string
}

// layerWords is a layer in the table.
type layerWords struct {
	Name, Status, Source, Licence, Default, Why string
	Claims                                      []string
	Shown                                       bool
}

func (s *site) mapPage(r *http.Request, b base) (string, any, error) {
	v, err := s.mapView(r, b.bench)
	if err != nil {
		return "", nil, err
	}
	p := &mapPage{base: b, Drawing: s.drawing(b, v), Hidden: v.chosen}
	p.Title = b.T("map.title")
	extra := v.query()
	p.SVG = withQuery(b.Link("/map.svg"), extra)
	p.Data = withQuery("/api/map.geojson"+b.Query, url.Values{"days": extra["days"]})
	reset := url.Values{}
	if v.days > 0 {
		reset.Set("days", strconv.Itoa(v.days))
	}
	p.Reset = withQuery(b.Link("/map"), reset)
	placed := v.placed()
	lead := "map.lead"
	if !v.shows(layerReports) {
		lead = "map.lead-hidden"
	}
	p.Lead = b.T(lead, "at", s.speaker.Time(b.Lang, b.bench.Status().At), "placed", strconv.Itoa(placed), "places", strconv.Itoa(len(v.places)), "nowhere", strconv.Itoa(len(v.nowhere)), "n", strconv.Itoa(placed+v.unplaced()))
	if n := len(v.held) + len(v.waiting); n > 0 {
		p.Lead += b.T("release.lead", "n", strconv.Itoa(n))
	}
	if !b.Static { // its script asks for data as it goes
		p.Moving = s.moving(p, v)
	}
	p.Description = p.Lead
	p.Coarse, p.PlaceHead = s.rulesNote(b), b.T("map.place")
	if s.views.Rule().Coarse() {
		p.PlaceHead = b.T("release.map-place")
	}
	keep := question(r)
	for _, name := range asked {
		if value := keep.Get(name); value != "" {
			p.Question = append(p.Question, [2]string{name, value})
		}
	}
	s.mapSteps(p, v)
	for _, n := range spans {
		p.Spans = append(p.Spans, mapSpan{Value: strconv.Itoa(n), Name: b.T("map-days." + strconv.Itoa(n)), Current: v.days == n})
	}
	for i := range v.layers {
		l := &v.layers[i]
		p.Toggles = append(p.Toggles, mapToggle{ID: l.id, Name: s.layerName(b, v, l), Shown: l.shown})
	}
	p.Legend = s.mapLegend(b, v, p.Drawing)
	p.Cells = p.Drawing.looks["cells"]
	listed := 0
	for i := range v.places {
		if listed += len(v.places[i].reports); listed > maxListed && i > 0 {
			p.More += len(v.places[i].reports)
			continue
		}
		pl := v.places[i]
		pl.reports = cut(p, pl.reports)
		p.Places = append(p.Places, s.placeRow(b, &pl))
	}
	v.nowhere, v.held, v.waiting = cut(p, v.nowhere), cut(p, v.held), cut(p, v.waiting)
	for _, in := range v.nowhere {
		if it, ok := b.bench.Item(in.ref); ok {
			p.Nowhere = append(p.Nowhere, s.item(b, it))
		}
	}
	for _, in := range v.held {
		if it, ok := b.bench.Item(in.ref); ok {
			p.Held = append(p.Held, s.item(b, it))
		}
	}
	p.Waiting = s.waitingRows(b, v.waiting)
	for i := range v.control {
		p.Control = append(p.Control, s.controlRow(b, v, &v.control[i]))
	}
	for i := range v.layers {
		if l := &v.layers[i]; l.declared != nil {
			p.Layers = append(p.Layers, s.layerWords(b, l))
		}
	}
	for _, l := range s.c.Layers {
		if !slices.Contains(p.Credits, l.Source) {
			p.Credits = append(p.Credits, l.Source)
		}
	}
	return "map", p, nil
}

// movingMap is what the scripts of the map need; they are left out where the program was
// built without them.
type movingMap struct {
	Small, Script            template.URL
	Library, Worker          template.URL
	Layers, Reports, Control template.URL // of data; Control is empty where no such layer is shown
	First, Last, Day         string
	Shown, Claimants, Box    string
}

func (s *site) moving(p *mapPage, v *mapView) movingMap {
	if v.shows(layerReports) && v.placed() > maxMoved {
		return movingMap{} // the drawing counts what would be too much to move
	}
	m := movingMap{Small: script("map.js"), Script: script("map-gl.js"), Library: script("maplibre.js"), Worker: script("map-worker.js")}
	q := url.Values{}
	if v.days > 0 {
		q.Set("days", strconv.Itoa(v.days))
	}
	m.Layers = "/api/map/layers.geojson" + p.Query
	q.Set("kind", "report")
	m.Reports = withQuery("/api/map.geojson"+p.Query, q)
	q.Set("kind", "control")
	var shown []string
	for _, l := range v.layers {
		if !l.shown {
			continue
		}
		shown = append(shown, l.id)
		if l.control > 0 {
			m.Control = withQuery("/api/map.geojson"+p.Query, q)
		}
	}
	if !v.shows(layerReports) {
		m.Reports = ""
	}
	m.Shown, m.Claimants = strings.Join(shown, " "), strings.Join(s.claimants(p.Lang), " ")
	m.First, m.Day, m.Last = p.Ask.Least, p.Ask.Day, p.Ask.Most
	if k := p.bench.Question.KnownBy; k < s.c.World.Until {
		m.Last = s.day(k)
	}
	west, south, east, north := s.sheet(v).Window()
	for i, edge := range []float64{west, south, east, north} {
		if i > 0 {
			m.Box += " "
		}
		m.Box += strconv.FormatFloat(edge, 'f', 4, 64)
	}
	return m
}

// maxListed bounds the reports in each of the map's lists. The list of incidents holds all.
const maxListed = 60

// cut shortens a list and counts what it leaves out.
func cut[T any](p *mapPage, list []T) []T {
	if len(list) > maxListed {
		p.More += len(list) - maxListed
		list = list[:maxListed]
	}
	return list
}

// mapSteps leads to days before and after, and to those of the reports shown.
func (s *site) mapSteps(p *mapPage, v *mapView) {
	b := p.base
	last := s.c.World.Until - 1
	if k := b.bench.Question.KnownBy; k < last {
		last = k
	}
	to := func(i moment.Instant) template.URL {
		q := url.Values{}
		for _, key := range []string{"known_by", "as_of"} {
			if value := map[string]string{"known_by": p.Ask.KnownBy, "as_of": p.Ask.AsOf}[key]; value != "" {
				q.Set(key, value)
			}
		}
		q.Set("at", s.day(i))
		address := template.URL("/" + b.Lang + "/map?" + q.Encode()) //nolint:gosec // encoded by net/url
		return withQuery(address, v.query())
	}
	at := b.bench.Question.At
	for _, step := range []struct {
		code string
		days moment.Instant
	}{{"map.back-7", -7}, {"map.back-1", -1}, {"map.on-1", 1}, {"map.on-7", 7}} {
		day := at + step.days*daySeconds
		p.Steps = append(p.Steps, mapStep{Name: b.T(step.code), URL: to(day), Off: day < s.c.World.From || day >= last+daySeconds})
	}
	days := s.reportDays(v)
	slices.Sort(days)
	if len(days) > maxDays {
		days = days[len(days)-maxDays:]
	}
	for _, day := range days {
		c := s.c.Zone.Clock(day)
		p.Days = append(p.Days, mapStep{Name: b.T("tick."+strconv.Itoa(c.Month), "d", strconv.Itoa(c.Day)), URL: to(day), Current: s.day(day) == s.day(at)})
	}
}

// maxDays bounds the days that the map leads to by name.
const maxDays = 16

// layerName names a layer in the page's language.
func (s *site) layerName(b base, v *mapView, l *mapLayer) string {
	switch {
	case l.declared != nil:
		name, _ := s.speaker.Text(b.Lang, l.declared.Name)
		return name
	case l.control > 0:
		c := &v.control[l.control-1]
		return b.T("map-layer.control", "who", s.who(b, c))
	}
	return b.T("map-layer." + strings.TrimPrefix(l.id, "_"))
}

// who names a source of control.
func (s *site) who(b base, c *controlSource) string {
	if name := s.speaker.Voice(b.Lang, c.said, c.by); name != "" {
		return name
	}
	return b.T("attribution.no-party")
}

// placeName is the place of reports as they name it: its own name, or the areas in
// which it lies somewhere.
func (s *site) placeName(b base, pl *mapPlace) string {
	if name, _ := s.speaker.Text(b.Lang, pl.told.Name); name != "" {
		return name
	}
	if len(pl.areas) > 0 {
		return b.T("map.somewhere", "areas", strings.Join(pl.areas, ","))
	}
	return b.T("map.unnamed", "lon", pl.told.Lon, "lat", pl.told.Lat)
}

// placeHow says how a place is known.
func (s *site) placeHow(b base, pl *mapPlace) string {
	switch pl.sort {
	case place.SortDisc:
		return b.T("map.how-disc", "radius", strconv.Itoa(pl.told.Radius))
	case place.SortSector:
		return b.T("map.how-sector", "bearing", pl.told.Bearing, "nearest", strconv.Itoa(pl.told.Nearest), "farthest", strconv.Itoa(pl.told.Farthest))
	}
	if s.views.Rule().Coarse() {
		return b.T("release.how-within")
	}
	return b.T("map.how-within")
}

func (s *site) placeWords(b base, pl *mapPlace) string {
	return strconv.Itoa(pl.no) + ". " + s.placeName(b, pl) + b.T("list.colon") + s.placeHow(b, pl)
}

func (s *site) placeRow(b base, pl *mapPlace) placeRow {
	row := placeRow{No: pl.no, Where: s.placeName(b, pl), How: s.placeHow(b, pl)}
	for _, in := range pl.reports {
		if it, ok := b.bench.Item(in.ref); ok {
			row.Reports = append(row.Reports, s.item(b, it))
		}
	}
	return row
}

// hedges are how figures of control are hedged on the drawing.
var hedges = map[record.Hedge]string{record.HedgeAbout: "≈ ", record.HedgeAtLeast: "≥ ", record.HedgeMoreThan: "> ", record.HedgeUnder: "< "}

// Dashes are those of the keys of control.
func (p *mapPage) Dashes() []string { return dashes }

// controlWords is a claim of control in a few words.
func (s *site) controlWords(b base, c *record.Control) string {
	holder := s.speaker.Party(b.Lang, c.Holder)
	var code string
	switch c.Measure {
	case "share":
		code = "map-held.share"
	case "area":
		code = "map-held.area"
	case "trend":
		code = "map-held." + c.Trend
	default:
		code = "map-held.foothold"
	}
	return b.T(code, "party", holder, "hedge", hedges[c.Hedge], "share", c.Share, "km2", strconv.Itoa(c.Km2))
}

// controlOf says what a claim's figure is of, where it speaks of several areas.
func (s *site) controlOf(b base, c *record.Control) string {
	switch {
	case c.Together != "":
		return b.T("map-together." + c.Together)
	case len(c.Areas) > 1:
		return b.T("map-together.several", "n", strconv.Itoa(len(c.Areas)))
	}
	return ""
}

func (s *site) controlRow(b base, v *mapView, c *controlSource) controlRow {
	row := controlRow{Who: s.who(b, c), Shown: v.shows(layerControl + string(c.first))}
	q := url.Values{"layer": {layerNone}}
	for _, l := range v.layers {
		if l.shown && l.control == 0 {
			q.Add("layer", l.id)
		}
	}
	q.Add("layer", layerControl+string(c.first))
	if v.days > 0 {
		q.Set("days", strconv.Itoa(v.days))
	}
	row.Layer = withQuery(b.Link("/map"), q)
	for _, it := range c.claims {
		body, ok := it.Body.(*record.Control)
		if !ok {
			continue
		}
		claim := controlClaim{Entry: s.item(b, it), Ref: string(it.Ref), Says: s.controlWords(b, body)}
		if of := s.controlOf(b, body); of != "" {
			claim.Says += " (" + of + ")"
		}
		if len(body.Areas) > 8 {
			claim.Areas = b.T("map.areas-many", "n", strconv.Itoa(len(body.Areas)))
		} else {
			claim.Areas = b.T("map.areas", "areas", strings.Join(body.Areas, ","))
		}
		row.Claims = append(row.Claims, claim)
	}
	return row
}

// layerWords says of a layer whose it is, what it is, and why it is shown or not.
func (s *site) layerWords(b base, l *mapLayer) layerWords {
	d := l.declared
	w := layerWords{Source: d.Source, Licence: d.Licence, Status: b.T("map-status." + string(d.Status)), Shown: l.shown}
	w.Name, _ = s.speaker.Text(b.Lang, d.Name)
	w.Why, _ = s.speaker.Text(b.Lang, d.Why)
	w.Default = b.T("map.default-hidden")
	if d.Shown {
		w.Default = b.T("map.default-shown")
	}
	if d.Status != casefile.LayerDisputed || !claimed(d, b.bench) {
		return w
	}
	says := map[string]record.Text{}
	for _, c := range d.Claims {
		says[c.Party] = c.Says
	}
	for _, code := range s.speaker.SortParties(b.Lang, claimParties(d)) {
		text, _ := s.speaker.Text(b.Lang, says[code])
		w.Claims = append(w.Claims, b.T("map.claim", "party", s.speaker.Party(b.Lang, code), "says", text))
	}
	return w
}

// legendOrder is the order of the legend's rows.
var legendOrder = []string{"disc", "sector", "finder", "within", "cells", "control", "line", "disputed", "recognised", "administrative", "control-line"}

// mapLegend explains what is drawn, and only that.
func (s *site) mapLegend(b base, v *mapView, d *drawing) []legendRow {
	var list []legendRow
	for _, look := range legendOrder {
		if look == "control" {
			for i, id := range shownControl(v) {
				c := v.control[slices.IndexFunc(v.control, func(c controlSource) bool { return layerControl+string(c.first) == id })]
				list = append(list, legendRow{Look: "control-" + strconv.Itoa(i%len(dashes)), Words: b.T("map-legend.control", "who", s.who(b, &c))})
			}
		}
		if !d.looks[look] {
			continue
		}
		if look == "disputed" {
			for i, code := range s.claimants(b.Lang) {
				list = append(list, legendRow{Look: "claim-" + strconv.Itoa(i), Words: b.T("map-legend.claim", "party", s.speaker.Party(b.Lang, code))})
			}
		}
		words := b.T("map-legend." + look)
		if look == "within" && s.views.Rule().Coarse() {
			words = b.T("release.legend-within")
		}
		list = append(list, legendRow{Look: look, Words: words})
	}
	return list
}
