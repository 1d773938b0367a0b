package draft

import (
	"embed"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/truth"
)

//go:embed lexicon/*.json
var lexicons embed.FS

// lexicon is what words of a language look like. A word stands in lower case and
// matches where a word of the text begins with it; in Chinese anywhere. Deadlines and
// lengths are regular expressions.
type lexicon struct {
	Kinds       map[string][]string `json:"kinds"`
	Who         []string            `json:"who"`
	Where       []string            `json:"where"`
	Deadline    []string            `json:"deadline"`
	Days        []string            `json:"days"`
	Counting    []string            `json:"counting"`
	Vague       []string            `json:"vague"`
	Start       []string            `json:"start"`
	End         []string            `json:"end"`
	Verify      []string            `json:"verify"`
	Consequence []string            `json:"consequence"`

	deadline, days *regexp.Regexp
	anywhere       bool // words match inside of others
}

// Languages are those that drafts are read in.
func Languages() []string { return []string{"en", "ru", "uk", "zh"} }

func readLexicon(language string) (*lexicon, error) {
	data, err := lexicons.ReadFile(path.Join("lexicon", language+".json"))
	if err != nil {
		return nil, err
	}
	l := &lexicon{anywhere: language == "zh"}
	if err := json.Unmarshal(data, l); err != nil {
		return nil, err
	}
	if l.deadline, err = regexp.Compile("(?i)" + strings.Join(l.Deadline, "|")); err != nil {
		return nil, err
	}
	l.days, err = regexp.Compile("(?i)" + strings.Join(l.Days, "|"))
	return l, err
}

// kinds are the sorts of clause in the order in which they are told.
var kinds = []agreement.ClauseKind{
	agreement.KindDefinition, agreement.KindEntryIntoForce, agreement.KindDuration, agreement.KindPhase, agreement.KindProhibition,
	agreement.KindException, agreement.KindWithdrawal, agreement.KindZone, agreement.KindDuty, agreement.KindPower,
	agreement.KindVerification, agreement.KindGuarantee,
}

// Codes lists the codes of the findings.
func Codes() []string {
	return []string{
		"draft-not-formalised", "draft-nothing-said", "draft-no-actor", "draft-no-area", "draft-no-deadline", "draft-no-counting-rule",
		"draft-vague-term", "draft-no-start", "draft-no-end", "draft-no-verification", "draft-no-consequence",
	}
}

// Lint says of each article what sort of clause its words look like and what they
// lack, then what the draft lacks as a whole. The codes:
//
//	draft-not-formalised   info     article, kinds  what its words look like; no terms are written
//	draft-nothing-said     info     article         no rule is recognised in it
//	draft-no-actor         warning  article         it forbids or obliges and names nobody
//	draft-no-area          warning  article         it forbids or withdraws and names no place
//	draft-no-deadline      warning  article         it obliges or withdraws by no time
//	draft-no-counting-rule warning  article, words  days without a rule of counting
//	draft-vague-term       info     article, words  a word that sides will read apart
//	draft-no-start, draft-no-end, draft-no-verification, draft-no-consequence  warning, of the whole
func (d *Draft) Lint() ([]agreement.Finding, error) {
	l, err := readLexicon(d.Language)
	if err != nil {
		return nil, err
	}
	var list []agreement.Finding
	add := func(code, level string, at int, args truth.Args) {
		list = append(list, agreement.Finding{Code: code, Level: level, Pos: agreement.Pos{File: d.File, Line: at, Column: 1}, Args: args})
	}
	whole := ""
	for i := range d.Articles {
		a := &d.Articles[i]
		text := strings.ToLower(a.Text())
		whole += text + "\n"
		name := a.Number
		if name == "" {
			if d.numbered() {
				continue // a title, a preamble or a place for signatures
			}
			name = strconv.Itoa(i + 1)
		}
		found := l.kinds(text)
		if len(found) == 0 {
			add("draft-nothing-said", agreement.LevelInfo, a.At, truth.Args{"article": name})
			continue
		}
		has := func(k agreement.ClauseKind) bool { return slices.Contains(found, k) }
		names := make([]string, len(found))
		for j, k := range found {
			names[j] = string(k)
		}
		add("draft-not-formalised", agreement.LevelInfo, a.At, truth.Args{"article": name, "kinds": strings.Join(names, ", ")})
		rule := has(agreement.KindProhibition) || has(agreement.KindDuty) || has(agreement.KindWithdrawal)
		if rule && !l.any(text, l.Who) {
			add("draft-no-actor", agreement.LevelWarning, a.At, truth.Args{"article": name})
		}
		if (has(agreement.KindProhibition) || has(agreement.KindWithdrawal)) && !l.any(text, l.Where) {
			add("draft-no-area", agreement.LevelWarning, a.At, truth.Args{"article": name})
		}
		if (has(agreement.KindDuty) || has(agreement.KindWithdrawal)) && !l.deadline.MatchString(text) {
			add("draft-no-deadline", agreement.LevelWarning, a.At, truth.Args{"article": name})
		}
		if days := l.days.FindString(text); days != "" && !l.any(text, l.Counting) {
			add("draft-no-counting-rule", agreement.LevelWarning, a.At, truth.Args{"article": name, "words": strings.TrimSpace(days)})
		}
		for _, v := range l.Vague {
			if l.any(text, []string{v}) {
				add("draft-vague-term", agreement.LevelInfo, a.At, truth.Args{"article": name, "words": v})
			}
		}
	}
	for _, x := range []struct {
		code  string
		words []string
	}{{"draft-no-start", l.Start}, {"draft-no-end", l.End}, {"draft-no-verification", l.Verify}, {"draft-no-consequence", l.Consequence}} {
		if !l.any(whole, x.words) {
			add(x.code, agreement.LevelWarning, 1, nil)
		}
	}
	return list, nil
}

// numbered tells that the draft numbers its articles.
func (d *Draft) numbered() bool {
	return slices.ContainsFunc(d.Articles, func(a Article) bool { return a.Number != "" })
}

// kinds lists the sorts of clause that words look like. A duty's words are in most
// sentences: it is told only where nothing more particular is.
func (l *lexicon) kinds(text string) []agreement.ClauseKind {
	var found []agreement.ClauseKind
	for _, k := range kinds {
		if l.any(text, l.Kinds[string(k)]) {
			found = append(found, k)
		}
	}
	if slices.ContainsFunc(found, func(k agreement.ClauseKind) bool {
		return k == agreement.KindProhibition || k == agreement.KindWithdrawal
	}) {
		found = slices.DeleteFunc(found, func(k agreement.ClauseKind) bool { return k == agreement.KindDuty })
	}
	return found
}

// any tells whether one of the words begins somewhere in the text.
func (l *lexicon) any(text string, words []string) bool {
	for _, w := range words {
		for from := 0; ; {
			i := strings.Index(text[from:], w)
			if i < 0 {
				break
			}
			i += from
			if l.anywhere || i == 0 || !isLetter(text[:i]) {
				return true
			}
			from = i + len(w)
		}
	}
	return false
}

var lastLetter = regexp.MustCompile(`[\p{L}\p{N}]$`)

// isLetter tells whether a text ends with a letter or a figure.
func isLetter(text string) bool {
	const longest = 4 // bytes of a letter
	return lastLetter.MatchString(text[max(0, len(text)-longest):])
}
