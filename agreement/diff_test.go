package agreement

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func changed(list []Change) string {
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintf(&b, "%s %s%s %s %s: %s -> %s\n", c.Sort, c.Article, c.Clause, c.Language, c.Field, c.Old, c.New)
	}
	return b.String()
}

func TestTextsAreComparedByWordsAndByEffect(t *testing.T) {
	old := string(read(t, "testdata/kinds/kinds.md"))
	later := old
	for _, r := range [][2]string{
		{"What may not be done.", "What  may\nnot be done."},
		{"What is owed.", "What is owed now."},
		{`weapons      = ["rocket"]`, `weapons      = ["rocket/grad"]`},
		{`acts       = ["def:offensive", "attack"]`, `acts       = ["def:offensive", "attack", "threat"]`},
		{`depth  = "70 km"`, `depth  = "50 km"`},
		{`due          = "start + P14D"`, `due          = "start + P21D"`},
		{`rate  = "30:1"`, `rate  = "50:1"`},
		{"exception \"2d\" {\n  defeats = [\"2c\"]\n  binds   = [\"B\"]\n  daily   = \"PT10H\"\n}\n", "duty \"2d\" {\n  does = \"meet\"\n}\n"},
		{"guarantee \"bands\" {", "guarantee \"groups\" {"},
		{`extension = tacit("P120D", "P10D")`, `extension = mutual("A", "B")`},
		{"# 4 Powers and verification", "# 5 Powers and verification"},
	} {
		if !strings.Contains(later, r[0]) {
			t.Fatalf("%q is not there", r[0])
		}
		later = strings.Replace(later, r[0], r[1], 1)
	}
	x, err := ParseText("old.md", []byte(old), nil)
	if err != nil {
		t.Fatal(err)
	}
	y, err := ParseText("new.md", []byte(later), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `words-changed 3 en : -> 
words-added 5 en : -> 
words-removed 4 en : -> 
`
	want = strings.ReplaceAll(want, " : ->", " :  ->")
	if diff := cmp.Diff(want, changed(DiffWords(x, y))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want = `clause-changed length  extension: tacit: P120D, notice P10D -> mutual: A, B
clause-changed mlrs  depth: 70000 m -> 50000 m
clause-wider 2a  acts: def:offensive, attack -> def:offensive, attack, threat
clause-changed 2b  due: start + P14D -> start + P21D
clause-narrower 2b  weapons: rocket -> rocket/grad
clause-removed 2d  :  -> 
clause-added 2d  :  -> 
clause-changed ratio  num: 30 -> 50
clause-added groups  :  -> 
clause-removed bands  :  -> 
`
	if diff := cmp.Diff(want, changed(DiffTerms(&x.Terms, &y.Terms))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if list := append(DiffWords(x, x), DiffTerms(&x.Terms, &x.Terms)...); len(list) > 0 {
		t.Errorf("a text differs from itself: %s", changed(list))
	}
}
