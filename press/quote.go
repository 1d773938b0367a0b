package press

import (
	"unicode"
	"unicode/utf8"
)

// quotation is a stretch between quotation marks.
type quotation struct {
	open, end int // tokens: the opening mark, and one past the closing mark
	closed    bool
	parent    int  // the quotation around it, or -1
	goesOn    bool // into the next paragraph
	resumes   bool // from the paragraph before
	depth     uint8
}

const deepest = 6 // quotations within quotations beyond this are read as one

// closers gives, for an opening mark, the marks that can close it.
var closers = map[rune]string{
	'“': "”“\"", '„': "“”\"", '«': "»", '‹': "›", '‘': "’", '‚': "‘’", '「': "」", '『': "』", '"': "\"”", '＂': "＂", '〝': "〞", '”': "”", '\'': "'",
}

// quotations finds all quotations, paragraph by paragraph: a mark that is never closed
// reaches to the end of its paragraph, and goes on where the next one opens with the
// same mark.
func (d *doc) quotations() {
	var carried rune
	for p := range d.paras {
		carried = d.quotationsOf(&d.paras[p], carried)
	}
}

func (d *doc) quotationsOf(p *paragraph, carried rune) (open rune) {
	type level struct {
		mark rune
		q    int
	}
	var stack []level
	push := func(i int, mark rune) {
		parent := -1
		if len(stack) > 0 {
			parent = stack[len(stack)-1].q
		}
		stack = append(stack, level{mark, len(d.quotes)})
		d.quotes = append(d.quotes, quotation{open: i, end: i + 1, parent: parent, depth: uint8(len(stack))})
	}
	for i := p.from; i < p.to; i++ {
		t := &d.tok[i]
		closes := false
		if t.kind == kindMark {
			r, _ := utf8.DecodeRuneInString(d.text[t.start:])
			if quoteRune(r) {
				top := -1
				for k := len(stack) - 1; k >= 0; k-- {
					if containsRune(closers[stack[k].mark], r) {
						top = k
						break
					}
				}
				opens, shuts := d.sides(i, p, r)
				switch {
				case top >= 0 && shuts && (!opens || top == len(stack)-1 && !(r == '“' && stack[top].mark == '“' && d.opensAgain(i))):
					for k := top; k < len(stack); k++ {
						d.quotes[stack[k].q].end, d.quotes[stack[k].q].closed = i+1, k == top
					}
					t.quote, t.depth = int32(stack[top].q), uint8(top+1)
					stack = stack[:top]
					closes = true
				case opens && len(stack) < deepest && closers[r] != "":
					push(i, r)
					if carried != 0 && i == p.from && r == carried {
						d.quotes[len(d.quotes)-1].resumes = true
					}
				case carried != 0 && shuts && len(stack) == 0:
					// The paragraph before left a quotation open: it ends here.
					q := len(d.quotes)
					d.quotes = append(d.quotes, quotation{open: p.from - 1, end: i + 1, closed: true, parent: -1, resumes: true, depth: 1})
					for k := p.from; k <= i; k++ {
						d.tok[k].quote, d.tok[k].depth = int32(q), 1
					}
					closes = true
				}
				if closes {
					carried = 0
				}
			}
		}
		if !closes && len(stack) > 0 {
			t.quote, t.depth = int32(stack[len(stack)-1].q), uint8(len(stack))
		}
	}
	for _, l := range stack {
		d.quotes[l.q].end = p.to
		if l.mark != '\'' && d.quotes[l.q].parent < 0 {
			d.quotes[l.q].goesOn = true
			open = l.mark
		}
	}
	return open
}

func containsRune(s string, r rune) bool {
	for _, c := range s {
		if c == r {
			return true
		}
	}
	return false
}

func quoteRune(r rune) bool {
	switch r {
	case '“', '”', '„', '«', '»', '‹', '›', '‘', '’', '‚', '「', '」', '『', '』', '"', '＂', '〝', '〞', '\'':
		return true
	}
	return false
}

// sides tells whether a mark can open and whether it can close where it stands.
func (d *doc) sides(i int, p *paragraph, r rune) (opens, shuts bool) {
	before, after := rune(' '), rune(' ')
	t := d.tok[i]
	if i > p.from {
		before, _ = utf8.DecodeLastRuneInString(d.text[:t.start])
	}
	if i+1 < p.to {
		after, _ = utf8.DecodeRuneInString(d.text[t.end:])
	}
	space := unicode.IsSpace
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	switch r {
	case '«', '‹', '「', '『', '〝':
		return true, false
	case '»', '›', '」', '』', '〞':
		return false, true
	case '„', '‚':
		return true, false
	case '”':
		return i == p.from && p.to-p.from > 1, i > p.from
	case '“':
		// After „ it closes; otherwise it opens, but for texts that know one mark only.
		return !space(after) || i == p.from, i > p.from && !space(before)
	case '‘':
		return !space(after), i > p.from && !space(before)
	case '’', '\'':
		if letter(before) && letter(after) {
			return false, false
		}
		return r == '\'' && (space(before) || before == '(') && letter(after), !space(before)
	}
	switch {
	case space(before) && !space(after):
		return true, false
	case !space(before) && space(after):
		return false, true
	}
	return true, true
}

// opensAgain tells whether “ after “ rather opens a quotation within the first: a
// closing ” follows before the next “.
func (d *doc) opensAgain(i int) bool {
	for j := i + 1; j < len(d.tok) && j < i+400 && !d.lineBreak(j); j++ {
		if d.mark(j, "”") {
			return true
		}
		if d.mark(j, "“") {
			return false
		}
	}
	return false
}

// inner gives the tokens between the marks of quotation q.
func (d *doc) inner(q int) (from, to int) {
	from, to = d.quotes[q].open+1, d.quotes[q].end
	if d.quotes[q].closed {
		to--
	}
	return from, max(from, to)
}
