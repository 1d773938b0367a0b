package report

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
)

// columnsOf are the columns of the CSV form before those of the readings.
var columnsOf = []string{
	"report", "position", "belongs", "happened", "public", "said_by", "said_by_party", "through", "act", "weapon", "objects", "domain", "actor",
	"place", "lon", "lat", "radius_m", "bearing", "nearest_m", "farthest_m", "within", "summary", "occurrence", "attribution",
}

// CSV sets the reports of the day as a table: spec/report.md §5.
func (w *Writer) CSV(f *Figures, lang string) ([]byte, error) {
	inputs := f.Inputs
	inputs.Lang = lang
	var out bytes.Buffer
	out.WriteString("# " + inputs.Line() + "\r\n")
	c := csv.NewWriter(&out)
	c.UseCRLF = true
	readings := f.readings()
	head := slices.Clone(columnsOf)
	for _, r := range readings {
		head = append(head, r[0]+"/"+r[1])
	}
	_ = c.Write(head)
	for i := range f.Incidents {
		x := &f.Incidents[i]
		row := w.cells(x, lang)
		for _, r := range readings {
			row = append(row, classOf(x, r))
		}
		for j := range row {
			row[j] = harmless(row[j])
		}
		_ = c.Write(row)
	}
	c.Flush()
	return out.Bytes(), c.Error()
}

// harmless keeps a spreadsheet from taking a cell for a formula.
func harmless(cell string) string {
	first, _ := utf8.DecodeRuneInString(cell)
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		if _, err := strconv.ParseFloat(cell, 64); err != nil {
			return "'" + cell
		}
	}
	return cell
}

// readings lists the agreements and readings under which the day's reports stand.
func (f *Figures) readings() [][2]string {
	var list [][2]string
	for _, c := range f.Classes {
		list = append(list, [2]string{c.Agreement, c.Reading})
	}
	return list
}

// classOf is the gravest that a report is under an agreement and reading.
func classOf(x *Incident, reading [2]string) string {
	for _, sm := range x.Sums {
		if list := sm.ByReading[reading[1]]; sm.Agreement == reading[0] && len(list) > 0 {
			return string(list[0])
		}
	}
	return ""
}

func (x *Incident) belongs() string {
	switch {
	case x.Late:
		return "told-late"
	case x.Certain:
		return "certainly"
	}
	return "perhaps"
}

func (w *Writer) cells(x *Incident, lang string) []string {
	it, r := x.Item, x.Item.Body.(*record.Report) //nolint:forcetypeassert // incidents are reports
	voice, party, through := "", "", ""
	if it.SaidBy != nil {
		voice, party = w.speaker.Voice(lang, it.SaidBy, nil), it.SaidBy.Party
	}
	if it.Through != nil {
		through = it.Through.Outlet
	}
	actor := ""
	if r.Actor != nil {
		actor = r.Actor.Party
	}
	summary, _ := w.speaker.Text(lang, it.Summary)
	row := []string{
		string(it.Ref), strconv.Itoa(it.Position), x.belongs(), it.Happened, it.Public, voice, party, through, r.Act, r.Weapon,
		strings.Join(r.Objects, ";"), r.Domain, actor,
	}
	p := x.shown.Told
	if p == nil {
		p = &record.Place{}
	}
	name, _ := w.speaker.Text(lang, p.Name)
	switch {
	case x.shown.Waits() && x.shown.Until.Finite():
		name = w.say(lang, "place.waits", "when", x.shown.Until.String())
	case x.shown.Held:
		name = w.say(lang, "place.held")
	}
	figure := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	row = append(row, name, p.Lon, p.Lat, figure(p.Radius), p.Bearing, figure(p.Nearest), figure(p.Farthest), strings.Join(p.Within, ";"), summary)
	return append(row, string(x.Occurrence), x.Attribution.Value)
}

// GeoJSON sets the reports of the day as features: spec/report.md §5.
func (w *Writer) GeoJSON(f *Figures, lang string) ([]byte, error) {
	inputs, readings := f.Inputs, f.readings()
	inputs.Lang = lang
	out := []byte(`{"features":[`)
	var err error
	value := func(v any) {
		data, e := json.Marshal(v)
		out, err = append(out, data...), cmp.Or(err, e)
	}
	for i := range f.Incidents {
		x := &f.Incidents[i]
		props := map[string]any{}
		for j, cell := range w.cells(x, lang) {
			if cell != "" {
				props[columnsOf[j]] = cell
			}
		}
		classes := map[string]string{}
		for _, r := range readings {
			if c := classOf(x, r); c != "" {
				classes[r[0]+"/"+r[1]] = c
			}
		}
		props["classification"] = classes
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, `{"type":"Feature","id":`...)
		value(string(x.Item.Ref))
		out = outline(append(out, `,"geometry":`...), x.shown.Where)
		out = append(out, `,"properties":`...)
		value(props)
		out = append(out, '}')
	}
	out = append(out, `],"truceline_report":`...)
	value(inputs)
	return append(out, `,"type":"FeatureCollection"}`+"\n"...), err
}

// outline appends a disc or sector as a polygon, counter-clockwise, in millionths of a
// degree; a place within areas has none of its own, and no place is a point.
func outline(to []byte, p place.Place) []byte {
	var rings [][]place.Point
	if p.Sort() == place.SortDisc || p.Sort() == place.SortSector {
		rings = p.Outline()
	}
	if len(rings) == 0 {
		return append(to, "null"...)
	}
	to = append(to, `{"type":"Polygon","coordinates":[`...)
	for i, ring := range rings {
		if clockwise(ring) {
			ring = slices.Clone(ring)
			slices.Reverse(ring)
		}
		if i > 0 {
			to = append(to, ',')
		}
		to = append(to, '[')
		for i, q := range ring {
			if i > 0 {
				to = append(to, ',')
			}
			to = degree(append(to, '['), q.Lon)
			to = append(degree(append(to, ','), q.Lat), ']')
		}
		to = append(to, ']')
	}
	return append(to, "]}"...)
}

func clockwise(ring []place.Point) bool {
	sum := 0.0
	for i := range len(ring) - 1 {
		sum += (ring[i+1].Lon - ring[i].Lon) * (ring[i+1].Lat + ring[i].Lat)
	}
	return sum > 0
}

// degree appends a coordinate in millionths of a degree, which is at most 0.12 m.
func degree(to []byte, x float64) []byte {
	n := int64(math.Round(x * 1e6))
	if n < 0 {
		to, n = append(to, '-'), -n
	}
	to = strconv.AppendInt(to, n/1e6, 10)
	rest := n % 1e6
	if rest == 0 {
		return to
	}
	to = append(to, '.')
	for unit := int64(1e5); rest > 0; unit /= 10 {
		to, rest = append(to, byte('0'+rest/unit)), rest%unit
	}
	return to
}

// Bench gives the answers on which the figures rest.
func (f *Figures) Bench() *judge.Bench { return f.bench }
