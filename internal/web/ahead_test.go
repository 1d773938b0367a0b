package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
)

// TestAhead: pages of a day are the same whether or not it was made ready, and making it
// ready makes no page.
func TestAhead(t *testing.T) {
	fs, err := cases.UA2025()
	if err != nil {
		t.Fatal(err)
	}
	c, err := casefile.Load(fs)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }}
	plain, err := New(c, o)
	if err != nil {
		t.Fatal(err)
	}
	ahead, err := New(c, o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ahead.Ahead(ctx)
	if ctx.Err() != nil {
		t.Fatal("days were not ready within a minute")
	}
	if n := ahead.site.digests.Len(); n < 20 {
		t.Fatalf("%d days were made ready", n)
	}
	if ahead.site.sheets.size != 0 {
		t.Error("pages were made that nobody asked for")
	}
	get := func(h http.Handler, address string) string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, http.NoBody))
		return fmt.Sprint(w.Code, w.Body)
	}
	days := ahead.site.digests.Len()
	for _, day := range []string{"2025-03-11", "2025-03-12", "2025-03-19", "2025-04-17"} {
		for _, address := range []string{"/en/reports/" + day, "/zh/reports/" + day + ".txt", "/uk/map?at=" + day, "/ru/reports/" + day + "?known_by=" + day + "T12:00Z"} {
			if x, y := get(plain, address), get(ahead, address); x != y {
				t.Errorf("%s: made ahead it is another page", address)
			}
		}
	}
	if ahead.site.digests.Len() == days {
		t.Error("a day known by an earlier moment has no digest of its own")
	}
}

// TestAheadEnds: who asks it to end is obeyed at once.
func TestAheadEnds(t *testing.T) {
	fs, err := cases.UA2025()
	if err != nil {
		t.Fatal(err)
	}
	c, err := casefile.Load(fs)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.Ahead(ctx)
	if n := s.site.digests.Len(); n > 1 {
		t.Errorf("%d days were made ready after the end", n)
	}
}
