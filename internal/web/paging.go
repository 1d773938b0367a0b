package web

import (
	"net/http"
	"strconv"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// leaf is one page of a long list.
type leaf struct {
	First, Last, Total int
	Next, Prev         string // queries; empty where there is none
}

const perList = 25 // rows of a page

// turn finds the page that a request asks for among total rows, and gives which rows are
// on it: [from, until). A page beyond the last is not found.
func turn(r *http.Request, total int) (l leaf, from, until int, err error) {
	page, err := pageNumber(r)
	if err != nil {
		return l, 0, 0, err
	}
	from = (page - 1) * perList
	if page > 1 && from >= total {
		return l, 0, 0, errNotFound
	}
	until = min(from+perList, total)
	l = leaf{First: from + 1, Last: until, Total: total}
	link := func(page int) string {
		q := r.URL.Query()
		q.Set("page", strconv.Itoa(page))
		return "?" + q.Encode()
	}
	if page > 1 {
		l.Prev = link(page - 1)
	}
	if until < total {
		l.Next = link(page + 1)
	}
	return l, from, until, nil
}

// dayOf is the day under which a list has an entry, by the entry's own clock.
func (s *site) dayOf(b base, it judge.Item) string {
	w := it.When()
	if w.IsZero() || w.Earliest() == moment.Past {
		return b.T("incidents.no-day")
	}
	return s.speaker.Time(b.Lang, w.Zone().Clock(w.Earliest()).String()[:len("2006-01-02")])
}
