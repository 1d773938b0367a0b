package web

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/problem"
)

// tokens are the colours of the sheet, in light and in dark.
type tokens struct{ light, dark map[string]string }

// pairs are what must be told apart on the pages: a colour, the one on which it stands, and
// the contrast that it needs (WCAG 2.2: 4.5 for text, 3 for what is drawn).
var pairs = []struct {
	on, under string
	least     float64
}{
	{"--ink", "--paper", 4.5},
	{"--soft", "--paper", 4.5},
	{"--accent", "--paper", 4.5},
	{"--accent-ink", "--accent", 4.5},
	{"--note", "--note-ground", 4.5},
	{"--bar", "--paper", 3},
	{"--ink", "--faint", 4.5},
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssDark    = regexp.MustCompile(`^@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)$`)
)

// readTokens reads a sheet of tokens: blocks of :root, each alone or within the media query
// for dark colours. Anything else is a problem; other rules would change what pages say.
func readTokens(file, text string, take func(dark bool, name, value string, line int)) problem.List {
	text = cssComment.ReplaceAllStringFunc(text, func(c string) string { return strings.Repeat("\n", strings.Count(c, "\n")) })
	var list problem.List
	bad := func(at int, what string) problem.List {
		list.Add(problem.Problem{
			Code: "bad-style", File: file, Line: 1 + strings.Count(text[:at], "\n"), What: what,
			Mend: "write :root { --accent: #0b5f62; }, and the same within @media (prefers-color-scheme: dark) { … }",
		})
		return list
	}
	dark, open := false, false // within the media query; within :root
	for at := 0; ; {
		rest := text[at:]
		i := strings.IndexAny(rest, "{};")
		if i < 0 {
			if strings.TrimSpace(rest) != "" || dark || open {
				return bad(len(text), "the sheet ends within a block")
			}
			return list
		}
		said, mark := strings.TrimSpace(rest[:i]), rest[i]
		line := 1 + strings.Count(text[:at+i], "\n")
		switch {
		case mark == '{' && !open && said == ":root":
			open = true
		case mark == '{' && !open && !dark && cssDark.MatchString(said):
			dark = true
		case open && mark != '{':
			if said != "" {
				name, value, _ := strings.Cut(said, ":")
				take(dark, strings.TrimSpace(name), strings.TrimSpace(value), line)
			}
			open = mark == ';'
		case mark == '}' && dark && said == "":
			dark = false
		default:
			return bad(at+i, fmt.Sprintf("%q is no block of tokens", shorten(said, 40)))
		}
		at += i + 1
	}
}

// ownTokens are those of the program's sheet.
func ownTokens() tokens {
	t := tokens{map[string]string{}, map[string]string{}}
	own, err := styles()
	if err != nil {
		return t
	}
	// Only the blocks of :root: the rest of the sheet is no sheet of tokens.
	for _, block := range rootBlocks.FindAllString(string(own), -1) {
		_ = readTokens("", block, func(dark bool, name, value string, _ int) {
			if dark {
				t.dark[name] = value
			} else {
				t.light[name] = value
			}
		})
	}
	return t
}

var rootBlocks = regexp.MustCompile(`(?m)^(@media \(prefers-color-scheme: dark\) \{\s*:root \{[^}]*\}\s*\}|:root \{[^}]*\})`)

func (b *Brand) takeCSS(file string, data []byte) problem.List {
	own := ownTokens()
	known := slices.Sorted(maps.Keys(own.light))
	given := tokens{map[string]string{}, map[string]string{}}
	var faults problem.List
	list := readTokens(file, string(data), func(dark bool, name, value string, line int) {
		switch {
		case own.light[name] == "":
			faults.Add(problem.Problem{Code: "unknown-token", File: file, Line: line, Field: name, What: "the sheet has no such token", Mend: "known: " + strings.Join(known, ", ")})
		case !colour.MatchString(value):
			faults.Add(problem.Problem{Code: "bad-colour", File: file, Line: line, Field: name, What: fmt.Sprintf("%q is no colour", value), Mend: "write #0b5f62"})
		case dark:
			given.dark[name] = value
		default:
			given.light[name] = value
		}
	})
	if list = append(list, faults...); len(list) > 0 {
		return list
	}
	// The brand's sheet stands after the program's: its light colours hold in the dark too,
	// unless it gives others there.
	light := merged(own.light, given.light)
	dark := merged(own.light, own.dark, given.light, given.dark)
	for _, scheme := range []struct {
		name   string
		values map[string]string
	}{{"light", light}, {"dark", dark}} {
		for _, p := range pairs {
			if got := contrast(scheme.values[p.on], scheme.values[p.under]); got < p.least {
				list.Add(problem.Problem{
					Code: "low-contrast", File: file, Field: p.on,
					What: fmt.Sprintf("in %s colours %s on %s (%s) has a contrast of %.1f", scheme.name, scheme.values[p.on], scheme.values[p.under], p.under, got),
					Mend: fmt.Sprintf("choose colours with a contrast of %.1f or more, in :root and in the dark block", p.least),
				})
			}
		}
	}
	b.css = data
	return list
}

func merged(list ...map[string]string) map[string]string {
	out := map[string]string{}
	for _, m := range list {
		maps.Copy(out, m)
	}
	return out
}

// contrast is the ratio of the luminances of two colours, from 1 to 21.
func contrast(x, y string) float64 {
	a, b := luminance(x), luminance(y)
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

func luminance(text string) float64 {
	digits := strings.TrimPrefix(text, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil {
		return 0
	}
	part := func(v uint64) float64 {
		c := float64(v&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n>>16) + 0.7152*part(n>>8) + 0.0722*part(n)
}
