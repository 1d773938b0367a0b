package report

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/release"
)

// head says what the report rests on.
func (s *setter) head() {
	add := func(code string, value ...Run) {
		s.doc.Facts = append(s.doc.Facts, Fact{Name: s.say("head." + code), Value: value})
	}
	add("period", text(s.speaker.Time(s.lang, s.minute(s.f.day.From)+"/"+s.minute(s.f.until)+"["+s.f.Zone+"]")))
	add("cut-off", text(s.say("head.cut-off-value", "when", s.clock(s.f.until), "zone", s.f.Zone, "utc", s.f.Until)))
	position := s.say("head.position-value", "n", strconv.Itoa(s.f.Position))
	if s.f.Root != "" {
		position += " · " + s.f.Root
	}
	add("position", text(position))
	if s.f.Address != "" {
		add("address", Run{Text: s.f.Address, Link: s.f.Address})
	}
	for _, a := range s.f.Status.Agreements {
		if !a.Upcoming {
			add("agreement", Run{Text: s.speaker.Agreement(s.lang, a.ID), Link: "agreements/" + a.ID}, text(" · "+a.Version[:min(12, len(a.Version))]))
		}
	}
	add("rules", text(s.f.Rules+" · "+s.f.Format))
	if n := len(s.f.Status.HourUnknown); n > 0 {
		add("day-only", text(s.say("head.day-only-value", "n", strconv.Itoa(n))))
	}
}

// none stands in a cell of a table that has nothing to say.
const none = "–"

// clock writes an instant by the case's clock.
func (s *setter) clock(i moment.Instant) string {
	return s.speaker.Time(s.lang, s.minute(i)+"["+s.f.Zone+"]")
}

// minute is an instant's date and minute by the case's clock: "2025-03-12T23:59".
func (s *setter) minute(i moment.Instant) string {
	return s.c.Zone.Clock(i).String()[:len("2006-01-02T15:04")]
}

// answer says whether there is a ceasefire, by agreement and reading.
func (s *setter) answer() {
	for i, sentence := range s.speaker.Answer(s.lang, s.f.Status) {
		if i == 0 {
			s.paragraph(strong(sentence))
		} else {
			s.paragraph(text(sentence))
		}
	}
	t := Table{Caption: s.say("answer.caption"), Head: []string{s.say("col.agreement"), s.say("col.reading"), s.say("col.state"), s.say("col.from"), s.say("col.until")}, Widths: []int{28, 13, 17, 19, 23}}
	for _, a := range s.f.Status.Agreements {
		if a.Upcoming {
			continue
		}
		by := map[string]judge.ReadingStatus{}
		for _, r := range a.Readings {
			by[r.By] = r
		}
		v, _ := s.f.bench.Version(a.ID)
		for _, name := range s.readers(slices.Sorted(maps.Keys(by))) {
			r := by[name]
			if name == judge.Text && !v.CommonText {
				continue
			}
			state := s.speaker.State(s.lang, string(r.State))
			if len(r.Possible) > 0 {
				possible := make([]string, len(r.Possible))
				for i, p := range r.Possible {
					possible[i] = string(p)
				}
				state = s.speaker.Tell(s.lang, "state.possible", "state", string(r.State), "possible", strings.Join(possible, ","))
			}
			from, until := none, none
			if r.InForceFrom != "" {
				from = s.speaker.When(s.lang, r.InForceFrom, r.Zone)
			}
			if r.InForceUntil != "" {
				until = s.speaker.When(s.lang, r.InForceUntil, r.Zone)
			}
			t.Rows = append(t.Rows, Row{Cells: [][]Run{{{Text: s.speaker.Agreement(s.lang, a.ID), Link: "agreements/" + a.ID}}, cell(s.reader(name)), cell(state), cell(from), cell(until)}})
		}
	}
	s.table(t)
}

// incidents counts the day's reports and tells each.
func (s *setter) incidents() {
	f := s.f
	if f.All.Day.Most == 0 {
		s.sentence("incidents.none", "before", s.figure(f.All.Before))
	} else {
		s.sentence("incidents.count", "n", s.figure(f.All.Day), "before", s.figure(f.All.Before), "attacks", s.figure(f.All.Attacks))
	}
	if f.All.Late > 0 {
		s.sentence("incidents.late", "n", strconv.Itoa(f.All.Late))
	}
	if f.All.Day.Most == 0 && f.All.Late == 0 && f.All.Before.Most == 0 {
		return
	}
	s.sentence("incidents.rule")
	if f.rule.Coarse() {
		s.sentence("incidents.coarse")
	}
	if n := f.digest.counts.waiting; n > 0 {
		s.sentence("incidents.withheld", "n", strconv.Itoa(n), "hours", strconv.FormatInt(f.rule.Delay/3600, 10))
	}
	counts := func(caption, first string, rows []Tally, name func(string) string) {
		t := Table{
			Caption: s.say(caption), Head: []string{s.say(first), s.say("col.day"), s.say("col.attacks"), s.say("col.before"), s.say("col.late")},
			Figures: []bool{false, true, true, true, true}, Widths: []int{44, 14, 14, 14, 14},
		}
		slices.SortStableFunc(rows, func(x, y Tally) int {
			if last := rank(x.Key) - rank(y.Key); last != 0 {
				return last
			}
			return strings.Compare(name(x.Key)+"\x00"+x.Key, name(y.Key)+"\x00"+y.Key)
		})
		for _, r := range rows {
			t.Rows = append(t.Rows, s.tallyRow(name(r.Key), r, false))
		}
		t.Rows = append(t.Rows, s.tallyRow(s.say("row.all"), f.All, true))
		s.table(t)
	}
	counts("incidents.by-area", "col.area", slices.Clone(f.Areas), func(id string) string {
		switch id {
		case "":
			return s.say("row.no-area")
		case Withheld:
			return s.say("row.withheld")
		}
		return s.speaker.Area(s.lang, id)
	})
	counts("incidents.by-act", "col.act", slices.Clone(f.Acts), func(branch string) string {
		if branch == "" {
			return s.say("row.no-act")
		}
		return agreement.Taxonomies().Acts.Name(branch, s.lang)
	})
	s.classes()
	for i := range f.Incidents[:min(f.most, len(f.Incidents))] {
		s.incident(&f.Incidents[i])
	}
	s.leftOut("incidents.left-out", f.digest.counts.incidents)
}

// leftOut says how many of n were not told one by one.
func (s *setter) leftOut(code string, n int) {
	if n > s.f.most {
		s.sentence(code, "n", strconv.Itoa(n-s.f.most))
	}
}

// rank puts what is of no area or act below the others.
func rank(key string) int {
	switch key {
	case "":
		return 1
	case Withheld:
		return 2
	}
	return 0
}

func (s *setter) tallyRow(name string, r Tally, total bool) Row {
	return Row{Cells: [][]Run{cell(name), cell(s.figure(r.Day)), cell(s.figure(r.Attacks)), cell(s.figure(r.Before)), cell(s.number(r.Late))}, Total: total}
}

// classOrder is the order of the columns of classifications.
var classOrder = []judge.Classification{judge.Violation, judge.NotDecided, judge.Permitted, judge.NoViolation, judge.NotInForce}

// classes sets what the day's reports come to under each agreement and reading.
func (s *setter) classes() {
	t := Table{Caption: s.say("incidents.by-class"), Head: []string{s.say("col.agreement"), s.say("col.reading")}, Figures: []bool{false, false}, Widths: []int{28, 17}}
	for _, c := range classOrder {
		t.Head = append(t.Head, s.speaker.Classification(s.lang, string(c)))
		t.Figures, t.Widths = append(t.Figures, true), append(t.Widths, 11)
	}
	byAgreement := map[string]map[string]Classes{}
	for _, c := range s.f.Classes {
		if byAgreement[c.Agreement] == nil {
			byAgreement[c.Agreement] = map[string]Classes{}
		}
		byAgreement[c.Agreement][c.Reading] = c
	}
	for _, id := range slices.Sorted(maps.Keys(byAgreement)) {
		for _, by := range s.readers(slices.Sorted(maps.Keys(byAgreement[id]))) {
			r := Row{Cells: [][]Run{{{Text: s.speaker.Agreement(s.lang, id), Link: "agreements/" + id}}, cell(s.reader(by))}}
			for _, c := range classOrder {
				r.Cells = append(r.Cells, cell(s.number(byAgreement[id][by].Counts[string(c)])))
			}
			t.Rows = append(t.Rows, r)
		}
	}
	if len(t.Rows) > 0 {
		s.sentence("incidents.judged")
	}
	s.table(t)
}

// incident tells one report: what is told, by whom, and the three axes.
func (s *setter) incident(x *Incident) {
	runs := s.told(x.Item)
	switch {
	case x.Late:
		runs = append(runs, s.more("incident.late"))
	case !x.Certain:
		runs = append(runs, s.more("incident.perhaps"))
	}
	s.paragraph(runs...)
	var items [][]Run
	if where := s.where(x.shown); where != "" {
		items = append(items, cell(where))
	}
	if figures := s.figures(x.Item.Body.(*record.Report).Counts); figures != "" { //nolint:forcetypeassert // incidents are reports
		items = append(items, cell(s.say("incident.figures", "figures", figures)))
	}
	if x.Occurrence != "" {
		items = append(items, cell(s.say("incident.occurrence", "value", s.speaker.Occurrence(s.lang, string(x.Occurrence)))))
	}
	var idle []string
	for _, sm := range x.Sums {
		if sm.Overall == judge.NotInForce {
			idle = append(idle, sm.Agreement)
			continue
		}
		items = append(items, cell(s.summary(sm)))
	}
	if len(idle) > 0 && len(idle) == len(x.Sums) {
		items = append(items, cell(s.say("incident.nothing-in-force")))
	}
	if x.Occurrence != "" {
		items = append(items, cell(s.say("incident.attribution", "value", s.speaker.Attribution(s.lang, x.Attribution))))
	}
	s.list(items)
}

// summary is [explain.Speaker.Summary], said once where many reports come to the same.
func (s *setter) summary(sm judge.Summary) string {
	key := sm.Agreement + "\x00" + string(sm.Overall)
	for _, by := range slices.Sorted(maps.Keys(sm.ByReading)) {
		if key += "\x00" + by; len(sm.ByReading[by]) > 0 {
			key += "\x00" + string(sm.ByReading[by][0])
		}
	}
	words, said := s.summaries[key]
	if !said {
		words = s.speaker.Summary(s.lang, sm)
		s.summaries[key] = words
	}
	return words
}

// where tells the place of a report as far as it is shown: by name or areas, and how
// closely it is known.
func (s *setter) where(shown release.Shown) string {
	p := shown.Told
	switch {
	case shown.Waits() && shown.Until.Finite():
		return s.say("incident.place", "place", s.say("place.waits", "when", s.clock(shown.Until)))
	case shown.Held:
		return s.say("incident.place", "place", s.say("place.held"))
	case p == nil:
		return ""
	case s.f.rule.Coarse():
		return s.say("incident.place", "place", s.say("place.area", "areas", strings.Join(p.Within, ",")))
	}
	name, _ := s.speaker.Text(s.lang, p.Name)
	if name == "" && len(p.Within) > 0 {
		name = s.say("incident.within", "areas", strings.Join(p.Within, ","))
	}
	var parts []string
	if name != "" {
		parts = append(parts, name)
	}
	switch shown.Where.Sort() {
	case place.SortDisc:
		parts = append(parts, s.say("incident.disc", "radius", strconv.Itoa(p.Radius)))
	case place.SortSector:
		parts = append(parts, s.say("incident.sector", "bearing", p.Bearing, "nearest", strconv.Itoa(p.Nearest), "farthest", strconv.Itoa(p.Farthest)))
	}
	if len(parts) == 0 {
		return ""
	}
	return s.say("incident.place", "place", strings.Join(parts, s.say("list.comma")))
}

// figures lists what a report counts, as its source hedged it.
func (s *setter) figures(counts []record.Count) string {
	list := make([]string, len(counts))
	for i, c := range counts {
		if list[i] = s.counted(c); len(c.Of) > 0 {
			of, _ := s.speaker.Text(s.lang, c.Of)
			list[i] += " · " + of
		}
	}
	return strings.Join(list, s.say("list.semicolon"))
}

// casualties tells harm and damage as sources told it, each figure with its source.
func (s *setter) casualties() {
	for i := range s.f.harmful {
		x := &s.f.harmful[i]
		report := x.Item.Body.(*record.Report) //nolint:forcetypeassert // incidents are reports
		for _, c := range report.Counts {
			if !harmful(c) {
				continue
			}
			of, _ := s.speaker.Text(s.lang, c.Of)
			runs := []Run{s.ref(x.Item.Ref), text(" · " + s.counted(c))}
			if of != "" {
				runs = append(runs, text(" · "+of))
			}
			s.paragraph(append(runs, s.source(x.Item))...)
		}
	}
	if len(s.f.harmful) == 0 {
		s.sentence("casualties.none")
	}
	s.leftOut("incidents.left-out", s.f.digest.counts.harmful)
}

// harms are the units of counts that tell of harm.
var harms = []string{"person", "killed", "injured", "missing", "displaced", "customer", "house", "building", "square-metre"}

// counted writes a figure as its source hedged it, with its unit.
func (s *setter) counted(c record.Count) string {
	return s.say("counted."+string(c.Hedge), "n", strconv.Itoa(c.N), "unit", s.unit(c.Unit))
}

// unit names a unit of counting; one that the catalogue does not know stands as written.
func (s *setter) unit(unit string) string {
	if said := s.say("unit." + unit); !strings.Contains(said, "unit."+unit) {
		return said
	}
	return unit
}

// monitors tells of hindering of monitors and aid.
func (s *setter) monitors() {
	for i := range s.f.hindering {
		s.paragraph(s.told(s.f.hindering[i].Item)...)
	}
	if len(s.f.hindering) == 0 {
		s.sentence("monitors.none")
	}
	s.leftOut("incidents.left-out", s.f.digest.counts.hindering)
}

// zones tells how withdrawals and zones stand.
func (s *setter) zones() {
	some := false
	for _, id := range s.f.bench.Agreements() {
		v, ok := s.f.bench.Version(id)
		if !ok {
			continue
		}
		labels := map[string]bool{}
		for _, w := range v.Terms.Withdrawals {
			labels[w.Label] = true
		}
		for _, b := range s.f.bench.Bindings(id) {
			if !labels[b.Clause] {
				continue
			}
			some = true
			s.sentence("zones.withdrawal", "agreement", id, "clause", b.Clause, "reader", s.reader(b.Reading), "binds", s.say("binds."+b.Binds.String()))
		}
	}
	if !some {
		s.sentence("zones.none")
	}
}
