package web

import (
	"net/url"
	"strconv"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/view"
	"github.com/truceline/truceline/judge"
)

// standing is how a clause stands at the moment asked about, under one reading.
type standing struct {
	Binds, BindsCode string // of a prohibition or withdrawal; empty for others
	Counts           []countLink
	Duties           []dutyRow
}

// countLink is how many reported incidents come to a classification under a clause.
type countLink struct {
	Name, Count string
	URL         string
}

type dutyRow struct {
	Duty, State, Due string
	Figures          []string
	Entries          []entryRef
}

// stand fills in how every clause of the terms stands.
func (s *site) stand(b base, id string, terms []termsView) {
	binds := map[[2]string]judge.Binding{}
	for _, x := range b.bench.Bindings(id) {
		binds[[2]string{x.Reading, x.Clause}] = x
	}
	duties := map[[2]string][]judge.DutyStatus{}
	for _, d := range b.bench.Duties(id) {
		key := [2]string{d.Reading, d.Clause}
		duties[key] = append(duties[key], d)
	}
	for i := range terms {
		for j := range terms[i].Clauses {
			c := &terms[i].Clauses[j]
			key := [2]string{terms[i].Holder, c.Label}
			if x, ok := binds[key]; ok {
				c.Stand.Binds, c.Stand.BindsCode = b.T("binds."+x.Binds.String()), x.Binds.String()
				c.Stand.Counts = s.classCounts(b, id, terms[i].Holder, c.Label)
			}
			for _, d := range duties[key] {
				row := dutyRow{Duty: s.speaker.Duty(b.Lang, d), State: s.speaker.DutyStates(b.Lang, d.State, d.Possible)}
				if d.LastDay != "" {
					row.Due = b.T("stand.last-day", "when", s.speaker.Time(b.Lang, d.LastDay))
				}
				for _, f := range d.Figures {
					row.Figures = append(row.Figures, s.speaker.Figure(b.Lang, d, f))
					row.Entries = append(row.Entries, b.refs(f.Entries)...)
				}
				c.Stand.Duties = append(c.Stand.Duties, row)
			}
		}
	}
}

// classCounts counts the reported incidents up to the moment asked about by what they
// come to under one clause and reading.
func (s *site) classCounts(b base, id, reading, clause string) []countLink {
	var list []countLink
	for _, c := range b.bench.Columns() {
		if c.Agreement != id || c.Reading != reading || c.Clause != clause {
			continue
		}
		counts := b.bench.Counts(&c)
		for i, class := range view.Classes {
			if counts[i] == 0 || class == judge.NotInForce {
				continue
			}
			q := url.Values{"agreement": {id}, "reading": {reading}, "clause": {clause}, "class": {string(class)}}
			list = append(list, countLink{
				Name: s.speaker.Classification(b.Lang, string(class)), Count: strconv.Itoa(counts[i]),
				URL: string(withQuery(b.Link("/incidents"), q)),
			})
		}
	}
	return list
}

// versions lists the known versions of an agreement, and what changed from each to the
// next, in words and in effect.
func (s *site) versions(b base, id string, p *agreementPage) {
	var before *casefile.Version
	for i := range s.c.Versions {
		v := &s.c.Versions[i]
		if v.ID != id || v.Entry > b.bench.Status().AsOf {
			continue
		}
		e := &s.c.Entries[v.Entry-1]
		it, known := b.bench.Item(e.Envelope.Entry.Ref)
		if !known {
			continue
		}
		row := versionRow{Version: v.Version, Entry: entryRef{Ref: string(it.Ref), URL: b.Entry(it.Ref)}, Current: v.Version == p.Version}
		if it.Public != "" {
			row.When = s.speaker.Time(b.Lang, it.Public)
		}
		if before != nil {
			p.Differences = append(p.Differences, s.difference(b, b.T("difference.versions", "old", before.Version[:8], "new", v.Version[:8]),
				agreement.DiffWords(before.Agreement, v.Agreement), agreement.DiffTerms(&before.Terms, &v.Terms)))
		}
		p.Versions = append(p.Versions, row)
		before = v
	}
}

// readingDifferences compares what the readings make of the words: each with the text,
// or where the sides have none, each with the first.
func (s *site) readingDifferences(b base, v casefile.Version, p *agreementPage) {
	first, name := &v.Terms, s.reader(b, judge.Text)
	if !v.CommonText {
		first = nil
	}
	byHolder := map[string]casefile.Reading{}
	for _, r := range b.bench.Readings(v.ID) {
		byHolder[r.Holder] = r
	}
	for _, holder := range s.speaker.SortParties(b.Lang, keys(byHolder)) {
		t, err := b.bench.Under(v, byHolder[holder].Reading)
		if err != nil {
			continue // the case was checked: a reading that cannot be merged is not in it
		}
		if first == nil {
			first, name = t, s.reader(b, holder)
			continue
		}
		p.Differences = append(p.Differences, s.difference(b, b.T("difference.readings", "old", name, "new", s.reader(b, holder)), nil, agreement.DiffTerms(first, t)))
	}
}

func (s *site) difference(b base, title string, words, terms []agreement.Change) differenceView {
	d := differenceView{Title: title, None: len(words)+len(terms) == 0}
	for _, c := range words {
		d.Words = append(d.Words, s.speaker.Change(b.Lang, c))
	}
	for _, c := range terms {
		d.Terms = append(d.Terms, s.speaker.Change(b.Lang, c))
	}
	return d
}
