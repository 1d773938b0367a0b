package casefile_test

import (
	"fmt"
	"os"
	"testing/fstest"

	"github.com/truceline/truceline/casefile"
)

func ExampleLoad() {
	c, err := casefile.Load(os.DirFS("testdata/training"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, code := range c.PartyCodes() {
		name, language := c.PartyName(code, "uk")
		fmt.Printf("%s: %s (%s)\n", code, name, language)
	}
	// Output:
	// A: Республіка А (uk)
	// B: Федерація Б (uk)
	// M: Office of the Mediator (en)
}

// Everything that is wrong is told at once, each with its place.
func ExampleCheck() {
	problems, _ := casefile.Check(fstest.MapFS{
		"case.hcl": {Data: []byte(`case "x" {
  title  = { en = "Example" }
  zone   = "UTC"
  begin  = "2040-01-01"
  ends   = "2040-12-31"
}
party "A" {
  name  = { en = "Republic of A" }
  short = { en = "" }
}
`)},
		"record.jsonl": {Data: []byte(`{"entry":{"kind":"dissent","ref":"d1","author":"desk","body":{"about":"d0","party":"C"}}}`)},
	})
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// case.hcl:1:1: case x.begins: it is missing
	// case.hcl:4:3: case x.begin: there is no such attribute here (did you mean "begins"?)
	// case.hcl:9:18: party A.short.en: the string is empty (leave it out, or fill it in)
	// record.jsonl:1:71: entry.body.about: d0 is not in the record (name an entry before this one)
	// record.jsonl:1:84: entry.body.party: there is no party "C" in this case (known are A)
}
