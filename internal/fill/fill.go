// Package fill executes templates of html/template several times faster, byte for byte as
// html/template does. html/template has put its escapers into the trees; here the trees are
// made into closures that remember where a field lies in each type, and append what they
// escape. What fill does not know, in a template or in a value, it leaves to html/template
// itself: nothing is escaped in a way of its own.
package fill

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"sync"
	"text/template/parse"
)

// Template is a set of templates that are executed together. It is safe for use by many
// requests.
type Template struct {
	plain  *template.Template
	funcs  map[string]reflect.Value
	blocks map[string]*block
	left   []string
}

// block is one template of the set.
type block struct {
	name  string
	run   step // nil: left to html/template
	slots int  // variables that it needs
}

// step does one part of a template.
type step func(m *machine, dot reflect.Value) error

// machine executes one template.
type machine struct {
	out  []byte
	vars []reflect.Value
}

// errUnknown tells that a value is left to html/template.
var errUnknown = errors.New("fill: left to html/template")

// New makes a template ready, with the functions that it was parsed with; nil: none. It is not
// to be changed afterwards.
func New(t *template.Template, funcs template.FuncMap) *Template {
	x := &Template{plain: t, blocks: map[string]*block{}, funcs: map[string]reflect.Value{}}
	for name, f := range funcs {
		x.funcs[name] = reflect.ValueOf(f)
	}
	for _, part := range t.Templates() {
		// Executing escapes; what is written, and that there is no data, is of no matter.
		_ = t.ExecuteTemplate(io.Discard, part.Name(), nil)
	}
	for _, part := range t.Templates() {
		if part.Tree != nil && part.Tree.Root != nil {
			x.blocks[part.Name()] = &block{name: part.Name()}
		}
	}
	for _, b := range x.blocks {
		c := &compiler{set: x, vars: []string{"$"}}
		b.run = c.list(t.Lookup(b.name).Tree.Root)
		b.slots = c.most + 1
		if c.unknown != "" {
			b.run = nil
			x.left = append(x.left, b.name+": "+c.unknown)
		}
	}
	return x
}

// Left lists the templates that are left to html/template: the set's own names and why.
func (t *Template) Left() []string { return t.left }

// Execute gives what html/template writes for the same data.
func (t *Template) Execute(name string, data any) ([]byte, error) {
	if b := t.blocks[name]; b != nil && b.run != nil && data != nil {
		m := machines.Get().(*machine) //nolint:forcetypeassert // nothing else is put there
		m.out = m.out[:0]
		err := m.call(b, reflect.ValueOf(data))
		out := m.out
		if err == nil {
			out = bytes.Clone(out)
		}
		if m.vars = nil; cap(m.out) <= maxKept {
			machines.Put(m)
		}
		if err == nil {
			return out, nil
		}
	}
	var out bytes.Buffer
	err := t.plain.ExecuteTemplate(&out, name, data)
	return out.Bytes(), err
}

// machines are used again: what one wrote has been copied.
var machines = sync.Pool{New: func() any { return &machine{} }}

// maxKept bounds what a machine keeps for the next page, in bytes.
const maxKept = 1 << 20

// call runs a template with variables of its own.
func (m *machine) call(b *block, data reflect.Value) error {
	if b.run == nil {
		return errUnknown
	}
	outer := m.vars
	m.vars = make([]reflect.Value, b.slots)
	m.vars[0] = data
	err := b.run(m, data)
	m.vars = outer
	return err
}

// compiler makes the steps of one template.
type compiler struct {
	set     *Template
	vars    []string // in scope, by slot
	most    int      // the last slot used
	unknown string   // what is left to html/template
}

func (c *compiler) give(node parse.Node) {
	if c.unknown == "" {
		c.unknown = fmt.Sprintf("%T %s", node, node)
	}
}

func (c *compiler) list(l *parse.ListNode) step {
	if l == nil {
		return nil
	}
	depth := len(c.vars)
	var steps []step
	for _, n := range l.Nodes {
		if s := c.node(n); s != nil {
			steps = append(steps, s)
		}
	}
	c.vars = c.vars[:depth]
	return func(m *machine, dot reflect.Value) error {
		for _, s := range steps {
			if err := s(m, dot); err != nil {
				return err
			}
		}
		return nil
	}
}

func (c *compiler) node(n parse.Node) step {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(m *machine, _ reflect.Value) error {
			m.out = append(m.out, text...)
			return nil
		}
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return c.action(n.Pipe)
	case *parse.IfNode:
		return c.branch(n.Pipe, n.List, n.ElseList, false)
	case *parse.WithNode:
		return c.branch(n.Pipe, n.List, n.ElseList, true)
	case *parse.RangeNode:
		return c.loop(n)
	case *parse.TemplateNode:
		return c.template(n)
	}
	c.give(n)
	return nil
}

// declare gives a variable a slot.
func (c *compiler) declare(name string) int {
	c.vars = append(c.vars, name)
	c.most = max(c.most, len(c.vars)-1)
	return len(c.vars) - 1
}

// pipe makes the value of a pipeline, and sets the variable that it declares.
func (c *compiler) pipe(p *parse.PipeNode) expr {
	if p.IsAssign || len(p.Decl) > 1 {
		c.give(p)
		return nil
	}
	e := c.value(p)
	if e == nil || len(p.Decl) == 0 {
		return e
	}
	slot := c.declare(p.Decl[0].Ident[0])
	return func(m *machine, dot reflect.Value) (reflect.Value, error) {
		v, err := e(m, dot)
		if err == nil {
			m.vars[slot] = v
		}
		return v, err
	}
}

func (c *compiler) branch(p *parse.PipeNode, yes, no *parse.ListNode, with bool) step {
	depth := len(c.vars)
	e := c.pipe(p)
	then, otherwise := c.list(yes), c.list(no)
	c.vars = c.vars[:depth]
	if e == nil {
		c.give(p)
		return nil
	}
	return func(m *machine, dot reflect.Value) error {
		v, err := e(m, dot)
		if err != nil {
			return err
		}
		if !isTrue(v) {
			if otherwise == nil {
				return nil
			}
			return otherwise(m, dot)
		}
		if with {
			dot = v
		}
		return then(m, dot)
	}
}

func (c *compiler) loop(n *parse.RangeNode) step {
	depth := len(c.vars)
	if n.Pipe.IsAssign || len(n.Pipe.Decl) > 2 {
		c.give(n)
		return nil
	}
	e := c.value(n.Pipe)
	at, of := -1, -1
	if d := n.Pipe.Decl; len(d) == 2 {
		at, of = c.declare(d[0].Ident[0]), c.declare(d[1].Ident[0])
	} else if len(d) == 1 {
		of = c.declare(d[0].Ident[0])
	}
	body := c.list(n.List)
	c.vars = c.vars[:depth]
	otherwise := c.list(n.ElseList)
	if e == nil {
		c.give(n)
		return nil
	}
	return func(m *machine, dot reflect.Value) error {
		v, err := e(m, dot)
		if err != nil {
			return err
		}
		if v = indirect(v); !v.IsValid() || v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
			return errUnknown
		}
		for i := range v.Len() {
			elem := v.Index(i)
			if at >= 0 {
				m.vars[at] = reflect.ValueOf(i)
			}
			if of >= 0 {
				m.vars[of] = elem
			}
			if err := body(m, elem); err != nil {
				return err
			}
		}
		if v.Len() == 0 && otherwise != nil {
			return otherwise(m, dot)
		}
		return nil
	}
}

func (c *compiler) template(n *parse.TemplateNode) step {
	b := c.set.blocks[n.Name]
	if b == nil {
		c.give(n)
		return nil
	}
	if n.Pipe == nil {
		return func(m *machine, _ reflect.Value) error { return m.call(b, reflect.Value{}) }
	}
	e := c.pipe(n.Pipe)
	if e == nil {
		c.give(n)
		return nil
	}
	return func(m *machine, dot reflect.Value) error {
		v, err := e(m, dot)
		if err != nil {
			return err
		}
		return m.call(b, v)
	}
}

// isTrue is the truth of text/template.
func isTrue(v reflect.Value) bool {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return false
	}
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0
	case reflect.Struct:
		return true
	case reflect.Chan, reflect.Func, reflect.Pointer, reflect.UnsafePointer:
		return !v.IsNil()
	}
	return !v.IsZero()
}

// indirect goes to what pointers and interfaces hold; the zero Value for nil.
func indirect(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	return v
}
