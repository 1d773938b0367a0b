package dates

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// matcher tries the rules at one place of the text after another.
type matcher struct {
	lx    *lexicon
	text  string
	tried []int // by rule, the place after which it was last tried
	known [64]place
}

// place is what a pattern may meet at a place: many patterns ask about the same one.
type place struct {
	at     int // plus 1; 0 is unused
	begin  int // behind the spaces
	free   bool
	senses []choice
	kinds  kinds
}

// choice is a form that stands at a place.
type choice struct {
	class, value int32
	end          int
}

// kinds is what may come next, as a set that may hold too much: classes share its bits.
type kinds [4]uint64

const (
	kindNumber = 254
	kindMark   = 255
)

func (k *kinds) add(class int) {
	if class < kindNumber {
		class %= kindNumber
	}
	k[class/64] |= 1 << (class % 64)
}

func (k *kinds) meets(o *kinds) bool {
	return k[0]&o[0]|k[1]&o[1]|k[2]&o[2]|k[3]&o[3] != 0
}

// place gives what stands at a place.
func (m *matcher) place(at int) *place {
	p := &m.known[at%len(m.known)]
	if p.at == at+1 {
		return p
	}
	*p = place{at: at + 1, begin: m.spaces(at), senses: p.senses[:0], free: true}
	if p.begin >= len(m.text) {
		return p
	}
	if m.lx.spaced && p.begin > 0 {
		before, _ := utf8.DecodeLastRuneInString(m.text[:p.begin])
		p.free = !letter(before)
	}
	r, _ := m.rune(p.begin)
	if m.isNumber(r) {
		p.kinds.add(kindNumber)
	}
	if !letter(r) {
		p.kinds.add(kindMark)
	}
	m.forms(p.begin, func(s sense, end int) {
		p.senses = append(p.senses, choice{s.class, s.value, end})
		p.kinds.add(int(s.class) % kindNumber)
	})
	return p
}

// hit is a rule that fits.
type hit struct {
	rule       *rule
	start, end int // of the span; end of what was read may be later
	frames     [2]frame
	two        bool
}

// state is how far a rule has come.
type state struct {
	frames   [2]frame
	now      int // the frame that is filled
	from, to int // -1: as far as the rule reads
}

func letter(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return 0x400 <= r && r < 0x530 || 0x4e00 <= r && r < 0xa000 || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// next gives the first place from at on where a date may begin.
func (m *matcher) next(at int) int {
	for at < len(m.text) {
		r, n := m.rune(at)
		if letter(r) || !m.lx.spaced && !isSpace(r) {
			return at
		}
		at += n
	}
	return at
}

// over gives the end of the word, number or character at a place.
func (m *matcher) over(at int) int {
	r, n := m.rune(at)
	if !m.lx.spaced && !('0' <= r && r <= '9') {
		return at + n
	}
	digits := '0' <= r && r <= '9'
	for at += n; at < len(m.text); at += n {
		r, n = m.rune(at)
		if !letter(r) || !m.lx.spaced && digits && (r < '0' || r > '9') {
			break
		}
	}
	return at
}

func (m *matcher) rune(at int) (rune, int) {
	if at < len(m.text) && m.text[at] < utf8.RuneSelf {
		return rune(m.text[at]), 1
	}
	return utf8.DecodeRuneInString(m.text[at:])
}

// forms calls do for every sense that begins at a place, shorter forms first.
func (m *matcher) forms(at int, do func(s sense, end int)) {
	lx := m.lx
	r, n := m.rune(at)
	f := lx.folded(r)
	var now int32
	if f < int32(len(lx.root)) {
		now = lx.root[f]
	} else {
		now = lx.nodes[0].next[f]
	}
	begin := at
	for now != 0 {
		at += n
		if f == ' ' { // any spaces are one
			at = m.spaces(at)
		}
		for _, s := range lx.nodes[now].ends {
			if lx.spaced && at < len(m.text) {
				if r, _ := m.rune(at); letter(r) {
					continue
				}
			}
			if s.capital {
				if r, _ := m.rune(begin); !unicode.IsUpper(r) {
					continue
				}
			}
			do(s, at)
			if s.dot && at < len(m.text) && m.text[at] == '.' {
				do(s, at+1)
			}
		}
		if at >= len(m.text) {
			return
		}
		r, n = m.rune(at)
		f = lx.folded(r)
		now = lx.nodes[now].next[f]
	}
}

// at gives the rule that reads farthest from a place; of two that read as far, the first.
func (m *matcher) at(place int) (hit, bool) {
	if p := m.place(place); len(p.senses) == 0 && !p.kinds.meets(&number) {
		return hit{}, false
	}
	if m.tried == nil {
		m.tried = make([]int, len(m.lx.rules))
	}
	best, reach, first := hit{}, -1, 0
	try := func(list []int) {
		for _, n := range list {
			if m.tried[n] == place+1 {
				continue
			}
			m.tried[n] = place + 1
			r := &m.lx.rules[n]
			s := state{from: place, to: -1}
			m.run(r, 0, place, s, func(end int, s state) {
				if end < reach || end == reach && n >= first || !m.allowed(r, place, end) {
					return
				}
				reach, first = end, n
				best = hit{rule: r, start: s.from, end: end, frames: s.frames, two: s.now == 1}
				if s.to >= 0 {
					best.end = s.to
				}
			})
		}
	}
	if r, _ := m.rune(place); m.isNumber(r) && m.freeNumber(place) {
		try(m.lx.numbers)
	}
	p := m.place(place)
	for i := range p.senses {
		try(m.lx.first[p.senses[i].class])
	}
	return best, reach >= 0
}

// allowed tells whether a rule may stand there: no number is cut, nothing forbidden is beside it.
func (m *matcher) allowed(r *rule, start, end int) bool {
	rest := m.text[end:]
	if last := m.text[end-1]; '0' <= last && last <= '9' && rest != "" {
		next, n := utf8.DecodeRuneInString(rest)
		after, _ := utf8.DecodeRuneInString(rest[n:])
		if m.lx.spaced && letter(next) || next == '%' || strings.ContainsRune(".,:/", next) && '0' <= after && after <= '9' {
			return false
		}
	}
	if m.lx.spaced {
		rest = strings.TrimLeftFunc(rest, isSpace)
	}
	for _, no := range r.notBefore {
		if strings.HasPrefix(rest, no) {
			return false
		}
	}
	if len(r.notAfter) > 0 {
		before := m.text[max(0, start-48):start]
		if m.lx.spaced {
			before = strings.TrimRightFunc(before, isSpace)
		}
		before = strings.Map(m.lx.folded, before)
		for _, no := range r.notAfter {
			if strings.HasSuffix(before, no) {
				return false
			}
		}
	}
	return true
}

var number = func() (k kinds) { k.add(kindNumber); return k }()

// run follows a rule's pattern and calls done for every way in which it fits.
func (m *matcher) run(r *rule, pc, at int, s state, done func(end int, s state)) {
	for {
		o := &r.code[pc]
		switch o.kind {
		case opDone:
			done(at, s)
			return
		case opSet:
			s.frames[s.now].set(o.key, o.lo)
		case opThen:
			s.now = 1
		case opFrom:
			s.from = m.spaces(at)
		case opTo:
			s.to = at
		case opJump:
			pc = o.x
			continue
		case opSplit:
			here := m.place(at)
			x := o.anyX || o.firstX.meets(&here.kinds)
			y := o.y >= 0 && (o.anyY || o.firstY.meets(&here.kinds))
			switch {
			case x && y:
				m.run(r, o.x, at, s, done)
				pc = o.y
			case x:
				pc = o.x
			case y:
				pc = o.y
			default:
				return
			}
			continue
		case opMark:
			begin := at
			if !o.glued {
				begin = m.spaces(at)
			}
			if begin >= len(m.text) {
				return
			}
			mark, n := m.rune(begin)
			if !sameMark(o.mark, mark) {
				return
			}
			at = begin + n
		case opNumber:
			begin := at
			if !o.glued {
				begin = m.spaces(at)
			}
			n, digits, end := m.numberAt(begin)
			if digits == 0 || digits > 4 || n < o.lo || n > o.hi || o.digits != 0 && o.digits != digits {
				return
			}
			if o.key == keyN && digits > 1 && m.text[begin] == '0' { // 07年 is a year, never seven years
				return
			}
			if o.key >= 0 {
				s.frames[s.now].set(o.key, n)
			}
			at = end
		case opClass:
			here := m.place(at)
			if o.glued && here.begin != at || !o.glued && !here.free {
				return
			}
			senses := here.senses
			only := -1
			for i := range senses {
				if int(senses[i].class) == o.class {
					if only >= 0 {
						only = -2
						break
					}
					only = i
				}
			}
			if only == -1 {
				return
			}
			if only >= 0 {
				if o.key >= 0 {
					s.frames[s.now].set(o.key, senses[only].value)
				}
				at = senses[only].end
				break
			}
			ways := slices.Clone(senses) // what is run may forget this place
			for i := len(ways) - 1; i >= 0; i-- {
				if w := ways[i]; int(w.class) == o.class {
					next := s
					if o.key >= 0 {
						next.frames[next.now].set(o.key, w.value)
					}
					m.run(r, pc+1, w.end, next, done)
				}
			}
			return
		}
		pc++
	}
}

// spaces gives the place behind the spaces at a place; more than a few hold nothing together.
func (m *matcher) spaces(at int) int {
	for range 16 {
		if at >= len(m.text) {
			break
		}
		r, n := m.rune(at)
		if !isSpace(r) {
			break
		}
		at += n
	}
	return at
}

// sameMark compares marks: dashes are one mark, wide forms are their narrow ones.
func sameMark(want, r rune) bool {
	switch want {
	case '-':
		return r == '-' || 0x2010 <= r && r <= 0x2015 || r == '−' || r == '~' || r == '～'
	case ',':
		return r == ',' || r == '，' || r == '、'
	case '.':
		return r == '.' || r == '．'
	case ':':
		return r == ':' || r == '：'
	case '\'':
		return r == '\'' || r == '’'
	case '(':
		return r == '(' || r == '（'
	case ')':
		return r == ')' || r == '）'
	case '/':
		return r == '/' || r == '／'
	}
	return r == want
}
