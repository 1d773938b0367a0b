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
	d       *Draft
	list    []agreement.Finding
	pieces  []bool          // articles that have pieces of their own
	defined map[string]bool // terms that the draft defines, as told by termKey
	told    map[string]bool // terms that were told to be undefined
}

// Lint says of each article what sort of clause its words look like and what they
// lack, then what the draft lacks as a whole; see codes. What the words above a piece
// say holds for the piece.
func (d *Draft) Lint() ([]agreement.Finding, error) {
	l, err := d.linter()
	if err != nil {
		return nil, err
	}
	var whole strings.Builder
	for i := range d.Articles {
		whole.WriteString(l.read(d.Articles[i].Text()) + "\n")
		if name := d.name(i); name != "" {
			l.article(i, name)
		}
	}
	text := whole.String()
	for _, x := range []struct {
		code string
		said bool
	}{
		{"draft-no-start", has(l.start, text)},
		{"draft-no-end", has(l.end, text)},
		{"draft-no-verification", has(l.verify, text)},
		{"draft-no-consequence", has(l.consequence, text)},
	} {
		if !x.said {
			l.add(x.code, 1, "", "")
		}
	}
	return l.list, nil
}

func (d *Draft) linter() (*linter, error) {
	lexicon, err := ready[d.Language]()
	if err != nil {
		return nil, err
	}
	l := &linter{lexicon: lexicon, d: d, pieces: make([]bool, len(d.Articles)), told: map[string]bool{}}
	for i := range d.Articles {
		if under := d.Articles[i].Under; under >= 0 {
			l.pieces[under] = true
		}
	}
	l.defined = l.definitions()
	return l, nil
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

// name gives what an article is cited by; "" for a title, a preamble or a place for
// signatures, which have no number where articles have one.
func (d *Draft) name(i int) string {
	switch {
	case d.Articles[i].Number != "":
		return d.Articles[i].Number
	case slices.ContainsFunc(d.Articles, func(a Article) bool { return a.Number != "" }):
		return ""
	}
	return strconv.Itoa(i + 1)
}

// above gives the words that hold for an article beside its own, and those of which
// its own are the end.
func (l *linter) above(i int) (holds, leading string) {
	for up := l.d.Articles[i].Under; up >= 0; up = l.d.Articles[up].Under {
		a := &l.d.Articles[up]
		holds = l.read(a.Text()) + " " + holds
		if a.leads() {
			leading = l.read(strings.Join(a.Words, " ")) + " " + leading
		}
	}
	return holds, leading
}

// kindsOfArticle says what an article's words look like; nil for one whose pieces say
// all that it says.
func (l *linter) kindsOfArticle(i int) []Kind {
	a := &l.d.Articles[i]
	if l.pieces[i] && (len(a.Words) == 0 || a.leads()) {
		return nil
	}
	text := l.read(a.Text())
	if _, leading := l.above(i); leading != "" {
		text = leading + " " + text
	}
	return l.kindsOf(text)
}

// article looks at one article.
func (l *linter) article(i int, name string) {
	a := &l.d.Articles[i]
	if l.pieces[i] && (len(a.Words) == 0 || a.leads()) {
		return
	}
	list := l.kindsOfArticle(i)
	if len(list) == 0 {
		l.add("draft-nothing-said", a.At, name, "")
		l.terms(a, name)
		return
	}
	names := make([]string, len(list))
	for j, k := range list {
		names[j] = k.word()
	}
	l.add("draft-not-formalised", a.At, name, strings.Join(names, ","))
	is := func(wanted ...Kind) bool {
		return slices.ContainsFunc(wanted, func(k Kind) bool { return slices.Contains(list, k) })
	}
	own := l.read(a.Text())
	holds, _ := l.above(i)
	text := holds + " " + own
	if is(KindProhibition, KindDuty, KindWithdrawal, KindExchange) && !has(l.who, text) {
		l.add("draft-no-actor", a.At, name, "")
	}
	if is(KindProhibition, KindWithdrawal) && !has(l.where, text) {
		l.add("draft-no-area", a.At, name, "")
	}
	if is(KindWithdrawal) && !has(l.distance, text) && !is(KindZone) {
		l.add("draft-no-distance", a.At, name, "")
	}
	if is(KindDuty, KindWithdrawal, KindExchange) && !has(l.deadline, text) {
		l.add("draft-no-deadline", a.At, name, "")
	}
	if days := found(l.days, own); len(days) > 0 && !has(l.counting, text) {
		l.add("draft-no-counting-rule", a.At, name, strings.Join(days, ", "))
	}
	for _, v := range found(l.vague, own) {
		if !has(l.calibred, v) || !has(l.calibre, text) {
			l.add("draft-vague-term", a.At, name, v)
		}
	}
	l.terms(a, name)
}
