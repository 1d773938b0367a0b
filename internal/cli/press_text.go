package cli

import (
	"fmt"
	"strings"

	"github.com/truceline/truceline/internal/proposals"
	"github.com/truceline/truceline/press"
)

// pressText writes what is proposed, in columns. Words of the article are shown with
// whatever cannot be seen in them told by number: they come from anybody.
func (a *app) pressText(r *readArticle) {
	p := r.proposals
	see := proposals.Visible
	a.printf("%s\n", a.bold(see(r.source.Title)))
	about := []string{"language " + p.Lang}
	if r.article.Outlet != "" {
		about = append(about, see(r.article.Outlet))
	}
	if p.Published != "" {
		about = append(about, "published "+p.Published)
	} else {
		about = append(about, "day of publication unknown: relative dates stay open (--published)")
	}
	if r.page.Charset != "utf-8" {
		about = append(about, "read as "+r.page.Charset)
	}
	a.printf("%s\n", strings.Join(about, " · "))

	a.printf("\n%s\n", a.bold("Statements"))
	var t table
	for i, s := range p.Statements {
		speaker := see(s.Speaker)
		if s.SpeakerLatin != "" {
			speaker += " (" + see(s.SpeakerLatin) + ")"
		}
		if s.Office != "" {
			speaker += ", " + see(s.Office)
		}
		if s.Anonymous {
			speaker = "unnamed: " + speaker
		}
		how := "indirect"
		if s.Direct {
			how = "direct"
		}
		if s.Outlet != "" {
			how += ", through " + see(s.Outlet)
		}
		t.add(fmt.Sprintf("%4d", i+1), at(s.Span), speaker, day(s.Said), fmt.Sprintf("%.2f", s.Confidence), how)
		for _, words := range s.Text {
			t.note("      " + a.faint("| "+see(words)))
		}
	}
	a.listed(&t)

	a.printf("\n%s\n", a.bold("Claims for which nobody answers"))
	t = table{}
	for i, u := range p.Unattributed {
		why := "hearsay"
		if u.Why == "own-voice" {
			why = "in the article's own voice"
		}
		t.add(fmt.Sprintf("%4d", i+1), at(u.Span), why)
		t.note("      " + a.faint("| "+see(u.Text)))
	}
	a.listed(&t)

	a.printf("\n%s\n", a.bold("Events"))
	t = table{}
	for i, e := range p.Events {
		kind := e.Kind
		if e.Planned {
			kind += ", planned"
		}
		t.add(fmt.Sprintf("%4d", i+1), at(e.Span), kind, day(e.When))
		t.note("      " + a.faint("| "+see(e.Text)))
	}
	a.listed(&t)

	a.printf("\n%s\n", a.bold("People named"))
	t = table{}
	for _, q := range p.People {
		offices := make([]string, len(q.Offices))
		for i, o := range q.Offices {
			offices[i] = see(o)
		}
		name := see(q.Name)
		if q.Latin != "" {
			name += " (" + see(q.Latin) + ")"
		}
		t.add("    "+name, count(len(q.Mentions), "mention"), strings.Join(offices, "; "))
	}
	a.listed(&t)
}

func (a *app) listed(t *table) {
	if len(t.rows) == 0 {
		a.printf("    none\n")
		return
	}
	t.write(a.out)
}

func at(s press.Span) string { return fmt.Sprintf("%d-%d", s[0], s[1]) }

func day(s *string) string {
	if s == nil {
		return "no day"
	}
	return *s
}

func (a *app) bold(s string) string {
	if !a.colour {
		return s
	}
	return "\x1b[1m" + s + "\x1b[0m"
}

func (a *app) faint(s string) string {
	if !a.colour {
		return s
	}
	return "\x1b[36m" + s + "\x1b[0m"
}
