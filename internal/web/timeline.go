package web

import (
	"net/http"
	"strconv"

	"github.com/truceline/truceline/record"
)

// timelinePage lists every entry that the question sees, a hundred a page.
type timelinePage struct {
	base
	Kinds      []kindLink
	Items      []itemRow
	First      int
	Last       int
	Total      int
	Next, Prev string // queries; empty where there is none
}

type kindLink struct {
	Name, Query string
	Current     bool
	Count       int
}

const perPage = 100

func (s *site) timeline(r *http.Request, b base) (string, any, error) {
	kind := r.URL.Query().Get("kind")
	page, err := pageNumber(r)
	if err != nil {
		return "", nil, err
	}
	counts := map[record.Kind]int{}
	for _, k := range b.bench.Kinds() {
		if n := b.bench.Count(k); n > 0 {
			counts[k] = n
		}
	}
	if kind != "" && counts[record.Kind(kind)] == 0 {
		return "", nil, errNotFound
	}
	p := &timelinePage{base: b}
	p.Title = b.T("timeline.title")
	link := func(kind string, page int) string {
		q := question(r)
		if kind != "" {
			q.Set("kind", kind)
		}
		if page > 1 {
			q.Set("page", strconv.Itoa(page))
		}
		return "?" + q.Encode()
	}
	p.Kinds = append(p.Kinds, kindLink{Name: b.T("timeline.all"), Query: link("", 1), Current: kind == "", Count: b.bench.Count("")})
	for _, k := range keys(counts) {
		p.Kinds = append(p.Kinds, kindLink{Name: s.speaker.Kind(b.Lang, string(k)), Query: link(string(k), 1), Current: kind == string(k), Count: counts[k]})
	}
	p.Total = b.bench.Count(record.Kind(kind))
	if page > 1 && (page-1)*perPage >= p.Total {
		return "", nil, errNotFound
	}
	from := (page - 1) * perPage
	to := min(from+perPage, p.Total)
	p.First, p.Last = from+1, to
	p.Description = b.T("timeline.range", "first", strconv.Itoa(p.First), "last", strconv.Itoa(p.Last), "n", strconv.Itoa(p.Total))
	if page > 1 {
		p.Prev = link(kind, page-1)
	}
	if to < p.Total {
		p.Next = link(kind, page+1)
	}
	for _, it := range b.bench.Slice(record.Kind(kind), from, to) {
		p.Items = append(p.Items, s.item(b, it))
	}
	return "timeline", p, nil
}
