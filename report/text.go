package report

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// columns is the width of a line of plain text; a wide character takes two.
const columns = 72

// Text sets a document as plain text for thin lines: at most 72 columns, a table as
// rows of "name: figure".
func Text(d *Document) []byte {
	t := &typist{colon: ": ", semicolon: "; ", stop: ". "}
	if d.Lang == "zh" {
		t.colon, t.semicolon, t.stop = "：", "；", "。"
	}
	t.line(0, 0, d.Subtitle)
	t.line(0, 0, d.Title)
	t.rule('=')
	for _, f := range d.Facts {
		t.line(0, 2, f.Name+t.colon+words(f.Value))
	}
	t.blank()
	t.line(0, 0, d.Notice)
	for _, s := range d.Sections {
		t.blank()
		t.line(0, 2, strconv.Itoa(s.Number)+". "+s.Title)
		t.rule('-')
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case Paragraph:
				if b.Number > 0 {
					number := strconv.Itoa(b.Number) + "."
					t.line(0, 5, number+strings.Repeat(" ", max(1, 5-len(number)))+words(b.Runs))
				} else {
					t.line(5, 5, words(b.Runs))
				}
			case List:
				for _, item := range b.Items {
					t.line(5, 7, "- "+words(item))
				}
			case Table:
				t.table(b)
			}
		}
	}
	t.blank()
	t.line(0, 0, d.Footer)
	return append(t.out, "# "+d.Inputs+"\n"...)
}

// words joins runs without their looks.
func words(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

type typist struct {
	colon, semicolon, stop string
	out                    []byte
}

func (t *typist) blank() { t.out = append(t.out, '\n') }

func (t *typist) rule(r rune) { t.out = append(t.out, strings.Repeat(string(r), columns)+"\n"...) }

// table writes each row as its name and "heading: cell" after it; cells without anything
// are left out.
func (t *typist) table(b Table) {
	t.line(5, 5, b.Caption)
	for _, r := range b.Rows {
		var parts []string
		for i, c := range r.Cells[1:] {
			if text := words(c); text != "" && text != none {
				parts = append(parts, b.Head[i+1]+t.colon+text)
			}
		}
		t.line(5, 9, "* "+words(r.Cells[0])+t.stop+strings.Join(parts, t.semicolon))
	}
}

// line writes one paragraph, broken at 72 columns: the first line from column first,
// the others from column rest. Latin and Cyrillic break at spaces, Chinese between
// characters, but not before a mark that closes nor after one that opens.
func (t *typist) line(first, rest int, text string) {
	at := 0
	start := func(indent int) {
		t.out = append(t.out, strings.Repeat(" ", indent)...)
		at = indent
	}
	start(first)
	empty := true
	for _, piece := range pieces(text) {
		w := widthOf(piece)
		if piece == " " {
			if !empty && at < columns {
				t.out = append(t.out, ' ')
				at++
			}
			continue
		}
		if at+w > columns && !empty {
			t.out = append(bytes.TrimRight(t.out, " "), '\n')
			start(rest)
		}
		for at+w > columns { // a piece longer than a line is cut
			cut, cutWidth := 0, 0
			for i, r := range piece {
				if at+cutWidth+runeWidth(r) > columns {
					cut = i
					break
				}
				cutWidth += runeWidth(r)
			}
			if cut == 0 {
				break
			}
			t.out = append(t.out, piece[:cut]+"\n"...)
			piece = piece[cut:]
			w = widthOf(piece)
			start(rest)
		}
		t.out = append(t.out, piece...)
		at += w
		empty = false
	}
	t.out = append(t.out, '\n')
}

// closing marks may not begin a line, opening ones may not end it.
const (
	closing = "，。、；：？！）》」』】〉”’…—·,.;:?!)]}»"
	opening = "（《「『【〈“‘([{«"
)

// pieces takes a text apart where lines may break; spaces are pieces of their own.
func pieces(text string) []string {
	var list []string
	var piece strings.Builder
	flush := func() {
		if piece.Len() > 0 {
			list = append(list, piece.String())
			piece.Reset()
		}
	}
	var last rune
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			flush()
			if n := len(list); n > 0 && list[n-1] != " " {
				list = append(list, " ")
			}
		case piece.Len() > 0 && (runeWidth(r) == 2 || runeWidth(last) == 2) && !strings.ContainsRune(closing, r) && !strings.ContainsRune(opening, last):
			flush()
			piece.WriteRune(r)
		default:
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				r = utf8.RuneError
			}
			piece.WriteRune(r)
		}
		last = r
	}
	flush()
	return list
}

func widthOf(s string) int {
	w := 0
	for _, r := range s {
		w += runeWidth(r)
	}
	return w
}

// runeWidth is the columns that a character takes on a terminal; marks on others none.
func runeWidth(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
