package judge

import (
	"slices"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/record"
)

// Keys name what a ruling rests on, so that a view judges anew only what a new
// entry can touch:
//
//	agreement/ID  its versions and readings
//	acts/ID       acts and stances on it
//	area/ID       the drawing of an area or line
//	deeds         exchanges, supplies and contacts, where the start of something hangs on them
//	report/REF    the report, and findings, rulings, replies and links on it
const keyDeeds = "deeds"

// depends names what the rulings of this life rest on.
func (l *life) depends() []string {
	keys := []string{"acts/" + l.id, "agreement/" + l.id}
	for _, id := range l.b.superseding(l.id) {
		keys = append(keys, "acts/"+id, "agreement/"+id)
	}
	if l.terms != nil && hangsOnDeeds(l.terms) {
		keys = append(keys, keyDeeds)
	}
	slices.Sort(keys)
	return keys
}

// hangsOnDeeds tells that when something binds depends on a duty's being done.
func hangsOnDeeds(t *agreement.Terms) bool {
	done := func(p agreement.Precondition) bool { return p.Kind == agreement.RequiresDone }
	if t.Start != nil && slices.ContainsFunc(t.Start.Requires, done) {
		return true
	}
	for _, p := range t.Phases {
		if slices.ContainsFunc(p.Requires, done) {
			return true
		}
	}
	return slices.ContainsFunc(t.Moments(), func(m *agreement.Moment) bool { return m.Anchor == agreement.AnchorDone }) ||
		slices.ContainsFunc(t.Gates(), done)
}

// keys names what the rulings of this clause rest on.
func (c *clause) keys() []string {
	keys := c.life.depends()
	for _, s := range append([]*scope{&c.scope}, scopesOf(c.all)...) {
		for _, w := range s.places() {
			kind, id, _ := strings.Cut(w, ":")
			if key := "area/" + id; (kind == "area" || kind == "line") && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	return keys
}

func scopesOf(list []*exemption) []*scope {
	out := make([]*scope, len(list))
	for i, x := range list {
		out[i] = &x.scope
	}
	return out
}

// places lists the drawings that a scope needs: "area:ID", "line:ID".
func (s *scope) places() []string {
	list := slices.Clone(s.Where)
	for _, z := range s.region.zones {
		list = append(list, z.Area...)
		list = append(list, z.Line)
		for _, w := range z.Lines {
			list = append(list, w)
		}
		for _, w := range z.Sides {
			list = append(list, w)
		}
	}
	return list
}

// Touches names the keys that the entry at a position touches: a ruling that
// depends on none of them is what it was before the entry.
func (b *Bench) Touches(position int) []string {
	var keys []string
	if position > 0 && position <= len(b.Case.Entries) {
		b.touch(&b.Case.Entries[position-1].Entry, func(key string) {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}, 0)
	}
	slices.Sort(keys)
	return keys
}

func (b *Bench) touch(e *record.Entry, add func(string), depth int) {
	const deepest = 64 // of retractions of retractions
	if depth > deepest {
		return
	}
	event := func(refs ...record.Ref) {
		for _, ref := range refs {
			for _, same := range b.sameEvent(ref) {
				add("report/" + string(same))
			}
		}
	}
	again := func(ref record.Ref) {
		if k := b.Case.Entry(ref); k != nil {
			b.touch(&k.Entry, add, depth+1)
		}
	}
	switch body := e.Body.(type) {
	case *record.Agreement:
		add("agreement/" + body.Agreement)
	case *record.Reading:
		add("agreement/" + body.Agreement)
	case *record.Area:
		add("area/" + body.Area)
	case *record.Statement:
		for _, s := range body.Stances {
			add("acts/" + s.Agreement)
		}
	case *record.Act:
		add("acts/" + body.Agreement)
	case *record.Report:
		event(e.Ref)
	case *record.Finding:
		event(body.Of)
		add(keyDeeds)
	case *record.Ruling:
		event(body.Of)
	case *record.Reply:
		event(body.To)
	case *record.Request:
		event(body.On)
	case *record.Link:
		event(body.From, body.To)
		add(keyDeeds)
	case *record.Unlink:
		again(body.Link)
	case *record.Exchange, *record.Flow, *record.Contact, *record.Message:
		add(keyDeeds)
	case *record.Correction:
		again(body.Corrects)
		b.touch(&body.Entry, add, depth+1)
	case *record.Retraction:
		again(body.Retracts)
	}
}

// dependsOn names what the ruling on one incident rests on.
func (c *clause) dependsOn(in *Incident) []string {
	if !in.Entry {
		return c.depends
	}
	keys := make([]string, 0, len(c.depends)+1)
	keys = append(keys, c.depends...)
	if p := in.Report.Place; p != nil {
		for _, id := range p.Within {
			if key := "area/" + id; !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	keys = append(keys, "report/"+string(in.Ref))
	slices.Sort(keys)
	return keys
}
