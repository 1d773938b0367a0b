package agreement

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// signature says how a call is written and in which attribute it has a meaning.
type signature struct {
	kind        string // what the call means
	least, most int    // strings that it takes
	form        string // an example
	attribute   string
}

// signatures are the calls that terms know.
var signatures = map[string]signature{
	"accepted":             {string(RequiresAccepted), 1, 2, `accepted("A", "declared")`, "requires"},
	"implemented_together": {string(RequiresImplementedTogether), 2, 32, `implemented_together("A", "B")`, "requires"},
	"declared":             {string(RequiresDeclared), 1, 1, `declared("A")`, "requires"},
	"done":                 {string(RequiresDone), 1, 1, `done("3")`, "requires"},
	"met":                  {string(RequiresMet), 1, 1, `met("relief")`, "requires"},
	"mutual":               {"mutual", 2, 32, `mutual("A", "B")`, "extension"},
	"tacit":                {"tacit", 1, 2, `tacit("P120D", "P10D")`, "extension"},
}

// functions is what expressions of terms may call. It is made once and never
// changes.
var functions = sync.OnceValue(func() *hcl.EvalContext {
	c := &hcl.EvalContext{Functions: map[string]function.Function{}}
	for name, s := range signatures {
		c.Functions[name] = call(s.kind)
	}
	return c
})

// callType is what a call evaluates to.
var callType = cty.Object(map[string]cty.Type{"call": cty.String, "args": cty.List(cty.String)})

// call makes a function that says what was called with what: the answer is an
// object {call, args}, which the reader of the attribute takes apart.
func call(kind string) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{Name: "args", Type: cty.String},
		Type:     function.StaticReturnType(callType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.ObjectVal(map[string]cty.Value{"call": cty.StringVal(kind), "args": cty.ListVal(args)}), nil
		},
	})
}

// called is a call taken apart, with the places of its strings.
type called struct {
	kind string
	args []word
	pos  Pos
}

// texts gives the arguments without their places.
func (c called) texts() []string {
	list := make([]string, len(c.args))
	for i, a := range c.args {
		list[i] = a.text
	}
	return list
}

// callOf takes an expression that plain has let pass as a call.
func (r *reader) callOf(name string, e hclsyntax.Expression, src *source) (called, bool) {
	e = unwrap(e)
	f, isCall := e.(*hclsyntax.FunctionCallExpr)
	if !isCall {
		return called{}, false
	}
	v, ok := r.value(name, e, src)
	if !ok || !v.Type().Equals(callType) {
		return called{}, false
	}
	c := called{kind: v.GetAttr("call").AsString(), pos: src.pos(f.NameRange)}
	for i, a := range v.GetAttr("args").AsValueSlice() {
		c.args = append(c.args, word{a.AsString(), src.pos(f.Args[i].Range())})
	}
	return c, true
}

// plainCall tells whether a call is one that its attribute knows, with as many
// strings as it takes.
func (r *reader) plainCall(name string, e *hclsyntax.FunctionCallExpr, src *source) bool {
	s, known := signatures[e.Name]
	switch {
	case !known:
		r.bad(src.pos(e.NameRange), "unknown-call", name, fmt.Sprintf("there is nothing called %s(…)", e.Name), suggest(e.Name, slices.Sorted(maps.Keys(signatures))))
		return false
	case s.attribute != name:
		r.bad(src.pos(e.NameRange), "wrong-type", name, fmt.Sprintf("%s(…) has no meaning here", e.Name), fmt.Sprintf("it belongs to the attribute %s", s.attribute))
		return false
	case len(e.Args) < s.least || len(e.Args) > s.most || e.ExpandFinal:
		r.bad(src.pos(e.NameRange), "wrong-arguments", name, fmt.Sprintf("%s takes %s, not %d", e.Name, s.count(), len(e.Args)), "write "+s.form)
		return false
	}
	ok, seen := true, map[string]bool{}
	for _, a := range e.Args {
		a = unwrap(a)
		if _, isString := a.(*hclsyntax.TemplateExpr); !isString {
			ok = false
			if r.plain(name, a, src) {
				r.bad(src.pos(a.Range()), "wrong-type", name, e.Name+" takes strings", "write "+s.form)
			}
			continue
		}
		text, isText := r.stringOf(name, a, src)
		if ok = ok && isText; seen[text] && isText && s.most > 2 {
			r.bad(src.pos(a.Range()), "duplicate-value", name, fmt.Sprintf("%q stands twice", text), "keep one")
			ok = false
		}
		seen[text] = true
	}
	return ok
}

// count says how many strings the call takes.
func (s signature) count() string {
	switch {
	case s.most == 1:
		return "one string"
	case s.least == s.most:
		return fmt.Sprintf("%d strings", s.least)
	case s.most == 2:
		return "one or two strings"
	}
	return fmt.Sprintf("%d strings or more", s.least)
}
