package web

import (
	"strings"
	"testing"
)

// TestEveryTemplateIsFilledQuickly: none has anything that package fill leaves to html/template.
func TestEveryTemplateIsFilledQuickly(t *testing.T) {
	templates, err := parseTemplates()
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range templates {
		for _, left := range x.Left() {
			if name == templateOfReports && strings.HasPrefix(left, "page:") {
				continue // a report as a file of its own, which package report executes
			}
			t.Errorf("%s: %s", name, left)
		}
	}
}
