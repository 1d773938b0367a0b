package report

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// incidents counts and lists the reports of the day.
func (f *Figures) incidents() {
	today, before := f.covered(), f.before()
	areas, acts := map[string]*Tally{}, map[string]*Tally{}
	classes := map[[2]string]*Classes{}
	var known []*place.Area
	for _, id := range slices.Sorted(maps.Keys(f.c.Areas)) {
		if a := f.c.Areas[id]; a.Entry <= f.Position {
			known = append(known, a.Area)
		}
	}
	index := place.NewIndex(known...)
	var sketch []judge.Ruling
	for it := range f.reports(today, before) {
		if it.Retracted {
			continue
		}
		t := it.When()
		in, _ := within(t, today)
		was, _ := within(t, before)
		_, certain := within(f.told(it), f.day)
		_, wasCertain := within(f.told(it), before)
		late := false
		if !in && !t.IsZero() && t.Latest() < today.From {
			_, late = within(it.Published(), today)
		}
		if !in && !was && !late {
			continue
		}
		x := f.incident(it, certain, late && !in)
		report := it.Body.(*record.Report) //nolint:forcetypeassert // the kind says so
		attack := agreement.Taxonomies().Acts.Falls(report.Act, []string{"attack"}) == truth.Yes
		count := func(r *Tally) {
			if in {
				r.Day.add(certain)
				if attack {
					r.Attacks.add(certain)
				}
			}
			if was {
				r.Before.add(wasCertain)
			}
			if x.Late {
				r.Late++
			}
		}
		count(&f.All)
		for _, id := range f.areasOf(&x, index) {
			count(row(areas, id))
		}
		branch, _, _ := strings.Cut(report.Act, "/")
		count(row(acts, branch))
		if !in && !x.Late {
			continue
		}
		sketch = f.judged(&x, sketch)
		if in {
			f.classify(classes, x.Sums)
		}
		f.Incidents = append(f.Incidents, x)
	}
	f.Areas, f.Acts = rows(areas), rows(acts)
	for _, key := range slices.SortedFunc(maps.Keys(classes), func(x, y [2]string) int { return slices.Compare(x[:], y[:]) }) {
		f.Classes = append(f.Classes, *classes[key])
	}
	f.sort()
	f.digested()
}

func (f *Figures) sort() {
	slices.SortStableFunc(f.Incidents, func(x, y Incident) int {
		if x.Late != y.Late {
			if x.Late {
				return 1
			}
			return -1
		}
		return cmp.Compare(start(x.Item.When()), start(y.Item.When()))
	})
}

// incident is a report as far as it is shown.
func (f *Figures) incident(it judge.Item, certain, late bool) Incident {
	x := Incident{Item: it, Certain: certain, Late: late, in: f.bench.IncidentOf(it)}
	x.shown = f.rule.Of(f.bench, it, x.in, f.until)
	x.Item.Body = f.rule.Body(it.Body, x.shown)
	if x.shown.Waits() && x.shown.Until.Finite() {
		x.Withheld = x.shown.Until.String()
	}
	return x
}

// judged says what a report comes to; the sketch is used again.
func (f *Figures) judged(x *Incident, sketch []judge.Ruling) []judge.Ruling {
	if sketch = f.bench.Sketch(x.in, sketch); len(sketch) > 0 {
		x.Sums = f.bench.Summarise(sketch)
		x.Occurrence, x.Attribution = sketch[0].Occurrence, sketch[0].Attribution
	}
	return sketch
}

// reports goes through the reports that may have happened today or the day before, or
// became public today, each once.
func (f *Figures) reports(today, before moment.Span) iter.Seq[judge.Item] {
	return func(yield func(judge.Item) bool) {
		for it := range f.bench.During(record.KindReport, moment.Span{From: before.From, Until: today.Until}) {
			if !yield(it) {
				return
			}
		}
		for it := range f.bench.Published(record.KindReport, today) {
			if t := it.When(); !t.IsZero() && t.Latest() < before.From && !yield(it) {
				return
			}
		}
	}
}

func start(t moment.Time) moment.Instant {
	if t.IsZero() {
		return moment.Future
	}
	return t.Earliest()
}

func row(m map[string]*Tally, key string) *Tally {
	r := m[key]
	if r == nil {
		r = &Tally{Key: key}
		m[key] = r
	}
	return r
}

func rows(m map[string]*Tally) []Tally {
	var list []Tally
	for _, key := range slices.Sorted(maps.Keys(m)) {
		list = append(list, *m[key])
	}
	return list
}

// areasOf lists the areas in which a report may lie, as far as its place is shown; [""]
// where none is known.
func (f *Figures) areasOf(x *Incident, index *place.Index) []string {
	if x.shown.Held {
		return []string{Withheld}
	}
	var list []string
	if x.shown.Where.Sort() != place.SortUnknown {
		for _, a := range index.Candidates(nil, x.shown.Where) {
			if f.rule.In(x.shown, a) != truth.No {
				list = append(list, a.ID)
			}
		}
	}
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

// classify counts a report once under each agreement and reading.
func (f *Figures) classify(classes map[[2]string]*Classes, sums []judge.Summary) {
	for _, sm := range sums {
		for by, list := range sm.ByReading {
			key := [2]string{sm.Agreement, by}
			c := classes[key]
			if c == nil {
				c = &Classes{Agreement: sm.Agreement, Reading: by, Counts: map[string]int{}}
				classes[key] = c
			}
			c.Counts[string(list[0])]++
		}
	}
}
