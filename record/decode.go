package record

import (
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
	line     int // of the whole input; entries stand on one line each
	problems problem.List
}

func (d *decoder) fault(at int, code, field, what, mend string) {
	d.problems.Add(problem.Problem{Code: code, File: d.file, Line: d.line, Column: at + 1, Field: strings.TrimPrefix(field, "."), What: what, Mend: mend})
}

var (
	bodyType  = reflect.TypeFor[Body]()
	entryType = reflect.TypeFor[Entry]()
)

// fill sets v from n. v is settable.
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
			i, err := strconv.Atoi(n.text)
			if err == nil {
				v.SetInt(int64(i))
			}
		}
	case reflect.Bool:
		switch n.sort {
		case 't':
			v.SetBool(true)
		case 'f':
			d.fault(n.at, "empty", field, "false is not written", "leave the field out")
		default:
			d.expect(n, 't', field, "true")
		}
	case reflect.Slice:
		d.list(n, v, field)
	case reflect.Map:
		d.texts(n, v, field)
	case reflect.Struct:
		if v.Type() == entryType {
			d.entry(n, v, field)
			return
		}
		d.object(n, v, field)
	default:
		d.fault(n.at, "internal", field, "a value of this kind cannot be read: "+v.Kind().String(), "")
	}
}

// expect tells whether a node is of a sort, and says so when it is not.
func (d *decoder) expect(n *node, sort byte, field, name string) bool {
	if n.sort == sort {
		return true
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
	}
	out := reflect.MakeSlice(v.Type(), len(n.members), len(n.members))
	for i := range n.members {
		d.fill(&n.members[i], out.Index(i), fmt.Sprintf("%s[%d]", field, i))
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
	}
	out := reflect.MakeMapWithSize(v.Type(), len(n.members))
	for i := range n.members {
		tag, member := n.names[i], &n.members[i]
		if !LanguageTag(tag.text) {
			d.fault(tag.at, "bad-language", field, fmt.Sprintf("%q is no language tag", tag.text), `write "en", "ru", "uk", "zh" or another BCP 47 tag`)
		}
		s := reflect.New(v.Type().Elem()).Elem()
		d.fill(member, s, field+"."+tag.text)
		out.SetMapIndex(reflect.ValueOf(tag.text), s)
	}
	v.Set(out)
}

// LanguageTag tells whether a string has the form of a BCP 47 tag.
func LanguageTag(s string) bool {
	if len(s) < 2 || len(s) > 35 {
		return false
	}
	for i, part := range strings.Split(s, "-") {
		if len(part) == 0 || len(part) > 8 || i == 0 && (len(part) > 3 || strings.ToLower(part) != part) {
			return false
		}
		for _, r := range part {
			if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (i == 0 || r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}

func (d *decoder) object(n *node, v reflect.Value, field string) {
	if !d.expect(n, '{', field, "an object") {
		return
	}
	names := map[string]reflect.Value{}
	fieldsOf(v, names)
	for i := range n.members {
		name := n.names[i]
		target, ok := names[name.text]
		if !ok {
			d.unknown(name, field, sortedKeys(names))
			continue
		}
		d.fill(&n.members[i], target, field+"."+name.text)
	}
}

func (d *decoder) unknown(name node, field string, known []string) {
	mend := "the fields are " + strings.Join(known, ", ")
	if near := Nearest(name.text, known); near != "" {
		mend = fmt.Sprintf("did you mean %q?", near)
	}
	d.fault(name.at, "unknown-field", field+"."+name.text, "there is no such field here", mend)
}

// fieldsOf maps the JSON names of a struct's fields, embedded ones included.
func fieldsOf(v reflect.Value, names map[string]reflect.Value) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			fieldsOf(v.Field(i), names)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "-" && name != "" {
			names[name] = v.Field(i)
		}
	}
}

// entry fills an Entry: its kind chooses the type of its body.
func (d *decoder) entry(n *node, v reflect.Value, field string) {
	if !d.expect(n, '{', field, "an object") {
		return
	}
	names := map[string]reflect.Value{}
	fieldsOf(v, names)
	var body *node
	kindAt := n.at
	for i := range n.members {
		name := n.names[i]
		if name.text == "kind" {
			kindAt = n.members[i].at
		}
		target, ok := names[name.text]
		switch {
		case !ok:
			d.unknown(name, field, sortedKeys(names))
		case target.Type() == bodyType:
			body = &n.members[i]
		default:
			d.fill(&n.members[i], target, field+"."+name.text)
		}
	}
	e := v.Addr().Interface().(*Entry)
	b := newBody(e.Kind)
	switch {
	case e.Kind == "":
		d.fault(n.at, "missing", field+".kind", "the kind is missing", "the kinds are "+strings.Join(kindNames(), ", "))
		return
	case b == nil:
		mend := "the kinds are " + strings.Join(kindNames(), ", ")
		if near := Nearest(string(e.Kind), kindNames()); near != "" {
			mend = fmt.Sprintf("did you mean %q?", near)
		}
		d.fault(kindAt, "unknown-kind", field+".kind", fmt.Sprintf("there is no kind of entry %q", e.Kind), mend)
		return
	case body == nil:
		d.fault(n.at, "missing", field+".body", "the body is missing", "")
		return
	}
	d.object(body, reflect.ValueOf(b).Elem(), field+".body")
	e.Body = b
	d.check(e, n, field)
}

func sortedKeys(m map[string]reflect.Value) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Nearest gives the known word that a misspelt one most likely means, or "".
func Nearest(word string, known []string) string {
	best, at := "", 1+len(word)/3
	for _, k := range known {
		if n := distance(strings.ToLower(word), strings.ToLower(k)); n <= at && (best == "" || n < at) {
			best, at = k, n
		}
	}
	return best
}

// distance is the number of letters to add, drop or change.
func distance(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	if len(ra) > 64 || len(rb) > 64 {
		return 64
	}
	row := make([]int, len(rb)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range ra {
		before := row[0]
		row[0] = i + 1
		for j, y := range rb {
			cost := before
			if x != y {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(rb)]
}
