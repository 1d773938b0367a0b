package cli

import (
	"io"
	"testing"
	"time"
)

// BenchmarkJudgeVolume judges 3,578 reports against every clause of the founding
// case by every reading and writes the rulings with their reasons, loading included.
func BenchmarkJudgeVolume(b *testing.B) {
	for b.Loop() {
		if code := Run("bench", []string{"judge", "../../cases/ua-2025", "--reports", "../../testdata/viina/reports.csv", "--format", "json"}, nil, io.Discard, io.Discard); code != 0 {
			b.Fatalf("exit code %d", code)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)*float64(time.Second/time.Millisecond), "ms/run")
}
