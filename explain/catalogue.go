// Package explain owns the sentences: from the judge's steps, states and rulings to
// whole sentences in English, Russian, Ukrainian and Chinese, from message
// catalogues. Messages are whole sentences, never glued from words; names stand in
// the nominative. It decides nothing.
package explain

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/truth"
)

//go:embed messages
var messageFiles embed.FS

// Languages lists the languages, by code. None ranks before another.
func Languages() []string { return []string{"en", "ru", "uk", "zh"} }

// Reviewed tells whether a lawyer who speaks the language has reviewed its
// sentences; see messages/REVIEW.md.
func Reviewed(string) bool { return false }

// Formatter writes an argument of a message in a language. format is what stands
// behind the bar: {party|party}. An unknown format gives the value as it is.
type Formatter interface {
	Format(lang, format, value string) string
}

// Catalogue is the messages of all languages, by code. It does not change.
type Catalogue struct {
	messages map[string]map[string][]piece // by language and code
}

// piece is words, or an argument with its format.
type piece struct {
	words, arg, format string
	cases              map[string]string // of a plural
}

// LoadCatalogue reads LANG/*.json: objects of code to message, "{arg}" or
// "{arg|format}" or "{n|plural one=… few=… many=… other=…}" in it (the forms of CLDR;
// "#" in a form stands for the number). Every language must have the same codes with
// the same arguments; the error is a problem.List of all differences.
func LoadCatalogue(fsys fs.FS) (*Catalogue, error) {
	c := &Catalogue{messages: map[string]map[string][]piece{}}
	var problems problem.List
	for _, lang := range Languages() {
		c.messages[lang] = map[string][]piece{}
		files, err := fs.Glob(fsys, path.Join(lang, "*.json"))
		if err != nil || len(files) == 0 {
			problems.Add(problem.Problem{Code: "no-messages", File: lang, What: "there are no messages in this language", Mend: "add " + lang + "/*.json"})
		}
		for _, file := range files {
			c.read(fsys, lang, file, &problems)
		}
	}
	c.compare(&problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Catalogue) read(fsys fs.FS, lang, file string, problems *problem.List) {
	data, err := fs.ReadFile(fsys, file)
	var list map[string]string
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil {
		problems.Add(problem.Problem{Code: "bad-messages", File: file, What: err.Error(), Mend: "the file is one JSON object of code to message"})
		return
	}
	for code, text := range list {
		if _, twice := c.messages[lang][code]; twice {
			problems.Add(problem.Problem{Code: "duplicate-code", File: file, Field: code, What: "the code stands in another file of this language too", Mend: "keep one"})
		}
		pieces, err := parseMessage(text)
		if err != nil {
			problems.Add(problem.Problem{Code: "bad-message", File: file, Field: code, What: err.Error(), Mend: "write {arg}, {arg|format} or {n|plural one=… other=…}"})
		}
		c.messages[lang][code] = pieces
	}
}

// compare finds codes and arguments that some languages lack.
func (c *Catalogue) compare(problems *problem.List) {
	all := map[string]map[string]bool{}
	for _, list := range c.messages {
		for code, pieces := range list {
			if all[code] == nil {
				all[code] = map[string]bool{}
			}
			for _, p := range pieces {
				if p.arg != "" {
					all[code][p.arg] = true
				}
			}
		}
	}
	for code, args := range all {
		for _, lang := range Languages() {
			pieces, ok := c.messages[lang][code]
			if !ok {
				problems.Add(problem.Problem{Code: "no-message", File: lang, Field: code, What: "there is no such message in this language"})
				continue
			}
			for arg := range args {
				if !slices.ContainsFunc(pieces, func(p piece) bool { return p.arg == arg }) {
					problems.Add(problem.Problem{Code: "no-argument", File: lang, Field: code, What: "the message leaves out {" + arg + "}"})
				}
			}
		}
	}
}

func parseMessage(text string) ([]piece, error) {
	var out []piece
	for text != "" {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			return append(out, piece{words: text}), nil
		}
		if i > 0 {
			out = append(out, piece{words: text[:i]})
		}
		j := strings.IndexByte(text[i:], '}')
		if j < 0 {
			return out, fmt.Errorf("an argument is not closed: %s", text[i:])
		}
		arg, format, _ := strings.Cut(text[i+1:i+j], "|")
		p := piece{arg: arg, format: format}
		if forms, ok := strings.CutPrefix(format, "plural "); ok {
			p.format, p.cases = "plural", map[string]string{}
			key := ""
			for _, word := range strings.Fields(forms) {
				if k, w, ok := strings.Cut(word, "="); ok {
					key = k
					p.cases[key] = w
				} else {
					p.cases[key] += " " + word
				}
			}
			if p.cases["other"] == "" {
				return out, fmt.Errorf("the plural of {%s} has no form other=", arg)
			}
		}
		if arg == "" {
			return out, fmt.Errorf("an argument has no name: %s", text[i:i+j+1])
		}
		out = append(out, p)
		text = text[i+j+1:]
	}
	return out, nil
}

// Has tells whether there is a message.
func (c *Catalogue) Has(code string) bool {
	_, ok := c.messages[Languages()[0]][code]
	return ok
}

// Codes lists every code, sorted.
func (c *Catalogue) Codes() []string {
	var list []string
	for code := range c.messages[Languages()[0]] {
		list = append(list, code)
	}
	slices.Sort(list)
	return list
}

// Say gives a message with its arguments. An unknown code comes out in brackets, an
// unknown language in English; neither fails.
func (c *Catalogue) Say(lang, code string, args truth.Args, f Formatter) string {
	list := c.messages[lang]
	if list == nil {
		lang = "en"
		list = c.messages[lang]
	}
	pieces, ok := list[code]
	if !ok {
		return "[" + code + "]"
	}
	var b strings.Builder
	for _, p := range pieces {
		switch {
		case p.arg == "":
			b.WriteString(p.words)
		case p.format == "":
			b.WriteString(args[p.arg])
		case p.format == "plural":
			b.WriteString(pluralForm(lang, args[p.arg], p.cases))
		case f == nil:
			b.WriteString(args[p.arg])
		default:
			b.WriteString(f.Format(lang, p.format, args[p.arg]))
		}
	}
	return b.String()
}

// pluralForm chooses the form of a number by the rules of CLDR.
func pluralForm(lang, number string, cases map[string]string) string {
	n, err := strconv.Atoi(number)
	form := "other"
	if err == nil {
		tag := language.Make(lang)
		form = map[plural.Form]string{plural.One: "one", plural.Few: "few", plural.Many: "many", plural.Two: "two", plural.Zero: "zero"}[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]
	}
	text, ok := cases[form]
	if !ok {
		text = cases["other"]
	}
	return strings.ReplaceAll(text, "#", number)
}
