package agreement

import "slices"

// ID gives the place of a node among [Taxonomy.Paths]; ok is false for one that is
// not in the tree.
func (t *Taxonomy) ID(node string) (int, bool) { return slices.BinarySearch(t.paths, node) }

// Calibre gives the calibre of a weapon in thousandths of a millimetre, where the
// tree says it of the node, or of every leaf below it.
func (t *Taxonomy) Calibre(string) (least, most int64, ok bool) { return 0, 0, false }

// Range gives the range of a weapon in thousandths of a kilometre, likewise.
func (t *Taxonomy) Range(string) (least, most int64, ok bool) { return 0, 0, false }
