package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"github.com/truceline/truceline/judge"
)

// frontPage answers whether there is a ceasefire.
type frontPage struct {
	base
	Answer     [][]saidPart
	Chart      chart
	KeyDates   []keyDate
	Agreements []agreementCard
	Later      []laterRow   // agreements known only later than the moment asked about
	Report     template.URL // of the day
	ReportDay  string
	Due        []dueRow
	Recent     []itemGroup
	Planned    []itemRow
	Contacts   []contactRow
	Promises   []promiseRow
	Incidents  []incidentRow
	Earlier    int // incidents of the term that the table leaves out
	Tallies    []itemRow
	Claims     []itemRow
	Withheld   []itemRow
}

// keyDate is a day on which some reading's state changed.
type keyDate struct {
	Day string
	URL template.URL
	Now bool
}

// laterRow is an agreement that is not answered for yet.
type laterRow struct {
	Title string
	URL   template.URL
}

// entryRef links to an entry.
type entryRef struct {
	Ref string
	URL template.URL
}

// itemRow is an entry as lists show it.
type itemRow struct {
	b base
	entryRef
	Kind, When, Who, Summary, Lang string
	Relation                       string // how it is joined with the entry of the page
	Published                      string // said instead of When where no time of happening is known
	Unattributed, Withheld         bool
	Perhaps, Retracted             bool
}

// itemGroup is the entries of one kind.
type itemGroup struct {
	Kind  string
	Count int
	Items []itemRow // at most maxItems
	More  []itemRow // the rest, folded
}

// dueRow is a day that an agreement sets, still to come.
type dueRow struct {
	When, What, Agreement, Whose string
	URL                          template.URL
	Entries                      []entryRef
}

// maxDue bounds the days that the front page lists.
const maxDue = 8

type contactRow struct {
	entryRef
	When, Sentence, Lang string
	Gaps                 [][]saidPart
	Also                 []entryRef
}

type promiseRow struct {
	Sentence string
	Entries  []entryRef
	Kept     []entryRef
}

// incidentRow is one report with its three axes, which are never merged.
type incidentRow struct {
	itemRow
	Occurrence  string
	Attribution string
	Claims      []string
	Rulings     []rulingCell
}

type rulingCell struct {
	Agreement string
	Overall   string
	Code      string
	Readings  []readingCell // empty where all readings agree
}

type readingCell struct{ By, Classification string }

// maxItems is how many entries of a kind the front page shows unfolded.
const maxItems = 8

// maxContacts is how many contacts it lists, the latest ones.
const maxContacts = 5

// maxIncidents bounds the table of the front page.
const maxIncidents = 12

func (s *site) front(_ *http.Request, b base) (string, any, error) {
	status := b.bench.Status()
	answer := s.speaker.Answer(b.Lang, status)
	p := &frontPage{base: b, Answer: s.answered(b, answer, status.Agreements)}
	p.Title = b.T("front.title")
	if len(answer) > 0 {
		p.Description = answer[0]
	}
	var begun []judge.AgreementStatus
	for _, a := range status.Agreements {
		if a.Upcoming {
			p.Later = append(p.Later, laterRow{Title: s.speaker.Agreement(b.Lang, a.ID), URL: b.Link("/agreements/" + a.ID)})
			continue
		}
		begun = append(begun, a)
		p.Agreements = append(p.Agreements, s.agreementCard(b, a))
	}
	p.Chart = s.chart(b, begun)
	p.KeyDates = s.keyDates(b)
	day := s.day(b.bench.Question.At)
	p.Report, p.ReportDay = b.Link("/reports/"+day), s.speaker.Time(b.Lang, day)
	s.fillDue(p)
	s.fillItems(p)
	s.fillContacts(p)
	s.fillIncidents(p)
	return "front", p, nil
}

// keyDates lists the days on which some reading's state changes, and the two on
// which most was said, as far as the record tells that the question sees: a view
// known by a date names no day after it.
func (s *site) keyDates(b base) []keyDate {
	q := b.bench.Question
	q.At = min(s.c.World.Until-1, q.KnownBy)
	whole := s.views.Of(q)
	days := map[string]bool{}
	for _, id := range whole.Agreements() {
		for _, course := range whole.Courses(id) {
			for _, st := range course.Stretches {
				days[s.day(st.From)] = true
			}
		}
	}
	for _, d := range whole.Busiest(2) {
		days[d] = true
	}
	keep := url.Values{}
	if b.Ask.KnownBy != "" {
		keep.Set("known_by", b.Ask.KnownBy)
	}
	if b.Ask.AsOf != "" {
		keep.Set("as_of", b.Ask.AsOf)
	}
	list := make([]keyDate, 0, len(days))
	for _, d := range keys(days) {
		keep.Set("at", d)
		list = append(list, keyDate{
			Day: s.speaker.Time(b.Lang, d), Now: d == b.Ask.Day,
			URL: template.URL("/" + b.Lang + "/?" + keep.Encode()), //nolint:gosec // encoded by net/url
		})
	}
	return list
}

func keys[K ~string, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
