package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// errNotFound is answered with a page that says that nothing stands here.
var errNotFound = errors.New("not found")

// base is what every page carries: its language, the question it answers, and the
// addresses that keep the question.
type base struct {
	s     *site
	bench *view.View

	Lang       string
	Title      string
	CaseTitle  string
	Style      string
	Query      template.URL // of the question, with its "?"; empty for the defaults
	Path       string       // without the language
	Alternates []alternate
	Permalink  template.URL // of this view, at this position of the record, whatever comes later
	Menu       []menuItem
	Ask        askForm
	Foot       foot
	OwnDay     bool // the page tells of a day of its own, which the reader does not ask for

	Description string // the page's first sentence, for previews of links; unless the page says it, what the record is
	Address     string // of the site, for what carries whole addresses; "" where nobody told
	Brand       string // what the site calls itself
	Logo        template.URL
	Static      bool // the page is laid out as a file: no forms, no other questions
	Head        head
}

// alternate is the same page in another language.
type alternate struct {
	Lang, Name string
	URL        template.URL
	Current    bool
}

// menuItem is a page of the menu.
type menuItem struct {
	Name    string
	URL     template.URL
	Current bool
	Within  bool // the page stands below it
}

// askForm holds the question as the reader put it.
type askForm struct {
	At, KnownBy, AsOf string
	Day               string      // At as a date, for the date field
	Least, Most       string      // the days that the case covers
	Kept              [][2]string // what else the page was asked, by name
	Past              bool        // a question about what was known or recorded earlier
}

// foot is what the foot of each page says.
type foot struct {
	AsOf       int
	Last       int
	Recorded   string
	At         string
	KnownBy    string
	Ends       string
	Zone       string
	Rules      string
	Zones      string
	Version    string
	Reviewed   bool
	Unreviewed int      // sentences of the language that nobody reviewed
	Unhoured   []string // entries used though only the day of their publication is known

	MoreUnhoured int // of them that are not named
}

// maxUnhoured bounds the entries that the foot names.
const maxUnhoured = 24

// T says a message of the interface.
func (b base) T(code string, args ...string) string {
	a := truth.Args{}
	for i := 0; i+1 < len(args); i += 2 {
		a[args[i]] = args[i+1]
	}
	return b.s.messages.Say(b.Lang, code, a, b.s.speaker)
}

// AskedPairs are the parts of the question, for forms that keep it.
func (b base) AskedPairs() [][2]string {
	var list [][2]string
	for _, p := range [][2]string{{"at", b.Ask.At}, {"known_by", b.Ask.KnownBy}, {"as_of", b.Ask.AsOf}} {
		if p[1] != "" {
			list = append(list, p)
		}
	}
	return list
}

// Link gives the address of a path of the site in the page's language, with the
// question kept.
func (b base) Link(path string) template.URL {
	return template.URL("/"+b.Lang+path) + b.Query //nolint:gosec // both halves are built by this package
}

// Entry gives the address of an entry's page.
func (b base) Entry(ref record.Ref) template.URL {
	return b.Link("/entries/" + url.PathEscape(string(ref)))
}

// withQuery adds values to an address of the site.
func withQuery(address template.URL, extra url.Values) template.URL {
	if len(extra) == 0 {
		return address
	}
	joint := "?"
	if strings.Contains(string(address), "?") {
		joint = "&"
	}
	return address + template.URL(joint+extra.Encode()) //nolint:gosec // encoded by net/url
}

// merge gives the values of both; those of the second go before.
func merge(values, over url.Values) url.Values {
	out := maps.Clone(values)
	maps.Copy(out, over)
	return out
}

// build makes one page: the template's name and its struct.
type build func(r *http.Request, b base) (string, any, error)

// page answers a request with a page, or with one that says what is wrong.
func (s *site) page(compose build) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		lang := r.PathValue("lang")
		if !slices.Contains(explain.Languages(), lang) {
			s.problem(w, r, http.StatusNotFound, "problem.not-found", "")
			return
		}
		s.kept(w, r, func(bench *view.View) (*sheet, error) {
			return s.filled(compose)(r, s.base(r, lang, bench))
		})
	}
}

// filled fills a page's template.
func (s *site) filled(compose build) func(*http.Request, base) (*sheet, error) {
	return func(r *http.Request, b base) (*sheet, error) {
		name, data, err := compose(r, b)
		if err != nil {
			return nil, err
		}
		out, err := s.templates[name].Execute("base", data)
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", name, err)
		}
		out = unturned(out)
		var steady *steadyPart
		if d, ok := data.(interface {
			steady(page []byte) (from, until int)
		}); ok {
			if from, until := d.steady(out); from < until {
				steady = &steadyPart{from, until, s.steady}
			}
		}
		return packedSheet("text/html; charset=utf-8", b.Lang, out, packing, steady), nil
	}
}

// kept answers a request with what is kept of the same question, or makes it.
func (s *site) kept(w http.ResponseWriter, r *http.Request, compose func(*view.View) (*sheet, error)) {
	s.keptFor(w, r, "", compose)
}

// keptFor is kept for answers that depend on something beside address and question.
func (s *site) keptFor(w http.ResponseWriter, r *http.Request, also string, compose func(*view.View) (*sheet, error)) {
	q, err := s.question(r)
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, "problem.question", err.Error())
		return
	}
	key := fmt.Sprintf("%s?%s@%d,%d,%d %d %s", r.URL.Path, r.URL.Query().Encode(), q.At, q.KnownBy, q.AsOf, s.shownAt(), also)
	if p := s.sheets.get(key); p != nil {
		p.send(w, r)
		return
	}
	leave, err := s.gate.enter(r.Context(), r)
	if err != nil {
		w.Header().Set("Retry-After", "5")
		s.problem(w, r, http.StatusTooManyRequests, "problem.flood", "")
		return
	}
	defer leave()
	p := s.sheets.get(key) // another request may have made it meanwhile
	if p == nil {
		if p, err = compose(s.views.Of(q)); err == nil {
			s.sheets.put(key, p)
		}
	}
	var asked *askedError
	switch {
	case err == nil:
		p.send(w, r)
	case errors.Is(err, errNotFound):
		s.problem(w, r, http.StatusNotFound, "problem.not-found", "")
	case errors.As(err, new(*mapError)):
		s.problem(w, r, http.StatusBadRequest, "problem.map", err.Error())
	case errors.As(err, &asked):
		s.problem(w, r, http.StatusBadRequest, "problem.filter", asked.detail)
	default:
		s.options.Log.Error("page failed", "path", r.URL.Path, "err", err)
		s.problem(w, r, http.StatusInternalServerError, "problem.fault", "")
	}
}

// askedError tells what of a request's query makes no sense, in the field's words.
type askedError struct{ detail string }

func (e *askedError) Error() string { return e.detail }

func (s *site) base(r *http.Request, lang string, bench *view.View) base {
	q := question(r)
	title, _ := s.speaker.Text(lang, s.c.Title)
	b := base{s: s, bench: bench, Lang: lang, CaseTitle: title, Style: s.style, Path: pathWithoutLanguage(r.URL.Path, lang)}
	if encoded := q.Encode(); encoded != "" {
		b.Query = template.URL("?" + encoded) //nolint:gosec // encoded by net/url
	}
	for _, l := range s.languages() {
		b.Alternates = append(b.Alternates, alternate{
			Lang: l, Name: s.messages.Say(l, "language.name", nil, s.speaker),
			URL:     withQuery(template.URL("/"+l+b.Path), r.URL.Query()), //nolint:gosec // the path is the router's
			Current: l == lang,
		})
	}
	for _, p := range s.pages() {
		if p.place != "" {
			at := strings.TrimSuffix(p.path, "{$}")
			b.Menu = append(b.Menu, menuItem{Name: b.T(p.place), URL: b.Link(at), Current: b.Path == at, Within: s.belongs(b.Path, at)})
		}
	}
	world := s.c.World
	b.Ask = askForm{
		At: q.Get("at"), KnownBy: q.Get("known_by"), AsOf: q.Get("as_of"),
		Day: s.day(bench.Question.At), Least: s.day(world.From), Most: s.day(world.Until - 1),
		Past: q.Get("known_by") != "" || q.Get("as_of") != "",
	}
	for _, name := range slices.Sorted(maps.Keys(r.URL.Query())) {
		for _, value := range r.URL.Query()[name] {
			if value != "" && !slices.Contains(asked, name) && name != "page" {
				b.Ask.Kept = append(b.Ask.Kept, [2]string{name, value})
			}
		}
	}
	fixed := url.Values{"at": {bench.Question.At.String()}, "as_of": {strconv.Itoa(bench.Status().AsOf)}}
	if by := bench.Question.KnownBy; by != moment.Future {
		fixed.Set("known_by", by.String())
	}
	b.Permalink = withQuery(template.URL("/"+lang+b.Path), merge(r.URL.Query(), fixed)) //nolint:gosec // the path is the router's
	b.Foot = s.foot(lang, bench)
	b.Description = b.T("follow.dataset")
	b.Brand, b.Logo = s.brandName(lang), s.logoURL
	b.Address, b.Static = s.options.Address, s.options.Static != nil
	if b.Static {
		b.Ask.Past = bench.Question.KnownBy != moment.Future || b.Foot.AsOf < b.Foot.Last
	}
	b.Head = s.head(r, b)
	return b
}

// belongs tells that a page stands below one of the menu: a day below the reports, an
// agreement below the front page, each ledger below the ledgers.
func (s *site) belongs(page, at string) bool {
	switch at {
	case "/":
		return strings.HasPrefix(page, "/agreements/")
	case "/ledgers":
		return slices.ContainsFunc(s.ledgers(), func(l ledger) bool { return l.path == page })
	case "/timeline":
		return strings.HasPrefix(page, "/entries/")
	}
	return strings.HasPrefix(page, at+"/")
}

func (s *site) foot(lang string, bench *view.View) foot {
	st := bench.Status()
	f := foot{
		AsOf: st.AsOf, Last: len(s.c.Entries), At: s.speaker.Time(lang, st.At), Zone: s.c.Zone.Name(), Rules: st.Rules,
		Zones: moment.ZoneRules, Version: s.options.Version, Reviewed: explain.Reviewed(lang), Unreviewed: s.messages.Count(lang) + s.speaker.Count(lang),
	}
	if st.AsOf > 0 {
		f.Recorded = s.speaker.Time(lang, s.c.Entries[st.AsOf-1].Recorded)
	}
	if st.KnownBy != "" {
		f.KnownBy = s.speaker.Time(lang, st.KnownBy)
	}
	for _, ref := range st.HourUnknown[:min(len(st.HourUnknown), maxUnhoured)] {
		f.Unhoured = append(f.Unhoured, string(ref))
	}
	f.MoreUnhoured = len(st.HourUnknown) - len(f.Unhoured)
	f.Ends = s.speaker.Time(lang, bench.LastPublic())
	return f
}

// problem answers with a page that says what is wrong and how to mend it, or with
// problem+json below /api/.
func (s *site) problem(w http.ResponseWriter, r *http.Request, status int, code, detail string) {
	lang := s.preferred(r)
	if parts := firstSegment(r.URL.Path); slices.Contains(explain.Languages(), parts) {
		lang = parts
	}
	say := func(code string) string { return s.messages.Say(lang, code, nil, s.speaker) }
	if firstSegment(r.URL.Path) == "api" {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"type": "about:blank", "title": say(code), "status": status, "detail": detail})
		return
	}
	p := problemPage{Brand: s.brandName(lang), Lang: lang, Style: s.style, Title: say(code), Mend: say(code + ".mend"), Detail: detail, Home: template.URL("/" + lang + "/"), Skip: say("nav.skip"), Pages: say("nav.pages"), Languages: say("nav.languages")} //nolint:gosec // a known language
	for _, x := range s.pages() {
		if x.place != "" {
			p.Menu = append(p.Menu, menuItem{Name: say(x.place), URL: template.URL("/" + lang + strings.TrimSuffix(x.path, "{$}"))}) //nolint:gosec // a known page
		}
	}
	for _, l := range s.languages() {
		p.Alternates = append(p.Alternates, alternate{Lang: l, Name: s.messages.Say(l, "language.name", nil, s.speaker), URL: template.URL("/" + l + "/"), Current: l == lang}) //nolint:gosec // a known language
	}
	out, err := s.templates["problem"].Execute("problem", p)
	if err != nil {
		http.Error(w, http.StatusText(status), status)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", lang)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(unturned(out))
}

// problemPage says what is wrong with a request.
type problemPage struct {
	Brand, Lang, Style, Title, Mend, Detail string
	Skip, Pages, Languages                  string // words of the menus
	Home                                    template.URL
	Menu                                    []menuItem
	Alternates                              []alternate
}
