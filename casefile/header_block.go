package casefile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// blockReader takes the attributes of one block of case.hcl; what nobody asked
// for is a problem.
type blockReader struct {
	*header
	*hclsyntax.Block
	path  string // "person doe"
	known []string
}

// attribute gives an attribute, or nil after saying so if it is required.
func (r *blockReader) attribute(name string, required bool) *hclsyntax.Attribute {
	r.known = append(r.known, name)
	a := r.Body.Attributes[name]
	if a == nil && required {
		r.bad(r.TypeRange, "missing", r.path+"."+name, "it is missing", "")
	}
	return a
}

func (r *blockReader) twice(code string) {
	r.bad(r.LabelRanges[0], code, r.path, fmt.Sprintf("a second block %s %q", r.Type, r.Labels[0]), "give each an id of its own, or make one of the two")
}

// done names the attributes and blocks that nobody asked for.
func (r *blockReader) done() {
	for _, name := range slices.Sorted(maps.Keys(r.Body.Attributes)) {
		if !slices.Contains(r.known, name) {
			r.bad(r.Body.Attributes[name].NameRange, "unknown-field", r.path+"."+name, "there is no such attribute here", suggest(name, r.known))
		}
	}
	for _, b := range r.Body.Blocks {
		r.bad(b.TypeRange, "unknown-block", r.path+"."+b.Type, "a block stands within a block", fmt.Sprintf("write it as an attribute: %s = { … }", b.Type))
	}
}

// literal gives a string that is written out in the file, and not empty.
func (r *blockReader) literal(e hclsyntax.Expression, field string) (string, bool) {
	t, ok := e.(*hclsyntax.TemplateExpr)
	if !ok {
		r.bad(e.Range(), "wrong-type", field, "a string is wanted", "write it in quotation marks")
		return "", false
	}
	v, diags := t.Value(nil)
	if diags.HasErrors() {
		r.bad(e.Range(), "wrong-type", field, "a plain string is wanted", "")
		return "", false
	}
	s := strings.TrimSpace(v.AsString())
	if s == "" {
		r.bad(e.Range(), "empty", field, "the string is empty", "leave it out, or fill it in")
		return "", false
	}
	return s, true
}

func (r *blockReader) str(name string, required bool) (string, hcl.Range) {
	a := r.attribute(name, required)
	if a == nil {
		return "", r.TypeRange
	}
	s, _ := r.literal(a.Expr, r.path+"."+name)
	return s, a.Expr.Range()
}

// strs gives a list of strings and where each stands.
func (r *blockReader) strs(name string) ([]string, []hcl.Range) {
	a := r.attribute(name, false)
	if a == nil {
		return nil, nil
	}
	field := r.path + "." + name
	list, ok := a.Expr.(*hclsyntax.TupleConsExpr)
	if !ok {
		r.bad(a.Expr.Range(), "wrong-type", field, "a list of strings is wanted", `write ["…", "…"]`)
		return nil, nil
	}
	var out []string
	var ats []hcl.Range
	for i, e := range list.Exprs {
		if s, ok := r.literal(e, fmt.Sprintf("%s[%d]", field, i)); ok {
			out, ats = append(out, s), append(ats, e.Range())
		}
	}
	return out, ats
}

// text gives a text in several languages, which must be there.
func (r *blockReader) text(name string) record.Text {
	a := r.attribute(name, true)
	if a == nil {
		return nil
	}
	return r.object(a.Expr, r.path+"."+name)
}

// object gives a text in several languages out of { en = "…" }.
func (r *blockReader) object(e hclsyntax.Expression, field string) record.Text {
	object, ok := e.(*hclsyntax.ObjectConsExpr)
	if !ok {
		r.bad(e.Range(), "wrong-type", field, "an object of languages is wanted", `write { en = "…", ru = "…", uk = "…", zh = "…" }`)
		return nil
	}
	text := record.Text{}
	for _, item := range object.Items {
		tag := hcl.ExprAsKeyword(item.KeyExpr)
		if tag == "" {
			if v, diags := item.KeyExpr.Value(nil); !diags.HasErrors() && v.Type().FriendlyName() == "string" {
				tag = v.AsString()
			}
		}
		if !record.LanguageTag(tag) {
			r.bad(item.KeyExpr.Range(), "bad-language", field, fmt.Sprintf("%q is no language tag", tag), `write en, ru, uk, zh or another BCP 47 tag`)
			continue
		}
		if _, twice := text[tag]; twice {
			r.bad(item.KeyExpr.Range(), "duplicate-language", field+"."+tag, "the language stands twice", "keep one of the two")
		}
		if s, ok := r.literal(item.ValueExpr, field+"."+tag); ok {
			text[tag] = s
		}
	}
	if len(object.Items) == 0 {
		r.bad(e.Range(), "empty", field, "no language is given", `write { en = "…" }`)
	}
	return text
}

// time gives a bound of the case. It is read in the case's zone.
func (r *blockReader) time(name string) (moment.Time, hcl.Range) {
	s, at := r.str(name, true)
	if s == "" {
		return moment.Time{}, at
	}
	t, err := moment.Parse(s, r.c.Zone)
	if err != nil {
		what, mend := timeFault(err, "write a date: 2022-01-01")
		r.bad(at, "bad-time", r.path+"."+name, what, mend)
		return moment.Time{}, at
	}
	return t, at
}

// plainID tells whether an id has the form of a reference.
func plainID(s string) bool {
	for i, c := range s {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && (i == 0 || c != '.' && c != '_' && c != '-') {
			return false
		}
	}
	return s != "" && len(s) <= 64
}
