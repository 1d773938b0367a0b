package web

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// turns tells whether a character turns the order of those after it: an override, an
// embedding, an isolate, or what ends one.
func turns(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// mayTurn tells whether a page has one of the characters that turn others: in UTF-8 they
// are E2 80 AA to AE and E2 81 A6 to A9.
func mayTurn(page []byte) bool {
	for {
		i := bytes.IndexByte(page, 0xe2)
		if i < 0 || i+2 >= len(page) {
			return false
		}
		if second, third := page[i+1], page[i+2]; second == 0x80 && third >= 0xaa && third <= 0xae || second == 0x81 && third >= 0xa6 && third <= 0xa9 {
			return true
		}
		page = page[i+1:]
	}
}

// unturned shows characters that turn others by their number, "U+202E", so that nobody's
// words rearrange what stands beside them. Tags are left as they are: the value of a field
// goes back as it was typed. A page without such characters is answered as it is.
func unturned(page []byte) []byte {
	if !mayTurn(page) {
		return page
	}
	out := make([]byte, 0, len(page)+64)
	tag := false
	for len(page) > 0 {
		r, n := utf8.DecodeRune(page)
		switch {
		case r == '<':
			tag = true
		case r == '>':
			tag = false
		}
		if turns(r) && !tag {
			out = fmt.Appendf(out, "U+%04X", r)
		} else {
			out = append(out, page[:n]...)
		}
		page = page[n:]
	}
	return out
}
