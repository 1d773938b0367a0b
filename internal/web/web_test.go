package web_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/web"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// get asks the site for an address; headers come in pairs.
func get(t testing.TB, h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(h, http.MethodGet, address, headers...)
}

func ask(h http.Handler, method, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestTheBareAddressLeadsToTheReadersLanguage(t *testing.T) {
	h := site(t)
	for _, tt := range []struct{ accept, address, want string }{
		{"", "/", "/en/"},
		{"zh-CN,zh;q=0.9", "/", "/zh/"},
		{"zh-Hant-TW", "/", "/zh/"},
		{"uk-UA,uk;q=0.9,en;q=0.1", "/", "/uk/"},
		{"ru;q=0.9,uk;q=0.8", "/", "/ru/"},
		{"sw", "/", "/en/"},
		{"not a language;;", "/", "/en/"},
		{"uk", "/?at=2025-03-12&known_by=2025-03-13", "/uk/?at=2025-03-12&known_by=2025-03-13"},
	} {
		w := get(t, h, tt.address, "Accept-Language", tt.accept)
		if w.Code != http.StatusFound || w.Header().Get("Location") != tt.want || w.Header().Get("Vary") != "Accept-Language" {
			t.Errorf("%q %s: %d to %q (Vary %q), want 302 to %q", tt.accept, tt.address, w.Code, w.Header().Get("Location"), w.Header().Get("Vary"), tt.want)
		}
	}
}

func TestEveryPageOfEveryLanguageIsWellMade(t *testing.T) {
	h := site(t)
	for _, lang := range explain.Languages() {
		for _, path := range []string{
			"/", "/?at=2025-03-12", "/?at=2025-03-21", "/?at=2025-04-17", "/?at=2022-02-01", "/?at=2025-04-17&known_by=2025-03-12", "/?as_of=40",
			"/timeline", "/timeline?kind=report", "/ledgers", "/contacts", "/humanitarian", "/flows", "/control", "/tallies", "/coverage", "/reports", "/reports/2025-03-12", "/reports/2025-03-27", "/positions", "/positions?at=2025-03-12", "/statements", "/statements?voice=anonymous&q=draft", "/incidents", "/incidents?q=energy&class=violation&page=1", "/incidents?q=nothing-like-it", "/timeline?page=2", "/timeline?page=2", "/agreements/energy-2025-03?at=2025-04-17", "/agreements/jeddah-2025-03-11",
		} {
			checkPage(t, h, lang, "/"+lang+path)
		}
	}
}

func TestEveryEntryHasAPage(t *testing.T) {
	h := site(t)
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	langs := explain.Languages()
	for i, e := range c.Entries {
		lang := langs[i%len(langs)]
		if doc := checkPage(t, h, lang, "/"+lang+"/entries/"+url.PathEscape(string(e.Entry.Ref))); doc == "" {
			t.Errorf("%s has no page", e.Entry.Ref)
		}
	}
}

// checkPage asserts that an address gives a page without faults, and gives its bytes.
func checkPage(t *testing.T, h http.Handler, lang, address string) string {
	t.Helper()
	w := get(t, h, address)
	if w.Code != http.StatusOK {
		t.Errorf("%s: %d", address, w.Code)
		return ""
	}
	body := w.Body.String()
	for _, fault := range faults(parse(t, body), lang) {
		t.Errorf("%s: %s", address, fault)
	}
	if got := w.Header().Get("Content-Language"); got != lang {
		t.Errorf("%s: Content-Language %q", address, got)
	}
	for _, leak := range []string{"[front.", "[act.", "[item.", "[state.", "[chart.", "[legend.", "[kind", "ZgotmplZ", "<no value>", "%!"} {
		if strings.Contains(body, leak) {
			t.Errorf("%s: the page shows %q", address, leak)
		}
	}
	return body
}

func TestNoLinkOfAFrontPageLeadsNowhere(t *testing.T) {
	h := site(t)
	seen := map[string]bool{}
	for _, start := range []string{"/en/?at=2025-03-12", "/uk/?at=2025-04-17", "/zh/?at=2025-03-21&known_by=2025-03-22", "/ru/agreements/energy-2025-03?at=2025-04-17", "/en/entries/B46"} {
		for _, to := range links(parse(t, get(t, h, start).Body.String())) {
			if seen[to] {
				continue
			}
			seen[to] = true
			if w := get(t, h, to); w.Code != http.StatusOK {
				t.Errorf("%s leads to %s: %d", start, to, w.Code)
			}
		}
	}
	if len(seen) < 50 {
		t.Errorf("only %d links were found", len(seen))
	}
}

func TestEveryLinkKeepsTheQuestion(t *testing.T) {
	const query = "?at=2025-03-21&known_by=2025-03-22"
	doc := parse(t, get(t, site(t), "/en/"+query).Body.String())
	for _, to := range links(doc) {
		if !strings.Contains(to, "known_by=2025-03-22") {
			t.Errorf("%s loses the question", to)
		}
	}
	var found []string
	for _, l := range all(doc, "link") {
		if lang, ok := attr(l, "hreflang"); ok && lang != "x-default" {
			href, _ := attr(l, "href")
			lang, _ := attr(l, "hreflang")
			if href != "/"+lang+"/"+query {
				t.Errorf("the page in %s stands at %s", lang, href)
			}
			found = append(found, lang)
		}
	}
	if !slices.Equal(found, explain.Languages()) {
		t.Errorf("alternates in %v, want %v", found, explain.Languages())
	}
}

func TestAViewKnownByADateShowsNothingMadePublicLater(t *testing.T) {
	h := site(t)
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	q, err := judge.Ask(c, 0, "2025-04-17", "2025-03-12", "")
	if err != nil {
		t.Fatal(err)
	}
	bench := judge.New(c, q)
	for _, path := range []string{"/en/", "/en/timeline", "/en/agreements/jeddah-2025-03-11"} {
		doc := parse(t, get(t, h, path+"?at=2025-04-17&known_by=2025-03-12").Body.String())
		entries := 0
		for _, to := range links(doc) {
			rest, ok := strings.CutPrefix(to, "/en/entries/")
			if !ok {
				if strings.Contains(to, "energy") {
					t.Errorf("%s links to %s", path, to)
				}
				continue
			}
			entries++
			ref, _, _ := strings.Cut(rest, "?")
			it, ok := bench.Item(record.Ref(ref))
			if !ok || !it.Published().IsZero() && it.Published().Earliest() > q.KnownBy {
				t.Errorf("%s shows %s, public %v", path, ref, it.Public)
			}
		}
		if entries == 0 {
			t.Errorf("%s shows no entry at all", path)
		}
		if len(classed(doc, "edge")) != 1 {
			t.Errorf("%s: the past view has no visible edge", path)
		}
	}
	front := parse(t, get(t, h, "/en/?at=2025-04-17&known_by=2025-03-12").Body.String())
	for _, a := range classed(front, "keydates") {
		for _, d := range all(a, "a") {
			href, _ := attr(d, "href")
			u, err := url.Parse(href)
			if err != nil || u.Query().Get("at") > "2025-03-12" {
				t.Errorf("a key date of the past view: %s", href)
			}
		}
	}
	for _, address := range []string{"/en/entries/B46?known_by=2025-03-12", "/en/agreements/energy-2025-03?known_by=2025-03-12"} {
		if w := get(t, h, address); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", address, w.Code)
		}
	}
}

func TestWithheldClaimsAreQuotedOnTheirOwnPageOnly(t *testing.T) {
	h := site(t)
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	bench := judge.New(c, judge.Question{At: c.World.Until - 1, KnownBy: moment.Future})
	withheld := 0
	for _, it := range bench.Timeline() {
		if !it.Withheld {
			continue
		}
		withheld++
		e := c.Entry(it.Ref).Envelope.Entry
		quotes := []string{e.Words}
		for _, text := range e.Summary {
			quotes = append(quotes, text)
		}
		for _, lang := range explain.Languages() {
			for _, path := range []string{"/", "/?at=2025-03-12", "/timeline", "/timeline?page=2", "/timeline?page=3", "/agreements/jeddah-2025-03-11"} {
				text := words(parse(t, get(t, h, "/"+lang+path).Body.String()))
				for _, q := range quotes {
					if q != "" && strings.Contains(text, strings.Join(strings.Fields(q), " ")) {
						t.Errorf("/%s%s quotes %s", lang, path, it.Ref)
					}
				}
			}
		}
		own := parse(t, get(t, h, "/en/entries/"+string(it.Ref)).Body.String())
		if len(classed(own, "depends")) == 0 {
			t.Errorf("%s is not labelled on its page", it.Ref)
		}
		if text := words(own); e.Summary["en"] != "" && !strings.Contains(text, e.Summary["en"]) {
			t.Errorf("%s does not open on its page", it.Ref)
		}
	}
	if withheld == 0 {
		t.Fatal("the case withholds no claim, so nothing was tested")
	}
}

func TestThreeAxesStandApart(t *testing.T) {
	doc := parse(t, get(t, site(t), "/en/?at=2025-03-21").Body.String())
	lists := classed(doc, "axes")
	if len(lists) == 0 {
		t.Fatal("no incident is shown")
	}
	for _, l := range lists {
		var names []string
		for _, dt := range all(l, "dt") {
			names = append(names, words(dt))
		}
		if !slices.Equal(names, []string{"Occurrence", "Classification", "Attribution"}) {
			t.Errorf("axes %v", names)
		}
	}
	if !strings.Contains(words(lists[0]), "depends on the reading") {
		t.Errorf("the latest report of 21 March: %s", words(lists[0]))
	}
}

func TestBytesThatTheReaderHasAreNotSentAgain(t *testing.T) {
	h := site(t)
	for _, address := range []string{"/en/?at=2025-03-12", "/static/style.css", "/api/status.json?at=2025-03-12"} {
		first := get(t, h, address)
		tag := first.Header().Get("ETag")
		if tag == "" || first.Header().Get("Cache-Control") == "" {
			t.Fatalf("%s: ETag %q, Cache-Control %q", address, tag, first.Header().Get("Cache-Control"))
		}
		for _, sent := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			if w := get(t, h, address, "If-None-Match", sent); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
				t.Errorf("%s with %s: %d and %d bytes", address, sent, w.Code, w.Body.Len())
			}
		}
		if w := get(t, h, address, "If-None-Match", `"other"`); w.Code != http.StatusOK || w.Body.String() != first.Body.String() {
			t.Errorf("%s with another tag: %d", address, w.Code)
		}
		if w := ask(h, http.MethodHead, address); w.Code != http.StatusOK || w.Body.Len() != 0 {
			t.Errorf("HEAD %s: %d and %d bytes", address, w.Code, w.Body.Len())
		}
	}
}

func TestProblemsSayHowToMendThem(t *testing.T) {
	h := site(t)
	for _, tt := range []struct {
		method, address string
		code            int
		says            string
	}{
		{"GET", "/en/?at=yesterday", 400, "2025-03-12"},
		{"GET", "/uk/?at=2025-13-01", 400, "2025-03-12"},
		{"GET", "/zh/?known_by=soon", 400, "2025-03-12T12:00Z"},
		{"GET", "/ru/?as_of=-1", 400, "2025-03-12"},
		{"GET", "/en/?as_of=NOSUCH", 400, "NOSUCH"},
		{"GET", "/en/entries/NOSUCH", 404, "front page"},
		{"GET", "/zh/agreements/none", 404, "首页"},
		{"GET", "/uk/timeline?kind=none", 404, "головної"},
		{"GET", "/en/incidents?actor=XX", 400, "actor=XX"},
		{"GET", "/uk/incidents?from=soon", 400, "from=soon"},
		{"GET", "/zh/incidents?page=88", 404, "首页"},
		{"GET", "/ru/positions?agreement=none", 400, "agreement=none"},
		{"GET", "/zh/statements?voice=loud", 400, "voice=loud"},
		{"GET", "/en/reports/2025-02-30", 404, "front page"},
		{"GET", "/en/reports/2025-03-12.exe", 404, "front page"},
		{"GET", "/uk/reports/2025-03-12?known_by=2025-03-10", 404, "головної"},
		{"GET", "/zh/reports?before=x", 400, "before=x"},
		{"GET", "/en/timeline?page=0", 400, "page=0"},
		{"GET", "/zh/timeline?page=x", 400, "筛选"},
		{"GET", "/uk/timeline?page=99", 404, "головної"},
		{"GET", "/fr/", 404, "front page"},
		{"GET", "/en/nowhere", 404, "front page"},
		{"GET", "/en/?at=" + strings.Repeat("1", 1100), 414, "Shorten"},
		{"POST", "/en/", 405, ""},
		{"DELETE", "/en/entries/A6", 405, ""},
	} {
		w := ask(h, tt.method, tt.address)
		if w.Code != tt.code || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s %.60s: %d, want %d and %q:\n%s", tt.method, tt.address, w.Code, tt.code, tt.says, w.Body)
			continue
		}
		if tt.code == http.StatusMethodNotAllowed {
			continue
		}
		lang := strings.Split(tt.address, "/")[1]
		if !slices.Contains(explain.Languages(), lang) {
			lang = "en"
		}
		for _, fault := range faults(parse(t, w.Body.String()), lang) {
			t.Errorf("%.60s: %s", tt.address, fault)
		}
	}
}

func TestProblemsOfTheAPIAreData(t *testing.T) {
	w := get(t, site(t), "/api/status.json?at=yesterday")
	var p struct {
		Title, Detail string
		Status        int
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if w.Code != 400 || w.Header().Get("Content-Type") != "application/problem+json" || p.Status != 400 || !strings.Contains(p.Detail, "yesterday") {
		t.Errorf("%d %s %+v", w.Code, w.Header().Get("Content-Type"), p)
	}
	var st judge.Status
	if err := json.Unmarshal(get(t, site(t), "/api/status.json?at=2025-03-12").Body.Bytes(), &st); err != nil || len(st.Agreements) == 0 {
		t.Errorf("status: %v, %d agreements", err, len(st.Agreements))
	}
}

func TestEveryAnswerCarriesTheSafeHeaders(t *testing.T) {
	h := site(t)
	for _, address := range []string{"/", "/en/", "/en/nowhere", "/static/style.css", "/api/status.json", "/healthz", "/robots.txt"} {
		w := get(t, h, address)
		for key, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"} {
			if got := w.Header().Get(key); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q", address, key, got)
			}
		}
	}
}

func TestWhatAReaderSendsIsNotMarkup(t *testing.T) {
	h := site(t)
	for _, address := range []string{
		"/en/?at=" + url.QueryEscape(`"><script>alert(1)</script>`),
		"/en/?at=2025-03-12&known_by=2025-03-12&x=" + url.QueryEscape(`"><script>`),
		"/en/entries/" + url.PathEscape(`"><script>alert(1)</script>`),
		"/en/timeline?kind=" + url.QueryEscape(`<script>`),
	} {
		if body := get(t, h, address).Body.String(); strings.Contains(body, "<script") {
			t.Errorf("%s comes back as markup", address)
		}
	}
}

// overlay is a case of which one file reads otherwise.
type overlay struct {
	fs.FS
	name string
	data []byte
}

func (o overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return fstest.MapFS{name: &fstest.MapFile{Data: o.data}}.Open(name)
	}
	return o.FS.Open(name)
}

func TestWhatTheRecordHoldsIsNotMarkup(t *testing.T) {
	fsys, err := cases.UA2025()
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(fsys, "record.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	const told = "Retreating Ukrainian forces"
	hostile := bytes.ReplaceAll(data, []byte(told), []byte("<script>alert(1)</script><b title='x'>"))
	if bytes.Equal(hostile, data) {
		t.Fatalf("the record does not hold %q", told)
	}
	c, err := casefile.Load(overlay{fsys, "record.jsonl", hostile})
	if err != nil {
		t.Fatal(err)
	}
	h, err := web.New(c, web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/en/?at=2025-03-21", "/en/timeline?kind=report&at=2025-03-21", "/en/entries/B46"} {
		body := get(t, h, address).Body.String()
		if strings.Contains(body, "<script") || strings.Contains(body, "<b title") {
			t.Errorf("%s shows the words of an entry as markup", address)
		}
		if !strings.Contains(body, "&lt;script&gt;") {
			t.Errorf("%s does not show the words at all", address)
		}
	}
}

func TestAFaultBecomesAPage(t *testing.T) {
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	h, err := web.New(c, web.Options{Now: func() time.Time { panic("the clock broke") }})
	if err != nil {
		t.Fatal(err)
	}
	w := get(t, h, "/uk/")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "clock broke") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	for _, fault := range faults(parse(t, w.Body.String()), "uk") {
		t.Error(fault)
	}
}

func TestTheDefaultMomentIsNowOrTheEndOfTheCase(t *testing.T) {
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		now  time.Time
		want string
	}{
		{time.Date(2025, 3, 12, 10, 0, 30, 0, time.UTC), "2025-03-12"},
		{time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), "2025-07-01"},
		{time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), "2022-02-01"},
	} {
		h, err := web.New(c, web.Options{Now: func() time.Time { return tt.now }})
		if err != nil {
			t.Fatal(err)
		}
		doc := parse(t, get(t, h, "/en/").Body.String())
		for _, in := range all(doc, "input") {
			if id, _ := attr(in, "id"); id == "at" {
				if got, _ := attr(in, "value"); got != tt.want {
					t.Errorf("now %v: the day is %q, want %q", tt.now, got, tt.want)
				}
			}
		}
	}
}

func BenchmarkFrontPage(b *testing.B) {
	h := site(b)
	for b.Loop() {
		if w := get(b, h, "/uk/?at=2025-03-21"); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
