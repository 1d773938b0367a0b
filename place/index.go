package place

import "github.com/peterstace/simplefeatures/rtree"

// Index finds, among many areas, those that a place may lie in. It does not change once made.
type Index struct {
	areas []*Area
	tree  *rtree.RTree
}

// NewIndex makes an index of the areas; those that are nil are left out.
func NewIndex(areas ...*Area) *Index {
	x := &Index{}
	var items []rtree.BulkItem
	for _, a := range areas {
		if a == nil {
			continue
		}
		items = append(items, rtree.BulkItem{Box: a.bounds.rtree(), RecordID: len(x.areas)})
		x.areas = append(x.areas, a)
	}
	x.tree = rtree.BulkLoad(items)
	return x
}

func (b box) rtree() rtree.Box {
	return rtree.Box{MinX: b.west, MinY: b.south, MaxX: b.east, MaxY: b.north}
}

// Candidates appends to dst the areas that p may have a point in: for every other area of the index
// [Place.In] is No or, for an unknown place, as open as for all. The order is of no meaning but always
// the same.
func (x *Index) Candidates(dst []*Area, p Place) []*Area {
	w, ok := p.window()
	if !ok {
		return append(dst, x.areas...)
	}
	// The search is asked for a box; the function never returns an error of its own.
	_ = x.tree.RangeSearch(w.rtree(), func(i int) error {
		dst = append(dst, x.areas[i])
		return nil
	})
	return dst
}

// window is a box that holds all of p; it is not ok where no box does, or where it would cross the
// antimeridian.
func (p Place) window() (box, bool) {
	if p.sort == SortWithin {
		w := emptyBox()
		for _, a := range p.areas {
			w = w.add(Point{a.bounds.west, a.bounds.south}).add(Point{a.bounds.east, a.bounds.north})
		}
		return w, true
	}
	middle, radius, ok := p.hull()
	if !ok {
		return box{}, false
	}
	return around(middle, radius*(1+1e-9))
}
