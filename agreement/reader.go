package agreement

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// attribute is one attribute of a clause with the file that says it.
type attribute struct {
	*hclsyntax.Attribute
	src *source
}

// clause is a block of terms; under a reading, the blocks of text and reading laid
// over one another.
type clause struct {
	kind, label string
	pos         Pos // of the file that said it last
	attributes  map[string]attribute
	blocks      []*block
}

// asClause takes a block as a clause of its own.
func (b *block) asClause() *clause {
	c := &clause{kind: b.Type, label: b.label(), pos: b.pos(), attributes: map[string]attribute{}}
	for name, a := range b.Body.Attributes {
		c.attributes[name] = attribute{a, b.src}
	}
	for _, inner := range b.Body.Blocks {
		c.blocks = append(c.blocks, &block{inner, b.src})
	}
	return c
}

// over lays a clause over another of the same kind and label: the attributes that
// it names hold, the others are kept. Length and until are one statement in two
// forms, so that either takes the place of both.
func (c *clause) over(under *clause) *clause {
	merged := &clause{kind: c.kind, label: c.label, pos: c.pos, attributes: maps.Clone(under.attributes), blocks: slices.Concat(under.blocks, c.blocks)}
	if _, ok := c.attributes["length"]; ok {
		delete(merged.attributes, "until")
	}
	if _, ok := c.attributes["until"]; ok {
		delete(merged.attributes, "length")
	}
	maps.Copy(merged.attributes, c.attributes)
	return merged
}

// reader takes the attributes of one clause; every problem names its place.
type reader struct {
	*clause
	problems *problem.List
	known    []string // the attributes that were asked for
}

// maxName bounds labels, codes and ids, in bytes.
const maxName = 64

func (c *clause) read(problems *problem.List) *reader {
	r := &reader{clause: c, problems: problems}
	if !isName(c.label) {
		r.bad(c.pos, "bad-label", "", fmt.Sprintf("%q is no label", c.label), "a label has 1 to 64 letters, digits or signs, and no space")
	}
	return r
}

// labelled tells whether a block has the one label that it needs.
func (b *block) labelled(problems *problem.List) bool {
	if len(b.Labels) == 1 {
		return true
	}
	problems.Add(at(b.pos(), "bad-label", b.Type, fmt.Sprintf("it has %d labels, not one", len(b.Labels)), fmt.Sprintf("write %s \"LABEL\" { … }", b.Type)))
	return false
}

// isName tells whether s may name a clause, a party or an agreement.
func isName(s string) bool {
	return s != "" && len(s) <= maxName && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == 0xa0 || r == '"' || r == '/' || r == '\\' })
}

func (r *reader) bad(p Pos, code, field, what, mend string) {
	where := r.kind
	if r.label != "" {
		where += " " + r.label
	}
	if field != "" {
		where += "." + field
	}
	r.problems.Add(at(p, code, where, what, mend))
}

func (r *reader) has(name string) bool {
	_, ok := r.attributes[name]
	return ok
}

// expr gives the expression of an attribute; ok is false when the attribute is
// absent or is not written with plain values.
func (r *reader) expr(name string) (e hclsyntax.Expression, src *source, ok bool) {
	if e, src, ok = r.raw(name); !ok {
		return nil, nil, false
	}
	return e, src, r.plain(name, e, src)
}

// items gives the members of an attribute that is a list, each still to be held to
// plain values, or the value itself if it is none.
func (r *reader) items(name string) (items []hclsyntax.Expression, src *source, ok bool) {
	e, src, ok := r.raw(name)
	if !ok {
		return nil, nil, false
	}
	if t, isList := e.(*hclsyntax.TupleConsExpr); isList {
		return t.Exprs, src, true
	}
	return []hclsyntax.Expression{e}, src, r.plain(name, e, src)
}

// isList tells whether an attribute is written as a list.
func (r *reader) isList(name string) bool {
	a, ok := r.attributes[name]
	if !ok {
		return false
	}
	_, ok = unwrap(a.Expr).(*hclsyntax.TupleConsExpr)
	return ok
}

// raw gives the expression of an attribute as it is written.
func (r *reader) raw(name string) (e hclsyntax.Expression, src *source, ok bool) {
	if !slices.Contains(r.known, name) {
		r.known = append(r.known, name)
	}
	a, ok := r.attributes[name]
	if !ok {
		return nil, nil, false
	}
	return unwrap(a.Expr), a.src, true
}

// place is where an attribute stands; the clause where it is absent.
func (r *reader) place(name string) Pos {
	if a, ok := r.attributes[name]; ok {
		return a.src.pos(a.NameRange)
	}
	return r.pos
}

// unwrap takes parentheses away.
func unwrap(e hclsyntax.Expression) hclsyntax.Expression {
	for {
		p, ok := e.(*hclsyntax.ParenthesesExpr)
		if !ok {
			return e
		}
		e = p.Expression
	}
}

// plain tells whether an expression is made of values and the calls that its
// attribute knows, and says what else it holds. Nesting is bounded by maxDepth.
func (r *reader) plain(name string, e hclsyntax.Expression, src *source) bool {
	switch e := unwrap(e).(type) {
	case *hclsyntax.LiteralValueExpr:
		if e.Val.IsNull() {
			r.bad(src.pos(e.SrcRange), "null", name, "null is no value", "leave the attribute out")
			return false
		}
		return true
	case *hclsyntax.TemplateExpr:
		return true // of literals: the lexer lets no interpolation pass
	case *hclsyntax.TupleConsExpr:
		ok := true
		for _, x := range e.Exprs {
			ok = r.plain(name, x, src) && ok
		}
		return ok
	case *hclsyntax.ObjectConsExpr:
		ok, seen := true, map[string]bool{}
		for _, item := range e.Items {
			key, isKey := memberName(item)
			switch {
			case !isKey:
				r.bad(src.pos(item.KeyExpr.Range()), "bad-member", name, "this is no name of a member", `write { en = "…" }`)
				ok = false
			case seen[key]:
				r.bad(src.pos(item.KeyExpr.Range()), "duplicate-member", name+"."+key, "the member stands twice", "keep one")
				ok = false
			}
			seen[key] = true
			ok = r.plain(name, item.ValueExpr, src) && ok
		}
		return ok
	case *hclsyntax.FunctionCallExpr:
		return r.plainCall(name, e, src)
	case *hclsyntax.ScopeTraversalExpr:
		word := e.Traversal.RootName()
		r.bad(src.pos(e.SrcRange), "not-quoted", name, fmt.Sprintf("%s stands without quotation marks", word), fmt.Sprintf("write %q", word))
		return false
	default:
		r.bad(src.pos(e.Range()), "wrong-type", name, "this is no plain value", "terms hold strings, numbers, lists […] and objects {…}")
		return false
	}
}

// memberName gives the name of an object's member; ok is false for what is no
// plain name.
func memberName(item hclsyntax.ObjectConsItem) (string, bool) {
	k, ok := item.KeyExpr.(*hclsyntax.ObjectConsKeyExpr)
	if !ok || k.ForceNonLiteral {
		return "", false
	}
	v, diags := k.Value(nil)
	if diags.HasErrors() || v.IsNull() || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}

// value evaluates an expression that [reader.plain] has let pass.
func (r *reader) value(name string, e hclsyntax.Expression, src *source) (cty.Value, bool) {
	v, diags := e.Value(functions())
	if diags.HasErrors() || !v.IsWhollyKnown() || v.IsNull() {
		r.bad(src.pos(e.Range()), "bad-value", name, "the value does not come out", "terms hold strings, numbers, lists […] and objects {…}")
		return cty.NilVal, false
	}
	return v, true
}

// stringOf takes one expression as a string.
func (r *reader) stringOf(name string, e hclsyntax.Expression, src *source) (string, bool) {
	v, ok := r.value(name, e, src)
	switch {
	case !ok:
	case v.Type() != cty.String:
		r.bad(src.pos(e.Range()), "wrong-type", name, "a string is wanted", `write it in quotation marks: "…"`)
	case strings.TrimSpace(v.AsString()) == "":
		r.bad(src.pos(e.Range()), "empty", name, "the string is empty", "write what it says, or leave it out")
	default:
		return v.AsString(), true
	}
	return "", false
}

// str takes a string and gives its place.
func (r *reader) str(name string, into *string) (Pos, bool) {
	e, src, ok := r.expr(name)
	if !ok {
		return Pos{}, false
	}
	s, ok := r.stringOf(name, e, src)
	if ok {
		*into = s
	}
	return src.pos(e.Range()), ok
}

// closed takes a string out of a closed set.
func (r *reader) closed(name string, into *string, set ...string) {
	var s string
	p, ok := r.str(name, &s)
	switch {
	case !ok:
	case !slices.Contains(set, s):
		r.bad(p, "unknown-value", name, fmt.Sprintf("%q is not a value of it", s), suggest(s, set))
	default:
		*into = s
	}
}

// suggest says which word of a set was meant, or which there are.
func suggest(s string, set []string) string {
	if near := record.Nearest(s, set); near != "" && len(s) > 2 { // any code of a letter is near any other
		return fmt.Sprintf("did you mean %q?", near)
	}
	switch {
	case len(set) == 0:
		return "none is known"
	case len(set) > mostListed:
		return "known are " + some(set)
	}
	return "it is one of " + some(set)
}

// mostListed bounds how many words of a set are listed.
const mostListed = 12

// some lists the first words of a set and says how many more there are.
func some(set []string) string {
	if len(set) <= mostListed {
		return strings.Join(set, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(set[:mostListed], ", "), len(set)-mostListed)
}

// text takes a text in several languages; a plain string counts as the language
// given, or as English.
func (r *reader) text(name, language string, into *record.Text) {
	e, src, ok := r.expr(name)
	if !ok {
		return
	}
	if t := r.textOf(name, language, e, src); t != nil {
		*into = t
	}
}

func (r *reader) textOf(name, language string, e hclsyntax.Expression, src *source) record.Text {
	if language == "" {
		language = "en"
	}
	if _, isString := e.(*hclsyntax.TemplateExpr); isString {
		if s, ok := r.stringOf(name, e, src); ok {
			return record.Text{language: s}
		}
		return nil
	}
	members, ok := r.members(name, e, src, `{ en = "…" }`)
	if !ok {
		return nil
	}
	if len(members) == 0 {
		r.bad(src.pos(e.Range()), "empty", name, "no language is given", `write { en = "…" }`)
		return nil
	}
	t := record.Text{}
	for _, m := range members {
		if !record.LanguageTag(m.name) {
			r.bad(m.pos, "bad-language", name, fmt.Sprintf("%q is no language tag", m.name), "write en, ru, uk, zh or another BCP 47 tag")
			continue
		}
		if s, ok := r.stringOf(name+"."+m.name, m.value, src); ok {
			t[m.name] = s
		}
	}
	return t
}

// time takes a time; without zone or offset of its own it is read in the zone.
func (r *reader) time(name string, zone *moment.Zone, into *moment.Time) {
	var s string
	p, ok := r.str(name, &s)
	if !ok {
		return
	}
	t, err := moment.Parse(s, zone)
	if err != nil {
		r.badMoment(p, "bad-time", name, s, err, "times are EDTF: 2025-03-18[Europe/Moscow], 2025-04-21T00:00+03:00")
		return
	}
	*into = t
}

// duration takes a length that is not zero.
func (r *reader) duration(name string, into *moment.Duration) {
	var s string
	if p, ok := r.str(name, &s); ok {
		r.durationOf(name, s, p, into)
	}
}

func (r *reader) durationOf(name, s string, p Pos, into *moment.Duration) {
	d, err := moment.ParseDuration(s)
	switch {
	case err != nil:
		r.badMoment(p, "bad-length", name, s, err, "lengths are ISO 8601: P30D, PT48H")
	case d.IsZero():
		r.bad(p, "bad-length", name, fmt.Sprintf("the length %q is zero", s), "lengths are ISO 8601: P30D, PT48H")
	default:
		*into = d
	}
}

// badMoment tells what is wrong with a time or length; the place is that of the
// character inside of the string at which the trouble begins.
func (r *reader) badMoment(p Pos, code, name, text string, err error, mend string) {
	var e *moment.Error
	if !errors.As(err, &e) {
		r.bad(p, code, name, err.Error(), mend)
		return
	}
	p.Column += 1 + e.Offset
	if e.Mend != "" {
		mend = e.Mend
	}
	if len(text) > maxName {
		text = strings.ToValidUTF8(text[:maxName], "") + "…"
	}
	r.bad(p, code, name, fmt.Sprintf("%q: %s", text, e.Problem), mend)
}

// rest says what stands in the clause that nobody asked for.
func (r *reader) rest(blocks ...string) {
	for _, name := range slices.Sorted(maps.Keys(r.attributes)) {
		if !slices.Contains(r.known, name) {
			r.bad(r.place(name), "unknown-attribute", name, "there is no such attribute here", suggest(name, r.known))
		}
	}
	for _, b := range r.blocks {
		if !slices.Contains(blocks, b.Type) {
			r.bad(b.pos(), "unknown-block", b.Type, "there is no such block here", suggest(b.Type, slices.Concat(blocks, r.known)))
		}
	}
}

// require says that an attribute is missing.
func (r *reader) require(name, mend string) {
	if !r.has(name) {
		r.bad(r.pos, "missing", name, "it is required", mend)
	}
}

// labelPos is where the label of a block stands.
func (b *block) labelPos() Pos {
	if len(b.LabelRanges) == 0 {
		return b.pos()
	}
	return b.src.pos(hcl.Range{Start: b.LabelRanges[0].Start})
}
