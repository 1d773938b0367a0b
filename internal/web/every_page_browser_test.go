package web_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// everyPage is one address of every sort of page, the odd ones among them.
var everyPage = []string{
	"/?at=2025-03-26", "/?at=2025-03-12", "/agreements/energy-2025-03?at=2025-04-17", "/agreements/jeddah-2025-03-11?at=2025-03-12",
	"/positions?at=2025-04-17", "/statements?at=2025-03-12", "/timeline?at=2025-04-17&kind=contact",
	"/incidents?at=2025-04-17", "/incidents?at=2025-04-17&q=gas&class=violation", "/incidents?q=nothingofthekind",
	"/entries/B46", "/entries/A59", "/entries/A4", "/map?at=2025-04-17",
	"/ledgers", "/contacts?at=2025-04-17", "/humanitarian?at=2025-06-10", "/flows?at=2025-03-12", "/control?at=2025-04-17", "/tallies?at=2025-04-17", "/coverage?at=2025-04-17",
	"/reports", "/reports/2025-03-12", "/reports/2025-04-17", "/card",
	"/?at=2025-03-12&known_by=2025-03-11&as_of=100",
	"/no-such-page", "/?at=nonsense", "/incidents?page=99999", "/entries/none", "/map?days=13", "/reports/2040-01-01",
}

// axe is the checker of accessibility that `make assets` fetched.
var axe = sync.OnceValues(func() (string, error) {
	data, err := os.ReadFile("../../assets/node_modules/axe-core/axe.min.js")
	return string(data), err
})

// violation is what axe finds on a page.
type violation struct {
	ID, Impact, Help string
	Nodes            []string
}

// runAxe looks for what WCAG 2.1 AA forbids, and for landmarks and headings.
const runAxe = `axe.run(document, {preload: false, resultTypes: ['violations'], %s}).then(r => JSON.stringify(r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => n.target.join(' ') + ': ' + n.html.slice(0, 140))}))))`

// Contrast is most of what axe costs, so that it is a run of its own.
const (
	axeAll      = `runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}, rules: {'color-contrast': {enabled: false}}`
	axeContrast = `runOnly: {type: 'rule', values: ['color-contrast']}`
)

// looks are the screens that each page is shown on, the first with least ado.
var looks = []struct {
	width int64
	dark  bool
}{{1280, false}, {390, true}, {390, false}, {1280, true}, {320, false}}

// TestEveryPageInABrowser opens each page once in each language and looks at it on a
// phone, on a desk and on the narrowest screen, in light and in dark: nothing is wider than
// the screen, faint or small; axe finds nothing serious; the console is silent; nothing is
// asked of anybody else. axe sees each page once in each language, each time on another
// screen, and its contrast in light and in dark.
func TestEveryPageInABrowser(t *testing.T) {
	source, err := axe()
	if err != nil {
		t.Fatalf("axe is not here, run `make assets`: %v", err)
	}
	ctx, root := browser(t), server(t)
	shots := os.Getenv("TRUCELINE_SHOTS")
	var tabs sync.WaitGroup
	work := make(chan checked)
	for range 2 {
		tabs.Go(func() {
			var seen complaints
			var asked requests
			tab, end := chromedp.NewContext(ctx, chromedp.WithListener(func(ev any) { seen.hear(ev); asked.hear(ev) }))
			defer end()
			call(t, tab, cdplog.Enable, cdp.Empty{})
			call(t, tab, network.Enable, network.EnableParams{})
			for v := range work {
				t.Run(v.name(), func(t *testing.T) {
					must(t, chromedp.Do(tab, chromedp.EmulateViewport(1280, 900)))
					must(t, chromedp.Do(tab, chromedp.Navigate(root+"/"+v.lang+v.path+v.query)))
					whole(t, run(t, tab, chromedp.Evaluate[string](pageFacts)), v.lang)
					run(t, tab, chromedp.Evaluate[bool](source+";true"))
					for i, look := range looks {
						scheme := map[bool]string{false: "light", true: "dark"}[look.dark]
						must(t, chromedp.Do(tab, chromedp.EmulateViewport(look.width, 900)))
						call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
							Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
						})
						where := fmt.Sprintf("at %d, %s", look.width, scheme)
						if over := run(t, tab, chromedp.Evaluate[[]string](overflowing)); len(over) > 0 {
							t.Errorf("%s: wider than the screen: %s", where, strings.Join(over, "; "))
						}
						if faint := run(t, tab, chromedp.Evaluate[[]string](lowContrast)); len(faint) > 0 {
							t.Errorf("%s: contrast under 4.5: %s", where, strings.Join(faint, "; "))
						}
						if i == v.look {
							serious(t, where, run(t, tab, chromedp.Evaluate[string](fmt.Sprintf(runAxe, axeAll), chromedp.EvalAwaitPromise)))
						}
						if i == v.look && i < 2 { // one of the light and one of the dark
							serious(t, where, run(t, tab, chromedp.Evaluate[string](fmt.Sprintf(runAxe, axeContrast), chromedp.EvalAwaitPromise)))
						}
						if shots != "" {
							shot := run(t, tab, chromedp.FullScreenshot(100))
							must(t, os.WriteFile(filepath.Join(shots, fmt.Sprintf("%s-%d-%s.png", v.name(), look.width, scheme)), shot, 0o600))
						}
					}
					if list := seen.take(); len(list) > 0 && !strings.Contains(strings.Join(list, " "), "status of 40") { // a page of a problem is told of by the console
						t.Errorf("the console complains: %q", list)
					}
					for _, address := range asked.take() {
						if !strings.HasPrefix(address, root+"/") && !strings.HasPrefix(address, "data:") {
							t.Errorf("%s was asked for", address)
						}
					}
				})
			}
		})
	}
	for i, path := range everyPage {
		for j, lang := range []string{"en", "ru", "uk", "zh"} {
			path, query, _ := strings.Cut(path, "?")
			if query != "" {
				query = "?" + query
			}
			work <- checked{view{lang: lang, path: path, query: query}, (i + j) % 4}
		}
	}
	close(work)
	tabs.Wait()
}

// checked is a page, and on which of the looks axe sees it.
type checked struct {
	view
	look int
}

// requests are the addresses that a tab asked for.
type requests struct {
	mu   sync.Mutex
	list []string
}

func (r *requests) hear(ev any) {
	if e, ok := ev.(*network.EventRequestWillBeSent); ok {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.list = append(r.list, e.Request.URL)
	}
}

// take gives what was asked for since the last time.
func (r *requests) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.list
	r.list = nil
	return list
}

func (c *complaints) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := c.list
	c.list = nil
	return list
}

// serious fails on what axe calls serious or critical.
func serious(t *testing.T, where, found string) {
	t.Helper()
	var list []violation
	if err := json.Unmarshal([]byte(found), &list); err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		if v.Impact == "serious" || v.Impact == "critical" {
			t.Errorf("%s: %s: %s, %s: %s", where, v.Impact, v.ID, v.Help, strings.Join(v.Nodes, " | "))
		} else {
			t.Logf("%s: %s: %s, %s: %s", where, v.Impact, v.ID, v.Help, strings.Join(v.Nodes, " | "))
		}
	}
}

// pageFacts are what every page has once.
const pageFacts = `JSON.stringify({
  Lang: document.documentElement.lang, Title: document.title,
  H1: document.querySelectorAll('h1').length, Main: document.querySelectorAll('main').length,
  Scripts: [...document.scripts].filter(s => !s.src).length, Inline: document.querySelectorAll('[style], style, [onclick], [onload]').length,
  Nameless: [...document.querySelectorAll('svg')].filter(s => !s.getAttribute('aria-hidden') && !s.querySelector('title') && !s.getAttribute('aria-label') && !s.getAttribute('aria-labelledby') && !s.closest('[aria-hidden="true"]')).length,
  Codes: (document.body.innerText.match(/\b[a-z]+[.-][a-z-]+\.[a-z-]+\b/g) ?? []).filter(w => !w.includes('example') && !document.querySelector('pre, code')).slice(0, 3),
})`

func whole(t *testing.T, facts, lang string) {
	t.Helper()
	var f struct {
		Lang, Title                         string
		H1, Main, Scripts, Inline, Nameless int
		Codes                               []string
	}
	if err := json.Unmarshal([]byte(facts), &f); err != nil {
		t.Fatal(err)
	}
	if f.Lang != lang || f.Title == "" || f.H1 != 1 || f.Main != 1 || f.Scripts != 0 || f.Inline != 0 || f.Nameless != 0 {
		t.Errorf("%+v", f)
	}
}
