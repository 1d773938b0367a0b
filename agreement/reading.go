package agreement

import (
	"fmt"
	"maps"
	"slices"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// ParseReading reads a reading. What its clauses leave out stands in the text, so
// only [Agreement.Under] can tell that something is missing. The error is a
// problem.List with the places of the Markdown file.
func ParseReading(file string, data []byte) (*Reading, error) {
	var problems problem.List
	p := readPage(file, data, false, &problems)
	blocks := p.head
	for _, s := range p.articles {
		blocks = append(blocks, s.blocks...)
	}
	if len(blocks) == 0 || blocks[0].Type != "reading" {
		if len(problems) == 0 || len(blocks) > 0 || !p.fenced && p.starts != nil {
			where := Pos{file, 1, 1}
			if len(blocks) > 0 {
				where = blocks[0].pos()
			}
			problems.Add(at(where, "no-header", "", "the file does not begin with a header", `begin with reading "AGREEMENT" { … } in a fenced hcl block`))
		}
		return nil, record.Bounded(problems, maxProblems)
	}
	if !blocks[0].labelled(&problems) {
		return nil, record.Bounded(problems, maxProblems)
	}
	rd := &Reading{}
	r := blocks[0].asClause().read(&problems)
	rd.Agreement, rd.Pos = r.label, r.pos
	r.str("holder", &rd.Holder)
	rd.Source = refs(r, "source")
	r.str("known", &rd.Known)
	var known moment.Time // its zone is that of the case
	r.time("known", nil, &known)
	r.strs("omits", &rd.Omits)
	undrawn(r, &rd.Undrawn)
	r.text("note", "", &rd.Note)
	r.require("holder", `holder = "A"`)
	r.rest()
	alone := &assembly{problems: &problems, partial: true}
	for _, b := range blocks[1:] {
		alone.take(b)
	}
	alone.build()
	rd.clauses = alone.clauses
	for _, label := range rd.Omits {
		if i := slices.IndexFunc(rd.clauses, func(c *clause) bool { return c.label == label }); i >= 0 {
			c := rd.clauses[i]
			problems.Add(at(c.pos, "omitted-clause", c.kind+" "+label, fmt.Sprintf("the reading omits %q and yet says it", label), "take one of the two out"))
		}
	}
	if len(problems) > 0 {
		return nil, record.Bounded(problems, maxProblems)
	}
	return rd, nil
}

// InZone gives the agreement with times that name no zone read in that of its case,
// where the terms state none themselves.
func (a *Agreement) InZone(zone *moment.Zone) *Agreement {
	in := *a
	in.fallback = zone
	if len(a.clauses) > 0 {
		as := &assembly{problems: &problem.List{}, parties: slices.Sorted(maps.Keys(a.Roles)), clauses: a.clauses, fallback: zone}
		as.build()
		in.Terms = as.terms
	}
	return &in
}

// Under gives the terms of the text, or, with a reading, those that its holder
// reads: a clause of the same kind and label overrides the attributes that it
// names (length and until are one of them), new labels add, what it omits is gone.
// Places point to the file that says it. Without a reading the terms are the
// agreement's own, empty where there is no common text, and not to be changed.
//
// A label to omit that the text does not have is passed over: the text may be a
// later version, and the case file tells a misspelt one. The holder need not take
// part in the agreement.
//
// The error is a problem.List: the reading is of another agreement, binds somebody
// who takes no part, or what comes out lacks something.
func (a *Agreement) Under(r *Reading) (*Terms, error) {
	if r == nil {
		return &a.Terms, nil
	}
	var problems problem.List
	if r.Agreement != a.ID {
		problems.Add(at(r.Pos, "other-agreement", "reading "+r.Agreement, fmt.Sprintf("it is a reading of another agreement, not of %q", a.ID), suggest(r.Agreement, []string{a.ID})))
		return nil, problems.Err()
	}
	as := &assembly{problems: &problems, parties: slices.Sorted(maps.Keys(a.Roles)), omitted: r.Omits, fallback: a.fallback}
	for _, c := range a.clauses {
		if !slices.Contains(r.Omits, c.label) {
			as.clauses = append(as.clauses, c)
		}
	}
	for _, c := range r.clauses {
		i := slices.IndexFunc(as.clauses, func(t *clause) bool { return t.label == c.label })
		switch {
		case i < 0:
			as.clauses = append(as.clauses, c)
		case as.clauses[i].kind != c.kind:
			problems.Add(at(c.pos, "other-kind", c.kind+" "+c.label, fmt.Sprintf("the text has %q as %s", c.label, as.clauses[i].kind), "override it in its own kind, or give the clause another label"))
		default:
			as.clauses[i] = c.over(as.clauses[i])
		}
	}
	// All clauses are built anew, so that what one says about another (the zone of
	// the days) comes out; terms made by hand have no clauses and are kept.
	built := func(label string) bool {
		return slices.Contains(r.Omits, label) || slices.ContainsFunc(as.clauses, func(c *clause) bool { return c.label == label })
	}
	as.terms = a.Terms.without(built)
	as.build()
	if len(problems) > 0 {
		return nil, record.Bounded(problems, maxProblems)
	}
	return &as.terms, nil
}
