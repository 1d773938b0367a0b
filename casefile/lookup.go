package casefile

import (
	"github.com/truceline/truceline/record"
)

// Person gives a person of the case's table.
func (c *Case) Person(id string) (Person, bool) {
	p, ok := c.People[id]
	return p, ok
}

// PersonBySpelling gives the person that a spelling leads to, in any language and
// any of the forms met in sources. Case and runs of white space do not matter.
func (c *Case) PersonBySpelling(s string) (Person, bool) {
	want := fold(s)
	for _, id := range sorted(c.People) {
		p := c.People[id]
		for _, name := range p.Name {
			if fold(name) == want {
				return p, true
			}
		}
		for _, also := range p.Also {
			if fold(also) == want {
				return p, true
			}
		}
	}
	return Person{}, false
}

// PartyCodes lists the codes of all parties and other role-holders, sorted.
func (c *Case) PartyCodes() []string { return sorted(c.Parties) }

// PartyName gives the full name of a party in a language and the language used
// (see record.Text.In). A code that the case does not know is its own name, in no
// language; so it is with the methods below.
func (c *Case) PartyName(code, lang string) (name, used string) {
	return nameIn(c.Parties[code].Name, code, lang)
}

// PartyShort gives the short name of a party, as PartyName does.
func (c *Case) PartyShort(code, lang string) (name, used string) {
	return nameIn(c.Parties[code].Short, code, lang)
}

// PersonName gives the name of a person of the table, as PartyName does.
func (c *Case) PersonName(id, lang string) (name, used string) {
	return nameIn(c.People[id].Name, id, lang)
}

// SeriesName gives the name of a series of contacts, as PartyName does.
func (c *Case) SeriesName(id, lang string) (name, used string) {
	return nameIn(c.Series[id].Name, id, lang)
}

// AreaName gives the name of an area, as PartyName does.
func (c *Case) AreaName(id, lang string) (name, used string) {
	if a := c.Areas[id]; a != nil {
		return nameIn(a.Name, id, lang)
	}
	if l := c.Lines[id]; l != nil {
		return nameIn(l.Name, id, lang)
	}
	return id, ""
}

// AgreementTitle gives the title of an agreement in its latest version, as
// PartyName does.
func (c *Case) AgreementTitle(id, lang string) (title, used string) {
	for i := len(c.Versions) - 1; i >= 0; i-- {
		if c.Versions[i].ID == id {
			return nameIn(c.Versions[i].Title, id, lang)
		}
	}
	return id, ""
}

func nameIn(t record.Text, id, lang string) (name, used string) {
	if name, used = t.In(lang); used == "" {
		return id, ""
	}
	return name, used
}
