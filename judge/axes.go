package judge

import (
	"slices"

	"github.com/truceline/truceline/record"
)

// Occurrence is how far it is established that something happened.
type Occurrence string

// The values of the first axis.
const (
	Reported     Occurrence = "reported"   // something is told; what, where or when is missing
	Admissible   Occurrence = "admissible" // what, where and when are told
	Confirmed    Occurrence = "confirmed"
	Probable     Occurrence = "probable"
	Inconclusive Occurrence = "inconclusive"
	Refuted      Occurrence = "refuted"
	Duplicate    Occurrence = "duplicate"
	Withdrawn    Occurrence = "withdrawn"
)

// Attribution is who is said or found to have done it, never merged into one word
// where sources differ.
type Attribution struct {
	// Value is "party", "proxy", "both", "third", "unattributable", "contested" or "unknown".
	Value  string        `json:"value"`
	Claims []Attributing `json:"claims,omitempty"`
}

// Attributing is one source's word on who did it.
type Attributing struct {
	Party      string       `json:"party,omitempty"` // empty: the source denies its own side's part and names nobody
	Denies     string       `json:"denies,omitempty"`
	By         string       `json:"by"` // the party or body that says so, "" where no party's source does
	Found      bool         `json:"found,omitempty"`
	Confidence string       `json:"confidence,omitempty"`
	Entries    []record.Ref `json:"entries"`
}

// occurrence reads the first axis off the report, findings and links.
func (b *Bench) occurrence(in Incident) Occurrence {
	o := Reported
	r := in.Report
	if !in.Happened.IsZero() && r.Place != nil && (r.Act != "" || len(r.Objects) > 0) {
		o = Admissible
	}
	if !in.Entry {
		return o
	}
	for i := range b.entries {
		k := &b.entries[i]
		if k.retract {
			if k.Ref == in.Ref {
				return Withdrawn
			}
			continue
		}
		switch body := k.Body.(type) {
		case *record.Link:
			if body.From == in.Ref && body.Relation == record.RelDuplicateOf && !b.undone(k.Ref) {
				return Duplicate
			}
		case *record.Finding:
			if body.Of == in.Ref && body.Axis == record.AxisOccurrence {
				o = Occurrence(body.Value)
			}
		}
	}
	return o
}

// undone tells whether a later entry takes a link back.
func (b *Bench) undone(link record.Ref) bool {
	return slices.ContainsFunc(b.entries, func(k known) bool {
		u, ok := k.Body.(*record.Unlink)
		return ok && !k.retract && u.Link == link
	})
}

// attribution collects who is said to have done it: by the report, by replies to
// it and by other reports of the same event; findings stand beside them.
func (b *Bench) attribution(in Incident) Attribution {
	var a Attribution
	party := func(v *record.Voice) string {
		if v == nil {
			return ""
		}
		return v.Party
	}
	if act := in.Report.Actor; act != nil && act.Party != "" {
		a.Claims = append(a.Claims, Attributing{Party: act.Party, By: party(in.SaidBy), Entries: []record.Ref{in.Ref}})
	}
	if in.Entry {
		same := b.sameEvent(in.Ref)
		for i := range b.entries {
			k := &b.entries[i]
			if k.retract {
				continue
			}
			switch body := k.Body.(type) {
			case *record.Reply:
				if !slices.Contains(same, body.To) {
					continue
				}
				c := Attributing{By: body.Party, Entries: []record.Ref{k.Ref}}
				if body.Denies {
					c.Denies = body.Party
				}
				if body.Attributes != nil {
					c.Party = body.Attributes.Party
				}
				if c.Denies != "" || c.Party != "" {
					a.Claims = append(a.Claims, c)
				}
			case *record.Report:
				if k.Ref != in.Ref && slices.Contains(same, k.Ref) && body.Actor != nil && body.Actor.Party != "" {
					a.Claims = append(a.Claims, Attributing{Party: body.Actor.Party, By: party(k.SaidBy), Entries: []record.Ref{k.Ref}})
				}
			case *record.Finding:
				if slices.Contains(same, body.Of) && body.Axis == record.AxisAttribution {
					a.Claims = append(a.Claims, Attributing{Party: body.Party, By: party(k.SaidBy), Found: true, Confidence: body.Confidence, Entries: []record.Ref{k.Ref}})
				}
			}
		}
	}
	a.Value = attributionValue(a.Claims, in.Report.Actor)
	return a
}

// attributionValue sums the claims up: contested as soon as two of them differ or
// the side named denies it.
func attributionValue(claims []Attributing, told *record.Actor) string {
	var named []string
	denied := false
	for _, c := range claims {
		if c.Party != "" && !slices.Contains(named, c.Party) {
			named = append(named, c.Party)
		}
		denied = denied || c.Denies != "" && slices.ContainsFunc(claims, func(d Attributing) bool { return d.Party == c.Denies })
	}
	switch {
	case len(named) == 0:
		return "unknown"
	case len(named) > 1 || denied:
		return "contested"
	case told != nil && told.Proxy:
		return "proxy"
	}
	return "party"
}

// sameEvent lists the reports linked as telling of one event with a report,
// itself first. Links that were undone do not count.
func (b *Bench) sameEvent(ref record.Ref) []record.Ref {
	same := []record.Ref{ref}
	for next := 0; next < len(same); next++ {
		for i := range b.entries {
			k := &b.entries[i]
			l, ok := k.Body.(*record.Link)
			if !ok || k.retract || l.Relation != record.RelSameEventAs && l.Relation != record.RelDuplicateOf || b.undone(k.Ref) {
				continue
			}
			for _, pair := range [][2]record.Ref{{l.From, l.To}, {l.To, l.From}} {
				if pair[0] == same[next] && !slices.Contains(same, pair[1]) {
					same = append(same, pair[1])
				}
			}
		}
	}
	return same
}
