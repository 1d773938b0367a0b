package agreement

import (
	"bytes"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/truceline/truceline/problem"
)

// Bounds of an agreement's files.
const (
	MaxFile   = 1 << 20 // bytes
	maxBlocks = 10_000
)

// page is a Markdown file taken apart: the blocks of terms before the first
// article, and the articles.
type page struct {
	file     string
	head     []*block
	articles []section
}

// section is one article: its heading, its words without the blocks of terms, and
// those blocks.
type section struct {
	number, heading, words string
	line                   int
	blocks                 []*block
}

// span is a range of lines, [from, until), counted from 0.
type span struct{ from, until int }

// readPage takes a Markdown file apart. Positions in problems are of the file.
func readPage(file string, data []byte, problems *problem.List) *page {
	p := &page{file: file}
	if len(data) > MaxFile {
		problems.Add(problem.Problem{Code: "too-long", File: file, What: "the file is too long", Mend: "at most 1 MiB"})
		return p
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	lines := strings.Split(string(data), "\n")
	starts := make([]int, len(lines)+1)
	for i, l := range lines {
		starts[i+1] = starts[i] + len(l) + 1
	}
	lineAt := func(offset int) int {
		lo, hi := 0, len(lines)
		for lo < hi {
			mid := (lo + hi) / 2
			if starts[mid+1] > offset {
				hi = mid
			} else {
				lo = mid + 1
			}
		}
		return lo
	}
	taken := make([]bool, len(lines)+1) // lines that are no words
	var current *section
	begin := 0
	flush := func(until int) {
		if current == nil {
			return
		}
		var words []string
		for i := begin; i < until && i < len(lines); i++ {
			if !taken[i] {
				words = append(words, lines[i])
			}
		}
		current.words = strings.TrimSpace(collapse(words))
		p.articles = append(p.articles, *current)
	}
	doc := goldmark.DefaultParser().Parse(text.NewReader(data))
	blocks := 0
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level != 1 || n.Lines().Len() == 0 {
				continue
			}
			line := lineAt(n.Lines().At(0).Start)
			flush(line)
			taken[line] = true
			begin = line + 1
			title := strings.TrimSpace(string(n.Lines().Value(data)))
			number, heading, _ := strings.Cut(title, " ")
			current = &section{number: number, heading: strings.TrimSpace(heading), line: line + 1}
			if heading == "" {
				problems.Add(problem.Problem{Code: "bad-heading", File: file, Line: line + 1, Column: 1, What: "the heading has no number or no words", Mend: "write \"# 2 Start and length\""})
			}
		case *ast.FencedCodeBlock:
			if string(n.Language(data)) != "hcl" {
				continue
			}
			s := span{}
			if n.Info != nil {
				s.from = lineAt(n.Info.Segment.Start)
			}
			s.until = s.from + 1
			body := ""
			if k := n.Lines().Len(); k > 0 {
				first := n.Lines().At(0)
				s.until = lineAt(n.Lines().At(k-1).Start) + 1
				body = string(data[first.Start:n.Lines().At(k-1).Stop])
			}
			if s.until >= len(lines) || !strings.HasPrefix(strings.TrimLeft(lines[min(s.until, len(lines)-1)], " "), "```") {
				problems.Add(problem.Problem{Code: "open-fence", File: file, Line: s.from + 1, Column: 1, What: "the block of terms is not closed", Mend: "end it with a line of three backquotes"})
			}
			for i := s.from; i <= s.until && i < len(lines); i++ {
				taken[i] = true
			}
			found := parseHCL(file, body, s.from+2, problems)
			if blocks += len(found); blocks > maxBlocks {
				problems.Add(problem.Problem{Code: "too-many", File: file, Line: s.from + 1, What: "there are too many blocks of terms", Mend: "at most 10,000"})
				return p
			}
			if current == nil {
				p.head = append(p.head, found...)
			} else {
				current.blocks = append(current.blocks, found...)
			}
		}
	}
	flush(len(lines))
	return p
}

// collapse joins lines, runs of empty ones as one.
func collapse(lines []string) string {
	var out []string
	for _, l := range lines {
		if strings.TrimSpace(l) == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, strings.TrimRight(l, " "))
	}
	return strings.Join(out, "\n")
}

// parseHCL parses the inside of a fenced block that begins on a line of the file.
func parseHCL(file, body string, line int, problems *problem.List) []*block {
	if depth(body) > 64 {
		problems.Add(problem.Problem{Code: "too-deep", File: file, Line: line, What: "the terms are nested too deep", Mend: "a clause has at most one level of blocks in it"})
		return nil
	}
	f, diags := hclsyntax.ParseConfig([]byte(body), file, hcl.Pos{Line: line, Column: 1})
	takeDiags(diags, problems)
	if f == nil || diags.HasErrors() {
		return nil
	}
	root, ok := f.Body.(*hclsyntax.Body)
	if !ok {
		return nil
	}
	for _, a := range root.Attributes {
		problems.Add(problem.Problem{
			Code: "stray-attribute", File: file, Line: a.NameRange.Start.Line, Column: a.NameRange.Start.Column, Field: a.Name,
			What: "an attribute stands outside of a clause", Mend: "put it into a block such as prohibition \"1\" { … }",
		})
	}
	var list []*block
	for _, b := range root.Blocks {
		list = append(list, &block{Block: b, file: file})
	}
	return list
}

// depth is the deepest nesting of brackets, to bound the parser's recursion.
func depth(s string) int {
	n, deepest := 0, 0
	for _, r := range s {
		switch r {
		case '{', '[', '(':
			n++
			deepest = max(deepest, n)
		case '}', ']', ')':
			n--
		}
	}
	return deepest
}

// takeDiags turns HCL's diagnostics into problems.
func takeDiags(diags hcl.Diagnostics, problems *problem.List) {
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		p := problem.Problem{Code: "bad-terms", What: strings.ToLower(d.Summary), Mend: d.Detail}
		if d.Subject != nil {
			p.File, p.Line, p.Column = d.Subject.Filename, d.Subject.Start.Line, d.Subject.Start.Column
		}
		problems.Add(p)
	}
}
