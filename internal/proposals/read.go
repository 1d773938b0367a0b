package proposals

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Bounds of a file.
const (
	MaxFile     = 16 << 20
	maxProblems = 1000
	maxDeep     = 16
)

// reader reads one file.
type reader struct {
	file     string
	data     []byte
	problems problem.List
}

// Read reads a file of proposals. The error is a problem.List with every problem of the
// form of every block; what a confirmed block says is checked by Confirmed.
func Read(file string, data []byte) ([]*Block, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := &reader{file: file, data: data}
	switch {
	case len(data) > MaxFile:
		return nil, problem.List{{Code: "too-long", File: file, What: "the file is too long", Mend: "at most 16 MiB; apply it in parts"}}
	case !utf8.Valid(data):
		return nil, problem.List{{Code: "not-utf-8", File: file, What: "the file is not UTF-8", Mend: "save it as UTF-8"}}
	case tooDeep(data):
		return nil, problem.List{{Code: "too-deep", File: file, What: "brackets are nested too deeply", Mend: "an entry's fields need no more than a few levels"}}
	}
	parsed, diags := hclsyntax.ParseConfig(data, file, hcl.InitialPos)
	for _, d := range diags {
		at := 0
		if d.Subject != nil {
			at = d.Subject.Start.Byte
		}
		r.bad(at, "not-hcl", "", strings.ToLower(d.Summary), d.Detail)
	}
	if diags.HasErrors() {
		return nil, record.Bounded(r.problems, maxProblems)
	}
	body := parsed.Body.(*hclsyntax.Body) //nolint:forcetypeassert // what ParseConfig gives
	for name, a := range body.Attributes {
		r.bad(a.NameRange.Start.Byte, "stray", name, "it stands outside of a block", "put it into the block of its entry")
	}
	var list []*Block
	seen := map[string]int{}
	for _, hb := range body.Blocks {
		b := r.block(hb)
		if b == nil {
			continue
		}
		line := r.place(hb.TypeRange.Start.Byte).Line
		if was, twice := seen[b.Ref]; twice {
			r.bad(hb.LabelRanges[0].Start.Byte, "duplicate-ref", "label", fmt.Sprintf("%q stands already on line %d", b.Ref, was), "give each block a reference of its own")
		}
		seen[b.Ref] = line
		list = append(list, b)
	}
	if len(body.Blocks) == 0 && len(r.problems) == 0 {
		r.bad(0, "empty", "", "the file holds no proposals", "write one with: truceline press ARTICLE --propose FILE")
	}
	return list, record.Bounded(r.problems, maxProblems)
}

// tooDeep tells a file whose nesting would exhaust the parser.
func tooDeep(data []byte) bool {
	deep, most := 0, 0
	for _, c := range data {
		switch c {
		case '{', '[', '(':
			deep++
			most = max(most, deep)
		case '}', ']', ')':
			deep = max(deep-1, 0)
		case '\n':
			if most > 500 {
				return true
			}
		}
	}
	return most > 500
}

func (r *reader) bad(at int, code, field, what, mend string) {
	p := r.place(at)
	p.Code, p.Field, p.What, p.Mend = code, field, what, mend
	r.problems.Add(p)
}

// place is a problem that has its place in the file and nothing else yet.
func (r *reader) place(at int) problem.Problem {
	before := r.data[:min(at, len(r.data))]
	return problem.Problem{File: r.file, Line: 1 + bytes.Count(before, []byte("\n")), Column: len(before) - bytes.LastIndexByte(before, '\n')}
}

// block reads one block; nil when it cannot be used.
func (r *reader) block(hb *hclsyntax.Block) *Block {
	at := hb.TypeRange.Start.Byte
	if !slices.Contains(kinds, record.Kind(hb.Type)) {
		names := make([]string, len(kinds))
		for i, k := range kinds {
			names[i] = string(k)
		}
		mend := "the blocks are " + strings.Join(names, ", ")
		if near := record.Nearest(hb.Type, names); near != "" {
			mend = fmt.Sprintf("did you mean %q?", near)
		}
		r.bad(at, "unknown-block", "", fmt.Sprintf("there is no block %q", hb.Type), mend)
		return nil
	}
	if len(hb.Labels) != 1 {
		r.bad(at, "no-ref", "label", "a block has one label, the reference of its entry", fmt.Sprintf(`write %s "REF" {`, hb.Type))
		return nil
	}
	for _, inner := range hb.Body.Blocks {
		r.bad(inner.TypeRange.Start.Byte, "stray", inner.Type, "a block stands in a block", fmt.Sprintf("write %s = { … }", inner.Type))
	}
	b := &Block{Kind: record.Kind(hb.Type), Ref: hb.Labels[0], Fields: map[string]any{}, at: hb.LabelRanges[0], exprs: map[string]hclsyntax.Expression{}, reader: r}
	for name, a := range hb.Body.Attributes {
		b.exprs[name] = a.Expr
	}
	own := []string{"decision", "original"}
	decides := b.Kind != record.KindSource
	for _, name := range own {
		a := hb.Body.Attributes[name]
		if a == nil {
			continue
		}
		v, ok := r.value(a.Expr, name, 0)
		word, is := v.(string)
		switch {
		case !ok:
		case !is || (name == "decision") != decides:
			r.bad(a.NameRange.Start.Byte, "bad-field", name, "it has no place here", `every block but a source has decision = "confirm", "reject" or ""; a source has original = "FILE"`)
		case name == "original":
			b.Original = word
		case word != Confirm && word != Reject && word != Open:
			mend := `write "confirm", "reject", or "" to leave it for later`
			if near := record.Nearest(strings.ToLower(word), []string{Confirm, Reject}); near != "" {
				mend = fmt.Sprintf("did you mean %q?", near)
			}
			r.bad(a.Expr.Range().Start.Byte, "bad-decision", name, fmt.Sprintf("%.60q is no decision", word), mend)
		default:
			b.Decision = word
		}
	}
	if b.Decision != Confirm && decides {
		return b // read no further
	}
	for name, a := range hb.Body.Attributes {
		if slices.Contains(own, name) {
			continue
		}
		if slices.Contains([]string{"kind", "ref", "author", "sealed"}, name) {
			r.bad(a.NameRange.Start.Byte, "bad-field", name, "it is not given here", "the kind is the block's type, the reference its label; the author is who applies the file")
			continue
		}
		if v, ok := r.value(a.Expr, name, 0); ok {
			b.Fields[name] = v
		}
	}
	return b
}

// value gives what an expression says plainly.
func (r *reader) value(e hclsyntax.Expression, field string, deep int) (any, bool) {
	if deep > maxDeep {
		r.bad(e.Range().Start.Byte, "too-deep", field, "values are nested too deeply", "an entry's fields need no more than a few levels")
		return nil, false
	}
	switch e := e.(type) {
	case *hclsyntax.TemplateExpr:
		if e.IsStringLiteral() {
			v, _ := e.Value(nil)
			return v.AsString(), true
		}
		if len(e.Parts) == 0 {
			return "", true
		}
	case *hclsyntax.LiteralValueExpr:
		switch v := e.Val; {
		case v.IsNull():
			r.bad(e.Range().Start.Byte, "null", field, "null is not used", `leave the field out, or write ""`)
			return nil, false
		case v.Type() == cty.Bool:
			return v.True(), true
		case v.Type() == cty.Number:
			if n, how := v.AsBigFloat().Int64(); how == big.Exact {
				return json.Number(fmt.Sprint(n)), true
			}
			r.bad(e.Range().Start.Byte, "bad-number", field, "a number with a fraction", `decimals are written as strings: "35.27"`)
			return nil, false
		case v.Type() == cty.String:
			return v.AsString(), true
		}
	case *hclsyntax.TupleConsExpr:
		list, all := []any{}, true
		for i, item := range e.Exprs {
			v, ok := r.value(item, fmt.Sprintf("%s[%d]", field, i), deep+1)
			list, all = append(list, v), all && ok
		}
		return list, all
	case *hclsyntax.ObjectConsExpr:
		object, all := map[string]any{}, true
		for _, item := range e.Items {
			key, ok := keyOf(item.KeyExpr)
			if _, twice := object[key]; !ok || twice {
				r.bad(item.KeyExpr.Range().Start.Byte, "bad-key", field, "a name is not plain, or stands twice", "write NAME = VALUE, each name once")
				all = false
				continue
			}
			v, ok := r.value(item.ValueExpr, field+"."+key, deep+1)
			object[key], all = v, all && ok
		}
		return object, all
	}
	r.bad(e.Range().Start.Byte, "not-plain", field, "the value is computed", "write plain strings, whole numbers, true, lists and objects; a $ before { in words is written $${")
	return nil, false
}

func keyOf(e hclsyntax.Expression) (string, bool) {
	if k, ok := e.(*hclsyntax.ObjectConsKeyExpr); ok {
		if word := hcl.ExprAsKeyword(k.Wrapped); word != "" && !k.ForceNonLiteral {
			return word, true
		}
		if t, ok := k.Wrapped.(*hclsyntax.TemplateExpr); ok && t.IsStringLiteral() {
			v, _ := t.Value(nil)
			return v.AsString(), true
		}
	}
	return "", false
}
