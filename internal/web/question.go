package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// asked are the names of what puts a question.
var asked = []string{"at", "known_by", "as_of"}

// question takes the parts of a query that put a question, trimmed; the rest of
// the query is not kept.
func question(r *http.Request) url.Values {
	q := url.Values{}
	for _, key := range asked {
		if v := strings.TrimSpace(r.URL.Query().Get(key)); v != "" {
			q.Set(key, v)
		}
	}
	return q
}

// question reads a request's question. Without an `at` it is now to the minute, or the
// case's last moment where the case has ended.
func (s *site) question(r *http.Request) (judge.Question, error) {
	if s.options.Static != nil {
		return s.options.Static.Question, nil
	}
	q := question(r)
	now := moment.FromTime(s.options.Now())
	now = min(now-now%60, s.c.World.Until-1)
	return judge.Ask(s.c, max(now, s.c.World.From), q.Get("at"), q.Get("known_by"), q.Get("as_of"))
}

// statusJSON serves the status of a question as data.
func (s *site) statusJSON(w http.ResponseWriter, r *http.Request) {
	s.kept(w, r, func(v *view.View) (*sheet, error) {
		body, err := json.MarshalIndent(v.Status(), "", "  ")
		if err != nil {
			return nil, err
		}
		return newSheet("application/json", "", append(body, '\n')), nil
	})
}

// day writes an instant's day in the case's zone.
func (s *site) day(i moment.Instant) string {
	c := s.c.Zone.Clock(i)
	return fmt.Sprintf("%04d-%02d-%02d", c.Year, c.Month, c.Day)
}

// pageNumber reads which page of a list is asked for: 1 where none is named.
func pageNumber(r *http.Request) (int, error) {
	text := r.URL.Query().Get("page")
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxPages {
		return 0, &askedError{fmt.Sprintf("page=%s", text)}
	}
	return n, nil
}

// maxPages bounds the number of a page.
const maxPages = 1_000_000

func firstSegment(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first
}

func pathWithoutLanguage(path, lang string) string {
	return strings.TrimPrefix(path, "/"+lang)
}
