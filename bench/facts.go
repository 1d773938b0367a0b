package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// facts are what the peers are told of an incident: what the report tells, and, as
// they have no geometry and no trees, where it lies as a ready answer.
type facts struct {
	in                         *judge.Incident
	actor, act, weapon         string // "" unknown
	purpose                    string
	objects                    []string
	calibreLeast, calibreMost  int64 // thousandths of a millimetre
	calibreKnown, happenedTold bool
	earliest, latest           int64
	regions                    []truth.Value // in the order of compiled.regions
}

// story is an incident in a few words of the taxonomies.
type story struct {
	actor, act, weapon, purpose, happened string
	objects                               []string
	lon, lat                              string // "" unknown
	radius                                int
}

// report writes the story as a report.
func (s story) report() *record.Report {
	r := &record.Report{Act: s.act, Weapon: s.weapon, Objects: s.objects, Purpose: s.purpose}
	if s.actor != "" {
		r.Actor = &record.Actor{Party: s.actor}
	}
	if s.lon != "" {
		r.Place = &record.Place{Lon: s.lon, Lat: s.lat, Radius: s.radius}
	}
	return r
}

// known is an incident of which all is told; vague one without an actor, at an edge
// in space and in time.
var (
	known = story{actor: "KA", act: "attack/uav", weapon: "uav/one-way", happened: "2030-05-05T10:00Z", objects: []string{"energy/electricity/substation"}, lon: "20.35", lat: "51.25", radius: 2000}
	vague = story{act: "attack", happened: "2030-02-28/2030-03-01", objects: []string{"energy", "transport"}, lon: "20.7", lat: "51.2", radius: 9000}
)

// tell makes a story ready for us and for the peers.
func (p *compiled) tell(b *judge.Bench, s story) (*facts, error) {
	var happened moment.Time
	if s.happened != "" {
		var err error
		if happened, err = moment.Parse(s.happened, moment.UTC()); err != nil {
			return nil, err
		}
	}
	tax := agreement.Taxonomies()
	for _, o := range s.objects {
		if !tax.Objects.Known(o) {
			return nil, fmt.Errorf("%q is not in the tree of objects", o)
		}
	}
	if s.act != "" && !tax.Acts.Known(s.act) || s.weapon != "" && !tax.Weapons.Known(s.weapon) {
		return nil, fmt.Errorf("%q or %q is not in its tree", s.act, s.weapon)
	}
	in := b.Incident("R", happened, nil, s.report())
	f := &facts{in: &in, actor: s.actor, act: s.act, weapon: s.weapon, purpose: s.purpose, objects: s.objects}
	if !happened.IsZero() {
		f.happenedTold, f.earliest, f.latest = true, int64(happened.Earliest()), int64(happened.Latest())
	}
	if s.weapon != "" {
		f.calibreLeast, f.calibreMost, f.calibreKnown = tax.Weapons.Calibre(s.weapon)
	}
	for _, r := range p.regions {
		f.regions = append(f.regions, r.holds(in.Where))
	}
	return f, nil
}

// region is a list of areas that clauses name; nil stands for anywhere.
type region struct{ area *place.Area }

func (r region) holds(where place.Place) truth.Value {
	switch {
	case r.area == nil:
		return truth.Yes
	case where.Sort() == place.SortUnknown:
		return truth.Maybe
	}
	return where.In(r.area)
}

// span is a stretch of time in which clauses bind.
type span struct{ from, until int64 }

// compiled is what the clauses come to for the peers: trees, areas and times are
// worked out beforehand, as our bench works them out in judge.New.
type compiled struct {
	clauses []test
	spans   []span
	regions []region
	keys    []string // of the regions
}

// test is a rule made ready.
type test struct {
	rule
	span                  int
	region                int
	acts, weapons, things branches
	except                []test
}

// branches is what every node of a tree means to a rule; nil: the rule does not narrow.
type branches map[string]truth.Value

// with lists the nodes of a value.
func (b branches) with(v truth.Value) []string {
	var list []string
	for node, w := range b {
		if w == v {
			list = append(list, node)
		}
	}
	slices.Sort(list)
	return list
}

// compile makes the clauses ready for the peers.
func compile(b *judge.Bench, list []rule) (*compiled, error) {
	p := &compiled{}
	for _, r := range list {
		t, err := p.test(b, r)
		if err != nil {
			return nil, err
		}
		p.clauses = append(p.clauses, t)
	}
	return p, nil
}

func (p *compiled) test(b *judge.Bench, r rule) (test, error) {
	t := test{rule: r}
	tax := agreement.Taxonomies()
	t.acts, t.weapons, t.things = meaning(tax.Acts, r.acts), meaning(tax.Weapons, r.weapons), meaning(tax.Objects, r.objects)
	var err error
	if t.span, err = p.spanOf(r); err != nil {
		return t, err
	}
	if t.region, err = p.regionOf(b, r.where); err != nil {
		return t, err
	}
	for _, x := range r.except {
		y, err := p.test(b, x)
		if err != nil {
			return t, err
		}
		t.except = append(t.except, y)
	}
	return t, nil
}

func meaning(tree *agreement.Taxonomy, named []string) branches {
	if len(named) == 0 {
		return nil
	}
	b := branches{}
	for _, node := range tree.Paths() {
		b[node] = tree.Falls(node, named)
	}
	return b
}

func (p *compiled) spanOf(r rule) (int, error) {
	from, until := begins, ends
	if r.from != "" {
		from = r.from
	}
	if r.until != "" {
		until = r.until
	}
	f, err := moment.Parse(from, moment.UTC())
	if err != nil {
		return 0, err
	}
	u, err := moment.Parse(until, moment.UTC())
	if err != nil {
		return 0, err
	}
	s := span{int64(f.Earliest()), int64(u.Earliest())}
	if i := slices.Index(p.spans, s); i >= 0 {
		return i, nil
	}
	p.spans = append(p.spans, s)
	return len(p.spans) - 1, nil
}

func (p *compiled) regionOf(b *judge.Bench, where []string) (int, error) {
	key := strings.Join(where, "+")
	if i := slices.Index(p.keys, key); i >= 0 {
		return i, nil
	}
	var areas []*place.Area
	for _, w := range where {
		if w == "anywhere" {
			continue
		}
		a := b.Case.Areas[strings.TrimPrefix(w, "area:")]
		if a == nil {
			return 0, fmt.Errorf("the case has no %s", w)
		}
		areas = append(areas, a.Area)
	}
	var r region
	switch len(areas) {
	case 0:
	case 1:
		r.area = areas[0]
	default:
		union, err := place.Unite(key, areas...)
		if err != nil {
			return 0, err
		}
		r.area = union
	}
	p.regions, p.keys = append(p.regions, r), append(p.keys, key)
	return len(p.regions) - 1, nil
}

// classify composes a classification as the product does.
func classify(time, tests, excused truth.Value) judge.Classification {
	switch {
	case time == truth.No:
		return judge.NotInForce
	case tests == truth.No:
		return judge.NoViolation
	case time != truth.Yes || tests != truth.Yes || excused == truth.Maybe:
		return judge.NotDecided
	case excused == truth.Yes:
		return judge.Permitted
	}
	return judge.Violation
}
