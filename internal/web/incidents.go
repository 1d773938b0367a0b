package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// incidentsPage lists the reported incidents, newest first, narrowed by what its
// address names.
type incidentsPage struct {
	base
	Filters filterForm
	Found   string // how many, in a sentence
	Days    []incidentDay
	Chart   bars
	leaf
}

// incidentDay is the incidents that began on one day, or of no stated day.
type incidentDay struct {
	Day  string
	Rows []incidentRow
}

// maxFilter bounds the words that are searched for, in bytes.
const maxFilter = 200

func (s *site) incidents(r *http.Request, b base) (string, any, error) {
	p := &incidentsPage{base: b}
	p.Title, p.Description = b.T("incidents.title"), b.T("incidents.note")
	f, err := s.filter(r, b, &p.Filters)
	if err != nil {
		return "", nil, err
	}
	found := b.bench.Incidents(f)
	list := found.Rows
	var from, until int
	if p.leaf, from, until, err = turn(r, len(list)); err != nil {
		return "", nil, err
	}
	var room []judge.Ruling
	for _, i := range list[from:until] {
		it := b.bench.Nth(record.KindReport, i)
		day := s.dayOf(b, it)
		if n := len(p.Days); n == 0 || p.Days[n-1].Day != day {
			p.Days = append(p.Days, incidentDay{Day: day})
		}
		last := &p.Days[len(p.Days)-1]
		room = b.bench.Sketch(b.bench.IncidentOf(it), room)
		last.Rows = append(last.Rows, s.incidentRow(b, it, room))
	}
	p.Found = b.T("incidents.found", "n", strconv.Itoa(p.Total))
	p.Chart = s.incidentChart(r, b, found)
	return "incidents", p, nil
}

// filter reads what the list is narrowed to, and fills in the form. An unknown value is
// an askedError.
func (s *site) filter(r *http.Request, b base, form *filterForm) (view.Filter, error) {
	q := r.URL.Query()
	f := view.Filter{Words: strings.TrimSpace(q.Get("q"))}
	form.Q, form.From, form.To = f.Words, q.Get("from"), q.Get("to")
	if len(f.Words) > maxFilter || !utf8.ValidString(f.Words) {
		return f, &askedError{fmt.Sprintf("q: > %d B", maxFilter)}
	}
	var err error
	if f.From, f.Until, err = s.days(form.From, form.To); err != nil {
		return f, err
	}
	c := chooser{b: b, form: form, query: q}
	tax := agreement.Taxonomies()
	party := func(code string) string { return s.speaker.Party(b.Lang, code) }
	parties := s.speaker.SortParties(b.Lang, b.bench.Parties())
	f.Actor = c.choose("actor", "filter.actor", parties, party)
	f.Voice = c.choose("by", "filter.by", parties, party)
	f.Act = c.choose("act", "filter.act", b.bench.Acts(), func(v string) string { return tax.Acts.Name(v, b.Lang) })
	f.Area = c.choose("area", "filter.area", s.areas(b), func(id string) string { return s.speaker.Area(b.Lang, id) })
	if f.Area != "" {
		f.Shown = s.shownAt()
	}
	f.Agreement = c.choose("agreement", "filter.agreement", b.bench.Agreements(), func(id string) string { return s.speaker.Agreement(b.Lang, id) })
	if f.Agreement != "" && c.unknown == nil {
		readings, clauses := s.rulesOf(b, f.Agreement)
		f.Reading = c.choose("reading", "table.reading", readings, func(by string) string { return s.reader(b, by) })
		f.Clause = c.choose("clause", "filter.clause", clauses, func(v string) string { return v })
	}
	classes := []string{}
	for _, c := range append(slices.Clone(view.Classes), judge.DependsOnReading) {
		classes = append(classes, string(c))
	}
	f.Class = judge.Classification(c.choose("class", "filter.class", classes, func(v string) string { return s.speaker.Classification(b.Lang, v) }))
	form.finish(r)
	return f, c.unknown
}

// rulesOf lists the readings of an agreement and the clauses under which incidents are
// judged, in the order of the page.
func (s *site) rulesOf(b base, id string) (readings, clauses []string) {
	for _, col := range b.bench.Columns() {
		if col.Agreement != id {
			continue
		}
		if !slices.Contains(readings, col.Reading) {
			readings = append(readings, col.Reading)
		}
		if !slices.Contains(clauses, col.Clause) {
			clauses = append(clauses, col.Clause)
		}
	}
	return s.orderReaders(b.Lang, readings), clauses
}

// areas lists the known areas by their names in the page's language.
func (s *site) areas(b base) []string {
	var list []string
	for id, a := range s.c.Areas {
		if a.Entry <= b.bench.Status().AsOf {
			list = append(list, id)
		}
	}
	slices.SortFunc(list, func(x, y string) int {
		return strings.Compare(s.speaker.Area(b.Lang, x)+"\x00"+x, s.speaker.Area(b.Lang, y)+"\x00"+y)
	})
	return list
}

// incidentChart counts the incidents of a list by the day on which they began.
func (s *site) incidentChart(r *http.Request, b base, list *view.List) bars {
	days, counts := list.ByDay()
	if len(days) < 2 {
		return bars{}
	}
	labels := make([]string, len(days))
	for i, d := range days {
		labels[i] = s.speaker.Time(b.Lang, d)
	}
	every := 1 + len(days)/6
	c := newBars(b.T("incidents.per-day"), b.T("incidents.unit"), b.T("incidents.chart-note"), [2]string{b.T("incidents.day"), b.T("incidents.unit")},
		labels, counts, func(n int) string { return s.number(b.Lang, n) }, func(i int) bool { return i%every == 0 })
	c.AsTable = b.T("chart.as-table")
	for i := range c.Bars {
		q := url.Values{}
		for name, v := range r.URL.Query() {
			if name != "page" {
				q[name] = v
			}
		}
		q.Set("from", days[i])
		q.Set("to", days[i])
		c.Bars[i].URL = "?" + q.Encode()
	}
	return c
}
