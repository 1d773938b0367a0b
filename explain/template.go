package explain

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
)

// template is a message made ready for saying.
type template struct{ segments []segment }

// segment is a run of a message; an optional one, written in square brackets, is
// left out unless every argument that it names is there.
type segment struct {
	optional bool
	parts    []part
}

// part is plain text, or a placeholder where name is set.
type part struct {
	text   string
	name   string
	format string // "" where the argument stands as it is
	forms  []form // of the format "plural"
}

// form is the text for one plural category, cut at the places of the number.
type form struct {
	category plural.Form
	pieces   []string
}

// categories are the words of CLDR for plural categories.
var categories = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// neededCategories lists the plural categories that a message of a language must
// give: those that its whole numbers fall under, and "other".
func neededCategories(lang string) []string {
	switch lang {
	case "ru", "uk":
		return []string{"one", "few", "many", "other"}
	case "zh":
		return []string{"other"}
	}
	return []string{"one", "other"}
}

// parseTemplate reads a message of a language; see [Catalogue] for the syntax.
func parseTemplate(lang, text string) (*template, error) {
	t := &template{}
	for text != "" {
		from, until := optionalPart(text)
		if from > 0 {
			if err := t.add(lang, text[:from], false); err != nil {
				return nil, err
			}
		}
		if from == until {
			return t, nil
		}
		if err := t.add(lang, text[from+1:until-1], true); err != nil {
			return nil, err
		}
		text = text[until:]
	}
	return t, nil
}

// optionalPart finds the first pair of square brackets with a placeholder between
// them; from == until == len(text) where there is none. Others are plain text.
func optionalPart(text string) (from, until int) {
	for at := 0; ; {
		open := strings.IndexByte(text[at:], '[')
		if open < 0 {
			return len(text), len(text)
		}
		at += open
		length := strings.IndexByte(text[at:], ']')
		if length < 0 {
			return len(text), len(text)
		}
		if strings.IndexByte(text[at:at+length], '{') >= 0 {
			return at, at + length + 1
		}
		at += length
	}
}

func (t *template) add(lang, text string, optional bool) error {
	parts, err := parseParts(lang, text)
	t.segments = append(t.segments, segment{optional, parts})
	return err
}

func parseParts(lang, text string) ([]part, error) {
	var parts []part
	for text != "" {
		open := strings.IndexAny(text, "{}")
		if open < 0 {
			return append(parts, part{text: text}), nil
		}
		if text[open] == '}' {
			return nil, fmt.Errorf("a \"}\" without its \"{\"")
		}
		if open > 0 {
			parts = append(parts, part{text: text[:open]})
		}
		end := strings.IndexByte(text, '}')
		if end < open {
			return nil, fmt.Errorf("an argument is not closed: a \"{\" without its \"}\"")
		}
		p, err := parsePlaceholder(lang, text[open+1:end])
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
		text = text[end+1:]
	}
	return parts, nil
}

func parsePlaceholder(lang, inside string) (part, error) {
	name, format, _ := strings.Cut(inside, "|")
	if !placeholderName(name) {
		return part{}, fmt.Errorf("{%s}: a placeholder is a name of small letters, digits, - and _, with an optional format after \"|\"", inside)
	}
	word, rest, _ := strings.Cut(format, " ")
	if word != "plural" {
		if format != "" && !placeholderName(format) {
			return part{}, fmt.Errorf("{%s}: %q is no format", inside, format)
		}
		return part{name: name, format: format}, nil
	}
	p := part{name: name, format: "plural"}
	for rest = strings.TrimSpace(rest); rest != ""; {
		word, after, ok := strings.Cut(rest, "=")
		category, known := categories[word]
		if !ok || !known {
			return part{}, fmt.Errorf("{%s}: the forms of a plural are written one=… few=… many=… other=…", inside)
		}
		value := after
		rest = ""
		for next := range categories {
			if i := strings.Index(value, " "+next+"="); i >= 0 {
				value, rest = value[:i], after[i+1:]
			}
		}
		p.forms = append(p.forms, form{category, strings.Split(value, "#")})
	}
	for _, word := range neededCategories(lang) {
		if !slices.ContainsFunc(p.forms, func(f form) bool { return f.category == categories[word] }) {
			return part{}, fmt.Errorf("{%s}: the plural lacks the form %q, which %s needs", inside, word, lang)
		}
	}
	return p, nil
}

func placeholderName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '-' {
			return false
		}
	}
	return s != ""
}

// placeholders lists what a message asks for, "name|format", sorted, each once.
func (t *template) placeholders() []string {
	var list []string
	for _, s := range t.segments {
		for _, p := range s.parts {
			if p.name != "" {
				list = append(list, strings.TrimSuffix(p.name+"|"+p.format, "|"))
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
