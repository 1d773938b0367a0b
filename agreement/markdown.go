package agreement

import (
	"bytes"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/truceline/truceline/problem"
)

// Bounds of an agreement's files.
const (
	MaxFile   = 1 << 20 // bytes of one file
	MaxBlocks = 10_000  // blocks of terms in one file
)

// page is a Markdown file taken apart: the blocks of terms before the first
// article, and the articles.
type page struct {
	*source
	head     []*block
	fenced   bool // it has blocks of terms, whether they came out or not
	before   int  // the line of the first words before the first article; 0: there are none
	articles []section
}

// section is one article: its heading, its words without the blocks of terms, and
// those blocks.
type section struct {
	number, heading, words string
	pos                    Pos
	blocks                 []*block
}

// paging is a page in the making.
type paging struct {
	*page
	data     []byte
	lines    []string
	taken    []bool // lines that are no words
	begin    int    // the first line, from 0, of the article's words
	blocks   int
	current  *section
	numbered bool // headings of level 1 need a number
	problems *problem.List
}

// readPage takes a Markdown file apart: an agreement, whose articles are numbered,
// or a reading. Positions in problems are of the file.
func readPage(file string, data []byte, numbered bool, problems *problem.List) *page {
	w := &paging{page: &page{source: &source{file: file}}, numbered: numbered, problems: problems}
	if len(data) > MaxFile {
		problems.Add(problem.Problem{Code: "too-long", File: file, What: fmt.Sprintf("the file has %d bytes", len(data)), Mend: fmt.Sprintf("at most %d", MaxFile)})
		return w.page
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	w.data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	w.lines = strings.Split(string(w.data), "\n")
	w.starts = make([]int, len(w.lines)+1)
	for i, l := range w.lines {
		w.starts[i+1] = w.starts[i] + len(l) + 1
		if !utf8.ValidString(l) {
			problems.Add(at(Pos{file, i + 1, validUntil(l) + 1}, "bad-encoding", "", "these bytes are no UTF-8", "save the file as UTF-8"))
			return w.page
		}
	}
	w.taken = make([]bool, len(w.lines)+1)
	// Blocks alone: the words are kept as they are written.
	doc := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...)).Parse(text.NewReader(w.data))
	for n := doc.FirstChild(); n != nil && w.blocks <= MaxBlocks; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 1 {
				w.article(n)
				continue
			}
		case *ast.FencedCodeBlock:
			if n.Info != nil {
				if w.fence(n) {
					continue
				}
			}
		case *ast.HTMLBlock:
			continue
		case *ast.Blockquote, *ast.List:
			w.nested(n)
		}
		if w.current == nil && w.before == 0 && n.Pos() >= 0 {
			w.before = w.lineAt(n.Pos()) + 1
		}
	}
	w.flush(len(w.lines))
	return w.page
}

// validUntil counts the bytes of s before the first that is no UTF-8.
func validUntil(s string) int {
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd") {
			return i
		}
	}
	return len(s)
}

// lineAt gives the line, from 0, that holds an offset.
func (w *paging) lineAt(offset int) int {
	return min(len(w.lines), sort.SearchInts(w.starts, offset+1)) - 1
}

// flush ends the article whose words reach to a line.
func (w *paging) flush(until int) {
	if w.current == nil {
		return
	}
	var words []string
	for i := w.begin; i < until && i < len(w.lines); i++ {
		if !w.taken[i] {
			words = append(words, w.lines[i])
		}
	}
	w.current.words = strings.TrimSpace(collapse(words))
	w.articles = append(w.articles, *w.current)
}

// article begins one under a heading of level 1, of either form.
func (w *paging) article(n *ast.Heading) {
	first := w.lineAt(max(0, n.Pos()))
	last := first
	title := ""
	if k := n.Lines().Len(); k > 0 {
		first, last = w.lineAt(n.Lines().At(0).Start), w.lineAt(n.Lines().At(k-1).Start)
		title = strings.Join(strings.Fields(string(n.Lines().Value(w.data))), " ")
	}
	if !strings.HasPrefix(strings.TrimLeft(w.lines[first], " "), "#") {
		last++ // underlined
	}
	w.flush(first)
	w.begin = last + 1
	number, heading, _ := strings.Cut(title, " ")
	number = strings.TrimRight(number, ".)")
	w.current = &section{number: number, heading: heading, pos: Pos{w.file, first + 1, 1}}
	if w.numbered && (!isNumber(number) || heading == "") {
		w.problems.Add(at(w.current.pos, "bad-heading", "", "the heading has no number or no words", `write "# 2 Start and length"`))
	}
}

// isNumber tells whether the first word of a heading numbers an article: "2",
// "3a", "IV", "A".
func isNumber(s string) bool {
	return s != "" && len(s) <= maxName && (s[0] >= '0' && s[0] <= '9' || strings.Trim(s, "IVXLCDM") == "" || len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z')
}

// fence takes a fenced block, if it is one of terms.
func (w *paging) fence(n *ast.FencedCodeBlock) bool {
	from := w.lineAt(n.Info.Segment.Start)
	here := Pos{w.file, from + 1, 1}
	language := string(n.Language(w.data))
	if language != "hcl" {
		if strings.EqualFold(language, "hcl") {
			w.problems.Add(at(here, "bad-fence", "", fmt.Sprintf("the block is marked %q and would be read as words", language), "mark it hcl, in small letters"))
			return true
		}
		return false
	}
	w.fenced = true
	until := from + 1 // the line of the closing fence
	if k := n.Lines().Len(); k > 0 {
		until = w.lineAt(n.Lines().At(k-1).Start) + 1
	}
	opening := strings.TrimLeft(w.lines[from], " ")
	mark := opening[:len(opening)-len(strings.TrimLeft(opening, opening[:1]))]
	if until >= len(w.lines) || !strings.HasPrefix(strings.TrimLeft(w.lines[until], " "), mark) {
		w.problems.Add(at(here, "open-fence", "", "the block of terms is not closed", "end it with a line "+mark))
		until = len(w.lines)
	}
	for i := from; i <= until && i < len(w.taken); i++ {
		w.taken[i] = true
	}
	begin, end := w.starts[min(from+1, len(w.lines))], w.starts[min(until, len(w.lines))]
	found := w.parseTerms(w.data[min(begin, len(w.data)):min(end, len(w.data))], from+2, begin, w.problems)
	if w.blocks += len(found); w.blocks > MaxBlocks {
		w.problems.Add(at(here, "too-many", "", "the file has too many blocks of terms", fmt.Sprintf("at most %d", MaxBlocks)))
		return true
	}
	if w.current == nil {
		w.head = append(w.head, found...)
	} else {
		w.current.blocks = append(w.current.blocks, found...)
	}
	return true
}

// nested finds blocks of terms in a list or quotation, where nobody would read them.
func (w *paging) nested(top ast.Node) {
	for n := top; n != nil; {
		if f, ok := n.(*ast.FencedCodeBlock); ok && f.Info != nil && strings.EqualFold(string(f.Language(w.data)), "hcl") {
			line := w.lineAt(f.Info.Segment.Start)
			w.problems.Add(at(Pos{w.file, line + 1, f.Info.Segment.Start - w.starts[line] + 1}, "nested-terms", "", "a block of terms stands in a list or quotation", "let its fence begin the line, after an empty one"))
		}
		switch {
		case n.FirstChild() != nil:
			n = n.FirstChild()
			continue
		}
		for n != top && n.NextSibling() == nil {
			n = n.Parent()
		}
		if n == top {
			return
		}
		n = n.NextSibling()
	}
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
