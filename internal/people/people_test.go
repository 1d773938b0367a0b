package people_test

import (
	"os"
	"strings"
	"testing"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/people"
)

func TestNamesInLatinLetters(t *testing.T) {
	for _, tt := range []struct {
		name string
		by   people.System
		want string
	}{
		{"Володимир Зеленський", people.UkrainianNational, "Volodymyr Zelenskyi"},
		{"Володимир Зеленський", people.UkrainianBGN, "Volodymyr Zelens’kyy"},
		{"Згурський", people.UkrainianNational, "Zghurskyi"},
		{"Юрій Їжакевич", people.UkrainianNational, "Yurii Yizhakevych"},
		{"Знам'янка", people.UkrainianNational, "Znamianka"},
		{"Єлизавета Гаєвич", people.UkrainianNational, "Yelyzaveta Haievych"},
		{"ЩАСТЯ", people.UkrainianNational, "SHCHASTIA"},
		{"Владимир Зеленский", people.RussianCommon, "Vladimir Zelensky"},
		{"Владимир Зеленский", people.RussianBGN, "Vladimir Zelenskiy"},
		{"Евгений Алексеев", people.RussianBGN, "Yevgeniy Alekseyev"},
		{"Фёдор Объездов", people.RussianCommon, "Fyodor Obyezdov"},
		{"Jane Doe", people.RussianBGN, "Jane Doe"},
		{"泽连斯基", people.RussianBGN, "泽连斯基"},
	} {
		if got := people.Latin(tt.name, tt.by); got != tt.want {
			t.Errorf("%s by %s: %q, want %q", tt.name, tt.by, got, tt.want)
		}
	}
}

func founding(t *testing.T) *people.Table {
	t.Helper()
	c, err := casefile.Load(os.DirFS("../../cases/ua-2025"))
	if err != nil {
		t.Fatal(err)
	}
	return people.Of(c)
}

// TestOnePersonByManySpellings: any script, system and case of the language leads to one.
func TestOnePersonByManySpellings(t *testing.T) {
	table := founding(t)
	for id, names := range map[string][]string{
		"zelenskyy": {
			"Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi", "ZELENSKY", "Selenskyj", "Volodymyr Zelensky", "V. Zelensky", "Зеленский", "Зеленський",
			"Зеленского", "Зеленським", "Владимира Зеленского", "Володимира Зеленського", "泽连斯基", "Zelensky, Volodymyr", "Zelenskij",
		},
		"lavrov":  {"Lavrov", "Lawrow", "Сергея Лаврова", "拉夫罗夫", "Sergey Lavrov", "Lavrow"},
		"peskov":  {"Peskov", "Пескова", "Дмитрий Песков", "佩斯科夫"},
		"kellogg": {"Келлога", "Kellog", "凯洛格"},
	} {
		for _, name := range names {
			got := table.Find(name)
			if len(got) != 1 || got[0].ID != id {
				t.Errorf("%q leads to %v, want %s", name, got, id)
			}
		}
	}
}

// TestSeveralAreAllTold: nobody is chosen between people who may all be meant.
func TestSeveralAreAllTold(t *testing.T) {
	table := founding(t)
	got := table.Find("Sergei")
	if len(got) < 2 {
		t.Fatalf("Sergei leads to %v", got)
	}
	for _, name := range []string{"", "  ", "Qwxzzy", "斯基", "连斯", "王"} {
		if got := table.Find(name); len(got) != 0 {
			t.Errorf("%q leads to %v", name, got)
		}
	}
}

// TestEverySpellingOfTheTableLeadsToItsPerson alone.
func TestEverySpellingOfTheTableLeadsToItsPerson(t *testing.T) {
	table := founding(t)
	for _, p := range table.People {
		for _, name := range p.Name {
			if got := table.Find(name); len(got) != 1 || got[0].ID != p.ID {
				t.Errorf("%s: %q leads to %v", p.ID, name, got)
			}
		}
		for _, name := range p.Also {
			if got := table.Find(name); len(got) != 1 || got[0].ID != p.ID {
				t.Errorf("%s: %q leads to %v", p.ID, name, got)
			}
		}
		for _, f := range p.Latin {
			if got := table.Find(f.Name); len(got) != 1 || got[0].ID != p.ID {
				t.Errorf("%s: %q by %s leads to %v", p.ID, f.Name, f.System, got)
			}
		}
	}
}

func TestOfficesAndMentionsAreTheRecords(t *testing.T) {
	table := founding(t)
	p, ok := table.Get("putin")
	if !ok || len(p.Mentions) == 0 || len(p.Offices) == 0 {
		t.Fatalf("%+v", p)
	}
	o := p.Offices[0]
	if o.Office["en"] != "President" || o.Party != "RU" || o.First > o.Last || len(o.Refs) < 2 {
		t.Errorf("%+v", o)
	}
	if _, ok := table.Get("nobody"); ok {
		t.Error("nobody is somebody")
	}
}

func FuzzFind(f *testing.F) {
	c, err := casefile.Load(os.DirFS("../../casefile/testdata/training"))
	if err != nil {
		f.Fatal(err)
	}
	table := people.Of(c)
	for _, s := range []string{"Jane Doe", "Доу", "简·多伊", "'", "ь", "\xff", strings.Repeat("щ", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		seen := map[string]bool{}
		for _, m := range table.Find(name) {
			if seen[m.ID] {
				t.Fatalf("%q leads to %s twice", name, m.ID)
			}
			seen[m.ID] = true
		}
	})
}

// TestPartiesByName: a party is found by its name or short name as texts inflect it.
func TestPartiesByName(t *testing.T) {
	table := founding(t)
	for name, want := range map[string]string{"Russia": "RU", "俄罗斯": "RU", "Украины": "UA", "Польщею": "PL", "Ukraine": "UA", "Atlantis": "", "": "", "俄": ""} {
		if got := table.Party(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
