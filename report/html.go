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

var pageFuncs = template.FuncMap{
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
	"runs":   runs,
	"anchor": func(n int) string { return "p" + strconv.Itoa(n) },
	"right":  func(t *Table, column int) bool { return column < len(t.Figures) && t.Figures[column] },
}

var pageTemplate = template.Must(template.New("report").Funcs(pageFuncs).Parse(page))

// Page is what the template of a document is filled with.
type Page struct {
	*Document
	Style template.CSS
}

// Template gives a template of documents with its functions, for whoever executes it other
// than by [HTML]: "body" sets what stands between a page's head and foot, from a [*Page].
func Template() (*template.Template, template.FuncMap) {
	return template.Must(template.New("report").Funcs(pageFuncs).Parse(page)), pageFuncs
}

// HTML sets a document as one file: no script, nothing fetched, its style inline. The
// site sets the same body in its own frame.
func HTML(d *Document) ([]byte, error) {
	var out bytes.Buffer
	err := pageTemplate.ExecuteTemplate(&out, "page", &Page{d, template.CSS(style)}) //nolint:gosec // our own style
	return out.Bytes(), err
}

// runs sets runs as html/template would: a report has thousands, and their words are
// escaped here. It escapes what stands in text and in quoted attributes.
func runs(d *Document, list []Run) (template.HTML, error) {
	var out strings.Builder
	for _, r := range list {
		if r.Strong {
			out.WriteString("<strong>")
		}
		end := ""
		lang := ""
		if r.Lang != "" {
			lang = ` lang="` + escaped(r.Lang) + `"`
		}
		if h := d.Href(r); h != "" {
			if err := openLink(&out, h); err != nil {
				return "", err
			}
			out.WriteString(lang)
			out.WriteByte('>')
			end = "</a>"
		} else if lang != "" {
			out.WriteString("<bdi" + lang + ">")
			end = "</bdi>"
		}
		out.WriteString(escaped(r.Text))
		out.WriteString(end)
		if r.Strong {
			out.WriteString("</strong>")
		}
	}
	return template.HTML(out.String()), nil //nolint:gosec // escaped above
}

// escaped is a text as html/template escapes it.
func escaped(s string) string {
	if !strings.ContainsAny(s, "\x00\"&'+<>") {
		return s
	}
	return strings.ReplaceAll(template.HTMLEscapeString(s), "+", "&#43;")
}

var linkTemplate = template.Must(template.New("link").Parse(`<a href="{{.}}">`))

// openLink begins a link, up to the end of its address. An address of the site is written as it
// is; any other goes through html/template, which knows what may stand in one.
func openLink(out *strings.Builder, address string) error {
	if strings.HasPrefix(address, "/") && !strings.ContainsFunc(address, func(r rune) bool {
		return !strings.ContainsRune("/-_.?=&", r) && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		out.WriteString(`<a href="` + escaped(address) + `"`)
		return nil
	}
	var link strings.Builder
	if err := linkTemplate.Execute(&link, address); err != nil {
		return err
	}
	out.WriteString(strings.TrimSuffix(link.String(), ">"))
	return nil
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
