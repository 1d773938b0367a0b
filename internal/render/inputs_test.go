package render

import (
	"bytes"
	"testing"
)

func TestInputsAreReadBack(t *testing.T) {
	for lang := range words {
		d := sample(lang, 3)
		d.Inputs = `{"address":"https://record.example","case":"harbour","day":"2040-03-10","lang":"` + lang + `","zone":"Etc/UTC"}`
		for form, data := range map[string][]byte{FormPDF: makePDF(t, d), FormDOCX: makeDOCX(t, d)} {
			line, got := Inputs(data)
			if got != form || string(line) != d.Inputs {
				t.Errorf("%s, %s: %q, %q", lang, form, got, line)
			}
		}
	}
}

func TestFilesWithoutInputs(t *testing.T) {
	d := sample("en", 1)
	d.Inputs = ""
	pdf, word := makePDF(t, d), makeDOCX(t, d)
	for name, x := range map[string]struct {
		data []byte
		form string
	}{
		"PDF without a subject":  {pdf, FormPDF},
		"DOCX without a summary": {word, FormDOCX},
		"head of a PDF":          {[]byte("%PDF-1.7\n"), FormPDF},
		"subject cut short":      {[]byte("%PDF-1.7\n/Subject <FEFF007B00"), FormPDF},
		"subject of odd length":  {[]byte("%PDF-1.7\n/Subject <FEFF007B0>"), FormPDF},
		"zip cut short":          {word[:len(word)/2], FormDOCX},
		"nothing":                {nil, ""},
		"a page":                 {[]byte("<!doctype html>"), ""},
	} {
		if line, form := Inputs(x.data); form != x.form || line != nil {
			t.Errorf("%s: %q, %q", name, form, line)
		}
	}
}

func FuzzInputs(f *testing.F) {
	f.Add([]byte("%PDF-1.7\n<< /Subject <FEFF007B007D> >>"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if line, form := Inputs(data); line != nil && form == "" {
			t.Errorf("a line %q of no form", bytes.Clone(line))
		}
	})
}
