package proof_test

import (
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"github.com/truceline/truceline/proof"
)

func BenchmarkLeafHash(b *testing.B) {
	leaf := make([]byte, 700) // an envelope of middling length
	b.SetBytes(int64(len(leaf)))
	b.ReportAllocs()
	for b.Loop() {
		proof.LeafHash(leaf)
	}
}

// BenchmarkBuilder appends a million leaves in batches of ten thousand: a clone, the
// changed tiles and the root of each.
func BenchmarkBuilder(b *testing.B) {
	leaf := proof.LeafHash([]byte("leaf"))
	b.ReportAllocs()
	for b.Loop() {
		tree, _ := proof.NewBuilder(0, nil)
		for range 100 {
			tree = tree.Clone()
			for range 10_000 {
				tree.Append(leaf)
			}
			tree.Changed()
			tree.Root()
		}
	}
	b.ReportMetric(1e6*float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
}

// BenchmarkBuilderOneByOne commits each leaf alone.
func BenchmarkBuilderOneByOne(b *testing.B) {
	tree, _ := proof.NewBuilder(0, nil)
	leaf := proof.LeafHash([]byte("leaf"))
	b.ReportAllocs()
	for b.Loop() {
		tree = tree.Clone()
		tree.Append(leaf)
		tree.Changed()
		tree.Root()
	}
}

// million gives a tree of a million leaves, its tiles in memory.
func million(b *testing.B) *log {
	b.Helper()
	tree, _ := proof.NewBuilder(0, nil)
	l := &log{files: map[string][]byte{}, tree: tree}
	for i := range uint64(1_000_000) {
		l.tree.Append(sha256.Sum256(binary.BigEndian.AppendUint64(nil, i)))
	}
	for _, tile := range l.tree.Changed() {
		l.files[proof.TilePath(tile.Level, tile.Index, tile.Width)] = tile.Data
	}
	return l
}

// BenchmarkReader asks for a million leaves in order, each verified.
func BenchmarkReader(b *testing.B) {
	l := million(b)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		r := l.reader()
		for i := range l.tree.Size() {
			if _, err := r.LeafHash(i); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(1e6*float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
}

// BenchmarkInclusion proves leaves here and there in a tree of a million.
func BenchmarkInclusion(b *testing.B) {
	l := million(b)
	r := l.reader()
	b.ReportAllocs()
	b.ResetTimer()
	at := int64(0)
	for b.Loop() {
		at = (at + 7919*256) % l.tree.Size()
		if _, err := r.Inclusion(at); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckInclusion(b *testing.B) {
	l := million(b)
	r := l.reader()
	p, err := r.Inclusion(123_456)
	if err != nil {
		b.Fatal(err)
	}
	leaf, _ := r.LeafHash(123_456)
	root := l.tree.Root()
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if err := proof.CheckInclusion(p, l.tree.Size(), root, 123_456, leaf); err != nil {
			b.Fatal(err)
		}
	}
}
