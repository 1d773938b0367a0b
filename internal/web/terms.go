package web

import (
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
)

// termsView is what the words mean: to everybody, or as one holder reads them.
type termsView struct {
	By         string
	Note, Lang string
	Sources    []entryRef
	Clauses    []clauseRow
}

// clauseRow is one clause as it was formalised.
type clauseRow struct {
	Label, Kind string
	Facts       []factRow
	Doubts      []langText
	Where       string // file:line
}

// factRow is one particular of a clause. Code tells that it is a code of the terms
// and no word of a language.
type factRow struct {
	Name, Value string
	Code        bool
}

type langText struct{ Lang, Text string }

// terms gives the terms of the text, where the sides share one, then those of each
// reading in full, by short name of the holder.
func (s *site) terms(b base, v casefile.Version) []termsView {
	var list []termsView
	if v.CommonText {
		list = append(list, termsView{By: s.reader(b, judge.Text), Clauses: s.clauses(b, &v.Terms)})
	}
	readings := map[string]casefile.Reading{}
	for _, r := range b.bench.Readings(v.ID) {
		readings[r.Holder] = r
	}
	for _, holder := range s.speaker.SortParties(b.Lang, keys(readings)) {
		r := readings[holder]
		t, err := v.Under(r.Reading)
		if err != nil {
			continue // the case was checked when it was loaded: a reading that cannot be merged is not in it
		}
		view := termsView{By: s.reader(b, holder), Sources: b.known(r.Source), Clauses: s.clauses(b, t)}
		view.Note, view.Lang = s.speaker.Text(b.Lang, r.Note)
		list = append(list, view)
	}
	return list
}

func (s *site) clauses(b base, t *agreement.Terms) []clauseRow {
	var rows []clauseRow
	add := func(label, kind string, pos agreement.Pos, facts ...factRow) *clauseRow {
		kept := facts[:0]
		for _, f := range facts {
			if f.Value != "" {
				kept = append(kept, f)
			}
		}
		rows = append(rows, clauseRow{Label: label, Kind: b.T("clause." + kind), Facts: kept, Where: where(&pos)})
		return &rows[len(rows)-1]
	}
	fact := func(name, value string) factRow { return factRow{Name: b.T("term." + name), Value: value} }
	code := func(name, value string) factRow { return factRow{Name: b.T("term." + name), Value: value, Code: true} }
	parties := func(codes []string) string {
		return s.list(b, "parties", s.speaker.SortParties(b.Lang, codes))
	}
	if e := t.Start; e != nil {
		var facts []factRow
		for _, r := range e.Requires {
			facts = append(facts, fact("requires", s.speaker.Precondition(b.Lang, r.ID())))
		}
		if !e.Start.IsZero() {
			facts = append(facts, fact("start", s.speaker.Time(b.Lang, e.Start.String())))
		}
		add(e.Label, "entry-into-force", e.Pos, facts...)
	}
	if d := t.Length; d != nil {
		var facts []factRow
		if !d.Length.IsZero() {
			facts = append(facts, code("length", d.Length.String()))
		}
		for _, c := range d.Counting {
			facts = append(facts, fact("counting", b.T("counting."+countingCode(c))))
		}
		if !d.Until.IsZero() {
			facts = append(facts, fact("until", s.speaker.Time(b.Lang, d.Until.String())))
		}
		if x := d.Extension; x != nil {
			facts = append(facts, fact("mutual", parties(x.Mutual)))
		}
		add(d.Label, "duration", d.Pos, facts...)
	}
	scope := func(c agreement.Scope) []factRow {
		return []factRow{
			fact("binds", parties(c.Binds)), fact("acts", s.list(b, "acts", c.Acts)), fact("weapons", s.list(b, "weapons", c.Weapons)),
			fact("objects", s.list(b, "objects", c.Objects)), fact("domains", s.list(b, "domains", c.Domains)), fact("where", s.places(b, c.Where)),
		}
	}
	doubts := func(row *clauseRow, c agreement.Scope) {
		for _, d := range c.Doubts {
			text, lang := s.speaker.Text(b.Lang, d.Question)
			row.Doubts = append(row.Doubts, langText{Lang: lang, Text: text})
		}
	}
	for _, p := range t.Prohibitions {
		doubts(add(p.Label, "prohibition", p.Pos, scope(p.Scope)...), p.Scope)
	}
	for _, e := range t.Exceptions {
		doubts(add(e.Label, "exception", e.Pos, append([]factRow{code("defeats", strings.Join(e.Defeats, ", "))}, scope(e.Scope)...)...), e.Scope)
	}
	for _, d := range t.Duties {
		due := ""
		if d.Due != nil {
			due = d.Due.Text
		}
		add(d.Label, "duty", d.Pos, fact("binds", parties(d.Binds)), code("does", d.Does), code("what", strings.Join(d.What, ", ")), code("measure", d.Measure.Text), code("due", due))
	}
	for _, p := range t.Powers {
		when, lang := s.speaker.Text(b.Lang, p.When)
		row := add(p.Label, "power", p.Pos, fact("holder", parties(p.Holder)), code("effect", p.Effect))
		if when != "" {
			row.Doubts = append(row.Doubts, langText{Lang: lang, Text: when})
		}
	}
	return rows
}

// list writes codes in a format of package explain.
func (s *site) list(b base, format string, codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return s.speaker.Format(b.Lang, format, strings.Join(codes, ","))
}

// places names areas and lines.
func (s *site) places(b base, list []string) string {
	out := ""
	for i, w := range list {
		if i > 0 {
			out += b.T("list.comma")
		}
		if w == "anywhere" {
			out += b.T("term.anywhere")
		} else {
			out += s.speaker.Area(b.Lang, w)
		}
	}
	return out
}
