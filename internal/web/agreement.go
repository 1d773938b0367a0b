package web

import (
	"net/http"

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
	Sources           []entryRef
}

type articleView struct {
	Number, Heading, Words, Lang string
	Clauses                      []string
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
		view.Words, view.Lang = s.speaker.Text(b.Lang, a.Words)
		p.Articles = append(p.Articles, view)
	}
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
