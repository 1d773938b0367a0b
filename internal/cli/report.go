package cli

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/explain"
	"github.com/truceline/truceline/internal/render"
	"github.com/truceline/truceline/judge"
	daily "github.com/truceline/truceline/report"
	"github.com/truceline/truceline/verify"
)

// reportOptions are the flags of report.
type reportOptions struct {
	date, until, lang, format, out, address, asOf string
}

// reportFormats are the forms in which a report is written.
var reportFormats = []string{"html", "text", "pdf", "docx", "csv", "geojson", "json"}

func (a *app) reportCommand() *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "report CASE --date DAY",
		Short: "Write the report of a day: the same inputs give the same bytes",
		Long: `Writes the daily report of a case to standard output, in the order that monitoring missions
use: what is in force by which reading, reports of incidents by area and against the day
before, casualties, access, what was and was not observed, totals that sides state,
requests, corrections. Paragraphs are numbered and name their entries.

The report covers a calendar day of the case's zone up to its cut-off (--until; the end of the
day) and uses nothing that became public later. It names the position of the record, the
versions of the agreements and of the rules; "truceline verify --report FILE" makes it again from
the public record and compares the bytes (spec/report.md).

Forms: html (one file, prints well), text (72 columns, for thin lines), pdf, docx, csv and
geojson (the day's reports as data), json (all figures).`,
		Example: `  truceline report cases/ua-2025 --date 2025-03-12 --lang uk > report.html
  truceline report cases/ua-2025 --date 2025-03-12 --lang zh --format pdf -o report.pdf
  truceline report cases/ua-2025 --date 2025-03-27 --format csv | column -s, -t
  truceline report cases/ua-2025 --date 2025-03-25 --until 2025-03-25T19:30 --format text`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(c *cobra.Command, args []string) error {
			return a.report(ctxOf(c), args[0], o)
		},
	}
	c.Flags().StringVar(&o.date, "date", "", "the day, by the case's clock: 2025-03-12")
	c.Flags().StringVar(&o.until, "until", "", "the cut-off within the day: 2025-03-12T19:30, or with a zone (default the end of the day)")
	c.Flags().StringVar(&o.asOf, "as-of", "", "use the record up to a position, an entry's reference, or before:REF")
	c.Flags().StringVar(&o.lang, "lang", "en", "language: en, ru, uk, zh")
	c.Flags().StringVar(&o.format, "format", "html", "html, text, pdf, docx, csv, geojson, json")
	c.Flags().StringVarP(&o.out, "output", "o", "", "write to this file")
	c.Flags().StringVar(&o.address, "address", "", "of the site to which links lead: https://mission.example/")
	_ = c.MarkFlagRequired("date")
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(explain.Languages(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(reportFormats, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (a *app) report(ctx context.Context, dir string, o reportOptions) error {
	if err := known("--lang", o.lang, explain.Languages()); err != nil {
		return err
	}
	if err := known("--format", o.format, reportFormats); err != nil {
		return err
	}
	c, err := load(dir)
	if err != nil {
		return err
	}
	q, err := judge.Ask(c, 0, "", "", o.asOf)
	if err != nil {
		return err
	}
	position := q.AsOf
	if position == 0 {
		position = len(c.Entries)
	}
	root, err := a.roots(ctx, dir)(position)
	if err != nil {
		return err
	}
	f, err := daily.Make(c, daily.Options{Day: o.date, Until: o.until, Position: position, Root: root, Address: o.address})
	if err != nil {
		return err
	}
	var data []byte
	if o.format == "json" {
		data, err = json.MarshalIndent(f, "", "  ")
		data = append(data, '\n')
	} else {
		var w *daily.Writer
		if w, err = daily.NewWriter(c); err == nil {
			data, err = w.Form(f, o.lang, o.format, renders)
		}
	}
	if err != nil {
		return err
	}
	if o.out == "" || o.out == "-" {
		if (o.format == "pdf" || o.format == "docx") && isTerminal(a.out) {
			return fmt.Errorf("a %s is not written to a terminal: give -o FILE", o.format)
		}
		_, err = a.out.Write(data)
		return err
	}
	return os.WriteFile(o.out, data, 0o644) //nolint:gosec // a public report
}

// roots gives the root of a record's tree at a position; "" for a case in files.
func (a *app) roots(ctx context.Context, dir string) func(position int) (string, error) {
	return func(position int) (string, error) {
		if isMirror(dir) {
			data, err := os.ReadFile(filepath.Join(dir, "record.jsonl")) //nolint:gosec // the user's own folder
			if err != nil {
				return "", err
			}
			return verify.Root(bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n")), position)
		}
		if !isHome(dir) {
			return "", nil
		}
		h, err := a.openHome(ctx, dir, "")
		if err != nil {
			return "", err
		}
		defer h.close()
		r, err := h.reader(ctx)
		if err != nil {
			return "", err
		}
		root, err := r.Root(int64(position))
		return base64.StdEncoding.EncodeToString(root[:]), err
	}
}

// renders are the forms that package report does not write itself.
var renders = map[string]daily.Render{render.FormPDF: buffered(render.PDF), render.FormDOCX: buffered(render.DOCX)}

func buffered(write func(io.Writer, *daily.Document) error) daily.Render {
	return func(d *daily.Document) ([]byte, error) {
		var out bytes.Buffer
		err := write(&out, d)
		return out.Bytes(), err
	}
}

// siteRenders are those that a site offers: a build without fonts offers no PDF.
func siteRenders() map[string]daily.Render {
	m := maps.Clone(renders)
	if !render.HasFonts() {
		delete(m, render.FormPDF)
	}
	return m
}

// inputsOf finds what a report was made from, and in which form it is.
func inputsOf(data []byte) (daily.Inputs, string, error) {
	line, form := render.Inputs(data)
	switch {
	case form == "":
		return daily.Read(data)
	case line == nil:
		return daily.Inputs{}, form, daily.ErrNoInputs
	}
	in, err := daily.ParseInputs(line)
	return in, form, err
}

// verifyReport makes a daily report again from a case, a record or a mirror of one, and
// compares the bytes.
func (a *app) verifyReport(ctx context.Context, where string, v verification) error {
	data, name, err := a.readFile(v.report)
	if err != nil {
		return err
	}
	in, form, err := inputsOf(data)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	c, root, err := a.caseOf(ctx, where, v)
	if err != nil {
		return err
	}
	got, err := (&daily.Remaker{Case: c, Root: root, Others: renders}).Again(in, form, data)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if v.format == "json" {
		if err := a.json(got); err != nil {
			return err
		}
	} else {
		a.printf("%s: %s, %s, %s, record %d, %s\n", name, in.Case, in.Day, got.Form, in.Position, in.Rules)
		switch {
		case got.Same:
			a.printf("the same bytes: the report follows from the record\n")
		case got.Ends:
			a.printf("it differs at line %d, where the file ends\n  in the file: %s\n  made again:  %s\n", got.Line, got.File, got.Made)
		case got.Line > 0:
			a.printf("it differs at line %d\n  in the file: %s\n  made again:  %s\n", got.Line, got.File, got.Made)
		default:
			a.printf("it differs at byte %d\n", got.Byte)
		}
	}
	if !got.Same {
		return errFindings
	}
	return nil
}

// caseOf reads a case in files, a record of its own, or a mirror, which is checked whole
// first; root gives the root of its tree.
func (a *app) caseOf(ctx context.Context, where string, v verification) (*casefile.Case, func(int) (string, error), error) {
	if info, err := os.Stat(filepath.Join(where, "case.hcl")); err == nil && !info.IsDir() && !isMirror(where) {
		c, err := load(where)
		return c, a.roots(ctx, where), err
	}
	src, err := a.source(ctx, where, v.store)
	if err != nil {
		return nil, nil, err
	}
	defer src.close()
	c, root, r, err := verify.Case(src.fsys, verify.Options{LogKey: v.logKey, Each: inParallel})
	if err != nil {
		if !r.Whole() {
			a.verified(r)
			return nil, nil, errFindings
		}
		return nil, nil, err
	}
	return c, root, nil
}

// isMirror tells whether a folder is a mirror of a record: it has a face and a checkpoint.
func isMirror(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, faceFile))
	return err == nil && !isHome(dir)
}
