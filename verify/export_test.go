package verify

import (
	"io/fs"

	"github.com/truceline/truceline/proof"
)

// TreeOnly is Mirror as far as tiles and hashes go.
func TreeOnly(fsys fs.FS, o Options) Report {
	v := newRun(fsys, o)
	if !v.open() {
		return *v.r
	}
	for from := int64(0); proof.Width(v.head.Size, 0, from) > 0; from += together {
		var list []*bundle
		for i := from; len(list) < together && proof.Width(v.head.Size, 0, i) > 0; i++ {
			list = append(list, newBundle(i, proof.Width(v.head.Size, 0, i)))
		}
		o.Each.do(len(list), func(i int) { v.hash(list[i]) })
		for _, b := range list {
			v.settle(b)
			for _, f := range b.found {
				v.r.find(f)
			}
		}
	}
	v.root()
	return *v.r
}
