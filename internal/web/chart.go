package web

import (
	"slices"
	"strconv"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// chart is the drawn course of the agreements: a group an agreement, a row a
// reading, a bar a stretch. Measures across are shares of the drawing's width, so
// that it fits a phone and a desk without its words being scaled.
type chart struct {
	Groups []chartGroup
	Ticks  []chartTick
	Now    share
	At     string // the moment asked about, in words
	Legend []legendRow
}

// share is a part of the drawing's width, in thousandths.
type share int

// String writes the share as SVG takes it: "12.5%".
func (s share) String() string {
	return strconv.Itoa(int(s)/10) + "." + strconv.Itoa(int(s)%10) + "%"
}

type chartGroup struct {
	Name   string
	NoText bool // the sides have no common text, so none is drawn
	Rows   []chartRow
}

type chartRow struct {
	By          string
	Bars        []chartBar
	Description string // the row in one sentence
	Stretches   []stretchRow
}

// chartBar is one stretch. Its look tells its state by pattern, never by colour alone.
type chartBar struct {
	X, Width share
	Look     string // "none", "open", "solid", "soft", "crossed" or "over"
	Name     string // what the bar means
	Label    string // empty where it does not fit even on a desk
	Wide     bool   // the label fits on a desk only
}

type chartTick struct {
	X     share
	Label string
	Wide  bool // left out on a phone
}

type stretchRow struct{ From, Until, State string }

type legendRow struct{ Look, Words string }

const (
	wholeWidth = 1000 // of a drawing, in shares
	deskWidth  = 880  // pixels that a drawing has at least on a desk
	plotWidth  = 520  // and beside its labels where a desk is narrow
	phoneWidth = 350  // and on a phone
	daySeconds = moment.Instant(24 * 3600)
)

// chart draws the courses up to the question's moment. What came later is not drawn.
func (s *site) chart(b base, list []judge.AgreementStatus) chart {
	from, until := s.chartBounds(b, list)
	c := chart{At: s.speaker.Time(b.Lang, b.bench.Status().At)}
	if from >= until {
		return c
	}
	x := func(i moment.Instant) share {
		return share(float64(min(max(i, from), until)-from) / float64(until-from) * wholeWidth)
	}
	looks := map[string]bool{}
	for _, a := range list {
		g := chartGroup{Name: s.speaker.Agreement(b.Lang, a.ID)}
		byReader := map[string]judge.Course{}
		for _, course := range b.bench.Courses(a.ID) {
			byReader[course.By] = course
		}
		for _, by := range s.orderReaders(b.Lang, keys(byReader)) {
			course := byReader[by]
			if by == judge.Text && len(course.Stretches) == 0 {
				g.NoText = true
				continue
			}
			row := s.chartRow(b, course, x)
			for _, bar := range row.Bars {
				looks[bar.Look] = true
			}
			g.Rows = append(g.Rows, row)
		}
		c.Groups = append(c.Groups, g)
	}
	for _, l := range []string{"solid", "open", "soft", "crossed", "over", "none"} {
		if looks[l] {
			c.Legend = append(c.Legend, legendRow{Look: l, Words: b.T("legend." + l)})
		}
	}
	c.Ticks = s.ticks(b, from, until, x)
	c.Now = x(b.bench.Question.At)
	return c
}

// chartBounds are from a little before the first change to a little after the
// question's moment, at least a week.
func (s *site) chartBounds(b base, list []judge.AgreementStatus) (from, until moment.Instant) {
	from = moment.Future
	for _, a := range list {
		for _, c := range b.bench.Courses(a.ID) {
			for _, st := range c.Stretches {
				from = min(from, st.From)
			}
		}
	}
	if from == moment.Future {
		return 0, 0
	}
	at := b.bench.Question.At
	span := max(at-from, 7*daySeconds)
	return from - span/30, max(at, from+7*daySeconds) + span/30
}

func (s *site) chartRow(b base, c judge.Course, x func(moment.Instant) share) chartRow {
	row := chartRow{By: s.reader(b, c.By)}
	if len(c.Stretches) == 0 {
		row.Description = s.speaker.State(b.Lang, string(judge.Draft))
		return row
	}
	for _, st := range c.Stretches {
		name := s.speaker.State(b.Lang, string(st.State))
		bar := chartBar{X: x(st.From), Width: max(x(st.Until)-x(st.From), 3), Look: look(st.State)}
		if need := labelWidth(name); int(bar.Width)*deskWidth/wholeWidth > need {
			bar.Label, bar.Wide = name, int(bar.Width)*phoneWidth/wholeWidth <= need
		}
		row.Bars = append(row.Bars, bar)
		for i, p := range st.Possible {
			if i == 0 {
				name += b.T("list.colon")
			} else {
				name += b.T("list.comma")
			}
			name += s.speaker.State(b.Lang, string(p))
		}
		row.Stretches = append(row.Stretches, stretchRow{From: s.speaker.Time(b.Lang, st.From.String()), Until: s.speaker.Time(b.Lang, st.Until.String()), State: name})
	}
	last := row.Stretches[len(row.Stretches)-1]
	row.Description = b.T("chart.since", "state", last.State, "from", last.From)
	return row
}

// labelWidth guesses the width of a label in pixels, generously: Chinese is set
// twice as wide as letters.
func labelWidth(text string) int {
	w := 16
	for _, r := range text {
		if wide(r) {
			w += 14
		} else {
			w += 8
		}
	}
	return w
}

// look is how a state is drawn.
func look(s judge.State) string {
	switch s {
	case judge.InForce:
		return "solid"
	case judge.Pending, judge.Tabled:
		return "open"
	case judge.Undetermined:
		return "soft"
	case judge.Suspended, judge.Rejected:
		return "crossed"
	case judge.Expired, judge.Terminated, judge.Superseded, judge.Lapsed:
		return "over"
	}
	return "none"
}

// ticks are at most eight days, or first days of months where the drawing is long. None
// runs into the next one, nor out of the drawing.
func (s *site) ticks(b base, from, until moment.Instant, x func(moment.Instant) share) []chartTick {
	var list []chartTick
	z := s.c.Zone
	days := int((until - from) / daySeconds)
	every := 1 + days/8
	months := days > 300
	if months {
		every = 1 + days/30/8
	}
	n := 0
	clock := z.Clock(from)
	for i := from; i < until; i += daySeconds {
		c := z.Clock(i)
		if c.Day == clock.Day && c.Month == clock.Month || months && c.Month == clock.Month {
			continue
		}
		clock = c
		n++
		if (n-1)%every != 0 {
			continue
		}
		var tick chartTick
		if months {
			tick.X = x(z.Day(c.Year, c.Month, 1).From)
			tick.Label = s.speaker.Time(b.Lang, s.day(z.Day(c.Year, c.Month, 1).From)[:len("2006-01")])
		} else {
			tick.X = x(z.Day(c.Year, c.Month, c.Day).From)
			tick.Label = b.T("tick."+strconv.Itoa(c.Month), "d", strconv.Itoa(c.Day))
		}
		list = append(list, tick)
	}
	return spaced(list)
}

// spaced keeps every so many ticks that no label runs into the next one, nor out of the
// drawing, and marks those for which a phone has no room.
func spaced(list []chartTick) []chartTick {
	list = everyFew(list, plotWidth)
	narrow := everyFew(list, phoneWidth)
	for i := range list {
		list[i].Wide = !slices.ContainsFunc(narrow, func(t chartTick) bool { return t.X == list[i].X })
	}
	return list
}

// everyFew takes the first of every so many ticks that their labels stand apart at a width.
func everyFew(list []chartTick, pixels int) []chartTick {
	for few := 1; few <= len(list); few++ {
		var kept []chartTick
		free, apart := 0, true
		for i := 0; i < len(list); i += few {
			at := int(list[i].X) * pixels / wholeWidth
			end := at + tickWidth(list[i].Label)
			if end > pixels {
				break
			}
			apart = apart && at >= free
			free = end
			kept = append(kept, list[i])
		}
		if apart {
			return kept
		}
	}
	return nil
}

// tickWidth guesses the width of a tick's label in pixels, generously.
func tickWidth(text string) int {
	w := 8
	for _, r := range text {
		if wide(r) {
			w += 12
		} else {
			w += 7
		}
	}
	return w
}
