package press

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/truceline/truceline/problem"
)

// MaxText is the longest text that Read takes, in bytes. An article has some ten
// thousand; what is longer than this is no article.
const MaxText = 4 << 20

// doc is an article while it is read. Each step fills its own part and reads the parts
// before it: tokens, paragraphs, quotations, mentions, people, findings.
type doc struct {
	text      string
	published string
	lex       *lexicon

	tok    []token
	info   []*wordInfo // of each token
	paras  []paragraph
	quotes []quotation

	starts []bool // tokens that begin a sentence or a quotation
	inside map[*wordInfo]bool
	lower  map[string]bool
	begins map[string]bool // how words begin that have a capital within sentences
	names  map[*wordInfo][][]*wordInfo
	ment   []mention
	at     []int32 // the mention at each token, or -1
	people []entity
	byStem map[string][]int

	outlets   [][2]int   // names of outlets that stand in quotation marks
	sents     []sentence // of the report, in order
	announced int        // the mention whose words the next paragraph has, or -1
	pending   [][2]int   // parts of a quotation whose cue is still to come
	found     []finding
	dated     []dated
	claims    []claim
	events    []event
	focus     int    // the mention that spoke last, or -1
	spoken    []turn // of an interview, by paragraph
	listed    int    // the mention whose words the items of a list are, or -1
	listedIn  int    // the paragraph that says so
	lastFound int    // the finding that a quotation on its own would carry on, or -1
}

// Read proposes what an article says. An article that is too long, is empty, is no text
// or is in a language without a lexicon gives a problem.Problem.
func Read(a Article) (*Proposals, error) {
	if len(a.Text) > MaxText {
		return nil, problem.Problem{Code: "press-long", Field: "text", What: fmt.Sprintf("the text has %d bytes, more than %d", len(a.Text), MaxText), Mend: "give one article at a time"}
	}
	if !utf8.ValidString(a.Text) {
		return nil, problem.Problem{Code: "press-encoding", Field: "text", What: "the text is not UTF-8", Mend: "save it as UTF-8"}
	}
	if strings.TrimFunc(a.Text, invisible) == "" {
		return nil, problem.Problem{Code: "press-empty", Field: "text", What: "the text has no words", Mend: "give the words of the article"}
	}
	lang := a.Lang
	if lang == "" {
		lang = Detect(a.Text)
	}
	load, ok := lexicons()[lang]
	if !ok {
		what := fmt.Sprintf("there are no rules for the language %q", lang)
		if lang == "" {
			what = "the language of the text is none of those that there are rules for"
		}
		return nil, problem.Problem{Code: "press-language", Field: "lang", What: what, Mend: "give one of " + strings.Join(languages(), ", ")}
	}
	lex, err := load()
	if err != nil {
		return nil, err
	}
	d := &doc{text: a.Text, published: a.Published, lex: lex, names: map[*wordInfo][][]*wordInfo{}, focus: -1, lastFound: -1, announced: -1, listed: -1}
	d.tokenise()
	d.layout()
	d.quotations()
	d.mentions()
	d.resolve()
	for p := range d.paras {
		d.readParagraph(p)
	}
	for k := range len(d.found) {
		if d.found[k].direct {
			d.within(k)
		}
	}
	d.settle()
	return d.proposals(lang, a), nil
}

// offsets turns bytes into code points, for positions in rising or any order.
type offsets struct {
	text  string
	every []int // the count of code points before each block of 256 bytes
}

func newOffsets(text string) *offsets {
	o := &offsets{text: text}
	count := 0
	for i := range len(text) {
		if i%256 == 0 {
			o.every = append(o.every, count)
		}
		if utf8.RuneStart(text[i]) {
			count++
		}
	}
	o.every = append(o.every, count)
	return o
}

func (o *offsets) at(b int) int {
	if b >= len(o.text) {
		return o.every[len(o.every)-1]
	}
	n := o.every[b/256]
	for i := b / 256 * 256; i < b; i++ {
		if utf8.RuneStart(o.text[i]) {
			n++
		}
	}
	return n
}

func (d *doc) proposals(lang string, a Article) *Proposals {
	out := &Proposals{Lang: lang, Published: a.Published, Statements: []Statement{}, Unattributed: []Unattributed{}, Events: []Event{}, People: []Person{}}
	o := newOffsets(d.text)
	span := func(r [2]int) Span {
		return Span{o.at(int(d.tok[r[0]].start)), o.at(int(d.tok[r[1]-1].end))}
	}
	sort.SliceStable(d.found, func(i, j int) bool { return d.found[i].parts[0][0] < d.found[j].parts[0][0] })
	for i := range d.found {
		f := &d.found[i]
		s := Statement{Direct: f.direct, Rule: f.rule, Confidence: f.confidence, Outlet: f.outletName, Said: f.said}
		s.Speaker, s.SpeakerLatin, s.Office, s.Anonymous = f.speaker, f.latin, f.officeName, f.anonymous
		s.Cue = d.slice(f.cue[0], f.cue[1])
		for _, p := range f.parts {
			s.Text = append(s.Text, d.slice(p[0], p[1]))
			s.Parts = append(s.Parts, span(p))
		}
		s.Span = Span{s.Parts[0][0], s.Parts[len(s.Parts)-1][1]}
		out.Statements = append(out.Statements, s)
	}
	for _, c := range d.claims {
		out.Unattributed = append(out.Unattributed, Unattributed{Text: d.slice(c.span[0], c.span[1]), Span: span(c.span), Why: c.why})
	}
	for _, e := range d.events {
		out.Events = append(out.Events, Event{Kind: e.kind, Text: d.slice(e.span[0], e.span[1]), Planned: e.planned, Span: span(e.span), When: e.when})
	}
	for _, p := range d.people {
		if !p.full && len(p.offices) == 0 && len(p.mentions) < 2 && p.latin == "" {
			continue
		}
		q := Person{Name: p.name, Latin: p.latin, Offices: append([]string{}, p.offices...), Mentions: []Span{}}
		for _, m := range p.mentions {
			q.Mentions = append(q.Mentions, span(d.ment[m].name))
		}
		out.People = append(out.People, q)
	}
	return out
}
