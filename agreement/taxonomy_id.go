package agreement

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// ID gives the place of a node among [Taxonomy.Paths]; ok is false for one that is
// not in the tree.
func (t *Taxonomy) ID(node string) (int, bool) { return slices.BinarySearch(t.paths, node) }

// Calibre gives the calibre of a weapon in thousandths of a millimetre, where the
// tree says it of the node, or of every leaf below it; then from the least to the
// greatest.
func (t *Taxonomy) Calibre(node string) (least, most int64, ok bool) { return t.hull(t.calibres, node) }

// Range gives the range of a weapon in thousandths of a kilometre, likewise.
func (t *Taxonomy) Range(node string) (least, most int64, ok bool) { return t.hull(t.ranges, node) }

// hull is the figure of a node, or the bounds of those of its leaves if all have one.
func (t *Taxonomy) hull(figures map[string][2]int64, node string) (least, most int64, ok bool) {
	if f, own := figures[node]; own {
		return f[0], f[1], true
	}
	first := true
	for _, p := range t.paths {
		if !strings.HasPrefix(p, node+"/") || t.above(p) {
			continue
		}
		f, told := figures[p]
		if !told {
			return 0, 0, false
		}
		if first {
			least, most, first = f[0], f[1], false
		}
		least, most = min(least, f[0]), max(most, f[1])
	}
	return least, most, !first
}

// above tells that a node has others below it.
func (t *Taxonomy) above(node string) bool {
	i, ok := t.ID(node)
	return ok && i+1 < len(t.paths) && strings.HasPrefix(t.paths[i+1], node+"/")
}

// figures takes what a node of the tree of weapons says in figures.
func (t *Taxonomy) figures(body *hclsyntax.Body, path string) error {
	for name, into := range map[string]map[string][2]int64{"calibre_mm": t.calibres, "range_km": t.ranges} {
		a := body.Attributes[name]
		if a == nil {
			continue
		}
		v, diags := a.Expr.Value(nil)
		if diags.HasErrors() {
			return diags
		}
		if v.Type() != cty.String {
			return fmt.Errorf("%s: %s is a string of digits", a.SrcRange, name)
		}
		f, err := strconv.ParseFloat(v.AsString(), 64)
		if err != nil || f <= 0 {
			return fmt.Errorf("%s: %s is a string of digits", a.SrcRange, name)
		}
		n := int64(math.Round(f * thousand))
		into[path] = [2]int64{n, n}
	}
	return nil
}
