package web

import (
	"html/template"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// saidPart is a piece of a sentence; URL is set where the piece names an entry.
type saidPart struct {
	Text string
	URL  template.URL
}

// linked cuts a sentence at the entries that it names, each of which it names in their
// order, so that each becomes a link.
func (b base) linked(text string, refs []record.Ref) []saidPart {
	var parts []saidPart
	for _, r := range refs {
		before, after, found := strings.Cut(text, string(r))
		if !found {
			continue
		}
		if before != "" {
			parts = append(parts, saidPart{Text: before})
		}
		parts = append(parts, saidPart{Text: string(r), URL: b.Entry(r)})
		text = after
	}
	if text != "" {
		parts = append(parts, saidPart{Text: text})
	}
	return parts
}

// contactGaps tells how long before a contact the earlier ones lie, each with its entry.
func (s *site) contactGaps(b base, c judge.Contact) [][]saidPart {
	var list [][]saidPart
	for i, line := range s.speaker.Contact(b.Lang, c) {
		refs := c.NoneBetween
		if i < len(c.Gaps) {
			refs = []record.Ref{c.Gaps[i].Since}
		}
		list = append(list, b.linked(line, refs))
	}
	return list
}
