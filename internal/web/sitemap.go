package web

import (
	"encoding/xml"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/internal/view"
)

// perMap is how many addresses a part of the site map holds: a quarter of what the
// protocol allows, for every address names its page in every language.
const perMap = 10_000

type mapIndex struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Parts   []mapPart `xml:"sitemap"`
}

type mapPart struct {
	Loc string `xml:"loc"`
}

type mapSet struct {
	XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string     `xml:"xmlns:xhtml,attr"`
	URLs    []mapEntry `xml:"url"`
}

type mapEntry struct {
	Loc  string    `xml:"loc"`
	Alts []mapLink `xml:"xhtml:link"`
}

type mapLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// values lists what stands for the parts of a page's path in braces, by their names: the
// addresses of all such pages follow from it. A page whose part is not named here stands
// in no site map.
func (s *site) values(v *view.View) map[string]func() []string {
	return map[string]func() []string{
		"{ref}": func() []string {
			var list []string
			for n := range v.Status().AsOf {
				ref := s.c.Entries[n].Envelope.Entry.Ref
				if it, ok := v.Item(ref); ok && it.Position == n+1 {
					list = append(list, string(ref))
				}
			}
			return list
		},
		"{id}": v.Agreements,
		"{day}": func() []string {
			last := s.day(v.Question.At)
			return slices.DeleteFunc(keys(v.DayCounts()), func(d string) bool { return d > last })
		},
	}
}

// paths lists the paths of all pages, without the language.
func (s *site) paths(v *view.View) []string {
	values := s.values(v)
	list := []string{"/card"}
	for _, p := range s.pages() {
		path := strings.TrimSuffix(p.path, "{$}")
		before, rest, part := strings.Cut(path, "{")
		if !part {
			list = append(list, path)
			continue
		}
		name, after, _ := strings.Cut("{"+rest, "}")
		if fill := values[name+"}"]; fill != nil && !strings.Contains(after, "{") {
			for _, value := range fill() {
				list = append(list, before+url.PathEscape(value)+after)
			}
		}
	}
	return list
}

// siteMap serves the list of parts, or one of them: /sitemap-1.xml. Nothing else stands
// at the root.
func (s *site) siteMap(w http.ResponseWriter, r *http.Request) {
	number := 0
	if text := r.PathValue("part"); text != "" {
		digits, begins := strings.CutPrefix(text, "sitemap-")
		digits, ends := strings.CutSuffix(digits, ".xml")
		n, err := strconv.Atoi(digits)
		if err != nil || !begins || !ends || n < 1 || strconv.Itoa(n) != digits {
			s.problem(w, r, http.StatusNotFound, "problem.not-found", "")
			return
		}
		number = n
	}
	address := s.address(r)
	if address == "" { // a site map holds whole addresses
		s.problem(w, r, http.StatusNotFound, "problem.not-found", "")
		return
	}
	s.keptFor(w, r, address, func(v *view.View) (*sheet, error) {
		paths := s.paths(v)
		each := max(1, perMap/len(s.languages()))
		if number == 0 {
			index := mapIndex{}
			for n := range (len(paths) + each - 1) / each {
				index.Parts = append(index.Parts, mapPart{address + "/sitemap-" + strconv.Itoa(n+1) + ".xml"})
			}
			return xmlSheet("application/xml", "", index)
		}
		from := (number - 1) * each
		if from >= len(paths) {
			return nil, errNotFound
		}
		set := mapSet{XHTML: "http://www.w3.org/1999/xhtml"}
		for _, path := range paths[from:min(from+each, len(paths))] {
			var alts []mapLink
			for _, lang := range s.languages() {
				link := s.absolute(address, template.URL("/"+lang+path)) //nolint:gosec // the parts are escaped
				alts = append(alts, mapLink{"alternate", lang, link})
			}
			for _, alt := range slices.Clone(alts) {
				set.URLs = append(set.URLs, mapEntry{alt.Href, alts})
			}
		}
		return xmlSheet("application/xml", "", set)
	})
}

// robots tells programs what to leave alone: views of other moments and filtered lists,
// which are without number, and the interface.
func (s *site) robots(w http.ResponseWriter, r *http.Request) {
	text := "User-agent: *\nDisallow: /api/\nDisallow: /*?\nAllow: /*?page=\nAllow: /static/\n"
	if address := s.address(r); address != "" {
		text += fmt.Sprintf("Sitemap: %s/sitemap.xml\n", address)
	}
	newSheet("text/plain; charset=utf-8", "", []byte(text)).send(w, r)
}
