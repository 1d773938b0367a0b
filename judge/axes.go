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
func (b *Bench) occurrence(in *Incident) Occurrence {
	o := Reported
	r := in.Report
	if !in.Happened.IsZero() && r.Place != nil && (r.Act != "" || len(r.Objects) > 0) {
		o = Admissible
	}
	if !in.Entry {
		return o
	}
	if k := b.of(in.Ref); k != nil && k.retract {
		return Withdrawn
	}
	for _, k := range in.told {
		switch body := k.Body.(type) {
		case *record.Link:
			if body.From == in.Ref && body.Relation == record.RelDuplicateOf && !b.unlinked[k.Ref] {
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

// partyOf gives the party that a voice speaks for, or "".
func partyOf(v *record.Voice) string {
	if v == nil {
		return ""
	}
	return v.Party
}

// attribution collects who is said to have done it: by the report, by replies to
// it and by other reports of the same event; findings stand beside them.
func (b *Bench) attribution(in *Incident) Attribution {
	var a Attribution
	if act := in.Report.Actor; act != nil && act.Party != "" {
		a.Claims = append(a.Claims, Attributing{Party: act.Party, By: partyOf(in.SaidBy), Entries: []record.Ref{in.Ref}})
	}
	if in.Entry {
		for _, k := range b.about(in) {
			switch body := k.Body.(type) {
			case *record.Reply:
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
				if k.Ref != in.Ref && body.Actor != nil && body.Actor.Party != "" {
					a.Claims = append(a.Claims, Attributing{Party: body.Actor.Party, By: partyOf(k.SaidBy), Entries: []record.Ref{k.Ref}})
				}
			case *record.Finding:
				if body.Axis == record.AxisAttribution {
					a.Claims = append(a.Claims, Attributing{Party: body.Party, By: partyOf(k.SaidBy), Found: true, Confidence: body.Confidence, Entries: []record.Ref{k.Ref}})
				}
			}
		}
	}
	a.Value = attributionValue(a.Claims, in.Report.Actor)
	return a
}

// about lists what tells of the event of an incident: the reports of the same
// event, and findings on and replies to them, in the order of the record.
func (b *Bench) about(in *Incident) []*known {
	var list []*known
	for _, ref := range b.sameEvent(in.Ref) {
		if k := b.of(ref); k != nil && !k.retract {
			list = append(list, k)
		}
		for _, k := range b.onReport[ref] {
			switch k.Body.(type) {
			case *record.Finding, *record.Reply:
				list = append(list, k)
			}
		}
	}
	slices.SortStableFunc(list, func(x, y *known) int { return x.position - y.position })
	return list
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
		for _, k := range b.onReport[same[next]] {
			l, ok := k.Body.(*record.Link)
			if !ok || l.Relation != record.RelSameEventAs && l.Relation != record.RelDuplicateOf || b.unlinked[k.Ref] {
				continue
			}
			for _, other := range []record.Ref{l.From, l.To} {
				if !slices.Contains(same, other) {
					same = append(same, other)
				}
			}
		}
	}
	return same
}

// corroborating lists reports of the same event from other sources than those
// before them: another party, body or outlet, and no mere repetition.
func (b *Bench) corroborating(in *Incident) []record.Ref {
	var refs []record.Ref
	var voices []string
	for _, ref := range b.sameEvent(in.Ref) {
		k := b.of(ref)
		if k == nil || k.retract {
			continue
		}
		if _, isReport := k.Body.(*record.Report); !isReport || b.repeats(ref) {
			continue
		}
		who := voiceKey(k)
		if slices.Contains(voices, who) {
			continue
		}
		voices = append(voices, who)
		if ref != in.Ref {
			refs = append(refs, ref)
		}
	}
	return refs
}

// repeats tells that a report repeats another one.
func (b *Bench) repeats(ref record.Ref) bool {
	return slices.ContainsFunc(b.onReport[ref], func(k *known) bool {
		l, ok := k.Body.(*record.Link)
		return ok && l.From == ref && l.Relation == record.RelRepeats && !b.unlinked[k.Ref]
	})
}

// voiceKey tells one source from another: the party that speaks, else who or what.
func voiceKey(k *known) string {
	v := k.SaidBy
	switch {
	case v == nil:
		return "author:" + k.Author
	case v.Party != "":
		return "party:" + v.Party
	case v.Person != "":
		return "person:" + v.Person
	case v.Document != "":
		return "document:" + string(v.Document)
	}
	for _, t := range []record.Text{v.Institution, v.Name, v.Anonymous} {
		if s, _ := t.In("en"); s != "" {
			return "voice:" + s
		}
	}
	return "author:" + k.Author
}

// SameEvent lists the other reports that links join with a report as telling of one
// event, those that were taken back left out.
func (b *Bench) SameEvent(ref record.Ref) []Item {
	var items []Item
	for _, other := range b.sameEvent(ref)[1:] {
		if k := b.of(other); k != nil && !k.retract && k.Kind == record.KindReport {
			items = append(items, b.item(k))
		}
	}
	return items
}
