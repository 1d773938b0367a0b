// Package people knows who is who in a case: names in all their spellings and scripts, the
// offices that people held as the record tells them, and where they are mentioned. It finds
// a person by any spelling or transliteration and never chooses between two.
package people

import (
	"cmp"
	"slices"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/record"
)

// Person is somebody of the case's table, with what the record tells.
type Person struct {
	ID       string      `json:"id"`
	Name     record.Text `json:"name"`
	Also     []string    `json:"also"`     // other spellings met in sources
	Latin    []Form      `json:"latin"`    // of the Cyrillic names, by system
	Parties  []string    `json:"parties"`  // for which the record has them speak or meet
	Offices  []Office    `json:"offices"`  // in the order in which the record first tells them
	Mentions []Mention   `json:"mentions"` // in the order of the record
}

// Form is a name in Latin letters by a system.
type Form struct {
	System System `json:"system"`
	Name   string `json:"name"`
}

// Office is an office that entries give to a person.
type Office struct {
	Office record.Text  `json:"office"`
	Party  string       `json:"party,omitempty"`
	First  string       `json:"first"` // the time of the first entry that tells it, EDTF
	Last   string       `json:"last"`
	Refs   []record.Ref `json:"entries"`
}

// Mention is an entry that names a person.
type Mention struct {
	Ref      record.Ref  `json:"ref"`
	Kind     record.Kind `json:"kind"`
	Happened string      `json:"happened"`
	As       string      `json:"as"` // "speaker", "cited" or "met"
}

// Table is the people of a case.
type Table struct {
	People []Person // by id
	index  []spelling
	sides  []side
}

// side is a name of a party.
type side struct {
	code  string
	words []word
}

// spelling is one name of a person, word by word.
type spelling struct {
	person int
	whole  string
	words  []word
}

// word is a word of a name with the forms by which it is compared.
type word struct {
	text   string
	sounds []string
	stem   []string // sounds of the Cyrillic stem
}

// Of gathers the people of a case.
func Of(c *casefile.Case) *Table {
	t := &Table{People: []Person{}}
	at := map[string]int{}
	for _, id := range sortedIDs(c) {
		p := c.People[id]
		at[id] = len(t.People)
		q := Person{ID: id, Name: p.Name, Also: append([]string{}, p.Also...), Latin: []Form{}, Parties: []string{}, Offices: []Office{}, Mentions: []Mention{}}
		for _, lang := range []string{"uk", "ru"} {
			if name := p.Name[lang]; name != "" {
				for _, by := range Systems(lang) {
					q.Latin = append(q.Latin, Form{by, Latin(name, by)})
				}
			}
		}
		t.People = append(t.People, q)
		t.learn(at[id])
	}
	for _, code := range c.PartyCodes() {
		p := c.Parties[code]
		for _, names := range []record.Text{p.Name, p.Short} {
			for _, lang := range sortedKeys(names) {
				t.sides = append(t.sides, side{code, wordsOf(names[lang])})
			}
		}
	}
	envs := make([]record.Envelope, len(c.Entries))
	for i := range c.Entries {
		envs[i] = c.Entries[i].Envelope
	}
	held := record.Hold(envs, 0)
	for i := range held {
		if e := &held[i].Entry; held[i].Stands() {
			t.mention(at, e, e.SaidBy, "speaker")
			if b, ok := e.Body.(*record.Contact); ok {
				for j := range b.Between {
					t.mention(at, e, &b.Between[j], "met")
				}
			}
		}
	}
	return t
}

func sortedIDs(c *casefile.Case) []string {
	list := make([]string, 0, len(c.People))
	for id := range c.People {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

// mention notes that an entry names a person, and the office it gives.
func (t *Table) mention(at map[string]int, e *record.Entry, v *record.Voice, as string) {
	if v == nil {
		return
	}
	if v.Citing != nil {
		t.mention(at, e, v.Citing, "cited")
	}
	i, ok := at[v.Person]
	if !ok {
		return
	}
	p := &t.People[i]
	p.Mentions = append(p.Mentions, Mention{e.Ref, e.Kind, e.Happened, as})
	if v.Party != "" && !slices.Contains(p.Parties, v.Party) {
		p.Parties = append(p.Parties, v.Party)
	}
	if len(v.Office) == 0 {
		return
	}
	name, _ := v.Office.In("en")
	for j := range p.Offices {
		o := &p.Offices[j]
		if had, _ := o.Office.In("en"); had == name && o.Party == v.Party {
			o.Refs = append(o.Refs, e.Ref)
			o.First, o.Last = earlier(o.First, e.Happened), later(o.Last, e.Happened)
			return
		}
	}
	p.Offices = append(p.Offices, Office{v.Office, v.Party, e.Happened, e.Happened, []record.Ref{e.Ref}})
}

// earlier and later compare EDTF by its letters, which sorts days rightly; what has no
// time is passed over.
func earlier(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

func later(a, b string) string { return max(a, b) }

// learn enters all spellings of a person.
func (t *Table) learn(i int) {
	p := &t.People[i]
	add := func(name string) {
		if name != "" {
			t.index = append(t.index, spelling{i, fold(name), wordsOf(name)})
		}
	}
	for _, lang := range sortedKeys(p.Name) {
		add(p.Name[lang])
	}
	for _, also := range p.Also {
		add(also)
	}
	for _, f := range p.Latin {
		add(f.Name)
	}
}

func sortedKeys(t record.Text) []string {
	list := make([]string, 0, len(t))
	for k := range t {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// Party gives the code of the party that a name is one of, in any language, script or case;
// empty where it is none, or that of several.
func (t *Table) Party(name string) string {
	want, code := wordsOf(name), ""
	for _, s := range t.sides {
		if !slices.EqualFunc(want, s.words, func(a, b word) bool { return a.likens(b) == 3 }) || s.code == code {
			continue
		}
		if code != "" {
			return ""
		}
		code = s.code
	}
	return code
}

// Get gives a person by id.
func (t *Table) Get(id string) (Person, bool) {
	i, ok := slices.BinarySearchFunc(t.People, id, func(p Person, id string) int { return cmp.Compare(p.ID, id) })
	if !ok {
		return Person{}, false
	}
	return t.People[i], true
}
