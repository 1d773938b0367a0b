package draft

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// decode gives the text of UTF-8, or of UTF-16 with a byte order mark.
func decode(data []byte) (string, bool) {
	if len(data) >= 2 && (data[0] == 0xff && data[1] == 0xfe || data[0] == 0xfe && data[1] == 0xff) {
		order := binary.ByteOrder(binary.LittleEndian)
		if data[0] == 0xfe {
			order = binary.BigEndian
		}
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			units = append(units, order.Uint16(data[i:]))
		}
		return string(utf16.Decode(units)), true
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	return text, utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}

// lines gives the paragraphs of plain text. A line that only goes on with the one
// before, as in text copied from a page, belongs to its paragraph.
func lines(text string) []paragraph {
	var list []paragraph
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	apart := true // nothing, or an empty line, stands before
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			apart = true
			continue
		}
		if text := strings.TrimLeft(line, "#"); text != line && strings.HasPrefix(text, " ") { // Markdown
			list, apart = append(list, paragraph{text: strings.TrimSpace(strings.TrimRight(text, "#")), heading: true, at: i + 1}), true
			continue
		}
		if !apart && goesOn(list[len(list)-1].text, line) {
			list[len(list)-1].text = joined(list[len(list)-1].text, line)
			continue
		}
		list, apart = append(list, paragraph{text: line, at: i + 1}), false
	}
	return list
}

// goesOn tells whether a line is the rest of a sentence that the line before began:
// it has no number, and begins with a small letter or follows a line that is full
// and does not end a sentence.
func goesOn(before, line string) bool {
	const full, fullHan = 60, 25 // letters
	if marks(line) != nil {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(".:;!?。：；！？", last) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	if unicode.IsLower(first) {
		return true
	}
	most := full
	if unicode.Is(unicode.Han, first) {
		most = fullHan
	}
	return utf8.RuneCountInString(before) >= most
}

// joined puts two pieces of a sentence together; Chinese has no space between.
func joined(before, after string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	if unicode.Is(unicode.Han, last) || unicode.Is(unicode.Han, first) {
		return before + after
	}
	return before + " " + after
}
