package record

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// maxDraft is the most bytes of a draft: an entry and what is sealed of it, with room for
// white space and escapes.
const maxDraft = 8 << 20

// ParseDraft reads an entry as its author writes it, bare or with values that are to be
// sealed beside it, by their fields:
//
//	{"entry":{…},"protected":{"said_by.name":{"en":"…"},"body.place":{…}}}
//
// It gives the entry, to whose list of sealed fields nothing is added yet, and the values
// in canonical form, sorted by field, whose salts are still to be drawn. The error is a
// problem.List; line is that of the first byte. No problem quotes a protected value.
func ParseDraft(file string, line int, data []byte) (Entry, []Opening, error) {
	d := &decoder{file: file, line: line, data: data}
	e, openings := d.draft()
	if err := d.problems.Err(); err != nil {
		return Entry{}, nil, err
	}
	return e, openings, nil
}

func (d *decoder) draft() (e Entry, openings []Opening) {
	if len(d.data) > maxDraft {
		d.fault(0, "too-large", "", fmt.Sprintf("the draft has %d bytes", len(d.data)), fmt.Sprintf("at most %d: seal long things as attachments", maxDraft))
		return e, nil
	}
	p := &parser{data: d.data, deep: maxDepth, floats: true}
	n, err := p.whole()
	if err != nil {
		d.broken(err)
		return e, nil
	}
	entry, field := n.member("entry"), ".entry"
	if entry == nil && n.member("kind") != nil {
		entry, field = &n, ""
	}
	for _, f := range p.faults {
		if entry == nil || f.at < entry.at || f.at >= entry.end { // those of the entry are told below
			d.fault(f.at, f.code, "", map[string]string{
				"duplicate-name": "a name stands twice", "bad-number": "a number is not as JSON writes it", "not-utf-8": "a string is not valid UTF-8",
			}[f.code], f.mend)
		}
	}
	if entry != &n {
		if !d.expect(&n, '{', "", "an object") {
			return e, nil
		}
		for _, name := range n.names {
			if name.text != "entry" && name.text != "protected" {
				d.unknown(name, "", []string{"entry", "protected"})
			}
		}
	}
	if entry == nil {
		d.fault(n.at, "missing", "entry", "it is missing", `a draft is an entry, or {"entry":{…},"protected":{"said_by.name":{…}}}`)
		return e, nil
	}
	strict := &parser{data: d.data[:entry.end], i: entry.at, deep: maxDepth}
	whole, err := strict.value()
	for _, f := range strict.faults {
		d.fault(f.at, f.code, field, f.what, f.mend)
	}
	if err != nil {
		d.broken(err)
		return e, nil
	}
	d.entry(&whole, &e, field)
	if protected := n.member("protected"); protected != nil && entry != &n {
		openings = d.protected(protected, &checker{d, &whole, field}, &e)
	}
	return e, openings
}

// broken tells that a draft is no JSON. Where values are protected the parser's own words
// are left out, which may quote one.
func (d *decoder) broken(err *syntaxError) {
	if bytes.Contains(d.data, []byte(`"protected"`)) {
		err = &syntaxError{err.at, err.code, "from here on it is no JSON", "look for a comma, a quotation mark or a bracket that is missing"}
	}
	d.fault(err.at, err.code, "", err.what, err.mend)
}

// protected reads the values that are to be sealed.
func (d *decoder) protected(n *node, entry *checker, e *Entry) (openings []Opening) {
	if !d.expect(n, '{', "protected", "an object of fields") {
		return nil
	}
	if len(n.members) == 0 {
		d.fault(n.at, "empty", "protected", "the object is empty", "leave the field out")
	}
	if some := len(n.members) + len(e.Sealed); some > maxSealedFields {
		d.fault(n.at, "too-many", "protected", fmt.Sprintf("%d fields are sealed", some), fmt.Sprintf("at most %d: seal an object as a whole", maxSealedFields))
	}
	for i := range n.members {
		name, member := n.names[i], &n.members[i]
		field := "protected." + name.text
		value := appendNode(nil, member)
		open := entry.find(name.text)
		switch {
		case !Sealable(name.text):
			d.fault(name.at, "bad-field", "protected", fmt.Sprintf("%.80q cannot be sealed", name.text), `give a path within the entry: "said_by.name", "body.place"; kind, ref, author and sealed stay open`)
		case member.sort == '0':
			d.fault(member.at, "null", field, "null is not used", "leave the field out")
		case len(value) > MaxSealed:
			d.fault(member.at, "too-long", field, fmt.Sprintf("the value has %d bytes", len(value)), fmt.Sprintf("at most %d: seal it as an attachment", MaxSealed))
		case slices.ContainsFunc(e.Sealed, func(s Sealed) bool { return s.Field == name.text }):
			d.fault(name.at, "duplicate", field, "the entry seals that field already", "seal it here or there")
		case open != nil && bytes.Equal(appendNode(nil, open), value):
			d.fault(member.at, "in-the-open", field, "the same value stands in the open, in the entry", "leave it out of the entry, or write a coarser one there")
		default:
			openings = append(openings, Opening{Field: name.text, Value: value})
		}
	}
	slices.SortFunc(openings, func(a, b Opening) int { return strings.Compare(a.Field, b.Field) })
	return openings
}
