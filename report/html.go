package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/url"
	"strconv"
	"strings"
)

//go:embed report.html
var page string

//go:embed report.css
var style string

var pageTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"paragraph": func(b Block) *Paragraph {
		if p, ok := b.(Paragraph); ok {
			return &p
		}
		return nil
	},
	"list": func(b Block) *List {
		if l, ok := b.(List); ok {
			return &l
		}
		return nil
	},
	"table": func(b Block) *Table {
		if t, ok := b.(Table); ok {
			return &t
		}
		return nil
	},
	"pair":   func(d *Document, runs []Run) []any { return []any{d, runs} },
	"anchor": func(n int) string { return "p" + strconv.Itoa(n) },
	"right":  func(t *Table, column int) bool { return column < len(t.Figures) && t.Figures[column] },
}).Parse(page))

// HTML sets a document as one file: no script, nothing fetched, its style inline. The
// site sets the same body in its own frame with [Body].
func HTML(d *Document) ([]byte, error) { return execute("page", d) }

// Body sets what stands between a page's head and foot.
func Body(d *Document) ([]byte, error) { return execute("body", d) }

func execute(name string, d *Document) ([]byte, error) {
	var out bytes.Buffer
	err := pageTemplate.ExecuteTemplate(&out, name, struct {
		*Document
		Style template.CSS
	}{d, template.CSS(style)}) //nolint:gosec // our own style
	return out.Bytes(), err
}

// Href is where a run leads: below the site's address, or nowhere where that is not known.
func (d *Document) Href(r Run) string {
	switch {
	case r.Link == "":
		return ""
	case strings.HasPrefix(r.Link, "https://"), strings.HasPrefix(r.Link, "http://"):
		return r.Link
	case strings.HasPrefix(r.Link, "/"): // of the site itself
		return r.Link
	case d.Address == "":
		return ""
	}
	parts := strings.Split(r.Link, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.TrimSuffix(d.Address, "/") + "/" + d.Lang + "/" + strings.Join(parts, "/")
}
