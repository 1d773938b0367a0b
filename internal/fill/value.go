package fill

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"sync/atomic"
	"text/template/parse"
)

// expr gives a value. An error leaves the template to html/template.
type expr func(m *machine, dot reflect.Value) (reflect.Value, error)

// value makes the value of a pipeline of one command; escapers are for action.
func (c *compiler) value(p *parse.PipeNode) expr {
	if len(p.Cmds) != 1 {
		c.give(p)
		return nil
	}
	e := c.command(p.Cmds[0])
	if e == nil {
		return nil
	}
	return func(m *machine, dot reflect.Value) (reflect.Value, error) {
		v, err := e(m, dot)
		if err == nil && v.Kind() == reflect.Interface && v.NumMethod() == 0 {
			v = v.Elem()
		}
		return v, err
	}
}

func (c *compiler) command(cmd *parse.CommandNode) expr {
	switch first := cmd.Args[0].(type) {
	case *parse.FieldNode:
		return c.fields(dotOf, first.Ident, cmd.Args[1:])
	case *parse.VariableNode:
		return c.fields(c.variable(first), first.Ident[1:], cmd.Args[1:])
	case *parse.ChainNode:
		if inner := c.arg(first.Node); inner != nil {
			return c.fields(inner, first.Field, cmd.Args[1:])
		}
	case *parse.IdentifierNode:
		return c.function(first.Ident, cmd.Args[1:])
	default:
		if len(cmd.Args) == 1 {
			return c.arg(cmd.Args[0])
		}
	}
	c.give(cmd)
	return nil
}

func dotOf(_ *machine, dot reflect.Value) (reflect.Value, error) { return dot, nil }

func (c *compiler) variable(n *parse.VariableNode) expr {
	for slot := len(c.vars) - 1; slot >= 0; slot-- {
		if c.vars[slot] == n.Ident[0] {
			return func(m *machine, _ reflect.Value) (reflect.Value, error) { return m.vars[slot], nil }
		}
	}
	c.give(n)
	return nil
}

// arg makes the value of an argument.
func (c *compiler) arg(n parse.Node) expr {
	constant := func(x any) expr {
		v := reflect.ValueOf(x)
		return func(*machine, reflect.Value) (reflect.Value, error) { return v, nil }
	}
	switch n := n.(type) {
	case *parse.DotNode:
		return dotOf
	case *parse.FieldNode:
		return c.fields(dotOf, n.Ident, nil)
	case *parse.VariableNode:
		return c.fields(c.variable(n), n.Ident[1:], nil)
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return c.value(n)
		}
	case *parse.ChainNode:
		if inner := c.arg(n.Node); inner != nil {
			return c.fields(inner, n.Field, nil)
		}
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt && n.Int64 == int64(int(n.Int64)) {
			return constant(int(n.Int64))
		}
	}
	c.give(n)
	return nil
}

func (c *compiler) args(nodes []parse.Node) ([]expr, bool) {
	list := make([]expr, len(nodes))
	for i, n := range nodes {
		if list[i] = c.arg(n); list[i] == nil {
			return nil, false
		}
	}
	return list, true
}

// fields goes from field to field; the last may be a method with arguments.
func (c *compiler) fields(from expr, names []string, args []parse.Node) expr {
	if from == nil {
		return nil
	}
	given, ok := c.args(args)
	if !ok || len(names) == 0 && len(args) > 0 {
		return nil
	}
	for i, name := range names {
		f := &field{name: name}
		if i == len(names)-1 {
			f.args = given
		}
		inner := from
		from = func(m *machine, dot reflect.Value) (reflect.Value, error) {
			v, err := inner(m, dot)
			if err != nil {
				return v, err
			}
			return f.of(m, dot, v)
		}
	}
	return from
}

// field is a field or method by its name, with where it was found last.
type field struct {
	name string
	args []expr
	last atomic.Pointer[place]
}

// place is where a type has a field or method.
type place struct {
	typ    reflect.Type
	index  []int // of a field
	method int   // of the pointer's methods; -1: a field
}

// of gives the field of a value.
func (f *field) of(m *machine, dot, v reflect.Value) (reflect.Value, error) {
	if v = indirect(v); !v.IsValid() {
		return v, errUnknown
	}
	p := f.last.Load()
	if t := v.Type(); p == nil || p.typ != t {
		p = f.find(v)
		if p == nil {
			return v, errUnknown
		}
		f.last.Store(p)
	}
	if p.method >= 0 {
		return f.call(m, dot, v, p)
	}
	if len(f.args) > 0 {
		return v, errUnknown
	}
	if len(p.index) == 1 {
		return v.Field(p.index[0]), nil
	}
	x, err := v.FieldByIndexErr(p.index)
	if err != nil {
		return x, errUnknown
	}
	return x, nil
}

// find looks for a method first, as text/template does, then for a field.
func (f *field) find(v reflect.Value) *place {
	receiver := v.Type()
	if v.CanAddr() {
		receiver = reflect.PointerTo(receiver)
	} else if _, ok := reflect.PointerTo(receiver).MethodByName(f.name); ok {
		if _, ok := receiver.MethodByName(f.name); !ok {
			return nil // it depends on whether the value can be pointed to
		}
	}
	if method, ok := receiver.MethodByName(f.name); ok {
		if !v.CanAddr() {
			return nil // the place would not fit a value of the type that can be
		}
		return &place{typ: v.Type(), method: method.Index}
	}
	if v.Kind() != reflect.Struct {
		return nil
	}
	x, ok := v.Type().FieldByName(f.name)
	if !ok || !x.IsExported() {
		return nil
	}
	return &place{typ: v.Type(), index: x.Index, method: -1}
}

// The methods that pages call most are called without reflection.
type (
	teller interface {
		T(code string, args ...string) string
	}
	sayer  interface{ Say(code string) string }
	linker interface {
		Link(path string) template.URL
	}
)

// call calls a method of a value that can be pointed to.
func (f *field) call(m *machine, dot, v reflect.Value, p *place) (reflect.Value, error) {
	if !v.CanAddr() {
		return v, errUnknown
	}
	var room [8]reflect.Value
	in := room[:0]
	for _, a := range f.args {
		x, err := a(m, dot)
		if err != nil || !x.IsValid() {
			return x, errUnknown
		}
		in = append(in, x)
	}
	if x, ok := f.tell(v, in); ok {
		return x, nil
	}
	method := v.Addr().Method(p.method)
	t := method.Type()
	if t.NumOut() != 1 || t.IsVariadic() || t.NumIn() != len(in) {
		return v, errUnknown
	}
	for i := range in {
		if in[i].Type() != t.In(i) {
			return v, errUnknown
		}
	}
	return method.Call(in)[0], nil
}

// tell calls one of the methods that take texts alone.
func (f *field) tell(v reflect.Value, in []reflect.Value) (reflect.Value, bool) {
	var room [8]string
	texts := room[:0]
	for _, x := range in {
		if x.Type() != stringType {
			return v, false
		}
		texts = append(texts, x.String())
	}
	switch f.name {
	case "T":
		if x, ok := v.Addr().Interface().(teller); ok && len(texts) > 0 {
			return reflect.ValueOf(x.T(texts[0], texts[1:]...)), true
		}
	case "Say":
		if x, ok := v.Addr().Interface().(sayer); ok && len(texts) == 1 {
			return reflect.ValueOf(x.Say(texts[0])), true
		}
	case "Link":
		if x, ok := v.Addr().Interface().(linker); ok && len(texts) == 1 {
			return reflect.ValueOf(x.Link(texts[0])), true
		}
	}
	return v, false
}

// function makes a call of one of text/template's own functions.
func (c *compiler) function(name string, nodes []parse.Node) expr {
	args, ok := c.args(nodes)
	if !ok {
		return nil
	}
	if f, ok := c.set.funcs[name]; ok {
		return own(f, args)
	}
	switch {
	case (name == "and" || name == "or") && len(args) > 0:
		return func(m *machine, dot reflect.Value) (v reflect.Value, err error) {
			for _, a := range args {
				if v, err = a(m, dot); err != nil || isTrue(v) != (name == "and") {
					return v, err
				}
			}
			return v, nil
		}
	case name == "not" && len(args) == 1:
		return func(m *machine, dot reflect.Value) (reflect.Value, error) {
			v, err := args[0](m, dot)
			return reflect.ValueOf(!isTrue(v)), err
		}
	case name == "print" || (name == "eq" || name == "ne" || name == "gt" || name == "index") && len(args) == 2 || name == "len" && len(args) == 1:
		return func(m *machine, dot reflect.Value) (reflect.Value, error) {
			var room [4]reflect.Value
			in := room[:0]
			for _, a := range args {
				v, err := a(m, dot)
				if err != nil {
					return v, err
				}
				if v = throughInterface(v); !v.IsValid() {
					return v, errUnknown
				}
				in = append(in, v)
			}
			return apply(name, in)
		}
	}
	c.unknown = "the function " + name
	return nil
}

// own makes a call of one of the template's own functions, which may also give an error.
func own(f reflect.Value, args []expr) expr {
	t := f.Type()
	return func(m *machine, dot reflect.Value) (reflect.Value, error) {
		var room [4]reflect.Value
		in := room[:0]
		for i, a := range args {
			v, err := a(m, dot)
			if err != nil || !v.IsValid() || t.IsVariadic() || i >= t.NumIn() || v.Type() != t.In(i) {
				return v, errUnknown
			}
			in = append(in, v)
		}
		if len(in) != t.NumIn() {
			return reflect.Value{}, errUnknown
		}
		out := f.Call(in)
		if len(out) == 2 && !out[1].IsNil() || len(out) > 2 {
			return reflect.Value{}, errUnknown
		}
		return out[0], nil
	}
}

func throughInterface(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

func apply(name string, in []reflect.Value) (reflect.Value, error) {
	switch name {
	case "print":
		if len(in) == 1 && in[0].Kind() == reflect.Int && in[0].NumMethod() == 0 {
			return reflect.ValueOf(strconv.FormatInt(in[0].Int(), 10)), nil
		}
		list := make([]any, len(in))
		for i := range in {
			list[i] = in[i].Interface()
		}
		return reflect.ValueOf(fmt.Sprint(list...)), nil
	case "len":
		switch v := indirect(in[0]); v.Kind() {
		case reflect.Slice, reflect.Array, reflect.String, reflect.Map:
			return reflect.ValueOf(v.Len()), nil
		}
	case "index":
		v, i := indirect(in[0]), in[1]
		if (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) && i.Kind() == reflect.Int && i.Int() >= 0 && int(i.Int()) < v.Len() {
			return v.Index(int(i.Int())), nil
		}
	default:
		x, y := in[0], in[1]
		switch {
		case x.CanInt() && y.CanInt() && name == "gt":
			return reflect.ValueOf(x.Int() > y.Int()), nil
		case x.CanInt() && y.CanInt():
			return reflect.ValueOf((x.Int() == y.Int()) == (name == "eq")), nil
		case x.Kind() == reflect.String && y.Kind() == reflect.String && name != "gt":
			return reflect.ValueOf((x.String() == y.String()) == (name == "eq")), nil
		}
	}
	return reflect.Value{}, errUnknown
}
