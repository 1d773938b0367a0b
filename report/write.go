package report

import (
	"embed"
	"io/fs"
	"strconv"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

//go:embed messages/*/*.json
var files embed.FS

// Writer puts figures into words. It is read-only and may be used from several
// goroutines.
type Writer struct {
	c        *casefile.Case
	speaker  *explain.Speaker
	messages *explain.Catalogue
}

// NewWriter makes the writer of a case's reports. The error is of messages that do not
// fit each other.
func NewWriter(c *casefile.Case) (*Writer, error) {
	speaker, err := explain.New(c)
	if err != nil {
		return nil, err
	}
	sub, err := fs.Sub(files, "messages")
	if err != nil {
		return nil, err
	}
	messages, err := explain.LoadCatalogue(sub)
	if err != nil {
		return nil, err
	}
	return &Writer{c: c, speaker: speaker, messages: messages}, nil
}

// setter sets one document: it numbers sections and paragraphs.
type setter struct {
	*Writer
	f    *Figures
	lang string
	doc  *Document
	next int // number of the next paragraph

	summaries map[string]string // see [setter.summary]
}

// Document sets the figures in a language.
func (w *Writer) Document(f *Figures, lang string) *Document {
	inputs := f.Inputs
	inputs.Lang = lang
	s := &setter{Writer: w, f: f, lang: lang, next: 1, summaries: map[string]string{}}
	title, _ := w.speaker.Text(lang, w.c.Title)
	s.doc = &Document{
		Lang: lang, Title: s.say("title", "day", w.speaker.Time(lang, f.Day)), Subtitle: title,
		Notice: s.say("notice"), Stamp: f.Until, Address: f.Address, Contents: s.say("contents"),
		Footer: s.say("footer", "case", title, "day", w.speaker.Time(lang, f.Day), "position", strconv.Itoa(f.Position)), Inputs: inputs.Line(),
	}
	s.head()
	for _, part := range []struct {
		id   string
		fill func()
	}{
		{"answer", s.answer},
		{"incidents", s.incidents},
		{"casualties", s.casualties},
		{"monitors", s.monitors},
		{"zones", s.zones},
		{"relief", s.relief},
		{"words", s.words},
		{"access", s.access},
		{"coverage", s.coverage},
		{"tallies", s.tallies},
		{"due", s.due},
		{"corrections", s.corrections},
		{"unattributed", s.unattributed},
	} {
		s.doc.Sections = append(s.doc.Sections, Section{ID: part.id, Number: len(s.doc.Sections) + 1, Title: s.say("section." + part.id)})
		part.fill()
	}
	return s.doc
}

// say says a message, its arguments given as names and values in turn.
func (s *setter) say(code string, pairs ...string) string {
	return s.Writer.say(s.lang, code, pairs...)
}

func (w *Writer) say(lang, code string, pairs ...string) string {
	args := truth.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return w.messages.Say(lang, code, args, w.speaker)
}

func (s *setter) section() *Section { return &s.doc.Sections[len(s.doc.Sections)-1] }

// paragraph adds a numbered paragraph.
func (s *setter) paragraph(runs ...Run) {
	s.section().Blocks = append(s.section().Blocks, Paragraph{Number: s.next, Runs: runs})
	s.next++
}

// sentence adds a numbered paragraph of one message.
func (s *setter) sentence(code string, pairs ...string) { s.paragraph(text(s.say(code, pairs...))) }

func (s *setter) list(items [][]Run) {
	if len(items) > 0 {
		s.section().Blocks = append(s.section().Blocks, List{Items: items})
	}
}

func (s *setter) table(t Table) {
	if len(t.Rows) > 0 {
		s.section().Blocks = append(s.section().Blocks, t)
	}
}

func text(words string) Run { return Run{Text: words} }

func strong(words string) Run { return Run{Text: words, Strong: true} }

func cell(words string) []Run { return []Run{text(words)} }

// figure writes a count: "12", or "10–12" where some perhaps belong.
func (s *setter) figure(r Range) string {
	if r.Least == r.Most {
		return s.number(r.Most)
	}
	return s.number(r.Least) + "–" + s.number(r.Most)
}

func (s *setter) number(n int) string { return s.say("number", "n", strconv.Itoa(n)) }

// ref links to an entry.
func (s *setter) ref(ref record.Ref) Run {
	return Run{Text: string(ref), Link: "entries/" + string(ref)}
}

func (s *setter) refs(list []record.Ref) []Run {
	var runs []Run
	for _, r := range list {
		runs = append(runs, text(" "), s.ref(r))
	}
	return runs
}

// told is an entry in one paragraph: where it stands, when, what, and whose word it is.
func (s *setter) told(it judge.Item) []Run {
	runs := []Run{s.ref(it.Ref), text(" · ")}
	when := ""
	if it.Happened != "" {
		when = s.speaker.Time(s.lang, it.Happened)
	} else if it.Public != "" {
		when = s.say("public", "when", s.speaker.Time(s.lang, it.Public))
	}
	if when != "" {
		runs = append(runs, text(when+s.say("list.colon")))
	}
	words, lang := s.speaker.Text(s.lang, it.Summary)
	if words == "" {
		if act, ok := it.Body.(*record.Act); ok {
			words = s.say("act."+string(act.Act), "party", act.Party, "agreement", act.Agreement)
		}
	}
	if words != "" {
		r := Run{Text: words}
		if lang != s.lang {
			r.Lang = lang
		}
		runs = append(runs, r)
	}
	if it.SaidBy != nil {
		runs = append(runs, s.source(it))
	}
	if it.Words != "" && !it.Withheld {
		runs = append(runs, text(s.space()), Run{Text: quoted(it.Language, it.Words), Lang: it.Language})
	}
	if it.Kind != record.KindReport && it.Kind != record.KindTally && it.Happened != "" && !s.f.onDay(s.f.told(it)) && s.f.onDay(it.Published()) {
		runs = append(runs, s.more("told.public"))
	}
	return runs
}

// space stands between two sentences.
func (s *setter) space() string {
	if s.lang == "zh" {
		return ""
	}
	return " "
}

// more is one more sentence after others.
func (s *setter) more(code string, pairs ...string) Run {
	return text(s.space() + s.say(code, pairs...))
}

// source names in brackets whose word an entry is.
func (s *setter) source(it judge.Item) Run {
	return text(s.say("told.source", "who", s.speaker.Voice(s.lang, it.SaidBy, it.Through)))
}

// quoted sets words in the quotation marks of their language.
func quoted(lang, words string) string {
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "ru", "uk":
		return "«" + words + "»"
	default:
		return "“" + words + "”"
	}
}

// reader names who reads an agreement so.
func (s *setter) reader(by string) string {
	if by == judge.Text {
		return s.say("reader.text")
	}
	return s.say("reader", "party", by)
}

// readers puts the text first, then holders by short name.
func (s *setter) readers(by []string) []string {
	var out, codes []string
	for _, r := range by {
		if r == judge.Text {
			out = append(out, r)
		} else {
			codes = append(codes, r)
		}
	}
	return append(out, s.speaker.SortParties(s.lang, codes)...)
}

// Counted writes a figure as its source hedged it, with its unit: "drones: about 150".
func (w *Writer) Counted(lang string, c record.Count) string {
	return (&setter{Writer: w, lang: lang}).counted(c)
}
