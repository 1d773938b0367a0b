package place

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// node is a JSON value that knows where it stands.
type node struct {
	kind    jsontext.Kind // '{' '[' '"' '0' 't' 'f' 'n'
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
	skipped := len(f.data) - len(body)
	d := jsontext.NewDecoder(bytes.NewReader(body))
	root, err := f.value(d, skipped, 0)
	if err == nil {
		if _, err = d.ReadToken(); err == io.EOF {
			return root
		} else if err == nil {
			f.fault(CodeNotJSON, "", skipped+int(d.InputOffset()), "keep one value in a file", "something follows the JSON value")
			return nil
		}
	}
	offset := skipped + int(d.InputOffset())
	if errors.Is(err, errDepth) {
		f.fault(CodeTooLarge, "", offset, "GeoJSON needs fewer levels", "values are nested more than %d deep", maxDepth)
		return nil
	}
	what := "the file is not JSON"
	var syntax *jsontext.SyntacticError
	switch {
	case errors.As(err, &syntax):
		offset = skipped + int(syntax.ByteOffset)
		what = "the file is not JSON: " + syntax.Err.Error()
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		offset = len(f.data)
		what = "the file is not JSON: it ends too early"
	}
	f.fault(CodeNotJSON, "", offset, "mend it there or export it again", "%s", what)
	return nil
}

// value reads one value. Offsets are raised by skipped.
func (f *file) value(d *jsontext.Decoder, skipped, depth int) (*node, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	tok, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	n := &node{kind: tok.Kind(), offset: skipped + int(d.InputOffset())}
	switch n.kind {
	case '{', '[':
		n.offset--
		for d.PeekKind() != '}' && d.PeekKind() != ']' {
			if n.kind == '{' {
				name, err := d.ReadToken()
				if err != nil {
					return nil, err
				}
				n.names = append(n.names, name.String())
			}
			m, err := f.value(d, skipped, depth+1)
			if err != nil {
				return nil, err
			}
			n.members = append(n.members, m)
		}
		_, err = d.ReadToken()
		return n, err
	case '"':
		n.text = tok.String()
		n.offset = f.start(n.offset, '"')
	case '0':
		text := tok.String()
		n.offset -= len(text)
		// A number too great for a double becomes infinite and is refused as a position.
		n.number, _ = strconv.ParseFloat(text, 64)
	default:
		n.offset -= len(tok.String())
	}
	return n, nil
}

// start is the offset of the quote that opens the string ending before end.
func (f *file) start(end int, quote byte) int {
	for i := end - 2; i >= 0; i-- {
		if f.data[i] != quote {
			continue
		}
		slashes := 0
		for j := i - 1; j >= 0 && f.data[j] == '\\'; j-- {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
	}
	return 0
}
