package explain_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/moment"
)

// zoned is a speaker of an empty case in a zone.
func zoned(tb testing.TB, name string) *explain.Speaker {
	tb.Helper()
	z, err := moment.LoadZone(name)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := explain.New(&casefile.Case{Zone: z})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestTimesAreWrittenAsTheLanguageDoes(t *testing.T) {
	s := zoned(t, "Europe/Kyiv")
	tests := []struct{ in, en, ru, uk, zh string }{
		{"2025-03-12", "12 March 2025", "12 марта 2025 г.", "12 березня 2025 р.", "2025年3月12日"},
		{"2025-03-18[Europe/Moscow]", "18 March 2025", "18 марта 2025 г.", "18 березня 2025 р.", "2025年3月18日"},
		{"2025-03", "March 2025", "март 2025 г.", "березень 2025 р.", "2025年3月"},
		{"2025-03-XX", "March 2025", "март 2025 г.", "березень 2025 р.", "2025年3月"},
		{"2025", "2025", "2025 г.", "2025 р.", "2025年"},
		{"202X", "the 2020s", "2020-е гг.", "2020-ті рр.", "2020年代"},
		{"2023-22", "summer 2023", "лето 2023 г.", "літо 2023 р.", "2023年夏季"},
		{"2025-34", "second quarter of 2025", "II квартал 2025 г.", "II квартал 2025 р.", "2025年第二季度"},
		{"2022-11~", "about November 2022", "примерно ноябрь 2022 г.", "приблизно листопад 2022 р.", "约2022年11月"},
		{"2022-11?", "November 2022 (date in doubt)", "ноябрь 2022 г. (дата под сомнением)", "листопад 2022 р. (дата під сумнівом)", "2022年11月（日期存疑）"},
		{"2025-03-18/2025-03-19", "18–19 March 2025", "18–19 марта 2025 г.", "18–19 березня 2025 р.", "2025年3月18日至19日"},
		{"2025-03-28/2025-04-02", "28 March – 2 April 2025", "28 марта – 2 апреля 2025 г.", "28 березня – 2 квітня 2025 р.", "2025年3月28日至4月2日"},
		{"2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025", "30 декабря 2024 г. – 2 января 2025 г.", "30 грудня 2024 р. – 2 січня 2025 р.", "2024年12月30日至2025年1月2日"},
		{"2025-03/2025-04", "March – April 2025", "март – апрель 2025 г.", "березень – квітень 2025 р.", "2025年3月至4月"},
		{"2022/2024", "2022–2024", "2022–2024 гг.", "2022–2024 рр.", "2022年至2024年"},
		{"2024-08/..", "from August 2024, no end known", "начало: август 2024 г., конец неизвестен", "початок: серпень 2024 р., кінець невідомий", "自2024年8月起，无已知终点"},
		{"2024-08/", "from August 2024, date of the end not known", "начало: август 2024 г., дата окончания неизвестна", "початок: серпень 2024 р., дата завершення невідома", "自2024年8月起，结束日期不明"},
		{"../2024-08", "until August 2024, no beginning known", "конец: август 2024 г., начало неизвестно", "кінець: серпень 2024 р., початок невідомий", "至2024年8月，无已知起点"},
		{"[2025-03-12,2025-03-14]", "12 March 2025 or 14 March 2025", "12 марта 2025 г. или 14 марта 2025 г.", "12 березня 2025 р. або 14 березня 2025 р.", "2025年3月12日或2025年3月14日"},
		{"[2025-03-12..2025-03-14]", "12–14 March 2025", "12–14 марта 2025 г.", "12–14 березня 2025 р.", "2025年3月12日至14日"},

		// A zone in brackets is kept, an offset and Z are turned to the case's clock.
		{"2025-04-19T18:00[Europe/Moscow]", "19 April 2025, 18:00 Moscow time (UTC+3)", "19 апреля 2025 г., 18:00 по московскому времени (UTC+3)", "19 квітня 2025 р., 18:00 за московським часом (UTC+3)", "2025年4月19日18:00（莫斯科时间，UTC+3）"},
		{"2025-03-12T18:00+03:00", "12 March 2025, 17:00 Kyiv time (UTC+2)", "12 марта 2025 г., 17:00 по киевскому времени (UTC+2)", "12 березня 2025 р., 17:00 за київським часом (UTC+2)", "2025年3月12日17:00（基辅时间，UTC+2）"},
		{"2025-03-21T00:20~[Europe/Moscow]", "about 21 March 2025, 00:20 Moscow time (UTC+3)", "примерно 21 марта 2025 г., 00:20 по московскому времени (UTC+3)", "приблизно 21 березня 2025 р., 00:20 за московським часом (UTC+3)", "约2025年3月21日00:20（莫斯科时间，UTC+3）"},
		{"2025-03-12T18[Africa/Cairo]", "12 March 2025, 18:00–18:59 Africa/Cairo (UTC+2)", "12 марта 2025 г., 18:00–18:59 Africa/Cairo (UTC+2)", "12 березня 2025 р., 18:00–18:59 Africa/Cairo (UTC+2)", "2025年3月12日18:00–18:59（Africa/Cairo，UTC+2）"},

		// Instants as the judge writes them; the last second of a day is that day.
		{"2025-03-12T18:40:05Z", "12 March 2025, 20:40:05 Kyiv time (UTC+2)", "12 марта 2025 г., 20:40:05 по киевскому времени (UTC+2)", "12 березня 2025 р., 20:40:05 за київським часом (UTC+2)", "2025年3月12日20:40:05（基辅时间，UTC+2）"},
		{"2025-03-12T21:59:59Z", "12 March 2025", "12 марта 2025 г.", "12 березня 2025 р.", "2025年3月12日"},
		{"2025-03-11T22:00:00Z/2025-03-12T21:59:59Z", "12 March 2025", "12 марта 2025 г.", "12 березня 2025 р.", "2025年3月12日"},
		{"2025-03-12T10:00:00Z/2025-03-12T12:30:00Z", "12 March 2025, 12:00–14:30 Kyiv time (UTC+2)", "12 марта 2025 г., 12:00–14:30 по киевскому времени (UTC+2)", "12 березня 2025 р., 12:00–14:30 за київським часом (UTC+2)", "2025年3月12日12:00至14:30（基辅时间，UTC+2）"},
		{"2025-03-12T10:00:00Z/2025-03-13T12:30:00Z", "12 March 2025, 12:00 – 13 March 2025, 14:30 Kyiv time (UTC+2)", "12 марта 2025 г., 12:00 – 13 марта 2025 г., 14:30 по киевскому времени (UTC+2)", "12 березня 2025 р., 12:00 – 13 березня 2025 р., 14:30 за київським часом (UTC+2)", "2025年3月12日12:00至2025年3月13日14:30（基辅时间，UTC+2）"},

		// What is no time, or what words would round, comes back as it is.
		{"", "", "", "", ""},
		{"never", "never", "never", "never", "never"},
		{"2025-XX-12", "2025-XX-12", "2025-XX-12", "2025-XX-12", "2025-XX-12"},
		{"-0044", "-0044", "-0044", "-0044", "-0044"},
		{"2025-25", "2025-25", "2025-25", "2025-25", "2025-25"},
		{"../..", "../..", "../..", "../..", "../.."},
	}
	for _, tt := range tests {
		for lang, want := range map[string]string{"en": tt.en, "ru": tt.ru, "uk": tt.uk, "zh": tt.zh} {
			if got := s.Time(lang, tt.in); got != want {
				t.Errorf("%s in %s:\n got %q\nwant %q", tt.in, lang, got, want)
			}
		}
	}
}

// TestBoundsOfAnInstant: an instant that lies somewhere between two is not told as
// a stretch, and one that may never come says so.
func TestBoundsOfAnInstant(t *testing.T) {
	s := zoned(t, "Europe/Kyiv")
	tests := []struct{ in, en, uk string }{
		{"2025-03-11T22:00:00Z", "12 March 2025, 00:00 Kyiv time (UTC+2)", "12 березня 2025 р., 00:00 за київським часом (UTC+2)"},
		{"2025-03-11T22:00:00Z/2025-03-12T21:59:59Z", "12 March 2025, exact moment not known", "12 березня 2025 р., точний момент невідомий"},
		{"2025-03-11T22:00:00Z/..", "not before 12 March 2025, 00:00 Kyiv time (UTC+2), perhaps never", "не раніше: 12 березня 2025 р., 00:00 за київським часом (UTC+2); можливо, ніколи"},
	}
	for _, tt := range tests {
		for lang, want := range map[string]string{"en": tt.en, "uk": tt.uk} {
			if got := s.Format(lang, "span", tt.in); got != want {
				t.Errorf("%s in %s: %q, want %q", tt.in, lang, got, want)
			}
		}
	}
}

// TestAnyTextIsWritten: no text panics, none leaves a placeholder, and what is not
// a time is not changed.
func TestAnyTextIsWritten(t *testing.T) {
	speakers := []*explain.Speaker{zoned(t, "Europe/Kyiv"), zoned(t, "America/New_York")}
	hole := regexp.MustCompile(`[{}]|%!|\[[a-z]+\]|  `)
	pieces := []string{"2025", "-03", "-12", "T18", ":00", ":59", "Z", "+03:00", "~", "?", "%", "/", "..", "X", "[", "]", ",", "-21", "-39", "[Europe/Moscow]", "0000", "9999", "-"}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(speakers).Draw(t, "speaker")
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, "pieces"), "")
		lang := rapid.SampledFrom(explain.Languages()).Draw(t, "language")
		got := s.Time(lang, text)
		if got != text && hole.MatchString(got) {
			t.Fatalf("%q in %s: %q", text, lang, got)
		}
		if _, err := moment.Parse(text, moment.UTC()); err != nil && got != text {
			t.Fatalf("%q is no time and became %q", text, got)
		}
	})
}

func FuzzTime(f *testing.F) {
	s := zoned(f, "Europe/Kyiv")
	for _, text := range []string{"2025-03-12", "2025-03-18/2025-03-19", "2024-08/..", "[2025-03-12,2025-03-14]", "2025-03-12T21:59:59Z", "x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range explain.Languages() {
			if got := s.Time(lang, text); text != "" && got == "" {
				t.Errorf("%q in %s is empty", text, lang)
			}
		}
	})
}

func BenchmarkTime(b *testing.B) {
	s := zoned(b, "Europe/Kyiv")
	for _, lang := range explain.Languages() {
		b.Run(lang, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.Time(lang, "2025-03-12T18:40:05Z")
			}
		})
	}
}
