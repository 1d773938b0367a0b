// Package intake reads files of others into drafts of entries: so far reports of
// incidents as CSV. Every rejected row comes with its line, column and reason; good
// rows are kept.
package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Bounds of a file of reports.
const (
	MaxFile  = 512 << 20 // bytes
	maxField = 8 << 10   // bytes of one field
	maxRows  = 2_000_000
)

// Report is one row: a draft of a report with its time parsed.
type Report struct {
	Ref      record.Ref
	Line     int // of the file
	Happened moment.Time
	SaidBy   *record.Voice
	Source   string // outlet
	Address  string
	Body     *record.Report
}

// Names is what a reader may check names against. Nil lists check nothing.
type Names struct {
	Parties []string
	Areas   []string
	Zone    *moment.Zone // of times that name none
}

// columns are the known ones. Those below ignored carry facts that judging does not
// use.
var (
	columns = []string{"report", "happened", "place", "lon", "lat", "radius_m", "within", "object", "act", "weapon", "domain", "actor", "said_by", "source", "address"}
	ignored = []string{"place_code", "adm1", "adm2", "mentions", "extent"}
)

// Reports reads a CSV file of reports. It gives the good rows and a problem.List of
// all others (nil when there is none). A file without the columns report and
// happened, or that is no CSV from some line on, has no good rows after that.
func Reports(file string, data []byte, names Names) ([]Report, error) {
	var problems problem.List
	if len(data) > MaxFile {
		return nil, problem.List{{Code: "too-long", File: file, What: "the file is too long", Mend: "at most 512 MiB; split it"}}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return nil, problem.List{{Code: "no-header", File: file, Line: 1, Column: 1, What: "the file has no header line", Mend: "the first line names the columns: report,happened,…"}}
	}
	in := &reader{file: file, names: names, problems: &problems, at: map[string]int{}, width: len(head), tax: agreement.Taxonomies(), seen: map[string]int{}}
	if in.zone = names.Zone; in.zone == nil {
		in.zone = moment.UTC()
	}
	in.header(head)
	if len(problems) > 0 {
		return nil, problems.Err()
	}
	var list []Report
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := r.FieldPos(0)
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			in.add(bad.Line, bad.Column, "", "bad-csv", bad.Err.Error(), "quote fields that hold commas, quotes or line breaks; double the quotes in them")
			if errors.Is(bad.Err, csv.ErrQuote) || errors.Is(bad.Err, csv.ErrBareQuote) {
				continue
			}
			break
		}
		if err != nil {
			problems.Take(err)
			break
		}
		if len(list) >= maxRows {
			in.add(line, 1, "", "too-many", "there are more rows than can be read", fmt.Sprintf("at most %d; split the file", maxRows))
			break
		}
		before := len(problems)
		if rep, ok := in.row(line, row, r); ok && len(problems) == before {
			list = append(list, rep)
		}
	}
	return list, problems.Err()
}

// reader reads the rows of one file.
type reader struct {
	file     string
	names    Names
	zone     *moment.Zone
	problems *problem.List
	at       map[string]int // column by name
	width    int
	tax      *agreement.Set
	seen     map[string]int // line by ref
}

func (in *reader) add(line, column int, field, code, what, mend string) {
	in.problems.Add(problem.Problem{Code: code, File: in.file, Line: line, Column: column, Field: field, What: what, Mend: mend})
}

func (in *reader) header(head []string) {
	for i, name := range head {
		name = strings.TrimSpace(name)
		switch {
		case slices.Contains(ignored, name):
		case !slices.Contains(columns, name):
			mend := "the columns are " + strings.Join(columns, ", ")
			if near := record.Nearest(name, columns); near != "" {
				mend = fmt.Sprintf("did you mean %q?", near)
			}
			in.add(1, 1, name, "unknown-column", fmt.Sprintf("there is no column %q", name), mend)
		default:
			if _, twice := in.at[name]; twice {
				in.add(1, 1, name, "duplicate-column", fmt.Sprintf("the column %q stands twice", name), "keep one")
			}
			in.at[name] = i
		}
	}
	for _, name := range []string{"report", "happened"} {
		if _, ok := in.at[name]; !ok {
			in.add(1, 1, name, "missing-column", fmt.Sprintf("the column %q is missing", name), "each report needs a reference and a time")
		}
	}
}

// row reads one row. ok is false when it was rejected.
func (in *reader) row(line int, row []string, r *csv.Reader) (Report, bool) {
	if len(row) != in.width {
		in.add(line, 1, "", "ragged-row", fmt.Sprintf("the row has %d fields, the header has %d", len(row), in.width), "give every row the header's fields, empty ones too")
		return Report{}, false
	}
	for i, f := range row {
		if len(f) > maxField {
			_, column := r.FieldPos(i)
			in.add(line, column, "", "long-field", fmt.Sprintf("a field has %d bytes", len(f)), fmt.Sprintf("at most %d", maxField))
			return Report{}, false
		}
	}
	get := func(name string) string {
		if i, ok := in.at[name]; ok {
			return strings.Clone(strings.TrimSpace(row[i]))
		}
		return ""
	}
	bad := func(name, code, what, mend string) {
		_, column := r.FieldPos(in.at[name])
		in.add(line, column, name, code, what, mend)
	}
	out := Report{Ref: record.Ref(get("report")), Line: line, Source: get("source"), Address: get("address"), Body: &record.Report{}}
	switch first, twice := in.seen[string(out.Ref)]; {
	case out.Ref == "":
		bad("report", "missing", "the reference is missing", "number the reports")
	case twice:
		bad("report", "duplicate-ref", fmt.Sprintf("the reference %s stands already on line %d", out.Ref, first), "give each report its own")
	default:
		in.seen[string(out.Ref)] = line
	}
	if text := get("happened"); text == "" {
		bad("happened", "missing", "the time is missing", "an imprecise one will do: 2025-03")
	} else if t, err := moment.Parse(text, in.zone); err != nil {
		bad("happened", "bad-time", err.Error(), "times are EDTF: 2025-03-18, 2025-03-18T20:50+02:00")
	} else {
		out.Happened = t
	}
	in.things(get, bad, out.Body)
	in.place(get, bad, out.Body)
	if p := get("actor"); p != "" {
		if in.known(in.names.Parties, "actor", p, bad) {
			out.Body.Actor = &record.Actor{Party: p}
		}
	}
	if p := get("said_by"); p != "" {
		if in.known(in.names.Parties, "said_by", p, bad) {
			out.SaidBy = &record.Voice{Party: p, Institution: record.Text{"en": p}}
		}
	}
	return out, true
}

func (in *reader) known(list []string, column, value string, bad func(name, code, what, mend string)) bool {
	if list == nil || slices.Contains(list, value) {
		return true
	}
	mend := "known are " + strings.Join(list, ", ")
	if near := record.Nearest(value, list); near != "" {
		mend = fmt.Sprintf("did you mean %q?", near)
	}
	bad(column, "unknown-name", fmt.Sprintf("%q is not known", value), mend)
	return false
}

// stands lists branches that files of others use, and where they stand in the trees.
var stands = map[string]string{"transport/rail": "transport/railway"}

// things reads what was done, with what and to what.
func (in *reader) things(get func(string) string, bad func(name, code, what, mend string), body *record.Report) {
	check := func(column string, tree *agreement.Taxonomy, value string) string {
		if to, ok := stands[value]; ok {
			value = to
		}
		if value == "" || tree.Known(value) {
			return value
		}
		mend := "see the tree of " + tree.Field
		if near := tree.Nearest(value); near != "" {
			mend = fmt.Sprintf("did you mean %q?", near)
		}
		bad(column, "unknown-branch", fmt.Sprintf("%q is not in the tree of %s", value, tree.Field), mend)
		return ""
	}
	body.Act = check("act", in.tax.Acts, get("act"))
	body.Weapon = check("weapon", in.tax.Weapons, get("weapon"))
	body.Domain = check("domain", in.tax.Domains, get("domain"))
	for o := range strings.SplitSeq(get("object"), "|") {
		if o = check("object", in.tax.Objects, strings.TrimSpace(o)); o != "" && !slices.Contains(body.Objects, o) {
			body.Objects = append(body.Objects, o)
		}
	}
}

// place reads where it happened: a disc, or somewhere within areas.
func (in *reader) place(get func(string) string, bad func(name, code, what, mend string), body *record.Report) {
	lon, lat, radius := get("lon"), get("lat"), get("radius_m")
	p := &record.Place{}
	if name := get("place"); name != "" {
		p.Name = record.Text{"en": name}
	}
	if within := get("within"); within != "" {
		for id := range strings.SplitSeq(within, "|") {
			if in.known(in.names.Areas, "within", strings.TrimSpace(id), bad) {
				p.Within = append(p.Within, strings.TrimSpace(id))
			}
		}
	}
	if lon == "" && lat == "" {
		if p.Name != nil || p.Within != nil {
			body.Place = p
		}
		return
	}
	if !degrees(lon, 180) {
		bad("lon", "bad-number", fmt.Sprintf("%q is no longitude", lon), "degrees from -180 to 180 with a decimal point")
	}
	if !degrees(lat, 90) {
		bad("lat", "bad-number", fmt.Sprintf("%q is no latitude", lat), "degrees from -90 to 90 with a decimal point")
	}
	n, err := strconv.Atoi(radius)
	if err != nil || n < 1 || n > 1_000_000 {
		bad("radius_m", "bad-number", fmt.Sprintf("%q is no radius", radius), "metres from 1 to 1000000: a place is never a bare point")
	}
	p.Lon, p.Lat, p.Radius = lon, lat, n
	if p.Within == nil {
		body.Place = p
	} else {
		bad("within", "bad-place", "a place is a disc or within areas, not both", "keep one")
	}
}

func degrees(s string, most float64) bool {
	f, err := strconv.ParseFloat(s, 64)
	return err == nil && f >= -most && f <= most
}
