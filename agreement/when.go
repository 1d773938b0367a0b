package agreement

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/moment"
)

// anchors are the words that a moment may begin with; true: they name something
// after a colon.
var anchors = map[Anchor]bool{
	AnchorStart: false, AnchorEnd: false, AnchorSignature: false,
	AnchorPhase: true, AnchorPhaseEnd: true, AnchorDone: true, AnchorCondition: true, AnchorNotice: true,
}

// Computable tells that a moment is a time or has an anchor.
func (m *Moment) Computable() bool { return m != nil && (m.Anchor != "" || !m.Time.IsZero()) }

// moment takes a moment of the agreement's life: a time, a length from the start,
// or an anchor with an offset. Words that are none of these are kept as text, for
// the linter: "immediately" is no deadline.
func (a *assembly) moment(r *reader, name string) *Moment {
	var s string
	p, ok := r.str(name, &s)
	if !ok {
		return nil
	}
	m := &Moment{Text: s, Pos: p}
	if d, err := moment.ParseDuration(s); err == nil {
		m.Anchor, m.Offset = AnchorStart, d
		return m
	}
	if t, err := moment.Parse(s, a.zone()); err == nil {
		m.Time = t
		return m
	}
	word, sign, length := s, "", ""
	if i := strings.LastIndexAny(s, "+-"); i > 0 && s[i-1] == ' ' && i+1 < len(s) && s[i+1] == ' ' {
		word, sign, length = strings.TrimSpace(s[:i]), s[i:i+1], strings.TrimSpace(s[i+1:])
	}
	head, of, named := strings.Cut(word, ":")
	needs, known := anchors[Anchor(head)]
	switch {
	case !known && sign == "" && !named:
		return m // words
	case !known:
		r.bad(p, "bad-moment", name, fmt.Sprintf("%q is no event to count from", head), suggest(head, anchorWords()))
		return m
	case needs != named || needs && !isName(of):
		form := head
		if needs {
			form += ":LABEL"
		}
		r.bad(p, "bad-moment", name, fmt.Sprintf("%q does not name what it counts from", word), fmt.Sprintf("write %q", form+" + P10D"))
		return m
	}
	m.Anchor, m.Of, m.Minus = Anchor(head), of, sign == "-"
	if sign != "" {
		r.durationOf(name, length, p, &m.Offset)
	}
	switch m.Anchor {
	case AnchorPhase, AnchorPhaseEnd:
		a.refer(r, p, name, of, KindPhase)
	case AnchorDone:
		a.refer(r, p, name, of, KindDuty, KindWithdrawal, KindRatio)
	case AnchorNotice:
		a.refer(r, p, name, of, KindPower, KindDuty, KindException)
	}
	return m
}

func anchorWords() []string {
	var list []string
	for a := range anchors {
		list = append(list, string(a))
	}
	slices.Sort(list)
	return list
}

// binding takes when a clause binds.
func (a *assembly) binding(r *reader, b *Binding) {
	b.From, b.Until = a.moment(r, "from"), a.moment(r, "until")
	for _, w := range r.strs("phases", &b.Phases) {
		a.refer(r, w.pos, "phases", w.text, KindPhase)
	}
	b.Requires, _ = a.requires(r, moment.Duration{})
	for _, w := range r.strs("hours", new([]string)) {
		h, ok := parseHours(w.text)
		if !ok {
			r.bad(w.pos, "bad-hours", "hours", fmt.Sprintf("%q is no stretch of the day", w.text), `write "07:00/17:00"`)
			continue
		}
		b.Hours = append(b.Hours, h)
	}
	r.duration("daily", &b.Daily)
	r.flag("survives", &b.Survives)
	a.rules(r, &b.Counting)
	if r.has("hours") && r.has("daily") {
		r.bad(r.place("daily"), "hours-and-daily", "daily", "the hours are given, and how many there are", "keep one of them")
	}
}

// parseHours reads "07:00/17:00".
func parseHours(s string) (h Hours, ok bool) {
	from, until, cut := strings.Cut(s, "/")
	if !cut {
		return h, false
	}
	clock := func(s string, into *int) bool {
		hour, minute, cut := strings.Cut(s, ":")
		x, err1 := strconv.Atoi(hour)
		y, err2 := strconv.Atoi(minute)
		*into = x*3600 + y*60
		return cut && err1 == nil && err2 == nil && len(hour) == 2 && len(minute) == 2 && x >= 0 && x <= 24 && y >= 0 && y < 60 && *into <= 24*3600
	}
	return h, clock(from, &h.From) && clock(until, &h.Until) && h.From != h.Until && h.From < 24*3600
}

// flag takes true or false.
func (r *reader) flag(name string, into *bool) {
	e, src, ok := r.expr(name)
	if !ok {
		return
	}
	v, ok := r.value(name, e, src)
	switch {
	case !ok:
	case v.Type().FriendlyName() != "bool":
		r.bad(src.pos(e.Range()), "wrong-type", name, "true or false is wanted", "write it without quotation marks")
	default:
		*into = v.True()
	}
}

// rules takes rules of counting days; where none is stated there are none.
func (a *assembly) rules(r *reader, into *[]moment.Counting) {
	known := make([]string, len(countings))
	for i, c := range countings {
		known[i] = c.words
	}
	for _, w := range r.strs("counting", new([]string)) {
		i := slices.Index(known, w.text)
		switch {
		case w.text == countingNotStated:
		case i < 0:
			r.bad(w.pos, "unknown-value", "counting", fmt.Sprintf("%q is no rule of counting", w.text), suggest(w.text, slices.Concat(known, []string{countingNotStated})))
		default:
			*into = append(*into, countings[i].rule)
		}
	}
}

// phase takes a phase.
func (a *assembly) phase(r *reader) {
	p := &Phase{Label: r.label, Pos: r.pos}
	p.From, p.Until = a.moment(r, "from"), a.moment(r, "until")
	p.Requires, _ = a.requires(r, moment.Duration{})
	r.duration("length", &p.Length)
	a.rules(r, &p.Counting)
	r.str("continues", &p.Continues)
	r.rest()
	if r.has("length") && r.has("until") {
		r.bad(r.place("until"), "length-and-until", "until", "a length and an end are both given", "keep one of them")
	}
	a.terms.Phases = append(a.terms.Phases, p)
}
