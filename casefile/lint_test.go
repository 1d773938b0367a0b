package casefile_test

import (
	"testing"

	"github.com/truceline/truceline/casefile"
)

// TestLintContext: the linter learns what the case has drawn, from when, and what lies
// in what.
func TestLintContext(t *testing.T) {
	c, err := casefile.Load(training(t))
	if err != nil {
		t.Fatal(err)
	}
	x := c.LintContext("harbour")
	if len(x.Readings) != 1 || len(c.LintContext("other").Readings) != 0 {
		t.Errorf("readings: %v", x.Readings)
	}
	if !x.HasPlace("area:harbour") || x.HasPlace("area:nowhere") || x.HasPlace("line:harbour") || x.HasPlace("zone:harbour") {
		t.Error("what is drawn")
	}
	if !x.Dated("area:harbour") || x.Dated("area:nowhere") {
		t.Error("from when it is drawn")
	}
	if !x.Overlap("area:harbour", "area:harbour") || x.Overlap("area:harbour", "area:nowhere") || x.Overlap("line:front", "area:harbour") {
		t.Error("what lies in what")
	}
	undated := *c
	undated.Entries = nil
	if undated.LintContext("harbour").Dated("area:harbour") {
		t.Error("a drawing of no entry has a date")
	}
}
