package agreement

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// maxProblems bounds what one file is told to be wrong.
const maxProblems = 200

// ParseText reads a draft: its text, and its translations by file name
// (ID.LANG.md). There is no version. The error is a problem.List with the places
// of the Markdown files; nothing is read of a text that has a problem.
func ParseText(file string, markdown []byte, translations map[string][]byte) (*Agreement, error) {
	var problems problem.List
	p := readPage(file, markdown, true, &problems)
	a := &Agreement{CommonText: true}
	header(a, p, &problems)
	as := &assembly{problems: &problems, parties: slices.Sorted(maps.Keys(a.Roles))} // nil if the header did not come out: one problem is enough
	if p.before > 0 {
		problems.Add(at(Pos{file, p.before, 1}, "words-outside", "", "words stand before the first article", `put them under a heading, such as "# 0 Preamble"`))
	}
	for _, s := range p.articles {
		article := Article{Number: s.number, Heading: map[string]string{a.Language: s.heading}, Words: map[string]string{a.Language: s.words}, Pos: s.pos}
		if i := a.article(s.number); i >= 0 {
			problems.Add(at(s.pos, "duplicate-article", "", fmt.Sprintf("the number %s stands already on line %d", s.number, a.Articles[i].Pos.Line), "give each article a number of its own"))
		}
		for _, b := range s.blocks {
			if as.take(b) {
				article.Clauses = append(article.Clauses, b.label())
			}
		}
		a.Articles = append(a.Articles, article)
	}
	if !a.CommonText && len(as.clauses) > 0 {
		problems.Add(at(as.clauses[0].pos, "terms-without-text", "", "there is no common text and yet there are terms", "put the terms into readings"))
	}
	as.build()
	a.Terms, a.clauses = as.terms, as.clauses
	for _, name := range slices.Sorted(maps.Keys(translations)) {
		translate(a, name, translations[name], &problems)
	}
	if len(problems) > 0 {
		return nil, record.Bounded(problems, maxProblems)
	}
	return a, nil
}

// article gives the index of an article by its number, or -1.
func (a *Agreement) article(number string) int {
	return slices.IndexFunc(a.Articles, func(x Article) bool { return x.Number == number })
}

// take adds a clause of one file; its label must be its own there.
func (a *assembly) take(b *block) bool {
	if !b.labelled(a.problems) {
		return false
	}
	for _, c := range a.clauses {
		if c.label == b.label() {
			a.problems.Add(at(b.pos(), "duplicate-label", b.Type+" "+b.label(), fmt.Sprintf("the label %q stands already on line %d", b.label(), c.pos.Line), "give each clause a label of its own"))
			return false
		}
	}
	a.clauses = append(a.clauses, b.asClause())
	return true
}

var roles = []string{
	string(RoleParty), string(RoleProposer), string(RoleCoSponsor), string(RoleMediator), string(RoleGuarantor),
	string(RoleDeposit), string(RoleMonitor), string(RoleHost), string(RoleObserver),
}

// header takes the block that names the agreement.
func header(a *Agreement, p *page, problems *problem.List) {
	a.Language = "en"
	if len(p.head) != 1 || p.head[0].Type != "agreement" {
		if len(p.head) == 0 && (p.fenced || p.starts == nil) && len(*problems) > 0 {
			return // it could not be read, which has been told
		}
		what, where := "the file does not begin with a header", Pos{p.file, 1, 1}
		if len(p.head) > 0 {
			what, where = fmt.Sprintf("before the first article stand %d blocks, not the header alone", len(p.head)), p.head[0].pos()
		}
		problems.Add(at(where, "no-header", "", what, `begin the file with agreement "ID" { … } in a fenced hcl block`))
		return
	}
	if !p.head[0].labelled(problems) {
		return
	}
	r := p.head[0].asClause().read(problems)
	a.ID, a.Pos = r.label, r.pos
	if at, ok := r.str("language", &a.Language); ok && !record.LanguageTag(a.Language) {
		r.bad(at, "bad-language", "language", fmt.Sprintf("%q is no language tag", a.Language), "write en, ru, uk, zh or another BCP 47 tag")
	}
	r.text("title", a.Language, &a.Title)
	participants(a, r)
	a.Sources = refs(r, "sources")
	if e, src, ok := r.expr("common_text"); ok {
		if v, ok := r.value("common_text", e, src); ok && v.Type().FriendlyName() == "bool" {
			a.CommonText = v.True()
		} else if ok {
			r.bad(src.pos(e.Range()), "wrong-type", "common_text", "true or false is wanted", "write it without quotation marks")
		}
	}
	undrawn(r, &a.Undrawn)
	r.strs("supersedes", &a.Supersedes)
	r.text("note", a.Language, &a.Note)
	r.require("title", `title = { en = "…" }`)
	r.rest()
}

// participants takes the parties and their roles.
func participants(a *Agreement, r *reader) {
	const form = `{ A = "party", B = "party", M = "mediator" }`
	r.require("parties", "parties = "+form)
	e, src, ok := r.expr("parties")
	if !ok {
		return
	}
	members, ok := r.members("parties", e, src, form)
	if !ok {
		return
	}
	found, bound := map[string]Role{}, false
	for _, m := range members {
		field := "parties." + m.name
		if !isName(m.name) {
			r.bad(m.pos, "bad-name", "parties", fmt.Sprintf("%q is no code of a party", m.name), "a code has 1 to 64 letters, digits or signs, and no space")
			continue
		}
		found[m.name] = ""
		role, ok := r.stringOf(field, m.value, src)
		if !ok {
			bound = true // perhaps: one problem is enough
			continue
		}
		if !slices.Contains(roles, role) {
			r.bad(m.valueAt, "unknown-role", field, fmt.Sprintf("%q is no role", role), suggest(role, roles))
			bound = true // likewise
		}
		found[m.name] = Role(role)
		bound = bound || Role(role) == RoleParty
	}
	if !bound {
		r.bad(r.place("parties"), "no-party", "parties", "nobody is a party", "write parties = "+form)
	}
	a.Roles = found
}

// refs takes references to entries.
func refs(r *reader, name string) []record.Ref {
	var list []record.Ref
	for _, w := range r.strs(name, new([]string)) {
		if !isName(w.text) {
			r.bad(w.pos, "bad-ref", name, fmt.Sprintf("%q is no reference to an entry", w.text), "write the ref of an entry of the record")
		}
		list = append(list, record.Ref(w.text))
	}
	return list
}

// undrawn takes the areas and lines that nobody has drawn, each with a text that
// says why.
func undrawn(r *reader, into *map[string]record.Text) {
	e, src, ok := r.expr("undrawn")
	if !ok {
		return
	}
	const form = `{ "line:front" = { en = "…" } }`
	members, ok := r.members("undrawn", e, src, form)
	if !ok {
		return
	}
	*into = make(map[string]record.Text, len(members))
	for _, m := range members {
		if !isPlace(m.name) {
			r.bad(m.pos, "bad-area", "undrawn", fmt.Sprintf("%q is neither an area nor a line", m.name), "write "+form)
			continue
		}
		(*into)[m.name] = r.textOf("undrawn."+m.name, "", m.value, src)
	}
}

// translate takes a translation: words only, matched by the articles' numbers.
// What is missing or too many is for the linter.
func translate(a *Agreement, file string, data []byte, problems *problem.List) {
	lang := strings.TrimPrefix(path.Ext(strings.TrimSuffix(path.Base(file), ".md")), ".")
	switch {
	case !record.LanguageTag(lang):
		problems.Add(problem.Problem{Code: "bad-language", File: file, What: fmt.Sprintf("%q in the file's name is no language tag", lang), Mend: "a translation is named ID.LANG.md, such as " + a.ID + ".uk.md"})
		return
	case lang == a.Language || slices.Contains(a.languages, lang):
		problems.Add(problem.Problem{Code: "duplicate-language", File: file, What: fmt.Sprintf("there is another text in %q", lang), Mend: "keep one in each language"})
		return
	}
	p := readPage(file, data, true, problems)
	if p.before > 0 {
		problems.Add(at(Pos{file, p.before, 1}, "words-outside", "", "words stand before the first article", "put them under the heading of an article"))
	}
	blocks := p.head
	own := map[string]int{} // lines of the articles
	for _, s := range p.articles {
		blocks = append(blocks, s.blocks...)
		if line, twice := own[s.number]; twice {
			problems.Add(at(s.pos, "duplicate-article", "", fmt.Sprintf("the number %s stands already on line %d", s.number, line), "give each article the number that it has in the text"))
			continue
		}
		own[s.number] = s.pos.Line
		i := a.article(s.number)
		if i < 0 {
			a.Articles = append(a.Articles, Article{Number: s.number, Heading: map[string]string{}, Words: map[string]string{}, Pos: s.pos})
			i = len(a.Articles) - 1
		}
		if _, ofText := a.Articles[i].Heading[a.Language]; !ofText {
			a.extra = append(a.extra, extraArticle{s.number, lang, s.pos})
		}
		a.Articles[i].Heading[lang], a.Articles[i].Words[lang] = s.heading, s.words
	}
	for _, b := range blocks {
		problems.Add(at(b.pos(), "terms-in-translation", "", "a translation holds terms", "terms stand in the text only"))
	}
	a.languages = append(a.languages, lang)
}
