package web

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/truceline/truceline/judge"
)

// Static makes a site whose answers are laid out as files: one question for all pages, no
// forms, and links only to what such files can answer.
type Static struct {
	Question  judge.Question
	Languages []string
}

// paged are the parts of a query that a file can answer, in the order in which they stand
// in its path.
var paged = []string{"kind", "page"}

// plain is a value that can stand in the name of a file.
var plain = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`)

// StaticFile gives the file, below the folder of an export, that answers an address of the
// site; false where none can. A page of a list has a file of its own: /en/timeline?page=2
// stands in en/timeline/page-2.html.
func StaticFile(u *url.URL) (string, bool) {
	p := path.Clean("/" + u.Path)
	suffix := ""
	q := u.Query()
	for _, name := range paged {
		v := q.Get(name)
		if len(q[name]) > 1 || v != "" && !plain.MatchString(v) {
			return "", false
		}
		delete(q, name)
		if v != "" && (name != "page" || v != "1") {
			suffix += "/" + name + "-" + v
		}
	}
	for name, values := range q {
		if name == "v" && strings.HasPrefix(p, "/static/") {
			continue
		}
		for _, v := range values {
			if v != "" {
				return "", false
			}
		}
	}
	file := strings.TrimPrefix(p, "/")
	switch {
	case path.Ext(file) != "" && !strings.Contains(file, "/entries/") && !strings.Contains(file, "/agreements/"):
		return strings.TrimSuffix(file, path.Ext(file)) + suffix + path.Ext(file), true
	case strings.HasSuffix(u.Path, "/") || file == "":
		return path.Join(file, "index") + suffix + ".html", true
	}
	return file + suffix + ".html", true
}
