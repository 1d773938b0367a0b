package press_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/truceline/truceline/press"
)

// BenchmarkRead reads all articles of a language, over and over, as one article each.
func BenchmarkRead(b *testing.B) {
	for _, lang := range []string{"en", "ru", "uk", "zh"} {
		files, err := filepath.Glob("testdata/dev/*." + lang + ".txt")
		if err != nil || len(files) == 0 {
			b.Fatalf("no articles: %v", err)
		}
		var texts []string
		size := 0
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			texts = append(texts, string(raw))
			size += len(raw)
		}
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range texts {
					if _, err := press.Read(press.Article{Text: text, Lang: lang, Published: "2027-03-12"}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkLongText shows how the time grows with the length of one text.
func BenchmarkLongText(b *testing.B) {
	raw, err := os.ReadFile("testdata/dev/sant-captives.en.txt")
	if err != nil {
		b.Fatal(err)
	}
	for _, times := range []int{10, 100, 1000} {
		text := strings.Repeat(string(raw)+"\n", times)
		b.Run(strconv.Itoa(len(text)/1000)+"kB", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := press.Read(press.Article{Text: text, Lang: "en", Published: "2027-03-12"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
