package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/truceline/truceline/judge"
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
	page := 1
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil && n > 0 {
		page = n
	}
	all := b.bench.Timeline()
	counts := map[record.Kind]int{}
	for _, it := range all {
		counts[it.Kind]++
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
	p.Kinds = append(p.Kinds, kindLink{Name: b.T("timeline.all"), Query: link("", 1), Current: kind == "", Count: len(all)})
	for _, k := range keys(counts) {
		p.Kinds = append(p.Kinds, kindLink{Name: s.speaker.Kind(b.Lang, string(k)), Query: link(string(k), 1), Current: kind == string(k), Count: counts[k]})
	}
	all = slices.DeleteFunc(all, func(it judge.Item) bool { return kind != "" && string(it.Kind) != kind })
	p.Total = len(all)
	from := min((page-1)*perPage, len(all))
	to := min(from+perPage, len(all))
	p.First, p.Last = from+1, to
	if page > 1 {
		p.Prev = link(kind, page-1)
	}
	if to < len(all) {
		p.Next = link(kind, page+1)
	}
	for _, it := range all[from:to] {
		p.Items = append(p.Items, s.item(b, it))
	}
	// The other languages' links keep kind and page.
	for i := range p.Alternates {
		extra := url.Values{}
		if kind != "" {
			extra.Set("kind", kind)
		}
		if page > 1 {
			extra.Set("page", strconv.Itoa(page))
		}
		p.Alternates[i].URL = withQuery(p.Alternates[i].URL, extra)
	}
	return "timeline", p, nil
}
