package web

import (
	"strings"
	"testing"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/cases"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
)

// TestEveryPageIsListed holds the site map and the export to the pages: whoever adds a page
// whose address has a part to fill in says in site.values what stands there.
func TestEveryPageIsListed(t *testing.T) {
	fsys, err := cases.UA2025()
	if err != nil {
		t.Fatal(err)
	}
	c, err := casefile.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{c: c, views: view.New(c)}
	paths := s.paths(s.views.Of(judge.Question{At: c.World.Until - 1, KnownBy: moment.Future}))
	for _, p := range s.pages() {
		before, rest, part := strings.Cut(strings.TrimSuffix(p.path, "{$}"), "{")
		_, after, _ := strings.Cut(rest, "}")
		found := false
		for _, path := range paths {
			found = found || path == before && !part || part && strings.HasPrefix(path, before) && strings.HasSuffix(path, after) && len(path) > len(before)+len(after)
		}
		if !found {
			t.Errorf("no address of %s is listed", p.path)
		}
	}
}
