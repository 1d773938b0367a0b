package judge

import (
	"maps"
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// region is where a rule holds, made ready once for all rules that name the same
// places.
type region struct {
	number   int
	none     bool // the words name no place
	anywhere bool
	area     *place.Area // the union of the areas named; nil when none is drawn
	names    string      // of the areas
	undrawn  []string    // named, drawn by nobody
	noDepth  []string    // lines named without a depth
	zones    []*zone
	byActor  bool // a zone differs from party to party
}

// zone is a zone of the terms, with its drawings at hand.
type zone struct {
	*agreement.Zone
	area  *region // of drawn areas
	line  *place.Line
	lines map[string]*place.Line
	sides map[string]*place.Area
	lacks []string // drawings that nobody has made
}

// regionOf finds or makes the region of a scope.
func (b *Bench) regionOf(l *life, s *agreement.Scope) *region {
	key := strings.Join(s.Where, "\x00")
	if strings.Contains(key, "zone:") {
		key += "\x00" + l.id + "\x00" + l.by
	}
	if r := b.regions[key]; r != nil {
		return r
	}
	r := l.region(s.Where)
	r.number = len(b.regions)
	b.regions[key] = r
	return r
}

func (l *life) region(where []string) *region {
	r := &region{none: len(where) == 0}
	var drawn []*place.Area
	var names []string
	for _, w := range where {
		kind, id, _ := strings.Cut(w, ":")
		a := l.b.area(id)
		switch {
		case w == "anywhere":
			r.anywhere = true
		case kind == "area" && a != nil:
			drawn, names = append(drawn, a), append(names, id)
		case kind == "line" && l.b.line(id) != nil:
			r.noDepth = append(r.noDepth, w)
		case kind == "zone":
			for _, z := range l.terms.Zones {
				if z.Label == id {
					r.zones = append(r.zones, l.drawn(z))
				}
			}
		default:
			r.undrawn = append(r.undrawn, w)
		}
	}
	r.names = strings.Join(names, ",")
	if len(drawn) == 1 {
		r.area = drawn[0]
	} else if len(drawn) > 1 {
		union, err := place.Unite(r.names, drawn...)
		if err != nil {
			r.undrawn = append(r.undrawn, names...)
		}
		r.area = union
	}
	r.byActor = slices.ContainsFunc(r.zones, func(z *zone) bool { return len(z.Lines)+len(z.Depths)+len(z.Sides) > 0 })
	return r
}

// drawn makes a zone of the terms ready.
func (l *life) drawn(z *agreement.Zone) *zone {
	out := &zone{Zone: z, lines: map[string]*place.Line{}, sides: map[string]*place.Area{}}
	if len(z.Area) > 0 {
		out.area = l.region(z.Area)
		out.lacks = append(out.lacks, out.area.undrawn...)
	}
	lineOf := func(w string) *place.Line {
		id, _ := strings.CutPrefix(w, "line:")
		line := l.b.line(id)
		if line == nil {
			out.lacks = append(out.lacks, w)
		}
		return line
	}
	if z.Line != "" {
		out.line = lineOf(z.Line)
	}
	for _, p := range slices.Sorted(maps.Keys(z.Lines)) {
		out.lines[p] = lineOf(z.Lines[p])
	}
	for _, p := range slices.Sorted(maps.Keys(z.Sides)) {
		id, _ := strings.CutPrefix(z.Sides[p], "area:")
		out.sides[p] = l.b.area(id)
		if out.sides[p] == nil {
			out.lacks = append(out.lacks, z.Sides[p])
		}
	}
	return out
}

// area gives the drawing of a known area, or nil; line that of a line.
func (b *Bench) area(id string) *place.Area {
	if a := b.Case.Areas[id]; a != nil && b.at(a.Entry) != nil {
		return a.Area
	}
	return nil
}

func (b *Bench) line(id string) *place.Line {
	if l := b.Case.Lines[id]; l != nil && b.at(l.Entry) != nil {
		return l.Line
	}
	return nil
}

// holds tells whether a place lies in a region, for somebody who acts.
func (r *region) holds(in *Incident, where *place.Place, parties []string) (truth.Value, code) {
	switch {
	case r.anywhere:
		return truth.Yes, codeAnywhere
	case r.none:
		return truth.Maybe, codeNoneNamed
	case where.Sort() == place.SortUnknown && !r.around():
		return truth.Maybe, codePlaceUnknown
	}
	v, c := truth.No, codeOutside
	better := func(w truth.Value, why code) {
		if w > v {
			v, c = w, why
		}
	}
	if r.area != nil {
		w := where.In(r.area)
		better(w, inside(w))
	}
	for _, z := range r.zones {
		better(z.holds(in, where, parties))
	}
	if len(r.noDepth) > 0 {
		better(truth.Maybe, codeNoDepth)
	}
	if len(r.undrawn) > 0 && v != truth.Yes {
		v, c = truth.Maybe, codeUndrawn
	}
	return v, c
}

// around tells that a zone of the region moves with objects, so that the place
// itself need not be known.
func (r *region) around() bool {
	return slices.ContainsFunc(r.zones, func(z *zone) bool { return z.Around != "" })
}

func inside(v truth.Value) code {
	switch v {
	case truth.Yes:
		return codeInside
	case truth.No:
		return codeOutside
	}
	return codeMaybe
}

// holds tells whether a place lies in the zone. For one of several possible actors
// it is what their zones have in common.
func (z *zone) holds(in *Incident, where *place.Place, parties []string) (truth.Value, code) {
	if z.Around != "" {
		return z.near(in)
	}
	var v truth.Value
	var c code
	for i, p := range parties {
		w, why := z.of(p, where)
		switch {
		case i == 0:
			v, c = w, why
		case w != v:
			return truth.Maybe, codeByActor
		}
	}
	if len(parties) == 0 {
		return z.of("", where)
	}
	return v, c
}

// of tells whether a place lies in the zone of one party.
func (z *zone) of(party string, where *place.Place) (truth.Value, code) {
	if where.Sort() == place.SortUnknown {
		return truth.Maybe, codePlaceUnknown
	}
	v, c := truth.No, codeOutside
	if z.area != nil {
		v, c = z.area.holds(nil, where, nil)
	}
	line, named := z.lines[party], z.Lines[party] != ""
	if !named {
		line, named = z.line, z.Line != ""
	}
	if !named {
		return v, c
	}
	depth, ok := z.Depths[party]
	if !ok {
		depth = z.Depth
	}
	switch {
	case line == nil:
		return truth.Maybe, codeUndrawn
	case depth == agreement.Depth{}:
		return truth.Maybe, codeNoDepth
	}
	near, between := where.Near(line, depth.Most), false
	if depth.Least < depth.Most && near != truth.No && where.Near(line, depth.Least) != truth.Yes {
		between = near == truth.Yes // only the depth would settle it
		near = truth.Maybe
	}
	if z.Sides[party] != "" {
		near = truth.And(near, where.In(z.sides[party]))
	}
	if near > v {
		v, c = near, inside(near)
		if between && v == truth.Maybe {
			c = codeDepthOpen
		}
	}
	return v, c
}

// near tells whether the incident was close to an object that the zone moves with.
func (z *zone) near(in *Incident) (truth.Value, code) {
	v, c, told := truth.No, codeOutside, false
	tree := agreement.Taxonomies().Objects
	for _, n := range in.Report.Near {
		is := tree.Falls(n.To, []string{z.Around})
		if is == truth.No {
			continue
		}
		told = true
		w := truth.Maybe
		switch {
		case float64(n.Farthest) <= z.Depth.Least:
			w = truth.Yes
		case float64(n.Nearest) > z.Depth.Most:
			w = truth.No
		}
		if w = truth.And(w, is); w > v {
			v, c = w, inside(w)
		}
	}
	if !told {
		return truth.Maybe, codeNearUnknown
	}
	return v, c
}

// region tells whether a place lies in a scope's region, once an incident.
func (d *Decision) region(s *scope, in *Incident, where *place.Place, reach agreement.Reach) (truth.Value, code) {
	r := s.region
	if reach == agreement.ReachFrom || r.byActor {
		return r.holds(in, where, s.possible(in))
	}
	m := &d.places[r.number]
	if !m.known {
		m.value, m.code = r.holds(in, where, s.possible(in))
		m.known = true
	}
	return m.value, m.code
}

// possible lists who may have acted: the one named, else all whom the rule binds.
func (s *scope) possible(in *Incident) []string {
	if !s.region.byActor {
		return nil
	}
	if in.actor == "" {
		return s.Binds
	}
	if by, ok := s.actors[in.actor]; ok && by.guarantee != nil {
		return by.guarantee.Guarantor
	}
	return in.actors
}

// placeGap tells to how much a place is known and how far the edge is.
func (r *region) placeGap(where *place.Place, told *record.Place) truth.Gap {
	if r.area != nil {
		if m, ok := where.Margin(r.area); ok {
			return truth.Gap{Code: "gap.place-within", Args: truth.Args{"radius": metres(m.Known), "distance": metres(m.Edge), "area": r.label()}}
		}
	}
	args := truth.Args{"area": r.label()}
	if told != nil && len(told.Within) > 0 {
		args["known"] = strings.Join(told.Within, ",")
	}
	return truth.Gap{Code: "gap.place-in-area", Args: args}
}

// label names what the region consists of: areas by id, zones as "zone:LABEL".
func (r *region) label() string {
	list := []string{}
	if r.names != "" {
		list = append(list, r.names)
	}
	for _, z := range r.zones {
		list = append(list, "zone:"+z.Label)
	}
	return strings.Join(list, ",")
}

// lacking lists the drawings that the region and its zones lack.
func (r *region) lacking() string {
	list := slices.Clone(r.undrawn)
	for _, z := range r.zones {
		list = append(list, z.lacks...)
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), ",")
}
