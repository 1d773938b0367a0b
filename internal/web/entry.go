package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// entryPage shows one entry whole: who says it, by what way, on what it rests, and
// for a report the three axes and every reason.
type entryPage struct {
	base
	Ref, Kind, KindCode string
	Summary, Lang2      string
	Words, WordsLang    string
	WordsLanguage       string // named in itself where the product speaks it, else its code
	Note, NoteLang      string
	Who                 string
	Happened, Published string
	Author              string
	Position            int
	Recorded            string
	ID                  string
	AsRecorded          string // JSON, every field but a closer place than is shown
	Place               string // how much of the place is shown; "": all that is told
	Signed, ByParty     string
	Proof               string // the address of the proof that it stands in the signed record
	Sealed              []string
	Sources             []sourceRow
	Unattributed        bool
	Withheld            bool
	Retracted           bool
	About               aboutEntry
	Stances             []stanceRow
	Incident            *incidentView
}

type sourceRow struct {
	Text string
	URL  template.URL
	Ours bool // an entry of the record
}

type stanceRow struct{ Party, Agreement, Position, Strength, ReadBy string }

// incidentView is a report judged under everything.
type incidentView struct {
	Occurrence, Attribution string
	Claims                  []string
	Summaries               []rulingCell
	Groups                  []rulingGroup
}

// rulingGroup is the rulings under one agreement.
type rulingGroup struct {
	Agreement string
	NoText    bool // the sides have no common text, so the text rules on nothing
	Rulings   []rulingView
}

type rulingView struct {
	By, Clause, Classification, Code string
	Open                             bool // unfolded: what is alleged or cannot be determined
	Reasons                          []reasonRow
	Told                             []string // what a body decided, whether it is established, what would settle it
}

func (s *site) entry(r *http.Request, b base) (string, any, error) {
	ref := record.Ref(r.PathValue("ref"))
	it, ok := b.bench.Item(ref)
	if !ok {
		return "", nil, errNotFound
	}
	e := s.c.Entry(ref)
	p := &entryPage{
		base: b, Ref: string(ref), Kind: s.speaker.Kind(b.Lang, string(it.Kind)), KindCode: string(it.Kind), Position: it.Position,
		Unattributed: it.Unattributed, Withheld: it.Withheld, Retracted: it.Retracted, Words: it.Words, WordsLang: it.Language,
	}
	p.Title = p.Kind + " " + p.Ref
	if e != nil {
		p.Author, p.Recorded = e.Envelope.Entry.Author, s.speaker.Time(b.Lang, e.Recorded)
		if id, err := record.IDOf(e.Envelope.Entry); err == nil {
			p.ID = string(id)
		}
		shown := s.shownOf(b.bench, it)
		p.AsRecorded, p.Place = s.written(e, shown), s.placeNote(b, e, shown)
		s.vouch(p, e)
		p.Note, p.NoteLang = s.speaker.Text(b.Lang, e.Envelope.Entry.Note)
		p.Summary, p.Lang2 = s.speaker.Text(b.Lang, e.Envelope.Entry.Summary) // a withheld claim opens here only
	}
	switch {
	case it.Withheld: // a preview of the link would quote it elsewhere
		p.Description = b.T("item.contested")
	case p.Retracted:
		p.Description = b.T("entry.retracted")
	case p.Summary != "":
		p.Description = p.Summary
	}
	if it.Words != "" {
		if p.WordsLanguage = it.Language; slices.Contains(explain.Languages(), it.Language) {
			p.WordsLanguage = s.messages.Say(it.Language, "language.name", nil, s.speaker)
		}
	}
	if it.Happened != "" {
		p.Happened = s.speaker.Time(b.Lang, it.Happened)
	}
	if it.Public != "" {
		p.Published = s.speaker.Time(b.Lang, it.Public)
	}
	if it.SaidBy != nil {
		p.Who = s.speaker.Voice(b.Lang, it.SaidBy, it.Through)
	}
	for _, src := range it.Sources {
		row := sourceRow{Text: src}
		switch {
		case strings.HasPrefix(src, "https://"), strings.HasPrefix(src, "http://"):
			row.URL = template.URL(src) //nolint:gosec // the scheme was checked
		default:
			row.URL, row.Ours = b.Entry(record.Ref(src)), true
		}
		p.Sources = append(p.Sources, row)
	}
	p.Stances = s.stances(b, it)
	p.About = s.about(b, b.bench, it)
	if it.Kind == record.KindReport && !it.Retracted && b.bench.Told(it) {
		p.Incident = s.incidentView(b, s.views.Rule().Rulings(b.bench.Judge(b.bench.IncidentOf(it), ""), s.shownOf(b.bench, it)))
	}
	return "entry", p, nil
}

// vouch tells who signed an entry of a record of its own, and whether a party's word was
// signed by the party itself (spec/record.md §4).
func (s *site) vouch(p *entryPage, e *casefile.Entry) {
	for _, x := range e.Envelope.Entry.Sealed {
		p.Sealed = append(p.Sealed, x.Field)
	}
	key := s.keys.Of(p.Author)
	if key == nil || e.Signature == "" && e.Sheet == 0 {
		return
	}
	if p.Signed = p.T("entry.signed-by", "author", p.Author, "holder", key.Holder); e.Sheet > 0 {
		p.Signed = p.T("entry.under-sheet", "author", p.Author, "holder", key.Holder, "position", strconv.Itoa(e.Sheet))
	}
	p.Proof = "/api/v1/entries/" + strconv.Itoa(p.Position) + "/proof"
	if party := record.SpokenFor(e.Envelope.Entry.Body); party != "" {
		if p.ByParty = p.T("entry.not-by-party"); party == key.Holder {
			p.ByParty = p.T("entry.by-party")
		}
	}
}

func (s *site) incidentView(b base, rulings []judge.Ruling) *incidentView {
	v := &incidentView{}
	for i, r := range rulings {
		if i == 0 {
			v.Occurrence = s.speaker.Occurrence(b.Lang, string(r.Occurrence))
			v.Attribution, v.Claims = s.attribution(b, r.Attribution)
		}
		if i == 0 || rulings[i-1].Agreement != r.Agreement {
			v.Groups = append(v.Groups, rulingGroup{Agreement: s.speaker.Agreement(b.Lang, r.Agreement)})
		}
		g := &v.Groups[len(v.Groups)-1]
		if version, ok := b.bench.Version(r.Agreement); ok && r.Reading == judge.Text && !version.CommonText {
			g.NoText = true
			continue
		}
		g.Rulings = append(g.Rulings, rulingView{
			By: s.reader(b, r.Reading), Clause: r.Clause, Open: r.Classification == judge.Violation || r.Classification == judge.NotDecided,
			Classification: s.speaker.Classification(b.Lang, string(r.Classification)), Code: string(r.Classification),
			Reasons: s.reasons(b, r.Reasons), Told: append(s.speaker.Headline(b.Lang, r)[1:], s.speaker.Settles(b.Lang, r)...),
		})
	}
	v.Summaries = s.cells(b, rulings)
	return v
}
