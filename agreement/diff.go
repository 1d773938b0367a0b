package agreement

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Change is one difference between two texts, or two readings of one.
type Change struct {
	Sort     ChangeSort `json:"sort"`
	Article  string     `json:"article,omitempty"`  // of words
	Language string     `json:"language,omitempty"` // of words
	Clause   string     `json:"clause,omitempty"`   // of effect
	Kind     ClauseKind `json:"kind,omitempty"`
	Field    string     `json:"field,omitempty"` // the attribute; empty where the whole clause or article comes or goes
	Old      string     `json:"old,omitempty"`   // the attribute's value in words
	New      string     `json:"new,omitempty"`
	Pos      Pos        `json:"position"` // in the new text; in the old one for what is gone
}

// ChangeSort is what a change changes.
type ChangeSort string

// The sorts of change. Words can change without effect, and effect without words.
const (
	WordsAdded    ChangeSort = "words-added"
	WordsRemoved  ChangeSort = "words-removed"
	WordsChanged  ChangeSort = "words-changed"
	ClauseAdded   ChangeSort = "clause-added"
	ClauseRemoved ChangeSort = "clause-removed"
	ClauseChanged ChangeSort = "clause-changed"
	ClauseWider   ChangeSort = "clause-wider"    // it speaks of more than before
	ClauseNarrow  ChangeSort = "clause-narrower" // it speaks of less
)

// DiffWords compares the words of two texts article by article, in every language
// that either has. White space does not count.
func DiffWords(old, now *Agreement) []Change {
	var list []Change
	before := map[string]*Article{}
	for i := range old.Articles {
		before[old.Articles[i].Number] = &old.Articles[i]
	}
	kept := map[string]bool{}
	for i := range now.Articles {
		x := &now.Articles[i]
		kept[x.Number] = true
		y := before[x.Number]
		if y == nil {
			y = &Article{}
		}
		languages := map[string]bool{}
		for l := range x.Heading {
			languages[l] = true
		}
		for l := range y.Heading {
			languages[l] = true
		}
		for _, l := range slices.Sorted(maps.Keys(languages)) {
			_, was := y.Heading[l]
			_, is := x.Heading[l]
			switch {
			case !was:
				list = append(list, Change{Sort: WordsAdded, Article: x.Number, Language: l, Pos: x.Pos})
			case !is:
				list = append(list, Change{Sort: WordsRemoved, Article: x.Number, Language: l, Pos: y.Pos})
			case !sameWords(x.Heading[l], y.Heading[l]) || !sameWords(x.Words[l], y.Words[l]):
				list = append(list, Change{Sort: WordsChanged, Article: x.Number, Language: l, Pos: x.Pos})
			}
		}
	}
	for i := range old.Articles {
		y := &old.Articles[i]
		if kept[y.Number] {
			continue
		}
		for _, l := range slices.Sorted(maps.Keys(y.Heading)) {
			list = append(list, Change{Sort: WordsRemoved, Article: y.Number, Language: l, Pos: y.Pos})
		}
	}
	return list
}

func sameWords(x, y string) bool { return slices.Equal(strings.Fields(x), strings.Fields(y)) }

// DiffTerms compares what two texts mean, or what two readings make of one: clause
// by clause, attribute by attribute.
func DiffTerms(old, now *Terms) []Change {
	var list []Change
	for _, c := range now.Clauses() {
		was, there := old.Clause(c.Label)
		if !there || was.Kind != c.Kind {
			if there {
				list = append(list, Change{Sort: ClauseRemoved, Clause: was.Label, Kind: was.Kind, Pos: was.Pos})
			}
			list = append(list, Change{Sort: ClauseAdded, Clause: c.Label, Kind: c.Kind, Pos: c.Pos})
			continue
		}
		x, y := old.fieldsOf(c.Label), now.fieldsOf(c.Label)
		names := slices.Sorted(maps.Keys(y))
		for name := range x {
			if _, both := y[name]; !both {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for _, name := range names {
			if x[name] != y[name] {
				list = append(list, Change{Sort: direction(name, c, was), Clause: c.Label, Kind: c.Kind, Field: name, Old: x[name], New: y[name], Pos: c.Pos})
			}
		}
	}
	for _, c := range old.Clauses() {
		if _, there := now.Clause(c.Label); !there {
			list = append(list, Change{Sort: ClauseRemoved, Clause: c.Label, Kind: c.Kind, Pos: c.Pos})
		}
	}
	return list
}

// direction tells whether a scope speaks of more or of less than before.
func direction(field string, now, was Clause) ChangeSort {
	if now.Scope == nil || was.Scope == nil {
		return ClauseChanged
	}
	tax := Taxonomies()
	of := func(s *Scope) (list []string, tree *Taxonomy, narrows bool) {
		switch field {
		case "binds":
			return s.Binds, nil, now.Kind == KindException
		case "acts":
			return s.Acts, tax.Acts, now.Kind == KindException
		case "weapons":
			return s.Weapons, tax.Weapons, true
		case "objects":
			return s.Objects, tax.Objects, true
		case "domains":
			return s.Domains, tax.Domains, true
		case "purposes":
			return s.Purposes, nil, true
		}
		return nil, nil, false
	}
	x, tree, narrows := of(was.Scope)
	y, _, _ := of(now.Scope)
	switch {
	case narrows && len(x) == 0 && len(y) > 0:
		return ClauseNarrow
	case narrows && len(y) == 0 && len(x) > 0:
		return ClauseWider
	case len(x) == 0 && len(y) == 0:
		return ClauseChanged
	case within(x, y, tree):
		return ClauseWider
	case within(y, x, tree):
		return ClauseNarrow
	}
	return ClauseChanged
}

// within tells whether everything in x is in y, or below something in it.
func within(x, y []string, tree *Taxonomy) bool {
	for _, s := range x {
		if !slices.Contains(y, s) && (tree == nil || tree.Falls(s, y) != truth.Yes) {
			return false
		}
	}
	return true
}

// body gives the structure of a clause by its label, or nil.
func (t *Terms) body(label string) any {
	switch {
	case t.Start != nil && t.Start.Label == label:
		return t.Start
	case t.Length != nil && t.Length.Label == label:
		return t.Length
	}
	v := reflect.ValueOf(t).Elem()
	for i := range v.NumField() {
		list := v.Field(i)
		if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Pointer {
			continue
		}
		for j := range list.Len() {
			if c := list.Index(j); c.Elem().FieldByName("Label").String() == label {
				return c.Interface()
			}
		}
	}
	return nil
}

// Attribute is one thing that a clause says, as plain words.
type Attribute struct {
	Name   string   // as in the file: "certified_by"
	Values []string // one, or the members of a list
}

// Attributes lists what the clause of a label says, in the order of its structure;
// what it does not say is left out.
func (t *Terms) Attributes(label string) []Attribute {
	var list []Attribute
	if body := t.body(label); body != nil {
		attributes(reflect.ValueOf(body).Elem(), &list)
	}
	return list
}

func attributes(v reflect.Value, list *[]Attribute) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case f.Name == "Label" || f.Name == "Pos":
		case f.Anonymous:
			attributes(v.Field(i), list)
		case v.Field(i).Kind() == reflect.Slice:
			a := Attribute{Name: attributeName(f.Name)}
			for j := range v.Field(i).Len() {
				a.Values = append(a.Values, inWords(v.Field(i).Index(j)))
			}
			if len(a.Values) > 0 {
				*list = append(*list, a)
			}
		default:
			if s := inWords(v.Field(i)); s != "" {
				*list = append(*list, Attribute{attributeName(f.Name), []string{s}})
			}
		}
	}
}

// fieldsOf gives what the clause of a label says, by attribute.
func (t *Terms) fieldsOf(label string) map[string]string {
	out := map[string]string{}
	for _, a := range t.Attributes(label) {
		out[a.Name] = strings.Join(a.Values, ", ")
	}
	return out
}

// attributeName gives the name of an attribute for that of a field: CertifiedBy is
// certified_by.
func attributeName(field string) string {
	var b strings.Builder
	for i, r := range field {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// inWords writes a value as plain words; "" for one that says nothing.
func inWords(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case *Moment:
		if x == nil {
			return ""
		}
		return x.Text
	case *Comparison:
		if x == nil {
			return ""
		}
		return x.Text
	case Comparison:
		return x.Text
	case Measure:
		return x.Text
	case Precondition:
		if x.Strength != "" {
			return x.ID() + " (" + string(x.Strength) + ")"
		}
		return x.ID()
	case moment.Duration:
		if x.IsZero() {
			return ""
		}
		return x.String()
	case moment.Time:
		return x.String()
	case *moment.Zone:
		if x == nil {
			return ""
		}
		return x.Name()
	case *Extension:
		if x == nil {
			return ""
		}
		if len(x.Mutual) > 0 {
			return "mutual: " + strings.Join(x.Mutual, ", ")
		}
		return strings.TrimSuffix(fmt.Sprintf("tacit: %s, notice %s", x.Tacit, x.Notice), ", notice PT0S")
	case Depth:
		switch {
		case x == Depth{}:
			return ""
		case x.Least != x.Most:
			return fmt.Sprintf("%g to %g m", x.Least, x.Most)
		}
		return fmt.Sprintf("%g m", x.Least)
	case Doubt:
		return x.Field + ":" + x.Branch
	case Hours:
		return fmt.Sprintf("%02d:%02d/%02d:%02d", x.From/3600, x.From/60%60, x.Until/3600, x.Until/60%60)
	case record.Text:
		s, _ := x.In("en")
		return s
	case Level:
		return strings.Join(x.Body, ", ")
	}
	return plainWords(v)
}

func plainWords(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = inWords(v.Index(i))
		}
		return strings.Join(parts, ", ")
	case reflect.Map:
		var parts []string
		for _, k := range v.MapKeys() {
			parts = append(parts, k.String()+" = "+inWords(v.MapIndex(k)))
		}
		slices.Sort(parts)
		return strings.Join(parts, ", ")
	case reflect.Bool:
		if v.Bool() {
			return "true"
		}
	case reflect.Int:
		if v.Int() != 0 {
			return fmt.Sprint(v.Int())
		}
	case reflect.String:
		return v.String()
	}
	return ""
}
