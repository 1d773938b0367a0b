// Package web owns the site: routes, page structs, templates and their messages.
// Every page is one struct of strings made ready for its template; a GET never
// writes. Pages need no JavaScript and fetch nothing from elsewhere;
// scripts that are built in (make assets) only add to them.
package web

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/fill"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/report"
)

//go:embed templates/*.html static messages assets
var files embed.FS

// Options are what a site needs beyond its case.
type Options struct {
	Now     func() time.Time // the clock; nil: time.Now
	Version string           // of the program, for the footer
	Log     *slog.Logger     // of faults; nil: discarded
	Address string           // where the site stands, as CheckAddress gives it; "": as requests say
	// Root gives the root of the record's tree at a position, base64, or "" ; nil for a
	// case in files.
	Root func(position int) string
	// Renders are the forms of a report beyond those of package report: "pdf", "docx".
	Renders map[string]report.Render
	Brand   *Brand  // of the operator; nil: the program's
	Static  *Static // answers are laid out as files; nil: they are served
}

// maxQuery bounds the length of a request's query, in bytes.
const maxQuery = 1024

// site serves one case. Its fields do not change after New; the cache has a lock
// of its own.
type site struct {
	c           *casefile.Case
	options     Options
	speaker     *explain.Speaker
	writer      *report.Writer
	messages    *explain.Catalogue
	keys        *record.Keys // of authors; empty for a case in files
	templates   map[string]*fill.Template
	views       *view.Views
	daily       *view.Kept[dailyKey, *report.Figures]
	digests     *view.Kept[dailyKey, *report.Digest]
	toldDays    *view.Kept[dailyKey, *report.Figures]
	whereabouts *view.Kept[placedKey, whereabouts]
	placed      sync.Map // whereabouts by placedKey, made ahead
	sheets      *sheets
	steady      *steadyParts
	gate        *gate
	css         *sheet
	logo        *sheet // of the brand; nil: none
	logoURL     template.URL
	published   map[string][]*casefile.Entry // that publish reports, by day
	shapes      sync.Map                     // of the map, by key: a shape each
	style       string                       // the address of the style sheet, with its hash
	matcher     language.Matcher
}

// New makes the site of a case. The error is of messages or templates that do not fit each other.
func New(c *casefile.Case, o Options) (*Site, error) {
	s, err := newSite(c, o)
	if err != nil {
		return nil, err
	}
	return &Site{s.safe(s.routes()), s}, nil
}

func newSite(c *casefile.Case, o Options) (*site, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	speaker, err := explain.New(c)
	if err != nil {
		return nil, err
	}
	sub, err := fs.Sub(files, "messages")
	if err != nil {
		return nil, err
	}
	messages, err := explain.LoadCatalogue(sub)
	if err != nil {
		return nil, fmt.Errorf("web: messages: %w", err)
	}
	daily, err := report.NewWriter(c)
	if err != nil {
		return nil, err
	}
	s := &site{writer: daily, c: c, options: o, speaker: speaker, messages: messages, keys: &record.Keys{}, views: view.New(c), daily: view.NewKept[dailyKey, *report.Figures](maxDaily), toldDays: view.NewKept[dailyKey, *report.Figures](maxDaily), digests: view.NewKept[dailyKey, *report.Digest](maxDigests), whereabouts: view.NewKept[placedKey, whereabouts](maxPlaced), sheets: newSheets(maxSheets), steady: view.NewKept[[sha256.Size]byte, []byte](maxSteady), gate: newGate(), published: publishedReports(c)}
	for i := range c.Entries {
		s.keys.Apply(c.Entries[i].Position, &c.Entries[i].Envelope.Entry)
	}
	tags := make([]language.Tag, 0, len(explain.Languages()))
	for _, l := range explain.Languages() {
		tags = append(tags, language.MustParse(l))
	}
	s.matcher = language.NewMatcher(tags)
	if s.templates, err = parseTemplates(); err != nil {
		return nil, err
	}
	css, err := styles()
	if err != nil {
		return nil, err
	}
	if b := o.Brand; b != nil {
		css = append(css, b.css...)
		if b.logo != nil {
			logo := newSheet(b.logoType, "", b.logo)
			logo.control = forever
			s.logo, s.logoURL = logo, template.URL("/static/logo"+b.logoEnd+"?v="+logo.tag[:12]) //nolint:gosec // a known name
		}
	}
	s.css = newSheet("text/css; charset=utf-8", "", css)
	s.css.control = forever
	s.style = "/static/style.css?v=" + s.css.tag[:12]
	return s, nil
}

// styles joins the parts of the one style sheet, in the order of their names.
func styles() ([]byte, error) {
	names, err := fs.Glob(files, "static/css/*.css")
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, name := range names {
		part, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
	}
	return out, nil
}

// forever is said of what is never changed in place: its address carries a hash.
const forever = "public, max-age=31536000, immutable"

func parseTemplates() (map[string]*fill.Template, error) {
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	out := make(map[string]*fill.Template, len(names))
	for _, name := range names {
		p := strings.TrimSuffix(path.Base(name), ".html")
		if slices.Contains([]string{"base", "parts", "chart", "bars"}, p) { // shared by all
			continue
		}
		t, err := template.New(p).ParseFS(files, "templates/base.html", "templates/parts.html", "templates/chart.html", "templates/bars.html", name)
		if err != nil {
			return nil, fmt.Errorf("web: template %s: %w", p, err)
		}
		out[p] = fill.New(t, nil)
	}
	out[templateOfReports] = fill.New(report.Template())
	return out, nil
}

// templateOfReports is that of package report. No file is called so.
const templateOfReports = "report.Template"

func (s *site) routes() *http.ServeMux {
	mux := http.NewServeMux()
	if s.options.Static != nil {
		mux.HandleFunc("GET /{$}", s.choose)
	} else {
		mux.HandleFunc("GET /{$}", s.redirect)
	}
	mux.HandleFunc("GET /static/style.css", s.css.send)
	if s.logo != nil {
		mux.HandleFunc("GET /static/logo"+s.options.Brand.logoEnd, s.logo.send)
	}
	mux.HandleFunc("GET /static/icon.svg", s.asset("static/icon.svg", "image/svg+xml"))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("GET /robots.txt", s.robots)
	mux.HandleFunc("GET /sitemap.xml", s.siteMap)
	mux.HandleFunc("GET /{part}", s.siteMap)
	mux.HandleFunc("GET /api/status.json", s.statusJSON)
	mux.HandleFunc("GET /{lang}/map.svg", s.mapSVG)
	mux.HandleFunc("GET /{lang}/feed.atom", s.beside(s.atom))
	mux.HandleFunc("GET /{lang}/feed.json", s.beside(s.jsonFeed))
	mux.HandleFunc("GET /{lang}/calendar.ics", s.beside(s.calendar))
	mux.HandleFunc("GET /{lang}/dataset.jsonld", s.beside(s.dataset))
	mux.HandleFunc("GET /{lang}/status.svg", s.beside(s.badge))
	mux.HandleFunc("GET /{lang}/card", s.beside(s.filled(s.embed)))
	mux.HandleFunc("GET /api/map.geojson", s.mapJSON)
	mux.HandleFunc("GET /api/map/layers.geojson", s.layersJSON)
	for _, name := range scripts {
		if _, err := files.ReadFile("assets/" + name); err == nil {
			mux.HandleFunc("GET /static/"+name, s.asset("assets/"+name, "text/javascript; charset=utf-8"))
		}
	}
	if _, err := files.ReadFile("assets/LICENCES.txt"); err == nil {
		mux.HandleFunc("GET /static/LICENCES.txt", s.asset("assets/LICENCES.txt", "text/plain; charset=utf-8"))
	}
	for _, p := range s.pages() {
		if p.path == "/reports/{day}" { // one address, a page or a form of it
			page := s.page(p.build)
			mux.HandleFunc("GET /{lang}/reports/{day}", func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.PathValue("day"), ".") {
					s.reportFile(w, r)
				} else {
					page(w, r)
				}
			})
			continue
		}
		mux.HandleFunc("GET /{lang}"+p.path, s.page(p.build))
	}
	if s.options.Static == nil {
		for _, l := range explain.Languages() {
			mux.Handle("GET /"+l, http.RedirectHandler("/"+l+"/", http.StatusMovedPermanently))
		}
	}
	mux.HandleFunc("GET /", s.page(func(*http.Request, base) (string, any, error) { return "", nil, errNotFound }))
	return mux
}

// safe sets the headers that every answer carries, bounds the query and turns a
// panic into a page.
func (s *site) safe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		defer func() {
			if fault := recover(); fault != nil {
				s.options.Log.Error("page failed", "path", r.URL.Path, "fault", fmt.Sprint(fault))
				s.problem(w, r, http.StatusInternalServerError, "problem.fault", "")
			}
		}()
		if len(r.URL.RawQuery) > maxQuery {
			s.problem(w, r, http.StatusRequestURITooLong, "problem.long", "")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// redirect sends the bare address to the reader's language.
func (s *site) redirect(w http.ResponseWriter, r *http.Request) {
	target := url.URL{Path: "/" + s.preferred(r) + "/", RawQuery: r.URL.RawQuery}
	w.Header().Set("Vary", "Accept-Language")
	http.Redirect(w, r, target.String(), http.StatusFound)
}

// preferred is the language that fits a reader's Accept-Language best.
func (s *site) preferred(r *http.Request) string {
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(tags) == 0 {
		return "en"
	}
	_, i, confidence := s.matcher.Match(tags...)
	if confidence == language.No {
		return "en"
	}
	return explain.Languages()[i]
}

// asset serves a file of the program. Its address carries a hash, or it is never
// changed in place.
func (s *site) asset(name, contentType string) http.HandlerFunc {
	made := sync.OnceValues(func() (*sheet, error) {
		body, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		p := packedSheet(contentType, "", body, packingOnce, nil)
		p.control = forever
		return p, nil
	})
	return func(w http.ResponseWriter, r *http.Request) {
		p, err := made()
		if err != nil {
			s.problem(w, r, http.StatusInternalServerError, "problem.fault", "")
			return
		}
		p.send(w, r)
	}
}

// matches tells whether an If-None-Match header names a tag (weakly).
func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if p := strings.TrimPrefix(strings.TrimSpace(part), "W/"); p == tag || p == "*" {
			return true
		}
	}
	return false
}
