package record

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
)

// Kinds lists the closed set of kinds, in the order of spec/entry.md.
func Kinds() []Kind {
	return []Kind{
		KindAgreement, KindReading, KindArea, KindSource, KindStatement, KindTranslation, KindAct, KindReport, KindFinding, KindRuling,
		KindRequest, KindReply, KindMessage, KindTally, KindContact, KindExchange, KindFlow, KindControl, KindCoverage, KindLink, KindUnlink,
		KindCorrection, KindRetraction, KindDissent, KindPublication, KindKey, KindErasure, KindHandover, KindSheet,
	}
}

func kindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return names
}

// checker checks the values of one entry against spec/entry.md. That required
// fields are there the decoder has seen already; an empty one was told by it.
type checker struct {
	*decoder
	n     *node  // the entry
	field string // of the entry: "entry", or "entry.body.entry" in a correction
}

// The kinds that are somebody's word, and those that happen at some time.
var (
	voiced = []Kind{KindStatement, KindReport, KindTally, KindExchange, KindFlow, KindControl, KindContact}
	timed  = append([]Kind{KindAct, KindCoverage, KindMessage}, voiced...)
)

func (d *decoder) check(e *Entry, n *node, field string) {
	c := &checker{d, n, field}
	c.reference("ref", string(e.Ref))
	c.reference("author", e.Author)
	c.time("happened", e.Happened)
	if e.Public != "never" {
		c.time("public", e.Public)
	}
	c.common(e)
	c.voice("said_by", e.SaidBy)
	if slices.Contains(voiced, e.Kind) && c.find("said_by") == nil {
		c.bad("missing", "said_by", "nobody is named whose word it is", "every statement belongs to someone: name a person, institution, anonymous source or document")
	}
	if slices.Contains(timed, e.Kind) && c.find("happened") == nil && (c.find("public") == nil || e.Public == "never") {
		c.bad("missing", "happened", "it has no time", "an imprecise one will do, such as 2025-03 or ../2025-03-12; where nobody dates it, say when it became public")
	}
	c.body(e)
}

// common checks sources, words and their language.
func (c *checker) common(e *Entry) {
	for i, s := range e.Sources {
		field := fmt.Sprintf("sources[%d]", i)
		if isAddress(s) {
			c.address(field, s)
		} else {
			c.reference(field, s)
		}
		if slices.Contains(e.Sources[:i], s) {
			c.bad("duplicate", field, fmt.Sprintf("%s stands twice", s), "name each source once")
		}
	}
	switch {
	case c.find("language") == nil && c.find("words") != nil:
		c.bad("missing", "language", "the words come without their language", "language and words stand together or not at all")
	case c.find("language") != nil && c.find("words") == nil:
		c.bad("missing", "words", "the language comes without words", "language and words stand together or not at all")
	}
	c.language("language", e.Language)
	c.sealed(e.Sealed)
}

// bad adds a problem of a field; where the field is not there, at the value that
// should hold it.
func (c *checker) bad(code, field, what, mend string) {
	c.fault(descend(c.n, field).at, code, c.field+"."+field, what, mend)
}

// find looks a member up by its path; nil when it is not there.
func (c *checker) find(path string) *node {
	if n := descend(c.n, path); n != c.n && n != descend(c.n, parent(path)) {
		return n
	}
	return nil
}

// parent is a path without its last step.
func parent(path string) string { return path[:max(strings.LastIndexAny(path, ".["), 0)] }

// reference checks the form of refs and names of keys.
func (c *checker) reference(field, s string) {
	ok := len(s) <= 64
	for i := range len(s) {
		b := s[i]
		letter := b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
		ok = ok && (letter || i > 0 && (b == '.' || b == '_' || b == '-'))
	}
	if !ok {
		c.bad("bad-ref", field, fmt.Sprintf("%q cannot be a reference", s), "use 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first")
	}
}

// isAddress tells an address from a reference.
func isAddress(s string) bool { return strings.Contains(s, ":") || strings.Contains(s, "/") }

func (c *checker) address(field, s string) {
	if s == "" {
		return
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.ContainsAny(s, " \t\n") {
		c.bad("bad-address", field, fmt.Sprintf("%q is not an address", s), "write https://…, or the reference of a source entry")
	}
}

func (c *checker) language(field, tag string) {
	if tag != "" && !LanguageTag(tag) {
		c.bad("bad-language", field, fmt.Sprintf("%q is no language tag", tag), `write "en", "ru", "uk", "zh" or another BCP 47 tag`)
	}
}

// time checks that a text is a time in any zone. The column is that of the
// trouble within it, where the text stands as it is, without escapes.
func (c *checker) time(field, text string) {
	if text == "" {
		return
	}
	_, err := moment.Parse(text, nil)
	c.timeError("bad-time", field, text, err, "times are EDTF: 2025-03, 2025-03-18[Europe/Moscow], 2025-04-19T18:00+03:00")
}

// length checks a length of time.
func (c *checker) length(field, text string) {
	if text == "" {
		return
	}
	_, err := moment.ParseDuration(text)
	c.timeError("bad-length", field, text, err, "lengths are ISO 8601: P30D, PT72H")
}

func (c *checker) timeError(code, field, text string, err error, mend string) {
	if err == nil {
		return
	}
	n := descend(c.n, field)
	at, what := n.at, err.Error()
	var e *moment.Error
	if errors.As(err, &e) {
		what = fmt.Sprintf("%q: %s", text, e.Problem)
		if e.Mend != "" {
			mend = e.Mend
		}
		if n.end-n.at == len(text)+2 {
			at += 1 + e.Offset
		}
	}
	c.fault(at, code, c.field+"."+field, what, mend)
}

// need asks for a field of the body that only some entries of the kind must have.
func (c *checker) need(field, why string) {
	if c.find("body."+field) == nil {
		c.bad("missing", "body."+field, "it is missing", why)
	}
}

// oneOf checks a closed value of the body.
func oneOf[S ~string](c *checker, field string, value S, known ...S) {
	if value == "" || slices.Contains(known, value) {
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
	for ; v != nil; v, field = v.Citing, field+".citing" {
		n := 0
		for _, set := range []bool{v.Person != "", len(v.Name) > 0, len(v.Institution) > 0, len(v.Anonymous) > 0, v.Document != ""} {
			if set {
				n++
			}
		}
		if n != 1 && !c.told(field) {
			c.bad("bad-voice", field, fmt.Sprintf("%d of person, name, institution, anonymous and document are given", n), "give exactly one")
		}
		if v.Document != "" {
			c.reference(field+".document", string(v.Document))
		}
	}
}

// told tells whether something within a field was told to be wrong already.
func (c *checker) told(field string) bool {
	return slices.ContainsFunc(c.problems, func(p problem.Problem) bool {
		return strings.HasPrefix(p.Field, strings.TrimPrefix(c.field+"."+field+".", "."))
	})
}

// decimal checks a decimal number written as a string.
func (c *checker) decimal(field, s string, least, most float64) {
	if s == "" {
		return
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !isNumber(s) || strings.ContainsAny(s, "eE") || f < least || f > most {
		c.bad("bad-number", "body."+field, fmt.Sprintf("%q is not a decimal from %v to %v", s, least, most), `write it as "35.27"`)
	}
}

func (c *checker) hash(field, s string) {
	ok := len(s) == 64
	for i := range len(s) {
		ok = ok && (s[i] >= '0' && s[i] <= '9' || s[i] >= 'a' && s[i] <= 'f')
	}
	if !ok && s != "" {
		c.bad("bad-hash", "body."+field, fmt.Sprintf("%.80q is not a SHA-256", s), "write 64 lower-case hexadecimal digits; `truceline seal` prints them")
	}
}
