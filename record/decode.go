package record

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/problem"
)

// decoder fills the types of this package from a tree and collects every problem
// with its place.
type decoder struct {
	file     string
	line     int    // of the first byte of data
	data     []byte // one line of a record, or an entry that spreads over several
	problems problem.List
}

// fault adds a problem at a byte of the data.
func (d *decoder) fault(at int, code, field, what, mend string) {
	before := d.data[:min(at, len(d.data))]
	d.problems.Add(problem.Problem{
		Code: code, File: d.file, Line: d.line + bytes.Count(before, []byte("\n")), Column: len(before) - bytes.LastIndexByte(before, '\n'),
		Field: strings.TrimPrefix(field, "."), What: what, Mend: mend,
	})
}

// parse reads the tree of the data; ok is false when there is none.
func (d *decoder) parse(mend string) (n node, ok bool) {
	n, faults, err := parseTree(d.data)
	for _, f := range faults {
		d.fault(f.at, f.code, "", f.what, f.mend)
	}
	if err != nil {
		if err.mend == "" {
			err.mend = mend
		}
		d.fault(err.at, err.code, "", err.what, err.mend)
	}
	return n, err == nil
}

var bodyType = reflect.TypeFor[Body]()

// fill sets v, which is settable, from n.
func (d *decoder) fill(n *node, v reflect.Value, field string) {
	if n.sort == '0' {
		d.fault(n.at, "null", field, "null is not used", "leave the field out")
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.fill(n, v.Elem(), field)
	case reflect.String:
		if d.expect(n, '"', field, "a string") {
			if n.text == "" {
				d.fault(n.at, "empty", field, "the string is empty", "leave the field out")
			}
			v.SetString(n.text)
		}
	case reflect.Int:
		if d.expect(n, 'n', field, "a whole number") {
			i, _ := strconv.Atoi(n.text) // the parser let only whole numbers below 2^53 through
			v.SetInt(int64(i))
		}
	case reflect.Bool:
		if n.sort == 'f' {
			d.fault(n.at, "empty", field, "false is not written", "leave the field out")
			return
		}
		v.SetBool(d.expect(n, 't', field, "true"))
	case reflect.Slice:
		d.list(n, v, field)
	case reflect.Map:
		d.texts(n, v, field)
	case reflect.Struct:
		if e, ok := v.Addr().Interface().(*Entry); ok {
			d.entry(n, e, field)
			return
		}
		d.object(n, v, field)
	default:
		d.fault(n.at, "internal", field, "a value of this kind cannot be read: "+v.Kind().String(), "")
	}
}

// expect tells whether a node is of a sort, and says so when it is not.
func (d *decoder) expect(n *node, sort byte, field, name string) bool {
	if n.sort == sort || n.sort == 0 {
		return n.sort == sort
	}
	have := map[byte]string{'{': "an object", '[': "a list", '"': "a string", 'n': "a number", 't': "true", 'f': "false"}[n.sort]
	d.fault(n.at, "wrong-type", field, fmt.Sprintf("%s is wanted, not %s", name, have), "")
	return false
}

func (d *decoder) list(n *node, v reflect.Value, field string) {
	if !d.expect(n, '[', field, "a list") {
		return
	}
	if len(n.members) == 0 {
		d.fault(n.at, "empty", field, "the list is empty", "leave the field out")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.members), len(n.members))
	for i := range n.members {
		d.fill(&n.members[i], out.Index(i), field+"["+strconv.Itoa(i)+"]")
	}
	v.Set(out)
}

// texts fills a Text: an object of language tags.
func (d *decoder) texts(n *node, v reflect.Value, field string) {
	if !d.expect(n, '{', field, `an object of languages ({"en":"…"})`) {
		return
	}
	if len(n.members) == 0 {
		d.fault(n.at, "empty", field, "the object is empty", "leave the field out")
		return
	}
	out := make(Text, len(n.members))
	for i := range n.members {
		tag, member := n.names[i], &n.members[i]
		if !LanguageTag(tag.text) {
			d.fault(tag.at, "bad-language", field, fmt.Sprintf("%q is no language tag", tag.text), `write "en", "ru", "uk", "zh" or another BCP 47 tag`)
			continue
		}
		at := field + "." + tag.text
		switch {
		case member.sort == '0':
			d.fault(member.at, "null", at, "null is not used", "leave the language out")
		case !d.expect(member, '"', at, "a string"):
		case member.text == "":
			d.fault(member.at, "empty", at, "the string is empty", "leave the language out")
		default:
			out[tag.text] = member.text
		}
	}
	v.Set(reflect.ValueOf(out))
}

// LanguageTag tells whether a string has the form of a BCP 47 tag.
func LanguageTag(s string) bool {
	if len(s) < 2 || len(s) > 35 {
		return false
	}
	part, n := 0, 0 // which part of the tag, and how many letters of it so far
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '-' && n > 0:
			part, n = part+1, 0
			continue
		case c >= 'a' && c <= 'z':
		case part > 0 && (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'):
		default:
			return false
		}
		if n++; n > 8 || part == 0 && n > 3 {
			return false
		}
	}
	return n > 0 && (part > 0 || n > 1)
}

// object fills a struct from an object: unknown members and required ones that are
// missing are problems.
func (d *decoder) object(n *node, v reflect.Value, field string) {
	if !d.expect(n, '{', field, "an object") {
		return
	}
	p := planOf(v.Type())
	var seen uint64
	for i := range n.members {
		name, member := n.names[i], &n.members[i]
		k, ok := p.indexOf[name.text]
		if !ok {
			d.unknown(name, field, p.names)
			continue
		}
		seen |= 1 << k
		f := &p.fields[k]
		d.fill(member, v.FieldByIndex(f.index), field+"."+name.text)
		if !f.required && member.sort == 'n' && member.text == "0" {
			d.fault(member.at, "empty", field+"."+name.text, "0 is not written", "leave the field out")
		}
	}
	d.required(n, p, seen, field)
	if len(n.members) == 0 && !slices.ContainsFunc(p.fields, func(f plannedField) bool { return f.required }) && !isBody(v) {
		d.fault(n.at, "empty", field, "the object is empty", "leave the field out")
	}
}

// required names the fields that must be there and are not.
func (d *decoder) required(n *node, p *plan, seen uint64, field string) {
	for k, f := range p.fields {
		if f.required && seen&(1<<k) == 0 {
			mend := ""
			if f.name == "kind" {
				mend = "the kinds are " + strings.Join(kindNames(), ", ")
			}
			d.fault(n.at, "missing", field+"."+f.name, "it is missing", mend)
		}
	}
}

func (d *decoder) unknown(name label, field string, known []string) {
	mend := "the fields are " + strings.Join(known, ", ")
	if near := Nearest(name.text, known); near != "" {
		mend = fmt.Sprintf("did you mean %q?", near)
	}
	d.fault(name.at, "unknown-field", field+"."+name.text, "there is no such field here", mend)
}

// entry fills an Entry, whose kind chooses the type of its body, and checks it.
func (d *decoder) entry(n *node, e *Entry, field string) {
	if !d.expect(n, '{', field, "an object") {
		return
	}
	v := reflect.ValueOf(e).Elem()
	p := planOf(v.Type())
	var body *node
	var seen uint64
	for i := range n.members {
		name, member := n.names[i], &n.members[i]
		k, ok := p.indexOf[name.text]
		if !ok {
			d.unknown(name, field, p.names)
			continue
		}
		seen |= 1 << k
		if target := v.FieldByIndex(p.fields[k].index); target.Type() == bodyType {
			body = member
		} else {
			d.fill(member, target, field+"."+name.text)
		}
	}
	d.required(n, p, seen, field)
	b := newBody(e.Kind)
	if b == nil {
		if k := n.member("kind"); k != nil && e.Kind != "" {
			mend := "the kinds are " + strings.Join(kindNames(), ", ")
			if near := Nearest(string(e.Kind), kindNames()); near != "" {
				mend = fmt.Sprintf("did you mean %q?", near)
			}
			d.fault(k.at, "unknown-kind", field+".kind", fmt.Sprintf("there is no kind of entry %q", e.Kind), mend)
		}
		return
	}
	if body == nil {
		return
	}
	if d.expect(body, '{', field+".body", "an object") {
		d.object(body, reflect.ValueOf(b).Elem(), field+".body")
		e.Body = b
		d.check(e, n, field)
	}
}

// UnmarshalJSON reads an entry as strictly as Read does. The error is a
// problem.List; lines and columns are those of the data.
func (e *Entry) UnmarshalJSON(data []byte) error {
	d := &decoder{line: 1, data: data}
	var out Entry
	if n, ok := d.parse(`an entry is {"kind":…,"ref":…,"author":…,"body":{…}}`); ok {
		d.entry(&n, &out, "")
	}
	if err := d.problems.Err(); err != nil {
		return err
	}
	*e = out
	return nil
}

// UnmarshalJSON reads an envelope as strictly as Read does. The error is a
// problem.List; lines and columns are those of the data.
func (e *Envelope) UnmarshalJSON(data []byte) error {
	d := &decoder{line: 1, data: data}
	out := d.envelope()
	if err := d.problems.Err(); err != nil {
		return err
	}
	*e = out
	return nil
}
