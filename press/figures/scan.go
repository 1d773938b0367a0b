package figures

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner reads figures at places of a text.
type scanner struct {
	lx   *lexicon
	text string
	buf  []byte
}

func (s *scanner) rune(at int) (rune, int) {
	if at < len(s.text) && s.text[at] < utf8.RuneSelf {
		return rune(s.text[at]), 1
	}
	return utf8.DecodeRuneInString(s.text[at:])
}

func (s *scanner) folded(at int) (rune, int) {
	if at >= len(s.text) {
		return 0, 0
	}
	r, n := s.rune(at)
	return s.lx.folded(r), n
}

// next gives the first place from at on where a figure may begin: a word, a number, or, where
// words are not set off, any character.
func (s *scanner) next(at int) int {
	for at < len(s.text) {
		r, n := s.rune(at)
		if wordRune(r) && r != '\'' || !s.lx.spaced && r > 0x80 {
			return at
		}
		at += n
	}
	return at
}

// over gives the end of the word or the run of digits at a place.
func (s *scanner) over(at int) int {
	first, n := s.rune(at)
	at += n
	if !s.lx.spaced && first > 0x80 {
		return at
	}
	for at < len(s.text) {
		r, n := s.folded(at)
		if !wordRune(r) || !s.lx.spaced && r > 0x80 {
			break
		}
		at += n
	}
	return at
}

// spaces gives the place behind the spaces at a place; more than a few hold nothing together.
func (s *scanner) spaces(at int) int {
	for range 16 {
		if at >= len(s.text) {
			break
		}
		r, n := s.rune(at)
		if !isSpace(r) {
			break
		}
		at += n
	}
	return at
}

// form gives the longest form of a class at a place; class "" is any.
func (s *scanner) form(at int, class string) (form, int, bool) {
	if at >= len(s.text) {
		return form{}, at, false
	}
	s.buf = s.buf[:0]
	for end := at; end < len(s.text); {
		r, n := s.folded(end)
		if end > at && (!s.lx.spaced || !wordRune(r)) {
			break
		}
		s.buf = utf8.AppendRune(s.buf, r)
		end += n
		if !wordRune(r) {
			break
		}
	}
	for _, f := range s.lx.forms[string(s.buf)] {
		if class != "" && f.class != class {
			continue
		}
		if end, ok := s.follows(at, f.text); ok {
			if f.dot && end < len(s.text) && s.text[end] == '.' {
				end++
			}
			return f, end, true
		}
	}
	return form{}, at, false
}

// follows tells whether a folded text stands at a place as whole words, and where it ends.
func (s *scanner) follows(at int, folded string) (int, bool) {
	var last rune
	for _, want := range folded {
		r, n := s.folded(at)
		if n == 0 || r != want {
			return at, false
		}
		at += n
		if want == ' ' {
			at = s.spaces(at)
		}
		last = want
	}
	if s.lx.spaced && wordRune(last) && at < len(s.text) {
		if r, _ := s.folded(at); wordRune(r) {
			return at, false
		}
	}
	return at, true
}

// digits reads a number in digits with its groups and decimals.
func (s *scanner) digits(at int) (v value, end int, ok bool) {
	count := 0
	read := func(places bool) int {
		n := 0
		for {
			r, size := s.folded(end)
			if size == 0 || r < '0' || r > '9' {
				return n
			}
			if count++; count > 15 {
				return -1
			}
			v.n = v.n*10 + int64(r-'0')
			if places {
				v.places++
			}
			n++
			end += size
		}
	}
	end = at
	first := read(false)
	if first < 0 {
		return v, end, false
	}
	for first <= 3 { // groups of three
		r, n := s.rune0(end)
		group := r == ',' && !s.lx.comma || isSpace(r) && s.lx.comma
		if !group || s.digitsAt(end+n) != 3 {
			break
		}
		end += n
		if read(false) < 0 {
			return v, end, false
		}
	}
	if r, n := s.rune0(end); (r == '.' || r == ',' && s.lx.comma) && s.digitsAt(end+n) > 0 {
		end += n
		if read(true) < 0 {
			return v, end, false
		}
	}
	return v, end, true
}

func (s *scanner) rune0(at int) (rune, int) {
	if at >= len(s.text) {
		return 0, 0
	}
	return s.rune(at)
}

// digitsAt counts the digits at a place.
func (s *scanner) digitsAt(at int) int {
	n := 0
	for {
		r, size := s.folded(at)
		if size == 0 || r < '0' || r > '9' {
			return n
		}
		n++
		at += size
	}
}

// loose tells that digits are no part of a name, a clock or a number with dots: F-16, 10:30, 1.2.3.
func (s *scanner) loose(start, end int) bool {
	before, n := utf8.DecodeLastRuneInString(s.text[:start])
	two, _ := utf8.DecodeLastRuneInString(s.text[:start-n])
	switch {
	case s.lx.spaced && wordRune(before), before < 0x80 && unicode.IsLetter(before), before == '№', before == '#', before == '第':
		return false
	case strings.ContainsRune(".,:/", before) && unicode.IsDigit(two):
		return false
	case before == '-' && unicode.IsLetter(two) && s.lx.spaced, before == '-' && two < 0x80 && unicode.IsLetter(two):
		return false
	}
	after, n := s.rune0(end)
	next, _ := s.rune0(end + n)
	if (after == '.' || after == ',' || after == ':' || after == '/') && unicode.IsDigit(next) {
		return false
	}
	return s.lx.spaced || after >= 0x80 || !unicode.IsLetter(after)
}

// figure reads the figure at a place; without one, N is "" and end says where to go on, if it is later.
func (s *scanner) figure(at int) (f Figure, end int) {
	r, _ := s.folded(at)
	var v value
	var ok, words bool
	f.Start, f.Hedge = at, Exact
	switch {
	case r >= '0' && r <= '9':
		v, end, ok = s.digits(at)
		if top, e, share := s.slash(at, end, v); share {
			v, end = top, e
		} else if !ok || !s.loose(at, end) {
			for end < len(s.text) { // all of what it is part of
				r, n := s.rune(end)
				if !unicode.IsDigit(r) && !strings.ContainsRune(".,:/", r) {
					break
				}
				end += n
			}
			return f, end
		}
		if _, _, ordinal := s.form(end, "ordinal"); ordinal {
			return f, end
		}
	case !s.lx.spaced:
		return s.chinese(at)
	default:
		if v, end, ok = s.fractionAlone(at); ok {
			break
		}
		v, end, ok = s.words(at)
		words = true
		if !ok {
			return f, at
		}
	}
	if !s.lx.spaced {
		if end, ok = s.chineseScales(&v, end, &f); ok {
			end = s.tail(&v, end)
		}
	} else {
		end, ok = s.scales(&v, end)
	}
	if !ok {
		return f, end
	}
	if v.den == 0 && v.places == 0 && s.lx.spaced {
		if den, e, ok := s.part(end); ok && v.n < 100 {
			v.den, end = den, e
		}
	}
	if words && v.n == 1 && v.den == 0 {
		if _, _, no := s.form(s.spaces(end), "not-before"); no {
			return f, end
		}
	}
	if _, e, no := s.form(s.dashed(end), "no-figure"); no {
		if _, unit, ok := s.form(s.dashed(end), "measure"); !ok || unit <= e { // 30分 is a time, 30分钟 a length
			return f, end
		}
	}
	if words && v.n == 1 && v.den == 0 && s.after(at, "not-after") {
		return f, end
	}
	return s.finish(f, v, end)
}

// dashed gives the place behind spaces, or behind a hyphen.
func (s *scanner) dashed(at int) int {
	at = s.spaces(at)
	if r, n := s.rune0(at); r == '-' {
		at += n
	}
	return at
}

// after tells whether a word of the class stands before a place.
func (s *scanner) after(at int, class string) bool {
	end := len(strings.TrimRightFunc(s.text[:at], isSpace))
	start := end
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(s.text[:start])
		if !wordRune(r) {
			break
		}
		start -= n
	}
	_, e, ok := s.form(start, class)
	return ok && e == end
}

// slash reads 1/5 of something.
func (s *scanner) slash(at, end int, v value) (value, int, bool) {
	if r, n := s.rune0(end); r == '/' && v.places == 0 && v.n > 0 && s.digitsAt(end+n) == 1 {
		den, e, ok := s.digits(end + n)
		if after, _ := s.rune0(e); ok && den.places == 0 && den.n > v.n && after != '/' && !wordRune(after) {
			if before, _ := utf8.DecodeLastRuneInString(s.text[:at]); !wordRune(before) && before != '/' {
				return value{n: v.n, den: den.n}, e, true
			}
		}
	}
	return v, end, false
}

// finish reads percent sign and unit.
func (s *scanner) finish(f Figure, v value, end int) (Figure, int) {
	f.N, f.End = v.String(), end
	if _, e, ok := s.form(s.spaces(end), "percent"); ok {
		f.Percent, f.End = true, e
		return f, e
	}
	at := s.spaces(end)
	if !s.lx.spaced {
		if m, e, ok := s.form(at, "measure"); ok && m.text != "" {
			f.UnitStart, f.UnitEnd = at, e
		}
		return f, end
	}
	if r, n := s.rune0(at); r == '-' {
		at += n
	}
	if r, _ := s.rune0(at); at < len(s.text) && unicode.IsLetter(r) {
		_, _, hedge := s.form(at, "after")
		if _, _, other := s.form(at, "no-unit"); !hedge && !other {
			f.UnitStart, f.UnitEnd = at, s.over(at)
		}
	}
	return f, end
}

// share gives the lower end of a range what stands only after the upper: 75 to 80 percent. The
// word between them is no hedge: от 20 до 30.
func (s *scanner) share(low, high *Figure) {
	if low.Percent || low.UnitStart < low.UnitEnd {
		return
	}
	between := s.spaces(low.End)
	_, e, ok := s.form(between, "range")
	if !ok {
		return
	}
	if high.Start != s.spaces(e) {
		if high.Start != between || high.Hedge != LessThan {
			return
		}
		high.Start, high.Hedge = s.spaces(e), Exact
	}
	low.Percent, low.UnitStart, low.UnitEnd = high.Percent, high.UnitStart, high.UnitEnd
}

// hedge looks for the words around a figure that hedge it, not before the place free.
func (s *scanner) hedge(f *Figure, free int) {
	figure, back := f.Start, f.Start
	for range 5 {
		begin := back
		for begin > free { // over the spaces and one word or character
			r, n := utf8.DecodeLastRuneInString(s.text[free:begin])
			if !isSpace(r) {
				break
			}
			begin -= n
		}
		for begin > free {
			r, n := utf8.DecodeLastRuneInString(s.text[free:begin])
			if s.lx.spaced && !wordRune(r) && r != '-' && r != '~' {
				break
			}
			begin -= n
			if !s.lx.spaced {
				break
			}
		}
		if begin == back {
			break
		}
		back = begin
		if h, e, ok := s.form(back, "before"); ok && s.spaces(e) == figure {
			f.Hedge, f.Start = h.hedge, back // a longer one may follow: "no more than"
		}
		if _, e, ok := s.form(back, "no-hedge"); ok && s.spaces(e) == figure {
			f.Hedge, f.Start = Exact, figure
			return
		}
	}
	if f.Hedge != Exact {
		return
	}
	if h, e, ok := s.form(s.spaces(f.End), "after"); ok {
		f.Hedge, f.End = h.hedge, e
		if !s.lx.spaced && f.UnitEnd <= f.End {
			if _, unit, ok := s.form(f.End, "measure"); ok {
				f.UnitStart, f.UnitEnd = f.End, unit
			} else if f.UnitStart < f.End {
				f.UnitStart, f.UnitEnd = 0, 0
			}
		}
	} else if f.UnitEnd > 0 {
		if h, _, ok := s.form(s.spaces(f.UnitEnd), "after"); ok {
			f.Hedge = h.hedge
		}
	}
}
