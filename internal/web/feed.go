package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/truceline/truceline/record"
)

// atomFeed is a feed of RFC 4287.
type atomFeed struct {
	XMLName   xml.Name     `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string       `xml:"xml:lang,attr"`
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Subtitle  string       `xml:"subtitle"`
	Updated   string       `xml:"updated"`
	Author    atomPerson   `xml:"author"`
	Links     []atomLink   `xml:"link"`
	Generator atomProgram  `xml:"generator"`
	Entries   []*atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomProgram struct {
	Version string `xml:"version,attr,omitempty"`
	Name    string `xml:",chardata"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Lang string `xml:"hreflang,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID       string       `xml:"id"`
	Title    atomText     `xml:"title"`
	Updated  string       `xml:"updated"`
	Author   atomPerson   `xml:"author"`
	Links    []atomLink   `xml:"link"`
	Category atomCategory `xml:"category"`
	Content  atomText     `xml:"content"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

const (
	atomType = "application/atom+xml"
	jsonType = "application/feed+json"
	htmlType = "text/html"
)

// atom serves what is new in the record as an Atom feed.
func (s *site) atom(r *http.Request, b base) (*sheet, error) {
	kind, err := newsKind(r)
	if err != nil {
		return nil, err
	}
	own, page := s.feedLinks(b, "/feed.atom", kind)
	f := &atomFeed{
		Lang: b.Lang, ID: "urn:uuid:" + s.ownName("feed", b.Lang, string(kind)), Title: s.feedTitle(b, kind), Subtitle: b.T("feed.about"),
		Updated: s.recorded(b.bench.Status().AsOf), Author: atomPerson{b.CaseTitle}, Generator: atomProgram{b.Foot.Version, "Truceline"},
	}
	f.Links = atomLinks(atomLink{"self", atomType, "", own}, atomLink{"alternate", htmlType, b.Lang, page})
	for i, x := range s.news(b, kind) {
		if i == 0 {
			f.Updated = x.updated
		}
		f.Entries = append(f.Entries, &atomEntry{
			ID: x.id, Title: atomText{"text", x.row.Lang, x.title}, Updated: x.updated, Author: atomPerson{x.author},
			Links:    atomLinks(atomLink{"alternate", htmlType, b.Lang, s.absolute(b.Address, b.Entry(record.Ref(x.row.Ref)))}),
			Category: atomCategory{x.kind, x.row.Kind}, Content: atomText{"text", "", strings.Join(x.lines, "\n")},
		})
	}
	return xmlSheet(atomType, b.Lang, f)
}

// atomLinks leaves out links without an address.
func atomLinks(list ...atomLink) []atomLink {
	var out []atomLink
	for _, l := range list {
		if l.Href != "" {
			out = append(out, l)
		}
	}
	return out
}

// xmlSheet writes a document.
func xmlSheet(contentType, lang string, v any) (*sheet, error) {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	e := xml.NewEncoder(&out)
	e.Indent("", " ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return newSheet(contentType+"; charset=utf-8", lang, out.Bytes()), nil
}

// jsonFeed is a feed of JSON Feed 1.1.
type jsonFeed struct {
	Version     string      `json:"version"`
	Title       string      `json:"title"`
	HomePageURL string      `json:"home_page_url,omitempty"`
	FeedURL     string      `json:"feed_url,omitempty"`
	Description string      `json:"description"`
	Language    string      `json:"language"`
	Items       []*jsonItem `json:"items"`
}

type jsonItem struct {
	ID           string       `json:"id"`
	URL          string       `json:"url,omitempty"`
	Title        string       `json:"title"`
	ContentText  string       `json:"content_text"`
	DateModified string       `json:"date_modified"`
	Authors      []jsonAuthor `json:"authors"`
	Tags         []string     `json:"tags"`
	Language     string       `json:"language"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

// jsonFeed serves the same as JSON.
func (s *site) jsonFeed(r *http.Request, b base) (*sheet, error) {
	kind, err := newsKind(r)
	if err != nil {
		return nil, err
	}
	own, page := s.feedLinks(b, "/feed.json", kind)
	f := &jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: s.feedTitle(b, kind), HomePageURL: page, FeedURL: own,
		Description: b.T("feed.about"), Language: b.Lang, Items: []*jsonItem{},
	}
	for _, x := range s.news(b, kind) {
		f.Items = append(f.Items, &jsonItem{
			ID: x.id, URL: s.absolute(b.Address, b.Entry(record.Ref(x.row.Ref))), Title: x.title, ContentText: strings.Join(x.lines, "\n"),
			DateModified: x.updated, Authors: []jsonAuthor{{x.author}}, Tags: []string{x.row.Kind}, Language: cmp.Or(x.row.Lang, b.Lang),
		})
	}
	return documentSheet(jsonType, b.Lang, f)
}

// documentSheet writes a document.
func documentSheet(contentType, lang string, v any) (*sheet, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return newSheet(contentType, lang, out.Bytes()), nil
}
