// Package replay owns the question what if: it lays a draft over past incidents and
// counts how many would be violations as told, by clause, side and week, how many
// cannot be decided and for lack of which facts, and where readings part. It is a
// function from data to data; the judging itself is package judge's.
package replay

import (
	"cmp"
	"slices"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Result is what a draft makes of incidents.
type Result struct {
	Agreement string    `json:"agreement"`
	Start     string    `json:"start"`
	Rules     string    `json:"rules"`
	Incidents int       `json:"incidents"`
	Readings  []Reading `json:"readings"`
	// Parting lists the incidents of which the readings make different things.
	Parting []Parting `json:"parting"`
}

// Reading is what one reading makes of them. An incident counts once, as the gravest
// that it is under any clause; under each clause it counts again.
type Reading struct {
	By      string   `json:"by"`
	Total   Counts   `json:"total"`
	Clauses []Clause `json:"clauses"`
	Sides   []Side   `json:"sides"`   // by the side that the report names; "" where it names none
	Weeks   []Week   `json:"weeks"`   // by the week in which it began, in the zone of the case
	Lacking []Lack   `json:"lacking"` // why incidents are undetermined, most frequent first
}

// Counts are incidents by classification.
type Counts struct {
	Violation   int `json:"violation"`
	Permitted   int `json:"permitted"`
	NoViolation int `json:"no_violation"`
	NotInForce  int `json:"not_in_force"`
	NotDecided  int `json:"undetermined"`
}

// Clause are the counts under one clause.
type Clause struct {
	Clause string `json:"clause"`
	Counts
}

// Side are the counts of incidents that reports lay to one side.
type Side struct {
	Party string `json:"party"`
	Counts
}

// Week are the counts of incidents that happened in one week.
type Week struct {
	From string `json:"from"` // its Monday
	Counts
}

// Lack is a set of facts for want of which incidents are undetermined.
type Lack struct {
	Facts     []string `json:"facts"` // tests that came out maybe, in their order
	Incidents int      `json:"incidents"`
}

// Parting is an incident of which readings make different things.
type Parting struct {
	Report    record.Ref                      `json:"report"`
	ByReading map[string]judge.Classification `json:"by_reading"`
}

// maxParting bounds the incidents that are listed one by one.
const maxParting = 10_000

// Run judges incidents against one agreement. step is called after each, for
// progress; nil: not.
func Run(b *judge.Bench, agreementID string, incidents []judge.Incident, zone *moment.Zone, step func()) Result {
	r := Result{Agreement: agreementID, Rules: judge.Rules, Incidents: len(incidents), Readings: []Reading{}, Parting: []Parting{}}
	if s := b.Question.Suppose; s != nil && s.Agreement == agreementID {
		r.Start = s.Start.String()
	}
	common := true // a text that the sides do not share answers nothing
	if v, ok := b.Version(agreementID); ok {
		common = v.CommonText
	}
	var d judge.Decision
	by := map[string]*tally{}
	var order []string
	for i := range incidents {
		b.Decide(&d, &incidents[i], agreementID)
		one := map[string]judge.Classification{}
		for from := 0; from < len(d.Verdicts); {
			until := from
			for until < len(d.Verdicts) && d.Verdicts[until].Reading == d.Verdicts[from].Reading {
				until++
			}
			reading := d.Verdicts[from].Reading
			if reading == judge.Text && !common {
				from = until
				continue
			}
			t := by[reading]
			if t == nil {
				t = newTally()
				by[reading] = t
				order = append(order, reading)
			}
			one[reading] = t.take(&incidents[i], d.Verdicts[from:until], zone)
			from = until
		}
		if parts(one) && len(r.Parting) < maxParting {
			r.Parting = append(r.Parting, Parting{incidents[i].Ref, one})
		}
		if step != nil {
			step()
		}
	}
	for _, reading := range order {
		r.Readings = append(r.Readings, by[reading].reading(reading))
	}
	return r
}

// parts tells whether readings make different things of an incident.
func parts(one map[string]judge.Classification) bool {
	var first judge.Classification
	for _, c := range one {
		if first != "" && c != first {
			return true
		}
		first = c
	}
	return false
}

// tally collects the counts of one reading.
type tally struct {
	total   Counts
	clauses map[string]*Counts
	order   []string // of clauses
	sides   map[string]*Counts
	weeks   map[string]*Counts
	lacks   map[string]int
}

func newTally() *tally {
	return &tally{clauses: map[string]*Counts{}, sides: map[string]*Counts{}, weeks: map[string]*Counts{}, lacks: map[string]int{}}
}

// gravity orders classifications: a violation of one clause outweighs the rest.
var gravity = []judge.Classification{judge.Violation, judge.NotDecided, judge.Permitted, judge.NoViolation, judge.NotInForce}

// take counts one incident and gives the gravest that it is.
func (t *tally) take(in *judge.Incident, verdicts []judge.Verdict, zone *moment.Zone) judge.Classification {
	gravest, open := len(gravity)-1, ""
	for i := range verdicts {
		v := &verdicts[i]
		c := t.clauses[v.Clause]
		if c == nil {
			c = &Counts{}
			t.clauses[v.Clause] = c
			t.order = append(t.order, v.Clause)
		}
		c.add(v.Classification)
		if g := slices.Index(gravity, v.Classification); g < gravest {
			gravest = g
			if v.Classification == judge.NotDecided {
				open = lacking(v)
			}
		} else if g == gravest && v.Classification == judge.NotDecided {
			if l := lacking(v); shorter(l, open) {
				open = l
			}
		}
	}
	class := gravity[gravest]
	t.total.add(class)
	side := ""
	if a := in.Report.Actor; a != nil {
		side = a.Party
	}
	count(t.sides, side).add(class)
	count(t.weeks, weekOf(in.Happened, zone)).add(class)
	if class == judge.NotDecided {
		t.lacks[open]++
	}
	return class
}

// shorter prefers the smaller set of facts, then the first by name.
func shorter(x, y string) bool {
	return cmp.Or(strings.Count(x, "+")-strings.Count(y, "+"), strings.Compare(x, y)) < 0
}

func count(m map[string]*Counts, key string) *Counts {
	c := m[key]
	if c == nil {
		c = &Counts{}
		m[key] = c
	}
	return c
}

func (c *Counts) add(class judge.Classification) {
	switch class {
	case judge.Violation:
		c.Violation++
	case judge.Permitted:
		c.Permitted++
	case judge.NoViolation:
		c.NoViolation++
	case judge.NotInForce:
		c.NotInForce++
	default:
		c.NotDecided++
	}
}

// lacking names the tests that came out maybe: "actor+area".
func lacking(v *judge.Verdict) string {
	var names []string
	for _, o := range v.Tests {
		if o.Value == truth.Maybe && !slices.Contains(names, o.Test()) {
			names = append(names, o.Test())
		}
	}
	return strings.Join(names, "+")
}

// weekOf gives the Monday of the week in which a time begins, or "" for one that is
// not dated.
func weekOf(t moment.Time, zone *moment.Zone) string {
	if t.IsZero() || t.Earliest() == moment.Past {
		return ""
	}
	c := zone.Clock(t.Earliest())
	day := zone.Day(c.Year, c.Month, c.Day)
	const noon = 12 * 3600 // of which the date is the same in UTC, for zones within 12 hours of it
	back := (int(day.From.Add(noon).Time().Weekday()) + 6) % 7
	monday := zone.Clock(zone.Day(c.Year, c.Month, c.Day-back).From)
	return monday.String()[:len("2006-01-02")]
}

// reading gives the counts in a fixed order.
func (t *tally) reading(by string) Reading {
	r := Reading{By: by, Total: t.total, Clauses: []Clause{}, Sides: []Side{}, Weeks: []Week{}, Lacking: []Lack{}}
	for _, label := range t.order {
		r.Clauses = append(r.Clauses, Clause{label, *t.clauses[label]})
	}
	for party, c := range t.sides {
		r.Sides = append(r.Sides, Side{party, *c})
	}
	slices.SortFunc(r.Sides, func(x, y Side) int { return strings.Compare(x.Party, y.Party) })
	for week, c := range t.weeks {
		r.Weeks = append(r.Weeks, Week{week, *c})
	}
	slices.SortFunc(r.Weeks, func(x, y Week) int { return strings.Compare(x.From, y.From) })
	for facts, n := range t.lacks {
		r.Lacking = append(r.Lacking, Lack{strings.Split(facts, "+"), n})
	}
	slices.SortFunc(r.Lacking, func(x, y Lack) int {
		return cmp.Or(y.Incidents-x.Incidents, strings.Compare(strings.Join(x.Facts, "+"), strings.Join(y.Facts, "+")))
	})
	return r
}
