package web

import (
	"fmt"
	"slices"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// chart is the drawn timeline: a row an agreement and reading, a bar a stretch.
// Measures are in units of the drawing, whose width is chartWidth.
type chart struct {
	Width, Height int
	Rows          []chartRow
	Ticks         []chartTick
	NowX          int
	NowLabel      string
	Title         string
}

type chartRow struct {
	Y           int // top of the row
	Group       string
	NewGroup    bool
	By          string
	Bars        []chartBar
	Description string // the same in words
	Stretches   []stretchRow
}

// chartBar is one stretch: its look tells its state by pattern, never by colour alone.
type chartBar struct {
	X, Y, Width, Height int
	Look                string // "none", "open", "solid", "soft", "crossed", "over"
	Label               string
	LabelFits           bool
}

type chartTick struct {
	X     int
	Label string
	Major bool
}

type stretchRow struct{ From, Until, State string }

const (
	chartWidth = 960
	chartLeft  = 0
	rowHeight  = 44
	groupSpace = 20
	barHeight  = 16
)

// chart draws the courses up to the question's moment. What came later is not drawn.
func (s *site) chart(b base) chart {
	c := chart{Width: chartWidth, Title: b.T("chart.title")}
	from, until := s.chartBounds(b)
	if from >= until {
		return c
	}
	x := func(i moment.Instant) int {
		i = min(max(i, from), until)
		return chartLeft + int(float64(i-from)/float64(until-from)*float64(chartWidth-chartLeft))
	}
	y := 26
	for _, id := range b.bench.Agreements() {
		group := s.speaker.Agreement(b.Lang, id)
		courses := b.bench.Courses(id)
		byHolder := map[string]judge.Course{}
		for _, course := range courses {
			byHolder[course.By] = course
		}
		y += groupSpace
		for i, by := range s.orderReaders(b.Lang, keys(byHolder)) {
			row := s.chartRow(b, byHolder[by], y, x)
			row.Group, row.NewGroup, row.By = group, i == 0, s.reader(b, by)
			c.Rows = append(c.Rows, row)
			y += rowHeight
		}
		y += 6
	}
	c.Height = y + 4
	c.Ticks = s.ticks(b, from, until, x)
	c.NowX, c.NowLabel = x(b.bench.Question.At), s.speaker.Time(b.Lang, s.day(b.bench.Question.At))
	return c
}

// chartBounds are from some days before the first change to some days after the
// question's moment.
func (s *site) chartBounds(b base) (from, until moment.Instant) {
	from = moment.Future
	for _, id := range b.bench.Agreements() {
		for _, c := range b.bench.Courses(id) {
			for _, st := range c.Stretches {
				from = min(from, st.From)
			}
		}
	}
	at := b.bench.Question.At
	if from == moment.Future {
		return 0, 0
	}
	span := max(at-from, 7*86400)
	return from - span/20, max(at, from+7*86400) + span/20
}

func (s *site) chartRow(b base, c judge.Course, y int, x func(moment.Instant) int) chartRow {
	row := chartRow{Y: y}
	if len(c.Stretches) == 0 {
		row.Description = b.T("chart.no-text")
		return row
	}
	for _, st := range c.Stretches {
		bar := chartBar{X: x(st.From), Y: y + 20, Width: max(x(st.Until)-x(st.From), 2), Height: barHeight, Look: look(st.State), Label: s.speaker.State(b.Lang, string(st.State))}
		bar.LabelFits = bar.Width > 14*len([]rune(bar.Label))
		row.Bars = append(row.Bars, bar)
		state := bar.Label
		for i, p := range st.Possible {
			if i == 0 {
				state += b.T("list.colon")
			} else {
				state += b.T("list.comma")
			}
			state += s.speaker.State(b.Lang, string(p))
		}
		row.Stretches = append(row.Stretches, stretchRow{From: s.speaker.Time(b.Lang, st.From.String()), Until: s.speaker.Time(b.Lang, st.Until.String()), State: state})
	}
	last := row.Stretches[len(row.Stretches)-1]
	row.Description = b.T("chart.since", "state", last.State, "from", last.From)
	return row
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

// ticks are the first days of months, or single days where the drawing is short.
func (s *site) ticks(b base, from, until moment.Instant, x func(moment.Instant) int) []chartTick {
	var list []chartTick
	step := moment.Instant(86400)
	days := int((until - from) / step)
	every := 1 + days/9
	z := s.c.Zone
	clock := z.Clock(from)
	n := 0
	for i := from; i < until; i += step {
		c := z.Clock(i)
		if c.Day == clock.Day && c.Month == clock.Month {
			continue
		}
		clock = c
		n++
		if n%every != 0 {
			continue
		}
		midnight := z.Day(c.Year, c.Month, c.Day).From
		if midnight < from || x(midnight) > chartWidth-70 {
			continue
		}
		list = append(list, chartTick{X: x(midnight), Label: s.speaker.Time(b.Lang, fmt.Sprintf("%04d-%02d-%02d", c.Year, c.Month, c.Day))})
	}
	return slices.Clip(list)
}
