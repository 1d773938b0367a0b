package judge

import (
	"strconv"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Classification is what an incident is under one clause and reading, of the
// facts as the report tells them.
type Classification string

// The classifications. Not in force outranks the rest; then a test that fails;
// then an exception; what is left open is undetermined.
const (
	Violation        Classification = "violation"
	NoViolation      Classification = "no-violation"
	Permitted        Classification = "permitted"
	NotInForce       Classification = "not-in-force"
	NotDecided       Classification = "undetermined"
	DependsOnReading Classification = "depends-on-reading" // of a summary across readings only
)

// Incident is one report made ready for judging.
type Incident struct {
	Ref      record.Ref
	Entry    bool // it stands in the record; false for a report from another file
	Happened moment.Time
	SaidBy   *record.Voice
	Report   *record.Report
	Where    place.Place
}

// Ruling is the answer for one report, agreement, clause and reading.
type Ruling struct {
	Report         record.Ref     `json:"report"`
	Agreement      string         `json:"agreement"`
	Clause         string         `json:"clause"`
	Reading        string         `json:"reading"`
	Classification Classification `json:"classification"`
	Occurrence     Occurrence     `json:"occurrence"`
	Attribution    Attribution    `json:"attribution"`
	Reasons        []Step         `json:"reasons"`
	// Ruled is what the body that the text empowers decided; it outranks the
	// classification, and both are shown.
	Ruled   string       `json:"ruled,omitempty"`
	RuledBy []record.Ref `json:"ruled_by,omitempty"`
	// Depends names what a new entry would have to touch to change the ruling.
	Depends []string `json:"depends,omitempty"`
}

// Incidents lists the reports of the record that the question sees: known, not
// retracted, and not certainly after its moment.
func (b *Bench) Incidents() []Incident {
	var list []Incident
	for i := range b.entries {
		k := &b.entries[i]
		report, ok := k.Body.(*record.Report)
		if !ok || k.retract || !b.saidBy(k, b.Question.At) {
			continue
		}
		in := b.Incident(k.Ref, k.happened, k.SaidBy, report)
		in.Entry = true
		list = append(list, in)
	}
	return list
}

// Incident makes a report ready for judging. A place that names an area the case
// does not hold, or that cannot be, is unknown.
func (b *Bench) Incident(ref record.Ref, happened moment.Time, by *record.Voice, r *record.Report) Incident {
	return Incident{Ref: ref, Happened: happened, SaidBy: by, Report: r, Where: b.where(r.Place)}
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
// that order; agreement "" means all of them.
func (b *Bench) Judge(in Incident, agreementID string) []Ruling {
	var list []Ruling
	occurrence, attribution := b.occurrence(in), b.attribution(in)
	for _, id := range b.Agreements() {
		if agreementID != "" && agreementID != id {
			continue
		}
		for _, l := range b.lives[id] {
			for _, c := range l.clauses {
				r := Ruling{
					Report: in.Ref, Agreement: id, Clause: c.label, Reading: l.by,
					Occurrence: occurrence, Attribution: attribution, Depends: c.depends,
				}
				r.Classification, r.Reasons = c.judge(in)
				r.Reasons = named(r.Reasons)
				r.Ruled, r.RuledBy = b.ruled(in.Ref, id, c.label)
				list = append(list, r)
			}
		}
	}
	return list
}

// noEntries stands for the absence that a step rests on.
var noEntries = []record.Ref{}

// named makes sure that every step lists its entries, if only none.
func named(steps []Step) []Step {
	for i := range steps {
		if steps[i].Entries == nil {
			steps[i].Entries = noEntries
		}
	}
	return steps
}

// judge tries every test of a clause; it never stops at the first that fails.
func (c *clause) judge(in Incident) (Classification, []Step) {
	steps := make([]Step, 0, 8)
	time := c.time(in)
	steps = append(steps, time)
	if c.rule == nil { // the text of an agreement without a common text
		return NotDecided, steps
	}
	all := truth.Yes
	for _, s := range c.tests(in) {
		all = truth.And(all, s.Outcome)
		steps = append(steps, s)
	}
	excused := truth.No
	for _, x := range c.exceptions {
		s := x.try(in)
		excused = truth.Or(excused, s.Outcome)
		steps = append(steps, s)
	}
	switch {
	case time.Outcome == truth.No:
		return NotInForce, steps
	case all == truth.No:
		return NoViolation, steps
	case excused == truth.Yes:
		if time.Outcome == truth.Yes && all == truth.Yes {
			return Permitted, steps
		}
		return NotDecided, steps
	case time.Outcome == truth.Yes && all == truth.Yes && excused == truth.No:
		return Violation, steps
	}
	return NotDecided, steps
}

// Summary is what a reader is told of one report and agreement across readings.
type Summary struct {
	Report    record.Ref                  `json:"report"`
	Agreement string                      `json:"agreement"`
	ByReading map[string][]Classification `json:"by_reading"` // the distinct classifications over its clauses, most grave first
	Overall   Classification              `json:"overall"`    // DependsOnReading where the readings differ
}

// gravity orders classifications for a reading's headline: a violation of one
// clause outweighs what the others say.
var gravity = []Classification{Violation, NotDecided, Permitted, NotInForce, NoViolation}

// Summarise sums up rulings on one report and agreement. The text is left out
// where there is no common text. Results are never averaged.
func (b *Bench) Summarise(rulings []Ruling) []Summary {
	var list []Summary
	at := map[[2]string]int{}
	for _, r := range rulings {
		key := [2]string{string(r.Report), r.Agreement}
		i, ok := at[key]
		if !ok {
			i = len(list)
			at[key] = i
			list = append(list, Summary{Report: r.Report, Agreement: r.Agreement, ByReading: map[string][]Classification{}})
		}
		if r.Reading == Text && !b.versions[r.Agreement].CommonText {
			continue
		}
		list[i].ByReading[r.Reading] = insert(list[i].ByReading[r.Reading], r.Classification)
	}
	for i := range list {
		list[i].Overall = overall(list[i].ByReading)
	}
	return list
}

// insert adds a classification once, in the order of gravity.
func insert(list []Classification, c Classification) []Classification {
	out := make([]Classification, 0, len(list)+1)
	for _, g := range gravity {
		if g == c || contains(list, g) {
			out = append(out, g)
		}
	}
	return out
}

func contains(list []Classification, c Classification) bool {
	for _, x := range list {
		if x == c {
			return true
		}
	}
	return false
}

// overall is the common headline of the readings, or that it depends on them.
func overall(byReading map[string][]Classification) Classification {
	var one Classification
	for _, list := range byReading {
		if one != "" && one != list[0] {
			return DependsOnReading
		}
		one = list[0]
	}
	if one == "" {
		return NotDecided
	}
	return one
}
