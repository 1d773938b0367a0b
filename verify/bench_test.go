package verify_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"io/fs"
	"runtime"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/verify"
	"github.com/truceline/truceline/verify/verifytest"
)

// pool does work on all cores, as the command does.
func pool(n int, work func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// large is a mirror of n entries: of a keeper's key, and of reports on sheets or each
// signed. Its bundles are made from one report with other numbers.
func large(b testing.TB, n int, sheets bool) (fstest.MapFS, verify.Options) {
	b.Helper()
	r := verifytest.New(b)
	r.ChangeKey("desk", "admitted", "desk", "mission", "first", proof.Signing)
	for k := 0; len(r.Leaves) < n; {
		entries := make([]record.Entry, 0, record.MaxSheet)
		for len(entries) < record.MaxSheet && len(r.Leaves)+len(entries)+1 < n || len(entries) == 0 {
			entries = append(entries, verifytest.Report("desk", k))
			k++
		}
		if sheets {
			r.Sheet(entries...)
			continue
		}
		for _, e := range entries {
			r.Add(e)
		}
	}
	return r.Mirror(), verify.Options{LogKey: r.Log().Verifier().String(), Each: pool}
}

// BenchmarkTree verifies a mirror whose entries stand on sheets: its tree alone, which
// is reading, hashing and all tiles, and then the whole of it, every entry taken apart.
func BenchmarkTree(b *testing.B) {
	const n = 200_000
	m, o := large(b, n, true)
	for name, check := range map[string]func(fs.FS, verify.Options) verify.Report{"tree": verify.TreeOnly, "mirror": verify.Mirror} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if r := check(m, o); !r.Whole() {
					b.Fatal(r.Findings)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

// BenchmarkSignatures verifies a mirror whose every entry is signed, beside as many bare
// verifications of Ed25519 on the same cores, in turns, so that both meet the same machine.
func BenchmarkSignatures(b *testing.B) {
	const n = 20_000
	m, o := large(b, n, false)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		b.Fatal(err)
	}
	text := record.SignedText(verifytest.Origin, sha256.Sum256(nil))
	signature := ed25519.Sign(private, text)
	var ours, raw time.Duration
	for b.Loop() {
		start := time.Now()
		if r := verify.Mirror(m, o); !r.Whole() {
			b.Fatal(r.Findings)
		}
		ours += time.Since(start)
		start = time.Now()
		pool(n/100, func(int) {
			for range 100 {
				if !ed25519.Verify(public, text, signature) {
					panic("it is right")
				}
			}
		})
		raw += time.Since(start)
	}
	b.ReportMetric(float64(n)*float64(b.N)/ours.Seconds(), "signatures/s")
	b.ReportMetric(float64(n)*float64(b.N)/raw.Seconds(), "raw/s")
	b.ReportMetric(100*raw.Seconds()/ours.Seconds(), "%ofraw")
}
