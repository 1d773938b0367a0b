package web

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/truceline/truceline/record"
)

// agreementPage shows the words article by article, with the clauses formalised
// from them and the state under each reading.
type agreementPage struct {
	base
	ID, Name, Version string
	Note, NoteLang    string
	CommonText        bool
	Card              agreementCard
	Articles          []articleView
	Terms             []termsView
	Sources           []entryRef
}

type articleView struct {
	Number, Heading, Lang string
	Words                 []string // by paragraph
	Clauses               []string
}

func (s *site) agreement(r *http.Request, b base) (string, any, error) {
	v, ok := b.bench.Version(r.PathValue("id"))
	if !ok {
		return "", nil, errNotFound
	}
	p := &agreementPage{base: b, ID: v.ID, Name: s.speaker.Agreement(b.Lang, v.ID), Version: v.Version, CommonText: v.CommonText, Sources: b.known(v.Sources)}
	p.Title = p.Name
	p.Note, p.NoteLang = s.speaker.Text(b.Lang, v.Note)
	for _, a := range b.bench.Status().Agreements {
		if a.ID == v.ID {
			p.Card = s.agreementCard(b, a)
		}
	}
	for _, a := range v.Articles {
		view := articleView{Number: a.Number, Clauses: a.Clauses}
		view.Heading, _ = s.speaker.Text(b.Lang, a.Heading)
		var words string
		words, view.Lang = s.speaker.Text(b.Lang, a.Words)
		view.Words = paragraphs(words)
		p.Articles = append(p.Articles, view)
	}
	p.Terms = s.terms(b, v)
	return "agreement", p, nil
}

// known makes links of the references that the question sees; others are left out.
func (b base) known(list []record.Ref) []entryRef {
	var out []entryRef
	for _, r := range list {
		if _, ok := b.bench.Item(r); ok {
			out = append(out, entryRef{Ref: string(r), URL: b.Entry(r)})
		}
	}
	return out
}

// paragraphs takes words apart at blank lines and joins the lines of each: with a
// space, but with nothing between two Chinese characters.
func paragraphs(words string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.ReplaceAll(words, "\r\n", "\n"), "\n\n") {
		var p strings.Builder
		last := ' '
		for line := range strings.Lines(part) {
			line = strings.TrimSpace(line)
			if line == "" {
				continue
			}
			first, _ := utf8.DecodeRuneInString(line)
			if p.Len() > 0 && (!wide(last) || !wide(first)) {
				p.WriteByte(' ')
			}
			p.WriteString(line)
			last, _ = utf8.DecodeLastRuneInString(line)
		}
		if p.Len() > 0 {
			out = append(out, p.String())
		}
	}
	return out
}

// wide tells a Chinese character or mark.
func wide(r rune) bool { return r >= 0x2E80 }
