package draft

import (
	"encoding/binary"
	"regexp"
	"strings"
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

// lines gives each line that holds something as a paragraph.
func lines(text string) []paragraph {
	var list []paragraph
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, paragraph{text: line, at: i + 1})
		}
	}
	return list
}

// The ways in which articles are numbered. The first group is the number, the rest
// of the line the heading.
var (
	named   = regexp.MustCompile(`(?i)^(?:article|art\.|section|clause|статья|ст\.|стаття|пункт|раздел|розділ|§)\s*([0-9]+(?:\.[0-9]+)*[a-zа-яіїє]?|[IVXLC]+)(?:[\s.:)–—-]+(.*))?$`)
	chinese = regexp.MustCompile(`^第\s*([0-9一二三四五六七八九十百零]+)\s*[条條章款][\s、:：]*(.*)$`)
	figured = regexp.MustCompile(`^#{0,6}\s*([0-9]+(?:\.[0-9]+)*)[.)、．]?\s+(.+)$|^([0-9]+)[.)、．]\s*(.+)$`)
	listed  = regexp.MustCompile(`^([一二三四五六七八九十]+)、\s*(.+)$`)
)

// numbered takes the number off the beginning of an article.
func numbered(text string) (number, rest string, ok bool) {
	for _, form := range []*regexp.Regexp{named, chinese, listed, figured} {
		m := form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		number, rest = m[1], m[2]
		if number == "" && len(m) > 4 {
			number, rest = m[3], m[4]
		}
		return number, strings.TrimSpace(rest), true
	}
	return "", text, false
}

// longestHeading bounds a heading: what is longer is the words themselves.
const longestHeading = 90

// articles puts paragraphs together into articles.
func articles(list []paragraph, plain bool) []Article {
	var out []Article
	for _, p := range list {
		number, rest, ok := numbered(p.text)
		if !ok && p.number != "" {
			number, rest, ok = p.number, p.text, true
		}
		switch {
		case ok:
			a := Article{Number: number, At: p.at}
			if len([]rune(rest)) <= longestHeading && (plain || p.heading || !strings.HasSuffix(rest, ".")) && !strings.HasSuffix(rest, "。") && !strings.HasSuffix(rest, ".") {
				a.Heading = rest
			} else if rest != "" {
				a.Words = append(a.Words, rest)
			}
			out = append(out, a)
		case p.heading:
			out = append(out, Article{Heading: p.text, At: p.at})
		case len(out) == 0:
			out = append(out, Article{Words: []string{p.text}, At: p.at})
		default:
			last := &out[len(out)-1]
			last.Words = append(last.Words, p.text)
		}
	}
	return out
}
