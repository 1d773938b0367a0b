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
	"github.com/chromedp/chromedp/kb"
)

// everyPage is one address of every sort of page, the odd ones among them.
var everyPage = []string{
	"/?at=2025-03-26", "/agreements/energy-2025-03?at=2025-04-17", "/agreements/jeddah-2025-03-11?at=2025-03-12",
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

// runAxe looks for what WCAG 2.1 AA forbids, and for landmarks and headings. Without rules
// all are tried.
const runAxe = `axe.run(document, {resultTypes: ['violations'], runOnly: %s}).then(r => JSON.stringify(r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => n.target.join(' ') + ': ' + n.html.slice(0, 140))}))))`

const (
	axeAll      = `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}`
	axeContrast = `{type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable']}`
)

// TestEveryPageInEveryLanguage opens each page once in each language and looks at it on a
// phone and on a desk, in light and in dark: nothing is wider than the screen, faint or
// small; axe finds nothing serious; the console is silent; nothing is asked of anybody else.
func TestEveryPageInEveryLanguage(t *testing.T) {
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
					if v.axe {
						run(t, tab, chromedp.Evaluate[bool](source+";true"))
					}
					for i, look := range []struct {
						width int64
						dark  bool
					}{{1280, false}, {390, true}, {390, false}, {1280, true}} {
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
						if i < 2 && v.axe { // the other two differ in nothing that axe sees
							rules := []string{axeAll, axeContrast}[i]
							serious(t, where, run(t, tab, chromedp.Evaluate[string](fmt.Sprintf(runAxe, rules), chromedp.EvalAwaitPromise)))
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
			work <- checked{view{lang: lang, path: path, query: query}, (i+j)%2 == 0}
		}
	}
	close(work)
	tabs.Wait()
}

// checked is a page that axe looks at, or not: what it sees differs little by language, so
// it is shown each page in two.
type checked struct {
	view
	axe bool
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

// TestEveryPageByKeyboard walks each page by the Tab key, in a tab that runs no script of the
// page: the way past the menu comes first and leads to the content, every stop is seen, none
// holds the reader fast. Then it looks at the page as it is printed.
func TestEveryPageByKeyboard(t *testing.T) {
	ctx, root := browser(t), server(t)
	tab, end := chromedp.NewContext(ctx)
	defer end()
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for i, path := range everyPage {
		lang := []string{"zh", "uk", "ru", "en"}[i%4]
		t.Run(lang+path, func(t *testing.T) {
			must(t, chromedp.Do(tab, chromedp.EmulateViewport([]int64{390, 1280}[i%2], 900), chromedp.Navigate(root+"/"+lang+path), chromedp.KeyEvent(kb.Tab)))
			if first := run(t, tab, chromedp.Evaluate[string](`document.activeElement.className`)); first != "skip" {
				t.Errorf("the first stop is %q", first)
			}
			for range 25 {
				must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Tab)))
				if why := run(t, tab, chromedp.Evaluate[string](unseenFocus)); why != "" {
					t.Errorf("a stop that is not seen: %s", why)
				}
			}
			if n := run(t, tab, chromedp.Evaluate[int](`new Set(window.stops).size`)); n < 10 {
				t.Errorf("25 steps led to %d places", n)
			}
			run(t, tab, chromedp.Evaluate[bool](`document.querySelector('.skip').focus(), true`))
			must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Enter)))
			if hash := run(t, tab, chromedp.Evaluate[string](`location.hash + ' ' + (document.querySelector(location.hash || 'none')?.tagName ?? '')`)); hash != "#main MAIN" {
				t.Errorf("the way past the menu leads to %q", hash)
			}
			if shown := run(t, tab, chromedp.Evaluate[[]string](printed)); len(shown) == 0 {
				t.Error("the screen shows no menu")
			}
			call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
			if shown := run(t, tab, chromedp.Evaluate[[]string](printed)); len(shown) > 0 {
				t.Errorf("printed: %q", shown)
			}
			call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
		})
	}
}

// unseenFocus says what is wrong with where the keyboard stands.
const unseenFocus = `(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return '';
  (window.stops ??= []).push(e);
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  const name = e.tagName + '.' + (e.className.baseVal ?? e.className) + ' ' + (e.id || e.textContent.trim().slice(0, 40)) + ' ' + s.outline;
  if (r.width === 0 || r.height === 0) return 'no size: ' + name;
  if ((s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 1) && s.boxShadow === 'none') return 'no outline: ' + name;
  return '';
})()`

// printed names what paper has no use for, and words that are no longer there.
const printed = `(() => {
  const out = [...document.querySelectorAll('nav, form, button, .skip')].filter(e => e.getClientRects().length > 0).map(e => e.tagName + '.' + e.className);
  if (!document.querySelector('h1')?.getClientRects().length) out.push('no heading');
  for (const e of document.querySelectorAll('main svg')) if (getComputedStyle(e).display === 'none' && e.parentElement.getClientRects().length) out.push('no drawing');
  return out;
})()`
