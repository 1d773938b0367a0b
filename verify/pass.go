package verify

import (
	"fmt"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

// Bounds of the pass over the bundles.
const (
	together  = 32                                           // bundles that are worked on at a time
	maxBundle = int64(proof.TileWidth * (2 + proof.MaxLeaf)) // bytes
	maxHoles  = 1024                                         // bundles that may be missing in a row
)

// bundle is a bundle of entries with its tile of hashes on its way.
type bundle struct {
	index int64
	width int
	path  string

	leaves []record.Leaf  // read; without a body where a leaf could not be
	raw    [][]byte       // the leaves' bytes; nil where the bundle cannot be used
	faults []problem.List // of the leaves
	hashes []proof.Hash   // of the leaves
	tile   []proof.Hash   // as the tile says; nil where it cannot be used
	bad    []bool         // leaves that are not those of the tree

	bundleBad, tileBad *Finding
	jobs               []job
	signed             int64 // signatures that are right
	found              []Finding
}

// job is a signature to be verified.
type job struct {
	leaf int
	key  *record.AuthorKey
}

func newBundle(index int64, width int) *bundle {
	return &bundle{index: index, width: width, path: proof.EntriesPath(index, width)}
}

// first is the position of the first leaf.
func (b *bundle) first() int64 { return b.index*proof.TileWidth + 1 }

// pass goes over all bundles. Three things go on side by side: some bundles are read and
// hashed, the order of those before them is checked, and the signatures of those
// before them are verified.
func (v *run) pass() {
	n := (v.head.Size + proof.TileWidth - 1) / proof.TileWidth
	v.openLines()
	var ordered, read []*bundle
	holes := 0
	for from := int64(0); from < n || len(read) > 0 || len(ordered) > 0; {
		fresh := make([]*bundle, 0, together)
		for ; from < n && len(fresh) < together && holes < maxHoles; from++ {
			width := proof.Width(v.head.Size, 0, from)
			fresh = append(fresh, newBundle(from, width))
		}
		v.o.Each.do(1+len(ordered)+len(fresh), func(i int) {
			switch i--; {
			case i < 0:
				v.order(read)
			case i < len(ordered):
				v.verify(ordered[i])
			default:
				v.read(fresh[i-len(ordered)])
			}
		})
		for _, b := range ordered {
			v.r.Signatures += b.signed
			for _, f := range b.found {
				v.r.find(f)
			}
		}
		if v.o.Progress != nil && len(ordered) > 0 {
			last := ordered[len(ordered)-1]
			v.o.Progress(last.first()-1+int64(last.width), v.head.Size)
		}
		for _, b := range fresh {
			if holes++; b.hashes != nil || b.tile != nil {
				holes = 0
			}
		}
		if holes >= maxHoles && from < n {
			v.r.bad("missing-rest", proof.EntriesPath(from, proof.Width(v.head.Size, 0, from)), from*proof.TileWidth+1, fmt.Sprintf("nothing is there of %d bundles in a row; those after them were not looked for", maxHoles), "take the mirror from elsewhere")
			v.tree.lost = max(v.tree.lost, 1)
			n = from
		}
		ordered, read = read, fresh
	}
	v.state.end()
	v.closeLines()
}

// read reads a bundle and its tile and takes the leaves apart.
func (v *run) read(b *bundle) {
	v.hash(b)
	b.leaves, b.faults = make([]record.Leaf, len(b.raw)), make([]problem.List, len(b.raw))
	for i, leaf := range b.raw {
		var err error
		if b.leaves[i], err = record.ReadLeaf(b.path, 0, leaf); err != nil {
			b.faults[i].Take(err)
		}
	}
}

// hash reads a bundle and its tile and hashes the leaves.
func (v *run) hash(b *bundle) {
	b.tile, b.tileBad = v.nodes(0, b.index, b.width)
	data, name, err := v.fetch(proof.EntriesPath, b.index, b.width, maxBundle)
	if err != nil {
		f := lacking(name, b.first(), err)
		b.bundleBad = &f
		return
	}
	if name != b.path {
		b.path = name
		if data, err = proof.CutBundle(data, b.width); err != nil {
			b.damaged(err)
			return
		}
	}
	if b.raw, err = proof.ParseBundle(data, b.width); err != nil {
		b.damaged(err)
		return
	}
	b.hashes, b.bad = make([]proof.Hash, b.width), make([]bool, b.width)
	for i, leaf := range b.raw {
		b.hashes[i] = proof.LeafHash(leaf)
	}
}

func (b *bundle) damaged(err error) {
	b.bundleBad = &Finding{"bad-bundle", b.path, b.first(), err.Error(), "take it from another mirror"}
}

// order settles which leaves are those of the tree and checks what depends on the order
// of entries. It alone changes the state.
func (v *run) order(list []*bundle) {
	for _, b := range list {
		v.settle(b)
		for i := range b.width {
			v.state.entry(b, i, v.jsonl)
		}
	}
}

// verify verifies the signatures of a bundle.
func (v *run) verify(b *bundle) {
	for _, j := range b.jobs {
		l := &b.leaves[j.leaf]
		if !j.key.Verifies(record.SignedText(v.head.Origin, l.Identity), l.Signature) {
			b.found = append(b.found, forged(b, j))
			continue
		}
		b.signed++
	}
}

func forged(b *bundle, j job) Finding {
	return Finding{"forged", b.path, b.first() + int64(j.leaf), fmt.Sprintf("the signature is not one of %s over this entry of this record", j.key.Name), "nobody vouches for this entry"}
}
