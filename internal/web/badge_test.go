package web_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/draw"
)

func TestTheCardIsSoundInEveryLanguage(t *testing.T) {
	h := addressed(t, "https://record.example")
	for _, lang := range explain.Languages() {
		for _, query := range []string{"", "?at=2025-03-12", "?at=2025-04-17", "?at=2022-02-01"} {
			w := get(t, h, "/"+lang+"/status.svg"+query)
			var card struct {
				Width  string `xml:"width,attr"`
				Height string `xml:"height,attr"`
				Lang   string `xml:"lang,attr"`
				Title  string `xml:"title"`
				Desc   string `xml:"desc"`
				Texts  []struct {
					Class string `xml:"class,attr"`
					X     int    `xml:"x,attr"`
					Y     int    `xml:"y,attr"`
					Text  string `xml:",chardata"`
				} `xml:"text"`
			}
			if err := xml.Unmarshal(w.Body.Bytes(), &card); err != nil || w.Code != http.StatusOK {
				t.Fatalf("%s%s: %d, %v", lang, query, w.Code, err)
			}
			if card.Width != "480" || card.Height != "220" || card.Lang != lang || card.Title == "" || card.Desc == "" {
				t.Errorf("%s%s: %+v", lang, query, card)
			}
			size, y := map[string]float64{"head": 14, "answer": 19, "foot": 12}, 0
			for _, x := range card.Texts {
				if x.Text == "" || float64(x.X)+draw.TextWidth(x.Text, size[x.Class]) > 480-8 || x.Y <= y || x.Y > 214 {
					t.Errorf("%s%s: %+v", lang, query, x)
				}
				y = x.Y
			}
			policy, shared := w.Header().Get("Content-Security-Policy"), w.Header().Get("Cross-Origin-Resource-Policy")
			if !strings.HasPrefix(policy, "default-src 'none'; style-src 'unsafe-inline';") || shared != "cross-origin" || w.Header().Get("ETag") == "" || !strings.HasPrefix(w.Header().Get("Cache-Control"), "public") {
				t.Errorf("%s%s: %v", lang, query, w.Header())
			}
		}
		body := checkPage(t, h, lang, "/"+lang+"/card")
		if code := words(all(parse(t, body), "pre")[0]); !strings.Contains(code, `<a href="https://record.example/`+lang+`/"><img src="https://record.example/`+lang+`/status.svg" width="480" height="220"`) {
			t.Errorf("%s: %s", lang, code)
		}
	}
	w := get(t, h, "/en/card")
	if p := w.Header().Get("Content-Security-Policy"); strings.Contains(p, "unsafe-inline") || w.Header().Get("Cross-Origin-Resource-Policy") != "" {
		t.Errorf("the page of the card allows what only the card may: %s", p)
	}
}
