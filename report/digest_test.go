package report_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/truceline/truceline/report"
)

// TestDigest: a report set from a day's digest is the same as one set from the day, also
// where less is told one by one than the digest was made for.
func TestDigest(t *testing.T) {
	c := founding(t)
	w := writer(t, c)
	incidents := 0
	for day := time.Date(2025, 3, 5, 0, 0, 0, 0, time.UTC); day.Before(time.Date(2025, 4, 25, 0, 0, 0, 0, time.UTC)); day = day.AddDate(0, 0, 1) {
		o := report.Options{Day: day.Format(time.DateOnly)}
		full := figures(t, c, o)
		o.Digest = full.Digest()
		incidents += len(full.Incidents)
		for _, most := range []int{0, 1, 3} {
			plain := o
			plain.Digest, plain.Most = nil, most
			o.Most = most
			for _, lang := range []string{"uk", "zh"} {
				want, err := json.Marshal(w.Document(figures(t, c, plain), lang))
				if err != nil {
					t.Fatal(err)
				}
				got, err := json.Marshal(w.Document(figures(t, c, o), lang))
				if err != nil {
					t.Fatal(err)
				}
				if string(got) != string(want) {
					t.Fatalf("%s, at most %d, %s: from the digest\n%s\nfrom the day\n%s", o.Day, most, lang, got, want)
				}
			}
		}
	}
	if incidents < 15 {
		t.Fatalf("only %d reports were looked at", incidents)
	}
}

// TestDigestMakesNoFiles: what tells only a part of a day's reports is not written as data.
func TestDigestMakesNoFiles(t *testing.T) {
	c := founding(t)
	for day := time.Date(2025, 3, 19, 0, 0, 0, 0, time.UTC); ; day = day.AddDate(0, 0, 1) {
		o := report.Options{Day: day.Format(time.DateOnly)}
		full := figures(t, c, o)
		if len(full.Incidents) < 2 {
			continue
		}
		o.Digest, o.Most = full.Digest(), 1
		for _, form := range []string{report.FormCSV, report.FormGeoJSON, report.FormHTML} {
			if _, err := writer(t, c).Form(figures(t, c, o), "en", form, nil); err == nil {
				t.Errorf("%s, %s: written from one of %d reports", o.Day, form, len(full.Incidents))
			}
		}
		return
	}
}
