package casefile

import (
	"fmt"

	"github.com/truceline/truceline/record"
)

// sort is what an entry names beside other entries.
type sort string

// The sorts of name.
const (
	aParty     sort = "party"
	aPerson    sort = "person"
	anArea     sort = "area"
	aSeries    sort = "series of contacts"
	anAccord   sort = "agreement"
	aVersion   sort = "version"
	aClause    sort = "clause"
	aCondition sort = "condition"
	anAct      sort = "act"
	aWeapon    sort = "weapon"
	anObject   sort = "object"
	aDomain    sort = "domain"
)

// name is something that an entry names, with the field in which it does.
type name struct {
	sort  sort
	field string // "body.stances[0].party"
	value string
	of    string // of a version, clause or condition: the agreement
	ver   string // of a clause: the version, where one is named
}

// namer gathers the names of one entry.
type namer struct{ list []name }

func (n *namer) add(s sort, field, value string) {
	if value != "" {
		n.list = append(n.list, name{sort: s, field: field, value: value})
	}
}

func (n *namer) each(s sort, field string, values []string) {
	for i, v := range values {
		n.add(s, fmt.Sprintf("%s[%d]", field, i), v)
	}
}

// namesOf lists the names in an entry, in no other order than its fields'. The
// fields of the entry that a correction holds begin with "body.entry.".
func namesOf(e *record.Entry) []name {
	n := &namer{}
	n.entry("", e)
	return n.list
}

func (n *namer) entry(at string, e *record.Entry) {
	n.voice(at+"said_by", e.SaidBy)
	at += "body."
	switch b := e.Body.(type) {
	case *record.Reading:
		n.add(anAccord, at+"agreement", b.Agreement)
		n.add(aParty, at+"holder", b.Holder)
	case *record.Statement:
		n.statement(at, b)
	case *record.Act:
		n.act(at, b)
	case *record.Report:
		n.report(at, b)
	case *record.Finding:
		n.add(aParty, at+"party", b.Party)
		n.add(anAccord, at+"agreement", b.Agreement)
		n.clause(at+"clause", b.Agreement, "", b.Clause)
	case *record.Ruling:
		n.add(anAccord, at+"agreement", b.Agreement)
		n.clause(at+"clause", b.Agreement, "", b.Clause)
	case *record.Request:
		n.add(aParty, at+"of", b.Of)
	case *record.Reply:
		n.add(aParty, at+"party", b.Party)
		if b.Attributes != nil {
			n.add(aParty, at+"attributes.party", b.Attributes.Party)
		}
	case *record.Message:
		n.add(aParty, at+"from", b.From)
		n.add(aParty, at+"to", b.To)
	case *record.Dissent:
		n.add(aParty, at+"party", b.Party)
	case *record.Correction:
		n.entry(at+"entry.", &b.Entry)
	default:
		n.figures(at, e.Body)
	}
}

// figures takes the kinds that tell of contacts, exchanges, aid and ground.
func (n *namer) figures(at string, body record.Body) {
	switch b := body.(type) {
	case *record.Tally:
		n.add(anAccord, at+"agreement", b.Agreement)
		n.add(aParty, at+"against", b.Against)
		n.each(anArea, at+"places", b.Places)
	case *record.Contact:
		n.add(aSeries, at+"series", b.Series)
		for i := range b.Between {
			n.voice(fmt.Sprintf("%sbetween[%d]", at, i), &b.Between[i])
		}
		n.place(at+"place", b.Place)
	case *record.Exchange:
		for i, m := range b.Moves {
			n.add(aParty, fmt.Sprintf("%smoves[%d].from", at, i), m.From)
			n.add(aParty, fmt.Sprintf("%smoves[%d].to", at, i), m.To)
		}
		n.each(aParty, at+"mediators", b.Mediators)
	case *record.Flow:
		n.add(aParty, at+"provider", b.Provider)
		n.add(aParty, at+"receiver", b.Receiver)
	case *record.Control:
		n.add(aParty, at+"holder", b.Holder)
		n.each(anArea, at+"areas", b.Areas)
	case *record.Coverage:
		n.each(anArea, at+"areas", b.Areas)
		n.add(aParty, at+"refused", b.Refused)
	}
}

func (n *namer) voice(at string, v *record.Voice) {
	for ; v != nil; v, at = v.Citing, at+".citing" {
		n.add(aParty, at+".party", v.Party)
		n.add(aPerson, at+".person", v.Person)
	}
}

func (n *namer) clause(field, agreement, version, label string) {
	if label != "" && agreement != "" {
		n.list = append(n.list, name{aClause, field, label, agreement, version})
	}
}

func (n *namer) bearing(at string, b record.Bearing) {
	n.add(anAccord, at+"agreement", b.Agreement)
	if b.Version != "" {
		n.list = append(n.list, name{aVersion, at + "version", b.Version, b.Agreement, ""})
	}
	if b.Condition != "" {
		n.list = append(n.list, name{aCondition, at + "condition", b.Condition, b.Agreement, ""})
	}
	n.clause(at+"clause", b.Agreement, b.Version, b.Clause)
}

func (n *namer) statement(at string, b *record.Statement) {
	for i, x := range b.About {
		n.bearing(fmt.Sprintf("%sabout[%d].", at, i), x)
	}
	for i, x := range b.Stances {
		n.bearing(fmt.Sprintf("%sstances[%d].", at, i), x.Bearing)
		n.add(aParty, fmt.Sprintf("%sstances[%d].party", at, i), x.Party)
	}
	for i, x := range b.Claims {
		n.bearing(fmt.Sprintf("%sclaims[%d].", at, i), x.Bearing)
	}
	if b.Promise != nil {
		n.each(aParty, at+"promise.parties", b.Promise.Parties)
		n.add(aSeries, at+"promise.series", b.Promise.Series)
	}
	if b.NoneBetween != nil {
		n.add(aSeries, at+"none_between.series", b.NoneBetween.Series)
	}
}

func (n *namer) act(at string, b *record.Act) {
	n.bearing(at, b.Bearing)
	n.add(aParty, at+"party", b.Party)
	n.each(aParty, at+"to", b.To)
	n.add(anAccord, at+"by", b.By)
	for i, label := range b.Clauses {
		n.clause(fmt.Sprintf("%sclauses[%d]", at, i), b.Agreement, b.Version, label)
	}
}

func (n *namer) report(at string, b *record.Report) {
	n.add(anAct, at+"act", b.Act)
	n.add(aWeapon, at+"weapon", b.Weapon)
	n.each(anObject, at+"objects", b.Objects)
	n.add(aDomain, at+"domain", b.Domain)
	if b.Actor != nil {
		n.add(aParty, at+"actor.party", b.Actor.Party)
	}
	n.place(at+"place", b.Place)
	n.place(at+"origin", b.Origin)
	for i, near := range b.Near {
		n.add(anObject, fmt.Sprintf("%snear[%d].to", at, i), near.To)
	}
}

func (n *namer) place(at string, p *record.Place) {
	if p != nil {
		n.each(anArea, at+".within", p.Within)
	}
}

// conditionsOf lists the conditions that an entry sets, by agreement.
func conditionsOf(e *record.Entry, add func(agreement string, c record.Condition)) {
	switch b := e.Body.(type) {
	case *record.Statement:
		for _, s := range b.Stances {
			for _, c := range s.Conditions {
				add(s.Agreement, c)
			}
		}
	case *record.Act:
		for _, c := range b.Conditions {
			add(b.Agreement, c)
		}
	case *record.Correction:
		conditionsOf(&b.Entry, add)
	}
}
