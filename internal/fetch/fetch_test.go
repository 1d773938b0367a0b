package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/truceline/truceline/internal/fetch"
	"github.com/truceline/truceline/problem"
)

func client() *fetch.Client {
	return &fetch.Client{Agent: "truceline/test", AllowPrivate: true, Most: 1 << 10}
}

func code(err error) string {
	var list problem.List
	if errors.As(err, &list) {
		return list[0].Code
	}
	return fmt.Sprint(err)
}

func TestWhatComesBack(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			if r.Header.Get("If-None-Match") == `"1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "words for "+r.UserAgent())
		case "/moved":
			http.Redirect(w, r, "/page", http.StatusFound)
		case "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/hosts", http.StatusFound)
		case "/long":
			fmt.Fprint(w, strings.Repeat("x", 1<<11))
		case "/busy":
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer site.Close()
	c := client()
	got, err := c.Get(t.Context(), fetch.Asked{Address: site.URL + "/moved#top"})
	if err != nil || string(got.Body) != "words for truceline/test" || got.Address != site.URL+"/page" || got.ETag != `"1"` || got.Type != "text/html" {
		t.Fatalf("%+v, %v", got, err)
	}
	if got, err = c.Get(t.Context(), fetch.Asked{Address: site.URL + "/page", ETag: got.ETag}); err != nil || !got.NotModified || len(got.Body) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err = c.Get(t.Context(), fetch.Asked{Address: site.URL + "/busy"}); err != nil || got.Status != 503 || got.RetryAfter != "120" {
		t.Errorf("%+v, %v", got, err)
	}
	for path, want := range map[string]string{"/circle": "redirects", "/file": "bad-address", "/long": "too-long"} {
		if _, err := c.Get(t.Context(), fetch.Asked{Address: site.URL + path}); code(err) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Get(ctx, fetch.Asked{Address: site.URL + "/page"}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestTheOwnNetworkIsNotAsked: neither by an address nor by a name, nor by a page that
// leads there.
func TestTheOwnNetworkIsNotAsked(t *testing.T) {
	var asked atomic.Int32
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer site.Close()
	c := client()
	c.AllowPrivate = false
	port := site.URL[strings.LastIndexByte(site.URL, ':'):]
	for _, host := range []string{"http://127.0.0.1", "http://localhost", "http://[::ffff:127.0.0.1]", "http://0.0.0.0"} {
		if _, err := c.Get(t.Context(), fetch.Asked{Address: host + port}); code(err) != "private-address" && code(err) != "unreachable" {
			t.Errorf("%s: %v", host, err)
		}
	}
	if asked.Load() != 0 {
		t.Error("it was asked")
	}
	for s, want := range map[string]bool{
		"10.0.0.1": true, "192.168.1.1": true, "172.16.0.1": true, "169.254.169.254": true, "100.64.0.1": true, "::1": true, "fe80::1": true, "fd00::1": true, "224.0.0.1": true,
		"::ffff:10.0.0.1": true, "64:ff9b::a00:1": true, "255.255.255.255": true, "2002:7f00:1::": true, "1.1.1.1": false, "2606:4700::1111": false,
	} {
		if got := fetch.Private(netip.MustParseAddr(s)); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}

func TestBadAddresses(t *testing.T) {
	for _, s := range []string{"", "news", "ftp://a.example/", "file:///etc/passwd", "http://", "https://user:secret@a.example/"} {
		if _, err := fetch.Address(s); code(err) != "bad-address" || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestRobotsAreKept(t *testing.T) {
	var asked atomic.Int32
	status := http.StatusOK
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
			w.WriteHeader(status)
			fmt.Fprint(w, "User-agent: *\nDisallow: /closed\n")
		}
	}))
	defer site.Close()
	c := client()
	c.Robots = true
	for path, want := range map[string]string{"/open": "<nil>", "/closed/a": "robots"} {
		if _, err := c.Get(t.Context(), fetch.Asked{Address: site.URL + path}); code(err) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("robots.txt was asked %d times", asked.Load())
	}
	status = http.StatusServiceUnavailable
	c = client()
	c.Robots = true
	if _, err := c.Get(t.Context(), fetch.Asked{Address: site.URL + "/open"}); code(err) != "robots-unknown" {
		t.Errorf("%v", err)
	}
	status = http.StatusNotFound
	c = client()
	c.Robots = true
	if _, err := c.Get(t.Context(), fetch.Asked{Address: site.URL + "/closed"}); err != nil {
		t.Errorf("%v", err)
	}
}

func TestRulesOfRobots(t *testing.T) {
	r := fetch.ReadRobots([]byte(`User-agent: other
Disallow: /

User-agent: *
User-agent: another
Crawl-delay: 2.5
Disallow: /private
Allow: /private/but-this   # a remark
Disallow: /*.pdf$
Disallow: /search?q=
Disallow:
Sitemap: https://a.example/sitemap.xml
`))
	for path, want := range map[string]bool{
		"/": true, "/private": false, "/privately": false, "/private/but-this/a": true, "/a/b.pdf": false, "/a/b.pdf?x": true, "/search?q=x": false, "/search": true, "": true,
	} {
		if got := r.Allow(path); got != want {
			t.Errorf("%q: %v", path, got)
		}
	}
	if r.Pause != 2500*time.Millisecond {
		t.Errorf("pause %v", r.Pause)
	}
	mine := fetch.ReadRobots([]byte("User-agent: *\nDisallow: /\n\nUser-agent: Truceline\nDisallow: /x\n"))
	if !mine.Allow("/a") || mine.Allow("/x/y") {
		t.Error("the group that names the program does not go first")
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2031, 3, 12, 10, 0, 0, 0, time.UTC)
	for s, want := range map[string]string{"90": "10:01:30", "Wed, 12 Mar 2031 11:00:00 GMT": "11:00:00"} {
		if got, ok := fetch.RetryAfter(s, now); !ok || got.UTC().Format(time.TimeOnly) != want {
			t.Errorf("%s: %v", s, got)
		}
	}
	for _, s := range []string{"", "soon", "-1"} {
		if _, ok := fetch.RetryAfter(s, now); ok {
			t.Errorf("%q is a time", s)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a*b$\nCrawl-delay: 1e9\n"), "/xaxb")
	f.Fuzz(func(t *testing.T, data []byte, path string) {
		if r := fetch.ReadRobots(data); r.Pause < 0 || r.Pause > time.Minute {
			t.Fatal(r.Pause)
		} else {
			r.Allow(path)
		}
	})
}
