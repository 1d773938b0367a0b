package judge

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// when finds a moment of the agreement's life; ok is false while what it counts
// from has not occurred. The rules of counting are the clause's, else those of the
// duration, else all: the moment is then a range.
func (l *life) when(m *agreement.Moment, counting []moment.Counting) (x bounds, ok bool) {
	if m == nil {
		return never, false
	}
	if m.Anchor == "" {
		if m.Time.IsZero() {
			return never, false
		}
		return bounds{m.Time.Earliest(), m.Time.Earliest()}, true
	}
	from := l.anchor(m)
	if from.possible == moment.Future {
		return never, false
	}
	if m.Offset.IsZero() {
		return from, true
	}
	x = bounds{moment.Future, moment.Past}
	for _, c := range l.countings(m.Offset, counting) {
		for i, at := range []moment.Instant{from.possible, from.certain} {
			if at == moment.Future {
				x.certain = moment.Future
				continue
			}
			if m.Minus {
				at = l.back(at, m.Offset)
			} else {
				at = l.after(at, m.Offset, c)
			}
			if i == 0 {
				x.possible = min(x.possible, at)
			}
			x.certain = max(x.certain, at)
		}
	}
	return x, true
}

// countings gives the rules by which a length is counted.
func (l *life) countings(d moment.Duration, own []moment.Counting) []moment.Counting {
	switch {
	case d.Hours > 0 || d.Minutes > 0 || d.Seconds > 0:
		return []moment.Counting{moment.CountHours}
	case len(own) > 0:
		return own
	case l.terms.Length != nil && len(l.terms.Length.Counting) > 0:
		return l.terms.Length.Counting
	}
	return moment.Countings()
}

// back goes a length back from an instant, by the same clock of an earlier day.
func (l *life) back(from moment.Instant, d moment.Duration) moment.Instant {
	c := l.zone.Clock(from)
	day := l.zone.Day(c.Year-d.Years, c.Month-d.Months, c.Day-d.Days-7*d.Weeks)
	within := from - l.zone.Day(c.Year, c.Month, c.Day).From
	return day.From.Add(int64(within) - int64(d.Hours)*3600 - int64(d.Minutes)*60 - int64(d.Seconds))
}

// anchor finds the event that a moment counts from; never while it has not occurred.
func (l *life) anchor(m *agreement.Moment) bounds {
	switch m.Anchor {
	case agreement.AnchorStart:
		return l.start
	case agreement.AnchorEnd:
		return l.end
	case agreement.AnchorSignature:
		return l.signature()
	case agreement.AnchorPhase:
		return l.phaseOf(m.Of).from
	case agreement.AnchorPhaseEnd:
		return l.phaseOf(m.Of).until
	case agreement.AnchorDone:
		return l.doneAt(m.Of)
	case agreement.AnchorCondition:
		return l.firstAct(func(a *act) bool { return a.Condition == m.Of }, record.ActConditionMet)
	case agreement.AnchorNotice:
		return l.firstAct(func(a *act) bool { return a.Clause == m.Of },
			record.ActNotified, record.ActDenounced, record.ActSuspended, record.ActResumed, record.ActDeclared)
	}
	return never
}

// signature is when every party has signed.
func (l *life) signature() bounds {
	all := bounds{moment.Past, moment.Past}
	for _, p := range l.parties() {
		all = later(all, l.firstAct(func(a *act) bool { return a.Party == p }, record.ActSigned))
	}
	return all
}

// firstAct is when the first of certain acts took effect.
func (l *life) firstAct(is func(*act) bool, kinds ...record.ActKind) bounds {
	first := never
	for _, a := range l.b.acts(l.id, kinds...) {
		if is(&a) {
			first = bounds{min(first.possible, a.when.Earliest()), min(first.certain, a.when.Latest())}
		}
	}
	return first
}

// later is when both have come.
func later(x, y bounds) bounds {
	return bounds{max(x.possible, y.possible), max(x.certain, y.certain)}
}

// sooner is when one of two has come.
func sooner(x, y bounds) bounds {
	return bounds{min(x.possible, y.possible), min(x.certain, y.certain)}
}

// since and before are the windows after and before an imprecise instant.
func (x bounds) since() moment.Window {
	return moment.Window{Certain: stretch(x.certain, moment.Future), Possible: stretch(x.possible, moment.Future)}
}

func (x bounds) before() moment.Window {
	return moment.Window{Certain: stretch(moment.Past, x.possible), Possible: stretch(moment.Past, x.certain)}
}

func stretch(from, until moment.Instant) moment.Set {
	if from >= until {
		return nil
	}
	return moment.Set{{From: from, Until: until}}
}

// meet is when both windows bind; join when either does.
func meet(x, y moment.Window) moment.Window {
	return moment.Window{Certain: x.Certain.Intersect(y.Certain), Possible: x.Possible.Intersect(y.Possible)}
}

func join(x, y moment.Window) moment.Window {
	return moment.Window{Certain: x.Certain.Union(y.Certain), Possible: x.Possible.Union(y.Possible)}
}

// binds is the window in which a clause binds: the life of the agreement, or what
// the clause says beyond it, narrowed by its own bounds, phases and gates. The
// hours of the day are for [life.hours].
func (l *life) binds(label string, b *agreement.Binding) moment.Window {
	w := l.window(label)
	if !b.Narrows() {
		return w
	}
	if b.Survives && l.start != never {
		w = l.start.since()
	}
	if b.From != nil {
		from, ok := l.when(b.From, b.Counting)
		switch {
		case ok && b.Earlier():
			w = meet(join(w, meet(from.since(), l.start.before())), from.since())
		case ok:
			w = meet(w, from.since())
		case b.From.Computable():
			w = moment.Window{} // what it counts from has not occurred
		default:
			w.Certain = nil // words that nobody can compute
		}
	}
	if until, ok := l.when(b.Until, b.Counting); ok {
		w = meet(w, until.before())
	} else if b.Until != nil && !b.Until.Computable() {
		w.Certain = nil
	}
	if len(b.Phases) > 0 {
		var in moment.Window
		for _, p := range b.Phases {
			in = join(in, l.phaseOf(p).window())
		}
		w = meet(w, in)
	}
	if len(b.Requires) > 0 {
		w = meet(w, l.holding(b.Requires))
	}
	return w
}

// holding is the window in which conditions hold.
func (l *life) holding(conditions []agreement.Precondition) moment.Window {
	var w moment.Window
	for i, from := range l.points {
		if from == moment.Future || from == moment.Past {
			continue
		}
		until := moment.Future
		if i+1 < len(l.points) {
			until = l.points[i+1]
		}
		v := truth.Yes
		for _, p := range conditions {
			one, _ := l.conditionAt(p, from)
			v = truth.And(v, one)
		}
		span := moment.Set{{From: from, Until: until}}
		switch v {
		case truth.Yes:
			w = join(w, moment.Exactly(span))
		case truth.Maybe:
			w.Possible = w.Possible.Union(span)
		}
	}
	return w
}

// longestClock is how long a time may be for its hours to be looked at: beyond two
// days every hour is in it.
const longestClock = 48 * 3600

// hours tells whether a time lies in the hours of the day in which a clause binds.
func (l *life) hours(b *agreement.Binding, at moment.Time) (truth.Value, code) {
	const day = 24 * 3600
	if !b.Daily.IsZero() {
		if b.Daily.Days > 0 || b.Daily.Hours*3600+b.Daily.Minutes*60+b.Daily.Seconds >= day {
			return truth.Yes, codeInForce
		}
		return truth.Maybe, codeHoursUnsaid
	}
	h := at.Hull()
	if at.Unbounded() || h.Until-h.From > longestClock {
		return truth.Maybe, codeHoursOpen
	}
	var in moment.Set
	c := l.zone.Clock(h.From)
	for n := -1; n <= 3; n++ { // days around the time
		for _, x := range b.Hours {
			until := x.Until
			if x.Until <= x.From {
				until += day
			}
			in = in.Union(stretch(l.clock(c, n, x.From), l.clock(c, n, until)))
		}
	}
	switch v := moment.Within(at, moment.Exactly(in)); v {
	case truth.No:
		return v, codeOutsideHours
	case truth.Maybe:
		return v, codeHoursOpen
	default:
		return v, codeInForce
	}
}

// clock is the instant at which the clock of the terms shows so many seconds after
// midnight, n days after a date. On a day whose clock is changed the seconds are
// those of the clock, not those that have passed.
func (l *life) clock(date moment.Clock, n, seconds int) moment.Instant {
	const day = 24 * 3600
	d := l.zone.Day(date.Year, date.Month, date.Day+n+seconds/day)
	at := d.From.Add(int64(seconds % day))
	shown := l.zone.Clock(at)
	return at.Add(int64(seconds%day - (shown.Hour*3600 + shown.Minute*60 + shown.Second)))
}

// release is a power by which its holder alone was freed of clauses.
type release struct {
	party   string
	clauses []string // empty: all
	at      bounds
	entry   record.Ref
}

// findReleases lists the powers of release that were exercised, with their notice
// run out.
func (l *life) findReleases() []release {
	var list []release
	for _, p := range l.terms.Powers {
		if p.Effect != agreement.EffectRelease {
			continue
		}
		for _, a := range l.b.acts(l.id, record.ActNotified, record.ActDenounced, record.ActSuspended, record.ActDeclared) {
			if a.Clause == p.Label && slices.Contains(p.Holder, a.Party) {
				list = append(list, release{a.Party, p.Clauses, l.afterNotice(p, a), a.ref})
			}
		}
	}
	return list
}

// afterNotice is when what a power calls for follows its exercise.
func (l *life) afterNotice(p *agreement.Power, a act) bounds {
	x := bounds{a.when.Earliest(), a.when.Latest()}
	if p.Notice.IsZero() {
		return x
	}
	first := bounds{moment.Future, moment.Past}
	for _, c := range l.countings(p.Notice, p.Counting) {
		first.possible = min(first.possible, l.after(x.possible, p.Notice, c))
		first.certain = max(first.certain, l.after(x.certain, p.Notice, c))
	}
	return first
}

// released tells whether somebody had freed itself of a clause at a time.
func (l *life) released(party, label string, at moment.Time) (truth.Value, []record.Ref) {
	v, refs := truth.No, []record.Ref(nil)
	for _, r := range l.releases {
		if r.party != party || len(r.clauses) > 0 && !slices.Contains(r.clauses, label) {
			continue
		}
		if one := moment.Within(at, r.at.since()); one != truth.No {
			v, refs = truth.Or(v, one), append(refs, r.entry)
		}
	}
	return v, refs
}
