package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// entries tells the entries of some kinds, or that there are none.
func (s *setter) entries(none string, kinds ...record.Kind) {
	some := false
	for _, kind := range kinds {
		for i, it := range s.f.Of[kind] {
			if some = true; i < s.f.most {
				s.paragraph(s.told(it)...)
			}
		}
		s.leftOut("entries.left-out", len(s.f.Of[kind]))
	}
	if !some {
		s.sentence(none)
	}
}

// relief tells of exchanges and aid.
func (s *setter) relief() { s.entries("relief.none", record.KindExchange, record.KindFlow) }

// heading sets apart what follows within a section.
func (s *setter) heading(code string) {
	s.section().Blocks = append(s.section().Blocks, Paragraph{Runs: []Run{strong(s.say(code))}})
}

// words tells acts, statements with the positions read from them, contacts with the
// time since the one before, and messages.
func (s *setter) words() {
	some := false
	for _, kind := range []record.Kind{record.KindAct, record.KindStatement, record.KindContact, record.KindMessage, record.KindControl} {
		list := s.f.Of[kind]
		if len(list) == 0 {
			continue
		}
		some = true
		s.heading("kind." + string(kind))
		for _, it := range list[:min(s.f.most, len(list))] {
			s.paragraph(s.told(it)...)
			switch body := it.Body.(type) {
			case *record.Statement:
				s.list(s.stances(body))
			case *record.Contact:
				s.list(s.gaps(it.Ref))
			}
		}
		s.leftOut("entries.left-out", len(list))
	}
	if !some {
		s.sentence("words.none")
	}
}

func (s *setter) stances(st *record.Statement) [][]Run {
	var items [][]Run
	for _, x := range st.Stances {
		items = append(items, cell(s.say("words.stance", "party", x.Party, "position", s.speaker.Position(s.lang, string(x.Position)), "agreement", x.Agreement, "by", x.ReadBy)))
	}
	return items
}

func (s *setter) gaps(ref record.Ref) [][]Run {
	var items [][]Run
	for _, c := range s.f.bench.Contacts() {
		if c.Entry != ref {
			continue
		}
		for _, line := range s.speaker.Contact(s.lang, c) {
			items = append(items, cell(line))
		}
	}
	return items
}

// access tells who refused whom a look.
func (s *setter) access() {
	for _, it := range s.f.Access {
		c := it.Body.(*record.Coverage) //nolint:forcetypeassert // only coverage is in the list
		s.paragraph(append([]Run{s.ref(it.Ref)}, text(" · "+s.say("access.refused", "party", c.Refused, "areas", strings.Join(c.Areas, ","))))...)
	}
	if len(s.f.Access) == 0 {
		s.sentence("access.none")
	}
}

// coverage says what was and was not observed: nothing told is not nothing there.
func (s *setter) coverage() {
	for _, it := range s.f.Coverage {
		c := it.Body.(*record.Coverage) //nolint:forcetypeassert // only coverage is in the list
		var areas []string
		for _, id := range c.Areas {
			areas = append(areas, s.speaker.Area(s.lang, id))
		}
		runs := []Run{s.ref(it.Ref), text(" · " + strings.Join(areas, s.say("list.comma")) + s.say("list.colon") + s.speaker.Time(s.lang, c.Period))}
		if len(c.Means) > 0 {
			runs = append(runs, text(" · "+strings.Join(c.Means, s.say("list.comma"))))
		}
		if lacking, lang := s.speaker.Text(s.lang, c.Lacking); lacking != "" {
			runs = append(runs, s.more("coverage.lacking"), text(s.space()), Run{Text: lacking, Lang: lang})
		}
		if it.SaidBy != nil {
			runs = append(runs, s.source(it))
		}
		s.paragraph(runs...)
	}
	if len(s.f.Coverage) == 0 {
		s.sentence("coverage.none")
	} else {
		s.sentence("coverage.rule")
	}
}

// tallies sets what sides state in bulk, in their own units, apart from all counts.
func (s *setter) tallies() {
	list := s.f.Of[record.KindTally]
	if len(list) == 0 {
		s.sentence("tallies.none")
		return
	}
	s.sentence("tallies.rule")
	for _, it := range list {
		body := it.Body.(*record.Tally) //nolint:forcetypeassert // the kind says so
		runs := s.told(it)
		runs = append(runs, s.more("tallies.period", "period", s.speaker.Time(s.lang, body.Period)))
		s.paragraph(runs...)
		var items [][]Run
		for _, c := range body.Figures {
			of, lang := s.speaker.Text(s.lang, c.Of)
			item := []Run{text(s.counted(c))}
			if of != "" {
				item = append(item, text(" · "), Run{Text: of, Lang: lang})
			}
			items = append(items, item)
		}
		s.list(items)
	}
}

// due tells what was found and answered, what is asked for and what comes next.
func (s *setter) due() {
	some := s.decisions(record.KindFinding, record.KindRuling, record.KindReply)
	if len(s.f.Requests) > 0 {
		s.heading("due.requests")
	}
	for _, r := range s.f.Requests {
		runs := []Run{s.ref(r.Entry), text(" · " + s.say("due.request", "of", r.Of, "state", s.speaker.RequestState(s.lang, r.State)))}
		if r.Due != "" {
			runs = append(runs, s.more("due.until", "when", s.speaker.Time(s.lang, r.Due)))
		}
		s.paragraph(append(runs, s.refs(r.Answers)...)...)
	}
	s.days()
	planned := s.planned()
	if len(planned) > 0 {
		s.heading("due.planned")
	}
	for _, it := range planned {
		s.paragraph(s.told(it)...)
	}
	if !some && len(s.f.Requests)+len(s.f.Deadlines)+len(planned) == 0 {
		s.sentence("due.none")
	}
}

// decisions tells findings, rulings and replies of the day.
func (s *setter) decisions(kinds ...record.Kind) (some bool) {
	for _, kind := range kinds {
		list := s.f.Of[kind]
		if len(list) == 0 {
			continue
		}
		some = true
		s.heading("kind." + string(kind))
		for _, it := range list[:min(s.f.most, len(list))] {
			s.paragraph(append(s.told(it), text(s.space()+s.decided(it)))...)
		}
		s.leftOut("entries.left-out", len(list))
	}
	return some
}

// decided says what a finding, ruling or reply comes to.
func (s *setter) decided(it judge.Item) string {
	switch b := it.Body.(type) {
	case *record.Finding:
		var value string
		switch b.Axis {
		case record.AxisOccurrence:
			value = s.speaker.Occurrence(s.lang, b.Value)
		case record.AxisClassification:
			value = s.speaker.Classification(s.lang, b.Value)
		default:
			value = s.speaker.AttributionValue(s.lang, b.Value)
		}
		return s.say("decided."+string(b.Axis), "of", string(b.Of), "value", value, "party", b.Party, "agreement", b.Agreement, "clause", b.Clause)
	case *record.Ruling:
		return s.say("decided.classification", "of", string(b.Of), "value", s.speaker.Classification(s.lang, b.Classification), "agreement", b.Agreement, "clause", b.Clause)
	case *record.Reply:
		if b.Denies {
			return s.say("decided.denied", "of", string(b.To), "party", b.Party)
		}
		return s.say("decided.replied", "of", string(b.To), "party", b.Party)
	}
	return ""
}

// days tells the days that texts set, what they are of once, with a line for every start
// and reading: the moments that the rules of counting give.
func (s *setter) days() {
	if len(s.f.Deadlines) > 0 {
		s.heading("due.days")
	}
	var order []string
	groups := map[string][]judge.Deadline{}
	for _, d := range s.f.Deadlines {
		key := strings.Join([]string{d.Agreement, d.What, d.Clause, d.Party}, "\x00")
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], d)
	}
	for _, key := range order {
		list := groups[key]
		d := list[0]
		what := s.speaker.Day(s.lang, d.What)
		if d.Party != "" {
			what += s.say("list.comma") + s.speaker.Party(s.lang, d.Party)
		}
		s.sentence("due.day", "agreement", d.Agreement, "what", what)
		var whose []string
		moments := map[string][]string{}
		for _, d := range list {
			by := s.speaker.Calendar(s.lang, d)
			if moments[by] == nil {
				whose = append(whose, by)
			}
			when := s.speaker.When(s.lang, d.When, d.Zone)
			if d.Counting != "" {
				when = s.say("due.counted", "when", when, "counting", s.speaker.Counting(s.lang, string(d.Counting)))
			}
			if !slices.Contains(moments[by], when) {
				moments[by] = append(moments[by], when)
			}
		}
		var items [][]Run
		for _, by := range whose {
			items = append(items, cell(s.say("due.moments", "whose", by, "moments", strings.Join(moments[by], s.say("list.semicolon")))))
		}
		s.list(items)
	}
}

// planned lists what is announced for later; claims without a source are not quoted.
func (s *setter) planned() []judge.Item {
	return slices.DeleteFunc(s.f.bench.Planned(), func(it judge.Item) bool {
		return it.Unattributed || !it.When().IsZero() && it.When().Latest() <= s.f.until
	})
}

// corrections tells what was corrected or taken back.
func (s *setter) corrections() {
	for _, it := range s.f.Changes {
		var of record.Ref
		var why record.Text
		code := "corrections.corrected"
		switch body := it.Body.(type) {
		case *record.Correction:
			of, why = body.Corrects, body.Why
		case *record.Retraction:
			of, why, code = body.Retracts, body.Why, "corrections.retracted"
		}
		reason, lang := s.speaker.Text(s.lang, why)
		s.paragraph(s.ref(it.Ref), text(" · "+s.say(code)+" "), s.ref(of), text(s.say("list.colon")), Run{Text: reason, Lang: lang})
	}
	if len(s.f.Changes) == 0 {
		s.sentence("corrections.none")
	}
}

// unattributed counts the claims for which nobody answers; contested ones are only named.
func (s *setter) unattributed() {
	if s.f.Claims == 0 {
		s.sentence("unattributed.none")
		return
	}
	runs := []Run{text(s.say("unattributed.count", "n", strconv.Itoa(s.f.Claims)))}
	if len(s.f.Withheld) > 0 {
		runs = append(runs, s.more("unattributed.withheld", "n", strconv.Itoa(len(s.f.Withheld))))
		runs = append(runs, s.refs(s.f.Withheld)...)
	}
	s.paragraph(runs...)
}
