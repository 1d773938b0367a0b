package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// question takes the parts of a query that put a question, trimmed; the rest of
// the query is not kept.
func question(r *http.Request) url.Values {
	q := url.Values{}
	for _, key := range []string{"at", "known_by", "as_of"} {
		if v := strings.TrimSpace(r.URL.Query().Get(key)); v != "" {
			q.Set(key, v)
		}
	}
	return q
}

// question answers with the bench of a request's question. Without an `at` it is
// now to the minute, or the case's last moment where
// the case has ended.
func (s *site) question(r *http.Request) (*judge.Bench, error) {
	q := question(r)
	now := moment.FromTime(s.options.Now())
	now = min(now-now%60, s.c.World.Until-1)
	asked, err := judge.Ask(s.c, max(now, s.c.World.From), q.Get("at"), q.Get("known_by"), q.Get("as_of"))
	if err != nil {
		return nil, err
	}
	return s.benches.get(asked), nil
}

// benches keeps the benches of the latest questions. It is safe for use by many
// requests; at most maxBenches are kept.
type benches struct {
	c     *casefile.Case
	mu    sync.Mutex
	made  map[judge.Question]*judge.Bench
	order []judge.Question // oldest first
}

const maxBenches = 64

func newBenches(c *casefile.Case) *benches {
	return &benches{c: c, made: map[judge.Question]*judge.Bench{}}
}

func (b *benches) get(q judge.Question) *judge.Bench {
	b.mu.Lock()
	bench, ok := b.made[q]
	b.mu.Unlock()
	if ok {
		return bench
	}
	bench = judge.New(b.c, q)
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.made[q]; !ok {
		if len(b.order) == maxBenches {
			delete(b.made, b.order[0])
			b.order = b.order[1:]
		}
		b.made[q] = bench
		b.order = append(b.order, q)
	}
	return bench
}

// statusJSON serves the status of a question as data.
func (s *site) statusJSON(w http.ResponseWriter, r *http.Request) {
	bench, err := s.question(r)
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, "problem.question", err.Error())
		return
	}
	body, err := json.MarshalIndent(bench.Status(), "", "  ")
	if err != nil {
		s.problem(w, r, http.StatusInternalServerError, "problem.fault", "")
		return
	}
	s.write(w, r, "application/json", append(body, '\n'))
}

// day writes an instant's day in the case's zone.
func (s *site) day(i moment.Instant) string {
	c := s.c.Zone.Clock(i)
	return fmt.Sprintf("%04d-%02d-%02d", c.Year, c.Month, c.Day)
}

func firstSegment(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first
}

func pathWithoutLanguage(path, lang string) string {
	return strings.TrimPrefix(path, "/"+lang)
}
