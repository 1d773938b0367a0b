package web_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// drawingBrowser is browser with WebGL, drawn by the processor.
func drawingBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("use-gl", "angle"), chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("enable-unsafe-swiftshader", true))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// TestTheMapMovesWithItsScripts asks for the map that can be moved. In a program that was
// built without scripts the page has none, and its drawing is all there is.
func TestTheMapMovesWithItsScripts(t *testing.T) {
	h := site(t)
	with := strings.Contains(get(t, h, "/en/map"+mapDay).Body.String(), "<script")
	if built := get(t, h, "/static/map.js").Code == 200; built != with {
		t.Fatalf("scripts are built in: %v, and on the page: %v", built, with)
	}
	ctx, root := drawingBrowser(t), server(t)
	shots := os.Getenv("TRUCELINE_SHOTS")
	for _, v := range []view{
		{lang: "en", path: "/map", query: mapDay, width: 1280, height: 900},
		{lang: "uk", path: "/map", query: mapDay, width: 390, height: 844, dark: true},
		{lang: "zh", path: "/map", query: "?at=2025-04-30&layer=_control-B111&layer=_control-B112&layer=_control-A30&layer=coast&layer=water&layer=names&layer=_reports", width: 1280, height: 900},
	} {
		t.Run(v.name(), func(t *testing.T) {
			var seen complaints
			tab, end := chromedp.NewContext(ctx, chromedp.WithListener(seen.hear))
			defer end()
			scheme := "light"
			if v.dark {
				scheme = "dark"
			}
			must(t, chromedp.Do(tab, chromedp.EmulateViewport(v.width, v.height)))
			call(t, tab, cdplog.Enable, cdp.Empty{})
			call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			must(t, chromedp.Do(tab, chromedp.Navigate(root+"/"+v.lang+v.path+v.query)))
			if with {
				must(t, chromedp.Do(tab, chromedp.WaitVisible(`figure#map[data-ready="true"] .maptools button`), chromedp.Click(".maptools button"),
					chromedp.WaitReady(`figure#map[data-moving="true"], figure#map[data-failed]`)))
				if why := run(t, tab, chromedp.Evaluate[string](`document.getElementById('map').dataset.failed ?? ''`)); why != "" {
					t.Fatalf("the map does not come: %s; the console says %q", why, seen.all())
				}
				if n := run(t, tab, chromedp.Evaluate[int](`document.querySelectorAll('.mapframe canvas').length`)); n != 1 {
					t.Errorf("%d canvases", n)
				}
				if n := run(t, tab, chromedp.Evaluate[int](`document.querySelectorAll('.mapframe a.number').length`)); n != 8 {
					t.Errorf("%d numbers of places, want 8", n)
				}
				// Every corner of the map is paper of its own colour; a map that drew nothing would be empty of ink.
				if drawn := run(t, tab, chromedp.Evaluate[bool](`document.querySelector('svg.map').hasAttribute('hidden')`)); !drawn {
					t.Error("the drawing stands beside the map")
				}
				foreign := run(t, tab, chromedp.Evaluate[[]string](`performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin + '/') && !n.startsWith('data:'))`))
				if len(foreign) > 0 {
					t.Errorf("fetched from elsewhere: %v", foreign)
				}
				sent := run(t, tab, chromedp.Evaluate[int](`[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((n, e) => n + e.transferSize, 0)`))
				if t.Logf("%d bytes were sent", sent); sent > 400_000 {
					t.Errorf("%d bytes were sent, more than 400,000", sent)
				}
			}
			if list := seen.all(); len(list) > 0 {
				t.Errorf("the console complains: %q", list)
			}
			over := run(t, tab, chromedp.Evaluate[[]string](overflowing))
			if len(over) > 0 {
				t.Errorf("wider than the screen: %s", strings.Join(over, "; "))
			}
			if shots != "" {
				shot := run(t, tab, chromedp.Screenshot("#map"))
				must(t, os.WriteFile(filepath.Join(shots, "moving-"+v.lang+".png"), shot, 0o600))
			}
		})
	}
}

// TestTheMapByKeyboardInABrowser reaches every control of the map by the Tab key, sees where it
// stands, uses it, and comes out of the map again.
func TestTheMapByKeyboardInABrowser(t *testing.T) {
	if get(t, site(t), "/static/map.js").Code != 200 {
		t.Fatal("the map's scripts are not built in, run `make assets`")
	}
	ctx, root := drawingBrowser(t), server(t)
	tab, end := chromedp.NewContext(ctx)
	defer end()
	must(t, chromedp.Do(tab, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(root+"/en/map"+mapDay),
		chromedp.WaitVisible(`figure#map[data-ready="true"] .maptools button`)))
	// what stands before the map is walked by TestEveryPageByKeyboardInABrowser
	run(t, tab, chromedp.Evaluate[bool](`[...document.querySelectorAll('.steps a')].at(-1).focus(), true`))
	seen := func(want string) {
		t.Helper()
		must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Tab)))
		got := run(t, tab, chromedp.Evaluate[string](`(() => { const e = document.activeElement; return getComputedStyle(e).outlineStyle === 'none' ? 'unseen' : e.matches('.mapframe a, svg a') ? 'place' : e.matches('input') ? 'slider' : e.matches('canvas') ? 'map' : e.title || e.textContent; })()`))
		if got != want {
			t.Fatalf("Tab leads to %q, want %q", got, want)
		}
	}
	words := func(name string) string {
		return run(t, tab, chromedp.Evaluate[string](`document.getElementById('map').dataset.`+name))
	}
	seen("slider")
	seen(words("wordsMove"))
	must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Enter), chromedp.WaitReady(`figure#map[data-moving="true"]`)))
	run(t, tab, chromedp.Evaluate[bool](`document.querySelector('.maptools input').focus(), true`))
	for _, name := range []string{"wordsIn", "wordsOut", "wordsWhole"} {
		seen(words(name))
		before := run(t, tab, chromedp.Evaluate[string](`document.querySelector('.mapframe').innerHTML`))
		must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Enter)))
		if name != "wordsWhole" && run(t, tab, chromedp.Evaluate[string](`document.querySelector('.mapframe').innerHTML`)) == before {
			t.Errorf("%s does nothing", name)
		}
	}
	seen("map")
	out := false
	for range 30 {
		must(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Tab)))
		if out = run(t, tab, chromedp.Evaluate[bool](`!document.activeElement.closest('.mapframe')`)); out {
			break
		}
	}
	if !out {
		t.Error("Tab does not lead out of the map")
	}
	// The slider's arrows lead to another day's page.
	run(t, tab, chromedp.Evaluate[bool](`document.querySelector('.maptools input').focus(), true`))
	if _, err := chromedp.RunResponse(tab, chromedp.KeyEvent(kb.ArrowRight)); err != nil {
		t.Fatal(err)
	}
	if now := run(t, tab, chromedp.Location()); !strings.Contains(now, "at=2025-") || strings.HasSuffix(now, mapDay) {
		t.Errorf("the slider leads to %s", now)
	}
}

func TestTheMapStandsWithoutScripts(t *testing.T) {
	ctx, root := browser(t), server(t)
	tab, end := chromedp.NewContext(ctx)
	defer end()
	must(t, chromedp.Do(tab, chromedp.EmulateViewport(390, 844)))
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	must(t, chromedp.Do(tab, chromedp.Navigate(root+"/uk/map"+mapDay), chromedp.WaitVisible("svg.map")))
	if n := run(t, tab, chromedp.Evaluate[int](`document.querySelectorAll('.maptools, canvas').length`)); n != 0 {
		t.Errorf("%d tools that need scripts are shown", n)
	}
	if n := run(t, tab, chromedp.Evaluate[int](`[...document.querySelectorAll('svg.map .number')].filter(e => e.getBoundingClientRect().width > 0).length`)); n != 8 {
		t.Errorf("%d numbers of places are seen, want 8", n)
	}
}

// TestThePolicyAllowsTheSiteAlone: nothing from elsewhere, and no script or style within a page.
func TestThePolicyAllowsTheSiteAlone(t *testing.T) {
	const want = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
	if got := get(t, site(t), "/en/map").Header().Get("Content-Security-Policy"); got != want {
		t.Errorf("the policy is %q", got)
	}
}
