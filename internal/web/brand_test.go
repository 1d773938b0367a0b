package web_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/truceline/truceline/internal/web"
	"github.com/truceline/truceline/problem"
)

const soundLogo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>`

func brandOf(files map[string]string) (*web.Brand, error) {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return web.LoadBrand(fsys)
}

func TestABrandIsOnEveryPage(t *testing.T) {
	const css = "/* ours */\n:root { --accent: #5a2d82; --bar: #5a2d82 }\n@media (prefers-color-scheme: dark) { :root { --accent: #c9a7ee; --accent-ink: #15181a; --bar: #c9a7ee; } }\n"
	b, err := brandOf(map[string]string{"name.json": `{"en": "Harbour Mission", "zh": "港口监察团"}`, "brand.css": css, "logo.svg": soundLogo})
	if err != nil {
		t.Fatal(err)
	}
	c, err := founding()
	if err != nil {
		t.Fatal(err)
	}
	h, err := web.New(c, web.Options{Now: time.Now, Version: "test", Brand: b})
	if err != nil {
		t.Fatal(err)
	}
	for lang, name := range map[string]string{"en": "Harbour Mission", "zh": "港口监察团", "uk": "Harbour Mission"} {
		for _, path := range []string{"/", "/card", "/nowhere"} {
			doc := parse(t, get(t, h, "/"+lang+path).Body.String())
			if got := words(classed(doc, "brand")[0]); !strings.HasPrefix(got, name) || strings.Contains(words(all(doc, "title")[0]), "Truceline") {
				t.Errorf("/%s%s is called %q", lang, path, got)
			}
		}
		if text := words(parse(t, checkPage(t, h, lang, "/"+lang+"/"))); !strings.Contains(text, "Truceline test") {
			t.Errorf("/%s/ does not name the program", lang)
		}
	}
	doc := parse(t, get(t, h, "/en/").Body.String())
	logo, _ := attr(classed(doc, "logo")[0], "src")
	if w := get(t, h, logo); w.Code != http.StatusOK || w.Body.String() != soundLogo || w.Header().Get("Content-Type") != "image/svg+xml" {
		t.Errorf("%s: %d", logo, w.Code)
	}
	for _, l := range all(doc, "link") {
		if rel, _ := attr(l, "rel"); rel == "stylesheet" {
			href, _ := attr(l, "href")
			plain := get(t, site(t), "/static/style.css").Body.String()
			if got := get(t, h, href).Body.String(); got != plain+css {
				t.Error("the brand's sheet does not stand after the program's")
			}
		}
	}
}

func TestBrandsAreChecked(t *testing.T) {
	for _, tt := range []struct{ file, text, says string }{
		{"brand.css", ":root { --accent: #5a2d82; }", "in dark colours #5a2d82 on #15181a"},
		{"brand.css", ":root { --ink: #888 }", "--ink: in light colours #888 on #fdfcf9 (--paper) has a contrast of 3.5"},
		{"brand.css", "\n:root { --accents: #000000; }", "brand.css:2: --accents: the sheet has no such token"},
		{"brand.css", ":root { --ink: red; }", `"red" is no colour`},
		{"brand.css", ":root { --ink: url(//a.example/x); }", "is no colour"},
		{"brand.css", ".warning { display: none }", "is no block of tokens"},
		{"brand.css", "@import 'x';", "is no block of tokens"},
		{"brand.css", ":root { --ink: #000;", "ends within a block"},
		{"brand.css", ":root { --ink: #000; } } .warning {", "is no block of tokens"},
		{"brand.css", "@media print { :root { --ink: #000 } }", "is no block of tokens"},
		{"brand.css", strings.Repeat(" ", 70_000), "more than 65536 bytes"},
		{"name.json", `{"fr": "Mission"}`, "does not speak this language"},
		{"name.json", `{"en": ""}`, "no name that fits"},
		{"name.json", `["Mission"]`, "no name by language"},
		{"logo.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "it holds a <script>"},
		{"logo.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`, "it holds onload"},
		{"logo.svg", `<svg xmlns="http://www.w3.org/2000/svg"><use href="https://a.example/x"/></svg>`, "it holds href"},
		{"logo.svg", `<!DOCTYPE svg [<!ENTITY a "b">]><svg/>`, "it holds <!DOCTYPE"},
		{"logo.svg", `<html/>`, "begins with <html>"},
		{"logo.png", "GIF89a", "it is no PNG"},
		{"brand.js", "alert(1)", "no such file belongs to a brand"},
		{"README.md", "nothing else", "holds nothing of a brand"},
	} {
		_, err := brandOf(map[string]string{tt.file: tt.text})
		var list problem.List
		if !errors.As(err, &list) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s %.40q: %v, want %q", tt.file, tt.text, err, tt.says)
		}
	}
}
