package view

import (
	"maps"
	"slices"
	"sync"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// Status is [judge.Bench.Status], computed once.
func (v *View) Status() judge.Status { return v.status() }

// Calendar is [judge.Bench.Calendar], computed once. The list is not to be changed.
func (v *View) Calendar(agreement string) []judge.Deadline {
	all := v.calendar()
	if agreement == "" {
		return all
	}
	var list []judge.Deadline
	for _, d := range all {
		if d.Agreement == agreement {
			list = append(list, d)
		}
	}
	return list
}

// Courses is [judge.Bench.Courses], computed once. The list is not to be changed.
func (v *View) Courses(agreement string) []judge.Course {
	if list, ok := v.courses()[agreement]; ok {
		return list
	}
	return v.Bench.Courses(agreement)
}

// LastPublic is when the latest entry that the question sees became public, as that
// entry says it: where its record ends. A view known by an earlier moment ends there.
func (v *View) LastPublic() string {
	last := v.Case.World.From
	text := last.String()
	o := v.Order("")
	latest := v.ground.published(v.Bench)
	take := func(at int) {
		if it := v.Nth("", at); it.Published().Latest() > last {
			last, text = it.Published().Latest(), it.Public
			if text == "" {
				text = it.Happened
			}
		}
	}
	if o.Seen > 0 && latest[o.Seen-1] >= 0 {
		take(int(latest[o.Seen-1]))
	}
	for i := o.Dated; i < o.Total; i++ {
		if t := v.Nth("", i).Published(); !t.IsZero() && t.Latest() != moment.Future {
			take(i)
		}
	}
	if v.Question.KnownBy < last {
		return v.Question.KnownBy.String()
	}
	return text
}

// published gives for every entry of the timeline which one up to it became public last;
// -1: none is known to have.
func (g *ground) published(b *judge.Bench) []int32 {
	g.ends.Do(func() {
		best, until := int32(-1), moment.Past
		at := int32(0)
		for it := range everything(b).All("") {
			if t := it.Published(); !t.IsZero() && t.Latest() != moment.Future && t.Latest() > until {
				best, until = at, t.Latest()
			}
			g.latest = append(g.latest, best)
			at++
		}
	})
	return g.latest
}

// Busiest gives the days, of the case's clock, on which most entries certainly happened,
// most first; of equal ones the earlier.
func (v *View) Busiest(n int) []string {
	g := v.ground
	g.days.Do(func() {
		counts := map[string]int{}
		for it := range everything(v.Bench).All("") {
			if t := it.When(); !t.IsZero() && t.Latest() != moment.Future {
				if day := v.Day(t.Latest()); v.Day(t.Earliest()) == day {
					counts[day]++
				}
			}
		}
		g.busiest = slices.Sorted(maps.Keys(counts))
		slices.SortStableFunc(g.busiest, func(x, y string) int { return counts[y] - counts[x] })
		g.busiest = slices.Clip(g.busiest[:min(len(g.busiest), maxBusiest)])
	})
	return g.busiest[:min(n, len(g.busiest))]
}

const maxBusiest = 16

// DayCounts counts the entries by the day, of the case's clock, on which they certainly
// happened or else certainly became public, up to the question's moment.
func (v *View) DayCounts() map[string]int {
	return v.counts()
}

func (v *View) countDays() map[string]int {
	counts := map[string]int{}
	day, until, last := "", moment.Past, moment.Past
	for it := range v.All("") {
		t := it.When()
		if t.IsZero() || t.Latest() == moment.Future || v.dayOf(t) == "" {
			t = it.Published()
		}
		if t.IsZero() || t.Latest() == moment.Future || t.Latest() > v.Question.At {
			continue
		}
		if at := t.Earliest(); at < last || at >= until { // another day than that of the one before
			clock := v.Case.Zone.Clock(at)
			span := v.Case.Zone.Day(clock.Year, clock.Month, clock.Day)
			last, until, day = span.From, span.Until, clock.String()[:len("2006-01-02")]
		}
		if t.Latest() < until {
			counts[day]++
		}
	}
	return counts
}

// dayOf gives the day of a time that certainly lies within one, or "".
func (v *View) dayOf(t moment.Time) string {
	if t.Latest()-t.Earliest() > 25*3600 {
		return ""
	}
	day := v.Day(t.Earliest())
	if day != v.Day(t.Latest()) {
		return ""
	}
	return day
}

// Day writes an instant's day in the case's zone: "2025-03-12".
func (v *View) Day(i moment.Instant) string { return v.Case.Zone.Clock(i).String()[:len("2006-01-02")] }

// whens is what a ground knows of the days of its entries.
type whens struct {
	ends, days sync.Once
	latest     []int32
	busiest    []string
}
