package web_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chromium finds the browser: TRUCELINE_CHROMIUM, or one on the path.
func chromium(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("TRUCELINE_CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no Chromium found: run the tests with `make test`, which installs one, or name one in TRUCELINE_CHROMIUM")
	return ""
}

// view is a way of looking at a page.
type view struct {
	lang, query, path string
	width, height     int64
	dark              bool
}

func (v view) name() string {
	light := "light"
	if v.dark {
		light = "dark"
	}
	where := strings.Trim(strings.NewReplacer("/", "-", "?at=", "-").Replace(v.path+v.query), "-")
	return fmt.Sprintf("%s-%d-%s-%s", v.lang, v.width, light, where)
}

// browser starts one browser for the tests of this file.
func browser(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.Flag("hide-scrollbars", true), chromedp.Flag("disable-gpu", true))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func server(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(site(t))
	t.Cleanup(s.Close)
	return s.URL
}

// complaints collects what a tab's console and loader complain of.
type complaints struct {
	mu   sync.Mutex
	list []string
}

func (c *complaints) hear(ev any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch e := ev.(type) {
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError || e.Entry.Level == cdplog.EntryLevelWarning {
			c.list = append(c.list, e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		c.list = append(c.list, e.ExceptionDetails.Text)
	}
}

func (c *complaints) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.list)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// run answers with an action's value.
func run[T any](t *testing.T, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(ctx, action)
	must(t, err)
	return v
}

// call sends a command to a tab.
func call[P, R any](t *testing.T, ctx context.Context, c cdp.Command[P, R], params P) {
	t.Helper()
	_, err := chromedp.Call(ctx, c, params)
	must(t, err)
}

// overflowing names what makes the page wider than its screen, and targets under
// 24 pixels that stand outside of running text.
const overflowing = `(() => {
  const wide = document.documentElement.clientWidth, out = [];
  if (document.documentElement.scrollWidth > wide) {
    out.push('page ' + document.documentElement.scrollWidth);
    for (const e of document.querySelectorAll('body *')) {
      if (e.getBoundingClientRect().right > wide + 1 && !e.closest('.scroll') && !e.closest('svg')) out.push(e.tagName + '.' + e.className);
    }
  }
  for (const e of document.querySelectorAll('nav a, .ref, button, input, summary')) {
    const r = e.getBoundingClientRect();
    if (r.width > 0 && (r.height < 24 || r.width < 24)) out.push('small target ' + e.className + ' ' + e.textContent.trim() + ' ' + Math.round(r.width) + 'x' + Math.round(r.height));
  }
  return out.slice(0, 8);
})()`

// lowContrast names text whose colour stands less than 4.5 to 1 against what is
// painted behind it.
const lowContrast = `(() => {
  const parse = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const lum = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; } return [255, 255, 255, 1]; };
  const out = new Set();
  let seen = 0;
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg') || ![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const r = e.getBoundingClientRect();
    if (r.width === 0) continue;
    seen++;
    const a = lum(parse(getComputedStyle(e).color)), b = lum(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) out.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
  }
  if (seen < 10) out.add('only ' + seen + ' texts found');
  return [...out].slice(0, 8);
})()`

// TestTheFormAndTheKeysWorkWithoutScripts walks by keyboard and puts a question, in
// a tab that runs no script of the page.
func TestTheFormAndTheKeysWorkWithoutScripts(t *testing.T) {
	ctx, root := browser(t), server(t)
	tab, end := chromedp.NewContext(ctx)
	defer end()
	must(t, chromedp.Do(tab, chromedp.EmulateViewport(390, 844)))
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	must(t, chromedp.Do(tab, chromedp.Navigate(root+"/uk/?at=2025-03-12"), chromedp.KeyEvent(kb.Tab)))
	focus := run(t, tab, chromedp.Evaluate[string](`document.activeElement.className`))
	outline := run(t, tab, chromedp.Evaluate[string](`getComputedStyle(document.activeElement).outlineStyle`))
	if focus != "skip" {
		t.Errorf("the first stop of the tab key is %q, want the skip link", focus)
	}
	if outline == "none" || outline == "" {
		t.Errorf("the focus is not seen: outline %q", outline)
	}
	must(t, chromedp.Do(tab, chromedp.SetValue("#at", "2025-03-21")))
	if _, err := chromedp.RunResponse(tab, chromedp.Submit("form.ask")); err != nil {
		t.Fatal(err)
	}
	address := run(t, tab, chromedp.Location())
	asked := run(t, tab, chromedp.Value("#at"))
	if !strings.Contains(address, "at=2025-03-21") || asked != "2025-03-21" {
		t.Errorf("the form led to %s, its field says %q", address, asked)
	}
}
