package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func upper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// How far the words reach that say whether a date is still to come.
const (
	reachBack    = 90 // bytes
	reachForward = 60
)

// look tells from the words around a date whether it is still to come: the nearest marker before it in
// the same clause, or else the first one after it. Marks end a clause, and so do the words of class
// stop; those of near and since must adjoin the date.
func (r *resolver) look(start, end int) sight {
	m := matcher{lx: r.lx, text: r.text}
	from := max(0, start-reachBack)
	for from < start && !utf8.RuneStart(r.text[from]) {
		from++
	}
	if cut := strings.LastIndexFunc(r.text[from:start], clauseEnd); cut >= 0 {
		_, n := m.rune(from + cut)
		from += cut + n
	}
	mark := int32(-1)
	each := func(from, to int, do func(class int32, at, end int) bool) {
		for at := from; at < to; {
			if at = m.next(at); at >= to {
				return
			}
			class, reach := int32(-1), at
			m.forms(at, func(s sense, end int) {
				if s.class <= classStop && end <= to && end > reach {
					class, reach = s.class, end
				}
			})
			if class >= 0 {
				if do(class, at, reach) {
					return
				}
				at = reach
				continue
			}
			at = m.over(at)
		}
	}
	adjoins := func(class int32) bool { return class == classNear || class == classSince }
	each(from, start, func(class int32, _, end int) bool {
		if !adjoins(class) || m.spaces(end) == start {
			mark = class
		}
		return false
	})
	if mark == -1 {
		to := min(len(r.text), end+reachForward)
		if cut := strings.IndexFunc(r.text[end:to], clauseEnd); cut >= 0 {
			to = end + cut
		}
		each(end, to, func(class int32, at, _ int) bool {
			if adjoins(class) && (r.lx.spaced || at != end) {
				return false
			}
			mark = class
			return true
		})
	}
	switch mark {
	case classAhead:
		return ahead
	case classNear:
		return either
	case classSince:
		return since
	case -1:
		return unsaid
	}
	return behind
}

// begins tells whether a word of the class stands at a place.
func (r *resolver) begins(at int, class int32) bool {
	m := matcher{lx: r.lx, text: r.text}
	found := false
	m.forms(at, func(s sense, _ int) { found = found || s.class == class })
	return found
}

func clauseEnd(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '!', '?', '\n', '。', '，', '；', '：', '！', '？', '"', '“', '”', '«', '»', '(', ')', '（', '）', '「', '」', '—', '–':
		return true
	}
	return false
}
