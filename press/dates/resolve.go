package dates

import (
	"fmt"
	"strings"
	"time"
)

// resolver tells which date was found.
type resolver struct {
	lx     *lexicon
	text   string
	base   time.Time
	known  bool
	last   time.Time // the day named last
	lastIs bool
}

// sight is where the words around look.
type sight int

const (
	unsaid sight = iota // as behind
	behind
	ahead
	either
	since // ahead only where that is far nearer
)

// resolve is false for what no calendar knows.
func (r *resolver) resolve(h hit) (Found, bool) {
	f := Found{Start: h.start, End: h.end, Rule: h.rule.where}
	if end := h.end; r.lx.spaced && r.text[end-1] == '.' {
		rest := strings.TrimLeftFunc(r.text[end:], isSpace)
		if rest == "" || rest[0] == '\n' || rest[0] < 0x80 && strings.IndexByte("\"'", rest[0]) >= 0 || upper(rest) {
			f.End--
		}
	}
	f.End = f.Start + len(strings.TrimRight(r.text[f.Start:f.End], ", \u00a0，、"))
	look := r.look(h.start, h.end)
	var t told
	var ok bool
	if h.two {
		if look == unsaid && h.frames[0].v[keyVerb] == verbDate && r.begins(h.start, classSince) {
			look = since
		}
		t, ok = r.between(h.frames[0], h.frames[1], look)
	} else {
		t, ok = r.one(h.frames[0], r.base, look)
	}
	if !ok || t.first.Year() < 1 || t.last.Year() > 9999 {
		return f, false
	}
	f.Precise, f.Relative, f.Weekday, f.Ahead = t.precise, t.relative, t.weekday, look == ahead
	if !t.lost && (r.known || !t.relative || !h.two && h.frames[0].v[keyVerb] == verbSame) {
		f.EDTF = t.edtf
		if !h.two && (t.precise == Day) {
			r.last, r.lastIs = t.first, true
		}
	}
	if fr := &h.frames[0]; t.precise == Day && (fr.is(keyPart) || fr.is(keyHour)) {
		f.Precise = PartOfDay
		if fr.is(keyHour) && fr.is(keyZone) && f.EDTF != "" {
			f.Precise, f.EDTF = Minute, f.EDTF+r.clock(fr)
		}
	}
	return f, true
}

func (r *resolver) clock(f *frame) string {
	hour := f.v[keyHour]
	if f.is(keyHalf) {
		hour = hour%12 + f.v[keyHalf]
	}
	text := fmt.Sprintf("T%02d:%02d", hour%24, f.or(keyMin, 0))
	switch zone := r.lx.names[f.v[keyZone]]; {
	case zone == "UTC":
		return text + "Z"
	case zone[0] == '+' || zone[0] == '-':
		return text + zone
	default:
		return text + "[" + zone + "]"
	}
}

func (r *resolver) one(f frame, base time.Time, look sight) (told, bool) {
	switch f.v[keyVerb] {
	case verbDate:
		return r.date(f, base, look)
	case verbShift:
		return r.shift(f, base, look)
	case verbSpan:
		return r.span(f, base)
	case verbWeekday:
		return r.weekday(f, base, look), true
	case verbWeekOf:
		t, ok := r.date(f, base, look)
		from := monday(t.first)
		week := stretch(from, from.AddDate(0, 0, 6), Week)
		week.relative = t.relative
		return week, ok
	case verbSame:
		t := day(r.last.AddDate(0, 0, int(f.v[keyN])))
		t.relative, t.lost = true, !r.lastIs
		if !r.lastIs {
			t.first, t.last = base, base
		}
		return t, true
	case verbVague:
		return told{first: base, last: base, precise: Vague, relative: true}, true
	case verbCode:
		return r.partOfYear(f, base, look), true
	case verbNth:
		return r.nth(f, base, look)
	case verbDecade:
		y := int(f.v[keyYear])
		return told{first: date(y, 1, 1), last: date(y+9, 12, 31), edtf: fmt.Sprintf("%03dX", y/10), precise: Interval}, y%10 == 0
	}
	return told{}, false
}

// fullYear reads a year of two digits.
func fullYear(y int32) int {
	switch {
	case y < 70:
		return 2000 + int(y)
	case y < 100:
		return 1900 + int(y)
	}
	return int(y)
}

func (r *resolver) date(f frame, base time.Time, look sight) (told, bool) {
	y, m, d := fullYear(f.v[keyYear]), int(f.v[keyMonth]), int(f.v[keyDay])
	relative := f.is(keyYearOff) || f.is(keyMonthOff)
	if f.is(keyYearOff) {
		y = base.Year() + int(f.v[keyYearOff])
	}
	if f.is(keyMonthOff) {
		to := addMonths(date(base.Year(), int(base.Month()), 1), int(f.v[keyMonthOff]))
		y, m = to.Year(), int(to.Month())
	}
	hasYear := f.is(keyYear) || relative
	hasMonth := f.is(keyMonth) || f.is(keyMonthOff)
	var t told
	switch {
	case hasYear && hasMonth && f.is(keyDay):
		if !valid(y, m, d) {
			return t, false
		}
		t = day(date(y, m, d))
	case hasYear && hasMonth:
		t = month(y, m)
	case hasYear:
		t = year(y)
	case hasMonth && f.is(keyDay):
		if !valid(2024, m, d) {
			return t, false
		}
		in := func(n int) (told, bool) {
			y := base.Year() + n
			return day(date(y, m, d)), valid(y, m, d)
		}
		t = onWeekday(f, r.bare(base, r.toward(f, look), in), in)
		relative = true
	case hasMonth:
		if m < 1 || m > 12 {
			return t, false
		}
		t = r.bare(base, r.toward(f, look), func(n int) (told, bool) { return month(base.Year()+n, m), true })
		switch which := f.v[keyWhich]; { // neither "last March" nor "next March" is the present one
		case which == whichLast && !t.last.Before(base):
			t = month(t.first.Year()-1, m)
		case which == whichNext && !t.first.After(base):
			t = month(t.first.Year()+1, m)
		}
		relative = true
	case f.is(keyDay):
		if d < 1 || d > 31 {
			return t, false
		}
		in := func(n int) (told, bool) {
			of := addMonths(date(base.Year(), int(base.Month()), 1), n)
			return day(date(of.Year(), int(of.Month()), d)), valid(of.Year(), int(of.Month()), d)
		}
		t = onWeekday(f, r.bare(base, look, in), in)
		relative = true
	default:
		return t, false
	}
	t.relative = relative
	return t, true
}

// onWeekday chooses, where the weekday is said too, the candidate beside the base that falls on it.
func onWeekday(f frame, t told, candidate func(n int) (told, bool)) told {
	fits := func(t told) bool { return (int(t.first.Weekday())+6)%7+1 == int(f.v[keyWeekday]) }
	if !f.is(keyWeekday) || fits(t) {
		return t
	}
	for _, n := range []int{0, -1, 1} {
		if other, ok := candidate(n); ok && fits(other) {
			return other
		}
	}
	return t
}

// nth gives a day, a weekday or a week of the month or year that the frame tells. A week belongs
// to where its Thursday is.
func (r *resolver) nth(f frame, base time.Time, look sight) (told, bool) {
	of, ok := r.date(f, base, look)
	n := int(f.v[keyN])
	if !ok || n == 0 {
		return of, false
	}
	weekday := 4
	if f.is(keyWeekday) {
		weekday = int(f.v[keyWeekday])
	}
	var at time.Time
	switch {
	case f.v[keyUnit] == unitDay && !f.is(keyWeekday):
		if at = of.first.AddDate(0, 0, n-1); n < 0 {
			at = of.last
		}
	case n > 0:
		at = of.first.AddDate(0, 0, (weekday-1-(int(of.first.Weekday())+6)%7+7)%7+7*(n-1))
	default:
		at = of.last.AddDate(0, 0, -(((int(of.last.Weekday())+6)%7 - (weekday - 1) + 7) % 7))
	}
	t := day(at)
	if f.v[keyUnit] == unitWeek {
		t = stretch(monday(at), monday(at).AddDate(0, 0, 6), Week)
	}
	t.relative = of.relative
	return t, !at.After(of.last)
}

// toward is which way "last March", "this March" and "next March" look: the words beside win.
func (r *resolver) toward(f frame, look sight) sight {
	switch f.or(keyWhich, whichPlain) {
	case whichLast, whichPast:
		return behind
	case whichNext, whichComing:
		return ahead
	case whichThis:
		return either
	}
	return look
}

// bare chooses among the candidates n steps before or after the base's own: the latest that has
// begun by the base, the earliest that has not ended, or the nearer of them.
func (r *resolver) bare(base time.Time, look sight, candidate func(n int) (told, bool)) told {
	var before, after told
	for n := 1; n >= -9; n-- {
		if t, ok := candidate(n); ok && !t.first.After(base) {
			before = t
			break
		}
	}
	for n := -1; n <= 9; n++ {
		if t, ok := candidate(n); ok && !t.last.Before(base) {
			after = t
			break
		}
	}
	switch {
	case look == behind || look == unsaid:
		return before
	case look == ahead:
		return after
	case base.Sub(before.last) <= after.first.Sub(base):
		return before
	case look == since && base.Sub(before.last) <= 3*after.first.Sub(base):
		return before
	}
	return after
}

func (r *resolver) shift(f frame, base time.Time, look sight) (told, bool) {
	n := int(f.or(keyN, 1)) * int(f.or(keySign, 1))
	var t told
	switch f.v[keyUnit] {
	case unitDay:
		t = day(base.AddDate(0, 0, n))
	case unitWeek:
		from := monday(base).AddDate(0, 0, 7*n)
		t = stretch(from, from.AddDate(0, 0, 6), Week)
	case unitWeekend:
		in := func(n int) (told, bool) {
			saturday := monday(base).AddDate(0, 0, 7*n+5)
			return stretch(saturday, saturday.AddDate(0, 0, 1), Interval), true
		}
		if t, _ = in(n); !f.is(keyN) {
			t = r.bare(base, look, in)
		}
	case unitMonth:
		to := addMonths(date(base.Year(), int(base.Month()), 1), n)
		t = month(to.Year(), int(to.Month()))
	case unitYear:
		t = year(base.Year() + n)
	case unitQuarter:
		q := base.Year()*4 + (int(base.Month())-1)/3 + n
		if q < 4 {
			return t, false
		}
		t = partOfYear(q/4, 33+q%4)
	case unitDecade:
		y := (base.Year()/10 + n) * 10
		t = told{first: date(y, 1, 1), last: date(y+9, 12, 31), edtf: fmt.Sprintf("%03dX", y/10), precise: Interval}
	default: // hours: nobody knows the hour of the base
		t = told{first: base, last: base, precise: Vague}
	}
	t.relative = true
	return t, true
}

func (r *resolver) span(f frame, base time.Time) (told, bool) {
	n, sign := int(f.or(keyN, 1)), int(f.or(keySign, 1))
	to := base
	switch f.v[keyUnit] {
	case unitMinute:
		return told{first: base, last: base, precise: Vague, relative: true}, true
	case unitHour:
		to = base.AddDate(0, 0, sign*((n+23)/24))
	case unitDay:
		to = base.AddDate(0, 0, sign*n)
	case unitWeek:
		to = base.AddDate(0, 0, sign*7*n)
	case unitMonth:
		to = addMonths(base, sign*n)
	case unitQuarter:
		to = addMonths(base, 3*sign*n)
	case unitYear:
		to = addMonths(base, 12*sign*n)
	case unitDecade:
		to = addMonths(base, 120*sign*n)
	}
	var t told
	if sign < 0 {
		t = stretch(to, base, Interval)
	} else {
		t = stretch(base, to, Interval)
	}
	t.relative = true
	return t, true
}

func (r *resolver) weekday(f frame, base time.Time, look sight) told {
	wd := int(f.v[keyWeekday])
	inWeek := func(n int) told { return day(monday(base).AddDate(0, 0, 7*n+wd-1)) }
	var t told
	switch f.or(keyWhich, whichPlain) {
	case whichLast:
		t = inWeek(int(min(-1, f.or(keyN, -1))))
	case whichThis:
		t = inWeek(0)
	case whichNext:
		t = inWeek(int(max(1, f.or(keyN, 1))))
	case whichPast:
		t = r.bare(base.AddDate(0, 0, -1), behind, func(n int) (told, bool) { return inWeek(n), true })
	case whichComing:
		t = r.bare(base.AddDate(0, 0, 1), ahead, func(n int) (told, bool) { return inWeek(n), true })
	default:
		t = r.bare(base, look, func(n int) (told, bool) { return inWeek(n), true })
	}
	t.relative, t.weekday = true, true
	return t
}

func (r *resolver) partOfYear(f frame, base time.Time, look sight) told {
	code := int(f.v[keyCode])
	switch {
	case f.is(keyYear):
		return partOfYear(fullYear(f.v[keyYear]), code)
	case f.is(keyYearOff):
		t := partOfYear(base.Year()+int(f.v[keyYearOff]), code)
		t.relative = true
		return t
	}
	which := f.or(keyWhich, whichPlain)
	if which == whichThis {
		t := partOfYear(base.Year(), code)
		if code == 24 && base.Month() < 3 {
			t = partOfYear(base.Year()-1, code)
		}
		t.relative = true
		return t
	}
	from := base
	t := r.bare(base, r.toward(f, look), func(n int) (told, bool) { return partOfYear(from.Year()+n, code), true })
	if which == whichLast && !t.last.Before(base) {
		t = partOfYear(t.first.Year()-1, code)
	}
	if which == whichNext && !t.first.After(base) {
		t = partOfYear(t.first.Year()+1, code)
	}
	t.relative = true
	return t
}

// between resolves a stretch, of which each end may lack what the other has.
func (r *resolver) between(a, b frame, look sight) (told, bool) {
	for _, k := range []int{keyVerb, keyMonth, keyMonthOff, keyYearOff, keyCode, keyUnit} {
		if a.is(k) && !b.is(k) && !(k == keyMonthOff && b.is(keyMonth)) {
			b.set(k, a.v[k])
		}
		if b.is(k) && !a.is(k) && !(k == keyMonthOff && a.is(keyMonth)) {
			a.set(k, b.v[k])
		}
	}
	if a.is(keyYear) && !b.is(keyYear) {
		b.set(keyYear, a.v[keyYear])
		if a.v[keyMonth] > b.v[keyMonth] {
			b.v[keyYear]++
		}
	}
	if b.is(keyYear) && !a.is(keyYear) && a.v[keyVerb] == b.v[keyVerb] {
		a.set(keyYear, b.v[keyYear])
		if a.v[keyMonth] > b.v[keyMonth] {
			a.v[keyYear]--
		}
	}
	var early, late told
	var ok bool
	if look == behind || look == unsaid {
		if early, ok = r.one(a, r.base, behind); ok {
			late, ok = r.one(b, from(b, early.first, r.base), ahead)
		}
	} else if late, ok = r.one(b, r.base, look); ok {
		early, ok = r.one(a, from(a, late.last, r.base), behind)
	}
	if !ok || late.edtf == "" || early.edtf == "" || late.last.Before(early.first) {
		return late, false
	}
	begin, _, _ := strings.Cut(early.edtf, "/")
	to := late.edtf
	if _, end, ok := strings.Cut(to, "/"); ok {
		to = end
	}
	return told{
		first: early.first, last: late.last, edtf: begin + "/" + to, precise: Interval,
		relative: early.relative || late.relative, weekday: early.weekday && late.weekday, lost: early.lost || late.lost,
	}, true
}

// from is the day to count one end of a stretch from: the other end, if it is bare.
func from(f frame, other, base time.Time) time.Time {
	switch f.v[keyVerb] {
	case verbDate, verbWeekday, verbCode:
		if f.is(keyYearOff) || f.is(keyMonthOff) || f.or(keyWhich, whichPlain) != whichPlain {
			return base
		}
		return other
	}
	return base
}
