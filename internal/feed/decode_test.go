package feed

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
)

func TestFeedsOfEveryKind(t *testing.T) {
	cyrillic, err := charmap.Windows1251.NewEncoder().String(`<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>Вестник</title><item><title>Встреча</title><link>/a</link></item></channel></rss>`)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, text, kind, title, address, day string }{
		{"RSS", `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Gazette</title><atom:link href="https://x.example/rss"/><item><title>Talks &amp; more</title>
<link>https://news.example/a#top</link><pubDate>Wed, 12 Mar 2031 10:00:00 +0200</pubDate></item></channel></rss>`, RSS, "Talks & more", "https://news.example/a", "2031-03-12"},
		{"RSS with a guid alone", `<rss><channel><item><guid>https://news.example/g</guid></item></channel></rss>`, RSS, "", "https://news.example/g", "0001-01-01"},
		{"RSS 1.0", `<rdf:RDF xmlns:rdf="r" xmlns:dc="d"><item><title>x</title><link>https://news.example/a</link><dc:date>2031-03-12</dc:date></item></rdf:RDF>`, RSS, "x", "https://news.example/a", "2031-03-12"},
		{"windows-1251", cyrillic, RSS, "Встреча", "https://feeds.example/a", "0001-01-01"},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><entry><title type="html">Talks</title><link rel="self" href="/self"/><link href="/a"/><link rel="enclosure" href="/b.mp3"/>
<updated>2031-03-13T10:00:00Z</updated><published>2031-03-12T10:00:00Z</published></entry></feed>`, Atom, "Talks", "https://feeds.example/a", "2031-03-12"},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","title":"Gazette","items":[{"id":"1","url":"https://news.example/a","title":"Talks","date_published":"2031-03-12T10:00:00Z"}]}`, JSON, "Talks", "https://news.example/a", "2031-03-12"},
		{"site map", `<urlset><url><loc>https://news.example/a</loc><lastmod>2031-03-12</lastmod></url></urlset>`, Map, "", "https://news.example/a", "2031-03-12"},
		{"site map of news", `<urlset xmlns:n="n"><url><loc>https://news.example/a</loc><n:news><n:publication_date>2031-03-12</n:publication_date><n:title>Talks</n:title></n:news></url></urlset>`, Map, "Talks", "https://news.example/a", "2031-03-12"},
		{"index of site maps", `<sitemapindex><sitemap><loc>https://news.example/m.xml</loc><lastmod>2031-03-12</lastmod></sitemap></sitemapindex>`, Index, "", "https://news.example/m.xml", "2031-03-12"},
		{"broken at its end", `<rss><channel><item><title>x</title><link>https://news.example/a</link></item><item><ti`, RSS, "x", "https://news.example/a", "0001-01-01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := Parse([]byte(tt.text), "https://feeds.example/rss")
			if err != nil || f.Kind != tt.kind || len(f.Items) != 1 {
				t.Fatalf("%+v, %v", f, err)
			}
			if i := f.Items[0]; i.Title != tt.title || i.Address != tt.address || i.Time.Format(time.DateOnly) != tt.day {
				t.Errorf("%+v", i)
			}
		})
	}
}

func TestWhatIsNoFeedIsTold(t *testing.T) {
	for _, text := range []string{"", "words", "<html><body/></html>", "{}", `{"version":"2"}`, "[]", "<rss>" + strings.Repeat("<a>", 100), strings.Repeat("x", MaxFeed+1)} {
		if _, err := Parse([]byte(text), "https://feeds.example/rss"); err == nil || !strings.Contains(err.Error(), "https://feeds.example/rss: ") {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	f, err := Parse([]byte(`<rss><channel><item><link>javascript:x</link></item><item><link>https://u:p@a.example/</link></item><item><link>/a</link></item><item><link>/a</link></item></channel></rss>`), "https://feeds.example/")
	if err != nil || len(f.Items) != 1 {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestNearlyTheSameIsGrouped(t *testing.T) {
	long := strings.Repeat("The minister said that the truce holds along the whole line. ", 1) +
		"Talks between the delegations go on in the mediator's capital, and the lists of those to be exchanged were handed over on Tuesday evening by both sides to the office of the mediator, which will publish them when the exchange has taken place."
	other := "Rain is expected in the north, with strong winds along the coast and a frost in the valleys on Sunday night, the weather service of the province told farmers who had asked about it at a meeting in the town hall."
	for _, tt := range []struct {
		a, b string
		near bool
	}{
		{long, long, true},
		{long, strings.ToUpper(long) + "!", true},
		{long, "Gazette. " + strings.Replace(long, "on Tuesday evening ", "", 1), true},
		{long, other, false},
		{"甲方国防部长星期三表示，停火协议在全线得到遵守。他还说，谈判仍在进行，双方将于下周再次会面。", "甲方国防部长星期三表示，停火协议在全线得到遵守。他还说，谈判仍在进行，双方将于下周再次会面！", true},
		{"甲方国防部长星期三表示，停火协议在全线得到遵守。", "天气预报说，周日夜间北部将有降雨，沿海有大风。", false},
		{"", "", false},
	} {
		if got := SketchOf(tt.a).Near(SketchOf(tt.b)); got != tt.near {
			t.Errorf("%.20q and %.20q: %v, %v", tt.a, tt.b, got, SketchOf(tt.a).Share(SketchOf(tt.b)))
		}
	}
	s := SketchOf(long)
	text, err := s.MarshalText()
	var again Sketch
	if err != nil || again.UnmarshalText(text) != nil || again.Share(s) != 1 {
		t.Errorf("%s", text)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<rss><channel><item><link>/a</link></item></channel></rss>`))
	f.Add([]byte(`<feed><entry><link href="x"/></entry></feed>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"/a"}]}`))
	f.Add([]byte(`<?xml version="1.0" encoding="koi8-r"?><urlset><url><loc>x</loc></url></urlset>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Parse(data, "https://feeds.example/")
		if err != nil {
			return
		}
		for _, i := range got.Items {
			if !strings.HasPrefix(i.Address, "http") || len(i.Address) > 2048 {
				t.Fatalf("%+v", i)
			}
		}
	})
}

func FuzzSketch(f *testing.F) {
	f.Add("a b c d e f", "甲方国防部长")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := SketchOf(a), SketchOf(b)
		if s := x.Share(y); s < 0 || s > 1 || s != y.Share(x) {
			t.Fatal(s)
		}
	})
}
