package record

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// ID is the identity of an entry: SHA-256 of its canonical bytes, 64 hexadecimal
// digits, as in "9f2c…".
type ID string

// Canonical gives the canonical bytes of an entry: RFC 8785 of its JSON, with
// absent fields left out. An entry that lacks what its kind requires has none:
// the error names the field.
func Canonical(e Entry) ([]byte, error) {
	out, err := appendValue(nil, reflect.ValueOf(e), "entry")
	if err != nil {
		return nil, fmt.Errorf("entry %s: %w", e.Ref, err)
	}
	return out, nil
}

// IDOf gives the identity of an entry.
func IDOf(e Entry) (ID, error) {
	b, err := Canonical(e)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return ID(hex.EncodeToString(sum[:])), nil
}

// CanonicalJSON gives the canonical form (RFC 8785) of any JSON value. Numbers are
// taken as IEEE 754 doubles. Refused are names that stand twice in one object,
// halves of surrogate pairs, invalid UTF-8, numbers beyond a double and nesting of
// more than 512.
func CanonicalJSON(data []byte) ([]byte, error) {
	p := &parser{data: data, deep: maxDepthAny, floats: true}
	n, err := p.whole()
	if len(p.faults) > 0 {
		err = &p.faults[0]
	}
	if err != nil {
		return nil, fmt.Errorf("canonical JSON: byte %d: %w", err.at+1, err)
	}
	return appendNode(make([]byte, 0, len(data)), &n), nil
}

// appendNode writes what was parsed.
func appendNode(out []byte, n *node) []byte {
	switch n.sort {
	case '{':
		order := make([]int, len(n.names))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int { return compareNames(n.names[a].text, n.names[b].text) })
		out = append(out, '{')
		for i, k := range order {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(appendString(out, n.names[k].text), ':')
			out = appendNode(out, &n.members[k])
		}
		return append(out, '}')
	case '[':
		out = append(out, '[')
		for i := range n.members {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendNode(out, &n.members[i])
		}
		return append(out, ']')
	case '"':
		return appendString(out, n.text)
	case 'n':
		f, _ := strconv.ParseFloat(n.text, 64) // it was parsed before
		return appendNumber(out, f)
	case 't':
		return append(out, "true"...)
	case 'f':
		return append(out, "false"...)
	}
	return append(out, "null"...)
}

// appendNumber writes a double as ECMAScript does: the shortest digits that read
// back the same, with an exponent from 1e21 and below 1e-6.
func appendNumber(out []byte, f float64) []byte {
	if f == 0 {
		return append(out, '0') // minus zero too
	}
	if size := math.Abs(f); size >= 1e-6 && size < 1e21 {
		return strconv.AppendFloat(out, f, 'f', -1, 64)
	}
	s := strconv.FormatFloat(f, 'e', -1, 64)
	if i := len(s) - 2; s[i] == '0' && (s[i-1] == '-' || s[i-1] == '+') { // Go writes e-07
		s = s[:i] + s[i+1:]
	}
	return append(out, s...)
}

// appendString writes a string with the escapes of RFC 8785 §3.2.2.2.
func appendString(out []byte, s string) []byte {
	const hexDigits = "0123456789abcdef"
	out = append(out, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		out = append(out, s[from:i]...)
		from = i + 1
		if k := strings.IndexByte("\b\t\n\f\r\"\\", c); k >= 0 {
			out = append(out, '\\', `btnfr"\`[k])
		} else {
			out = append(out, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return append(append(out, s[from:]...), '"')
}

// compareNames orders the names of members by their UTF-16 code units.
func compareNames(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			if a[i] < utf8.RuneSelf && b[i] < utf8.RuneSelf {
				return int(a[i]) - int(b[i])
			}
			return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
		}
	}
	return len(a) - len(b)
}

var errEmpty = errors.New("it is required and empty")

// appendValue writes a value of this package's types. What is absent is left out;
// what is required must not be empty.
func appendValue(out []byte, v reflect.Value, field string) ([]byte, error) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil, fmt.Errorf("%s: %w", field, errEmpty)
		}
		return appendValue(out, v.Elem(), field)
	case reflect.String:
		return appendText(out, v.String(), field)
	case reflect.Int:
		if n := v.Int(); n >= 1<<53 || n <= -1<<53 {
			return nil, fmt.Errorf("%s: %d is not below 2^53 in size", field, n)
		}
		return strconv.AppendInt(out, v.Int(), 10), nil
	case reflect.Bool:
		return strconv.AppendBool(out, v.Bool()), nil
	case reflect.Slice:
		if v.Len() == 0 {
			return nil, fmt.Errorf("%s: %w", field, errEmpty)
		}
		for i := range v.Len() {
			out = append(out, "[,"[min(i, 1)])
			var err error
			if out, err = appendValue(out, v.Index(i), field); err != nil {
				return nil, err
			}
		}
		return append(out, ']'), nil
	case reflect.Map:
		return appendTexts(out, v.Interface().(Text), field)
	case reflect.Struct:
		return appendObject(out, v, field)
	default:
		return nil, fmt.Errorf("%s: a value of kind %s cannot be written", field, v.Kind())
	}
}

func appendText(out []byte, s, field string) ([]byte, error) {
	switch {
	case s == "":
		return nil, fmt.Errorf("%s: %w", field, errEmpty)
	case !utf8.ValidString(s):
		return nil, fmt.Errorf("%s: %.40q is not valid UTF-8", field, s)
	}
	return appendString(out, s), nil
}

func appendTexts(out []byte, t Text, field string) ([]byte, error) {
	if len(t) == 0 {
		return nil, fmt.Errorf("%s: %w", field, errEmpty)
	}
	tags := make([]string, 0, 8)
	for tag := range t {
		tags = append(tags, tag)
	}
	slices.SortFunc(tags, compareNames)
	for i, tag := range tags {
		if !LanguageTag(tag) {
			return nil, fmt.Errorf("%s: %q is no language tag", field, tag)
		}
		out = append(appendString(append(out, "{,"[min(i, 1)]), tag), ':')
		var err error
		if out, err = appendText(out, t[tag], field); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

func appendObject(out []byte, v reflect.Value, field string) ([]byte, error) {
	p := planOf(v.Type())
	sep := byte('{')
	for i := range p.fields {
		f := &p.fields[i]
		member := v.FieldByIndex(f.index)
		if !f.required && absent(member) {
			continue
		}
		out = append(appendString(append(out, sep), f.name), ':')
		sep = ','
		var err error
		if out, err = appendValue(out, member, f.name); err != nil {
			return nil, fmt.Errorf("%s.%w", field, err)
		}
	}
	if sep == '{' {
		if !v.CanAddr() || !isBody(v) {
			return nil, fmt.Errorf("%s: %w", field, errEmpty)
		}
		out = append(out, '{') // a body may say nothing
	}
	return append(out, '}'), nil
}

func isBody(v reflect.Value) bool { return v.Addr().Type().Implements(reflect.TypeFor[Body]()) }

// absent tells whether a field that may be left out is.
func absent(v reflect.Value) bool {
	if k := v.Kind(); k == reflect.Slice || k == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}

// MarshalJSON gives the canonical bytes.
func (e Entry) MarshalJSON() ([]byte, error) { return Canonical(e) }
