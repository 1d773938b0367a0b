package agreement

import (
	"strconv"
	"strings"

	"github.com/truceline/truceline/moment"
)

// moment takes a moment of the agreement's life. Words that are none are kept as
// text, for the linter: "immediately" is no deadline.
func (a *assembly) moment(r *reader, name string) *Moment {
	var s string
	p, ok := r.str(name, &s)
	if !ok {
		return nil
	}
	m := &Moment{Text: s, Pos: p}
	if d, err := moment.ParseDuration(s); err == nil {
		m.Anchor, m.Offset = AnchorStart, d
	} else if t, err := moment.Parse(s, a.zone()); err == nil {
		m.Time = t
	}
	return m
}

// Computable tells that a moment is a time or has an anchor.
func (m *Moment) Computable() bool { return m != nil && (m.Anchor != "" || !m.Time.IsZero()) }

// measure takes how much of a duty is owed.
func (a *assembly) measure(r *reader, m *Measure) {
	p, ok := r.str("measure", &m.Text)
	if !ok {
		return
	}
	m.Pos = p
	if n, err := strconv.Atoi(strings.TrimSpace(m.Text)); err == nil {
		m.Sign, m.N = Equals, n
	}
}
