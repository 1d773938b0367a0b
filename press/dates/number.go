package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func (m *matcher) isNumber(r rune) bool {
	return '0' <= r && r <= '9' || '０' <= r && r <= '９' || m.lx.numerals && chinese(r) >= 0
}

// freeNumber tells that the number at a place does not go on from before it: 3.5, F-16, 10:30.
func (m *matcher) freeNumber(at int) bool {
	before, n := utf8.DecodeLastRuneInString(m.text[:at])
	two, _ := utf8.DecodeLastRuneInString(m.text[:at-n])
	switch {
	case strings.ContainsRune(".,:/．，", before):
		return !unicode.IsDigit(two)
	case before == '-':
		return !unicode.IsDigit(two) && !(unicode.IsLetter(two) && m.lx.spaced)
	case m.lx.spaced:
		return !letter(before)
	}
	return !m.isNumber(before) && !(before < 0x80 && letter(before)) && before != '第'
}

// numberAt reads a number: its value, its digits (0: there is none) and its end.
func (m *matcher) numberAt(at int) (value int32, digits, end int) {
	end = at
	for end < len(m.text) {
		r, n := m.rune(end)
		if r = m.lx.folded(r); r < '0' || r > '9' {
			break
		}
		if digits++; digits <= 4 {
			value = value*10 + r - '0'
		}
		end += n
	}
	if digits > 0 || !m.lx.numerals {
		return value, digits, end
	}
	return m.chineseAt(at)
}

// chinese gives the value of a numeral, -1 for other characters.
func chinese(r rune) int32 {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一':
		return 1
	case '二', '两', '兩':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十':
		return 10
	case '廿':
		return 20
	case '卅':
		return 30
	case '百':
		return 100
	case '千':
		return 1000
	}
	return -1
}

// chineseAt reads 二十一, 二〇二五, 廿一. Digits counts the characters, 4 for four of them without a unit.
func (m *matcher) chineseAt(at int) (value int32, digits, end int) {
	var row, sum, last int32 // read digit by digit; read with units; digit that waits for its unit
	units := false
	last = -1
	for end = at; end < len(m.text); {
		r, n := m.rune(end)
		v := chinese(r)
		if v < 0 || digits == 8 {
			break
		}
		digits++
		end += n
		switch {
		case v < 10:
			row, last = row*10+v, v
			if row > 9999 {
				return 0, 0, at
			}
		case v == 20 || v == 30:
			units, sum, last = true, sum+v, -1
		default:
			units, sum, last = true, sum+max(last, 1)*v, -1
		}
	}
	if units {
		return sum + max(last, 0), min(digits, 3), end
	}
	return row, digits, end
}
