package render

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"encoding/xml"
	"io"
	"unicode/utf16"
)

// Names of the forms that this package writes.
const (
	FormPDF  = "pdf"
	FormDOCX = "docx"
)

// HasFonts tells whether this build carries the fonts of PDF.
func HasFonts() bool {
	for _, name := range faceFiles {
		if _, err := embedded.Open("fonts/" + name + ".ttf.gz"); err != nil {
			return false
		}
	}
	return true
}

// Inputs finds the line of inputs of a report (spec/report.md §4) in a PDF or Word file,
// and which of them it is. The form is "" where the file is neither; the line is nil where
// none stands in it, as after a program saved the file anew.
func Inputs(data []byte) (line []byte, form string) {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return pdfInputs(data), FormPDF
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return docxInputs(data), FormDOCX
	}
	return nil, ""
}

// pdfInputs reads the subject of the last dictionary of what the document is.
func pdfInputs(data []byte) []byte {
	const name = "/Subject <FEFF"
	at := bytes.LastIndex(data, []byte(name))
	if at < 0 {
		return nil
	}
	text, _, ok := bytes.Cut(data[at+len(name):], []byte(">"))
	wide := make([]byte, hex.DecodedLen(len(text)))
	if n, err := hex.Decode(wide, text); !ok || err != nil || n%2 != 0 {
		return nil
	}
	units := make([]uint16, len(wide)/2)
	for i := range units {
		units[i] = uint16(wide[2*i])<<8 | uint16(wide[2*i+1])
	}
	return []byte(string(utf16.Decode(units)))
}

// maxCore bounds the part of a Word file that says what it is, in bytes.
const maxCore = 1 << 20

func docxInputs(data []byte) []byte {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	f, err := z.Open("docProps/core.xml")
	if err != nil {
		return nil
	}
	defer f.Close() //nolint:errcheck // nothing was written
	var core struct {
		Description string `xml:"http://purl.org/dc/elements/1.1/ description"`
	}
	if xml.NewDecoder(io.LimitReader(f, maxCore)).Decode(&core) != nil || core.Description == "" {
		return nil
	}
	return []byte(core.Description)
}
