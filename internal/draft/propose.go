package draft

import (
	"fmt"
	"strings"
)

// Propose gives the skeleton of an agreement file: the words of each article, and
// under it, as a comment, the blocks of terms that its words look like. Whoever fills
// in the header and the terms has a file that the linter and the judge read.
func (d *Draft) Propose(id string) (string, error) {
	l, err := readLexicon(d.Language)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "```hcl\nagreement %q {\n  title    = { %s = %q }\n  language = %q\n  parties  = { A = \"party\", B = \"party\" }\n}\n```\n", id, d.Language, id, d.Language)
	used := map[string]bool{}
	for i := range d.Articles {
		a := &d.Articles[i]
		number := strings.Join(strings.Fields(a.Number), "")
		if number == "" || used[number] || number[0] < '0' || number[0] > '9' {
			number = fmt.Sprintf("0.%d", i+1)
		}
		used[number] = true
		heading := strings.Join(strings.Fields(a.Heading), " ")
		if heading == "" && len(a.Words) > 0 {
			heading = firstWords(a.Words[0])
		}
		fmt.Fprintf(&b, "\n# %s %s\n\n", number, heading)
		for _, w := range a.Words {
			// A line of words must not look like Markdown's headings or fences.
			w = strings.TrimLeft(strings.ReplaceAll(w, "```", "'''"), "#~> \t")
			if w != "" {
				b.WriteString(w + "\n\n")
			}
		}
		found := l.kinds(strings.ToLower(a.Text()))
		if len(found) == 0 {
			continue
		}
		b.WriteString("<!-- terms to write:\n")
		for _, k := range found {
			fmt.Fprintf(&b, "%s %q {\n}\n", k, number)
		}
		b.WriteString("-->\n")
	}
	return b.String(), nil
}

// firstWords gives the beginning of words as a heading.
func firstWords(s string) string {
	const most = 50
	letters := []rune(strings.Join(strings.Fields(strings.TrimLeft(s, "#~> \t")), " "))
	if len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return string(letters)
}
