// Package render sets a report as a PDF or as a Word file. The same document gives the
// same bytes in every run of one build: no clock, no chance, no order of a map.
package render

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/truceline/truceline/report"
)

// missing stands for what cannot be shown; nothing is left out in silence.
const missing = '\uFFFD'

// clean makes text fit to be set on one line: letters in one form, any white space a
// space, control characters shown as missing. Marks that only steer display (direction,
// joining, variants) go: they could make a line read otherwise than it is written.
func clean(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == '\u00A0' || r == '\u202F':
			b.WriteRune('\u00A0')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		case unicode.IsControl(r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r):
			b.WriteRune(missing)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// target says where a run leads: "#ID" within the document, a whole address, or nowhere.
func target(d *report.Document, r report.Run) string {
	address := r.Link
	switch {
	case address == "" || strings.HasPrefix(address, "#"):
		return address
	case strings.HasPrefix(address, "https://"), strings.HasPrefix(address, "http://"):
	default:
		address = d.Href(r)
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return ""
	}
	return u.String() // ASCII alone
}

// made is when the document was made: its cut-off.
func made(d *report.Document) time.Time {
	t, err := time.Parse(time.RFC3339, d.Stamp)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// locale is a language with its country, as files want it.
func locale(lang string) string {
	switch lang {
	case "ru":
		return "ru-RU"
	case "uk":
		return "uk-UA"
	case "zh":
		return "zh-CN"
	case "en":
		return "en-GB"
	}
	return lang
}

// langOf is the language of a run.
func langOf(d *report.Document, r report.Run) string {
	if r.Lang != "" {
		return r.Lang
	}
	return d.Lang
}

// shares divides a width among the columns of a table.
func shares(t report.Table, width float64) []float64 {
	columns := len(t.Head)
	for _, r := range t.Rows {
		columns = max(columns, len(r.Cells))
	}
	out := make([]float64, columns)
	var sum float64
	for i := range out {
		out[i] = 1
		if i < len(t.Widths) && t.Widths[i] > 0 {
			out[i] = float64(t.Widths[i])
		}
		sum += out[i]
	}
	for i := range out {
		out[i] *= width / sum
	}
	return out
}

// figures tells whether a column is set to the right.
func figures(t report.Table, column int) bool { return column < len(t.Figures) && t.Figures[column] }
