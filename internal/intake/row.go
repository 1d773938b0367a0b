package intake

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/place"
	"github.com/truceline/truceline/record"
)

// row is one row on its way to a report.
type row struct {
	in     *reader
	line   int
	fields []string
	bad    bool
}

// row reads one row. ok is false when it was rejected.
func (in *reader) row(line int, fields []string) (out Report, ok bool) {
	if len(fields) != in.width {
		in.add(line, 1, "", "ragged-row", fmt.Sprintf("the row has %d fields, the header has %d", len(fields), in.width), "give every row the header's fields, empty ones too; quote fields that hold commas")
		return Report{}, false
	}
	r := &row{in: in, line: line, fields: fields}
	for name, i := range in.at {
		r.characters(name, fields[i])
	}
	if r.bad {
		return Report{}, false
	}
	out = Report{Line: line, Ref: r.ref(), Happened: r.time(), SaidBy: r.voice(), Address: r.address(), Note: r.note(), Body: &record.Report{}}
	out.Source = strings.Join(split(r.get("source")), ", ")
	r.things(out.Body)
	out.Body.Place = r.place()
	if p := r.get("actor"); p != "" && r.known(in.names.Parties, "actor", "party", p) {
		out.Body.Actor = &record.Actor{Party: p}
	}
	if !r.bad {
		in.seen[string(out.Ref)] = line
	}
	return out, !r.bad
}

// get gives the field of a column, trimmed; empty where the file has no such column.
func (r *row) get(name string) string {
	i, ok := r.in.at[name]
	if !ok {
		return ""
	}
	return strings.Clone(strings.TrimSpace(r.fields[i]))
}

func (r *row) refuse(name, code, what, mend string) {
	r.bad = true
	column := 1
	if i, ok := r.in.at[name]; ok {
		_, column = r.in.csv.FieldPos(i)
	}
	r.in.add(r.line, column, name, code, what, mend)
}

// characters refuses what no field may hold.
func (r *row) characters(name, value string) {
	control := strings.IndexFunc(value, func(c rune) bool { return c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f })
	switch {
	case len(value) > maxField:
		r.refuse(name, "long-field", fmt.Sprintf("a field has %d bytes", len(value)), fmt.Sprintf("at most %d; a quote may be missing before it", maxField))
	case !utf8.ValidString(value):
		r.refuse(name, "not-utf-8", fmt.Sprintf("%q is not UTF-8", clip(value)), "save the file as CSV in UTF-8")
	case control >= 0:
		r.refuse(name, "control-character", fmt.Sprintf("%q holds the control character U+%04X", clip(value), value[control]), "take it out")
	}
}

// split takes values joined by bars apart; empty ones are left out.
func split(s string) []string {
	var list []string
	for part := range strings.SplitSeq(s, "|") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func (r *row) ref() record.Ref {
	s := r.get("report")
	first, twice := r.in.seen[s]
	position, recorded := r.in.names.Recorded[s]
	switch {
	case s == "":
		r.refuse("report", "missing", "the reference is missing", "number the reports")
	case !isRef(s):
		r.refuse("report", "bad-ref", fmt.Sprintf("%q cannot be a reference", clip(s)), "use 1 to 64 English letters, digits, dots, hyphens and underscores, a letter or digit first")
	case twice:
		r.refuse("report", "duplicate-ref", fmt.Sprintf("the reference %s stands already on line %d", s, first), "give each report its own")
	case recorded:
		r.refuse("report", "duplicate-ref", fmt.Sprintf("the reference %s is that of entry %d of the record", s, position), "give the report its own, or leave the row out if it is that report")
	}
	return record.Ref(s)
}

// isRef tells whether s has the form of a reference (spec/entry.md §2).
func isRef(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		b := s[i]
		alnum := b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
		if !alnum && (i == 0 || b != '.' && b != '_' && b != '-') {
			return false
		}
	}
	return true
}

func (r *row) time() moment.Time {
	text := r.get("happened")
	if text == "" {
		r.refuse("happened", "missing", "the time is missing", "an imprecise one will do: 2025-03")
		return moment.Time{}
	}
	t, err := moment.Parse(text, r.in.zone)
	if err != nil {
		r.refuse("happened", "bad-time", err.Error(), "times are EDTF: 2025-03-18, 2025-03-18T20:50+02:00")
	}
	return t
}

// voice reads whose word it is: "PARTY: who", a party alone, or who alone.
func (r *row) voice() *record.Voice {
	s := r.get("said_by")
	if s == "" {
		return nil
	}
	party, who, told := strings.Cut(s, ":")
	party, who = strings.TrimSpace(party), strings.TrimSpace(who)
	switch {
	case told && who == "":
		r.refuse("said_by", "bad-voice", fmt.Sprintf("%q names nobody after the colon", clip(s)), `write "PARTY: who", the party alone, or who alone`)
	case told && r.known(r.in.names.Parties, "said_by", "party", party):
		return &record.Voice{Party: party, Institution: record.Text{undetermined: who}}
	case !told && slices.Contains(r.in.names.Parties, party):
		return &record.Voice{Party: party, Institution: record.Text{undetermined: party}}
	case !told:
		return &record.Voice{Institution: record.Text{undetermined: party}}
	}
	return nil
}

func (r *row) address() string {
	s := r.get("address")
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.ContainsAny(s, " \t\r\n") {
		r.refuse("address", "bad-address", fmt.Sprintf("%q is not an address", clip(s)), "write https://…")
	}
	return s
}

// note keeps what the row tells beyond an entry's fields. Mentioned is not
// responsible, so mentions never become an actor.
func (r *row) note() string {
	var parts []string
	mentions := split(r.get("mentions"))
	for _, p := range mentions {
		r.known(r.in.names.Parties, "mentions", "party", p)
	}
	for _, n := range []struct{ name, text, value string }{
		{"mentions", "Mentioned", strings.Join(mentions, ", ")},
		{"adm1", "First-level area", r.get("adm1")},
		{"adm2", "Second-level area", r.get("adm2")},
		{"place_code", "Code of the place", r.get("place_code")},
		{"extent", "Extent of the place", r.get("extent")},
	} {
		if n.value != "" {
			parts = append(parts, n.text+": "+n.value+".")
		}
	}
	return strings.Join(parts, " ")
}

// known holds a name to a list; a nil list knows every name.
func (r *row) known(list []string, column, sort, value string) bool {
	if list == nil || slices.Contains(list, value) {
		return true
	}
	mend := "known are " + strings.Join(list, ", ")
	if near := record.Nearest(value, list); near != "" {
		mend = fmt.Sprintf("did you mean %q?", near)
	}
	r.refuse(column, "unknown-"+sort, fmt.Sprintf("%q is not known", clip(value)), mend)
	return false
}

// stands lists branches that files of others use, and where they stand in the trees.
var stands = map[string]string{"transport/rail": "transport/railway"}

// things reads what was done, with what and to what.
func (r *row) things(body *record.Report) {
	t := r.in.tax
	body.Act = r.branch("act", t.Acts, r.get("act"))
	body.Weapon = r.branch("weapon", t.Weapons, r.get("weapon"))
	body.Domain = r.branch("domain", t.Domains, r.get("domain"))
	for _, o := range split(r.get("object")) {
		if o = r.branch("object", t.Objects, o); o != "" && !slices.Contains(body.Objects, o) {
			body.Objects = append(body.Objects, o)
		}
	}
}

// branch holds a name to its tree; a name that is unknown or absent gives "".
func (r *row) branch(column string, tree *agreement.Taxonomy, value string) string {
	if to, ok := stands[value]; ok {
		value = to
	}
	if value == "" || tree.Known(value) {
		return value
	}
	mend := tree.Mend(value)
	if tree.Nearest(value) == "" {
		mend += "; leave it empty if it is not known"
	}
	r.refuse(column, "unknown-branch", fmt.Sprintf("%q is not in the tree of %s", clip(value), tree.Field), mend)
	return ""
}

// place reads where it happened: a disc, or somewhere within areas.
func (r *row) place() *record.Place {
	lon, lat, radius := r.get("lon"), r.get("lat"), r.get("radius_m")
	p := &record.Place{}
	if name := r.get("place"); name != "" {
		p.Name = record.Text{undetermined: name}
	}
	for _, id := range split(r.get("within")) {
		if r.known(r.in.names.Areas, "within", "area", id) {
			p.Within = append(p.Within, id)
		}
	}
	if lon == "" && lat == "" && radius == "" {
		if p.Name == nil && p.Within == nil {
			return nil
		}
		return p
	}
	if p.Within != nil {
		r.refuse("within", "bad-place", "a place is a disc or within areas, not both", "keep one")
	}
	r.degrees("lon", "longitude", lon, 180)
	r.degrees("lat", "latitude", lat, 90)
	n, err := strconv.Atoi(radius)
	if err != nil || n < 1 || n > place.MaxReach {
		r.refuse("radius_m", "bad-number", fmt.Sprintf("%q is no radius", clip(radius)), fmt.Sprintf("metres from 1 to %d: a place is never a bare point", place.MaxReach))
	}
	p.Lon, p.Lat, p.Radius = lon, lat, n
	return p
}

// degrees checks a decimal number of degrees, which is kept as it was written.
func (r *row) degrees(column, name, s string, most float64) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !isDecimal(s) || f < -most || f > most {
		r.refuse(column, "bad-number", fmt.Sprintf("%q is no %s", clip(s), name), fmt.Sprintf("degrees from -%g to %g with a decimal point", most, most))
	}
}

// isDecimal tells whether s is digits with at most one point between them, perhaps
// after a minus: what the record takes as a decimal.
func isDecimal(s string) bool {
	whole, part, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (whole == "0" || whole[0] != '0') && (!point || digits(part))
}
