// Package release owns what the public is shown of where reports say things happened
// (spec/case.md, "Release of places"). Whatever draws or writes a place for the public
// asks here. It changes nothing of what is judged or counted.
package release

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Terms are how closely and how soon places are shown.
type Terms struct {
	Level casefile.Release
	Delay int64 // seconds
}

// TermsOf gives the terms of a case.
func TermsOf(c *casefile.Case) Terms { return Terms{c.Release, c.Delay} }

// String writes terms as a report's line of inputs names them: "area 72h"; "" where all is
// shown at once as it was told.
func (t Terms) String() string {
	if t.Whole() {
		return ""
	}
	return string(t.Level) + " " + strconv.FormatInt(t.Delay/hour, 10) + "h"
}

const hour = 3600

// ParseTerms reads what [Terms.String] writes.
func ParseTerms(text string) (Terms, error) {
	if text == "" {
		return Terms{Level: casefile.ReleaseFull}, nil
	}
	level, hours, _ := strings.Cut(text, " ")
	n, err := strconv.ParseInt(strings.TrimSuffix(hours, "h"), 10, 32)
	t := Terms{casefile.Release(level), n * hour}
	if err != nil || n < 0 || t.Level != casefile.ReleaseArea && t.Level != casefile.ReleaseFull || t.String() != text {
		return Terms{}, fmt.Errorf("the release of places %q cannot be read: it is like \"area 72h\"", text)
	}
	return t, nil
}

// Whole tells that every place is shown as it was told, at any time.
func (t Terms) Whole() bool { return !t.Coarse() && !t.Delayed() }

// Coarse tells that places are shown by area.
func (t Terms) Coarse() bool { return t.Level != casefile.ReleaseFull }

// Delayed tells that places are held for a time.
func (t Terms) Delayed() bool { return t.Delay > 0 }

// Rule is the rule of one case. It may be used from several goroutines.
type Rule struct {
	Terms
	c     *casefile.Case
	index func() *place.Index // of the case's areas
	meets sync.Map            // of pairs of areas: truth.Value, since outlines are long
}

// New makes the rule of a case by the terms that it states itself.
func New(c *casefile.Case) *Rule { return NewBy(c, TermsOf(c)) }

// NewBy makes the rule of a case by other terms.
func NewBy(c *casefile.Case, t Terms) *Rule {
	return &Rule{Terms: t, c: c, index: sync.OnceValue(func() *place.Index {
		var areas []*place.Area
		for _, a := range c.Areas {
			areas = append(areas, a.Area)
		}
		slices.SortFunc(areas, byID)
		return place.NewIndex(areas...)
	})}
}

func byID(x, y *place.Area) int { return strings.Compare(x.ID, y.ID) }

// Shown is a place as the public may see it.
type Shown struct {
	Told  *record.Place  // what may be written of it; nil: nothing
	Where place.Place    // the same on the ground; unknown where none is drawn
	Whole bool           // all that the report tells of places is shown
	Held  bool           // the report tells a place and nothing of it is shown
	Until moment.Instant // where it is held for a time only: it is shown from then on
}

// Waits tells that the place is held for a time only.
func (s Shown) Waits() bool { return s.Held && s.Until != 0 }

// Opens is the moment from which something of a report's place may be shown: the delay
// after the last moment at which it may have happened, or after it was recorded, whichever
// is earlier; [moment.Future] where neither is known.
func (r *Rule) Opens(it judge.Item) moment.Instant {
	if !r.Delayed() {
		return moment.Past
	}
	from := moment.Future
	if t := it.When(); !t.IsZero() {
		from = t.Latest()
	}
	if i := it.Position - 1; i >= 0 && i < len(r.c.Entries) && r.c.Entries[i].Recorded != "" {
		if t, err := moment.Parse(r.c.Entries[i].Recorded, moment.UTC()); err == nil {
			from = min(from, t.Latest())
		}
	}
	return from.Add(r.Delay)
}

// Of gives the place of a report as the public may see it at a moment, by the areas that
// a bench knows.
func (r *Rule) Of(b *judge.Bench, it judge.Item, in judge.Incident, at moment.Instant) Shown {
	told := in.Report.Place
	opens := r.Opens(it)
	switch {
	case at >= opens && !r.Coarse():
		return Shown{Told: told, Where: in.Where, Whole: true}
	case told == nil:
		return Shown{}
	case at < opens:
		return Shown{Held: true, Until: opens}
	}
	areas := r.areas(b, told, in.Where)
	if len(areas) == 0 {
		return Shown{Held: true}
	}
	s := Shown{Told: &record.Place{}, Where: place.Within(areas...)}
	for _, a := range areas {
		s.Told.Within = append(s.Told.Within, a.ID)
	}
	return s
}

// areas are those by which a place is told: the smallest that certainly holds it, or all
// that may; where it is told by areas, those. They are sorted by id. None: the bench knows
// no area that has to do with it.
func (r *Rule) areas(b *judge.Bench, told *record.Place, where place.Place) []*place.Area {
	var list []*place.Area
	switch {
	case where.Sort() == place.SortUnknown:
	case len(told.Within) > 0:
		for _, id := range told.Within {
			list = append(list, r.c.Areas[id].Area) // known, or the place were unknown
		}
	default:
		var sure *place.Area
		for _, a := range r.index().Candidates(nil, where) {
			if !r.known(b, a.ID) {
				continue
			}
			switch where.In(a) {
			case truth.Yes:
				if sure == nil || a.Size() < sure.Size() || a.Size() == sure.Size() && a.ID < sure.ID {
					sure = a
				}
			case truth.Maybe:
				list = append(list, a)
			}
		}
		if sure != nil {
			return []*place.Area{sure}
		}
	}
	slices.SortFunc(list, byID)
	return slices.Compact(list)
}

// known tells whether a bench sees the entry of an area, and it was not taken back.
func (r *Rule) known(b *judge.Bench, id string) bool {
	a := r.c.Areas[id]
	if a == nil || a.Entry < 1 || a.Entry > len(r.c.Entries) {
		return false
	}
	it, ok := b.Item(r.c.Entries[a.Entry-1].Entry.Ref)
	return ok && !it.Retracted
}

// In tells whether what is shown of a place lies in an area of the case; no where nothing
// is shown.
func (r *Rule) In(s Shown, a *place.Area) truth.Value {
	switch {
	case s.Told == nil || s.Where.Sort() == place.SortUnknown:
		return truth.No
	case len(s.Told.Within) == 0 || len(s.Told.Within) > 8:
		return s.Where.In(a)
	}
	key := strings.Join(s.Told.Within, "\x00") + "\x00\x00" + a.ID
	if v, ok := r.meets.Load(key); ok {
		return v.(truth.Value) //nolint:forcetypeassert // nothing else is stored
	}
	v := s.Where.In(a)
	r.meets.Store(key, v)
	return v
}

// Entry gives an entry as the public may see it written out, with [Rule.Body].
func (r *Rule) Entry(e record.Entry, shown Shown) record.Entry {
	if b, ok := r.Body(e.Body, shown).(record.Body); ok {
		e.Body = b
	}
	return e
}

// Body gives what an entry tells as the public may see it: a report without what tells its
// place more closely than shown, a correction of one without any place.
func (r *Rule) Body(body any, shown Shown) any {
	if r.Whole() || shown.Whole {
		return body
	}
	switch b := body.(type) {
	case *record.Report:
		open := *b
		open.Place, open.Origin, open.Near = shown.Told, nil, nil
		return &open
	case *record.Correction:
		open := *b
		open.Entry = r.Entry(b.Entry, Shown{})
		return &open
	}
	return body
}

// Rulings gives the rulings on a report without the distances among their reasons, and
// with no closer place than what is shown.
func (r *Rule) Rulings(list []judge.Ruling, shown Shown) []judge.Ruling {
	if r.Whole() || shown.Whole {
		return list
	}
	list = slices.Clone(list)
	for i := range list {
		list[i].Reasons = slices.Clone(list[i].Reasons)
		for j := range list[i].Reasons {
			list[i].Reasons[j] = step(list[i].Reasons[j], shown)
		}
	}
	return list
}

// step is a reason without what it tells of a place beyond areas.
func step(s judge.Step, shown Shown) judge.Step {
	s.Args = plain(s.Args, shown)
	s.Settle = slices.Clone(s.Settle)
	for i, g := range s.Settle {
		if g.Code == "gap.place-within" {
			g.Code = "gap.place-in-area"
		}
		g.Args = plain(g.Args, shown)
		s.Settle[i] = g
	}
	return s
}

// plain is arguments without distances; the areas to which a place is known are those
// that are shown.
func plain(args truth.Args, shown Shown) truth.Args {
	out := truth.Args{}
	for name, value := range args {
		switch name {
		case "radius", "distance":
		case "known":
			if shown.Told != nil {
				out[name] = strings.Join(shown.Told.Within, ",")
			}
		default:
			out[name] = value
		}
	}
	return out
}
