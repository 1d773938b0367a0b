package judge

import (
	"math"
	"slices"
	"strconv"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
)

// Incident is one report made ready for judging by [Bench.Incident].
type Incident struct {
	Ref      record.Ref
	Entry    bool // it stands in the record; false for a report from another file
	Happened moment.Time
	SaidBy   *record.Voice
	Report   *record.Report
	Where    place.Place

	from                place.Place // where it came from
	actor               string      // the code of who did it; "" unknown
	actors              []string    // the same as a list
	act, weapon, domain int16       // their places in the trees; -1 not told
	objects             []int16
	calibre, reach      figure
	unit                figure
	told                []*known // findings, rulings, links and replies that bear on it
}

// Incidents lists the reports of the record that the question sees: known, not
// retracted, and not certainly after its moment.
func (b *Bench) Incidents() []Incident {
	var list []Incident
	for _, k := range b.reports() {
		report, ok := k.Body.(*record.Report)
		if !ok || k.retract || !b.saidBy(k, b.Question.At) {
			continue
		}
		list = append(list, b.recorded(k, report))
	}
	return list
}

// IncidentOf makes a report of the record ready for judging; of an item that is no
// report it gives one that tells nothing.
func (b *Bench) IncidentOf(it Item) Incident {
	if k := b.at(it.Position); k != nil && k.Ref == it.Ref {
		if report, ok := k.Body.(*record.Report); ok {
			return b.recorded(k, report)
		}
	}
	return b.Incident(it.Ref, it.when, it.SaidBy, &record.Report{})
}

func (b *Bench) recorded(k *known, report *record.Report) Incident {
	in := b.Incident(k.Ref, k.happened, k.SaidBy, report)
	in.Entry, in.told = true, b.onReport[k.Ref]
	return in
}

// Incident makes a report ready for judging. A place that names an area the case
// does not hold, or that cannot be, is unknown.
func (b *Bench) Incident(ref record.Ref, happened moment.Time, by *record.Voice, r *record.Report) Incident {
	tax := agreement.Taxonomies()
	in := Incident{Ref: ref, Happened: happened, SaidBy: by, Report: r, Where: b.where(r.Place), from: b.where(r.Origin)}
	if r.Actor != nil && r.Actor.Party != "" {
		in.actor = r.Actor.Party
		in.actors = []string{in.actor}
	}
	in.act, in.weapon, in.domain = b.node(tax.Acts, r.Act), b.node(tax.Weapons, r.Weapon), b.node(tax.Domains, r.Domain)
	for _, o := range r.Objects {
		in.objects = append(in.objects, b.node(tax.Objects, o))
	}
	in.calibre = figureOf(r.Calibre)
	in.reach = figureOf(r.Range)
	if !in.calibre.known {
		in.calibre = ofWeapon(tax.Weapons.Calibre, r.Weapon)
	}
	if !in.reach.known {
		in.reach = ofWeapon(tax.Weapons.Range, r.Weapon)
	}
	if i := slices.Index(record.UnitSizes, r.UnitSize); i >= 0 {
		in.unit = figure{least: int64(i) * thousand, most: int64(i) * thousand, known: true}
	}
	return in
}

// node gives the place of a branch in its tree, or -1.
func (b *Bench) node(t *agreement.Taxonomy, branch string) int16 {
	if branch == "" {
		return -1
	}
	if i, ok := t.ID(branch); ok {
		return int16(i)
	}
	return -1
}

func (b *Bench) where(p *record.Place) place.Place {
	if p == nil {
		return place.Unknown()
	}
	if len(p.Within) > 0 {
		areas := make([]*place.Area, 0, len(p.Within))
		for _, id := range p.Within {
			a := b.Case.Areas[id]
			if a == nil {
				return place.Unknown()
			}
			areas = append(areas, a.Area)
		}
		return place.Within(areas...)
	}
	lon, err1 := strconv.ParseFloat(p.Lon, 64)
	lat, err2 := strconv.ParseFloat(p.Lat, 64)
	if err1 != nil || err2 != nil {
		return place.Unknown()
	}
	point := place.Point{Lon: lon, Lat: lat}
	var w place.Place
	var err error
	if p.Bearing != "" {
		bearing, errBearing := strconv.ParseFloat(p.Bearing, 64)
		if errBearing != nil {
			return place.Unknown()
		}
		w, err = place.Sector(point, bearing, float64(p.Nearest), float64(p.Farthest))
	} else {
		w, err = place.Disc(point, float64(p.Radius))
	}
	if err != nil {
		return place.Unknown()
	}
	return w
}

// Judge answers for one incident under every agreement, clause and reading, in
// that order; agreement "" means all of them. Every ruling has all its reasons.
func (b *Bench) Judge(in Incident, agreementID string) []Ruling {
	d := b.decisions.Get().(*Decision)
	defer b.decisions.Put(d)
	b.Decide(d, &in, agreementID)
	if len(d.Verdicts) == 0 {
		return nil
	}
	list := make([]Ruling, 0, len(d.Verdicts))
	occurrence, attribution := b.occurrence(&in), b.attribution(&in)
	i := 0
	for _, id := range b.ids {
		if agreementID != "" && agreementID != id {
			continue
		}
		for _, l := range b.lives[id] {
			for _, c := range l.clauses {
				v := &d.Verdicts[i]
				i++
				r := Ruling{
					Report: in.Ref, Agreement: id, Clause: c.label, Reading: l.by, Classification: v.Classification,
					Occurrence: occurrence, Attribution: attribution, Depends: c.dependsOn(&in), Reasons: c.steps(&in, v.Tests),
				}
				r.Ruled, r.RuledBy, r.Outranks = c.rulingOn(&in)
				if r.Classification == NotDecided {
					r.Settles = Settlings(c.label, r.Reasons)
				}
				r.Established = c.established(&in, &r)
				list = append(list, r)
			}
		}
	}
	return list
}

// Sketch is [Bench.Judge] without reasons, findings and what they would settle: the
// classification, occurrence and attribution of one incident, for lists. The list stands
// in room where that is large enough; whoever goes through many incidents gives each time
// the list before, of which nothing is needed any more.
func (b *Bench) Sketch(in Incident, room []Ruling) []Ruling {
	d := b.decisions.Get().(*Decision)
	defer b.decisions.Put(d)
	b.Decide(d, &in, "")
	list := slices.Grow(room[:0], len(d.Verdicts))
	occurrence, attribution := b.occurrence(&in), b.attribution(&in)
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		list = append(list, Ruling{
			Report: in.Ref, Agreement: v.Agreement, Clause: v.Clause, Reading: v.Reading, Classification: v.Classification,
			Occurrence: occurrence, Attribution: attribution,
		})
	}
	return list
}

// thousand is the scale of figures: they count thousandths of their unit.
const thousand = 1000

// figure is a figure known to lie between two bounds, both included, in thousandths.
type figure struct {
	least, most int64
	known       bool
}

func figureOf(r *record.Range) figure {
	if r == nil {
		return figure{}
	}
	least, err1 := strconv.ParseFloat(r.Least, 64)
	most, err2 := strconv.ParseFloat(r.Most, 64)
	if err1 != nil || err2 != nil {
		return figure{}
	}
	return figure{int64(math.Round(least * thousand)), int64(math.Round(most * thousand)), true}
}

// ofWeapon takes a figure that the tree of weapons gives for what is told.
func ofWeapon(of func(string) (least, most int64, ok bool), weapon string) figure {
	least, most, ok := of(weapon)
	return figure{least, most, ok}
}

// count sums up what a report counts in a unit. "About n" may be half or twice n.
func (in *Incident) count(unit string) figure {
	f := figure{}
	for _, c := range in.Report.Counts {
		if c.Unit != unit {
			continue
		}
		n := int64(c.N) * thousand
		one := figure{n, n, true}
		switch c.Hedge {
		case record.HedgeAbout:
			one.least, one.most = n/2, 2*n
		case record.HedgeAtLeast:
			one.most = math.MaxInt32 * thousand
		case record.HedgeMoreThan:
			one.least, one.most = n+1, math.MaxInt32*thousand
		case record.HedgeUnder:
			one.least, one.most = 0, n-1
		}
		f = figure{f.least + one.least, f.most + one.most, true}
	}
	return f
}
