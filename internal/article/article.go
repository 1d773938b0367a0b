// Package article turns what was fetched or opened into the text of an article: bytes in
// any usual encoding, a page or plain text. It finds the day of publication and the
// outlet where the page tells them, and keeps nothing.
package article

import (
	"bytes"
	"fmt"
	"mime"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/truceline/truceline/problem"
)

// Most is the most bytes of a page that is read.
const Most = 16 << 20

// Page is an article as it came.
type Page struct {
	Text      string // plain, paragraphs on lines of their own; lines end in "\n"
	Title     string
	Lang      string // as the page declares it: "en", "ru", "uk", "zh"; empty for any other
	Published string // EDTF of the day, as the page writes it; empty where it tells none
	Outlet    string // the name of the site
	Charset   string // that the bytes were read in
	HTML      bool
}

// Read reads bytes of a type (a Content-Type, or empty) from an address or file, which is
// for problems and links alone.
func Read(data []byte, contentType, from string) (*Page, error) {
	bad := func(code, what, mend string) (*Page, error) {
		return nil, problem.List{{Code: code, File: from, What: what, Mend: mend}}
	}
	if len(data) > Most {
		return bad("too-long", fmt.Sprintf("the page has more than %d MiB: that is no article", Most>>20), "save the article's own words as text and give that file")
	}
	kind, params, _ := mime.ParseMediaType(contentType)
	if kind != "" && !strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "html") && kind != "application/octet-stream" && !strings.HasSuffix(kind, "xml") {
		return bad("not-an-article", fmt.Sprintf("what is there is %s, not a page or text", kind), "give the address or a file of the article itself")
	}
	if bytes.HasPrefix(data, []byte("%PDF-")) || bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return bad("not-an-article", "the file is a PDF or an archive, not a page or text", "save the article as text, or as a web page")
	}
	text, charset, ok := decode(data, params["charset"])
	if !ok {
		return bad("unknown-encoding", "the bytes are text in no encoding that is known", "save the article as UTF-8")
	}
	p := &Page{Charset: charset, HTML: strings.Contains(kind, "html") || kind != "text/plain" && looksLikeHTML(text)}
	if p.HTML {
		base, _ := url.Parse(from)
		if err := p.extract(text, base); err != nil {
			return bad("bad-page", "the page cannot be taken apart: "+err.Error(), "save the article's own words as text and give that file")
		}
	} else {
		p.Text = plain(text)
	}
	if strings.TrimSpace(p.Text) == "" {
		return bad("no-article", "the page holds no words of an article", "it may be built by scripts or stand behind a form: save the words as text and give that file")
	}
	return p, nil
}

// looksLikeHTML tells a page from text that only speaks of tags.
func looksLikeHTML(text string) bool {
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 2048)]))
	for strings.HasPrefix(head, "<!--") || strings.HasPrefix(head, "<?xml") {
		end := strings.Index(head, ">")
		if end < 0 {
			return false
		}
		head = strings.TrimSpace(head[end+1:])
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<article", "<main", "<div", "<p>", "<h1", "<meta", "<title"} {
		if strings.HasPrefix(head, tag) {
			return true
		}
	}
	return false
}

// plain gives text with line feeds alone, without a mark of order or control characters.
func plain(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n").Replace(strings.TrimPrefix(text, "\ufeff"))
	text = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

// language gives the language of a tag, where it is one of the four.
func language(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	base, _, _ = strings.Cut(base, "_")
	switch base {
	case "en", "ru", "uk", "zh":
		return base
	}
	return ""
}

// clip bounds a name that a page gives.
func clip(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:most]))
}
