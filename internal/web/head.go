package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/record"
)

// head is what a page says of itself to programs: search engines, readers of feeds and
// those who draw a preview of a link.
type head struct {
	Canonical  string // the one address of this page; absolute where the site's is known
	Alternates []headLink
	Feeds      []headLink
	Data       string // the record described as data
	Absolute   bool   // Canonical is a whole address
	Locale     string // as OpenGraph writes it
	Others     []string
	Schema     string // what schema.org calls such a page
}

// headLink is a link of a page's head.
type headLink struct{ Lang, Type, Title, URL string }

// locales are the languages as OpenGraph names them.
var locales = map[string]string{"en": "en_GB", "ru": "ru_RU", "uk": "uk_UA", "zh": "zh_CN"}

// head fills in what a page's head says. Addresses are whole where the operator gave the
// site's, else they begin at its root: what a request calls the site stands on no page.
func (s *site) head(r *http.Request, b base) head {
	h := head{Locale: locales[b.Lang], Schema: schema(b.Path)}
	address := s.options.Address
	whole := func(u template.URL) string {
		if address == "" {
			return string(u)
		}
		return s.absolute(address, u)
	}
	if b.Static && address == "" {
		whole = func(u template.URL) string { return string(u) } // made relative where it is laid out
	}
	for _, a := range b.Alternates {
		if link := whole(a.URL); link != "" {
			h.Alternates = append(h.Alternates, headLink{Lang: a.Lang, URL: link})
			if a.Current {
				h.Canonical, h.Absolute = link, address != ""
			} else {
				h.Others = append(h.Others, locales[a.Lang])
			}
		}
	}
	if b.Path == "/" {
		if link := whole(withQuery("/", r.URL.Query())); link != "" {
			h.Alternates = append(h.Alternates, headLink{Lang: "x-default", URL: link})
		}
	} else if len(h.Alternates) > 0 {
		h.Alternates = append(h.Alternates, headLink{Lang: "x-default", URL: h.Alternates[0].URL})
	}
	if b.Static && address == "" {
		h.Canonical = "" // nobody knows where the files will stand
	}
	kind := url.Values{}
	if k := record.Kind(r.URL.Query().Get("kind")); b.Path == "/timeline" && slices.Contains(record.Kinds(), k) {
		kind.Set("kind", string(k)) // a list of one kind has feeds of it
	}
	h.Feeds = []headLink{
		{Type: atomType, Title: b.T("follow.atom"), URL: string(withQuery(b.Link("/feed.atom"), kind))},
		{Type: jsonType, Title: b.T("follow.json"), URL: string(withQuery(b.Link("/feed.json"), kind))},
		{Type: calendarType, Title: b.T("follow.calendar"), URL: string(b.Link("/calendar.ics"))},
	}
	h.Data = string(b.Link("/dataset.jsonld"))
	return h
}

// schema names the type of a page. Texts are documents, not laws; nothing here reviews a
// claim.
func schema(path string) string {
	kind := "WebPage"
	switch first := firstSegment(path); {
	case first == "agreements" && path != "/agreements":
		kind = "DigitalDocument"
	case first == "reports" && path != "/reports":
		kind = "Report"
	case slices.Contains([]string{"incidents", "timeline", "statements", "agreements", "reports"}, first):
		kind = "CollectionPage"
	}
	return "https://schema.org/" + kind
}

// languages are those in which the site speaks.
func (s *site) languages() []string {
	if s.options.Static != nil {
		return s.options.Static.Languages
	}
	return explain.Languages()
}

// dataset describes the record as data, in schema.org's words.
func (s *site) dataset(_ *http.Request, b base) (*sheet, error) {
	type file struct {
		Type   string `json:"@type"`
		Name   string `json:"name"`
		Format string `json:"encodingFormat"`
		URL    string `json:"contentUrl,omitempty"`
	}
	files := []file{
		{"DataDownload", b.T("follow.status"), "application/json", s.absolute(b.Address, "/api/status.json"+b.Query)},
		{"DataDownload", b.T("nav.map"), "application/geo+json", s.absolute(b.Address, "/api/map.geojson"+b.Query)},
		{"DataDownload", b.T("follow.atom"), atomType, s.absolute(b.Address, b.Link("/feed.atom"))},
		{"DataDownload", b.T("follow.json"), jsonType, s.absolute(b.Address, b.Link("/feed.json"))},
		{"DataDownload", b.T("follow.calendar"), calendarType, s.absolute(b.Address, b.Link("/calendar.ics"))},
	}
	st := b.bench.Status()
	until := min(s.c.World.Until-1, b.bench.Question.At, b.bench.Question.KnownBy)
	return documentSheet("application/ld+json", b.Lang, struct {
		Context  string `json:"@context"`
		Type     string `json:"@type"`
		ID       string `json:"@id"`
		Name     string `json:"name"`
		About    string `json:"description"`
		Language string `json:"inLanguage"`
		URL      string `json:"url,omitempty"`
		Version  int    `json:"version"`
		Modified string `json:"dateModified"`
		Covers   string `json:"temporalCoverage"`
		Free     bool   `json:"isAccessibleForFree"`
		Method   string `json:"measurementTechnique"`
		Files    []file `json:"distribution"`
	}{
		"https://schema.org/", "Dataset", "urn:uuid:" + s.ownName("dataset"), b.CaseTitle, b.T("follow.dataset"), b.Lang, s.absolute(b.Address, b.Link("/")), st.AsOf,
		s.recorded(st.AsOf), s.day(s.c.World.From) + "/" + s.day(until), true, strings.TrimSpace("Truceline " + b.Foot.Version + " · " + st.Rules), files,
	})
}
