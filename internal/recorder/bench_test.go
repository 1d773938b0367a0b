package recorder

import (
	"fmt"
	"testing"

	"github.com/truceline/truceline/internal/store"
	"github.com/truceline/truceline/record"
)

// BenchmarkReadSubmission is what an entry costs before it reaches the recorder.
func BenchmarkReadSubmission(b *testing.B) {
	k := newKit(b, store.NewMemory())
	_, under := k.sheet("desk", "s", reports("desk", "u", 1)...)
	b.SetBytes(int64(len(under[0].Bytes)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := record.ReadSubmission("f", 1, under[0].Bytes); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPeek is what following costs.
func BenchmarkPeek(b *testing.B) {
	k := newKit(b, store.NewMemory())
	_, under := k.sheet("desk", "s", reports("desk", "u", 1)...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := record.Peek(under[0].Bytes); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSheets appends sheets of 4,096 entries that were read already, to memory: what
// the recorder itself costs.
func BenchmarkSheets(b *testing.B) {
	k := newKit(b, store.NewMemory())
	r := k.begin()
	type sheet struct {
		head  record.Leaf
		under []record.Leaf
	}
	var list []sheet
	for i := range 8 {
		s, u := k.sheet("desk", fmt.Sprintf("s%d", i), reports("desk", fmt.Sprintf("u%d", i), record.MaxSheet)...)
		list = append(list, sheet{s, u})
	}
	n := 0
	for b.Loop() {
		if n > 0 && n%len(list) == 0 {
			b.StopTimer()
			r.Close()
			k = newKit(b, store.NewMemory())
			r = k.begin()
			for i := range list {
				list[i].head, list[i].under = k.sheet("desk", fmt.Sprintf("s%d", i), reports("desk", fmt.Sprintf("u%d", i), record.MaxSheet)...)
			}
			b.StartTimer()
		}
		s := list[n%len(list)]
		if _, err := r.AppendSheet(b.Context(), s.head, s.under); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(n*(record.MaxSheet+1))/b.Elapsed().Seconds(), "entries/s")
}
