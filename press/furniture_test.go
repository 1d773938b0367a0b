package press_test

import (
	"strings"
	"testing"

	"github.com/truceline/truceline/press"
)

// TestFurnitureIsWithinTheText: its stretches are in order, and no words of the report.
func TestFurnitureIsWithinTheText(t *testing.T) {
	const text = "Talks go on\n\nJane Doe, minister of A, said on Wednesday that the truce holds.\n\nSubscribe to our newsletter\n\nShare\n"
	list := press.Furniture(press.Article{Text: text, Lang: "en"})
	if len(list) == 0 {
		t.Fatal("there is none")
	}
	last := 0
	for _, s := range list {
		if s[0] < last || s[1] <= s[0] || s[1] > len(text) || strings.Contains(text[s[0]:s[1]], "truce") {
			t.Errorf("%v: %q", s, text[s[0]:s[1]])
		}
		last = s[1]
	}
	if list := press.Furniture(press.Article{Text: "Zażółć gęślą jaźń"}); list != nil {
		t.Errorf("%v", list)
	}
}
