package draft

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// terms are the attributes that a block of each kind mostly needs. They stand as
// comments; without their # they are terms that can be read.
var terms = map[Kind][]string{
	KindDefinition:     {`field = "acts"`, `means = ["assault", "advance"]`},
	KindEntryIntoForce: {`requires = [accepted("A", "signed"), accepted("B", "signed")]`},
	KindDuration:       {`length   = "P30D"`, `counting = "the day of the start is day one"`},
	KindExtension:      {`length    = "P30D"`, `extension = mutual("A", "B")`},
	KindPhase:          {`from   = "start"`, `length = "P42D"`},
	KindProhibition:    {`binds = ["A", "B"]`, `acts  = ["attack"]`, `where = ["anywhere"]`},
	KindException:      {`acts     = ["attack"]`, `purposes = ["defence"]`, `proof    = ["notice"]`},
	KindWithdrawal:     {`binds   = ["A", "B"]`, `weapons = ["artillery"]`, `where   = ["area:ID"]`, `due     = "start + P14D"`},
	KindZone:           {`line  = "line:ID"`, `depth = "15 km"`},
	KindExchange:       {`binds   = ["A", "B"]`, `does    = "exchange"`, `what    = ["prisoners-of-war"]`, `measure = "all"`, `due     = "start + P10D"`},
	KindDuty:           {`binds = ["A"]`, `to    = ["B"]`, `does  = "notify"`, `due   = "start + P10D"`},
	KindPower:          {`holder = ["A", "B"]`, `effect = "denounce"`, `notice = "P14D"`},
	KindVerification:   {`body     = ["M"]`, `standard = "probable"`, `reply    = "PT48H"`},
	KindGuarantee:      {`guarantor   = ["A"]`, `answers_for = ["ID"]`},
}

// block gives the kind of clause that a kind of words is written as.
func (k Kind) block() string {
	switch k {
	case KindExchange:
		return string(KindDuty)
	case KindExtension:
		return string(KindDuration)
	}
	return string(k)
}

// Propose gives the skeleton of an agreement file: the words of each article, and
// under it, in a comment of Markdown, the blocks of terms that its words look like.
// The file can be read as it is; whoever fills in the header and takes a block out of
// its comment has terms that the linter and the judge read.
func (d *Draft) Propose(id string) (string, error) {
	l, err := d.linter()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	title := d.title()
	if title == "" {
		title = named(id)
	}
	fmt.Fprintf(&b, "```hcl\nagreement %s {\n  title    = { %s = %s }\n  language = %s\n  parties  = { A = \"party\", B = \"party\" } # who is bound, and who is what: mediator, guarantor, monitor\n}\n```\n",
		quoted(named(id)), d.Language, quoted(title), quoted(d.Language))
	used := map[string]bool{}
	for i := range d.Articles {
		a := &d.Articles[i]
		unnumbered := a.Number == "" && l.numbered // a title, a preamble, a place for signatures
		if unnumbered && i == 0 && strings.Join(strings.Fields(a.Text()), " ") == title {
			continue // it stands in the header
		}
		number := plainNumber(a.Number)
		if number == "" || used[number] {
			number = "0." + strconv.Itoa(i+1)
		}
		used[number] = true
		heading := strings.Join(strings.Fields(a.Heading), " ")
		if heading == "" && len(a.Words) > 0 {
			heading = firstWords(a.Words[0])
		}
		if heading == "" {
			heading = "…"
		}
		fmt.Fprintf(&b, "\n# %s %s\n\n", number, guarded(heading))
		for _, w := range a.Words {
			b.WriteString(guarded(w) + "\n\n")
		}
		if !unnumbered {
			l.blocks(&b, i, number)
		}
	}
	return b.String(), nil
}

// blocks writes the blocks of terms that an article's words look like.
func (l *linter) blocks(b *strings.Builder, i int, number string) {
	list := kindsOf(l.facts[i].kinds)
	if len(list) == 0 || l.facts[i].silent {
		return
	}
	b.WriteString("<!-- terms to write:\n```hcl\n")
	if facts := found(l.figures, l.facts[i].text); len(facts) > 0 {
		fmt.Fprintf(b, "# the words say: %s\n", strings.ReplaceAll(strings.Join(facts, "; "), "--", "- -"))
	}
	for j, k := range list {
		label := number
		if len(list) > 1 {
			label += string(rune('a' + j))
		}
		fmt.Fprintf(b, "%s %q {\n", k.block(), label)
		for _, t := range terms[k] {
			b.WriteString("  # " + t + "\n")
		}
		b.WriteString("}\n")
	}
	b.WriteString("```\n-->\n")
}

// title gives the words before the first article, if they are short.
func (d *Draft) title() string {
	first := d.Articles[0]
	if first.Number != "" {
		return ""
	}
	return firstWords(first.Text())
}

// plainNumber gives a number as headings of agreements have it: IV and 四 as 4, "3(a)"
// as 3.a; "" where it cannot be one.
func plainNumber(number string) string {
	pieces := strings.FieldsFunc(number, func(r rune) bool { return strings.ContainsRune("().（） ", r) })
	for i, p := range pieces {
		if n := valueOf(p); n > 0 && (i == 0 || unicode.Is(unicode.Han, first(p))) {
			pieces[i] = strconv.Itoa(n)
		}
	}
	const longest = 40 // bytes
	number = strings.Join(pieces, ".")
	if number == "" || number[0] < '0' || number[0] > '9' || len(number) > longest {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r == '"' || r == '/' || r == '\\' || r == '$' || r == '%' {
			return '-'
		}
		return r
	}, number)
}

// guarded keeps words from being read as Markdown's headings, fences or comments.
func guarded(s string) string {
	s = strings.TrimSpace(s)
	if s != "" && strings.ContainsRune("#~`<>=|-+*_", first(s)) {
		return `\` + s
	}
	return s
}

// quoted gives a string of terms.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", "$${", "%{", "%%{").Replace(s) + `"`
}

// named makes a name of an agreement of any text.
func named(id string) string {
	const longest = 40 // letters
	letters := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, id))
	for len(string(letters)) > longest {
		letters = letters[:len(letters)-1]
	}
	if len(letters) == 0 {
		return "draft"
	}
	return string(letters)
}

// firstWords gives the beginning of words as a heading.
func firstWords(s string) string {
	const most = 50
	letters := []rune(strings.Join(strings.Fields(s), " "))
	if len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return string(letters)
}
