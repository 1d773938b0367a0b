package record

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// node is a JSON value with its place in the input, so that every problem can
// name line and column.
type node struct {
	at      int  // byte offset
	sort    byte // '{', '[', '"', 'n' number, 't', 'f', '0' null
	text    string
	names   []node // of members, when an object
	members []node // of an object or a list
}

// syntaxError is the first thing that stops an input from being JSON.
type syntaxError struct {
	at   int
	what string
}

func (e *syntaxError) Error() string { return e.what }

// maxDepth bounds nesting: no entry needs more than a handful.
const maxDepth = 32

// parser reads strict JSON: no duplicate names, no invalid UTF-8, nothing after
// the value.
type parser struct {
	data []byte
	i    int
}

func parseTree(data []byte) (node, *syntaxError) {
	p := &parser{data: data}
	n, err := p.value(0)
	if err != nil {
		return n, err
	}
	p.space()
	if p.i < len(p.data) {
		return n, p.fail("something stands after the end of the value")
	}
	return n, nil
}

func (p *parser) fail(format string, args ...any) *syntaxError {
	return &syntaxError{p.i, fmt.Sprintf(format, args...)}
}

func (p *parser) space() {
	for p.i < len(p.data) && (p.data[p.i] == ' ' || p.data[p.i] == '\t' || p.data[p.i] == '\n' || p.data[p.i] == '\r') {
		p.i++
	}
}

func (p *parser) peek() byte {
	p.space()
	if p.i < len(p.data) {
		return p.data[p.i]
	}
	return 0
}

func (p *parser) value(depth int) (node, *syntaxError) {
	if depth > maxDepth {
		return node{}, p.fail("nested more than %d deep", maxDepth)
	}
	c := p.peek()
	n := node{at: p.i, sort: c}
	switch {
	case c == 0:
		return n, p.fail("the value is missing")
	case c == '{':
		return p.object(n, depth)
	case c == '[':
		return p.list(n, depth)
	case c == '"':
		var err *syntaxError
		n.text, err = p.str()
		return n, err
	case c == '-' || c >= '0' && c <= '9':
		return p.number(n)
	}
	for word, sort := range map[string]byte{"true": 't', "false": 'f', "null": '0'} {
		if len(p.data)-p.i >= len(word) && string(p.data[p.i:p.i+len(word)]) == word {
			n.sort = sort
			p.i += len(word)
			return n, nil
		}
	}
	return n, p.fail("a value cannot begin with %q", rune(c))
}

func (p *parser) object(n node, depth int) (node, *syntaxError) {
	p.i++
	if p.peek() == '}' {
		p.i++
		return n, nil
	}
	seen := map[string]bool{}
	for {
		if p.peek() != '"' {
			return n, p.fail("a name in quotation marks is missing")
		}
		name := node{at: p.i, sort: '"'}
		var err *syntaxError
		if name.text, err = p.str(); err != nil {
			return n, err
		}
		if seen[name.text] {
			return n, &syntaxError{name.at, fmt.Sprintf("the name %q stands twice", name.text)}
		}
		seen[name.text] = true
		if p.peek() != ':' {
			return n, p.fail("a colon is missing after %q", name.text)
		}
		p.i++
		v, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		n.names, n.members = append(n.names, name), append(n.members, v)
		switch p.peek() {
		case ',':
			p.i++
		case '}':
			p.i++
			return n, nil
		default:
			return n, p.fail("a comma or a closing brace is missing")
		}
	}
}

func (p *parser) list(n node, depth int) (node, *syntaxError) {
	p.i++
	if p.peek() == ']' {
		p.i++
		return n, nil
	}
	for {
		v, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		n.members = append(n.members, v)
		switch p.peek() {
		case ',':
			p.i++
		case ']':
			p.i++
			return n, nil
		default:
			return n, p.fail("a comma or a closing bracket is missing")
		}
	}
}

func (p *parser) number(n node) (node, *syntaxError) {
	from := p.i
	for p.i < len(p.data) {
		c := p.data[p.i]
		if c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E' {
			p.i++
			continue
		}
		break
	}
	n.sort, n.text = 'n', string(p.data[from:p.i])
	if _, err := strconv.ParseInt(n.text, 10, 64); err != nil || n.text != canonicalInt(n.text) {
		return n, &syntaxError{from, fmt.Sprintf("%s is not a whole number (write decimals as strings: \"%s\")", n.text, n.text)}
	}
	return n, nil
}

// canonicalInt is how a whole number must be written: no plus, no leading zero.
func canonicalInt(text string) string {
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil || v > 1<<53-1 || v < -(1<<53-1) {
		return ""
	}
	return strconv.FormatInt(v, 10)
}

func (p *parser) str() (string, *syntaxError) {
	from := p.i
	p.i++
	var out []byte
	for p.i < len(p.data) {
		c := p.data[p.i]
		switch {
		case c == '"':
			p.i++
			if !utf8.Valid(out) {
				return "", &syntaxError{from, "the string is not valid UTF-8"}
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
	return "", &syntaxError{from, "the string is not closed"}
}

func (p *parser) escape() (rune, *syntaxError) {
	at := p.i
	p.i += 2
	if p.i > len(p.data) {
		return 0, &syntaxError{at, "the string is not closed"}
	}
	switch c := p.data[p.i-1]; c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'u':
		r, ok := p.hex()
		if ok && r >= 0xd800 && r < 0xdc00 && p.i+1 < len(p.data) && p.data[p.i] == '\\' && p.data[p.i+1] == 'u' {
			p.i += 2
			low, ok := p.hex()
			if ok && low >= 0xdc00 && low < 0xe000 {
				return 0x10000 + (r-0xd800)<<10 + (low - 0xdc00), nil
			}
			return 0, &syntaxError{at, "half of a surrogate pair"}
		}
		if !ok || r >= 0xd800 && r < 0xe000 {
			return 0, &syntaxError{at, "not the number of a character"}
		}
		return r, nil
	}
	return 0, &syntaxError{at, fmt.Sprintf("no such escape: \\%c", p.data[p.i-1])}
}

func (p *parser) hex() (rune, bool) {
	if p.i+4 > len(p.data) {
		return 0, false
	}
	v, err := strconv.ParseUint(string(p.data[p.i:p.i+4]), 16, 32)
	p.i += 4
	return rune(v), err == nil
}
