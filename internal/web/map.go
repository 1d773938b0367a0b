package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/draw"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
)

// mapView is what a map shows for one question: the page, the drawing and the data
// are all made from it. Whatever is not in it stands on none of them.
type mapView struct {
	layers []mapLayer
	whereabouts
	known   map[string]bool // areas and lines that the question sees
	control []controlSource
	days    int // of reports, back from the question's moment; 0: all
	chosen  bool
}

// whereabouts are where reports say it happened. They are kept, and not to be changed.
type whereabouts struct {
	places  []mapPlace      // newest report first
	nowhere []sighting      // reports whose place is not told
	held    []sighting      // reports whose place is not shown
	waiting []waitingReport // reports whose place is shown later
}

// sighting is a report, and when what it tells began; Past where it tells no date.
type sighting struct {
	ref   record.Ref
	begun moment.Instant
}

// placedKey is what the places of so many days follow from.
type placedKey struct {
	judge.Question
	shown moment.Instant
	days  int
}

// maxPlaced is how many questions' places are kept, where they are not too many: a page in every language, its
// drawing and its data are made from the same.
const maxPlaced = 8

// mapLayer is a layer as the reader has it: declared by the case, or made of the
// record.
type mapLayer struct {
	id       string
	declared *casefile.Layer // nil for one that is made of the record
	shown    bool
	unasked  bool // what shown would be by default
	areas    []string
	control  int // index+1 of the source of control
}

// Ids of the layers that are made of the record. No layer of a case can begin so.
const (
	layerReports = "_reports"
	layerAreas   = "_areas"
	layerLines   = "_lines"
	layerControl = "_control-"
	layerNone    = "none" // chosen when every box of the form is left empty
)

// mapPlace is one place and the reports that name it.
type mapPlace struct {
	no      int
	sort    place.Sort
	where   place.Place
	told    *record.Place
	middle  place.Point // of a disc
	round   bool        // it is told as a disc
	at      draw.XY     // its middle on the sheet of a case that states its window
	metre   float64     // and what a metre is there
	areas   []string
	reports []sighting
}

// waitingReport is a report and when its place will be shown.
type waitingReport struct {
	in    sighting
	until moment.Instant
}

// controlSource is what one source said of who holds what, newest first.
type controlSource struct {
	first  record.Ref
	said   *record.Voice
	by     *record.Channel
	claims []judge.Item
}

// mapError tells what of a map's query makes no sense.
type mapError struct{ what string }

func (e *mapError) Error() string { return e.what }

// spans are the lengths in days that a reader may ask for.
var spans = []int{0, 30, 7, 1}

// mapView gathers what the question sees. Only the bench is asked, so that nothing
// made public after known_by is drawn.
func (s *site) mapView(r *http.Request, bench *view.View) (*mapView, error) {
	v := &mapView{known: map[string]bool{}}
	for id, a := range s.c.Areas {
		v.known[id] = s.sees(bench, a.Entry)
	}
	for id, l := range s.c.Lines {
		v.known[id] = s.sees(bench, l.Entry)
	}
	if text := r.URL.Query().Get("days"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || !slices.Contains(spans, n) {
			return nil, &mapError{fmt.Sprintf("days: %q is none of 1, 7 and 30", text)}
		}
		v.days = n
	} else if bench.Count(record.KindReport) > manyReports {
		v.days = 1 // a map of everything is for whoever asks for it
	}
	if v.days == 1 || bench.Count(record.KindReport) <= manyReports {
		key := placedKey{bench.Question, s.shownAt(), v.days}
		if ready, ok := s.placed.Load(key); ok {
			v.whereabouts = ready.(whereabouts) //nolint:forcetypeassert // nothing else is kept
		} else {
			v.whereabouts = s.whereabouts.Get(key, func() whereabouts { return s.placesOf(bench, v.days) })
		}
	} else {
		v.whereabouts = s.placesOf(bench, v.days)
	}
	s.fillControl(v, bench)
	s.fillLayers(v)
	return v, v.choose(r.URL.Query()["layer"])
}

// sees tells whether a question sees the entry at a position, and it was not taken back.
func (s *site) sees(bench *view.View, position int) bool {
	it, ok := bench.Item(s.c.Entries[position-1].Entry.Ref)
	return ok && !it.Retracted
}

// placesOf gathers reports, of so many days (0: all), by the place that they name.
func (s *site) placesOf(bench *view.View, days int) (v whereabouts) {
	at := bench.Question.At
	within := moment.Span{From: moment.Past, Until: at + 1}
	if days > 0 {
		within.From = at - moment.Instant(days)*daySeconds + 1
	}
	index, now := map[string]int{}, s.shownAt()
	var sheet *draw.Sheet
	if e := s.c.Extent; !e.IsZero() {
		sheet = draw.NewSheet(e.West, e.South, e.East, e.North)
	}
	for it := range mapped(bench, within, days > 0) {
		told := bench.IncidentOf(it)
		shown := s.views.Rule().Of(bench.Bench, it, told, now)
		in := sighting{told.Ref, moment.Past}
		if !told.Happened.IsZero() {
			in.begun = told.Happened.Earliest()
		}
		where := shown.Where
		switch {
		case shown.Waits():
			v.waiting = append(v.waiting, waitingReport{in, shown.Until})
			continue
		case shown.Held:
			v.held = append(v.held, in)
			continue
		case where.Sort() == place.SortUnknown:
			v.nowhere = append(v.nowhere, in)
			continue
		}
		key := placeKey(shown.Told)
		i, ok := index[key]
		if !ok {
			i = len(v.places)
			index[key] = i
			middle, round := centre(where.Sort(), shown.Told)
			pl := mapPlace{no: i + 1, sort: where.Sort(), where: where, told: shown.Told, middle: middle, round: round, areas: shown.Told.Within}
			if round && sheet != nil {
				pl.at = sheet.XY(middle)
				pl.metre = sheet.Metre(pl.at.Y)
			}
			v.places = append(v.places, pl)
		}
		v.places[i].reports = append(v.places[i].reports, in)
	}
	return v
}

// placeKey is the same for two places that are told alike.
func placeKey(p *record.Place) string {
	var room [96]byte
	b := room[:0]
	for _, n := range [...]int{p.Radius, p.Nearest, p.Farthest} {
		b = strconv.AppendInt(append(b, ' '), int64(n), 10)
	}
	for _, s := range [...]string{p.Lon, p.Lat, p.Bearing} {
		b = append(strconv.AppendInt(append(b, ' '), int64(len(s)), 10), s...)
	}
	for _, s := range p.Within {
		b = append(strconv.AppendInt(append(b, ' '), int64(len(s)), 10), s...)
	}
	return string(b)
}

// manyReports is how many reports a map shows without being asked for all of them.
const manyReports = 5000

// mapped goes through the reports that may have happened within a span, newest first; of
// the whole of time also those that tell no date.
func mapped(bench *view.View, within moment.Span, bounded bool) iter.Seq[judge.Item] {
	return func(yield func(judge.Item) bool) {
		if !bounded {
			for _, i := range bench.Incidents(view.Filter{}).Rows {
				if !yield(bench.Nth(record.KindReport, i)) {
					return
				}
			}
			return
		}
		var list []judge.Item
		for it := range bench.During(record.KindReport, within) {
			if !it.Retracted {
				list = append(list, it)
			}
		}
		for _, it := range slices.Backward(list) {
			if !yield(it) {
				return
			}
		}
	}
}

// fillControl gathers claims of control by who makes them. Sources are never merged.
func (s *site) fillControl(v *mapView, bench *view.View) {
	index := map[string]int{}
	for it := range bench.All(record.KindControl) {
		if _, ok := it.Body.(*record.Control); !ok || it.Retracted || it.Withheld || it.Perhaps {
			continue
		}
		key, err := json.Marshal([]any{it.SaidBy, it.Through})
		if err != nil {
			continue // a voice is made of strings
		}
		i, ok := index[string(key)]
		if !ok {
			i = len(v.control)
			index[string(key)] = i
			v.control = append(v.control, controlSource{first: it.Ref, said: it.SaidBy, by: it.Through})
		}
		v.control[i].claims = append(v.control[i].claims, it)
	}
	for i := range v.control {
		slices.SortStableFunc(v.control[i].claims, func(x, y judge.Item) int { return cmp.Compare(told(y), told(x)) })
	}
	slices.SortStableFunc(v.control, func(x, y controlSource) int { return strings.Compare(string(x.first), string(y.first)) })
}

// fillLayers lists the layers of the case and those of the record that the question
// sees.
func (s *site) fillLayers(v *mapView) {
	drawn := map[string]bool{}
	for i := range s.c.Layers {
		l := &s.c.Layers[i]
		m := mapLayer{id: l.ID, declared: l, unasked: l.Shown, areas: l.Areas}
		for _, id := range l.Areas {
			drawn[id] = true
		}
		v.layers = append(v.layers, m)
	}
	var areas, lines []string
	for _, id := range keys(v.known) {
		switch {
		case drawn[id] || !v.known[id]:
		case s.c.Areas[id] != nil:
			areas = append(areas, id)
		case s.c.Lines[id] != nil:
			lines = append(lines, id)
		}
	}
	if len(areas) > 0 {
		v.layers = append(v.layers, mapLayer{id: layerAreas, unasked: len(drawn) == 0, areas: areas})
	}
	if len(lines) > 0 {
		v.layers = append(v.layers, mapLayer{id: layerLines, unasked: true, areas: lines})
	}
	for i, c := range v.control {
		v.layers = append(v.layers, mapLayer{id: layerControl + string(c.first), control: i + 1})
	}
	v.layers = append(v.layers, mapLayer{id: layerReports, unasked: true})
}

// claimed tells whether a disputed layer's claims had been made by what the question
// sees. Before that its areas are drawn as areas like others.
func claimed(l *casefile.Layer, bench *view.View) bool {
	if l.Status != casefile.LayerDisputed {
		return false
	}
	return l.From.IsZero() || l.From.Earliest() <= min(bench.Question.At, bench.Question.KnownBy)
}

// choose shows the layers that the reader asks for, or those that the case shows
// unasked.
func (v *mapView) choose(asked []string) error {
	v.chosen = len(asked) > 0
	known := []string{layerNone}
	for i := range v.layers {
		l := &v.layers[i]
		known = append(known, l.id)
		l.shown = l.unasked
		if v.chosen {
			l.shown = slices.Contains(asked, l.id)
		}
	}
	for _, id := range asked {
		// A source whose words became public only later has no layer in an earlier view.
		if !slices.Contains(known, id) && !strings.HasPrefix(id, layerControl) {
			return &mapError{fmt.Sprintf("layer: there is no layer %q; there are %s", id, strings.Join(known[1:], ", "))}
		}
	}
	return nil
}

// query gives the parameters of the map beyond the question, to be kept by links.
func (v *mapView) query() url.Values {
	q := url.Values{}
	if v.days > 0 {
		q.Set("days", strconv.Itoa(v.days))
	}
	if v.chosen {
		q.Add("layer", layerNone)
		for _, l := range v.layers {
			if l.shown {
				q.Add("layer", l.id)
			}
		}
	}
	return q
}

// reportDays gives a moment of each day on which reports of the map begin.
func (s *site) reportDays(v *mapView) []moment.Instant {
	seen := map[string]bool{}
	var days []moment.Instant
	var last moment.Span // the day of the report before: most begin on the same
	take := func(in sighting) {
		begun := in.begun
		if begun < s.c.World.From {
			return
		}
		if begun >= last.From && begun < last.Until {
			return
		}
		clock := s.c.Zone.Clock(begun)
		last = s.c.Zone.Day(clock.Year, clock.Month, clock.Day)
		if day := s.day(begun); !seen[day] {
			seen[day] = true
			days = append(days, begun)
		}
	}
	for _, list := range [][]sighting{v.nowhere, v.held} {
		for i := range list {
			take(list[i])
		}
	}
	for i := range v.waiting {
		take(v.waiting[i].in)
	}
	for i := range v.places {
		for j := range v.places[i].reports {
			take(v.places[i].reports[j])
		}
	}
	return days
}

// crowded tells that there are too many reports to be drawn one by one.
func (v *mapView) crowded() bool { return v.placed() > maxPlaces }

// placed counts the reports of all places.
func (v *mapView) placed() int {
	n := 0
	for i := range v.places {
		n += len(v.places[i].reports)
	}
	return n
}

// unplaced counts the reports of no place.
func (v *mapView) unplaced() int { return len(v.nowhere) + len(v.held) + len(v.waiting) }

// shows tells whether a layer is shown.
func (v *mapView) shows(id string) bool {
	return slices.ContainsFunc(v.layers, func(l mapLayer) bool { return l.id == id && l.shown })
}

// claimants are the parties of all claims of the case's layers, by short name.
func (s *site) claimants(lang string) []string {
	var codes []string
	for _, l := range s.c.Layers {
		for _, c := range l.Claims {
			if !slices.Contains(codes, c.Party) {
				codes = append(codes, c.Party)
			}
		}
	}
	return s.speaker.SortParties(lang, codes)
}

// outlineOf gives the outline of an area of the record.
func (s *site) outlineOf(id string) [][]place.Point {
	if a := s.c.Areas[id]; a != nil {
		return a.Rings()
	}
	return nil
}

// mapSVG serves the drawing alone.
func (s *site) mapSVG(w http.ResponseWriter, r *http.Request) {
	lang := r.PathValue("lang")
	if !slices.Contains(explain.Languages(), lang) {
		s.problem(w, r, http.StatusNotFound, "problem.not-found", "")
		return
	}
	s.kept(w, r, func(bench *view.View) (*sheet, error) {
		v, err := s.mapView(r, bench)
		if err != nil {
			return nil, err
		}
		d := s.drawing(s.base(r, lang, bench), v)
		d.Alone = true
		out, err := s.templates["map"].Execute("drawing", d)
		if err != nil {
			return nil, err
		}
		return newSheet("image/svg+xml", lang, append([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), out...)), nil
	})
}
