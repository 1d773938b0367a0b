package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// ledgerPage is one ledger: drawn tracks with their tables behind, every figure with the
// entry that tells it. Sources stand side by side and are never added.
type ledgerPage struct {
	base
	Note     string
	Sub      []choiceLink
	Sections []ledgerSection
	Empty    string // said where nothing is recorded
}

// ledgerSection is one part of a ledger.
type ledgerSection struct {
	Title, Note string
	Tracks      []chartRow
	Ticks       []chartTick
	Legend      []legendRow
	Table       ledgerTable
	Sentences   []ledgerCell
}

type ledgerTable struct {
	Caption string
	Head    []ledgerHead
	Rows    [][]ledgerCell
	More    int // rows that are left out: the oldest
}

type ledgerHead struct {
	Name   string
	Figure bool // its cells are figures
}

// ledgerCell is one cell: words with the entries that tell them.
type ledgerCell struct {
	Text, Lang string
	URL        template.URL
	Lines      []string
	Told       [][]saidPart // lines with links to the entries that they name
	Entries    []entryRef
	Figure     bool
}

// Nothing tells a cell without words, so that it is marked as empty.
func (c ledgerCell) Nothing() bool { return c.Text == "" && len(c.Lines)+len(c.Told) == 0 }

// maxLedgerRows bounds a table; the newest are kept.
const maxLedgerRows = 200

// ledger is one of them: where it stands, the code of its words, and what fills it.
type ledger struct {
	path, code string
	fill       func(p *ledgerPage)
}

// ledgers are the pages below one place of the menu, in their order.
func (s *site) ledgers() []ledger {
	return []ledger{
		{"/contacts", "contacts", s.contactsLedger},
		{"/humanitarian", "humanitarian", s.humanitarianLedger},
		{"/flows", "flows", s.flowsLedger},
		{"/control", "control", s.controlLedger},
		{"/tallies", "tallies", s.talliesLedger},
		{"/coverage", "coverage", s.coverageLedger},
	}
}

// ledgerRoutes gives the pages of the ledgers to the site.
func (s *site) ledgerRoutes() []pageRoute {
	routes := []pageRoute{{"/ledgers", "nav.ledgers", s.ledgerIndex}}
	for _, l := range s.ledgers() {
		routes = append(routes, pageRoute{l.path, "", func(_ *http.Request, b base) (string, any, error) {
			p := s.newLedger(b, l.code)
			l.fill(p)
			return "ledger", p, nil
		}})
	}
	return routes
}

func (s *site) newLedger(b base, code string) *ledgerPage {
	p := &ledgerPage{base: b, Note: b.T("ledger." + code + "-note")}
	p.Title = b.T("ledger." + code)
	p.Sub = append(p.Sub, choiceLink{Name: b.T("nav.ledgers"), URL: b.Link("/ledgers")})
	for _, l := range s.ledgers() {
		p.Sub = append(p.Sub, choiceLink{Name: b.T("ledger." + l.code), URL: b.Link(l.path), Current: l.code == code})
	}
	return p
}

// ledgerIndex tells of every ledger how many entries it holds and which is the latest.
func (s *site) ledgerIndex(_ *http.Request, b base) (string, any, error) {
	p := s.newLedger(b, "index")
	p.Sub[0].Current = true
	t := ledgerTable{Caption: b.T("ledger.index-note"), Head: []ledgerHead{{Name: b.T("ledger.index")}, {b.T("reports.entries"), true}, {Name: b.T("ledger.latest")}}}
	for i, kinds := range [][]record.Kind{{record.KindContact, record.KindMessage}, {record.KindExchange}, {record.KindFlow}, {record.KindControl}, {record.KindTally}, {record.KindCoverage}} {
		l := s.ledgers()[i]
		n := 0
		var latest judge.Item
		for _, kind := range kinds {
			count := b.bench.Count(kind)
			if n += count; count > 0 {
				latest = b.bench.Slice(kind, count-1, count)[0]
			}
		}
		row := []ledgerCell{{Text: b.T("ledger." + l.code), URL: b.Link(l.path)}, {Text: s.number(b.Lang, n), Figure: true}, {Text: "–"}}
		if n > 0 {
			row[2] = s.toldCell(b, latest)
		}
		t.Rows = append(t.Rows, row)
	}
	p.Note = ""
	p.Sections = []ledgerSection{{Table: t}}
	return "ledger", p, nil
}

// toldCell is what an entry tells, in a cell.
func (s *site) toldCell(b base, it judge.Item) ledgerCell {
	text, lang := s.speaker.Text(b.Lang, it.Summary)
	return ledgerCell{Text: text, Lang: lang, Entries: b.refs([]record.Ref{it.Ref})}
}

func (s *site) whenCell(b base, it judge.Item) ledgerCell {
	switch {
	case it.Happened != "":
		return ledgerCell{Text: s.speaker.Time(b.Lang, it.Happened)}
	case it.Public != "":
		return ledgerCell{Text: b.T("item.public", "when", s.speaker.Time(b.Lang, it.Public))}
	}
	return ledgerCell{Text: "–"}
}

func (s *site) whoCell(b base, it judge.Item) ledgerCell {
	if it.SaidBy == nil {
		return ledgerCell{Text: "–"}
	}
	return ledgerCell{Text: s.speaker.Voice(b.Lang, it.SaidBy, it.Through)}
}

// heads names columns by their codes; a code with "#" before it is of figures.
func heads(b base, codes ...string) []ledgerHead {
	list := make([]ledgerHead, len(codes))
	for i, c := range codes {
		figure := c[0] == '#'
		if figure {
			c = c[1:]
		}
		list[i] = ledgerHead{b.T("ledger-col." + c), figure}
	}
	return list
}

// bound keeps the newest rows of a table whose rows run from the oldest on, and turns it
// so that the newest stand first.
func (t *ledgerTable) bound() {
	if len(t.Rows) > maxLedgerRows {
		t.More = len(t.Rows) - maxLedgerRows
		t.Rows = t.Rows[t.More:]
	}
	for i, j := 0, len(t.Rows)-1; i < j; i, j = i+1, j-1 {
		t.Rows[i], t.Rows[j] = t.Rows[j], t.Rows[i]
	}
}

// track is a row of marks over time.
type track struct {
	label string
	marks []trackMark
}

// trackMark is one mark: when, how it is drawn and what it means. One that is known less
// well than to the day has soft ends: it is hatched over all that it may cover.
type trackMark struct {
	at   moment.Time
	look string
	name string
}

// draw sets tracks side by side on one scale of time up to the question's moment; lasting
// tells that a mark holds until the next one.
func (s *site) draw(sec *ledgerSection, b base, tracks []track, lasting bool) {
	at := b.bench.Question.At
	from, last := moment.Future, moment.Past
	for _, t := range tracks {
		for _, m := range t.marks {
			if e := m.at.Earliest(); e != moment.Past {
				from = min(from, e)
			}
			if l := m.at.Latest(); l != moment.Future {
				last = max(last, l)
			} else if e := m.at.Earliest(); e != moment.Past {
				last = max(last, e+daySeconds)
			}
		}
	}
	if from == moment.Future {
		return
	}
	last = max(last, min(at, from+7*daySeconds), from+7*daySeconds)
	pad := (last - from) / 30
	from, until := from-pad, last+pad
	x := func(i moment.Instant) share {
		return share(float64(min(max(i, from), until)-from) / float64(until-from) * wholeWidth)
	}
	looks := map[string][]string{} // what each look stands for
	var order []string
	for _, t := range tracks {
		row := chartRow{By: t.label}
		for i, m := range t.marks {
			begin, end := m.at.Earliest(), m.at.Latest()
			l := m.look
			if end-begin > daySeconds && !lasting {
				l = "soft"
			}
			if lasting {
				end = min(at, until)
				if i+1 < len(t.marks) {
					end = t.marks[i+1].at.Earliest()
				}
			}
			bar := chartBar{X: x(begin), Width: max(x(end)-x(begin), 5), Look: l, Name: m.name}
			if need := labelWidth(m.name); lasting && int(bar.Width)*deskWidth/wholeWidth > need {
				bar.Label, bar.Wide = m.name, int(bar.Width)*phoneWidth/wholeWidth <= need
			}
			row.Bars = append(row.Bars, bar)
			row.Description = m.name
			name := m.name
			if l == "soft" {
				name = b.T("ledger.soft")
			}
			if looks[l] == nil {
				order = append(order, l)
			}
			if !slices.Contains(looks[l], name) {
				looks[l] = append(looks[l], name)
			}
		}
		row.Description = b.T("ledger.marks", "n", strconv.Itoa(len(t.marks)))
		sec.Tracks = append(sec.Tracks, row)
	}
	for _, l := range order {
		sec.Legend = append(sec.Legend, legendRow{Look: l, Words: strings.Join(looks[l], b.T("list.comma"))})
	}
	sec.Ticks = s.ticks(b, from, until, x)
}
