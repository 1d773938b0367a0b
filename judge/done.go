package judge

import "github.com/truceline/truceline/moment"

// doneAt is when a duty was done, by every bound party and by every source's word.
func (l *life) doneAt(label string) bounds {
	done := never
	for i, o := range l.owingsOf(label) {
		one := o.doneAt()
		if i == 0 {
			done = one
		} else {
			done = later(done, one)
		}
	}
	return done
}

// owingsOf lists what is owed by a clause, each with its evidence. What is owed
// again and again, or in proportion, is done when an act on the clause says so.
func (l *life) owingsOf(label string) []*owing {
	list, kept := l.shown[label]
	if !kept {
		for _, o := range l.owings() {
			if o.label == label && o.party != "" {
				o.acts = o.again() || o.ratio != nil
				o.events = o.evidence()
				list = append(list, o)
			}
		}
	}
	out := make([]*owing, len(list))
	for i, o := range list {
		one := *o
		one.since = l.earliest(o)
		out[i] = &one
	}
	return out
}

// earliest is from when a deed can be one that a duty asks for: from when the clause
// binds, else the start, else the signature, else the day the text became known.
func (l *life) earliest(o *owing) bounds {
	if x, ok := l.when(o.binding.From, o.binding.Counting); ok {
		return x
	}
	if l.start != never {
		return l.start
	}
	if x := l.signature(); x.possible != moment.Future && x.possible != moment.Past {
		return x
	}
	if k := l.b.at(l.version.Entry); k != nil && !k.public.IsZero() {
		return bounds{k.public.Earliest(), k.public.Latest()}
	}
	return bounds{moment.Past, moment.Past}
}

// keepEvidence keeps what shows the duties on which the start, a phase or a clause
// hangs, and gives the instants at which their being done may change.
func (l *life) keepEvidence() []moment.Instant {
	l.shown = map[string][]*owing{}
	var points []moment.Instant
	for _, p := range l.gates() {
		if p.Duty == "" {
			continue
		}
		l.shown[p.Duty] = l.owingsOf(p.Duty)
		for _, o := range l.shown[p.Duty] {
			points = append(points, o.points()...)
		}
	}
	return points
}
