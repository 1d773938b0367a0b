package place

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// node is a JSON value that knows where it stands.
type node struct {
	kind    byte // one of { [ " 0 t n, the last three for a number, true or false, and null
	offset  int
	text    string // of a string
	number  float64
	names   []string // of an object's members
	members []*node  // of an object or array
}

// member is the value under a name; nil if there is none.
func (n *node) member(name string) *node {
	if i := slices.Index(n.names, name); i >= 0 {
		return n.members[i]
	}
	return nil
}

// say names the kind of n in words.
func (n *node) say() string {
	if n == nil {
		return "nothing"
	}
	switch n.kind {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 'n':
		return "null"
	}
	return "true or false"
}

// file is a GeoJSON file being read.
type file struct {
	id       string
	data     []byte
	problems []Problem
	more     bool
}

// fault notes a problem of the value that begins at offset.
func (f *file) fault(code Code, path string, offset int, mend, what string, args ...any) {
	if len(f.problems) == maxProblems {
		f.more = true
		return
	}
	offset = max(0, min(offset, len(f.data)))
	before := f.data[:offset]
	f.problems = append(f.problems, Problem{
		Code: code, Path: path, Offset: offset,
		Line:   bytes.Count(before, []byte{'\n'}) + 1,
		Column: offset - bytes.LastIndexByte(before, '\n'),
		What:   fmt.Sprintf(what, args...), Mend: mend,
	})
}

// err is nil if no problem was noted.
func (f *file) err() error {
	if len(f.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(f.problems, func(a, b Problem) int { return a.Offset - b.Offset })
	return &ParseError{ID: f.id, Problems: f.problems, More: f.more}
}

// errDepth says that values are nested too deeply.
var errDepth = errors.New("nested too deeply")

// tree reads the file's one JSON value; nil if it is none, which is noted. A byte-order mark is passed over.
func (f *file) tree() *node {
	if len(f.data) > MaxBytes {
		f.fault(CodeTooLarge, "", 0, "simplify or divide it", "the file has %d bytes, above the limit of %d", len(f.data), MaxBytes)
		return nil
	}
	body := bytes.TrimPrefix(f.data, []byte("\xef\xbb\xbf"))
	r := reader{skipped: len(f.data) - len(body), data: body, json: json.NewDecoder(bytes.NewReader(body))}
	r.json.UseNumber()
	root, err := r.value(0)
	if err == nil {
		if rest := bytes.TrimLeft(body[r.json.InputOffset():], " \t\r\n"); len(rest) > 0 {
			f.fault(CodeNotJSON, "", len(f.data)-len(rest), "keep one value in a file", "something follows the JSON value")
			return nil
		}
		return root
	}
	offset := r.skipped + r.next()
	const mend = "mend it there or export it again"
	var syntax *json.SyntaxError
	var twice duplicateName
	switch {
	case errors.Is(err, errDepth):
		f.fault(CodeTooLarge, "", offset, "GeoJSON needs fewer levels", "values are nested more than %d deep", maxDepth)
	case errors.As(err, &twice):
		f.fault(CodeNotJSON, "", r.skipped+twice.offset, "take one of the two out", "the name %q stands twice in one object", twice.name)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		f.fault(CodeNotJSON, "", len(f.data), mend, "the file is not JSON: it ends too early")
	case errors.As(err, &syntax):
		f.fault(CodeNotJSON, "", offset, mend, "the file is not JSON: %v", syntax)
	default:
		f.fault(CodeNotJSON, "", offset, mend, "the file is not JSON: %v", err)
	}
	return nil
}

// duplicateName is the error of a name that stands twice in one object.
type duplicateName struct {
	name   string
	offset int
}

func (d duplicateName) Error() string { return "duplicate name " + d.name }

// reader reads JSON values and notes where they stand.
type reader struct {
	data    []byte
	skipped int // bytes of the file before data
	json    *json.Decoder
}

// next is the offset in data of what the next token begins with.
func (r *reader) next() int {
	i := int(r.json.InputOffset())
	for i < len(r.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[i]) >= 0 {
		i++
	}
	return i
}

// value reads one value.
func (r *reader) value(depth int) (*node, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	offset := r.next()
	tok, err := r.json.Token()
	if err != nil {
		return nil, err
	}
	n := &node{offset: r.skipped + offset}
	switch v := tok.(type) {
	case json.Delim:
		n.kind = byte(v)
		return n, r.members(n, depth)
	case string:
		n.kind, n.text = '"', v
	case json.Number:
		n.kind = '0'
		// A number too great for a double becomes infinite and is refused as a position.
		n.number, _ = strconv.ParseFloat(string(v), 64)
	case bool:
		n.kind = 't'
	default:
		n.kind = 'n'
	}
	return n, nil
}

// members reads what an object or array holds, and its end.
func (r *reader) members(n *node, depth int) error {
	seen := map[string]bool{}
	for r.json.More() {
		if n.kind == '{' {
			offset := r.next()
			tok, err := r.json.Token()
			if err != nil {
				return err
			}
			name, ok := tok.(string)
			if !ok {
				return fmt.Errorf("a name is due, not %v", tok)
			}
			if seen[name] {
				return duplicateName{name, offset}
			}
			seen[name] = true
			n.names = append(n.names, name)
		}
		m, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		n.members = append(n.members, m)
	}
	_, err := r.json.Token()
	return err
}
