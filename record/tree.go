package record

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// node is a JSON value with its place in the input, so that every problem can
// name line and column.
type node struct {
	at, end int  // bytes of the input: [at, end)
	sort    byte // '{', '[', '"', 'n' number, 't', 'f', '0' null; 0 for one whose fault was told
	text    string
	names   []label // of members, when an object
	members []node  // of an object or a list
}

// label is the name of a member with its place.
type label struct {
	at   int
	text string
}

// member gives an object's member by name, or nil.
func (n *node) member(name string) *node {
	for i := range n.names {
		if n.names[i].text == name {
			return &n.members[i]
		}
	}
	return nil
}

// syntaxError says why an input, or a part of it, is not JSON as it is wanted.
type syntaxError struct {
	at               int
	code, what, mend string
}

func (e *syntaxError) Error() string {
	if e.mend == "" {
		return e.what
	}
	return e.what + " (" + e.mend + ")"
}

// Bounds of nesting. No entry needs more than a handful.
const (
	maxDepth    = 32
	maxDepthAny = 512 // of JSON that is not a record's
	manyNames   = 16  // from here on a map finds duplicates faster than looking
)

// parser reads strict JSON: no duplicate names, no invalid UTF-8, nothing after
// the value. What does not keep it from reading on is kept in faults.
type parser struct {
	data   []byte
	i      int
	depth  int
	deep   int  // the deepest nesting allowed
	floats bool // numbers need not be whole
	faults []syntaxError
	text   string // the data once more, of which strings without escapes are parts; may be empty
}

// parseTree reads one value of a record. An error stops it; faults do not.
func parseTree(data []byte) (n node, faults []syntaxError, err *syntaxError) {
	p := &parser{data: data, deep: maxDepth, text: string(data)}
	n, err = p.whole()
	return n, p.faults, err
}

func (p *parser) whole() (node, *syntaxError) {
	n, err := p.value()
	if err != nil {
		return n, err
	}
	if p.space(); p.i < len(p.data) {
		return n, p.fail("something stands after the end of the value")
	}
	return n, nil
}

func (p *parser) fail(format string, args ...any) *syntaxError {
	return &syntaxError{at: p.i, code: "not-json", what: fmt.Sprintf(format, args...)}
}

func (p *parser) fault(at int, code, what, mend string) {
	p.faults = append(p.faults, syntaxError{at, code, what, mend})
}

func (p *parser) space() {
	for p.i < len(p.data) && (p.data[p.i] == ' ' || p.data[p.i] == '\t' || p.data[p.i] == '\n' || p.data[p.i] == '\r') {
		p.i++
	}
}

// peek gives the next byte that is not white space, 0 at the end.
func (p *parser) peek() byte {
	p.space()
	if p.i < len(p.data) {
		return p.data[p.i]
	}
	return 0
}

func (p *parser) value() (n node, err *syntaxError) {
	c := p.peek()
	n.at, n.sort = p.i, c
	switch {
	case p.i == len(p.data):
		return n, p.fail("a value is missing")
	case c == '{' || c == '[':
		if p.depth++; p.depth > p.deep {
			return n, p.fail("nested more than %d deep", p.deep)
		}
		p.i++
		if c == '{' {
			err = p.object(&n)
		} else {
			err = p.list(&n)
		}
		p.depth--
	case c == '"':
		n.text, err = p.str()
	case c == '-' || c >= '0' && c <= '9':
		p.number(&n)
	case p.word("true"):
		n.sort = 't'
	case p.word("false"):
		n.sort = 'f'
	case p.word("null"):
		n.sort = '0'
	default:
		r, _ := utf8.DecodeRune(p.data[p.i:])
		return n, p.fail("a value cannot begin with %q", r)
	}
	n.end = p.i
	return n, err
}

func (p *parser) word(w string) bool {
	if len(p.data)-p.i < len(w) || string(p.data[p.i:p.i+len(w)]) != w {
		return false
	}
	p.i += len(w)
	return true
}

func (p *parser) object(n *node) *syntaxError {
	if p.peek() == '}' {
		p.i++
		return nil
	}
	const few = 4 // members that most objects have
	n.names, n.members = make([]label, 0, few), make([]node, 0, few)
	var seen map[string]bool // of large objects
	for {
		if p.peek() != '"' {
			return p.fail("a name in quotation marks is missing")
		}
		name := label{at: p.i}
		var err *syntaxError
		if name.text, err = p.str(); err != nil {
			return err
		}
		var twice bool
		if len(n.names) < manyNames {
			twice = n.member(name.text) != nil
		} else {
			if seen == nil {
				seen = make(map[string]bool, 2*manyNames)
				for i := range n.names {
					seen[n.names[i].text] = true
				}
			}
			twice = seen[name.text]
			seen[name.text] = true
		}
		if twice {
			p.fault(name.at, "duplicate-name", fmt.Sprintf("the name %q stands twice", name.text), "keep one of the two")
		}
		if p.peek() != ':' {
			return p.fail("a colon is missing after %q", name.text)
		}
		p.i++
		v, err := p.value()
		if err != nil {
			return err
		}
		if !twice {
			n.names, n.members = append(n.names, name), append(n.members, v)
		}
		switch p.peek() {
		case ',':
			p.i++
		case '}':
			p.i++
			return nil
		default:
			return p.fail("a comma or a closing brace is missing")
		}
	}
}

func (p *parser) list(n *node) *syntaxError {
	if p.peek() == ']' {
		p.i++
		return nil
	}
	for {
		v, err := p.value()
		if err != nil {
			return err
		}
		n.members = append(n.members, v)
		switch p.peek() {
		case ',':
			p.i++
		case ']':
			p.i++
			return nil
		default:
			return p.fail("a comma or a closing bracket is missing")
		}
	}
}

// number reads a number; one that is not allowed is a fault and is read over.
func (p *parser) number(n *node) {
	for p.i < len(p.data) && strings.IndexByte("0123456789+-.eE", p.data[p.i]) >= 0 {
		p.i++
	}
	text := string(p.data[n.at:p.i])
	n.sort, n.text = 'n', text
	bad := func(what, mend string) {
		n.sort = 0
		p.fault(n.at, "bad-number", text+" "+what, mend)
	}
	f, err := strconv.ParseFloat(text, 64)
	i, notWhole := strconv.ParseInt(text, 10, 64)
	switch {
	case !isNumber(text):
		bad("is not a number as JSON writes it", "write no plus, no leading zero, and a digit before and after the point")
	case p.floats && err != nil:
		bad("is too large for a number of JSON", "write it as a string")
	case p.floats:
	case strings.ContainsAny(text, ".eE"):
		bad("is not a whole number", "write decimals as strings: "+strconv.Quote(text))
	case notWhole != nil || math.Abs(f) >= 1<<53:
		bad("is too large: numbers are below 2^53 in size", "write it as a string")
	case i == 0 && text != "0":
		bad("is not how 0 is written", "write 0")
	}
}

// isNumber tells whether a text is a number by JSON's own grammar.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	digits := func() bool {
		rest := strings.TrimLeft(s, "0123456789")
		some := len(rest) < len(s)
		s = rest
		return some
	}
	if rest, zero := strings.CutPrefix(s, "0"); zero {
		s = rest
	} else if !digits() {
		return false
	}
	if rest, point := strings.CutPrefix(s, "."); point {
		if s = rest; !digits() {
			return false
		}
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		if s = s[1:]; s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		if !digits() {
			return false
		}
	}
	return s == ""
}

// str reads a string, from its opening quotation mark to its closing one.
func (p *parser) str() (string, *syntaxError) {
	from := p.i
	p.i++
	plain := slices.IndexFunc(p.data[p.i:], func(c byte) bool { return c == '"' || c == '\\' || c < 0x20 })
	if plain < 0 {
		p.i = from
		return "", p.fail("the string is not closed")
	}
	out := p.data[p.i : p.i+plain : p.i+plain]
	p.i += plain
	if p.text != "" && p.data[p.i] == '"' && utf8.Valid(out) {
		p.i++
		return p.text[from+1 : p.i-1], nil
	}
	for {
		if p.i == len(p.data) {
			p.i = from
			return "", p.fail("the string is not closed")
		}
		switch c := p.data[p.i]; {
		case c == '"':
			p.i++
			if !utf8.Valid(out) {
				p.fault(from, "not-utf-8", "the string is not valid UTF-8", "save the file as UTF-8")
				return strings.ToValidUTF8(string(out), "\ufffd"), nil
			}
			return string(out), nil
		case c < 0x20:
			return "", p.fail("a control character stands in a string (write it as \\u%04x)", c)
		case c == '\\':
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, c)
			p.i++
		}
	}
}

// escape reads what a backslash begins.
func (p *parser) escape() (rune, *syntaxError) {
	at := p.i
	fail := func(what string) (rune, *syntaxError) {
		return 0, &syntaxError{at: at, code: "not-json", what: what}
	}
	if p.i += 2; p.i > len(p.data) {
		return fail("the string is not closed")
	}
	c := p.data[p.i-1]
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		return rune("\"\\/\b\f\n\r\t"[i]), nil
	}
	if c != 'u' {
		return fail(fmt.Sprintf("there is no escape of a string that begins with a backslash and %q", rune(c)))
	}
	r, ok := p.hex()
	switch {
	case !ok:
		return fail("four hexadecimal digits are wanted")
	case r >= 0xd800 && r < 0xdc00 && strings.HasPrefix(string(p.data[p.i:min(p.i+2, len(p.data))]), `\u`):
		p.i += 2
		low, ok := p.hex()
		if !ok || low < 0xdc00 || low >= 0xe000 {
			return fail("half of a surrogate pair")
		}
		return 0x10000 + (r-0xd800)<<10 + (low - 0xdc00), nil
	case r >= 0xd800 && r < 0xe000:
		return fail("half of a surrogate pair")
	}
	return r, nil
}

func (p *parser) hex() (rune, bool) {
	if p.i+4 > len(p.data) {
		return 0, false
	}
	v, err := strconv.ParseUint(string(p.data[p.i:p.i+4]), 16, 32)
	p.i += 4
	return rune(v), err == nil
}
