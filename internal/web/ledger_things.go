package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
)

// flowsLedger follows aid by who gives what to whom: its stages as each source tells them.
func (s *site) flowsLedger(p *ledgerPage) {
	b := p.base
	type stream struct {
		sec    ledgerSection
		tracks []track
	}
	streams := map[string]*stream{}
	for it := range b.bench.All(record.KindFlow) {
		f, ok := it.Body.(*record.Flow)
		if !ok || it.Retracted {
			continue
		}
		title := s.party(b.Lang, f.Provider) + " → " + s.party(b.Lang, f.Receiver) + b.T("list.colon") + b.T("flow."+f.What)
		x := streams[title]
		if x == nil {
			x = &stream{sec: ledgerSection{Title: title, Table: ledgerTable{Caption: b.T("ledger.flows-caption"), Head: heads(b, "when", "stage", "what", "route", "who")}}}
			streams[title] = x
		}
		route, lang := s.speaker.Text(b.Lang, f.Route)
		stage := b.T("stage." + f.Stage)
		x.sec.Table.Rows = append(x.sec.Table.Rows, []ledgerCell{s.whenCell(b, it), {Text: stage}, s.toldCell(b, it), {Text: route, Lang: lang}, s.whoCell(b, it)})
		if t := it.When(); !t.IsZero() && t.Earliest() != moment.Past {
			who := s.voice(b, it)
			i := slices.IndexFunc(x.tracks, func(t track) bool { return t.label == who })
			if i < 0 {
				i = len(x.tracks)
				x.tracks = append(x.tracks, track{label: who})
			}
			x.tracks[i].marks = append(x.tracks[i].marks, trackMark{t, stageLook(f.Stage), stage})
		}
	}
	for _, title := range keys(streams) {
		x := streams[title]
		slices.SortFunc(x.tracks, func(a, b track) int { return strings.Compare(a.label, b.label) })
		s.draw(&x.sec, b, x.tracks, true)
		x.sec.Table.bound()
		p.Sections = append(p.Sections, x.sec)
	}
	if len(p.Sections) == 0 {
		p.Empty = b.T("ledger.flows-none")
	}
}

// stageLook is how a stage of aid is drawn.
func stageLook(stage string) string {
	switch stage {
	case "paused":
		return "crossed"
	case "held":
		return "open"
	case "on-its-way":
		return "lines"
	}
	return "solid"
}

// controlLedger sets what sources say of who holds how much of each area, one row a
// source; they are never averaged.
func (s *site) controlLedger(p *ledgerPage) {
	b := p.base
	sections := map[string]*ledgerSection{}
	for it := range b.bench.All(record.KindControl) {
		c, ok := it.Body.(*record.Control)
		if !ok || it.Retracted {
			continue
		}
		var names []string
		for _, id := range c.Areas {
			names = append(names, s.speaker.Area(b.Lang, id))
		}
		slices.Sort(names)
		title := strings.Join(names, b.T("list.comma"))
		sec := sections[title]
		if sec == nil {
			sec = &ledgerSection{Title: title, Table: ledgerTable{Caption: b.T("ledger.control-caption"), Head: heads(b, "when", "holder", "#share", "what", "who")}}
			sections[title] = sec
			if len(names) > namedAreas {
				sec.Title, sec.Note = b.T("ledger.areas", "n", strconv.Itoa(len(names))), title
			}
		}
		says, width := s.holds(b, c)
		sec.Table.Rows = append(sec.Table.Rows, []ledgerCell{s.whenCell(b, it), {Text: s.party(b.Lang, c.Holder)}, {Text: says, Figure: true}, s.toldCell(b, it), s.whoCell(b, it)})
		if width > 0 {
			row := chartRow{By: b.T("ledger.holds", "holder", s.party(b.Lang, c.Holder), "source", s.voice(b, it), "when", s.whenCell(b, it).Text), Description: says}
			look := "solid"
			if c.Hedge != "" && c.Hedge != record.HedgeExact {
				look = "lines"
			}
			row.Bars = []chartBar{{X: 0, Width: width, Look: look, Name: says}}
			if int(width)*phoneWidth/wholeWidth > labelWidth(says) {
				row.Bars[0].Label = says
			}
			sec.Tracks = append(sec.Tracks, row)
			sec.Legend = []legendRow{{"solid", b.T("ledger.share-exact")}, {"lines", b.T("ledger.share-hedged")}}
			sec.Ticks = percents
		}
	}
	for _, title := range keys(sections) {
		sections[title].Table.bound()
		p.Sections = append(p.Sections, *sections[title])
	}
	if len(p.Sections) == 0 {
		p.Empty = b.T("ledger.control-none")
	}
}

// namedAreas is how many areas a heading names; more are counted, and named below it.
const namedAreas = 6

// percents is the scale of shares.
var percents = []chartTick{{X: 0, Label: "0 %"}, {X: 250, Label: "25 %", Wide: true}, {X: 500, Label: "50 %"}, {X: 750, Label: "75 %", Wide: true}}

// holds says what a source says of control, and how wide a share is drawn.
func (s *site) holds(b base, c *record.Control) (string, share) {
	switch c.Measure {
	case "share":
		n, err := strconv.ParseFloat(c.Share, 64)
		text := b.T("hedged-share."+string(c.Hedge), "share", c.Share)
		if len(c.Areas) > 1 {
			text += b.T("mark.in", "text", b.T("together."+c.Together))
		}
		if err != nil {
			return text, 0
		}
		return text, share(min(max(n, 0), 100) * wholeWidth / 100)
	case "area":
		return b.T("ledger.km2", "n", strconv.Itoa(c.Km2)), 0
	case "trend":
		return b.T("trend." + c.Trend), 0
	}
	return b.T("ledger.foothold"), 0
}

// talliesLedger sets the totals that sides state side by side, each in its own unit and
// by its own rule.
func (s *site) talliesLedger(p *ledgerPage) {
	b := p.base
	sections := map[string]*ledgerSection{}
	var order []string
	for it := range b.bench.All(record.KindTally) {
		t, ok := it.Body.(*record.Tally)
		if !ok || it.Retracted {
			continue
		}
		title := b.T("ledger.no-agreement")
		if t.Agreement != "" {
			title = s.speaker.Agreement(b.Lang, t.Agreement)
		}
		sec := sections[title]
		if sec == nil {
			sec = &ledgerSection{Title: title, Table: ledgerTable{Caption: b.T("ledger.tallies-caption"), Head: heads(b, "period", "source", "against", "figures", "counting")}}
			sections[title] = sec
			order = append(order, title)
		}
		figures := ledgerCell{Entries: b.refs([]record.Ref{it.Ref})}
		for _, c := range t.Figures {
			line := s.writer.Counted(b.Lang, c)
			if of, _ := s.speaker.Text(b.Lang, c.Of); of != "" {
				line += " · " + of
			}
			figures.Lines = append(figures.Lines, line)
		}
		rule, lang := s.speaker.Text(b.Lang, t.Counting)
		if rule == "" {
			rule, lang = b.T("ledger.no-rule"), b.Lang
		}
		sec.Table.Rows = append(sec.Table.Rows, []ledgerCell{{Text: s.speaker.Time(b.Lang, t.Period)}, s.whoCell(b, it), {Text: s.party(b.Lang, t.Against)}, figures, {Text: rule, Lang: lang}})
	}
	for _, title := range order {
		sections[title].Table.bound()
		p.Sections = append(p.Sections, *sections[title])
	}
	if len(p.Sections) == 0 {
		p.Empty = b.T("ledger.tallies-none")
	}
}

// coverageDays is how many days back the ledger of coverage tells of days without any.
const coverageDays = 30

// coverageLedger says who looked where and when, and on which days nobody did.
func (s *site) coverageLedger(p *ledgerPage) {
	b := p.base
	sec := ledgerSection{Title: b.T("ledger.observed"), Table: ledgerTable{Caption: b.T("ledger.coverage-caption"), Head: heads(b, "period", "areas", "means", "lacking", "who")}}
	var covered []moment.Time
	for it := range b.bench.All(record.KindCoverage) {
		c, ok := it.Body.(*record.Coverage)
		if !ok || it.Retracted {
			continue
		}
		if t, err := moment.Parse(c.Period, s.c.Zone); err == nil {
			covered = append(covered, t)
		}
		sec.Table.Rows = append(sec.Table.Rows, s.coverageRow(b, it, c))
	}
	if len(sec.Table.Rows) == 0 {
		p.Empty = b.T("ledger.coverage-none")
		return
	}
	sec.Table.bound()
	p.Sections = append(p.Sections, sec)
	var blind []string
	clock := s.c.Zone.Clock(b.bench.Question.At)
	for i := coverageDays - 1; i >= 0; i-- {
		day := s.c.Zone.Day(clock.Year, clock.Month, clock.Day-i)
		if !slices.ContainsFunc(covered, func(t moment.Time) bool { return t.Set().Overlaps(moment.Set{day}) }) {
			blind = append(blind, s.speaker.Time(b.Lang, s.day(day.From)))
		}
	}
	if len(blind) > 0 {
		p.Sections = append(p.Sections, ledgerSection{Title: b.T("ledger.not-observed"), Note: b.T("ledger.not-observed-note"), Sentences: []ledgerCell{{Text: strings.Join(blind, b.T("list.comma"))}}})
	}
}

func (s *site) coverageRow(b base, it judge.Item, c *record.Coverage) []ledgerCell {
	var areas, means []string
	for _, id := range c.Areas {
		areas = append(areas, s.speaker.Area(b.Lang, id))
	}
	for _, m := range c.Means {
		means = append(means, b.T("means."+m))
	}
	lacking, lang := s.speaker.Text(b.Lang, c.Lacking)
	cell := ledgerCell{Text: lacking, Lang: lang, Entries: b.refs([]record.Ref{it.Ref})}
	if c.Refused != "" {
		cell.Lines = []string{b.T("ledger.refused", "party", c.Refused)}
	}
	return []ledgerCell{{Text: s.speaker.Time(b.Lang, c.Period)}, {Text: strings.Join(areas, b.T("list.comma"))}, {Text: strings.Join(means, b.T("list.comma"))}, cell, s.whoCell(b, it)}
}
