package web

import (
	"html/template"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// saidPart is a piece of a sentence; URL is set where the piece leads to what it names: an
// entry where Ref is set.
type saidPart struct {
	Text string
	URL  template.URL
	Ref  bool
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
		parts = append(parts, saidPart{Text: string(r), URL: b.Entry(r), Ref: true})
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

// answered makes of the name of each agreement, with which its line of the answer begins, a
// link to its readings and reasons further down.
func (s *site) answered(b base, lines []string, list []judge.AgreementStatus) [][]saidPart {
	var out [][]saidPart
	for _, line := range lines {
		parts := []saidPart{{Text: line}}
		for _, a := range list {
			name := s.speaker.Agreement(b.Lang, a.ID)
			if rest, ok := strings.CutPrefix(line, name); ok && strings.HasPrefix(rest, b.T("list.colon")) && !a.Upcoming {
				parts = []saidPart{{Text: name, URL: template.URL("#agreement-" + a.ID)}, {Text: rest}} //nolint:gosec // an agreement's id
			}
		}
		out = append(out, parts)
	}
	return out
}
