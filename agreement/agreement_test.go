package agreement

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/truth"
)

const draft = "```hcl\n" + `agreement "truce" {
  title   = { en = "Truce" }
  parties = { A = "party", B = "party", M = "mediator" }
}
` + "```\n\n# 1 Fire\n\nNobody fires.\n\n```hcl\n" + `prohibition "1" {
  binds = ["A", "B"]
  acts  = ["attack"]
  where = ["area:west"]
  doubt "energy/gas/metering-station" {
    field    = "objects"
    question = { en = "Covered?" }
  }
}
` + "```\n\n# 2 Start\n\nIt begins when both say so.\n\n```hcl\n" + `entry_into_force "2" {
  requires = [
    accepted("A", "declared"),
    implemented_together("A", "B"),
    met("relief"),
  ]
  window = "PT12H"
}

duration "2b" {
  length    = "P30D"
  counting  = "not stated"
  extension = mutual("A", "B")
}
` + "```\n"

func TestDraftIsRead(t *testing.T) {
	a, err := ParseText("truce.md", []byte(draft), map[string][]byte{"truce.ru.md": []byte("# 1 Огонь\n\nНикто не стреляет.\n\n# 3 Лишнее\n\nСлова.\n")})
	if err != nil {
		t.Fatal(err)
	}
	p := a.Terms.Prohibitions[0]
	if p.Pos != (Pos{"truce.md", 13, 1}) || p.Label != "1" || len(p.Doubts) != 1 || p.Doubts[0].Pos.Line != 17 {
		t.Errorf("prohibition %+v", p)
	}
	var ids []string
	for _, c := range a.Terms.Start.Requires {
		ids = append(ids, c.ID())
	}
	if diff := cmp.Diff([]string{"accepted:A", "implemented-together:A,B", "met:relief"}, ids); diff != "" {
		t.Error(diff)
	}
	if a.Terms.Start.Requires[1].Within.Hours != 12 || a.Terms.Start.Requires[1].Pos.Line != 32 {
		t.Errorf("precondition %+v", a.Terms.Start.Requires[1])
	}
	if len(a.Terms.Length.Counting) != 4 || len(a.Terms.Length.Extension.Mutual) != 2 {
		t.Errorf("duration %+v", a.Terms.Length)
	}
	if a.Articles[0].Words["en"] != "Nobody fires." || a.Articles[0].Words["ru"] != "Никто не стреляет." {
		t.Errorf("words %+v", a.Articles[0])
	}
	var codes []string
	for _, f := range a.Lint(Context{HasPlace: func(string) bool { return false }}) {
		codes = append(codes, f.Code)
	}
	want := []string{
		"no-verification", "no-standard", "no-consequence", "translation-extra-article", "unknown-area", "disputed-term", "translation-lacks-article", "no-counting-rule",
	}
	for _, w := range want {
		found := false
		for _, c := range codes {
			found = found || c == w
		}
		if !found {
			t.Errorf("the linter does not say %s: %v", w, codes)
		}
	}
}

// TestEveryProblemHasItsPlace: bad drafts are told with file, line, column and mend.
func TestEveryProblemHasItsPlace(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"unknown clause", `prohibition "1"`, `prohibtion "1"`, `truce.md:13:1: prohibtion 1: there is no kind of clause "prohibtion" (did you mean "prohibition"?)`},
		{"unknown attribute", `  acts  = ["attack"]`, `  acts  = ["attack"]` + "\n  objcts = []", `truce.md:16:3: prohibition 1.objcts: there is no such attribute here (did you mean "objects"?)`},
		{"unknown branch", `["attack"]`, `["attak"]`, `truce.md:15:12: prohibition 1.acts: "attak" is not in the tree of acts (did you mean "attack"?)`},
		{"unknown party", `binds = ["A", "B"]`, `binds = ["A", "C"]`, `truce.md:14:17: prohibition 1.binds: "C" is not named in the header's parties`},
		{"unknown strength", `"declared"`, `"declard"`, `truce.md:31:19: entry_into_force 2.requires: "declard" is no strength of acceptance (did you mean "declared"?)`},
		{"unknown function", `accepted(`, `acceptd(`, `truce.md:31:5: entry_into_force 2.requires: there is nothing called acceptd(…) (did you mean "accepted"?)`},
		{"bad length", `"P30D"`, `"30 days"`, `duration 2b.length: `},
		{"bad counting", `"not stated"`, `"banker's days"`, `duration 2b.counting: "banker's days" is no rule of counting`},
		{"duplicate label", `duration "2b"`, `duration "2"`, `duration 2: the label "2" stands already on line 29`},
		{"unknown role", `"mediator"`, `"mediater"`, `agreement truce.parties.M: "mediater" is no role (did you mean "mediator"?)`},
		{"no acts", `  acts  = ["attack"]`, ``, `prohibition 1.acts: it is required`},
		{"broken HCL", `binds = ["A", "B"]`, `binds = ["A", "B"`, `truce.md:`},
		{"open fence", "implemented_together(\"A\", \"B\"),\n", "implemented_together(\"A\"),\n", `implemented_together takes 2 strings or more, not 1`},
		{"bad area", `"area:west"`, `"west"`, `prohibition 1.where: "west" is neither an area nor a line`},
		{"heading", "# 2 Start", "# Start", `truce.md:24:1: the heading has no number or no words`},
		{"stray", `duration "2b" {`, "length = 3\nduration \"2b\" {", `an attribute stands outside of a clause`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(draft, tt.from, tt.to, 1)
			if text == draft {
				t.Fatal("the replacement changed nothing")
			}
			_, err := ParseText("truce.md", []byte(text), nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
			var list problem.List
			if !errors.As(err, &list) || list[0].Line == 0 {
				t.Errorf("no place in %v", err)
			}
		})
	}
}

func TestFolderMustFitItsManifest(t *testing.T) {
	fsys := fstest.MapFS{"a/truce.md": {Data: []byte(draft)}}
	if _, err := Parse(fsys, "a"); err == nil || !strings.Contains(err.Error(), "the MANIFEST cannot be read") {
		t.Errorf("no manifest: %v", err)
	}
	manifest, version, err := Seal(fsys, "a")
	if err != nil {
		t.Fatal(err)
	}
	fsys["a/MANIFEST"] = &fstest.MapFile{Data: manifest}
	a, err := Parse(fsys, "a")
	if err != nil || a.Version != version {
		t.Fatalf("version %v, want %s: %v", a, version, err)
	}
	fsys["a/truce.md"] = &fstest.MapFile{Data: []byte(strings.Replace(draft, "Nobody", "Somebody", 1))}
	if _, err := Parse(fsys, "a"); err == nil || !strings.Contains(err.Error(), "a/MANIFEST:1:1: truce.md has been changed") {
		t.Errorf("a changed file passed: %v", err)
	}
	fsys["a/truce.md"] = &fstest.MapFile{Data: []byte(draft)}
	fsys["a/truce.uk.md"] = &fstest.MapFile{Data: []byte("# 1 Вогонь\n\nСлова.\n")}
	if _, err := Parse(fsys, "a"); err == nil || !strings.Contains(err.Error(), "the MANIFEST does not list this file") {
		t.Errorf("an unlisted file passed: %v", err)
	}
}

func TestReadingOverridesWhatItNames(t *testing.T) {
	a, err := ParseText("truce.md", []byte(draft), nil)
	if err != nil {
		t.Fatal(err)
	}
	text := "```hcl\nreading \"truce\" {\n  holder = \"B\"\n  source = \"S7\"\n  known  = \"2030-03-11\"\n  omits  = [\"2b\"]\n}\n\nprohibition \"1\" {\n  acts = [\"attack/missile\"]\n}\n\nprohibition \"9\" {\n  binds = [\"B\"]\n  acts  = [\"movement\"]\n}\n```\n"
	r, err := ParseReading("b.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	terms, err := a.Under(r)
	if err != nil {
		t.Fatal(err)
	}
	p := terms.Prohibitions[0]
	if diff := cmp.Diff([]string{"attack/missile"}, p.Acts); diff != "" || len(p.Binds) != 2 || p.Pos.File != "b.md" {
		t.Errorf("override %+v %s", p, diff)
	}
	if len(terms.Prohibitions) != 2 || terms.Length != nil || terms.Start == nil {
		t.Errorf("merged terms %+v", terms)
	}
	if a.Terms.Prohibitions[0].Acts[0] != "attack" || a.Terms.Length == nil || len(a.Terms.Prohibitions) != 1 {
		t.Error("a reading changed the text")
	}
	stranger, err := ParseReading("c.md", []byte(strings.Replace(text, `binds = ["B"]`, `binds = ["Z"]`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Under(stranger); err == nil || !strings.Contains(err.Error(), `"Z" is not named`) {
		t.Errorf("a stranger is bound: %v", err)
	}
}

func TestTaxonomiesAreWhole(t *testing.T) {
	for _, tree := range []*Taxonomy{Taxonomies().Acts, Taxonomies().Weapons, Taxonomies().Objects, Taxonomies().Domains} {
		for _, p := range tree.Paths() {
			if i := strings.LastIndexByte(p, '/'); i > 0 && !tree.Known(p[:i]) {
				t.Errorf("%s: %s has no parent", tree.Field, p)
			}
			for _, lang := range []string{"en", "ru", "uk", "zh"} {
				if tree.Name(p, lang) == "" || tree.Name(p, lang) == p && strings.Contains(p, "/") {
					t.Errorf("%s: %s has no name in %s", tree.Field, p, lang)
				}
			}
		}
	}
	if got := Taxonomies().Objects.Nearest("energy/oil/refinary"); got != "energy/oil/refinery" {
		t.Errorf("nearest %q", got)
	}
}

// TestMend: a wrong last name is not near another because the names before it are right.
func TestMend(t *testing.T) {
	tree := Taxonomies().Acts
	for path, want := range map[string]string{
		"attack/drone":      `under "attack" there are artillery, bomb, demolition, missile, naval, small-arms, uav`,
		"attack/uavs":       `did you mean "attack/uav"?`,
		"atack/missile":     `did you mean "attack/missile"?`,
		"mortar":            `did you mean "attack/artillery/mortar"?`,
		"attack/drone/fpvs": `under "attack" there are artillery, bomb, demolition, missile, naval, small-arms, uav`,
	} {
		if got := tree.Mend(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// TestFalls: a branch binds its leaves; what is told too broadly may fall under it.
func TestFalls(t *testing.T) {
	tree := Taxonomies().Objects
	path := rapid.SampledFrom(tree.Paths())
	rapid.Check(t, func(t *rapid.T) {
		a, b := path.Draw(t, "a"), path.Draw(t, "b")
		below := a == b || strings.HasPrefix(a, b+"/")
		above := strings.HasPrefix(b, a+"/")
		want := truth.No
		if below {
			want = truth.Yes
		} else if above {
			want = truth.Maybe
		}
		if got := tree.Falls(a, []string{b}); got != want {
			t.Fatalf("%s under %s: %s, want %s", a, b, got, want)
		}
		if tree.Falls(a, []string{b}) == truth.Yes && tree.Falls(a, []string{path.Draw(t, "c"), b}) != truth.Yes {
			t.Fatal("naming one branch more took a leaf out")
		}
	})
	if tree.Falls("", []string{"energy"}) != truth.Maybe || tree.Falls("energyx", []string{"energy"}) != truth.No {
		t.Error("absent is maybe; a longer word is another one")
	}
}

func FuzzParseText(f *testing.F) {
	f.Add([]byte(draft))
	f.Add([]byte("```hcl\nagreement \"x\" {\n  parties = { A = \"party\" }\n  title = null\n}\n```\n# 1"))
	f.Add([]byte("```hcl\nagreement \"x\" {\n  undrawn = { a = 3 }\n  sources = [1]\n common_text = \"x\" }\n"))
	f.Add(read(f, "testdata/kinds/kinds.md"))
	for _, name := range []string{"moments", "figures", "circles", "owed", "reading-clauses"} {
		f.Add(read(f, "testdata/bad/"+name+".md"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := ParseText("f.md", data, map[string][]byte{"f.ru.md": data})
		if err == nil {
			a.Lint(Context{})
			DiffTerms(&a.Terms, &Terms{})
		}
		if r, err := ParseReading("r.md", data); err == nil && a != nil {
			_, _ = a.Under(r)
		}
	})
}

func BenchmarkParseText(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseText("truce.md", []byte(draft), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleParseText() {
	a, err := ParseText("truce.md", []byte(draft), nil)
	if err != nil {
		os.Stderr.WriteString(err.Error())
		return
	}
	for _, c := range a.Terms.Start.Requires {
		os.Stdout.WriteString(c.ID() + "\n")
	}
	// Output:
	// accepted:A
	// implemented-together:A,B
	// met:relief
}
