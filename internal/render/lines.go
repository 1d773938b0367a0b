package render

import (
	"strings"
	"unicode"

	"github.com/truceline/truceline/report"
)

// colour is red, green, blue.
type colour [3]uint8

var (
	ink    = colour{28, 29, 31}
	soft   = colour{92, 95, 99}
	accent = colour{11, 95, 98} // of links, and nothing else
	hair   = colour{196, 196, 192}
)

// look is how a stretch of lines is set.
type look struct {
	size, lead float64 // points
	bold       bool
	ink        colour
}

// glyph is one character that is set.
type glyph struct {
	r      rune
	face   int
	width  float64 // points
	gap    float64 // after it, where Chinese meets other letters
	colour colour
	link   string
}

// piece is a stretch of one line in one face.
type piece struct {
	x, width float64
	text     string
	face     int
	colour   colour
	link     string
}

// line is a line that is set, its pieces from the left.
type line struct {
	pieces []piece
	width  float64
}

// Characters that may not begin a line, and those that may not end one.
const (
	noStart = "!%),.:;?]}¢°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～々ー»"
	noEnd   = "$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥«№§"
)

// wide tells whether lines may be broken beside a character without a space.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}

// ideograph tells whether a character is set apart from letters by a thin gap.
func ideograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// breaks tells whether a line may end after a and the next begin with b.
func breaks(a, b rune) bool {
	switch {
	case b == ' ':
		return false // spaces hang at the end
	case a == ' ':
		return b != '—' && b != '–' // a dash stays with the word before it
	case a == '\u00A0' || b == '\u00A0':
		return false
	case strings.ContainsRune(noStart, b) || strings.ContainsRune(noEnd, a):
		return false
	case a == '—' && b == '—' || a == '…' && b == '…':
		return false
	case wide(a) || wide(b):
		return true
	case a == '-' || a == '‐' || a == '/' || a == '_' || a == '—' || a == '@':
		return unicode.IsLetter(b) // "2025-03-12" stays whole
	}
	return false
}

// typesetter turns words into lines with the faces of a library.
type typesetter struct {
	d       *report.Document
	library *library
	used    [faces]map[rune]uint // characters that were set, with their glyphs
	err     error
}

func newTypesetter(d *report.Document, l *library) *typesetter {
	t := &typesetter{d: d, library: l}
	for i := range t.used {
		t.used[i] = map[rune]uint{}
	}
	return t
}

// pick finds a face for a character: the one that its language asks for, else any that has it.
func (t *typesetter) pick(r rune, lang string, bold bool) (rune, int, float64) {
	order := []int{latin, han}
	// Marks that both scripts use are as wide as a Chinese character within Chinese.
	if wide(r) || lang == "zh" && strings.ContainsRune("“”‘’—…·", r) {
		order = []int{han, latin}
	}
	for _, try := range []rune{r, missing} {
		for _, script := range order {
			for weight := 1; weight >= 0; weight-- {
				if weight == 1 && !bold {
					continue
				}
				f, err := t.library.faces[script+weight]()
				if err != nil {
					t.err = err
					return missing, latin, 0
				}
				if g, ok := f.glyph(try); ok {
					t.used[script+weight][try] = g
					return try, script + weight, f.width(g)
				}
			}
		}
	}
	return missing, latin, 0 // not reached: every face has it
}

// glyphs sets runs in one row.
func (t *typesetter) glyphs(runs []report.Run, l look) []glyph {
	var out []glyph
	for _, run := range runs {
		lang, link := langOf(t.d, run), target(t.d, run)
		c := l.ink
		if link != "" {
			c = accent
		}
		for _, r := range clean(run.Text) {
			if r == ' ' && (len(out) == 0 || out[len(out)-1].r == ' ') {
				continue
			}
			shown, face, width := t.pick(r, lang, l.bold || run.Strong)
			if n := len(out); n > 0 && meet(out[n-1].r, shown) {
				out[n-1].gap = l.size / 8
			}
			out = append(out, glyph{r: shown, face: face, width: width * l.size / 1000, colour: c, link: link})
		}
	}
	return out
}

// meet tells whether Chinese and a letter or figure stand beside each other.
func meet(a, b rune) bool {
	other := func(r rune) bool { return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !wide(r) }
	return ideograph(a) && other(b) || other(a) && ideograph(b)
}

// lines breaks runs into lines of a width; words that are wider are broken anywhere.
func (t *typesetter) lines(runs []report.Run, l look, width float64) []line {
	gs := t.glyphs(runs, l)
	var out []line
	start, last, x := 0, -1, 0.0
	for i := 0; i < len(gs); i++ {
		g := gs[i]
		if i > start && breaks(gs[i-1].r, g.r) {
			last = i
		}
		if g.r != ' ' && i > start && x+g.width > width+0.01 {
			if last <= start {
				last = i
			}
			out = append(out, lineOf(gs[start:last]))
			start, i, last, x = last, last-1, -1, 0
			continue
		}
		x += g.width + g.gap
	}
	if start < len(gs) {
		out = append(out, lineOf(gs[start:]))
	}
	return out
}

// lineOf joins glyphs of one look; spaces at the end go.
func lineOf(gs []glyph) line {
	for len(gs) > 0 && gs[len(gs)-1].r == ' ' {
		gs = gs[:len(gs)-1]
	}
	var out line
	var text strings.Builder
	begin := 0.0
	for i, g := range gs {
		text.WriteRune(g.r)
		out.width += g.width
		if i+1 < len(gs) && g.gap == 0 && gs[i+1].face == g.face && gs[i+1].link == g.link && gs[i+1].colour == g.colour {
			continue
		}
		out.pieces = append(out.pieces, piece{x: begin, width: out.width - begin, text: text.String(), face: g.face, colour: g.colour, link: g.link})
		text.Reset()
		if i+1 < len(gs) {
			out.width += g.gap
		}
		begin = out.width
	}
	return out
}
