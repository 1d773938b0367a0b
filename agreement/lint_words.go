package agreement

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/truceline/truceline/truth"
)

// articles looks at words without terms, at words that want a definition, and at
// translations.
func (l *linter) articles() {
	own := l.a.Language
	for _, x := range l.a.Articles {
		if _, ofText := x.Heading[own]; !ofText {
			continue // of a translation only
		}
		if len(x.Clauses) == 0 && l.a.CommonText {
			l.add("not-formalised", x.Pos, "", truth.Args{"article": x.Number})
		}
		for _, lang := range l.a.languages {
			_, translated := x.Heading[lang]
			if !translated || x.Words[lang] == "" && x.Words[own] != "" {
				l.add("translation-lacks-article", x.Pos, "", truth.Args{"language": lang, "article": x.Number})
			}
		}
		if l.a.CommonText {
			l.undefined(x)
		}
	}
	for _, x := range l.a.extra {
		l.add("translation-extra-article", x.pos, "", truth.Args{"language": x.language, "article": x.number})
	}
	if len(l.a.Articles) == 0 {
		return
	}
	lacking := slices.DeleteFunc(slices.Sorted(maps.Keys(l.a.Title)), func(lang string) bool {
		return lang == own || slices.Contains(l.a.languages, lang)
	})
	if len(lacking) > 0 {
		l.add("translation-lacks-language", l.a.Pos, "", truth.Args{"language": strings.Join(lacking, ", ")})
	}
}

// marked is a word or a few that the text puts in quotation marks or in bold type, as
// texts do with terms that they define or mean to.
var marked = regexp.MustCompile("“([^“”\n]{2,40})”|„([^„“”\n]{2,40})[“”]|«([^«»\n]{2,40})»|\"([^\"\n]{2,40})\"|「([^「」\n]{2,40})」|\\*\\*([^*\n]{2,40})\\*\\*")

// comment is what Markdown shows to nobody.
var comment = regexp.MustCompile("(?s)<!--.*?(?:-->|$)")

// undefined looks for marked words of an article that no definition or zone has. An
// article that holds a definition defines.
func (l *linter) undefined(x Article) {
	const mostWords = 4
	known := func(term string) bool {
		return slices.ContainsFunc(l.definable(), func(label string) bool {
			return strings.HasPrefix(plainTerm(term), plainTerm(label)) || strings.HasPrefix(plainTerm(label), plainTerm(term))
		})
	}
	for _, label := range x.Clauses {
		if definition(l.t, label) != nil {
			return
		}
	}
	var told []string
	for _, m := range marked.FindAllStringSubmatch(comment.ReplaceAllString(x.Words[l.a.Language], " "), -1) {
		term := strings.Trim(strings.Join(m[1:], ""), " .,;:")
		if term == "" || len(strings.Fields(term)) > mostWords || strings.ContainsAny(term, "0123456789") || known(term) || slices.Contains(told, term) {
			continue
		}
		told = append(told, term)
		l.add("no-definition", x.Pos, "", truth.Args{"article": x.Number, "term": term})
	}
}

// definable lists the labels of definitions and zones.
func (l *linter) definable() []string {
	var list []string
	for _, d := range l.t.Definitions {
		list = append(list, d.Label)
	}
	for _, z := range l.t.Zones {
		list = append(list, z.Label)
	}
	return list
}

// plainTerm takes from a term what does not tell it from another: capitals, hyphens,
// the plural and a number at its end.
func plainTerm(s string) string {
	s = strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(s))
	return strings.TrimSuffix(strings.TrimRight(s, "0123456789"), "s")
}

// terms looks at definitions, and at words of other clauses that none defines.
func (l *linter) terms() {
	for i, d := range l.t.Definitions {
		for _, e := range l.t.Definitions[i+1:] {
			if plainTerm(d.Label) == plainTerm(e.Label) && !sameMeaning(d, e) {
				l.pair("defined-twice", rule{label: d.Label, pos: d.Pos}, rule{label: e.Label, pos: e.Pos}, nil)
			}
		}
	}
	for _, r := range slices.Concat(l.prohibited(), l.withdrawn(), l.excused()) {
		for _, term := range l.missing(r) {
			l.add("undefined-term", r.pos, r.label, truth.Args{"term": bare(term)})
		}
	}
}

// missing lists the definitions and zones that a rule names and no clause gives.
func (l *linter) missing(r rule) []string {
	var list []string
	for _, b := range slices.Concat(r.Acts, r.Weapons, r.Objects, r.Domains) {
		if label, isDefinition := strings.CutPrefix(b, "def:"); isDefinition && definition(l.t, label) == nil {
			list = append(list, b)
		}
	}
	for _, w := range r.Where {
		if definedZone(w) && l.zone(w) == nil {
			list = append(list, w)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// lost lists the terms that clauses of the text name and that a reading leaves out
// with the clause that gives them; such findings stand at the reading's header.
func (l *linter) lost(r *Reading) []Finding {
	before := l.list
	l.list = nil
	for _, x := range slices.Concat(l.prohibited(), l.withdrawn(), l.excused()) {
		if x.pos.File == l.file {
			continue // told where it stands
		}
		for _, term := range l.missing(x) {
			l.add("undefined-term", r.Pos, x.label, truth.Args{"term": bare(term)})
		}
	}
	found := l.list
	l.list = before
	return found
}

// bare takes "def:" or "zone:" off a term.
func bare(term string) string {
	_, label, _ := strings.Cut(term, ":")
	return label
}
