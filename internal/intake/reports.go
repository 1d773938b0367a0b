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
	"strings"
	"unicode/utf8"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/moment"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

// Bounds of a file of reports.
const (
	MaxFile     = 512 << 20 // bytes
	maxField    = 8 << 10   // bytes of one field
	maxRows     = 2_000_000
	maxProblems = 1000 // told of one file, and a count of the rest
)

// Report is one row: a draft of a report with its time parsed.
type Report struct {
	Ref      record.Ref
	Line     int // of the file
	Happened moment.Time
	SaidBy   *record.Voice
	Source   string // outlets, by comma
	Address  string
	Note     string // what the row tells beyond an entry's fields, in English
	Body     *record.Report
}

// Entry gives the draft of an entry of kind report. It has no author, and no voice
// where the row names neither who said it nor an outlet: the recorder adds them.
func (r Report) Entry() record.Entry {
	e := record.Entry{Kind: record.KindReport, Ref: r.Ref, Happened: r.Happened.String(), SaidBy: r.SaidBy, Body: r.Body}
	switch {
	case r.Source == "":
	case r.SaidBy == nil:
		e.SaidBy = &record.Voice{Institution: record.Text{undetermined: r.Source}}
	default:
		e.Through = &record.Channel{Outlet: r.Source}
	}
	if r.Address != "" {
		e.Sources = []string{r.Address}
	}
	if r.Note != "" {
		e.Note = record.Text{"en": r.Note}
	}
	return e
}

// undetermined is the tag of words whose language a row does not tell (ISO 639-2).
const undetermined = "und"

// Names is what a reader may check names against. Nil lists check nothing.
type Names struct {
	Parties  []string
	Areas    []string
	Recorded map[string]int // references that the record holds, with their positions
	Zone     *moment.Zone   // of times that name none
}

// columns are the known ones. Those of noted carry facts that judging does not use;
// they are kept in the note of the draft.
var (
	columns = []string{"report", "happened", "place", "lon", "lat", "radius_m", "within", "object", "act", "weapon", "domain", "actor", "said_by", "source", "address"}
	noted   = []string{"place_code", "adm1", "adm2", "mentions", "extent"}
)

// Reports reads a file of reports as comma-separated values (RFC 4180) in UTF-8. The
// first line names the columns, in any order; what is empty is not known:
//
//	report      the report's reference, unique in the file; required
//	happened    when: EDTF; required
//	place       name of the place, in whatever script
//	lon, lat    WGS84 degrees, decimal
//	radius_m    metres around them within which it happened, 1 to 1,000,000
//	within      areas of the case, joined by |, instead of lon, lat and radius_m
//	object      branches of the objects, joined by |
//	act, weapon, domain   a branch of each tree
//	actor       the party that the report names as having done it
//	said_by     whose word it is: "A: Port authority", or the party alone
//	source      codes or names of the outlets that carried it, joined by |
//	address     where it can be read
//	place_code, adm1, adm2, mentions, extent   kept in the note
//
// It gives the good rows and a problem.List of all others (nil when there is none).
// A file without the columns report and happened, or with one that is not known,
// has no good rows: what its fields mean is not known.
func Reports(file string, data []byte, names Names) ([]Report, error) {
	var problems problem.List
	if len(data) > MaxFile {
		return nil, problem.List{{Code: "too-long", File: file, What: "the file is too long", Mend: "at most 512 MiB; split it"}}
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil, problem.List{{Code: "not-utf-8", File: file, Line: 1, Column: 1, What: "the file is UTF-16", Mend: "save it as CSV in UTF-8"}}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	head, err := r.Read()
	in := &reader{file: file, csv: r, names: names, problems: &problems, at: map[string]int{}, width: len(head), tax: agreement.Taxonomies(), seen: map[string]int{}}
	if in.zone = names.Zone; in.zone == nil {
		in.zone = moment.UTC()
	}
	switch {
	case errors.Is(err, io.EOF):
		in.add(1, 1, "", "no-header", "the file has no header line", "the first line names the columns: report,happened,…")
	case err != nil:
		in.broken(err)
	default:
		in.header(head, data)
	}
	if len(problems) > 0 {
		return nil, problems.Err()
	}
	var list []Report
	for rows := 0; ; rows++ {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			in.broken(err)
			continue
		}
		line, _ := r.FieldPos(0)
		if rows >= maxRows {
			in.add(line, 1, "", "too-many", "there are more rows than can be read", fmt.Sprintf("at most %d; split the file", maxRows))
			break
		}
		if rep, ok := in.row(line, row); ok {
			list = append(list, rep)
		}
	}
	return list, record.Bounded(problems, maxProblems)
}

// reader reads the rows of one file.
type reader struct {
	file     string
	csv      *csv.Reader
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

// broken tells what is wrong with the quotes of a row.
func (in *reader) broken(err error) {
	var bad *csv.ParseError
	if !errors.As(err, &bad) {
		in.problems.Take(err)
		return
	}
	what, mend := bad.Err.Error(), "quote fields that hold commas, quotes or line breaks; double the quotes in them"
	switch {
	case errors.Is(bad.Err, csv.ErrBareQuote):
		what = "a quote stands inside a field that does not begin with one"
	case errors.Is(bad.Err, csv.ErrQuote) && bad.Line > bad.StartLine:
		what, mend = fmt.Sprintf("a quoted field is not closed: the row runs from line %d to line %d", bad.StartLine, bad.Line), "close the quote; the rows within were not read"
	case errors.Is(bad.Err, csv.ErrQuote):
		what = "a quoted field is not closed, or goes on after its quote"
	}
	in.add(bad.StartLine, bad.Column, "", "bad-csv", what, mend)
}

// header reads the names of the columns; every one that cannot be used is told.
func (in *reader) header(head []string, data []byte) {
	if len(head) == 1 {
		for _, other := range []string{";", "\t", "|"} {
			if strings.Contains(head[0], other) {
				in.add(1, 1, "", "not-comma-separated", fmt.Sprintf("the columns are separated by %q", other), "save the file with commas between the fields")
				return
			}
		}
	}
	if bytes.ContainsRune(data, '\r') && !bytes.ContainsRune(data, '\n') {
		in.add(1, 1, "", "line-ends", "lines end with a carriage return alone", "save the file with line feeds")
		return
	}
	for i, written := range head {
		line, column := in.csv.FieldPos(i)
		name := strings.ToLower(strings.TrimSpace(written))
		_, twice := in.at[name]
		switch {
		case name == "":
			in.add(line, column, "", "unknown-column", fmt.Sprintf("column %d has no name", i+1), "name it or take it away")
		case twice:
			in.add(line, column, name, "duplicate-column", fmt.Sprintf("the column %q stands twice", name), "keep one")
		case !slices.Contains(columns, name) && !slices.Contains(noted, name):
			mend := "the columns are " + strings.Join(columns, ", ")
			if near := record.Nearest(name, slices.Concat(columns, noted)); near != "" {
				mend = fmt.Sprintf("did you mean %q?", near)
			}
			in.add(line, column, clip(written), "unknown-column", fmt.Sprintf("there is no column %q", clip(written)), mend)
		default:
			in.at[name] = i
		}
	}
	for _, name := range []string{"report", "happened"} {
		if _, ok := in.at[name]; !ok {
			in.add(1, 1, name, "missing-column", fmt.Sprintf("the column %q is missing", name), "each report needs a reference and a time")
		}
	}
}

// clip shortens a value that is quoted in a problem.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
