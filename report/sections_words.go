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
			if some = true; i < maxListed {
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

// words tells acts, statements with the positions read from them, contacts with the
// time since the one before, and messages.
func (s *setter) words() {
	some := false
	heading := func(kind record.Kind) {
		some = true
		s.section().Blocks = append(s.section().Blocks, Paragraph{Runs: []Run{strong(s.speaker.Kind(s.lang, string(kind)))}})
	}
	for _, kind := range []record.Kind{record.KindAct, record.KindStatement, record.KindContact, record.KindMessage, record.KindControl} {
		list := s.f.Of[kind]
		if len(list) == 0 {
			continue
		}
		heading(kind)
		for _, it := range list[:min(maxListed, len(list))] {
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
		s.paragraph(append([]Run{s.ref(it.Ref)}, text(" "+s.say("access.refused", "party", c.Refused, "areas", strings.Join(c.Areas, ","))))...)
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
		runs := []Run{s.ref(it.Ref), text(" " + strings.Join(areas, s.say("list.comma")) + s.say("list.colon") + s.speaker.Time(s.lang, c.Period))}
		if len(c.Means) > 0 {
			runs = append(runs, text(" · "+strings.Join(c.Means, s.say("list.comma"))))
		}
		if lacking, lang := s.speaker.Text(s.lang, c.Lacking); lacking != "" {
			runs = append(runs, text(" "+s.say("coverage.lacking")+" "), Run{Text: lacking, Lang: lang})
		}
		if it.SaidBy != nil {
			runs = append(runs, text(" ("+s.speaker.Voice(s.lang, it.SaidBy, it.Through)+")"))
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
		runs = append(runs, text(" "+s.say("tallies.period", "period", s.speaker.Time(s.lang, body.Period))))
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

// due tells what is asked for and what comes next.
func (s *setter) due() {
	for _, r := range s.f.Requests {
		runs := []Run{s.ref(r.Entry), text(" " + s.say("due.request", "of", r.Of, "state", s.speaker.RequestState(s.lang, r.State)))}
		if r.Due != "" {
			runs = append(runs, text(" "+s.say("due.until", "when", s.speaker.Time(s.lang, r.Due))))
		}
		s.paragraph(append(runs, s.refs(r.Answers)...)...)
	}
	var last string
	for _, d := range s.f.Deadlines {
		key := d.Agreement + d.Reading + d.Start + d.What + d.Clause + d.When + d.Party
		if key == last {
			continue
		}
		last = key
		what := s.speaker.Day(s.lang, d.What)
		if d.Party != "" {
			what += s.say("list.comma") + s.speaker.Party(s.lang, d.Party)
		}
		s.sentence("due.day", "when", s.speaker.When(s.lang, d.When, d.Zone), "agreement", d.Agreement, "what", what, "reader", s.speaker.Calendar(s.lang, d))
	}
	planned := s.planned()
	for _, it := range planned {
		s.paragraph(s.told(it)...)
	}
	if len(s.f.Requests)+len(s.f.Deadlines)+len(planned) == 0 {
		s.sentence("due.none")
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
		s.paragraph(s.ref(it.Ref), text(" "+s.say(code)+" "), s.ref(of), text(s.say("list.colon")), Run{Text: reason, Lang: lang})
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
		runs = append(runs, text(" "+s.say("unattributed.withheld", "n", strconv.Itoa(len(s.f.Withheld)))))
		runs = append(runs, s.refs(s.f.Withheld)...)
	}
	s.paragraph(runs...)
}
