package dates

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/truceline/truceline/moment"
)

// The tables are read on this day, a Wednesday.
const wednesday = "2025-03-12"

// Each line of testdata/LANG.txt is a text and the dates expected in it: text => [span] EDTF
// precision, r if it is relative, w if a weekday tells it, a if it is still to come; ...
func TestFind(t *testing.T) {
	for lang := range languages() {
		content, err := os.ReadFile("testdata/" + lang + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
			text, want, ok := strings.Cut(line, " =>")
			if !ok {
				continue // a remark
			}
			found := Find(lang, text, wednesday)
			if got := shown(text, found); got != strings.TrimSpace(want) {
				t.Errorf("%s.txt:%d: %s\n got %s\nwant %s", lang, i+1, text, got, strings.TrimSpace(want))
			}
			sound(t, text, found)
		}
	}
}

func shown(text string, found []Found) string {
	var all []string
	for _, f := range found {
		one := "[" + text[f.Start:f.End] + "] " + f.EDTF + " " + f.Precise
		flags := ""
		if f.Relative {
			flags += "r"
		}
		if f.Weekday {
			flags += "w"
		}
		if f.Ahead {
			flags += "a"
		}
		all = append(all, strings.TrimSpace(one+" "+flags))
	}
	return strings.Join(all, "; ")
}

// sound holds what every answer keeps to, whatever the text.
func sound(t *testing.T, text string, found []Found) {
	t.Helper()
	end := 0
	for _, f := range found {
		if f.Start < end || f.End <= f.Start || f.End > len(text) {
			t.Fatalf("%q: [%d,%d) after %d", text, f.Start, f.End, end)
		}
		end = f.End
		if f.EDTF == "" {
			continue
		}
		if _, err := moment.Parse(f.EDTF, nil); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	}
}

// What is relative stays unresolved without a day to count from; what is told in full does not.
func TestUnknownDay(t *testing.T) {
	text := "He said on Tuesday, on 11 March 2025 and last week, that two days later it began."
	for _, published := range []string{"", "2025-03", "yesterday", "2025-02-30"} {
		got := shown(text, Find("en", text, published))
		want := "[Tuesday]  day rw; [11 March 2025] 2025-03-11 day; [last week]  week r; [two days later] 2025-03-13 day r"
		if got != want {
			t.Errorf("published %q:\n got %s\nwant %s", published, got, want)
		}
	}
	if found := Find("eo", text, wednesday); found != nil {
		t.Errorf("an unknown language finds %v", found)
	}
}

// Within a quotation the days are counted from the day of speaking.
func TestCountedFromTheSpeakersDay(t *testing.T) {
	for _, c := range []struct{ lang, text, spoken, want string }{
		{"en", "yesterday they came", "2025-03-03", "[yesterday] 2025-03-02 day r"},
		{"ru", "вчера они пришли", "2025-01-01", "[вчера] 2024-12-31 day r"},
		{"uk", "у п'ятницю буде зустріч", "2025-02-28", "[п'ятницю] 2025-02-28 day rwa"},
		{"zh", "他们31日离开", "2025-03-01", "[31日] 2025-01-31 day r"},
		{"en", "on February 29", "2025-03-12", "[February 29] 2024-02-29 day r"},
		{"ru", "в декабре", "2025-01-05", "[декабре] 2024-12 month r"},
		{"en", "last week", "2025-01-01", "[last week] 2024-12-23/2024-12-29 week r"},
	} {
		if got := shown(c.text, Find(c.lang, c.text, c.spoken)); got != c.want {
			t.Errorf("%s on %s: got %s, want %s", c.text, c.spoken, got, c.want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for lang := range languages() {
		content, err := os.ReadFile("testdata/" + lang + ".txt")
		if err != nil {
			f.Fatal(err)
		}
		for i, line := range strings.Split(string(content), "\n") {
			if i%7 == 0 {
				f.Add(lang, line, wednesday)
			}
		}
	}
	f.Add("zh", "二〇二五年三月十一日\x00\xff三", "")
	f.Fuzz(func(t *testing.T, lang, text, published string) {
		sound(t, text, Find(lang, text, published))
	})
}

func BenchmarkFind(b *testing.B) {
	for _, lang := range []string{"en", "ru", "uk", "zh"} {
		content, err := os.ReadFile("testdata/" + lang + ".txt")
		if err != nil {
			b.Fatal(err)
		}
		var dense strings.Builder
		for line := range strings.SplitSeq(string(content), "\n") {
			text, _, _ := strings.Cut(line, " =>")
			dense.WriteString(text + "\n")
		}
		news := strings.Repeat(prose[lang], 1+dense.Len()/len(prose[lang]))
		for name, text := range map[string]string{"nothing but dates": dense.String(), "news": news} {
			b.Run(lang+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					Find(lang, text, wednesday)
				}
			})
		}
	}
}

// Four times as much of what costs most must cost about four times as much.
func BenchmarkGrowth(b *testing.B) {
	for _, unit := range []string{" ", "1 ", "3月", "on the ", "в ночь на "} {
		for _, size := range []int{20_000, 80_000} {
			text := strings.Repeat(unit, size/len(unit))
			for _, lang := range []string{"en", "ru", "zh"} {
				b.Run(fmt.Sprintf("%s/%q/%d", lang, unit, size), func(b *testing.B) {
					b.SetBytes(int64(len(text)))
					for b.Loop() {
						Find(lang, text, wednesday)
					}
				})
			}
		}
	}
}

var prose = map[string]string{
	"en": "The mediator said on Tuesday that both parties had kept their guns silent along the whole line, although observers counted eleven shots near the bridge and could not tell from which side they had come.\n",
	"ru": "Посредник заявил во вторник, что обе стороны соблюдают тишину на всей линии, хотя наблюдатели насчитали одиннадцать выстрелов у моста и не смогли установить, с какой стороны они были сделаны.\n",
	"uk": "Посередник заявив у вівторок, що обидві сторони дотримуються тиші на всій лінії, хоча спостерігачі нарахували одинадцять пострілів біля мосту й не змогли встановити, з якого боку їх було зроблено.\n",
	"zh": "调解人11日表示，双方在整条接触线上保持了平静，但观察员在桥边听到了十一声枪响，无法判断枪声来自哪一方。\n",
}
