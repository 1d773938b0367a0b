package record

import "fmt"

// mention is a reference of another entry, with the field that holds it.
type mention struct {
	field string // "body.stances[0].as_described_by"
	ref   Ref
	kinds []Kind // of the entry that it may name; nil for any
}

// Mentions lists the references of other entries that a body names, in its order.
func Mentions(b Body) []Ref {
	m := &mentioner{}
	m.body("", b)
	var list []Ref
	for _, x := range m.list {
		list = append(list, x.ref)
	}
	return list
}

// mentionsOf lists every reference in an entry, and in the entry that a correction
// puts in another's place.
func mentionsOf(e *Entry) []mention {
	m := &mentioner{}
	m.entry("", e)
	return m.list
}

// mentioner gathers references.
type mentioner struct{ list []mention }

func (m *mentioner) add(field string, ref Ref, kinds ...Kind) {
	if ref != "" {
		m.list = append(m.list, mention{field, ref, kinds})
	}
}

func (m *mentioner) entry(at string, e *Entry) {
	m.voice(at+"said_by", e.SaidBy)
	for i, s := range e.Sources {
		if !isAddress(s) {
			m.add(fmt.Sprintf("%ssources[%d]", at, i), Ref(s), KindSource)
		}
	}
	at += "body."
	m.body(at, e.Body)
	switch b := e.Body.(type) {
	case *Contact:
		for i := range b.Between {
			m.voice(fmt.Sprintf("%sbetween[%d]", at, i), &b.Between[i])
		}
	case *Correction:
		m.entry(at+"entry.", &b.Entry)
	}
}

func (m *mentioner) voice(at string, v *Voice) {
	for ; v != nil; v, at = v.Citing, at+".citing" {
		m.add(at+".document", v.Document, KindSource)
	}
}

// bearing takes the entry whose description of an agreement is meant.
func (m *mentioner) bearing(at string, i int, b Bearing) {
	if b.AsDescribedBy != "" {
		m.add(fmt.Sprintf(at, i)+".as_described_by", b.AsDescribedBy, KindSource, KindStatement)
	}
}

func (m *mentioner) body(at string, b Body) {
	switch b := b.(type) {
	case *Source:
		m.add(at+"within", b.Within, KindSource)
	case *Statement:
		for i, x := range b.About {
			m.bearing(at+"about[%d]", i, x)
		}
		for i, x := range b.Stances {
			m.bearing(at+"stances[%d]", i, x.Bearing)
		}
		for i, x := range b.Claims {
			m.bearing(at+"claims[%d]", i, x.Bearing)
		}
	case *Translation:
		m.add(at+"of", b.Of)
	case *Act:
		m.add(at+"as_described_by", b.AsDescribedBy, KindSource, KindStatement)
	case *Finding:
		m.add(at+"of", b.Of, KindReport, KindAct, KindExchange, KindFlow, KindContact)
	case *Ruling:
		m.add(at+"of", b.Of, KindReport)
	case *Request:
		m.add(at+"on", b.On)
	case *Reply:
		m.add(at+"to", b.To)
	case *Message:
		m.add(at+"answers", b.Answers, KindMessage)
	case *Contact:
		m.add(at+"of", b.Of, KindContact)
	case *Link:
		m.add(at+"from", b.From)
		m.add(at+"to", b.To)
	case *Unlink:
		m.add(at+"link", b.Link, KindLink)
	case *Correction:
		m.add(at+"corrects", b.Corrects)
	case *Retraction:
		m.add(at+"retracts", b.Retracts)
	case *Dissent:
		m.add(at+"about", b.About)
	case *Erasure:
		m.add(at+"of", b.Of)
	case *Handover:
		for i, ref := range b.Open {
			m.add(fmt.Sprintf("%sopen[%d]", at, i), ref)
		}
	}
}
