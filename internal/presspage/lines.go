package presspage

import (
	"fmt"
	"slices"
	"unicode"

	"github.com/truceline/truceline/press"
)

// shown is a stretch of words, or one character that cannot be seen, by its number.
type shown struct {
	Text   string
	Hidden string // "U+202E"
}

// show parts words at characters that are not seen or that turn the order of others.
func show(s string) []shown {
	var list []shown
	from := 0
	for i, r := range s {
		if !hidden(r) {
			continue
		}
		if from < i {
			list = append(list, shown{Text: s[from:i]})
		}
		list = append(list, shown{Hidden: fmt.Sprintf("U+%04X", r)})
		from = i + len(string(r))
	}
	if from < len(s) {
		list = append(list, shown{Text: s[from:]})
	}
	return list
}

// hidden tells characters that a reader would not see: controls, those that turn the order
// of others, those without width. Two join letters rightly in some scripts and stay.
func hidden(r rune) bool {
	return r != '\t' && r != '\n' && r != '\u200c' && r != '\u200d' && r != '\u00ad' &&
		(unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029')
}

// mark is a stretch of the article that is marked.
type mark struct {
	press.Span
	Class string // of the element
	ID    string // of the row that it leads to: "s3", "u1", "e2"
	Label string // "3", "u1", "e2"
	By    string // the letter of the speaker
	When  string // an event's day, or the day of a statement, shown at its end
	first bool   // the first part of it
	last  bool
}

// Piece is an element of a line in the order of writing: an opening, words, a closing.
type Piece struct {
	Open  *mark
	Label *mark // its number, before the words
	Words []shown
	When  string // after the words
	Close bool
}

type line struct {
	Pieces    []Piece
	Furniture bool
}

// marksOf gives all marks, the outer before the inner.
func marksOf(a Article, rows []statementRow) []mark {
	var list []mark
	for i, s := range a.Proposals.Statements {
		for j, part := range s.Parts {
			m := mark{Span: part, Class: fmt.Sprintf("s k%d", rows[i].Style), ID: fmt.Sprintf("s%d", i+1), Label: fmt.Sprint(i + 1), By: rows[i].Mark, first: j == 0, last: j == len(s.Parts)-1}
			if s.Said != nil {
				m.When = *s.Said
			}
			list = append(list, m)
		}
	}
	for i, u := range a.Proposals.Unattributed {
		id := fmt.Sprintf("u%d", i+1)
		list = append(list, mark{Span: u.Span, Class: "u", ID: id, Label: id, first: true, last: true})
	}
	for i, e := range a.Proposals.Events {
		id := fmt.Sprintf("e%d", i+1)
		m := mark{Span: e.Span, Class: "e", ID: id, Label: id, first: true, last: true}
		if e.When != nil {
			m.When = *e.When
		}
		list = append(list, m)
	}
	slices.SortStableFunc(list, func(x, y mark) int {
		if x.Span[0] != y.Span[0] {
			return x.Span[0] - y.Span[0]
		}
		return y.Span[1] - x.Span[1]
	})
	return list
}

// lines parts the article into its lines, each with the marks that lie in it. Marks that
// overlap without one holding the other are closed and opened again, so that elements nest.
func lines(a Article, rows []statementRow) []line {
	text := []rune(a.Text)
	marks := marksOf(a, rows)
	var list []line
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && text[to] != '\n' {
			to++
		}
		if to > from {
			l := line{Pieces: pieces(text, from, to, marks)}
			for _, f := range a.Furniture {
				l.Furniture = l.Furniture || f[0] < to && from < f[1]
			}
			if len(l.Pieces) > 0 {
				list = append(list, l)
			}
		}
		from = to + 1
	}
	return list
}

func pieces(text []rune, from, to int, marks []mark) []Piece {
	var out []Piece
	var open []*mark
	cuts := []int{from, to}
	var here []*mark
	for i := range marks {
		m := &marks[i]
		if m.Span[0] < to && from < m.Span[1] && m.Span[0] < m.Span[1] {
			here = append(here, m)
			cuts = append(cuts, max(m.Span[0], from), min(m.Span[1], to))
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := 0; i+1 < len(cuts); i++ {
		at, end := cuts[i], cuts[i+1]
		for len(open) > 0 && slices.ContainsFunc(open, func(m *mark) bool { return m.Span[1] <= at }) { // close down to what has ended
			out = append(out, closing(open[len(open)-1], at))
			open = open[:len(open)-1]
		}
		for _, m := range here {
			if m.Span[0] <= at && at < m.Span[1] && !slices.Contains(open, m) {
				p := Piece{Open: m}
				if m.first && m.Span[0] == at {
					p.Label = m
				}
				out = append(out, p)
				open = append(open, m)
			}
		}
		out = append(out, Piece{Words: show(string(text[at:end]))})
	}
	for i := len(open) - 1; i >= 0; i-- {
		out = append(out, closing(open[i], to))
	}
	return out
}

// closing ends a mark; where it truly ends its day stands beside it.
func closing(m *mark, at int) Piece {
	p := Piece{Close: true}
	if m.last && m.Span[1] <= at {
		p.When = m.When
	}
	return p
}
