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

// unturned shows characters that turn others by their number, "U+202E", so that nobody's
// words rearrange what stands beside them. Tags are left as they are: the value of a field
// goes back as it was typed. A page without such characters is answered as it is.
func unturned(page []byte) []byte {
	if !bytes.ContainsFunc(page, turns) {
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
