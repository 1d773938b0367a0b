package article_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/truceline/truceline/internal/article"
	"github.com/truceline/truceline/problem"
)

const (
	russian   = "Министр обороны стороны А заявил в среду, что перемирие соблюдается на всём протяжении линии.\nОн добавил, что переговоры продолжаются.\n"
	ukrainian = "Міністр оборони сторони А заявив у середу, що перемир'я дотримуються на всій лінії.\nВін додав, що перемовини тривають.\n"
	chinese   = "甲方国防部长星期三表示，停火协议在全线得到遵守。\n他还说，谈判仍在进行，双方将于下周再次会面。\n"
	taiwanese = "甲方國防部長星期三表示，停火協議在全線得到遵守。\n他還說，談判仍在進行，雙方將於下週再次會面。\n"
	english   = "The defence minister of A said on Wednesday that the truce holds along the whole line.\nTalks go on.\n"
)

func TestEncodingsAreFoundOut(t *testing.T) {
	for _, tt := range []struct {
		name, text, declared string
		e                    encoding.Encoding
		want                 string
	}{
		{"UTF-8", russian, "", encoding.Nop, "utf-8"},
		{"UTF-8 declared as another", russian, "text/plain; charset=windows-1251", encoding.Nop, "utf-8"},
		{"UTF-8 with a mark", chinese, "", unicode.UTF8BOM, "utf-8"},
		{"UTF-16 with a mark", chinese, "", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16"},
		{"UTF-16 big-endian with a mark", russian, "", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16"},
		{"UTF-16 without a mark", russian, "", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16"},
		{"windows-1251", russian, "", charmap.Windows1251, "windows-1251"},
		{"windows-1251 in Ukrainian", ukrainian, "", charmap.Windows1251, "windows-1251"},
		{"koi8-r", russian, "", charmap.KOI8R, "koi8-u"},
		{"koi8-u", ukrainian, "", charmap.KOI8U, "koi8-u"},
		{"declared koi8-r", russian, "text/plain; charset=koi8-r", charmap.KOI8R, "koi8-r"},
		{"declared wrongly", russian, "text/plain; charset=utf-8", charmap.Windows1251, "windows-1251"},
		{"gb18030", chinese, "", simplifiedchinese.GB18030, "gb18030"},
		{"gbk declared", chinese, "text/plain; charset=gbk", simplifiedchinese.GBK, "gbk"},
		{"big5", taiwanese, "", traditionalchinese.Big5, "big5"},
		{"windows-1252", english + "“Café”\n", "", charmap.Windows1252, "windows-1252"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data, err := tt.e.NewEncoder().Bytes([]byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			p, err := article.Read(data, tt.declared, "a.txt")
			if err != nil || p.Text != tt.text || p.Charset != tt.want {
				t.Fatalf("%v\ngot  %+v\nwant %s", err, p, tt.want)
			}
		})
	}
}

const page = `<!doctype html><html lang="uk-UA"><head><meta charset="windows-1251"><title>Сторона А про перемир'я — Вісник</title>
<meta property="og:site_name" content="Вісник"><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2031-03-12T01:30:00+02:00","headline":"x"}]}</script>
</head><body><nav><a href="/">Головна</a> <a href="/world">Світ</a></nav><article><h1>Сторона А про перемир'я</h1>
<p>Міністр оборони сторони А <b>заявив</b> у середу, що перемир'я дотримуються на всій лінії, і подякував посередникам за роботу.</p>
<p>Він додав, що перемовини тривають,<br>і що наступна зустріч відбудеться за тиждень у столиці посередника.</p>
<p>Речник сторони Б сказав журналістам, що його сторона також виконує домовленість і готова до зустрічі, про яку йдеться.</p></article>
<script>alert("заявив")</script><footer>Усі права захищено</footer></body></html>`

func TestAPageGivesItsArticle(t *testing.T) {
	data, err := charmap.Windows1251.NewEncoder().Bytes([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	p, err := article.Read(data, "text/html", "https://news.example/a")
	if err != nil {
		t.Fatal(err)
	}
	if p.Lang != "uk" || p.Published != "2031-03-12" || p.Outlet != "Вісник" || p.Title != "Сторона А про перемир'я" || !p.HTML {
		t.Errorf("%+v", p)
	}
	for _, want := range []string{"Сторона А про перемир'я\n\nМіністр оборони сторони А заявив у середу", "тривають,\n\nі що"} {
		if !strings.Contains(p.Text, want) {
			t.Errorf("%q is not in\n%s", want, p.Text)
		}
	}
	for _, gone := range []string{"alert", "Головна", "захищено", "<b>"} {
		if strings.Contains(p.Text, gone) {
			t.Errorf("%q is in\n%s", gone, p.Text)
		}
	}
}

func TestDayOfPublication(t *testing.T) {
	for head, want := range map[string]string{
		`<meta property="article:published_time" content="2031-03-12T23:30:00-05:00">`: "2031-03-12",
		`<meta name="pubdate" content="Wed, 12 Mar 2031 23:30:00 +0300">`:              "2031-03-12",
		`<meta itemprop="datePublished" content="20310312">`:                           "2031-03-12",
		`<meta name="date" content="2031/3/2 10:00">`:                                  "2031-03-02",
		`<meta name="date" content="2031年3月12日">`:                                      "2031-03-12",
		`<meta name="date" content="2031-02-30">`:                                      "",
		`<meta name="date" content="yesterday">`:                                       "",
		``:                                                                             "2031-03-11",
	} {
		text := "<html><head>" + head + "</head><body><p>Words of it.</p>"
		if head == "" {
			text += `<time datetime="2031-03-11T10:00">today</time>`
		}
		p, err := article.Read([]byte(text+"</body></html>"), "text/html; charset=utf-8", "https://news.example/")
		if err != nil || p.Published != want {
			t.Errorf("%s: %v %+v, want %s", head, err, p, want)
		}
	}
}

func TestWhatIsNoArticleIsTold(t *testing.T) {
	for _, tt := range []struct{ data, kind, code string }{
		{"", "", "no-article"},
		{"  \n ", "text/plain", "no-article"},
		{"%PDF-1.7 …", "", "not-an-article"},
		{"PK\x03\x04", "", "not-an-article"},
		{"x", "image/png", "not-an-article"},
		{"\x00\x01\x02\x00\x00\x00\x07", "", "unknown-encoding"},
		{"<html><body><script>x()</script></body></html>", "text/html", "no-article"},
		{strings.Repeat("<div>", 3000) + "x", "text/html", "bad-page"},
		{strings.Repeat("x", article.Most+1), "", "too-long"},
	} {
		_, err := article.Read([]byte(tt.data), tt.kind, "a")
		var list problem.List
		if !errors.As(err, &list) || list[0].Code != tt.code || list[0].Mend == "" {
			t.Errorf("%.20q: %v, want %s", tt.data, err, tt.code)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(page), "text/html")
	f.Add([]byte(chinese), "text/plain; charset=big5")
	f.Add([]byte("<table><tr><td>a<p></table>"), "")
	f.Add([]byte("\xff\xfea\x00"), "")
	f.Fuzz(func(t *testing.T, data []byte, kind string) {
		if p, err := article.Read(data, kind, "https://a.example/"); err == nil && (strings.TrimSpace(p.Text) == "" || !strings.HasSuffix(p.Text, "\n")) {
			t.Fatalf("%+v", p)
		}
	})
}
