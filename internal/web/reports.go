package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/report"
)

// reportsPage lists the days of which there is a report, newest first.
type reportsPage struct {
	base
	Days []reportDay
	More template.URL // earlier days
}

type reportDay struct {
	Day     string
	URL     template.URL
	Entries string // how many entries tell of it

	Published []publishedReport
}

// publishedReport is a report to whose bytes an entry commits (spec/record.md §8).
type publishedReport struct {
	Lang, Language string // its language, and what that is called in itself
	Ref            string // of the entry, on whose page the proof stands
	URL            template.URL
	Position       string // of the record, from which it was made
	Until          string // its cut-off
}

// reportPage is the report of one day, in the site's frame.
type reportPage struct {
	base
	Body       template.HTML
	Forms      []formLink
	Prev, Next reportDay
	Command    string       // that makes it again
	All        template.URL // the list of the day's incidents; "" in files
	Published  []publishedReport
}

type formLink struct {
	Name string
	URL  template.URL
}

// siteForms are the forms that the site serves, by the ending of the address.
var siteForms = []struct{ ending, form, contentType string }{
	{"html", report.FormHTML, "text/html; charset=utf-8"},
	{"pdf", "pdf", "application/pdf"},
	{"docx", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{"txt", report.FormText, "text/plain; charset=utf-8"},
	{"csv", report.FormCSV, "text/csv; charset=utf-8"},
	{"geojson", report.FormGeoJSON, "application/geo+json"},
}

// maxReportDays bounds one page of the list of reports.
const maxReportDays = 120

// reports lists the days on which something happened or became public.
func (s *site) reports(r *http.Request, b base) (string, any, error) {
	p := &reportsPage{base: b}
	p.Title = b.T("reports.title")
	last := s.day(b.bench.Question.At)
	if before := r.URL.Query().Get("before"); before != "" {
		t, err := moment.Parse(before, s.c.Zone)
		if err != nil || t.Unbounded() {
			return "", nil, &askedError{"before=" + before + ": 2025-03-12"}
		}
		last = s.day(t.Earliest() - 1)
	}
	counts := b.bench.DayCounts()
	days := keys(counts)
	slices.Reverse(days)
	days = slices.DeleteFunc(days, func(d string) bool { return d > last })
	for i, d := range days {
		if i == maxReportDays {
			q := question(r)
			q.Set("before", p.daysLast())
			p.More = withQuery(template.URL("/"+b.Lang+"/reports"), q) //nolint:gosec // a known language
			break
		}
		p.Days = append(p.Days, reportDay{Day: d, URL: b.Link("/reports/" + d), Entries: s.number(b.Lang, counts[d])})
	}
	for i := range p.Days {
		p.Days[i].Published = s.publishedOn(b, days[i])
		p.Days[i].Day = s.speaker.Time(b.Lang, days[i])
	}
	return "reports", p, nil
}

// publishedReports sorts the entries that publish reports by the day of their cut-off.
func publishedReports(c *casefile.Case) map[string][]*casefile.Entry {
	byDay := map[string][]*casefile.Entry{}
	for i := range c.Entries {
		e := &c.Entries[i]
		b, ok := e.Envelope.Entry.Body.(*record.Publication)
		if !ok || b.What != "report" {
			continue
		}
		if t, err := moment.Parse(e.Envelope.Entry.Happened, c.Zone); err == nil && !t.IsZero() && !t.Unbounded() {
			day := c.Zone.Clock(t.Latest()).String()[:len("2006-01-02")]
			byDay[day] = append(byDay[day], e)
		}
	}
	return byDay
}

// publishedOn lists the reports of a day that were published by the view's position.
func (s *site) publishedOn(b base, day string) []publishedReport {
	var list []publishedReport
	for _, e := range s.published[day] {
		if asOf := b.bench.Question.AsOf; asOf > 0 && e.Position > asOf {
			break
		}
		body := e.Envelope.Entry.Body.(*record.Publication) //nolint:forcetypeassert // sorted by it
		p := publishedReport{
			Lang: body.Lang, Language: body.Lang, Ref: string(e.Envelope.Entry.Ref), URL: b.Entry(e.Envelope.Entry.Ref),
			Position: s.number(b.Lang, body.Position), Until: s.speaker.When(b.Lang, e.Envelope.Entry.Happened, s.c.Zone.Name()),
		}
		if slices.Contains(explain.Languages(), body.Lang) {
			p.Language = s.messages.Say(body.Lang, "language.name", nil, s.speaker)
		}
		list = append(list, p)
	}
	return list
}

func (p *reportsPage) daysLast() string { return p.Days[len(p.Days)-1].Day }

// dayOptions are what a day's report is made from as the question sees the record: a view
// known by an earlier moment ends there.
func (s *site) dayOptions(v *view.View, day string) (report.Options, dailyKey, error) {
	o := report.Options{Day: day, Position: v.Question.AsOf, Address: s.options.Address, Bench: func(q judge.Question) *judge.Bench { return s.views.Of(q).Bench }}
	if o.Position == 0 {
		o.Position = len(s.c.Entries)
	}
	o.Root = s.root(o.Position)
	t, err := moment.Parse(day, s.c.Zone)
	if err != nil || t.Unbounded() {
		return o, dailyKey{}, errNotFound
	}
	end := min(v.Question.At, v.Question.KnownBy)
	if now := s.shownAt(); now != 0 {
		end = min(end, now) // no later cut-off opens a place earlier
	}
	if t.Earliest() > end {
		return o, dailyKey{}, errNotFound // nothing is known of it yet
	}
	if t.Latest() > end {
		o.Until = end.String()
	}
	return o, dailyKey{day: day, until: o.Until, position: o.Position}, nil
}

// figures makes the figures of a day's report, with every report of the day: files need
// them. They are the same in every language and form.
func (s *site) figures(v *view.View, day string) (*report.Figures, error) {
	o, key, err := s.dayOptions(v, day)
	if err != nil {
		return nil, err
	}
	return found(s.daily.Get(key, func() *report.Figures { return s.made(o) }))
}

// toldFigures makes those of a page, which tells fewer reports one by one.
func (s *site) toldFigures(v *view.View, day string) (*report.Figures, error) {
	o, key, err := s.dayOptions(v, day)
	if err != nil {
		return nil, err
	}
	return found(s.toldDays.Get(key, func() *report.Figures {
		o.Most = maxTold
		if o.Digest = s.digests.Get(key, func() *report.Digest { return s.digest(o) }); o.Digest == nil {
			return nil
		}
		return s.made(o)
	}))
}

func (s *site) made(o report.Options) *report.Figures {
	f, err := report.Make(s.c, o)
	if err != nil {
		return nil
	}
	return f
}

// digest counts a day for its page.
func (s *site) digest(o report.Options) *report.Digest {
	o.Most = maxTold
	if f := s.made(o); f != nil {
		return f.Digest()
	}
	return nil
}

func found(f *report.Figures) (*report.Figures, error) {
	if f == nil {
		return nil, errNotFound
	}
	return f, nil
}

// dailyKey is what a site's figures of a day follow from.
type dailyKey struct {
	day, until string
	position   int
}

// Bounds of what is kept, in days: figures hold every report of theirs, digests some
// kilobytes.
const (
	maxDaily   = 8
	maxDigests = 4096
)

// maxTold bounds the entries of one list that a day's page tells one by one. Its files
// tell more, and the list of incidents has all.
const maxTold = 40

// root gives the root of the record's tree at a position, where the record has one.
func (s *site) root(position int) string {
	if s.options.Root == nil {
		return ""
	}
	return s.options.Root(position)
}

func (s *site) report(r *http.Request, b base) (string, any, error) {
	day, form, _ := strings.Cut(r.PathValue("day"), ".")
	if form != "" {
		return "", nil, errNotFound // the forms have a handler of their own
	}
	f, err := s.toldFigures(b.bench, day)
	if err != nil {
		return "", nil, err
	}
	d := s.writer.Document(f, b.Lang)
	d.Address = "" // links stay within the view that is shown
	for i := range d.Sections {
		d.Sections[i].Blocks = s.within(b, d.Sections[i].Blocks)
	}
	body, err := s.templates[templateOfReports].Execute("body", &report.Page{Document: d})
	if err != nil {
		return "", nil, err
	}
	p := &reportPage{base: b, Body: template.HTML(body)} //nolint:gosec // set by html/template
	p.Title = d.Title
	p.OwnDay, p.Foot.At = true, s.speaker.Time(b.Lang, day)
	for _, x := range siteForms {
		if s.has(x.form) {
			p.Forms = append(p.Forms, formLink{Name: strings.ToUpper(x.ending), URL: b.Link("/reports/" + day + "." + x.ending)})
		}
	}
	if !b.Static {
		p.All = withQuery(b.Link("/incidents"), url.Values{"from": {day}, "to": {day}})
	}
	p.Published = s.publishedOn(b, day)
	where := s.options.Address
	if where == "" {
		where = s.c.ID
	}
	p.Command = fmt.Sprintf("truceline verify --report %s-%s-%s.html %s", s.c.ID, day, b.Lang, where)
	days := keys(b.bench.DayCounts())
	if i, found := slices.BinarySearch(days, day); i > 0 {
		p.Prev = reportDay{Day: s.speaker.Time(b.Lang, days[i-1]), URL: b.Link("/reports/" + days[i-1])}
		if found {
			i++
		}
		if i < len(days) && days[i] <= s.day(b.bench.Question.At) {
			p.Next = reportDay{Day: s.speaker.Time(b.Lang, days[i]), URL: b.Link("/reports/" + days[i])}
		}
	}
	return "report", p, nil
}

// within makes links of a report lead to the pages of the view that is shown.
func (s *site) within(b base, blocks []report.Block) []report.Block {
	runs := func(list []report.Run) {
		for i := range list {
			if l := list[i].Link; l != "" && !strings.Contains(l, ":") {
				list[i].Link = string(b.Link("/" + l))
			}
		}
	}
	for _, block := range blocks {
		switch x := block.(type) {
		case report.Paragraph:
			runs(x.Runs)
		case report.List:
			for _, item := range x.Items {
				runs(item)
			}
		case report.Table:
			for _, row := range x.Rows {
				for _, c := range row.Cells {
					runs(c)
				}
			}
		}
	}
	return blocks
}

// has tells whether the program writes a form.
func (s *site) has(form string) bool {
	switch form {
	case "pdf", "docx":
		return s.options.Renders[form] != nil
	}
	return true
}

// reportFile serves a day's report in one of its forms: the bytes that the command line
// writes for the same inputs.
func (s *site) reportFile(w http.ResponseWriter, r *http.Request) {
	lang := r.PathValue("lang")
	day, ending, _ := strings.Cut(r.PathValue("day"), ".")
	if !slices.Contains(explain.Languages(), lang) {
		s.problem(w, r, http.StatusNotFound, "problem.not-found", "")
		return
	}
	s.kept(w, r, func(v *view.View) (*sheet, error) {
		for _, x := range siteForms {
			if x.ending != ending || !s.has(x.form) {
				continue
			}
			f, err := s.figures(v, day)
			if err != nil {
				return nil, err
			}
			data, err := s.writer.Form(f, lang, x.form, s.options.Renders)
			if err != nil {
				return nil, err
			}
			p := newSheet(x.contentType, lang, data)
			p.name = fmt.Sprintf("%s-%s-%s.%s", s.c.ID, day, lang, ending)
			if x.form == report.FormHTML { // its style stands inline; nothing else is allowed
				p.policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
			}
			return p, nil
		}
		return nil, errNotFound
	})
}
