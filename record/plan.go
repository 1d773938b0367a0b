package record

import (
	"reflect"
	"slices"
	"strings"
	"sync"
)

// plan is how a struct of this package is written as a JSON object.
type plan struct {
	fields  []plannedField // by name, which is also their canonical order
	indexOf map[string]int
	names   []string
}

// plannedField is a member of the object.
type plannedField struct {
	name     string
	index    []int // of reflect.Value.FieldByIndex
	required bool  // what may be left out says omitempty
}

// plans holds the plans of all types that an envelope can hold. They follow from
// the types alone and are made at the first use.
var plans = sync.OnceValue(func() map[reflect.Type]*plan {
	all := map[reflect.Type]*plan{}
	visit(reflect.TypeFor[Envelope](), all)
	for _, k := range Kinds() {
		visit(reflect.TypeOf(newBody(k)), all)
	}
	return all
})

func visit(t reflect.Type, all map[reflect.Type]*plan) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || all[t] != nil {
		return
	}
	p := &plan{indexOf: map[string]int{}}
	all[t] = p
	p.take(t, nil)
	slices.SortFunc(p.fields, func(a, b plannedField) int { return strings.Compare(a.name, b.name) })
	for i, f := range p.fields {
		p.indexOf[f.name] = i
		p.names = append(p.names, f.name)
		visit(t.FieldByIndex(f.index).Type, all)
	}
}

// take adds the fields of a type, those of embedded structs among them.
func (p *plan) take(t reflect.Type, under []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(slices.Clone(under), i)
		if f.Anonymous {
			p.take(f.Type, index)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			p.fields = append(p.fields, plannedField{name, index, options != "omitempty"})
		}
	}
}

// planOf gives the plan of a struct.
func planOf(t reflect.Type) *plan { return plans()[t] }
