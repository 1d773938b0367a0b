package explain_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

func ExampleSpeaker_Step() {
	s, err := explain.New(&casefile.Case{
		Zone:    moment.UTC(),
		Parties: map[string]casefile.Party{"NO": {Code: "NO", Short: record.Text{"en": "Norland", "ru": "Норландия", "zh": "诺兰"}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	st := judge.Step{Detail: "actor.bound", Args: truth.Args{"party": "NO"}}
	for _, lang := range []string{"en", "ru", "zh"} {
		fmt.Println(s.Step(lang, st))
	}
	// Output:
	// The report names a side that the clause binds: Norland.
	// В сообщении названа сторона, которую пункт обязывает: Норландия.
	// 报告所指一方受该条款约束：诺兰。
}

func ExampleSpeaker_Time() {
	s, err := explain.New(&casefile.Case{Zone: moment.UTC()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{"2022-11~", "2025-03-18/2025-03-19", "2025-04-19T18:00[Europe/Moscow]"} {
		fmt.Println(s.Time("en", text), "·", s.Time("uk", text))
	}
	// Output:
	// about November 2022 · приблизно листопад 2022 р.
	// 18–19 March 2025 · 18–19 березня 2025 р.
	// 19 April 2025, 18:00 Moscow time (UTC+3) · 19 квітня 2025 р., 18:00 за московським часом (UTC+3)
}

// FuzzLoadCatalogue: whatever stands in a file of messages, loading answers with
// messages or an error, and what was loaded can be said.
func FuzzLoadCatalogue(f *testing.F) {
	for _, text := range []string{
		`{"a":"one {n}"}`, `{"a":"{n|plural one=# day few=# many=# other=# days}"}`, `{"a":"x[ y: {z|party}.]"}`,
		`{"a":"[plain] ] ["}`, `{"a":"{"}`, `{"a":"}"}`, `{"a":1}`, `{"a":"b"} x`, `[`, ``,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{}
		for _, lang := range explain.Languages() {
			fsys[lang+"/a.json"] = &fstest.MapFile{Data: []byte(text)}
		}
		c, err := explain.LoadCatalogue(fsys)
		if err != nil {
			return
		}
		for _, code := range c.Codes() {
			for _, lang := range explain.Languages() {
				c.Say(lang, code, truth.Args{"n": "21", "z": "NO"}, nil)
			}
		}
	})
}

func TestMessagesAreReadStrictly(t *testing.T) {
	good := `{"a":"x {n}"}`
	for _, tt := range []struct{ name, text, want string }{
		{"twice in a file", `{"a":"x {n}","a":"x {n}"}`, `"a" stands twice`},
		{"no string", `{"a":1}`, "a message is a string"},
		{"no object", `[]`, "one JSON object"},
		{"more after it", good + `{}`, "something follows"},
		{"cut off", `{"a":"x {n}"`, "EOF"},
		{"a closing brace alone", `{"a":"x {n} }"}`, `a "}" without its "{"`},
		{"a bad name", `{"a":"x {N n}"}`, "a placeholder is a name"},
		{"a bad form", `{"a":"x {n|plural lots=#}"}`, "the forms of a plural"},
		{"a lacking form", `{"a":"x {n|plural one=# other=#}"}`, `lacks the form "few"`},
		{"another format", `{"a":"x {n|party}"}`, "asks for {n|party}, in en for {n}"},
	} {
		fsys := fstest.MapFS{}
		for _, lang := range explain.Languages() {
			fsys[lang+"/a.json"] = &fstest.MapFile{Data: []byte(good)}
		}
		fsys["ru/a.json"] = &fstest.MapFile{Data: []byte(tt.text)}
		_, err := explain.LoadCatalogue(fsys)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	if _, err := explain.LoadCatalogue(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "zh: no file of messages") {
		t.Errorf("no files: %v", err)
	}
}

func TestAPartInBracketsIsLeftOutWithoutItsArgument(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, lang := range explain.Languages() {
		fsys[lang+"/a.json"] = &fstest.MapFile{Data: []byte(`{"a":"A.[ B: {b}.] where = [\"x\"]","stop":"Since {b}."}`)}
	}
	c, err := explain.LoadCatalogue(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		code, want string
		args       truth.Args
	}{
		{"a", `A. B: 1. where = ["x"]`, truth.Args{"b": "1"}},
		{"a", `A. where = ["x"]`, truth.Args{"b": ""}},
		{"a", `A. where = ["x"]`, nil},
		{"stop", "Since 2025 г.", truth.Args{"b": "2025 г."}},
		{"stop", "Since 2024-08/..", truth.Args{"b": "2024-08/.."}},
		{"stop", "Since [b].", nil},
	} {
		if got := c.Say("en", tt.code, tt.args, nil); got != tt.want {
			t.Errorf("%s %v: %q, want %q", tt.code, tt.args, got, tt.want)
		}
	}
}
