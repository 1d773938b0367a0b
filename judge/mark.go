package judge

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/truceline/truceline/moment"
)

// Mark is the same for two benches of one ground that decide alike: whose windows,
// releases, exceptions and notices are the same. What was decided about the incidents
// at one moment then holds at the other.
type Mark uint64

// seed is of this process alone: marks are compared, never stored.
var seed = maphash.MakeSeed()

// Mark gives the mark of a bench. It covers everything of a life that [Bench.Decide]
// reads and that a question's moment may change.
func (b *Bench) Mark() Mark {
	m := &marker{}
	m.h.SetSeed(seed)
	for _, id := range b.ids {
		for _, l := range b.lives[id] {
			m.life(l)
		}
	}
	return Mark(m.h.Sum64())
}

type marker struct{ h maphash.Hash }

func (m *marker) text(s string) {
	m.number(int64(len(s)))
	_, _ = m.h.WriteString(s)
}

func (m *marker) number(n int64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n)) //nolint:gosec // only told apart
	_, _ = m.h.Write(b[:])
}

func (m *marker) bounds(x bounds) {
	m.number(int64(x.possible))
	m.number(int64(x.certain))
}

func (m *marker) set(s moment.Set) {
	m.number(int64(len(s)))
	for _, x := range s {
		m.number(int64(x.From))
		m.number(int64(x.Until))
	}
}

func (m *marker) window(w moment.Window) {
	m.set(w.Possible)
	m.set(w.Certain)
}

func (m *marker) life(l *life) {
	m.text(l.id)
	m.text(l.by)
	m.bounds(l.start)
	m.bounds(l.end)
	m.number(int64(len(l.releases)))
	for _, r := range l.releases {
		m.text(r.party)
		m.number(int64(len(r.clauses)))
		for _, c := range r.clauses {
			m.text(c)
		}
		m.bounds(r.at)
	}
	m.number(int64(len(l.clauses)))
	for _, c := range l.clauses {
		m.text(c.label)
		if c.empty {
			continue
		}
		m.window(c.window.Window)
		m.window(c.term)
		for _, x := range c.all {
			m.text(x.rule.Label)
			m.window(x.window)
			m.number(int64(len(x.acts)))
			for _, a := range x.acts {
				m.text(string(a.ref))
				m.bounds(bounds{a.when.Earliest(), a.when.Latest()})
			}
		}
	}
	for _, g := range l.terms.Guarantees {
		m.window(l.binds(g.Label, &g.Binding))
	}
}
