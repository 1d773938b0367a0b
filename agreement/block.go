package agreement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// block is an HCL block with the file that it stands in.
type block struct {
	*hclsyntax.Block
	file string
}

func (b *block) label() string {
	if len(b.Labels) == 0 {
		return ""
	}
	return b.Labels[0]
}

func (b *block) pos() Pos { return posOf(b.file, b.TypeRange) }

func posOf(file string, r hcl.Range) Pos {
	return Pos{File: file, Line: r.Start.Line, Column: r.Start.Column}
}

// reader takes the attributes of one block; every problem names its place.
type reader struct {
	*block
	problems *problem.List
	known    []string // the attributes and blocks that were asked for
	zone     *moment.Zone
}

func (b *block) read(problems *problem.List) *reader {
	r := &reader{block: b, problems: problems, zone: moment.UTC()}
	if len(b.Labels) != 1 {
		r.bad(b.TypeRange, "bad-label", "", fmt.Sprintf("%s has %d labels", b.Type, len(b.Labels)), fmt.Sprintf("write %s \"LABEL\" { … }", b.Type))
	}
	return r
}

func (r *reader) bad(at hcl.Range, code, field, what, mend string) {
	where := r.Type
	if r.label() != "" {
		where += " " + r.label()
	}
	if field != "" {
		where += "." + field
	}
	r.problems.Add(problem.Problem{Code: code, File: r.file, Line: at.Start.Line, Column: at.Start.Column, Field: where, What: what, Mend: mend})
}

// value gives an attribute's value and where it stands, or ok false when it is
// absent or does not come out.
func (r *reader) value(name string) (v cty.Value, at hcl.Range, ok bool) {
	r.known = append(r.known, name)
	a := r.Body.Attributes[name]
	if a == nil {
		return cty.NilVal, hcl.Range{}, false
	}
	v, diags := a.Expr.Value(functions())
	if diags.HasErrors() {
		for _, d := range diags {
			at := a.SrcRange
			if d.Subject != nil {
				at = *d.Subject
			}
			r.bad(at, "bad-value", name, strings.ToLower(strings.TrimSuffix(d.Summary, ".")), d.Detail)
		}
		return cty.NilVal, a.SrcRange, false
	}
	if !v.IsWhollyKnown() || v.IsNull() {
		r.bad(a.SrcRange, "bad-value", name, "the value is null", "leave the attribute out")
		return cty.NilVal, a.SrcRange, false
	}
	return v, a.Expr.Range(), true
}

func (r *reader) has(name string) bool { return r.Body.Attributes[name] != nil }

// str takes a string.
func (r *reader) str(name string, into *string) hcl.Range {
	v, at, ok := r.value(name)
	if !ok {
		return at
	}
	if v.Type() != cty.String {
		r.bad(at, "wrong-type", name, "a string is wanted", `write it in quotation marks`)
		return at
	}
	*into = v.AsString()
	return at
}

// closed takes a string out of a closed set.
func (r *reader) closed(name string, into *string, set ...string) {
	var s string
	at := r.str(name, &s)
	if s == "" {
		return
	}
	if !slices.Contains(set, s) {
		r.bad(at, "unknown-value", name, fmt.Sprintf("%q is not a value of it", s), suggest(s, set))
		return
	}
	*into = s
}

func suggest(s string, set []string) string {
	if near := record.Nearest(s, set); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "it is one of " + strings.Join(set, ", ")
}

// strs takes a list of strings; one string alone is a list of one.
func (r *reader) strs(name string, into *[]string) hcl.Range {
	v, at, ok := r.value(name)
	if !ok {
		return at
	}
	if v.Type() == cty.String {
		*into = []string{v.AsString()}
		return at
	}
	if !v.CanIterateElements() || v.Type().IsObjectType() || v.Type().IsMapType() {
		r.bad(at, "wrong-type", name, "a list of strings is wanted", `write ["…", "…"]`)
		return at
	}
	list := []string{}
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		if e.Type() != cty.String || e.IsNull() {
			r.bad(at, "wrong-type", name, "the list holds something other than strings", `write ["…", "…"]`)
			return at
		}
		list = append(list, e.AsString())
	}
	*into = list
	return at
}

// strMap takes an object of strings.
func (r *reader) strMap(name string) (map[string]string, hcl.Range) {
	v, at, ok := r.value(name)
	if !ok {
		return nil, at
	}
	if !v.Type().IsObjectType() {
		r.bad(at, "wrong-type", name, "an object is wanted", `write { en = "…" }`)
		return nil, at
	}
	out := map[string]string{}
	for k, e := range v.AsValueMap() {
		if e.Type() != cty.String || e.IsNull() {
			r.bad(at, "wrong-type", name+"."+k, "a string is wanted", "")
			continue
		}
		out[k] = e.AsString()
	}
	return out, at
}

// text takes a text in several languages; a plain string counts as the language
// given.
func (r *reader) text(name, language string, into *record.Text) {
	if v, _, ok := r.value(name); ok && v.Type() == cty.String {
		if language == "" {
			language = "en"
		}
		*into = record.Text{language: v.AsString()}
		return
	}
	if m, _ := r.strMap(name); m != nil {
		*into = m
	}
}

// texts takes an object whose values are texts.
func (r *reader) texts(name string, into *map[string]record.Text) {
	v, at, ok := r.value(name)
	if !ok {
		return
	}
	if !v.Type().IsObjectType() {
		r.bad(at, "wrong-type", name, "an object of texts is wanted", `write { "line:front" = { en = "…" } }`)
		return
	}
	out := map[string]record.Text{}
	for k, e := range v.AsValueMap() {
		t := record.Text{}
		if e.Type().IsObjectType() {
			for lang, s := range e.AsValueMap() {
				if s.Type() == cty.String && !s.IsNull() {
					t[lang] = s.AsString()
				}
			}
		}
		out[k] = t
	}
	*into = out
}

func (r *reader) time(name string, into *moment.Time) {
	var s string
	at := r.str(name, &s)
	if s == "" {
		return
	}
	t, err := moment.Parse(s, r.zone)
	if err != nil {
		r.bad(at, "bad-time", name, err.Error(), "times are EDTF: 2025-03-18[Europe/Moscow], 2025-04-21T00:00+03:00")
		return
	}
	*into = t
}

func (r *reader) duration(name string, into *moment.Duration) {
	var s string
	at := r.str(name, &s)
	if s == "" {
		return
	}
	d, err := moment.ParseDuration(s)
	if err != nil {
		r.bad(at, "bad-length", name, err.Error(), "lengths are ISO 8601: P30D, PT48H")
		return
	}
	*into = d
}

// rest says what stands in the block that nobody asked for.
func (r *reader) rest(blocks ...string) {
	names := make([]string, 0, len(r.Body.Attributes))
	for name := range r.Body.Attributes {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !slices.Contains(r.known, name) {
			r.bad(r.Body.Attributes[name].NameRange, "unknown-attribute", name, "there is no such attribute here", suggest(name, r.known))
		}
	}
	for _, b := range r.Body.Blocks {
		if !slices.Contains(blocks, b.Type) {
			r.bad(b.TypeRange, "unknown-block", b.Type, "there is no such block here", suggest(b.Type, append(slices.Clone(blocks), r.known...)))
		}
	}
}

// require says that an attribute is missing.
func (r *reader) require(name, mend string) {
	if !r.has(name) {
		r.bad(r.TypeRange, "missing", name, "it is required", mend)
	}
}
