package report_test

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"testing"
	"time"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/internal/render"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/report"
)

// grown is the founding case with 100,000 invented reports behind its own entries, spread
// over so many days around 10 May 2025.
func grown(days int) (*casefile.Case, error) {
	files, err := cases.UA2025()
	if err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(files, "record.jsonl")
	if err != nil {
		return nil, err
	}
	leaves := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	const n = 100_000
	acts, weapons := []string{"attack/uav", "attack/artillery", "attack/missile"}, []string{"uav", "artillery", "missile"}
	objects, sides := []string{"energy/electricity", "energy/gas", "civilian", "transport"}, []string{"RU", "UA"}
	from := time.Date(2025, 5, 9, 21, 0, 0, 0, time.UTC).AddDate(0, 0, -days/2)
	for i := range n {
		at := from.Add(time.Duration(i) * (time.Duration(days) * 23 * time.Hour / n))
		leaves = append(leaves, fmt.Appendf(nil, `{"entry":{"kind":"report","ref":"X%d","author":"desk","happened":"%s","public":"%s","said_by":{"party":"%s","institution":{"en":"Desk %d"}},"summary":{"en":"Report %d: a strike near crossing %d.","zh":"报告%d：%d号渡口附近遭袭。"},"body":{"act":"%s","weapon":"%s","objects":["%s"],"domain":"air","actor":{"party":"%s"},"counts":[{"n":%d,"hedge":"about","unit":"injured"}],"place":{"lon":"%.3f","lat":"%.3f","radius_m":%d}}},"recorded":"2026-11-23T07:50:00Z"}`,
			i+1, at.Format("2006-01-02T15:04Z"), at.Add(10*time.Minute).Format("2006-01-02T15:04Z"), sides[i%2], i%7, i, i%997, i, i%997,
			acts[i%3], weapons[i%3], objects[i%4], sides[(i+1)%2], 1+i%40, 32+float64(i*7919%6000)/1000, 46+float64(i*104729%5000)/1000, 500+i%5*1000))
	}
	return casefile.LoadLeaves(files, leaves)
}

var (
	ninety = sync.OnceValues(func() (*casefile.Case, error) { return grown(90) }) // some eleven hundred a day
	oneDay = sync.OnceValues(func() (*casefile.Case, error) { return grown(1) })
)

var renders = map[string]report.Render{"pdf": buffered(render.PDF), "docx": buffered(render.DOCX)}

func buffered(write func(io.Writer, *report.Document) error) report.Render {
	return func(d *report.Document) ([]byte, error) {
		var out bytes.Buffer
		err := write(&out, d)
		return out.Bytes(), err
	}
}

// BenchmarkForms makes the report of a day out of a record with 100,000 reports: its
// figures from nothing, with the judge's bench and without, and each form; then all six
// forms in a row, as a cron job does. "one day" has them all on that day.
func BenchmarkForms(b *testing.B) {
	all := []string{report.FormHTML, report.FormText, "pdf", "docx", report.FormCSV, report.FormGeoJSON}
	if !render.HasFonts() {
		all = []string{report.FormHTML, report.FormText, "docx", report.FormCSV, report.FormGeoJSON}
	}
	for _, x := range []struct {
		name string
		load func() (*casefile.Case, error)
	}{{"ninety days", ninety}, {"one day", oneDay}} {
		b.Run(x.name, func(b *testing.B) {
			c, err := x.load()
			if err != nil {
				b.Fatal(err)
			}
			o := report.Options{Day: "2025-05-10"}
			w := writer(b, c)
			f := figures(b, c, o)
			b.Run("figures", func(b *testing.B) {
				for b.Loop() {
					figures(b, c, o)
				}
			})
			bench := f.Bench()
			b.Run("figures with the bench at hand", func(b *testing.B) {
				o := o
				o.Bench = func(judge.Question) *judge.Bench { return bench }
				for b.Loop() {
					figures(b, c, o)
				}
			})
			for _, form := range all {
				b.Run(form, func(b *testing.B) {
					size := 0
					for b.Loop() {
						data, err := w.Form(f, "en", form, renders)
						if err != nil {
							b.Fatal(err)
						}
						size = len(data)
					}
					b.ReportMetric(float64(size>>10), "KB")
				})
			}
			b.Run("all", func(b *testing.B) {
				for b.Loop() {
					f := figures(b, c, o)
					for _, form := range all {
						if _, err := w.Form(f, "zh", form, renders); err != nil {
							b.Fatal(err)
						}
					}
				}
			})
		})
	}
}
