package web

import (
	"html/template"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
)

// Static makes a site whose answers are laid out as files: one question for all pages, no
// forms, and links only to what such files can answer.
type Static struct {
	Question  judge.Question
	Languages []string
}

// Pages lists the paths of all pages that have a fixed address as a question sees them, each
// in every language that is asked for.
func Pages(c *casefile.Case, o Static) []string {
	s := &site{c: c, views: view.New(c), options: Options{Static: &o}}
	var list []string
	for _, path := range s.paths(s.views.Of(o.Question)) {
		for _, lang := range o.Languages {
			list = append(list, "/"+lang+path)
		}
	}
	return list
}

// paged are the parts of a query that a file can answer, in the order in which they stand
// in its path.
var paged = []string{"kind", "agreement", "before", "page"}

// plain is a value that can stand in the name of a file.
var plain = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`)

// StaticFile gives the file, below the folder of an export, that answers an address of the
// site; false where none can. A page has a folder of its own, so has each page of a list:
// /en/timeline?page=2 stands in en/timeline/page-2/index.html.
func StaticFile(u *url.URL) (string, bool) {
	p := path.Clean("/" + u.Path)[1:]
	suffix := ""
	q := u.Query()
	for _, name := range paged {
		v := q.Get(name)
		if len(q[name]) > 1 || v != "" && !plain.MatchString(v) {
			return "", false
		}
		delete(q, name)
		if v != "" && (name != "page" || v != "1") {
			suffix += "/" + name + "-" + v
		}
	}
	for name, values := range q {
		if name == "v" && strings.HasPrefix(p, "static/") { // the hash of what does not change in place
			continue
		}
		for _, v := range values {
			if v != "" {
				return "", false
			}
		}
	}
	if ending := path.Ext(p); ending != "" && !named(p) {
		return strings.TrimSuffix(p, ending) + suffix + ending, true
	}
	return strings.TrimPrefix(p+suffix+"/index.html", "/"), true
}

// named tells a page whose last part is a name that an author gave, dots and all.
func named(p string) bool {
	parts := strings.Split(p, "/")
	return len(parts) == 3 && (parts[1] == "entries" || parts[1] == "agreements")
}

// choosePage lets the reader of an export choose a language, where nobody does it by what
// the reader's program says.
type choosePage struct {
	Brand, Style, Title string
	Languages           []chooseRow
}

type chooseRow struct {
	Lang, Name, Title string
	URL               template.URL
}

func (s *site) choose(w http.ResponseWriter, r *http.Request) {
	p := choosePage{Brand: s.brandName(s.languages()[0]), Style: s.style}
	for _, lang := range s.languages() {
		title, _ := s.speaker.Text(lang, s.c.Title)
		if p.Title == "" {
			p.Title = title
		}
		p.Languages = append(p.Languages, chooseRow{lang, s.messages.Say(lang, "language.name", nil, s.speaker), title, template.URL("/" + lang + "/")}) //nolint:gosec // a known language
	}
	out, err := s.templates["choose"].Execute("choose", p)
	if err != nil {
		s.options.Log.Error("page failed", "path", r.URL.Path, "err", err)
		s.problem(w, r, http.StatusInternalServerError, "problem.fault", "")
		return
	}
	newSheet("text/html; charset=utf-8", "", out).send(w, r)
}
