package article

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// extract finds the article in a page. What the page says of itself is read first: the
// extraction takes the page apart.
func (p *Page) extract(text string, base *url.URL) error {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return err
	}
	about := tellsOf(doc)
	p.Lang, p.Title, p.Published, p.Outlet = language(about.lang), clip(about.title, 300), about.published, clip(about.outlet, 100)
	if p.Outlet == "" && base != nil {
		p.Outlet = strings.TrimPrefix(base.Hostname(), "www.")
	}
	body := findFirst(doc, atom.Body)
	if body == nil {
		body = doc
	}
	whole := inLines(body)
	found, title := readable(doc, base)
	if found == nil {
		p.Text = whole
		return nil
	}
	if p.Text = inLines(found); len(p.Text)*8 < len(whole) && len(p.Text) < 400 {
		p.Text = whole // it took a note beside the article for the article
	}
	if p.Title == "" {
		p.Title = clip(title, 300)
	}
	if p.Title != "" && !strings.HasPrefix(p.Text, p.Title) {
		p.Text = p.Title + "\n\n" + p.Text
	}
	return nil
}

// readable asks the library for the article's part of the page; nil when it finds none,
// or fails on it.
func readable(doc *html.Node, base *url.URL) (found *html.Node, title string) {
	defer func() {
		if recover() != nil { // pages are made by anybody
			found, title = nil, ""
		}
	}()
	parser := readability.NewParser()
	parser.MaxElemsToParse = 200_000
	got, err := parser.ParseDocument(doc, base)
	if err != nil || got.Node == nil {
		return nil, ""
	}
	return got.Node, got.Title()
}

// blocks are elements that stand on lines of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true,
	atom.H6: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Blockquote: true, atom.Header: true, atom.Footer: true, atom.Figcaption: true,
	atom.Figure: true, atom.Table: true, atom.Tr: true, atom.Pre: true, atom.Hr: true, atom.Main: true, atom.Nav: true, atom.Aside: true, atom.Form: true,
	atom.Dd: true, atom.Dt: true, atom.Dl: true, atom.Address: true, atom.Body: true,
}

// unseen are elements whose words nobody reads.
var unseen = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Svg: true, atom.Iframe: true, atom.Select: true, atom.Button: true, atom.Textarea: true,
}

// inLines gives the words of a node, its paragraphs parted by empty lines.
func inLines(n *html.Node) string {
	var lines []string
	var line strings.Builder
	end := func() {
		if s := strings.Join(strings.Fields(line.String()), " "); s != "" {
			lines = append(lines, s)
		}
		line.Reset()
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			line.WriteString(n.Data)
		case n.Type == html.ElementNode && unseen[n.DataAtom]:
			return
		case n.DataAtom == atom.Br:
			end()
		}
		block := n.Type == html.ElementNode && blocks[n.DataAtom]
		if block {
			end()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			end()
		} else if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
			line.WriteByte(' ')
		}
	}
	walk(n)
	end()
	return plain(strings.Join(lines, "\n\n"))
}

func findFirst(n *html.Node, a atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == a {
			return d
		}
	}
	return nil
}

// tells is what a page says of itself.
type tells struct{ lang, title, published, outlet string }

// tellsOf reads a page's declarations: structured data first, then meta elements, then a
// time element.
func tellsOf(doc *html.Node) tells {
	var linked, meta, seen tells
	var heading string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			meta.lang = attr(n, "lang")
		case atom.Title:
			seen.title = cmp.Or(seen.title, inLine(n))
		case atom.H1:
			heading = cmp.Or(heading, inLine(n))
		case atom.Time:
			if seen.published == "" || attr(n, "pubdate") != "" || attr(n, "itemprop") == "datePublished" {
				seen.published = cmp.Or(Day(attr(n, "datetime")), seen.published)
			}
		case atom.Script:
			if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil {
				structured(n.FirstChild.Data, &linked)
			}
		case atom.Meta:
			metaTells(n, &meta)
		}
	}
	return tells{
		lang:      cmp.Or(linked.lang, meta.lang),
		title:     cmp.Or(heading, linked.title, meta.title, seen.title),
		published: cmp.Or(linked.published, meta.published, seen.published),
		outlet:    cmp.Or(linked.outlet, meta.outlet),
	}
}

func metaTells(n *html.Node, t *tells) {
	value := strings.TrimSpace(attr(n, "content"))
	switch strings.ToLower(cmp.Or(attr(n, "property"), attr(n, "name"), attr(n, "itemprop"), attr(n, "http-equiv"))) {
	case "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date", "publish_date", "dc.date.issued", "dc.date", "dcterms.created",
		"dcterms.issued", "date", "sailthru.date", "parsely-pub-date", "mediator_published_time", "publication_date", "article.published", "weibo:article:create_at":
		t.published = cmp.Or(t.published, Day(value))
	case "og:site_name", "application-name", "dc.publisher":
		t.outlet = cmp.Or(t.outlet, value)
	case "og:title", "dc.title":
		t.title = cmp.Or(t.title, value)
	case "content-language", "og:locale":
		t.lang = cmp.Or(t.lang, value)
	}
}

// structured reads JSON-LD of an article.
func structured(text string, t *tells) {
	if len(text) > 1<<20 {
		return
	}
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return
	}
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		if depth > 6 {
			return
		}
		switch v := v.(type) {
		case []any:
			for _, w := range v {
				walk(w, depth+1)
			}
		case map[string]any:
			if word, ok := v["datePublished"].(string); ok {
				t.published = cmp.Or(t.published, Day(word))
				headline, _ := v["headline"].(string)
				lang, _ := v["inLanguage"].(string)
				t.title, t.lang = cmp.Or(t.title, headline), cmp.Or(t.lang, lang)
				if by, ok := v["publisher"].(map[string]any); ok {
					name, _ := by["name"].(string)
					t.outlet = cmp.Or(t.outlet, name)
				}
			}
			walk(v["@graph"], depth+1)
			walk(v["mainEntity"], depth+1)
		}
	}
	walk(v, 0)
}

var leadingDay = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})`)

// Day gives the day of a date as it was written, in its own zone, or "" when it is none.
func Day(s string) string {
	s = strings.TrimSpace(s)
	if m := leadingDay.FindStringSubmatch(s); m != nil {
		if t, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3]); err == nil {
			return t.Format(time.DateOnly)
		}
		return ""
	}
	if t, err := When(s); err == nil {
		return t.Format(time.DateOnly)
	}
	return ""
}

var errNoTime = errors.New("no time that can be read")

// When reads a time in one of the forms that pages and feeds use.
func When(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	for _, form := range []string{
		time.RFC3339, time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST",
		"Mon, 2 Jan 2006 15:04 -0700", "Mon, 2 Jan 2006 15:04 MST", time.RFC850, time.ANSIC, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02",
		"20060102T150405Z0700", "20060102", "January 2, 2006", "Jan 2, 2006", "2 January 2006",
	} {
		if t, err := time.Parse(form, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errNoTime
}

func inLine(n *html.Node) string { return strings.Join(strings.Fields(inLines(n)), " ") }

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, key) {
			return a.Val
		}
	}
	return ""
}
