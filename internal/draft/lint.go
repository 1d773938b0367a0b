package draft

import (
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/truth"
)

// codes are those of the findings, each with its level and what it is about. Where an
// article is named the argument is article; other arguments stand in brackets.
var codes = []agreement.FindingCode{
	{Code: "draft-not-formalised", Level: agreement.LevelInfo},      // what its words look like; no terms are written (kinds, by their words)
	{Code: "draft-nothing-said", Level: agreement.LevelInfo},        // no rule is recognised in it
	{Code: "draft-no-actor", Level: agreement.LevelWarning},         // it forbids or obliges and names nobody
	{Code: "draft-no-area", Level: agreement.LevelWarning},          // it forbids or withdraws and names no place
	{Code: "draft-no-distance", Level: agreement.LevelWarning},      // it withdraws neither by a distance nor from a zone or line
	{Code: "draft-no-deadline", Level: agreement.LevelWarning},      // it obliges, exchanges or withdraws by no time
	{Code: "draft-no-counting-rule", Level: agreement.LevelWarning}, // days without a rule of counting (words)
	{Code: "draft-vague-term", Level: agreement.LevelInfo},          // a word that sides will read apart (words)
	{Code: "draft-undefined-term", Level: agreement.LevelInfo},      // a word marked as a term that nothing defines (words)
	{Code: "draft-no-start", Level: agreement.LevelWarning},         // the rest are of the whole
	{Code: "draft-no-end", Level: agreement.LevelWarning},
	{Code: "draft-no-verification", Level: agreement.LevelWarning},
	{Code: "draft-no-consequence", Level: agreement.LevelWarning},
}

// Codes lists the codes of the findings.
func Codes() []string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = c.Code
	}
	return list
}

// linter collects the findings of one draft.
type linter struct {
	*lexicon
	d        *Draft
	list     []agreement.Finding
	facts    []facts         // of each article
	numbered bool            // articles have numbers
	defined  map[string]bool // terms that the draft defines, as told by termKey
	told     map[string]bool // terms that were told to be undefined
}

// facts are what the words of an article say; what stands above a piece holds for it.
type facts struct {
	text    string   // its own words, plain
	own     set      // lists that have a word in them
	said    set      // the same, with what holds from above
	kinds   set      // what they look like, with the beginnings of its sentences
	leading set      // what those look like that its pieces end
	loose   []string // vague words
	silent  bool     // its pieces say all that it says
}

// linter reads every article once.
func (d *Draft) linter() (*linter, error) {
	lexicon, err := ready[d.Language]()
	if err != nil {
		return nil, err
	}
	l := &linter{lexicon: lexicon, d: d, facts: make([]facts, len(d.Articles)), told: map[string]bool{}}
	for i := range d.Articles {
		a := &d.Articles[i]
		f := facts{text: plain(a.Text())}
		f.own, f.loose = l.said(f.text)
		f.said, f.kinds = f.own, f.own&allKinds
		if a.leads() {
			leading, _ := l.said(plain(strings.Join(a.Words, " ")))
			f.leading = leading & allKinds
		}
		if a.Under >= 0 {
			up := &l.facts[a.Under]
			up.silent = up.silent || len(d.Articles[a.Under].Words) == 0 || d.Articles[a.Under].leads()
			f.said |= up.said
			f.kinds |= up.leading
			f.leading |= up.leading
		}
		l.facts[i] = f
		l.numbered = l.numbered || a.Number != ""
	}
	l.defined = l.definitions()
	return l, nil
}

// Lint says of each article what sort of clause its words look like and what they
// lack, then what the draft lacks as a whole; see codes. What the words above a piece
// say holds for the piece.
func (d *Draft) Lint() ([]agreement.Finding, error) {
	l, err := d.linter()
	if err != nil {
		return nil, err
	}
	for i := range d.Articles {
		name := d.Articles[i].Number
		if name == "" && !l.numbered {
			name = strconv.Itoa(i + 1)
		}
		if name != "" { // not a title, a preamble or a place for signatures
			l.article(i, name)
		}
	}
	var whole set
	for i := range l.facts {
		whole |= l.facts[i].own
	}
	for _, x := range []struct {
		code string
		of   set
	}{{"draft-no-start", start}, {"draft-no-end", end}, {"draft-no-verification", verify}, {"draft-no-consequence", consequence}} {
		if whole&x.of == 0 {
			l.add(x.code, 1, "", "")
		}
	}
	return l.list, nil
}

func (l *linter) add(code string, at int, article, words string) {
	i := slices.IndexFunc(codes, func(c agreement.FindingCode) bool { return c.Code == code })
	args := truth.Args{}
	if article != "" {
		args["article"] = article
	}
	switch {
	case words == "":
	case code == "draft-not-formalised":
		args["kinds"] = words
	default:
		args["words"] = words
	}
	l.list = append(l.list, agreement.Finding{Code: code, Level: codes[i].Level, Pos: agreement.Pos{File: l.d.File, Line: at, Column: 1}, Args: args})
}

// article looks at one article.
func (l *linter) article(i int, name string) {
	a, f := &l.d.Articles[i], &l.facts[i]
	list := kindsOf(f.kinds)
	switch {
	case f.silent:
	case len(list) == 0:
		l.add("draft-nothing-said", a.At, name, "")
	default:
		l.clause(a, f, name, list)
	}
	l.words(a, f, name)
}

// clause tells what an article looks like and which facts it lacks.
func (l *linter) clause(a *Article, f *facts, name string, list []Kind) {
	names := make([]string, len(list))
	for j, k := range list {
		names[j] = k.word()
	}
	l.add("draft-not-formalised", a.At, name, strings.Join(names, ","))
	is := func(wanted ...Kind) bool {
		return slices.ContainsFunc(wanted, func(k Kind) bool { return slices.Contains(list, k) })
	}
	if is(KindProhibition, KindDuty, KindWithdrawal, KindExchange) && f.said&who == 0 {
		l.add("draft-no-actor", a.At, name, "")
	}
	if is(KindProhibition, KindWithdrawal) && f.said&where == 0 {
		l.add("draft-no-area", a.At, name, "")
	}
	if is(KindWithdrawal) && !is(KindZone) && f.said&distance == 0 {
		l.add("draft-no-distance", a.At, name, "")
	}
	if is(KindDuty, KindWithdrawal, KindExchange) && f.said&deadline == 0 {
		l.add("draft-no-deadline", a.At, name, "")
	}
}

// words tells the words of an article that are not plain.
func (l *linter) words(a *Article, f *facts, name string) {
	if days := found(l.days, f.text); len(days) > 0 && f.said&counting == 0 {
		l.add("draft-no-counting-rule", a.At, name, strings.Join(days, ", "))
	}
	for _, v := range f.loose {
		if made, _ := l.said(v); f.said&calibre == 0 || made&calibred == 0 {
			l.add("draft-vague-term", a.At, name, v)
		}
	}
	l.terms(a, name)
}
