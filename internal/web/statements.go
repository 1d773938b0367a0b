package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// statementsPage lists who said what, newest first, with the original words.
type statementsPage struct {
	base
	Filters filterForm
	Found   string
	Days    []statementDay
	leaf
}

type statementDay struct {
	Day  string
	Rows []statementRow
}

type statementRow struct {
	quoteRow
	Stances []stanceRow
}

// The sorts of voice by which statements are told apart.
const (
	voiceNamed     = "named"
	voiceBody      = "institution"
	voiceAnonymous = "anonymous"
	voiceDocument  = "document"
)

func voiceSort(it judge.Item) string {
	switch v := it.SaidBy; {
	case v == nil || v.Document != "":
		return voiceDocument
	case len(v.Anonymous) > 0:
		return voiceAnonymous
	case len(v.Institution) > 0:
		return voiceBody
	}
	return voiceNamed
}

// statementFilter is what the list is narrowed to; empty fields do not narrow.
type statementFilter struct {
	words, by, person, outlet, sort, agreement string
	from, until                                moment.Instant
}

func (f *statementFilter) lets(it judge.Item) bool {
	st, ok := it.Body.(*record.Statement)
	if !ok {
		return false
	}
	v := it.SaidBy
	if f.by != "" && (v == nil || v.Party != f.by) || f.person != "" && (v == nil || v.Person != f.person) {
		return false
	}
	if f.outlet != "" && (it.Through == nil || it.Through.Outlet != f.outlet) || f.sort != "" && voiceSort(it) != f.sort {
		return false
	}
	if f.agreement != "" && !bears(st, f.agreement) {
		return false
	}
	if f.from != 0 || f.until != 0 {
		t := it.When()
		if t.IsZero() {
			t = it.Published()
		}
		if t.IsZero() || f.from != 0 && t.Latest() < f.from || f.until != 0 && t.Earliest() >= f.until {
			return false
		}
	}
	return true
}

// bears tells whether a statement is about an agreement, by its author or by a reader.
func bears(st *record.Statement, id string) bool {
	return slices.ContainsFunc(st.About, func(x record.Bearing) bool { return x.Agreement == id }) ||
		slices.ContainsFunc(st.Stances, func(x record.Stance) bool { return x.Agreement == id }) ||
		slices.ContainsFunc(st.Claims, func(x record.Claim) bool { return x.Agreement == id })
}

func (s *site) statements(r *http.Request, b base) (string, any, error) {
	p := &statementsPage{base: b}
	p.Title, p.Description = b.T("statements.title"), b.T("statements.note")
	f, err := s.statementFilter(r, b, &p.Filters)
	if err != nil {
		return "", nil, err
	}
	list := s.statementsOf(b, f)
	var from, until int
	if p.leaf, from, until, err = turn(r, len(list)); err != nil {
		return "", nil, err
	}
	for _, i := range list[from:until] {
		it := b.bench.Nth(record.KindStatement, i)
		day := s.dayOf(b, it)
		if n := len(p.Days); n == 0 || p.Days[n-1].Day != day {
			p.Days = append(p.Days, statementDay{Day: day})
		}
		last := &p.Days[len(p.Days)-1]
		last.Rows = append(last.Rows, statementRow{quoteRow: s.quote(b, it), Stances: s.stances(b, it)})
	}
	p.Found = b.T("statements.found", "n", strconv.Itoa(p.Total))
	return "statements", p, nil
}

// statementsOf lists the statements that a filter lets pass, newest first, those without
// a date last, by their indexes in the order of the ground.
func (s *site) statementsOf(b base, f statementFilter) []int {
	o := b.bench.Order(record.KindStatement)
	var found map[int]bool
	if f.words != "" {
		found = map[int]bool{}
		for _, i := range b.bench.Find(record.KindStatement, f.words) {
			found[i] = true
		}
	}
	var list []int
	pass := func(i int) {
		if (found == nil || found[i]) && f.lets(b.bench.Nth(record.KindStatement, i)) {
			list = append(list, i)
		}
	}
	for i := o.Seen - 1; i >= 0; i-- {
		pass(i)
	}
	for i := o.Dated; i < o.Total; i++ {
		pass(i)
	}
	return list
}

func (s *site) stances(b base, it judge.Item) []stanceRow {
	st, ok := it.Body.(*record.Statement)
	if !ok || it.Withheld {
		return nil
	}
	var rows []stanceRow
	for _, x := range st.Stances {
		row := stanceRow{Party: s.speaker.Party(b.Lang, x.Party), Agreement: s.speaker.Agreement(b.Lang, x.Agreement), Position: s.speaker.Position(b.Lang, string(x.Position)), ReadBy: x.ReadBy}
		if x.Strength != "" {
			row.Strength = s.speaker.Strength(b.Lang, string(x.Strength))
		}
		rows = append(rows, row)
	}
	return rows
}

// statementFilter reads what the list is narrowed to, and fills in the form.
func (s *site) statementFilter(r *http.Request, b base, form *filterForm) (statementFilter, error) {
	q := r.URL.Query()
	f := statementFilter{words: strings.TrimSpace(q.Get("q"))}
	form.Q, form.From, form.To = f.words, q.Get("from"), q.Get("to")
	if len(f.words) > maxFilter || !utf8.ValidString(f.words) {
		return f, &askedError{fmt.Sprintf("q: > %d B", maxFilter)}
	}
	var err error
	if f.from, f.until, err = s.days(q.Get("from"), q.Get("to")); err != nil {
		return f, err
	}
	parties, people, outlets := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for it := range b.bench.All(record.KindStatement) {
		if it.SaidBy != nil {
			parties[it.SaidBy.Party], people[it.SaidBy.Person] = true, true
		}
		if it.Through != nil {
			outlets[it.Through.Outlet] = true
		}
	}
	delete(parties, "")
	delete(people, "")
	delete(outlets, "")
	same := func(v string) string { return v }
	names := keys(people)
	person := func(id string) string { return s.speaker.Person(b.Lang, id) }
	slices.SortFunc(names, func(x, y string) int { return strings.Compare(person(x)+"\x00"+x, person(y)+"\x00"+y) })
	c := chooser{b: b, form: form, query: q}
	f.by = c.choose("by", "filter.by", s.speaker.SortParties(b.Lang, keys(parties)), func(v string) string { return s.speaker.Party(b.Lang, v) })
	f.person = c.choose("person", "filter.person", names, person)
	f.outlet = c.choose("outlet", "filter.outlet", keys(outlets), same)
	f.sort = c.choose("voice", "filter.voice", []string{voiceNamed, voiceBody, voiceAnonymous, voiceDocument}, func(v string) string { return b.T("voice." + v) })
	f.agreement = c.choose("agreement", "filter.about", b.bench.Agreements(), func(id string) string { return s.speaker.Agreement(b.Lang, id) })
	form.finish(r)
	return f, c.unknown
}
