package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/truceline/truceline/moment"
)

// filterForm holds what the list is narrowed to, as the reader put it.
type filterForm struct {
	Q, From, To string
	Selects     []filterSelect
	Kept        [][2]string // the question
	Clear       string      // the address without filters
	Some        bool        // the list is narrowed
	Narrow      bool        // by more than words
}

type filterSelect struct {
	Name, Label string
	Options     []filterOption
}

type filterOption struct {
	Value, Label string
	Selected     bool
}

// chooser reads one choice after another from a query, and adds them to the form.
type chooser struct {
	b       base
	form    *filterForm
	query   url.Values
	unknown error // an askedError: of the first value that is none of the choices
}

func (c *chooser) choose(name, label string, values []string, say func(string) string) string {
	chosen := c.query.Get(name)
	sel := filterSelect{Name: name, Label: c.b.T(label), Options: []filterOption{{"", c.b.T("filter.any"), chosen == ""}}}
	for _, v := range values {
		sel.Options = append(sel.Options, filterOption{v, say(v), v == chosen})
	}
	if chosen != "" && !slices.Contains(values, chosen) && c.unknown == nil {
		c.unknown = &askedError{fmt.Sprintf("%s=%s", name, chosen)}
	}
	c.form.Selects = append(c.form.Selects, sel)
	c.form.Narrow = c.form.Narrow || chosen != ""
	return chosen
}

// finish fills in what the form keeps and how it is cleared.
func (f *filterForm) finish(r *http.Request) {
	f.Narrow = f.Narrow || f.From != "" || f.To != ""
	f.Some = f.Narrow || f.Q != ""
	keep := question(r)
	for _, name := range asked {
		if v := keep.Get(name); v != "" {
			f.Kept = append(f.Kept, [2]string{name, v})
		}
	}
	f.Clear = "?" + keep.Encode()
}

// days reads the first and last day of a list, as the moments from and before which it
// goes; 0: no bound. What is no day is an askedError.
func (s *site) days(from, to string) (first, after moment.Instant, err error) {
	for _, d := range []struct{ name, text string }{{"from", strings.TrimSpace(from)}, {"to", strings.TrimSpace(to)}} {
		if d.text == "" {
			continue
		}
		t, err := moment.Parse(d.text, s.c.Zone)
		if err != nil || t.Unbounded() {
			return 0, 0, &askedError{fmt.Sprintf("%s=%s: 2025-03-12", d.name, d.text)}
		}
		if d.name == "from" {
			first = t.Earliest()
		} else {
			after = t.Latest() + 1
		}
	}
	return first, after, nil
}
