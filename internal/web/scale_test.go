package web_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/internal/web"
)

// grown gives the founding case with n invented reports behind its own entries: some
// six hundred a day from 25 March 2025 on, all over the areas of the case.
func grown(n int) (*casefile.Case, error) {
	files, err := cases.UA2025()
	if err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(files, "record.jsonl")
	if err != nil {
		return nil, err
	}
	leaves := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	leaves = append(leaves, reports(n)...)
	return casefile.LoadLeaves(files, leaves)
}

// reports are n invented reports of two invented desks, in turn.
func reports(n int) [][]byte {
	acts := []string{"attack/uav", "attack/artillery", "attack/missile"}
	weapons := []string{"uav", "artillery", "missile"}
	objects := []string{"energy/electricity", "energy/gas", "civilian", "transport"}
	sides := []string{"RU", "UA"}
	from := time.Date(2025, 3, 25, 0, 0, 0, 0, time.UTC)
	list := make([][]byte, n)
	for i := range list {
		at := from.Add(time.Duration(i) * 90 * 24 * time.Hour / time.Duration(n))
		k := i % len(acts)
		list[i] = fmt.Appendf(nil, `{"entry":{"kind":"report","ref":"X%d","author":"desk","happened":"%s","public":"%s","said_by":{"party":"%s","institution":{"en":"Desk %d","ru":"Пост %d","uk":"Пост %d","zh":"值班室%d"}},"summary":{"en":"Report %d: a strike near crossing %d.","ru":"Сообщение %d: удар у переправы %d.","uk":"Повідомлення %d: удар біля переправи %d.","zh":"报告%d：%d号渡口附近遭袭。"},"body":{"act":"%s","weapon":"%s","objects":["%s"],"domain":"air","actor":{"party":"%s"},"place":{"lon":"%.3f","lat":"%.3f","radius_m":%d}}},"recorded":"2026-11-23T07:50:00Z"}`,
			i+1, at.Format("2006-01-02T15:04Z"), at.Add(2*time.Hour).Format("2006-01-02T15:04Z"), sides[i%2], i%7, i%7, i%7, i%7, i, i%997, i, i%997, i, i%997, i, i%997,
			acts[k], weapons[k], objects[i%len(objects)], sides[(i+1)%2], 32+float64(i*7919%6000)/1000, 46+float64(i*104729%5000)/1000, 500+i%5*1000)
	}
	return list
}

// many is the site of a case with 100,000 reports, made once.
var many = sync.OnceValues(func() (http.Handler, error) {
	c, err := grown(100_000)
	if err != nil {
		return nil, err
	}
	return web.New(c, web.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }})
})

// BenchmarkPage makes pages of a case with 100,000 reports, each at another address, so
// that none is kept.
func BenchmarkPage(b *testing.B) {
	h, err := many()
	if err != nil {
		b.Fatal(err)
	}
	day := func(i int) string {
		return time.Date(2025, 3, 26, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%90).Format("2006-01-02")
	}
	for _, p := range []struct {
		name string
		at   func(i int) string
	}{
		{"front of a day", func(i int) string { return fmt.Sprintf("/en/?at=%sT%02d:%02d", day(i), i/90%24, i/2160%60) }},
		{"incident", func(i int) string { return fmt.Sprintf("/zh/entries/X%d", 1+i*7919%100_000) }},
		{"incidents", func(i int) string { return fmt.Sprintf("/uk/incidents?page=%d", 2+i%1900) }},
		{"incidents searched", func(i int) string { return fmt.Sprintf("/en/incidents?q=crossing+%d", i) }},
		{"incidents by class", func(i int) string { return fmt.Sprintf("/en/incidents?class=violation&page=%d", 1+i%100) }},
		{"timeline", func(i int) string { return fmt.Sprintf("/en/timeline?page=%d", 2+i%900) }},
		{"statements", func(i int) string { return fmt.Sprintf("/en/statements?q=%d", i) }},
		{"positions", func(i int) string { return fmt.Sprintf("/en/positions?n=%d", i) }},
		{"agreement", func(i int) string { return fmt.Sprintf("/en/agreements/energy-2025-03?n=%d", i) }},
		{"map of a day", func(i int) string { return fmt.Sprintf("/en/map?at=%s&n=%d", day(i), i) }},
		{"report of a day", func(i int) string { return fmt.Sprintf("/en/reports/%s?n=%d", day(i), i) }},
	} {
		b.Run(p.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				r := httptest.NewRequest(http.MethodGet, p.at(i), nil)
				r.Header.Set("Accept-Encoding", "gzip")
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatalf("%s: %d", p.at(i), w.Code)
				}
			}
		})
	}
}

// BenchmarkKept sends the front page as it is kept.
func BenchmarkKept(b *testing.B) {
	h, err := many()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, "/en/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
}
