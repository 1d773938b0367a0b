package web

import (
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// termsView is what the words mean: to everybody, or as one holder reads them.
type termsView struct {
	By         string
	Holder     string // judge.Text or the code of who reads so
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
	Stand       standing
}

// factRow is one particular of a clause. Code tells that it is a code of the terms
// and no word of a language; Lang is set where the words stand in another one.
type factRow struct {
	Name, Value, Lang string
	Code              bool
}

type langText struct{ Lang, Text string }

// terms gives the terms of the text, where the sides share one, then those of each
// reading in full, by short name of the holder.
func (s *site) terms(b base, v casefile.Version) []termsView {
	var list []termsView
	if v.CommonText {
		list = append(list, termsView{By: s.reader(b, judge.Text), Holder: judge.Text, Clauses: s.clauses(b, &v.Terms, v.Undrawn)})
	}
	readings := map[string]casefile.Reading{}
	for _, r := range b.bench.Readings(v.ID) {
		readings[r.Holder] = r
	}
	for _, holder := range s.speaker.SortParties(b.Lang, keys(readings)) {
		r := readings[holder]
		t, err := b.bench.Under(v, r.Reading)
		if err != nil {
			continue // the case was checked when it was loaded: a reading that cannot be merged is not in it
		}
		view := termsView{By: s.reader(b, holder), Holder: holder, Sources: b.known(r.Source), Clauses: s.clauses(b, t, v.Undrawn, r.Undrawn)}
		view.Note, view.Lang = s.speaker.Text(b.Lang, r.Note)
		list = append(list, view)
	}
	return list
}

// clauses gives every clause with what it says, in the order of the file; of a place
// that nobody has drawn, why.
func (s *site) clauses(b base, t *agreement.Terms, undrawn ...map[string]record.Text) []clauseRow {
	var rows []clauseRow
	for _, c := range t.Clauses() {
		row := clauseRow{Label: c.Label, Kind: b.T("clause." + strings.ReplaceAll(string(c.Kind), "_", "-")), Where: where(&c.Pos)}
		for _, a := range t.Attributes(c.Label) {
			if f, ok := s.fact(b, t, a); ok {
				row.Facts = append(row.Facts, f)
			}
		}
		if c.Scope != nil {
			for _, d := range c.Scope.Doubts {
				text, lang := s.speaker.Text(b.Lang, d.Question)
				row.Doubts = append(row.Doubts, langText{Lang: lang, Text: text})
			}
		}
		if c.Scope != nil {
			for _, w := range c.Scope.Where {
				for _, why := range undrawn {
					if text, lang := s.speaker.Text(b.Lang, why[w]); text != "" {
						row.Doubts = append(row.Doubts, langText{Lang: lang, Text: text})
					}
				}
			}
		}
		for _, p := range t.Powers {
			if text, lang := s.speaker.Text(b.Lang, p.When); p.Label == c.Label && text != "" {
				row.Facts = append(row.Facts, factRow{Name: b.T("term.when"), Value: text, Lang: lang})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// fact writes one attribute of a clause, in words where there are words for it. Those
// that stand elsewhere on the page, or only help the reader of the file, are left out.
func (s *site) fact(b base, t *agreement.Terms, a agreement.Attribute) (factRow, bool) {
	f := factRow{Name: b.T("term." + strings.ReplaceAll(a.Name, "_", "-"))}
	switch a.Name {
	case "doubts", "when", "whole_day", "edge_out", "average", "minus":
		return f, false
	case "binds", "to", "holder", "certified_by", "body", "guarantor", "answers_for", "of":
		if a.Name == "of" && len(t.Verifications) > 0 { // there it lists clauses
			f.Value, f.Code = strings.Join(a.Values, ", "), true
			break
		}
		f.Value = s.list(b, "parties", s.speaker.SortParties(b.Lang, a.Values))
	case "acts", "weapons", "objects", "domains", "before", "means", "around", "does":
		f.Value = s.branches(b, a)
	case "where", "area", "line":
		f.Value = s.places(b, a.Values)
	case "counting":
		var rules []string
		for _, c := range a.Values {
			rules = append(rules, b.T("counting."+countingCode(moment.Counting(c))))
		}
		f.Value = strings.Join(rules, b.T("list.comma"))
	case "requires":
		var list []string
		for _, id := range a.Values {
			id, _, _ = strings.Cut(id, " (")
			list = append(list, s.speaker.Precondition(b.Lang, id))
		}
		f.Value = strings.Join(list, b.T("list.comma"))
	case "what", "gives", "per":
		f.Value = s.list(b, "owed", a.Values)
	case "effect":
		f.Value = s.speaker.Effect(b.Lang, a.Values[0])
	case "zone":
		f.Value = s.speaker.Zone(b.Lang, a.Values[0])
	case "extension":
		if parties, mutual := strings.CutPrefix(strings.Join(a.Values, ","), "mutual: "); mutual {
			f.Value = b.T("term.mutual", "parties", strings.ReplaceAll(parties, " ", ""))
		} else {
			f.Value, f.Code = strings.Join(a.Values, ", "), true
		}
	case "length", "lead", "within", "notice", "reply":
		f.Value = s.length(b, a.Values[0])
	case "due":
		f.Value, f.Code = a.Values[0], true
		if f.Value == "immediately" {
			f.Value, f.Code = b.T("term.immediately"), false
		}
	case "measure":
		f.Value = s.speaker.Format(b.Lang, "measure", strings.Join(a.Values, ", "))
	case "start":
		f.Value = s.speaker.Time(b.Lang, a.Values[0])
	case "purposes", "steps", "proof":
		f.Value = s.list(b, "words", a.Values)
	default:
		f.Value, f.Code = strings.Join(a.Values, ", "), true
	}
	return f, f.Value != ""
}

// length writes a length as words of the language: "30 days". One that is none stands as
// it is.
func (s *site) length(b base, text string) string {
	d, err := moment.ParseDuration(text)
	if err != nil {
		return text
	}
	var parts []string
	for _, u := range []struct {
		name string
		n    int
	}{{"years", d.Years}, {"months", d.Months}, {"weeks", d.Weeks}, {"days", d.Days}, {"hours", d.Hours}, {"minutes", d.Minutes}, {"seconds", d.Seconds}} {
		if u.n != 0 {
			parts = append(parts, b.T("length."+u.name, "n", strconv.Itoa(u.n)))
		}
	}
	return strings.Join(parts, b.T("mark.space"))
}

// branches names branches of the tree that an attribute speaks of. A definition is
// named by its label.
func (s *site) branches(b base, a agreement.Attribute) string {
	tree := map[string]string{"before": "acts", "means": "acts", "around": "objects", "does": "deeds"}[a.Name]
	if tree == "" {
		tree = a.Name
	}
	var names []string
	for _, v := range a.Values {
		if label, isDefinition := strings.CutPrefix(v, "def:"); isDefinition {
			names = append(names, "“"+label+"”")
			continue
		}
		names = append(names, s.speaker.Branch(b.Lang, tree, v))
	}
	return strings.Join(names, b.T("list.comma"))
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
