package web

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/record"
)

// agreementPage shows the words article by article, in the languages that the reader
// chooses, side by side, with the clauses formalised from them and how each stands under
// each reading, the versions and what differs between them and between the readings.
type agreementPage struct {
	base
	ID, Name, Version string
	Note, NoteLang    string
	Answer            string // how it stands, in one sentence
	CommonText        bool
	Card              agreementCard
	Languages         []languageChoice // of the words, in the order of the columns
	Articles          []articleView
	Terms             []termsView
	Sources           []entryRef
	Versions          []versionRow
	Differences       []differenceView
}

// languageChoice is a language in which the words stand.
type languageChoice struct {
	Lang, Name string
	Chosen     bool
}

type articleView struct {
	Number, Heading, Lang string
	Columns               []wordsColumn
	Clauses               []string
}

// wordsColumn is an article in one language; Missing: it has no words in it.
type wordsColumn struct {
	Lang    string
	Heading string
	Words   []string // by paragraph
	Missing bool
}

// versionRow is one version and how it came into the record.
type versionRow struct {
	Version string
	Entry   entryRef
	When    string
	Current bool
}

// differenceView is what differs between two versions, or two readings.
type differenceView struct {
	Title string
	Words []string
	Terms []string
	None  bool
}

func (s *site) agreement(r *http.Request, b base) (string, any, error) {
	v, ok := b.bench.Version(r.PathValue("id"))
	if !ok {
		return "", nil, errNotFound
	}
	p := &agreementPage{base: b, ID: v.ID, Name: s.speaker.Agreement(b.Lang, v.ID), Version: v.Version, CommonText: v.CommonText, Sources: b.known(v.Sources)}
	p.Title = p.Name
	for _, line := range s.speaker.Answer(b.Lang, b.bench.Status()) {
		if rest, ok := strings.CutPrefix(line, p.Name+b.T("list.colon")); ok {
			first, size := utf8.DecodeRuneInString(rest)
			p.Answer = string(unicode.ToUpper(first)) + rest[size:]
		}
	}
	p.Note, p.NoteLang = s.speaker.Text(b.Lang, v.Note)
	if p.Note != "" {
		p.Description = p.Note
	} else if !p.CommonText {
		p.Description = b.T("agreement.no-text")
	}
	for _, a := range b.bench.Status().Agreements {
		if a.ID == v.ID {
			p.Card = s.agreementCard(b, a)
		}
	}
	chosen, err := s.textLanguages(r, b, v, p)
	if err != nil {
		return "", nil, err
	}
	for _, a := range v.Articles {
		view := articleView{Number: a.Number, Clauses: a.Clauses}
		view.Heading, view.Lang = s.speaker.Text(b.Lang, a.Heading)
		for _, l := range chosen {
			words, has := a.Words[l]
			view.Columns = append(view.Columns, wordsColumn{Lang: l, Heading: a.Heading[l], Words: paragraphs(words), Missing: !has || strings.TrimSpace(words) == ""})
		}
		p.Articles = append(p.Articles, view)
	}
	p.Terms = s.terms(b, v)
	s.stand(b, v.ID, p.Terms)
	s.versions(b, v.ID, p)
	s.readingDifferences(b, v, p)
	return "agreement", p, nil
}

// textLanguages reads in which languages the words are to stand: those of ?text=, else
// the page's, or the first that there is.
func (s *site) textLanguages(r *http.Request, b base, v casefile.Version, p *agreementPage) ([]string, error) {
	var have []string
	for _, l := range explain.Languages() {
		if slices.ContainsFunc(v.Articles, func(a agreement.Article) bool { return a.Words[l] != "" }) {
			have = append(have, l)
		}
	}
	var chosen []string
	for _, part := range r.URL.Query()["text"] {
		for l := range strings.SplitSeq(part, ",") {
			switch l = strings.TrimSpace(l); {
			case l == "" || slices.Contains(chosen, l):
			case !slices.Contains(have, l):
				return nil, &askedError{"text=" + l}
			default:
				chosen = append(chosen, l)
			}
		}
	}
	if len(chosen) == 0 && slices.Contains(have, b.Lang) {
		chosen = []string{b.Lang}
	}
	if len(chosen) == 0 && len(have) > 0 {
		chosen = have[:1]
	}
	slices.SortFunc(chosen, func(x, y string) int { return slices.Index(have, x) - slices.Index(have, y) })
	for _, l := range have {
		p.Languages = append(p.Languages, languageChoice{Lang: l, Name: s.messages.Say(l, "language.name", nil, s.speaker), Chosen: slices.Contains(chosen, l)})
	}
	return chosen, nil
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
