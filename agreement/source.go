package agreement

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/truceline/truceline/problem"
)

// source is a file as it was read; it turns places inside of its blocks of terms
// into places of the file.
type source struct {
	file   string
	starts []int // of each line, the offset of its first byte
}

// pos gives the place at which a range of HCL begins. HCL counts columns in visible
// characters, this package in bytes.
func (s *source) pos(r hcl.Range) Pos {
	p := Pos{File: s.file, Line: r.Start.Line, Column: 1}
	if i := r.Start.Line - 1; i >= 0 && i < len(s.starts) {
		p.Column = max(1, r.Start.Byte-s.starts[i]+1)
	}
	return p
}

// block is a block of terms with the file that it stands in.
type block struct {
	*hclsyntax.Block
	src *source
}

func (b *block) label() string {
	if len(b.Labels) == 0 {
		return ""
	}
	return b.Labels[0]
}

func (b *block) pos() Pos { return b.src.pos(b.TypeRange) }

// parseTerms parses the inside of a fenced block: the text from an offset of the
// file, which is the begin of a line of it, counted from 1.
func (s *source) parseTerms(body []byte, line, offset int, problems *problem.List) []*block {
	start := hcl.Pos{Line: line, Column: 1, Byte: offset}
	if !s.lex(body, start, problems) {
		return nil
	}
	f, diags := hclsyntax.ParseConfig(body, s.file, start)
	for _, d := range diags {
		what, mend := inOwnWords(d)
		p := Pos{File: s.file, Line: line, Column: 1}
		if d.Subject != nil {
			p = s.pos(*d.Subject)
		}
		problems.Add(at(p, "bad-terms", "", what, mend))
	}
	if f == nil || len(diags) > 0 {
		return nil
	}
	root, ok := f.Body.(*hclsyntax.Body)
	if !ok {
		return nil
	}
	for _, a := range root.Attributes {
		problems.Add(at(s.pos(a.NameRange), "stray-attribute", a.Name, "an attribute stands outside of a clause", `put it into a block such as prohibition "1" { … }`))
	}
	list := make([]*block, 0, len(root.Blocks))
	for _, b := range root.Blocks {
		list = append(list, &block{Block: b, src: s})
	}
	return list
}

// maxDepth is how deep brackets may stand in brackets. HCL's parser calls itself
// for each; a clause needs four.
const maxDepth = 32

// tokensOfTerms are all that terms are written with. Operators, variables,
// templates and indices have no meaning in them, and without them neither parsing
// nor evaluating can take long.
var tokensOfTerms = []hclsyntax.TokenType{
	hclsyntax.TokenOBrace, hclsyntax.TokenCBrace, hclsyntax.TokenOBrack, hclsyntax.TokenCBrack, hclsyntax.TokenOParen, hclsyntax.TokenCParen,
	hclsyntax.TokenOQuote, hclsyntax.TokenCQuote, hclsyntax.TokenQuotedLit, hclsyntax.TokenOHeredoc, hclsyntax.TokenCHeredoc, hclsyntax.TokenStringLit,
	hclsyntax.TokenNumberLit, hclsyntax.TokenIdent, hclsyntax.TokenEqual, hclsyntax.TokenComma, hclsyntax.TokenColon, hclsyntax.TokenNewline,
	hclsyntax.TokenComment, hclsyntax.TokenEOF,
}

// lex tells whether a block of terms holds only what terms are written with, and
// adds the places where it does not.
func (s *source) lex(body []byte, start hcl.Pos, problems *problem.List) bool {
	tokens, _ := hclsyntax.LexConfig(body, s.file, start) // what it finds wrong is a token of its own kind
	depth, wrong := 0, 0
	for _, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen:
			if depth++; depth > maxDepth {
				problems.Add(at(s.pos(t.Range), "too-deep", "", "the brackets are nested too deep", fmt.Sprintf("at most %d levels", maxDepth)))
				return false
			}
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen:
			depth--
		}
		if slices.Contains(tokensOfTerms, t.Type) {
			continue
		}
		what, mend := strangeToken(t)
		problems.Add(at(s.pos(t.Range), "bad-terms", "", what, mend))
		if wrong++; wrong == 10 || t.Type == hclsyntax.TokenQuotedNewline || t.Type == hclsyntax.TokenTemplateInterp || t.Type == hclsyntax.TokenTemplateControl {
			return false // what follows is read wrongly
		}
	}
	return wrong == 0
}

// strangeToken says what is wrong with a token that has no place in terms.
func strangeToken(t hclsyntax.Token) (what, mend string) {
	switch text := string(t.Bytes); {
	case t.Type == hclsyntax.TokenQuotedNewline:
		return "the string does not end on its line", `end it with "`
	case t.Type == hclsyntax.TokenTemplateInterp, t.Type == hclsyntax.TokenTemplateControl:
		return fmt.Sprintf("%q begins a template, and terms have none", text), fmt.Sprintf("write %q for the characters themselves", text[:1]+text)
	case t.Type == hclsyntax.TokenBadUTF8:
		return "these bytes are no UTF-8", "save the file as UTF-8"
	case t.Type == hclsyntax.TokenApostrophe, t.Type == hclsyntax.TokenBacktick, slices.Contains([]string{"“", "”", "„", "«", "»", "‘", "’"}, text):
		return fmt.Sprintf("%s does not quote a string", text), `strings stand in straight quotation marks: "…"`
	case t.Type == hclsyntax.TokenMinus:
		return `"-" has no place in terms`, "put names and dates into quotation marks"
	default:
		return fmt.Sprintf("%q has no place in terms", text), `terms hold strings, numbers, lists […], objects {…} and calls such as accepted("A", "declared")`
	}
}

// inOwnWords says a diagnostic of HCL's parser so that a reader who has never heard
// of HCL can mend the file.
func inOwnWords(d *hcl.Diagnostic) (what, mend string) {
	if words, ok := diagnostics[d.Summary]; ok {
		return words[0], words[1]
	}
	return "this is not written as terms are", `a clause is prohibition "1" { … } with one attribute a line: acts = ["attack"]`
}

var (
	stringOpen   = [2]string{"the string does not end", `end it with "`}
	parensOpen   = [2]string{"the parenthesis is not closed", "add )"}
	valueMissing = [2]string{"a value is missing here", `write a string, a list ["…"] or an object { en = "…" }`}
	nameQuoted   = [2]string{"this is no name of an attribute", "an attribute is name = value, the name without quotation marks"}
	blockOpen    = [2]string{"the block is not closed", "add }"}
	blockForm    = [2]string{"the block is not well formed", `write kind "LABEL" {, its attributes on lines of their own, and }`}
	newlineLacks = [2]string{"a new line is missing here", "give each attribute and each block a line of its own"}
)

// diagnostics are the words for what HCL's parser finds wrong, by its summary.
var diagnostics = map[string][2]string{
	"Unclosed configuration block":               blockOpen,
	"Unclosed configuration body":                blockOpen,
	"Invalid block definition":                   blockForm,
	"Invalid single-argument block definition":   {"a block on one line holds one attribute", "give each attribute a line of its own"},
	"Argument or block definition required":      {"here an attribute or a block is wanted", `write name = value, or kind "LABEL" { … }`},
	"Argument definition required":               {"here an attribute is wanted", "write name = value"},
	"Attribute redefined":                        {"the attribute stands twice in this block", "keep one"},
	"Invalid argument name":                      nameQuoted,
	"Invalid attribute name":                     nameQuoted,
	"Ambiguous attribute key":                    nameQuoted,
	"Missing newline after argument":             newlineLacks,
	"Missing newline after block definition":     newlineLacks,
	"Unterminated object constructor expression": {"the object is not closed", "add }"},
	"Unterminated tuple constructor expression":  {"the list is not closed", "add ]"},
	"Missing item separator":                     {"a comma is missing between two items of the list, or its end", "add , or ]"},
	"Missing attribute separator":                {"a comma or a new line is missing between two members of the object, or its end", "add , or }"},
	"Missing key/value separator":                {"= is missing after the member's name", `write { en = "…" }`},
	"Missing attribute value":                    valueMissing,
	"Missing expression":                         valueMissing,
	"Invalid expression":                         valueMissing,
	"Unterminated function call":                 parensOpen,
	"Missing closing parenthesis":                parensOpen,
	"Unbalanced parentheses":                     parensOpen,
	"Missing argument separator":                 {"a comma is missing between two strings in parentheses, or their end", "add , or )"},
	"Invalid number literal":                     {"this is no number", "write digits, or put it into quotation marks"},
	"Invalid escape sequence":                    {"a backslash stands before something that it does not go with", `write \\ for a backslash and \" for a quotation mark`},
	"Invalid string literal":                     stringOpen,
	"Invalid multi-line string":                  stringOpen,
	"Unterminated template string":               stringOpen,
	"Unterminated string literal":                stringOpen,
}

// at makes a problem of a place.
func at(p Pos, code, field, what, mend string) problem.Problem {
	return problem.Problem{Code: code, File: p.File, Line: p.Line, Column: p.Column, Field: field, What: what, Mend: mend}
}
