package feed

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/fetch"
	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/proposals"
)

// site is an outlet: a feed of articles, and what it was asked for.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int
	items []string // paths of articles, the newest first
	say   map[string]http.HandlerFunc
}

const story = `<html lang="en"><head><title>%[1]s</title><meta property="og:site_name" content="Gazette"></head><body><article><h1>%[1]s</h1>
<p>Minister Jane Doe said on Sunday that the truce holds along the whole line and that her troops stay where they are.%[2]s</p>
<p>“We will keep our word,” Doe told reporters after a meeting with the delegates in the mediator's office in the capital.</p>
<p>Reportedly, the mines were cleared last week from the road that leads to the harbour, which had been closed since the autumn.</p></article></body></html>`

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{asked: map[string]int{}, say: map[string]http.HandlerFunc{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked[r.URL.Path]++
		if f := s.say[r.URL.Path]; f != nil {
			f(w, r)
			return
		}
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /closed\n")
		case "/rss":
			tag := fmt.Sprintf(`"%d"`, len(s.items))
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("ETag", tag)
			fmt.Fprint(w, `<rss><channel><title>Gazette</title>`)
			for i, path := range s.items {
				fmt.Fprintf(w, `<item><title>T</title><link>%s</link><pubDate>Mon, 12 Mar 2040 %02d:00:00 +0000</pubDate></item>`, path, 23-i)
			}
			fmt.Fprint(w, `</channel></rss>`)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, story, "Story "+r.URL.Path, "")
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// desk is a poller over a folder with a clock of its own.
func desk(t *testing.T, feeds ...string) (*Poller, *[]Event, *time.Time) {
	t.Helper()
	dir := t.TempDir()
	now := time.Date(2040, 3, 13, 10, 0, 0, 0, time.UTC)
	var told []Event
	p := &Poller{
		Dir: dir, Client: &fetch.Client{Agent: "truceline/test", AllowPrivate: true, Robots: true, Most: 1 << 20}, Now: func() time.Time { return now },
		By: "desk", Most: 10, Every: time.Hour, Told: func(e Event) { told = append(told, e) },
	}
	for _, f := range feeds {
		if err := Change(dir, func(s *State) error { return s.Add(f, now) }); err != nil {
			t.Fatal(err)
		}
	}
	return p, &told, &now
}

func (p *Poller) once(t *testing.T) time.Time {
	t.Helper()
	next, err := p.Once(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func did(told *[]Event) string {
	var list []string
	for _, e := range *told {
		list = append(list, e.What)
	}
	*told = nil
	return strings.Join(list, " ")
}

func TestNewArticlesLeaveProposals(t *testing.T) {
	s := newSite(t)
	s.items = []string{"/b", "/a"}
	s.say["/b"] = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, story, "Another title", " So it is.")
	}
	p, told, now := desk(t, s.URL+"/rss")
	next := p.once(t)
	events := *told
	if got := did(told); got != "came came" || events[0].Group != "" || events[1].Group != events[0].Ref || events[1].Share < 50 {
		t.Fatalf("%s %+v", got, events)
	}
	if !next.Equal(now.Add(time.Hour)) {
		t.Errorf("next at %v", next)
	}
	for _, e := range events {
		data, err := os.ReadFile(filepath.Join(p.Dir, e.File))
		if err != nil {
			t.Fatal(err)
		}
		blocks, err := proposals.Read(e.File, data)
		if err != nil || len(blocks) != e.Count+1 || !strings.Contains(string(data), "Jane Doe") || !strings.Contains(string(data), `public   = "2040-03-12"`) {
			t.Errorf("%d of %d blocks, %v\n%s", len(blocks), e.Count, err, data)
		}
	}
	if data, _ := os.ReadFile(filepath.Join(p.Dir, events[1].File)); !strings.Contains(string(data), Rule) {
		t.Error("the rule of nearness is not told")
	}
	state, err := Load(p.Dir)
	if err != nil || len(state.Articles) != 2 {
		t.Fatalf("%+v, %v", state, err)
	}
	for _, a := range state.Articles {
		if err := (keep.Blobs{Dir: filepath.Join(p.Dir, "blobs")}).Verify(a.Hash); err != nil {
			t.Error(err)
		}
	}
	custody := keep.Custody{File: filepath.Join(p.Dir, "custody.jsonl")}
	if log, err := custody.Read(); err != nil || len(log) != 2 || log[0].By != "desk" {
		t.Errorf("%+v, %v", log, err)
	}

	// Before its time nothing is asked; then the feed has not changed; then one is new.
	p.once(t)
	if got := did(told); got != "" || s.asked["/rss"] != 1 {
		t.Errorf("%q, asked %d times", got, s.asked["/rss"])
	}
	*now = now.Add(2 * time.Hour)
	p.once(t)
	if got := did(told); got != "unchanged" || s.asked["/a"] != 1 {
		t.Errorf("%q", got)
	}
	s.items = append([]string{"/c", "/closed"}, s.items...)
	*now = now.Add(2 * time.Hour)
	p.once(t)
	if got := did(told); got != "came passed" || s.asked["/closed"] != 0 || s.asked["/a"] != 1 {
		t.Errorf("%q", got)
	}
}

// TestADecisionIsNotWrittenOver: the same article once more leaves the file as it is.
func TestADecisionIsNotWrittenOver(t *testing.T) {
	s := newSite(t)
	s.items = []string{"/a"}
	p, told, now := desk(t, s.URL+"/rss")
	p.once(t)
	file := filepath.Join(p.Dir, (*told)[0].File)
	if err := os.WriteFile(file, []byte("# decided\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(stateFile(p.Dir)); err != nil {
		t.Fatal(err)
	}
	if err := Change(p.Dir, func(st *State) error { return st.Add(s.URL+"/rss", *now) }); err != nil {
		t.Fatal(err)
	}
	p.once(t)
	if data, err := os.ReadFile(file); err != nil || string(data) != "# decided\n" {
		t.Errorf("%s, %v", data, err)
	}
}

func TestAFailingFeedIsPutOff(t *testing.T) {
	s := newSite(t)
	status, after := http.StatusInternalServerError, ""
	s.say["/rss"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", after)
		w.WriteHeader(status)
	}
	p, told, now := desk(t, s.URL+"/rss")
	for i, want := range []time.Duration{2, 4, 8, 16, 24, 24} {
		if next := p.once(t); !next.Equal(now.Add(want * time.Hour)) {
			t.Errorf("after %d failures it waits %v", i+1, next.Sub(*now))
		}
		*now = now.Add(30 * time.Hour)
	}
	if got := did(told); !strings.HasPrefix(got, "fault fault") {
		t.Errorf("%q", got)
	}
	status, after = http.StatusTooManyRequests, "172800"
	if next := p.once(t); !next.Equal(now.Add(48 * time.Hour)) {
		t.Errorf("Retry-After is not kept: %v", next.Sub(*now))
	}
	state, err := Load(p.Dir)
	if err != nil || state.Feeds[0].Failures != 7 || state.Feeds[0].Fault != "the site answers 429" {
		t.Errorf("%+v, %v", state.Feeds[0], err)
	}
}

// TestAnArticleIsTriedAgain: three times, while the feed itself does not change.
func TestAnArticleIsTriedAgain(t *testing.T) {
	s := newSite(t)
	s.items = []string{"/a"}
	s.say["/a"] = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }
	p, told, now := desk(t, s.URL+"/rss")
	for range 4 {
		p.once(t)
		*now = now.Add(2 * time.Hour)
	}
	if got := did(told); got != "fault fault passed unchanged" || s.asked["/a"] != 3 {
		t.Errorf("%q, asked %d times", got, s.asked["/a"])
	}
}

func TestWhatIsNoArticleIsPassed(t *testing.T) {
	s := newSite(t)
	s.items = []string{"/picture", "/gone", "/polish", "/good"}
	s.say["/picture"] = func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "image/png") }
	s.say["/gone"] = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }
	s.say["/polish"] = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "Zażółć gęślą jaźń, powiedział minister, że rozejm trwa na całej linii.")
	}
	p, told, _ := desk(t, s.URL+"/rss")
	p.once(t)
	if got := did(told); got != "passed passed passed came" {
		t.Errorf("%q", got)
	}
}

// TestABeginningTakesTheNewestFew: what was there before is passed over once; what comes
// later in greater number is taken bit by bit.
func TestABeginningTakesTheNewestFew(t *testing.T) {
	s := newSite(t)
	s.items = []string{"/5", "/4", "/3", "/2", "/1"}
	p, told, now := desk(t, s.URL+"/rss")
	p.Most = 2
	p.once(t)
	if e := (*told)[0]; did(told) != "older came came" || e.Count != 3 || s.asked["/5"] != 1 || s.asked["/3"] != 0 {
		t.Errorf("%+v", e)
	}
	s.items = append([]string{"/8", "/7", "/6"}, s.items...)
	for range 2 {
		*now = now.Add(2 * time.Hour)
		p.once(t)
	}
	if got := did(told); got != "came came came" || s.asked["/6"] != 1 || s.asked["/1"] != 0 {
		t.Errorf("%q %v", got, s.asked)
	}
}

func TestAnIndexOfSiteMapsIsFollowed(t *testing.T) {
	s := newSite(t)
	s.say["/map.xml"] = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<sitemapindex><sitemap><loc>/old.xml</loc></sitemap><sitemap><loc>/new.xml</loc><lastmod>2040-03-12</lastmod></sitemap></sitemapindex>`)
	}
	s.say["/new.xml"] = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<urlset><url><loc>/a</loc><lastmod>2040-03-12</lastmod></url></urlset>`)
	}
	s.say["/old.xml"] = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }
	p, told, _ := desk(t, s.URL+"/map.xml")
	p.once(t)
	if got := did(told); got != "fault came" {
		t.Errorf("%q", got)
	}
}

// TestTheOwnNetworkIsNotAsked: neither for the feed nor for what it lists.
func TestTheOwnNetworkIsNotAsked(t *testing.T) {
	s := newSite(t)
	p, told, _ := desk(t, s.URL+"/rss")
	p.Client = &fetch.Client{Agent: "truceline/test", Robots: true, Most: 1 << 20}
	p.once(t)
	if e := (*told)[0]; e.What != Fault || !strings.Contains(e.Why, "network") || len(s.asked) != 0 {
		t.Errorf("%+v", e)
	}
}

func TestStateOfFeeds(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	add := func(a string) error { return Change(dir, func(s *State) error { return s.Add(a, now) }) }
	if err := add("https://a.example/rss#x"); err != nil {
		t.Fatal(err)
	}
	if err := add("https://a.example/rss"); err == nil || !strings.Contains(err.Error(), "followed already") {
		t.Errorf("%v", err)
	}
	if err := add("a.example"); err == nil {
		t.Error("no address, and followed")
	}
	if err := Change(dir, func(s *State) error { return s.Remove("https://b.example/") }); err == nil {
		t.Error("removed what is not there")
	}
	if err := Change(dir, func(s *State) error { return s.Remove("https://a.example/rss") }); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"", "{}", `{"version":1,"feeds":[null]}`, "["} {
		if err := os.WriteFile(stateFile(dir), []byte(bad), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "feeds.json") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
