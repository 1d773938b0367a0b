package explain

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Speaker writes sentences about one case. It may be used from several goroutines.
type Speaker struct {
	c         *casefile.Case
	catalogue *Catalogue
	titles    map[string]record.Text // of agreements, the latest version's
}

// New makes a speaker of a case. The error is of the messages in the binary.
func New(c *casefile.Case) (*Speaker, error) {
	sub, err := fs.Sub(messageFiles, "messages")
	if err != nil {
		return nil, err
	}
	catalogue, err := LoadCatalogue(sub)
	if err != nil {
		return nil, err
	}
	s := &Speaker{c: c, catalogue: catalogue, titles: map[string]record.Text{}}
	for _, v := range c.Versions {
		s.titles[v.ID] = v.Title
	}
	return s, nil
}

func (s *Speaker) say(lang, code string, args truth.Args) string {
	return s.catalogue.Say(lang, code, args, s)
}

// tell says a message of this package, its arguments given as names and values in turn.
func (s *Speaker) tell(lang, code string, pairs ...string) string {
	args := make(truth.Args, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return s.say(lang, code, args)
}

// Text chooses the text in a language: that one, else English, else the first by
// code; and tells which it is.
func (s *Speaker) Text(lang string, t map[string]string) (text, actual string) {
	for _, l := range []string{lang, "en"} {
		if t[l] != "" {
			return t[l], l
		}
	}
	for _, l := range sortedKeys(t) {
		return t[l], l
	}
	return "", ""
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Party gives a party's short name.
func (s *Speaker) Party(lang, code string) string {
	if p, ok := s.c.Parties[code]; ok {
		if name, _ := s.Text(lang, p.Short); name != "" {
			return name
		}
	}
	return code
}

// Agreement gives an agreement's title.
func (s *Speaker) Agreement(lang, id string) string {
	if name, _ := s.Text(lang, s.titles[id]); name != "" {
		return name
	}
	return id
}

// Area gives an area's name; "area:" before the id is allowed.
func (s *Speaker) Area(lang, id string) string {
	id = strings.TrimPrefix(id, "area:")
	if a := s.c.Areas[id]; a != nil {
		if name, _ := s.Text(lang, a.Name); name != "" {
			return name
		}
	}
	if line, ok := strings.CutPrefix(id, "line:"); ok {
		if code := "line." + line; s.catalogue.Has(code) {
			return s.say(lang, code, nil)
		}
		return line
	}
	return id
}

// Person gives a person's name.
func (s *Speaker) Person(lang, id string) string {
	if p, ok := s.c.People[id]; ok {
		if name, _ := s.Text(lang, p.Name); name != "" {
			return name
		}
	}
	return id
}

// Branch gives the name of a branch of a taxonomy: "acts", "weapons", "objects" or
// "domains".
func (s *Speaker) Branch(lang, taxonomy, path string) string {
	t := agreement.Taxonomies()
	tree := map[string]*agreement.Taxonomy{"acts": t.Acts, "weapons": t.Weapons, "objects": t.Objects, "domains": t.Domains}[taxonomy]
	if tree == nil {
		return path
	}
	return tree.Name(path, lang)
}

// SortParties sorts codes by the parties' short names, as the language collates.
func (s *Speaker) SortParties(lang string, codes []string) []string {
	c := collate.New(language.Make(lang))
	out := slices.Clone(codes)
	slices.SortStableFunc(out, func(x, y string) int {
		if k := c.CompareString(s.Party(lang, x), s.Party(lang, y)); k != 0 {
			return k
		}
		return strings.Compare(x, y)
	})
	return out
}

// Format implements Formatter for this package's messages and those of the site.
func (s *Speaker) Format(lang, format, value string) string {
	each := func(sep string, name func(string) string) string {
		var parts []string
		for part := range strings.SplitSeq(value, sep) {
			if part != "" {
				parts = append(parts, name(part))
			}
		}
		return s.list(lang, parts)
	}
	switch format {
	case "party":
		return s.Party(lang, value)
	case "parties":
		return s.list(lang, s.names(lang, s.SortParties(lang, strings.FieldsFunc(value, func(r rune) bool { return r == ',' }))))
	case "time":
		return s.Time(lang, value)
	case "span":
		return s.span(lang, value)
	case "agreement":
		return s.Agreement(lang, value)
	case "area", "areas":
		return each(",", func(id string) string { return s.Area(lang, id) })
	case "acts", "weapons", "objects", "domains":
		return each(",", func(p string) string { return s.Branch(lang, format, p) })
	case "conditions":
		return each(";", func(id string) string { return s.Precondition(lang, id) })
	case "positions":
		return each(",", func(p string) string { return s.Position(lang, p) })
	case "strength":
		return s.Strength(lang, value)
	case "distance":
		return s.distance(lang, value)
	case "word":
		if code := "word." + value; s.catalogue.Has(code) {
			return s.say(lang, code, nil)
		}
	}
	return value
}

func (s *Speaker) names(lang string, codes []string) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = s.Party(lang, c)
	}
	return out
}

// list joins names as the language does.
func (s *Speaker) list(lang string, parts []string) string {
	return strings.Join(parts, s.say(lang, "list.comma", nil))
}

// distance writes metres as metres or kilometres.
func (s *Speaker) distance(lang, metres string) string {
	n, err := strconv.Atoi(metres)
	if err != nil {
		return metres
	}
	if n < 1000 {
		return s.say(lang, "distance.metres", truth.Args{"n": metres})
	}
	km := strconv.FormatFloat(float64(n)/1000, 'f', 1, 64)
	km = strings.TrimSuffix(km, ".0")
	if lang == "ru" || lang == "uk" {
		km = strings.ReplaceAll(km, ".", ",")
	}
	return s.say(lang, "distance.kilometres", truth.Args{"n": km})
}

// label gives the name of a closed value; an unknown one comes out as it is.
func (s *Speaker) label(lang, group, value string) string {
	if code := group + "." + value; s.catalogue.Has(code) {
		return s.say(lang, code, nil)
	}
	return value
}

// State gives the name of a state of an agreement.
func (s *Speaker) State(lang, value string) string { return s.label(lang, "state", value) }

// Position gives the name of a party's position.
func (s *Speaker) Position(lang, value string) string { return s.label(lang, "position", value) }

// Strength gives the name of a strength of acceptance.
func (s *Speaker) Strength(lang, value string) string { return s.label(lang, "strength", value) }

// Classification gives the name of a classification.
func (s *Speaker) Classification(lang, value string) string {
	return s.label(lang, "classification", value)
}

// Occurrence gives the name of a value of the first axis.
func (s *Speaker) Occurrence(lang, value string) string { return s.label(lang, "occurrence", value) }

// AttributionValue gives the name of a value of the third axis.
func (s *Speaker) AttributionValue(lang, value string) string {
	return s.label(lang, "attribution", value)
}

// ConditionState gives the name of the state of a condition.
func (s *Speaker) ConditionState(lang, value string) string {
	return s.label(lang, "condition-state", value)
}

// Kind gives the name of a kind of entry.
func (s *Speaker) Kind(lang, value string) string { return s.label(lang, "kind", value) }

// Role gives the name of a role.
func (s *Speaker) Role(lang, value string) string { return s.label(lang, "role", value) }

// Voice names who says something, and by what way the word came.
func (s *Speaker) Voice(lang string, v *record.Voice, through *record.Channel) string {
	if v == nil {
		return ""
	}
	var parts []string
	text := func(t record.Text) string {
		words, _ := s.Text(lang, t)
		return words
	}
	switch {
	case v.Person != "":
		parts = append(parts, s.Person(lang, v.Person))
	case len(v.Name) > 0:
		parts = append(parts, text(v.Name))
	case len(v.Institution) > 0:
		parts = append(parts, text(v.Institution))
	case len(v.Anonymous) > 0:
		parts = append(parts, s.say(lang, "voice.anonymous", truth.Args{"who": text(v.Anonymous)}))
	case v.Document != "":
		parts = append(parts, s.say(lang, "voice.document", truth.Args{"ref": string(v.Document)}))
	}
	if len(v.Office) > 0 {
		parts = append(parts, text(v.Office))
	}
	if v.Party != "" {
		parts = append(parts, s.Party(lang, v.Party))
	}
	out := strings.Join(parts, s.say(lang, "voice.join", nil))
	if v.Citing != nil {
		out = s.say(lang, "voice.citing", truth.Args{"who": out, "cited": s.Voice(lang, v.Citing, nil)})
	}
	if through == nil {
		return out
	}
	args := truth.Args{"who": out, "outlet": through.Outlet, "occasion": text(through.Occasion)}
	switch {
	case through.Outlet != "" && len(through.Occasion) > 0:
		return s.say(lang, "voice.through-both", args)
	case through.Outlet != "":
		return s.say(lang, "voice.through", args)
	case len(through.Occasion) > 0:
		return s.say(lang, "voice.occasion", args)
	}
	return out
}
