package dates

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Keys of a frame: what a rule gathers.
const (
	keyVerb = iota
	keyYear
	keyMonth
	keyDay
	keyWeekday
	keyUnit
	keyN
	keySign
	keyWhich
	keyPart
	keyYearOff  // years from the base's
	keyMonthOff // months from the base's
	keyHour
	keyMin
	keyHalf // 12 if the hour is of the afternoon
	keyZone
	keyCode // 21 to 41, a part of a year
	keys
)

var keyNames = map[string]int{
	"y": keyYear, "m": keyMonth, "d": keyDay, "wd": keyWeekday, "unit": keyUnit, "n": keyN, "sign": keySign,
	"which": keyWhich, "part": keyPart, "year": keyYearOff, "month": keyMonthOff, "hour": keyHour, "min": keyMin,
	"half": keyHalf, "zone": keyZone, "code": keyCode,
}

// What the gathered parts mean.
const (
	verbDate    = iota + 1 // y, m, d as far as said
	verbShift              // n units from the base, times sign
	verbSpan               // from the base n units in the direction of sign
	verbWeekday            // wd, which
	verbWeekOf             // the week that the date lies in
	verbSame               // n days from the day named last
	verbVague
	verbCode   // a part of a year
	verbDecade // y is its first
	verbNth    // the n-th day, week or weekday of a month or year; -1 is the last
)

var verbNames = map[string]int32{
	"date": verbDate, "shift": verbShift, "span": verbSpan, "weekday": verbWeekday, "week-of": verbWeekOf,
	"same": verbSame, "vague": verbVague, "part-of-year": verbCode, "decade": verbDecade, "nth": verbNth,
}

const (
	unitDay = iota + 1
	unitWeek
	unitMonth
	unitYear
	unitQuarter
	unitDecade
	unitHour
	unitMinute
	unitWeekend
)

const (
	whichPlain = iota
	whichLast
	whichThis
	whichNext
	whichPast
	whichComing
)

var named = map[string]int32{
	"day": unitDay, "week": unitWeek, "month": unitMonth, "year": unitYear, "quarter": unitQuarter,
	"decade": unitDecade, "hour": unitHour, "minute": unitMinute, "weekend": unitWeekend,
	"plain": whichPlain, "last": whichLast, "this": whichThis, "next": whichNext, "past": whichPast, "coming": whichComing,
}

// frame is what a rule has gathered.
type frame struct {
	has uint32
	v   [keys]int32
}

func (f *frame) set(key int, v int32) { f.has |= 1 << key; f.v[key] = v }
func (f *frame) is(key int) bool      { return f.has&(1<<key) != 0 }
func (f *frame) or(key int, otherwise int32) int32 {
	if f.is(key) {
		return f.v[key]
	}
	return otherwise
}

// rule is a compiled pattern.
type rule struct {
	where     string
	code      []op
	notAfter  []string
	notBefore []string
}

type op struct {
	kind   byte
	class  int   // opClass
	key    int   // opClass, opNumber, opSet; -1 keeps nothing
	lo, hi int32 // opNumber: bounds; opSet: lo is the value
	digits int   // opNumber: so many digits, 0 any
	mark   rune  // opMark
	glued  bool  // nothing may stand before it
	x, y   int   // opSplit, opJump
	// opSplit: what its ways may begin with; any: one of them may be at its end
	firstX, firstY kinds
	anyX, anyY     bool
}

const (
	opClass = iota
	opNumber
	opMark
	opSet
	opThen // the second date of a stretch begins
	opFrom // the span begins here
	opTo   // the span ends here
	opSplit
	opJump
	opDone
)

type token struct {
	text  string
	glued bool
}

// rulesLine reads "let name = pattern" or "pattern [; not after: x y] [; not before: x y]".
func (lx *lexicon) rulesLine(line, where string, macros map[string][]token) error {
	if def, ok := strings.CutPrefix(line, "let "); ok {
		name, pattern, ok := strings.Cut(def, "=")
		if !ok {
			return errors.New("let name = pattern")
		}
		tokens, err := tokens(pattern, macros)
		macros[strings.TrimSpace(name)] = tokens
		return err
	}
	parts := strings.Split(line, ";")
	r := rule{where: where}
	for _, p := range parts[1:] {
		p = strings.TrimSpace(p)
		if list, ok := strings.CutPrefix(p, "not after:"); ok {
			r.notAfter = strings.Fields(list)
		} else if list, ok := strings.CutPrefix(p, "not before:"); ok {
			r.notBefore = strings.Fields(list)
		} else {
			return fmt.Errorf("%q is neither a list of not after nor of not before", p)
		}
	}
	list, err := tokens(parts[0], macros)
	if err != nil {
		return err
	}
	c := compiler{lx: lx, list: list}
	if err := c.alternatives(); err != nil {
		return err
	}
	if len(c.list) > 0 {
		return fmt.Errorf("%q closes nothing", c.list[0].text)
	}
	c.emit(op{kind: opDone})
	r.code = c.code
	lx.rules = append(lx.rules, r)
	return nil
}

// tokens cuts a pattern apart and puts macros in their places.
func tokens(pattern string, macros map[string][]token) ([]token, error) {
	var list []token
	for at := 0; at < len(pattern); {
		glued := false
		switch c := pattern[at]; {
		case c == ' ' || c == '\t':
			at++
			continue
		case c == '+':
			glued = true
			at++
		}
		if at == len(pattern) {
			return nil, errors.New("a + glues nothing")
		}
		end := at + 1
		switch c := pattern[at]; {
		case c == '<' || c == '{':
			n := strings.IndexByte(pattern[at:], map[byte]byte{'<': '>', '{': '}'}[c])
			if n < 0 {
				return nil, fmt.Errorf("%q is not closed", pattern[at:])
			}
			end = at + n + 1
		case c == '"':
			if at+3 > len(pattern) || pattern[at+2] != '"' {
				return nil, errors.New(`between quotation marks stands one mark: "("`)
			}
			end = at + 3
		case strings.IndexByte("[]()|^$,-/.:'", c) >= 0:
		default:
			if n := strings.IndexAny(pattern[at+1:], " \t[]()|<>{}^$+,-/.:\""); n >= 0 {
				end = at + 1 + n
			} else {
				end = len(pattern)
			}
		}
		text := pattern[at:end]
		at = end
		if glued && strings.IndexByte("([@|", text[0]) >= 0 {
			return nil, errors.New("a + stands before a word, a <class> or a mark")
		}
		if name, ok := strings.CutPrefix(text, "@"); ok {
			m, ok := macros[name]
			if !ok {
				return nil, fmt.Errorf("no let %s stands above", name)
			}
			list = append(list, token{text: "("})
			list = append(list, m...)
			list = append(list, token{text: ")"})
			continue
		}
		list = append(list, token{text, glued})
	}
	return list, nil
}

type compiler struct {
	lx   *lexicon
	list []token
	code []op
}

func (c *compiler) emit(o op) int {
	c.code = append(c.code, o)
	return len(c.code) - 1
}

func closes(text string) bool { return text == "|" || text == ")" || text == "]" }

// alternatives reads a | b | c up to a closing bracket or the end.
func (c *compiler) alternatives() error {
	var ends []int
	for {
		split := c.emit(op{kind: opSplit})
		c.code[split].x = len(c.code)
		for len(c.list) > 0 && !closes(c.list[0].text) {
			if err := c.item(); err != nil {
				return err
			}
		}
		if len(c.list) > 0 && c.list[0].text == "|" {
			c.list = c.list[1:]
			ends = append(ends, c.emit(op{kind: opJump}))
			c.code[split].y = len(c.code)
			continue
		}
		c.code[split].y = -1
		for _, e := range ends {
			c.code[e].x = len(c.code)
		}
		return nil
	}
}

func (c *compiler) item() error {
	t := c.list[0]
	c.list = c.list[1:]
	switch t.text {
	case "(", "[":
		split := -1
		if t.text == "[" {
			split = c.emit(op{kind: opSplit})
			c.code[split].x = len(c.code)
		}
		if err := c.alternatives(); err != nil {
			return err
		}
		want := map[string]string{"(": ")", "[": "]"}[t.text]
		if len(c.list) == 0 || c.list[0].text != want {
			return fmt.Errorf("%s is not closed", t.text)
		}
		c.list = c.list[1:]
		if split >= 0 {
			c.code[split].y = len(c.code)
		}
		return nil
	case "^":
		c.emit(op{kind: opFrom})
		return nil
	case "$":
		c.emit(op{kind: opTo})
		return nil
	}
	switch t.text[0] {
	case '{':
		return c.settings(strings.Trim(t.text, "{}"))
	case '<':
		return c.capture(strings.Trim(t.text, "<>"), t.glued)
	}
	if mark := strings.Trim(t.text, `"`); len(mark) == 1 && strings.IndexByte(",-/.:'()", mark[0]) >= 0 {
		c.emit(op{kind: opMark, mark: rune(mark[0]), glued: t.glued})
		return nil
	}
	name := "=" + t.text
	if _, ok := c.lx.classes[name]; !ok {
		if err := c.lx.add(t.text, sense{class: int32(c.lx.class(name))}); err != nil {
			return err
		}
	}
	class := c.lx.classes[name]
	c.lx.used[class] = true
	c.emit(op{kind: opClass, class: class, key: -1, glued: t.glued})
	return nil
}

// settings reads "verb key=value key=value", or "then".
func (c *compiler) settings(text string) error {
	for word := range strings.FieldsSeq(text) {
		if word == "then" {
			c.emit(op{kind: opThen})
			continue
		}
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			v, ok := verbNames[word]
			if !ok {
				return fmt.Errorf("%q is no meaning of a rule", word)
			}
			c.emit(op{kind: opSet, key: keyVerb, lo: v})
			continue
		}
		key, ok := keyNames[name]
		if !ok {
			return fmt.Errorf("%q is no key", name)
		}
		v, err := c.lx.value(value)
		if err != nil {
			return err
		}
		c.emit(op{kind: opSet, key: key, lo: v})
	}
	return nil
}

// capture reads "class", "class:key", "int:key 1-31", "int:key 4 digits".
func (c *compiler) capture(text string, glued bool) error {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return errors.New("<> names no class")
	}
	name, keyName, named := strings.Cut(fields[0], ":")
	key := -1
	if named {
		k, ok := keyNames[keyName]
		if !ok {
			return fmt.Errorf("%q is no key", keyName)
		}
		key = k
	}
	if name != "int" {
		class, ok := c.lx.classes[name]
		if !ok {
			return fmt.Errorf("no words of the class %q", name)
		}
		c.lx.used[class] = true
		c.emit(op{kind: opClass, class: class, key: key, glued: glued})
		return nil
	}
	o := op{kind: opNumber, key: key, hi: 9999, glued: glued}
	for _, f := range fields[1:] {
		if lo, hi, ok := strings.Cut(f, "-"); ok {
			l, err1 := strconv.Atoi(lo)
			h, err2 := strconv.Atoi(hi)
			if err1 != nil || err2 != nil || l > h {
				return fmt.Errorf("%q is no range", f)
			}
			o.lo, o.hi = int32(l), int32(h)
		} else if n, err := strconv.Atoi(f); err == nil {
			o.digits = n
		} else if f != "digits" {
			return fmt.Errorf("%q: write <int:d 1-31> or <int:y 4 digits>", text)
		}
	}
	c.emit(o)
	return nil
}

// firsts gives what may come first from a place of a pattern on, and whether the pattern may end
// there.
func (r *rule) firsts(pc int) (k kinds, end bool) {
	seen := map[int]bool{}
	var walk func(pc int)
	walk = func(pc int) {
		if pc < 0 || seen[pc] {
			return
		}
		seen[pc] = true
		switch o := &r.code[pc]; o.kind {
		case opClass:
			k.add(o.class % kindNumber)
		case opNumber:
			k.add(kindNumber)
		case opMark:
			k.add(kindMark)
		case opDone:
			end = true
		case opSplit:
			walk(o.x)
			walk(o.y)
		case opJump:
			walk(o.x)
		default:
			walk(pc + 1)
		}
	}
	walk(pc)
	return k, end
}

// index notes by which class each rule may begin.
func (lx *lexicon) index() {
	lx.first = make([][]int, len(lx.classes))
	for n := range lx.rules {
		r := &lx.rules[n]
		for i := range r.code {
			if o := &r.code[i]; o.kind == opSplit {
				o.firstX, o.anyX = r.firsts(o.x)
				if o.y >= 0 {
					o.firstY, o.anyY = r.firsts(o.y)
				}
			}
		}
		seen := map[int]bool{}
		classes := map[int]bool{}
		var walk func(pc int)
		walk = func(pc int) {
			if pc < 0 || seen[pc] {
				return
			}
			seen[pc] = true
			switch o := r.code[pc]; o.kind {
			case opClass:
				if !classes[o.class] {
					classes[o.class] = true
					lx.first[o.class] = append(lx.first[o.class], n)
				}
			case opNumber:
				if !classes[-1] {
					classes[-1] = true
					lx.numbers = append(lx.numbers, n)
				}
			case opSplit:
				walk(o.x)
				walk(o.y)
			case opJump:
				walk(o.x)
			case opMark, opDone:
				lx.faults = append(lx.faults, r.where+": a rule begins with a word or a number, not with a mark or nothing")
			default:
				walk(pc + 1)
			}
		}
		walk(0)
	}
}
