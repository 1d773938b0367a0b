package render

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/truceline/truceline/report"
)

// words of an invented report in four languages.
var words = map[string]struct{ title, subtitle, fact, notice, contents, section, body, quote, item, caption, footer string }{
	"en": {
		"Daily report, 12 March 2025", "Ceasefire between A and B, mediated by M", "Covers until", "A report tells what was recorded. It does not say where it is safe.", "Contents", "Incidents by area",
		"Between 3 and 5 reports of shelling reached the record before the cut-off; 2 of them come from one party alone. An incident that two sources tell of counts once, and the report that tells more of it is listed first (see B10).",
		"“We have kept the ceasefire since the first hour,” A’s spokesperson said.", "the bridge at Kalo, where both parties name the other", "Reports by area", "Made from position 412 of the record; anyone can make it again and compare the bytes.",
	},
	"ru": {
		"Ежедневный отчёт за 12 марта 2025 года", "Прекращение огня между A и B при посредничестве M", "Охватывает время до", "Отчёт говорит о том, что было записано. Он не говорит, где безопасно.", "Содержание", "Происшествия по районам",
		"До закрытия отчёта в запись попало от 3 до 5 сообщений об обстрелах; 2 из них сделаны только одной стороной. Происшествие, о котором сообщают два источника, считается один раз — первым указано то сообщение, которое говорит о нём больше (см. B10).",
		"«Мы соблюдаем прекращение огня с первого часа», — сказал представитель стороны A.", "мост у Кало, где каждая сторона называет другую", "Сообщения по районам", "Составлено по позиции 412 записи; каждый может составить его заново и сравнить байты.",
	},
	"uk": {
		"Щоденний звіт за 12 березня 2025 року", "Припинення вогню між A і B за посередництва M", "Охоплює час до", "Звіт говорить про те, що було записано. Він не говорить, де безпечно.", "Зміст", "Події за районами",
		"До закриття звіту до запису надійшло від 3 до 5 повідомлень про обстріли; 2 з них зроблено лише однією стороною. Подія, про яку повідомляють два джерела, рахується один раз — першим наведено те повідомлення, яке говорить про неї більше (див. B10). Ґанок, її, є, їжа.",
		"«Ми дотримуємося припинення вогню з першої години», — сказав речник сторони A.", "міст біля Кало, де кожна сторона називає іншу", "Повідомлення за районами", "Складено за позицією 412 запису; кожен може скласти його знову і порівняти байти.",
	},
	"zh": {
		"2025年3月12日每日报告", "甲方与乙方在M方调解下的停火", "涵盖至", "本报告只说明记录了什么，并不说明哪里安全。", "目录", "按地区列出的事件",
		"截止时间之前，记录中收到3至5份关于炮击的报告；其中2份仅来自一方。两个来源讲述的同一事件只计一次，内容较多的报告列在前面（见B10）。“停火自第一小时起得到遵守”，甲方发言人表示；乙方则称，《停火协议》第4条当日被违反了两次……双方都没有提供照片。",
		"甲方发言人说：“自停火生效的第一个小时起，我们一直遵守停火。”", "卡洛大桥：双方各自指称对方", "各地区的报告数量", "根据记录的第412个位置制作；任何人都可以重新制作并逐字节比较。",
	},
}

// sample is a document with everything that a document can have.
func sample(lang string, rows int) *report.Document {
	w := words[lang]
	text := func(s string) []report.Run { return []report.Run{{Text: s}} }
	d := &report.Document{
		Lang: lang, Title: w.title, Subtitle: w.subtitle, Notice: w.notice, Stamp: "2025-03-12T21:59:59Z",
		Address: "https://example.org", Contents: w.contents, Footer: w.footer,
		Facts: []report.Fact{
			{Name: w.fact, Value: text("2025-03-12T23:59:59+02:00")},
			{Name: "Root", Value: text("4Ih3yVQ7bJ0pD1xVYyqVfZkq2b8T1a0mZk4xWq5uN3o=")},
		},
	}
	n := 0
	for s := 1; s <= 4; s++ {
		section := report.Section{ID: fmt.Sprintf("part-%d", s), Number: s, Title: w.section}
		for range 3 {
			n++
			section.Blocks = append(section.Blocks, report.Paragraph{Number: n, Runs: []report.Run{
				{Text: w.body + " "}, {Text: "B10", Link: "entries/B10"}, {Text: " "}, {Text: w.quote, Strong: true}, {Text: " 停火", Lang: "zh"},
			}})
		}
		section.Blocks = append(section.Blocks, report.List{Items: [][]report.Run{text(w.item), {{Text: w.quote}}, {{Text: "https://example.org/", Link: "https://example.org/a?b=c&d=(e)"}}}})
		t := report.Table{Caption: w.caption, Head: []string{w.section, w.fact, "12", "11"}, Figures: []bool{false, false, true, true}, Widths: []int{4, 3, 1, 1}}
		for i := range rows {
			t.Rows = append(t.Rows, report.Row{Cells: [][]report.Run{text(w.item), {{Text: "B10", Link: "entries/B10"}}, text(fmt.Sprintf("%d–%d", i, i+2)), text("1,204")}})
		}
		t.Rows = append(t.Rows, report.Row{Total: true, Cells: [][]report.Run{text(w.contents), nil, text("12–19"), text("4,816")}})
		section.Blocks = append(section.Blocks, t, report.Paragraph{Runs: text(w.notice)})
		d.Sections = append(d.Sections, section)
	}
	return d
}

func makePDF(t *testing.T, d *report.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := PDF(&out, d); err != nil {
		t.Fatalf("%v: run make assets", err)
	}
	return out.Bytes()
}
