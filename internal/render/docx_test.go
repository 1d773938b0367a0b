package render

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/truceline/truceline/report"
)

func makeDOCX(t *testing.T, d *report.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := DOCX(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// parts reads a Word file; each part is whole XML.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(text)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		out[f.Name] = string(text)
	}
	return out
}

// shown is the text of a part.
func shown(t *testing.T, part string) string {
	t.Helper()
	var out strings.Builder
	d := xml.NewDecoder(strings.NewReader(part))
	for within := false; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		} else if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			within = token.Name.Local == "t"
		case xml.EndElement:
			within = false
		case xml.CharData:
			if within {
				out.Write(token)
			}
		}
	}
}

func TestDOCXHoldsEveryWordInEveryLanguage(t *testing.T) {
	for lang, w := range words {
		t.Run(lang, func(t *testing.T) {
			d := sample(lang, 14)
			d.Inputs = `{"case":"a"}`
			p := parts(t, makeDOCX(t, d))
			text := shown(t, p["word/document.xml"])
			for _, want := range []string{w.title, w.subtitle, w.fact, w.notice, w.contents, w.section, w.body, w.quote, w.item, w.caption} {
				if !strings.Contains(text, clean(want)) {
					t.Errorf("%q cannot be found", want)
				}
			}
			if !strings.Contains(shown(t, p["word/footer1.xml"]), clean(w.footer)) {
				t.Error("no line at the foot")
			}
			for part, wants := range map[string][]string{
				"word/document.xml": {
					"<w:tblHeader/>", `w:val="Heading1"`, " TOC ", `w:anchor="part-2"`, `w:name="part-2"`, `w:name="p7"`, `w:eastAsia="zh-CN"`, `<w:jc w:val="right"/>`,
				},
				"word/footer1.xml":             {" PAGE ", " NUMPAGES "},
				"word/styles.xml":              {`<w:outlineLvl w:val="0"/>`, `w:eastAsia="SimSun"`},
				"word/_rels/document.xml.rels": {`Target="https://example.org/` + lang + `/entries/B10"`, `TargetMode="External"`},
				"docProps/core.xml":            {"<dc:language>" + locale(lang), "2025-03-12T21:59:59Z", escape(w.title), escape(d.Inputs)},
			} {
				for _, want := range wants {
					if !strings.Contains(p[part], want) {
						t.Errorf("%s: no %q", part, want)
					}
				}
			}
		})
	}
}

func TestDOCXIsTheSameTwice(t *testing.T) {
	for lang := range words {
		if !bytes.Equal(makeDOCX(t, sample(lang, 20)), makeDOCX(t, sample(lang, 20))) {
			t.Errorf("%s: two runs differ", lang)
		}
	}
}

func TestDOCXOfOddDocuments(t *testing.T) {
	for _, text := range []string{"", "a\x00b\u202Ec<&>\"'\uFFFE", "\U0001F600", strings.Repeat("x", 100000)} {
		runs := []report.Run{{Text: text, Link: "#" + text}, {Text: text, Link: "javascript:alert(1)"}}
		d := &report.Document{Lang: "en", Title: text, Inputs: text, Stamp: "not a time", Sections: []report.Section{{ID: "a", Number: 1, Title: text, Blocks: []report.Block{
			report.Paragraph{Number: 1, Runs: runs},
			report.Paragraph{Runs: runs},
			report.List{Items: [][]report.Run{runs, nil}},
			report.Table{Head: []string{text}, Rows: []report.Row{{Cells: [][]report.Run{runs, runs}, Total: true}, {}}},
			report.Table{},
		}}}}
		if p := parts(t, makeDOCX(t, d)); strings.Contains(p["word/_rels/document.xml.rels"], "javascript") {
			t.Error("a link that runs a script")
		}
	}
	parts(t, makeDOCX(t, &report.Document{}))
}

func TestDOCXOfManyRows(t *testing.T) {
	text := shown(t, parts(t, makeDOCX(t, sample("uk", 2000)))["word/document.xml"])
	if !strings.Contains(text, "1999–2001") {
		t.Error("the last row is missing")
	}
}
