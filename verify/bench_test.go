package verify_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
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

// BenchmarkTree verifies a mirror whose entries stand on sheets: what is measured is
// reading, hashing, the tree and the order of entries. The bare hashing of the same leaves is
// measured beside it.
func BenchmarkTree(b *testing.B) {
	const n = 200_000
	m, o := large(b, n, true)
	b.Run("mirror", func(b *testing.B) {
		for b.Loop() {
			if r := verify.Mirror(m, o); !r.Whole() {
				b.Fatal(r.Findings)
			}
		}
		b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
	})
	b.Run("hashing", func(b *testing.B) {
		bundles := 0
		for b.Loop() {
			tree, err := proof.NewBuilder(0, nil)
			if err != nil {
				b.Fatal(err)
			}
			for at := 0; at < n; at += proof.TileWidth {
				width := min(proof.TileWidth, n-at)
				leaves, err := proof.ParseBundle(m[proof.EntriesPath(int64(at/proof.TileWidth), width)].Data, width)
				if err != nil {
					b.Fatal(err)
				}
				for _, l := range leaves {
					tree.Append(proof.LeafHash(l))
				}
				bundles++
			}
			tree.Root()
		}
		b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
	})
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
					panic(fmt.Sprint("false"))
				}
			}
		})
		raw += time.Since(start)
	}
	b.ReportMetric(float64(n)*float64(b.N)/ours.Seconds(), "signatures/s")
	b.ReportMetric(float64(n)*float64(b.N)/raw.Seconds(), "raw/s")
	b.ReportMetric(100*raw.Seconds()/ours.Seconds(), "%ofraw")
}
