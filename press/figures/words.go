package figures

import "strings"

// scales reads the thousands and millions behind a number.
func (s *scanner) scales(v *value, end int) (int, bool) {
	for {
		at := s.spaces(end)
		f, e, ok := s.form(at, "scale")
		if !ok || v.den != 0 && v.den != 2 {
			return end, true
		}
		if v.den == 2 {
			*v = value{n: v.n * 5, places: 1}
		}
		if !v.times(f.value) {
			return e, false
		}
		end = e
	}
}

// part reads a denominator behind a numerator: two fifths, две пятых, одна пятая.
func (s *scanner) part(end int) (int64, int, bool) {
	at := s.dashed(end)
	for _, class := range []string{"part", "part-of"} {
		if f, e, ok := s.form(at, class); ok {
			return f.value, e, true
		}
	}
	return 0, end, false
}

// fractionAlone reads "half of", "a fifth of", "треть", "пятая часть".
func (s *scanner) fractionAlone(at int) (value, int, bool) {
	if f, e, ok := s.form(at, "share"); ok {
		if strings.Contains(f.text, " ") { // the word behind is no part of the figure
			e = at + len(strings.SplitN(s.text[at:e], " ", 2)[0])
		}
		return value{n: f.value, den: f.den}, e, true
	}
	start := at
	if _, e, ok := s.form(at, "one"); ok {
		start = s.spaces(e)
	}
	f, e, ok := s.form(start, "part-of")
	if !ok {
		return value{}, at, false
	}
	if _, e2, ok := s.form(s.spaces(e), "part-word"); ok {
		if s.lx.comma { // часть belongs to the figure, "of" does not
			e = e2
		}
		return value{n: 1, den: f.value}, e, true
	}
	if _, e2, ok := s.form(s.spaces(e), "one"); ok && f.value == 2 { // half a million
		if _, _, ok := s.form(s.spaces(e2), "scale"); ok {
			return value{n: 1, den: 2}, e2, true
		}
	}
	return value{}, at, false
}

// words reads a number in words.
func (s *scanner) words(at int) (value, int, bool) {
	var total, now int64
	room := int64(1e18) // what is added next must be less
	end, some := at, false
	for {
		place := at
		if some {
			place = s.spaces(end)
			if _, e, ok := s.form(place, "joint"); ok {
				place = s.spaces(e)
			}
		}
		if f, e, ok := s.form(place, "number"); ok && f.value < room && (f.value > 0 || !some) {
			now += f.value
			room = below(f.value)
			end, some = e, true
			continue
		}
		place = s.spaces(end)
		if !some {
			place = at
			if _, e, ok := s.form(at, "one"); ok {
				place = s.spaces(e)
			}
		}
		if f, e, ok := s.form(place, "times"); ok && now < 100 {
			now = max(now, 1) * f.value
			room = below(f.value)
			end, some = e, true
			continue
		}
		if f, e, ok := s.form(place, "scale"); ok && (some || place > at || s.lx.comma && singular(f.text)) && (total == 0 || f.value < total) && now < 1e6 {
			total += max(now, 1) * f.value
			now, room = 0, f.value
			end, some = e, true
			continue
		}
		return value{n: total + now}, end, some
	}
}

// singular tells the forms that mean one thousand by themselves: тысяча, миллион.
func singular(text string) bool {
	switch text {
	case "тысяча", "тысячу", "миллион", "миллиард", "тисяча", "тисячу", "мільйон", "мільярд":
		return true
	}
	return false
}

// below is what may be added to a word's value: after thirty one to nine, after three nothing.
func below(v int64) int64 {
	switch {
	case v < 20:
		return 0
	case v < 100:
		return 10
	}
	return 100
}
