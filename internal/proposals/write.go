package proposals

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

const preface = `# What the press desk proposes; nothing of it is recorded yet (format: spec/proposals.md).
# Look at each row: set decision to "confirm" or "reject", and mend whatever is not right.
# The line after "|" is the article's own words; it is a comment, and so are the speaker and
# what else was read. Every confirmed statement needs a summary: one sentence of your own.
# Then: truceline press apply CASE THIS-FILE. It may be applied again after more is decided.
`

// order in which fields are written; others follow by name.
var order = []string{
	"decision", "original", "happened", "public", "said_by", "through", "sources", "language", "words", "summary", "note", "body",
	"party", "person", "name", "institution", "anonymous", "document", "office", "outlet", "occasion", "citing", "en", "ru", "uk", "zh",
	"form", "title", "address", "publisher", "hash", "retrieved", "custody",
	"agreement", "act", "state", "between", "mode", "provider", "receiver", "what", "stage", "holder", "areas", "measure",
	"unattributed", "asserts", "direct", "from", "to", "category", "kind", "planned", "when",
}

// Write gives the text of a file of proposals.
func Write(blocks []*Block) []byte {
	var w bytes.Buffer
	w.WriteString(preface)
	for _, b := range blocks {
		w.WriteByte('\n')
		b.write(&w)
	}
	return w.Bytes()
}

// Text gives one block as it stands in a file.
func (b *Block) Text() string {
	var w bytes.Buffer
	b.write(&w)
	return w.String()
}

func (b *Block) write(w *bytes.Buffer) {
	for _, n := range b.Notes {
		fmt.Fprintf(w, "# %s\n", Visible(n))
	}
	fmt.Fprintf(w, "%s %s {\n", b.Kind, quoted(b.Ref))
	fields := map[string]any{}
	for k, v := range b.Fields {
		fields[k] = v
	}
	if b.Original != "" {
		fields["original"] = b.Original
	}
	if b.Kind != "source" {
		fields["decision"] = b.Decision
	}
	names := keys(fields)
	wide := 0
	for _, n := range names {
		wide = max(wide, len(n))
	}
	for _, n := range names {
		fmt.Fprintf(w, "  %-*s = ", wide, n)
		value(w, fields[n], b.Hints, n, "  ")
		if h := b.Hints[n]; h != "" {
			w.WriteString(" # " + h)
		}
		w.WriteByte('\n')
	}
	w.WriteString("}\n")
}

func keys(m map[string]any) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	rank := func(k string) int {
		if i := slices.Index(order, k); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(list, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return list
}

// value writes a value: an object on one line where it is small and needs no comment.
func value(w *bytes.Buffer, v any, hints map[string]string, path, indent string) {
	switch v := v.(type) {
	case string:
		w.WriteString(quoted(v))
	case bool:
		fmt.Fprint(w, v)
	case json.Number:
		w.WriteString(v.String())
	case []any:
		w.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				w.WriteString(", ")
			}
			value(w, item, nil, "", indent)
		}
		w.WriteByte(']')
	case map[string]any:
		object(w, v, hints, path, indent)
	default:
		fmt.Fprintf(w, "%v", v)
	}
}

func object(w *bytes.Buffer, v map[string]any, hints map[string]string, path, indent string) {
	names := keys(v)
	tall := len(names) > 3
	for _, n := range names {
		_, deep := v[n].(map[string]any)
		tall = tall || hints[path+"."+n] != "" || deep && len(names) > 2
	}
	if len(names) == 0 {
		w.WriteString("{}")
		return
	}
	if !tall {
		w.WriteString("{ ")
		for i, n := range names {
			if i > 0 {
				w.WriteString(", ")
			}
			w.WriteString(named(n) + " = ")
			value(w, v[n], nil, "", indent)
		}
		w.WriteString(" }")
		return
	}
	w.WriteString("{\n")
	wide := 0
	for _, n := range names {
		wide = max(wide, len(named(n)))
	}
	for _, n := range names {
		fmt.Fprintf(w, "%s  %-*s = ", indent, wide, named(n))
		value(w, v[n], hints, path+"."+n, indent+"  ")
		if h := hints[path+"."+n]; h != "" {
			w.WriteString(" # " + h)
		}
		w.WriteByte('\n')
	}
	w.WriteString(indent + "}")
}

// named gives a name as HCL reads it: plain where it is one.
func named(n string) string {
	for i, r := range n {
		if r != '_' && !(r >= 'a' && r <= 'z') && !(r >= 'A' && r <= 'Z') && !(i > 0 && (r == '-' || r >= '0' && r <= '9')) {
			return quoted(n)
		}
	}
	if n == "" || n == "for" || n == "null" || n == "true" || n == "false" {
		return quoted(n)
	}
	return n
}

// quoted writes a string so that it reads back the same, and shows what cannot be seen.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case (r == '$' || r == '%') && strings.HasPrefix(s[i+1:], "{"):
			b.WriteRune(r)
			b.WriteRune(r)
		case hidden(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case hidden(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// hidden tells characters that are not seen, or turn the order of others.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
}

// Visible gives words for a comment on one line, with what cannot be seen shown.
func Visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case hidden(r):
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
