// Package explain owns the sentences: from the judge's steps, states and rulings to
// whole sentences in English, Russian, Ukrainian and Chinese, from message
// catalogues. Messages are whole sentences, never glued from words; names stand in
// the nominative. It decides nothing.
package explain

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/truceline/truceline/truth"
)

//go:embed messages
var messageFiles embed.FS

// Languages lists the languages, by code. None ranks before another. The slice is
// the caller's own.
func Languages() []string { return []string{"en", "ru", "uk", "zh"} }

// Reviewed tells whether a lawyer who speaks the language has reviewed its
// sentences; see messages/REVIEW.md.
func Reviewed(string) bool { return false }

// speakable gives the language itself, its base ("zh" for "zh-Hant"), or English
// for a language that the product does not speak.
func speakable(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "en", "ru", "uk", "zh":
		return base
	}
	return "en"
}

// Catalogue is messages by code, the same codes in every language. It is
// read-only once loaded and may be used from several goroutines.
//
// A message is one or more whole sentences with placeholders:
//
//	{name}                    the argument as it stands
//	{party|party}             the argument as the Formatter writes it in that format
//	{n|number}                a number with the separators of the language
//	{n|plural one=# day other=# days}
//	                          by CLDR's rules for whole and decimal numbers; # is the number.
//	                          Each language gives the categories that it has.
//	[ Rest of it: {x}.]       left out unless every argument in it is there and not
//	                          empty; brackets without a placeholder are plain text
type Catalogue struct {
	messages map[string]map[string]*template // by language and code
}

// Formatter writes an argument of a message in a language. format is what stands
// behind the bar: {party|party}. An unknown format gives the value as it is.
type Formatter interface {
	Format(lang, format, value string) string
}

// LoadCatalogue reads LANGUAGE/*.json of every language of the product: objects of
// code and message. The error joins every fault: files that cannot be read, codes
// that a language lacks or that stand twice, messages that cannot be parsed or
// whose placeholders differ from those of another language.
func LoadCatalogue(fsys fs.FS) (*Catalogue, error) {
	c := &Catalogue{messages: map[string]map[string]*template{}}
	var faults []error
	for _, lang := range Languages() {
		messages, errs := loadLanguage(fsys, lang)
		c.messages[lang] = messages
		faults = append(faults, errs...)
	}
	faults = append(faults, c.differences()...)
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return c, nil
}

// Count gives how many messages a language has.
func (c *Catalogue) Count(lang string) int { return len(c.messages[lang]) }

func loadLanguage(fsys fs.FS, lang string) (messages map[string]*template, faults []error) {
	messages = map[string]*template{}
	files, err := fs.Glob(fsys, lang+"/*.json")
	if err != nil || len(files) == 0 {
		return messages, []error{fmt.Errorf("%s: no file of messages: write %s", lang, path.Join(lang, "NAME.json"))}
	}
	in := map[string]string{} // the file of each code
	for _, name := range files {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		pairs, err := readPairs(data)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
		}
		for _, p := range pairs {
			if other, twice := in[p.code]; twice {
				faults = append(faults, fmt.Errorf("%s: %q stands twice, here and in %s: keep one", name, p.code, other))
				continue
			}
			in[p.code] = name
			t, err := parseTemplate(lang, p.text)
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: %q: %w", name, p.code, err))
				continue
			}
			messages[p.code] = t
		}
	}
	return messages, faults
}

type pair struct{ code, text string }

// readPairs reads one JSON object of strings, in its order, repeated keys included.
func readPairs(data []byte) ([]pair, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, fmt.Errorf("a file of messages is one JSON object of code and message")
	}
	var pairs []pair
	for d.More() {
		code, err := d.Token()
		if err != nil {
			return pairs, fmt.Errorf("at byte %d: %w", d.InputOffset(), err)
		}
		text, err := d.Token()
		if err != nil {
			return pairs, fmt.Errorf("at byte %d: %w", d.InputOffset(), err)
		}
		s, ok := text.(string)
		if !ok {
			return pairs, fmt.Errorf("%q: a message is a string", code)
		}
		pairs = append(pairs, pair{fmt.Sprint(code), s})
	}
	if _, err := d.Token(); err != nil {
		return pairs, fmt.Errorf("at byte %d: %w", d.InputOffset(), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return pairs, fmt.Errorf("at byte %d: something follows the object", d.InputOffset())
	}
	return pairs, nil
}

// differences tells what one language has and another has not.
func (c *Catalogue) differences() []error {
	var faults []error
	for _, code := range c.Codes() {
		var first string
		var want []string
		for _, lang := range Languages() {
			t := c.messages[lang][code]
			if t == nil {
				faults = append(faults, fmt.Errorf("%s: %s: there is no such message in this language", lang, code))
				continue
			}
			have := t.placeholders()
			if first == "" {
				first, want = lang, have
				continue
			}
			if !slices.Equal(have, want) {
				faults = append(faults, fmt.Errorf("%s: %q asks for {%s}, in %s for {%s}", lang, code, strings.Join(have, "} {"), first, strings.Join(want, "} {")))
			}
		}
	}
	return faults
}

// Codes lists the codes of all messages, sorted.
func (c *Catalogue) Codes() []string {
	all := map[string]bool{}
	for _, messages := range c.messages {
		for code := range messages {
			all[code] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Has tells whether there is a message of a code.
func (c *Catalogue) Has(code string) bool { return c.messages["en"][code] != nil }

// Say gives a message with its placeholders filled. A language that the product
// does not speak is answered in English. An unknown code comes out as the code in
// square brackets, an argument that is missing as its name in them; nothing
// panics. f may be nil: arguments of its formats then stand as they are.
func (c *Catalogue) Say(lang, code string, args truth.Args, f Formatter) string {
	lang = speakable(lang)
	t := c.messages[lang][code]
	if t == nil {
		return "[" + code + "]"
	}
	if len(t.segments) == 1 && len(t.segments[0].parts) == 1 && t.segments[0].parts[0].name == "" {
		return t.segments[0].parts[0].text
	}
	var b strings.Builder
	for i := range t.segments {
		if s := &t.segments[i]; !s.optional || s.filled(args) {
			for j := range s.parts {
				s.parts[j].say(&b, lang, args, f)
			}
		}
	}
	return b.String()
}

// filled tells whether every argument that a segment names is there.
func (s *segment) filled(args truth.Args) bool {
	for i := range s.parts {
		if name := s.parts[i].name; name != "" && args[name] == "" {
			return false
		}
	}
	return true
}

func (p *part) say(b *strings.Builder, lang string, args truth.Args, f Formatter) {
	if p.name == "" {
		text := p.text
		if strings.HasSuffix(b.String(), ".") {
			text = strings.TrimPrefix(text, ".") // one full stop where an abbreviation ends a sentence: "2025 г."
		}
		b.WriteString(text)
		return
	}
	value, ok := args[p.name]
	switch {
	case !ok:
		b.WriteString("[" + p.name + "]")
	case p.format == "plural":
		p.plural(b, lang, value)
	case p.format == "number":
		b.WriteString(number(lang, value))
	case p.format == "" || f == nil:
		b.WriteString(value)
	default:
		b.WriteString(f.Format(lang, p.format, value))
	}
}
