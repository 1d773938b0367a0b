package agreement

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/record"
)

const thousand = 1000

// signs are the ways in which a comparison is written, longest first.
var signs = []struct {
	text string
	sign Sign
}{{">=", AtLeast}, {"≥", AtLeast}, {"<=", AtMost}, {"≤", AtMost}, {">", MoreThan}, {"<", LessThan}, {"=", Equals}}

// units are the units of comparisons with what one of them is in the first unit of
// its attribute.
var (
	calibreUnits = map[string]float64{"mm": 1, "cm": 10}
	rangeUnits   = map[string]float64{"km": 1, "m": 0.001, "nmi": 1.852}
	depthUnits   = map[string]float64{"m": 1, "km": 1000, "nmi": 1852}
)

// cutSign takes the sign off a comparison.
func cutSign(s string) (Sign, string, bool) {
	s = strings.TrimSpace(s)
	for _, x := range signs {
		if rest, ok := strings.CutPrefix(s, x.text); ok {
			return x.sign, strings.TrimSpace(rest), true
		}
	}
	return "", s, false
}

// comparisons takes a list of figures with their signs and units.
func (a *assembly) comparisons(r *reader, name string, units map[string]float64, unit, form string, into *[]Comparison) {
	for _, w := range r.strs(name, new([]string)) {
		sign, rest, signed := cutSign(w.text)
		if !signed {
			r.bad(w.pos, "no-sign", name, fmt.Sprintf("%q says no sign", w.text), "write one of > >= < <= = before the figure: "+form)
			continue
		}
		n, ok := a.figure(r, w, name, rest, units, form)
		if ok {
			*into = append(*into, Comparison{Sign: sign, Value: int64(math.Round(n * thousand)), Unit: unit, Text: w.text, Pos: w.pos})
		}
	}
}

// figure reads a figure with its unit, in the first unit of units.
func (a *assembly) figure(r *reader, w word, name, s string, units map[string]float64, form string) (float64, bool) {
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.ParseFloat(number, 64)
	scale, known := units[strings.TrimSpace(unit)]
	var names []string
	for u := range units {
		names = append(names, u)
	}
	slices.Sort(names)
	const greatest = 1e6
	switch {
	case err != nil || math.IsNaN(n) || math.IsInf(n, 0):
		r.bad(w.pos, "bad-figure", name, fmt.Sprintf("%q is no figure with its unit", s), "write "+form)
	case n < 0:
		r.bad(w.pos, "negative", name, fmt.Sprintf("%q is below zero", s), "write "+form)
	case unit == "":
		r.bad(w.pos, "no-unit", name, fmt.Sprintf("%q has no unit", w.text), "add one of "+strings.Join(names, ", ")+": "+form)
	case !known:
		r.bad(w.pos, "unknown-unit", name, fmt.Sprintf("%q is no unit of it", unit), suggest(unit, names))
	case n*scale > greatest:
		r.bad(w.pos, "bad-figure", name, fmt.Sprintf("%q is too large", s), "write "+form)
	default:
		return n * scale, true
	}
	return 0, false
}

// figures takes what a scope says in figures.
func (a *assembly) figures(r *reader, s *Scope) {
	a.comparisons(r, "calibre", calibreUnits, "mm", `"> 100 mm"`, &s.Calibre)
	a.comparisons(r, "range", rangeUnits, "km", `">= 40 km"`, &s.Range)
	var text string
	if p, ok := r.str("units", &text); ok {
		sign, size, signed := cutSign(text)
		i := slices.Index(record.UnitSizes, size)
		switch {
		case !signed:
			r.bad(p, "no-sign", "units", fmt.Sprintf("%q says no sign", text), `write ">= regiment"`)
		case i < 0:
			r.bad(p, "unknown-value", "units", fmt.Sprintf("%q is no size of a unit", size), suggest(size, record.UnitSizes))
		default:
			s.Units = &Comparison{Sign: sign, Value: int64(i) * thousand, Unit: "size", Text: text, Pos: p}
		}
	}
	if p, ok := r.str("count", &text); ok {
		sign, rest, signed := cutSign(text)
		number, unit, _ := strings.Cut(rest, " ")
		n, err := strconv.Atoi(number)
		switch {
		case !signed:
			r.bad(p, "no-sign", "count", fmt.Sprintf("%q says no sign", text), `write "> 75 tank"`)
		case err != nil || n < 0 || !isName(unit):
			r.bad(p, "bad-figure", "count", fmt.Sprintf("%q is no number with what is counted", rest), `write "> 75 tank"`)
		default:
			s.Count = &Comparison{Sign: sign, Value: int64(n) * thousand, Unit: unit, Text: text, Pos: p}
		}
	}
	for _, w := range r.strs("purposes", &s.Purposes) {
		if !slices.Contains(record.Purposes, w.text) {
			r.bad(w.pos, "unknown-value", "purposes", fmt.Sprintf("%q is no purpose", w.text), suggest(w.text, record.Purposes))
		}
	}
}

// depth reads how far a zone reaches: "70 km", "15 to 20 km".
func (a *assembly) depth(r *reader, w word, name string, into *Depth) {
	least, most, both := strings.Cut(w.text, " to ")
	if !both {
		most = least
	}
	if _, unit, ok := strings.Cut(most, " "); ok && both && !strings.Contains(least, " ") {
		least += " " + unit
	}
	const form = `"70 km" or "15 to 20 km"`
	x, ok1 := a.figure(r, w, name, least, depthUnits, form)
	if !ok1 {
		return
	}
	y, ok2 := a.figure(r, w, name, most, depthUnits, form)
	switch {
	case !ok2:
	case x > y:
		r.bad(w.pos, "bad-figure", name, fmt.Sprintf("%q begins with the larger figure", w.text), "write "+form)
	default:
		*into = Depth{x, y}
	}
}

// measure takes how much of a duty is owed: "300", "at least 300", "all", "all, at
// least 300". Words that are none of these are kept, for the linter.
func (a *assembly) measure(r *reader, m *Measure) {
	p, ok := r.str("measure", &m.Text)
	if !ok {
		return
	}
	m.Pos = p
	rest := strings.TrimSpace(m.Text)
	if rest == "all" {
		m.All = true
		return
	}
	if after, found := strings.CutPrefix(rest, "all, "); found {
		m.All, rest = true, after
	}
	sign := Equals
	for _, x := range []struct {
		words string
		sign  Sign
	}{{"at least ", AtLeast}, {"more than ", MoreThan}, {"at most ", AtMost}, {"less than ", LessThan}} {
		if after, found := strings.CutPrefix(rest, x.words); found {
			sign, rest = x.sign, after
		}
	}
	n, err := strconv.Atoi(strings.ReplaceAll(rest, ",", ""))
	switch {
	case err != nil:
		m.All = false
	case n < 0:
		r.bad(p, "negative", "measure", fmt.Sprintf("%q is below zero", m.Text), `write "at least 300"`)
	default:
		m.Sign, m.N = sign, n
	}
}

// rate takes a ratio: "30:1".
func (a *assembly) rate(r *reader, x *Ratio) {
	var text string
	p, ok := r.str("rate", &text)
	if !ok {
		return
	}
	num, den, cut := strings.Cut(text, ":")
	n, err1 := strconv.Atoi(num)
	d, err2 := strconv.Atoi(den)
	if !cut || err1 != nil || err2 != nil || n < 1 || d < 1 || n > math.MaxInt32 || d > math.MaxInt32 {
		r.bad(p, "bad-rate", "rate", fmt.Sprintf("%q is no ratio of two numbers", text), `write "30:1"`)
		return
	}
	x.Num, x.Den = n, d
}

// number takes a whole number.
func (r *reader) number(name string, least, most int, into *int) {
	e, src, ok := r.expr(name)
	if !ok {
		return
	}
	v, ok := r.value(name, e, src)
	if !ok {
		return
	}
	if v.Type().FriendlyName() == "number" {
		f, _ := v.AsBigFloat().Float64()
		if f == math.Trunc(f) && f >= float64(least) && f <= float64(most) {
			*into = int(f)
			return
		}
	}
	r.bad(src.pos(e.Range()), "wrong-type", name, fmt.Sprintf("a whole number from %d to %d is wanted", least, most), "write digits, without quotation marks")
}
