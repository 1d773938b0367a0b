package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/judge"
	"github.com/truceline/truceline/release"
)

// The forms that this package writes itself.
const (
	FormHTML    = "html"
	FormText    = "text"
	FormCSV     = "csv"
	FormGeoJSON = "geojson"
)

// Render sets a document in a form that this package does not write: PDF, DOCX.
type Render func(*Document) ([]byte, error)

// Form writes a report in a form; others names the forms beyond this package's own.
func (w *Writer) Form(f *Figures, lang, form string, others map[string]Render) ([]byte, error) {
	if len(f.Incidents) < f.digest.counts.incidents {
		return nil, fmt.Errorf("report: %d of the day's %d reports are at hand: make the figures without a digest", len(f.Incidents), f.digest.counts.incidents)
	}
	switch form {
	case FormHTML:
		return HTML(w.Document(f, lang))
	case FormText:
		return Text(w.Document(f, lang)), nil
	case FormCSV:
		return w.CSV(f, lang)
	case FormGeoJSON:
		return w.GeoJSON(f, lang)
	}
	if set := others[form]; set != nil {
		return set(w.Document(f, lang))
	}
	return nil, fmt.Errorf("there is no form %q", form)
}

// ErrNoInputs is of a file that is no report, or has lost its line of inputs.
var ErrNoInputs = errors.New("no line of inputs of a truceline report stands in the file")

// Read finds the line of inputs of a report in one of this package's forms, and which
// form it is.
func Read(data []byte) (Inputs, string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("<!doctype html>")):
		_, rest, ok := bytes.Cut(data, []byte(`<meta name="truceline-report" content="`))
		line, _, ends := bytes.Cut(rest, []byte(`"`))
		if !ok || !ends {
			return Inputs{}, "", ErrNoInputs
		}
		return parse([]byte(html.UnescapeString(string(line))), FormHTML)
	case bytes.HasPrefix(data, []byte(`{"`)):
		var head struct {
			Inputs json.RawMessage `json:"truceline_report"`
		}
		if json.Unmarshal(data, &head) != nil || len(head.Inputs) == 0 {
			return Inputs{}, "", ErrNoInputs
		}
		return parse(head.Inputs, FormGeoJSON)
	case bytes.HasPrefix(data, []byte("# {")):
		line, _, _ := bytes.Cut(data[2:], []byte("\r\n"))
		return parse(line, FormCSV)
	}
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	if last := lines[len(lines)-1]; bytes.HasPrefix(last, []byte("# {")) {
		return parse(last[2:], FormText)
	}
	return Inputs{}, "", ErrNoInputs
}

// ParseInputs reads a line of inputs.
func ParseInputs(line []byte) (Inputs, error) {
	in, _, err := parse(line, "")
	return in, err
}

func parse(line []byte, form string) (Inputs, string, error) {
	var in Inputs
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		return Inputs{}, "", fmt.Errorf("%w: %w", ErrNoInputs, err)
	}
	if in.Format != Format {
		return in, form, fmt.Errorf("the report has the format %q; this program makes %s", in.Format, Format)
	}
	if in.Rules != judge.Rules {
		return in, form, fmt.Errorf("the report was made by the rules %q; this program judges by %s", in.Rules, judge.Rules)
	}
	return in, form, nil
}

// Comparison is what came of making a report again.
type Comparison struct {
	Inputs Inputs `json:"inputs"`
	Form   string `json:"form"`
	Same   bool   `json:"same"`
	// Where the bytes differ: the first line that does, as it stands in the file and as it
	// comes out; of a form without lines only the byte is told.
	Line int    `json:"line,omitempty"`
	Byte int    `json:"byte,omitempty"`
	Ends bool   `json:"ends,omitempty"` // the file ends there
	File string `json:"file,omitempty"`
	Made string `json:"made,omitempty"`
}

// Remaker makes reports of one case again, one after another. It keeps the figures of the
// last one, which are the same in every language and form. It is not for several goroutines.
type Remaker struct {
	Case *casefile.Case
	// Root gives the root of the record's tree at a position, base64, or "" for a case in
	// files.
	Root func(position int) (string, error)
	// Others are the forms beyond this package's own.
	Others map[string]Render

	writer  *Writer
	figures *Figures
	of      Inputs // that the figures were made from, without the language
}

// Again makes a report again from its inputs and compares the bytes. The error tells why
// it could not be made.
func (m *Remaker) Again(in Inputs, form string, data []byte) (Comparison, error) {
	out := Comparison{Inputs: in, Form: form}
	if err := m.fits(in); err != nil {
		return out, err
	}
	if err := m.make(in); err != nil {
		return out, err
	}
	made, err := m.writer.Form(m.figures, in.Lang, form, m.Others)
	if err != nil {
		return out, err
	}
	out.compare(data, made)
	return out, nil
}

// fits tells why a report cannot be of this case and record.
func (m *Remaker) fits(in Inputs) error {
	if in.Case != m.Case.ID {
		return fmt.Errorf("the report is of the case %q; this is %q", in.Case, m.Case.ID)
	}
	if in.Position < 1 || in.Position > len(m.Case.Entries) {
		return fmt.Errorf("the report rests on position %d; the record goes to %d", in.Position, len(m.Case.Entries))
	}
	if known := explain.Languages(); !slices.Contains(known, in.Lang) {
		return fmt.Errorf("the report is in the language %q; there is %s", in.Lang, strings.Join(known, ", "))
	}
	at, err := m.Root(in.Position)
	switch {
	case err != nil:
		return err
	case at == in.Root:
		return nil
	case in.Root == "":
		return errors.New("the report was made from a case in files, without a root; this is a record: make the report from the record")
	case at == "":
		return errors.New("the report was made from a record, whose root it names; this is a case in files: give the record or a mirror of it")
	}
	return fmt.Errorf("the report is of another record, or of another history of it: its root at position %d is %s, here it is %s", in.Position, in.Root, at)
}

// make gathers the figures, unless those of the last report are the same.
func (m *Remaker) make(in Inputs) error {
	in.Lang = ""
	if m.figures != nil && m.of == in {
		return nil
	}
	terms, err := release.ParseTerms(in.Release)
	if err != nil {
		return err
	}
	if m.writer == nil {
		if m.writer, err = NewWriter(m.Case); err != nil {
			return err
		}
	}
	f, err := Make(m.Case, Options{Day: in.Day, Until: in.Until, Position: in.Position, Root: in.Root, Address: in.Address, Release: &terms})
	if err != nil {
		return err
	}
	m.figures, m.of = f, in
	return nil
}

func (c *Comparison) compare(file, made []byte) {
	if c.Same = bytes.Equal(file, made); c.Same {
		return
	}
	n := 0
	for n < len(file) && n < len(made) && file[n] == made[n] {
		n++
	}
	c.Byte = n + 1
	if c.Form == FormHTML || c.Form == FormText || c.Form == FormCSV || c.Form == FormGeoJSON {
		c.Ends = n == len(file)
		c.Line = 1 + bytes.Count(file[:n], []byte("\n"))
		c.File, c.Made = lineAt(file, n), lineAt(made, n)
	}
}

// lineAt gives what is around a byte, on its line.
func lineAt(data []byte, n int) string {
	const most = 160
	from := bytes.LastIndexByte(data[:min(n, len(data))], '\n') + 1
	rest := data[from:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	if at := n - from; at > most/2 {
		rest = rest[at-most/2:]
	}
	if len(rest) > most {
		rest = rest[:most]
	}
	return strings.ToValidUTF8(string(rest), "")
}
