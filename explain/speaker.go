package explain

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/record"
	"github.com/truceline/truceline/truth"
)

// Speaker writes sentences about one case. It may be used from several goroutines.
// None of its methods fails: what has no word comes out as its code in brackets.
type Speaker struct {
	c         *casefile.Case
	catalogue *Catalogue

	order      map[string]map[string]int  // by language: the rank of each party's short name
	questions  map[line]record.Text       // of the doubts in terms
	undrawn    map[[2]string]record.Text  // by file and name, and by "" and name: why it is not drawn
	needed     map[string]record.Strength // by precondition; "" where readings ask for different ones
	conditions map[string]record.Text     // by condition, as first worded
	narrow     map[[2]string]bool         // by agreement and reading: every prohibition names objects, or does not bind every party
	bans       map[string]bool            // by agreement: somebody reads a prohibition into it
}

// line is a line of a file.
type line struct {
	file string
	line int
}

// New makes a speaker of a case. The error is of the messages in the binary, or
// says that there is no case.
func New(c *casefile.Case) (*Speaker, error) {
	if c == nil {
		return nil, errors.New("explain: there is no case to speak of")
	}
	sub, err := fs.Sub(messageFiles, "messages")
	if err != nil {
		return nil, err
	}
	catalogue, err := LoadCatalogue(sub)
	if err != nil {
		return nil, err
	}
	s := &Speaker{
		c: c, catalogue: catalogue,
		order:      map[string]map[string]int{},
		questions:  map[line]record.Text{},
		undrawn:    map[[2]string]record.Text{},
		needed:     map[string]record.Strength{},
		conditions: map[string]record.Text{},
		narrow:     map[[2]string]bool{},
		bans:       map[string]bool{},
	}
	for _, lang := range Languages() {
		s.order[lang] = s.rank(lang)
	}
	for _, v := range c.Versions {
		s.keepUndrawn(v.Pos.File, v.Undrawn)
		s.keepTerms(v, judge.Text, nil)
		for _, r := range c.Readings {
			if r.Agreement == v.ID {
				s.keepUndrawn(r.Pos.File, r.Undrawn)
				s.keepTerms(v, r.Holder, r.Reading)
			}
		}
	}
	for i := range c.Entries {
		s.keepConditions(c.Entries[i].Envelope.Entry.Body)
	}
	return s, nil
}

func (s *Speaker) keepUndrawn(file string, undrawn map[string]record.Text) {
	for name, why := range undrawn {
		s.undrawn[[2]string{file, name}] = why
		if _, known := s.undrawn[[2]string{"", name}]; !known {
			s.undrawn[[2]string{"", name}] = why
		}
	}
}

// keepTerms keeps what sentences need of the terms under the text or a reading.
func (s *Speaker) keepTerms(v casefile.Version, by string, r *agreement.Reading) {
	t, err := v.Under(r)
	if err != nil {
		return // the judge answers such a reading with no terms
	}
	narrow := true
	parties := 0
	for _, role := range v.Roles {
		if role == agreement.RoleParty {
			parties++
		}
	}
	for _, p := range t.Prohibitions {
		narrow = narrow && (len(p.Objects) > 0 || len(p.Binds) < parties)
		s.keepQuestions(p.Doubts)
	}
	for _, x := range t.Exceptions {
		s.keepQuestions(x.Doubts)
	}
	s.narrow[[2]string{v.ID, by}] = narrow
	s.bans[v.ID] = s.bans[v.ID] || len(t.Prohibitions) > 0
	if t.Start == nil {
		return
	}
	for _, p := range t.Start.Requires {
		if p.Kind != agreement.RequiresAccepted {
			continue
		}
		strength := p.Strength
		if before, known := s.needed[p.ID()]; known && before != strength {
			strength = ""
		}
		s.needed[p.ID()] = strength
	}
}

func (s *Speaker) keepQuestions(doubts []agreement.Doubt) {
	for _, d := range doubts {
		s.questions[line{d.Pos.File, d.Pos.Line}] = d.Question
	}
}

func (s *Speaker) keepConditions(body record.Body) {
	keep := func(list []record.Condition) {
		for _, c := range list {
			if _, known := s.conditions[c.ID]; !known {
				s.conditions[c.ID] = c.Text
			}
		}
	}
	switch b := body.(type) {
	case *record.Statement:
		for _, x := range b.Stances {
			keep(x.Conditions)
		}
	case *record.Act:
		keep(b.Conditions)
	case *record.Correction:
		s.keepConditions(b.Entry.Body)
	}
}

// Count gives how many messages a language has.
func (s *Speaker) Count(lang string) int { return s.catalogue.Count(lang) }

func (s *Speaker) say(lang, code string, args truth.Args) string {
	return s.catalogue.Say(lang, code, args, s)
}

// Tell says a message by its code, its arguments given as names and values in turn;
// a code that there is none for comes out in brackets.
func (s *Speaker) Tell(lang, code string, pairs ...string) string {
	return s.tell(lang, code, pairs...)
}

// tell says a message of this package, its arguments given as names and values in turn.
func (s *Speaker) tell(lang, code string, pairs ...string) string {
	args := make(truth.Args, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return s.say(lang, code, args)
}

// Format implements Formatter for this package's messages and those of the site.
// Lists hold their values between commas, preconditions between semicolons:
//
//	party parties            short names; no code is a source of no side
//	agreement area areas     titles and names
//	acts weapons objects domains deeds
//	                         branches of that taxonomy
//	branch                   one branch with its taxonomy, "objects:energy/gas"
//	time                     as [Speaker.Time] writes it
//	span                     an instant, or the bounds between which it lies
//	distance                 metres
//	measure                  how much is owed: "at least 300"
//	refs                     references of entries
//	conditions condition counting reader
//	states positions and the closed sets: state, position, strength, classification, ruled,
//	occurrence, condition-state, duty-state (duty-states: several), kind, role, word (words: several), facts (tests),
//	owed: what a duty or withdrawal is of
func (s *Speaker) Format(lang, format, value string) string {
	switch format {
	case "party":
		return s.side(lang, value)
	case "parties":
		return s.list(lang, s.SortParties(lang, fields(value, ",")), s.Party)
	case "agreement":
		return s.Agreement(lang, value)
	case "area", "areas":
		return s.list(lang, fields(value, ","), s.Area)
	case "acts", "weapons", "objects", "domains", "deeds":
		return s.list(lang, fields(value, ","), func(lang, path string) string { return s.Branch(lang, format, path) })
	case "branch":
		taxonomy, path, _ := strings.Cut(value, ":")
		return s.Branch(lang, taxonomy, path)
	case "time":
		return s.Time(lang, value)
	case "span":
		return s.span(lang, value)
	case "distance":
		return s.distance(lang, value)
	case "refs":
		return s.list(lang, fields(value, ","), func(_, ref string) string { return ref })
	case "conditions":
		return s.join(lang, fields(value, ";"), "list.semicolon", s.Precondition)
	case "condition":
		return s.condition(lang, value)
	case "counting":
		return s.Counting(lang, value)
	case "reader":
		return s.Reader(lang, value)
	case "measure":
		return s.measure(lang, value)
	case "duty-states":
		return s.list(lang, fields(value, ","), s.DutyState)
	case "states":
		return s.list(lang, fields(value, ","), s.State)
	case "positions":
		return s.list(lang, fields(value, ","), s.Position)
	case "state", "position", "strength", "classification", "ruled", "occurrence", "condition-state", "kind", "role",
		"duty-state":
		return s.label(lang, format, value)
	case "facts":
		return s.list(lang, fields(value, ","), s.Test)
	case "owed":
		return s.list(lang, fields(value, ","), s.owed)
	case "words":
		return s.list(lang, fields(value, ","), func(lang, word string) string { return s.Format(lang, "word", word) })
	case "word":
		if code := "word." + value; s.catalogue.Has(code) {
			return s.tell(lang, code)
		}
	}
	return value
}

// fields cuts a list at its separators; nothing gives none.
func fields(value, separator string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return string(r) == separator })
}

// list names each value and joins the names as the language does.
func (s *Speaker) list(lang string, values []string, name func(lang, value string) string) string {
	return s.join(lang, values, "list.comma", name)
}

func (s *Speaker) join(lang string, values []string, separator string, name func(lang, value string) string) string {
	if len(values) == 1 {
		return name(lang, values[0])
	}
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = name(lang, v)
	}
	return strings.Join(names, s.tell(lang, separator))
}

// distance writes metres: as metres below 1,000, else as kilometres, to 10 m below
// 10 km and to 100 m below 100 km.
func (s *Speaker) distance(lang, metres string) string {
	n, err := strconv.Atoi(metres)
	if err != nil {
		return metres
	}
	if n < 1000 {
		return s.tell(lang, "distance.metres", "n", metres)
	}
	places := 0
	switch {
	case n < 10_000:
		places = 2
	case n < 100_000:
		places = 1
	}
	km := strconv.FormatFloat(float64(n)/1000, 'f', places, 64)
	if places > 0 {
		km = strings.TrimSuffix(strings.TrimRight(km, "0"), ".")
	}
	return s.tell(lang, "distance.kilometres", "n", km)
}

// label gives the name of a closed value; an unknown one comes out in brackets.
func (s *Speaker) label(lang, group, value string) string {
	if code := group + "." + value; s.catalogue.Has(code) {
		return s.tell(lang, code)
	}
	return "[" + value + "]"
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

// Outcome gives the word for how a test came out: yes, no or maybe.
func (s *Speaker) Outcome(lang string, v truth.Value) string {
	return s.label(lang, "outcome", v.String())
}

// Kind gives the name of a kind of entry.
func (s *Speaker) Kind(lang, value string) string { return s.label(lang, "kind", value) }

// Role gives the name of a role.
func (s *Speaker) Role(lang, value string) string { return s.label(lang, "role", value) }

// Counting names a rule of counting by its text in the terms.
func (s *Speaker) Counting(lang, rule string) string {
	return s.label(lang, "counting", strings.ReplaceAll(rule, " ", "-"))
}
