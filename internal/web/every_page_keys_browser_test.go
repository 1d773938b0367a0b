package web_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestEveryPageByKeyboardInABrowser walks each page by the Tab key, in a tab that runs no script of the
// page: the way past the menu comes first and leads to the content, the stops stand in the
// order of the page, every one is seen, none holds the reader fast, what folds opens and
// closes. Then it looks at the page as it is printed.
func TestEveryPageByKeyboardInABrowser(t *testing.T) {
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
			run(t, tab, chromedp.Evaluate[int](stops))
			at := 0
			for range 8 {
				must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Tab)))
				next := run(t, tab, chromedp.Evaluate[int](`window.stops.indexOf(document.activeElement)`))
				if next != at+1 {
					t.Errorf("Tab leads from stop %d to stop %d", at, next)
				}
				at = next
			}
			if list := run(t, tab, chromedp.Evaluate[[]string](unseenFocus)); len(list) > 0 {
				t.Errorf("stops that are not seen: %s", strings.Join(list, "; "))
			}
			run(t, tab, chromedp.Evaluate[bool](`window.stops.at(-1).focus(), true`))
			must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Tab)))
			if last := run(t, tab, chromedp.Evaluate[bool](`document.activeElement === window.stops.at(-1)`)); last {
				t.Error("the last stop holds the reader")
			}
			folds(t, tab)
			run(t, tab, chromedp.Evaluate[bool](`document.querySelector('.skip').focus(), true`))
			must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Enter)))
			if hash := run(t, tab, chromedp.Evaluate[string](`location.hash + ' ' + (document.querySelector(location.hash || 'none')?.tagName ?? '')`)); hash != "#main MAIN" {
				t.Errorf("the way past the menu leads to %q", hash)
			}
			must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Tab)))
			if within := run(t, tab, chromedp.Evaluate[bool](`!document.activeElement.closest('header') && !document.activeElement.matches('.skip') || !window.stops.some(e => e.closest('main'))`)); !within {
				t.Error("after the way past the menu Tab leads into the menu")
			}
			if shown := run(t, tab, chromedp.Evaluate[[]string](unprinted)); len(shown) == 0 {
				t.Error("the screen shows no menu")
			}
			// A4 within its margins.
			must(t, chromedp.Do(tab, chromedp.EmulateViewport(657, 985)))
			run(t, tab, chromedp.Evaluate[int](texts))
			call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
			if list := append(run(t, tab, chromedp.Evaluate[[]string](unprinted)), run(t, tab, chromedp.Evaluate[[]string](lost))...); len(list) > 0 {
				t.Errorf("on paper: %q", list)
			}
			if i == 0 {
				if pdf := run(t, tab, chromedp.PrintToPDF()); len(pdf) < 10_000 {
					t.Errorf("the printed page holds %d bytes", len(pdf))
				}
			}
			call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
		})
	}
}

// folds opens and closes what folds first on a page.
func folds(t *testing.T, tab context.Context) {
	t.Helper()
	if none := run(t, tab, chromedp.Evaluate[bool](`(window.fold = [...document.querySelectorAll('details')].find(d => d.checkVisibility())) === undefined`)); none {
		return
	}
	was := run(t, tab, chromedp.Evaluate[bool](`window.fold.querySelector('summary').focus(), window.fold.open`))
	for _, want := range []bool{!was, was} {
		must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Enter)))
		if open := run(t, tab, chromedp.Evaluate[bool](`window.fold.open`)); open != want {
			t.Errorf("what folds is open: %v, want %v", open, want)
		}
	}
}

// stops keeps every place where the Tab key stops, in the order of the page.
const stops = `(window.stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))).length`

// unseenFocus names the stops where a reader would not see that they stand there.
const unseenFocus = `window.stops.flatMap(e => {
  e.focus({focusVisible: true, preventScroll: true});
  const name = e.tagName + '.' + (e.className.baseVal ?? e.className) + ' ' + (e.id || e.textContent.trim().slice(0, 40));
  if (document.activeElement !== e) return ['takes no focus: ' + name];
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  if (r.width === 0 || r.height === 0) return ['no size: ' + name];
  if ((s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 1) && s.boxShadow === 'none') return ['no outline: ' + name];
  return [];
}).slice(0, 5)`

// unprinted names what paper has no use for.
const unprinted = `[...document.querySelectorAll('nav, form, button, .skip')].filter(e => e.getClientRects().length > 0).map(e => e.tagName + '.' + e.className)`

// texts keeps what stands on the screen and belongs on paper: headings, links, drawings.
const texts = `(window.texts = [...document.querySelectorAll('main :is(h1, h2, h3, a, svg, img, td, th, caption, blockquote)')]
  .filter(e => !e.closest('nav, form, .contents') && e.checkVisibility({contentVisibilityAuto: true}) && e.getClientRects().length > 0)).length`

// lost names what was on the screen and is not on paper, what is cut at the paper's edge, and
// what stays folded.
const lost = `(() => {
  const out = [], name = e => e.tagName + '.' + (e.className.baseVal ?? e.className) + ' ' + e.textContent.trim().slice(0, 40);
  for (const e of window.texts) if (!e.checkVisibility() || !e.getClientRects().length) out.push('not there: ' + name(e));
  if (document.documentElement.scrollWidth > innerWidth) out.push('wider than the paper: ' + document.documentElement.scrollWidth);
  for (const e of document.querySelectorAll('table, svg, pre, img')) {
    if (e.getClientRects().length && !e.closest('[aria-hidden]') && e.getBoundingClientRect().right > innerWidth + 1) out.push('cut: ' + name(e) + ' at ' + Math.round(e.getBoundingClientRect().right));
  }
  for (const d of document.querySelectorAll('main details')) {
    const within = d.querySelector(':scope > :not(summary)');
    if (!d.closest('form') && within && !(within.checkVisibility({contentVisibilityAuto: true}) && within.getClientRects().length)) out.push('folded: ' + name(d.querySelector('summary')));
  }
  return out.slice(0, 6);
})()`
