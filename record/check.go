package record

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/moment"
)

// Kinds lists the closed set of kinds, in the order of spec/entry.md.
func Kinds() []Kind {
	return []Kind{
		KindAgreement, KindReading, KindArea, KindSource, KindStatement, KindTranslation, KindAct, KindReport, KindFinding, KindRuling,
		KindRequest, KindReply, KindMessage, KindTally, KindContact, KindExchange, KindFlow, KindControl, KindCoverage, KindLink, KindUnlink,
		KindCorrection, KindRetraction, KindDissent, KindPublication, KindKey, KindErasure, KindHandover,
	}
}

func kindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return names
}

// checker checks the values of one entry against spec/entry.md.
type checker struct {
	*decoder
	n     *node
	field string
}

func (d *decoder) check(e *Entry, n *node, field string) {
	c := &checker{d, n, field}
	c.reference("ref", string(e.Ref), true)
	c.reference("author", e.Author, true)
	c.time("happened", e.Happened)
	if e.Public != "never" {
		c.time("public", e.Public)
	}
	if (e.Language == "") != (e.Words == "") {
		c.bad("missing", "words", "language and words stand together or not at all", "")
	}
	if e.Language != "" && !LanguageTag(e.Language) {
		c.bad("bad-language", "language", fmt.Sprintf("%q is no language tag", e.Language), "")
	}
	c.voice("said_by", e.SaidBy)
	switch e.Kind {
	case KindStatement, KindReport, KindTally, KindExchange, KindFlow, KindControl, KindContact, KindReply:
		if e.SaidBy == nil {
			c.bad("missing", "said_by", "nobody is named whose word it is", "every statement belongs to someone: name a person, institution, anonymous source or document")
		}
	}
	c.body(e)
}

func (c *checker) bad(code, field, what, mend string) {
	at := c.n.at
	if n := c.find(field); n != nil {
		at = n.at
	}
	c.fault(at, code, c.field+"."+field, what, mend)
}

// find looks a member up by its path, for its place in the input.
func (c *checker) find(path string) *node {
	n := c.n
	for _, name := range strings.Split(path, ".") {
		name, index, isList := strings.Cut(name, "[")
		i := slices.IndexFunc(n.names, func(x node) bool { return x.text == name })
		if i < 0 {
			return nil
		}
		n = &n.members[i]
		if isList {
			k, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
			if err != nil || k >= len(n.members) {
				return n
			}
			n = &n.members[k]
		}
	}
	return n
}

// reference checks the form of refs and names of keys.
func (c *checker) reference(field, s string, required bool) {
	if s == "" {
		if required {
			c.bad("missing", field, "the "+field+" is missing", "")
		}
		return
	}
	ok := len(s) <= 64
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		ok = ok && (letter || i > 0 && (r == '.' || r == '_' || r == '-'))
	}
	if !ok {
		c.bad("bad-ref", field, fmt.Sprintf("%q cannot be a reference", s), "use 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first")
	}
}

func (c *checker) time(field, text string) {
	if text == "" {
		return
	}
	if _, err := moment.Parse(text, moment.UTC()); err != nil {
		c.bad("bad-time", field, err.Error(), "times are EDTF: 2025-03, 2025-03-18[Europe/Moscow], 2025-04-19T18:00+03:00")
	}
}

func (c *checker) need(field, value string) {
	if value == "" {
		c.bad("missing", "body."+field, "it is required", "")
	}
}

// oneOf checks a closed value; empty is fine unless required.
func oneOf[S ~string](c *checker, field string, value S, required bool, known ...S) {
	if value == "" {
		if required {
			c.need(field, "")
		}
		return
	}
	if slices.Contains(known, value) {
		return
	}
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	mend := "it is one of " + strings.Join(names, ", ")
	if near := Nearest(string(value), names); near != "" {
		mend = fmt.Sprintf("did you mean %q?", near)
	}
	c.bad("unknown-value", "body."+field, fmt.Sprintf("%q is not a value of it", string(value)), mend)
}

func (c *checker) voice(field string, v *Voice) {
	if v == nil {
		return
	}
	n := 0
	for _, set := range []bool{v.Person != "", len(v.Name) > 0, len(v.Institution) > 0, len(v.Anonymous) > 0, v.Document != ""} {
		if set {
			n++
		}
	}
	if n != 1 {
		c.bad("bad-voice", field, fmt.Sprintf("%d of person, name, institution, anonymous and document are given", n), "give exactly one")
	}
	c.voice(field+".citing", v.Citing)
}

func (c *checker) decimal(field, s string, least, most float64) {
	if s == "" {
		return
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= least && f <= most) || strings.ContainsAny(s, "eExXpP+_") {
		c.bad("bad-number", "body."+field, fmt.Sprintf("%q is not a decimal from %v to %v", s, least, most), "")
	}
}
