package figures

// chinese reads a figure that begins with a numeral: 三十, 两万, 五分之一, 百分之七十五, 三成.
func (s *scanner) chinese(at int) (f Figure, end int) {
	f = Figure{Start: at, Hedge: Exact}
	if share, e, ok := s.form(at, "share"); ok {
		f.N, f.End = value{n: share.value, den: share.den}.String(), e
		return f, e
	}
	if e, ok := s.follows(at, "百分之"); ok {
		v, e, ok := s.amount(e)
		if !ok {
			return f, e
		}
		f.N, f.Percent, f.End = v.String(), true, e
		return f, e
	}
	v, end, chars := s.numeral(at)
	if chars == 0 {
		return f, at
	}
	before := at - 1
	if before >= 0 && s.endsWith(at, "第") {
		return f, end
	}
	if e, ok := s.follows(end, "分之"); ok {
		top, e, ok := s.amount(e)
		if ok && top.places == 0 && v.n > 1 {
			f.N, f.End = value{n: top.n, den: v.n}.String(), e
			return f, e
		}
		return f, end
	}
	if e, ok := s.follows(end, "成"); ok && v.n >= 1 && v.n <= 9 && chars == 1 {
		n := v.n * 10
		if five, e2, c := s.numeral(e); c == 1 && five.n < 10 {
			n, e = n+five.n, e2
		}
		if _, _, counted := s.form(e, "measure"); !counted {
			f.N, f.Percent, f.End = value{n: n}.String(), true, e
			return f, e
		}
	}
	end, ok := s.chineseScales(&v, end, &f)
	if !ok {
		return f, end
	}
	if v.n == 1 {
		if _, _, no := s.form(end, "not-before"); no {
			return f, end
		}
	}
	// a numeral by itself is often part of a word: only what is counted counts
	_, hedged, after := s.form(end, "after")
	if !after {
		hedged = end
	}
	_, _, percent := s.form(end, "percent")
	_, _, measured := s.form(hedged, "measure")
	if !measured && !percent && v.n < 10000 {
		return f, end
	}
	return s.finish(f, v, end)
}

func (s *scanner) endsWith(at int, word string) bool {
	return at >= len(word) && s.text[at-len(word):at] == word
}

// amount reads digits or numerals.
func (s *scanner) amount(at int) (value, int, bool) {
	if r, _ := s.folded(at); r >= '0' && r <= '9' {
		return s.digits(at)
	}
	v, end, chars := s.numeral(at)
	if chars > 0 { // 七十五点五
		if e, ok := s.follows(end, "点"); ok {
			for {
				d, e2, c := s.one(e)
				if c == 0 || d > 9 || v.places > 4 {
					break
				}
				v.n, v.places = v.n*10+d, v.places+1
				e, end = e2, e2
			}
		}
	}
	return v, end, chars > 0
}

// one reads one numeral below ten.
func (s *scanner) one(at int) (int64, int, int) {
	if f, e, ok := s.form(at, "number"); ok {
		return f.value, e, 1
	}
	return 0, at, 0
}

// numeral reads numerals and how many characters they have.
func (s *scanner) numeral(at int) (v value, end, chars int) {
	var total, section, row int64
	last := int64(-1)
	units := false
	for end = at; chars < 20; {
		f, e, ok := s.form(end, "number")
		if !ok {
			if f, e, ok = s.form(end, "times"); !ok {
				f, e, ok = s.form(end, "scale")
				if ok && chars == 0 {
					ok = false
				}
			}
		}
		if !ok {
			break
		}
		switch f.class {
		case "number":
			if row = row*10 + f.value; row > most {
				return v, at, 0
			}
			last = f.value
		case "times":
			if last < 0 && section == 0 && f.value > 10 && !s.hedgedBefore(at) { // 百、千 by themselves are no number
				return v, at, 0
			}
			section += max(last, 1) * f.value
			last, units = -1, true
		default:
			sum := section + max(last, 0)
			if sum == 0 || total > most/f.value || sum > most/f.value {
				return v, at, 0
			}
			if f.value > 10000 {
				total = (total + sum) * f.value
			} else {
				total += sum * f.value
			}
			section, last, units = 0, -1, true
		}
		chars++
		end = e
	}
	if units {
		row = total + section + max(last, 0)
	}
	return value{n: row}, end, chars
}

// hedgedBefore tells that a hedge ends at a place: 近百人, 逾千人.
func (s *scanner) hedgedBefore(at int) bool {
	for _, back := range []int{3, 6} { // bytes of one and of two characters
		if at >= back {
			if _, e, ok := s.form(at-back, "before"); ok && e == at {
				return true
			}
		}
	}
	return false
}

// tail reads what is added in smaller units: 1亿2千万.
func (s *scanner) tail(v *value, end int) int {
	if v.places > 0 || v.den != 0 || v.n%10000 != 0 {
		return end
	}
	more, e, ok := s.digits(end)
	if !ok || e == end {
		return end
	}
	var f Figure
	if e, ok = s.chineseScales(&more, e, &f); !ok || more.places > 0 || v.n < 1e8 && more.n >= 1e4 || more.n >= 1e8 {
		return end
	}
	v.n += more.n
	return e
}

// chineseScales reads 万 and 亿 behind digits, also after 多: 3.5万, 500多万.
func (s *scanner) chineseScales(v *value, end int, f *Figure) (int, bool) {
	for {
		at := end
		if h, e, ok := s.form(at, "after"); ok {
			if _, _, scale := s.form(e, "scale"); scale {
				f.Hedge, at = h.hedge, e
			}
		}
		w, e, ok := s.form(at, "scale")
		if !ok {
			w, e, ok = s.form(at, "times")
			if ok && w.value == 10 {
				ok = false
			}
		}
		if !ok || v.den != 0 {
			return end, true
		}
		if !v.times(w.value) {
			return e, false
		}
		end = e
	}
}
