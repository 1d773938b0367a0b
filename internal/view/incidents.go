package view

import (
	"runtime"
	"slices"
	"sync"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// facts are what reports tell, a column a field, in the order of the timeline: what a
// list is filtered by without touching the entries.
type facts struct {
	actor, voice []uint8 // indexes into parties; 0: nobody is named
	act, weapon  []int16 // places in the trees; -1: not told
	domain       []int16
	from, until  []moment.Instant
	retracted    []bool
	back         []int32  // the indexes of those that were taken back
	parties      []string // parties[0] is ""

	areas  sync.Map // of area id: *areaColumn
	opened sync.Once
	opens  []moment.Instant // from when something of a place is shown; nil: at once
}

type areaColumn struct {
	once sync.Once
	in   []truth.Value
}

func (g *ground) columns(b *judge.Bench) *facts {
	g.made.Do(func() {
		f := &facts{parties: []string{""}}
		tax := agreement.Taxonomies()
		for it := range everything(b).All(record.KindReport) {
			r := it.Body.(*record.Report) //nolint:forcetypeassert // the kind says so
			actor, voice := "", ""
			if r.Actor != nil {
				actor = r.Actor.Party
			}
			if it.SaidBy != nil {
				voice = it.SaidBy.Party
			}
			f.actor, f.voice = append(f.actor, f.party(actor)), append(f.voice, f.party(voice))
			f.act, f.weapon, f.domain = append(f.act, node(tax.Acts, r.Act)), append(f.weapon, node(tax.Weapons, r.Weapon)), append(f.domain, node(tax.Domains, r.Domain))
			from, until := moment.Past, moment.Future
			if w := it.When(); !w.IsZero() {
				from, until = w.Earliest(), w.Latest()
			}
			f.from, f.until, f.retracted = append(f.from, from), append(f.until, until), append(f.retracted, it.Retracted)
			if it.Retracted {
				f.back = append(f.back, int32(len(f.retracted)-1)) //nolint:gosec // fewer than 2^31 entries
			}
		}
		g.facts = f
	})
	return g.facts
}

// everything asks the same at the end of time, so that nothing is left out for its date.
func everything(b *judge.Bench) *judge.Bench {
	return b.Ask(judge.Question{At: b.Case.World.Until - 1})
}

func (f *facts) party(code string) uint8 {
	i := slices.Index(f.parties, code)
	if i < 0 && len(f.parties) < 255 {
		i = len(f.parties)
		f.parties = append(f.parties, code)
	}
	return uint8(max(i, 0)) //nolint:gosec // below 255
}

func node(t *agreement.Taxonomy, branch string) int16 {
	if i, ok := t.ID(branch); ok && branch != "" {
		return int16(i) //nolint:gosec // trees have some dozens of nodes
	}
	return -1
}

// tables are what the incidents come to, for all questions of one mark.
type tables struct {
	bench   *judge.Bench
	decided sync.Once
	columns []Column
}

// Column is what every report of a timeline comes to under one clause and reading.
type Column struct {
	Agreement, Reading, Clause string
	Class                      []uint8 // indexes into Classes, in the order of the timeline
}

// Classes are the classifications, the gravest first.
var Classes = []judge.Classification{judge.Violation, judge.NotDecided, judge.Permitted, judge.NotInForce, judge.NoViolation}

// Columns decides every report under every clause and reading, once for all questions
// that decide alike. The text of an agreement without a common text is left out.
func (v *View) Columns() []Column {
	t := v.tables
	t.decided.Do(func() { t.decide(everything(v.Bench)) })
	return t.columns
}

// decide fills the columns, on every core.
func (t *tables) decide(all *judge.Bench) {
	n := all.Count(record.KindReport)
	var d judge.Decision
	none := t.bench.Incident("", moment.Time{}, nil, &record.Report{})
	t.bench.Decide(&d, &none, "")
	var of []int // the verdict of each column
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		if version, ok := t.bench.Version(v.Agreement); ok && v.Reading == judge.Text && !version.CommonText {
			continue
		}
		of = append(of, i)
		t.columns = append(t.columns, Column{Agreement: v.Agreement, Reading: v.Reading, Clause: v.Clause, Class: make([]uint8, n)})
	}
	const part = 1024
	var parts sync.WaitGroup
	next := make(chan int, n/part+1)
	for from := 0; from < n; from += part {
		next <- from
	}
	close(next)
	for range runtime.GOMAXPROCS(0) {
		parts.Go(func() {
			var d judge.Decision
			for from := range next {
				for i, it := range all.Slice(record.KindReport, from, from+part) {
					in := t.bench.IncidentOf(it)
					t.bench.Decide(&d, &in, "")
					for c, v := range of {
						t.columns[c].Class[from+i] = uint8(slices.Index(Classes, d.Verdicts[v].Classification)) //nolint:gosec // five classes
					}
				}
			}
		})
	}
	parts.Wait()
}

// Filter is what a list of incidents is narrowed to; zero fields do not narrow.
type Filter struct {
	Words       string         // every word must stand in the report, in any language
	From, Until moment.Instant // what may have happened in [From, Until); zero: no bound
	Actor       string         // the party that the report names as actor
	Voice       string         // the party whose word it is
	Act         string         // a branch of the taxonomy, or what is below it
	Weapon      string
	Domain      string
	Area        string         // may lie in this area, as far as places are shown
	Shown       moment.Instant // with Area: the moment at which they are, where they are shown after a delay
	Agreement   string         // with Class: under it
	Reading     string
	Clause      string
	Class       judge.Classification
}

// List is what a filter lets pass of the reports that a question sees.
type List struct {
	// Rows are indexes in the order of the ground ([judge.Bench.Nth]): the newest first,
	// those without a date last. Reports that were taken back are left out. They are not to
	// be changed.
	Rows []int
	days func() dayCounts
}

// ByDay counts the incidents of the list by the day, of the case's clock, on which they
// may first have happened: every day from the first to the last, those without any too.
// At most 400 days are told apart; of a longer list only the latest.
func (l *List) ByDay() (days []string, counts []int) {
	d := l.days()
	return d.days, d.counts
}

// Incidents lists the reports that a filter lets pass.
func (v *View) Incidents(f Filter) *List {
	return v.lists.Get(listed{v.Question, f}, func() *List {
		l := &List{Rows: v.filtered(f)}
		l.days = sync.OnceValue(func() dayCounts { return v.countByDay(l.Rows) })
		return l
	})
}

// Latest gives the first n rows of the list of all incidents, as [View.Incidents] lists
// them, and how many all are, at the cost of those n.
func (v *View) Latest(n int) (rows []int, all int) {
	o, f := v.Order(record.KindReport), v.ground.columns(v.Bench)
	all = o.Seen + o.Total - o.Dated
	for _, i := range f.back {
		if int(i) < o.Seen || int(i) >= o.Dated {
			all--
		}
	}
	pass := func(i int) {
		if !f.retracted[i] {
			rows = append(rows, i)
		}
	}
	for i := o.Seen - 1; i >= 0 && len(rows) < n; i-- {
		pass(i)
	}
	for i := o.Dated; i < o.Total && len(rows) < n; i++ {
		pass(i)
	}
	return rows, all
}

// listed is what a kept list is of.
type listed struct {
	judge.Question
	Filter
}

func (v *View) filtered(f Filter) []int {
	o := v.Order(record.KindReport)
	keep := v.tests(f, v.ground.columns(v.Bench))
	out := []int{}
	pass := func(i int) {
		for _, k := range keep {
			if !k(i) {
				return
			}
		}
		out = append(out, i)
	}
	if f.Words != "" {
		found := v.Find(record.KindReport, f.Words)
		for _, i := range slices.Backward(found) {
			if i < o.Seen {
				pass(i)
			}
		}
		for _, i := range found {
			if i >= o.Dated {
				pass(i)
			}
		}
		return out
	}
	out = make([]int, 0, min(o.Seen, 1024))
	for i := o.Seen - 1; i >= 0; i-- {
		pass(i)
	}
	for i := o.Dated; i < o.Total; i++ {
		pass(i)
	}
	return out
}

// tests gives a test for each field of a filter that narrows.
func (v *View) tests(f Filter, facts *facts) []func(int) bool {
	keep := []func(int) bool{func(i int) bool { return !facts.retracted[i] }}
	party := func(code string, column []uint8) {
		if code == "" {
			return
		}
		at := slices.Index(facts.parties, code)
		keep = append(keep, func(i int) bool { return int(column[i]) == at })
	}
	branch := func(tree *agreement.Taxonomy, name string, column []int16) {
		if name == "" {
			return
		}
		nodes := tree.Paths()
		in := make([]bool, len(nodes))
		for i, n := range nodes {
			in[i] = tree.Falls(n, []string{name}) == truth.Yes
		}
		keep = append(keep, func(i int) bool { return column[i] >= 0 && in[column[i]] })
	}
	if f.From != 0 {
		keep = append(keep, func(i int) bool { return facts.until[i] >= f.From })
	}
	if f.Until != 0 {
		keep = append(keep, func(i int) bool { return facts.from[i] < f.Until })
	}
	tax := agreement.Taxonomies()
	party(f.Actor, facts.actor)
	party(f.Voice, facts.voice)
	branch(tax.Acts, f.Act, facts.act)
	branch(tax.Weapons, f.Weapon, facts.weapon)
	branch(tax.Domains, f.Domain, facts.domain)
	if f.Area != "" {
		in, opens := v.inArea(f.Area, facts), v.opens(facts)
		keep = append(keep, func(i int) bool { return in[i] != truth.No && (opens == nil || opens[i] <= f.Shown) })
	}
	if f.Class != "" {
		keep = append(keep, v.classed(f))
	}
	return keep
}

// classed tests what an incident comes to: under the gravest of the clauses and readings
// that the filter leaves. "Depends on the reading" is asked of all readings of one
// agreement.
func (v *View) classed(f Filter) func(int) bool {
	byReading := map[[2]string][]*Column{}
	columns := v.Columns()
	for c := range columns {
		x := &columns[c]
		if f.Agreement != "" && x.Agreement != f.Agreement || f.Reading != "" && x.Reading != f.Reading || f.Clause != "" && x.Clause != f.Clause {
			continue
		}
		key := [2]string{x.Agreement, x.Reading}
		byReading[key] = append(byReading[key], x)
	}
	gravest := func(list []*Column, i int) uint8 {
		g := uint8(len(Classes) - 1)
		for _, x := range list {
			g = min(g, x.Class[i])
		}
		return g
	}
	if f.Class == judge.DependsOnReading {
		groups := map[string][][]*Column{}
		for key, list := range byReading {
			groups[key[0]] = append(groups[key[0]], list)
		}
		return func(i int) bool {
			for _, readings := range groups {
				for _, list := range readings[1:] {
					if gravest(list, i) != gravest(readings[0], i) {
						return true
					}
				}
			}
			return false
		}
	}
	want := uint8(max(slices.Index(Classes, f.Class), 0)) //nolint:gosec // five classes
	return func(i int) bool {
		for _, list := range byReading {
			if gravest(list, i) == want {
				return true
			}
		}
		return false
	}
}

// inArea tells of every report whether it may lie in an area by what is shown of its place
// in the end, once for the ground.
func (v *View) inArea(id string, f *facts) []truth.Value {
	loaded, _ := f.areas.LoadOrStore(id, &areaColumn{})
	column := loaded.(*areaColumn) //nolint:forcetypeassert // nothing else is stored
	column.once.Do(func() {
		column.in = make([]truth.Value, len(f.actor))
		a := v.Case.Areas[id]
		if a == nil {
			for i := range column.in {
				column.in[i] = truth.No
			}
			return
		}
		all := everything(v.Bench)
		for i, it := range all.Slice(record.KindReport, 0, len(column.in)) {
			column.in[i] = v.rule.In(v.rule.Of(all, it, v.IncidentOf(it), moment.Future), a.Area)
		}
	})
	return column.in
}

// opens tells of every report from when something of its place is shown, once for the
// ground; nil: at once.
func (v *View) opens(f *facts) []moment.Instant {
	if !v.rule.Delayed() {
		return nil
	}
	f.opened.Do(func() {
		for it := range everything(v.Bench).All(record.KindReport) {
			f.opens = append(f.opens, v.rule.Opens(it))
		}
	})
	return f.opens
}

// Counts counts the incidents that the question sees by what they come to, in the order
// of Classes; those that were taken back are left out.
func (v *View) Counts(c *Column) []int {
	o, f := v.Order(record.KindReport), v.ground.columns(v.Bench)
	counts := make([]int, len(Classes))
	for i, class := range c.Class {
		if (i < o.Seen || i >= o.Dated) && !f.retracted[i] {
			counts[class]++
		}
	}
	return counts
}

// Parties lists the parties that reports name as actor or are the word of, sorted by code.
func (v *View) Parties() []string {
	list := slices.Clone(v.ground.columns(v.Bench).parties[1:])
	slices.Sort(list)
	return list
}

// Acts lists the branches of the taxonomy of acts under which reports fall, sorted.
func (v *View) Acts() []string {
	v.ground.acts.Do(func() {
		f, tree := v.ground.columns(v.Bench), agreement.Taxonomies().Acts
		nodes := tree.Paths()
		used := make([]bool, len(nodes))
		for _, a := range f.act {
			if a >= 0 {
				used[a] = true
			}
		}
		for i, n := range nodes {
			for j, in := range used {
				if in && (i == j || tree.Falls(nodes[j], []string{n}) == truth.Yes) {
					v.ground.actsUsed = append(v.ground.actsUsed, n)
					break
				}
			}
		}
	})
	return v.ground.actsUsed
}

type dayCounts struct {
	days   []string
	counts []int
}

func (v *View) countByDay(list []int) dayCounts {
	f := v.ground.columns(v.Bench)
	day := v.ground.dayOf(v, f)
	first, last := int32(0), int32(-1)
	for _, i := range list {
		if d := day[i]; d >= 0 {
			if last < 0 {
				first, last = d, d
			}
			first, last = min(first, d), max(last, d)
		}
	}
	if last < 0 {
		return dayCounts{}
	}
	first = max(first, last-maxDays+1)
	counts := make([]int, last-first+1)
	var days []string
	for _, i := range list {
		if d := day[i]; d >= first {
			counts[d-first]++
		}
	}
	zone := v.Case.Zone
	start := zone.Clock(v.Case.World.From)
	for d := first; d <= last; d++ {
		days = append(days, v.Day(zone.Day(start.Year, start.Month, start.Day+int(d)).From))
	}
	return dayCounts{days, counts}
}

const maxDays = 400

// dayOf numbers the day of every report from the first day of the case on; -1: no day.
func (g *ground) dayOf(v *View, f *facts) []int32 {
	g.numbered.Do(func() {
		zone := v.Case.Zone
		start := zone.Clock(v.Case.World.From)
		number, until := int32(0), zone.Day(start.Year, start.Month, start.Day).Until
		g.dayNumbers = make([]int32, len(f.from))
		for i, from := range f.from { // in the order of time
			if from == moment.Past || from == moment.Future {
				g.dayNumbers[i] = -1
				continue
			}
			for from >= until {
				number++
				until = zone.Day(start.Year, start.Month, start.Day+int(number)).Until
			}
			g.dayNumbers[i] = number
		}
	})
	return g.dayNumbers
}
