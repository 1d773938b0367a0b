package explain

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
)

// Text gives a text in a language and tells which it really is in: see
// [record.Text.In]. It is never translated.
func (s *Speaker) Text(lang string, t map[string]string) (text, actual string) {
	return record.Text(t).In(lang)
}

// words is the text alone.
func (s *Speaker) words(lang string, t record.Text) string {
	text, _ := t.In(lang)
	return text
}

// Party gives a party's short name; its code where the case has none. So it is
// with the methods below.
func (s *Speaker) Party(lang, code string) string {
	name, _ := s.c.PartyShort(code, lang)
	return name
}

// Agreement gives an agreement's title.
func (s *Speaker) Agreement(lang, id string) string {
	title, _ := s.c.AgreementTitle(id, lang)
	return title
}

// Person gives a person's name.
func (s *Speaker) Person(lang, id string) string {
	name, _ := s.c.PersonName(id, lang)
	return name
}

// Area gives an area's name, by its id or as terms name it: "area:ID", "line:ID".
func (s *Speaker) Area(lang, id string) string {
	id = strings.TrimPrefix(id, "area:")
	if label, isZone := strings.CutPrefix(id, "zone:"); isZone {
		return s.tell(lang, "zone", "label", label)
	}
	line, ok := strings.CutPrefix(id, "line:")
	if !ok {
		name, _ := s.c.AreaName(id, lang)
		return name
	}
	if code := "line." + line; s.catalogue.Has(code) {
		return s.tell(lang, code)
	}
	return s.tell(lang, "line", "id", line)
}

// Test names what a test of a ruling asks: "actor", "exception:1x".
func (s *Speaker) Test(lang, name string) string {
	name, label, _ := strings.Cut(name, ":")
	if code := "test." + name; s.catalogue.Has(code) {
		if label == "" {
			return s.tell(lang, code)
		}
		return s.tell(lang, code, "label", label)
	}
	return "[" + name + "]"
}

// Branch gives the name of a branch of a taxonomy: "acts", "weapons", "objects",
// "domains" or "deeds".
func (s *Speaker) Branch(lang, taxonomy, path string) string {
	var t *agreement.Taxonomy
	switch all := agreement.Taxonomies(); taxonomy {
	case "acts":
		t = all.Acts
	case "weapons":
		t = all.Weapons
	case "objects":
		t = all.Objects
	case "domains":
		t = all.Domains
	case "deeds":
		t = all.Deeds
	default:
		return path
	}
	return t.Name(path, speakable(lang))
}

// owed names what is given, moved or withdrawn: a sort of people or things, a branch of
// the weapons or objects, a definition, an area. What is none of them stands as it is.
func (s *Speaker) owed(lang, what string) string {
	if s.catalogue.Has("word." + what) {
		return s.tell(lang, "word."+what)
	}
	if label, isDefinition := strings.CutPrefix(what, "def:"); isDefinition {
		return s.tell(lang, "definition", "label", label)
	}
	for _, taxonomy := range []string{"weapons", "objects"} {
		if name := s.Branch(lang, taxonomy, what); name != what {
			return name
		}
	}
	return s.Area(lang, what)
}

// Reader names who reads an agreement so: the text itself, or a holder.
func (s *Speaker) Reader(lang, by string) string {
	if by == judge.Text {
		return s.tell(lang, "reader.text")
	}
	return s.tell(lang, "reader.party", "party", by)
}

// side names who says something: a party, or a source that speaks for none.
func (s *Speaker) side(lang, code string) string {
	if code == "" {
		return s.tell(lang, "attribution.no-party")
	}
	return s.Party(lang, code)
}

// rank orders the parties of the case by short name, as the language collates.
func (s *Speaker) rank(lang string) map[string]int {
	codes := s.c.PartyCodes()
	order := collate.New(tags[lang])
	slices.SortStableFunc(codes, func(x, y string) int {
		return order.CompareString(s.Party(lang, x), s.Party(lang, y))
	})
	rank := make(map[string]int, len(codes))
	for i, code := range codes {
		rank[code] = i
	}
	return rank
}

// SortParties sorts codes by the parties' short names, as the language collates;
// codes that the case does not know come last. It gives a new slice.
func (s *Speaker) SortParties(lang string, codes []string) []string {
	rank := s.order[speakable(lang)]
	out := slices.Clone(codes)
	slices.SortStableFunc(out, func(x, y string) int {
		rx, knownX := rank[x]
		ry, knownY := rank[y]
		switch {
		case knownX && knownY:
			return cmp.Compare(rx, ry)
		case knownX:
			return -1
		case knownY:
			return 1
		}
		return cmp.Compare(x, y)
	})
	return out
}

// Voice names who says something, with office and party, on whom they rely, and
// by what way the word came. Without a voice it is the way alone.
func (s *Speaker) Voice(lang string, v *record.Voice, through *record.Channel) string {
	out := ""
	if v != nil {
		out = s.who(lang, v)
		if v.Citing != nil {
			out = s.tell(lang, "voice.citing", "who", out, "cited", s.Voice(lang, v.Citing, nil))
		}
	}
	if through == nil {
		return out
	}
	outlet, occasion := through.Outlet, s.words(lang, through.Occasion)
	switch {
	case out == "" && outlet != "":
		return s.tell(lang, "voice.outlet", "outlet", outlet)
	case outlet != "" && occasion != "":
		return s.tell(lang, "voice.through-both", "who", out, "outlet", outlet, "occasion", occasion)
	case outlet != "":
		return s.tell(lang, "voice.through", "who", out, "outlet", outlet)
	case occasion != "" && out != "":
		return s.tell(lang, "voice.occasion", "who", out, "occasion", occasion)
	}
	return out
}

// who names a voice without whom it relies on.
func (s *Speaker) who(lang string, v *record.Voice) string {
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	switch {
	case v.Person != "":
		add(s.Person(lang, v.Person))
	case len(v.Name) > 0:
		add(s.words(lang, v.Name))
	case len(v.Institution) > 0:
		add(s.words(lang, v.Institution))
	case len(v.Anonymous) > 0:
		add(s.tell(lang, "voice.anonymous", "who", s.words(lang, v.Anonymous)))
	case v.Document != "":
		add(s.tell(lang, "voice.document", "title", s.document(lang, v.Document), "ref", string(v.Document)))
	}
	add(s.words(lang, v.Office))
	if v.Party != "" {
		add(s.Party(lang, v.Party))
	}
	return strings.Join(parts, s.tell(lang, "voice.join"))
}

// document gives the title of a source, else its publisher, else "".
func (s *Speaker) document(lang string, ref record.Ref) string {
	e := s.c.Entry(ref)
	if e == nil {
		return ""
	}
	source, ok := e.Envelope.Entry.Body.(*record.Source)
	if !ok {
		return ""
	}
	if title := s.words(lang, source.Title); title != "" {
		return title
	}
	return s.words(lang, source.Publisher)
}
