package agreement

import (
	"fmt"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// functions is what expressions of terms may call. It is made once and never
// changes.
var functions = sync.OnceValue(func() *hcl.EvalContext {
	return &hcl.EvalContext{Functions: map[string]function.Function{
		"accepted":             call("accepted", 1, 2),
		"implemented_together": call("implemented-together", 2, 32),
		"met":                  call("met", 1, 1),
		"mutual":               call("mutual", 2, 32),
		"tacit":                call("tacit", 1, 2),
	}}
})

// call makes a function that says what was called with what: the answer is an
// object {call, args}, which the reader of the attribute takes apart.
func call(name string, least, most int) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{Name: "args", Type: cty.String},
		Type: func(args []cty.Value) (cty.Type, error) {
			if len(args) < least || len(args) > most {
				return cty.NilType, fmt.Errorf("%s takes %d to %d strings, not %d", name, least, most, len(args))
			}
			return cty.Object(map[string]cty.Type{"call": cty.String, "args": cty.List(cty.String)}), nil
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.ObjectVal(map[string]cty.Value{"call": cty.StringVal(name), "args": cty.ListVal(args)}), nil
		},
	})
}

// called takes such an object apart.
func called(v cty.Value) (name string, args []string, ok bool) {
	if !v.Type().IsObjectType() || !v.Type().HasAttribute("call") {
		return "", nil, false
	}
	for _, a := range v.GetAttr("args").AsValueSlice() {
		args = append(args, a.AsString())
	}
	return v.GetAttr("call").AsString(), args, true
}
