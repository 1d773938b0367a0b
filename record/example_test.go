package record_test

import (
	"fmt"

	"github.com/truceline/truceline/record"
)

// A misspelt word is told with its place and the word that was most likely meant.
func ExampleRead() {
	_, err := record.Read("record.jsonl", []byte(`{"entry":{"kind":"act","ref":"b1","author":"desk","happened":"2030-03-01","body":{"agreement":"truce","act":"acepted","party":"B"}}}`))
	fmt.Println(err)
	// Output:
	// record.jsonl:1:109: entry.body.act: "acepted" is not a value of it (did you mean "accepted"?)
}

// A correction replaces an entry; as of an earlier position it does not exist.
func ExampleHold() {
	envs, err := record.Read("record.jsonl", []byte(
		`{"entry":{"kind":"report","ref":"r1","author":"desk","happened":"2030-03-01","said_by":{"party":"A","name":{"en":"N. N."}},"summary":{"en":"One shell fell."},"body":{}}}
{"entry":{"kind":"correction","ref":"r1-again","author":"desk","body":{"corrects":"r1","why":{"en":"miscounted"},"entry":{"kind":"report","ref":"r1","author":"desk","happened":"2030-03-01","said_by":{"party":"A","name":{"en":"N. N."}},"summary":{"en":"Two shells fell."},"body":{}}}}}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, asOf := range []int{1, 2} {
		h := record.Hold(envs, asOf)[0]
		fmt.Println(asOf, h.Entry.Summary["en"], h.CorrectedBy)
	}
	// Output:
	// 1 One shell fell. []
	// 2 Two shells fell. [2]
}

func ExampleText_In() {
	title := record.Text{"en": "ceasefire", "zh": "停火"}
	for _, lang := range []string{"zh-Hant", "uk"} {
		text, used := title.In(lang)
		fmt.Println(text, used)
	}
	// Output:
	// 停火 zh
	// ceasefire en
}
