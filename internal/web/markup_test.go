package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// parse reads a page.
func parse(t testing.TB, body string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// all gives the elements of a name, in document order; "" gives every element.
func all(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (name == "" || d.Data == name) {
			out = append(out, d)
		}
	}
	return out
}

// attr gives an attribute, and whether it is there.
func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// classed gives the elements that carry a class.
func classed(n *html.Node, class string) []*html.Node {
	var out []*html.Node
	for _, e := range all(n, "") {
		if v, _ := attr(e, "class"); slices.Contains(strings.Fields(v), class) {
			out = append(out, e)
		}
	}
	return out
}

// words gives the text under a node, its white space folded.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// links gives the addresses that a page leads to within the site.
func links(n *html.Node) []string {
	var out []string
	for _, a := range all(n, "a") {
		if href, _ := attr(a, "href"); strings.HasPrefix(href, "/") {
			out = append(out, href)
		}
	}
	return out
}

// faults lists what a page's markup lacks for those who do not see it, and what
// the policy of the site forbids.
func faults(doc *html.Node, lang string) []string {
	var list []string
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	root := all(doc, "html")[0]
	if got, _ := attr(root, "lang"); got != lang {
		add("html lang %q, want %q", got, lang)
	}
	ids := map[string]bool{}
	labelled := map[string]bool{}
	for _, e := range all(doc, "") {
		if id, ok := attr(e, "id"); ok {
			if ids[id] {
				add("id %q stands twice", id)
			}
			ids[id] = true
		}
		if target, ok := attr(e, "for"); ok {
			labelled[target] = true
		}
	}
	level, firsts := 0, 0
	for _, e := range all(doc, "") {
		if len(e.Data) == 2 && e.Data[0] == 'h' && e.Data[1] >= '1' && e.Data[1] <= '6' {
			n := int(e.Data[1] - '0')
			if n > level+1 {
				add("<%s> %q follows a heading of level %d", e.Data, words(e), level)
			}
			if words(e) == "" {
				add("<%s> is empty", e.Data)
			}
			level = n
			if n == 1 {
				firsts++
			}
		}
		for _, key := range []string{"aria-labelledby", "aria-describedby"} {
			v, _ := attr(e, key)
			for id := range strings.FieldsSeq(v) {
				if !ids[id] {
					add("%s names %q, which is not there", key, id)
				}
			}
		}
		if v, ok := attr(e, "lang"); ok && v == "" {
			add("<%s> has an empty lang", e.Data)
		}
		if v, ok := attr(e, "aria-label"); ok && (v == "" || strings.Contains(v, "[")) {
			add("<%s> has the label %q", e.Data, v)
		}
		if _, ok := attr(e, "style"); ok {
			add("<%s> has a style of its own", e.Data)
		}
		list = append(list, elementFaults(e, labelled)...)
	}
	if firsts != 1 {
		add("%d first headings", firsts)
	}
	if n := len(all(doc, "main")); n != 1 {
		add("%d main landmarks", n)
	}
	return list
}

// elementFaults lists what one element lacks.
func elementFaults(e *html.Node, labelled map[string]bool) []string {
	var list []string
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	switch e.Data {
	case "iframe", "object":
		add("<%s> stands on the page", e.Data)
	case "script":
		if src, _ := attr(e, "src"); !strings.HasPrefix(src, "/static/") || words(e) != "" {
			add("a script of %q stands on the page", src)
		}
	case "input", "select", "textarea":
		if kind, _ := attr(e, "type"); kind == "hidden" {
			break
		}
		if id, _ := attr(e, "id"); !labelled[id] {
			add("%s %q has no label", e.Data, id)
		}
	case "th":
		if scope, _ := attr(e, "scope"); scope != "col" && scope != "row" {
			add("<th> %q has no scope", words(e))
		}
	case "table":
		if c := all(e, "caption"); len(c) != 1 || words(c[0]) == "" {
			add("a table has no caption")
		}
	case "svg":
		_, hidden := attr(e, "aria-hidden")
		if t := all(e, "title"); !hidden && (len(t) == 0 || words(t[0]) == "") {
			add("a drawing has no title")
		}
	case "a":
		href, _ := attr(e, "href")
		rel, _ := attr(e, "rel")
		if href == "" || words(e) == "" {
			add("a link %q says %q", href, words(e))
		}
		if strings.Contains(href, "://") && (!strings.Contains(rel, "noopener") || !strings.Contains(rel, "nofollow")) {
			add("the link to %s has rel %q", href, rel)
		}
	}
	rel, _ := attr(e, "rel")
	names := rel == "canonical" || rel == "alternate" // an address, nothing that is fetched
	for _, a := range e.Attr {
		if strings.HasPrefix(a.Key, "on") {
			add("<%s> has %s", e.Data, a.Key)
		}
		if (a.Key == "src" || e.Data == "link" && !names && a.Key == "href") && strings.Contains(a.Val, "//") {
			add("<%s> fetches %s", e.Data, a.Val)
		}
	}
	return list
}
