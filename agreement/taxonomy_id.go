package agreement

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// ID gives the place of a node among [Taxonomy.Paths]; ok is false for one that is
// not in the tree.
func (t *Taxonomy) ID(node string) (int, bool) { return slices.BinarySearch(t.paths, node) }

// Calibre gives the calibre of a weapon in thousandths of a millimetre, where the
// tree says it of that node. A branch has none: there are more weapons below it than
// the tree lists.
func (t *Taxonomy) Calibre(node string) (least, most int64, ok bool) {
	f, ok := t.calibres[node]
	return f[0], f[1], ok
}

// Range gives the range of a weapon in thousandths of a kilometre, likewise.
func (t *Taxonomy) Range(node string) (least, most int64, ok bool) {
	f, ok := t.ranges[node]
	return f[0], f[1], ok
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
