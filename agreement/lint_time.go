package agreement

import (
	"slices"
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/truth"
)

const day = 24 * 60 * 60 // seconds

// between is a stretch in which a moment lies, in seconds after the start; ok is false
// where the terms do not tell.
type between struct {
	least, most int64
	ok          bool
}

func (x between) plus(y between) between {
	return between{x.least + y.least, x.most + y.most, x.ok && y.ok}
}

// certainlyAfter tells that x comes after y, whatever the rule of counting.
func (x between) certainlyAfter(y between) bool { return x.ok && y.ok && x.least > y.most }

// long gives how long a length is at least and at most: by rules of counting that
// differ, whole days begin and end up to a day apart.
func (l *linter) long(d moment.Duration) between {
	const shortest, longest, shortYear, longYear = 28, 31, 365, 366
	clock := int64(d.Hours)*3600 + int64(d.Minutes)*60 + int64(d.Seconds)
	days := int64(d.Weeks)*7 + int64(d.Days)
	least := (days+int64(d.Months)*shortest+int64(d.Years)*shortYear)*day + clock
	most := (days+int64(d.Months)*longest+int64(d.Years)*longYear)*day + clock
	if inDays(d) && (l.t.Length == nil || len(l.t.Length.Counting) != 1) {
		least, most = least-day, most+day
	}
	return between{least, most, true}
}

// inDays tells that a length has days or longer units, which need a rule of counting.
func inDays(d moment.Duration) bool { return d.Years+d.Months+d.Weeks+d.Days > 0 }

// start gives the stated start, or a zero time.
func (l *linter) start() moment.Time {
	if l.t.Start == nil {
		return moment.Time{}
	}
	return l.t.Start.Start
}

// stated places a stated time against a stated start.
func (l *linter) stated(t moment.Time) between {
	s := l.start()
	if t.IsZero() || s.IsZero() || t.Unbounded() || s.Unbounded() || t.Impossible() || s.Impossible() {
		return between{}
	}
	return between{int64(t.Earliest() - s.Latest()), int64(t.Latest() - s.Earliest()), true}
}

// end places the end of the first term.
func (l *linter) end() between {
	switch d := l.t.Length; {
	case d == nil:
	case !d.Length.IsZero():
		return l.long(d.Length)
	case !d.Until.IsZero() && !l.startsTooLate():
		return l.stated(d.Until)
	}
	return between{}
}

// startsTooLate tells that the stated start, or the moment before which it does not
// begin, is not before the stated end.
func (l *linter) startsTooLate() bool {
	if l.t.Length == nil || l.t.Start == nil {
		return false
	}
	until := l.t.Length.Until
	if m := l.t.Start.After; m != nil && !m.Time.IsZero() && !m.Time.Impossible() && !until.IsZero() && !until.Impossible() && m.Time.Earliest() >= until.Latest() {
		return true
	}
	end := l.stated(until)
	return end.ok && end.most <= 0
}

// maxChain bounds how many moments hang one on another.
const maxChain = 20

// when places a moment of the agreement's life.
func (l *linter) when(m *Moment, depth int) between {
	if m == nil || depth > maxChain {
		return between{}
	}
	var at between
	switch m.Anchor {
	case "":
		return l.stated(m.Time)
	case AnchorStart:
		at = between{ok: true}
	case AnchorEnd:
		at = l.end()
	case AnchorPhase:
		at = l.phaseFrom(m.Of, depth+1)
	case AnchorPhaseEnd:
		at = l.phaseEnd(m.Of, depth+1)
	}
	if m.Offset.IsZero() {
		return at
	}
	long := l.long(m.Offset)
	if m.Minus {
		long = between{-long.most, -long.least, true}
	}
	return at.plus(long)
}

// phaseFrom places the beginning of a phase; a gate only puts it off.
func (l *linter) phaseFrom(label string, depth int) between {
	i := slices.IndexFunc(l.t.Phases, func(p *Phase) bool { return p.Label == label })
	switch {
	case i < 0 || depth > maxChain || len(l.t.Phases[i].Requires) > 0:
		return between{}
	case l.t.Phases[i].From != nil:
		return l.when(l.t.Phases[i].From, depth+1)
	case i == 0:
		return between{ok: true}
	}
	return l.phaseEnd(l.t.Phases[i-1].Label, depth+1)
}

// phaseEnd places the end of a phase that has a length or a stated end.
func (l *linter) phaseEnd(label string, depth int) between {
	i := slices.IndexFunc(l.t.Phases, func(p *Phase) bool { return p.Label == label })
	switch {
	case i < 0 || depth > maxChain || l.t.Phases[i].Continues != "":
		return between{}
	case l.t.Phases[i].Until != nil:
		return l.when(l.t.Phases[i].Until, depth+1)
	case l.t.Phases[i].Length.IsZero():
		return between{}
	}
	return l.phaseFrom(label, depth+1).plus(l.long(l.t.Phases[i].Length))
}

// clauseBinding is when a clause binds and is due, with its label and place.
type clauseBinding struct {
	label string
	pos   Pos
	due   *Moment
	*Binding
}

// bound lists when each clause binds, and by when it is due.
func (l *linter) bound() []clauseBinding {
	var list []clauseBinding
	for _, c := range l.t.Prohibitions {
		list = append(list, clauseBinding{c.Label, c.Pos, nil, &c.Binding})
	}
	for _, c := range l.t.Exceptions {
		list = append(list, clauseBinding{c.Label, c.Pos, nil, &c.Binding})
	}
	for _, c := range l.t.Withdrawals {
		list = append(list, clauseBinding{c.Label, c.Pos, c.Due, &c.Binding})
	}
	for _, c := range l.t.Duties {
		list = append(list, clauseBinding{c.Label, c.Pos, c.Due, &c.Binding})
	}
	for _, c := range l.t.Ratios {
		list = append(list, clauseBinding{c.Label, c.Pos, c.Due, &c.Binding})
	}
	for _, c := range l.t.Powers {
		list = append(list, clauseBinding{c.Label, c.Pos, nil, &c.Binding})
	}
	for _, c := range l.t.Guarantees {
		list = append(list, clauseBinding{c.Label, c.Pos, nil, &c.Binding})
	}
	return list
}

// times looks at starts, ends, windows and deadlines.
func (l *linter) times() {
	l.starts()
	l.phases()
	for _, b := range l.bound() {
		l.window(b)
		due := l.when(b.due, 0)
		switch {
		case !due.ok:
		case (between{ok: true}).certainlyAfter(due) && !b.Earlier():
			l.add("deadline-before-start", b.due.Pos, b.label, truth.Args{"due": b.due.Text})
		case due.certainlyAfter(l.end()) && !b.Survives, due.certainlyAfter(l.when(b.Until, 0)):
			l.add("deadline-after-end", b.due.Pos, b.label, truth.Args{"due": b.due.Text})
		}
	}
}

// starts looks at the start's stated time and conditions.
func (l *linter) starts() {
	s := l.t.Start
	if s == nil {
		return
	}
	if !s.Start.IsZero() && !isOneDay(s.Start) {
		l.add("several-starts", s.Pos, s.Label, nil)
	}
	if l.startsTooLate() {
		l.add("start-impossible", s.Pos, s.Label, nil)
	}
	for _, p := range s.Requires {
		impossible := false
		switch p.Kind {
		case RequiresAccepted, RequiresDeclared, RequiresImplementedTogether:
			impossible = slices.ContainsFunc(p.Parties, func(code string) bool { return l.a.Roles[code] != RoleParty })
		case RequiresDone:
			for _, b := range l.bound() {
				impossible = impossible || b.label == p.Duty && !b.Earlier()
			}
		}
		if impossible {
			l.add("start-condition-impossible", p.Pos, s.Label, truth.Args{"condition": p.ID()})
		}
	}
}

// isOneDay tells whether a time leaves open a day at most, a day of 25 hours
// included.
func isOneDay(t moment.Time) bool {
	const longest = 25 * 60 * 60 // seconds
	return !t.Unbounded() && t.Earliest().Add(longest) >= t.Latest()
}

// phases looks at whether phases can begin and fit into the agreement's length.
func (l *linter) phases() {
	total, stated := between{ok: true}, false
	for _, p := range l.t.Phases {
		from, until := l.phaseFrom(p.Label, 0), between{}
		if p.Until != nil {
			until = l.when(p.Until, 0)
		}
		switch {
		case !l.canBegin(p), from.ok && until.ok && from.least >= until.most:
			l.add("unsatisfiable-window", p.Pos, p.Label, nil)
		}
		if p.From != nil && p.From.Anchor != AnchorPhaseEnd {
			total = l.when(p.From, 0)
		}
		if !p.Length.IsZero() {
			total, stated = total.plus(l.long(p.Length)), true
		}
		if stated && total.certainlyAfter(l.end()) && p.Continues == "" {
			l.add("phases-too-long", p.Pos, p.Label, nil)
			break
		}
	}
}

// canBegin tells that nothing in the terms keeps a phase from ever beginning: it
// begins before the end, and waits for no duty that binds only in it.
func (l *linter) canBegin(p *Phase) bool {
	if l.phaseFrom(p.Label, 0).certainlyAfter(l.end()) {
		return false
	}
	for _, q := range p.Requires {
		for _, b := range l.bound() {
			if q.Kind == RequiresDone && b.label == q.Duty && len(b.Phases) > 0 && !slices.ContainsFunc(b.Phases, func(label string) bool { return l.before(label, p.Label) }) {
				return false
			}
		}
	}
	return true
}

// before tells that a phase stands before another one in the file.
func (l *linter) before(x, y string) bool {
	at := func(label string) int {
		return slices.IndexFunc(l.t.Phases, func(p *Phase) bool { return p.Label == label })
	}
	return at(x) < at(y)
}

// window looks at when one clause binds.
func (l *linter) window(b clauseBinding) {
	from, until := l.when(b.From, 0), l.when(b.Until, 0)
	same := b.From.Computable() && b.Until.Computable() && b.From.Anchor != "" && b.From.Anchor == b.Until.Anchor &&
		b.From.Of == b.Until.Of && b.From.Offset == b.Until.Offset && b.From.Minus == b.Until.Minus
	never := same || from.ok && until.ok && from.least >= until.most || from.certainlyAfter(l.when(b.due, 0))
	for _, h := range b.Hours {
		never = never || h.From == h.Until
	}
	if len(b.Phases) > 0 {
		never = never || !slices.ContainsFunc(l.t.Phases, func(p *Phase) bool { return slices.Contains(b.Phases, p.Label) && l.canBegin(p) })
	}
	if never {
		l.add("unsatisfiable-window", b.pos, b.label, nil)
	}
}

// counting looks for lengths in days for which the words fix no one rule.
func (l *linter) counting() {
	d := l.t.Length
	if d != nil && len(d.Counting) > 1 && inDays(d.Length) {
		l.add("no-counting-rule", d.Pos, d.Label, truth.Args{"length": d.Length.String()})
	}
	if d != nil && len(d.Counting) == 1 {
		return // the duration's rule is that of all
	}
	tell := func(label string, pos Pos, own []moment.Counting, lengths []moment.Duration, moments ...*Moment) {
		for _, m := range moments {
			if m != nil {
				lengths = append(lengths, m.Offset)
			}
		}
		var days []string
		for _, x := range lengths {
			if inDays(x) && !slices.Contains(days, x.String()) {
				days = append(days, x.String())
			}
		}
		if len(days) > 0 && len(own) != 1 {
			l.add("no-counting-rule", pos, label, truth.Args{"length": strings.Join(days, ", ")})
		}
	}
	if d != nil && d.Extension != nil && d.Length.IsZero() {
		tell(d.Label, d.Extension.Pos, d.Counting, []moment.Duration{d.Extension.Tacit, d.Extension.Notice})
	}
	for _, p := range l.t.Phases {
		tell(p.Label, p.Pos, p.Counting, []moment.Duration{p.Length}, p.From, p.Until)
	}
	extra := map[string][]moment.Duration{}
	for _, x := range l.t.Exceptions {
		extra[x.Label] = []moment.Duration{x.Notice}
	}
	for _, x := range l.t.Duties {
		extra[x.Label] = []moment.Duration{x.Lead, x.Within}
	}
	for _, x := range l.t.Powers {
		extra[x.Label] = []moment.Duration{x.Notice}
	}
	for _, b := range l.bound() {
		tell(b.label, b.pos, b.Counting, extra[b.label], b.From, b.Until, b.due)
	}
	for _, v := range l.t.Verifications {
		limits := []moment.Duration{v.Reply}
		for _, level := range v.Levels {
			limits = append(limits, level.Within)
		}
		tell(v.Label, v.Pos, nil, limits)
	}
}
