package agreement

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// word is a string of a list with its place.
type word struct {
	text string
	pos  Pos
}

// strs takes a list of strings, each once; one string alone is a list of one. It
// gives the strings with their places. An empty list is a list.
func (r *reader) strs(name string, into *[]string) []word {
	items, src, ok := r.items(name)
	if !ok {
		return nil
	}
	if !r.isList(name) {
		if _, isString := items[0].(*hclsyntax.TemplateExpr); !isString {
			r.bad(src.pos(items[0].Range()), "wrong-type", name, "a list of strings is wanted", `write ["…", "…"]`)
			return nil
		}
	}
	words := make([]word, 0, len(items))
	list := make([]string, 0, len(items))
	seen := map[string]bool{}
	for _, item := range items {
		item = unwrap(item)
		if !r.plain(name, item, src) {
			continue
		}
		s, ok := r.stringOf(name, item, src)
		if !ok {
			continue
		}
		p := src.pos(item.Range())
		if seen[s] {
			r.bad(p, "duplicate-value", name, fmt.Sprintf("%q stands twice", s), "keep one")
			continue
		}
		seen[s] = true
		words, list = append(words, word{s, p}), append(list, s)
	}
	*into = list
	return words
}

// strings takes a list of strings in which one may stand several times.
func (r *reader) strings(name string) []word {
	items, src, ok := r.items(name)
	if !ok {
		return nil
	}
	var words []word
	for _, item := range items {
		if item = unwrap(item); r.plain(name, item, src) {
			if s, ok := r.stringOf(name, item, src); ok {
				words = append(words, word{s, src.pos(item.Range())})
			}
		}
	}
	return words
}

// member is a member of an object, with the places of its name and its value.
type member struct {
	name    string
	pos     Pos
	value   hclsyntax.Expression
	valueAt Pos
}

// members takes an object apart, in the order of the file.
func (r *reader) members(name string, e hclsyntax.Expression, src *source, form string) ([]member, bool) {
	o, ok := e.(*hclsyntax.ObjectConsExpr)
	if !ok {
		r.bad(src.pos(e.Range()), "wrong-type", name, "an object is wanted", "write "+form)
		return nil, false
	}
	list := make([]member, 0, len(o.Items))
	for _, item := range o.Items {
		if key, ok := memberName(item); ok {
			v := unwrap(item.ValueExpr)
			list = append(list, member{key, src.pos(item.KeyExpr.Range()), v, src.pos(v.Range())})
		}
	}
	return list, true
}
