package export_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/export"
	"github.com/truceline/truceline/internal/web"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// file answers an address with a path, and ?page=.
func file(u *url.URL) (string, bool) {
	if q := u.Query(); len(q) > 0 && (len(q) > 1 || q.Get("page") == "") {
		return "", false
	}
	p := strings.Trim(u.Path, "/")
	if page := u.Query().Get("page"); page != "" {
		p += "-" + page
	}
	if path.Ext(p) == "" {
		p = path.Join(p, "index.html")
	}
	return p, true
}

// pages is a site of fixed answers.
func pages(list map[string]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := list[r.URL.RequestURI()]
		if !ok {
			http.NotFound(w, r)
			return
		}
		switch {
		case strings.HasPrefix(body, "<svg"):
			w.Header().Set("Content-Type", "image/svg+xml")
		case strings.HasPrefix(body, "<"):
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		default:
			w.Header().Set("Content-Type", "text/plain")
		}
		fmt.Fprint(w, body)
	})
}

func write(t *testing.T, site http.Handler, dir string) (*export.Done, error) {
	t.Helper()
	return export.Write(context.Background(), site, dir, export.Options{Begin: []string{"/"}, File: file, Mark: []byte("{}\n")})
}

func TestLinksLeadFromFileToFile(t *testing.T) {
	site := pages(map[string]string{
		"/":               `<!doctype html><a class=x href="/en/list?page=2#top">two</a> <A HREF="/en/a%20b">odd</A> <a href="https://other.example/">other</a> <a href="#here">here</a>`,
		"/en/list?page=2": `<p>x &amp; y</p><a href="?page=3">gone</a><a href="?at=1">asks</a><form><a href="/">in</a><input></form><svg viewBox="0 0 1 1"><a href="/x.svg"><use href="#k"/></a></svg><img src="/x.svg">`,
		"/en/a%20b":       `<link rel="stylesheet" href="/s.css?v=1"><a href="../">up</a>`,
		"/x.svg":          `<svg xmlns="http://www.w3.org/2000/svg"><a href="/en/list?page=2"><text>t</text></a></svg>`,
		"/s.css":          `body{}`,
	})
	dir := filepath.Join(t.TempDir(), "out")
	done, err := write(t, site, dir)
	if err != nil {
		t.Fatal(err)
	}
	if done.Left != 2 || done.Files != 4 {
		t.Errorf("%+v", done)
	}
	for name, want := range map[string]string{
		"index.html":           `<!doctype html><a class=x href="en/list-2/index.html#top">two</a> <a href="en/a%20b/index.html">odd</A> <a href="https://other.example/">other</a> <a href="#here">here</a>`,
		"en/list-2/index.html": `<p>x &amp; y</p>goneasks<svg viewBox="0 0 1 1"><a href="../../x.svg"><use href="#k"/></a></svg><img src="../../x.svg">`,
		"en/a b/index.html":    `<a href="../../index.html">up</a>`,
		"x.svg":                `<svg xmlns="http://www.w3.org/2000/svg"><a href="en/list-2/index.html"><text>t</text></a></svg>`,
		export.Mark:            "{}\n",
	} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, want)
		}
	}
}

func TestOnlyAnEarlierExportIsReplaced(t *testing.T) {
	site := pages(map[string]string{"/": "<p>new</p>"})
	dir := t.TempDir()
	if _, err := write(t, site, dir); err != nil { // an empty folder
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "old.html"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := write(t, site, dir); err != nil { // an export, replaced whole
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "old.html")); err == nil {
		t.Error("a file of the earlier export is left")
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "letter.txt"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := write(t, site, other); err == nil || !strings.Contains(err.Error(), "holds other files") {
		t.Errorf("another's folder: %v", err)
	}
	if got, err := os.ReadFile(filepath.Join(other, "letter.txt")); err != nil || string(got) != "mine" {
		t.Error("another's file was touched")
	}
}

func TestASiteThatFailsLeavesTheOldFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := write(t, pages(map[string]string{"/": "<p>old</p>"}), dir); err != nil {
		t.Fatal(err)
	}
	failing := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	if _, err := write(t, failing, dir); err == nil {
		t.Error("a failure is no error")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := export.Write(ctx, failing, dir, export.Options{Begin: []string{"/"}, File: file}); err == nil {
		t.Error("an end is no error")
	}
	if got, err := os.ReadFile(filepath.Join(dir, "index.html")); err != nil || string(got) != "<p>old</p>" {
		t.Errorf("%s, %v", got, err)
	}
	if list, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(list) != 1 {
		t.Errorf("left behind: %v, %v", list, err)
	}
}

// exportTraining lays out the invented case.
func exportTraining(t *testing.T, dir, address string) {
	t.Helper()
	c, err := casefile.Load(os.DirFS("../../casefile/testdata/training"))
	if err != nil {
		t.Fatal(err)
	}
	o := web.Static{Question: judge.Question{At: c.World.Until - 1, KnownBy: moment.Future, AsOf: len(c.Entries)}, Languages: []string{"en", "zh"}}
	h, err := web.New(c, web.Options{Now: time.Now, Version: "test", Address: address, Static: &o})
	if err != nil {
		t.Fatal(err)
	}
	_, err = export.Write(context.Background(), h, dir, export.Options{Begin: append(web.Pages(c, o), "/"), File: web.StaticFile, Mark: []byte("{}\n")})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryLinkOfASiteLeadsToAFile(t *testing.T) {
	for _, address := range []string{"", "https://host.example/valley"} {
		dir := filepath.Join(t.TempDir(), "out")
		exportTraining(t, dir, address)
		followed := 0
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(name) != ".html" && filepath.Ext(name) != ".svg" {
				return err
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			doc, err := html.Parse(bytes.NewReader(data))
			if err != nil {
				return err
			}
			for n := range doc.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				if n.Data == "form" || n.Data == "input" || n.Data == "select" || n.Data == "button" {
					t.Errorf("%s holds a <%s>", name, n.Data)
				}
				for _, a := range n.Attr {
					if a.Key != "href" && a.Key != "src" && a.Key != "action" {
						continue
					}
					u, err := url.Parse(a.Val)
					if err != nil || strings.HasPrefix(a.Val, "/") || u.RawQuery != "" && u.Host == "" {
						t.Errorf("%s: %s=%q", name, a.Key, a.Val)
						continue
					}
					if u.Host != "" || u.Path == "" {
						if own := address != "" && strings.HasPrefix(a.Val, address+"/"); !own {
							continue
						}
						u = &url.URL{Path: strings.TrimPrefix(a.Val, address+"/")}
						if strings.HasSuffix(u.Path, "/") || u.Path == "" {
							u.Path += "index.html"
						}
						if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(u.Path))); err != nil {
							t.Errorf("%s: %v", name, err)
						}
						continue
					}
					followed++
					if info, err := os.Stat(filepath.Join(filepath.Dir(name), filepath.FromSlash(u.Path))); err != nil || info.IsDir() {
						t.Errorf("%s leads to %q: %v", name, a.Val, err)
					}
				}
			}
			return nil
		})
		if err != nil || followed < 500 {
			t.Errorf("%d links followed, %v", followed, err)
		}
		for _, name := range []string{
			"index.html", "en/index.html", "zh/index.html", "en/timeline/index.html", "en/timeline/kind-report/index.html", "en/feed.atom", "zh/feed.json", "en/calendar.ics",
			"en/status.svg", "en/card/index.html", "en/map/index.html", "en/map.svg", "en/agreements/harbour/index.html", "en/entries/shell/index.html", "static/style.css", "api/status.json",
		} {
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				t.Error(err)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "ru")); err == nil {
			t.Error("a language that was not asked for is there")
		}
	}
}

func TestTheSameSiteGivesTheSameBytes(t *testing.T) {
	one, two := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	exportTraining(t, one, "")
	exportTraining(t, two, "")
	exportTraining(t, two, "") // over itself
	names := map[string]string{}
	for _, dir := range []string{one, two} {
		n := 0
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			n++
			data, err := os.ReadFile(filepath.Join(dir, name))
			if dir == one {
				names[name] = string(data)
			} else if before, ok := names[name]; !ok || before != string(data) {
				t.Errorf("%s differs", name)
			}
			return err
		})
		if err != nil || n != len(names) {
			t.Errorf("%d files and %d, %v", n, len(names), err)
		}
	}
}
