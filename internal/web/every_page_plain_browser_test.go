package web_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/web"
)

// shownText is what a reader sees of a page's content; the map's tools are there only with scripts.
const shownText = `(document.querySelectorAll('.maptools').forEach(e => e.remove()), document.querySelector('main').innerText)`

// TestEveryPageWithoutScriptsInABrowser reads each page in a tab that runs scripts and in one that runs
// none: the content is the same.
func TestEveryPageWithoutScriptsInABrowser(t *testing.T) {
	ctx, root := browser(t), server(t)
	with, end := chromedp.NewContext(ctx)
	defer end()
	without, end := chromedp.NewContext(ctx)
	defer end()
	call(t, without, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for i, path := range everyPage {
		lang := []string{"en", "zh", "uk", "ru"}[i%4]
		t.Run(lang+path, func(t *testing.T) {
			must(t, chromedp.Do(with, chromedp.Navigate(root+"/"+lang+path)))
			must(t, chromedp.Do(without, chromedp.Navigate(root+"/"+lang+path)))
			rich, plain := run(t, with, chromedp.Evaluate[string](shownText)), run(t, without, chromedp.Evaluate[string](shownText))
			if rich != plain || len(plain) < 20 {
				t.Errorf("%d letters with scripts, %d without", len(rich), len(plain))
			}
		})
	}
}

// TestEveryFormWithoutScriptsInABrowser fills each form of the site and sends it, in a tab that runs
// no script, by the button as a reader does.
func TestEveryFormWithoutScriptsInABrowser(t *testing.T) {
	ctx, root := browser(t), server(t)
	tab, end := chromedp.NewContext(ctx)
	defer end()
	call(t, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for _, tt := range []struct {
		name, path, fill string // fill is done by the test, not by the page
		press            string
		query            string // of the answer, without what is empty
		shows            string // a look at the answer that must hold
	}{
		{
			"the day", "/uk/", `f('#at', '2025-03-21')`, "form.ask button",
			"at=2025-03-21", `document.querySelector('#at').value === '2025-03-21' && !document.querySelector('.edge')`,
		},
		{
			"what was known", "/ru/positions?at=2025-03-20", `document.querySelector('form.ask details').open = true, f('#known_by', '2025-03-12T12:00Z'), f('#as_of', '100')`, "form.ask button",
			"as_of=100&at=2025-03-20&known_by=2025-03-12T12:00Z", `document.querySelector('.edge') && document.querySelector('form.ask details').open`,
		},
		{
			"the filters", "/en/incidents?at=2025-04-17", `f('#q', 'gas'), document.querySelector('form.filters details').open = true, f('#f-class', 'violation'), f('#to', '2025-04-10')`, "form.filters button",
			"at=2025-04-17&class=violation&q=gas&to=2025-04-10", `document.querySelector('#q').value === 'gas' && document.querySelector('.clear') && document.querySelectorAll('.incidents > li').length > 0`,
		},
		{
			"statements", "/zh/statements?at=2025-03-20", `f('#from', '2025-03-12')`, "form.filters button",
			"at=2025-03-20&from=2025-03-12", `document.querySelector('#from').value === '2025-03-12' && document.querySelectorAll('.items > li').length > 0`,
		},
		{
			"a question keeps the filters", "/en/incidents?q=gas&at=2025-03-20", `f('#at', '2025-04-17')`, "form.ask button",
			"at=2025-04-17&q=gas", `document.querySelector('#q').value === 'gas'`,
		},
		{
			"the map", "/uk/map?at=2025-04-17", `f('#days', '30'), document.querySelector('#layers-form details').open = true, document.querySelector('#layer-water').checked = false`, "#layers-form button",
			"", `document.querySelector('#days').value === '30' && !document.querySelector('#layer-water').checked && document.querySelector('svg.map')`,
		},
		{
			"the languages of a text", "/en/agreements/energy-2025-03?at=2025-04-17", `document.querySelectorAll('.text-languages input').forEach(e => e.checked = true)`, ".text-languages button",
			"", `document.querySelectorAll('.side-by-side > div').length > 1 && document.querySelectorAll('.text-languages input:checked').length > 1`,
		},
		{
			"another language", "/en/incidents?at=2025-04-17&q=gas", `1`, `.languages a[lang="ru"]`,
			"at=2025-04-17&q=gas", `document.documentElement.lang === 'ru' && document.querySelector('#q').value === 'gas'`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			must(t, chromedp.Do(tab, chromedp.EmulateViewport(390, 844), chromedp.Navigate(root+tt.path)))
			run(t, tab, chromedp.Evaluate[bool](`(() => { const f = (s, v) => { document.querySelector(s).value = v; }; `+tt.fill+`; return true; })()`))
			answer, err := chromedp.RunResponse(tab, chromedp.Click(tt.press))
			must(t, err)
			if answer.Status != 200 {
				t.Errorf("the answer's status is %d", answer.Status)
			}
			address, err := url.Parse(run(t, tab, chromedp.Location()))
			must(t, err)
			query := address.Query()
			for name, values := range query {
				if strings.Join(values, "") == "" {
					query.Del(name)
				}
			}
			if got, _ := url.QueryUnescape(query.Encode()); tt.query != "" && got != tt.query {
				t.Errorf("the form led to %q, want %q", got, tt.query)
			}
			if !run(t, tab, chromedp.Evaluate[bool](`!!(`+tt.shows+`)`)) {
				t.Errorf("the answer at %s does not show what was asked", address)
			}
		})
	}
}

// TestBadInputInABrowser: nonsense is told of on a page with a way on.
func TestBadInputInABrowser(t *testing.T) {
	ctx, root := browser(t), server(t)
	tab, end := chromedp.NewContext(ctx)
	defer end()
	for _, tt := range []struct {
		path   string
		status int64
		lang   string // of the answer
	}{
		{"/uk/?at=nonsense", 400, "uk"},
		{"/ru/?at=2025-02-30", 400, "ru"},
		{"/zh/positions?known_by=yesterday", 400, "zh"},
		{"/en/?as_of=-1", 400, "en"},
		{"/en/statements?as_of=99999999999999999999", 400, "en"},
		{"/uk/incidents?page=0", 400, "uk"},
		{"/uk/incidents?page=99999", 404, "uk"},
		{"/ru/incidents?from=x", 400, "ru"},
		{"/ru/incidents?class=x", 400, "ru"},
		{"/zh/statements?by=%3Cscript%3E", 400, "zh"},
		{"/zh/timeline?kind=x", 404, "zh"},
		{"/en/map?days=13", 400, "en"},
		{"/en/map?layer=x", 400, "en"},
		{"/uk/reports/yesterday", 404, "uk"},
		{"/uk/reports/2040-01-01", 404, "uk"},
		{"/ru/agreements/none", 404, "ru"},
		{"/zh/entries/%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404, "zh"},
		{"/xx/incidents", 404, "en"},
		{"/en/%E2%80%AEetats", 404, "en"},
		{"/en/?at=" + strings.Repeat("9", 1100), 414, "en"},
	} {
		t.Run(tt.path[:min(len(tt.path), 40)], func(t *testing.T) {
			answer, err := chromedp.RunResponse(tab, chromedp.Navigate(root+tt.path))
			must(t, err)
			if answer.Status != tt.status {
				t.Errorf("the status is %d, want %d", answer.Status, tt.status)
			}
			whole(t, run(t, tab, chromedp.Evaluate[string](pageFacts)), tt.lang)
			if n := run(t, tab, chromedp.Evaluate[int](`document.querySelectorAll('.places a').length`)); n < 5 {
				t.Errorf("the page has %d places to go", n)
			}
			if words := run(t, tab, chromedp.Evaluate[string](`document.querySelector('.lead')?.innerText ?? ''`)); len(words) < 15 {
				t.Errorf("the page helps with %q", words)
			}
		})
	}
}

// hostileWords would be markup, or would turn the words around them, were they not kept as text.
const hostileWords = "<script>window.caught=1</script><img src=x onerror=window.caught=1> ]]> \u202egnp.exe\u2066 &lt;b&gt; {{.}} \u202e"

// TestHostileWordsInABrowser shows a case whose words are markup, overrides of direction and
// what templates are made of.
func TestHostileWordsInABrowser(t *testing.T) {
	files := ownFiles("full")
	line := `{"entry":{"kind":"statement","ref":"s1","author":"desk","happened":"2040-02-02","said_by":{"party":"A","institution":{"en":"` + hostileWords + `"}},"language":"en","words":"` + hostileWords + `","summary":{"en":"` + hostileWords + `"},"body":{}},"recorded":"2040-02-03T00:00:00Z"}` + "\n" +
		`{"entry":{"kind":"report","ref":"r9","author":"desk","happened":"2040-02-02","said_by":{"party":"A","institution":{"en":"Post"}},"summary":{"en":"` + hostileWords + `"},"body":{"act":"attack","place":{"name":{"en":"` + hostileWords + `"},"lon":"10.5","lat":"50.5","radius_m":3000}}},"recorded":"2040-02-03T00:00:00Z"}` + "\n"
	files["record.jsonl"] = &fstest.MapFile{Data: append(files["record.jsonl"].Data, line...)}
	c, err := casefile.Load(files)
	must(t, err)
	h, err := web.New(c, web.Options{Now: clock(t, "2040-03-01T00:00:00Z")})
	must(t, err)
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	ctx := browser(t)
	var seen complaints
	tab, end := chromedp.NewContext(ctx, chromedp.WithListener(func(ev any) {
		seen.hear(ev)
		if e, ok := ev.(*page.EventJavascriptDialogOpening); ok {
			t.Errorf("a dialog opened: %s", e.Message)
		}
	}))
	defer end()
	for _, path := range []string{
		"/", "/statements", "/incidents", "/timeline", "/map", "/entries/s1", "/entries/r9", "/reports/2040-02-02",
		"/incidents?q=" + url.QueryEscape(hostileWords), "/statements?q=" + url.QueryEscape(hostileWords),
	} {
		for _, lang := range []string{"en", "zh"} {
			t.Run(lang+path[:min(len(path), 30)], func(t *testing.T) {
				must(t, chromedp.Do(tab, chromedp.Navigate(s.URL+"/"+lang+path)))
				if list := run(t, tab, chromedp.Evaluate[[]string](turned)); len(list) > 0 {
					t.Errorf("%q", list)
				}
			})
		}
	}
	if list := seen.all(); len(list) > 0 {
		t.Errorf("the console complains: %q", list)
	}
}

// turned names what became of hostile words: markup, or characters that turn the text around
// them and are not shown by their number.
const turned = `(() => {
  const out = [], main = document.querySelector('main'), text = main.textContent;
  if (window.caught) out.push('a script ran');
  if (document.querySelector('img[onerror], main script:not([src])')) out.push('markup was made');
  const found = text.match(/[\u202a-\u202e\u2066-\u2069][^]{0,20}/g);
  if (found) out.push('turned: ' + found[0]);
  if (text.includes('gnp.exe') && !text.includes('U+202Egnp.exe')) out.push('what turns others is not shown');
  if (!document.documentElement.outerHTML.includes('window.caught=1')) out.push('the words are not there');
  return out;
})()`
