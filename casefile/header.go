package casefile

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// headerFile is who and where: the one file that every case must have besides
// its record.
const headerFile = "case.hcl"

// maxHeader bounds case.hcl, in bytes.
const maxHeader = 1 << 20

// header reads case.hcl into a case. What it holds is written as plain strings,
// lists and objects: nothing in it is computed.
type header struct {
	c        *Case
	data     []byte
	problems *problem.List
	cases    int
	spelling map[string]string // of a person, as folded -> the person's id

	claimants []claimant // parties that claims of layers name
}

// parseHeader fills the case's tables of parties, people and series, its zone and
// its bounds from the bytes of case.hcl, and adds every problem it finds. It tells
// whether the tables are whole, so that names can be held to them.
func parseHeader(data []byte, c *Case, problems *problem.List) (whole bool) {
	h := &header{c: c, data: data, problems: problems, spelling: map[string]string{}}
	c.Parties, c.People, c.Series = map[string]Party{}, map[string]Person{}, map[string]Series{}
	c.Zone, c.World = moment.UTC(), moment.Always()
	if !h.plain() {
		return false
	}
	file, diags := hclsyntax.ParseConfig(data, headerFile, hcl.InitialPos)
	for _, d := range diags {
		at := hcl.Range{Start: hcl.InitialPos}
		if d.Subject != nil {
			at = *d.Subject
		}
		h.bad(at, "not-hcl", "", strings.ToLower(d.Summary), d.Detail)
	}
	if diags.HasErrors() {
		return false
	}
	return h.blocks(file.Body.(*hclsyntax.Body))
}

// bad adds a problem at a range. Line and column follow from the byte: HCL's own
// columns count characters.
func (h *header) bad(at hcl.Range, code, field, what, mend string) {
	h.badByte(at.Start.Byte, code, field, what, mend)
}

func (h *header) badByte(at int, code, field, what, mend string) {
	p := h.place(at)
	p.Code, p.Field, p.What, p.Mend = code, field, what, mend
	h.problems.Add(p)
}

// place is a problem that has its place in the file and nothing else yet.
func (h *header) place(at int) problem.Problem {
	before := h.data[:min(at, len(h.data))]
	return problem.Problem{File: headerFile, Line: 1 + bytes.Count(before, []byte("\n")), Column: len(before) - bytes.LastIndexByte(before, '\n')}
}

// plain tells whether the file holds nothing but names, strings, lists, objects
// and blocks, not nested too deeply. It keeps the parser from what a hostile file
// could do to it.
func (h *header) plain() bool {
	const deepest = 8
	for i, r := range string(h.data) {
		if _, size := utf8.DecodeRune(h.data[i:]); r == utf8.RuneError && size == 1 {
			h.badByte(i, "not-utf-8", "", "the bytes are not UTF-8", "save the file as UTF-8")
			return false
		}
	}
	tokens, _ := hclsyntax.LexConfig(h.data, headerFile, hcl.InitialPos)
	depth := 0
	for _, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenIdent, hclsyntax.TokenEqual, hclsyntax.TokenComma, hclsyntax.TokenColon, hclsyntax.TokenNewline, hclsyntax.TokenComment,
			hclsyntax.TokenOQuote, hclsyntax.TokenCQuote, hclsyntax.TokenQuotedLit, hclsyntax.TokenEOF,
			hclsyntax.TokenOHeredoc, hclsyntax.TokenCHeredoc, hclsyntax.TokenStringLit:
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack:
			if depth++; depth > deepest {
				h.bad(t.Range, "too-deep", "", fmt.Sprintf("nested more than %d deep", deepest), "blocks hold attributes, attributes hold strings, lists or objects of strings")
				return false
			}
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack:
			depth--
		default:
			h.bad(t.Range, "not-plain", "", fmt.Sprintf("%q cannot stand here", t.Bytes), "write plain strings in quotation marks, lists and objects; nothing is computed in this file")
			return false
		}
	}
	return true
}

// blocks reads the blocks of the file and tells whether it knew them all.
func (h *header) blocks(body *hclsyntax.Body) (whole bool) {
	whole = true
	for _, name := range slices.Sorted(maps.Keys(body.Attributes)) {
		h.bad(body.Attributes[name].NameRange, "unknown-field", name, "an attribute stands outside of every block", `put it into the block case "ID" { … }`)
	}
	for _, b := range body.Blocks {
		kinds := []string{"case", "layer", "party", "person", "series"}
		if !slices.Contains(kinds, b.Type) {
			h.bad(b.TypeRange, "unknown-block", b.Type, "there is no such block here", suggest(b.Type, kinds))
			whole = false
			continue
		}
		if len(b.Labels) != 1 {
			h.bad(b.TypeRange, "bad-label", b.Type, fmt.Sprintf("the block has %d labels", len(b.Labels)), fmt.Sprintf(`write %s "ID" { … }`, b.Type))
			whole = false
			continue
		}
		r := &blockReader{header: h, Block: b, path: b.Type + " " + b.Labels[0]}
		if !plainID(b.Labels[0]) {
			h.bad(b.LabelRanges[0], "bad-label", r.path, fmt.Sprintf("%q cannot be an id", b.Labels[0]), "use 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first")
		}
		switch b.Type {
		case "case":
			h.caseBlock(r)
		case "layer":
			h.layer(r)
		case "party":
			h.party(r)
		case "person":
			h.person(r)
		case "series":
			s := Series{ID: b.Labels[0], Name: r.text("name")}
			r.done()
			if _, twice := h.c.Series[s.ID]; twice {
				r.twice("duplicate-series")
			}
			h.c.Series[s.ID] = s
		}
	}
	h.claimed()
	if h.cases == 0 {
		h.bad(hcl.Range{Start: hcl.InitialPos}, "missing", "case", "the block case is missing", `write case "ID" { title = { en = "…" }  zone = "Europe/Kyiv"  begins = "2022-01-01"  ends = "2025-07-01" }`)
	}
	if len(h.c.Parties) == 0 {
		h.bad(hcl.Range{Start: hcl.InitialPos}, "missing", "party", "the case names no party", `write party "A" { name = { en = "…" }  short = { en = "…" } }`)
	}
	return whole
}

func (h *header) caseBlock(r *blockReader) {
	if h.cases++; h.cases > 1 {
		h.bad(r.TypeRange, "duplicate-case", r.path, "a second block case", "a folder holds one case")
		return
	}
	h.c.ID = r.Labels[0]
	h.c.Title = r.text("title")
	if name, at := r.str("zone", true); name != "" {
		zone, err := moment.LoadZone(name)
		if err != nil {
			what, mend := timeFault(err, "write an IANA name: Europe/Kyiv")
			h.bad(at, "unknown-zone", r.path+".zone", what, mend)
		} else {
			h.c.Zone = zone
		}
	}
	from, _ := r.time("begins")
	until, at := r.time("ends")
	h.release(r)
	h.extent(r)
	r.done()
	if !from.IsZero() {
		h.c.World.From = from.Earliest()
	}
	if !until.IsZero() {
		h.c.World.Until = until.Latest().Add(1)
	}
	if h.c.World.Empty() {
		h.bad(at, "bad-bounds", r.path+".ends", "the case ends before it begins", "the end is the later of the two")
		h.c.World = moment.Always()
	}
}

// release reads how closely, and how soon, the public sees places.
func (h *header) release(r *blockReader) {
	const longest = 100_000 // hours, some eleven years
	h.c.Release, h.c.Delay = ReleaseArea, DelayArea
	if r.Body.Attributes["release"] != nil {
		if level, _ := r.word("release", []string{string(ReleaseArea), string(ReleaseFull)}); level == string(ReleaseFull) {
			h.c.Release, h.c.Delay = ReleaseFull, 0
		}
	} else {
		r.known = append(r.known, "release")
	}
	text, at := r.str("delay", false)
	if text == "" {
		return
	}
	hours, unit := strings.CutSuffix(text, "h")
	n, err := strconv.Atoi(hours)
	if !unit || err != nil || n < 0 || n > longest || hours != strconv.Itoa(n) {
		h.bad(at, "bad-delay", r.path+".delay", fmt.Sprintf("%q is no delay", text), `write whole hours: "72h"; "0h" is none`)
		return
	}
	h.c.Delay = int64(n) * 3600
}

func (h *header) party(r *blockReader) {
	p := Party{Code: r.Labels[0], Name: r.text("name"), Short: r.text("short")}
	r.done()
	if _, twice := h.c.Parties[p.Code]; twice {
		r.twice("duplicate-party")
		return
	}
	h.c.Parties[p.Code] = p
}

func (h *header) person(r *blockReader) {
	p := Person{ID: r.Labels[0], Name: r.text("name")}
	var ats []hcl.Range
	p.Also, ats = r.strs("also")
	r.done()
	if _, twice := h.c.People[p.ID]; twice {
		r.twice("duplicate-person")
		return
	}
	h.c.People[p.ID] = p
	claim := func(spelling string, at hcl.Range, field string) {
		key := fold(spelling)
		if other, taken := h.spelling[key]; taken && other != p.ID {
			h.bad(at, "spelling-of-two", r.path+"."+field, fmt.Sprintf("%q leads to %s too", spelling, other), "a spelling leads to one person: write what tells the two apart, or leave it out")
			return
		}
		h.spelling[key] = p.ID
	}
	nameAt := r.TypeRange
	if a := r.Body.Attributes["name"]; a != nil {
		nameAt = a.Expr.Range()
	}
	for _, lang := range slices.Sorted(maps.Keys(p.Name)) {
		claim(p.Name[lang], nameAt, "name."+lang)
	}
	for i, s := range p.Also {
		claim(s, ats[i], fmt.Sprintf("also[%d]", i))
	}
}

// fold makes spellings comparable: case and runs of white space do not matter.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// suggest says which of the known words was most likely meant.
func suggest(word string, known []string) string {
	if near := record.Nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(known) == 0 {
		return "none is known"
	}
	const most = 12
	if len(known) > most {
		return fmt.Sprintf("known are %s and %d more", strings.Join(known[:most], ", "), len(known)-most)
	}
	return "known are " + strings.Join(known, ", ")
}
