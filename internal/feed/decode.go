// Package feed follows the feeds of outlets for a case: RSS, Atom, JSON Feed and site maps.
// It asks politely, keeps the originals of new articles, groups those that say nearly the
// same, and leaves a file of proposals for each: nothing of it is recorded.
package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"github.com/truceline/truceline/internal/article"
	"github.com/truceline/truceline/problem"
)

// Bounds of a feed.
const (
	MaxFeed  = 32 << 20
	MaxItems = 50_000 // a site map may list so many
	maxText  = 4 << 10
	maxDeep  = 64
)

// Kinds of feed.
const (
	RSS   = "rss"
	Atom  = "atom"
	JSON  = "json"
	Map   = "sitemap"
	Index = "sitemap-index" // of site maps
)

// Feed is what a feed lists, in its order.
type Feed struct {
	Kind  string
	Title string
	Items []Item
}

// Item is an article, or a site map in an index of them.
type Item struct {
	Address string
	Title   string
	Time    time.Time // of publication, or of the last change; zero when it is not told
	Lang    string
}

// Parse reads a feed of any kind. Addresses are made whole from base; items without one
// that can be asked are left out. The error is a problem.List.
func Parse(data []byte, base string) (*Feed, error) {
	bad := func(what, mend string) (*Feed, error) {
		return nil, problem.List{{Code: "bad-feed", File: base, What: what, Mend: mend}}
	}
	if len(data) > MaxFeed {
		return bad(fmt.Sprintf("the feed has more than %d MiB", MaxFeed>>20), "follow one of its parts")
	}
	at, err := url.Parse(base)
	if err != nil {
		return bad("its address cannot be read", "write https://…")
	}
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	var f *Feed
	if bytes.HasPrefix(data, []byte("{")) {
		f, err = readJSON(data)
	} else {
		f, err = readXML(data)
	}
	if err != nil {
		return bad("it is no feed: "+err.Error(), "give the address of an RSS, Atom or JSON feed, or of a site map")
	}
	kept := f.Items[:0]
	seen := map[string]bool{}
	for _, item := range f.Items {
		to, err := at.Parse(strings.TrimSpace(item.Address))
		if err != nil || item.Address == "" || to.Scheme != "http" && to.Scheme != "https" || to.Hostname() == "" || to.User != nil {
			continue
		}
		to.Fragment = ""
		item.Address = to.String()
		if len(item.Address) <= 2048 && !seen[item.Address] {
			seen[item.Address] = true
			kept = append(kept, item)
		}
	}
	f.Items = kept
	return f, nil
}

func readJSON(data []byte) (*Feed, error) {
	var raw struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Items   []struct {
			URL      string `json:"url"`
			External string `json:"external_url"`
			Title    string `json:"title"`
			Date     string `json:"date_published"`
			Modified string `json:"date_modified"`
			Lang     string `json:"language"`
		} `json:"items"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, err
	}
	if !strings.Contains(raw.Version, "jsonfeed.org/version/") {
		return nil, errors.New("it does not say which version of JSON Feed it is")
	}
	f := &Feed{Kind: JSON, Title: clip(raw.Title)}
	for _, r := range raw.Items[:min(len(raw.Items), MaxItems)] {
		item := Item{Address: r.URL, Title: clip(r.Title), Time: when(r.Date), Lang: clip(r.Lang)}
		if item.Address == "" {
			item.Address = r.External
		}
		if item.Time.IsZero() {
			item.Time = when(r.Modified)
		}
		f.Items = append(f.Items, item)
	}
	return f, nil
}

// roots tell the kind of a feed by its first element.
var roots = map[string]string{"rss": RSS, "RDF": RSS, "feed": Atom, "urlset": Map, "sitemapindex": Index}

// items are the elements of one item, by kind.
var items = map[string]string{RSS: "item", Atom: "entry", Map: "url", Index: "sitemap"}

// readXML reads element by element: what is not known is passed over, and nothing is held
// but the items.
func readXML(data []byte) (*Feed, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	f := &Feed{}
	var path []string
	var item *Item
	var words strings.Builder
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if len(f.Items) > 0 { // what came before is whole
				break
			}
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			name := t.Name.Local
			if len(path) == 0 {
				if f.Kind = roots[name]; f.Kind == "" {
					return nil, fmt.Errorf("it begins with <%.40s>", name)
				}
			}
			if len(path) >= maxDeep {
				return nil, errors.New("it is nested too deeply")
			}
			path = append(path, name)
			words.Reset()
			switch {
			case name == items[f.Kind] && len(f.Items) < MaxItems:
				item = &Item{}
			case item != nil && f.Kind == Atom && name == "link":
				if rel := attribute(t, "rel"); item.Address == "" || rel == "alternate" {
					if rel == "" || rel == "alternate" {
						item.Address = attribute(t, "href")
					}
				}
			}
		case xml.CharData:
			if words.Len() < maxText {
				words.Write(t[:min(len(t), maxText)])
			}
		case xml.EndElement:
			if len(path) == 0 {
				continue
			}
			name := path[len(path)-1]
			path = path[:len(path)-1]
			text := strings.TrimSpace(words.String())
			words.Reset()
			switch {
			case item != nil && name == items[f.Kind]:
				f.Items = append(f.Items, *item)
				item = nil
			case item != nil:
				item.take(f.Kind, t.Name.Space, name, text)
			case name == "title" && f.Title == "":
				f.Title = clip(text)
			}
		}
	}
	if f.Kind == "" {
		return nil, errors.New("it holds no element")
	}
	return f, nil
}

// take takes in a field of an item.
func (i *Item) take(kind, space, name, text string) {
	switch name {
	case "title":
		if i.Title == "" {
			i.Title = clip(text)
		}
	case "link":
		if kind == RSS && i.Address == "" && space != "http://www.w3.org/2005/Atom" {
			i.Address = text
		}
	case "guid":
		if i.Address == "" && (strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")) {
			i.Address = text
		}
	case "loc":
		if i.Address == "" && (kind == Map || kind == Index) {
			i.Address = text
		}
	case "pubDate", "published", "publication_date":
		if t := when(text); !t.IsZero() {
			i.Time = t
		}
	case "date", "updated", "lastmod":
		if i.Time.IsZero() {
			i.Time = when(text)
		}
	case "language":
		if i.Lang == "" {
			i.Lang = clip(text)
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func when(s string) time.Time {
	t, err := article.When(s)
	if err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// clip bounds a text that a feed gives.
func clip(s string) string {
	s = strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "�")
	if r := []rune(s); len(r) > 300 {
		return string(r[:300])
	}
	return s
}
