package web_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/web"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// addressed makes a site of the founding case that knows where it stands.
func addressed(t testing.TB, address string) http.Handler {
	t.Helper()
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	h, err := web.New(c, web.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }, Version: "test", Address: address})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

type atom struct {
	Lang    string `xml:"lang,attr"`
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Author  string `xml:"author>name"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Category struct {
			Term string `xml:"term,attr"`
		} `xml:"category"`
		Content string `xml:"content"`
	} `xml:"entry"`
}

func readAtom(t testing.TB, h http.Handler, address string) atom {
	t.Helper()
	w := get(t, h, address)
	var f atom
	d := xml.NewDecoder(w.Body)
	if err := d.Decode(&f); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%s: %d: %v", address, w.Code, err)
	}
	return f
}

type jsonFeed struct {
	Version string `json:"version"`
	FeedURL string `json:"feed_url"`
	Items   []struct {
		ID, URL, Title string
		Content        string `json:"content_text"`
		Modified       string `json:"date_modified"`
	} `json:"items"`
}

func TestFeedsTellWhatIsNewInTheRecord(t *testing.T) {
	h := addressed(t, "https://record.example")
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, lang := range explain.Languages() {
		for _, kind := range []string{"", "statement", "contact", "report", "dissent"} {
			query := ""
			if kind != "" {
				query = "?kind=" + kind
			}
			f := readAtom(t, h, "/"+lang+"/feed.atom"+query)
			if f.Lang != lang || !strings.HasPrefix(f.ID, "urn:uuid:") || ids[f.ID] || f.Title == "" {
				t.Errorf("%s %s: lang %q, id %q, title %q", lang, kind, f.Lang, f.ID, f.Title)
			}
			ids[f.ID] = true
			if len(f.Links) != 2 || f.Links[0].Href != "https://record.example/"+lang+"/feed.atom"+query {
				t.Errorf("%s %s: links %+v", lang, kind, f.Links)
			}
			var j jsonFeed
			w := get(t, h, "/"+lang+"/feed.json"+query)
			if err := json.Unmarshal(w.Body.Bytes(), &j); err != nil || j.Version != "https://jsonfeed.org/version/1.1" || len(j.Items) != len(f.Entries) {
				t.Fatalf("%s %s: %v, version %q, %d items and %d entries", lang, kind, err, j.Version, len(j.Items), len(f.Entries))
			}
			position := len(c.Entries) + 1
			for i, e := range f.Entries {
				_, ref, _ := strings.Cut(e.Link.Href, "https://record.example/"+lang+"/entries/")
				x := c.Entry(record.Ref(ref))
				switch {
				case x == nil || x.Position >= position:
					t.Errorf("%s %s: entry %d leads to %q", lang, kind, i, e.Link.Href)
					continue
				case kind != "" && e.Category.Term != kind:
					t.Errorf("a feed of %s holds a %s", kind, e.Category.Term)
				case !strings.HasPrefix(e.ID, "ni:///sha-256;") || e.Updated != x.Recorded || e.Title == "" || e.Content == "" && e.Author == "":
					t.Errorf("%s %s: %+v", lang, ref, e)
				case j.Items[i].ID != e.ID || j.Items[i].URL != e.Link.Href || j.Items[i].Title != e.Title || j.Items[i].Content != e.Content || j.Items[i].Modified != e.Updated:
					t.Errorf("the feeds differ on %s: %+v", ref, j.Items[i])
				}
				position = x.Position
			}
			if kind == "" && len(f.Entries) != 50 || kind == "dissent" && len(f.Entries) != 0 {
				t.Errorf("%s %q: %d entries", lang, kind, len(f.Entries))
			}
		}
	}
}

func TestFeedsAndCalendarShowNothingMadePublicLater(t *testing.T) {
	h := addressed(t, "https://record.example")
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range []string{"2025-03-12", "2025-03-20", "2025-04-01"} {
		q, err := judge.Ask(c, 0, "2025-06-29", by, "")
		if err != nil {
			t.Fatal(err)
		}
		bench := judge.New(c, q)
		f := readAtom(t, h, "/en/feed.atom?at=2025-06-29&known_by="+by)
		if len(f.Entries) == 0 {
			t.Errorf("known by %s: nothing", by)
		}
		for _, e := range f.Entries {
			_, ref, _ := strings.Cut(e.Link.Href, "/en/entries/")
			ref, query, _ := strings.Cut(ref, "?")
			it, ok := bench.Item(record.Ref(ref))
			if !ok || !it.Published().IsZero() && it.Published().Earliest() > q.KnownBy || !strings.Contains(query, "known_by="+by) {
				t.Errorf("known by %s: %s (%s)", by, ref, query)
			}
		}
		text := unfold(get(t, h, "/en/calendar.ics?at=2025-06-29&known_by="+by).Body.String())
		for _, e := range c.Entries {
			if _, ok := bench.Item(e.Entry.Ref); ok || e.Envelope.Entry.Summary["en"] == "" {
				continue
			}
			if strings.Contains(text, "/entries/"+string(e.Entry.Ref)+"?") {
				t.Errorf("known by %s: the calendar leads to %s", by, e.Entry.Ref)
			}
		}
		if by == "2025-03-12" && strings.Contains(text, "nergy") {
			t.Error("the calendar tells of an agreement that was not known")
		}
	}
}

func TestNoFeedQuotesAWithheldClaim(t *testing.T) {
	h := site(t)
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	bench := judge.New(c, judge.Question{At: c.World.Until - 1, KnownBy: moment.Future})
	shown := 0
	for _, it := range bench.Timeline() {
		if !it.Withheld {
			continue
		}
		for _, lang := range explain.Languages() {
			// The record up to the claim, so that it is the newest.
			query := "?kind=statement&as_of=" + string(it.Ref)
			text := get(t, h, "/"+lang+"/feed.json"+query).Body.String() + get(t, h, "/"+lang+"/feed.atom"+query).Body.String() + unfold(get(t, h, "/"+lang+"/calendar.ics"+query).Body.String())
			if strings.Contains(text, "/entries/"+string(it.Ref)) {
				shown++
			}
			for _, quote := range c.Entry(it.Ref).Envelope.Entry.Summary {
				if strings.Contains(text, quote) {
					t.Errorf("%s is quoted in a feed", it.Ref)
				}
			}
		}
		for _, m := range all(parse(t, get(t, h, "/en/entries/"+string(it.Ref)).Body.String()), "meta") {
			if v, _ := attr(m, "content"); c.Entry(it.Ref).Envelope.Entry.Summary["en"] != "" && strings.Contains(v, c.Entry(it.Ref).Envelope.Entry.Summary["en"]) {
				t.Errorf("a preview of %s quotes it", it.Ref)
			}
		}
	}
	if shown == 0 {
		t.Error("no withheld claim was newest, so nothing was tested")
	}
}

func TestFeedsRefuseWhatTheyDoNotKnow(t *testing.T) {
	h := site(t)
	for _, tt := range []struct {
		address string
		code    int
	}{
		{"/en/feed.atom?kind=rumour", 400}, {"/uk/feed.json?kind=Statement", 400}, {"/fr/feed.atom", 404}, {"/zh/calendar.ics?at=soon", 400}, {"/de/calendar.ics", 404},
	} {
		w := get(t, h, tt.address)
		if w.Code != tt.code || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d, %s", tt.address, w.Code, w.Header().Get("Content-Type"))
		}
	}
}

// FuzzHost holds the feeds to sound documents whatever a request calls the site.
func FuzzHost(f *testing.F) {
	for _, host := range []string{"record.example", "record.example:8080", "[::1]:80", "a b", "x\r\nSet-Cookie: a=b", "<script>", "ex.ample/..", "a@b", "", "\u202e.example", "[::1%eth0]", "a:99999", "a:"} {
		f.Add(host)
	}
	h := site(f)
	f.Fuzz(func(t *testing.T, host string) {
		r := httptest.NewRequest(http.MethodGet, "/en/feed.atom?kind=contact&at=2025-03-12", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var a atom
		if err := xml.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%q: %d, %v", host, w.Code, err)
		}
		for name, values := range w.Header() {
			if host != "" && len(host) > 3 && strings.Contains(strings.Join(values, " "), host) {
				t.Errorf("the header %s repeats %q", name, host)
			}
		}
		for _, l := range a.Links {
			if _, err := web.CheckAddress(strings.SplitAfterN(l.Href, "/en/", 2)[0][:len(strings.SplitAfterN(l.Href, "/en/", 2)[0])-4], false); err != nil {
				t.Errorf("%q gives %q: %v", host, l.Href, err)
			}
		}
	})
}

func TestAddressesOfTheSiteAreChecked(t *testing.T) {
	for _, tt := range []struct {
		text string
		path bool
		want string
	}{
		{"https://Record.Example", false, "https://record.example"},
		{"https://record.example:8443/", false, "https://record.example:8443"},
		{"http://[2001:db8::1]:8080", false, "http://[2001:db8::1]:8080"},
		{"https://host.example/valley/", true, "https://host.example/valley"},
		{"https://host.example/valley/", false, ""},
		{"record.example", true, ""},
		{"ftp://record.example", true, ""},
		{"https://", true, ""},
		{"https://a@record.example", true, ""},
		{"https://record.example?x", true, ""},
		{"https://record.example/#a", true, ""},
		{"https://rec ord.example", true, ""},
		{"https://record.example:0", true, ""},
		{"javascript:alert(1)", true, ""},
		{"https://record.example:+80", true, ""},
	} {
		got, err := web.CheckAddress(tt.text, tt.path)
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s: %q, %v", tt.text, got, err)
		}
	}
	h := site(t)
	for _, tt := range []struct{ remote, proto, want string }{
		{"127.0.0.1:5", "https", "https://example.com/en/feed.atom"},
		{"[::1]:5", "https", "https://example.com/en/feed.atom"},
		{"192.0.2.1:5", "https", "http://example.com/en/feed.atom"},
		{"127.0.0.1:5", "javascript", "http://example.com/en/feed.atom"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/en/feed.atom", nil)
		r.RemoteAddr = tt.remote
		r.Header.Set("X-Forwarded-Proto", tt.proto)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var f atom
		if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil || len(f.Links) == 0 || f.Links[0].Href != tt.want {
			t.Errorf("%+v: %+v, %v", tt, f.Links, err)
		}
	}
}
