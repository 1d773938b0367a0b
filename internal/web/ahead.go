package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/report"
)

// Site is the site of a case: a handler that sets its own headers; the caller sets
// timeouts.
type Site struct {
	http.Handler
	site *site
}

// Ahead makes ready, from the newest day to the oldest, what pages of a day would gather
// when they are first asked for: what its reports come to, and where they lie. It takes at
// most a third of one processor, and returns when all days are ready or ctx is done. Pages
// answer the same without it, the first of each day later.
func (s *Site) Ahead(ctx context.Context) { s.site.ahead(ctx) }

func (s *site) ahead(ctx context.Context) {
	defer func() {
		if fault := recover(); fault != nil { // pages make what they need
			s.options.Log.Error("days were not made ready", "fault", fault)
		}
	}()
	now := min(moment.FromTime(s.options.Now()), s.c.World.Until-1)
	v := s.views.Of(judge.Question{At: max(now-now%60, s.c.World.From), KnownBy: moment.Future})
	days := keys(v.DayCounts())
	slices.Reverse(days)
	room := placedRoom
	for i, day := range days {
		if i == maxDigests {
			return
		}
		begun := time.Now()
		s.digestOf(v, day)
		room -= s.placedAhead(v, day, room)
		t := time.NewTimer(2 * time.Since(begun))
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// digestOf makes a day's digest without what only its page needs.
func (s *site) digestOf(v *view.View, day string) {
	o, key, err := s.dayOptions(v, day)
	if err != nil || o.Until != "" {
		return // nothing is known of it, or it is not over
	}
	o.Bench = func(q judge.Question) *judge.Bench { return s.views.Apart(q).Bench }
	s.digests.Get(key, func() *report.Digest { return s.digest(o) })
}

// placedRoom is how many places of reports are kept for maps of days that nobody asked for
// yet: some 60 MB.
const placedRoom = 150_000

// placedAhead keeps the places of a day's reports, and gives how many they are. A case
// whose places open as time goes by, or whose map shows everything, has none kept.
func (s *site) placedAhead(v *view.View, day string, room int) int {
	if room <= 0 || s.shownAt() != 0 || v.Count(record.KindReport) <= manyReports {
		return 0
	}
	q, err := judge.Ask(s.c, v.Question.At, day, "", "")
	if err != nil || q.At >= v.Question.At {
		return 0
	}
	w := s.placesOf(s.views.Apart(q), 1)
	s.placed.Store(placedKey{q, 0, 1}, w)
	return len(w.places) + len(w.nowhere) + len(w.held)
}
