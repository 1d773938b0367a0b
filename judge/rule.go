package judge

import (
	"slices"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// clause is one prohibition or withdrawal under one reading, made ready once for
// many incidents.
type clause struct {
	life       *life
	label      string
	empty      bool // a clause of some reading, asked of a text that does not exist
	scope      scope
	binding    *agreement.Binding
	window     *window
	term       moment.Window // in which it would bind but for its own binding
	exceptions []*exemption  // those that defeat it
	all        []*exemption  // these and those that defeat them, in the order in which reasons list them
	specials   []*clause     // that beat it on what both speak of
	depends    []string
	standard   *agreement.Verification // by which a breach of it is established; nil: none
}

// window is when clauses bind; those that bind alike share one.
type window struct {
	number int
	moment.Window
	binding *agreement.Binding // for the hours of the day
}

// memo is an answer that several clauses ask for, kept for one incident.
type memo struct {
	known bool
	value truth.Value
	code  code
}

// presence is the act that a withdrawal forbids once it is due.
var presence = []string{"presence"}

// compile prepares the clauses of a life, in the order of the file.
func (l *life) compile() []*clause {
	var list []*clause
	special := map[*clause][]string{}
	add := func(label string, s *agreement.Scope, b *agreement.Binding, pos agreement.Pos, specialTo []string) {
		c := &clause{life: l, label: label, scope: l.scope(s, pos, false), binding: b}
		c.window, c.term = l.windowOf(label, b), l.window(label)
		c.exceptions = l.exemptions(label, nil)
		c.all = flatten(c.exceptions, nil)
		c.standard = l.standardOf(label)
		c.depends = c.keys()
		special[c] = specialTo
		list = append(list, c)
	}
	for _, p := range l.terms.Prohibitions {
		add(p.Label, &p.Scope, &p.Binding, p.Pos, p.SpecialTo)
	}
	for _, w := range l.terms.Withdrawals {
		s, b := w.Scope, w.Binding
		if len(s.Acts) == 0 {
			s.Acts = presence
		}
		if b.From = w.Due; w.Due == nil {
			b.From = &agreement.Moment{Pos: w.Pos} // nobody can say from when on presence is forbidden
		}
		add(w.Label, &s, &b, w.Pos, w.SpecialTo)
	}
	order := l.terms.Labels()
	slices.SortStableFunc(list, func(x, y *clause) int { return slices.Index(order, x.label) - slices.Index(order, y.label) })
	for _, c := range list {
		for _, s := range list {
			if slices.Contains(special[s], c.label) {
				c.specials = append(c.specials, s)
			}
		}
	}
	return list
}

// windowOf finds or makes the window in which a clause binds.
func (l *life) windowOf(label string, binding *agreement.Binding) *window {
	w := l.binds(label, binding)
	hours := len(binding.Hours) > 0 || !binding.Daily.IsZero()
	for _, o := range l.windows {
		if !hours && o.binding == nil && o.Certain.Equal(w.Certain) && o.Possible.Equal(w.Possible) {
			return o
		}
	}
	made := &window{number: l.b.windows, Window: w}
	if hours {
		made.binding = binding
	}
	l.b.windows++
	l.windows = append(l.windows, made)
	return made
}

// sharePlaceholders gives a text without words the clauses of its readings, so
// that the text answers for each of them: undetermined.
func (b *Bench) sharePlaceholders(lives []*life) {
	text := lives[0]
	if !text.noText {
		return
	}
	for _, l := range lives[1:] {
		for _, c := range l.clauses {
			if !slices.ContainsFunc(text.clauses, func(t *clause) bool { return t.label == c.label }) {
				text.clauses = append(text.clauses, &clause{life: text, label: c.label, empty: true, depends: text.depends()})
			}
		}
	}
	slices.SortStableFunc(text.clauses, func(x, y *clause) int { return compare(x.label, y.label) })
}

// time tells whether the clause bound when the incident happened.
func (c *clause) time(d *Decision, in *Incident) Outcome {
	o := Outcome{test: testTime}
	l := c.life
	switch {
	case l.noText:
		o.code = codeNoText
		return o
	case l.start == never && len(c.window.Possible) == 0:
		o.Value, o.code = truth.No, codeNeverBegan
		return o
	case in.Happened.IsZero():
		o.code = codeUnknown
		return o
	}
	m := &d.windows[c.window.number]
	if !m.known {
		m.value, m.code = c.during(in)
		m.known = true
	}
	o.Value, o.code = m.value, m.code
	if len(l.releases) > 0 && o.Value != truth.No {
		if v := c.freed(in); v != truth.No {
			o.Value, o.code = truth.And(o.Value, v.Not()), codeReleased
		}
	}
	return o
}

// freed tells whether who acted had freed itself of the clause; of somebody not
// known it may be so where one of those bound had.
func (c *clause) freed(in *Incident) truth.Value {
	if in.actor != "" {
		if !slices.Contains(c.scope.Binds, in.actor) {
			return truth.No // the clause never bound it
		}
		v, _ := c.life.released(in.actor, c.label, in.Happened)
		return v
	}
	for _, party := range c.scope.Binds {
		if v, _ := c.life.released(party, c.label, in.Happened); v != truth.No {
			return truth.Maybe
		}
	}
	return truth.No
}

// during holds the time of an incident to the window.
func (c *clause) during(in *Incident) (truth.Value, code) {
	l := c.life
	v := moment.Within(in.Happened, c.window.Window)
	switch {
	case v == truth.No && l.start != never && in.Happened.Latest() < l.start.possible && !c.binding.Earlier():
		return v, codeBeforeStart
	case v == truth.No && l.end.possible != moment.Future && in.Happened.Earliest() >= l.end.possible && !c.binding.Survives:
		return v, codeAfterEnd
	case v == truth.No && moment.Within(in.Happened, c.term) != truth.No:
		return v, codeNotBinding
	case v == truth.No:
		return v, codeInterrupted
	}
	if b := c.window.binding; b != nil {
		hours, why := l.hours(b, in.Happened)
		if hours != truth.Yes && truth.And(v, hours) != v || hours == truth.No {
			return truth.And(v, hours), why
		}
	}
	if v == truth.Yes {
		return v, codeInForce
	}
	return v, codeMaybe
}

// decide puts every test to an incident; the outcomes go to d.
func (c *clause) decide(d *Decision, in *Incident) Classification {
	time := d.add(c.time(d, in))
	if c.empty {
		return NotDecided
	}
	all := c.scope.tests(d, in)
	for i, s := range c.specials {
		all = truth.And(all, d.add(c.special(d, s, i, in)))
	}
	excused := truth.No
	if len(c.exceptions) > 0 {
		excused = c.excuse(d, in)
	}
	return classify(time, all, excused)
}

// special tells whether no special rule beats this one on what the incident is of.
func (c *clause) special(d *Decision, s *clause, i int, in *Incident) Outcome {
	mark := len(d.outcomes)
	beats := truth.And(s.scope.actor(in).Value, s.scope.matter(d, in), s.time(d, in).Value)
	d.outcomes = d.outcomes[:mark]
	o := Outcome{Value: beats.Not(), test: testSpecial, at: int16(i)}
	switch beats {
	case truth.Yes:
		o.code = codeDisplaced
	case truth.No:
		o.code = codeFree
	default:
		o.code = codeMaybe
	}
	return o
}

// answers tells whether a guarantor answers for the group that acted, at its time.
func (l *life) answers(g *agreement.Guarantee, in *Incident) truth.Value {
	if l.start == never || in.Happened.IsZero() {
		return truth.Maybe
	}
	if v := moment.Within(in.Happened, l.binds(g.Label, &g.Binding)); v != truth.No {
		return v
	}
	return truth.No
}

// standardOf finds the verification clause that covers a clause; one that names it
// goes before one that covers all.
func (l *life) standardOf(label string) *agreement.Verification {
	var general *agreement.Verification
	for _, v := range l.terms.Verifications {
		switch {
		case slices.Contains(v.Of, label):
			return v
		case len(v.Of) == 0 && general == nil:
			general = v
		}
	}
	return general
}

// rulingOn finds the latest ruling on a report and clause, and whether the text
// empowers who made it.
func (c *clause) rulingOn(in *Incident) (what string, by []record.Ref, empowered bool) {
	for _, k := range in.told {
		r, ok := k.Body.(*record.Ruling)
		if !ok || r.Of != in.Ref || r.Agreement != c.life.id || r.Clause != c.label {
			continue
		}
		what, by = r.Classification, []record.Ref{k.Ref}
		body := ""
		if k.SaidBy != nil {
			body = k.SaidBy.Party
		}
		empowered = c.standard == nil || body == "" || slices.Contains(c.standard.Body, body)
	}
	return what, by, empowered
}
