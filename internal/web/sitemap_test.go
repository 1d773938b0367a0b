package web_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"github.com/truceline/truceline/explain"
)

type siteMap struct {
	URLs []struct {
		Loc  string `xml:"loc"`
		Alts []struct {
			Lang string `xml:"hreflang,attr"`
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/1999/xhtml link"`
	} `xml:"url"`
}

func TestTheSiteMapNamesEveryPageInEveryLanguage(t *testing.T) {
	const address = "https://record.example"
	h := addressed(t, address)
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	if text := get(t, h, "/robots.txt").Body.String(); !strings.Contains(text, "\nSitemap: "+address+"/sitemap.xml\n") {
		t.Errorf("robots.txt: %s", text)
	}
	var index struct {
		Parts []string `xml:"sitemap>loc"`
	}
	if err := xml.Unmarshal(get(t, h, "/sitemap.xml").Body.Bytes(), &index); err != nil || len(index.Parts) == 0 {
		t.Fatal(err, index)
	}
	found := map[string]bool{}
	for _, part := range index.Parts {
		var m siteMap
		w := get(t, h, strings.TrimPrefix(part, address))
		if err := xml.Unmarshal(w.Body.Bytes(), &m); err != nil || w.Code != http.StatusOK || len(m.URLs) == 0 || len(m.URLs) > 50_000 {
			t.Fatalf("%s: %d, %v, %d addresses", part, w.Code, err, len(m.URLs))
		}
		for _, u := range m.URLs {
			found[strings.TrimPrefix(u.Loc, address)] = true
			own := false
			for i, a := range u.Alts {
				own = own || a.Href == u.Loc
				if a.Lang != explain.Languages()[i] || !strings.HasPrefix(a.Href, address+"/"+a.Lang+"/") {
					t.Errorf("%s: %+v", u.Loc, a)
				}
			}
			if !own || len(u.Alts) != len(explain.Languages()) {
				t.Errorf("%s: alternates %+v", u.Loc, u.Alts)
			}
		}
	}
	for _, path := range []string{"/en/", "/zh/timeline", "/uk/incidents", "/ru/agreements/energy-2025-03", "/en/entries/B46"} {
		if !found[path] {
			t.Errorf("%s is not in the site map", path)
		}
	}
	if len(found) < 4*len(c.Entries) {
		t.Errorf("only %d addresses", len(found))
	}
	n := 0
	for path := range found { // some of them, as they come
		if w := get(t, h, path); w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
		if n++; n == 60 {
			break
		}
	}
	for _, path := range []string{"/sitemap-0.xml", "/sitemap-99.xml", "/sitemap-01.xml", "/sitemap-1", "/sitemap-x.xml", "/1.xml", "/fr"} {
		if w := get(t, h, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestPagesSayWhatTheyAre(t *testing.T) {
	const address = "https://record.example"
	h := addressed(t, address)
	for _, tt := range []struct{ path, canonical, schema, first string }{
		{"/", "/", "WebPage", ""},
		{"/?at=2025-03-12", "/?at=2025-03-12", "WebPage", "No. By no reading"},
		{"/incidents", "/incidents", "CollectionPage", "Each"},
		{"/agreements/jeddah-2025-03-11", "/agreements/jeddah-2025-03-11", "DigitalDocument", ""},
		{"/entries/B46", "/entries/B46", "WebPage", ""},
		{"/timeline?kind=contact", "/timeline?kind=contact", "CollectionPage", ""},
	} {
		doc := parse(t, get(t, h, "/en"+tt.path).Body.String())
		meta, link := map[string]string{}, map[string]string{}
		for _, m := range all(doc, "meta") {
			for _, key := range []string{"name", "property"} {
				if name, ok := attr(m, key); ok {
					meta[name], _ = attr(m, "content")
				}
			}
		}
		for _, l := range all(doc, "link") {
			rel, _ := attr(l, "rel")
			kind, _ := attr(l, "type")
			lang, _ := attr(l, "hreflang")
			link[rel+" "+kind+lang], _ = attr(l, "href")
		}
		whole := address + "/en" + tt.canonical
		if link["canonical "] != whole || meta["og:url"] != whole || link["alternate en"] != whole {
			t.Errorf("%s: %v, %v", tt.path, link, meta["og:url"])
		}
		if meta["description"] == "" || meta["description"] != meta["og:description"] || meta["og:title"] == "" || meta["og:locale"] != "en_GB" {
			t.Errorf("%s: %v", tt.path, meta)
		}
		for _, kind := range []string{"application/atom+xml", "application/feed+json", "text/calendar"} {
			if to := link["alternate "+kind]; to == "" || get(t, h, to).Code != http.StatusOK {
				t.Errorf("%s: no feed of %s at %q", tt.path, kind, to)
			}
		}
		if to := link["describedby application/ld+json"]; to == "" || get(t, h, to).Code != http.StatusOK {
			t.Errorf("%s: no data at %q", tt.path, to)
		}
		if tt.path == "/timeline?kind=contact" && link["alternate application/atom+xml"] != "/en/feed.atom?kind=contact" {
			t.Errorf("%s: %s", tt.path, link["alternate application/atom+xml"])
		}
		want := address + "/en" + tt.canonical
		if strings.HasPrefix(tt.path, "/?") || tt.path == "/" {
			want = address + tt.canonical
		}
		if link["alternate x-default"] != want {
			t.Errorf("%s: x-default %q", tt.path, link["alternate x-default"])
		}
		if got, _ := attr(all(doc, "main")[0], "itemtype"); got != "https://schema.org/"+tt.schema {
			t.Errorf("%s: %s", tt.path, got)
		}
		if !strings.HasPrefix(meta["description"], tt.first) {
			t.Errorf("%s: %s", tt.path, meta["description"])
		}
	}
}

func TestTheRecordIsDescribedAsData(t *testing.T) {
	const address = "https://record.example"
	h := addressed(t, address)
	for _, lang := range explain.Languages() {
		var d struct {
			Context string `json:"@context"`
			Type    string `json:"@type"`
			ID      string `json:"@id"`
			Name    string `json:"name"`
			Lang    string `json:"inLanguage"`
			Covers  string `json:"temporalCoverage"`
			Files   []struct {
				Format string `json:"encodingFormat"`
				URL    string `json:"contentUrl"`
			} `json:"distribution"`
		}
		w := get(t, h, "/"+lang+"/dataset.jsonld?known_by=2025-03-12")
		if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil || w.Header().Get("Content-Type") != "application/ld+json" {
			t.Fatalf("%s: %v", lang, err)
		}
		if d.Context != "https://schema.org/" || d.Type != "Dataset" || d.ID == "" || d.Name == "" || d.Lang != lang || d.Covers != "2022-02-01/2025-03-12" {
			t.Errorf("%s: %+v", lang, d)
		}
		for _, f := range d.Files {
			got := get(t, h, strings.TrimPrefix(f.URL, address))
			if got.Code != http.StatusOK || !strings.HasPrefix(got.Header().Get("Content-Type"), f.Format) || !strings.Contains(f.URL, "known_by=2025-03-12") {
				t.Errorf("%s: %s: %d, %s", lang, f.URL, got.Code, got.Header().Get("Content-Type"))
			}
		}
	}
}
