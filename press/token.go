package press

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	kindWord tokenKind = iota
	kindHan
	kindNumber
	kindMark
)

// token is a word, a Chinese character, a number or a mark. Forms of the lexicon bind
// several tokens into one unit.
type token struct {
	start, end int32 // bytes of the text
	kind       tokenKind
	capital    bool
	glued      bool  // no space before it
	depth      uint8 // of the quotations around it; the marks of a quotation count as inside
	quote      int32 // the innermost quotation, or -1
	leaf       *leaf // what its unit can be, or nil
	from, to   int32 // tokens of its unit
}

// splitTokens gives the tokens of a folded form; a star stays with its word.
func splitTokens(form string) []string {
	var list []string
	scan(form, func(start, end int, _ tokenKind) {
		if form[start:end] == "*" && len(list) > 0 {
			list[len(list)-1] += "*"
			return
		}
		list = append(list, form[start:end])
	})
	return list
}

// scan finds tokens. Spaces and characters that show nothing are in none.
func scan(s string, yield func(start, end int, kind tokenKind)) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= 0x4E00 && r < 0xA000: // most of Chinese
			yield(i, i+n, kindHan)
			i += n
		case invisible(r):
			i += n
		case unicode.Is(unicode.Han, r):
			yield(i, i+n, kindHan)
			i += n
		case unicode.IsDigit(r):
			end := scanNumber(s, i)
			yield(i, end, kindNumber)
			i = end
		case wordRune(r):
			end := scanWord(s, i)
			// The English genitive is a token of its own.
			if cut := genitive(s[i:end]); cut > 0 {
				yield(i, i+cut, kindWord)
				yield(i+cut, end, kindMark)
			} else {
				yield(i, end, kindWord)
			}
			i = end
		default:
			end := i + n
			if r == '.' || r == '…' || r == '-' || r == '—' || r == '?' || r == '!' {
				for end < len(s) && strings.HasPrefix(s[end:], s[i:i+n]) {
					end += n
				}
			}
			yield(i, end, kindMark)
			i = end
		}
	}
}

func invisible(r rune) bool {
	if 0x20 < r && r < 0x7f || 0x400 <= r && r < 0x530 || 0x4e00 <= r && r < 0xa000 {
		return false
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError || r == '\uFFFC'
}

func wordRune(r rune) bool {
	switch { // the scripts at hand, without a search in tables
	case r < 0x80:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	case 0x400 <= r && r < 0x482:
		return true
	case 0x4e00 <= r && r < 0xa000:
		return false
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && !unicode.Is(unicode.Han, r)
}

func scanNumber(s string, i int) int {
	end := i
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if unicode.IsDigit(r) || unicode.IsLetter(r) && r < 0x250 && end > i {
			end += n
			continue
		}
		if after, _ := utf8.DecodeRuneInString(s[end+n:]); end > i && (r == '-' || r == '‑') && wordRune(after) {
			return scanWord(s, end+n) // 27-летний, 54-year-old
		}
		if strings.ContainsRune(".,:", r) && end+n < len(s) && s[end+n] >= '0' && s[end+n] <= '9' {
			end += n
			continue
		}
		break
	}
	return end
}

// scanWord takes letters, apostrophes and hyphens between letters, and points within
// abbreviations like U.S. and т.е.
func scanWord(s string, i int) int {
	end, letters := i, 0
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if wordRune(r) {
			letters++
			end += n
			continue
		}
		after, _ := utf8.DecodeRuneInString(s[end+n:])
		if r == '\u00AD' || r == '\u0301' {
			end += n
			continue
		}
		if (r == '\'' || r == '’' || r == 'ʼ' || r == '-' || r == '‑') && wordRune(after) {
			end += n
			letters = 2
			continue
		}
		if (r == '-' || r == '‑') && unicode.IsDigit(after) {
			end += n
			for end < len(s) && s[end] >= '0' && s[end] <= '9' {
				end++
			}
			break
		}
		if r == '.' && letters == 1 && wordRune(after) && abbreviated(s[end+n:]) {
			end += n
			letters = 0
			continue
		}
		if r == '.' && letters == 1 && strings.IndexByte(s[i:end], '.') >= 0 {
			end += n
		}
		break
	}
	return end
}

// abbreviated tells whether s goes on with one letter and a point.
func abbreviated(s string) bool {
	_, n := utf8.DecodeRuneInString(s)
	return strings.HasPrefix(s[n:], ".")
}

func genitive(word string) int {
	for _, s := range []string{"'s", "’s", "'S", "’S"} {
		if len(word) > len(s) && strings.HasSuffix(word, s) {
			return len(word) - len(s)
		}
	}
	return 0
}

// wordInfo is what is known of a word wherever it stands.
type wordInfo struct {
	norm    string
	numbers []int32
}

// tokenise fills d.tok and binds units.
func (d *doc) tokenise() {
	d.tok = make([]token, 0, len(d.text)/4)
	words := map[string]*wordInfo{}
	var infos []*wordInfo
	last := int32(0)
	scan(d.text, func(start, end int, kind tokenKind) {
		raw := d.text[start:end]
		w, ok := words[raw]
		if !ok {
			norm := d.lex.folded(raw)
			w = &wordInfo{norm: norm, numbers: d.lex.numbers(norm)}
			words[raw] = w
		}
		first, _ := utf8.DecodeRuneInString(raw)
		d.tok = append(d.tok, token{
			start: int32(start), end: int32(end), kind: kind, quote: -1, glued: last == int32(start),
			capital: kind == kindWord && unicode.IsUpper(first),
			from:    int32(len(d.tok)), to: int32(len(d.tok) + 1),
		})
		last = int32(end)
		infos = append(infos, w)
	})
	d.info = infos
	for i := 0; i < len(d.tok); {
		end, lf := d.longest(i)
		if lf == nil || lf.class&clsMedium != 0 && i > 0 && d.tok[i].glued && d.tok[i-1].kind == kindNumber {
			i++
			continue
		}
		for j := i; j < end; j++ {
			d.tok[j].leaf, d.tok[j].from, d.tok[j].to = lf, int32(i), int32(end)
		}
		i = end
	}
}

// longest finds the longest form of the lexicon that begins at token i. Units never
// cross a line.
func (d *doc) longest(i int) (end int, best *leaf) {
	type state struct{ node, at int32 }
	states := [8]state{{0, int32(i)}}
	n := 1
	for n > 0 {
		n--
		s := states[n]
		if int(s.at) >= len(d.tok) || int(s.at) > i && d.lineBreak(int(s.at)) {
			continue
		}
		node := &d.lex.trie[s.node]
		for _, id := range d.info[s.at].numbers {
			next, ok := node.next[id]
			if !ok {
				continue
			}
			if lf := d.lex.trie[next].leaf; lf != nil && int(s.at)+1 > end {
				end, best = int(s.at)+1, lf
			}
			if len(d.lex.trie[next].next) > 0 && n < len(states) {
				states[n] = state{next, s.at + 1}
				n++
			}
		}
	}
	return end, best
}

// lineBreak tells whether a line ends between token i-1 and token i.
func (d *doc) lineBreak(i int) bool {
	return i > 0 && !d.tok[i].glued && strings.IndexByte(d.text[d.tok[i-1].end:d.tok[i].start], '\n') >= 0
}

func (d *doc) is(i int, c class) bool {
	return i >= 0 && i < len(d.tok) && d.tok[i].leaf != nil && d.tok[i].leaf.class&c != 0
}

func (d *doc) has(i int, f frame) bool {
	return i >= 0 && i < len(d.tok) && d.tok[i].leaf != nil && d.tok[i].leaf.frame&f != 0
}

func (d *doc) word(i int) string {
	if i < 0 || i >= len(d.tok) {
		return ""
	}
	return d.text[d.tok[i].start:d.tok[i].end]
}

// slice gives the words of tokens [from, to).
func (d *doc) slice(from, to int) string {
	if from >= to {
		return ""
	}
	return d.text[d.tok[from].start:d.tok[to-1].end]
}

// mark tells whether token i is one of the marks.
func (d *doc) mark(i int, marks string) bool {
	if i < 0 || i >= len(d.tok) || d.tok[i].kind != kindMark {
		return false
	}
	r, _ := utf8.DecodeRuneInString(d.text[d.tok[i].start:])
	return strings.ContainsRune(marks, r)
}

const (
	commas = ",，、"
	colons = ":："
	stops  = ".!?…。！？"
	dashes = "-–—―"
)
